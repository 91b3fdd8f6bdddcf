"""Algebra: sympy's objects for our trees and back, node by node; each of our functions with its slopes and its looks.

Our functions are opaque to sympy, which knows of each only what stands here: so it collects and cancels terms, but
never sets out on a search for something simpler, which can take minutes. No text is evaluated and no code is made.
The first call imports sympy; this module does not.

One convention holds where a function has a kink or a slope has no limit: 0 times anything is 0 (see `absorbed` in
expressions.py). The slope of abs is 0 at 0; what stands still inside stands still outside, so that the slope of
sqrt(x^2 + y^2) is 0 at its tip; and that of x^y by x is 0 where y is.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache, reduce
from types import SimpleNamespace
from typing import Any

import numpy as np

from components.formulas.expressions import OPERATIONS, Tree
from components.text.errors import Refused

NOWHERE = "This formula or a derivative of it has no finite value anywhere: it divides by zero, or takes its logarithm."

# Each function's derivative by each argument; `f` holds the functions. power(u, v) is u^v where v is no whole number.
SLOPES: dict[str, tuple[Callable[..., Any], ...]] = {
    "exp": (lambda f, u: f.exp(u),),
    "log": (lambda f, u: 1 / u,),
    "sqrt": (lambda f, u: 1 / (2 * f.sqrt(u)),),
    "abs": (lambda f, u: f.sign(u),),
    "sin": (lambda f, u: f.cos(u),),
    "cos": (lambda f, u: -f.sin(u),),
    "tan": (lambda f, u: 1 + f.tan(u) ** 2,),
    "atan": (lambda f, u: 1 / (1 + u**2),),
    "sinh": (lambda f, u: f.cosh(u),),
    "cosh": (lambda f, u: f.sinh(u),),
    "tanh": (lambda f, u: 1 / f.cosh(u) ** 2,),
    "sigmoid": (lambda f, u: f.sigmoid(u) * f.sigmoid(-u),),
    "softplus": (lambda f, u: f.sigmoid(u),),
    "power": (lambda f, u, v: _power_slope(f, u, v), lambda f, u, v: f.power_log(u, v)),
    "sign": (),
    "power_log": (),
    "absorbed": (),
}
# How a function looks: what stands before its bracket, or all of it with {0} for what it is of.
LOOKS = {
    "exp": "e^{{{0}}}",
    "log": r"\ln",
    "sqrt": r"\sqrt{{{0}}}",
    "abs": r"\left|{0}\right|",
    "sin": r"\sin",
    "cos": r"\cos",
    "tan": r"\tan",
    "atan": r"\arctan",
    "sinh": r"\sinh",
    "cosh": r"\cosh",
    "tanh": r"\tanh",
    "sigmoid": r"\sigma",
    "softplus": r"\ln\left(1 + e^{{{0}}}\right)",
    "power": "{0}^{{{1}}}",
    "sign": r"\operatorname{{sign}}\left({0}\right)",
    "power_log": r"{0}^{{{1}}} \ln\left({0}\right)",
}


def _power_slope(f: Any, u: Any, v: Any) -> Any:
    """v u^(v - 1), and 0 where v is 0: u^0 is 1 at u = 0 too."""
    return v * f.power(u, v - 1) if v.is_number else f.absorbed(v, f.power(u, v - 1))


@cache
def algebra() -> SimpleNamespace:
    """sympy's numbers, symbols, sums and printer; and `functions`, a class for each of ours."""
    import sympy
    from sympy.printing.latex import LatexPrinter

    class Opaque(sympy.Function):
        """One of our functions."""

        def fdiff(self, argindex: int = 1) -> Any:
            return SLOPES[type(self).__name__][argindex - 1](functions, *self.args)

        def _latex(self, printer: Any, exp: str = "") -> str:
            looks, of = LOOKS[type(self).__name__], [printer.doprint(one) for one in self.args]
            power = f"^{{{exp}}}" if exp else ""
            if "{" not in looks:
                return rf"{looks}{power}\left({of[0]}\right)"
            if len(of) == 2 and not self.args[0].is_Symbol:
                of[0] = rf"\left({of[0]}\right)"
            return rf"\left({looks.format(*of)}\right){power}" if power else looks.format(*of)

    class Exponential(Opaque):
        """e to a power: its powers are of the same kind."""

        def _eval_power(self, exponent: Any) -> Any:
            return functions.exp(exponent * self.args[0]) if exponent.is_Integer else None

    class Steep(Opaque):
        """A function whose own slope may be infinite where its value is not."""

        def _eval_derivative(self, symbol: Any) -> Any:
            terms = []
            for place, inside in enumerate(self.args):
                inner, outer = inside.diff(symbol), self.fdiff(place + 1)
                plain = inner.is_number or (place == 0 and not self._is_steep())
                terms.append(inner * outer if plain else functions.absorbed(inner, outer))
            return sympy.Add(*terms)

        def _is_steep(self) -> bool:
            """Whether its slope may be infinite at 0, where its first argument may come."""
            base, exponent = self.args[0], self.args[1] if len(self.args) > 1 else None
            small = exponent is None or not exponent.is_number or exponent < 1
            return bool(small and not is_positive(base) and not holds_exponential(base))

    class Power(Steep):
        """A base to an exponent that is no whole number: sympy's own derivative divides by the base, which may be 0."""

        @classmethod
        def eval(cls, base: Any, exponent: Any) -> Any:
            if exponent.is_number and (whole := round(value := plain(exponent))) == value:
                return base**whole
            return None

    class Printer(LatexPrinter):
        """sympy's printer, but that sums begin with what is added: x - b, not -b + x."""

        def _as_ordered_terms(self, expr: Any, order: str | None = None) -> list[Any]:
            return sorted(super()._as_ordered_terms(expr, order), key=lambda term: term.could_extract_minus_sign())

    kinds = {"exp": Exponential, "power": Power, "sqrt": Steep}
    functions = SimpleNamespace(**{name: type(name, (kinds.get(name, Opaque),), {}) for name in SLOPES})
    return SimpleNamespace(
        functions=functions,
        integer=sympy.Integer,
        decimal=sympy.Float,
        symbol=sympy.Symbol,
        pi=sympy.pi,
        sum=sympy.Add,
        product=sympy.Mul,
        power=sympy.Pow,
        latex=Printer().doprint,
    )


