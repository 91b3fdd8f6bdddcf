"""Expressions: formulas as text, read into a tree of allowed operations; and what is made of that tree.

A tree is a number, a name, or a tuple: ("+", left, right), likewise "-", "*", "/" and "^"; ("neg", inner); (function,
inner). The text is Python's, with ^ or ** for powers, and the shorthand of shorthand.py. Its words are put in order
(see tokens.py) before Python's own parser sees it, and that parser's tree is walked over a list of what is allowed:
nothing is evaluated, imported or looked up. `arithmetic` makes a numpy function of trees, `for_browser` the JSON that
run/expression.js computes with.

Knows no models, no derivatives and no page.
"""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from components.formulas.shorthand import written_out
from components.formulas.tokens import CONSTANTS, FUNCTIONS, MAX_NUMBER, Token, check, tidy, tokens
from components.text.errors import Refused
from optim.models.curves import sigmoid

Array = np.ndarray
Tree = int | float | str | tuple

MAX_DEPTH = 80
"""Operations inside one another; in a sum of n terms, n are."""
MAX_EXPONENT = 100
"""Size of an exponent that is a number, and of the product of those in powers of powers."""

ALLOWED = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def _softplus(u: Any) -> Any:
    """log(1 + e^u), for numbers however large."""
    return np.logaddexp(0.0, u)


def _absorbed(u: Any, v: Any) -> Any:
    """u v, and 0 where u is 0, whatever v: what has vanished or stands still absorbs the rest of a slope."""
    return np.where(np.equal(u, 0), 0.0, np.multiply(u, v))


@np.errstate(all="ignore")
def _power(u: Any, v: Any) -> Any:
    """u^v, alike in any company: numpy computes these three exponents in another way if all powers have the same."""
    power = np.power(u, v)
    for exponent, same in ((2.0, np.square), (0.5, np.sqrt), (-1.0, np.reciprocal)):
        power = np.where(np.equal(v, exponent), same(u), power)
    return power


def _power_log(u: Any, v: Any) -> Any:
    """u^v log(u), the derivative of u^v by v: at u = 0 it is 0 for v > 0, its limit, and by convention for v = 0."""
    return np.multiply(_power(u, v), np.log(np.where(np.logical_and(np.equal(u, 0), np.greater_equal(v, 0)), 1.0, u)))


def _whole_power(exponent: int, u: Any) -> Any:
    """u^exponent by multiplication alone, which is rounded alike everywhere; a power depends on the machine."""
    power: Any = None
    rest = abs(exponent)
    while rest:
        if rest % 2:
            power = u if power is None else np.multiply(power, u)
        rest //= 2
        if rest:
            u = np.multiply(u, u)
    return power if exponent > 0 else np.divide(1.0, power)


OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": _power,
    "neg": np.negative,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "atan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    # These only what is made of formulas has: their safe forms and their derivatives.
    "softplus": _softplus,
    "sign": np.sign,
    "power_log": _power_log,
    "absorbed": _absorbed,
}


