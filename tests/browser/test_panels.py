"""The six panels: figures by title, enlarged and back, their canvases, and what lies under the pointer."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from optim import Experiment, train
from tests.browser.lab import (
    PANELS,
    button,
    figure,
    painted,
    until,
)

TITLES = {
    "Fit": "fit",
    "Loss": "loss",
    "Parameters": "parameters",
    "Landscape": "landscape",
    "Gradients": "gradients",
    "Learning rate": "rate",
}


def test_six_figures_by_title_can_be_enlarged_and_brought_back(page):
    figures = page.get_by_role("main").get_by_role("figure")
    assert [node.get_by_role("heading").inner_text() for node in figures.all()] == list(TITLES)
    for title in TITLES:
        expect(figure(page, title)).to_be_visible()
    small = figure(page, "Loss").bounding_box()
    for title, back in (("Loss", "button"), ("Landscape", "key"), ("Learning rate", "button")):
        button(page, f"Enlarge {title}").click()
        expect(page.get_by_role("figure")).to_have_count(1)
        large = figure(page, title).bounding_box()
        assert large["width"] > 2.5 * small["width"]
        assert large["height"] > 1.8 * small["height"]
        until(
            page,
            """(panel) => {
                const { canvas, graph } = lab.boards.get(panel);
                return lab.axes.frame(graph).width > 700 && canvas.clientWidth === graph.clientWidth;
            }""",
            TITLES[title],
        )
        if back == "key":
            page.keyboard.press("Escape")
        else:
            button(page, "Back to the other panels").click()
        expect(page.get_by_role("figure")).to_have_count(6)
        assert figure(page, "Loss").bounding_box() == small


def test_no_canvas_is_empty_and_all_are_as_sharp_as_the_screen(open_page):
    page = open_page(device_scale_factor=2)
    for panel in PANELS:
        pixels, density = painted(page, panel)
        assert pixels > 1_000, panel
        assert density == pytest.approx(2, rel=0.01), panel


def point_at(page, panel, x, y=None):
    """Move the pointer to a place in a panel's own numbers."""
    at = page.evaluate(
        """([panel, x, y]) => {
            const { graph } = lab.boards.get(panel), f = lab.axes.frame(graph);
            const around = graph.getBoundingClientRect();
            return [around.left + f.x(x), around.top + (y === null ? (f.top + f.bottom) / 2 : f.y(y))];
        }""",
        [panel, x, y],
    )
    page.mouse.move(at[0] + 30, at[1])
    page.mouse.move(*at, steps=3)


def test_pointing_at_coinciding_points_tells_how_many_they_are(page):
    data = Experiment().dataset
    points, count = np.unique(np.stack([data.x, data.y], axis=1), axis=0, return_counts=True)
    until(page, "() => lab.boards.get('fit').graph._fullData.length > 0")
    for place in (count.argmax(), count.argmin()):
        point_at(page, "fit", *points[place])
        expect(page.locator("#hover")).to_contain_text("1 point" if count[place] == 1 else f"{count[place]} points")
        radius = "() => lab.state.run.data.count"
        assert page.evaluate(radius)[place] == count[place]
    page.mouse.move(5, 5)
    expect(page.locator("#hover")).to_be_hidden()


def test_pointing_at_a_curve_tells_each_methods_number_at_that_step(page):
    until(page, "() => lab.boards.get('loss').graph._fullData.length >= 4")
    point_at(page, "loss", 20)
    box = page.locator("#hover")
    expect(box).to_contain_text(re.compile("^step (59[2-9]|60[0-8]),"))  # a pixel is eight steps wide
    k = int(box.inner_text().removeprefix("step ").split(",")[0])
    for label, run in train(Experiment()).items():
        epoch = np.median(run.loss[1:].reshape(-1, 30)[(k - 1) // 30])
        expect(box).to_contain_text(f"{label} {run.loss[k]:.4g}, median of the epoch {epoch:.3g}")


def test_on_a_projector_what_is_told_of_a_curve_is_less_wide_than_a_panel(open_page):
    page = open_page(path="/?on=fit,loss&step=200&size=projector", size={"width": 1280, "height": 720})
    until(page, "() => lab.boards.get('loss').graph._fullData.length >= 4")
    point_at(page, "loss", 20)
    box = page.locator("#hover")
    expect(box).to_contain_text(re.compile(r"SGD [\d.]+, median [\d.]+"))
    assert box.bounding_box()["width"] < 470
    assert box.bounding_box()["height"] < 220
    assert box.evaluate("(node) => node.scrollWidth <= node.clientWidth")
