"""From any JSON to an `Experiment`, and back to what the form shows.

Nothing here raises on bad input: a number out of bounds goes to the nearest bound with a note, anything else that cannot be
used is an error in words. Knows nothing of Dash, of requests or of the browser.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from components.settings import CHOICES, DEFAULTS, MAX_CONTESTANT_STEPS, MAX_STEPS, NUMBERS, SETTINGS, SLIDERS, Choice, Setting
from optim import SGD, Adam, Contestant, CosineAnnealing, Experiment, Generated, Momentum

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
WHOLE_RUN = {"whole run", "whole", "none"}
LONGEST_QUOTE = 24
PARTS = {Fraction(1, 4): "a quarter", Fraction(1, 3): "a third", Fraction(1, 2): "a half", Fraction(2, 3): "two thirds", Fraction(3, 4): "three quarters"}
BUDGETED = ("epochs", "batch", "points")
"""The settings that decide how many steps a run has: the budget's error stands beside one of them."""


@dataclass(frozen=True)
class Parsed:
    """What came of some values: `experiment` is None exactly when there are `errors`.

    `values` are the canonical values of every setting; for one with an error that is its last valid value.
    `notes` and `errors` are sentences by setting. `asked` are the values as they came, so that the browser can tell
    whether an answer is still about what its form shows.
    """

    experiment: Experiment | None
    values: dict[str, float | str | None]
    notes: dict[str, str]
    errors: dict[str, str]
    asked: dict[str, float | str | None]
    unread: frozenset[str] = frozenset()
    """Settings whose value could not be read at all; an error of the budget does not count."""


class _Refused(Exception):
    """A value that cannot be used, with the sentence that says why."""


def parse(values: object, last: Mapping[str, object] | None = None, changed: object = None) -> Parsed:
    """Bound and check `values`, any JSON at all.

    Unknown keys are ignored, missing ones have their default; a key with an error keeps its value in `last`. `changed` is the
    setting just moved: when the run would be too long, the error stands there.
    """
    given = values if isinstance(values, dict) else {}
    canonical, notes, errors = DEFAULTS | dict(last or {}), {}, {}
    if not isinstance(values, dict):
        errors["settings"] = f"{_quoted(values)} is not a table of settings."
    for key, setting in sorted(SETTINGS.items(), key=lambda item: getattr(item[1], "up_to", None) is not None):
        try:
            canonical[key], note = _read(setting, given.get(key, setting.default), canonical)
        except _Refused as refusal:
            errors[key] = f"{refusal}."
        else:
            if note:
                notes[key] = note
    experiment, unread = None, frozenset(errors)
    if not errors:
        experiment = build(canonical)
        if too_long := over_budget(experiment):
            errors[changed if changed in BUDGETED else "epochs"] = f"{too_long}."
            experiment = None
    asked = {key: raw if _echoes(raw) else False for key, raw in given.items() if key in SETTINGS}
    return Parsed(experiment, canonical, notes, errors, asked, unread)


def build(values: Mapping[str, float | str | None]) -> Experiment:
    """The article's comparison with these canonical values."""
    adam = Adam(values["adam_lr"], (values["beta1"], values["beta2"]))
    return Experiment(
        true_params=(values["true_a"], values["true_b"]),
        start=(values["start_a"], values["start_b"]),
        data=Generated(seed=values["seed"], size=values["points"], noise=values["noise"]),
        epochs=values["epochs"],
        batch_size=values["batch"],
        contestants=(
            Contestant("SGD", SGD(values["lr"])),
            Contestant("Momentum", Momentum(values["lr"], values["beta"], values["form"])),
            Contestant("Adam", adam),
            Contestant("Adam with annealing", adam, CosineAnnealing(period=values["period"])),
        ),
    )


def over_budget(experiment: Experiment) -> str | None:
    """Why this run is longer than one may be, or None."""
    steps, methods = experiment.steps, len(experiment.contestants)
    if steps > MAX_STEPS:
        return f"{experiment.epochs:,} epochs of {steps // experiment.epochs:,} steps are {steps:,} steps, and {MAX_STEPS:,} are the most"
    if steps * methods > MAX_CONTESTANT_STEPS:
        return f"{methods} methods of {steps:,} steps are {methods * steps:,} in all, and {MAX_CONTESTANT_STEPS:,} are the most"
    return None


def describe(parsed: Parsed) -> dict[str, object]:
    """What the form shows after `parsed`, as JSON; settings with an unreadable value are left out of `form`."""
    return {
        "asked": parsed.asked,
        "values": parsed.values,
        "form": {key: _shown(setting, parsed.values) for key, setting in SETTINGS.items() if key not in parsed.unread},
        "captions": captions(parsed.values),
        "notes": parsed.notes,
        "errors": parsed.errors,
    }


def text(setting: Setting | Choice, value: float | str | None) -> str:
    """What the field shows for a canonical value: the shortest text that reads back as the same number."""
    if value is None:
        return setting.blank
    if isinstance(value, str):
        return value
    return re.sub(r"\.0$", "", repr(value)).replace("e-0", "e-")


def said(setting: Setting, value: float | None) -> str:
    """What a screen reader says for the slider: '0.9: remembers about 10 steps'."""
    return f"{text(setting, value)}: {setting.caption(value)}" if setting.caption else text(setting, value)


