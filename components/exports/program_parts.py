"""Parts of a program that numpy and PyTorch have in common: the points of a run, its start, its loops.

A part is a list of lines. Made of an Experiment; executes nothing, and knows no method's rule and no page.
"""

import re
from collections.abc import Sequence
from textwrap import wrap
from typing import Any, NamedTuple

from components.points import standard
from components.text import titles
from components.text.errors import Refused
from optim import Experiment, Model, Surface
from optim.code import Code, Lines, variable
from optim.contestants import Contestant
from optim.data import Generated, Standardised
from optim.lines import names
from optim.schedules import Constant

WIDTH = 96
INDENT = "    "
# Numbers that may stand in the middle of a line.
FEW = 3
LONGEST_FORMULA = 60


HELPERS = {
    "sigmoid": ["def sigmoid(z):", "    return np.exp(np.minimum(z, 0)) / (1 + np.exp(np.minimum(z, -z)))"],
    "softplus": ["def softplus(u):  # log(1 + exp(u))", "    return np.logaddexp(0.0, u)"],
    "power_log": [
        "def power_log(u, v):  # u**v * log(u), and 0 where u is 0",
        "    return np.power(u, v) * np.log(np.where((u == 0) & (v >= 0), 1.0, u))",
    ],
    "absorbed": [
        "def absorbed(u, v):  # u * v, and 0 where u is 0, whatever v",
        "    return np.where(u == 0, 0.0, u * v)",
    ],
}
"""What numpy has not got, as components/formulas/expressions.py has it."""


class Dialect(NamedTuple):
    """What differs between numpy and torch in one line: an array, what numpy has drawn, and yes and no as 1 and 0."""

    array: str
    drawn: str
    as_numbers: str


NUMPY = Dialect("np.array", "{}", ".astype(float)")
TORCH = Dialect("torch.tensor", "torch.tensor({})", ".double()")


def contestant(experiment: Experiment, label: str) -> Contestant:
    """The contestant of that label."""
    return next(one for one in experiment.contestants if one.label == label)


def code_of(problem: Model | Surface) -> Code:
    """The code of a curve or a surface. Raises Refused where it has none."""
    if problem.code is None:
        raise Refused(f"{problem.name} has not been written as a program.")
    return problem.code


def title(experiment: Experiment, label: str) -> str:
    """One comment: which method on what."""
    problem = experiment.resolved_model
    words = ["a function of one's own", titles.family(problem), titles.formula(problem)]
    what = [text for text in words if 0 < len(text) <= LONGEST_FORMULA][-1]
    shown = "".join(character for character in " ".join(label.split()) if character.isprintable())
    return f"# Descent Lab: {shown}, {what}"


def function(head: str, code: Code, parameter_names: Sequence[str]) -> list[str]:
    """The function that gives y, or z."""
    body = [*unpacked(parameter_names, code), *assigned(code.needed(code.value)), f"return {code.value}"]
    return [f"def {head}:", *indented(body)]


def returned(function: str, items: Sequence[str]) -> list[str]:
    """The lines that return an array of these expressions: each on its own where they are long."""
    line = f"return {function}([{', '.join(items)}])"
    if len(line) <= WIDTH:
        return [line]
    return [f"return {function}([", *indented([f"{item}," for item in items]), "])"]


def times(name: str, slope: str) -> str:
    """A name times a slope, as one multiplication by all of it."""
    if slope in ("1", "1.0"):
        return name
    return f"{name} * {slope}" if re.fullmatch(r"[\w.]+(\([^()]*\))?", slope) else f"{name} * ({slope})"


def unpacked(parameter_names: Sequence[str], code: Code) -> list[str]:
    """The line that gives every parameter its name, if they have names of their own."""
    if code.blocks:
        return []
    variables = [variable(name) for name in parameter_names]
    return [f"{', '.join(variables)} = params" if len(variables) > 1 else f"({variables[0]},) = params"]


def data(experiment: Experiment, dialect: Dialect) -> list[str]:
    """The points; nothing for a surface."""
    points = experiment.data
    if points is None:
        return []
    model = experiment.curve
    if isinstance(points, Standardised):
        return [*_standardised("x", points.given_x, points.x_unit, points.names[0], dialect),
                *_standardised("y", points.given_y, points.y_unit, points.names[1], dialect)]
    if not isinstance(points, Generated):
        return [*numbers("x", points.x.tolist(), dialect), *numbers("y", points.y.tolist(), dialect)]
    x = f"random.randint({points.low}, {points.high}, {points.size}).astype(float)"
    if not model.whole_x:
        x = f"random.uniform({points.low}, {points.high}, {points.size})"
    true_params = numbers("true_params", experiment.true_params, dialect)
    y = "predict(true_params, x)"
    if len(true_params) == 1 and len(experiment.true_params) <= FEW:
        y = f"predict({true_params.pop().removeprefix('true_params = ')}, x)"
    if "x" not in _rests_on(code_of(model)):
        y += " + 0 * x"
    if points.noise:
        y += f" + {points.noise} * " + dialect.drawn.format(f"random.standard_normal({points.size})")
    lines = [
        f"random = np.random.RandomState({points.seed})",
        f"x = {dialect.drawn.format(x)}",
        *true_params,
        f"y = {y}",
    ]
    if model.loss_kind == "cross-entropy":
        if not points.noise:
            lines.append(f"random.standard_normal({points.size})  # a noise of 0 is drawn too")
        drawn = dialect.drawn.format(f"random.random_sample({points.size})")
        lines.append(f"y = (y > {drawn}){dialect.as_numbers}")
    return lines


