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
    until,
    words,
    write,
)

SIX = "/?on=fit,loss,parameters,landscape,gradients,rate"
BEAMER = "/?on=fit,gradients&size=projector"


def parameter(page, name):
    return page.get_by_role("group", name="Gradient parameter").get_by_role("button", name=name, exact=True)


def alone(page, name):
    """Of two parameters one."""
    parameter(page, name).click()
    until(page, "() => !lab.axes.frame(lab.boards.get('gradients').graph, 'yaxis3')")


def test_gradients_open_as_the_article_has_them(page):
    """Of both parameters, where there is room: in a the signs alternate, in b all pull the same way."""
    expect(parameter(page, "a and b")).to_have_attribute("aria-pressed", "true")
    assert [title for title, *_ in rows(page)] == ["gradient of a", "gradient of b"]
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


def test_the_legend_of_gradients_ends_before_the_cursor_at_the_runs_end(page):
    alone(page, "a")
    seek(page, 1500)
    right, cursor = page.evaluate("""() => {
        lab.onView.set.open("gradients"); // the wider, the more room is there after the end
        const { graph, ctx } = lab.boards.get("gradients"), { text } = lab.marks, ends = [];
        lab.marks.text = (to, words, x, ...more) => { if (to === ctx) ends.push(x); text(to, words, x, ...more); };
        lab.draw();
        lab.marks.text = text;
        return [Math.max(...ends), lab.axes.frame(graph).x(50)];
    }""")
    assert right < cursor - 2


# The article's gradients fade around 0; those of Rosenbrock's function begin far below it.
@pytest.mark.parametrize(("path", "width", "below"), [
    ("/?on=gradients", 1440, False), (f"{SIX}&problem=rosenbrock", 1440, True), ("/?on=gradients", 390, False),
])
def test_the_legend_of_gradients_stands_within_the_plot_where_the_later_curves_leave_room(
    open_page, path, width, below
):
    page = open_page(size={"width": width, "height": 900}, path=path)
    alone(page, page.evaluate("() => lab.state.run.parameters[0]"))
    left, heights, f = page.evaluate("""() => {
        const { graph, ctx } = lab.boards.get("gradients"), { text } = lab.marks, said = [];
        lab.marks.text = (to, words, x, y, how) => {
            if (to === ctx && how.align === "right" && how.weight === 700) {
                to.font = lab.theme.font(700);
                said.push([x - to.measureText(words).width, y]);
            }
            text(to, words, x, y, how);
        };
        lab.draw();
        lab.marks.text = text;
        const { left, top, bottom } = lab.axes.frame(graph);
        return [Math.min(...said.map(([x]) => x)), said.map(([, y]) => y), { left, middle: (top + bottom) / 2 }];
    }""")
    assert heights
    assert left > f["left"]
    assert all((y > f["middle"]) is below for y in heights)


def test_another_parameter_is_one_press_away(page):
    alone(page, "a")
    before = picture(page, "gradients")
    a, b = parameter(page, "a"), parameter(page, "b")
    b.click()
    expect(b).to_have_attribute("aria-pressed", "true")
    expect(a).to_have_attribute("aria-pressed", "false")
    assert picture(page, "gradients") != before
    assert axis(page, "gradients", "yaxis")["title"] == "gradient of b"
    b.click()
    expect(b).to_have_attribute("aria-pressed", "true")
    page.evaluate("() => lab.draw()")
    assert axis(page, "gradients", "yaxis")["title"] == "gradient of b"


def rows(page):
    """Of each row of Gradients its title and its upper and lower edge."""
    return page.evaluate(
        """() => {
            const { graph } = lab.boards.get("gradients");
            return ["yaxis", "yaxis3"].flatMap((name) => {
                const f = lab.axes.frame(graph, name);
                return f ? [[graph._fullLayout[name].title.text, f.top, f.bottom]] : [];
            });
        }"""
    )


def test_both_parameters_have_a_row_each_in_every_view(page):
    alone(page, "b")
    parameter(page, "a and b").click()
    until(page, "() => lab.axes.frame(lab.boards.get('gradients').graph, 'yaxis3')")
    (first, top, middle), (second, below, bottom) = rows(page)
    assert (first, second) == ("gradient of a", "gradient of b")
    assert top < middle < below < bottom
    assert middle - top == pytest.approx(bottom - below, abs=1)
    runs = train(Experiment())
    for i, name in enumerate(("yaxis", "yaxis3")):
        raw = np.concatenate([[0], runs["SGD"].gradient[:, i], runs["Momentum"].direction[:, i]])
        room = 0.05 * (raw.max() - raw.min())
        drawn = page.evaluate("(name) => lab.boards.get('gradients').graph._fullLayout[name].range", name)
        assert drawn == pytest.approx([raw.min() - room, raw.max() + room], rel=1e-6)
        inked, _ = page.evaluate(INK, name)
        assert inked > 200, name
    choice(page, "Gradient method").select_option("Adam")
    until(page, "() => lab.boards.get('gradients').graph._fullLayout.yaxis4.visible")
    choice(page, "Gradient view").select_option("last 90 steps")
    until(page, "() => lab.boards.get('gradients').graph._fullLayout.xaxis.title.text === 'steps before now'")
    assert len(rows(page)) == 2
    choice(page, "Gradient view").select_option("step taken")
    until(page, "() => lab.boards.get('gradients').graph._fullLayout.yaxis3.title.text === 'step taken in b'")
    alone(page, "a")
    assert [title for title, *_ in rows(page)] == ["step taken in a"]


