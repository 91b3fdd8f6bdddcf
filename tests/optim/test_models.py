"""What every registered curve must be: its written formula, exact slopes, and settings of its own that show it well."""

import dataclasses

import mpmath
import numpy as np
import pytest

from optim import (
    MODELS,
    SGD,
    Contestant,
    Dataset,
    Experiment,
    Generated,
    Model,
    find,
    network,
    polynomial,
    train,
    verdict,
)
from tests.aimed import seconds
from tests.optim.written import complex_step, work_out

X = np.linspace(-3, 5, 9)
LABELS = MODELS["logistic-regression"]


def points(model, count=20):
    """Parameters near the start and the true ones, and far from both."""
    random = np.random.RandomState(1)
    near = [model.start_for(3), model.true_params]
    return [np.array(one) for one in near] + list(random.uniform(-2, 2, (count, model.n)))


each_model = pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)


@each_model
def test_the_value_is_the_written_one(model):
    for params in points(model):
        names = dict(zip(model.parameter_names, params, strict=True))
        expected = np.broadcast_to(work_out(model.expression, names | {"x": X}), X.shape)
        np.testing.assert_allclose(model.predict(params, X), expected, rtol=1e-12, atol=1e-12)


@each_model
def test_the_gradient_is_exact(model):
    for params in points(model):
        slopes = [np.broadcast_to(slope, X.shape) for slope in model.gradient(params, X)]
        np.testing.assert_allclose(slopes, complex_step(lambda p: model.predict(p, X), params), rtol=1e-11, atol=1e-12)


def written_loss(model, params, x, y):
    value = model.predict(params, x)
    if model.loss_kind == "cross-entropy":
        return -np.mean(y * np.log(value) + (1 - y) * np.log(1 - value))
    return np.mean((value - y) ** 2)


@each_model
@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("batch_size", [1, 7, 30])
def test_the_recorded_gradient_is_that_of_the_batchs_loss(model, reduction, batch_size):
    experiment = Experiment(
        model, epochs=1, batch_size=batch_size, reduction=reduction, data=Generated(noise=0.5),
        contestants=[Contestant("it", SGD(1e-3)), Contestant("other", SGD(2e-3))])
    data, run = experiment.dataset, train(experiment)["it"]
    for step in range(experiment.steps):
        batch = slice(step * batch_size, (step + 1) * batch_size)
        x, y = data.x[batch], data.y[batch]
        slope = complex_step(lambda p, x=x, y=y: written_loss(model, p, x, y), run.params[step])
        slope *= len(x) if reduction == "sum" else 1
        np.testing.assert_allclose(run.gradient[step], slope, rtol=1e-9, atol=1e-10)


@each_model
def test_the_loss_is_the_mean_over_all_data(model):
    data = Experiment(model).dataset
    many = np.stack(points(model), axis=1)  # (n, runs)
    expected = [written_loss(model, params, data.x, data.y) for params in many.T]
    np.testing.assert_allclose(model.loss(many, data.x, data.y), expected, rtol=1e-9)
    grid = many[:, :6].reshape(model.n, 2, 3)
    np.testing.assert_array_equal(model.loss(grid, data.x, data.y).ravel(), model.loss(many[:, :6], data.x, data.y))


@each_model
def test_a_single_x_and_many_lanes_give_the_same(model):
    many = np.stack(points(model), axis=1)
    for x in X:
        values = np.broadcast_to(model.predict(many, np.asarray(x)), many.shape[1])
        slopes = [np.broadcast_to(slope, many.shape[1]) for slope in model.gradient(many, np.asarray(x))]
        for lane, params in enumerate(many.T):
            alone = [np.float64(one) for one in params]
            np.testing.assert_allclose(values[lane], model.predict(alone, x), rtol=1e-13, atol=1e-13)
            lanes = [slope[lane] for slope in slopes]
            np.testing.assert_allclose(lanes, model.gradient(alone, x), rtol=1e-13, atol=1e-13)


@each_model
def test_a_model_tells_of_itself(model):
    assert find(model.name) is model
    assert all((model.formula, model.expression, model.shows))
    assert model.name.startswith(model.family)
    assert len(model.true_params) == len(model.start_for(0)) == model.n


