"""Scales: every stop comes back from its position, all between keeps its order, and stops are where they say."""

from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.settings import scales
from components.settings.table import SETTINGS, SLIDERS

SCALES = {key: setting.scale for key, setting in SLIDERS.items()}
each_scale = pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)


@each_scale
def test_stops_rise_and_stand_one_step_apart(scale):
    stops = list(scale.stops)
    assert stops == sorted(set(stops))
    assert [scale.position(stop) for stop in stops] == [
        pytest.approx(scale.first + scale.step * index, abs=1e-9) for index in range(len(stops))
    ]


@each_scale
def test_a_stop_comes_back_exactly(scale):
    for stop in scale.stops:
        assert scale.value(scale.position(stop)) == stop


@given(st.sampled_from(sorted(SCALES)), st.data())
def test_a_value_comes_back_from_its_own_position(key, data):
    scale = SCALES[key]
    value = data.draw(st.floats(scale.low, scale.high))
    position = scale.position(value)
    assert scale.first <= position <= scale.top
    # A position has nine digits behind the point; how much that is as a value depends on the distance of the stops.
    assert scale.value(position) == pytest.approx(value, rel=1e-6, abs=1e-8)


@given(st.sampled_from(sorted(SCALES)), st.data())
def test_a_larger_value_never_stands_lower(key, data):
    scale = SCALES[key]
    low, high = sorted(data.draw(st.tuples(*[st.floats(scale.low, scale.high)] * 2)))
    assert scale.position(low) <= scale.position(high)


def test_an_open_top_is_one_position_above_the_last_value():
    scale = SCALES["period"]
    assert scale.position(None) == scale.top == scale.position(scale.high) + scale.step
    assert scale.value(scale.top) is None


def test_log10_stands_at_the_logarithm():
    scale = scales.log10(-5, 1)
    assert all(abs(scale.position(stop) - log10(stop)) < 0.03 for stop in scale.stops)
    assert [scale.position(10.0**power) for power in range(-5, 2)] == list(range(-5, 2))


def test_memory_stands_at_the_logarithm_of_what_is_forgotten():
    scale = scales.memory(4)
    assert all(abs(scale.position(beta) + log10(1 - beta)) < 0.03 for beta in scale.stops)
    assert [scale.position(beta) for beta in (0, 0.9, 0.99, 0.999, 0.9999)] == [0, 1, 2, 3, 4]


@given(st.integers(2, 500))
def test_a_scale_cut_short_ends_exactly_there(high):
    scale = SCALES["batch"].up_to(high)
    assert (scale.low, scale.high) == (1, high)
    assert scale.value(scale.top) == high


def test_the_defaults_that_a_slider_can_reach_are_stops():
    missed = [key for key, scale in SCALES.items() if SETTINGS[key].default not in (None, *scale.stops)]
    assert missed == []
