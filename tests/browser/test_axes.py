"""Axes: canvas and Plotly put a number on the same pixel, also after a zoom; a zoom in time is every panel's."""

import pytest
from playwright.sync_api import expect

from components.page.styles import OWN
from optim import Experiment, train
from tests.browser.lab import (
    LABELS,
    TIMED,
    axis,
    button,
    choice,
    colour,
    double_click,
    drag,
    fitted,
    on_view,
    resize,
    seek,
    shows,
    switch,
    until,
)
from tests.browser.pages import DESKTOP

AXES = [
    ("fit", "yaxis"),
    ("landscape", "yaxis"),
    ("loss", "yaxis"),
    ("parameters", "yaxis"),
    ("parameters", "yaxis2"),
    ("gradients", "yaxis"),
    ("gradients", "yaxis2"),
    ("rate", "yaxis"),
]


def disagreements(page):
    """The largest distance, in pixels, between the page's own mapping and Plotly's, and how many were compared."""
    return page.evaluate(
        """(axes) => {
            let worst = 0, compared = 0;
            for (const [panel, name] of axes) {
                const { graph } = lab.boards.get(panel), f = lab.axes.frame(graph, name);
                const { xaxis, [name]: yaxis } = graph._fullLayout;
                for (const [own, one] of [[f.x, xaxis], [f.y, yaxis]]) {
                    for (const share of [0, 0.25, 0.6, 1, 1.5]) {
                        const at = one.range[0] + share * (one.range[1] - one.range[0]);
                        const value = one.type === "log" ? 10 ** at : at;
                        worst = Math.max(worst, Math.abs(own(value) - one._offset - one.d2p(value)));
                        compared += 1;
                    }
                }
                const area = graph.querySelector(".nsewdrag").getBoundingClientRect();
                const left = area.left - graph.getBoundingClientRect().left;
                worst = Math.max(worst, Math.abs(f.left - left), Math.abs(f.width - area.width));
            }
            return [worst, compared];
        }""",
        AXES,
    )


def test_canvas_and_plotly_put_every_number_on_the_same_pixel(page):
    choice(page, "Gradient method").select_option("Adam")
    until(page, "() => lab.boards.get('gradients').graph._fullLayout.yaxis2.visible")
    drag(page, "loss", (0.2, 0.4), (0.7, 0.6))
    drag(page, "fit", (0.2, 0.2), (0.8, 0.7))
    for size in (DESKTOP, {"width": 1100, "height": 760}):
        resize(page, size)
        fitted(page)
        page.evaluate("() => lab.draw()")
        worst, compared = disagreements(page)
        assert worst < 0.6
        assert compared == 80
    page.set_viewport_size(DESKTOP)


def rgb(colour_name):
    return [int(colour_name[i : i + 2], 16) for i in (1, 3, 5)]


def test_a_line_in_fit_ends_where_the_parameters_say(page):
    """Pixels of every method's colour on its line, at the step under the cursor, by Plotly's own mapping."""
    for label in LABELS[1:]:
        switch(page, label).click()
    for k in (30, 400):
        seek(page, k)
        a, b = train(Experiment())["SGD"].params[k].astype("f4").astype(float)
        x, y = page.evaluate(
            """([a, b]) => {
                const { xaxis, yaxis } = lab.boards.get("fit").graph._fullLayout;
                const x = xaxis.range[0] + 0.25 * (xaxis.range[1] - xaxis.range[0]);
                return [xaxis._offset + xaxis.d2p(x), yaxis._offset + yaxis.d2p(a * x + b)];
            }""",
            [a, b],
        )
        assert colour(page, "fit", x, y) == pytest.approx([*rgb(OWN["SGD"].light), 255], abs=2)
        assert colour(page, "fit", x, y - 12) != pytest.approx([*rgb(OWN["SGD"].light), 255], abs=40)


def test_zooming_one_panel_in_time_zooms_all_and_a_double_click_shows_all_again(page):
    whole = {panel: on_view(page, panel) for panel in TIMED}
    assert len(set(map(tuple, whole.values()))) == 1
    assert whole["loss"] == pytest.approx([0, 50], abs=1)
    for panel, start, end in (("loss", 0.2, 0.6), ("parameters", 0.25, 0.5), ("rate", 0.3, 0.6)):
        before = on_view(page, panel)
        drag(page, panel, (start, 0.3), (end, 0.8))
        until(page, "(from) => lab.state.range[0] > from", 30 * max(before[0], 0))
        now = [on_view(page, one) for one in TIMED]
        assert now[0] == now[1] == now[2]
        width = before[1] - before[0]
        assert now[0] == pytest.approx([before[0] + start * width, before[0] + end * width], abs=0.03 * width)
        expect(page.get_by_role("group", name="Range on view").locator("[aria-pressed=true]")).to_have_count(0)
    page.keyboard.press("End")
    shows(page, step=page.evaluate("() => lab.state.range[1]"))
    assert int(page.locator("body").get_attribute("data-step")) < 1500
    double_click(page, "parameters")
    expect(button(page, "all")).to_have_attribute("aria-pressed", "true")
    assert {panel: on_view(page, panel) for panel in TIMED} == whole


def test_zooms_that_end_on_the_same_steps_leave_all_panels_alike(page):
    button(page, "first epoch").click()
    drag(page, "loss", (0.32, 0.3), (0.345, 0.8))
    for _ in range(3):
        drag(page, "loss", (0.3, 0.3), (0.7, 0.8))
    now = [on_view(page, one) for one in TIMED]
    assert now[0] == now[1] == now[2]


@pytest.mark.parametrize("panel", ["fit", "landscape"])
def test_a_panel_that_is_not_of_time_keeps_its_own_zoom_until_a_double_click(page, panel):
    whole, time = on_view(page, panel), on_view(page, "loss")
    drag(page, panel, (0.2, 0.2), (0.7, 0.7))
    until(page, "(panel) => lab.boards.get(panel).zoomed", panel)
    zoomed = on_view(page, panel)
    assert whole[0] < zoomed[0] < zoomed[1] < whole[1]
    seek(page, 200)
    assert on_view(page, panel) == zoomed
    assert on_view(page, "loss") == time
    double_click(page, panel)
    assert on_view(page, panel) == whole


def test_step_panels_count_epochs_or_on_a_switch_steps(page):
    assert {axis(page, panel, "xaxis")["title"] for panel in TIMED} == {"epoch"}
    page.locator("#options > summary").click()
    switch(page, "Count steps").click()
    for panel in TIMED:
        assert on_view(page, panel) == pytest.approx([0, 1500], abs=30)
    assert {axis(page, panel, "xaxis")["title"] for panel in TIMED} == {"step"}
    page.keyboard.press("Escape")
    drag(page, "loss", (0.2, 0.3), (0.6, 0.8))
    until(page, "() => lab.state.range[1] < 1500")
    assert on_view(page, "rate") == on_view(page, "loss") == pytest.approx([300, 900], abs=50)
