"""What is said of a run, on runs made by hand."""

import numpy as np
import pytest

from optim import (
    SGD,
    Adam,
    Contestant,
    CosineAnnealing,
    Experiment,
    Generated,
    Run,
    Verdict,
    arrival,
    train,
    verdict,
)
from optim import verdicts as thresholds


def run_of(loss, params=None, learning_rate=None, **more):
    loss = np.array(loss, dtype=float)
    steps = len(loss) - 1
    params = np.array(params, dtype=float) if params is not None else np.zeros((steps + 1, 2))
    rate = np.ones(steps) if learning_rate is None else np.array(learning_rate, dtype=float)
    return Run("it", params, loss, np.zeros((steps, 2)), np.zeros((steps, 2)), rate, **more)


def trembling(steps, level=50.0, size=1.0):
    return level + size * np.where(np.arange(steps + 1) % 2, 1.0, -1.0)


def test_the_articles_four():
    experiment = Experiment()
    kinds = {label: verdict(run, 0, 30).kind for label, run in train(experiment).items()}
    assert kinds == {
        "SGD": "still falling", "Momentum": "still falling", "Adam": "oscillating", "Adam with annealing": "converged",
    }


def test_adams_tremble_is_half_its_range_over_the_last_two_pairs_of_epochs():
    run = train(Experiment())["Adam"]
    found = verdict(run, 0, 30)
    last = run.params[-120:]  # a tenth of 1,500 steps is 2.5 pairs of epochs of 30 steps
    assert found == Verdict("oscillating", None, tuple((last.max(axis=0) - last.min(axis=0)) / 2))


def test_a_run_that_left_all_bounds():
    run = train(Experiment(contestants=[Contestant("it", SGD(0.05))]))["it"]
    first = int(np.argmax(run.loss > 1000 * run.loss[0]))
    assert 0 < first < run.diverged_at
    assert verdict(run, 0, 30) == Verdict("diverged", at=first)


def test_a_jump_straight_out_of_bounds():
    loss = np.full(11, np.nan)
    loss[:4] = [4, 3, 2, 1]
    assert verdict(run_of(loss, diverged_at=4), 0, 1) == Verdict("diverged", at=4)
    assert verdict(run_of(np.full(11, np.nan), diverged_at=0), 0, 1) == Verdict("diverged", at=0)


@pytest.mark.parametrize(("peak", "kind"), [(1000.0, "converged"), (1000.1, "diverged")])
def test_a_thousand_times_the_start(peak, kind):
    loss = np.zeros(101)
    loss[0], loss[7] = 1, peak
    found = verdict(run_of(loss), 0, 1)
    assert (found.kind, found.at) == (kind, 7 if kind == "diverged" else None)


@pytest.mark.parametrize(("level", "kind"), [(0.9e-3, "converged"), (1.1e-3, "oscillating")])
def test_all_of_the_window_below_a_thousandth(level, kind):
    loss = np.full(101, 1e-9)
    loss[0], loss[-10] = 1, level
    assert verdict(run_of(loss), 0, 5).kind == kind


def test_what_was_before_the_window_does_not_count():
    loss = np.full(101, 1e-9)
    loss[0], loss[-11] = 1, 0.5
    assert verdict(run_of(loss), 0, 5).kind == "converged"


def test_the_floor_is_what_counts():
    loss = np.full(101, 1.0)
    loss[0] = 100
    assert verdict(run_of(loss), 1.0, 5).kind == "converged"
    assert verdict(run_of(loss), 0.5, 5).kind == "settled"
    assert verdict(run_of(loss), 1.0 + 1e-12, 5).kind == "converged"


@pytest.mark.parametrize(("fall", "kind"), [(0.6, "still falling"), (0.4, "oscillating")])
def test_a_fall_of_half_a_standard_deviation(fall, kind):
    loss = trembling(100)
    loss[0] = 100
    loss[-10:] -= fall
    assert verdict(run_of(loss), 0, 5).kind == kind