def captions(values: Mapping[str, float | str | None]) -> dict[str, str]:
    """The small grey words beside the settings."""
    words = {key: setting.caption(values[key]) for key, setting in NUMBERS.items() if setting.caption}
    times = float(f"{1 / (1 - values['beta']):.3g}")
    here = "the same" if times == 1 else f"{times:,g} times larger"
    words["form"] = f"heavy ball = averaged with the rate divided by 1 - beta, here {here}"
    per_epoch = -(-values["points"] // values["batch"])
    words["period"] = cycles(values["period"], values["epochs"], per_epoch)
    words["epochs"] = f"{values['epochs'] * per_epoch:,} step{'s' * (values['epochs'] * per_epoch > 1)}"
    words["batch"] = f"{per_epoch} steps an epoch" if per_epoch > 1 else "all points: 1 step an epoch"
    return words


def cycles(period: float | None, epochs: int, steps_per_epoch: int) -> str:
    """How often a cycle of `period` epochs fits into the run, counted in its real, whole steps."""
    if period is None:
        return "one cycle over the whole run"
    number = Fraction(epochs * steps_per_epoch, max(1, round(period * steps_per_epoch)))
    whole, part = divmod(number, 1)
    plural = "" if whole == 1 else "s"
    if not part:
        return f"{whole} cycle{plural}"
    if not whole:
        return f"{PARTS.get(part, f'{float(part):.2g}')} of a cycle: cut off"
    if part in PARTS:
        return f"{whole} cycle{plural} and {PARTS[part]}: the last is cut off"
    return f"{float(number):.2f} cycles: the last is cut off"


def _shown(setting: Setting | Choice, values: Mapping[str, float | str | None]) -> dict[str, object]:
    value = values[setting.key]
    shown = {"text": text(setting, value)}
    if setting.key in SLIDERS:
        scale = _scale(setting, values)
        shown |= {"position": scale.position(value), "said": said(setting, value)}
        if setting.up_to:
            shown["top"] = scale.top
    return shown


def _scale(setting: Setting, values: Mapping[str, float | str | None]):
    return setting.scale.up_to(values[setting.up_to]) if setting.up_to else setting.scale


def _read(setting: Setting | Choice, raw: object, values: Mapping[str, float | str | None]) -> tuple[float | str | None, str]:
    """The canonical value of `raw` and a note ('' for none); raises _Refused with the reason."""
    if isinstance(setting, Choice):
        if isinstance(raw, str) and raw in setting.options:
            return raw, ""
        raise _Refused(f"{_quoted(raw)} is not one of {', '.join(setting.options)}")
    if setting.blank and (raw is None or isinstance(raw, str) and raw.strip().casefold() in WHOLE_RUN):
        return None, ""
    number, note = _number(raw, setting)
    scale = _scale(setting, values)
    if not scale.low <= number <= scale.high:
        bound = scale.low if number < scale.low else scale.high
        least = f"At {'least' if number < scale.low else 'most'} {text(setting, bound)}"
        source = f", the number of {SETTINGS[setting.up_to].label.lower()}" if setting.up_to and bound == scale.high else ""
        return bound, f"{least}{source}: {_quoted(raw).strip('“”')} became {text(setting, bound)}."
    if setting.whole and number != int(number):
        return math.floor(number + 0.5), f"Whole numbers only: {text(setting, number)} became {math.floor(number + 0.5)}."
    return int(number) if setting.whole else float(number) + 0.0, note


def _number(raw: object, setting: Setting) -> tuple[float, str]:
    """A JSON number or typed text as a number, and a note where a comma had to be read."""
    if isinstance(raw, str):
        typed, note = raw.strip().replace("−", "-"), ""
        if not typed:
            raise _Refused("The field is empty")
        if setting.whole and THOUSANDS.fullmatch(typed):
            typed = typed.replace(",", "")
        elif DECIMAL_COMMA.fullmatch(typed):
            typed = typed.replace(",", ".")
            note = f"The comma was read as a decimal point: {text(setting, float(typed))}."
        if NUMBER.fullmatch(typed):
            return float(typed), note
    elif isinstance(raw, (int, float)) and not isinstance(raw, bool) and raw == raw:
        return raw, ""
    raise _Refused(f"{_quoted(raw)} is not a number")


def _quoted(raw: object) -> str:
    """A value as a sentence can hold it: short, on one line."""
    if isinstance(raw, (dict, list)):
        return "A list" if isinstance(raw, list) else "An object"
    if isinstance(raw, str):
        line = " ".join(raw.split())
    elif isinstance(raw, bool) or raw is None:
        line = {True: "true", False: "false", None: "null"}[raw]
    elif isinstance(raw, int) and abs(raw) >= 10**LONGEST_QUOTE:
        line = f"A number with more than {LONGEST_QUOTE} digits"
    else:
        line = re.sub(r"\.0$", "", repr(raw))
    return f"“{line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + '…'}”" if isinstance(raw, str) else line


def _echoes(raw: object) -> bool:
    """Whether a raw value may be sent back: what the form itself sends, and short."""
    if isinstance(raw, str):
        return len(raw) <= 200
    if isinstance(raw, bool):
        return False
    return raw is None or isinstance(raw, int) and abs(raw) < 2**53 or isinstance(raw, float) and math.isfinite(raw)
