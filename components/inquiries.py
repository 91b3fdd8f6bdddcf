"""Inquiries: what a page may ask about a run besides the run itself; each kind is one function and one line of ANSWERS.

An answer is a function of an Inquiry that returns JSON, or raises `Refused` with a sentence where it cannot. Knows what
was asked; no HTTP, no page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from components import lessons
from components.parsing import Parsed
from optim import Experiment, Run


@dataclass(frozen=True)
class Inquiry:
    """The settings that an inquiry is about, as they were read, and what else it says: any JSON object at all.

    `train` gives the runs of an experiment; the last few are held.
    """

    parsed: Parsed
    about: Mapping[str, object]
    train: Callable[[Experiment], Mapping[str, Run]]


ANSWERS: dict[str, Callable[[Inquiry], dict]] = {
    "lessons": lessons.listed,
    "challenge": lessons.challenged,
}