def latex(expression: Any) -> str:
    """LaTeX, with whole numbers as such: 2, not 2.0."""
    whole = {one: algebra().integer(int(one)) for one in expression.atoms(algebra().decimal) if float(one).is_integer()}
    if expression.has(algebra().functions.absorbed):
        expression = expression.replace(algebra().functions.absorbed, algebra().product)
    return algebra().latex(expression.xreplace(whole))


def is_positive(expression: Any) -> bool:
    """Whether it is above 0 by its looks alone, for names of any size: e^u, or 1 + x^2."""
    if expression.is_Add:
        return all(map(_is_no_less, expression.args)) and any(map(is_positive, expression.args))
    if expression.is_Mul:
        return all(map(is_positive, expression.args))
    if expression.is_Pow:
        return is_positive(expression.base)
    if expression.is_number:
        return plain(expression) > 0
    return type(expression).__name__ in ("exp", "cosh", "sigmoid", "softplus")


def holds_exponential(expression: Any) -> bool:
    """Whether one of the terms of a sum is e to something, perhaps times something else."""
    terms = algebra().sum.make_args(expression)
    return any(type(factor).__name__ == "exp" for term in terms for factor in algebra().product.make_args(term))


def _is_no_less(expression: Any) -> bool:
    """Whether it is 0 or more by its looks alone."""
    if expression.is_Mul:
        return all(map(_is_no_less, expression.args))
    even = expression.is_Pow and expression.exp.is_Integer and expression.exp % 2 == 0
    return bool(even) or type(expression).__name__ in ("abs", "sqrt") or is_positive(expression)


def to_sympy(tree: Tree) -> Any:
    """sympy's object for our tree."""
    if isinstance(tree, str):
        return algebra().symbol(tree)
    if not isinstance(tree, tuple):
        return number(tree)
    operation, *parts = tree[0], *map(to_sympy, tree[1:])
    match operation:
        case "+":
            return algebra().sum(*parts)
        case "-":
            return algebra().sum(parts[0], -parts[1])
        case "neg":
            return -parts[0]
        case "*":
            return algebra().product(*parts)
        case "/":
            return algebra().product(parts[0], algebra().power(parts[1], -1))
    return applied("power" if operation == "^" else operation, *parts)


def applied(name: str, *parts: Any) -> Any:
    """A function of these. Of numbers alone it is a number: exact ones could be of millions of digits."""
    if all(part.is_number for part in parts):
        return number(_value("^" if name == "power" else name, parts))
    return getattr(algebra().functions, name)(*parts)


def number(value: float) -> Any:
    """sympy's object for a number: exact where it is whole."""
    if value == math.pi:
        return algebra().pi
    return algebra().integer(int(value)) if value == int(value) and abs(value) < 2**53 else algebra().decimal(value)


def _value(operation: str, parts: Sequence[Any]) -> float:
    """What an operation gives for numbers that sympy may have found where we saw names, as in exp(x - x)."""
    with np.errstate(all="ignore"):
        value = OPERATIONS[operation](*map(plain, parts))
    if not np.isfinite(value):
        raise Refused(NOWHERE)
    return float(value)


def plain(number: Any) -> float:
    """A number of sympy's as ours. Raises Refused for what is none: zoo, its infinity, say."""
    try:
        value = float(number)
    except TypeError:
        raise Refused(NOWHERE) from None
    if not math.isfinite(value):
        raise Refused(NOWHERE)
    return value


def from_sympy(expression: Any) -> Tree:
    """Our tree for one of sympy's objects."""
    parts = expression.args
    if expression.is_Symbol:
        return expression.name
    if not parts:
        value = plain(expression)
        return int(value) if value == int(value) and abs(value) < 2**53 else value
    if expression.is_Add:
        return _chain("+", parts)
    if expression.is_Mul:
        below = [1 / part for part in parts if _is_inverse(part)]
        above = [part for part in parts if not _is_inverse(part)]
        if below:
            return ("/", _chain("*", above) if above else 1, _chain("*", below))
        return _chain("*", above)
    if expression.is_Pow:
        if _is_inverse(expression):
            return ("/", 1, from_sympy(1 / expression))
        return ("^", *map(from_sympy, parts))
    name = type(expression).__name__
    if getattr(algebra().functions, name, None) is not type(expression):
        raise Refused(NOWHERE)
    return ("^" if name == "power" else name, *map(from_sympy, parts))


def _chain(operation: str, parts: Sequence[Any]) -> Tree:
    """The parts, one after another."""
    trees = list(map(from_sympy, parts))
    return reduce(lambda left, right: (operation, left, right), trees)


def _is_inverse(expression: Any) -> bool:
    """Whether it is a power below a fraction's line."""
    return bool(expression.is_Pow and expression.exp.is_Number and expression.exp.is_negative)
