"""A run that diverges says when and why, disturbs no other and raises no warning (which pytest makes an error)."""

import pickle

import numpy as np
import pytest

from optim import (
    DIVERGENCE_LIMIT,
    SGD,
    Adam,
    Contestant,
    Dataset,
    Experiment,
    Lion,
    Model,
    Momentum,
    Surface,
    Verdict,
    minimize,
    train,
    verdict,
)

CALM = (
    Contestant("calm", SGD(0.001)),
    Contestant("momentum", Momentum(0.001, 0.95)),
    Contestant("adam", Adam(1, (0.7, 0.9))),
)
WILD = (
    Contestant("wild", SGD(0.05)),
    Contestant("wilder", SGD(1e6)),
    Contestant("wild momentum", Momentum(0.5, 0.2)),
    Contestant("wild adam", Adam(1e300, (0.7, 0.9))),
)


def same_bytes(one, other):
    pairs = zip((one.params, one.loss, one.gradient, one.direction), (other.params, other.loss, other.gradient,
                other.direction), strict=True)
    return all(a.tobytes() == b.tobytes() for a, b in pairs)


@pytest.mark.parametrize("settings", [{}, {"batch_size": 7}, {"coordinates": "in turn"}, {"reduction": "sum"}], ids=str)
def test_others_keep_their_bytes(settings):
    alone = train(Experiment(contestants=CALM, **settings))
    company = train(Experiment(contestants=(WILD[0], CALM[0], WILD[1], *CALM[1:], *WILD[2:]), **settings))
    assert all(company[one.label].diverged_at is not None for one in WILD)
    for label, run in alone.items():
        assert run.diverged_at is None
        assert same_bytes(run, company[label])


def plain_sgd(lr):
    """The first step of plain Python's SGD at which a parameter exceeds the limit, and which."""
    data = Experiment().dataset
    a, b = 1.0, 1.0
    for step in range(1, 1501):
        x, y = data.x[(step - 1) % 30], data.y[(step - 1) % 30]
        error = 2 * (float(a) * x + b - y)
        a, b = a - lr * error * x, b - lr * error
        for name, value in (("a", a), ("b", b)):
            if abs(value) > DIVERGENCE_LIMIT:
                return step, f"parameter {name} exceeded 1e18"
    return None


@pytest.mark.parametrize("lr", [0.04, 0.05, 0.3, 1e6, 1e17])
def test_the_step_and_the_reason(lr):
    run = train(Experiment(contestants=[Contestant("it", SGD(lr))]))["it"]
    assert (run.diverged_at, run.diverged_reason) == plain_sgd(lr)


def test_everything_is_nan_from_there_but_the_learning_rate():
    run = train(Experiment(contestants=[Contestant("it", SGD(0.05))]))["it"]
    at = run.diverged_at
    assert at > 5
    for array, row in ((run.params, at), (run.loss, at), (run.gradient, at - 1), (run.direction, at - 1)):
        assert np.isfinite(array[:row]).all()
        assert np.isnan(array[row:]).all()
    np.testing.assert_array_equal(run.learning_rate, np.full(1500, 0.05))


def test_a_size_just_at_the_limit_is_no_divergence():
    at, beyond = (minimize(lambda p, step: [-1.0], [0.0], SGD(lr), steps=1) for lr in (1e18, 1.0000001e18))
    assert at.diverged_at is None
    assert beyond.diverged_at == 1
    assert beyond.diverged_reason == "parameter params[0] exceeded 1e18"


@pytest.mark.parametrize("keep", ["everything", "final"])
def test_a_loss_that_overflows_counts(keep):
    """exp(200 a) x is 1e147 x at a = 1.7, and its square no longer a number of the machine at a = 1.8."""
    steep = Model("steep", ("a",), lambda p, x: np.exp(200 * p[0]) * x, lambda p, x: (-x,))
    experiment = Experiment(
        model=steep, true_params=(0,), start=(1.7,), batch_size=30, epochs=1, contestants=[Contestant("it", Adam(0.1))])
    run = train(experiment, keep=keep)["it"]
    assert (run.diverged_at, run.diverged_reason) == (1, "the loss is no longer finite")
    assert np.isnan(run.params[-1]).all()
    assert np.isnan(run.loss[-1])


def test_a_number_that_is_none_counts():
    """Without eps a zero gradient is 0 / 0 in Adam."""
    run = minimize(lambda p, step: 0 * p, [1.0, 2.0], Adam(eps=0), steps=3)
    assert (run.diverged_at, run.diverged_reason) == (1, "parameter params[0] is no longer a number")


def test_a_start_may_already_be_lost():
    nowhere = Model("nowhere", ("a",), lambda p, x: p[0] * x / 0 * np.ones_like(x), lambda p, x: (x,))
    with np.errstate(all="ignore"):
        experiment = Experiment(model=nowhere, start=(1,), data=Experiment().dataset, epochs=1)
    run = train(experiment)["SGD"]
    assert (run.diverged_at, run.diverged_reason) == (0, "the loss is no longer finite")
    for array in (run.params, run.loss, run.gradient, run.direction):
        assert np.isnan(array).all()