# How many pixels of a row of Gradients carry a curve, and of how many.
INK = """(name) => {
    lab.draw();
    const { graph, layers } = lab.boards.get("gradients"), { canvas } = layers.curves, f = lab.axes.frame(graph, name);
    const per = canvas.width / graph.clientWidth, copy = document.createElement("canvas");
    Object.assign(copy, { width: canvas.width, height: canvas.height });
    const ctx = copy.getContext("2d");
    ctx.drawImage(canvas, 0, 0);
    const { data } = ctx.getImageData(f.left * per, f.top * per, f.width * per, f.height * per);
    return [data.filter((value, i) => i % 4 === 3 && value > 128).length, data.length / 4];
}"""


def test_a_panel_without_room_for_two_rows_has_the_first_and_says_so(open_page):
    page = open_page(path="/?on=fit,gradients&size=projector", size={"width": 1180, "height": 560})
    until(page, "() => !lab.axes.frame(lab.boards.get('gradients').graph, 'yaxis3')")
    assert [title for title, *_ in rows(page)] == ["gradient of a"]
    assert "No room for b: enlarge this panel." in words(page, "gradients")
    page.set_viewport_size({"width": 1180, "height": 900})
    until(page, "() => lab.axes.frame(lab.boards.get('gradients').graph, 'yaxis3')")
    assert [title for title, *_ in rows(page)] == ["gradient of a", "gradient of b"]
    assert not any(said.startswith("No room") for said in words(page, "gradients"))


def test_the_smallest_panel_of_six_has_both_rows_with_few_numbers_and_upright_names(open_page):
    """A row of 50 px has no room for "gradient of a" turned: the canvas has the letter, as Parameters has it."""
    page = open_page(path=SIX, size={"width": 1280, "height": 720})
    until(page, "() => lab.axes.frame(lab.boards.get('gradients').graph, 'yaxis3')")
    said = words(page, "gradients")
    assert {"a", "b"} <= set(said)
    assert not any(one.startswith("No room") for one in said)
    until(page, "() => lab.boards.get('gradients').graph._fullLayout.yaxis.title.font.size === 1")
    apart = page.evaluate("""() => ["yaxis", "yaxis3"].map((name) => {
        const places = lab.axes.places(lab.boards.get("gradients").graph, name).sort((one, other) => one - other);
        return [places.length, Math.min(...places.slice(1).map((y, i) => y - places[i]))];
    })""")
    assert all(count >= 2 and least >= 15 for count, least in apart), apart
    page.get_by_role("button", name="Enlarge Gradients").click()
    until(page, "() => lab.boards.get('gradients').graph._fullLayout.yaxis.title.font.size > 10")
    assert not {"a", "b"} & set(words(page, "gradients"))


# Of each line of the legend how many of the pixels that it takes carry what is drawn in the run, and where it stands.
LEGEND = """() => {
    const { graph, ctx, layers: { curves: { canvas } } } = lab.boards.get("gradients"), { text } = lab.marks, said = [];
    lab.marks.text = (to, words, x, y, how) => {
        if (to === ctx && how?.weight === 700 && words.length > 1) {
            to.font = lab.theme.font(700);
            const width = to.measureText(words).width, left = how.align === "right" ? x - width : x;
            said.push({ words, left, right: left + width, y });
        }
        text(to, words, x, y, how);
    };
    lab.draw();
    lab.marks.text = text;
    const per = canvas.width / graph.clientWidth, copy = document.createElement("canvas"), size = lab.theme.text();
    Object.assign(copy, { width: canvas.width, height: canvas.height });
    const to = copy.getContext("2d", { willReadFrequently: true });
    to.drawImage(canvas, 0, 0);
    return said.map(({ words, left, right, y }) => {
        const box = [left, y - 0.4 * size, right - left, 0.8 * size].map((px) => px * per);
        const { data } = to.getImageData(...box);
        return [words, data.filter((value, i) => i % 4 === 3 && value > 64).length, left, right, y];
    });
}"""


