"""The text form of an experiment: JSON with sorted keys, no spaces and no defaults left out but the names of columns.

It is what caches, links and files know an experiment by. Reading trusts nothing: any text is an experiment's settings
or a ValueError that says what is wrong.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from optim.contestants import Contestant
from optim.data import UNNAMED, Dataset, Generated, Standardised
from optim.fields import brief
from optim.optimizers import OPTIMIZERS
from optim.schedules import SCHEDULES

DATA = {kind.__name__: kind for kind in (Generated, Dataset, Standardised)}


def write(settings: Mapping[str, Any]) -> str:
    """The JSON text of an experiment's settings. ValueError for a method or schedule that is not registered."""
    plain = dict(settings)
    if "data" in settings:
        plain["data"] = _plain(settings["data"], DATA)
        if plain["data"]["name"] == Dataset.__name__ and settings["data"].names == UNNAMED:
            del plain["data"]["names"]  # so that a text of points alone stays what links and files know it by
    plain["contestants"] = [
        {
            "label": one.label,
            "optimizer": _plain(one.optimizer, OPTIMIZERS),
            "schedule": _plain(one.schedule, SCHEDULES),
        }
        for one in settings["contestants"]
    ]
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), allow_nan=False)


def read(text: str) -> dict[str, Any]:
    """The settings in such a text, of which any may be missing; ValueError where there are none to read."""
    try:
        plain = json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"an experiment must be JSON: {error}") from None
    settings = _mapping("an experiment", plain)
    if "data" in settings:
        settings["data"] = _made("data", settings["data"], DATA)
    if "contestants" in settings:
        if not isinstance(settings["contestants"], list):
            raise ValueError(f"contestants must be a list, not {brief(settings['contestants'])}")
        settings["contestants"] = [_contestant(one) for one in settings["contestants"]]
    return settings


def call(kind: Any, settings: Mapping[str, Any]) -> Any:
    """`kind(**settings)`, with a ValueError for a setting that it has not, or that is missing."""
    unknown = settings.keys() - {setting.name for setting in fields(kind)}
    if unknown:
        raise ValueError(f"{kind.__name__} has no setting {', '.join(map(repr, sorted(unknown)))}")
    try:
        return kind(**settings)
    except TypeError as error:
        raise ValueError(f"{kind.__name__}: {error}") from None


def _plain(one: Any, registry: Mapping[str, type]) -> dict[str, Any]:
    kind = type(one)
    name = kind.__name__
    if registry.get(name) is not kind:
        raise ValueError(f"{name} is not registered, so this experiment has no text form")
    values = {setting.name: getattr(one, setting.name) for setting in fields(kind)}
    return {"name": name} | {
        key: value.tolist() if isinstance(value, np.ndarray) else value for key, value in values.items()
    }


def _mapping(what: str, plain: object) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise ValueError(f"{what} must be a JSON object, not {brief(plain)}")
    return plain


def _made(what: str, plain: object, registry: Mapping[str, type]) -> Any:
    settings = _mapping(what, plain)
    name = settings.pop("name", None)
    if not isinstance(name, str) or name not in registry:
        raise ValueError(f"{what} must have a name out of {', '.join(registry)}, not {brief(name)}")
    return call(registry[name], settings)


def _contestant(plain: object) -> Contestant:
    settings = _mapping("a contestant", plain)
    for key, registry in (("optimizer", OPTIMIZERS), ("schedule", SCHEDULES)):
        if key in settings:
            settings[key] = _made(key, settings[key], registry)
    return call(Contestant, settings)
