"""A program that repeats an exploration with the package `optim` alone: the experiment spelled out, then a few lines.

Made of an Experiment and text; executes nothing, and knows no page.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from typing import Any

import numpy as np

import optim
from optim import Experiment, Surface
from optim.problems import reader_of

WIDTH = 100
TYPED = "import components.formulas.custom  # reads functions that somebody has typed"


def program(title: str, experiment: Experiment, body: Sequence[str], uses: Iterable[str] = ()) -> str:
    """The program: a title, the imports of `optim` that it needs, `uses` among them, the experiment, and the body."""
    spelled = _experiment(experiment)
    text = "\n".join((spelled, *body))
    names = sorted({"Experiment", *uses, *(name for name in optim.__all__ if re.search(rf"\b{name}\(", text))})
    imports = f"from optim import {', '.join(names)}"
    if len(imports) > WIDTH:
        imports = "\n".join(["from optim import (", *(f"    {name}," for name in names), ")"])
    typed = isinstance(experiment.model, str) and reader_of(experiment.model) is not None
    head = [f'"""{title}"""', "", *([TYPED] if typed else []), imports, "", spelled]
    return "\n".join([*head, *body]) + "\n"


def wrapped(name: str, values: Iterable[object]) -> list[str]:
    """`name = [...]`, in lines that are not too long."""
    lines, line = [f"{name} = ["], "   "
    for value in values:
        word = f" {value!r},"
        if len(line + word) > WIDTH:
            lines.append(line)
            line = "   "
        line += word
    return [*lines, line, "]"]


def _experiment(experiment: Experiment) -> str:
    """`experiment = Experiment(...)`: whatever its result depends on, but for what it would be anyway."""
    lines = []
    for one in fields(experiment):
        value = getattr(experiment, one.name)
        if one.name == "contestants" or _idle(experiment, one.name):
            continue
        lines.append(f"    {one.name}={_value(value)},")
    lines += ["    contestants=["]
    for each in experiment.contestants:
        schedule = _value(each.schedule)
        lines.append(f"        Contestant({quoted(each.label)}, {_value(each.optimizer)}"
                     f"{'' if schedule == 'Constant()' else f', {schedule}'}),")
    return "\n".join(["experiment = Experiment(", *lines, "    ],", ")"])


def _idle(experiment: Experiment, name: str) -> bool:
    """Whether a setting makes no difference to the result, or is as it would be."""
    if isinstance(experiment.resolved_model, Surface) and name in (
            "true_params", "data", "batch_size", "shuffle", "reduction"):
        return True
    if name == "seed":
        return experiment.effective_seed is None
    if name == "true_params":
        return not experiment.true_params
    usual = {"gradient_noise": 0.0, "shuffle": False, "reduction": "mean", "coordinates": "together"}
    return name in usual and getattr(experiment, name) == usual[name]


def _value(value: Any) -> str:
    """A value as Python spells it: objects of `optim` by their settings that are not the usual ones."""
    if isinstance(value, np.ndarray):
        return repr(value.tolist())
    if type(value).__name__ in optim.__all__:
        said = {one.name: getattr(value, one.name) for one in fields(value)
                if one.default is MISSING or not _same(getattr(value, one.name), one.default)}
        return f"{type(value).__name__}({', '.join(f'{name}={_value(each)}' for name, each in said.items())})"
    if isinstance(value, str):
        return quoted(value)
    return repr(int(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def quoted(text: str) -> str:
    """A text as Python spells it, in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def _same(one: Any, other: Any) -> bool:
    return bool(np.array_equal(one, other)) if isinstance(one, np.ndarray) else bool(one == other)
