"""Lines of a rule (optim.lines) as mathematics: each in symbols, and once more with slots that take a step's numbers.

Walks the syntax tree of a line's Python. A name that is read before a line assigns it has the index t - 1. Knows the
functions and names that lines are written with; no method and no number.
"""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from components.microscope.replay import BEFORE
from components.text.mathml import mathml
from optim import OPTIMIZERS, Line, Optimizer

SYMBOLS = {
    "lr_0": r"\eta_{0}", "share": r"\sigma", "update": r"\Delta",
    **Optimizer.symbols,
    **{name: symbol for method in OPTIMIZERS.values() for name, symbol in method.symbols.items()},
}
"""Of the update's own names, and of those that the methods' lines have."""
GIVEN = {"g", "share"}
"""What a step is given: it is this step's without a line that assigns it."""


@dataclass(frozen=True)
class Written:
    """A formula as MathML whose <mtext>slot0</mtext>, slot1, ... take the numbers of `slots`: (name, kind).

    "v before" is the state v that the step begins with. A "free" slot begins its sum or stands alone: there a negative
    number needs no parentheses, as a "term" does. A "base" has a power: there a power of ten needs them too.
    """

    mathml: str
    slots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """A line as mathematics: `symbol` is its left side, `rule` the whole, `filled` its right side with slots.

    A line that depends on a condition, "x if rho > 5 else y", has two in `filled` and in `above` the name and number;
    one that only gives a value another name has none.
    """

    name: str
    says: str
    symbol: str
    rule: str
    filled: tuple[Written, ...]
    above: tuple[str, float] | None = None


def rows(lines: Iterable[Line], constants: Iterable[str]) -> list[Row]:
    """The rows of a step's lines; `constants` are the names without an index."""
    names, found = frozenset(constants), []
    assigned = set(GIVEN)
    for line in lines:
        tree = ast.parse(line.text, mode="eval").body
        left = _symbol(line.name, "t" if line.name not in names else "")
        rule = _Writer(names, assigned).write(tree)
        cases, above = [tree], None
        match tree:
            case ast.IfExp(
                body=yes, orelse=no,
                test=ast.Compare(left=ast.Name(id=name), comparators=[ast.Constant(value=float() | int() as number)]),
            ):
                cases, above = [yes, no], (name, number)
        plain = isinstance(tree, ast.Name)
        filled = () if plain else tuple(_with_slots(case, names, assigned) for case in cases)
        found.append(Row(line.name, line.says, mathml(left), mathml(f"{left} = {rule}"), filled, above))
        assigned.add(line.name)
    return found


def beginnings(lines: Sequence[Line], constants: Iterable[str]) -> list[Row]:
    """The rows of the state before the first step."""
    names, found = frozenset(constants), []
    for line in lines:
        left = _symbol(line.name, "0")
        right = _Writer(names, set()).write(ast.parse(line.text, mode="eval").body)
        found.append(Row(line.name, line.says, mathml(left), mathml(f"{left} = {right}"), ()))
    return found


def _with_slots(tree: ast.expr, constants: frozenset[str], assigned: set[str]) -> Written:
    writer = _Writer(constants, assigned, slots=[])
    latex = writer.write(tree)
    return Written(mathml(latex), tuple(writer.slots or ()))


def _symbol(name: str, index: str) -> str:
    base, _, mark = name.partition("_")
    if not index or "_{" in SYMBOLS.get(name, ""):  # some have an index of their own
        return SYMBOLS.get(name, name)
    if name in SYMBOLS:
        return f"{SYMBOLS[name]}_{{{index}}}"
    if mark == "hat":
        return rf"\hat{{{base}}}_{{{index}}}"
    return f"{base}_{{{index}}}^{{{{\\rm {mark}}}}}" if mark else f"{name}_{{{index}}}"


def _factors(tree: ast.expr) -> list[ast.expr]:
    """The factors of a product, in order; any other tree is its own."""
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult):
        return [*_factors(tree.left), *_factors(tree.right)]
    return [tree]


