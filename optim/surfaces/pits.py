"""Surfaces with several minima: which of them does a method find?

Products stand for powers, since numpy may round x**2 of one number and of many numbers differently.
"""

from typing import Any

import numpy as np

from optim.code import Code
from optim.parameters import Params
from optim.surfaces.base import Surface

TAU = 2 * np.pi


def _himmelblau_terms(p: Params) -> tuple[Any, Any]:
    return p[0] * p[0] + p[1] - 11, p[0] + p[1] * p[1] - 7


def _himmelblau(p: Params) -> Any:
    u, v = _himmelblau_terms(p)
    return u * u + v * v


def _himmelblau_slopes(p: Params) -> Params:
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
    bounded=True,
    formula="(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    expression="(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    code=Code(
        "u * u + v * v",
        ("4 * x * u + 2 * v", "2 * u + 4 * y * v"),
        (("u", "x * x + y - 11"), ("v", "x + y * y - 7")),
    ),
    shows="Four equal minima around a hill: from one start, two methods may well find two of them.",
    source="Himmelblau, Applied Nonlinear Programming (1972)",
    rates=(0.01, 0.3),
)

RASTRIGIN = Surface(
    name="rastrigin",
    value=lambda p: 20 + p[0] * p[0] - 10 * np.cos(TAU * p[0]) + p[1] * p[1] - 10 * np.cos(TAU * p[1]),
    gradient=lambda p: tuple(2 * one + 10 * TAU * np.sin(TAU * one) for one in p),
    start=(3.4, 2.4),
    bounds=((-5.12, 5.12), (-5.12, 5.12)),
    minima=((0.0, 0.0),),
    bounded=True,
    formula=r"20 + x^2 - 10 \cos(2 \pi x) + y^2 - 10 \cos(2 \pi y)",
    expression="20 + x^2 - 10*cos(6.283185307179586*x) + y^2 - 10*cos(6.283185307179586*y)",
    code=Code(
        "20 + x * x - 10 * np.cos(2 * np.pi * x) + y * y - 10 * np.cos(2 * np.pi * y)",
        ("2 * x + 20 * np.pi * np.sin(2 * np.pi * x)", "2 * y + 20 * np.pi * np.sin(2 * np.pi * y)"),
    ),
    shows="A hundred pits: a method that goes downhill falls into the next one; speed or noise may take it over.",
    source="Rastrigin, Systems of Extremal Control (1974)",
    rates=(0.002, 0.1),
)


def _ackley(p: Params) -> Any:
    x, y = p
    away = np.sqrt((x * x + y * y) / 2)
    return 20 + np.e - 20 * np.exp(-0.2 * away) - np.exp((np.cos(TAU * x) + np.cos(TAU * y)) / 2)


def _ackley_slopes(p: Params) -> Params:
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
    bounded=True,
    formula=(
        r"20 + e - 20 e^{-0.2 \sqrt{(x^2 + y^2) / 2}} - e^{(\cos 2 \pi x + \cos 2 \pi y) / 2}"),
    expression=(
        "20 + 2.718281828459045 - 20*exp(-0.2*sqrt((x^2 + y^2)/2))"
        " - exp((cos(6.283185307179586*x) + cos(6.283185307179586*y))/2)"),
    code=Code(
        "20 + np.e - 20 * np.exp(-0.2 * away) - np.exp((np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y)) / 2)",
        ("cone * x + waves * np.sin(2 * np.pi * x)", "cone * y + waves * np.sin(2 * np.pi * y)"),
        (
            ("away", "np.sqrt((x * x + y * y) / 2)"),
            ("cone", "2 * np.exp(-0.2 * away) / np.where(away == 0, 1.0, away)"),
            ("waves", "np.pi * np.exp((np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y)) / 2)"),
        ),
        by_rule=False,
    ),
    shows="Ripples on a wide funnel whose tip is a cone: the slope stays large near it, so a fixed rate never rests.",
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
    bounded=True,
    formula=r"\frac{x^4 - 16 x^2 + 5 x + y^4 - 16 y^2 + 5 y}{2}",
    expression="(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)/2",
    code=Code(
        "(x * x * x * x - 16 * x * x + 5 * x + (y * y * y * y - 16 * y * y + 5 * y)) / 2",
        ("2 * x * x * x - 16 * x + 2.5", "2 * y * y * y - 16 * y + 2.5"),
    ),
    shows="Four minima of three depths: the nearest is seldom the lowest.",
    source="Styblinski and Tang, Experiments in nonconvex optimization (1990)",
    rates=(0.01, 0.3),
)

# Height, x, y and twice the squared width of each hill; they stand in a shallow bowl, so that there is a bottom.
HILLS = ((3.0, -1.0, 1.0, 0.5), (2.0, 1.5, 0.5, 0.7), (2.5, -0.2, -1.6, 0.6))


def _hills(p: Params) -> list[Any]:
    x, y = p
    return [h * np.exp(-((x - a) * (x - a) + (y - b) * (y - b)) / w) for h, a, b, w in HILLS]


def _hills_slopes(p: Params) -> Params:
    x, y = p
    hills = [-2 / w * hill for hill, (_, _, _, w) in zip(_hills(p), HILLS, strict=True)]
    return (
        0.2 * x + sum(hill * (x - a) for hill, (_, a, _, _) in zip(hills, HILLS, strict=True)),
        0.2 * y + sum(hill * (y - b) for hill, (_, _, b, _) in zip(hills, HILLS, strict=True)),
    )


def _hills_code() -> Code:
    def off(name: str, center: float) -> str:
        return f"({name} + {-center})" if center < 0 else f"({name} - {center})"

    numbered = [(k, h, off("x", a), off("y", b), w) for k, (h, a, b, w) in enumerate(HILLS, 1)]
    heights = ((f"h{k}", f"{h} * np.exp(-({x} * {x} + {y} * {y}) / {w})") for k, h, x, y, w in numbered)
    return Code(
        "0.1 * (x * x + y * y) + (h1 + h2 + h3)",
        (
            f"0.2 * x + ({' + '.join(f's{k} * {x}' for k, _, x, _, _ in numbered)})",
            f"0.2 * y + ({' + '.join(f's{k} * {y}' for k, _, _, y, _ in numbered)})",
        ),
        (*heights, *((f"s{k}", f"-2 / {w} * h{k}") for k, _, _, _, w in numbered)),
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
    bounded=True,
    formula=r"\frac{x^2 + y^2}{10} + \sum_{i=1}^{3} h_i e^{-((x - x_i)^2 + (y - y_i)^2) / w_i}",
    expression=" + ".join([
        "(x^2 + y^2)/10",
        *(f"{h}*exp(-((x - {a})^2 + (y - {b})^2)/{w})".replace("- -", "+ ") for h, a, b, w in HILLS),
    ]),
    code=_hills_code(),
    shows="Hills in a bowl: on a slope between two valleys, how a method takes its first steps decides where it ends.",
    rates=(0.05, 0.05),
    epochs=300,
)
