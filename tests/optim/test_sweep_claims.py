"""What sweeps show is what is known: closed forms and published results, found again by thousands of runs."""

import math

import numpy as np
import pytest

from optim import (
    SGD,
    SURFACES,
    Adam,
    Contestant,
    CosineAnnealing,
    Experiment,
    Generated,
    Momentum,
    Nesterov,
    fair_race,
    sweep,
)


def values(experiment, over, measure):
    *_, grid = sweep(experiment, over, measure)
    return grid.values


def only(*optimizers, **settings):
    return Experiment(contestants=[Contestant(f"m{i}", one) for i, one in enumerate(optimizers)], **settings)


@pytest.mark.parametrize(("optimizer", "edge"), [  # in 1 / L
    (SGD(), 2),
    (Momentum(beta=0.9, form="heavy-ball"), 2 * (1 + 0.9)),
    (Momentum(beta=0.9), 2 * (1 + 0.9) / (1 - 0.9)),
    (Momentum(beta=0.5), 2 * (1 + 0.5) / (1 - 0.5)),
    (Nesterov(beta=0.9, form="heavy-ball"), 2 * (1 + 0.9) / (1 + 2 * 0.9)),
], ids=str)
def test_the_largest_stable_rate_of_full_batches_is_the_closed_form_within_one_cell(optimizer, edge):
    """Polyak: 2 / L, and 2 (1 + beta) / L as a heavy ball, with L the largest eigenvalue of 2 X'X / N.

    Nesterov's, 1 + 2 beta times as small, is where an eigenvalue of its two-by-two matrix is -1.
    """
    experiment = only(optimizer, batch_size=30, epochs=2000)
    x = experiment.dataset.x
    design = np.stack([x, np.ones(30)], axis=1)
    steepest = np.linalg.eigvalsh(2 * design.T @ design / 30)[-1]
    shares = np.linspace(0.805, 1.195, 40)  # cells of 1 %, the edge between two of them
    loss = values(experiment, {"m0.lr": (edge / steepest * shares).tolist()}, "final loss")[0]
    stable = loss < experiment.loss(experiment.start)  # False for what has diverged
    assert not (stable[1:] & ~stable[:-1]).any()
    assert shares[stable].max() == pytest.approx(1, abs=0.0151)
    assert shares[~stable].min() == pytest.approx(1, abs=0.0151)


@pytest.mark.parametrize("condition", [10, 25, 100])
def test_the_best_pair_of_a_heavy_ball_is_polyaks_within_one_cell(condition):
    """lr = 4 / (sqrt L + sqrt mu)^2, beta = ((sqrt L - sqrt mu) / (sqrt L + sqrt mu))^2; L = 1, mu = 1 / condition."""
    low = math.sqrt(1 / condition)
    lr, beta = 4 / (1 + low) ** 2, ((1 - low) / (1 + low)) ** 2
    experiment = only(Momentum(form="heavy-ball"), model=f"ravine-{condition}", epochs=300)
    shares = np.linspace(0.7, 1.3, 31)
    over = {"m0.lr": (lr * shares).tolist(), "m0.beta": (beta * shares).tolist()}
    distance = values(experiment, over, "distance")[0]
    i, j = np.unravel_index(np.nanargmin(distance), distance.shape)
    assert abs(i - 15) <= 1
    assert abs(j - 15) <= 1
    # and by far: a tenth away in either is a thousand times as far from the optimum
    assert distance[15, 15] < 1e-3 * np.nanmin(distance[[10, 20, 15, 15], [15, 15, 10, 20]])


def test_without_noise_tuned_sgd_beats_tuned_adam_of_short_memory_and_ties_with_that_of_long():
    """Over 10 sets of points, each method at its best constant rate of 61 for each of them.

    Without noise all points agree on the optimum, so that the gradients fade and a constant rate ends in rounding. Not
    so with Adam's (0.7, 0.9), which divides by the size of the fading gradients.
    """
    rounding = 1e-20
    experiment = only(SGD(), Adam(betas=(0.7, 0.9)), Adam(betas=(0.9, 0.999)))
    over = {"*.lr": np.geomspace(1e-5, 10, 61).tolist(), "data.seed": range(10)}
    sgd, short, long = np.nanmin(values(experiment, over, "final loss"), axis=1)
    assert (sgd < rounding).all()
    assert (long < rounding).all()
    assert (short > 1e6 * rounding).all()
    assert (short > 1e-6).all()


