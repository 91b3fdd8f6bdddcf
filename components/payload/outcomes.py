"""What became of each contestant, as JSON: its settings, verdict, events and snapshots; and where two of them part.

Knows runs and contestants; not what is drawn of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from itertools import combinations

import numpy as np

from components.payload.schema import Divergence, Outcome
from components.settings.methods import text
from optim import Contestant, Control, Experiment, Run, controls, events, snapshots, verdict, verdicts

SHARES = (0.1, 0.05, 0.01, 0.001)
THERE = 0.01
"""The one of them that counts as there until another is chosen: its steps are on view in a run of any length."""
MOST_SNAPSHOTS = 40
"""Snapshots that are listed for a contestant; of more, evenly chosen ones with the last."""


def outcome(experiment: Experiment, contestant: Contestant, run: Run) -> Outcome:
    """All that the page says of one contestant beside its numbers."""
    method, schedule, floor = contestant.optimizer, contestant.schedule, experiment.floor
    restarts = schedule.restarts(experiment.steps, experiment.steps_per_epoch)
    found = verdict(run, floor, experiment.steps_per_epoch, restarts)
    return {
        "label": run.label,
        "method": type(method).__name__,
        "schedule": type(schedule).__name__,
        "lr": float(method.lr),
        "unitless": method.unitless,
        "intuition": method.intuition,
        "settings": settings(contestant),
        "restarts": list(restarts),
        "snapshots": [[one.step, one.loss, list(one.params)] for one in listed(run, restarts)],
        "diverged": _divergence(run, found),
        "verdict": {
            "kind": found.kind, "says": words(found, restarts), "halfRange": [float(h) for h in found.half_range]
        },
        "arrival": [list(astuple(events.passage(run, floor, share))) for share in SHARES],
        "trembles": events.trembles(run, floor, found, experiment.steps_per_epoch),
        "rests": events.rests(run, floor, found, experiment.steps_per_epoch),
    }


def settings(contestant: Contestant) -> list[list[str]]:
    """Every setting of the method, the learning rate first, and then of the schedule: label and value in words."""
    parts = (contestant.optimizer, contestant.schedule)
    return [[control.label, said(control, part)] for part in parts for control in controls(type(part))]


def said(control: Control, owner: object) -> str:
    """The value of one setting of a method or schedule in words."""
    value = getattr(owner, control.name)
    if control.place is not None:
        value = value[control.place]
    return text(value)


def words(found: verdicts.Verdict, restarts: Sequence[int]) -> str:
    """The verdict with what it means, as far as it is the same for every run: the share of the starting excess loss."""
    if found.kind == "frozen":
        return f"frozen: the squared gradient is too {found.squared} for a float64"
    if found.kind != "converged":
        return found.kind
    return f"converged{' at cycle ends' if restarts else ''}: within {100 * verdicts.CONVERGED_SHARE:g} % of the start"


def listed(run: Run, restarts: Sequence[int]) -> Sequence:
    """The run's snapshots, of more than MOST_SNAPSHOTS evenly chosen ones, counted back from the last."""
    found = snapshots(run, restarts)
    every = -(-len(found) // MOST_SNAPSHOTS) or 1
    return found[::-1][::every][::-1]


def parts(runs: Mapping[str, Run]) -> list[list[int | None]]:
    """[i, j, first step at which their parameters differ] for each two contestants; None: never."""
    rows = []
    for (i, one), (j, other) in combinations(enumerate(runs.values()), 2):
        same = (one.params == other.params) | (np.isnan(one.params) & np.isnan(other.params))
        apart = ~same.all(axis=1)
        rows.append([i, j, int(apart.argmax()) if apart.any() else None])
    return rows


def named_steps(experiment: Experiment, contestant: Contestant, run: Run) -> set[int]:
    """The steps that are shown whatever else is left out: of events and of listed snapshots."""
    told = outcome(experiment, contestant, run)
    found = {told["trembles"], told["rests"], *told["arrival"][SHARES.index(THERE)], run.diverged_at}
    for end, *_ in told["snapshots"]:
        found |= {end, end + 1}  # a restart is the first step at the new rate
    return {step for step in found if step is not None and step <= experiment.steps}


def _divergence(run: Run, found: verdicts.Verdict) -> Divergence | None:
    """Where and why a run counts as diverged, or has lost its slope: the page draws it up to there."""
    if found.at is None:
        return None
    large = f"excess loss above {verdicts.DIVERGED_TIMES:,} times the start"
    reason = run.diverged_reason if found.at == run.diverged_at else None
    return {"at": found.at, "reason": reason or large}
