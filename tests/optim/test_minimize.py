"""One method on any function."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from optim import SGD, Adam, Contestant, CosineAnnealing, Experiment, Momentum, minimize, train


def test_a_bowl_to_its_bottom():
    run = minimize(lambda p, step: 2 * p, (1, -2), SGD(0.1), steps=100, value=lambda p: p @ p)
    expected = np.array([1, -2]) * 0.8 ** np.arange(101)[:, None]
    np.testing.assert_allclose(run.params, expected, rtol=1e-12)
    np.testing.assert_allclose(run.loss, (expected**2).sum(axis=1), rtol=1e-12)
    np.testing.assert_allclose(run.gradient, 2 * expected[:-1], rtol=1e-12)
    assert (run.label, run.diverged_at) == ("SGD", None)
    shapes = {"params": (101, 2), "loss": (101,), "gradient": (100, 2), "direction": (100, 2), "learning_rate": (100,)}
    for name, shape in shapes.items():
        assert getattr(run, name).shape == shape
        assert not getattr(run, name).flags.writeable


def test_without_a_value_there_is_no_loss():
    assert minimize(lambda p, step: p, [1.0], SGD(0.1), steps=3).loss is None


def test_the_gradient_gets_a_read_only_row_and_the_step_from_0():
    seen = []

    def gradient(params, step):
        assert (params.shape, params.dtype) == ((3,), np.float64)
        with pytest.raises(ValueError, match="read-only"):
            params[0] = 1
        seen.append((step, params))
        return np.ones(3)

    run = minimize(gradient, (1, 2, 3), SGD(1), steps=4)
    assert [step for step, _ in seen] == [0, 1, 2, 3]
    np.testing.assert_array_equal([params for _, params in seen], run.params[:-1])


def test_the_value_gets_a_read_only_row():
    def value(params):
        assert not params.flags.writeable
        return params.sum()

    assert minimize(lambda p, step: p, [1.0, 1.0], SGD(0.5), steps=1, value=value).loss.tolist() == [2, 1]


def test_any_sequence_of_numbers_is_a_gradient():
    for answer in ([1, 2], (1.0, 2.0), np.array([1, 2], dtype=np.float32)):
        run = minimize(lambda p, step, answer=answer: answer, (0, 0), SGD(1), steps=2)
        assert run.params.tolist() == [[0, 0], [-1, -2], [-2, -4]]


def test_a_period_counts_steps_unless_told():
    by_steps = minimize(lambda p, step: p, [1.0], SGD(1), 20, CosineAnnealing(period=5))
    by_epochs = minimize(lambda p, step: p, [1.0], SGD(1), 20, CosineAnnealing(period=5), steps_per_epoch=2)
    assert np.flatnonzero(by_steps.learning_rate == 1).tolist() == [0, 5, 10, 15]
    assert np.flatnonzero(by_epochs.learning_rate == 1).tolist() == [0, 10]


@pytest.mark.parametrize("optimizer", [SGD(0.001), Momentum(0.001, 0.95), Adam(1, (0.7, 0.9))], ids=str)
def test_minimize_and_train_share_one_loop(optimizer):
    """The experiment's own gradient, fed through minimize, gives the same bytes."""
    experiment = Experiment(epochs=3, contestants=[Contestant("it", optimizer, CosineAnnealing(1))])
    run, data = train(experiment)["it"], experiment.dataset

    def gradient(params, step):
        x, y = data.x[step % 30], data.y[step % 30]
        error = 2.0 * (params[0] * x + params[1] - y)
        return error * x, error * 1.0

    other = minimize(gradient, (1, 1), optimizer, 90, CosineAnnealing(1), steps_per_epoch=30)
    for name in ("params", "gradient", "direction", "learning_rate"):
        assert getattr(other, name).tobytes() == getattr(run, name).tobytes()


