"""Challenges: a goal that some settings are to reach, and whether they do. It says what is missing, never the answer.

A goal is a few conditions on a run (CONDITIONS) and, with `largest` or `smallest`, that they no longer hold beyond it.
Knows experiments and runs; not how the page asks (assets/drawers/lessons/lesson.js).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from components.lessons.schema import Broken, shaped
from components.settings import problems
from components.settings.parsing import Parsed
from components.settings.table import SETTINGS, SLIDERS, Setting
from components.text.errors import Refused
from optim import Experiment, Run, arrival, train, verdict

Resolve = Callable[[Mapping[str, Any], str], Parsed]
"""Reads the lesson's values with these changes; the text says where they stand."""
Train = Callable[[Experiment], Mapping[str, Run]]

FARTHER = (1.1, 1.25, 1.5, 2.0, 4.0, 8.0)
"""Beyond `within` these multiples are tried too, so that no island of the goal passes for its edge."""

GOAL = {
    "text": str, "passed": str, "values": (dict, {}), "change": [str], "meets": [dict], "largest": (str, None),
    "smallest": (str, None), "within": (float, 0.0), "solution": dict, "near_miss": dict, "panels": ([str], []),
}
ARRIVAL = {"share": float, "by": int}
CONDITIONS: dict[str, Any] = {
    "verdict": (str, None),
    "ends_below": (float, None),
    "reaches": (dict, None),
    "stays": (dict, None),
    "before": (dict, None),
    "below": (dict, None),
    "swing": (dict, None),
    "follows": (dict, None),
    "restarts": (int, None),
}
"""What may be asked of a method's run: its verdict; the excess loss at the end as a share of the start's; the step of
its arrival, or from which it stays; that it stays from an earlier step than another method; that its loss ends so many
times lower than that of another; how far a parameter still moves, from lowest to highest; whose path it takes; how
often its rate restarts."""
INNER = {
    "reaches": ARRIVAL,
    "stays": ARRIVAL,
    "before": {"method": str, "share": float},
    "below": {"method": str, "times": float},
    "swing": {"parameter": str, "epochs": int, "below": float},
    "follows": {"method": str, "within": float},
}


@dataclass(frozen=True)
class Challenge:
    """values: what differs from the lesson's own; change: the settings that may be moved; meets: tables of conditions
    by method; edge: 1 where the largest value of `setting` is asked for, -1 where the smallest is, else 0, and the
    setting is ""; within: how far off it may be, as a share. passed: what is said then. solution and near_miss: changes
    that pass and that fail. panels: those that the page shows for it, none where they stay.
    """

    text: str
    passed: str
    values: Mapping[str, Any]
    change: tuple[str, ...]
    meets: tuple[Mapping[str, Any], ...]
    edge: int
    setting: str
    within: float
    solution: Mapping[str, Any]
    near_miss: Mapping[str, Any]
    panels: tuple[str, ...]
    resolve: Resolve


def read(table: dict, resolve: Resolve) -> Challenge:
    """The challenge of a lesson's file; Broken where it cannot be judged."""
    given = shaped(table, GOAL, "challenge")
    base = resolve(given["values"], "challenge: values")
    for key in given["change"]:
        if key not in SETTINGS:
            raise Broken(f"challenge: change: there is no setting “{key}”")
    edge = (given["largest"] is not None) - (given["smallest"] is not None)
    setting = given["largest"] or given["smallest"] or ""
    if setting and (setting not in SLIDERS or setting not in given["change"] or not edge):
        raise Broken(f"challenge: “{setting}” has no largest or smallest value that may be looked for")
    for name in ("solution", "near_miss"):
        if stranger := sorted(given[name].keys() - set(given["change"])):
            raise Broken(f"challenge: {name}: {stranger[0]} may not change")
        resolve({**given["values"], **given[name]}, f"challenge: {name}")
    meets = tuple(_conditions(one, base.required) for one in given["meets"])
    if not meets:
        raise Broken("challenge: meets is empty")
    return Challenge(
        given["text"], given["passed"], given["values"], tuple(given["change"]), meets, edge, setting,
        given["within"], given["solution"], given["near_miss"], tuple(given["panels"]), resolve)


