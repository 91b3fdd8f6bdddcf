"""Runs held to what is known without our code: closed forms and formulas written out."""

import numpy as np
import pytest

from optim import (
    SGD,
    Adam,
    Contestant,
    Dataset,
    Experiment,
    Generated,
    Momentum,
    minimize,
    train,
)


def run_alone(optimizer, **settings):
    return train(Experiment(contestants=[Contestant("it", optimizer)], **settings))["it"]


@pytest.mark.parametrize("lr", [0.0005, 0.001, 0.004])
def test_error_after_k_epochs_is_the_epochs_matrix_to_the_kth(lr):
    """Each point multiplies the error e = params - optimum by I - 2 lr h h^T, h = (x, 1)."""
    run = run_alone(SGD(lr), epochs=20)
    optimum = np.array([1.5, -28.0])
    epoch = np.eye(2)
    for x in Experiment().dataset.x:
        h = np.array([x, 1.0])
        epoch = (np.eye(2) - 2 * lr * np.outer(h, h)) @ epoch
    for k in range(21):
        expected = np.linalg.matrix_power(epoch, k) @ ([1, 1] - optimum)
        np.testing.assert_allclose(run.params[30 * k] - optimum, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("batch_size", [4, 7, 30])
def test_error_after_k_epochs_of_batches(batch_size):
    """A batch's matrix is I - 2 lr mean(h h^T) over its own points, the smaller last one included."""
    run = run_alone(SGD(0.002), epochs=20, batch_size=batch_size)
    x = Experiment().dataset.x
    epoch = np.eye(2)
    for first in range(0, 30, batch_size):
        h = np.stack([x[first:first + batch_size], np.ones_like(x[first:first + batch_size])])
        epoch = (np.eye(2) - 2 * 0.002 * h @ h.T / h.shape[1]) @ epoch
    error = np.linalg.matrix_power(epoch, 20) @ [-0.5, 29]
    np.testing.assert_allclose(run.params[-1] - [1.5, -28], error, rtol=0, atol=1e-9)


def largest_curvature(experiment):
    """L, the largest eigenvalue of the mean loss' Hessian 2 mean(h h^T)."""
    h = np.stack([experiment.dataset.x, np.ones(experiment.dataset.size)])
    return np.linalg.eigvalsh(2 * h @ h.T / h.shape[1])[-1]


# Momentum's edges: 2 (1 + beta) / L for heavy ball, and that divided by 1 - beta for the averaged form (Polyak 1964).
@pytest.mark.parametrize(("make", "edge"), [
    (SGD, 2.0),
    (lambda lr: Momentum(lr, 0.8, "heavy-ball"), 2 * 1.8),
    (lambda lr: Momentum(lr, 0.8, "average"), 2 * 1.8 / 0.2),
], ids=["SGD", "heavy ball", "averaged"])
def test_full_batch_descent_converges_below_its_edge_and_diverges_above(make, edge):
    curvature = largest_curvature(Experiment())
    below, above = (
        run_alone(make(share * edge / curvature), batch_size=30, epochs=2000) for share in (0.99, 1.01)
    )
    assert below.loss[-1] < 1e-6 * below.loss[0]
    assert above.diverged_at is not None or above.loss[-1] > 1e6 * above.loss[0]


def test_the_articles_edge_and_condition():
    assert 2 / largest_curvature(Experiment()) == pytest.approx(0.0348, abs=5e-5)


@pytest.mark.parametrize("lr", [0.001, 0.1, 1.0])
def test_adams_first_step_is_the_rate_times_the_sign(lr):
    run = run_alone(Adam(lr, eps=0), epochs=1)
    np.testing.assert_allclose(run.params[1] - run.params[0], -lr * np.sign(run.gradient[0]), rtol=1e-12)


@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.7, 0.9)])
def test_uncorrected_adams_first_step(betas):
    run = run_alone(Adam(0.1, betas, eps=0, bias_correction=False), epochs=1)
    size = 0.1 * (1 - betas[0]) / np.sqrt(1 - betas[1])
    np.testing.assert_allclose(run.params[1] - run.params[0], -size * np.sign(run.gradient[0]), rtol=1e-12)


@pytest.mark.parametrize("bias_correction", [True, False])
@pytest.mark.parametrize("eps_inside_sqrt", [True, False])
def test_adam_as_written_in_its_paper(bias_correction, eps_inside_sqrt):
    b1, b2, eps, lr = 0.8, 0.95, 0.1, 0.3
    start, slope = [3.0, -2.0], [2.0, 50.0]
    expected, m, v = [list(start)], [0.0, 0.0], [0.0, 0.0]
    for t in range(1, 21):
        now = list(expected[-1])
        for i in range(2):
            g = slope[i] * now[i]
            m[i] = b1 * m[i] + (1 - b1) * g
            v[i] = b2 * v[i] + (1 - b2) * g**2
            c1, c2 = (1 - b1**t, 1 - b2**t) if bias_correction else (1, 1)
            size = (v[i] / c2 + eps) ** 0.5 if eps_inside_sqrt else (v[i] / c2) ** 0.5 + eps
            now[i] -= lr * (m[i] / c1) / size
        expected.append(now)
    optimizer = Adam(lr, (b1, b2), eps, bias_correction, eps_inside_sqrt)
    run = minimize(lambda p, step: slope * p, start, optimizer, steps=20)
    np.testing.assert_allclose(run.params, expected, rtol=1e-12)


def test_heavy_ball_at_a_rate_times_one_minus_beta_is_the_averaged_form():
    averaged = run_alone(Momentum(0.002, 0.9, "average"))
    heavy = run_alone(Momentum(0.002 * (1 - 0.9), 0.9, "heavy-ball"))
    np.testing.assert_allclose(heavy.params, averaged.params, rtol=1e-10)


@pytest.mark.parametrize("batch_size", [1, 4, 7, 30])
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_recorded_gradient_is_the_batch_loss_gradient(batch_size, reduction):
    """Central differences of the batch's loss, written out here."""
    experiment = Experiment(
        data=Generated(noise=2), epochs=2, batch_size=batch_size, reduction=reduction,
        contestants=[Contestant("SGD", SGD(1e-4))])
    run, data = train(experiment)["SGD"], experiment.dataset
    combine = np.mean if reduction == "mean" else np.sum
    order = np.arange(30)
    for step in range(experiment.steps):
        first = (step % experiment.steps_per_epoch) * batch_size
        points = order[first:first + batch_size]

        def loss(params, points=points):
            return combine((params[0] * data.x[points] + params[1] - data.y[points]) ** 2)

        for i, nudge in enumerate(np.eye(2) * 1e-4):
            slope = (loss(run.params[step] + nudge) - loss(run.params[step] - nudge)) / 2e-4
            assert run.gradient[step, i] == pytest.approx(slope, rel=1e-6, abs=1e-5)


def test_update_is_rate_times_direction():
    for run in train(Experiment()).values():
        np.testing.assert_array_equal(run.params[1:], run.params[:-1] - run.learning_rate[:, None] * run.direction)


def test_loss_is_the_mean_over_all_data_whatever_the_reduction():
    data = Dataset([1, 2, 4], [0, 5, -3])
    for reduction in ("mean", "sum"):
        run = run_alone(SGD(0.01), data=data, reduction=reduction, batch_size=2, epochs=4)
        a, b = run.params.T
        expected = ((a + b) ** 2 + (2 * a + b - 5) ** 2 + (4 * a + b + 3) ** 2) / 3
        np.testing.assert_allclose(run.loss, expected, rtol=1e-13)
