"""Inquiries: every kind of question about a run that there is; each kind is one function and one line of ANSWERS.

An answer is a function of an Inquiry that returns JSON, or raises `Refused` with a sentence where it cannot. Knows
names; no HTTP, no page.
"""

from collections.abc import Callable

from components import lessons
from components.exports import data_files, programs
from components.microscope import answers as microscope
from components.microscope import batches
from components.offline import page as offline
from components.question import Inquiry
from components.theory import answer as theory

__all__ = ["ANSWERS", "Inquiry"]

ANSWERS: dict[str, Callable[[Inquiry], dict]] = {
    "batches": batches.answer,
    "challenge": lessons.challenged,
    "code": programs.answer,
    "felt": microscope.felt,
    "files": data_files.sized,
    "lessons": lessons.listed,
    "microscope": microscope.steps,
    "offline": offline.answer,
    "rule": microscope.rule,
    "theory": theory.answer,
}
