"""Runs of an experiment at their last step, as a panel's whole picture draws them. Knows runs and looks; no axes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from components.page.styles import Style, styles
from components.page.theme import SCHEMES, Scheme
from components.payload.build import build
from optim import Experiment, Run

TAIL = 30
"""Steps that count as an epoch where an epoch is one, as assets/run/decode.js has it."""
SYMBOLS = {"triangle": "triangle-up", "hourglass": "diamond-tall", "bowtie": "diamond-wide"}
"""Plotly's names for the methods' symbols, where they are others, or what it has that is near."""
CUTS = {"": "", "dot": "-dot", "bar": "-open", "post": "-open-dot"}
"""And what Plotly has instead of what is cut out of them."""


@dataclass(frozen=True)
class Drawn:
    """A method as it is drawn: its label, its run, and the settings of its line and of its symbol."""

    label: str
    run: Run
    line: dict
    marker: dict


@dataclass(frozen=True)
class Comparison:
    """An experiment's runs by label, the name of the colour scheme that they are drawn in, and whether in relief."""

    experiment: Experiment
    runs: Mapping[str, Run]
    hue: str
    relief: bool = False

    @cached_property
    def told(self) -> dict[str, Any]:
        """The payload of the runs."""
        return dict(build(self.experiment, self.runs))

    @property
    def scheme(self) -> Scheme:
        """The colours."""
        return SCHEMES[self.hue]

    @cached_property
    def methods(self) -> list[Drawn]:
        """The methods, each with its looks."""
        listed = self.experiment.contestants
        found = {one.label: style for one, style in zip(listed, styles(listed), strict=True)}
        return [Drawn(label, run, *self._looks(found[label])) for label, run in self.runs.items()]

    def _looks(self, style: Style) -> tuple[dict, dict]:
        colour = getattr(style, self.hue)
        dash = ",".join(f"{length}px" for length in style.dash) or "solid"
        line = {"color": colour, "width": style.width, "dash": dash}
        symbol = SYMBOLS.get(style.symbol, style.symbol) + CUTS[style.cut]
        return line, {"color": colour, "symbol": symbol, "size": 9}

    @property
    def early(self) -> int:
        """The steps of the first epoch, or some thirty where an epoch is one step."""
        return min(self.told["steps"], self.told["stepsPerEpoch"] if self.told["stepsPerEpoch"] > 1 else TAIL)

    @property
    def end(self) -> float:
        """The last step, in epochs."""
        return self.told["steps"] / self.told["stepsPerEpoch"]

    @property
    def time(self) -> np.ndarray:
        """Every step, in epochs."""
        return np.arange(self.told["steps"] + 1) / self.told["stepsPerEpoch"]
