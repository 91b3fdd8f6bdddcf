"""Text that is aimed at readers: what a careless pattern or loop takes far too long for, in any size; and a stopwatch.

Only the reader's own processor time is looked at, so that other programs and threads do no harm.
"""

import gc
import itertools
import time
from collections.abc import Callable, Iterable

UNITS = {
    "digits": "1",
    "dots": ".",
    "digits and dots": "1.",
    "exponents": "1e1",
    "letters e": "e",
    "signs": "-",
    "true minuses": "−",
    "underscores": "_",
    "letters": "a",
    "letters apart": "a ",
    "capitals": "aB",
    "full-width digits": "１",
    "superscripts": "²",
    "spaces": " ",
    "hard spaces": "\u00a0",
    "tabs": "\t",
    "newlines": "\n",
    "returns": "\r",
    "line separators": "\u2028",
    "commas": ",",
    "semicolons": ";",
    "bars": "|",
    "colons": ":",
    "slashes": "/",
    "ats": "@",
    "hashes": "#",
    "ampersands": "&",
    "equals": "=",
    "percents": "%",
    "percents of percents": "%25",
    "quotes": '"',
    "quotes and commas": '","',
    "quotes and newlines": '"\n',
    "opened quotes": '1,"',
    "apostrophes": "'",
    "backslashes": "\\",
    "opening brackets": "(",
    "closing brackets": ")",
    "empty brackets": "()",
    "functions": "exp(",
    "square brackets": "[",
    "braces": "{",
    "stars": "*",
    "powers": "^9",
    "powers of names": "x^",
    "sums": "a+",
    "products": "a*x*",
    "numbers": "1 ",
    "points": "1 2\n",
    "points with decimal commas": "1,5;2,5\n",
    "points without a y": "1\n",
    "points with words": "1 b\n",
    "thousands": ",111",
    "settings": "&lr=1",
    "words in a list": "a,b,",
    "methods": "SGD;",
    "settings of a method": "lr:1,",
    "nul": "\0",
    "half a character": "\ud800",
    "faces": "😀",
}
ENDS = ("x", "1", '"', ")", " ", "\n")
"""What a text ends in: mostly it is the end that makes a pattern begin again."""
BEGINNINGS = ("", "1", '"', "x ")


NOTICED = 0.02
"""Seconds from which on a time is looked at again."""


def texts(size: int, few: bool = False) -> Iterable[tuple[str, str]]:
    """(what it is, a text of that size) for each; `few` has one beginning and one end of each."""
    around = [(BEGINNINGS[0], ENDS[0])] if few else itertools.product(BEGINNINGS, ENDS)
    for (name, unit), (first, last) in itertools.product(UNITS.items(), around):
        middle = unit * ((size - len(first) - len(last)) // len(unit))
        yield f"{name}, from {first!r} to {last!r}", f"{first}{middle}{last}"


def seconds(read: Callable[[str], object], text: str) -> float:
    """This thread's processor time of one reading, without what it costs Python to look through its memory for what can
    be given back: that grows faster than the text (https://docs.python.org/3/library/gc.html).
    """
    gc.disable()
    try:
        begun = time.thread_time()
        read(text)
        return time.thread_time() - begun
    finally:
        gc.enable()


def fresh(text: str, number: int) -> str:
    """The text again, for a reader that remembers: other by one sign in front."""
    return f"{'13579'[number]}{text[1:]}" if text[:1].isdigit() else f"{' ' * number}{text[number:]}"


def too_long(
    read: Callable[[str], object],
    whole: str,
    quarter: str,
    longest: float,
    again: Callable[[str, int], str] = fresh,
) -> str:
    """What is wrong with the time that the whole takes, or nothing: more than `longest` seconds, or more than eleven
    times as long as a quarter of it. A reader in linear time takes four times as long, and up to seven where a quarter
    fits the processor's own memory and the whole does not; one in quadratic time 16 times. The least of several
    readings of the whole is held against the most of several of the quarter, since no processor is exact to a few
    milliseconds.
    """
    took = seconds(read, whole)
    if took > NOTICED:  # which may be a pause of Python's own
        took = min(took, *(seconds(read, again(whole, number)) for number in (1, 2)))
    if took > longest:
        return f"{len(whole):,} characters take {took:.2f} s"
    if took > NOTICED:
        small = max(seconds(read, again(quarter, number)) for number in (0, 1, 2))
        if took > 11 * small:
            return f"{took:.3f} s, but {small:.3f} s for a quarter of it"
    return ""


def slow(read: Callable[[str], object], size: int, longest: float, few: bool = False) -> list[str]:
    """What takes too long of all texts of that size: its name and why."""
    return [
        f"{name}: {why}"
        for (name, quarter), (_, whole) in zip(texts(size // 4, few), texts(size, few), strict=True)
        if (why := too_long(read, whole, quarter, longest))
    ]
