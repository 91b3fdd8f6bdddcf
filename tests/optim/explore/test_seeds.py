"""Many seeds: bands, firsts and ranks are those of a direct loop over runs."""

import dataclasses
import math
import pickle
import statistics

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
    many_seeds,
    train,
)
from optim import blocks as blocks_of_lanes
from optim.explore import seeds as module
from optim.thinning import display_steps
from tests.optim.inline import Inline

SMALL = Experiment(epochs=4, data=Generated(size=10, noise=2.0), contestants=[
    Contestant("SGD", SGD(0.005)), Contestant("Adam", Adam(1.0)), Contestant("annealed", Adam(1.0), CosineAnnealing()),
    Contestant("slow", SGD(0.001))])
SINE_OF_X = Model(
    "sine-of-x", ("a", "b"), predict=lambda p, x: p[0] * np.sin(x**3) + p[1] * x**2,
    gradient=lambda p, x: (np.sin(x**3), x**2), bounded=True)

CASES = {
    "points": (SMALL, [7, 3, 9, 4, 5, 6, 1, 2, 11, 12], "data.seed"),
    "order": (dataclasses.replace(SMALL, data=Dataset([1, 2, 3], [1, 2, 4]), shuffle=True), [4, 2, 3], "seed"),
    "noise": (Experiment("beale", epochs=30, gradient_noise=0.4), [4, 2, 3], "seed"),
    "divergence": (dataclasses.replace(SMALL, contestants=[
        Contestant("ball", Momentum(0.05, 0.9, "heavy-ball")), Contestant("fast", SGD(0.03)),
        Contestant("lost", SGD(1e6))]), range(12), "data.seed"),
    "a loss that ends": (Experiment("exponential", epochs=1, contestants=[Contestant("fast", SGD(3.0))]), [1, 2, 3],
                         "data.seed"),
    "a drawn start": (Experiment("network-2", epochs=1), [1, 2, 3], "data.seed"),
    "a model of one's own": (dataclasses.replace(SMALL, model=SINE_OF_X), [1, 2, 3], "data.seed"),
}


def last(results):
    return list(results)[-1]


def with_seed(experiment, setting, seed):
    if setting == "seed":
        return dataclasses.replace(experiment, seed=seed)
    return dataclasses.replace(experiment, data=dataclasses.replace(experiment.data, seed=seed))


def histories(experiment, setting, seeds):
    """Each run's loss at every step, `(seeds, methods, steps+1)`, infinite where it has diverged."""
    found = np.array([[run.loss for run in train(with_seed(experiment, setting, seed)).values()] for seed in seeds])
    return np.where(np.isnan(found), np.inf, found)


@pytest.mark.parametrize("case", CASES)
def test_the_band_is_that_of_the_runs_one_by_one(case):
    experiment, seeds, setting = CASES[case]
    result, runs = last(many_seeds(experiment, seeds)), histories(experiment, setting, seeds)
    assert result.seeds == tuple(seeds)
    assert result.steps.tolist() == list(range(experiment.steps + 1))
    np.testing.assert_array_equal(result.losses, runs[:, :, -1].T)
    np.testing.assert_array_equal(result.starts, runs[:, 0, 0])
    ordered = np.sort(runs, axis=0)
    for share, band in ((0.1, result.low), (0.5, result.median), (0.9, result.high)):
        place = share * len(seeds)
        whole = math.isclose(place, round(place))
        one, other = (round(place) - 1, round(place)) if whole else (math.floor(place),) * 2
        np.testing.assert_array_equal(band, ordered[one] / 2 + ordered[other] / 2)
    assert result.diverged.tolist() == np.isinf(runs[:, :, -1]).sum(axis=0).tolist()


def test_a_long_run_is_thinned_as_the_page_thins_it():
    experiment = dataclasses.replace(SMALL, epochs=30)
    result = last(many_seeds(experiment, 3, limit=80))
    steps = display_steps(300, 10, 80)[0]
    assert result.steps.tolist() == steps.tolist()
    assert len(steps) < 90
    runs = histories(experiment, "data.seed", result.seeds)
    np.testing.assert_array_equal(result.median, np.sort(runs, axis=0)[1][:, steps])


def test_the_losses_that_are_kept_have_a_bound_of_their_own(monkeypatch):
    monkeypatch.setattr(module, "NUMBERS", 4 * 20 * 30)
    result = last(many_seeds(dataclasses.replace(SMALL, epochs=20), 20))
    assert len(result.steps) <= 30 + 2
    assert result.steps[-1] == 200
    monkeypatch.setattr(module, "NUMBERS_OF_BLOCK", 1)  # blocks of a lane each
    np.testing.assert_array_equal(last(many_seeds(dataclasses.replace(SMALL, epochs=20), 20)).median, result.median)


