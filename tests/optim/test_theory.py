"""The theory: its edges and its predictions are what the runs do."""

import math
from dataclasses import replace

import numpy as np
import pytest

from optim import (
    SGD,
    Adam,
    Contestant,
    CosineAnnealing,
    Dataset,
    Experiment,
    Generated,
    Model,
    Momentum,
    Nesterov,
    train,
)
from optim.epochs import epochs, stable_rate_in_order
from optim.theory import (
    Inapplicable,
    best_momentum,
    best_nesterov,
    best_rate,
    bowl,
    descended,
    stable_rate,
)

METHODS = [SGD(), *(kind(beta=beta, form=form) for kind in (Momentum, Nesterov) for beta in (0.5, 0.9)
                    for form in ("average", "heavy-ball"))]
NAMES = [f"{type(one).__name__}-{getattr(one, 'beta', '')}-{getattr(one, 'form', '')}" for one in METHODS]
MODELS = ["line", "polynomial-3-scaled"]


def whole(optimizer, model="line", epochs=4000, **settings):
    """The method alone, all points in each batch."""
    return Experiment(model, batch_size=500, epochs=epochs, contestants=[Contestant("one", optimizer)], **settings)


def rated(optimizer, lr):
    return type(optimizer)(**{**vars(optimizer), "lr": lr})


def test_the_articles_bowl():
    """The Hessian of a mean of squares by hand, the condition number as numpy has it, the optimum as polyfit has it."""
    experiment = Experiment(data=Generated(noise=3.0))
    x, y = experiment.dataset.x, experiment.dataset.y
    found = bowl(experiment)
    assert found.hessian == pytest.approx(2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1]]))
    assert found.condition == pytest.approx(np.linalg.cond(found.hessian))
    assert found.optimum == pytest.approx(np.polyfit(x, y, 1))
    assert found.condition == pytest.approx(29.7, abs=0.05)
    assert 2 / found.steepest == pytest.approx(0.0348, abs=5e-5)
    away = np.array([0.3, -2.0])
    above = found.floor + away @ found.hessian @ away / 2
    assert experiment.loss(found.optimum + away) == pytest.approx(above)


def test_equal_x_leave_a_direction_undecided():
    flat = bowl(Experiment(data=Dataset([2, 2], [1, 3])))
    assert flat.flattest == pytest.approx(0, abs=1e-12)
    assert flat.condition > 1e15
    assert not flat.decided
    assert bowl(Experiment()).decided


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("optimizer", METHODS, ids=NAMES)
def test_runs_fall_below_the_edge_and_rise_above_it(optimizer, model, reduction):
    edge = stable_rate(whole(optimizer, model, reduction=reduction), optimizer)
    for share, falls in ((0.99, True), (1.01, False)):
        experiment = whole(rated(optimizer, share * edge), model, reduction=reduction)
        run = train(experiment)["one"]
        excess = run.loss - experiment.floor
        late = excess[-1] if math.isfinite(excess[-1]) else math.inf
        assert late <= max(excess[2000], 1e-9 * excess[0]) if falls else late > 1e3 * excess[0]


@pytest.mark.parametrize("optimizer", METHODS, ids=NAMES)
def test_the_edge_is_where_the_spectral_radius_is_one(optimizer):
    edge = stable_rate(whole(optimizer), optimizer)
    one = Contestant("one", rated(optimizer, edge))
    assert epochs(whole(optimizer), one).shrinkage == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_no_other_rate_shrinks_the_error_faster(model):
    found = bowl(Experiment(model))
    best = best_rate(found)

    def shrinkage(optimizer):
        return epochs(whole(optimizer, model), Contestant("one", optimizer)).shrinkage

    assert shrinkage(SGD(best.lr)) == pytest.approx(best.shrinkage, abs=1e-9)
    assert all(shrinkage(SGD(times * best.lr)) > best.shrinkage for times in (0.9, 0.99, 1.01))
    for kind, of, form in ((kind, of, form) for kind, of in ((Momentum, best_momentum), (Nesterov, best_nesterov))
                           for form in ("heavy-ball", "average")):
        pair = of(found, form)
        reached = shrinkage(kind(pair.lr, pair.beta, form))
        # At the best pair two eigenvalues coincide, where rounding moves them by its square root.
        assert reached == pytest.approx(pair.shrinkage, abs=1e-6)
        assert reached < best.shrinkage
        for lr, beta in ((1.02, 1), (0.98, 1), (1, 1.02), (1, 0.98)):
            assert shrinkage(kind(lr * pair.lr, beta * pair.beta, form)) > reached


