"""Fair race: every method as given, each at its best rate, and all at one rate; tuned on some seeds, scored on others.

Knows what may be asked and in which words the numbers are told; the race is optim's `fair_race`, and
assets/explore/race.js draws.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

import numpy as np

from components.explore.dials import Dial, dials, named
from components.explore.drawn import Drawn, drawn, spans
from components.explore.program import program, quoted
from components.explore.rate_sweep import RATES
from components.explore.starts import start_of, told
from components.explore.winners import headline
from components.question import Question
from components.settings import methods
from components.text.errors import Refused
from components.text.infinities import plain_list
from components.text.numbers import plain
from optim import Contestant, Race, fair_race
from optim.explore.statistics import quantile

TUNED_ON, SCORED_ON = tuple(range(101, 111)), tuple(range(201, 231))
WAYS = ("as given", "each at its best", "all at rate {rate}")
TUNINGS = ("rate", "more")
"""What is tuned: the rate, or the rate and one setting more."""
FEWER, VALUES = 4, 9
"""With one setting more every so many of the rates are tried, each with so many values of it, and the given one."""
BAND = (0.1, 0.9)
"""Shares of the seeds between which a spread is drawn."""


@dataclass(frozen=True)
class Asked:
    """A race as it was read: what it is of, the rates that are tried, and by label the dial that is tuned besides."""

    drawn: Drawn
    rates: tuple[float, ...]
    more: dict[str, Dial]

    @property
    def second(self) -> dict[str, tuple[str, Sequence[float]]]:
        """The latter as `fair_race` takes it."""
        return {label: (setting(label, dial), dial.values) for label, dial in self.more.items()}

    def tried(self, label: str) -> int:
        """How many settings of a method are tried."""
        return len(self.rates) * (len(self.more[label].values) if label in self.more else 1)


def race(question: Question) -> Iterator[dict]:
    """The three ways.

    about: `tune`, one of TUNINGS. The first part says what is to come: the `ways`, whether scores are `above` a floor,
    what they are at the `start`, the `seeds` that are scored, the `budget` in words, also `briefly`, of each method how
    many settings are tried; and the `program`. Each further part has all numbers, better tuned than the part before:
    the `measure` in words, up to which `tolerance` it is a tie; `medians`, `low` and `high` (ways, methods), the
    `scores` by seed, on how many a method is `lost`, `ranks` and `rates`; whether a best rate is at the `edges` of
    those that were `tried`; the `headline`, how sure that is (`says`); and each one's best settings by key (`found`).
    """
    asked = read(question)
    experiment = asked.drawn.by(TUNED_ON[0])  # whichever seed is on view
    labels = [one.label for one in experiment.contestants]
    same = experiment.contestants[0].optimizer.lr

    def races(more: Mapping[str, tuple[str, Sequence[float]]]) -> Iterator[Race]:
        return fair_race(experiment, asked.rates, more=more, same=same, tuned_on=TUNED_ON, scored_on=SCORED_ON,
                         executor=question.executor)

    soon = islice(races({}), 1 if asked.more else 0)  # rates alone are there in half the time
    scored = len(WAYS) * len(labels) * len(SCORED_ON)
    above = experiment.floor is not None
    measure = "excess loss" if above else "final loss"
    starts = [start_of(asked.drawn.by(seed), measure) for seed in SCORED_ON]
    yield {
        "count": sum(map(asked.tried, labels)) * len(TUNED_ON) + scored,
        "ways": [way.format(rate=plain(same)) for way in WAYS],
        "above": above,
        "start": told(float(np.median(starts))),
        "seeds": SCORED_ON,
        "budget": budget(asked, labels),
        "briefly": f"{seeds_of(asked)}.",
        "methods": [{"label": one.label, "tunes": tuned(asked, one)} for one in experiment.contestants],
        "program": {"file": "descent_fair_race.py", "text": program_of(asked)},
    }
    for one in chain(soon, races(asked.second)):
        yield {"done": one.runs + scored, **numbers_of(one, asked, above=above)}


def numbers_of(one: Race, asked: Asked, *, above: bool) -> dict:
    """All that a race says."""
    low, high = (quantile(np.moveaxis(one.scores, 2, 0), share) for share in BAND)
    change = one.change()
    turned, of = change.turned, change.of
    pairs = f"{turned} of {of} pair{'s' * (of != 1)} of methods change{'s' * (turned == 1)} order"
    return {
        "measure": one.measure,
        "tolerance": one.tolerance,
        "medians": plain_list(one.medians),
        "low": plain_list(low),
        "high": plain_list(high),
        "scores": [plain_list(way) for way in one.scores],
        "lost": np.count_nonzero(~np.isfinite(one.scores), axis=2).tolist(),
        "ranks": one.ranks.tolist(),
        "rates": one.rates.tolist(),
        "edges": list(one.at_edge),
        "tried": list(one.tried),
        "headline": headline(one, above=above),
        "says": f"{pairs}; {change.low} to {change.high} in 95 of 100 draws of the {len(one.scored_on)} seeds."
                if of else "",
        "found": [found(asked, each) for each in one.contestants[1]],
    }


# ---- what is asked ---------------------------------------------------------------------------------------------------


def read(question: Question) -> Asked:
    """The race that is asked for; Refused where there is none."""
    tune = question.about.get("tune", "rate")
    if tune not in TUNINGS:
        raise Refused(f"What is tuned is the {' or '.join(TUNINGS)}.")
    one = drawn(question)
    if tune == "rate":
        return Asked(one, RATES, {})
    found = [(each, second(question, each, place)) for place, each in enumerate(one.experiment.contestants)]
    return Asked(one, RATES[::FEWER], {each.label: dial for each, dial in found if dial})


def second(question: Question, one: Contestant, place: int) -> Dial | None:
    """The setting that is tuned besides the rate: a memory, or else the first number that the method has; its values
    are spread over its slider, the given one among them."""
    known = dials(question.parsed, question.experiment, place, VALUES)
    own = {key: control for key, control in methods.keys(type(one.optimizer).__name__, "Constant").items()
           if key != "lr" and key in known and not key.startswith("schedule.")}
    key = next((key for key, control in own.items() if control.scale == "memory"), next(iter(own), None))
    if key is None:
        return None
    return replace(known[key], values=tuple(sorted({*known[key].values, value_of(one, own[key].name, own[key].place)})))


def value_of(one: Contestant, name: str, place: int | None) -> float:
    """What a method's setting is."""
    value = getattr(one.optimizer, name)
    return float(value if place is None else value[place])