@pytest.mark.parametrize(("path", "width", "height"), [
    (SIX, 1440, 900), (SIX, 1280, 720), (BEAMER, 1280, 720), (BEAMER, 1024, 768), (f"{SIX}&lr=0.03", 1440, 900),
    (f"{SIX}&problem=rosenbrock", 1280, 720), ("/?on=gradients", 390, 844),
])
def test_the_legend_lies_on_no_curve_and_within_the_plot_and_stands_still(open_page, path, width, height):
    page = open_page(path=path, size={"width": width, "height": height})
    until(page, "() => lab.axes.frame(lab.boards.get('gradients').graph, 'yaxis3')")
    last = page.evaluate("() => lab.state.run.steps")
    seek(page, last)
    legend = page.evaluate(LEGEND)
    left, right = page.evaluate("""() => {
        const { left, right } = lab.axes.frame(lab.boards.get("gradients").graph);
        return [left, right];
    }""")
    assert {said.partition(":")[0] for said, *_ in legend} >= {"SGD", "Momentum"}
    for said, covers, start, end, _ in legend:
        assert covers == 0, said
        assert left < start < end < right, said
    size = page.evaluate("() => lab.theme.text()")  # a headline of two lines makes panels so much lower, and no more
    stands = {said: place for said, _, *place in legend}
    for step in (1, last // 2):
        seek(page, step)
        for said, _, *place in page.evaluate(LEGEND):
            assert place == pytest.approx(stands[said], abs=size), said


def test_where_a_legend_has_to_lie_on_curves_paper_is_under_its_words(open_page):
    """Adam's gradient goes on shaking over the whole plot."""
    page = open_page(path=SIX, size={"width": 1280, "height": 720})
    choice(page, "Gradient method").select_option("Adam")
    until(page, "() => lab.boards.get('gradients').graph._fullLayout.yaxis4.visible")
    seek(page, 1500)
    covered = max(page.evaluate(LEGEND), key=lambda line: line[1])
    assert covered[1] > 0
    _, _, left, right, y = covered
    red, green, blue, alpha = colour(page, "gradients", (left + right) / 2, y - 6)
    assert alpha > 200
    assert min(red, green, blue) > 200


def test_the_right_axis_has_round_numbers_beside_its_title(open_page):
    page = open_page(path=SIX)
    choice(page, "Gradient method").select_option("Adam")
    until(page, "() => lab.boards.get('gradients').graph._fullLayout.yaxis4.visible")
    until(page, "() => lab.boards.get('gradients').graph.querySelector('.y4title')")
    numbers, title, edge = page.evaluate("""() => {
        const graph = lab.boards.get("gradients").graph;
        const box = (one) => one.getBoundingClientRect();
        return [
            [...graph.querySelectorAll(".y4tick text")].map((one) => [one.textContent, box(one).right]),
            box(graph.querySelector(".y4title")),
            box(graph).right,
        ];
    }""")
    assert {text.lstrip("\u2212") for text, _ in numbers} <= {"0", "0.5", "1"}
    assert max(right for _, right in numbers) <= title["left"]
    assert title["right"] <= edge


def test_on_a_projector_and_on_a_phone_both_have_room(open_page):
    beamer = (1280, 720)
    for path, size in (("/?on=gradients&size=projector", beamer), ("/?on=fit,gradients&size=projector", beamer),
                       ("/?on=gradients", (390, 844))):
        page = open_page(path=path, size={"width": size[0], "height": size[1]})
        until(page, "() => lab.axes.frame(lab.boards.get('gradients').graph, 'yaxis3')")
        assert [title for title, *_ in rows(page)] == ["gradient of a", "gradient of b"]


def test_where_all_diverge_their_beginning_is_on_view(open_page):
    """Their last gradients are 17 orders of magnitude larger, and alone would be seen."""
    page = open_page(path="/?lr=0.03")
    low, high = axis(page, "gradients", "yaxis")["range"]
    assert high - low <= 2.2 * 10 * abs(train(experiment(lr=0.03))["SGD"].gradient[0, 0])


def test_the_last_90_steps_are_a_view_and_adam_has_an_axis_of_its_own(page):
    choice(page, "Gradient view").select_option("last 90 steps")
    low, high = on_view(page, "gradients")
    assert -93 < low <= -90
    assert 0 <= high < 3
    assert axis(page, "gradients", "xaxis")["title"] == "steps before now"
    alone(page, "a")
    choice(page, "Gradient method").select_option("Adam")
    assert {"Adam: each gradient", "Adam: direction (right axis)"} <= set(words(page, "gradients"))
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
    alone(page, "a")
    choice(page, "Gradient view").select_option("last 90 steps")
    choice(page, "Gradient method").select_option("Momentum")
    seek(page, 90)  # far from the legend
    x, y, zero = page.evaluate(
        """() => {
            const { graph } = lab.boards.get("gradients"), { xaxis, yaxis } = graph._fullLayout;
            const value = lab.state.run.at(1, "gradient 0", 50);
            return [xaxis._offset + xaxis.d2p(-40), yaxis._offset + yaxis.d2p(value), yaxis._offset + yaxis.d2p(0)];
        }"""
    )
    value = page.evaluate("() => lab.state.run.at(1, 'gradient 0', 50)")
    assert value == np.float32(train(Experiment())["Momentum"].gradient[49, 0])
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
