"""Loss, Parameters and Learning rate: their ranges, what is written on them, and restarts in all step panels."""

import math
from itertools import pairwise

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
    on_view,
    picture,
    seek,
    shows,
    switch,
    words,
    write,
)


def test_loss_goes_from_the_start_to_the_decade_below_the_best_end_or_is_linear(page):
    start = train(Experiment())["SGD"].loss[0]
    drawn = axis(page, "loss", "yaxis")
    assert drawn["type"] == "log"
    assert drawn["range"] == pytest.approx([-9, math.log10(3 * start)])
    assert page.evaluate("() => lab.boards.get('loss').graph._fullLayout.yaxis.ticktext") == [
        "10<sup>−9</sup>", "10<sup>−6</sup>", "10<sup>−3</sup>", "1", "10<sup>3</sup>"]
    switch(page, "Logarithmic loss").click()
    low, high = on_view(page, "loss", "yaxis")
    assert axis(page, "loss", "yaxis")["type"] == "linear"
    assert low <= 0 < start <= high < 1.5 * start
    assert "1 % of" in words(page, "loss")


def test_with_noise_the_loss_is_what_is_left_above_least_squares(page):
    noisy = experiment(noise=3)
    write(page, "Noise", "3")
    shows(page, run=noisy)
    runs = train(noisy)
    ends = [run.loss[-1] - noisy.floor for run in runs.values()]
    low, high = (10**end for end in on_view(page, "loss", "yaxis"))
    assert low == pytest.approx(10 ** math.floor(math.log10(min(ends))))
    assert high == pytest.approx(3 * (runs["SGD"].loss[0] - noisy.floor))
    expect(page.locator("#says-loss")).to_contain_text(f"above least squares, {noisy.floor:.3g}")
    assert page.evaluate("() => lab.state.run.at(3, 'excess', 1500)") == pytest.approx(ends[3], rel=1e-6)


def test_a_curve_that_leaves_below_has_an_arrow_and_its_number_and_zero_is_no_error(page):
    page.get_by_text("True line and start").click()
    for name, text in (("Start a", "1.5"), ("Start b", "-28")):
        write(page, name, text)
    exact = experiment(start_a=1.5, start_b=-28)
    shows(page, run=exact)
    seek(page, 1500)
    assert (train(exact)["SGD"].loss == 0).all()
    said = words(page, "loss")
    assert ("SGD" in said, "0" in said) == (True, True)


# The first and the last row of a panel's curves that is not empty, in the column of a step, as shares of the plot.
COLUMN = """([panel, axis, step]) => {
    lab.draw();
    const { graph } = lab.boards.get(panel), { canvas } = lab.boards.get(panel).layers.curves;
    const f = lab.axes.frame(graph, axis), per = lab.boards.get(panel).density;
    const x = Math.round(f.x(step / lab.state.run.stepsPerEpoch) * per), copy = document.createElement("canvas");
    Object.assign(copy, { width: canvas.width, height: canvas.height });
    const ctx = copy.getContext("2d");
    ctx.drawImage(canvas, 0, 0);
    const [top, bottom] = [f.top, f.bottom].map((y) => Math.round(y * per));
    const { data } = ctx.getImageData(x, top, 1, bottom - top), rows = [];
    for (let i = 0; i < bottom - top; i++) if (data[4 * i + 3] > 128) rows.push(i / (bottom - top));
    return [rows[0], rows.at(-1)];
}"""


def test_a_real_path_is_drawn_from_its_smallest_to_its_largest_step_in_every_column(page):
    """Adam alone: what is painted reaches as far as its steps do there, and no further than a stroke does."""
    for name in ("SGD", "Momentum", "Adam with annealing"):
        switch(page, name).click()
    values, (low, high) = train(Experiment())["Adam"].params[:, 0], axis(page, "parameters", "yaxis")["range"]
    steps = 1500 / page.evaluate("() => lab.axes.frame(lab.boards.get('parameters').graph).width")
    for step in (450, 900, 1350):
        near = values[math.floor(step - steps): math.ceil(step + 2 * steps)]
        top, bottom = page.evaluate(COLUMN, ["parameters", "yaxis", step])
        assert (high - near.max()) / (high - low) - 0.02 <= top
        assert bottom <= (high - near.min()) / (high - low) + 0.02
        assert top - 0.01 <= (high - values[step]) / (high - low) <= bottom + 0.01


