"""The surfaces z = f(x, y) that are descended directly, with no data, and their exact gradients.

A surface knows its value, its gradient, its known minima, and which start, view and learning rates show it well; it
knows no method. A new surface is one entry in SURFACES. Products stand for powers, since numpy may round x**2 of one
number and of many numbers differently.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from optim.parameters import names, vector
from optim.settings import Number, brief

Array = np.ndarray
Point = tuple[float, ...]

TAU = 2 * np.pi


@dataclass(frozen=True)
class Surface:
    """A function of n named parameters, x and y unless more are named.

    value(params): params is a sequence of n arrays that broadcast against each other; so is the result's shape.
    gradient(params): the n derivatives, each an array or number that broadcasts likewise. start: the parameters at
    step 0. bounds: for each parameter the lowest and the highest worth looking at. minima: the known ones, local ones
    too. formula: the value in LaTeX. expression: the value in Python's syntax with ^ for powers. shows: what it is good
    for seeing. source: who published it. family: the name of the surfaces that differ from it in a number, by default
    its own. rates, epochs (here of one step each): what an Experiment takes where it is not told, as in a Model.
    ValueError for names, numbers or bounds that do not fit each other.
    """

    name: str
    value: Callable[[Sequence[Any]], Any]
    gradient: Callable[[Sequence[Any]], Sequence[Any]]
    start: Point
    bounds: tuple[tuple[float, float], ...]
    minima: tuple[Point, ...] = ()
    parameter_names: tuple[str, ...] = ("x", "y")
    formula: str = ""
    expression: str = ""
    shows: str = ""
    source: str = ""
    family: str = ""
    rates: tuple[float, float] = (0.01, 0.1)
    epochs: int = 200

    def __post_init__(self) -> None:
        plain = {
            "parameter_names": names(self.parameter_names),
            "family": self.family or self.name,
        }
        n = len(plain["parameter_names"])
        plain["start"] = vector("start", self.start, n)
        plain["minima"] = tuple(vector(f"minima[{i}]", one, n) for i, one in enumerate(self.minima))
        if len(self.bounds) != n:
            raise ValueError(f"bounds must be a pair for each of {n} parameters, not {brief(self.bounds)}")
        plain["bounds"] = tuple(vector(f"bounds[{i}]", pair, 2) for i, pair in enumerate(self.bounds))
        for i, (low, high) in enumerate(plain["bounds"]):
            if low >= high:
                raise ValueError(f"bounds[{i}] must be a lower and a higher number, not {low:g} and {high:g}")
        for key, values in plain.items():
            object.__setattr__(self, key, values)

    @property
    def n(self) -> int:
        """The number of parameters."""
        return len(self.parameter_names)

    @property
    def lowest(self) -> Array | None:
        """The known minimum `(n,)` of least value, None where none is known."""
        return min(map(np.array, self.minima), key=lambda one: float(self.loss(one)), default=None)

    def loss(self, params: Sequence[Any]) -> Array:
        """The value, without warnings about its size: n arrays that broadcast to one shape S -> an array `S`."""
        params = np.broadcast_arrays(*(np.asarray(one, dtype=float) for one in params))
        with np.errstate(all="ignore"):
            value = self.value([np.ascontiguousarray(one).reshape(-1) for one in params])
        return np.array(np.broadcast_to(value, params[0].size), dtype=float).reshape(params[0].shape)


def ravine(condition: float) -> Surface:
    """(x^2 / condition + y^2) / 2: curvature 1 across the valley and 1 / condition along it; condition: 1 to 1e6."""
    return _ravine(Number(low=1, high=1e6).check("condition", condition))


# Kept, so that the same number is the same surface; not for ever, since anyone may ask for any number.
@lru_cache(maxsize=256)
def _ravine(condition: float) -> Surface:
    written = repr(condition).removesuffix(".0")
    return Surface(
        name=f"ravine-{written}",
        value=lambda p: (p[0] * p[0] / condition + p[1] * p[1]) / 2,
        gradient=lambda p: (p[0] / condition, p[1]),
        start=(-9.0, 3.0),
        bounds=((-10.0, 10.0), (-4.0, 4.0)),
        minima=((0.0, 0.0),),
        formula=rf"\frac{{1}}{{2}} \left( \frac{{x^2}}{{{written}}} + y^2 \right)",
        expression=f"(x^2/{written} + y^2)/2",
        shows="The rate that the steep sides allow is small along the bottom: too high zigzags, too low crawls.",
        source="Polyak, Some methods of speeding up the convergence of iteration methods (1964)",
        family="ravine",
        rates=(1.7, 0.3),
    )


ROSENBROCK = Surface(
    name="rosenbrock",
    value=lambda p: (1 - p[0]) * (1 - p[0]) + 100 * (p[1] - p[0] * p[0]) * (p[1] - p[0] * p[0]),
    gradient=lambda p: (
        -2 * (1 - p[0]) - 400 * p[0] * (p[1] - p[0] * p[0]),
        200 * (p[1] - p[0] * p[0]),
    ),
    start=(-1.2, 1.0),
    bounds=((-2.0, 2.0), (-1.0, 3.0)),
    minima=((1.0, 1.0),),
    formula="(1 - x)^2 + 100 (y - x^2)^2",
    expression="(1 - x)^2 + 100*(y - x^2)^2",
    shows="A bent valley: finding it is easy, following it is not.",
    source="Rosenbrock, An automatic method for finding the greatest or least value of a function (1960)",
    rates=(0.001, 0.05),
    epochs=1000,
)


def _himmelblau_terms(p: Sequence[Any]) -> tuple[Any, Any]:
    return p[0] * p[0] + p[1] - 11, p[0] + p[1] * p[1] - 7


def _himmelblau(p: Sequence[Any]) -> Any:
    u, v = _himmelblau_terms(p)
    return u * u + v * v


def _himmelblau_slopes(p: Sequence[Any]) -> Sequence[Any]:
    u, v = _himmelblau_terms(p)
    return 4 * p[0] * u + 2 * v, 2 * u + 4 * p[1] * v


HIMMELBLAU = Surface(
    name="himmelblau",
    value=_himmelblau,
    gradient=_himmelblau_slopes,
    start=(1.75, -0.5),
    bounds=((-5.5, 5.5), (-5.5, 5.5)),
    minima=(
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.2831859912861696),
        (3.5844283403304917, -1.8481265269644034),
    ),
    formula="(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    expression="(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    shows="Four equal minima around a hill: from one start, two methods may well find two of them.",
    source="Himmelblau, Applied Nonlinear Programming (1972)",
    rates=(0.01, 0.3),
)


def _beale_terms(p: Sequence[Any]) -> tuple[Any, ...]:
    x, y = p
    return 1.5 - x + x * y, 2.25 - x + x * y * y, 2.625 - x + x * y * y * y


def _beale(p: Sequence[Any]) -> Any:
    u, v, w = _beale_terms(p)
    return u * u + v * v + w * w


def _beale_slopes(p: Sequence[Any]) -> Sequence[Any]:
    (x, y), (u, v, w) = p, _beale_terms(p)
    return (
        2 * (u * (y - 1) + v * (y * y - 1) + w * (y * y * y - 1)),
        2 * x * (u + 2 * v * y + 3 * w * y * y),
    )


BEALE = Surface(
    name="beale",
    value=_beale,
    gradient=_beale_slopes,
    start=(1.0, 1.5),
    bounds=((-4.5, 4.5), (-4.5, 4.5)),
    minima=((3.0, 0.5),),
    formula="(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2",
    expression="(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    shows="A plain with walls at its corners: slopes of a hundredth and of thousands in one picture.",
    source="Beale, On an iterative method for finding a local minimum of a function of more than one variable (1958)",
    rates=(0.005, 0.1),
    epochs=500,
)

BOOTH = Surface(
    name="booth",
    value=lambda p: (p[0] + 2 * p[1] - 7) * (p[0] + 2 * p[1] - 7) + (2 * p[0] + p[1] - 5) * (2 * p[0] + p[1] - 5),
    gradient=lambda p: (10 * p[0] + 8 * p[1] - 34, 8 * p[0] + 10 * p[1] - 38),
    start=(-8.0, 8.0),
    bounds=((-10.0, 10.0), (-10.0, 10.0)),
    minima=((1.0, 3.0),),
    formula="(x + 2 y - 7)^2 + (2 x + y - 5)^2",
    expression="(x + 2*y - 7)^2 + (2*x + y - 5)^2",
    shows="A ravine across both axes: methods that scale each parameter by itself gain little.",
    source="Jamil and Yang, A literature survey of benchmark functions for global optimisation problems (2013), 17",
    rates=(0.05, 0.5),
)

RASTRIGIN = Surface(
    name="rastrigin",
    value=lambda p: 20 + p[0] * p[0] - 10 * np.cos(TAU * p[0]) + p[1] * p[1] - 10 * np.cos(TAU * p[1]),
    gradient=lambda p: tuple(2 * one + 10 * TAU * np.sin(TAU * one) for one in p),
    start=(3.4, 2.4),
    bounds=((-5.12, 5.12), (-5.12, 5.12)),
    minima=((0.0, 0.0),),
    formula=r"20 + x^2 - 10 \cos(2 \pi x) + y^2 - 10 \cos(2 \pi y)",
    expression="20 + x^2 - 10*cos(6.283185307179586*x) + y^2 - 10*cos(6.283185307179586*y)",
    shows="A hundred pits: who goes downhill falls into the next one; speed or noise may carry a method over.",
    source="Rastrigin, Systems of Extremal Control (1974)",
    rates=(0.002, 0.1),
)


def _ackley(p: Sequence[Any]) -> Any:
    x, y = p
    away = np.sqrt((x * x + y * y) / 2)
    return 20 + np.e - 20 * np.exp(-0.2 * away) - np.exp((np.cos(TAU * x) + np.cos(TAU * y)) / 2)


def _ackley_slopes(p: Sequence[Any]) -> Sequence[Any]:
    """At 0, where the surface is a cone and has no slope, 0."""
    x, y = p
    away = np.sqrt((x * x + y * y) / 2)
    cone = 2 * np.exp(-0.2 * away) / np.where(away == 0, 1.0, away)
    waves = np.pi * np.exp((np.cos(TAU * x) + np.cos(TAU * y)) / 2)
    return tuple(cone * one + waves * np.sin(TAU * one) for one in p)


ACKLEY = Surface(
    name="ackley",
    value=_ackley,
    gradient=_ackley_slopes,
    start=(-3.4, 2.6),
    bounds=((-5.0, 5.0), (-5.0, 5.0)),
    minima=((0.0, 0.0),),
    formula=(
        r"20 + e - 20 e^{-0.2 \sqrt{(x^2 + y^2) / 2}} - e^{(\cos 2 \pi x + \cos 2 \pi y) / 2}"),
    expression=(
        "20 + 2.718281828459045 - 20*exp(-0.2*sqrt((x^2 + y^2)/2))"
        " - exp((cos(6.283185307179586*x) + cos(6.283185307179586*y))/2)"),
    shows="Ripples on a wide funnel whose tip is a cone: the slope does not fade near it, so a fixed rate never rests.",
    source="Ackley, A Connectionist Machine for Genetic Hillclimbing (1987)",
    rates=(0.02, 0.1),
)

STYBLINSKI_TANG = Surface(
    name="styblinski-tang",
    value=lambda p: sum(one * one * one * one - 16 * one * one + 5 * one for one in p) / 2,
    gradient=lambda p: tuple(2 * one * one * one - 16 * one + 2.5 for one in p),
    start=(4.8, 4.8),
    bounds=((-5.0, 5.0), (-5.0, 5.0)),
    minima=(
        (-2.9035340277711774, -2.9035340277711774),
        (2.746802770990837, -2.9035340277711774),
        (-2.9035340277711774, 2.746802770990837),
        (2.746802770990837, 2.746802770990837),
    ),
    formula=r"\frac{x^4 - 16 x^2 + 5 x + y^4 - 16 y^2 + 5 y}{2}",
    expression="(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)/2",
    shows="Four minima of three depths: the nearest is seldom the lowest.",
    source="Styblinski and Tang, Experiments in nonconvex optimization (1990)",
    rates=(0.01, 0.3),
)

SADDLE = Surface(
    name="saddle",
    value=lambda p: p[0] * p[0] - p[1] * p[1],
    gradient=lambda p: (2 * p[0], -2 * p[1]),
    start=(-1.5, 0.001),
    bounds=((-2.0, 2.0), (-2.0, 2.0)),
    formula="x^2 - y^2",
    expression="x^2 - y^2",
    shows="Near the pass the slope is almost nothing: who scales it up is off first, and there is no bottom.",
    source="Dauphin et al., Identifying and attacking the saddle point problem (2014)",
    rates=(0.05, 0.05),
    epochs=100,
)

MONKEY_SADDLE = Surface(
    name="monkey-saddle",
    value=lambda p: p[0] * p[0] * p[0] - 3 * p[0] * p[1] * p[1],
    gradient=lambda p: (3 * p[0] * p[0] - 3 * p[1] * p[1], -6 * p[0] * p[1]),
    start=(0.9, 0.01),
    bounds=((-1.5, 1.5), (-1.5, 1.5)),
    formula="x^3 - 3 x y^2",
    expression="x^3 - 3*x*y^2",
    shows="Three ways down, two legs and a tail, and in the middle no slope and no curvature either.",
    source="Hilbert and Cohn-Vossen, Geometry and the Imagination (1932), chapter 4",
    rates=(0.05, 0.02),
    epochs=100,
)

# Height, x, y and half the squared width of each hill; they stand in a shallow bowl, so that there is a bottom.
HILLS = ((3.0, -1.0, 1.0, 0.5), (2.0, 1.5, 0.5, 0.7), (2.5, -0.2, -1.6, 0.6))


def _hills(p: Sequence[Any]) -> list[Any]:
    x, y = p
    return [h * np.exp(-((x - a) * (x - a) + (y - b) * (y - b)) / w) for h, a, b, w in HILLS]


def _hills_slopes(p: Sequence[Any]) -> Sequence[Any]:
    x, y = p
    hills = [-2 / w * hill for hill, (_, _, _, w) in zip(_hills(p), HILLS, strict=True)]
    return (
        0.2 * x + sum(hill * (x - a) for hill, (_, a, _, _) in zip(hills, HILLS, strict=True)),
        0.2 * y + sum(hill * (y - b) for hill, (_, _, b, _) in zip(hills, HILLS, strict=True)),
    )


THREE_HILLS = Surface(
    name="three-hills",
    value=lambda p: 0.1 * (p[0] * p[0] + p[1] * p[1]) + sum(_hills(p)),
    gradient=_hills_slopes,
    start=(1.5, 0.25),
    bounds=((-3.5, 3.5), (-3.5, 3.5)),
    minima=(
        (-0.016157685901563728, -0.07358019925832456),
        (0.3245120211343038, 1.4984977047025194),
        (1.0806895538061652, -0.9198257284280894),
    ),
    formula=r"\frac{x^2 + y^2}{10} + \sum_{i=1}^{3} h_i e^{-((x - x_i)^2 + (y - y_i)^2) / w_i}",
    expression=" + ".join([
        "(x^2 + y^2)/10",
        *(f"{h}*exp(-((x - {a})^2 + (y - {b})^2)/{w})".replace("- -", "+ ") for h, a, b, w in HILLS),
    ]),
    shows="Hills in a bowl: on a slope between two valleys, how a method takes its first steps decides where it ends.",
    rates=(0.05, 0.05),
    epochs=300,
)

SURFACES: dict[str, Surface] = {
    surface.name: surface
    for surface in (
        ravine(30.0),
        ROSENBROCK,
        HIMMELBLAU,
        BEALE,
        BOOTH,
        RASTRIGIN,
        ACKLEY,
        STYBLINSKI_TANG,
        SADDLE,
        MONKEY_SADDLE,
        THREE_HILLS,
    )
}
