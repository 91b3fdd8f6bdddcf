"""Events of a run: on the article's own numbers, and on runs made by hand whose steps one can name."""

import numpy as np
import pytest

from optim import SGD, Adam, Contestant, CosineAnnealing, Experiment, Generated, Run, arrival, events, train, verdict
from optim.events import REST_SHARE, SPAN_STEPS, TREMBLE_RISES, TREMBLE_SHARE, Passage, passage, rests, span, trembles
from optim.verdicts import Verdict

CALM = Verdict("oscillating")


def run_of(loss, params=None, **more):
    loss = np.array(loss, dtype=float)
    steps = len(loss) - 1
    params = np.zeros((steps + 1, 1)) if params is None else np.array(params, dtype=float).reshape(steps + 1, -1)
    nothing = np.zeros((steps, params.shape[1]))
    return Run("it", params, loss, nothing, nothing, np.ones(steps), **more)


def told(experiment, share=0.01):
    """Of each method passage, trembling and rest."""
    found = {}
    for one in experiment.contestants:
        run, size = train(experiment)[one.label], experiment.steps_per_epoch
        judged = verdict(run, experiment.floor, size, one.schedule.restarts(experiment.steps, size))
        found[one.label] = (passage(run, experiment.floor, share), trembles(run, experiment.floor, judged, size),
                            rests(run, experiment.floor, judged, size))
    return found


def test_the_articles_four():
    assert told(Experiment()) == {
        "SGD": (Passage(1137, 1140, 1139, None), None, None),
        "Momentum": (Passage(1141, 1141, None, None), None, None),
        "Adam": (Passage(34, 1493, 36, 81), 82, None),
        "Adam with annealing": (Passage(34, 680, 36, 81), 82, 1344),
    }


@pytest.mark.parametrize(("loss", "expected"), [
    ([100, 50, 10, 5, 4], Passage(2, 2, None, None)),
    ([100, 10, 50, 5, 4], Passage(1, 3, 2, None)),
    ([100, 10, 50, 5, 40], Passage(1, None, 2, 4)),
    ([100, 10, 50, 5, 40, 3, 3], Passage(1, 5, 2, 4)),
    ([100, 90, 80, 70, 60], Passage()),
    ([0, 0, 0], Passage(0, 0, None, None)),
    ([0, 1, 0, 2, 0], Passage(0, 4, 1, 3)),
])
def test_a_passage_over_a_tenth(loss, expected):
    assert passage(run_of(loss), 0, 0.1) == expected
    assert (expected.there, expected.stays) == arrival(run_of(loss), 0, 0.1)


def test_the_floor_is_taken_off_and_without_one_nothing_passes():
    loss = np.array([12, 4, 3.1, 2.9, 2.1])
    assert passage(run_of(loss), 2, 0.1) == Passage(3, 3)
    assert passage(run_of(loss), 0, 0.1) == Passage()
    assert passage(run_of(loss), None, 0.9) == Passage()


def test_a_divergence_is_no_arrival_and_ends_a_stay():
    gone = run_of([100, 5, np.nan, np.nan], diverged_at=2)
    assert passage(gone, 0, 0.1) == Passage(1, None, 2, None)
    assert trembles(gone, 0, Verdict("diverged", at=2), 1) is None
    assert rests(gone, 0, Verdict("diverged", at=2), 1) is None


def saw(steps, start=100, level=10.0, size=1.0):
    """A fall from the start, then a saw: `level` at even steps and `size` more at odd ones."""
    loss = level + size * (np.arange(steps + 1) % 2)
    loss[0] = start
    return loss


def test_a_saw_trembles_as_soon_as_its_span_holds_no_fall():
    """Up and down by `size` at every step: behind the first fall it rises as much as it falls."""
    assert trembles(run_of(saw(400)), 0, CALM, 1) == SPAN_STEPS + 1


@pytest.mark.parametrize(("times", "found"), [(0.99, None), (1.01, 31)])
def test_trembling_too_small_to_be_seen_is_none(times, found):
    """In 30 steps a saw of `size` goes up 15 times."""
    size = times * TREMBLE_SHARE * 90 / 15
    assert trembles(run_of(saw(400, size=size)), 0, CALM, 1) == found


@pytest.mark.parametrize(("rise", "found"), [(TREMBLE_RISES - 0.01, None), (TREMBLE_RISES + 0.01, 30)])
def test_trembling_rises_as_much_as_it_falls(rise, found):
    """Down by 1 and up by `rise`, over and over."""
    loss = 300 + np.cumsum(np.where(np.arange(401) % 2, -1.0, rise))
    assert trembles(run_of(loss), 0, CALM, 1) == found


