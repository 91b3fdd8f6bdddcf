"""A fair race: what it says of rates, ranks and changes is what a direct loop over runs finds."""

import dataclasses
import math
import statistics

import numpy as np
import pytest

from optim import SGD, Adam, Contestant, Dataset, Experiment, Generated, Momentum, fair_race, train
from optim import blocks as blocks_of_lanes
from optim.explore.race import AS_GIVEN, AT_BEST, AT_ONE_RATE, RESAMPLES
from tests.optim.inline import Inline

RATES = np.geomspace(1e-4, 10, 26).tolist()
SMALL = Experiment(epochs=4, data=Generated(size=10, noise=2.0), contestants=[
    Contestant("SGD", SGD(0.001)), Contestant("ball", Momentum(0.002, 0.9, "heavy-ball")),
    Contestant("Adam", Adam(30))])
SEEDS = {"tuned_on": [1, 2, 3], "scored_on": range(10, 19)}


def last(races):
    return list(races)[-1]


def scored(experiment, one, seed):
    """The excess loss of one contestant on one seed, infinite if it diverges."""
    data = dataclasses.replace(experiment.data, seed=seed)
    cell = dataclasses.replace(experiment, contestants=[one], data=data)
    found = max(train(cell)[one.label].loss[-1] - cell.floor, 0)
    return math.inf if math.isnan(found) else found


def with_settings(one, **settings):
    return dataclasses.replace(one, optimizer=dataclasses.replace(one.optimizer, **settings))


def median(experiment, one, seeds):
    return statistics.median(scored(experiment, one, seed) for seed in seeds)


@pytest.fixture(scope="module")
def race():
    return last(fair_race(SMALL, RATES, same=0.01, **SEEDS))


def test_a_direct_loop_tunes_and_scores_alike(race):
    best = [min((with_settings(one, lr=lr) for lr in RATES), key=lambda one: median(SMALL, one, SEEDS["tuned_on"]))
            for one in SMALL.contestants]
    assert race.contestants == (
        SMALL.contestants, tuple(best), tuple(with_settings(one, lr=0.01) for one in SMALL.contestants))
    for way, medians, scores in zip(race.contestants, race.medians, race.scores, strict=True):
        for one, middle, each in zip(way, medians, scores, strict=True):
            wanted = [scored(SMALL, one, seed) for seed in SEEDS["scored_on"]]
            assert each.tolist() == wanted
            assert middle == statistics.median(wanted)
    assert race.tried == (26, 26, 26)
    assert race.runs == 3 * 26 * 3
    assert (race.tuned_on, race.scored_on) == ((1, 2, 3), tuple(range(10, 19)))
    assert race.tuned == (("lr",),) * 3


def turned(one, other):
    """Pairs that are in one order here, in the other there."""
    pairs = [(i, j) for i in range(len(one)) for j in range(i)]
    return sum((one[i] - one[j]) * (other[i] - other[j]) < 0 for i, j in pairs)


def test_the_change_is_counted_in_pairs_and_its_interval_by_drawing_the_seeds_again(race):
    for ranks, medians in zip(race.ranks.tolist(), race.medians.tolist(), strict=True):
        assert ranks == [1 + sorted(medians).index(one) for one in medians]
    change = race.change()
    assert change.of == 3
    assert change.turned
    assert change.turned == turned(race.medians[0], race.medians[1])
    random, counts = np.random.default_rng(0), []
    for _, drawn in zip(range(RESAMPLES), random.integers(0, 9, (RESAMPLES, 9)), strict=True):
        again = [[statistics.median(each[drawn].tolist()) for each in way] for way in race.scores]
        counts.append(turned(again[0], again[1]))
    counts.sort()
    assert (change.low, change.high) == (counts[24], counts[974])
    assert race.change(AT_BEST, AT_BEST).turned == 0
    assert race.change(AT_BEST, AS_GIVEN) == change


def test_the_sentence_names_leaders_and_change():
    better = dataclasses.replace(SMALL, contestants=[
        Contestant("slow", SGD(1e-5)), Contestant("fast", SGD(0.003))])
    race = last(fair_race(better, [1e-5, 1e-3, 3e-3], **SEEDS))
    assert race.first(AS_GIVEN) == ("fast",)
    assert race.first(AT_BEST) == ("slow", "fast")  # one method, and so one best rate
    assert race.first(AT_ONE_RATE) == ("slow", "fast")
    assert race.at_edge == (True, True)
    assert race.sentence == (
        "As given fast is first, with each at its best rate slow and fast tie for the first place: 0 of 1 pair of "
        "methods change order (0 to 0 in 95 of 100 draws of the 9 seeds it is scored on).")


def test_rounding_is_a_tie_and_who_diverges_is_last():
    """Without noise several rates end in rounding: 1e-30 is not better than 1e-28."""
    exact = Experiment(epochs=50, contestants=[
        Contestant("a", SGD(0.01)), Contestant("b", SGD(0.012)), Contestant("lost", SGD(1e5)),
        Contestant("off", SGD(9e4))])
    race = last(fair_race(exact, [0.01], **SEEDS))
    assert race.medians[0, 0] != race.medians[0, 1]
    assert race.ranks[0].tolist() == [1, 1, 3, 3]
    alone = dataclasses.replace(exact, contestants=exact.contestants[2:])
    race = last(fair_race(alone, [1e5], **SEEDS))
    assert race.first(AS_GIVEN) == ()
    assert race.sentence.startswith("As given and with each at its best rate nobody stays in bounds: 0 of 1 pair")


