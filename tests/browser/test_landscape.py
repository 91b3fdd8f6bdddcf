"""Landscape: its contours and their labels, its shape, its ranges, and the marks on it."""

import numpy as np
import pytest
from playwright.sync_api import expect

from optim import Experiment, train
from tests.browser.lab import (
    button,
    experiment,
    on_view,
    shows,
    until,
    words,
    write,
)


def scales(page):
    """Pixels per unit of a and of b."""
    page.evaluate("() => lab.draw()")
    return page.evaluate(
        """() => {
            const f = lab.axes.frame(lab.boards.get("landscape").graph);
            return [f.x(1) - f.x(0), f.y(0) - f.y(1)];
        }"""
    )


def test_true_shape_says_how_far_the_picture_is_from_it_and_makes_it_true(page):
    per_a, per_b = scales(page)
    shape = button(page, "True shape")
    shape.hover()
    expect(shape).to_have_attribute("title", f"b drawn {per_a / per_b:.2g} times smaller than a")
    assert not any("times smaller" in said for said in words(page, "landscape"))
    shape.click()
    expect(shape).to_have_attribute("aria-pressed", "true")
    per_a, per_b = scales(page)
    assert per_a == pytest.approx(per_b, rel=0.01)
    page.mouse.move(0, 0)
    shape.hover()
    expect(shape).to_have_attribute("title", "true shape")
    button(page, "Enlarge Landscape").click()
    until(page, "() => lab.axes.frame(lab.boards.get('landscape').graph).width > 700")
    per_a, per_b = scales(page)
    assert per_a == pytest.approx(per_b, rel=0.01)
    button(page, "Back to all panels").click()
    shape.click()
    assert scales(page)[0] > 2 * scales(page)[1]


def test_optimum_looks_close_around_the_minimum(page):
    wide = [on_view(page, "landscape", name) for name in ("xaxis", "yaxis")]
    assert wide[0][0] < 1 < wide[0][1]
    assert wide[1][0] < 1 < wide[1][1]
    button(page, "Optimum").click()
    close = [on_view(page, "landscape", name) for name in ("xaxis", "yaxis")]
    for (low, high), (least, largest), middle in zip(close, wide, (1.5, -28), strict=True):
        assert (low + high) / 2 == pytest.approx(middle, abs=0.02 * (largest - least))
        assert high - low < 0.3 * (largest - least)
    button(page, "Optimum").click()
    assert [on_view(page, "landscape", name) for name in ("xaxis", "yaxis")] == wide


def test_the_landscape_is_the_box_of_the_paths_and_a_margin(page):
    paths = np.concatenate([run.params for run in train(Experiment()).values()])
    for i, name in enumerate(("xaxis", "yaxis")):
        low, high = on_view(page, "landscape", name)
        least, most = paths[:, i].min(), paths[:, i].max()
        assert [low, high] == pytest.approx([least - 0.15 * (most - least), most + 0.15 * (most - least)], rel=1e-3)


def test_names_stand_in_a_box_that_no_path_passes_and_the_first_epochs_steps_are_dots(page):
    said = words(page, "landscape")
    assert {"start", "goal", "SGD", "Momentum", "Adam", "Adam with", "annealing"} <= set(said)
    dots = """() => {
        const { canvas } = lab.boards.get("landscape"), { prototype } = CanvasRenderingContext2D, { arc } = prototype;
        const seen = [];
        prototype.arc = function (x, y, ...more) {
            if (this.canvas === canvas) seen.push([x, y]);
            arc.call(this, x, y, ...more);
        };
        lab.draw();
        prototype.arc = arc;
        const f = lab.axes.frame(lab.boards.get("landscape").graph), { exact } = lab.state.run;
        const near = (c, k) => seen.some(([x, y]) => Math.hypot(x - f.x(exact[c]["params 0"][k]),
            y - f.y(exact[c]["params 1"][k])) < 1.5);
        return [0, 1, 2, 3].map((c) => Array.from({ length: 30 }, (_, k) => near(c, k + 1)).every(Boolean));
    }"""
    assert page.evaluate(dots) == [True] * 4


def test_contours_are_labelled_at_1_3_10_and_have_no_colour_bar(page):
    until(page, "() => lab.boards.get('landscape').graph._fullData.some(({ type }) => type === 'contour')")
    traces = page.evaluate(
        """() => lab.boards.get("landscape").graph._fullData.map(({ type, showscale, x, y, text }) =>
            ({ type, showscale, text: text && [...text], x: [...x], y: [...y] }))"""
    )
    contour, labels = traces
    assert (contour["type"], contour["showscale"]) == ("contour", False)
    assert len(labels["text"]) >= 3
    assert all(text.strip("0.,") in ("1", "3") for text in labels["text"])
    data = Experiment().dataset
    for a, b, text in zip(labels["x"], labels["y"], labels["text"], strict=True):
        assert np.mean((a * data.x + b - data.y) ** 2) == pytest.approx(float(text.replace(",", "")), rel=0.02)


def test_the_minimum_and_where_they_differ_the_true_parameters_are_marked_apart(page):
    """Without noise both are one; with noise the true parameters have a dotted cross of their own."""
    run = "() => lab.state.run"
    assert page.evaluate(f"{run}.optimum") == pytest.approx([1.5, -28], abs=1e-6)
    dotted = """() => {
        const { canvas } = lab.boards.get("landscape"), { prototype } = CanvasRenderingContext2D;
        const stroke = prototype.stroke, seen = [];
        prototype.stroke = function (...path) {
            if (this.canvas === canvas) seen.push(this.getLineDash().join());
            stroke.apply(this, path);
        };
        lab.draw();
        prototype.stroke = stroke;
        return seen.filter(Boolean).length;
    }"""
    assert page.evaluate(dotted) == 0
    write(page, "Noise", "3")
    noisy = experiment(noise=3)
    shows(page, run=noisy)
    slope, height = np.polyfit(noisy.dataset.x, noisy.dataset.y, 1)
    assert page.evaluate(f"{run}.optimum") == pytest.approx([slope, height])
    assert page.evaluate(f"{run}.true") == [1.5, -28]
    assert page.evaluate(dotted) == 1
