"""Snapshots at the ends of restart cycles, on runs made by hand and on one that is trained."""

import numpy as np
import pytest

from optim import SGD, Contestant, CosineAnnealing, Experiment, Run, Snapshot, snapshots, train


def run_of(steps, rates=None, **more):
    params = np.stack([np.arange(steps + 1.0), -np.arange(steps + 1.0)], axis=1)
    rates = np.linspace(1, 0, steps) if rates is None else np.array(rates)
    return Run("it", params, 10 * params[:, 0], np.zeros((steps, 2)), np.zeros((steps, 2)), rates, **more)


def cosine(cycles, cut=0):
    """The rates of cycles of ten steps, of which the last lacks `cut`."""
    return np.tile(np.linspace(1, 0, 10), cycles)[:10 * cycles - cut]


def test_one_at_each_end():
    found = snapshots(run_of(30, cosine(3)), (10, 20))
    assert found == tuple(Snapshot(step, (step, -step), 10 * step) for step in (10, 20, 30))


def test_a_cycle_that_is_cut_off_has_no_end():
    assert [one.step for one in snapshots(run_of(27, cosine(3, cut=3)), (10, 20))] == [10, 20]


def test_without_restarts_there_are_none():
    assert snapshots(run_of(30), ()) == ()


def test_after_a_divergence_there_are_none():
    for at, kept in ((21, [10, 20]), (20, [10]), (3, [])):
        assert [one.step for one in snapshots(run_of(30, cosine(3), diverged_at=at), (10, 20))] == kept


def test_without_a_loss():
    run = Run("it", np.zeros((21, 1)), None, np.zeros((20, 1)), np.zeros((20, 1)), cosine(2))
    assert snapshots(run, (10,)) == (Snapshot(10, (0.0,), None), Snapshot(20, (0.0,), None))


def test_of_a_trained_run():
    """Two epochs a cycle: the parameters are those after the last update at the lowest rate."""
    experiment = Experiment(contestants=[Contestant("it", SGD(0.01), CosineAnnealing(2))], epochs=8)
    run = train(experiment)["it"]
    found = snapshots(run, CosineAnnealing(2).restarts(experiment.steps, experiment.steps_per_epoch))
    assert [one.step for one in found] == [60, 120, 180, 240]
    for one in found:
        assert one.params == tuple(run.params[one.step])
        assert one.loss == run.loss[one.step]
        assert run.learning_rate[one.step - 1] == run.learning_rate.min()


def test_a_run_of_which_only_the_end_was_kept():
    experiment = Experiment(contestants=[Contestant("it", SGD(0.01), CosineAnnealing(2))], epochs=8)
    run = train(experiment, keep="final")["it"]
    with pytest.raises(ValueError, match="the run 'it' has kept only its end, not its cycles"):
        snapshots(run, (60,))