def test_a_climb_is_no_trembling_and_nor_is_standing_still():
    assert trembles(run_of(np.arange(401.0)), 0, CALM, 1) is None
    assert trembles(run_of(np.full(401, 7.0)), 0, CALM, 1) is None
    assert trembles(run_of(np.full(401, 7.0)), None, CALM, 1) is None


def test_rest_begins_where_the_last_large_move_ends():
    loss, params = np.zeros(401), np.zeros(401)
    params[:200] = 100
    params[200:300] = 1.01  # REST_SHARE of 100 and a little more
    assert rests(run_of(loss, params), 0, CALM, 1) == 300
    params[200:300] = 0.99
    assert rests(run_of(loss, params), 0, CALM, 1) == 200
    loss[250] = 5
    assert rests(run_of(loss, params), 0, CALM, 1) == 251
    assert rests(run_of(loss, params), None, CALM, 1) == 251


def test_who_never_moved_rests_from_the_start():
    assert rests(run_of(np.full(401, 7.0)), 0, CALM, 1) == 0


def test_a_rest_has_to_last_and_longer_where_the_loss_still_falls():
    late = np.where(np.arange(1001) < 950, np.arange(1001.0), 950)
    assert rests(run_of(np.zeros(1001), late), 0, CALM, 30) == 941  # within 1 % of 950
    assert rests(run_of(np.zeros(1001), late), 0, Verdict("still falling"), 30) is None
    early = np.minimum(late, 890)
    assert rests(run_of(np.zeros(1001), early), 0, Verdict("still falling"), 30) == 882
    moving = late.copy()
    moving[-20:] = 0
    assert rests(run_of(np.zeros(1001), moving), 0, CALM, 30) is None


@pytest.mark.parametrize(("steps", "per_epoch", "expected"), [
    (1500, 30, 30), (1500, 1, 30), (1500, 7, 35), (1500, 300, 150), (1500, 1500, 150), (60_000, 60, 60),
    (100, 1, 30), (40, 1, 20), (30, 30, 15), (2, 1, 1), (1, 1, 1),
])
def test_the_span_is_some_thirty_steps_in_whole_epochs_and_half_a_run_at_most(steps, per_epoch, expected):
    assert span(steps, per_epoch) == expected


@pytest.mark.parametrize("unit", [2.0**-300, 2.0**-40, 2.0**300])
def test_no_unit_moves_an_event(unit):
    run = train(Experiment())["Adam with annealing"]
    other = run_of(unit * run.loss, unit * run.params)
    judged = verdict(run, 0, 30)
    for event in (trembles, rests):
        assert event(other, 0, judged, 30) == event(run, 0, judged, 30)
    assert passage(other, 0, 0.01) == passage(run, 0, 0.01)


def test_a_frozen_run_rests_where_it_stands():
    loss = np.r_[np.linspace(100, 50, 11), np.full(200, 50.0)]
    assert rests(run_of(loss, loss), 0, Verdict("frozen"), 1) == 10


def test_losses_near_the_largest_float_are_judged_quietly():
    huge = saw(400, 9e307, 1e307, 1e307)
    assert trembles(run_of(huge), 0, CALM, 1) == 31
    assert rests(run_of(huge), 0, CALM, 1) is None


@pytest.mark.parametrize("experiment", [
    Experiment(epochs=1), Experiment(epochs=1, batch_size=2, data=Generated(size=2)), Experiment("rosenbrock"),
    Experiment("monkey-saddle"), Experiment("sine", epochs=1, data=Generated(size=900)),
    Experiment(epochs=4, contestants=[Contestant("hot", SGD(1.0)), Contestant("calm", SGD(1e-4))]),
    Experiment("ackley", contestants=[Contestant(f"it {i}", Adam(0.1), CosineAnnealing(20)) for i in range(8)]),
    Experiment(epochs=1000, data=Generated(size=60, noise=20)),
], ids=lambda one: f"{one.model} {one.steps}")
def test_every_shape_of_run_has_its_steps_in_order(experiment):
    for label, (found, first, rest) in told(experiment).items():
        steps = [step for step in (found.there, found.leaves, found.again) if step is not None]
        assert steps == sorted(set(steps)), label
        assert found.stays is None or found.there <= found.stays <= experiment.steps
        assert first is None or 0 < first <= experiment.steps
        assert rest is None or 0 <= rest <= experiment.steps - span(experiment.steps, experiment.steps_per_epoch)


def test_the_thresholds_are_those_that_the_help_shows():
    assert (SPAN_STEPS, TREMBLE_RISES, TREMBLE_SHARE, REST_SHARE) == (30, 0.9, 0.01, 0.01)
    assert events.WINDOW_SHARE == 0.1