def test_what_a_method_covers_is_light_on_loss_and_strong_on_parameters(page):
    says = page.locator("#says-loss")
    expect(says).to_have_text("line: each epoch’s median; pale: every step")  # above a floor of 0 it is the loss itself
    many = picture(page, "loss")
    button(page, "first 5").click()
    expect(says).to_have_text("every step")
    assert picture(page, "loss") != many


def test_at_the_start_what_is_to_come_is_grey_and_nobodys(page):
    seek(page, 0)
    for panel in ("loss", "parameters"):
        colours = page.evaluate(
            """(panel) => {
                const { canvas, graph } = lab.boards.get(panel), f = lab.axes.frame(graph), per = devicePixelRatio;
                const copy = document.createElement("canvas"), { width, height } = canvas;
                const ctx = Object.assign(copy, { width, height }).getContext("2d");
                ctx.drawImage(canvas, 0, 0);
                const [x, y, w, h] = [f.left - 9, f.top, f.width + 9, f.height].map((v) => Math.round(v * per));
                const { data } = ctx.getImageData(x, y, w, h), found = new Set();
                for (let i = 0; i < data.length; i += 4) {
                    const hue = data.slice(i, i + 3);
                    if (data[i + 3] > 250) found.add(Math.max(...hue) - Math.min(...hue));
                }
                return [...found];
            }""", panel)
        assert max(colours) < 24, panel
        assert {"grey:", "still to come"} <= set(words(page, panel))
    assert "start: 875" in words(page, "loss")


# The names on a panel while it plays: from the top down at each second step, and whether each stands right of its head.
PLAYED = """(panel) => {
    const { canvas, graph } = lab.boards.get(panel), { prototype } = CanvasRenderingContext2D;
    const write = prototype.fillText;
    const first = { SGD: "SGD", Momentum: "Momentum", Adam: "Adam", "Adam with": "annealed" };
    let seen = [];
    prototype.fillText = function (text, x, y) {
        const name = first[text.replace(",", "")];
        if (this.canvas === canvas && name) seen.push({ name, x, y });
        write.call(this, text, x, y);
    };
    Object.assign(lab.state, { playing: true });
    const orders = [];
    let left = 0;
    for (let step = 2; step <= 1500; step += 2) {
        seen = [];
        lab.seek(step);
        const cursor = lab.axes.frame(graph).x(step / lab.state.run.stepsPerEpoch);
        left += seen.filter(({ x }) => x < cursor).length;
        orders.push(seen.toSorted((a, b) => a.y - b.y).map(({ name, y }) => [name, y]));
    }
    prototype.fillText = write;
    Object.assign(lab.state, { playing: false });
    return [orders, left];
}"""


@pytest.mark.parametrize("panel", TIMED)
def test_in_one_play_no_name_changes_its_side_or_its_order_more_than_five_times(page, panel):
    orders, left = page.evaluate(PLAYED, panel)
    assert left == 0
    for name in ("SGD", "Momentum", "Adam", "annealed"):
        above = [{other for other, _ in order[: [who for who, _ in order].index(name)]} for order in orders]
        assert sum(a != b for a, b in pairwise(above)) <= 5, name
    line = page.evaluate("() => lab.theme.text()")
    for order in orders:
        assert len(order) == 4
        assert all(below - upper >= 0.99 * line for (_, upper), (_, below) in pairwise(order))


def test_parameters_have_a_strip_each_with_its_range_and_its_true_value(page):
    a, b = axis(page, "parameters", "yaxis"), axis(page, "parameters", "yaxis2")
    assert (a["title"], b["title"]) == ("a", "b")
    assert a["range"][0] < 1.5 < a["range"][1]
    assert b["range"][0] < -28 < b["range"][1]
    assert {"a", "b", "true 1.5", "true −28"} <= set(words(page, "parameters"))
    first_ends, second_begins, share = page.evaluate(
        """() => {
            const { graph } = lab.boards.get("parameters");
            const [a, b] = ["yaxis", "yaxis2"].map((name) => lab.axes.frame(graph, name));
            return [a.bottom, b.top, a.height / (a.height + b.height)];
        }"""
    )
    assert first_ends < second_begins
    assert share == pytest.approx(0.64, abs=0.01)


def test_on_a_projector_parameters_keep_both_rows(open_page):
    page = open_page(path="/?on=fit,parameters&size=projector", size={"width": 1280, "height": 720})
    heights = page.evaluate(
        """() => ["yaxis", "yaxis2"].map((name) => lab.axes.frame(lab.boards.get("parameters").graph, name).height)""")
    assert min(heights) > 80
    assert {"a", "b"} <= set(words(page, "parameters"))


