"""Programs: one method's run as a program to be carried away, and the question for it. Knows languages; no page."""

import re
from collections.abc import Callable

from components.exports.numpy_program import numpy_program
from components.exports.torch_program import torch_program
from components.question import Question
from components.text.errors import Refused
from components.text.numbers import bounded
from optim import Experiment

LANGUAGES: dict[str, Callable[[Experiment, str], str]] = {"numpy": numpy_program, "torch": torch_program}
"""What writes a program: a function of an Experiment and a contestant's label, which may raise Refused."""


def answer(question: Question) -> dict:
    """{"text", "file"}: the program, and a name for its file.

    about: {"method": place among the methods from 0, "language": one of LANGUAGES}.
    """
    experiment, language = question.experiment, question.about.get("language")
    if not isinstance(language, str) or language not in LANGUAGES:
        raise Refused(f"Programs are written in {' or '.join(LANGUAGES)}.")
    place, _ = bounded(question.about.get("method"), 0, len(experiment.contestants) - 1, whole=True)
    label = experiment.contestants[int(place)].label
    return {"text": LANGUAGES[language](experiment, label), "file": file_name(label, language)}


def file_name(label: str, language: str) -> str:
    """The file of a program: no name that would hide a module, and letters that every system takes.

    >>> file_name("Adam with annealing", "numpy")
    'descent_adam_with_annealing_numpy.py'
    """
    plain = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:40]
    return "_".join(filter(None, ("descent", plain, language))) + ".py"
