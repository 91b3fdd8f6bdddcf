"""One lane in plain floats: a method's own lines and a curve's or surface's own code, compiled to one loop.

A numpy call costs as much for one number as for a hundred, so that a few lanes are several times faster this way. Only
+ - * / and square roots are compiled, which every processor rounds alike, so that the bytes are those of lanes;
`direction` stays the authority, and tests hold both ways together. What depends on the step alone, 1 - beta^t say, is
worked out by the very calls that lanes make. Only texts of this package come here, never one that was typed.
"""

import ast
import itertools
import math
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from optim.code import Code, variable
from optim.contestants import Contestant
from optim.experiment import Experiment, batches
from optim.gradients import factor_of, noise_of
from optim.lines import Line, names
from optim.optimizers import OPTIMIZERS
from optim.problems import reader_of
from optim.surfaces import Surface

Array = np.ndarray

FEW = 12
"""Lanes of one rule up to which floats are faster than lanes."""
AT_ONCE = 2**8
"""Steps between two questions whether to stop."""
GIVES_UP = (ZeroDivisionError, ValueError, OverflowError)
"""What floats raise where numpy goes on, with an infinity or what is not a number."""
PLAIN = (
    ast.Expression, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.UnaryOp, ast.USub, ast.Name, ast.Load,
    ast.Constant, ast.IfExp, ast.Compare, ast.Gt)


class History(NamedTuple):
    """A lane's params `(steps+1, n)`, gradient and direction `(steps, n)`."""

    params: Array
    gradient: Array
    direction: Array


class _Compiled(NamedTuple):
    """The loop; and how what depends on the step alone comes from t and the constants, None where nothing does."""

    loop: Callable[..., tuple[list[float], tuple[float, ...]]]
    timely: Callable[..., tuple[Any, ...]] | None


@np.errstate(all="ignore")
def history(
    experiment: Experiment, contestant: Contestant, check: Callable[[], object] = lambda: None
) -> History | None:
    """The contestant's whole run, its bytes those of lanes up to a divergence; None where only lanes can tell.

    check: called every AT_ONCE steps; what it raises ends the run.
    """
    compiled, one = _compiled_for(experiment, contestant), contestant.optimizer
    if compiled is None:
        return None
    steps, n = experiment.steps, len(experiment.start)
    constants = one.constants()
    params, (gradient, direction) = np.empty((steps + 1, n)), np.empty((2, steps, n))
    params[0] = experiment.start
    state = tuple(np.concatenate([params[:1], *one.init(params[:1])], axis=1)[0].tolist())
    rates = contestant.schedule.rates(one.lr, steps, experiment.steps_per_epoch).tolist()
    columns = [*_given(experiment), rates]
    if compiled.timely:
        columns += _timely(compiled.timely, tuple(constants.values()), steps)
    rows, done = zip(*columns, strict=False), 0
    try:
        while done < steps:
            check()
            flat, state = compiled.loop(itertools.islice(rows, AT_ONCE), state, *constants.values())
            found = np.array(flat).reshape(-1, 3, n)
            part = slice(done, done + len(found))
            gradient[part], direction[part] = found[:, 0], found[:, 1]
            params[done + 1:done + 1 + len(found)] = found[:, 2]
            done += len(found)
    except GIVES_UP:
        return None
    return History(params, gradient, direction)


def _given(experiment: Experiment) -> list[Iterable[Any]]:
    """What a step is given besides its rate: a point's x, y and factor, or the noise of each of a surface's slopes."""
    if experiment.data is not None:
        data, chosen = experiment.points, batches(experiment).orders.ravel()
        factor = itertools.repeat(factor_of(experiment, 1))
        return [itertools.cycle(data.x[chosen].tolist()), itertools.cycle(data.y[chosen].tolist()), factor]
    noise = noise_of([experiment])
    if noise is None:
        return []
    rows = np.array([noise(step)[0] for step in range(experiment.steps)])
    return [column.tolist() for column in rows.T]