def test_the_learning_rates_are_the_real_ones_with_names_at_their_lines_or_shares(page):
    low, high = axis(page, "rate", "yaxis")["range"]
    assert axis(page, "rate", "yaxis")["type"] == "log"
    page.keyboard.press("End")
    shows(page, step=1500)
    rate = train(Experiment())["Adam with annealing"].learning_rate[-1]
    assert low < math.log10(rate) < -3 < 0 < high
    said = words(page, "rate")
    assert said[:2] == ["Adam", "1"]
    assert said[2:5] == ["SGD", "Momentum", "0.001"]
    assert ties(page, "rate") == 1
    assert said[-1] == f"{rate:.2e}".replace("e-0", "e−")
    assert axis(page, "rate", "yaxis")["range"] == [low, high]
    choice(page, "Rate view").select_option("share")
    low, high = on_view(page, "rate", "yaxis")
    assert -10 < low <= 0 < 100 <= high < 115
    switch(page, "Logarithmic rate").click()
    on_view(page, "rate")
    assert axis(page, "rate", "yaxis")["type"] == "log"


def ties(page, panel):
    """How many upright lines join two marks of names, right of a panel's plot."""
    return page.evaluate(
        """(panel) => {
            const { canvas, graph } = lab.boards.get(panel), { right } = lab.axes.frame(graph);
            const { prototype } = CanvasRenderingContext2D, { beginPath, moveTo, lineTo, stroke } = prototype;
            let way = [], found = 0;
            Object.assign(prototype, {
                beginPath() { way = []; beginPath.call(this); },
                moveTo(x, y) { way.push([x, y]); moveTo.call(this, x, y); },
                lineTo(x, y) { way.push([x, y]); lineTo.call(this, x, y); },
                stroke(...path) {
                    const [[x, from], [u, to]] = way.length === 2 ? way : [[0, 0], [0, 0]];
                    if (this.canvas === canvas && !path.length && x > right && x === u && to > from) found++;
                    stroke.apply(this, path);
                },
            });
            lab.draw();
            Object.assign(prototype, { beginPath, moveTo, lineTo, stroke });
            return found;
        }""",
        panel,
    )


def test_the_marks_of_names_whose_heads_cover_each_other_are_tied(page):
    """At the end SGD, Momentum and Adam's last step have nearly one loss, and Adam with annealing another one."""
    seek(page, 1500)
    assert [one for one in words(page, "loss") if one in ("SGD", "Momentum", "Adam")] == ["SGD", "Momentum", "Adam"]
    assert not any(one.endswith(",") for one in words(page, "loss"))
    assert ties(page, "loss") == 2


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

    choice(page, "Gradient view").select_option("step taken")
    for panel in (*TIMED, "gradients"):
        assert dotted(panel) == []
    look_for(page, "Restarts every 10 epochs")
    shows(page, run=experiment(period=10))
    for panel in (*TIMED, "gradients"):
        assert dotted(panel) == pytest.approx([10, 20, 30, 40], abs=0.3)


# Of each number of an axis of Parameters the share of its box that the canvas covers.
COVERED = """() => {
    lab.draw();
    const { canvas } = lab.boards.get("parameters"), place = canvas.getBoundingClientRect();
    const per = canvas.width / place.width, copy = document.createElement("canvas");
    Object.assign(copy, { width: canvas.width, height: canvas.height });
    const ctx = copy.getContext("2d", { willReadFrequently: true });
    ctx.drawImage(canvas, 0, 0);
    return [...document.querySelectorAll("[data-panel=parameters] :is(.ytick, .y2tick) text")].map((node) => {
        const { left, top, width, height } = node.getBoundingClientRect();
        const { data } = ctx.getImageData(...[left - place.left, top - place.top, width, height].map((n) => n * per));
        return data.filter((alpha, i) => i % 4 === 3 && alpha > 0).length / (data.length / 4);
    });
}"""


@pytest.mark.parametrize(("path", "size"), [("/", (1440, 900)), ("/", (820, 1180)), ("/?size=projector", (1280, 720))])
def test_of_a_number_beside_a_true_value_no_part_is_left(open_page, path, size):
    page = open_page(path=path, size={"width": size[0], "height": size[1]}, plain=True)
    seek(page, 300)  # where no mark of the start lies on the axis
    covered = page.evaluate(COVERED)
    assert any(share > 0.9 for share in covered), "one is in the place of a true value"
    assert [share for share in covered if 0.02 < share < 0.9] == []
