"""What may be said of the article's methods over 30 sets of data, as statistics rather than for every seed."""

import numpy as np
import pytest

from optim import Experiment, Generated, arrival, train

SEEDS = range(30)
PAIR = slice(-60, None)


@pytest.fixture(scope="module")
def runs_by_seed():
    return [train(Experiment(data=Generated(seed=seed))) for seed in SEEDS]


def share_of_seeds(runs_by_seed, holds):
    return np.mean([holds(runs) for runs in runs_by_seed])


def test_adam_reaches_five_percent_before_sgd(runs_by_seed):
    def holds(runs):
        (adam, _), (sgd, _) = (arrival(runs[label], floor=0, share=0.05) for label in ("Adam", "SGD"))
        return sgd is None or adam < sgd

    assert share_of_seeds(runs_by_seed, holds) == 1


def test_annealed_adam_ends_nearer_than_adam(runs_by_seed):
    def distance(run):
        return np.hypot(*(run.params[-1] - [1.5, -28]))

    def holds(runs):
        return distance(runs["Adam with annealing"]) < distance(runs["Adam"])

    assert share_of_seeds(runs_by_seed, holds) > 0.95


def test_adam_trembles_more_at_the_end_than_annealed(runs_by_seed):
    def swing(run):
        return np.ptp(run.params[PAIR, 0])

    assert share_of_seeds(runs_by_seed, lambda runs: swing(runs["Adam"]) > swing(runs["Adam with annealing"])) > 0.95
    assert np.median([swing(runs["Adam"]) for runs in runs_by_seed]) > 0.5
    assert np.median([swing(runs["Adam with annealing"]) for runs in runs_by_seed]) < 0.05
