"""Answers: every kind of question about a run that there is; each kind is one function and one line of ANSWERS.

An answer is a function of a Question that returns JSON, or raises `Refused` with a sentence where it cannot. A
generator yields its answer in parts, each of them JSON, and now and then None, where it may be ended if nobody waits
for it any more. Knows names; no HTTP, no page.
"""

from collections.abc import Callable, Iterator

from components import lessons
from components.explore.answers import EXPLORING as EXPLORING  # app asks which they are
from components.explore.basins import basin
from components.explore.stability import cell
from components.exports import data_files, programs
from components.microscope import batches
from components.microscope.answers import effective_rate, rule, steps
from components.offline.page import page_file
from components.question import Question
from components.theory.answer import theory_says

ANSWERS: dict[str, Callable[[Question], dict | Iterator[dict | None]]] = {
    "basin": basin,
    "batches": batches.answer,
    "cell": cell,
    "challenge": lessons.challenged,
    "code": programs.answer,
    "felt": effective_rate,
    "files": data_files.sized,
    "lessons": lessons.listed,
    "microscope": steps,
    "offline": page_file,
    "rule": rule,
    "theory": theory_says,
    **EXPLORING,
}
