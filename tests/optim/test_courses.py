"""A schedule of one's own whose course does not fit is said to be wrong by its name, and nothing is trained."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from optim import SCHEDULES, SGD, Contestant, Experiment, Schedule, minimize, train


@dataclass(frozen=True)
class Mine(Schedule):
    """A course that the test brings."""

    made: Any = None

    def course(self, steps, steps_per_epoch):
        return self.made(steps)


def nan_at_the_end(steps):
    course = np.ones(steps)
    course[-1] = np.nan
    return course


WRONG = {
    "too short": (lambda n: np.ones(n - 1), "not of shape (9,)"),
    "too long": (lambda n: np.ones(n + 1), "not of shape (11,)"),
    "empty": (lambda n: [], "not of shape (0,)"),
    "a single number": (lambda n: 1.0, "not of shape ()"),
    "a column": (lambda n: np.ones((n, 1)), "not of shape (10, 1)"),
    "nothing": (lambda n: None, "None is not a real number"),
    "not a number": (nan_at_the_end, "but it is nan at step 9"),
    "infinite": (lambda n: np.full(n, np.inf), "but it is inf at step 0"),
    "too large": (lambda n: [10**400] * n, "but it is inf at step 0"),
    "complex": (lambda n: np.ones(n, dtype=complex), "some are complex"),
    "texts": (lambda n: ["1"] * n, "could not convert string to float: '1'"),
    "dates": (lambda n: np.arange(n).astype("datetime64[s]"), "they are dates"),
    "masked": (lambda n: np.ma.array(np.ones(n), mask=np.arange(n) == 3), "it is masked"),
    "ragged": (lambda n: [[1], [1, 2]], "inhomogeneous"),
    "generated": (lambda n: (1.0 for _ in range(n)), "is not a real number"),
}


@pytest.mark.parametrize("warmup", [0, 2])
@pytest.mark.parametrize(("made", "message"), WRONG.values(), ids=WRONG)
def test_a_course_that_does_not_fit(made, message, warmup):
    schedule, steps = Mine(made=made, warmup=warmup), 10 + warmup
    experiment = Experiment("booth", epochs=steps, contestants=[Contestant("it", SGD(0.01), schedule)])
    for call in (
        lambda: schedule.shares(steps, 1),
        lambda: schedule.rates(0.1, steps, 1),
        lambda: train(experiment),
        lambda: train(experiment, keep="final"),
        lambda: minimize(lambda p, step: p, (1, 2), SGD(0.01), steps, schedule),
    ):
        with pytest.raises(ValueError, match=re.escape(message)) as caught:
            call()
        assert str(caught.value).startswith("the course of Mine must be 10 finite numbers")
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize("made", [lambda n: [1] * n, lambda n: (0.5,) * n, lambda n: np.ones(n, dtype=np.float32)])
def test_any_sequence_of_numbers_is_a_course(made):
    assert Mine(made=made).shares(7, 1).dtype == np.float64
    assert Mine(made=made).rates(0.5, 7, 1).shape == (7,)


@pytest.mark.parametrize("kind", SCHEDULES.values(), ids=SCHEDULES)
def test_steps_are_whole_numbers_from_1(kind):
    expected = kind(warmup=1).shares(7, 2).tobytes()
    assert kind(warmup=np.array(1)).shares(np.array(7), np.array(2)).tobytes() == expected
    for steps, per_epoch in ((0, 1), (2.5, 1), (None, 1), (3, 0)):
        with pytest.raises(ValueError, match="must be a whole number at least 1"):
            kind().shares(steps, per_epoch)
