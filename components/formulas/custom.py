"""Own functions: the text of a formula, made into a Model or a Surface with exact derivatives.

A formula with x and y and nothing else is a surface z = f(x, y). In any other, x is the data's x and every other name
a parameter of a curve y = f(x). sympy finds the derivatives (see derivatives.py) and is imported by the first formula;
every number is computed by numpy. Knows no page.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np

from components.formulas.capitals import lowered
from components.formulas.derivatives import Derived, derive
from components.formulas.expressions import Expression, Tree, arithmetic, parse
from components.formulas.numpy_code import code
from components.formulas.shorthand import right_side
from components.text.errors import Refused
from optim import Model, Surface
from optim.problems import learn

MAX_LENGTH = 500
"""Characters of a formula that one types: its derivatives may be many times as long."""
MAX_PARAMETERS = 16
REMEMBERED = 64

X_RANGES = ((-3, 3), (0, 6), (1, 7))
"""Where an own curve's points are generated: the first of these on which all is finite, for log(x) the second."""
STARTS, BOUNDS = ((-2.0, 2.0), (2.0, 2.0), (2.0, -2.0), (0.5, 0.5)), ((-3.0, 3.0), (-3.0, 3.0))
"""An own surface's start, the first of these at which all is finite: for log(x*y) the second. And its view."""
CAUTION = 0.2
"""The learning rate times the greatest curvature at the start; from 2 on, plain descent would not come nearer."""
LOWEST_RATE, HIGHEST_RATE, USUAL_RATE = 1e-6, 1.0, 0.01
DIFFERENCE = 1e-4


@dataclass(frozen=True)
class Formula:
    """A function that was typed: its text, tidied, and what can be descended.

    tree: the function as it is computed, everywhere alike. mathematics: LaTeX of the function, then of its derivative
    by each parameter.
    """

    text: str
    problem: Model | Surface
    tree: Tree
    mathematics: tuple[str, ...]


def read(text: object) -> Formula:
    """The function of a text: the same object for the same formula. Raises Refused, with one sentence, for any other.

    >>> read("a*exp(-b*x) + c").mathematics[:2]
    ('y = a e^{- b x} + c', '\\\\frac{\\\\partial y}{\\\\partial a} = e^{- b x}')
    """
    return _formula(_expression(text).text)


def named(name: str) -> Model | Surface | None:
    """The problem of that very name, "y = a*x + b" or "z = x^2 + y^2", or None: a reader for optim's `find`."""
    try:
        problem = _formula(name[len("y = "):]).problem
    except Refused:
        return None
    return problem if problem.name == name else None


def tree(problem: Model | Surface) -> Tree:
    """The tree of a problem that has an expression: of a function that was typed, as it is computed."""
    if named(problem.name) is problem:
        return _formula(problem.expression).tree
    return parse(problem.expression).tree


# A function of one's own has its text for a name, so that an experiment with it has a text form and can be pickled.
learn(named)


def _expression(text: object) -> Expression:
    """The expression of a text that is a function; raises Refused for any other."""
    if isinstance(text, str) and len(text) > MAX_LENGTH:
        raise Refused(f"The formula has {len(text):,} characters; at most {MAX_LENGTH} are read.")
    expression = parse(lowered(right_side(text)) if isinstance(text, str) else text)
    if "y" in expression.columns and not _is_surface(expression):
        column = expression.columns["y"]
        raise Refused(f"“y” at column {column} has no place here: a curve is f(x), and a surface has x and y alone.")
    parameters = _parameters(expression)
    if not parameters:
        raise Refused("There is nothing to change: a curve has parameters, as in a*x + b, and a surface has x and y.")
    if len(parameters) > MAX_PARAMETERS:
        raise Refused(f"There are {len(parameters)} parameters; at most {MAX_PARAMETERS} are taken.")
    return expression


@lru_cache(maxsize=REMEMBERED)
def _formula(text: str) -> Formula:
    """Kept by text, and in this one place: a problem must be the same object for whoever asks for its name."""
    expression = _expression(text)
    derived = derive(expression.tree, _parameters(expression))
    letter, made = ("z", _surface) if _is_surface(expression) else ("y", _curve)
    slopes = zip(derived.names_latex, derived.slopes_latex, strict=True)
    mathematics = [f"{letter} = {derived.latex}"]
    mathematics += [rf"\frac{{\partial {letter}}}{{\partial {name}}} = {slope}" for name, slope in slopes]
    return Formula(expression.text, made(expression, derived), derived.tree, tuple(mathematics))


