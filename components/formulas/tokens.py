"""Tokens: the words and signs of a formula, each with its place, and whether they stand in an order that has a meaning.

Between the two, shorthand.py writes out what is short. Nearly all that is no formula is refused here, in words,
before any parser sees it. Knows what words there are, not what they mean.
"""

import keyword
import math
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from components.text.errors import Refused

FUNCTIONS = ("exp", "log", "sqrt", "abs", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "sigmoid")
CONSTANTS = {"pi": math.pi}
ALIASES = {"ln": "log", "arctan": "atan", "−": "-", "×": "*", "·": "*", "⋅": "*", "**": "^"}

MAX_LENGTH = 2_000
"""Characters of a formula."""
MAX_WORDS = 800
"""Numbers, names and operations of a formula."""
MAX_BRACKETS = 30
"""Brackets inside one another."""
MAX_NUMBER = 1e100
"""Size of a number; the smallest, but for zero, is its inverse."""

TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z0-9_]+)|(?P<sign>\*\*|[-+*/^()−×·⋅])|(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<space>\s+)"
)
POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,9}(_[A-Za-z0-9]{1,9})?")
LONGEST_QUOTE = 12


class Token(NamedTuple):
    """A "number", "name", "function" or "sign", as it is written, and its column from 1."""

    kind: str
    text: str
    column: int

    @property
    def quoted(self) -> str:
        """What is written there, cut short."""
        return f"“{self.text if len(self.text) <= LONGEST_QUOTE else f'{self.text[:LONGEST_QUOTE - 1]}…'}”"

    def __str__(self) -> str:
        return f"{self.quoted} at column {self.column}"


def tokens(text: object) -> list[Token]:
    """The words and signs of a formula, in their order, which may have no meaning yet. Raises Refused."""
    if not isinstance(text, str):
        raise Refused("A formula must be text.")
    if len(text) > MAX_LENGTH:
        raise Refused(f"The formula has {len(text):,} characters; at most {MAX_LENGTH:,} are read.")
    found: list[Token] = []
    place = 0
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise Refused(_stranger(text[place], place + 1))
        if match.lastgroup == "power":
            found += [Token("sign", "^", place + 1), _token("number", match[0].translate(POWERS), place + 1)]
        elif match.lastgroup != "space":
            found.append(_token(str(match.lastgroup), match[0], place + 1))
        place = match.end()
    return found


def tidy(found: Sequence[Token]) -> str:
    """The formula as one writes it: spaces around a plus or minus between two terms, and nowhere else."""
    before, text = None, ""
    for token in found:
        joins = token.text in ("+", "-") and before is not None and (before.kind != "sign" or before.text == ")")
        text += f" {token.text} " if joins else token.text
        before = token
    return text


def _token(kind: str, text: str, column: int) -> Token:
    token = Token(kind, ALIASES.get(text, text), column)
    if kind == "number":
        size = float(text)
        if size > MAX_NUMBER or (size < 1 / MAX_NUMBER and re.search("[1-9]", re.split("[eE]", text)[0])):
            raise Refused(f"{token} is too {'large' if size > 1 else 'small'} a number.")
    elif token.text in FUNCTIONS:
        return token._replace(kind="function")
    elif kind == "name":
        if keyword.iskeyword(text):
            raise Refused(f"{token} is a word that Python keeps for itself: take another name.")
        if text == "e":
            raise Refused(f"{token} could be 2.718… or a parameter: write exp(…), or take another name.")
        if not NAME.fullmatch(text):
            raise Refused(f"{token} cannot be a name: a name is a letter, perhaps with more letters and digits.")
    return token


def _stranger(character: str, column: int) -> str:
    """The sentence about a character that no formula has."""
    if character == ",":
        return f"“,” at column {column} does not belong in a formula: decimals have a point."
    if character == "=":
        return f"“=” at column {column} does not belong in a formula: write only what stands right of it."
    if " " < character <= "~":
        return f"“{character}” at column {column} does not belong in a formula."
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"The character {name} at column {column} does not belong in a formula: names and numbers are plain ASCII."


def check(found: Sequence[Token]) -> None:
    """Raise Refused where something is missing or not closed, or where there are too many."""
    if sum(token.text not in ("(", ")") for token in found) > MAX_WORDS:
        raise Refused(f"The formula has more than {MAX_WORDS} numbers, names and operations.")
    opened: list[Token] = []
    before: Token | None = None
    wants_value = True
    for token in found:
        sign = token.text if token.kind == "sign" else ""
        if before and before.kind == "function" and sign != "(":
            raise Refused(f"{before} is a function: write {before.text}(…).")
        if before and not wants_value and sign in ("", "("):
            raise Refused(_gap(before, token))
        if wants_value and sign in ("*", "/", "^", ")"):
            raise Refused(f"{token} stands where a number, a name or a bracket should.")
        if sign == "(":
            opened.append(token)
            if len(opened) > MAX_BRACKETS:
                raise Refused(f"{token} is inside more than {MAX_BRACKETS} others.")
        elif sign == ")":
            if not opened:
                raise Refused(f"{token} closes nothing.")
            opened.pop()
        wants_value = token.kind == "function" or (sign not in ("", ")"))
        before = token
    if before is None:
        raise Refused("Empty: a formula is needed.")
    if before.kind == "function":
        raise Refused(f"{before} is a function: write {before.text}(…).")
    if wants_value:
        raise Refused(f"Something is missing after {before}.")
    if opened:
        raise Refused(f"{opened[-1]} is never closed.")


def _gap(before: Token, token: Token) -> str:
    """The sentence about two values with nothing between them."""
    if before.kind == "name" and token.text == "(":
        return f"{before} is no function known here ({', '.join(FUNCTIONS)}); for a product write {before.text}*(…)."
    return f"An operation is missing between {before.quoted} and {token}: * for a product."
