"""Derivatives: the exact derivatives of an expression, and both as mathematics (LaTeX). The only user of sympy.

sympy's objects are built node by node from our tree, never from text, and its results are taken apart node by node into
our tree again: no text is evaluated and no code is made. Our functions are opaque to sympy, which knows of each only
its derivative and its looks: so it collects and cancels terms, but never sets out on a search for something simpler,
which can take minutes. The first call imports sympy; this module does not.
"""

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from types import SimpleNamespace
from typing import Any

import numpy as np

from components.expressions import OPERATIONS, Tree
from components.tokens import Refused

MAX_NODES = 5_000
"""Numbers, names and operations in all derivatives of one expression."""
MAX_SECONDS = 3.0
"""The processor's time for them, looked at after each: nothing known comes near it."""

TOO_LONG = "The derivatives of this formula are too long: make it shorter."
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
    "tanh": (lambda f, u: 1 - f.tanh(u) ** 2,),
    "sigmoid": (lambda f, u: f.sigmoid(u) * (1 - f.sigmoid(u)),),
    "power": (lambda f, u, v: v * f.power(u, v - 1), lambda f, u, v: f.power_log(u, v)),
    "sign": (),
    "power_log": (),
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
    "power": "{0}^{{{1}}}",
    "sign": r"\operatorname{{sign}}\left({0}\right)",
    "power_log": r"{0}^{{{1}}} \ln\left({0}\right)",
}

# sympy's caches are made for one thread.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Derived:
    """An expression in LaTeX; some names, and its derivative by each of them: in LaTeX, and as a tree."""

    latex: str
    names_latex: tuple[str, ...]
    slopes_latex: tuple[str, ...]
    slopes: tuple[Tree, ...]


def derive(tree: Tree, names: Sequence[str]) -> Derived:
    """The derivative of a tree by each of the names. Raises Refused where they are too long, or defined nowhere.

    >>> from components.expressions import parse
    >>> derive(parse("a*x^2").tree, ["a"])
    Derived(latex='a x^{2}', names_latex=('a',), slopes_latex=('x^{2}',), slopes=(('^', 'x', 2),))
    """
    with _ONE_AT_A_TIME:
        end, room = time.thread_time() + MAX_SECONDS, MAX_NODES
        try:
            whole = _to_sympy(tree)
            _from_sympy(whole)  # refuses what is infinite, and has no derivative to be found so
            symbols = [_algebra().symbol(name) for name in names]
            latex, slopes_latex, slopes = _latex(whole), [], []
            for symbol in symbols:
                slope = whole.diff(symbol)
                slopes.append(_from_sympy(slope))
                room -= _size(slopes[-1])
                if room < 0 or time.thread_time() > end:
                    raise Refused(TOO_LONG)
                slopes_latex.append(_latex(slope))
        except (RecursionError, OverflowError, MemoryError):
            raise Refused(TOO_LONG) from None
        return Derived(latex, tuple(map(_latex, symbols)), tuple(slopes_latex), tuple(slopes))


@cache
def _algebra() -> SimpleNamespace:
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

    class Power(Opaque):
        """A base to an exponent that is no whole number: sympy's own derivative divides by the base, which may be 0."""

        @classmethod
        def eval(cls, base: Any, exponent: Any) -> Any:
            if exponent.is_number and (whole := round(value := _plain(exponent))) == value:
                return base**whole
            return None

    class Printer(LatexPrinter):
        """sympy's printer, but that sums begin with what is added: x - b, not -b + x."""

        def _as_ordered_terms(self, expr: Any, order: str | None = None) -> list[Any]:
            return sorted(super()._as_ordered_terms(expr, order), key=lambda term: term.could_extract_minus_sign())

    kinds = {"exp": Exponential, "power": Power}
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


def _latex(expression: Any) -> str:
    """LaTeX, with whole numbers as such: 2, not 2.0."""
    algebra = _algebra()
    whole = {one: algebra.integer(int(one)) for one in expression.atoms(algebra.decimal) if float(one).is_integer()}
    return algebra.latex(expression.xreplace(whole))


def _to_sympy(tree: Tree) -> Any:
    """sympy's object for our tree."""
    algebra = _algebra()
    if isinstance(tree, str):
        return algebra.symbol(tree)
    if not isinstance(tree, tuple):
        return _number(tree)
    operation, *parts = tree[0], *map(_to_sympy, tree[1:])
    match operation:
        case "+":
            return algebra.sum(*parts)
        case "-":
            return algebra.sum(parts[0], -parts[1])
        case "neg":
            return -parts[0]
        case "*":
            return algebra.product(*parts)
        case "/":
            return algebra.product(parts[0], algebra.power(parts[1], -1))
    # A power or a function of numbers alone is a number: exact ones could be of millions of digits.
    if all(part.is_number for part in parts):
        return _number(_value(operation, parts))
    return getattr(algebra.functions, "power" if operation == "^" else operation)(*parts)


def _number(value: float) -> Any:
    """sympy's object for a number: exact where it is whole."""
    if value == math.pi:
        return _algebra().pi
    return _algebra().integer(int(value)) if value == int(value) and abs(value) < 2**53 else _algebra().decimal(value)


def _value(operation: str, parts: Sequence[Any]) -> float:
    """What an operation gives for numbers that sympy may have found where we saw names, as in exp(x - x)."""
    with np.errstate(all="ignore"):
        value = OPERATIONS[operation](*map(_plain, parts))
    if not np.isfinite(value):
        raise Refused(NOWHERE)
    return float(value)


def _plain(number: Any) -> float:
    """A number of sympy's as ours. Raises Refused for what is none: zoo, its infinity, say."""
    try:
        value = float(number)
    except TypeError:
        raise Refused(NOWHERE) from None
    if not math.isfinite(value):
        raise Refused(NOWHERE)
    return value


def _from_sympy(expression: Any) -> Tree:
    """Our tree for one of sympy's objects."""
    algebra, parts = _algebra(), expression.args
    if expression.is_Symbol:
        return expression.name
    if not parts:
        value = _plain(expression)
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
            return ("/", 1, _from_sympy(1 / expression))
        return ("^", *map(_from_sympy, parts))
    name = type(expression).__name__
    if getattr(algebra.functions, name, None) is not type(expression):
        raise Refused(NOWHERE)
    return ("^" if name == "power" else name, *map(_from_sympy, parts))


def _chain(operation: str, parts: Sequence[Any]) -> Tree:
    """The parts, one after another."""
    trees = list(map(_from_sympy, parts))
    return reduce(lambda left, right: (operation, left, right), trees)


def _is_inverse(expression: Any) -> bool:
    """Whether it is a power below a fraction's line."""
    return bool(expression.is_Pow and expression.exp.is_Number and expression.exp.is_negative)


def _size(tree: Tree) -> int:
    return 1 + sum(map(_size, tree[1:])) if isinstance(tree, tuple) else 1