@pytest.mark.parametrize(("steps", "steps_per_epoch", "width"), [
    (1500, 30, 120),  # 150 steps hold two pairs of epochs
    (1500, 1, 150),
    (1500, 70, 140),
    (1500, 100, 200),  # at least one pair
    (60, 30, 30),  # at most half of the points
    (30, 30, 15),
    (3, 1, 2),
    (2, 2, 1),
    (1, 1, 1),
    (10, 1, 2),
])
def test_the_window(steps, steps_per_epoch, width):
    """A tremble's half range grows by each further point, so that it tells the window's width."""
    params = np.stack([np.arange(steps + 1), np.zeros(steps + 1)], axis=1)
    found = verdict(run_of(np.full(steps + 1, 5.0), params), 0, steps_per_epoch)
    assert found == Verdict("oscillating", None, ((width - 1) / 2, 0.0))


def restarting(ends, cycle=10, between=50.0):
    """A run of cycles whose losses are high but at the cycles' ends."""
    loss = np.full(cycle * len(ends) + 1, between)
    loss[0] = 100
    loss[cycle::cycle] = ends
    rate = np.tile(np.linspace(1, 0, cycle), len(ends))
    return loss, rate, tuple(range(cycle, cycle * len(ends), cycle))


@pytest.mark.parametrize(("ends", "kind"), [
    ([40, 20, 10, 5, 2], "still falling"),
    ([1, 0.01, 0.01, 0.01, 0.01], "converged"),
    ([3, 3, 3, 3], "oscillating"),
    ([3, 4, 2, 5], "oscillating"),
    ([60, 90], "oscillating"),
    ([60, 30], "still falling"),
])
def test_with_restarts_the_ends_of_cycles_are_compared(ends, kind):
    loss, rate, restarts = restarting(ends)
    assert verdict(run_of(loss, learning_rate=rate), 0, 1, restarts).kind == kind
    assert verdict(run_of(loss, learning_rate=rate), 0, 1).kind != "converged"


def test_the_run_s_end_counts_where_its_cycle_was_finished():
    loss, rate, restarts = restarting([5, 5, 1])
    assert verdict(run_of(loss, learning_rate=rate), 0, 1, restarts).kind == "still falling"
    cut = slice(0, 25)  # the third cycle breaks off in its middle
    assert verdict(run_of(loss[:26], learning_rate=rate[cut]), 0, 1, restarts).kind == "oscillating"


def test_half_range_over_the_compared_ends():
    loss, rate, restarts = restarting([3, 3, 3, 3])
    params = np.zeros((41, 2))
    params[10], params[20], params[30], params[40], params[35] = (1, 0), (2, 0), (0, 6), (1, 1), (99, 99)
    assert verdict(run_of(loss, params, rate), 0, 1, restarts).half_range == (1.0, 3.0)


def test_one_restart_close_to_the_end_looks_at_one_end():
    loss, rate, restarts = restarting([3, 3])
    found = verdict(run_of(loss[:12], learning_rate=rate[:11]), 0, 1, restarts[:1])
    assert found.kind == "still falling"


@pytest.mark.parametrize(("moves", "kind"), [(0.9e-4, "settled"), (1.1e-4, "oscillating")])
def test_at_rest_above_the_floor(moves, kind):
    """A pit that is not the lowest: loss 5 of 100 over a floor of 0, one parameter trembling at the end of its way."""
    loss, params = np.full(101, 5.0), np.zeros((101, 2))
    loss[0], params[0, 1] = 100, 1
    params[80::2, 1] = moves
    assert verdict(run_of(loss, params), 0, 1).kind == kind
    loss[0] = 6000  # at rest, and below a thousandth
    assert verdict(run_of(loss, params), 0, 1).kind == "converged"


def test_a_loss_that_still_moves_is_not_at_rest():
    loss = np.full(101, 5.0)
    loss[0], loss[95] = 100, 5.02
    assert verdict(run_of(loss), 0, 1).kind == "oscillating"


def test_a_pit_between_higher_ones_is_where_sgd_comes_to_rest():
    experiment = Experiment("rastrigin", contestants=[Contestant("it", SGD(0.002))])
    assert verdict(train(experiment)["it"], experiment.floor, 1).kind == "settled"


