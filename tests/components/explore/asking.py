"""What the tests of many seeds ask, and read."""

import numpy as np

from components.question import Question
from components.settings import parsing


def asked(values=None, **about):
    """A question about a short run on points that scatter."""
    return Question(parsing.parse({"epochs": 3, "noise": 2, **(values or {})}), about, None)


def numbers(nested):
    """Rows of numbers, in which None is NaN."""
    return np.array(nested, dtype=float)