def setting(label: str, dial: Dial) -> str:
    """A dial's name without its method's."""
    return dial.name.removeprefix(f"{named(label)}.")


# ---- in words --------------------------------------------------------------------------------------------------------


def tuned(asked: Asked, one: Contestant) -> str:
    """What is tuned of a method, and how many settings are tried."""
    dial = asked.more.get(one.label)
    besides = f" by {len(dial.values)} of {dial.label.lower()}" if dial else ""
    return f"{len(asked.rates)} rates{besides}"


def seeds_of(asked: Asked) -> str:
    """On which seeds rates are tuned and scored."""
    return f"Tuned on {asked.drawn.word} {spans(TUNED_ON)}, scored on {spans(SCORED_ON)}"


def budget(asked: Asked, labels: Sequence[str]) -> str:
    """The same, and how many settings are tried."""
    runs = sum(map(asked.tried, labels)) * len(TUNED_ON)
    besides = ", by some values of one setting more where a method has one" if asked.more else ""
    return f"{seeds_of(asked)}: {len(asked.rates)} rates a method{besides}; {runs:,} runs of tuning."


def found(asked: Asked, best: Contestant) -> dict[str, float]:
    """A method's best settings by their keys in the form's list of methods."""
    dial = asked.more.get(best.label)
    if not dial:
        return {"lr": best.optimizer.lr}
    name, _, place = setting(best.label, dial).rstrip("]").partition("[")
    return {"lr": best.optimizer.lr, dial.key: value_of(best, name, int(place) if place else None)}


def program_of(asked: Asked) -> str:
    """The same in `optim` alone: prints the sentence, and a line for each way and method."""
    every = f"0, {len(RATES)}, {FEWER}" if len(asked.rates) < len(RATES) else f"{len(RATES)}"
    second = [f"    {quoted(label)}: ({quoted(name)}, {list(values)!r})," for label, (name, values) in
              asked.second.items()]
    body = [
        f"rates = [float(f\"{{10 ** (k / 40 - 5):.4g}}\") for k in range({every})]",
        *(["more = {", *second, "}"] if second else []),
        "*_, race = fair_race(",
        f"    experiment, rates, {'more=more, ' if second else ''}"
        f"tuned_on=range({TUNED_ON[0]}, {TUNED_ON[-1] + 1}), scored_on=range({SCORED_ON[0]}, {SCORED_ON[-1] + 1}),",
        ")",
        "print(race.sentence)",
        "ways = \"as given\", \"each at its best\", \"all at one rate\"",
        "for way, rates, medians in zip(ways, race.rates, race.medians):",
        "    for label, rate, median in zip(race.labels, rates.tolist(), medians.tolist()):",
        "        print(f\"{way}: {label} at the rate {rate!r}: {median!r}\")",
    ]
    return program("A fair race: each method as given, at its best rate, and all at one rate.",
                   asked.drawn.by(TUNED_ON[0]), body, ["fair_race"])
