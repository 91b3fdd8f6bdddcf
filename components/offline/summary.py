"""An experiment in words: its settings as tables for people to read. Knows labels and experiments; no page."""

from collections.abc import Sequence

from components.page.drawers.methods import OPTIONS
from components.payload.outcomes import said
from components.points import standard
from components.settings import problems
from components.settings.methods import spoken
from components.text import titles
from components.text.numbers import plain
from optim import Constant, Contestant, Dataset, Experiment, Standardised, Surface, controls
from optim.fields import Settings

LONGEST = 8
"""Numbers of a list that are written out."""

Rows = list[tuple[str, str]]


def groups(experiment: Experiment) -> dict[str, Rows]:
    """Heading -> (label, text) of each setting: the problem, how steps are taken, then each method by its label."""
    methods = {one.label: method(one) for one in experiment.contestants}
    return {"Problem": problem(experiment), "Steps": steps(experiment)} | methods


def title(experiment: Experiment) -> str:
    """What the page calls the problem."""
    family = experiment.resolved_model.family
    return problems.TITLES.get(family, problems.TITLES[problems.OWN])


def problem(experiment: Experiment) -> Rows:
    """What is descended, from where."""
    model = experiment.resolved_model
    rows = [("Problem", title(experiment)), ("Formula", titles.formula(model))]
    if isinstance(experiment.data, Dataset):
        rows.append(("Points", f"{experiment.data.size:,} of one's own"))
        if isinstance(experiment.data, Standardised):
            rows.append(("Standardised", standard.said(experiment.data)))
    elif experiment.data is not None:
        rows += [
            ("Points", f"{experiment.data.size:,}, generated"), ("Data seed", str(experiment.data.seed)),
            ("Noise", plain(experiment.data.noise)),
            ("True parameters", named(model.parameter_names, experiment.true_params)),
        ]
    elif experiment.gradient_noise:
        rows += [("Gradient noise", plain(experiment.gradient_noise)), ("Seed", str(experiment.effective_seed))]
    known = [(label, value) for label, value in rows if value]
    return [*known, ("Start", named(model.parameter_names, experiment.start))]


def steps(experiment: Experiment) -> Rows:
    """How many steps there are, and how each is taken."""
    rows = [("Steps" if isinstance(experiment.resolved_model, Surface) else "Epochs", f"{experiment.epochs:,}")]
    if experiment.data is not None:
        order = f"shuffled, seed {experiment.effective_seed}" if experiment.shuffle else "as given"
        rows += [("Steps in all", f"{experiment.steps:,}"), ("Batch size", f"{experiment.effective_batch_size:,}"),
                 ("Order of the points", order), ("Gradient", f"{experiment.reduction} over the batch")]
    return [*rows, ("Parameters updated", experiment.coordinates)]


def method(contestant: Contestant) -> Rows:
    """A method's settings, and those of its schedule, as far as it has one."""
    optimizer, schedule = contestant.optimizer, contestant.schedule
    rows = [("Method", type(optimizer).__name__), *_own(optimizer)]
    if not isinstance(schedule, Constant) or schedule.warmup:
        rows += [("Schedule", spoken(type(schedule).__name__)), *_own(schedule)]
    return rows


def named(names: Sequence[str], values: Sequence[float]) -> str:
    """ "a 1.5, b -28": parameters with their values; many are cut short."""
    pairs = [f"{name} {number(value)}" for name, value in zip(names, values, strict=True)]
    return ", ".join(pairs if len(pairs) <= LONGEST else [*pairs[:LONGEST - 1], "\u2026", pairs[-1]])


def number(value: float) -> str:
    """A number in at most six digits, with a true minus."""
    return plain(float(f"{value:.6g}")).replace("-", "\u2212")


def _own(settings: Settings) -> Rows:
    words = [(one.label, said(one, settings)) for one in controls(type(settings))]
    return [(label, OPTIONS.get(text, text)) for label, text in words]