@dataclass(frozen=True)
class Expression:
    """A formula that was read: `text`, as one writes it tidily, and its tree.

    columns: each name that is no function and no constant, and where it stands first (from 1), in that order.
    """

    text: str
    tree: Tree
    columns: dict[str, int]

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in the order of their first appearance."""
        return tuple(self.columns)


def parse(text: object) -> Expression:
    """Read a formula. Raises Refused for whatever is none, or is longer, deeper or larger than a formula may be.

    >>> parse("a*exp(-b*x)+c").tree
    ('+', ('*', 'a', ('exp', ('*', ('neg', 'b'), 'x'))), 'c')
    >>> parse("2x (a + 1)").text
    '2*x*(a + 1)'
    >>> parse("x 2")
    Traceback (most recent call last):
    components.text.errors.Refused: An operation is missing between “x” and “2” at column 3: * for a product.
    """
    found = written_out(tokens(text))
    check(found)
    words = [_python(token) for token in found]
    columns = [token.column for token, word in zip(found, words, strict=True) for _ in word]
    try:
        body = ast.parse("".join(words), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Refused("Python's parser cannot read this formula.") from None
    tree = _Walk(columns).read(body)[0]
    first: dict[str, int] = {}
    for token in found:
        if token.kind == "name" and token.text not in CONSTANTS:
            first.setdefault(token.text, token.column)
    return Expression(tidy(found), tree, first)


def arithmetic(trees: Sequence[Tree], names: Sequence[str]) -> Callable[..., list[Any]]:
    """A function of as many arguments as names, numbers or arrays that broadcast, that gives each tree's value.

    What several trees (or one, several times) have in common is computed once. Every operation goes element by element.
    ValueError for a tree with another name. It warns as numpy does: where that is unwanted, call it in numpy.errstate.

    >>> arithmetic([parse("a*x^2").tree, parse("x^2").tree], ["a", "x"])(2, 3)
    [np.float64(18.0), np.float64(9.0)]
    """
    slots: dict[Tree, int] = {name: i for i, name in enumerate(names)}
    constants: list[tuple[int, Array]] = []
    program: list[tuple[int, Callable[..., Any], list[int]]] = []

    def slot(tree: Tree) -> int:
        if tree in slots:
            return slots[tree]
        if isinstance(tree, str):
            raise ValueError(f"{tree!r} is not among the names {', '.join(names)}")
        if not isinstance(tree, tuple):
            constants.append((len(slots), np.broadcast_to(float(tree), ())))  # which nobody can write into
        else:
            operation, operands = OPERATIONS[tree[0]], tree[1:]
            if tree[0] == "^" and (exponent := whole(tree[2])):
                operation, operands = partial(_whole_power, exponent), tree[1:2]
            inputs = [slot(one) for one in operands]
            program.append((len(slots), operation, inputs))
        slots[tree] = len(slots)
        return slots[tree]

    results = [slot(tree) for tree in trees]
    empty = [None] * (len(slots) - len(names))

    def compute(*values: Any) -> list[Any]:
        held = [*(np.asarray(value, dtype=float) for value in values), *empty]
        for place, constant in constants:
            held[place] = constant
        for place, operation, inputs in program:
            held[place] = operation(*[held[one] for one in inputs])
        return [held[one] for one in results]

    return compute


def for_browser(tree: Tree, parameters: Sequence[str], data: str = "x") -> Any:
    """The tree as JSON: lists for tuples, {"p": i} for the i-th parameter and {"x": 0} for the data's x.

    ValueError for a tree with another name.
    """
    if isinstance(tree, tuple):
        return [tree[0], *(for_browser(one, parameters, data) for one in tree[1:])]
    if not isinstance(tree, str):
        return tree
    if tree in parameters:
        return {"p": list(parameters).index(tree)}
    if tree != data:
        raise ValueError(f"{tree!r} is not among the names {', '.join([*parameters, data])}")
    return {"x": 0}


def _python(token: Token) -> str:
    """A token as Python writes it."""
    if token.text.isdigit():
        return token.text.lstrip("0") or "0"
    return "**" if token.text == "^" else token.text


def whole(tree: Tree) -> int:
    """The whole number that an exponent is, or 0 where it is none."""
    if isinstance(tree, tuple) and tree[0] == "neg":
        return -whole(tree[1])
    return int(tree) if isinstance(tree, int | float) and tree == int(tree) else 0


class _Walk:
    """One walk over Python's syntax tree; `columns` says where in the text each of its characters came from."""

    def __init__(self, columns: Sequence[int]) -> None:
        self._columns = columns

    def read(self, node: ast.expr, depth: int = 1, power: float = 1) -> tuple[Tree, float | None]:
        """Our tree of a node, and its value unless there is a name in it.

        depth: how far inside other operations it stands; power: the product of the numbers that it is raised to.
        """
        if depth > MAX_DEPTH:
            raise self._refused(node, f"is inside more than {MAX_DEPTH} operations, each term of a sum counted")
        match node:
            case ast.Constant(value=int() | float() as number):
                return number if abs(number) < 2**53 else float(number), float(number)
            case ast.Name(id=name):
                return CONSTANTS.get(name, name), CONSTANTS.get(name)
            case ast.UnaryOp(op=ast.UAdd(), operand=inner):
                return self.read(inner, depth + 1, power)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return self._made(node, "neg", self.read(inner, depth + 1, power))
            case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in FUNCTIONS:
                return self._made(node, name, self.read(inner, depth + 1, power))
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                exponent = self.read(right, depth + 1)
                power *= max(1.0, abs(exponent[1] or 0.0))
                if power > MAX_EXPONENT:
                    raise self._refused(node, f"comes to a power of more than {MAX_EXPONENT}")
                return self._made(node, "^", self.read(left, depth + 1, power), exponent)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in ALLOWED:
                parts = self.read(left, depth + 1, power), self.read(right, depth + 1, power)
                if isinstance(op, ast.Div) and parts[1][1] == 0:
                    raise self._refused(right, "is zero, and nothing can be divided by it")
                return self._made(node, ALLOWED[type(op)], *parts)
        raise self._refused(node, "is not allowed in a formula")

    def _made(self, node: ast.expr, operation: str, *parts: tuple[Tree, float | None]) -> tuple[Tree, float | None]:
        """The operation on parts that were read."""
        value = None
        if all(part is not None for _, part in parts):
            with np.errstate(all="ignore"):
                value = float(OPERATIONS[operation](*(np.float64(part) for _, part in parts)))
            if not np.isfinite(value):
                raise self._refused(node, "is not a finite number")
            if abs(value) > MAX_NUMBER:
                raise self._refused(node, f"is larger than {MAX_NUMBER:g}")
        return (operation, *(tree for tree, _ in parts)), value

    def _refused(self, node: ast.expr, why: str) -> Refused:
        return Refused(f"What begins at column {self._columns[node.col_offset]} {why}.")
