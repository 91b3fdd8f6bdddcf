"""Lessons: what stands in the files of components/lessons, read and checked. A lesson asks before it shows, and ends
with a challenge.

A file that cannot be used is left out, and why is said (BROKEN); app/factory.py writes that into the log. Knows what a
lesson has to hold; not how the page shows it (assets/drawers/lessons), and of its challenge only that it can be judged.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.lessons import challenges
from components.lessons.challenges import Challenge
from components.lessons.schema import Broken, shaped
from components.panels import CONTROLS, EVERY, EXPLORE
from components.question import Question
from components.settings.describing import listed as in_words
from components.settings.parsing import Parsed, parse
from components.settings.table import DEFAULTS, FORM
from components.text.errors import Refused
from optim import Experiment

FOLDER = Path(__file__).parent

VIEWS = ("share", *(name for name, control in CONTROLS.items() if control.kind == "choice" and control.options))
"""The choices of the page (data-view) that a lesson may set: those whose options are known before there is a run."""
BESIDE = {"methods": list, "data": str}
"""What an experiment's values hold beside the settings, as the page sends it (see parsing.py)."""

MOST_PANELS = 3
"""Panels that a lesson shows; the first is the one that is seen where there is room for one."""

CHOICE = {"text": str, "says": str, "right": (bool, False)}
SCENE = {"button": str, "text": str, "values": (dict, {}), "step": (int, None), "panels": ([str], [])}
LESSON = {
    "title": str, "line": str, "headline": (str, ""), "notice": str, "values": (dict, {}), "step": int,
    "panels": [str], "controls": [str], "view": (dict, {}), "predict": dict, "reveal": dict, "also": ([dict], []),
    "challenge": dict,
}


@dataclass(frozen=True)
class Choice:
    """One answer to a prediction's question, and what is said to who chooses it."""

    text: str
    says: str
    right: bool


@dataclass(frozen=True)
class Scene:
    """What the page shows after the prediction, or at the press of a button.

    values: what differs from the lesson's own; step: where to go, without one it plays; panels: those that take the
    place of the lesson's own from then on, none where they stay.
    """

    text: str
    values: Mapping[str, Any]
    step: int | None
    button: str = ""
    panels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """A lesson. name: its file's, without the number; values: all of its experiment that differs from the defaults;
    headline: what the page asks at step 0, "" for the problem's own question.

    Texts are paragraphs, apart by an empty line, with **bold** for what is on the page and `keys`.
    """

    name: str
    title: str
    line: str
    headline: str
    notice: str
    values: Mapping[str, Any]
    step: int
    panels: tuple[str, ...]
    controls: tuple[str, ...]
    view: Mapping[str, str]
    question: str
    choices: tuple[Choice, ...]
    reveal: Scene
    also: tuple[Scene, ...]
    challenge: Challenge

    @property
    def settings(self) -> dict[str, Any]:
        """Every value of its experiment, as the page sends them."""
        return {**DEFAULTS, **self.values}

    @property
    def experiment(self) -> Experiment:
        """The experiment that it opens with."""
        return parse(self.settings).required

    def as_json(self) -> dict:
        """What the page has to know; how its challenge is judged, and what solves it, is not told."""
        scenes = [{"button": one.button, **_shown(one)} for one in self.also]
        begins = {**self.values, **self.challenge.values}
        moved = {key: {**DEFAULTS, **begins}[key] for key in self.controls}
        goal = self.challenge
        challenge = {"text": goal.text, "values": begins, "sets": in_words(moved), "panels": list(goal.panels)}
        return {
            "name": self.name, "title": self.title, "line": self.line, "headline": self.headline,
            "notice": self.notice, "values": dict(self.values), "step": self.step, "panels": list(self.panels),
            "controls": list(self.controls), "view": dict(self.view), "question": self.question,
            "choices": [{"text": one.text, "says": one.says, "right": one.right} for one in self.choices],
            "reveal": _shown(self.reveal), "also": scenes, "challenge": challenge,
        }


