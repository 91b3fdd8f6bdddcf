"""Loss, Parameters and Learning rate: their ranges, what is written on them, and restarts in all step panels."""

import math

import pytest
from playwright.sync_api import expect

from optim import Experiment, train
from tests.browser.lab import (
    TIMED,
    axis,
    button,
    choice,
    experiment,
    look_for,
    number,
    on_view,
    picture,
    shows,
    switch,
    words,
    write,
)


def test_loss_is_logarithmic_from_3_times_the_start_to_a_ten_millionth_or_linear(page):
    start = train(Experiment())["SGD"].loss[0]
    drawn = axis(page, "loss", "yaxis")
    assert drawn["type"] == "log"
    assert drawn["range"] == pytest.approx([math.log10(1e-7 * start), math.log10(3 * start)])
    switch(page, "Logarithmic loss").click()
    low, high = on_view(page, "loss", "yaxis")
    assert axis(page, "loss", "yaxis")["type"] == "linear"
    assert low <= 0 < start <= high < 1.5 * start
    assert "1 %" in words(page, "loss")


def test_a_curve_that_leaves_below_has_an_arrow_and_its_number_and_zero_is_no_error(page):
    look_for(page, "Heavy ball")
    shows(page, run=experiment(form="heavy-ball"))
    page.keyboard.press("End")
    shows(page, step=1500)
    last = train(experiment(form="heavy-ball"))["Momentum"].loss[-1]
    assert last < 1e-7 * 875
    [said] = [word for word in words(page, "loss") if f"Momentum {number(last)}" in word]
    assert "=" not in said  # Adam with annealing has left, too, but not as far
    page.get_by_text("True line and start").click()
    for name, text in (("Start a", "1.5"), ("Start b", "-28")):
        write(page, name, text)
    exact = experiment(form="heavy-ball", start_a=1.5, start_b=-28)
    shows(page, run=exact, step=1500)
    assert (train(exact)["SGD"].loss == 0).all()
    assert any("SGD 0" in word for word in words(page, "loss"))


def test_many_steps_are_shown_as_median_and_band_and_few_as_they_are_and_the_page_says_which(page):
    says = page.locator("#says-loss")
    expect(says).to_have_text("epoch median, range")
    many = picture(page, "loss")
    button(page, "first 5").click()
    expect(says).to_have_text("every step")
    assert picture(page, "loss") != many


def test_parameters_have_a_strip_each_with_its_range_and_its_true_value(page):
    a, b = axis(page, "parameters", "yaxis"), axis(page, "parameters", "yaxis2")
    assert (a["title"], b["title"]) == ("a", "b")
    assert a["range"][0] < 1.5 < a["range"][1]
    assert b["range"][0] < -28 < b["range"][1]
    assert {"true a = 1.5", "true b = −28"} <= set(words(page, "parameters"))
    first_ends, second_begins = page.evaluate(
        """() => {
            const { graph } = lab.boards.get("parameters");
            return [lab.axes.frame(graph, "yaxis").bottom, lab.axes.frame(graph, "yaxis2").top];
        }"""
    )
    assert first_ends < second_begins


def test_the_learning_rate_is_a_share_with_the_absolute_rates_at_the_edge(page):
    low, high = axis(page, "rate", "yaxis")["range"]
    assert -10 < low <= 0 < 100 <= high < 115
    page.keyboard.press("End")
    shows(page, step=1500)
    rate = train(Experiment())["Adam with annealing"].learning_rate[-1]
    said = words(page, "rate")
    assert {"0.001", "1"} <= set(said)
    assert f"{rate:.2e}".replace("e-0", "e−") in said
    switch(page, "Logarithmic rate").click()
    on_view(page, "rate")
    assert axis(page, "rate", "yaxis")["type"] == "log"


def test_restarts_are_dotted_lines_in_all_step_panels(page):
    def dotted(panel):
        """The x of every vertical dotted line, in epochs."""
        return page.evaluate(
            """(panel) => {
                const { canvas, graph } = lab.boards.get(panel), { xaxis } = graph._fullLayout;
                const { prototype } = CanvasRenderingContext2D, { moveTo, lineTo, stroke, beginPath } = prototype;
                let from = null, lines = [], found = [];
                prototype.beginPath = function () { lines = []; beginPath.call(this); };
                prototype.moveTo = function (x, y) { from = [x, y]; moveTo.call(this, x, y); };
                prototype.lineTo = function (x, y) {
                    if (from && from[0] === x) lines.push(x);
                    from = null;
                    lineTo.call(this, x, y);
                };
                prototype.stroke = function (...path) {
                    if (this.canvas === canvas && this.getLineDash().length) found.push(...lines);
                    stroke.apply(this, path);
                };
                lab.draw();
                Object.assign(prototype, { moveTo, lineTo, stroke, beginPath });
                return found.map((x) => xaxis.p2d(x - xaxis._offset));
            }""",
            panel,
        )

    choice(page, "Gradient view").select_option("Step taken")
    for panel in (*TIMED, "gradients"):
        assert dotted(panel) == []
    look_for(page, "Restarts every 10 epochs")
    shows(page, run=experiment(period=10))
    for panel in (*TIMED, "gradients"):
        assert dotted(panel) == pytest.approx([10, 20, 30, 40], abs=0.3)
