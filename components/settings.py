"""The settings a person can change: one table, from which slider, field, bounds, default, help and parsing all follow.

Also the presets of the menu "Try", read from presets.toml as differences from the defaults.
Knows nothing of Dash, of the page or of the browser.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from components.scales import Scale, counts, linear, log10, memory, mixed

MAX_STEPS = 60_000
"""Training steps that one run may have."""
MAX_CONTESTANT_STEPS = 400_000
"""Training steps of all methods together."""

GROUPS = {
    "momentum": "SGD and Momentum",
    "adam": "Adam",
    "annealing": "Annealing",
    "training": "Training",
    "data": "Data",
    "line": "True line and start",
}
"""Heading of each group, in the page's order. The last is closed at first and has fields only."""


def remembered(beta: float) -> str:
    """How long an exponential average with this beta looks back: 1 / (1 - beta) steps."""
    steps = round(1 / (1 - beta))
    return f"remembers about {steps:,} step{'' if steps == 1 else 's'}"


@dataclass(frozen=True)
class Setting:
    """A number with bounds. Its least and largest values are the ends of `scale`.

    `caption` says in words what a value means; `blank` is what the field shows for None, where the scale has an open top;
    `up_to` names the setting whose value is the largest allowed here.
    """

    key: str
    label: str
    group: str
    default: float | None
    scale: Scale
    help: str
    whole: bool = False
    slider: bool = True
    caption: Callable[[float], str] | None = None
    blank: str | None = None
    up_to: str | None = None


@dataclass(frozen=True)
class Choice:
    """A setting with named options: value -> what the page calls it."""

    key: str
    label: str
    group: str
    default: str
    options: dict[str, str]
    help: str


LINE = mixed((-100, 100, 1))

SETTINGS: dict[str, Setting | Choice] = {
    setting.key: setting
    for setting in (
        Setting(
            "lr", "Learning rate (SGD, Momentum)", "momentum", 0.001, log10(-5, 1),
            "How far one step goes: the gradient is multiplied by this number. Too small crawls, too large overshoots and diverges.",
        ),
        Setting(
            "beta", "Momentum beta", "momentum", 0.95, memory(3),
            "How much of the previous average is kept at each step: nearer to 1, Momentum remembers longer and turns more slowly.",
            caption=remembered,
        ),
        Choice(
            "form", "Momentum form", "momentum", "average",
            {"average": "averaged (article)", "heavy-ball": "heavy ball (PyTorch, Distill)"},
            "Averaged multiplies each new gradient by 1 - beta; heavy ball adds it whole, so the same learning rate goes further.",
        ),
        Setting(
            "adam_lr", "Learning rate (Adam)", "adam", 1.0, log10(-5, 1),
            "About how far each parameter moves in one step: Adam divides by the gradient's recent size, so steep or flat matters little.",
        ),
        Setting(
            "beta1", "Adam beta 1", "adam", 0.7, memory(3),
            "How long Adam averages the gradient itself, which is its momentum.",
            caption=remembered,
        ),
        Setting(
            "beta2", "Adam beta 2", "adam", 0.9, memory(4),
            "How long Adam averages the squared gradient, by whose root it divides each step.",
            caption=remembered,
        ),
        Setting(
            "period", "Annealing period (epochs)", "annealing", None,
            counts(1, 1000, below=(0.1, 0.2, 0.3, 0.5, 0.7), open_top=True),
            "After so many epochs the annealed learning rate has fallen to zero along a cosine and starts again at its full height.",
            blank="whole run",
        ),
        Setting(
            "epochs", "Epochs", "training", 50, counts(1, 1000),
            "How many times the training goes through all the points.",
            whole=True,
        ),
        Setting(
            "batch", "Batch size", "training", 1, counts(1, 500),
            "How many points each step averages its gradient over: 1 is stochastic, all of them is plain gradient descent.",
            whole=True, up_to="points",
        ),
        Setting(
            "seed", "Data seed", "data", 7, linear(0, 9999),
            "Which random points are drawn: the same seed always gives the same points.",
            whole=True,
        ),
        Setting(
            "points", "Points", "data", 30, counts(2, 500),
            "How many points there are to fit, and so how many single-point steps make one epoch.",
            whole=True,
        ),
        Setting(
            "noise", "Noise", "data", 0.0, mixed((0, 1, 0.1), (1, 5, 0.25), (5, 20, 0.5)),
            "How far the points scatter about the true line, as a standard deviation in units of y.",
        ),
        Setting("true_a", "True a", "line", 1.5, LINE, "Slope of the line that the points are drawn from.", slider=False),
        Setting("true_b", "True b", "line", -28.0, LINE, "Height at x = 0 of the line that the points are drawn from.", slider=False),
        Setting("start_a", "Start a", "line", 1.0, LINE, "Slope that every method starts from.", slider=False),
        Setting("start_b", "Start b", "line", 1.0, LINE, "Height at x = 0 that every method starts from.", slider=False),
    )
}

NUMBERS = {key: setting for key, setting in SETTINGS.items() if isinstance(setting, Setting)}
CHOICES = {key: setting for key, setting in SETTINGS.items() if isinstance(setting, Choice)}
SLIDERS = {key: setting for key, setting in NUMBERS.items() if setting.slider}
DEFAULTS = {key: setting.default for key, setting in SETTINGS.items()}


@dataclass(frozen=True)
class Preset:
    """One line of the menu "Try": `values` differ from the defaults, everything else is the default."""

    name: str
    description: str
    values: dict[str, object]


def _presets() -> dict[str, Preset]:
    entries = tomllib.loads(Path(__file__).with_name("presets.toml").read_text("utf-8"))["preset"]
    return {entry["name"]: Preset(entry["name"], entry["description"], entry.get("values", {})) for entry in entries}


PRESETS = _presets()