@each_model
def test_its_own_settings_show_it(model):
    """Generated points are finite, no method of the four diverges, and the best of them comes most of the way."""
    experiment = Experiment(model.name)
    low, high = model.x_range
    assert low <= experiment.dataset.x.min() < experiment.dataset.x.max() <= high
    runs = train(experiment)
    excess = {label: (run.loss - experiment.floor) / (run.loss[0] - experiment.floor) for label, run in runs.items()}
    for label, run in runs.items():
        assert verdict(run, experiment.floor, experiment.steps_per_epoch).kind != "diverged", label
        assert excess[label].min() < 0.9, label
    assert min(one[-1] for one in excess.values()) < (0.6 if model.family == "polynomial" else 0.1)


@each_model
def test_known_optima_are_minima(model):
    for data in (Generated(), Generated(noise=1, seed=2)):
        experiment = Experiment(model, data=data)
        if experiment.optimum is None:
            assert data.noise or model.loss_kind == "cross-entropy"
            assert experiment.floor == 0
            continue
        x, y = experiment.dataset.x, experiment.dataset.y
        slope = complex_step(lambda p, x=x, y=y: written_loss(model, p, x, y), experiment.optimum)
        np.testing.assert_allclose(slope, 0, atol=1e-8)
        assert experiment.floor == float(model.loss(experiment.optimum, x, y))
        for nudge in np.random.RandomState(0).uniform(-0.1, 0.1, (30, model.n)):
            assert experiment.loss(experiment.optimum + nudge) > experiment.floor


# Polynomials


@pytest.mark.parametrize("degree", [2, 3, 4, 5])
def test_scaled_inputs_leave_the_points_and_take_the_ravine(degree):
    plain, scaled = (Experiment(polynomial(degree, flag)) for flag in (False, True))
    np.testing.assert_array_equal(plain.dataset.x, scaled.dataset.x)
    np.testing.assert_allclose(plain.dataset.y, scaled.dataset.y, rtol=1e-12, atol=1e-12)
    conditions = []
    for experiment in (plain, scaled):
        x = experiment.dataset.x
        slopes = experiment.resolved_model.gradient(experiment.start, x)
        rows = np.stack([np.broadcast_to(one, x.shape) for one in slopes])
        conditions.append(np.linalg.cond(rows @ rows.T))
    assert conditions[0] > 4 * conditions[1]


def test_the_true_polynomials_are_chebyshevs_tilted():
    for degree in (2, 3, 4, 5):
        model, u = polynomial(degree, True), np.linspace(-1, 1, 50)
        expected = np.cos(degree * np.arccos(u)) + u
        np.testing.assert_allclose(model.predict(model.true_params, 2 * u + 1), expected, atol=1e-12)


# Labels


def test_labels_are_0_or_1_as_often_as_the_curve_says():
    data = Experiment(LABELS, data=Generated(size=200_000)).dataset
    assert set(data.y.tolist()) == {0.0, 1.0}
    for low in range(-4, 4):
        inside = (low <= data.x) & (data.x < low + 1)
        fine = np.linspace(low, low + 1, 1001)
        assert data.y[inside].mean() == pytest.approx(LABELS.predict(LABELS.true_params, fine).mean(), abs=0.015)


def test_noise_on_labels_scales_one_pattern_and_never_moves_x():
    calm, noisy = (Experiment(LABELS, data=Generated(seed=5, noise=noise)).dataset for noise in (0, 0.3))
    np.testing.assert_array_equal(noisy.x, calm.x)
    random = np.random.RandomState(5)
    x = random.uniform(-4, 4, 30)
    chance = 1 / (1 + np.exp(-(1.5 * x - 1)))
    normal, uniform = random.standard_normal(30), random.random_sample(30)
    np.testing.assert_array_equal(calm.y, chance > uniform)
    np.testing.assert_array_equal(noisy.y, chance + 0.3 * normal > uniform)


def test_labels_that_a_point_divides_have_no_optimum():
    for x, y in (([-2, -1, 1, 2], [0, 0, 1, 1]), ([-2, 0, 0, 2], [1, 1, 0, 0]), ([1, 2], [1, 1])):
        experiment = Experiment(LABELS, data=Dataset(x, y))
        assert experiment.optimum is None
        assert experiment.floor == 0


