"""Surfaces with one minimum or none: how fast does a method follow a valley, or leave a pass?

Products stand for powers, since numpy may round x**2 of one number and of many numbers differently.
"""

from functools import lru_cache
from typing import Any

from optim.code import Code
from optim.fields import Number
from optim.parameters import Params
from optim.surfaces.base import Surface


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
        bounded=True,
        formula=rf"\frac{{1}}{{2}} \left( \frac{{x^2}}{{{written}}} + y^2 \right)",
        expression=f"(x^2/{written} + y^2)/2",
        code=Code(f"(x * x / {written} + y * y) / 2", (f"x / {written}", "y")),
        shows="The rate that the steep sides allow is small along the bottom: too high zigzags, too low is slow.",
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
    bounded=True,
    formula="(1 - x)^2 + 100 (y - x^2)^2",
    expression="(1 - x)^2 + 100*(y - x^2)^2",
    code=Code(
        "(1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)",
        ("-2 * (1 - x) - 400 * x * (y - x * x)", "200 * (y - x * x)"),
    ),
    shows="A bent valley: finding it is easy, following it is not.",
    source="Rosenbrock, An automatic method for finding the greatest or least value of a function (1960)",
    rates=(0.001, 0.05),
    epochs=1000,
)


def _beale_terms(p: Params) -> tuple[Any, ...]:
    x, y = p
    return 1.5 - x + x * y, 2.25 - x + x * y * y, 2.625 - x + x * y * y * y


def _beale(p: Params) -> Any:
    u, v, w = _beale_terms(p)
    return u * u + v * v + w * w


def _beale_slopes(p: Params) -> Params:
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
    bounded=True,
    formula="(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2",
    expression="(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    code=Code(
        "u * u + v * v + w * w",
        (
            "2 * (u * (y - 1) + v * (y * y - 1) + w * (y * y * y - 1))",
            "2 * x * (u + 2 * v * y + 3 * w * y * y)",
        ),
        (("u", "1.5 - x + x * y"), ("v", "2.25 - x + x * y * y"), ("w", "2.625 - x + x * y * y * y")),
    ),
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
    bounded=True,
    formula="(x + 2 y - 7)^2 + (2 x + y - 5)^2",
    expression="(x + 2*y - 7)^2 + (2*x + y - 5)^2",
    code=Code("u * u + v * v", ("10 * x + 8 * y - 34", "8 * x + 10 * y - 38"),
              (("u", "x + 2 * y - 7"), ("v", "2 * x + y - 5"))),
    shows="A ravine across both axes: methods that scale each parameter by itself gain little.",
    source="Jamil and Yang, A literature survey of benchmark functions for global optimisation problems (2013), 17",
    rates=(0.05, 0.5),
)

SADDLE = Surface(
    name="saddle",
    value=lambda p: p[0] * p[0] - p[1] * p[1],
    gradient=lambda p: (2 * p[0], -2 * p[1]),
    start=(-1.5, 0.001),
    bounds=((-2.0, 2.0), (-2.0, 2.0)),
    bounded=True,
    formula="x^2 - y^2",
    expression="x^2 - y^2",
    code=Code("x * x - y * y", ("2 * x", "-2 * y")),
    shows="Near the pass the slope is almost nothing: methods that scale it up leave first, and there is no bottom.",
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
    bounded=True,
    formula="x^3 - 3 x y^2",
    expression="x^3 - 3*x*y^2",
    code=Code("x * x * x - 3 * x * y * y", ("3 * x * x - 3 * y * y", "-6 * x * y")),
    shows="Three ways down, two legs and a tail, and in the middle no slope and no curvature either.",
    source="Hilbert and Cohn-Vossen, Geometry and the Imagination (1932), chapter 4",
    rates=(0.05, 0.02),
    epochs=100,
)
