"""Figures: what the lines that a class has written say. Knows the lines; not who wrote them, and judges nothing."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    """Of so many: how long they took, in ms; what was wrong with how many; how often one had to ask again."""

    count: int
    median: float
    p95: float
    longest: float
    wrong: Counter[str]
    again: int = 0

    @property
    def errors(self) -> int:
        """How many were wrong."""
        return self.wrong.total()


@dataclass(frozen=True)
class Class:
    """What a class had: openings, all moves, those to what stood there, those to what was made, and drags."""

    openings: Figures
    moves: Figures
    stood: Figures
    made: Figures
    drags: Figures
    per_second: float


def share(ordered: Sequence[float], part: float) -> float:
    """The value that so great a part of them does not exceed; of none, none."""
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)] if ordered else math.nan


def figures(lines: Iterable[dict]) -> Figures:
    """Of lines of one kind."""
    lines = list(lines)
    took = sorted(float(one["ms"]) for one in lines)
    wrong = Counter(one["wrong"] for one in lines if one["wrong"] is not None)
    again = sum(one.get("again", 0) for one in lines)
    return Figures(len(lines), share(took, 0.5), share(took, 0.95), share(took, 1), wrong, again)


def of_class(text: str, students: int) -> Class:
    """What the file of a class says. ValueError where it is not that of a whole class."""
    lines = [json.loads(line) for line in text.splitlines()]
    openings, moves, drags = ([one for one in lines if one["what"] == what] for what in ("opening", "move", "drag"))
    if len(openings) != students:
        raise ValueError(f"{len(openings)} of {students} students have opened the page.")
    if not moves:
        raise ValueError("Nobody has moved a slider.")
    begun = [one["at"] for one in moves]
    stood, made = ([one for one in moves if one.get("stood") is said] for said in (True, False))
    lasted = max(begun) - min(begun)
    per_second = len(moves) / lasted if lasted else math.nan
    return Class(figures(openings), figures(moves), figures(stood), figures(made), figures(drags), per_second)
