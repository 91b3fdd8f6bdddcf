"""A numpy program: one method's run in some 25 lines that need nothing but numpy.

It does the operations of `optim.train` in their order, so that it prints the same numbers to the last digit. Made of
an Experiment and a label; executes nothing, and knows no page. PyTorch's program shares its parts (torch_program.py).
"""

import re
from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple

from components import titles
from components.tokens import Refused
from optim import Experiment, Model, Surface
from optim.code import Code, Lines, variable
from optim.contestants import Contestant
from optim.data import Generated
from optim.lines import WORD, names
from optim.schedules import Constant

WIDTH = 96
INDENT = "    "
# Numbers that may stand in the middle of a line.
FEW = 3
LONGEST_FORMULA = 60
SIGMOID = ["def sigmoid(z):", "    return 0.5 * (1 + np.tanh(0.5 * z))"]
# Names of a rule's lines that mean something else in a program.
OTHER_WORDS = {"p": "params", "x": "move"}
POWER_LOG = [
    "def power_log(u, v):  # u**v * log(u), and 0 where u is 0",
    "    return np.power(u, v) * np.log(np.where((u == 0) & (v > 0), 1.0, u))",
]


class Dialect(NamedTuple):
    """What differs between numpy and torch in one line: an array, what numpy has drawn, and yes and no as 1 and 0."""

    array: str
    drawn: str
    as_numbers: str


NUMPY = Dialect("np.array", "{}", ".astype(float)")
TORCH = Dialect("torch.tensor", "torch.tensor({})", ".double()")