def _compiled_for(experiment: Experiment, contestant: Contestant) -> _Compiled | None:
    model, one = experiment.resolved_model, contestant.optimizer
    known = isinstance(experiment.model, str) and reader_of(experiment.model) is None
    known &= OPTIMIZERS.get(type(one).__name__) is type(one)
    if not known or model.code is None or experiment.coordinates == "in turn" or experiment.effective_batch_size > 1:
        return None
    is_noisy = isinstance(model, Surface) and experiment.gradient_noise > 0
    kind = "surface" if isinstance(model, Surface) else "curve"
    states = tuple(line.name for line in one.begins())
    return _compiled(model.code, model.parameter_names, kind, is_noisy, one.lines(), states, tuple(one.constants()))


@lru_cache(maxsize=256)
def _compiled(
    code: Code, parameters: tuple[str, ...], kind: str, is_noisy: bool, lines: tuple[Line, ...],
    states: tuple[str, ...], constants: tuple[str, ...],
) -> _Compiled | None:
    """The loop over all steps, as a program: None where it would need more than PLAIN.

    Its names: w_* of the curve, c_* constants of the method, f* what depends on these alone and k* on the step as well,
    and of parameter i p_i, g_i, d_i and *_i for what the method's lines name.
    """
    n = len(parameters)
    body: list[str] = []
    try:
        world = dict(zip((variable(name) for name in parameters), (f"p_{i}" for i in range(n)), strict=True))
        if kind == "curve":
            world["x"] = "x"
        if code.blocks:
            return None
        for name, text in code.needed(code.value, *code.slopes) if kind == "curve" else code.needed(*code.slopes):
            body.append(f"w_{name} = {_plain(text, world)}")
            world[name] = f"w_{name}"
        if kind == "curve":
            body.append(f"error = factor * ({_plain(code.value, world)} - y)")
        for i, slope in enumerate(code.slopes):
            text = _plain(slope, world)
            body.append(f"g_{i} = error * ({text})" if kind == "curve" else f"g_{i} = {text}{f' + n_{i}' * is_noisy}")
        timely = _Timely(constants)
        method = [(line.name, timely.without(line.text)) for line in lines if not timely.takes(line, states)]
        fixed = {name: f"c_{name}" for name in constants}
        first = [f"{name} = {_plain(text, fixed)}" for text, name in timely.fixed.items()]
        for i in range(n):
            own = {name: f"{name}_{i}" for name in (*states, *(name for name, _ in method), "g", "p")}
            own |= fixed | {name: name for name in (*timely.names, *timely.fixed.values())}
            body += [f"{name}_{i} = {_plain(text, own)}" for name, text in method]
    except _NotPlain:
        return None
    per_parameter = [[f"{name}_{i}" for i in range(n)] for name in ("g", "d", "p")]
    held = ", ".join([*per_parameter[2], *(f"{name}_{i}" for name in states for i in range(n))])
    moved = [f"p_{i} = p_{i} - rate * d_{i}" for i in range(n)]
    given = ["x", "y", "factor"] if kind == "curve" else [f"n_{i}" for i in range(n)] if is_noisy else []
    text = "\n".join([
        f"def loop(rows, state, {', '.join(f'c_{name}' for name in constants)}):",
        "    flat = []",
        "    record = flat.extend",
        f"    {held}, = state",
        *(f"    {line}" for line in first),
        f"    for {', '.join([*given, 'rate', *timely.names])}, in rows:",
        *(f"        {line}" for line in (*body, *moved)),
        f"        record(({', '.join(itertools.chain(*per_parameter))}))",
        f"    return flat, ({held},)",
    ])
    return _Compiled(_made(text, "loop"), timely.function())


class _NotPlain(Exception):
    """A text needs more than PLAIN."""


