"""A numpy program: one method's run in some 25 lines that need nothing but numpy.

It does the operations of `optim.train` in their order, so that it prints the same numbers to the last digit. Made of
an Experiment and a label; executes nothing, and knows no page.
"""

import re

from components.exports.program_parts import (
    HELPERS,
    NUMPY,
    WIDTH,
    assigned,
    code_of,
    contestant,
    data,
    function,
    indented,
    is_steady,
    loops,
    noise,
    one_by_one,
    returned,
    shuffler,
    start,
    times,
    title,
    unpacked,
)
from optim import Experiment, Model, Surface
from optim.code import Code
from optim.contestants import Contestant
from optim.lines import WORD, names

# Names of a rule's lines that mean something else in a program.
OTHER_WORDS = {"p": "params", "x": "move"}


def numpy_program(experiment: Experiment, label: str) -> str:
    """The run of that contestant as a numpy program, which prints the last parameters in all their digits."""
    one = contestant(experiment, label)
    problem = experiment.resolved_model
    code = code_of(problem)
    functions = [_gradient(experiment, code)]
    if isinstance(problem, Model):
        functions.insert(0, function("predict(params, x)", code, problem.parameter_names))
    text = "\n".join("\n".join(lines) for lines in functions)
    helpers = [lines for name, lines in HELPERS.items() if f"{name}(" in text]
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


def _gradient(experiment: Experiment, code: Code) -> list[str]:
    """The function that gives the gradient of a batch's loss, or of a surface."""
    problem = experiment.resolved_model
    if isinstance(problem, Surface):
        body = [*unpacked(problem.parameter_names, code), *assigned(code.needed(*code.slopes))]
        return ["def gradient(params):", *indented([*body, *returned("np.array", code.slopes)])]
    slopes = code_of(problem.logit) if problem.logit else code
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
        products = [times("error", slope) for slope in slopes.slopes]
        if not one_by_one(experiment):
            products = [f"np.sum({product})" for product in products]
        body += returned("np.array", products)
    kind = "cross-entropy" if problem.logit else "squared error"
    if not one_by_one(experiment):
        kind = f"{'mean' if experiment.reduction == 'mean' else 'summed'} {kind}"
    return [f"def gradient(params, x, y):  # of the {kind}", *indented(body)]


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


def _put(text: str, places: dict[str, str]) -> str:
    """The expression with other words for some of its names."""
    return WORD.sub(lambda found: places.get(found[0], found[0]), text)