def test_the_cross_entropys_optimum_for_labels_of_two_places():
    """At x = 0 a quarter, at x = 1 three quarters of the labels are 1: there the best curve goes through these."""
    data = Dataset([0] * 4 + [1] * 4, [1, 0, 0, 0, 1, 1, 1, 0])
    a, b = LABELS.optimum(data.x, data.y)
    assert (b, a + b) == pytest.approx((np.log(1 / 3), np.log(3)))


def test_the_cross_entropy_of_a_sure_and_wrong_curve_is_finite():
    loss = LABELS.loss([np.array([1000.0, -1000.0]), 0.0], np.array([1.0]), np.array([0.0]))
    np.testing.assert_allclose(loss, [1000, 0], atol=1e-12)


@pytest.mark.parametrize(("z", "label"), [(40.0, 1.0), (23.0, 1 - 1e-10), (-30.0, 1e-12), (700.0, 1.0), (-3.0, 1.0)])
def test_the_cross_entropy_keeps_its_digits_however_small_it_is(z, label):
    with mpmath.workdps(400):
        expected = mpmath.log(1 + mpmath.exp(mpmath.mpf(z))) - mpmath.mpf(label) * mpmath.mpf(z)
    loss = LABELS.loss([0.0, z], np.array([1.0]), np.array([label]))
    assert loss == pytest.approx(float(expected), rel=1e-13, abs=0)


# The network


def test_the_seed_draws_the_start():
    starts = {Experiment("network-4", data=Generated(seed=seed)).start for seed in range(20)}
    assert len(starts) == 20
    assert Experiment("network-4", data=Generated(seed=3)) == Experiment("network-4", data=Generated(seed=3))
    assert Experiment("network-4", seed=3).start == Experiment("network-4", data=Generated(seed=3)).start
    assert Experiment("network-4", start=range(13)).start == tuple(range(13))


@pytest.mark.parametrize("units", [1, 8, 64])
def test_the_starting_output_has_one_size(units):
    values = [network(units).predict(network(units).start_for(seed), 1.0) for seed in range(2000)]
    assert np.mean(values) == pytest.approx(0, abs=0.1)
    assert 0.5 < np.std(values) < 0.9


def test_a_tiny_network_takes_less_than_a_second():
    """Four contestants, 200 epochs of 30 points, h = 8; processor time, since the machine may have other work, and of
    three readings the least, since no processor is exact then.
    """
    experiment = Experiment("network-8")
    assert (len(experiment.contestants), experiment.steps) == (4, 6000)
    assert any(seconds(train, experiment) < 1 for _ in range(3))


# Models of one's own


def test_a_model_that_declares_nothing():
    mine = Model("mine", ("a", "b", "c"), lambda p, x: p[0] + p[1] * x + p[2] * x * x, lambda p, x: (1.0, x, x * x))
    experiment = Experiment(mine)
    assert (experiment.true_params, experiment.start) == ((1.0,) * 3, (0.5,) * 3)
    assert set(experiment.dataset.x) <= set(range(-10, 10))
    assert (mine.family, mine.loss_kind, experiment.epochs) == ("mine", "squared", 50)


def test_what_is_given_goes_before_what_the_model_declares():
    sine = MODELS["sine"]
    assert Experiment("sine").true_params == sine.true_params
    experiment = Experiment("sine", true_params=(1, 2, 3), start=(4, 5, 6), epochs=7, data=Generated(low=0))
    assert (experiment.true_params, experiment.start, experiment.epochs) == ((1, 2, 3), (4, 5, 6), 7)
    assert (experiment.data.low, experiment.data.high) == (0, 5)
    assert [one.optimizer.lr for one in Experiment("sine").contestants] == [0.01, 0.01, 0.1, 0.1]


def test_another_model_takes_its_own_settings_along():
    """Only what was left to the model changes with it."""
    surface = Experiment("rosenbrock")
    assert dataclasses.replace(surface, model="line", start=None, epochs=None, contestants=None) == Experiment()
