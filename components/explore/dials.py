"""Dials: what a map can vary along an axis, numbers of one method by their keys, or of the experiment by the form's.

Knows the settings and their scales; no runs. A name for `sweep` follows from each.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from components.settings import methods
from components.settings.parsing import Parsed
from components.settings.table import SETTINGS, Setting
from optim import Contestant, Control, Experiment, Generated, Surface

WORLD = {
    "batch": "batch_size",
    "epochs": "epochs",
    "noise": "data.noise",
    "points": "data.size",
    "seed": "data.seed",
    "start_a": "start[0]",
    "start_b": "start[1]",
    "gradient_noise": "gradient_noise",
}
"""The form's settings of the experiment that can be varied, and what `sweep` calls them."""


@dataclass(frozen=True)
class Dial:
    """One of them: its key, what it is called, its name for `sweep`, how its values are spaced, and who moves it.

    setting: that of the form, None where the method has a value of its own. own: its key among the method's settings,
    "" for one of the experiment. values: ascending, the ends included.
    """

    key: str
    label: str
    name: str
    scale: str
    values: tuple[float, ...]
    setting: str | None
    own: str

    def told(self) -> dict[str, Any]:
        """What the page has to know of it."""
        return {name: getattr(self, name) for name in ("key", "label", "scale", "values", "setting", "own")}


def dials(parsed: Parsed, experiment: Experiment, place: int, side: int) -> dict[str, Dial]:
    """Those of the method at this place and of the experiment, by key, each with at most `side` values."""
    found = [*_of_method(parsed, experiment.contestants[place], place, side), *_of_world(experiment, side)]
    return {one.key: one for one in found}


def named(label: str) -> str:
    """A method's name, or another where it means something else to `sweep`."""
    return f"the method {label}" if label in ("*", "data") else label


def _of_method(parsed: Parsed, one: Contestant, place: int, side: int) -> Iterator[Dial]:
    form = parsed.methods.form[place]
    for key, control in methods.keys(type(one.optimizer).__name__, type(one.schedule).__name__).items():
        if control.low is None or control.options:
            continue
        name = f"{named(one.label)}.{control.name}{'' if control.place is None else f'[{control.place}]'}"
        yield Dial(key, control.label, name, control.scale, _spaced(control, side), form[key]["follows"], key)


def _spaced(control: Control, side: int) -> tuple[float, ...]:
    """Values over a control's span, evenly on its scale, in a few digits."""
    low, high = control.ends
    if control.scale == "log10":
        found = [float(f"{value:.4g}") for value in np.geomspace(low, high, side)]
    elif control.scale == "memory":
        first, last = -math.log10(1 - low), -math.log10(1 - high)
        found = [float(f"{1 - 10 ** -value:.5f}") for value in np.linspace(first, last, side)]
    else:
        found = [float(f"{value:.4g}") for value in np.linspace(low, high, side)]
    return tuple(sorted({*found}))


def _of_world(experiment: Experiment, side: int) -> Iterator[Dial]:
    """The experiment's own, as far as it has them; their values are stops of the form's sliders."""
    surface = isinstance(experiment.resolved_model, Surface)
    drawn = isinstance(experiment.data, Generated)
    has = {
        "batch": not surface, "epochs": True, "noise": drawn, "points": drawn, "seed": drawn,
        "start_a": experiment.model == "line", "start_b": experiment.model == "line", "gradient_noise": surface,
    }
    for key, name in WORLD.items():
        setting = SETTINGS[key]
        if not has[key] or not isinstance(setting, Setting):
            continue
        stops = [stop for stop in setting.scale.stops if key != "batch" or stop <= experiment.points.size]
        chosen = sorted({round(at) for at in np.linspace(0, len(stops) - 1, min(side, len(stops)))})
        values = tuple(int(stops[at]) if setting.whole else float(stops[at]) for at in chosen)
        label = setting.in_steps[0] if surface and setting.in_steps else setting.label
        yield Dial(key, label, name, "linear", values, key, "")