def test_of_rates_that_tie_the_middle_one_is_the_best():
    """Without noise many end in rounding; the one that is lowest there may well diverge on other points."""
    exact = Experiment(epochs=50, contestants=[Contestant("SGD", SGD()), Contestant("Adam", Adam())])
    rates = np.geomspace(1e-4, 1, 33).tolist()
    race = last(fair_race(exact, rates, **SEEDS))
    near = 1e-12 * float(exact.loss(exact.start))
    for one, picked in zip(exact.contestants, race.contestants[1], strict=True):
        found = [median(exact, with_settings(one, lr=lr), SEEDS["tuned_on"]) for lr in rates]
        tied = [lr for lr, loss in zip(rates, found, strict=True) if loss <= min(found) + near]
        assert picked.optimizer.lr == tied[len(tied) // 2]
    assert len(tied) > 2


def test_a_second_setting_is_tuned_where_it_is_asked_for():
    race = last(fair_race(SMALL, RATES[::3], more={"ball": ("beta", [0.0, 0.5, 0.9]), "Adam": ("betas[0]", [0, 0.9])},
                          **SEEDS))
    assert race.tuned == (("lr",), ("lr", "beta"), ("lr", "betas[0]"))
    assert race.tried == (9, 27, 18)
    ball = SMALL.contestants[1]
    tried = [with_settings(ball, lr=lr, beta=beta) for lr in RATES[::3] for beta in (0.0, 0.5, 0.9)]
    assert race.contestants[1][1] == min(tried, key=lambda one: median(SMALL, one, SEEDS["tuned_on"]))


def test_it_comes_from_coarse_to_fine_and_trains_nothing_twice(monkeypatch):
    found, real = [], blocks_of_lanes.measured

    def counting(block, stop=None):
        places = np.zeros(len(block.starts), int) if block.lane is None else block.lane
        found.extend((one.optimizer, block.experiments[place].data.seed)
                     for one, place in zip(block.contestants, places, strict=True))
        return real(block, stop)

    monkeypatch.setattr("optim.spreading.measured", counting)
    many = np.geomspace(1e-4, 1, 200).tolist()
    seeds = {"tuned_on": range(1, 5), "scored_on": range(10, 15)}
    races = fair_race(SMALL, many, same=0.001, **seeds)
    first = next(races)
    assert not first.is_finest
    assert first.tried == (50, 50, 50)
    assert first.scores.shape == (3, 3, 5)
    begun = len(found)
    finest = last(races)
    assert finest.is_finest
    assert begun < len(found) == len(set(found))
    best = {one for race in (first, finest) for one in race.contestants[1]}
    assert len(found) == 3 * 200 * 4 + 5 * len({*best, *finest.contestants[0], *finest.contestants[2]})


def test_whoever_stops_asking_ends_it():
    executor, whole = Inline(), Inline()

    def races(executor):
        return fair_race(SMALL, np.geomspace(1e-4, 1, 500).tolist(), executor=executor, **SEEDS)

    assert last(races(whole)).is_finest
    given_up = races(executor)
    assert executor.submitted == 0
    next(given_up)
    given_up.close()
    assert 0 < executor.submitted < whole.submitted


@pytest.mark.parametrize(("settings", "says"), [
    ({"tuned_on": [1, 2], "scored_on": [2, 3]}, "must not be scored on a seed that it was tuned on, such as 2"),
    ({"tuned_on": []}, "tuned_on must be at least one seed"),
    ({"scored_on": [1, 1]}, "scored_on must be different seeds"),
    ({"scored_on": [-1]}, "scored_on must be a whole number"),
    ({"more": {"Lion": ("beta", [0.9])}}, "'Lion' is no contestant"),
    ({"more": {"SGD": ("beta", [0.9])}}, "beta"),
    ({"measure": "beauty"}, "measure must be a Measure or its name"),
    ({"rates": [-1]}, "lr must be"),
    ({"same": -1}, "lr must be"),
])
def test_what_is_no_race_is_refused_at_once_with_a_sentence(settings, says):
    rates = settings.pop("rates", [0.1])
    with pytest.raises(ValueError, match=says):
        fair_race(SMALL, rates, **{**SEEDS, **settings})


def test_where_nothing_is_drawn_there_is_no_race():
    with pytest.raises(ValueError, match="Nothing here is drawn by a seed"):
        fair_race(Experiment("ravine-30"))
    with pytest.raises(ValueError, match="Nothing here is drawn by a seed"):
        fair_race(Experiment(data=Dataset([1, 2, 3], [1, 2, 4])))


def test_other_things_that_a_seed_draws():
    noisy = Experiment("beale", epochs=20, gradient_noise=0.5, contestants=SMALL.contestants[:1])
    shuffled = Experiment(data=Dataset([1, 2, 3], [1, 2, 4]), shuffle=True, epochs=5, contestants=SMALL.contestants[:1])
    for experiment in (noisy, shuffled):
        scores = last(fair_race(experiment, [0.001], **SEEDS)).scores
        assert len(set(scores[0, 0].tolist())) > 1
