"""The plan: what each student of a class moves a slider to, and what others ask for. Knows numbers; asks nobody.

Half of a student's moves go to settings that nobody has had; the other half to those that the student who came just
before has moved to. So every setting is had by two, and half of all moves are to what somebody else has used.
"""

import math

STUDENTS = 60
OPENING_SECONDS = 10.0
"""In which all of them open the page."""
PAUSE_SECONDS = 2.0
"""Between two moves of a student."""
MOVES = 1_000
"""More than anybody makes."""
STEP = 1e-7
"""Of the learning rate, the least that the page tells apart from 0.001 on."""

LONG_POINTS, LONG_STEPS = 2_000, 10_000
LONG = {
    "problem": "network", "units": 8, "epochs": 50, "batch": 10,
    "data": "\n".join(f"{i / 100:g},{math.sin(i / 100):.4f}" for i in range(LONG_POINTS)),
}
"""A run of many points of somebody's own, over which they drag a slider: in batches as the page makes them."""
HEAVY = {"problem": "network", "units": 8, "points": 500, "batch": 25, "epochs": 1000}
"""About the heaviest that a run may be."""
LIGHT = {"epochs": 10}
"""A light one."""


def rate(student: int, move: int, students: int = STUDENTS) -> float:
    """The learning rate that a student moves to."""
    owner = student if (student + move) % 2 else (student - 1) % students
    return round(0.001 + STEP * (owner * MOVES + move), 7)