def test_final_runs_diverge_at_the_same_step():
    experiment = Experiment(contestants=WILD + CALM)
    whole, final = train(experiment), train(experiment, keep="final")
    for label, run in whole.items():
        assert (final[label].diverged_at, final[label].diverged_reason) == (run.diverged_at, run.diverged_reason)
        assert np.isnan(final[label].params).all() == (run.diverged_at is not None)
        assert np.isnan(final[label].loss).all() == (run.diverged_at is not None)


def test_minimize_asks_no_more_once_it_has_diverged():
    asked = []

    def gradient(params, step):
        asked.append(step)
        assert abs(params[0]) <= DIVERGENCE_LIMIT
        return -9 * params

    def value(params):
        assert abs(params[0]) <= DIVERGENCE_LIMIT
        return float(params[0])

    run = minimize(gradient, [1.0], SGD(1), steps=50, value=value)
    assert run.diverged_at == 19
    assert asked == list(range(19))
    assert np.isfinite(run.loss[:19]).all()
    assert np.isnan(run.loss[19:]).all()
    assert run.learning_rate.shape == (50,)


def test_a_run_survives_a_cache():
    run = train(Experiment(contestants=WILD[:1]))["wild"]
    again = pickle.loads(pickle.dumps(run))
    assert same_bytes(run, again)
    assert (again.label, again.diverged_at, again.diverged_reason) == ("wild", run.diverged_at, run.diverged_reason)
    assert not again.params.flags.writeable


# The slope is not a number, though the loss is


def lost_beyond(limit):
    """A bowl whose slope is not a number from some size of a on, as somebody's own program may have it."""
    return Model(
        "own", ("a", "b"), lambda p, x: p[0] + p[1] + 0 * x,
        lambda p, x: (np.where(np.abs(p[0]) > limit, np.nan, 1.0), 1.0), start=(0, 0))


DATA = Dataset([0, 1], [2, 2])


@pytest.mark.parametrize("keep", ["everything", "final"])
@pytest.mark.parametrize("method", [SGD(0.1), Momentum(0.1), Adam(0.1), Lion(0.1)], ids=str)
@pytest.mark.parametrize("settings", [{}, {"coordinates": "in turn"}, {"batch_size": 2}], ids=str)
def test_a_slope_that_is_not_a_number_ends_a_run_in_words_of_its_own(keep, method, settings):
    contestants = [Contestant("it", method)]
    experiment = Experiment(lost_beyond(0.35), data=DATA, contestants=contestants, epochs=40, **settings)
    run = train(experiment, keep=keep)["it"]
    assert run.slope_lost
    assert run.diverged_reason == "the slope by a is not a number, though the loss is"
    whole = train(experiment)["it"]
    assert run.diverged_at == whole.diverged_at > 1
    assert abs(whole.params[run.diverged_at - 1, 0]) > 0.35
    assert np.isfinite(whole.loss[:run.diverged_at]).all()
    assert np.isnan(whole.params[run.diverged_at:]).all()
    assert verdict(whole, 0, 2) == Verdict("slope not computable", at=run.diverged_at)
    assert pickle.loads(pickle.dumps(run)).slope_lost


def test_a_surface_and_a_function_may_lose_their_slope_too():
    flat = Surface("flat", lambda p: p[0] + 0 * p[1], lambda p: (np.nan * p[0], 0 * p[1]), (1, 1), ((0, 2), (0, 2)))
    run = train(Experiment(flat, contestants=[Contestant("it", SGD(0.1))]))["it"]
    assert (run.diverged_at, run.slope_lost) == (1, True)
    assert run.diverged_reason == "the slope by x is not a number, though the loss is"
    for value in (None, lambda p: 1.0):
        run = minimize(lambda p, step: [np.nan if step == 2 else 1.0], [0.0], SGD(0.1), steps=5, value=value)
        assert (run.diverged_at, run.slope_lost) == (3, True)
        assert run.diverged_reason == "the slope by params[0] is not a number, though the loss is"


def test_what_diverges_has_not_lost_its_slope():
    nothing = Model("nothing", ("a",), lambda p, x: np.where(p[0] > 0.5, np.nan, p[0]) + 0 * x,
                    lambda p, x: (np.where(p[0] > 0.5, np.nan, 1.0),), start=(0,))
    it = [Contestant("it", SGD(0.3))]
    for experiment in (Experiment(contestants=WILD), Experiment(nothing, data=DATA, contestants=it)):
        for keep in ("everything", "final"):
            for run in train(experiment, keep=keep).values():
                assert (run.diverged_at is not None, run.slope_lost) == (True, False)
    assert verdict(train(Experiment(contestants=WILD))["wild"], 0, 30).kind == "diverged"
