"""Random formulas, each as text and with its value computed beside it: an oracle that shares no code with the parser.

The value is a function of a mathematics (`math`, `mpmath.mp`, numpy) and of the names' values.
"""

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

NAMES = ("a", "b", "c", "x")
FUNCTIONS = ("exp", "log", "sqrt", "abs", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "sigmoid")


STEEP = (
    "a/(1 + exp(-b*(x - c)))", "a/(exp(-b*(x - c)) + 1)", "exp(a*x)/(1 + exp(a*x))", "a*exp(b*x)/(c + exp(b*x))",
    "a/(1 + b*exp(-c*x))", "a/(2 + 2*exp(b*x))", "a/(1 + exp(-b*x))^3", "exp(-a*x)/(1 + exp(-a*x))^2",
    "a + (b - a)/(1 + exp((x - c)/d))", "1/(1 + 1/exp(a*x))", "a/(1 + exp(-b*(x - c)))^(1/d)", "(1 + exp(a*x))^-0.5",
    "1 - 1/(1 + exp(-a*x))", "exp(a*x)/(1 + exp(a*x))*(1 - exp(a*x)/(1 + exp(a*x)))", "(1 + 2*exp(a*x))/(1 + exp(a*x))",
    "exp(a)/(exp(a) + exp(b) + exp(c)) + 0*x", "exp(a*x)/(exp(a*x) + exp(b*x))", "1/(1 + exp(a*x) + exp(b*x))",
    "exp(a*x)*exp(-b*x)", "exp(a*x)^2/exp(b*x)", "a*exp(-b*exp(-c*x))", "a*(1 - exp(-exp(b*x)))",
    "exp(a*x - exp(b*x))", "exp(-(x/a)^b)", "exp(-a*x^60)",
    "a*x*exp(-b*x^2)", "a*exp(-(x - b)^2/(2*c^2))", "exp(-a*x^4)*x^3 + a",
    "log(1 + exp(a*x))", "log(exp(a*x))", "log(exp(a*x) + exp(b*x))", "-log(1/(1 + exp(-a*x)))",
    "log(1 - sigmoid(a*x))",
    "a*x*tanh(log(1 + exp(b*x)))", "sqrt(1 + exp(a*x))", "1/sqrt(a + exp(b*x))", "exp(a*x)/sqrt(1 + exp(2*a*x))",
    "(exp(a*x) - exp(-a*x))/(exp(a*x) + exp(-a*x))", "(1 - exp(-2*a*x))/(1 + exp(-2*a*x))", "a/(exp(b*x) + exp(-b*x))",
    "a/cosh(b*x)", "1/cosh(a*x)^2", "1/(1 + cosh(a*x))", "1/sinh(a*x)", "sinh(a*x)/cosh(a*x)", "a*tanh(b*x)*exp(-c*x)",
    "tanh(exp(a*x))", "sigmoid(exp(a*x))", "atan(exp(a*x))", "atan(sinh(a*x))", "sigmoid(a*x)^b", "sigmoid(a*x)/exp(b)",
    "1/(1 + b^x) + a", "a/(1 + (x/b)^c)", "a/(1 + x^b)", "tanh(x^a)", "a*sigmoid(b*x^60)", "atan(a*x^50)",
    "1/(1 + exp(x*y))", "exp(x - y)/(1 + exp(x - y))", "y*(exp(x) - 1)/(exp(x) + 1)",
    "exp(x)/(1 + exp(x) + exp(2*x))*y",
)
"""Formulas whose parts overflow or vanish where they themselves do neither."""


class Formula(NamedTuple):
    text: str
    value: Callable[[Any, dict[str, Any]], Any]


def function(name: str, maths: Any, u: Any) -> Any:
    match name:
        case "abs":
            return abs(u)
        case "sigmoid":
            return 1 / (1 + maths.exp(-u))
    return getattr(maths, name)(u)


def leaf(random: Random, names: tuple[str, ...] = NAMES) -> Formula:
    if random.random() < 0.7:
        name = random.choice(names)
        return Formula(name, lambda maths, values: values[name])
    number = random.choice(["1", "2", "3", "0.5", "1.25", "10", ".75", "2e-1"])
    return Formula(number, lambda maths, values: float(number))


def formula(
    random: Random, size: int, names: tuple[str, ...] = NAMES, functions: tuple[str, ...] = FUNCTIONS
) -> Formula:
    """A formula of about `size` numbers, names and operations; brackets around every operation, so that none binds."""
    if size <= 1:
        return leaf(random, names)
    kind = random.random()
    if kind < 0.1:
        inner = formula(random, size - 1, names, functions)
        return Formula(f"(-{inner.text})", lambda maths, values: -inner.value(maths, values))
    if kind < 0.35 and functions:
        inner, name = formula(random, size - 1, names, functions), random.choice(functions)
        return Formula(f"{name}({inner.text})", lambda maths, values: function(name, maths, inner.value(maths, values)))
    if kind < 0.45:
        inner, exponent = formula(random, size - 2, names, functions), random.choice([2, 3, 5, -1, -2])
        return Formula(f"({inner.text}^{exponent})", lambda maths, values: inner.value(maths, values) ** exponent)
    left = random.randint(1, size - 1)
    f, g = formula(random, left, names, functions), formula(random, size - 1 - left, names, functions)
    sign = random.choice("+-*/")

    def value(maths: Any, values: dict[str, Any]) -> Any:
        u, v = f.value(maths, values), g.value(maths, values)
        return {"+": lambda: u + v, "-": lambda: u - v, "*": lambda: u * v, "/": lambda: u / v}[sign]()

    return Formula(f"({f.text} {sign} {g.text})", value)
