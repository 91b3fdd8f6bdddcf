"""The batch of the step under the cursor: points and residuals in Fit, a point's valley and the step in Landscape."""

import numpy as np
import pytest
from playwright.sync_api import expect

from components.text.numbers import brief
from optim import batches, train
from tests.browser.lab import button, colour, experiment, seek, shows, until, words
from tests.browser.pages import ready

PLACES = """(k) => {
    const { run } = lab.state;
    return lab.batch.places(run, k)?.at.map((i) => [run.data.x[i], run.data.y[i]]);
}"""


def press_batch(page):
    """Press the button; what it shows comes then."""
    button(page, "Batch").click()
    page.evaluate("async () => { lab.batch = (await lab.module('panels/parts/batch.js')).batch; lab.draw(); }")
    ready(page)


def marked(page, k):
    """The points that are marked at step k."""
    until(page, f"(k) => ({PLACES})(k)", k)
    return {tuple(point) for point in page.evaluate(PLACES, k)}


def taken(run, k):
    """The points that step k took."""
    indices = batches(run)[k - 1]
    return set(zip(run.dataset.x[indices], run.dataset.y[indices], strict=True))


def pixel(page, panel, x, y):
    """Where Plotly puts a point of a panel, in CSS pixels of its graph."""
    return page.evaluate(
        """([panel, x, y]) => {
            const f = lab.axes.frame(lab.boards.get(panel).graph);
            return [f.x(x), f.y(y)];
        }""",
        [panel, float(x), float(y)],
    )


def test_a_single_point_its_residual_its_valley_and_the_step(page):
    press_batch(page)
    seek(page, 31)
    run = experiment()
    assert marked(page, 31) == taken(run, 31)
    ((x, y),) = taken(run, 31)
    before, after = train(run)["SGD"].params[[30, 31]]
    residual = before[0] * x + before[1] - y
    assert f"step 31: 1 point, SGD’s residual before it {brief(residual)}" in words(page, "fit")
    left, top = pixel(page, "fit", x, y)
    red, _, blue, _ = colour(page, "fit", left, top - 25)
    assert blue > red + 60, "the residual, in SGD's colour"
    assert f"this point’s own valley: {brief(x)} a + b = {brief(y)}" in words(page, "landscape")
    found = page.evaluate("() => lab.batch.step(lab.state.run, 0, 31)")
    assert np.array(found) == pytest.approx(np.array([before, after]), rel=1e-6)
    page.keyboard.press("3")
    adam = train(run)["Adam"].params[30]
    said = f"step 31: 1 point, Adam’s residual before it {brief(adam[0] * x + adam[1] - y)}"
    until(page, "(words) => words === lab.batch.says(lab.state)", said)
    seek(page, 0)
    assert "no batch yet: this is the start" in words(page, "fit")
    assert not [said for said in words(page, "landscape") if "valley" in said]


def test_larger_batches_and_shuffled_ones(page):
    press_batch(page)
    page.evaluate("() => lab.settings.set({ batch: 7 }, 'batch')")
    shows(page, run=experiment(batch=7))
    for k in (1, 5, 250):
        assert marked(page, k) == taken(experiment(batch=7), k)
    assert not [said for said in words(page, "landscape") if "valley" in said]
    page.evaluate("() => lab.settings.set({ shuffle: 'on' }, 'shuffle')")
    run = experiment(batch=7, shuffle="on")
    shows(page, run=run)
    for k in (1, 5, 250):
        assert marked(page, k) == taken(run, k)


def test_a_surface_has_no_batch_and_a_bent_curve_no_valley(page):
    press_batch(page)
    page.evaluate("() => lab.settings.set({ problem: 'exponential' }, 'problem')")
    until(page, "() => lab.state.run.family === 'exponential'")
    assert [said for said in words(page, "fit") if "residual before it" in said]
    assert not [said for said in words(page, "landscape") if "valley" in said]
    page.evaluate("() => lab.settings.set({ problem: 'ravine' }, 'problem')")
    until(page, "() => lab.state.run.isSurface")
    expect(button(page, "Batch")).to_be_hidden()
