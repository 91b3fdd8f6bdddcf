"""Which steps are shown and what summarises the rest, for runs of every shape."""

import math
import statistics
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.payload.sampling import (
    BUDGET,
    MAX_BINS,
    affordable,
    bin_edges,
    extremes,
    fine_edges,
    medians,
)
from optim.thinning import MAX_DISPLAY_STEPS, display_steps

# Runs as the form can ask for them: up to 1,000 epochs of up to 500 steps, and no more than 60,000 steps.
SHAPES = st.tuples(st.integers(1, 1000), st.integers(1, 500)).filter(lambda shape: shape[0] * shape[1] <= 60_000)
FEW = st.integers(2, 40)


def shown_of(epochs: int, per_epoch: int, limit: int = MAX_DISPLAY_STEPS) -> tuple[list[int], int]:
    shown, stride = display_steps(epochs * per_epoch, per_epoch, limit)
    return shown.tolist(), stride


@given(SHAPES)
def test_the_start_and_the_last_step_are_shown_in_order_and_within_the_limit(shape):
    shown, _ = shown_of(*shape)
    assert shown[0] == 0
    assert shown[-1] == math.prod(shape)
    assert all(a < b for a, b in pairwise(shown))
    assert len(shown) <= MAX_DISPLAY_STEPS + 1


@given(SHAPES)
def test_every_step_is_shown_as_long_as_the_limit_allows(shape):
    shown, stride = shown_of(*shape)
    assert (stride == 1 and shown == list(range(math.prod(shape) + 1))) == (math.prod(shape) <= MAX_DISPLAY_STEPS)


@given(SHAPES)
def test_the_first_epoch_is_always_every_step(shape):
    shown, _ = shown_of(*shape)
    assert shown[:shape[1] + 1] == list(range(shape[1] + 1))


@given(SHAPES)
def test_the_first_epochs_have_an_eighth_of_what_may_be_shown(shape):
    shown, stride = shown_of(*shape)
    if stride > 1:
        early = max(1, MAX_DISPLAY_STEPS // 8 // shape[1]) * shape[1]
        assert shown[:early + 1] == list(range(early + 1))
        assert early <= max(shape[1], MAX_DISPLAY_STEPS // 8)


@given(SHAPES)
def test_later_steps_meet_every_part_of_an_epoch_alike(shape):
    """In the rhythm of the epochs a method trembles: its heads must not be seen at one moment of them only."""
    per_epoch = shape[1]
    shown, stride = shown_of(*shape)
    if stride == 1 or per_epoch == 1:
        return
    assert math.gcd(stride, per_epoch) <= 3
    later = [k for k, after in pairwise(shown) if after - k == stride]
    met = {k % per_epoch for k in later}
    assert len(met) >= min(len(later), per_epoch // 3)


@given(st.integers(1, 60), st.integers(1, 60), FEW)
def test_no_two_shown_steps_are_further_apart_than_the_stride(epochs, per_epoch, limit):
    shown, stride = shown_of(epochs, per_epoch, limit)
    assert max(np.diff(shown)) <= stride
    assert len(shown) <= limit + 2


@given(SHAPES, st.data())
def test_steps_that_are_asked_for_are_shown_besides(shape, data):
    """Snapshots, say: the others stay, and nothing is shown twice."""
    steps = math.prod(shape)
    besides = data.draw(st.lists(st.integers(0, steps), max_size=40))
    shown = display_steps(steps, shape[1], besides=besides)[0].tolist()
    assert set(shown) == {*shown_of(*shape)[0], *besides}
    assert all(a < b for a, b in pairwise(shown))


@given(st.integers(1, 60_000))
def test_what_is_affordable_keeps_to_the_budget(numbers):
    most = affordable(MAX_DISPLAY_STEPS, numbers)
    assert 2 <= most <= MAX_DISPLAY_STEPS
    assert most == 2 or most * numbers <= BUDGET
    assert most == MAX_DISPLAY_STEPS or (most + 1) * numbers > BUDGET


@given(SHAPES)
def test_bins_cover_every_step_once_in_whole_epochs(shape):
    epochs, per_epoch = shape
    edges = bin_edges(epochs * per_epoch, per_epoch).tolist()
    sizes = np.diff(edges)
    assert edges[0] == 0
    assert edges[-1] == epochs * per_epoch
    assert len(sizes) <= MAX_BINS
    assert set(sizes[:-1]) <= {sizes[0]}
    assert 0 < sizes[-1] <= sizes[0]
    assert all(edge % per_epoch == 0 for edge in edges)
    assert (sizes[0] == per_epoch) == (epochs <= MAX_BINS)


@given(SHAPES)
def test_fine_bins_are_parts_of_bins_as_many_as_there_may_be(shape):
    epochs, per_epoch = shape
    edges = bin_edges(epochs * per_epoch, per_epoch)
    fine = fine_edges(edges)
    sizes = np.diff(fine)
    assert {*edges.tolist()} <= {*fine.tolist()}
    assert len(sizes) <= MAX_BINS
    assert sizes.min() >= 1
    assert len(sizes) > MAX_BINS / 2 or sizes.max() == 1


def plainly(rows: np.ndarray, edges: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Median, and smallest and largest of each bin, one number after another."""
    middles, ends = [], []
    for column in rows.T.tolist():
        bins = [column[start:end] for start, end in pairwise(edges)]
        finite = [[v for v in one if not math.isnan(v)] for one in bins]
        middles.append([statistics.median(a) if a == b else math.nan for a, b in zip(bins, finite, strict=True)])
        ends.append([[end(left, default=math.nan) for left in finite] for end in (min, max)])
    return np.array(middles), np.array(ends)


@given(st.data(), st.integers(1, 12), st.integers(1, 7), st.integers(1, 5), st.integers(1, 3))
def test_a_summary_is_the_median_and_the_extremes(data, epochs, per_epoch, limit, width):
    steps = epochs * per_epoch
    row = st.lists(st.floats(-1e6, 1e6), min_size=width, max_size=width)
    rows = np.array(data.draw(st.lists(row, min_size=steps, max_size=steps)))
    edges = bin_edges(steps, per_epoch, limit)
    middles, ends = plainly(rows, edges.tolist())
    assert medians(rows, edges) == pytest.approx(middles, rel=1e-12, abs=1e-9)
    np.testing.assert_array_equal(extremes(rows, edges), ends)


@given(st.integers(1, 12), st.integers(1, 7), st.integers(1, 5), st.data())
def test_a_bin_with_a_divergence_has_the_extremes_of_its_finite_part_and_no_median(epochs, per_epoch, limit, data):
    steps = epochs * per_epoch
    at = data.draw(st.integers(0, steps))
    rows = np.random.default_rng(at).normal(size=(steps, 2))
    rows[at:] = np.nan
    edges = bin_edges(steps, per_epoch, limit)
    middles, ends = plainly(rows, edges.tolist())
    np.testing.assert_allclose(medians(rows, edges), middles, rtol=1e-12)
    np.testing.assert_array_equal(extremes(rows, edges), ends)
