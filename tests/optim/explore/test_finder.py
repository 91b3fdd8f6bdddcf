"""The rate finder: its run is the steps by hand, its rules are their definitions, and it comes near the best rate."""

import dataclasses
import math
import pickle

import numpy as np
import pytest

from optim import SGD, Adam, Contestant, CosineAnnealing, Experiment, Generated, Momentum, rate_test, sweep, train
from optim.explore.finder import Growth
from optim.theory import stable_rate
from optim.training import Stopped

LINE = Experiment(data=Generated(noise=2.0), contestants=[
    Contestant("SGD", SGD(5.0)), Contestant("ball", Momentum(0.01, 0.9, "heavy-ball")),
    Contestant("Adam", Adam(0.3, betas=(0.7, 0.9)), CosineAnnealing())])


def by_hand(experiment, optimizer, rates):
    """The parameters after each step, one point after another, with the rates of that many steps."""
    x, y = experiment.dataset.x.tolist(), experiment.dataset.y.tolist()
    p = np.array([experiment.start])
    state, found = optimizer.init(p), []
    for step, rate in enumerate(rates):
        i = step % len(x)
        error = 2.0 * (p[0, 0] * x[i] + p[0, 1] - y[i])
        direction, state = optimizer.direction(np.array([[error * x[i], error]]), p, state, step)
        p = p - rate * direction
        found.append(p[0])
    return np.array(found)


@pytest.mark.parametrize("label", ["SGD", "ball", "Adam"])
def test_the_run_is_the_same_steps_by_hand_to_the_byte(label):
    found = rate_test(LINE, label, 1e-5, 0.02, epochs=4)
    rates = [1e-5 * np.power(0.02 / 1e-5, step / 119) for step in range(120)]
    assert found.rates.tolist() == rates
    assert rates[0] == 1e-5
    assert rates[-1] == pytest.approx(0.02)
    optimizer = next(one.optimizer for one in LINE.contestants if one.label == label)
    params = by_hand(LINE, optimizer, rates)
    assert found.run.params[1:].tobytes() == params.tobytes()
    assert found.loss.tobytes() == np.array(LINE.loss(params.T)).tobytes()


def test_the_growth_as_text_is_the_growth():
    growth = Growth(ratio=1e8)
    names = {"np": np}
    for name, text in growth.lines(120, 30):
        names[name] = eval(text, names)
    assert names["share"].tobytes() == growth.shares(120, 30).tobytes()
    assert growth.shares(1, 30).tolist() == [1.0]


@pytest.mark.parametrize("label", ["SGD", "ball", "Adam"])
def test_the_rules_are_their_definitions(label):
    found = rate_test(LINE, label)
    weights = 0.9 ** np.arange(len(found.loss))
    for step in (0, 1, 17, 700):
        past = found.loss[step::-1]
        assert found.smoothed[step] == pytest.approx(np.average(past, weights=weights[:step + 1]), rel=1e-9)
    calm, lowest = found.smoothed[:found.looked_at], math.inf
    for one in calm.tolist():
        lowest = min(lowest, one)
        assert one <= max(4 * min(lowest, found.run.loss[0]), found.run.loss[0])
    if found.looked_at < len(found.smoothed):
        beyond = found.smoothed[found.looked_at]
        assert not math.isfinite(beyond) or beyond > max(4 * lowest, found.run.loss[0])
    place = calm.tolist().index(min(calm))
    assert found.at_lowest == found.rates[place]
    assert found.suggested == pytest.approx(found.rates[place] / 10)
    slopes = np.diff(calm[:place + 1]) / np.diff(np.log(found.rates[:place + 1]))
    assert found.steepest == found.rates[1 + int(np.argmin(slopes))]


def test_the_suggestion_is_within_twelve_times_the_best_rate_and_nearer_than_the_steepest():
    """Over nine pairs of a problem and a method, against the best of a sweep: in the middle within three times."""
    rates, off, steep = np.geomspace(1e-5, 10, 49), [], []
    for experiment in (Experiment(data=Generated(noise=2.0)), Experiment("sine", data=Generated(noise=0.3)),
                       Experiment("himmelblau")):
        experiment = dataclasses.replace(experiment, contestants=[
            Contestant("SGD", SGD()), Contestant("ball", Momentum(beta=0.9, form="heavy-ball")),
            Contestant("Adam", Adam())])
        *_, grid = sweep(experiment, {"*.lr": rates.tolist()}, "final loss")
        for one, losses in zip(experiment.contestants, grid.values, strict=True):
            best = rates[np.nanargmin(losses)]
            found = rate_test(experiment, one.label)
            off.append(abs(math.log10(found.suggested / best)))
            steep.append(abs(math.log10(found.steepest / best)))
    assert np.median(off) < math.log10(3)
    assert max(off) < math.log10(12)
    assert np.median(steep) > np.median(off)


@pytest.mark.parametrize("label", ["SGD", "ball"])
def test_with_all_points_in_each_batch_the_suggestion_is_below_the_edge(label):
    """Beyond it the loss runs away (see theory.py); a tenth of where that begins to show is well below."""
    whole = dataclasses.replace(LINE, batch_size=30, epochs=300)
    optimizer = next(one.optimizer for one in whole.contestants if one.label == label)
    found, edge = rate_test(whole, label), stable_rate(whole, optimizer)
    assert edge / 100 < found.suggested < edge


def test_what_runs_away_at_once_gets_no_suggestion():
    found = rate_test(LINE, "SGD", 1e6, 1e7)
    assert found.looked_at == 0
    assert (found.suggested, found.steepest, found.at_lowest) == (None, None, None)
    assert found.sentence == "SGD runs away at the first step, at the rate 1e+06: nothing is suggested."
    assert found.beside(0.1) == found.sentence


def test_the_sentences():
    found = rate_test(LINE, "SGD")
    assert found.sentence == (
        f"SGD's loss is lowest at the rate {found.at_lowest:.2g}; a tenth of that is suggested, {found.suggested:.2g}.")
    assert "is 2 times the best one" in found.beside(found.suggested / 2)
    assert "is 1/4 of the best one" in found.beside(found.suggested * 4)


def test_its_own_schedule_gives_way_and_all_else_stays():
    found = rate_test(LINE, "Adam", epochs=2)
    assert found.contestant.optimizer == dataclasses.replace(LINE.contestants[2].optimizer, lr=1e-7)
    assert isinstance(found.contestant.schedule, Growth)
    assert found.experiment.data == LINE.data
    assert found.experiment.epochs == 2
    assert rate_test(LINE, "Adam").experiment.epochs == LINE.epochs
    again = train(found.experiment)["Adam"]
    assert again.params.tobytes() == found.run.params.tobytes()


def test_it_can_be_stopped_and_not_changed():
    with pytest.raises(Stopped):
        rate_test(LINE, "SGD", stop=lambda: True)
    found = pickle.loads(pickle.dumps(rate_test(LINE, "SGD", epochs=1)))
    with pytest.raises(ValueError, match="read-only"):
        found.loss[0] = 0


@pytest.mark.parametrize(("settings", "says"), [
    ({"label": "Lion"}, "'Lion' is no contestant"), ({"lowest": 0}, "lowest must be"),
    ({"lowest": 1, "highest": 1}, "highest must be above lowest"), ({"epochs": 0}, "epochs must be"),
    ({"highest": math.inf}, "highest must be"),
])
def test_what_does_not_fit_is_refused(settings, says):
    with pytest.raises(ValueError, match=says):
        rate_test(LINE, **{"label": "SGD", **settings})
