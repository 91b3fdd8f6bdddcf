"""Winners: in one sentence how tuning changes who is first in a race, and by how much. Knows a Race; no page."""

import math

from optim import Race

ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}
MANY = 1e4
"""So many times lower a loss is not told as a number of times."""


def headline(race: Race, *, above: bool) -> str:
    """Who wins most places by tuning, whom it overtakes, and how much lower its loss is than that of the latter.

    above: whether scores are above a floor, so that one of them may be a number of times another, or all rounding.
    """
    given, best = (race.ranks[way].tolist() for way in (0, 1))
    if not any(map(math.isfinite, race.medians[1])):
        return "Also tuned, no method stays in bounds."
    if len(race.labels) == 1:
        return f"Tuned, {race.labels[0]} has {_alone(race, above)}."
    rises = [before - after for before, after in zip(given, best, strict=True)]
    riser = max(range(len(rises)), key=lambda c: (rises[c], -best[c]))
    if rises[riser] <= 0:
        return _still(race, given, best)
    shared = " (shared)" if best.count(best[riser]) > 1 else ""
    places = f"{_ordinal(given[riser])} \u2192 {_ordinal(best[riser])}{shared}"
    ahead = [c for c in range(len(given)) if given[c] < given[riser] and best[c] >= best[riser]]
    passed = [c for c in ahead if best[c] > best[riser]]
    if not passed:
        level = ", nothing left but rounding" if above and race.tolerance else ""
        return f"Tuned, {race.labels[riser]} draws level with {_listed(race, ahead)}: {places}{level}."
    rival = min(passed, key=lambda c: given[c])
    return f"Tuned, {race.labels[riser]} overtakes {race.labels[rival]}: {places}, {_gap(race, riser, rival, above)}."


def _still(race: Race, given: list[int], best: list[int]) -> str:
    """Nobody has won a place."""
    falls = [after - before for before, after in zip(given, best, strict=True)]
    if max(falls) > 0:
        c = falls.index(max(falls))
        return f"Tuned, {race.labels[c]} falls behind: {_ordinal(given[c])} \u2192 {_ordinal(best[c])}."
    first = [c for c, rank in enumerate(best) if rank == 1]
    if len(first) == len(best):
        return "Tuned or as given, all are level."
    return f"Tuned or as given, the order is the same: {_listed(race, first)} first."


def _gap(race: Race, one: int, rival: int, above: bool) -> str:
    """How much lower the tuned loss of one is than that of another."""
    mine, theirs = float(race.medians[1, one]), float(race.medians[1, rival])
    if math.isinf(theirs):
        return f"where {race.labels[rival]} diverges"
    if above and mine <= race.tolerance:
        return "nothing left but rounding"
    return _loss("lower", mine, theirs, above)


def _alone(race: Race, above: bool) -> str:
    """How much lower the tuned loss of the only method is than as given."""
    given, best = (float(race.medians[way, 0]) for way in (0, 1))
    if math.isinf(given):
        return "bounds to stay in, where it diverges as given"
    if abs(given - best) <= race.tolerance:
        return "the loss that it has as given"
    if best > given:
        return f"a {_loss('higher', given, best, above)} than as given"
    if above and best <= race.tolerance:
        return "nothing left but rounding"
    return f"a {_loss('lower', best, given, above)} than as given"


def _loss(word: str, one: float, other: float, above: bool) -> str:
    """How far one number is below another: as often as it goes into that, or where it need not be above 0, by what."""
    return f"{_times(other / one)} {word} loss" if above and one > 0 else f"loss {word} by {other - one:.3g}"


def _times(times: float) -> str:
    return f"{times:.2g} times" if times < 100 else f"{times:,.0f} times" if times < MANY else "10,000 times and more"


def _listed(race: Race, places: list[int]) -> str:
    *others, last = [race.labels[c] for c in places]
    return f"{', '.join(others)} and {last}" if others else last


def _ordinal(rank: int) -> str:
    return ORDINALS.get(rank, f"{rank}th")