@pytest.mark.parametrize("coordinates", ["together", "in turn"])
@pytest.mark.parametrize("batch_size", [1, 7, 30])
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("optimizer", METHODS, ids=NAMES)
def test_the_prediction_is_the_run(optimizer, model, batch_size, coordinates):
    one = Contestant("one", rated(optimizer, 0.002 * (1 - getattr(optimizer, "beta", 0))))
    experiment = Experiment(model, batch_size=batch_size, coordinates=coordinates, epochs=30, contestants=[one],
                            data=Generated(noise=2.0), reduction="sum" if batch_size == 7 else "mean")
    run = train(experiment)["one"].params[:: experiment.steps_per_epoch]
    assert epochs(experiment, one).params(30) == pytest.approx(run, abs=1e-9, rel=1e-9)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("optimizer", METHODS, ids=NAMES)
def test_the_edge_in_order_is_the_formulas_where_all_points_are_in_each_batch(optimizer, reduction):
    experiment = whole(optimizer, reduction=reduction)
    assert stable_rate_in_order(experiment, optimizer) == pytest.approx(stable_rate(experiment, optimizer), rel=1e-5)


@pytest.mark.parametrize("coordinates", ["together", "in turn"])
@pytest.mark.parametrize("batch_size", [1, 7])
@pytest.mark.parametrize("optimizer", METHODS, ids=NAMES)
def test_the_edge_in_order_is_where_runs_begin_to_rise(optimizer, batch_size, coordinates):
    """Below it and above it by a percent; it may lie on either side of the edge with all points in each batch."""
    experiment = Experiment(batch_size=batch_size, coordinates=coordinates, epochs=250 if batch_size == 1 else 1000)
    edge = stable_rate_in_order(experiment, optimizer)
    for share, falls in ((0.99, True), (1.01, False)):
        one = Contestant("one", rated(optimizer, share * edge))
        loss = train(replace(experiment, contestants=[one]))["one"].loss[:: experiment.steps_per_epoch]
        assert (loss[-1] < 0.1 * loss[0]) == falls
        assert (epochs(experiment, one).shrinkage < 1) == falls


def test_a_sum_is_descended_as_a_bowl_that_is_steeper_by_the_number_of_points():
    for reduction, times in (("mean", 1), ("sum", 30)):
        experiment = whole(SGD(), reduction=reduction, data=Generated(noise=2.0))
        found = descended(experiment)
        assert found.steepest == pytest.approx(times * bowl(experiment).steepest)
        assert found.floor == pytest.approx(times * experiment.floor)
        assert epochs(experiment, Contestant("one", SGD(best_rate(found).lr))).shrinkage == pytest.approx(
            best_rate(found).shrinkage)


def test_a_loss_that_is_flat_or_too_steep_for_a_number_is_no_bowl():
    slope = Model("slope", ("a",), lambda p, x: p[0] * x, lambda p, x: (x,), linear=True)
    for x in ([0, 0], [1e200, 1]):
        with pytest.raises(Inapplicable, match="no bowl"):
            bowl(Experiment(slope, data=Dataset(x, [1, 2])))


def test_batches_that_disagree_end_beside_the_optimum():
    experiment = Experiment(data=Generated(noise=3.0), epochs=400, contestants=[Contestant("one", SGD(0.005))])
    limit = epochs(experiment, experiment.contestants[0]).limit
    assert limit == pytest.approx(train(experiment)["one"].params[-1], abs=1e-9)
    assert np.abs(limit - bowl(experiment).optimum).max() > 0.05
    assert epochs(experiment, Contestant("one", SGD(0.5))).limit is None


def test_where_the_theory_does_not_apply_it_says_so():
    adam, sgd = Contestant("one", Adam()), Contestant("one", SGD())
    line = Experiment()
    for say, words in (
        (lambda: bowl(Experiment("sine")), "no bowl"),
        (lambda: bowl(Experiment("logistic-regression")), "no bowl"),
        (lambda: bowl(Experiment("ravine-30")), "surface"),
        (lambda: stable_rate(line, Adam()), "adapts"),
        (lambda: stable_rate(Experiment(coordinates="in turn"), SGD()), "in turn"),
        (lambda: epochs(line, adam), "adapts"),
        (lambda: epochs(line, Contestant("one", SGD(), CosineAnnealing())), "rate changes"),
        (lambda: epochs(Experiment(shuffle=True), sgd), "shuffled"),
        (lambda: stable_rate_in_order(Experiment(shuffle=True), SGD()), "shuffled"),
        (lambda: stable_rate_in_order(line, Adam()), "adapts"),
    ):
        with pytest.raises(Inapplicable, match=words):
            say()
    assert epochs(Experiment(shuffle=True, batch_size=30), sgd).shrinkage < 1
