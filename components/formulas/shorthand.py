"""Shorthand: products without a sign, as one writes them by hand: 2x, a x + b, (a + 1)(x - b), 3x^2, and ax for a*x.

A product is read where it can be nothing else: 1/2x could be a half of x, or one over 2x, and is refused with a
question. Knows tokens, not what they mean.
"""

import re
from collections.abc import Sequence

from components.formulas.tokens import CONSTANTS, Token, tokens
from components.text.errors import Refused

ARGUMENTS = {"x", "y", *CONSTANTS}
"""Names that nobody takes for a function: x(x - 1) is a product, a(x - 1) may be one."""
PAIR = re.compile("[A-Za-z][xX]")
LEFT_SIDE = re.compile(r"\s*(?:[yYzZ]|[fFyY]\s*\(\s*[xX]\s*(?:,\s*[yY]\s*)?\))\s*=(?!=)")


def right_side(text: str) -> str:
    """What stands right of "y =", "z =", "f(x) =" or "f(x, y) =", at the columns where it stood.

    >>> right_side("y = a*x + b")
    '    a*x + b'
    """
    left = LEFT_SIDE.match(text)
    return " " * left.end() + text[left.end():] if left else text


def pairs(found: Sequence[Token]) -> tuple[str, ...]:
    """The names that are read as a product with x: such as ax, where there is no x besides."""
    names = [token.text for token in found if token.kind == "name"]
    if {"x", "X"} & set(names):
        return ()
    return tuple(dict.fromkeys(name for name in names if PAIR.fullmatch(name)))


def note(text: str) -> str:
    """The sentence that says which names of a formula were read as a product; "" for none."""
    said = [f"“{name}” was read as {name[0]}*x" for name in pairs(tokens(right_side(text)))]
    return f"{' and '.join(said)}." if said else ""


def written_out(found: Sequence[Token]) -> list[Token]:
    """The tokens with a * for every product that has no sign. Raises Refused where it may be another thing.

    A product's sign has the column of what it stands before.
    """
    apart = pairs(found)
    whole: list[Token] = []
    for token in found:
        parts = [token]
        if token.kind == "name" and token.text in apart:
            parts = [token._replace(text=token.text[0]), Token("name", "x", token.column + 1)]
        for part in parts:
            if whole and _multiplies(whole[-1], part):
                _refuse_two_readings(whole, part)
                whole.append(Token("sign", "*", part.column))
            whole.append(part)
    return whole


def _multiplies(left: Token, right: Token) -> bool:
    """Whether two values with nothing between them are a product: 2x, a x, 2(, )x, )(, x( and x sin(, not x 2 or a(."""
    if right.kind == "number":
        return False
    if left.kind == "number":
        hexadecimal = left.text == "0" and right.kind == "name" and right.column == left.column + 1
        return not hexadecimal and (right.kind != "sign" or right.text == "(")
    if left.kind == "name":
        return right.kind in ("name", "function") or (right.text == "(" and left.text in ARGUMENTS)
    return left.text == ")" and (right.kind != "sign" or right.text == "(")


def _refuse_two_readings(whole: Sequence[Token], right: Token) -> None:
    """Raise Refused where the left of a product without a sign is what something is divided by, or is an exponent."""
    start = _start(whole)
    before = whole[start - 1] if start else None
    left = whole[-1]
    if before is None or before.text not in ("/", "^"):
        return
    if before.text == "^" and right.column > left.column + len(left.text):
        return  # x^2 y, with a space
    raise Refused(f"“{before.text}{left.text}{right.text}” at column {before.column} has two readings: "
                  f"write * for the product, and brackets around what belongs together.")


def _start(whole: Sequence[Token]) -> int:
    """Where the last value begins: a number, a name, or a bracket with the function before it."""
    place, open_brackets = len(whole) - 1, 0
    while True:
        open_brackets += (whole[place].text == ")") - (whole[place].text == "(")
        if open_brackets <= 0 or place == 0:
            break
        place -= 1
    return place - 1 if place and whole[place - 1].kind == "function" else place
