"""Stopping a training early: how often it is asked, what is raised, and that asking changes nothing."""

import numpy as np
import pytest

from optim import SGD, Contestant, Experiment, Generated, Stopped, network, ravine, train

MANY = Experiment(network(16), data=Generated(size=500), batch_size=500, epochs=40)
KINDS = {
    "single points": Experiment(),
    "in turn": Experiment(coordinates="in turn", epochs=20),
    "shuffled batches": Experiment("sine", batch_size=7, shuffle=True),
    "many numbers a step": MANY,
    "a surface": Experiment(ravine(10.0), epochs=2_000),
}


class Counting:
    """Says True at the question of that number, from 1; counts the questions."""

    def __init__(self, at=None):
        self.at, self.asked = at, 0

    def __call__(self):
        self.asked += 1
        return self.asked == self.at


@pytest.mark.parametrize("keep", ["everything", "final"])
@pytest.mark.parametrize("experiment", KINDS.values(), ids=KINDS)
def test_asking_changes_no_byte(experiment, keep):
    asked = Counting()
    for plain, other in zip(train(experiment, keep).values(), train(experiment, keep, asked).values(), strict=True):
        for name in ("params", "loss", "gradient", "direction", "learning_rate"):
            assert getattr(plain, name).tobytes() == getattr(other, name).tobytes()
    assert asked.asked > 1


@pytest.mark.parametrize("keep", ["everything", "final"])
@pytest.mark.parametrize("experiment", KINDS.values(), ids=KINDS)
def test_every_question_may_be_the_last(experiment, keep):
    asked = Counting()
    train(experiment, keep, asked)
    for at in {1, 2, asked.asked}:
        stop = Counting(at)
        with pytest.raises(Stopped):
            train(experiment, keep, stop)
        assert stop.asked == at


def test_it_is_asked_every_few_hundred_steps_and_between_blocks_of_the_loss():
    asked = Counting()
    train(Experiment(contestants=[Contestant("alone", SGD(0.001))], epochs=1_000), stop=asked)
    walk = 30_000 // 256
    assert walk < asked.asked < 2 * walk


def test_it_is_asked_more_often_where_a_step_is_long():
    asked = Counting()
    train(MANY, "final", asked)
    assert asked.asked > MANY.steps // 5


def test_the_loss_takes_no_memory_for_all_steps_at_once():
    """Of a surface as of a curve: a block of the steps at a time is handed to it."""
    seen = []
    surface = ravine(10.0)

    def value(params):
        seen.append(np.size(params[0]))
        return params[0] ** 2 + params[1] ** 2

    other = type(surface)("watched", value, lambda params: (2 * params[0], 2 * params[1]), (1.0, 1.0), ((-1, 1),) * 2)
    train(Experiment(other, epochs=50_000))
    assert max(seen) <= 2**15