def _is_surface(expression: Expression) -> bool:
    return set(expression.names) == {"x", "y"}


def _parameters(expression: Expression) -> tuple[str, ...]:
    """What is descended: x and y of a surface; of a curve all names but x, in the order of their appearance."""
    return ("x", "y") if _is_surface(expression) else tuple(name for name in expression.names if name != "x")


def _curve(expression: Expression, derived: Derived) -> Model:
    parameters = _parameters(expression)
    value = arithmetic([derived.tree], (*parameters, "x"))
    slopes = arithmetic(derived.slopes, (*parameters, "x"))
    model = Model(
        name=f"y = {expression.text}",
        parameter_names=parameters,
        predict=lambda params, x: value(*params, x)[0],
        gradient=lambda params, x: slopes(*params, x),
        linear=not any(_mentions(slope, parameters) for slope in derived.slopes),
        formula=f"y = {derived.latex}",
        expression=expression.text,
        code=code(derived.tree, derived.slopes, parameters, derived.by_rule),
        shows="Your own curve.",
        whole_x=False,
    )
    x_range, curvature = _where_finite(model)
    return replace(model, x_range=x_range, rates=(_rate(curvature), model.rates[1]))


def _surface(expression: Expression, derived: Derived) -> Surface:
    value = arithmetic([derived.tree], ("x", "y"))
    slopes = arithmetic(derived.slopes, ("x", "y"))
    surface = Surface(
        name=f"z = {expression.text}",
        value=lambda params: value(*params)[0],
        gradient=lambda params: slopes(*params),
        start=STARTS[0],
        bounds=BOUNDS,
        formula=derived.latex,
        expression=expression.text,
        code=code(derived.tree, derived.slopes, ("x", "y"), derived.by_rule),
        shows="Your own surface.",
    )
    surface = replace(surface, start=next(filter(partial(_is_finite, surface), STARTS), STARTS[0]))
    return replace(surface, rates=(_rate(_curvature(surface)), surface.rates[1]))


@np.errstate(all="ignore")
def _is_finite(surface: Surface, point: tuple[float, float]) -> bool:
    return bool(np.isfinite([surface.value(point), *surface.gradient(point)]).all())


def _mentions(tree: Tree, names: Sequence[str]) -> bool:
    """Whether any of the names is in the tree."""
    return any(_mentions(part, names) for part in tree[1:]) if isinstance(tree, tuple) else tree in names


@np.errstate(all="ignore")
def _where_finite(model: Model) -> tuple[tuple[int, int], float]:
    """The first of X_RANGES on which value and gradient are finite, at the start and at the true parameters.

    With it the greatest curvature there of one point's squared error where the point is met: 2 |gradient|^2. Where all
    is finite nowhere, the first of them, and NaN.
    """
    for low, high in X_RANGES:
        x = np.linspace(low, high, 62)[1:-1]
        at = [np.broadcast_arrays(model.predict(params, x), *model.gradient(params, x), x)[:-1]
              for params in (model.start, model.true_params)]
        if np.isfinite(at).all():
            return (low, high), 2 * float(np.square(at)[:, 1:].sum(axis=1).max())
    return X_RANGES[0], math.nan


@np.errstate(all="ignore")
def _curvature(surface: Surface) -> float:
    """The size of the second derivatives at the start, by central differences of the gradient."""
    steps = DIFFERENCE * np.eye(surface.n)
    pairs = [(surface.gradient(surface.start + step), surface.gradient(surface.start - step)) for step in steps]
    return float(np.linalg.norm([np.subtract(ahead, behind) for ahead, behind in pairs])) / (2 * DIFFERENCE)


def _rate(curvature: float) -> float:
    """A learning rate for such a curvature, in one digit; the usual one where the curvature is unknown or 0."""
    if not 0 < curvature < math.inf:
        return USUAL_RATE
    return float(f"{min(max(CAUTION / curvature, LOWEST_RATE), HIGHEST_RATE):.0e}")
