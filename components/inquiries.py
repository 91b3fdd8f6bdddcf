"""Inquiries: every kind of question about a run that there is; each kind is one function and one line of ANSWERS.

An answer is a function of an Inquiry that returns JSON, or raises `Refused` with a sentence where it cannot. Knows
names; no HTTP, no page.
"""

from collections.abc import Callable

from components import batches, lessons, microscope, offline, programs, records, theory
from components.inquiry import Inquiry

__all__ = ["ANSWERS", "Inquiry"]

ANSWERS: dict[str, Callable[[Inquiry], dict]] = {
    "batches": batches.answer,
    "challenge": lessons.challenged,
    "code": programs.answer,
    "felt": microscope.felt,
    "files": records.sized,
    "lessons": lessons.listed,
    "microscope": microscope.steps,
    "offline": offline.answer,
    "rule": microscope.rule,
    "theory": theory.answer,
}
