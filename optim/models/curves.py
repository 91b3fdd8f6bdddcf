"""The curves of a formula: line, polynomials, sine, exponential, logistic curve and logistic regression.

Each says what a curve is and what shows it well (see base.py); none is computed in a way of its own.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.polynomial import Polynomial

from optim.code import Code
from optim.fields import Choice, Whole
from optim.models.base import Model
from optim.parameters import Params


def sigmoid(z: Any) -> Any:
    """1 / (1 + e^-z), for numbers however large: below 0 as e^z / (1 + e^z), which keeps its digits."""
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(np.minimum(z, -z)))


LINE = Model(
    name="line",
    parameter_names=("a", "b"),
    predict=lambda p, x: p[0] * x + p[1],
    gradient=lambda p, x: (x, 1.0),
    linear=True,
    bounded=True,
    formula="y = a x + b",
    expression="a*x + b",
    code=Code("a * x + b", ("x", "1.0")),
    shows="The article's own: a bowl thirty times steeper across than along, in which plain descent is slow.",
    true_params=(1.5, -28.0),
    start=(1.0, 1.0),
    rates=(0.001, 1.0),
)

PROPORTIONAL = Model(
    name="proportional",
    parameter_names=("a",),
    predict=lambda p, x: p[0] * x,
    gradient=lambda p, x: (x,),
    linear=True,
    bounded=True,
    formula="y = a x",
    expression="a*x",
    code=Code("a * x", ("x",)),
    shows="A single parameter: the loss over it is a parabola, and every step of a method is an arrow on it.",
    true_params=(1.5,),
    start=(-2.5,),
    rates=(0.01, 0.1),
)


def polynomial(degree: int, scaled: bool = False) -> Model:
    """c0 + c1 u + ... up to u^degree, with u = x, or u = (x - 1) / 2 and so from -1 to 1 where the inputs are scaled.

    The true curve is the same with both: Chebyshev's polynomial of that degree, tilted. ValueError for a degree that is
    not a whole number from 2 to 5.
    """
    return _polynomial(Whole(low=2, high=5).check("degree", degree), Choice((False, True)).check("scaled", scaled))


@cache
def _polynomial(degree: int, scaled: bool) -> Model:
    # T2 to T5, each of which swings to and fro between -1 and 1, with u added.
    coefficients = {2: (-1, 1, 2), 3: (0, -2, 0, 4), 4: (1, 1, -8, 0, 8), 5: (0, 6, 0, -20, 0, 16)}[degree]
    if not scaled:
        coefficients = tuple(Polynomial(coefficients)(Polynomial((-0.5, 0.5))).coef)

    def predict(p: Params, x: Any) -> Any:
        u = (x - 1) / 2 if scaled else x
        y = p[degree]
        for c in reversed(p[:degree]):
            y = y * u + c
        return y

    def gradient(p: Params, x: Any) -> Params:
        u = (x - 1) / 2 if scaled else x
        powers = [1.0, u]
        while len(powers) <= degree:
            powers.append(powers[-1] * u)
        return powers

    value = f"c{degree} * u + c{degree - 1}"
    for k in reversed(range(degree - 1)):
        value = f"({value}) * u + c{k}"

    def written(letter: str, times: str, u: str) -> str:
        terms = (f"{letter}{k}{times}{u}" + f"^{k}" * (k > 1) for k in range(1, degree + 1))
        return " + ".join([f"{letter}0", *terms])

    return Model(
        name=f"polynomial-{degree}{'-scaled' * scaled}",
        parameter_names=tuple(f"c{k}" for k in range(degree + 1)),
        predict=predict,
        gradient=gradient,
        linear=True,
        bounded=True,
        formula="y = " + written("c_", " ", "u") + r", \quad u = \frac{x - 1}{2}" if scaled else
                "y = " + written("c_", " ", "x"),
        expression=written("c", "*", "((x - 1)/2)" if scaled else "x"),
        code=Code(
            value,
            ("1.0", *(" * ".join("u" * k) for k in range(1, degree + 1))),
            (("u", "(x - 1) / 2" if scaled else "x"),),
        ),
        shows="The same curve with inputs from -1 to 1: most of the ravine was in the units." if scaled else
              "The higher the degree, the narrower the ravine, and the smaller the rate that large x allow.",
        family="polynomial",
        true_params=tuple(map(float, coefficients)),
        start=(0.0,) * (degree + 1),
        x_range=(-1, 3),
        whole_x=False,
        rates=(0.05 if scaled else 0.5 * 10.0**-degree, 0.1),
        epochs=100,
    )


SINE = Model(
    name="sine",
    parameter_names=("a", "b", "c"),
    predict=lambda p, x: p[0] * np.sin(p[1] * x + p[2]),
    gradient=lambda p, x: (
        np.sin(p[1] * x + p[2]),
        p[0] * np.cos(p[1] * x + p[2]) * x,
        p[0] * np.cos(p[1] * x + p[2]),
    ),
    bounded=True,
    formula=r"y = a \sin(b x + c)",
    expression="a*sin(b*x + c)",
    code=Code(
        "a * np.sin(u)",
        ("np.sin(u)", "a * np.cos(u) * x", "a * np.cos(u)"),
        (("u", "b * x + c"),),
    ),
    shows="Many valleys: a start with too wrong a frequency ends in one that is not the best.",
    true_params=(2.0, 1.3, 0.5),
    start=(1.0, 1.0, 0.0),
    x_range=(-5, 5),
    whole_x=False,
    rates=(0.01, 0.1),
)

EXPONENTIAL = Model(
    name="exponential",
    parameter_names=("a", "b"),
    predict=lambda p, x: p[0] * np.exp(p[1] * x),
    gradient=lambda p, x: (np.exp(p[1] * x), p[0] * x * np.exp(p[1] * x)),
    formula=r"y = a e^{b x}",
    expression="a*exp(b*x)",
    code=Code("a * np.exp(b * x)", ("np.exp(b * x)", "a * x * np.exp(b * x)")),
    shows="A bent valley with a cliff: one rate that suits both hardly exists.",
    true_params=(3.0, -0.6),
    start=(1.0, 0.1),
    x_range=(0, 6),
    whole_x=False,
    rates=(0.01, 0.05),
)


def _logistic_slopes(p: Params, x: Any) -> Params:
    z = p[1] * (x - p[2])
    share = sigmoid(z)
    steep = p[0] * share * sigmoid(-z)
    return share, steep * (x - p[2]), -steep * p[1]


LOGISTIC = Model(
    name="logistic",
    parameter_names=("a", "b", "c"),
    predict=lambda p, x: p[0] * sigmoid(p[1] * (x - p[2])),
    gradient=_logistic_slopes,
    bounded=True,
    formula=r"y = \frac{a}{1 + e^{-b (x - c)}}",
    expression="a*sigmoid(b*(x - c))",
    code=Code(
        "a * share",
        ("share", "steep * (x - c)", "-steep * b"),
        (("z", "b * (x - c)"), ("share", "sigmoid(z)"), ("steep", "a * share * sigmoid(-z)")),
    ),
    shows="Growth with a height, a steepness and a middle: where the curve is flat, two of the slopes are nearly 0.",
    true_params=(4.0, 1.5, 1.0),
    start=(2.0, 0.5, -1.0),
    x_range=(-5, 5),
    whole_x=False,
    rates=(0.02, 0.1),
)


def _probability_slopes(p: Params, x: Any) -> Params:
    z = p[0] * x + p[1]
    steep = sigmoid(z) * sigmoid(-z)
    return steep * x, steep


LOGISTIC_REGRESSION = Model(
    name="logistic-regression",
    parameter_names=("a", "b"),
    predict=lambda p, x: sigmoid(p[0] * x + p[1]),
    gradient=_probability_slopes,
    bounded=True,
    formula=r"P(y = 1) = \frac{1}{1 + e^{-(a x + b)}}",
    expression="sigmoid(a*x + b)",
    code=Code(
        "sigmoid(a * x + b)",
        ("steep * x", "steep"),
        (("z", "a * x + b"), ("steep", "sigmoid(z) * sigmoid(-z)")),
    ),
    shows="Labels instead of numbers: the cross-entropy has one valley, and is steep where a guess is wrong.",
    logit=LINE,
    true_params=(1.5, -1.0),
    start=(-1.0, 2.0),
    x_range=(-4, 4),
    whole_x=False,
    rates=(0.05, 0.1),
)