class _Timely:
    """What of a method's lines depends on its constants and the step alone, taken out of them.

    fixed: name and text of what depends on the constants alone. names: of what changes with the step.
    """

    def __init__(self, constants: tuple[str, ...]) -> None:
        self._constants, self._lines = constants, list[str]()
        self._moving = {"t"}
        self.fixed: dict[str, str] = {}
        self.names: list[str] = []

    def takes(self, line: Line, states: tuple[str, ...]) -> bool:
        """Whether the whole line is such, and nobody else has to work it out."""
        words = names([line.text]) - {"if", "else", "np"}
        if line.name in states or not words <= self._moving | {*self._constants}:
            return False
        self._add(line.name, line.text)
        return True

    def without(self, text: str) -> str:
        """The text with a name in place of each part that is such, as long as it can be."""
        return ast.unparse(_Without(self).visit(ast.parse(text, mode="eval")))

    def name_of(self, part: ast.expr) -> str | None:
        """The name that stands for a part of a text, if it is such."""
        words, text = {each.id for each in ast.walk(part) if isinstance(each, ast.Name)} - {"np"}, ast.unparse(part)
        if not words or not words <= self._moving | {*self._constants}:
            return None
        if words & self._moving:
            known = next((line for line in self._lines if line.endswith(f" = {text}")), None)
            return known.split(" = ")[0] if known else self._add(f"k{len(self._lines)}", text)
        return self.fixed.setdefault(text, f"f{len(self.fixed)}")

    def _add(self, name: str, text: str) -> str:
        self._lines.append(f"{name} = {text}")
        self._moving.add(name)
        self.names.append(name)
        return name

    def function(self) -> Callable[..., tuple[Any, ...]] | None:
        """All that was taken out, as one function of t and the constants."""
        if not self.names:
            return None
        lines = [f"    {line}" for line in (*self._lines, f"return {', '.join(self.names)},")]
        return _made("\n".join([f"def timely(t, {', '.join(self._constants)}):", *lines]), "timely")


class _Without(ast.NodeTransformer):
    def __init__(self, timely: _Timely) -> None:
        self._timely = timely

    def visit(self, node: ast.AST) -> Any:
        """A name for what is no name yet, where there is one; else the same of the parts."""
        if isinstance(node, ast.BinOp | ast.Call) and (name := self._timely.name_of(node)):
            return ast.Name(name, ast.Load())
        return self.generic_visit(node)


@lru_cache(maxsize=64)
def _timely(function: Callable[..., tuple[Any, ...]], constants: tuple[float, ...], steps: int) -> list[list[float]]:
    """What depends on the step alone, a list of all steps each. Kept: it takes as long as the loop itself."""
    return [[float(one) for one in column]
            for column in zip(*(function(float(step + 1), *constants) for step in range(steps)), strict=True)]


def _plain(text: str, world: Mapping[str, str]) -> str:
    """The text with the names of the world, its square roots those of floats; _NotPlain where it needs more."""
    return ast.unparse(_Plain(world).visit(ast.parse(text, mode="eval")))


class _Plain(ast.NodeTransformer):
    def __init__(self, world: Mapping[str, str]) -> None:
        self._world = world

    def visit(self, node: ast.AST) -> Any:
        """The node itself where it is plain, with another name where it is one."""
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.sqrt":
            return ast.Call(ast.Name("sqrt", ast.Load()), [self.visit(one) for one in node.args], [])
        if not isinstance(node, PLAIN):
            raise _NotPlain
        if isinstance(node, ast.Name):
            if node.id not in self._world:
                raise _NotPlain
            return ast.Name(self._world[node.id], ast.Load())
        return self.generic_visit(node)


def _made(text: str, name: str) -> Callable[..., Any]:
    found: dict[str, Any] = {}
    exec(compile(text, f"<{name}>", "exec"), {"__builtins__": {}, "np": np, "sqrt": math.sqrt}, found)
    return found[name]
