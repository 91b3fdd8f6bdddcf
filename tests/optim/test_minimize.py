"""One method on any function."""

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


def test_warnings_of_the_function_itself_stay_quiet_while_it_diverges():
    run = minimize(lambda p, step: -np.exp(p), [5.0], SGD(1), steps=10, value=lambda p: -np.exp(p)[0])
    assert run.diverged_at == 2
    assert run.diverged_reason == "parameter params[0] exceeded 1e18"
