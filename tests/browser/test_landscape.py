"""Landscape: its contours and their labels, its shape, its ranges, and the marks on it."""

import numpy as np
import pytest
from playwright.sync_api import expect

from components.payload.build import NEAR
from optim import Experiment, train
from tests.browser.lab import (
    LABELS,
    PANELS,
    button,
    experiment,
    on_view,
    rests,
    seek,
    shows,
    switch,
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
    expect(shape).to_have_attribute("data-hint", f"b drawn {per_a / per_b:.2g} times smaller than a")
    assert not any("times smaller" in said for said in words(page, "landscape"))
    shape.click()
    expect(shape).to_have_attribute("aria-pressed", "true")
    per_a, per_b = scales(page)
    assert per_a == pytest.approx(per_b, rel=0.01)
    page.mouse.move(0, 0)
    shape.hover()
    expect(shape).to_have_attribute("data-hint", "true shape")
    button(page, "Enlarge Landscape").click()
    until(page, "() => lab.axes.frame(lab.boards.get('landscape').graph).width > 700")
    per_a, per_b = scales(page)
    assert per_a == pytest.approx(per_b, rel=0.01)
    button(page, "Back to the other panels").click()
    shape.click()
    assert scales(page)[0] > 2 * scales(page)[1]


def test_optimum_looks_close_around_the_minimum(page):
    wide = [on_view(page, "landscape", name) for name in ("xaxis", "yaxis")]
    assert wide[0][0] < 1 < wide[0][1]
    assert wide[1][0] < 1 < wide[1][1]
    button(page, "Optimum").click()
    close = [on_view(page, "landscape", name) for name in ("xaxis", "yaxis")]
    for (low, high), (least, largest), middle in zip(close, wide, (1.5, -28), strict=True):
        assert [low, high] == pytest.approx([middle + NEAR * (end - middle) for end in (least, largest)], rel=1e-3)
        assert low < middle < high
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


def test_flat_or_in_three_dimensions_is_a_choice_of_two_by_press_and_by_arrow_and_comes_when_it_is_wanted(page):
    """One of both is chosen and in the tab order; a press on the chosen one changes nothing."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    group = page.get_by_role("radiogroup", name="Landscape in 2-D or 3-D")
    flat, solid = (group.get_by_role("radio", name=name) for name in ("2-D", "3-D"))

    def chosen():
        return [node.get_attribute("aria-checked") + node.get_attribute("tabindex") for node in (flat, solid)]

    assert chosen() == ["true0", "false-1"]
    flat.click()
    assert chosen() == ["true0", "false-1"]
    assert not page.evaluate("() => lab.state.relief")
    assert not any("surface/view.js" in url for url in asked)
    step = page.evaluate("() => lab.state.step")
    flat.press("ArrowRight")
    expect(solid).to_be_focused()
    assert chosen() == ["false-1", "true0"]
    expect(page.get_by_role("application", name="Loss surface in 3-D")).to_be_visible()
    assert page.evaluate("() => lab.state.step") == step
    assert "relief=1" in page.evaluate("() => new URLSearchParams(lab.address.view()).toString()")
    solid.press("ArrowDown")
    expect(flat).to_be_focused()
    assert chosen() == ["true0", "false-1"]
    expect(page.locator(".relief")).to_be_hidden()


HEADS = """(width) => {
    const box = document.body.appendChild(document.createElement("div"));
    Object.assign(box.style, { position: "fixed", inset: 0, overflow: "auto" });
    const found = [];
    for (const figure of document.querySelectorAll(".panel")) {
        const copy = box.appendChild(figure.cloneNode(true));
        copy.style.cssText = `width: ${width}px; height: 400px`;
        const { right } = copy.getBoundingClientRect(), says = copy.querySelector(".says");
        const range = document.createRange();
        range.selectNodeContents(says);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
        const out = [...copy.querySelectorAll(".head *")].filter((node) => node.getBoundingClientRect().right > right);
        const high = copy.querySelector(".head").getBoundingClientRect().height;
        const rows = high / parseFloat(getComputedStyle(says).fontSize);
        found.push([copy.querySelector("h2").textContent, lines, out.length, rows]);
    }
    box.remove();
    return found;
}"""


@pytest.mark.parametrize("width", [300, 350, 420, 520, 620, 900])
def test_what_a_panel_says_is_in_one_piece_at_any_width(page, width):
    for title, lines, out, rows in page.evaluate(HEADS, width):
        assert lines <= 1, title
        assert out == 0, title
        assert rows < (7.5 if width < 350 else 5.5), title


# Everything written on Landscape as [words, left, top, right, bottom] of the window: the canvas' words, the contours'
# numbers, and the corner by which the panel is made larger.
WRITTEN = """() => {
    const { canvas, graph } = lab.boards.get("landscape"), { prototype } = CanvasRenderingContext2D;
    const { fillText } = prototype, seen = [], { left, top } = graph.getBoundingClientRect();
    prototype.fillText = function (text, x, y) {
        if (this.canvas === canvas) {
            const wide = this.measureText(text).width, high = parseFloat(/([\\d.]+)px/.exec(this.font)[1]) * 0.8;
            const from = x - { left: 0, center: wide / 2, right: wide }[this.textAlign];
            seen.push([text, left + from, top + y - high / 2, left + from + wide, top + y + high / 2]);
        }
        fillText.call(this, text, x, y);
    };
    lab.draw();
    prototype.fillText = fillText;
    const figure = document.querySelector('.panel[data-panel="landscape"]');
    const box = (node) => {
        const { left, top, right, bottom } = node.getBoundingClientRect();
        return [node.textContent.trim() || "corner", left, top, right, bottom];
    };
    const nodes = [...figure.querySelectorAll(".textpoint text, .xtick text, .ytick text, .corner")];
    return [...seen, ...nodes.map(box).filter(([, left, , right]) => right > left)];
}"""
ALL = ",".join(PANELS)
SIZES = {"laptop": (1440, 900, ALL), "beamer": (1280, 720, ALL), "phone": (390, 844, "landscape"),
         "alone": (1280, 720, "landscape")}


def crossed(boxes):
    """Which two of them lie over each other."""
    return [
        (one[0], other[0]) for i, one in enumerate(boxes) for other in boxes[:i]
        if one[1] < other[3] - 0.5 and other[1] < one[3] - 0.5 and one[2] < other[4] - 0.5 and other[2] < one[4] - 0.5
    ]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_that_is_written_lies_under_another_or_under_the_panels_corner(open_page, size):
    width, height, panels = SIZES[size]
    page = open_page(path=f"/?on={panels}", size={"width": width, "height": height})
    expect(page.locator('[data-panel="landscape"] .textpoint text').first).to_be_attached()
    for step in (0, 300, 1500):
        seek(page, step)
        boxes = page.evaluate(WRITTEN)
        assert {"a", "b", "SGD", "Adam with", "start"} <= {text for text, *_ in boxes}
        assert crossed(boxes) == [], step
    assert size == "phone" or "corner" in [text for text, *_ in boxes] or panels == "landscape"


def test_no_line_leads_from_a_name_to_its_head(page):
    """What is stroked on Landscape begins at no name: there it would cross the numbers and other lines."""
    seek(page, 300)
    names = [box for box in page.evaluate(WRITTEN) if box[0] in ("SGD", "Momentum", "Adam", "Adam with")]
    begun = page.evaluate(
        """() => {
            const { canvas, graph } = lab.boards.get("landscape"), { prototype } = CanvasRenderingContext2D;
            const { moveTo } = prototype, { left, top } = graph.getBoundingClientRect(), seen = [];
            prototype.moveTo = function (x, y) {
                if (this.canvas === canvas) seen.push([left + x, top + y]);
                moveTo.call(this, x, y);
            };
            lab.draw();
            prototype.moveTo = moveTo;
            return seen;
        }"""
    )
    assert len(names) == 4
    assert [(name, x, y) for name, _, top, right, bottom in names for x, y in begun
            if right - 40 < x < right + 12 and top < y < bottom] == []


AT_START = """() => {
    const { marks, state: { run } } = lab, { graph } = lab.boards.get("landscape"), { symbol, start } = marks;
    const f = lab.axes.frame(graph), [x, y] = [f.x(run.start[0]), f.y(run.start[1])], drawn = [];
    const spy = (name, draw) => (...all) => {
        const [u, v] = all.slice(name === "start" ? 1 : 2);
        if (all[0].canvas === lab.boards.get("landscape").canvas && Math.hypot(u - x, v - y) < 1) drawn.push(name);
        return draw(...all);
    };
    Object.assign(marks, { symbol: spy("head", symbol), start: spy("start", start) });
    lab.draw();
    Object.assign(marks, { symbol, start });
    return drawn;
}"""
"""What stands at Landscape's start: rings of the start, and heads of methods."""


def test_where_all_start_stands_the_ring_of_all_and_a_method_that_is_alone_has_its_own_head(page):
    seek(page, 0)
    assert page.evaluate(AT_START) == ["start"]
    for name in LABELS[1:]:
        switch(page, name).click()
        expect(switch(page, name)).not_to_be_checked()
    rests(page)
    assert page.evaluate(AT_START) == ["start", "head"]
