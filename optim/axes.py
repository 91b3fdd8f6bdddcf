"""Axis: one setting that takes several values, by its name: a contestant's or the experiment's.

Knows where the setting lies and makes the experiments and contestants that have it; orders nothing and trains nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from optim.contestants import Contestant
from optim.data import Generated
from optim.experiment import Experiment
from optim.fields import Settings, brief, is_numeric, single
from optim.parameters import vector

ALL = "*"
"""In place of a contestant's label: all that have the setting."""
PLACE = re.compile(r"(.*?)(?:\[(\d+)\])?")


@dataclass(frozen=True)
class Axis:
    """A setting's name and its values, checked against an experiment.

    "SGD.lr", "Adam.betas[1]": of the contestant with that label, of its method or else of its schedule; "*.lr": of all
    that have it. "data.seed", "data.noise", "data.size": of generated data; "batch_size", "epochs", "start[0]",
    "true_params[1]" and so on: of the experiment. A number of the start is put into the start that the other settings
    lead to, which a seed may draw. ValueError, with a sentence, for a name that is none of these, and
    for values that are none or that the setting does not take.
    """

    name: str
    values: Any
    experiment: Experiment = field(repr=False)

    def __post_init__(self) -> None:
        if isinstance(self.values, str) or not isinstance(self.values, Iterable):
            raise ValueError(f"the values of {self.name} must be a sequence, not {brief(self.values)}")
        object.__setattr__(self, "values", tuple(single(value) for value in self.values))
        if not self.values:
            raise ValueError(f"{self.name} must have at least one value")
        if not self.of_contestants:
            self._check_experiment()
            for value in self.values:
                self.start(value) if self.is_start else self.change(self.experiment, value)
        else:
            self._check_contestants()

    @cached_property
    def _parts(self) -> tuple[str, str, int | None]:
        """Whose setting, which, and which number of it: "betas[1]" of "Adam"."""
        found = PLACE.fullmatch(self.name)
        path, place = found.groups() if found else (self.name, None)
        owner, _, setting = path.rpartition(".")
        return owner, setting, None if place is None else int(place)

    @property
    def of_contestants(self) -> bool:
        """Whether it is a contestant's setting, and not the experiment's."""
        owner, setting, _ = self._parts
        return bool(owner) and not (owner == "data" and setting in Generated.__dataclass_fields__)

    @property
    def is_start(self) -> bool:
        """Whether it is one number of the start, which lanes of one experiment may each have for themselves."""
        owner, setting, place = self._parts
        return not owner and setting == "start" and place is not None

    @property
    def place(self) -> int | None:
        """Which number of a setting that has several, or None."""
        return self._parts[2]

    def touches(self, contestant: Contestant) -> bool:
        """Whether the setting is one of this contestant's."""
        owner, setting, _ = self._parts
        parts = contestant.optimizer, contestant.schedule
        return owner == contestant.label or (
            owner == ALL and any(setting in part.__dataclass_fields__ for part in parts))

    def of_schedule(self, contestant: Contestant) -> bool:
        """Whether it is a setting of that contestant's schedule."""
        return (self.of_contestants and self.touches(contestant)
                and self._parts[1] not in contestant.optimizer.__dataclass_fields__)

    def of_rule(self, contestant: Contestant) -> bool:
        """Whether it is a switch or a choice of that contestant's method, so that its values make different rules."""
        found = contestant.optimizer.__dataclass_fields__.get(self._parts[1])
        return self.of_contestants and self.touches(contestant) and found is not None and not is_numeric(found)

    def _check_experiment(self) -> None:
        owner, setting, place = self._parts
        if owner == "data":
            if not isinstance(self.experiment.data, Generated):
                raise ValueError(f"{self.name} is a setting of generated data, of which the experiment has none")
        elif setting not in {one.name for one in fields(Experiment)} - {"model", "data", "contestants"}:
            raise ValueError(f"{self.name} is neither a setting of the experiment nor a contestant's, as SGD.lr is")
        elif place is not None and place >= _length(getattr(self.experiment, setting)):
            raise ValueError(f"{self.name} is not there: {setting} is {brief(getattr(self.experiment, setting))}")

    def _check_contestants(self) -> None:
        owner, labels = self._parts[0], [one.label for one in self.experiment.contestants]
        if owner not in (ALL, *labels):
            raise ValueError(f"{self.name} names no contestant: they are {', '.join(labels)}")
        touched = [one for one in self.experiment.contestants if self.touches(one)]
        if not touched:
            raise ValueError(f"{self.name} is a setting of no contestant")
        for one in touched:
            for value in self.values:
                self.vary(one, value)

    def start(self, value: Any) -> float:
        """One number of the start, as a plain float."""
        return vector(self.name, (value,))[0]

    def change(self, experiment: Experiment, value: Any) -> Experiment:
        """The experiment with this value of a setting of its own."""
        owner, setting, place = self._parts
        if owner == "data":
            return replace(experiment, data=_changed(experiment.data, setting, place, value))
        return _changed(experiment, setting, place, value)

    def vary(self, contestant: Contestant, value: Any) -> Contestant:
        """The contestant with this value of a setting that its method has, or else its schedule."""
        _, setting, place = self._parts
        of_method = setting in contestant.optimizer.__dataclass_fields__
        part = "optimizer" if of_method else "schedule"
        return _with(contestant, part, _changed(getattr(contestant, part), setting, place, value))


def _length(value: Any) -> int:
    return len(value) if isinstance(value, tuple) else 0


def _changed(one: Any, setting: str, place: int | None, value: Any) -> Any:
    """The object with another value of a setting, or of one number of it; checked as the object itself would."""
    if setting not in one.__dataclass_fields__:
        raise ValueError(f"{setting} is no setting of {type(one).__name__}")
    if place is not None:
        numbers = getattr(one, setting)
        if place >= _length(numbers):
            raise ValueError(f"{setting}[{place}] is not there: {setting} is {brief(numbers)}")
        value = (*numbers[:place], value, *numbers[place + 1:])
    kind = one.__dataclass_fields__[setting].metadata.get("kind")
    if kind is None or type(one).__post_init__ is not Settings.__post_init__:
        return replace(one, **{setting: value})
    return _with(one, setting, kind.check(setting, value))  # what the constructor does, ten times as fast


def _with(one: Any, setting: str, value: Any) -> Any:
    made = object.__new__(type(one))  # what copy.copy does, ten times as fast
    vars(made).update(vars(one))
    vars(made)[setting] = value
    return made
