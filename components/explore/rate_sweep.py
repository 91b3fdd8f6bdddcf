"""Rate sweep: what every method comes to at many learning rates; its best one, and where it diverges.

Knows what may be asked and how a curve is read; the runs are optim's `sweep`, and assets/explore/sweep.js draws.
"""

from collections.abc import Iterator
from concurrent.futures import Executor

import numpy as np

from components.explore.program import program, quoted
from components.explore.starts import start_of, told
from components.question import Question
from components.text.errors import Refused
from components.text.infinities import plain_list
from optim import MEASURES, Constant, Contestant, Experiment, sweep
from optim.theory import Inapplicable, stable_rate

RATES = tuple(float(f"{10 ** (k / 40 - 5):.4g}") for k in range(241))
"""From 1e-5 to 10, as the sliders reach, 40 to a factor of 10: a rate is 6 % larger than the one before."""
COARSE = 8
"""Every so many of them come first."""
ROUNDED = 1e-16
"""Share of what a run starts at, up to which what it ends at above a floor is rounding."""
ENDS = {"end": ("excess loss", "final loss"), "best": ("best excess", "best loss")}
"""What is measured: above the floor, and where none is known."""


def rate_sweep(question: Question) -> Iterator[dict]:
    """The curves of all methods.

    about: `of`, one of ENDS. The first part says what is to come: `of` numbers, the `rates`, `measure` in words,
    whether it is `above` a floor, what it was at the `start`, of each method theory's `edge`, None with the sentence
    `why` where there is none; and the `program` that repeats it. Each further part has how many are `done`, `places`
    among the rates, their `values`, a row a method, and what the curves of all parts so far say: see `reading`.
    """
    experiment, end = question.experiment, question.about.get("of", "end")
    if end not in ENDS:
        raise Refused(f"A sweep is of the {' or the '.join(ENDS)}.")
    measure = ENDS[str(end)][experiment.floor is None]
    yield {
        "count": len(RATES) * len(experiment.contestants),
        "rates": RATES,
        "measure": MEASURES[measure].label,
        "above": experiment.floor is not None,
        "start": told(start_of(experiment, measure)),
        "methods": [{"label": one.label, **theory_of(experiment, one)} for one in experiment.contestants],
        "program": {"file": "descent_rate_sweep.py", "text": program_of(experiment, measure)},
    }
    done = 0
    for places, found, readings in curves(experiment, measure, question.executor):
        done += len(places) * len(found)
        yield {"done": done, "places": places.tolist(), "values": plain_list(found[:, places]), "readings": readings}


def curves(
    experiment: Experiment, measure: str, executor: Executor | None
) -> Iterator[tuple[np.ndarray, np.ndarray, list[dict]]]:
    """Some of the rates, then the others: their places, what is known of all by then, and each method's `reading`."""
    start, tie = start_of(experiment, measure), 0.0 if experiment.floor is None else ROUNDED
    found = np.full((len(experiment.contestants), len(RATES)), np.nan)
    known = np.zeros(len(RATES), dtype=bool)
    every = np.arange(len(RATES))
    for places in (every[::COARSE], every[every % COARSE > 0]):
        *_, grid = sweep(experiment, {"*.lr": [RATES[place] for place in places]}, measure, executor)
        found[:, places], known[places] = grid.values, True
        yield places, found, [reading(values, known, start, tie) for values in found]


def reading(values: np.ndarray, known: np.ndarray, start: float, tie: float = ROUNDED) -> dict:
    """What a curve says, by places among the rates: {"best", "edge"}.

    best: the rate with the lowest number; numbers up to the share `tie` of the start's are equal, and of several
    neighbours that tie it is the middle one, the farthest from an edge. edge: the last one from there on upwards before
    a run ends above the start or diverges; None where none does. Both None where no run ends below the start.
    """
    places = np.flatnonzero(known)
    sound = values[places] <= start  # NaN is not
    if not sound.any():
        return {"best": None, "edge": None}
    told = np.maximum(np.where(sound, values[places], np.inf), tie * start)
    first = int(np.argmin(told))
    others = np.flatnonzero(told[first:] > told[first])
    best = first + ((int(others[0]) if others.size else len(told) - first) - 1) // 2
    worse = np.flatnonzero(~sound[best:])
    return {"best": int(places[best]), "edge": int(places[best + worse[0] - 1]) if worse.size else None}


def theory_of(experiment: Experiment, one: Contestant) -> dict:
    """The largest stable rate as theory has it: {"edge", "why"}."""
    if not isinstance(one.schedule, Constant):
        return {"edge": None, "why": "The rule is of constant rates."}
    try:
        return {"edge": stable_rate(experiment, one.optimizer), "why": ""}
    except Inapplicable as reason:
        return {"edge": None, "why": str(reason)}


def program_of(experiment: Experiment, measure: str) -> str:
    """The same in `optim` alone: prints each method's best rate, and every number."""
    return program(f"{MEASURES[measure].label} of every method at {len(RATES)} learning rates.", experiment,
                   [*best_rates(measure), "    print(*values.tolist())"], ["sweep"])


def best_rates(measure: str) -> list[str]:
    """The lines of a program that sweep the rates, and print each method's best one."""
    return [
        f"rates = [float(f\"{{10 ** (k / 40 - 5):.4g}}\") for k in range({len(RATES)})]",
        f"*_, grid = sweep(experiment, {{\"*.lr\": rates}}, {quoted(measure)})",
        "for label, values in zip(grid.coords[\"contestant\"], grid.values):",
        "    best = min((value, rate) for value, rate in zip(values.tolist(), rates) if value == value)",
        "    print(f\"{label}: {best[0]!r} at the rate {best[1]!r}\")",
    ]
