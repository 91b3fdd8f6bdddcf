"""From any JSON to an `Experiment`.

Nothing here raises on bad input: a number out of bounds goes to the nearest bound and says so in a note; what cannot be
used at all is an error in words. Knows nothing of Dash, of requests or of the browser.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from components.reading import bounded, plain, quoted, sentence
from components.settings import DEFAULTS, SETTINGS, Choice, Setting, Value
from components.tokens import Refused
from optim import SGD, Adam, Contestant, CosineAnnealing, Experiment, Generated, Momentum

MAX_STEPS = 60_000
"""Training steps that one method may take."""
MAX_CONTESTANT_STEPS = 400_000
"""Training steps of all methods together."""
BUDGETED = ("epochs", "batch", "points")
"""The settings that decide how many steps a run has: the budget's error stands beside one of them."""

LONGEST_ECHO = 200


@dataclass(frozen=True)
class Parsed:
    """What came of some values: `experiment` is None exactly when there are `errors`.

    `values` has the canonical value of every setting; of one in `unread` it is the last valid one. `notes` and `errors`
    are sentences by setting. `asked` holds the values as they came, so that the browser can tell whether an answer is
    still about what its form shows; one too long to send back is False there.
    """

    experiment: Experiment | None
    values: dict[str, Value]
    notes: dict[str, str]
    errors: dict[str, str]
    unread: frozenset[str]
    asked: dict[str, Value]


def parse(values: object, last: Mapping[str, Value] | None = None, changed: object = None) -> Parsed:
    """Read and bound `values`, any JSON at all: an object of numbers or typed text by setting.

    Unknown keys are ignored, missing ones have their default; one that cannot be read keeps its value in `last`, the
    canonical values before. `changed` is the setting just moved: when a run would be too long, the error stands there.
    """
    given = values if isinstance(values, dict) else {}
    canonical, notes, errors = DEFAULTS | dict(last or {}), {}, {}
    if not isinstance(values, dict):
        errors["settings"] = sentence(f"{quoted(values)} is not a table of settings")
    for key in _ORDER:
        try:
            canonical[key], note = _read(SETTINGS[key], given.get(key, DEFAULTS[key]), canonical)
        except Refused as refusal:
            errors[key] = str(refusal)
        else:
            if note:
                notes[key] = note
    unread, experiment = frozenset(errors), None
    if not errors:
        experiment = build(canonical)
        if excess := over_budget(experiment):
            experiment, errors[changed if changed in BUDGETED else BUDGETED[0]] = None, excess
    asked = {key: raw if _is_echoed(raw) else False for key, raw in given.items() if key in SETTINGS}
    return Parsed(experiment, canonical, notes, errors, unread, asked)


def build(values: Mapping[str, Value]) -> Experiment:
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
    """The sentence that says why this run is longer than a run may be, or None."""
    steps, methods = experiment.steps, len(experiment.contestants)
    if steps > MAX_STEPS:
        an_epoch = steps // experiment.epochs
        return f"{experiment.epochs:,} epochs of {an_epoch:,} steps are {steps:,} steps; at most {MAX_STEPS:,} are run."
    if steps * methods > MAX_CONTESTANT_STEPS:
        return f"{methods} methods of {steps:,} steps; at most {MAX_CONTESTANT_STEPS:,} are run in all."
    return None


def text(setting: Setting | Choice, value: Value) -> str:
    """What the field shows for a canonical value: the shortest text that reads back as the same number."""
    if value is None:
        return setting.blank
    return value if isinstance(value, str) else plain(value)


_ORDER = sorted(SETTINGS, key=lambda key: bool(getattr(SETTINGS[key], "up_to", None)))
"""A setting bounded by another comes after it."""


def _read(setting: Setting | Choice, raw: object, values: dict[str, Value]) -> tuple[Value, str]:
    """The canonical value of `raw`, and a note ('' for none); raises Refused."""
    if isinstance(setting, Choice):
        if isinstance(raw, str) and raw in setting.options:
            return raw, ""
        raise Refused(sentence(f"{quoted(raw)} is not one of {', '.join(setting.options)}"))
    if setting.blank and (raw is None or (isinstance(raw, str) and raw.strip().casefold() == setting.blank)):
        return None, ""
    scale = setting.scale_at(values)
    why = f", the number of {SETTINGS[setting.up_to].label.lower()}" if setting.up_to else ""
    return bounded(raw, scale.low, scale.high, whole=setting.whole, blank=setting.blank, why=why)


def _is_echoed(raw: object) -> bool:
    """Whether a raw value is what the form itself sends: then it may go back."""
    if isinstance(raw, str):
        return len(raw) <= LONGEST_ECHO
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return abs(raw) < 2**53
    return raw is None
