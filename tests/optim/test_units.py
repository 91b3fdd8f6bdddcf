"""No unit changes a word: points, start and numbers of the run times a power of 2 leave every verdict and arrival."""

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
    Lion,
    Model,
    Momentum,
    Nesterov,
    Surface,
    arrival,
    minimize,
    train,
    verdict,
)

UNITS = [2.0**power for power in (-180, -40, -13, 40)]
SLOPED = [SGD(rate) for rate in (0.0001, 0.002, 0.02, 0.05)] + [
    kind(rate, beta, form) for kind in (Momentum, Nesterov) for rate in (0.001, 0.02) for beta, form in
    ((0.9, "average"), (0.95, "heavy-ball"))]
UNITLESS = [Adam(rate, betas) for rate in (0.01, 1.0, 30.0) for betas in ((0.9, 0.999), (0.7, 0.9))] + [Lion(0.05)]
ROUGH = Model("rough", ("a", "b"), lambda p, x: p[0] * np.sin(x) + p[1] * x, lambda p, x: (np.sin(x), x), linear=True)


def contestants(unit):
    """The same methods where every number that has the unit of y is so many times as large."""
    for one in SLOPED + UNITLESS:
        fields = {"lr": unit * one.lr} if one.unitless else {}
        fields |= {"eps": unit * one.eps} if hasattr(one, "eps") else {}
        for schedule in (None, CosineAnnealing(10)):
            scaled = replace(one, **fields)
            yield Contestant(f"{one} {schedule}", scaled, **({"schedule": schedule} if schedule else {}))


def told(experiment):
    runs, size = train(experiment), experiment.steps_per_epoch
    for one in experiment.contestants:
        run, restarts = runs[one.label], one.schedule.restarts(experiment.steps, size)
        found = verdict(run, experiment.floor, size, restarts)
        yield (one.label, found.kind, found.at), arrival(run, experiment.floor, 0.05), found.half_range


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("start", ["usual", "optimum", "near"])
@pytest.mark.parametrize("model", ["line", "polynomial-3-scaled", ROUGH], ids=["line", "polynomial-3-scaled", "rough"])
def test_another_unit_of_y_keeps_every_word(model, start, unit):
    usual = Experiment(model, data=Generated(noise=0 if start == "optimum" else 1), epochs=12)
    place = {"usual": np.array(usual.start), "optimum": usual.optimum, "near": usual.optimum * (1 + 2.0**-52)}[start]
    data, words, seen = usual.dataset, [], []
    for times in (1.0, unit):
        experiment = replace(usual, data=Dataset(data.x, times * data.y), true_params=None, start=times * place,
                             contestants=[*contestants(times)])
        found = [*told(experiment)]
        words.append([one[:2] for one in found])
        seen.append([np.array(one[2]) / times for one in found])
    assert words[0] == words[1]
    for one, other in zip(*seen, strict=True):
        np.testing.assert_array_equal(one, other)
    kinds = {kind for (_, kind, *_), _ in words[0]}
    assert kinds == {"converged"} if start == "optimum" and model == "line" else len(kinds) > 1


def test_a_unit_turns_no_divergence_into_an_oscillation():
    """A rate beyond the edge, with losses of 1e-22."""
    data = Experiment().dataset
    for unit in (1.0, 2.0**-40, 2.0**-200):
        experiment = Experiment(data=Dataset(data.x, unit * data.y), start=(unit, unit), batch_size=30, epochs=150,
                                contestants=[Contestant("it", SGD(0.04))])
        assert verdict(train(experiment)["it"], experiment.floor, 1).kind == "diverged"


def test_a_start_that_is_the_optimum_but_for_rounding_is_no_scale():
    """Runs that tremble from there, in the noise of batches or by Adam's own rate, have not diverged; others have."""
    for unit in (1.0, 2.0**-40, 2.0**40):
        for noise, calm in ((0, "converged"), (2, "oscillating")):
            data = Experiment(data=Generated(noise=noise)).dataset
            experiment = Experiment(data=Dataset(data.x, unit * (data.y + 0.1)), contestants=[
                Contestant("calm", SGD(0.002)), Contestant("Adam", Adam(unit, (0.7, 0.9), unit * 1e-8)),
                Contestant("wild", SGD(0.06))])
            at = replace(experiment, start=experiment.optimum * (1 + 2.0**-50))
            excess = float(at.loss(at.start)) - at.floor
            assert 0 < excess <= max(at.rounding, 1e-14 * at.floor)
            sgd, adam, wild = (verdict(run, at.floor, 30).kind for run in train(at).values())
            assert (sgd, wild) == (calm, "diverged")
            assert adam in ("converged", "oscillating")


@pytest.mark.parametrize("unit", [2.0**-170, 2.0**-40, 2.0**40, 2.0**170])
def test_another_unit_of_a_surfaces_value_keeps_every_word(unit):
    """A rate of 1 / unit undoes it."""
    words = []
    for times in (1.0, unit):
        surface = Surface("it", lambda p, t=times: t * (p[0] ** 4 - p[0] ** 2 + p[1] ** 2),
                          lambda p, t=times: (t * (4 * p[0] ** 3 - 2 * p[0]), 2 * t * p[1]), (0.1, 1), ((-1, 1),) * 2,
                          minima=((np.sqrt(0.5), 0), (-np.sqrt(0.5), 0)))
        experiment = Experiment(surface, epochs=100, contestants=[
            Contestant(str(rate), SGD(rate / times)) for rate in (1e-3, 0.1, 0.6, 1.0, 1.1)])
        words.append([one[0] for one in told(experiment)])
    assert words[0] == words[1]
    assert len({kind for _, kind, *_ in words[0]}) > 2


def test_squares_of_losses_that_are_no_numbers_decide_nothing():
    """Of losses of 1e-200 the deviation would be 0, of 1e200 infinite."""
    kinds = set()
    for unit in (1.0, 2.0**-660, 2.0**660):
        run = minimize(lambda p, step: 2 * p, [1.0], SGD(0.99), 100, value=lambda p, u=unit: u * float(p[0] ** 2))
        kinds.add(verdict(run, 0.0, 1).kind)
        run = minimize(lambda p, step: np.sign(p), [1.03], SGD(0.1), 100, value=lambda p, u=unit: u * float(p[0] ** 2))
        kinds.add(verdict(run, 0.0, 1).kind)
    assert len(kinds) == 2
