"""What the form shows and says for a set of values: texts, positions and the small grey words beside the settings.

Knows the table of settings and what parsing found; nothing of Dash or of requests.
"""

from collections.abc import Mapping
from fractions import Fraction

from components.settings import problems
from components.settings.parsing import Parsed
from components.settings.table import SETTINGS, SLIDERS, Choice, Setting, Text, Value
from components.settings.values import text
from components.text.mathml import mathml
from optim import Dataset, Model, Surface

PARTS = {
    Fraction(1, 4): "a quarter",
    Fraction(1, 3): "a third",
    Fraction(1, 2): "a half",
    Fraction(2, 3): "two thirds",
    Fraction(3, 4): "three quarters",
}


def describe(parsed: Parsed) -> dict[str, object]:
    """The answer to the browser's form, as JSON.

    `form` has for each setting that could be read the `text` of its field and, with a slider, its `position`, what a
    screen reader hears (`said`) and, where another setting bounds it, its last position (`top`). `methods` has for each
    method of the list the value, text and shared setting of each of its settings. `unused` lists the settings that
    change nothing for the present problem, `names` has label and help of those that are called otherwise on a surface,
    `mathematics` is that problem as lines of MathML.
    """
    problem, own_data = parsed.problem, parsed.points is not None
    return {
        "asked": parsed.asked,
        "values": {**parsed.values, "methods": parsed.methods.methods},
        "form": {key: shown(SETTINGS[key], parsed.values) for key in SETTINGS if key not in parsed.unread},
        "names": names(problem),
        "captions": captions(parsed.values, problem, parsed.points),
        "methods": parsed.methods.form,
        "notes": parsed.notes,
        "errors": parsed.errors,
        "unused": sorted(problems.unused(parsed.values, problem, own_data=own_data)),
        "mathematics": [mathml(line) for line in problems.mathematics(parsed.values, problem)] if problem else [],
    }


def names(problem: Model | Surface | None) -> dict[str, tuple[str, str]]:
    """Label and help of the settings that have others on a surface, where nothing is gone through again and again."""
    rows = [row for row in SETTINGS.values() if isinstance(row, Setting) and row.in_steps]
    return {row.key: row.in_steps if isinstance(problem, Surface) and row.in_steps else (row.label, row.help)
            for row in rows}


def listed(values: Mapping[str, Value]) -> str:
    """What setting these values sets, in words; a list of methods by their labels.

    >>> listed({"noise": 3, "form": "heavy-ball", "methods": [{"label": "Adam"}]})
    'Noise: 3; Momentum form: heavy ball (PyTorch, Distill); Methods: Adam'
    """
    return "; ".join(f"{_label(key)}: {_worded(key, value)}" for key, value in values.items())


def _label(key: str) -> str:
    return SETTINGS[key].label if key in SETTINGS else key.capitalize()


def _worded(key: str, value: Value) -> str:
    if key not in SETTINGS:
        return ", ".join(one["label"] for one in value)
    setting = SETTINGS[key]
    if isinstance(setting, Choice):
        return setting.options[value]
    return text(setting, value) or (setting.blank if isinstance(setting, Setting) else None) or "\u2013"


def shown(setting: Setting | Choice | Text, values: dict[str, Value]) -> dict[str, object]:
    """One setting's part of `form`."""
    value = values[setting.key]
    found: dict[str, object] = {"text": text(setting, value)}
    if isinstance(setting, Setting) and setting.slider:
        scale = setting.scale_at(values)
        said = f"{found['text']}: {setting.meaning(value)}" if setting.meaning else found["text"]
        found |= {"position": scale.position(value), "said": said}
        if setting.up_to:
            found["top"] = scale.top
    return found


def captions(
    values: Mapping[str, Value], problem: Model | Surface | None = None, points: Dataset | None = None
) -> dict[str, str]:
    """The small grey words beside the settings, by setting; for the line and generated points unless told."""
    words = {key: setting.meaning(values[key]) for key, setting in SLIDERS.items() if setting.meaning}
    size = points.size if points else values["points"]
    an_epoch = 1 if isinstance(problem, Surface) else -(-size // values["batch"])
    steps = values["epochs"] * an_epoch
    words["form"] = heavy_ball(values["beta"])
    words["period"] = cycles(values["period"], values["epochs"], an_epoch)
    words["epochs"] = "" if isinstance(problem, Surface) else f"{steps:,} step{'' if steps == 1 else 's'}"
    words["batch"] = f"{an_epoch} steps an epoch" if an_epoch > 1 else "all points: 1 step an epoch"
    return words


def heavy_ball(beta: float) -> str:
    """How the two forms of Momentum compare: v = beta*v + g sums what beta*v + (1 - beta)*g averages."""
    times = float(f"{1 / (1 - beta):.3g}")
    here = "the same" if times == 1 else f"{times:,g} times larger"
    return f"heavy ball = averaged with the rate divided by 1 - beta, here {here}"


def cycles(period: float | None, epochs: int, steps_per_epoch: int) -> str:
    """How often a cycle of `period` epochs fits into the run, counted in the whole steps that a cycle really has."""
    if period is None:
        return "one cycle over the whole run"
    number = Fraction(epochs * steps_per_epoch, max(1, round(period * steps_per_epoch)))
    whole, part = divmod(number, 1)
    plural = "" if whole == 1 else "s"
    if not part:
        return f"{whole:,} cycle{plural}"
    if not whole:
        return f"{PARTS.get(part, f'{float(part):.2g}')} of a cycle: it is cut off"
    if part in PARTS:
        return f"{whole:,} cycle{plural} and {PARTS[part]}: the last is cut off"
    return f"{float(number):,.4g} cycles: the last is cut off"