SUM, PRODUCT, ATOM = range(3)
"""How tightly a formula holds together."""
FREE, TERM, BASE = "free", "term", "base"
"""What stands around a slot: nothing before it, an operation, or a power above it."""
CDOT, THIN = r" \cdot ", r" \, "


@dataclass
class _Writer:
    """Writes trees as LaTeX: in symbols, or with slots in place of names."""

    constants: frozenset[str]
    assigned: set[str]
    slots: list[tuple[str, str]] | None = field(default=None)

    def write(self, tree: ast.expr, least: int = SUM, free: bool = True) -> str:
        """The tree; in parentheses where it holds together less than `least`."""
        match tree:
            case ast.Constant(value=int() | float() as value):
                return f"{value:g}"
            case ast.Name(id=name):
                return self._name(name, FREE if free else TERM)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"-{self.write(operand, PRODUCT, free=False)}"
            case ast.BinOp(op=ast.Add() | ast.Sub()):
                return self._sum(tree, least, free)
            case ast.BinOp(op=ast.Mult()):
                return self._product(tree, free)
            case ast.BinOp(left=top, op=ast.Div(), right=bottom):
                return rf"\frac{{{self.write(top)}}}{{{self.write(bottom)}}}"
            case ast.IfExp(body=body, test=ast.Compare(left=left, comparators=[right]), orelse=other):
                condition = f"{self.write(left)} > {self.write(right)}"
                return rf"{self.write(body)} \text{{ if }} {condition}, \text{{ else }} {self.write(other)}"
            case ast.Call(func=ast.Attribute(attr=name), args=arguments):
                return self._call(name, arguments)
        raise ValueError(f"a line cannot be shown: {ast.unparse(tree)}")

    def _name(self, name: str, kind: str) -> str:
        new = name in self.assigned
        if self.slots is not None:
            dated = name if new or name in self.constants or name == "t" else name + BEFORE
            self.slots.append((dated, kind))
            return rf"\text{{slot{len(self.slots) - 1}}}"
        if name == "t" or name in self.constants:
            return _symbol(name, "")
        return _symbol(name, "t" if new else "t-1")

    def _sum(self, tree: ast.BinOp, least: int, free: bool) -> str:
        left = self.write(tree.left, SUM, free=free or least > SUM)
        right = self.write(tree.right, PRODUCT, free=False)
        text = f"{left} {'+' if isinstance(tree.op, ast.Add) else '-'} {right}"
        return rf"\left({text}\right)" if least > SUM else text

    def _product(self, tree: ast.expr, free: bool) -> str:
        factors = [list(equal) for _, equal in groupby(_factors(tree), key=ast.dump)]
        text = ""
        for place, (factor, *more) in enumerate(factors):
            first = free and not place
            written = self._power(factor, f"{len(more) + 1}") if more else self.write(factor, PRODUCT, first)
            numbers = self.slots is not None or written.lstrip("{")[:1].isdigit()
            text += f"{(CDOT if numbers else THIN) if place else ''}{written}"
        return text

    def _power(self, base: ast.expr, exponent: str) -> str:
        if isinstance(base, ast.Name):
            return f"{{{self._name(base.id, BASE)}}}^{{{exponent}}}"
        return f"{{{self.write(base, ATOM)}}}^{{{exponent}}}"

    def _call(self, name: str, arguments: Sequence[ast.expr]) -> str:
        match name:
            case "sqrt":
                return rf"\sqrt{{{self.write(arguments[0])}}}"
            case "abs":
                return rf"\left|{self.write(arguments[0])}\right|"
            case "power":
                base = self._power(arguments[0], "{}")
                return base.replace("{{}}", f"{{{self.write(arguments[1])}}}")
            case "maximum":
                return rf"\max\left({', '.join(map(self.write, arguments))}\right)"
            case "sign":
                return rf"\operatorname{{sign}}\left({self.write(arguments[0])}\right)"
            case "zeros_like" | "ones_like":
                return "0" if name == "zeros_like" else "1"
            case "full_like":
                return self.write(arguments[1])
        raise ValueError(f"no line may call {name}")
