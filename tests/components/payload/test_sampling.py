"""Which steps are shown and what summarises the rest, for runs of every shape."""

import math
from itertools import pairwise

import numpy as np
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
def test_the_first_epochs_have_a_fifth_of_what_may_be_shown(shape):
    shown, stride = shown_of(*shape)
    if stride > 1:
        early = max(1, MAX_DISPLAY_STEPS // 5 // shape[1]) * shape[1]
        assert shown[:early + 1] == list(range(early + 1))
        assert early <= max(shape[1], MAX_DISPLAY_STEPS // 5)


@given(SHAPES)
def test_later_steps_meet_every_part_of_an_epoch_alike(shape):
    """In the rhythm of the epochs a method trembles: its heads must not be seen at one moment of them only."""
    epochs, per_epoch = shape
    shown, stride = shown_of(*shape)
    if stride == 1 or per_epoch == 1:
        return
    assert math.gcd(stride, per_epoch) == 1
    later = [k for k, after in pairwise(shown) if after - k == stride]
    met = {k % per_epoch for k in later}
    assert len(met) >= min(len(later), per_epoch) * 0.99


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
def test_bins_cover_every_step_once_and_are_alike(shape):
    steps = math.prod(shape)
    edges = bin_edges(steps).tolist()
    sizes = np.diff(edges)
    assert (edges[0], edges[-1]) == (0, steps)
    assert len(sizes) <= MAX_BINS
    assert set(sizes[:-1]) <= {sizes[0]}
    assert 0 < sizes[-1] <= sizes[0] == math.ceil(steps / MAX_BINS)
    assert bin_edges(steps, 1).tolist() == [0, steps]


def plainly(rows: np.ndarray, edges: list[int]) -> np.ndarray:
    """Smallest and largest of each bin, one number after another."""
    columns = []
    for column in rows.T.tolist():
        finite = [[v for v in column[start:end] if not math.isnan(v)] for start, end in pairwise(edges)]
        columns.append([[min(left, default=math.nan) for left in finite], [max(left, default=math.nan) for left in finite]])
    return np.array(columns)


@given(st.data(), st.integers(1, 60), st.integers(1, 9), st.integers(1, 3))
def test_a_summary_is_the_extremes(data, steps, limit, width):
    row = st.lists(st.floats(-1e6, 1e6), min_size=width, max_size=width)
    rows = np.array(data.draw(st.lists(row, min_size=steps, max_size=steps)))
    edges = bin_edges(steps, limit)
    np.testing.assert_array_equal(summary(rows, edges), plainly(rows, edges.tolist()))


@given(st.integers(1, 60), st.integers(1, 9), st.data())
def test_a_bin_with_a_divergence_has_the_extremes_of_its_finite_part(steps, limit, data):
    at = data.draw(st.integers(0, steps))
    rows = np.random.default_rng(at).normal(size=(steps, 2))
    rows[at:] = np.nan
    edges = bin_edges(steps, limit)
    np.testing.assert_array_equal(summary(rows, edges), plainly(rows, edges.tolist()))
