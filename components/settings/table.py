"""The settings a person can change: one table, from which slider, field, bounds, default, help and parsing all follow.

Also the presets of the menu "Try", read from presets.toml as differences from the defaults.
Knows nothing of Dash, of the page or of the browser.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.formulas.custom import MAX_LENGTH
from components.settings.problems import TITLES
from components.settings.scales import Scale, counts, linear, log10, memory, mixed
from components.text.numbers import WHOLE_RUN

Value = Any
"""A canonical value: a number (an int for a whole one), the name of a choice, or None for an open top.

Which of them it is its key says, which a type checker cannot follow."""

GROUPS = {
    "momentum": "SGD and Momentum",
    "adam": "Adam",
    "annealing": "Annealing",
    "training": "Training",
    "data": "Data",
    "line": "True line and start",
}
"""Heading of each group of the form, in the page's order."""

DRAWER_GROUPS = {"problem": "Problem", "steps": "How steps are taken"}
"""Heading of each group that stands in the drawer "Problem"."""


@dataclass(frozen=True)
class Setting:
    """A number with bounds: the ends of `scale` are its least and its largest value.

    `in_steps` is label and help on a surface, where an epoch is one step, if they are others there.
    `meaning` says in words what a value means; `blank` is what the field shows for None, where the scale has an open
    top; `up_to` names the setting whose value is the largest allowed here. Without `slider` there is only the field.
    """

    key: str
    label: str
    group: str
    default: float | None
    scale: Scale
    help: str
    whole: bool = False
    slider: bool = True
    meaning: Callable[[float], str] | None = None
    blank: str | None = None
    up_to: str | None = None
    in_steps: tuple[str, str] | None = None

    def scale_at(self, values: Mapping[str, Value]) -> Scale:
        """The scale as the other settings' canonical `values` bound it."""
        return self.scale.up_to(values[self.up_to]) if self.up_to else self.scale


@dataclass(frozen=True)
class Choice:
    """A setting with named options: value -> what the page calls it."""

    key: str
    label: str
    group: str
    default: str
    options: dict[str, str]
    help: str


@dataclass(frozen=True)
class Text:
    """A setting that is a line of text of at most `longest` characters, read where its meaning is known."""

    key: str
    label: str
    group: str
    help: str
    longest: int
    default: str = ""


def remembered(beta: float) -> str:
    """How long an exponential average with this beta looks back: 1 / (1 - beta) steps."""
    steps = round(1 / (1 - beta))
    return f"remembers about {steps:,} step{'' if steps == 1 else 's'}"


_RATE = log10(-5, 1)
_LINE = mixed((-100, 100, 1))
_ANNEALED = "How long the annealed rate takes to fall along a cosine from full to zero. Then it starts again at full."

