"""Best: a method's best constant settings, what one may expect of them, and what a button sets.

Every number is optim.theory's. Knows one case and the bounds of its settings; no page.
"""

import math
from collections.abc import Iterator, Mapping

from components.settings.methods import keys
from components.settings.table import SLIDERS
from components.text.numbers import brief
from components.theory.case import SLIDER, Case
from components.theory.formulas import BEST, latex
from components.theory.quadratic import row
from components.theory.wording import leaves
from optim import Momentum, Nesterov, theory

WORDS = {"lr": "rate", "beta": "beta"}
DIGITS = 4
"""Of the best settings in words. Those that are set have all their digits: so near the edge a rounded pair diverges."""


def best_settings(case: Case) -> dict | None:
    """A row on the best constant settings with their numbers, and what a button sets; None where there are none."""
    optimizer = case.optimizer
    if isinstance(optimizer, Momentum):
        best_pair = theory.best_nesterov if isinstance(optimizer, Nesterov) else theory.best_momentum
        best = best_pair(case.descended, optimizer.form)
    else:
        best = theory.best_rate(case.descended)
    if not (math.isfinite(best.lr) and (best.beta is None or best.beta < 1)):
        return None  # the bowl is so narrow that the pair is no pair of floats
    numbers = {"lr": best.lr} if best.beta is None else {"lr": best.lr, "beta": best.beta}
    words = ", ".join(f"{WORDS[key]} {brief(value, DIGITS)}" for key, value in numbers.items())
    what = "rate" if best.beta is None else "pair"
    told = row(f"Best {what}", words, f"No other constant {what} is faster with all points in each batch: "
               f"{leaves('a step', best.shrinkage, best.lost)}, in the long run.",
               latex(BEST, case.optimizer, case.experiment))
    return {**told, **numbers, "shrinkage": best.shrinkage, "sets": _sets(case, numbers)}


def _sets(case: Case, numbers: Mapping[str, float]) -> dict | None:
    """{"settings", "own"}: what to set in the form and for the method alone; None where a setting does not reach.

    The method leaves the shared slider where another that follows it would diverge at the rate, or its betas would
    change.
    """
    form, controls = case.form[case.place], keys(type(case.optimizer).__name__, "Constant")
    follows = {key: form[key]["follows"] for key in numbers}
    if follows[SLIDER] and not _harmless(case, numbers["lr"]):
        follows = dict.fromkeys(follows)
    for key, value in numbers.items():
        scale = SLIDERS[follows[key]].scale if follows[key] else None
        low, high = (scale.low, scale.high) if scale else (controls[key].low, controls[key].high)
        if not (low or 0) <= value <= (math.inf if high is None else high):
            return None
    batch = {} if case.whole else {"batch": case.experiment.points.size}
    return {
        "settings": {follows[key]: value for key, value in numbers.items() if follows[key]} | batch,
        "own": {key: value for key, value in numbers.items() if not follows[key]},
        "says": "; ".join([*_said(case, numbers, follows), *(f"batch size {size}" for size in batch.values())]),
    }


def _said(case: Case, numbers: Mapping[str, float], follows: Mapping[str, str | None]) -> Iterator[str]:
    """What is set of each number, and for whom: all methods that follow the setting, or this one alone."""
    for key, value in numbers.items():
        who = [one.label for place, one in enumerate(case.experiment.contestants)
               if place == case.place or (follows[key] and _followed(case.form[place], key) == follows[key])]
        whose = f"{', '.join(who[:-1])} and {who[-1]}" if who[1:] else who[0]
        what = f"{WORDS[key]} of " if numbers.keys() - {key} else ""
        yield f"{what}{whose}: {brief(value, DIGITS)}"


def _followed(form: Mapping[str, Mapping], key: str) -> str | None:
    return form[key]["follows"] if key in form else None


def _harmless(case: Case, lr: float) -> bool:
    """Whether no other method that follows the slider diverges there."""
    others = [one.optimizer for place, one in enumerate(case.experiment.contestants)
              if place != case.place and case.on_slider(place)]
    return all(lr < theory.stable_rate(case.experiment, one) for one in others if type(one) in theory.LINEAR)
