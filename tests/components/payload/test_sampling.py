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
    MAX_DISPLAY_STEPS,
    affordable,
    bin_edges,
    display_steps,
    summary,
)

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
    assert len(shown) <= MAX_DISPLAY_STEPS + 2


@given(SHAPES)
def test_every_step_is_shown_as_long_as_the_limit_allows(shape):
    shown, stride = shown_of(*shape)
    assert (stride == 1 and shown == list(range(math.prod(shape) + 1))) == (math.prod(shape) <= MAX_DISPLAY_STEPS)


@given(st.integers(1, 60), st.integers(1, 60), FEW)
def test_every_step_of_the_first_epoch_is_shown_however_few_are_allowed(epochs, per_epoch, limit):
    shown, _ = shown_of(epochs, per_epoch, limit)
    assert shown[:per_epoch + 1] == list(range(per_epoch + 1))


@given(SHAPES)
def test_half_of_what_is_shown_are_whole_first_epochs(shape):
    epochs, per_epoch = shape
    shown, stride = shown_of(*shape)
    if stride > 1:
        whole = per_epoch * (MAX_DISPLAY_STEPS // 2 // per_epoch)
        assert shown[:whole + 1] == list(range(whole + 1))
        assert len(shown) >= 0.4 * MAX_DISPLAY_STEPS


@given(SHAPES)
def test_ends_of_epochs_are_shown_where_they_are_few(shape):
    epochs, per_epoch = shape
    if epochs <= MAX_DISPLAY_STEPS // 4:
        assert {epoch * per_epoch for epoch in range(epochs + 1)} <= set(shown_of(*shape)[0])


@given(st.integers(1, 60), st.integers(1, 60), FEW)
def test_no_two_shown_steps_are_further_apart_than_the_stride(epochs, per_epoch, limit):
    shown, stride = shown_of(epochs, per_epoch, limit)
    assert max(np.diff(shown)) <= stride


@given(st.integers(1, 1000), st.integers(2, 60))
def test_the_later_steps_are_never_of_one_point_of_the_epoch_alone(epochs, per_epoch):
    """Each point of an epoch is shown about as often as any other, ends besides."""
    shown, stride = shown_of(epochs, per_epoch)
    if stride == 1:
        return
    later = [k for k in shown if k > MAX_DISPLAY_STEPS // 2 and k % per_epoch]
    times = [sum(k % per_epoch == phase for k in later) for phase in range(1, per_epoch)]
    assert max(times) - min(times) <= 2


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


def plainly(rows: np.ndarray, edges: list[int]) -> np.ndarray:
    """Median, smallest and largest of each bin, one number after another."""
    columns = []
    for column in rows.T.tolist():
        bins = [column[start:end] for start, end in pairwise(edges)]
        finite = [[v for v in one if not math.isnan(v)] for one in bins]
        columns.append([
            [statistics.median(a) if len(a) == len(b) else math.nan for a, b in zip(bins, finite, strict=True)],
            [min(left, default=math.nan) for left in finite],
            [max(left, default=math.nan) for left in finite],
        ])
    return np.array(columns)


@given(st.data(), st.integers(1, 12), st.integers(1, 7), st.integers(1, 5), st.integers(1, 3))
def test_a_summary_is_the_median_and_the_extremes(data, epochs, per_epoch, limit, width):
    steps = epochs * per_epoch
    row = st.lists(st.floats(-1e6, 1e6), min_size=width, max_size=width)
    rows = np.array(data.draw(st.lists(row, min_size=steps, max_size=steps)))
    edges = bin_edges(steps, per_epoch, limit)
    assert summary(rows, edges) == pytest.approx(plainly(rows, edges.tolist()), rel=1e-12, abs=1e-9)


@given(st.integers(1, 12), st.integers(1, 7), st.integers(1, 5), st.data())
def test_a_bin_with_a_divergence_has_the_extremes_of_its_finite_part_and_no_median(epochs, per_epoch, limit, data):
    steps = epochs * per_epoch
    at = data.draw(st.integers(0, steps))
    rows = np.random.default_rng(at).normal(size=(steps, 2))
    rows[at:] = np.nan
    edges = bin_edges(steps, per_epoch, limit)
    np.testing.assert_allclose(summary(rows, edges), plainly(rows, edges.tolist()), rtol=1e-12)
