"""Gradients: smoothing over the last 90 steps or by epoch, axes of their own, and the step taken."""

import math

import numpy as np
import pytest

from optim import Experiment, train
from tests.browser.lab import (
    axis,
    choice,
    colour,
    on_view,
    picture,
    seek,
    words,
)


def test_gradients_smooth_over_90_steps_before_now_and_give_adam_an_axis_of_its_own(page):
    names = ("Gradient parameter", "Gradient view", "Gradient method")
    assert [choice(page, name).input_value() for name in names] == ["0", "window", "1"]
    low, high = on_view(page, "gradients")
    assert -93 < low <= -90
    assert 0 <= high < 3
    assert axis(page, "gradients", "xaxis")["title"] == "steps before now"
    assert "Momentum: direction" in words(page, "gradients")
    assert axis(page, "gradients", "yaxis")["title"] == "gradient of a"
    assert not axis(page, "gradients", "yaxis2")["visible"]
    before = picture(page, "gradients")
    choice(page, "Gradient parameter").select_option("b")
    assert picture(page, "gradients") != before
    assert axis(page, "gradients", "yaxis")["title"] == "gradient of b"
    choice(page, "Gradient method").select_option("Adam")
    assert "Adam: direction (right axis)" in words(page, "gradients")
    assert axis(page, "gradients", "yaxis2")["visible"]
    choice(page, "Gradient method").select_option("SGD and Momentum")
    assert {"SGD: direction", "Momentum: direction"} <= set(words(page, "gradients"))
    assert not axis(page, "gradients", "yaxis2")["visible"]
    choice(page, "Gradient view").select_option("Smoothing by epoch")
    assert on_view(page, "gradients") == on_view(page, "loss")
    assert axis(page, "gradients", "xaxis")["title"] == "epoch"


def test_a_grey_bar_is_the_raw_gradient_of_its_step(page):
    seek(page, 60)
    x, y, zero = page.evaluate(
        """() => {
            const { graph } = lab.boards.get("gradients"), { xaxis, yaxis } = graph._fullLayout;
            const value = lab.state.run.at(1, "gradient 0", 51);
            return [xaxis._offset + xaxis.d2p(-9), yaxis._offset + yaxis.d2p(value), yaxis._offset + yaxis.d2p(0)];
        }"""
    )
    value = page.evaluate("() => lab.state.run.at(1, 'gradient 0', 51)")
    assert value == np.float32(train(Experiment())["Momentum"].gradient[50, 0])
    away = math.copysign(3, y - zero)
    assert abs(y - zero) > 12
    assert colour(page, "gradients", x, y - away)[3] > 100
    assert colour(page, "gradients", x, y + away)[3] == 0


def test_the_step_taken_is_rate_times_direction_in_the_parameters_units(page):
    choice(page, "Gradient view").select_option("Step taken")
    assert on_view(page, "gradients") == on_view(page, "loss")
    assert axis(page, "gradients", "yaxis")["title"] == "update of a"
    run = train(Experiment())["Adam with annealing"]
    found = page.evaluate("() => [1, 40, 1500].map((k) => lab.state.run.at(3, 'update 0', k))")
    expected = [-(run.learning_rate * run.direction[:, 0])[k - 1] for k in (1, 40, 1500)]
    assert found == pytest.approx(expected, rel=1e-6)
    low, high = axis(page, "gradients", "yaxis")["range"]
    biggest = max(np.abs(run.learning_rate * run.direction[:, 0]).max() for run in train(Experiment()).values())
    assert high >= biggest
    assert low <= -biggest
    assert axis(page, "gradients", "yaxis2")["visible"] is False
