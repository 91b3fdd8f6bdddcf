"""Learning rates, step by step: the contract of every schedule in SCHEDULES, and each held to its formula and to torch.

A new schedule needs an entry in CASES and, where torch has it, one in reference/make_reference.py.
"""

import json
from math import cos, pi
from pathlib import Path

import numpy as np
import pytest

from optim import (
    SCHEDULES,
    Constant,
    CosineAnnealing,
    Cyclical,
    ExponentialDecay,
    InverseTime,
    Linear,
    OneCycle,
    Polynomial,
    StepDecay,
)

STEPS = 1500
REFERENCE = json.loads(Path(__file__).with_name("reference").joinpath("reference.json").read_text(encoding="utf-8"))


def one_cycle(j):
    """OneCycle(0.25) of 40 steps: up to step 9, down to step 39."""
    start, end, part = (1 / 25, 1, j / 9) if j < 9 else (1, 1 / 25e4, (j - 9) / 30)
    return end + (start - end) * (1 + cos(pi * part)) / 2


# Schedules and the share of the rate at step j of 40, in epochs of 4 steps.
CASES = [
    (Constant(), lambda j: 1),
    (StepDecay(), lambda j: 0.5 ** (j // 40)),
    (StepDecay(2, 0.3), lambda j: 0.3 ** (j // 8)),
    (StepDecay(0.01, 0.9), lambda j: 0.9**j),
    (ExponentialDecay(), lambda j: 0.95 ** (j / 4)),
    (ExponentialDecay(1), lambda j: 1),
    (InverseTime(), lambda j: 1 / (1 + 0.5 * j / 4)),
    (InverseTime(0), lambda j: 1),
    (Linear(), lambda j: 1 - j / 40),
    (Linear(5, 0.2), lambda j: max(1 - 0.8 * j / 20, 0.2)),
    (Polynomial(), lambda j: (1 - j / 40) ** 2),
    (Polynomial(5, 0.5, 0.1), lambda j: 0.1 + 0.9 * (1 - min(j / 20, 1)) ** 0.5),
    (CosineAnnealing(), lambda j: (1 + cos(pi * j / 40)) / 2),
    (CosineAnnealing(2.5, 1, 0.2), lambda j: 0.2 + 0.8 * (1 + cos(pi * (j % 10) / 10)) / 2),
    (Cyclical(), lambda j: 0.25 + 0.75 * (1 - abs(j / 20 - 1))),
    (Cyclical(None, 0), lambda j: 1 - abs(j / 20 - 1)),
    (Cyclical(2.5, 0.1), lambda j: 0.1 + 0.9 * (1 - abs(j % 10 / 5 - 1))),
    (OneCycle(0.25), one_cycle),
    (OneCycle(0.25, "linear", 5, 20), lambda j: 0.2 + 0.8 * j / 9 if j < 9 else 1 - 0.99 * (j - 9) / 30),
    (OneCycle(0, "linear", 4, 1), lambda j: 1 - 0.75 * (j + 1) / 40),
    (OneCycle(1, "linear", 4, 1), lambda j: 0.25 + 0.75 * j / 39),
]

each = pytest.mark.parametrize(("schedule", "share"), CASES, ids=[str(schedule) for schedule, _ in CASES])


@each
def test_the_closed_form(schedule, share):
    rates = schedule.rates(0.3, 40, 4)
    np.testing.assert_allclose(rates, [0.3 * share(j) for j in range(40)], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("case", REFERENCE["rates"], ids=lambda case: f"{case['schedule']} {case['settings']}")
def test_against_torch(case):
    schedule = SCHEDULES[case["schedule"]](**case["settings"])
    rates = schedule.rates(case["lr"], len(case["rates"]), case["steps_per_epoch"])
    np.testing.assert_allclose(rates, case["rates"], rtol=1e-12, atol=1e-15)


def test_every_schedule_is_held():
    assert {type(schedule) for schedule, _ in CASES} == set(SCHEDULES.values())
    assert {case["schedule"] for case in REFERENCE["rates"]} == set(SCHEDULES) - {"InverseTime"}


@pytest.mark.parametrize("schedule", SCHEDULES.values())
def test_a_schedule_says_what_it_is_and_gives_a_rate_each_step(schedule):
    assert SCHEDULES[schedule.__name__] is schedule
    assert r"\eta" in schedule.formula
    assert schedule.intuition.endswith(".")
    assert schedule.source
    for steps in (1, 2, 37):
        rates = schedule().rates(0.3, steps, 5)
        assert rates.shape == (steps,)
        assert rates.dtype == np.float64
        assert ((rates >= 0) & (rates <= 0.3)).all()
        np.testing.assert_array_equal(rates, 0.3 * schedule().shares(steps, 5))
        assert all(0 < row < steps for row in schedule().restarts(steps, 5))


@each
@pytest.mark.parametrize("warmup", [0.25, 1, 2.5, 10, 1e300])
def test_a_warm_up_rises_evenly_to_where_the_schedule_then_starts(schedule, share, warmup):
    warm = min(round(warmup * 4), 10**6)
    rates = type(schedule)(**{**vars(schedule), "warmup": warmup}).rates(0.3, 40 + min(warm, 40), 4)
    if warm <= 40:
        np.testing.assert_array_equal(rates[warm:], schedule.rates(0.3, 40, 4))
        first = rates[warm]
        np.testing.assert_allclose(rates[:warm], first * np.arange(1, warm + 1) / (warm + 1), rtol=1e-14)
    else:  # nothing but a warm-up
        assert (rates < 1e-12).all()


def test_a_warm_up_belongs_to_the_first_cycle():
    assert CosineAnnealing(2, warmup=1.5).restarts(100, 10) == (35, 55, 75, 95)
    assert Cyclical(3, warmup=1).restarts(100, 10) == (40, 70)
    assert CosineAnnealing(2, warmup=9).restarts(100, 10) == ()
    assert CosineAnnealing(2, warmup=50).restarts(100, 10) == ()
    assert CosineAnnealing(2, warmup=50).rates(1, 3, 10).tolist() == pytest.approx([1 / 501, 2 / 501, 3 / 501])


def test_a_warm_up_is_given_by_name():
    with pytest.raises(TypeError):
        Constant(1)
    with pytest.raises(ValueError, match="warmup must be a finite number at least 0, not -1"):
        Constant(warmup=-1)
    assert CosineAnnealing(10).warmup == 0


@pytest.mark.parametrize(("schedule", "restarts"), [
    (Constant(), ()), (StepDecay(1), ()), (ExponentialDecay(), ()), (InverseTime(), ()), (Linear(2), ()),
    (Polynomial(2), ()), (OneCycle(), ()), (CosineAnnealing(2.5), (10, 20, 30)), (Cyclical(), ()),
    (Cyclical(2.5), (10, 20, 30)), (Cyclical(None), ()),
], ids=str)
def test_where_cycles_start(schedule, restarts):
    assert schedule.restarts(40, 4) == restarts
    rates = schedule.rates(1, 40, 4)
    assert all(rates[row] == rates[0] for row in restarts)


def test_a_snapshot_is_taken_where_a_cycle_is_over():
    assert CosineAnnealing(2.5).snapshots(40, 4) == (10, 20, 30, 40)
    assert CosineAnnealing(2.5).snapshots(39, 4) == (10, 20, 30)
    assert CosineAnnealing(2.5, 2, warmup=1).snapshots(34, 4) == (14, 34)
    assert Cyclical(2.5).snapshots(20, 4) == (10, 20)
    assert CosineAnnealing().snapshots(40, 4) == Constant(warmup=1).snapshots(40, 4) == ()


def test_constant():
    np.testing.assert_array_equal(Constant().rates(0.2, 4, 2), [0.2, 0.2, 0.2, 0.2])


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 10])
@pytest.mark.parametrize("pct_start", [0, 0.1, 0.25, 1 / 3, 0.5, 0.99, 1])
@pytest.mark.parametrize("shape", ["cos", "linear"])
def test_one_cycle_of_few_steps(steps, pct_start, shape):
    """Where there is no step for a way up or down, what is left of the other one is still right."""
    rates = OneCycle(pct_start, shape, 4, 10).rates(1, steps, 1)
    peak = pct_start * steps - 1
    assert rates[-1] == pytest.approx(1 / 40 if peak < steps - 1 else 1)
    assert rates[0] == pytest.approx(1 / 4) or peak <= 0
    assert (np.diff(rates)[:int(max(peak, 0))] > 0).all()
    assert (np.diff(rates)[int(np.ceil(max(peak, 0))):] < 0).all()


@pytest.mark.parametrize("schedule", [
    StepDecay(1e308, 1e-300), StepDecay(1e-300, 1e-300), ExponentialDecay(1e-300), InverseTime(1e308),
    Linear(1e308), Linear(1e-300), Polynomial(1e308, 1e308), Polynomial(1e-300, 1e-300), Cyclical(1e308),
    Cyclical(1e-300), OneCycle(1e-300, "cos", 1e308, 1e308),
], ids=str)
def test_sizes_beyond_all_use_are_still_rates(schedule):
    rates = schedule.rates(1, STEPS, 30)
    assert ((rates >= 0) & (rates <= 1)).all()


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