def test_how_often_each_is_first_is_counted_run_by_run():
    experiment = dataclasses.replace(SMALL, contestants=[
        Contestant("SGD", SGD(0.01)), Contestant("Adam", Adam(0.5)),
        Contestant("ball", Momentum(0.01, 0.5, "heavy-ball"))])
    result = last(many_seeds(experiment, 40))
    assert result.seeds == (7, *range(7), *range(8, 40))
    ends = histories(experiment, "data.seed", result.seeds)[:, :, -1].tolist()
    firsts = [[row for row, loss in enumerate(each) if loss == min(each)] for each in ends]
    assert result.ties == 0
    assert result.first.tolist() == [firsts.count([row]) for row in range(3)]
    assert sum(result.first > 0) > 1
    low, high = result.first_between
    assert ((low <= result.first / 40) & (result.first / 40 <= high)).all()
    leader = int(result.first.argmax())
    assert result.sentence.startswith(f"Of 40 seeds, {result.labels[leader]} is first on {result.first[leader]} (")


def test_rounding_is_a_tie():
    """Without noise both end in rounding, 1e-27 and less of a start of some hundreds."""
    experiment = Experiment(epochs=50, contestants=[
        Contestant("a", SGD(0.01)), Contestant("b", SGD(0.012)), Contestant("lost", SGD(1e6))])
    result = last(many_seeds(experiment, 5))
    assert (result.losses[0] != result.losses[1]).any()
    assert result.ties == 5
    assert result.tied.tolist() == [5, 5, 0]
    assert result.first.tolist() == [0, 0, 0]
    assert result.sentence == "Of 5 seeds, on 5 several share the first place, within rounding."
    lost = last(many_seeds(dataclasses.replace(experiment, contestants=experiment.contestants[2:]), 5))
    assert lost.first.tolist() == [0]
    assert lost.sentence == "Of 5 seeds, on 5 all diverge."


def test_whether_a_seed_is_typical_is_its_rank():
    result = last(many_seeds(SMALL, 30))
    ends = histories(SMALL, "data.seed", result.seeds)[:, :, -1]
    for seed in result.seeds:
        standing, own = result.standing(seed), ends[result.seeds.index(seed)]
        rank = [1 + int((column < one).sum()) for column, one in zip(ends.T, own, strict=True)]
        assert standing.rank.tolist() == rank
        assert standing.is_typical.tolist() == [3 < one <= 27 for one in rank]
        assert standing.of == 30
    usual = min(result.seeds, key=lambda seed: np.abs(result.standing(seed).rank - 15.5).max())
    assert result.standing(usual).sentence.startswith(f"Seed {usual} is typical: of 30 final losses, from the lowest, ")
    best = result.seeds[int(np.argmin(result.losses[0]))]
    assert "it has rank 1 for SGD (unusual), " in result.standing(best).sentence
    with pytest.raises(ValueError, match="seed 999 is not among those that were run"):
        result.standing(999)


def test_the_median_of_a_band_is_the_median():
    result = last(many_seeds(SMALL, 21))
    assert [statistics.median(each) for each in result.losses.tolist()] == result.median[:, -1].tolist()


def test_it_comes_after_8_32_and_128_seeds_and_trains_nothing_twice(monkeypatch):
    ran, real = [], blocks_of_lanes.measured

    def counting(block, stop=None):
        ran.append(len(block.starts))
        return real(block, stop)

    monkeypatch.setattr("optim.spreading.measured", counting)
    results = list(many_seeds(dataclasses.replace(SMALL, epochs=1), 130))
    assert [(len(one.seeds), one.is_finest) for one in results] == [(8, False), (32, False), (128, False), (130, True)]
    assert sum(ran) == 4 * 130
    for one in results:
        assert one.seeds == results[-1].seeds[:len(one.seeds)]
        np.testing.assert_array_equal(one.losses, results[-1].losses[:, :len(one.seeds)])
    assert [len(one.seeds) for one in many_seeds(dataclasses.replace(SMALL, epochs=1), 8)] == [8]


def test_whoever_stops_asking_ends_it_and_blocks_can_travel(monkeypatch):
    monkeypatch.setattr("optim.spreading.AHEAD", 2)
    executor = Inline()  # which is no pool of threads, and so is sent what is pickled
    results = many_seeds(SMALL, 500, executor=executor)
    assert executor.submitted == 0
    next(results)
    begun = executor.submitted
    assert begun <= 3 + 2
    results.close()
    assert executor.submitted == begun


def test_a_result_cannot_be_changed():
    result = pickle.loads(pickle.dumps(last(many_seeds(SMALL, 2))))
    for array in (result.low, result.losses, result.steps):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize(("seeds", "says"), [
    (1, "seeds must be"), (501, "seeds must be"), ([1], "the number of seeds must be"), ([1, 1], "different seeds"),
    ([0.5, 1], "seeds must be"), ("12", "seeds must be"),
])
def test_seeds_that_cannot_be_are_refused_at_once(seeds, says):
    with pytest.raises(ValueError, match=says):
        many_seeds(SMALL, seeds)


def test_where_nothing_is_drawn_there_are_no_seeds():
    with pytest.raises(ValueError, match="Nothing here is drawn by a seed"):
        many_seeds(Experiment("himmelblau"))
