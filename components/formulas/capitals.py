"""Capitals that a phone or a habit puts into a formula: X for x, and Sin( for sin(, where only that makes sense.

Knows the words of a formula; not what they mean, and no page.
"""

from components.formulas.tokens import ALIASES, CONSTANTS, FUNCTIONS, TOKEN

FUNCTION_WORDS = {*FUNCTIONS, *ALIASES}


def lowered(text: str) -> str:
    """The formula with small letters where a capital one can mean nothing else; every column stays what it was.

    X is x where there is no x, for a curve or surface without x is none; X and Y are x and y where nothing else is
    named. A function is known by its bracket.

    >>> lowered("A*Sin(X) + b"), lowered("X^2 + Y^2"), lowered("X*x"), lowered("Sin*x")
    ('A*sin(x) + b', 'x^2 + y^2', 'X*x', 'Sin*x')
    """
    text = _replaced(text, _functions(text))
    names = {word for word in _words(text) if word not in FUNCTIONS and word not in CONSTANTS}
    if names in ({"X", "Y"}, {"X", "y"}):
        return _replaced(text, {"X": "x", "Y": "y"})
    return _replaced(text, {"X": "x"}) if "X" in names and "x" not in names else text


def note(text: str) -> str:
    """The sentence that says which words became small; "" for none."""
    pairs = zip(_words(text), _words(lowered(text)), strict=True)
    changed = dict.fromkeys((before, after) for before, after in pairs if before != after)
    said = [f"“{before}” was read as {after}" for before, after in changed]
    return f"{', '.join(said[:-1])}{' and ' * (len(said) > 1)}{said[-1]}." if said else ""


def _functions(text: str) -> dict[str, str]:
    """The words that are a function, or pi, but for their capitals."""
    found = {}
    for match in TOKEN.finditer(text):
        if match.lastgroup != "name":
            continue
        word, small = match[0], match[0].lower()
        called = text[match.end():match.end() + 20].lstrip()[:1] == "("
        if word != small and (small in CONSTANTS or (called and small in FUNCTION_WORDS)):
            found[word] = small
    return found


def _words(text: str) -> list[str]:
    return [match[0] for match in TOKEN.finditer(text) if match.lastgroup == "name"]


def _replaced(text: str, words: dict[str, str]) -> str:
    return TOKEN.sub(lambda match: words.get(match[0], match[0]), text) if words else text