def test_without_a_floor_nothing_converges_or_arrives():
    falling = run_of(-np.arange(101.0) ** 2)
    assert verdict(falling, None, 1).kind == "still falling"
    assert arrival(falling, None, 0.5) == (None, None)
    steep = run_of(np.linspace(1, -1e9, 101))
    assert verdict(steep, None, 1).kind == "still falling"
    assert verdict(run_of(np.r_[2.0, np.full(100, -3.0)]), None, 1).kind == "settled"
    lost = np.r_[np.arange(9.0), np.full(92, np.nan)]
    assert verdict(run_of(lost, diverged_at=9), None, 1) == Verdict("diverged", at=9)


def test_a_start_at_the_optimum():
    still = run_of(np.zeros(101))
    assert verdict(still, 0, 5) == Verdict("converged")
    assert verdict(run_of(trembling(100, 1e-28, 5e-29)), 1e-28, 5).kind != "diverged"
    shaken = trembling(100)
    shaken[0] = 0
    assert verdict(run_of(shaken), 0, 5).kind == "oscillating"


def test_losses_near_the_largest_float_are_judged_quietly():
    assert verdict(run_of(np.full(101, 1e306)), 0, 5).kind == "settled"
    assert verdict(run_of(trembling(100, 1e306, 5e305)), 0, 5).kind == "oscillating"


def test_restarts_on_noisy_points_are_judged_by_their_ends():
    """Within its cycles the run trembles as one at a constant rate does; at their ends it lies close to the optimum."""
    adam = Adam(1, (0.7, 0.9))
    experiment = Experiment(
        data=Generated(noise=0.3), contestants=[Contestant("restarts", adam, CosineAnnealing(10))])
    model, data = experiment.resolved_model, experiment.dataset
    floor = float(model.loss(model.optimum(data.x, data.y), data.x, data.y))
    run = train(experiment)["restarts"]
    assert verdict(run, floor, 30, CosineAnnealing(10).restarts(1500, 30)).kind == "converged"
    assert verdict(run, floor, 30).kind != "converged"


@pytest.mark.parametrize(("loss", "share", "expected"), [
    ([10, 5, 1, 0.5, 0.4], 0.1, (2, 2)),
    ([10, 1, 5, 0.5, 0.4], 0.1, (1, 3)),
    ([10, 1, 0.5, 0.4, 5], 0.1, (1, None)),
    ([10, 9, 8, 7, 6], 0.1, (None, None)),
    ([10, 9, 8, 7, 1], 0.1, (4, 4)),
    ([10, 9, 8, 7, 6], 1.0, (0, 0)),
    ([0, 0, 0], 0.1, (0, 0)),
    ([0, 1, 0], 0.1, (0, 2)),
])
def test_arrival(loss, share, expected):
    assert arrival(run_of(loss), 0, share) == expected


def test_arrival_over_a_floor_and_after_divergence():
    assert arrival(run_of([12, 4, 3.1, 2.9, 2.1]), 2, 0.1) == (3, 3)
    assert arrival(run_of([1 - 1e-15, 1, 1]), 1, 0.1) == (0, 0)  # rounding takes a loss below its floor
    assert arrival(run_of([10, 1, np.nan, np.nan], diverged_at=2), 0, 0.1) == (1, None)


def test_a_run_without_loss_is_not_judged():
    run = Run("bare", np.zeros((2, 1)), None, np.zeros((1, 1)), np.zeros((1, 1)), np.ones(1))
    for judge in (lambda: verdict(run, 0, 1), lambda: arrival(run, 0, 0.1)):
        with pytest.raises(ValueError, match="the run 'bare' has no loss to judge"):
            judge()


def test_the_thresholds_are_those_that_the_help_shows():
    assert (thresholds.DIVERGED_TIMES, thresholds.CONVERGED_SHARE, thresholds.FALLING_DEVIATIONS) == (1000, 1e-3, 0.5)
    assert (thresholds.WINDOW_SHARE, thresholds.WINDOW_EPOCHS, thresholds.SETTLED_SHARE) == (0.1, 2, 1e-4)
