"""Derivatives: the exact derivatives of an expression, and both as mathematics (LaTeX).

sympy finds them (see algebra.py) in the expression's safe form (see rewriting.py), and they are brought into theirs.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from components.formulas.algebra import algebra, from_sympy, latex, to_sympy
from components.formulas.expressions import Tree
from components.formulas.rewriting import safe
from components.text.errors import Refused

MAX_NODES = 5_000
"""Numbers, names and operations in all derivatives of one expression."""
MAX_SECONDS = 3.0
"""The processor's time for them, looked at on the way: nothing known comes near it."""
LONGER = 3
"""A safe form that is more than so many times as long is not taken."""

TOO_LONG = "The derivatives of this formula are too long: make it shorter."

# sympy's caches are made for one thread.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Derived:
    """An expression in LaTeX; some names, and its derivative by each of them: in LaTeX, and as a tree.

    tree: the expression as it is computed, the typed one unless there is a safer form. by_rule: whether the slopes are
    what the rules of differentiation give of that tree, one operation after another, so that any other program that
    applies these finds the same numbers; else some were rewritten, or follow a convention.
    """

    latex: str
    names_latex: tuple[str, ...]
    slopes_latex: tuple[str, ...]
    slopes: tuple[Tree, ...]
    tree: Tree
    by_rule: bool


def derive(tree: Tree, names: Sequence[str]) -> Derived:
    """The derivative of a tree by each of the names. Raises Refused where they are too long, or defined nowhere.

    >>> from components.formulas.expressions import parse
    >>> derived = derive(parse("a*x^2").tree, ["a"])
    >>> derived.slopes, derived.slopes_latex
    ((('^', 'x', 2),), ('x^{2}',))
    >>> derive(parse("1/(1 + exp(-x))").tree, ["x"]).tree
    ('sigmoid', 'x')
    """
    with _ONE_AT_A_TIME:
        end = time.thread_time() + MAX_SECONDS
        try:
            typed = to_sympy(tree)
            from_sympy(typed)  # refuses what is infinite, and has no derivative to be found so
            whole = safe(typed, end=end)
            try:
                return _derived(tree, typed, whole, names, end, rewrites=True)
            except Refused as refusal:
                if str(refusal) != TOO_LONG:
                    raise
            return _derived(tree, typed, typed, names, end, rewrites=False)  # as it is, it may be short enough
        except (RecursionError, OverflowError, MemoryError, TimeoutError):
            raise Refused(TOO_LONG) from None


def _derived(tree: Tree, typed: Any, whole: Any, names: Sequence[str], end: float, *, rewrites: bool) -> Derived:
    """The derivatives of `whole`, a form of the typed expression; rewrites: whether they are brought into theirs."""
    room, symbols = MAX_NODES, [algebra().symbol(name) for name in names]
    slopes_latex, slopes, by_rule = [], [], True
    for symbol in symbols:
        rule = whole.diff(symbol)
        slope, made = rule, from_sympy(rule)
        if rewrites and time.thread_time() < end and _size(made) <= room:
            slope, made = _shorter(rule, made, end)
        by_rule &= slope == rule and not _has(made, ("absorbed", "power_log"))
        slopes.append(made)
        room -= _size(made)
        if room < 0 or time.thread_time() > end:
            raise Refused(TOO_LONG)
        slopes_latex.append(latex(slope))
    computed = tree if whole == typed else from_sympy(whole)
    return Derived(
        latex(typed), tuple(map(latex, symbols)), tuple(slopes_latex), tuple(slopes), computed, bool(by_rule))


def _shorter(rule: Any, made: Tree, end: float) -> tuple[Any, Tree]:
    """The slope's safe form, with its tree, unless it is far longer than what the rules give."""
    slope = safe(rule, slope=True, end=end)
    if slope == rule:
        return rule, made
    rewritten = from_sympy(slope)
    return (slope, rewritten) if _size(rewritten) <= LONGER * _size(made) + 50 else (rule, made)


def _has(tree: Tree, operations: Sequence[str]) -> bool:
    return isinstance(tree, tuple) and (tree[0] in operations or any(_has(part, operations) for part in tree[1:]))


def _size(tree: Tree) -> int:
    return 1 + sum(map(_size, tree[1:])) if isinstance(tree, tuple) else 1
