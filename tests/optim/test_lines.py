"""A method's lines say what it does: carried out, they give the bytes of `direction` and of its state."""

import dataclasses
import itertools

import numpy as np
import pytest

from optim import OPTIMIZERS, Experiment, Line, train
from optim.fields import Choice, controls
from optim.lines import names, work_out
from optim.optimizers.base import Optimizer

KNOWN = {"np", "g", "p", "t", "if", "else"}
FUNCTIONS = {"np": np}


def numbers(method):
    """Numbers of every kind for a method's settings: its own, short memories, none at all."""
    long = {"betas": (0.95, 0.999), "beta": 0.9, "eps": 1e-8}
    short = {"betas": (0.5, 0.8), "beta": 0.3, "alpha": 0.6, "rho": 0.5, "eps": 1e-2, "momentum": 0.7,
             "weight_decay": 0.3, "momentum_decay": 0.5, "initial_accumulator_value": 0.4}
    none = {"betas": (0, 0), "beta": 0, "alpha": 0, "rho": 0, "eps": 0.1, "momentum": 0, "weight_decay": 0}
    names = {setting.name for setting in dataclasses.fields(method)}
    return [{key: value for key, value in each.items() if key in names} for each in ({}, long, short, none)]


def switches(method):
    """Every combination of a method's switches and choices."""
    found = {one.name: one.metadata["kind"].options for one in dataclasses.fields(method)
             if isinstance(one.metadata.get("kind"), Choice)}
    return [dict(zip(found, options, strict=True)) for options in itertools.product(*found.values())]


CASES = [method(**settings, **chosen) for method in OPTIMIZERS.values()
         for settings in numbers(method) for chosen in switches(method)]


def test_the_cases_are_every_method_with_every_switch():
    assert {type(one) for one in CASES} == set(OPTIMIZERS.values())
    assert len({one for one in CASES if type(one) is OPTIMIZERS["Adam"]}) == 4 * 2**3
    for method in OPTIMIZERS.values():
        chosen = {control.name for control in controls(method) if control.options}
        assert chosen == set(switches(method)[0])


def carried_out(lines, values):
    """The lines as anybody would run them: assignments of one small program, with numpy."""
    found = dict(values)
    exec("\n".join(f"{line.name} = {line.text}" for line in lines), {"np": np}, found)
    return found


def hard_gradients():
    """50 gradients of three parameters: of all sizes, zero, minus zero, and one that vanishes for long."""
    gradients = np.random.default_rng(7).normal(size=(50, 1, 3)) * [1, 1e6, 1e-9]
    gradients[5, 0, 0], gradients[6, 0, 0] = 0.0, -0.0
    gradients[20:40, 0, 1] = 0.0
    return gradients


@pytest.mark.parametrize("optimizer", CASES, ids=str)
def test_the_lines_are_the_method_byte_for_byte(optimizer):
    begins, lines, params = optimizer.begins(), optimizer.lines(), np.array([[1.0, -2.0, 0.0]])
    state = optimizer.init(params)
    values = {"p": params, **optimizer.constants()}
    written = carried_out(begins, values)
    assert [written[line.name].tobytes() for line in begins] == [array.tobytes() for array in state]
    held = {line.name: written[line.name] for line in begins}
    for step, g in enumerate(hard_gradients()):
        direction, state = optimizer.direction(g, params, state, step)
        values = {**optimizer.constants(), **held, "g": g, "p": params, "t": float(step + 1)}
        written, worked_out = carried_out(lines, values), work_out(lines, values)
        assert written["d"].tobytes() == direction.tobytes()
        assert [written[name].tobytes() for name in held] == [array.tobytes() for array in state]
        assert {name: np.asarray(value).tobytes() for name, value in worked_out.items()} == {
            name: np.asarray(value).tobytes() for name, value in written.items()}
        held = {name: written[name] for name in held}
        params = params - optimizer.lr * direction


@pytest.mark.parametrize("optimizer", CASES, ids=str)
def test_the_lines_can_be_read(optimizer):
    begins, lines, constants = optimizer.begins(), optimizer.lines(), optimizer.constants()
    assert 1 <= len(lines) <= 8
    assert lines[-1].name == "d"
    assert len({line.name for line in lines}) == len(lines)
    assert {line.name for line in begins} <= {line.name for line in lines}
    read = names(line.text for line in (*begins, *lines))
    assert read <= KNOWN | set(constants) | {line.name for line in lines}
    assert set(constants) <= read
    assert "lr" not in constants
    assert all(isinstance(value, float) for value in constants.values())
    for line in (*begins, *lines):
        assert isinstance(line, Line)
        assert line.says
        assert line.says[0].islower() or line.says.startswith("Adam")
        assert not line.says.endswith(".")


def test_only_lion_has_no_steady_gain():
    assert {type(one).__name__ for one in CASES if one.steady_gain is None} == {"Lion"}


GAINING = [one for one in CASES if one.steady_gain is not None]


@pytest.mark.parametrize("optimizer", GAINING, ids=str)
def test_the_steady_gain_is_what_a_steady_gradient_is_multiplied_by_in_the_long_run(optimizer):
    steps, g, p = 3000, np.array([[0.7, -40.0, 1e-3]]), np.zeros((1, 3))
    state = optimizer.init(p)
    for step in range(steps):
        before = state
        direction, state = optimizer.direction(g, p, state, step)
    held = {line.name: array for line, array in zip(optimizer.begins(), before, strict=True)}
    found = work_out(optimizer.lines(), {**optimizer.constants(), **held, "g": g, "p": p, "t": float(steps)})
    # NAdam's momentum is still on its way
    gain = eval(optimizer.steady_gain, FUNCTIONS, found)
    np.testing.assert_allclose(direction / g, gain * np.ones_like(g), rtol=1e-4)


WITHOUT_VELOCITY = [one for one in GAINING if not {"beta", "momentum"} & one.constants().keys()]


@pytest.mark.parametrize("optimizer", WITHOUT_VELOCITY, ids=str)
def test_the_steady_gain_is_what_the_gradient_or_its_mean_is_multiplied_by(optimizer):
    held = {line.name: np.full((1, 1), 2.5) for line in optimizer.begins()}
    values = {**optimizer.constants(), **held, "g": np.full((1, 1), 0.7), "p": np.zeros((1, 1)), "t": 30.0}
    found = work_out(optimizer.lines(), values)
    gain = eval(optimizer.steady_gain, FUNCTIONS, found)
    mean = next((found[name] for name in ("m_hat", "m") if name in found), found["g"])
    np.testing.assert_allclose(found["d"], gain * mean)


def test_the_lines_of_a_run_give_its_directions_from_its_gradients():
    """Coordinates in turn too: a line knows nothing but its own parameter's past."""
    for settings in ({}, {"coordinates": "in turn", "batch_size": 7, "shuffle": True}):
        experiment = Experiment(epochs=3, **settings)
        for contestant, run in zip(experiment.contestants, train(experiment).values(), strict=True):
            one = contestant.optimizer
            held = work_out(one.begins(), {**one.constants(), "p": run.params[0]})
            for row, (g, d) in enumerate(zip(run.gradient, run.direction, strict=True)):
                held = work_out(one.lines(), {**held, "g": g, "p": run.params[row], "t": row + 1.0})
                assert held["d"].tobytes() == d.tobytes()


def test_a_method_without_lines_says_so():
    with pytest.raises(NotImplementedError):
        Optimizer().lines()