def numpy_program(experiment: Experiment, label: str) -> str:
    """The run of that contestant as a numpy program, which prints the last parameters in all their digits."""
    one = contestant(experiment, label)
    problem, code = experiment.resolved_model, code_of(experiment)
    functions = [_gradient(experiment, code)]
    if isinstance(problem, Model):
        functions.insert(0, function("predict(params, x)", code, problem.parameter_names))
    text = "\n".join("\n".join(lines) for lines in functions)
    helpers = [lines for name, lines in (("sigmoid(", SIGMOID), ("power_log(", POWER_LOG)) if name in text]
    parts = [
        [title(experiment, label), "import numpy as np"],
        *helpers,
        *functions,
        data(experiment, NUMPY),
        _settings(experiment, one),
        _loop(experiment, one),
        ["print(*params)"],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def contestant(experiment: Experiment, label: str) -> Contestant:
    """The contestant of that label."""
    return next(one for one in experiment.contestants if one.label == label)


def code_of(experiment: Experiment) -> Code:
    """The code of what is descended. Raises Refused where it has none."""
    problem = experiment.resolved_model
    if problem.code is None:
        raise Refused(f"{problem.name} has not been written as a program.")
    return problem.code


def title(experiment: Experiment, label: str) -> str:
    """One comment: which method on what."""
    problem = experiment.resolved_model
    words = [problem.name, titles.family(problem), titles.formula(problem)]
    what = [text for text in words if 0 < len(text) <= LONGEST_FORMULA][-1]
    shown = "".join(character for character in " ".join(label.split()) if character.isprintable())
    return f"# Descent Lab: {shown}, {what}"


def unpacked(parameter_names: Sequence[str], code: Code) -> list[str]:
    """The line that gives every parameter its name, if they have names of their own."""
    if code.blocks:
        return []
    variables = [variable(name) for name in parameter_names]
    return [f"{', '.join(variables)} = params" if len(variables) > 1 else f"({variables[0]},) = params"]


def function(head: str, code: Code, parameter_names: Sequence[str]) -> list[str]:
    """The function that gives y, or z."""
    body = [*unpacked(parameter_names, code), *assigned(code.needed(code.value)), f"return {code.value}"]
    return [f"def {head}:", *indented(body)]


def _gradient(experiment: Experiment, code: Code) -> list[str]:
    """The function that gives the gradient of a batch's loss, or of a surface."""
    problem = experiment.resolved_model
    if isinstance(problem, Surface):
        body = [*unpacked(problem.parameter_names, code), *assigned(code.needed(*code.slopes))]
        return ["def gradient(params):", *indented([*body, *_returned("np.array", code.slopes)])]
    slopes = problem.logit.code if problem.logit else code
    error = "predict(params, x) - y"
    power = 1 if problem.logit else 2
    if experiment.reduction == "mean" and not one_by_one(experiment):
        error = f"{power} / len(x) * ({error})"
    elif power == 2:
        error = f"2 * ({error})"
    body = [*unpacked(problem.parameter_names, slopes), *assigned(slopes.needed(*slopes.slopes)), f"error = {error}"]
    if slopes.blocks:
        blocks = f"np.concatenate([{', '.join(slopes.slopes)}])"
        body += [f"return np.sum(error * {blocks}, axis=1)"]
    else:
        products = [_times_error(slope) for slope in slopes.slopes]
        if not one_by_one(experiment):
            products = [f"np.sum({product})" for product in products]
        body += _returned("np.array", products)
    kind = "cross-entropy" if problem.logit else "squared error"
    return [f"def gradient(params, x, y):  # of the {_reduced(experiment)}{kind}", *indented(body)]


def _reduced(experiment: Experiment) -> str:
    return "" if one_by_one(experiment) else "mean " if experiment.reduction == "mean" else "summed "


def _times_error(slope: str) -> str:
    """The error times a slope, as one multiplication by all of it."""
    if slope in ("1", "1.0"):
        return "error"
    return f"error * {slope}" if re.fullmatch(r"[\w.]+(\([^()]*\))?", slope) else f"error * ({slope})"


def _returned(function: str, items: Sequence[str]) -> list[str]:
    """The lines that return an array of these expressions: each on its own where they are long."""
    line = f"return {function}([{', '.join(items)}])"
    if len(line) <= WIDTH:
        return [line]
    return [f"return {function}([", *indented([f"{item}," for item in items]), "])"]


def one_by_one(experiment: Experiment) -> bool:
    """Whether every step takes one point, which then needs no axis."""
    return experiment.effective_batch_size == 1 and not experiment.resolved_model.code.blocks


def data(experiment: Experiment, dialect: Dialect) -> list[str]:
    """The points; nothing for a surface."""
    points, model = experiment.data, experiment.resolved_model
    if points is None:
        return []
    if not isinstance(points, Generated):
        return [*numbers("x", points.x.tolist(), dialect), *numbers("y", points.y.tolist(), dialect)]
    x = f"random.randint({points.low}, {points.high}, {points.size}).astype(float)"
    if not model.whole_x:
        x = f"random.uniform({points.low}, {points.high}, {points.size})"
    true_params = numbers("true_params", experiment.true_params, dialect)
    if len(experiment.true_params) <= FEW:
        true_params, y = [], f"predict({true_params[0].partition(' = ')[2]}, x)"
    else:
        y = "predict(true_params, x)"
    if "x" not in _rests_on(model.code):
        y += " + 0 * x"
    labels = model.loss_kind == "cross-entropy"
    if points.noise:
        y += f" + {points.noise} * " + dialect.drawn.format(f"random.standard_normal({points.size})")
    lines = [
        f"random = np.random.RandomState({points.seed})",
        f"x = {dialect.drawn.format(x)}",
        *true_params,
        f"y = {y}",
    ]
    if labels:
        if not points.noise:
            lines.append(f"random.standard_normal({points.size})  # a noise of 0 is drawn too")
        drawn = dialect.drawn.format(f"random.random_sample({points.size})")
        lines.append(f"y = (y > {drawn}){dialect.as_numbers}")
    return lines


def _rests_on(code: Code) -> set[str]:
    """All names that the value rests on."""
    return names([code.value, *(text for _, text in code.needed(code.value))])


def start(experiment: Experiment, dialect: Dialect, options: str = "") -> list[str]:
    """The parameters at step 0: drawn again where the model has drawn them."""
    model = experiment.resolved_model
    seed = getattr(experiment.data, "seed", 0) if experiment.seed is None else experiment.seed
    if model.code.start and experiment.start == model.start_for(seed):
        drawn = model.code.start if dialect is NUMPY else f"{dialect.array}({model.code.start}{options})"
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


def _settings(experiment: Experiment, one: Contestant) -> list[str]:
    """The method's numbers, its share of the learning rate, the start and the state before the first step."""
    constants = {"lr": one.optimizer.lr, **one.optimizer.constants()}
    lines = [f"{', '.join(constants)} = {', '.join(map(repr, constants.values()))}"]
    if not is_steady(experiment, one):
        course = one.schedule.lines(experiment.steps, experiment.steps_per_epoch)
        lines += assigned(course)
        lines[-1] += "  # of lr, at every step" * (len(lines[-1]) < WIDTH - 24)
    lines += [*noise(experiment, NUMPY), *start(experiment, NUMPY)]
    begins = [(line.name, _put(line.text, OTHER_WORDS)) for line in one.optimizer.begins()]
    if begins:
        lines.append(" = ".join(", ".join(words) for words in zip(*begins, strict=True)))
    lines += shuffler(experiment)
    if _counts(experiment, one) and experiment.data is not None:
        lines.append("t = 0")
    return lines


def _counts(experiment: Experiment, one: Contestant) -> bool:
    """Whether a step needs its number, t."""
    rule = [line.text for line in one.optimizer.lines()]
    return "t" in names(rule) or not is_steady(experiment, one) or bool(experiment.gradient_noise)


def _loop(experiment: Experiment, one: Contestant) -> list[str]:
    """All steps."""
    heads, taken, i = loops(experiment)
    g = "gradient(params)" if experiment.data is None else f"gradient(params, x{i}, y{i})"
    if experiment.data is None and _counts(experiment, one):
        heads = [f"for t in range(1, {experiment.steps + 1}):"]
    if experiment.gradient_noise:
        g += " + noise[t - 1]"
    lr = "lr" if is_steady(experiment, one) else "lr * share[t - 1]"
    body = ["t += 1"] if _counts(experiment, one) and experiment.data is not None else []
    body += taken
    if experiment.coordinates == "in turn":
        at = OTHER_WORDS | {line.name: f"{line.name}[k]" for line in one.optimizer.begins()} | {"p": "params[k]"}
        g = f"({g})[k]" if experiment.gradient_noise else f"{g}[k]"
        body += [f"for k in range({len(experiment.start)}):", *indented(_step(one, g, lr, "params[k]", at))]
    else:
        body += _step(one, g, lr, "params", OTHER_WORDS)
    for head in reversed(heads):
        body = [head, *indented(body)]
    return body


def _step(one: Contestant, g: str, lr: str, params: str, at: dict[str, str]) -> list[str]:
    """One step: gradient, the rule's lines, update."""
    *before, (_, direction, _) = one.optimizer.lines()
    lines = [f"g = {g}"]
    for line in before:
        lines += _assignment(_put(line.name, at), _put(line.text, at))
    direction = _put(direction, at)
    if not re.fullmatch(r"[\w\[\]]+", direction):
        lines += _assignment("d", direction)
        direction = "d"
    return [*lines, f"{params} -= {lr} * {direction}"]


def _assignment(name: str, text: str) -> list[str]:
    """`name = text`, before its condition in another line where it is long."""
    value, condition, other = text.partition(" if ")
    if not condition or len(text) <= WIDTH - 20:
        return [f"{name} = {text}"]
    return [f"{name} = (", *indented([value, f"if {other}"]), ")"]


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


def assigned(lines: Lines) -> list[str]:
    """Assignments as they are written."""
    return [f"{name} = {text}" for name, text in lines]


def indented(lines: Sequence[str]) -> list[str]:
    """The lines one level further in."""
    return [INDENT + line for line in lines]


def numbers(name: str, values: Sequence[float], dialect: Dialect, options: str = "") -> list[str]:
    """The line that gives an array of numbers a name, or several lines where they are many."""
    written = ", ".join(map(repr, values))
    line = f"{name} = {dialect.array}([{written}]{options})"
    if len(line) <= WIDTH:
        return [line]
    return [f"{name} = {dialect.array}([", *indented(wrap(written, WIDTH - len(INDENT))), f"]{options})"]


def _put(text: str, places: dict[str, str]) -> str:
    """The expression with other words for some of its names."""
    return WORD.sub(lambda found: places.get(found[0], found[0]), text)