def judge(challenge: Challenge, parsed: Parsed, train: Train = train) -> dict[str, Any]:
    """{"passed", "says"} for some settings; raises Refused where they are no experiment, or not the challenge's."""
    if parsed.experiment is None:
        raise Refused(next(iter(parsed.errors.values())))
    base = challenge.resolve(challenge.values, "challenge: values")
    if strangers := _strangers(challenge, base, parsed):
        raise Refused(f"Not as in the challenge: {strangers}. Press “Set up the challenge” to begin there.")
    if fault := _fault(challenge, parsed.experiment, train):
        return {"passed": False, "says": fault}
    if challenge.edge and any(_holds(challenge, parsed, value, train) for value in _beyond(challenge, parsed)):
        way, label = ("larger", "upwards") if challenge.edge > 0 else ("smaller", "downwards")
        return {"passed": False, "says": f"This works, but a {way} value works too: go on {label}."}
    return {"passed": True, "says": challenge.passed}


def _strangers(challenge: Challenge, base: Parsed, parsed: Parsed) -> str:
    """The settings that differ and may not, as "Noise, Epochs"; "" for none."""
    idle = problems.unused(parsed.values, parsed.problem, own_data=parsed.points is not None)
    found = [SETTINGS[key].label for key, value in base.values.items()
             if key not in (*challenge.change, *idle, "points") and parsed.values[key] != value]
    if parsed.points != base.points or parsed.values["points"] != base.values["points"]:
        found.append(SETTINGS["points"].label)
    if parsed.methods.methods != base.methods.methods:
        found.append("the list of methods")
    return ", ".join(found)


def _beyond(challenge: Challenge, parsed: Parsed) -> list[float]:
    """Values of the setting beyond its own, the nearest first: by `within` and by more."""
    setting, value = SLIDERS[challenge.setting], parsed.values[challenge.setting]
    if value is None:
        return []
    factors = (1 + challenge.within, *(one for one in FARTHER if one > 1 + challenge.within))
    found = [_moved(setting, value, factor, challenge.edge) for factor in factors]
    return [one for one in found if setting.scale.low <= one <= setting.scale.high]


def _moved(setting: Setting, value: float, factor: float, edge: int) -> float:
    """The value so many times larger (edge 1) or smaller; of a memory, beta, that is 1 / (1 - beta)."""
    if setting.scale.high < 1:
        return 1 - (1 - value) / factor**edge
    moved = value * factor**edge
    return value + edge * max(1, round(abs(moved - value))) if setting.whole else moved


def _holds(challenge: Challenge, parsed: Parsed, value: float, train: Train) -> bool:
    changes = {key: parsed.values[key] for key in challenge.change} | {challenge.setting: value}
    return not _fault(challenge, challenge.resolve({**challenge.values, **changes}, "challenge").required, train)


# ---- conditions: each is a function that says what is missing, "" where nothing is ----------------------------------


def _conditions(table: dict, experiment: Experiment) -> dict[str, Any]:
    """A table of `meets`: its method, and the conditions that it names."""
    given = shaped(table, {"method": str, **CONDITIONS}, "challenge: meets")
    found = {key: value for key, value in given.items() if value is not None}
    for key in found.keys() & INNER:
        found[key] = shaped(found[key], INNER[key], f"challenge: meets: {key}")
    labels = [one.label for one in experiment.contestants]
    for label in _labels(found):
        if label not in labels:
            raise Broken(f"challenge: meets: there is no method “{label}”")
    parameter = found.get("swing", {}).get("parameter")
    if parameter and parameter not in experiment.resolved_model.parameter_names:
        raise Broken(f"challenge: meets: there is no parameter “{parameter}”")
    if len(found) == 1:
        raise Broken(f"challenge: meets: nothing is asked of {found['method']}")
    return found


def _labels(conditions: Mapping[str, Any]) -> list[str]:
    others = [conditions[key]["method"] for key in ("before", "below", "follows") if key in conditions]
    return [conditions["method"], *others]


def _fault(challenge: Challenge, experiment: Experiment, train: Train = train) -> str:
    """What the run of an experiment lacks, in one sentence; "" where it meets all conditions."""
    labels = {label for conditions in challenge.meets for label in _labels(conditions)}
    runs = train(replace(experiment, contestants=tuple(one for one in experiment.contestants if one.label in labels)))
    for conditions in challenge.meets:
        judged = _Judged(experiment, runs, conditions["method"])
        for name, asked in conditions.items():
            if name != "method" and (fault := getattr(judged, name)(asked)):
                return fault
    return ""


