"""Gradients: smoothing over the last 90 steps or by epoch, axes of their own, and the step taken."""

import math

import numpy as np
import pytest
from playwright.sync_api import expect

from optim import Experiment, train
from tests.browser.lab import (
    axis,
    choice,
    colour,
    experiment,
    on_view,
    picture,
    seek,
    shows,
    words,
    write,
)


def test_gradients_open_as_the_article_has_them(page):
    names = ("Gradient view", "Gradient method")
    assert [choice(page, name).input_value() for name in names] == ["epochs", "0+1"]
    assert on_view(page, "gradients") == on_view(page, "loss")
    assert axis(page, "gradients", "xaxis")["title"] == "epoch"
    assert axis(page, "gradients", "yaxis")["title"] == "gradient of a"
    assert {"SGD: gradient at each point", "Momentum: average of about 20"} <= set(words(page, "gradients"))
    assert not axis(page, "gradients", "yaxis2")["visible"]
    raw = train(Experiment())["SGD"].gradient[:, 0]
    room = 0.05 * (raw.max() - raw.min())
    assert axis(page, "gradients", "yaxis")["range"] == pytest.approx([raw.min() - room, raw.max() + room], rel=1e-6)


def test_another_parameter_is_one_press_away(page):
    before = picture(page, "gradients")
    a, b = (page.get_by_role("group", name="Gradient parameter").get_by_role("button", name=name) for name in "ab")
    expect(a).to_have_attribute("aria-pressed", "true")
    b.click()
    expect(b).to_have_attribute("aria-pressed", "true")
    expect(a).to_have_attribute("aria-pressed", "false")
    assert picture(page, "gradients") != before
    assert axis(page, "gradients", "yaxis")["title"] == "gradient of b"
    b.click()
    expect(b).to_have_attribute("aria-pressed", "true")
    assert axis(page, "gradients", "yaxis")["title"] == "gradient of b"


def test_the_last_90_steps_are_a_view_and_adam_has_an_axis_of_its_own(page):
    choice(page, "Gradient view").select_option("last 90 steps")
    low, high = on_view(page, "gradients")
    assert -93 < low <= -90
    assert 0 <= high < 3
    assert axis(page, "gradients", "xaxis")["title"] == "steps before now"
    choice(page, "Gradient method").select_option("Adam")
    assert {"Adam: gradient at each point", "Adam: direction (right axis)"} <= set(words(page, "gradients"))
    assert axis(page, "gradients", "yaxis2")["visible"]
    choice(page, "Gradient method").select_option("SGD")
    assert words(page, "gradients") == ["SGD: gradient at each point"]
    assert not axis(page, "gradients", "yaxis2")["visible"]


def test_what_rounding_left_fills_no_picture(page):
    """Where all methods start at the best line no gradient is larger than a rounding error."""
    page.get_by_text("True line and start").click()
    for name, text in (("Start a", "1.5"), ("Start b", "-28")):
        write(page, name, text)
    shows(page, run=experiment(start_a=1.5, start_b=-28))
    low, high = on_view(page, "gradients", "yaxis")
    assert high - low >= 1e-12


def test_a_bar_is_the_raw_gradient_of_its_step(page):
    choice(page, "Gradient view").select_option("last 90 steps")
    choice(page, "Gradient method").select_option("Momentum")
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
    choice(page, "Gradient view").select_option("step taken")
    assert on_view(page, "gradients") == on_view(page, "loss")
    assert axis(page, "gradients", "yaxis")["title"] == "step taken in a"
    run = train(Experiment())["Adam with annealing"]
    found = page.evaluate("() => [1, 40, 1500].map((k) => lab.state.run.at(3, 'update 0', k))")
    expected = [-(run.learning_rate * run.direction[:, 0])[k - 1] for k in (1, 40, 1500)]
    assert found == pytest.approx(expected, rel=1e-6)
    low, high = axis(page, "gradients", "yaxis")["range"]
    taken = np.concatenate([-run.learning_rate * run.direction[:, 0] for run in train(Experiment()).values()])
    room = 0.05 * (taken.max() - taken.min())
    assert [low, high] == pytest.approx([taken.min() - room, taken.max() + room], rel=1e-6)
    assert axis(page, "gradients", "yaxis2")["visible"] is False
