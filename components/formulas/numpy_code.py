"""Numpy code: the trees of a formula and of its derivatives as Python over numpy, operation by operation.

What is used more than once gets a name of its own. It gives what `arithmetic` gives. Knows no models and no page, and
executes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from components.formulas.expressions import Tree, arithmetic, whole
from optim.code import Code, Lines, variable

SPELT = {"atan": "np.arctan", **{name: name for name in ("sigmoid", "softplus", "power_log", "absorbed")}}
"""Functions that numpy calls by another name, or has not got."""
HOLDS = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3}
"""How tightly an operation holds its parts together; a name, a number and a call hold tightest."""
TIGHTEST = 4


def code(value: Tree, slopes: Sequence[Tree], parameters: Sequence[str], by_rule: bool = True) -> Code:
    """The code of a formula and of its derivatives by the parameters; by_rule as in Code.

    >>> from components.formulas.expressions import parse
    >>> code(parse("a*x^3").tree, [parse("x^3").tree], ["a"])[:2]
    ('a * (x * np.square(x))', ('x * np.square(x)',))
    """
    mine, written = transcribe([value], _letter("s", parameters))
    theirs, each = transcribe(slopes, _letter("u", parameters))
    return Code(written[0], tuple(each), (*mine, *theirs), by_rule=by_rule)


def transcribe(trees: Sequence[Tree], letter: str) -> tuple[Lines, list[str]]:
    """Each tree as an expression; and the lines before them, which name what they share `letter`1, `letter`2, ..."""
    transcript = _Transcript(letter, trees)
    written = [transcript.text(tree, 0) for tree in trees]
    return tuple(transcript.lines), written


def _letter(letter: str, taken: Iterable[str]) -> str:
    """The letter, doubled as long as a name that is taken begins with it."""
    while any(name.startswith(letter) for name in taken):
        letter *= 2
    return letter


class _Transcript:
    """One transcription: how often each tree is used, which of them have got a name, and the lines that gave it."""

    def __init__(self, letter: str, trees: Sequence[Tree]) -> None:
        self.lines: list[tuple[str, str]] = []
        self._letter = letter
        self._uses: Counter[Tree] = Counter()
        self._named: dict[Tree, str] = {}
        for tree in trees:
            self._count(tree)

    def _count(self, tree: Tree) -> None:
        self._uses[tree] += 1
        if isinstance(tree, tuple) and self._uses[tree] == 1:
            for part in _written_parts(tree):
                self._count(part)

    def text(self, tree: Tree, holding: int) -> str:
        """The tree as part of what holds so tightly: in brackets where it is looser itself."""
        text, holds = self._plain(tree)
        return text if holds >= holding else f"({text})"

    def _plain(self, tree: Tree) -> tuple[str, int]:
        """The tree as text, and how tightly it holds."""
        if isinstance(tree, str):
            return variable(tree), TIGHTEST
        if not isinstance(tree, tuple):
            return _number(tree)
        if not _has_name(tree):
            return _number(float(arithmetic([tree], ())()[0]))
        if tree not in self._named:
            text, holds = self._operation(*tree)
            if self._uses[tree] == 1:
                return text, holds
            self._named[tree] = f"{self._letter}{len(self.lines) + 1}"
            self.lines.append((self._named[tree], text))
        return self._named[tree], TIGHTEST

    def _operation(self, operation: str, *parts: Tree) -> tuple[str, int]:
        """An operation as text, and how tightly it holds."""
        if operation == "^":
            return self._power(*parts)
        if operation == "neg" or (operation == "*" and parts[0] == -1):  # the same, to the last bit
            return f"-{self.text(parts[-1], TIGHTEST)}", HOLDS["neg"]
        if operation in HOLDS:
            holds = HOLDS[operation]
            return f"{self.text(parts[0], holds)} {operation} {self.text(parts[1], holds + 1)}", holds
        return f"{SPELT.get(operation, f'np.{operation}')}({', '.join(self.text(part, 0) for part in parts)})", TIGHTEST

    def _power(self, base: Tree, exponent: Tree) -> tuple[str, int]:
        """A power: by multiplication alone where the exponent is a whole number, in the order of `arithmetic`."""
        number = whole(exponent)
        if exponent == 0.5:
            return f"np.sqrt({self.text(base, 0)})", TIGHTEST
        if not number:
            return f"np.power({self.text(base, 0)}, {self.text(exponent, 0)})", TIGHTEST
        text, holds = self._plain(base)
        factors, rest = [], abs(number)
        while rest:
            if rest % 2:
                factors.append(text if holds == TIGHTEST else f"({text})")
            text, holds, rest = f"np.square({text})", TIGHTEST, rest // 2
        product = " * ".join(factors)
        if number < 0:
            return f"1 / ({product})" if len(factors) > 1 else f"1 / {product}", HOLDS["/"]
        return product, HOLDS["*"] if len(factors) > 1 else TIGHTEST


def _written_parts(tree: tuple) -> list[Tree]:
    """The parts of an operation, each as often as the operation's text writes it."""
    operation, *parts = tree
    if operation != "^" or not (number := whole(parts[1])):
        return parts
    return parts[:1] * abs(number).bit_count()


def _has_name(tree: Tree) -> bool:
    return any(map(_has_name, tree[1:])) if isinstance(tree, tuple) else isinstance(tree, str)


def _number(number: float) -> tuple[str, int]:
    """A number as text, and how tightly it holds: one below 0 begins with a sign."""
    whole_too = number == int(number) and abs(number) < 2**53
    return repr(int(number) if whole_too else number), HOLDS["neg"] if number < 0 else TIGHTEST