@dataclass(frozen=True)
class _Judged:
    """The run of one method, asked for each condition by its name."""

    experiment: Experiment
    runs: Mapping[str, Run]
    label: str

    @property
    def run(self) -> Run:
        return self.runs[self.label]

    def _share(self, share: float) -> str:
        """A share of what was there at the start, in words."""
        return f"{100 * share:g} % of the starting {'height' if self.experiment.data is None else 'loss'}"

    def _restarts(self) -> tuple[int, ...]:
        schedule = next(one.schedule for one in self.experiment.contestants if one.label == self.label)
        return tuple(schedule.restarts(self.experiment.steps, self.experiment.steps_per_epoch))

    def verdict(self, kind: str) -> str:
        found = verdict(self.run, self.experiment.floor, self.experiment.steps_per_epoch, self._restarts()).kind
        return "" if found == kind else f"The verdict on {self.label} is “{found}”; it should be “{kind}”."

    def ends_below(self, share: float) -> str:
        floor = self.experiment.floor or 0.0
        first, last = self.run.losses[[0, -1]] - floor
        if last < share * first:  # False where it has diverged
            return ""
        if share == 1 or not np.isfinite(last):
            return f"The loss of {self.label} does not end below where it started."
        return f"The loss of {self.label} ends at {last + floor:.2g}; less than {share * first + floor:.2g} is wanted."

    def reaches(self, asked: Mapping[str, float]) -> str:
        return self._arrives(asked, 0, "is at")

    def stays(self, asked: Mapping[str, float]) -> str:
        return self._arrives(asked, 1, "stays within")

    def _arrives(self, asked: Mapping[str, float], which: int, verb: str) -> str:
        at = arrival(self.run, self.experiment.floor, asked["share"])[which]
        if at is not None and at <= asked["by"]:
            return ""
        if at is None:
            return f"{self.label} never {verb} {self._share(asked['share'])}."
        return f"{self.label} {verb} {self._share(asked['share'])} from step {at:,}; step {asked['by']:,} is wanted."

    def before(self, asked: Mapping[str, Any]) -> str:
        other, share, floor = asked["method"], asked["share"], self.experiment.floor
        mine, theirs = (arrival(self.runs[one], floor, share)[1] for one in (self.label, other))
        if mine is not None and (theirs is None or mine < theirs):
            return ""
        here, there = (f"from step {at:,}" if at is not None else "never" for at in (mine, theirs))
        return f"{self.label} stays within {self._share(share)} {here}, {other} {there}."

    def below(self, asked: Mapping[str, Any]) -> str:
        other, times = asked["method"], asked["times"]
        mine, theirs = (float(self.runs[one].losses[-1]) for one in (self.label, other))
        if np.isfinite(mine) and not times * mine > theirs:  # NaN, where the other has diverged, is not less
            return ""
        here, there = (f"ends at {loss:.3g}" if np.isfinite(loss) else "diverges" for loss in (mine, theirs))
        return f"The loss of {self.label} {here}, that of {other} {there}: {times:g} times lower is wanted."

    def swing(self, asked: Mapping[str, Any]) -> str:
        place = self.experiment.resolved_model.parameter_names.index(asked["parameter"])
        rows = asked["epochs"] * self.experiment.steps_per_epoch
        moves = float(np.ptp(self.run.params[-rows:, place]))
        if moves < asked["below"]:  # False for NaN, where it has diverged
            return ""
        span = "the last epoch" if asked["epochs"] == 1 else f"the last {asked['epochs']} epochs"
        what = f"{self.label}\u2019s {asked['parameter']}"
        return f"{what} still moves by {moves:.3g} in {span}; it should be less than {asked['below']:g}."

    def follows(self, asked: Mapping[str, Any]) -> str:
        other = self.runs[asked["method"]].params
        off = np.abs(self.run.params - other).max() / np.ptp(other, axis=0).max()
        if off <= asked["within"]:  # False for NaN
            return ""
        return f"{self.label} leaves the path of {asked['method']}: the two are not yet the same line in Landscape."

    def restarts(self, asked: int) -> str:
        found = len(self._restarts())
        return "" if found == asked else f"Restarts: {found} instead of {asked}."