_TABLE = (
    Setting(
        "lr", "Learning rate (SGD, Momentum)", "momentum", 0.001, _RATE,
        "How far a step goes: the gradient is multiplied by this. Too small is slow; too large diverges.",
    ),
    Setting(
        "beta", "Momentum beta", "momentum", 0.95, memory(3),
        "How much of its average Momentum keeps at each step: nearer to 1 it remembers longer and turns more slowly.",
        meaning=remembered,
    ),
    Choice(
        "form", "Momentum form", "momentum", "average",
        {"average": "averaged (article)", "heavy-ball": "heavy ball (PyTorch, Distill)"},
        "Averaged counts each new gradient 1 - beta times; heavy ball counts it whole, so the same rate goes further.",
    ),
    Setting(
        "adam_lr", "Learning rate (Adam)", "adam", 1.0, _RATE,
        "About how far each parameter moves in a step, steep or flat: Adam divides by the gradient's own size.",
    ),
    Setting(
        "beta1", "Adam beta 1", "adam", 0.7, memory(3),
        "How long Adam averages the gradient, which is its momentum.",
        meaning=remembered,
    ),
    Setting(
        "beta2", "Adam beta 2", "adam", 0.9, memory(4),
        "How long Adam averages the squared gradient, by whose root it divides each step.",
        meaning=remembered,
    ),
    Setting(
        "period", "Annealing period (epochs)", "annealing", None,
        counts(1, 1000, below=(0.1, 0.2, 0.3, 0.5, 0.7), open_top=True),
        _ANNEALED, blank=WHOLE_RUN, in_steps=("Annealing period (steps)", _ANNEALED),
    ),
    Setting(
        "epochs", "Epochs", "training", 50, counts(1, 1000),
        "How many times the training goes through all the points.",
        whole=True, in_steps=("Steps", "How many steps every method takes."),
    ),
    Setting(
        "batch", "Batch size", "training", 1, counts(1, 500),
        "How many points a step takes its gradient from: 1 is stochastic, all of them is plain gradient descent.",
        whole=True, up_to="points",
    ),
    Setting(
        "seed", "Data seed", "data", 7, linear(0, 9999),
        "Which random points are drawn, and where they are random the points' order, gradient noise and the start.",
        whole=True,
    ),
    Setting(
        "points", "Points", "data", 30, counts(2, 500),
        "How many points there are to fit.",
        whole=True,
    ),
    Setting(
        "noise", "Noise", "data", 0.0, mixed((0, 1, 0.1), (1, 5, 0.25), (5, 20, 0.5)),
        "How far the points scatter about the true line: their standard deviation, in units of y.",
    ),
    Setting("true_a", "True a", "line", 1.5, _LINE, "Slope of the line that the points come from.", slider=False),
    Setting("true_b", "True b", "line", -28.0, _LINE, "Height of that line at x = 0.", slider=False),
    Setting("start_a", "Start a", "line", 1.0, _LINE, "Slope that every method starts from.", slider=False),
    Setting("start_b", "Start b", "line", 1.0, _LINE, "Height at x = 0 that every method starts from.", slider=False),
    Choice(
        "problem", "Problem", "problem", "line", TITLES,
        "What the methods descend: the loss of a curve that is fitted to points, or a surface.",
    ),
    Setting(
        "degree", "Degree", "problem", 3, linear(2, 5),
        "The highest power of x: the higher, the narrower the ravine of the loss.",
        whole=True,
    ),
    Choice(
        "scaled", "Inputs", "problem", "no", {"no": "as they are", "yes": "scaled to -1 to 1"},
        "The same curve in another unit of x: scaled, most of the ravine is gone.",
    ),
    Choice(
        "standard", "Own points", "problem", "no", {"no": "as they are", "yes": "standardised"},
        "Standardised: minus their mean, divided by their spread. As they are, the ravine may be too narrow.",
    ),
    Setting(
        "units", "Hidden units", "problem", 8, linear(1, 16),
        "How many tanh curves the network adds up; each has three parameters.",
        whole=True,
    ),
    Setting(
        "condition", "Condition number", "problem", 30.0, log10(0, 6),
        "How many times steeper the ravine is across than along.",
    ),
    Text(
        "formula", "Function", "problem",
        "A curve in x, as in a*exp(-b*x) + c, or a surface in x and y. Its parameters and derivatives are found.",
        MAX_LENGTH,
    ),
    Text(
        "true", "True parameters", "problem",
        "What the points are generated with, separated by commas; empty for the problem's own.", 1_200,
    ),
    Text(
        "start", "Start", "problem",
        "Where every method starts, separated by commas; empty for the problem's own.", 1_200,
    ),
    Setting(
        "gradient_noise", "Gradient noise", "problem", 0.0, mixed((0, 1, 0.1), (1, 5, 0.25), (5, 20, 0.5)),
        "Random numbers of this standard deviation are added to the slope at each step, the same for all methods.",
    ),
    Choice(
        "coordinates", "Parameters", "steps", "together", {"together": "together", "in turn": "in turn"},
        "In turn, each parameter is moved from the already moved ones, as in the article's SGD listing.",
    ),
    Choice(
        "reduction", "Batch gradient", "steps", "mean", {"mean": "mean", "sum": "sum"},
        "The sum of a batch's slopes is their mean times its size, so the same rate goes that much further.",
    ),
    Choice(
        "shuffle", "Order of the points", "steps", "off", {"off": "the same", "on": "shuffled"},
        "Shuffled, each epoch takes the points in another random order, drawn by the data seed.",
    ),
)

SETTINGS: dict[str, Setting | Choice | Text] = {setting.key: setting for setting in _TABLE}
FORM: tuple[str, ...] = tuple(key for key, setting in SETTINGS.items() if setting.group in GROUPS)
"""The settings of the form itself; the others stand in the drawer."""
SLIDERS: dict[str, Setting] = {key: row for key, row in SETTINGS.items() if isinstance(row, Setting) and row.slider}
DEFAULTS: dict[str, Value] = {key: setting.default for key, setting in SETTINGS.items()}


@dataclass(frozen=True)
class Preset:
    """One line of the menu "Try": `values` differ from the defaults, everything else is the default."""

    name: str
    description: str
    values: dict[str, Value]


def _presets() -> dict[str, Preset]:
    entries = tomllib.loads(Path(__file__).with_name("presets.toml").read_text("utf-8"))["preset"]
    return {entry["name"]: Preset(entry["name"], entry["description"], entry.get("values", {})) for entry in entries}


PRESETS = _presets()