def test_so_it_is_with_rates_that_were_tuned_on_other_points_than_they_are_scored_on():
    """One rate a method, of 49, for 10 sets of points, scored on 10 others: who is last is last on each of them."""
    *_, race = fair_race(only(SGD(), Adam(betas=(0.7, 0.9)), Adam(betas=(0.9, 0.999))),
                         tuned_on=range(10), scored_on=range(10, 20))
    assert race.ranks[1].tolist() == [1, 3, 1]
    assert not any(race.at_edge)
    sgd, short, long = race.scores[1]
    assert (short > 1e6 * np.maximum(sgd, long)).all()
    assert np.median(short) > 1e-5
    assert max(np.median(sgd), np.median(long)) < 1e-18


def test_with_noise_annealing_brings_each_method_nearer():
    """Robbins and Monro: where the points disagree a constant rate keeps trembling, a falling one comes to rest."""
    methods = SGD(), Adam(betas=(0.7, 0.9)), Adam(betas=(0.9, 0.999))
    contestants = [Contestant(f"{i}{schedule and ', annealed'}", one, *schedule)
                   for i, one in enumerate(methods) for schedule in ((), (CosineAnnealing(),))]
    experiment = Experiment(contestants=contestants, data=Generated(noise=2.0), shuffle=True)
    over = {"*.lr": np.geomspace(1e-4, 10, 31).tolist(), "data.seed": range(10)}
    found = values(experiment, over, "excess loss")
    best = np.nanmin(np.nanmedian(np.where(np.isnan(found), np.inf, found), axis=2), axis=1)
    assert (best[1::2] < best[::2] / 2).all()


@pytest.mark.parametrize("epochs", [100, 400])
def test_adams_late_oscillation_is_proportional_to_its_rate(epochs):
    """Its step is a rate times a pure number: the article's Adam ends in one and the same tremble, on every scale."""
    rates = np.geomspace(0.1, 10, 9)
    oscillation = values(only(Adam(betas=(0.7, 0.9)), epochs=epochs), {"m0.lr": rates.tolist()}, "oscillation")[0]
    np.testing.assert_allclose(oscillation / rates, np.median(oscillation / rates), rtol=0.01)


def test_with_noise_adams_oscillation_grows_with_its_rate():
    """Nearly in proportion: a hundred times the rate between a twentieth and one times as much."""
    rates = np.geomspace(0.03, 10, 16)
    experiment = only(Adam(betas=(0.7, 0.9)), epochs=400, data=Generated(noise=1.0))
    oscillation = values(experiment, {"m0.lr": rates.tolist()}, "oscillation")[0]
    slope, _ = np.polyfit(np.log(rates), np.log(oscillation), 1)
    assert slope == pytest.approx(0.85, abs=0.15)


@pytest.mark.parametrize("name", ["rastrigin", "styblinski-tang", "three-hills"])
def test_restarts_find_no_better_minima_here(name):
    """Nor does anything claim it: of 400 starts no more end lowest with restarts than at a constant rate."""
    surface = SURFACES[name]
    x, y = (np.linspace(low, high, 20).tolist() for low, high in surface.bounds)
    adam = Adam(surface.rates[1])
    experiment = Experiment(name, epochs=200, contestants=[
        Contestant("constant", adam), Contestant("restarts", adam, CosineAnnealing(50))])
    constant, restarts = (np.mean(found <= surface.loss(surface.lowest) + 0.1)
                          for found in values(experiment, {"start[0]": x, "start[1]": y}, "final loss"))
    assert restarts <= constant + 0.02