ODD = {
    "complex": lambda n: np.ones(n, dtype=complex),
    "complex without an imaginary part": lambda n: [1 + 0j] * n,
    "texts": lambda n: ["1"] * n,
    "bytes": lambda n: np.array([b"1"] * n),
    "dates": lambda n: np.zeros(n, dtype="datetime64[s]"),
    "times": lambda n: np.zeros(n, dtype="timedelta64[s]"),
    "truth values": lambda n: np.ones(n, dtype=bool),
    "nothing": lambda n: None,
    "objects": lambda n: np.array([object()] * n),
    "ragged": lambda n: [[1], [1, 2]],
    "masked": lambda n: np.ma.array([1.0] * n, mask=[True] * n),
    "fields": lambda n: np.zeros(n, dtype=[("a", float)]),
    "a dictionary": lambda n: dict.fromkeys(range(n), 1.0),
    "a column": lambda n: np.ones((n, 1)),
    "a row": lambda n: np.ones((1, n)),
    "one too many": lambda n: np.ones(n + 1),
    "empty": lambda n: [],
}


@pytest.mark.parametrize("made", ODD.values(), ids=ODD)
def test_a_gradient_that_is_not_n_real_numbers(made):
    with pytest.raises(ValueError, match=r"^gradient\(params, step\) must return 2 numbers") as caught:
        minimize(lambda p, step: made(2), (1, 2), SGD(0.1), 3)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("made", ODD.values(), ids=ODD)
def test_a_value_that_is_not_one_real_number(made):
    with pytest.raises(ValueError, match=r"^value\(params\) must return one number") as caught:
        minimize(lambda p, step: p, (1, 2), SGD(0.1), 3, value=lambda p: made(1))
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "value", [1j, "1", b"1", None, True, np.datetime64(1, "s"), np.timedelta64(1, "s"), np.ma.masked], ids=repr)
def test_a_single_value_of_another_kind(value):
    with pytest.raises(ValueError, match=r"^value\(params\) must return one number"):
        minimize(lambda p, step: p, (1, 2), SGD(0.1), 3, value=lambda p: value)


@pytest.mark.parametrize("kind", [float, int, np.float32, np.array, Fraction, Decimal], ids=str)
def test_a_value_or_a_slope_of_any_kind_of_number(kind):
    run = minimize(lambda p, step: [kind(1), kind(2)], (4, 8), SGD(1), 3, value=lambda p: kind(7))
    assert run.loss.tolist() == [7] * 4
    assert run.params[-1].tolist() == [1, 2]


def test_numbers_too_large_for_a_float_are_a_divergence():
    assert minimize(lambda p, step: [10**400], [1], SGD(1), 3).diverged_at == 1
    assert minimize(lambda p, step: p, [1], SGD(1), 3, value=lambda p: 10**400).diverged_at == 0


@pytest.mark.parametrize("start", [
    np.array(1.0), 1.0, None, "12", {1.0: 2}.values, np.array([1j]), np.array(["1"]), [None], [[1.0]], [True],
    np.ma.array([1.0, 2.0], mask=[False, True]), np.array([1], dtype="datetime64[s]"), [np.inf], [], object(),
], ids=lambda one: repr(one).partition(" at 0x")[0])
def test_a_start_that_is_no_row_of_numbers(start):
    with pytest.raises(ValueError, match=r"^start(\[\d\])? must be "):
        minimize(lambda p, step: p, start, SGD(0.1), 3)


@pytest.mark.parametrize(("given", "message"), [
    ({"gradient": None}, "gradient must be a function, not None"),
    ({"gradient": np.ones(2)}, "gradient must be a function, not array"),
    ({"value": 3.0}, "value must be a function, not 3.0"),
    ({"steps": "3"}, "steps must be a whole number"),
    ({"optimizer": "SGD"}, "optimizer must be one such as"),
], ids=str)
def test_other_arguments_that_do_not_fit(given, message):
    with pytest.raises(ValueError, match=message):
        minimize(**{"gradient": lambda p, step: p, "start": (1, 2), "optimizer": SGD(0.1), "steps": 3} | given)


def test_warnings_of_the_function_itself_stay_quiet_while_it_diverges():
    run = minimize(lambda p, step: -np.exp(p), [5.0], SGD(1), steps=10, value=lambda p: -np.exp(p)[0])
    assert run.diverged_at == 2
    assert run.diverged_reason == "parameter params[0] exceeded 1e18"