def _standardised(axis: str, given: Any, unit: tuple[float, float], name: str, dialect: Dialect) -> list[str]:
    """The column as it came, then in its own unit."""
    said = standard.words(axis, axis, unit)
    comment = f"  # {standard.words(axis, name, unit)}" if name != axis else ""
    return [*numbers(axis, given.tolist(), dialect), *([said + comment] if said else [])]


def _rests_on(code: Code) -> set[str]:
    """All names that the value rests on."""
    return names([code.value, *(text for _, text in code.needed(code.value))])


def start(experiment: Experiment, dialect: Dialect, options: str = "") -> list[str]:
    """The parameters at step 0: drawn again where the model has drawn them."""
    code = code_of(experiment.resolved_model)
    seed = getattr(experiment.data, "seed", 0) if experiment.seed is None else experiment.seed
    if code.start and experiment.start == experiment.curve.start_for(seed):
        drawn = code.start if dialect is NUMPY else f"{dialect.array}({code.start}{options})"
        return [f"random = np.random.RandomState({seed})", f"params = {drawn}"]
    return numbers("params", experiment.start, dialect, options)


def noise(experiment: Experiment, dialect: Dialect) -> list[str]:
    """The noise of a surface's gradient at every step, if there is any."""
    if not experiment.gradient_noise:
        return []
    shape = f"({experiment.steps}, {len(experiment.start)})"
    normal = f"np.random.RandomState({experiment.effective_seed}).standard_normal({shape})"
    return [f"noise = {experiment.gradient_noise} * {dialect.drawn.format(normal)}"]


def shuffler(experiment: Experiment) -> list[str]:
    """What orders the points anew in every epoch, if anything does."""
    return [f"shuffler = np.random.default_rng({experiment.effective_seed})"] if experiment.shuffle else []


def is_steady(experiment: Experiment, one: Contestant) -> bool:
    """Whether the learning rate stays what it is."""
    steps, steps_per_epoch = experiment.steps, experiment.steps_per_epoch
    return isinstance(one.schedule, Constant) and bool((one.schedule.shares(steps, steps_per_epoch) == 1).all())


def one_by_one(experiment: Experiment) -> bool:
    """Whether every step takes one point, which then needs no axis."""
    return experiment.effective_batch_size == 1 and not code_of(experiment.resolved_model).blocks


def loops(experiment: Experiment) -> tuple[list[str], list[str], str]:
    """The heads of the loops over epochs and batches, the line that orders a batch, and how it is taken: [i] or whole.

    A surface has steps in place of both.
    """
    if experiment.data is None:
        return [f"for step in range({experiment.steps}):"], [], ""
    size, width = experiment.data.size, experiment.effective_batch_size
    epochs = f"for epoch in range({experiment.epochs}):"
    order = f"shuffler.permutation({size})" if experiment.shuffle else f"np.arange({size})"
    if one_by_one(experiment):
        return [epochs, f"for i in {order if experiment.shuffle else f'range({size})'}:"], [], "[i]"
    if width == size:
        return ([epochs], [f"i = {order}"], "[i]") if experiment.shuffle else ([epochs], [], "")
    return [epochs, f"for i in np.split({order}, range({width}, {size}, {width})):"], [], "[i]"


def numbers(name: str, values: Sequence[float], dialect: Dialect, options: str = "") -> list[str]:
    """The line that gives an array of numbers a name, or several lines where they are many."""
    written = ", ".join(map(repr, values))
    line = f"{name} = {dialect.array}([{written}]{options})"
    if len(line) <= WIDTH:
        return [line]
    return [f"{name} = {dialect.array}([", *indented(wrap(written, WIDTH - len(INDENT))), f"]{options})"]


def assigned(lines: Lines) -> list[str]:
    """Assignments as they are written."""
    return [f"{name} = {text}" for name, text in lines]


def indented(lines: Sequence[str]) -> list[str]:
    """The lines one level further in."""
    return [INDENT + line if line else line for line in lines]
