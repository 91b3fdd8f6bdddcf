"""Learning rates, step by step."""

import numpy as np
import pytest

from optim import SCHEDULES, Constant, CosineAnnealing

STEPS = 1500


@pytest.mark.parametrize("schedule", SCHEDULES.values())
def test_a_schedule_says_what_it_is_and_gives_a_rate_each_step(schedule):
    assert SCHEDULES[schedule.__name__] is schedule
    assert schedule.formula
    assert schedule.intuition.endswith(".")
    assert schedule.source
    for steps in (1, 2, 37):
        rates = schedule().rates(0.3, steps, 5)
        assert rates.shape == (steps,)
        assert rates.dtype == np.float64
        assert rates[0] == 0.3
        np.testing.assert_array_equal(rates, 0.3 * schedule().shares(steps, 5))
        assert all(0 < row < steps for row in schedule().restarts(steps, 5))


def test_constant():
    np.testing.assert_array_equal(Constant().rates(0.2, 4, 2), [0.2, 0.2, 0.2, 0.2])
    assert Constant().restarts(4, 2) == ()


def test_the_whole_run_is_one_cycle_by_default():
    j = np.arange(STEPS)
    expected = 0.7 * (1 + np.cos(np.pi * j / STEPS)) / 2
    np.testing.assert_allclose(CosineAnnealing().rates(0.7, STEPS, 30), expected, rtol=1e-14)
    assert CosineAnnealing().restarts(STEPS, 30) == ()


def test_the_floor_is_a_share_of_the_starting_rate():
    rates = CosineAnnealing(floor=0.2).rates(0.5, 10, 1)
    expected = [0.5 * (0.2 + 0.8 * (1 + np.cos(np.pi * j / 10)) / 2) for j in range(10)]
    np.testing.assert_allclose(rates, expected, rtol=1e-14)
    np.testing.assert_allclose(CosineAnnealing(floor=1).rates(0.5, 10, 1), 0.5)


@pytest.mark.parametrize(("period", "growth", "steps_per_epoch", "restarts"), [
    (10, 1, 30, (300, 600, 900, 1200)),
    (50, 1, 30, ()),
    (49, 1, 30, (1470,)),
    (5, 2, 30, (150, 450, 1050)),
    (200, 1, 30, ()),
    (0.5, 3, 30, (15, 60, 195, 600)),
    (1 / 3, 1.5, 100, (33, 83, 158, 270, 439, 692, 1072)),
    (700.4, 1, 1, (700, 1400)),
    (2.5, 1, 1, tuple(range(2, 1500, 2))),  # Python's round: half to even
    (1e-9, 1, 30, tuple(range(1, 1500))),
])
def test_restarts_peak_exactly_where_they_should(period, growth, steps_per_epoch, restarts):
    schedule = CosineAnnealing(period, growth, floor=0.1)
    assert schedule.restarts(STEPS, steps_per_epoch) == restarts
    rates = schedule.rates(0.4, STEPS, steps_per_epoch)
    peaks = np.flatnonzero(rates == 0.4)
    assert peaks.tolist() == [0, *restarts]
    assert (np.diff(rates)[[row - 1 for row in restarts]] >= 0).all()
    falls = np.setdiff1d(np.arange(STEPS - 1), np.array(restarts, dtype=int) - 1)
    assert (np.diff(rates)[falls] < 0).all()


@pytest.mark.parametrize(("period", "growth", "restarts"), [
    (1e-300, 1e200, (1, 2)), (1e-320, 1e160, (1, 2)), (1e308, 1, ()), (1, 1e308, (30,)),
])
def test_sizes_beyond_all_floats_are_just_long_cycles(period, growth, restarts):
    schedule = CosineAnnealing(period, growth)
    assert schedule.restarts(STEPS, 30) == restarts
    np.testing.assert_allclose(schedule.rates(1, STEPS, 30)[restarts[-1] if restarts else 0:], 1, rtol=1e-12)


def test_a_cycle_cut_off_shows_its_first_part():
    whole, part = CosineAnnealing(10).rates(1, 100, 10), CosineAnnealing(10).rates(1, 37, 10)
    np.testing.assert_array_equal(part, whole[:37])


def test_a_cycle_does_not_quite_reach_its_floor():
    """The last step of a cycle of C is step C - 1: the floor itself would be a step that goes nowhere."""
    rates = CosineAnnealing(10).rates(1, 10, 1)
    assert rates[-1] == pytest.approx((1 + np.cos(0.9 * np.pi)) / 2)
    assert rates[-1] > 0
