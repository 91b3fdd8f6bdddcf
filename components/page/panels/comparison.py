"""Runs of an experiment at their last step, as a panel's whole picture draws them. Knows runs and the palette; no axes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from components.page.theme import PALETTE, SCHEMES, Place, Scheme
from components.payload.build import build
from optim import Experiment, Run

SYMBOLS = {"triangle": "triangle-up"}
"""Plotly's names for the palette's symbols, where they are others."""


@dataclass(frozen=True)
class Drawn:
    """A method as it is drawn: its label, its run, and the settings of its line and of its symbol."""

    label: str
    run: Run
    line: dict
    marker: dict


@dataclass(frozen=True)
class Comparison:
    """An experiment's runs by label, and the name of the colour scheme that they are drawn in."""

    experiment: Experiment
    runs: Mapping[str, Run]
    hue: str

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
        """The methods, each with the looks of its place."""
        return [Drawn(label, run, *self._looks(place))
                for place, (label, run) in zip(PALETTE, self.runs.items(), strict=False)]

    def _looks(self, place: Place) -> tuple[dict, dict]:
        colour = getattr(place, self.hue)
        dash = ",".join(f"{length}px" for length in place.dash) or "solid"
        line = {"color": colour, "width": place.width, "dash": dash}
        return line, {"color": colour, "symbol": SYMBOLS.get(place.symbol, place.symbol), "size": 9}

    @property
    def end(self) -> float:
        """The last step, in epochs."""
        return self.told["steps"] / self.told["stepsPerEpoch"]

    @property
    def time(self) -> np.ndarray:
        """Every step, in epochs."""
        return np.arange(self.told["steps"] + 1) / self.told["stepsPerEpoch"]