def read(path: Path) -> Lesson:
    """The lesson of a file; raises Broken with the reason where it is none."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:  # a TOMLDecodeError is one, and so is text in another encoding
        raise Broken(f"it cannot be read: {error}") from error
    given = shaped(table, LESSON, "the lesson")
    given["values"] = plain(given["values"], "values")
    _check_page(given, resolve(given["values"], "values").required)
    question, choices = _prediction(given["predict"])
    reveal = _scene(given["reveal"], given["values"], "reveal")
    _check_ahead(given["panels"], reveal)
    also = tuple(_scene(one, given["values"], "also", "button") for one in given["also"])
    own = given["values"]
    challenge = challenges.read(given["challenge"], lambda changes, where: resolve({**own, **changes}, where))
    _check_panels(challenge.panels, "challenge: panels", fewest=0)
    return Lesson(
        path.stem.lstrip("0123456789-"), given["title"], given["line"], given["headline"], given["notice"],
        given["values"], given["step"], tuple(given["panels"]), tuple(given["controls"]), given["view"], question,
        choices, reveal, also, challenge)


def resolve(values: Mapping[str, Any], where: str) -> Parsed:
    """The default settings with these values; Broken where one is unknown, out of bounds or cannot be read."""
    for key, value in values.items():
        if key not in DEFAULTS and key not in BESIDE:
            raise Broken(f"{where}: there is no setting “{key}”")
        if key in BESIDE and not isinstance(value, BESIDE[key]):
            raise Broken(f"{where}: {key} is {type(value).__name__}, not {BESIDE[key].__name__}")
    parsed = parse({**DEFAULTS, **values})
    for key, said in {**parsed.notes, **parsed.errors}.items():
        raise Broken(f"{where}: {key}: {said}")
    return parsed


def plain(values: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The values with their list of methods as the page has it, every entry with all its parts."""
    parsed = resolve(values, where)
    return {**values, "methods": parsed.methods.methods} if "methods" in values else dict(values)


def read_all(folder: Path) -> tuple[dict[str, Lesson], dict[str, str]]:
    """The lessons of a folder by name, in the order of their files; and file -> why it is left out."""
    found: dict[str, Lesson] = {}
    broken: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            lesson = read(path)
            if lesson.name in found:
                raise Broken(f"there is another lesson called {lesson.name}")
            found[lesson.name] = lesson
        except Broken as reason:
            broken[path.name] = str(reason)
    return found, broken


def _check_page(given: Mapping[str, Any], experiment: Experiment) -> None:
    """That what it names is on the page."""
    if not 0 <= given["step"] <= experiment.steps:
        raise Broken(f"step: {given['step']} is not from 0 to {experiment.steps:,}")
    _check_panels(given["panels"], "panels")
    for key in given["controls"]:
        if key not in FORM:
            raise Broken(f"controls: {key} is no setting of the form")
    for key, value in given["view"].items():
        if key not in VIEWS or not isinstance(value, str):
            raise Broken(f"view: {key} is not one of {', '.join(VIEWS)}, or its value is no text")


def _check_panels(panels: Sequence[str], where: str, fewest: int = 1) -> None:
    if not fewest <= len(set(panels)) == len(panels) <= MOST_PANELS:
        raise Broken(f"{where}: these are not one to {MOST_PANELS} different ones")
    for name in panels:
        if name not in EVERY:
            raise Broken(f"{where}: {name} is not one of {', '.join(EVERY)}")


def _check_ahead(panels: list[str], reveal: Scene) -> None:
    """That no panel shows whole runs while the page hides what lies ahead (see assets/drawers/lessons/lesson.js)."""
    for name in panels:
        if name in EXPLORE and not reveal.values:
            raise Broken(f"panels: {name} shows what lies ahead of the question: it is one for the reveal")


def _prediction(table: dict) -> tuple[str, tuple[Choice, ...]]:
    given = shaped(table, {"question": str, "choice": [dict]}, "predict")
    choices = tuple(Choice(**shaped(one, CHOICE, "predict.choice")) for one in given["choice"])
    if len(choices) < 2 or sum(one.right for one in choices) != 1:
        raise Broken("predict: of two choices or more exactly one is right")
    return given["question"], choices


def _scene(table: dict, values: Mapping[str, Any], where: str, *more: str) -> Scene:
    given = shaped(table, {key: kind for key, kind in SCENE.items() if key != "button" or more}, where)
    steps = resolve({**values, **given["values"]}, where).required.steps
    if given["step"] is not None and not 0 <= given["step"] <= steps:
        raise Broken(f"{where}: step {given['step']} is not from 0 to {steps:,}")
    _check_panels(given["panels"], f"{where}: panels", fewest=0)
    return Scene(**{**given, "values": plain(given["values"], where), "panels": tuple(given["panels"])})


def _shown(scene: Scene) -> dict:
    return {"text": scene.text, "values": dict(scene.values), "step": scene.step, "panels": list(scene.panels)}


LESSONS, BROKEN = read_all(FOLDER)


def listed(question: Question) -> dict:
    """The question "lessons": all of them, in their order."""
    return {"lessons": [lesson.as_json() for lesson in LESSONS.values()]}


def challenged(question: Question) -> dict:
    """The question "challenge": whether its settings solve the challenge of the lesson that `about` names."""
    name = question.about.get("lesson")
    if not isinstance(name, str) or name not in LESSONS:
        raise Refused("There is no such lesson.")
    return challenges.judge(LESSONS[name].challenge, question.parsed, question.train)
