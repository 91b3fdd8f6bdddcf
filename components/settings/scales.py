"""How a slider's positions stand for values.

A `Scale` is a list of stops at equally spaced positions, with a straight line between two stops, so that a typed value
that lies between them has its own exact position. The browser gets the stops as text and needs no formula of its own.
Knows nothing of the settings, of Dash or of the page.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor

SERIES = (1, 1.1, 1.2, 1.4, 1.5, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9)
"""Twenty round numbers a decade: the Renard series R20 (ISO 3), rounded further, each within 0.03 decades."""


@dataclass(frozen=True)
class Scale:
    """Values at the positions `first`, `first + step`, ...

    `stops`: at least two, strictly rising. With `open_top` there is one further position above the last, meaning None.
    """

    stops: Sequence[float]
    first: float = 0
    step: float = 1
    open_top: bool = False

    @property
    def low(self) -> float:
        """The least value."""
        return self.stops[0]

    @property
    def high(self) -> float:
        """The largest value."""
        return self.stops[-1]

    @property
    def top(self) -> float:
        """The last position."""
        return self._at(len(self.stops) - (0 if self.open_top else 1))

    def position(self, value: float | None) -> float:
        """Where `value` stands: low to high, or None on an open top. Exact at a stop, in proportion between two."""
        if value is None:
            return self.top
        index = min(bisect_right(self.stops, value) - 1, len(self.stops) - 2)
        below, above = self.stops[index], self.stops[index + 1]
        return self._at(index + (value - below) / (above - below))

    def value(self, position: float) -> float | None:
        """The value at `position`, from first to top: the inverse of `position`."""
        index = round((position - self.first) / self.step, 9)
        if index > len(self.stops) - 1:
            return None if self.open_top else self.high
        whole = min(floor(index), len(self.stops) - 2)
        below, above = self.stops[whole], self.stops[whole + 1]
        return above if index == whole + 1 else below + (index - whole) * (above - below)

    def up_to(self, high: float) -> "Scale":
        """The same scale cut at `high`, above its least value, which becomes its last stop."""
        return replace(self, stops=(*(stop for stop in self.stops if stop < high), high))

    def _at(self, index: float) -> float:
        return round(self.first + index * self.step, 9)


def linear(low: int, high: int) -> Scale:
    """Every whole number, at itself."""
    return Scale(range(low, high + 1), first=low)


def log10(low: int, high: int) -> Scale:
    """10**low to 10**high; the position is log10 of the value to within 0.03, in steps of 0.05."""
    stops = [float(f"{mantissa}e{decade}") for decade in range(low, high) for mantissa in SERIES]
    return Scale((*stops, float(f"1e{high}")), first=low, step=0.05)


def memory(nines: int) -> Scale:
    """Betas from 0 to 0.99... with so many nines; the position is -log10(1 - beta) to within 0.03, in steps of 0.05."""
    forgotten = [float(f"{mantissa}e{decade}") for decade in range(-nines, 0) for mantissa in SERIES]
    return Scale((0.0, *(round(1 - share, nines + 2) for share in reversed(forgotten))), step=0.05)


def counts(low: int, high: int, below: Sequence[float] = (), open_top: bool = False) -> Scale:
    """Whole numbers, each one up to 10 and then the round ones, after the stops of `below`; one position a stop."""
    numbers = {*range(1, 10), *(round(mantissa * 10**decade) for decade in (1, 2, 3) for mantissa in SERIES), low, high}
    return Scale((*below, *sorted(number for number in numbers if low <= number <= high)), open_top=open_top)


def mixed(*ranges: tuple[float, float, float]) -> Scale:
    """Each range from (low, high, step), one after the other, one position a stop."""
    stops = {
        float(round(low + index * step, 9))
        for low, high, step in ranges
        for index in range(round((high - low) / step) + 1)
    }
    return Scale(tuple(sorted(stops)))
