"""Every kind of problem on the real page: surfaces, many parameters, labels, restarts; and back to the line."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from components.settings import parsing
from components.settings.table import DEFAULTS
from optim import Experiment, arrival, train
from tests.browser.lab import button, choice, on_view, seek, shows, switch, until, words, write

ASKS = re.compile("/ask/run")
RUN = "() => lab.state.run"


def pose(page: Page, **changes) -> Experiment:
    """Ask for a problem as the form does, and wait until it is shown; returns its experiment."""
    page.evaluate("(changes) => lab.settings.set(changes, 'problem')", changes)
    wanted = parsing.parse(DEFAULTS | changes, changed="problem").experiment
    shows(page, run=wanted)
    return wanted


def titles(page: Page, panel: str) -> list[str]:
    """The titles of a panel's y axes, from the top."""
    page.evaluate("() => lab.draw()")
    return page.evaluate(
        """(panel) => {
            const { graph: { _fullLayout: layout } } = lab.boards.get(panel);
            return Object.keys(layout).filter((key) => /^yaxis\\d*$/.test(key)).map((key) => layout[key].title.text);
        }""",
        panel,
    )


def levels(page: Page) -> tuple[list, list, list]:
    """Places and texts of the labels of Landscape's level lines, once they are this problem's."""
    until(page, """() => { const { figure, answers } = lab.boards.get("landscape");
                           return answers === lab.state.run && !figure.classList.contains("stale"); }""")
    labels = page.evaluate(
        """() => lab.boards.get("landscape").graph._fullData.filter(({ type }) => type === "scatter")
            .map(({ x, y, text }) => [[...x], [...y], [...text]])[0]""")
    return tuple(labels)


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def heads(page: Page) -> list[str]:
    return page.locator("#readout thead th").all_inner_texts()


def test_a_surface_has_steps_and_values_and_its_whole_view(page):
    rosenbrock = pose(page, problem="rosenbrock")
    seek(page, 400)
    run = train(rosenbrock)["Adam"]
    there = arrival(run, rosenbrock.floor, 0.01)[0]
    expect(page.locator("#sentence")).to_contain_text(f"Both Adams were there after {there} steps")
    seek(page, 0)
    expect(page.locator("#sentence")).to_have_text(
        "Four methods look for the end of this bent valley. Which is there first, and which stays?")
    seek(page, 400)
    expect(page.locator("#step-text")).to_have_text("step 400 of 1,000")
    expect(page.locator("#epoch-text")).to_be_empty()
    expect(page.locator("#says-loss")).to_contain_text("value; ")
    expect(page.locator("#ranges")).to_contain_text("first 20")
    assert heads(page)[1:4] == ["x", "y", "Value"]
    cells = page.locator("#readout tbody tr").nth(2).locator("td").all_inner_texts()
    assert [number(text) for text in cells[:3]] == pytest.approx([*run.params[400], run.loss[400]], rel=1e-3)
    assert [on_view(page, "landscape", axis) for axis in ("xaxis", "yaxis")] == [[-2, 2], [-1, 3]]
    for x, y, text in zip(*levels(page), strict=True):
        assert float(rosenbrock.loss([x, y])) == pytest.approx(number(text), rel=0.02)
    page.get_by_role("button", name="first 100", exact=True).click()
    assert page.evaluate("() => lab.state.range") == [0, 100]


def test_a_surface_below_zero_is_drawn_above_its_lowest_known_value(page):
    deep = pose(page, problem="styblinski-tang")
    expect(page.locator("#says-loss")).to_contain_text("value above the lowest known, −78.3; ")
    low, high = (10**end for end in on_view(page, "loss", "yaxis"))
    assert high == pytest.approx(3 * (float(deep.loss(deep.start)) - deep.floor))
    ends = [run.loss[-1] - deep.floor for run in train(deep).values()]
    assert low <= max(min(ends), 1e-13 * high) < high / 100
    values = [number(text) for text in levels(page)[2]]
    assert min(values) < 0
    for x, y, text in zip(*levels(page), strict=True):
        assert float(deep.loss([x, y])) == pytest.approx(number(text), rel=0.02, abs=0.5)
    switch(page, "Logarithmic loss").click()
    expect(page.locator("#says-loss")).to_contain_text("value; ")
    low, high = on_view(page, "loss", "yaxis")
    assert low < deep.floor < float(deep.loss(deep.start)) < high


def test_without_a_lowest_value_nothing_is_said_of_one(page):
    saddle = pose(page, problem="saddle")
    expect(switch(page, "Logarithmic loss")).to_be_disabled()
    expect(switch(page, "Logarithmic loss")).to_have_attribute("aria-checked", "false")
    expect(button(page, "Optimum")).to_be_disabled()
    seek(page, saddle.steps)
    for row in page.locator("#readout tbody tr").all():
        reached, stays = row.locator("td").all_inner_texts()[4:6]
        assert (reached, stays) == ("", "")
    low, high = on_view(page, "loss", "yaxis")
    assert low < -4 < 2.25 < high
    for x, y, text in zip(*levels(page), strict=True):
        assert x * x - y * y == pytest.approx(number(text), abs=0.02)
    pose(page, problem="line")
    expect(switch(page, "Logarithmic loss")).to_be_enabled()
    expect(switch(page, "Logarithmic loss")).to_have_attribute("aria-checked", "true")


def test_a_polynomial_has_a_strip_each_and_a_choice_of_planes(page):
    expect(choice(page, "Plane")).to_be_hidden()
    cubic = pose(page, problem="polynomial", degree=3)
    assert titles(page, "parameters") == ["c0", "c1", "c2", "c3"]
    assert heads(page)[1:5] == ["c0", "c1", "c2", "c3"]
    assert page.evaluate("() => lab.state.ghost") is None
    share = page.evaluate("() => lab.state.run.plane.share")
    assert f"shows {100 * share:.3g} % of the movement" in words(page, "landscape")
    choice(page, "Plane").select_option("c1 and c3")
    assert "the other parameters at the minimum" in words(page, "landscape")
    assert {"c1", "c3"} <= set(words(page, "landscape"))
    for x, y, text in zip(*levels(page), strict=True):
        at = cubic.optimum.copy()
        at[[1, 3]] = x, y
        assert float(cubic.loss(at)) == pytest.approx(number(text), rel=0.02)
    run = train(cubic)["Adam with annealing"]
    drawn = page.evaluate(
        "(row) => lab.slices.of(lab.state.run, lab.state).values(3).map((one) => one[row])", 100)
    step = page.evaluate("() => lab.state.run.stepOf(100)")
    assert drawn == pytest.approx(run.params[step][[1, 3]], rel=1e-6)
    pose(page, problem="line")
    assert titles(page, "parameters") == ["a", "b"]
    expect(choice(page, "Plane")).to_be_hidden()


def test_without_a_known_minimum_the_true_parameters_are_the_reference(page):
    """Noise takes the minimum of a curve that is not linear away from the true parameters, to where nobody knows."""
    pose(page, problem="sine", noise=1)
    assert page.evaluate("() => lab.state.run.optimum") is None
    expect(button(page, "Optimum")).to_be_disabled()
    choice(page, "Plane").select_option("a and b")
    assert "the other parameters at the true parameters" in words(page, "landscape")
    point = page.evaluate("() => lab.slices.of(lab.state.run, lab.state).params(7, 8)")
    assert point == pytest.approx([7, 8, 0.5])


def test_the_run_from_before_lies_in_the_plane_of_the_run_on_view(page):
    pose(page, problem="sine")
    write(page, "Learning rate (Adam)", "0.02")
    until(page, "() => lab.state.ghost && document.body.dataset.state === 'ready'")
    plane, start, drawn = page.evaluate(
        """() => { const { run, ghost } = lab.state, view = lab.slices.of(run, lab.state);
                   return [run.plane, run.start, view.values(2, ghost).map((one) => one[40])]; }""")
    before = train(Experiment("sine"))["Adam"].params[40]
    assert drawn == pytest.approx(np.array(plane["directions"]) @ (before - plane["origin"]), abs=1e-5)
    assert start == [1, 1, 0]


def test_a_network_shows_four_parameters_at_a_time_and_asks_for_the_gradient_that_is_chosen(page):
    network = pose(page, problem="network", units=8)
    assert titles(page, "parameters") == ["w1", "w2", "w3", "w4"]
    choice(page, "Parameters on view").select_option("b1 to b4")
    assert titles(page, "parameters") == heads(page)[1:5] == ["b1", "b2", "b3", "b4"]
    held = []
    page.route(ASKS, lambda route: held.append(route))
    with page.expect_request(ASKS):
        choice(page, "Gradient parameter").select_option("v2")
    assert words(page, "gradients") == ["Asking for the gradients of v2…"]
    held.pop().continue_()
    page.unroute(ASKS)
    until(page, "() => lab.state.run.watched === 17")
    shows(page, run=network)
    assert "Asking for the gradients of v2…" not in words(page, "gradients")
    assert page.evaluate("() => lab.state.ghost") is None
    write(page, "Noise", "0.1")
    until(page, "() => document.body.dataset.state === 'ready' && lab.settings.values.noise === 0.1")
    assert page.evaluate(RUN + ".watched") == 17
    choice(page, "Gradient parameter").select_option("v1")
    until(page, "() => lab.state.run.watched === 16")
    assert page.evaluate("() => lab.state.ghost.hash") == network.digest
    choice(page, "Plane").select_option("two parameters")
    choice(page, "Second parameter").select_option("v1")
    assert page.evaluate("() => lab.state.plane") == "0,16"
    choice(page, "First parameter").select_option("v1")
    assert page.evaluate("() => lab.state.plane") == "16,17"
    assert page.evaluate("() => document.querySelector('#readout-box').scrollWidth - innerWidth") < 0


def test_labels_are_fitted_by_their_cross_entropy(page):
    labels = pose(page, problem="logistic-regression")
    expect(page.locator("#sentence")).to_contain_text("look for the border between the labels of these 30 points.")
    expect(page.locator("#says-loss")).to_contain_text(f"cross-entropy above the lowest possible, {labels.floor:.3g}; ")
    expect(page.locator("#says-fit")).to_contain_text("P(y = 1) = sigmoid(a x + b)")
    points = np.random.default_rng(0).uniform(-5, 5, (20, 2))
    losses = page.evaluate("(points) => points.map((at) => lab.losses.loss(lab.state.run, at))", points.tolist())
    assert losses == pytest.approx([float(labels.loss(at)) for at in points], rel=1e-9)
    for x, y, text in zip(*levels(page), strict=True):
        assert float(labels.loss([x, y])) == pytest.approx(number(text), rel=0.02)


def test_snapshots_are_marked_on_three_panels(page):
    write(page, "Annealing period (epochs)", "10")
    shows(page, run=parsing.parse(DEFAULTS | {"period": 10}).experiment)
    seek(page, 1500)
    for panel, strips in (("loss", 1), ("parameters", 2), ("landscape", 1)):
        assert marks(page, panel) == 5 * strips, panel
    assert marks(page, "rate") == 0


def marks(page: Page, panel: str) -> int:
    """How many diamonds of snapshots a panel draws in a picture."""
    return page.evaluate(
        """(panel) => {
            const { ctx } = lab.boards.get(panel), { snapshot } = lab.marks;
            let drawn = 0;
            lab.marks.snapshot = (to, ...more) => { if (to === ctx) drawn += 1; snapshot(to, ...more); };
            lab.draw();
            lab.marks.snapshot = snapshot;
            return drawn;
        }""",
        panel,
    )


def test_another_problem_forgets_zooms_planes_and_the_run_before(page):
    box = page.locator('.panel[data-panel="landscape"] .nsewdrag').first.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 160, steps=4)
    page.mouse.up()
    until(page, "() => lab.boards.get('landscape').zoomed")
    write(page, "Noise", "2")
    until(page, "() => lab.state.ghost && document.body.dataset.state === 'ready'")
    pose(page, problem="himmelblau")
    shows(page, step=30)
    assert not page.evaluate("() => lab.boards.get('landscape').zoomed")
    assert page.evaluate("() => lab.state.ghost") is None
    assert on_view(page, "landscape", "xaxis") == [-5.5, 5.5]
    write(page, "Learning rate (Adam)", "0.5")
    until(page, "() => lab.state.ghost !== null")


def test_another_problem_is_at_its_start_where_the_page_is_and_early_where_it_is_under_way(page):
    seek(page, 0)
    pose(page, problem="himmelblau")
    shows(page, step=0)
    expect(page.locator("#sentence")).to_contain_text("?")
    seek(page, 100)
    rosenbrock = pose(page, problem="rosenbrock")
    shows(page, step=30)
    seek(page, rosenbrock.steps)
    end = pose(page, problem="line")
    shows(page, step=end.steps)


def test_a_single_parameter_has_its_loss_for_a_landscape(page):
    slope = pose(page, problem="own", formula="a*x")
    until(page, """() => {
        const { answers, graph } = lab.boards.get("landscape");
        return answers === lab.state.run && graph._fullData.length > 0;  // the view of a curve comes when it is wanted
    }""")
    x, y = page.evaluate(
        "() => { const [{ x, y }] = lab.boards.get('landscape').graph._fullData; return [[...x], [...y]]; }")
    assert y == pytest.approx([float(slope.loss([a])) for a in x])
    assert {"a", "loss"} <= set(words(page, "landscape"))
    assert titles(page, "parameters") == ["a"]
    run = train(slope)["SGD"]
    assert page.evaluate("() => lab.slices.of(lab.state.run, lab.state).values(0).map((one) => one[9])") == (
        pytest.approx([run.params[9, 0], run.loss[9]], rel=1e-6))


def test_only_what_has_parameters_of_the_same_meaning_is_a_ghost(page):
    move = "([changes, key]) => lab.settings.set(changes, key)"
    there = "([model, ghost]) => lab.state.run.model === model && Boolean(lab.state.ghost) === ghost"
    for changes, key, model, ghost in (
        ({"problem": "polynomial"}, "problem", "polynomial-3", False),
        ({"epochs": 40}, "epochs", "polynomial-3", True),
        ({"scaled": "yes"}, "scaled", "polynomial-3-scaled", False),
        ({"problem": "ravine", "condition": 50}, "problem", "ravine-50", False),
        ({"condition": 20}, "condition", "ravine-20", True),
    ):
        page.evaluate(move, [changes, key])
        until(page, there, [model, ghost])


def test_points_of_another_size_have_their_own_level_lines_at_once(page):
    """Plotly fails on contours that the new axes would shrink below a pixel; the old ones must not stay."""
    page.evaluate("() => lab.settings.set({ data: '1 2\\n2 4.1\\n3 6.2' }, 'data')")
    shows(page, run=parsing.parse(DEFAULTS | {"data": "1 2\n2 4.1\n3 6.2"}, changed="data").experiment)
    levels(page)
    page.evaluate("() => lab.settings.set({ data: '1000 2\\n2000 4.1\\n3000 6.2' }, 'data')")
    large = parsing.parse(DEFAULTS | {"data": "1000 2\n2000 4.1\n3000 6.2"}, changed="data").experiment
    shows(page, run=large)
    x, y, texts = levels(page)
    assert texts
    for a, b, text in zip(x, y, texts, strict=True):
        assert large.loss([a, b]) == pytest.approx(number(text), rel=1e-3)


def test_a_minimum_off_the_plane_cannot_be_looked_at_closely(page):
    pose(page, problem="network")
    expect(button(page, "Optimum")).to_be_disabled()
    choice(page, "Plane").select_option("0,1")
    expect(button(page, "Optimum")).to_be_enabled()


CROSSES = """(panel) => {
    const { ctx, graph } = lab.boards.get(panel), { cross } = lab.marks, drawn = [];
    const f = lab.axes.frame(graph, "yaxis3") ?? lab.axes.frame(graph); // of two rows the lower one
    lab.marks.cross = (to, style, x, y) => { if (to === ctx) drawn.push(y); cross(to, style, x, y); };
    lab.draw();
    lab.marks.cross = cross;
    return drawn.map((y) => (panel === "rate" ? y - f.y(0.5) : panel === "loss" ? y - f.top : f.bottom - y));
}"""


def test_a_method_that_has_diverged_is_named_in_every_panel_and_its_cross_suggests_no_rate(page):
    wild = parsing.parse(DEFAULTS | {"lr": 0.5}).experiment
    page.evaluate("() => lab.settings.set({ lr: 0.5 }, 'lr')")
    shows(page, run=wild)
    seek(page, wild.steps)
    lost = page.evaluate("""() => lab.state.run.contestants.filter((one) => one.diverged)
        .map((one) => `${one.label} diverged at step ${one.diverged.at}`)""")
    assert len(lost) == 2
    assert set(lost) <= set(words(page, "gradients"))
    choice(page, "Gradient view").select_option("last 90 steps")
    assert set(lost) <= set(words(page, "gradients"))
    choice(page, "Gradient view").select_option("all epochs")
    assert page.evaluate(CROSSES, "rate") == pytest.approx([0, 0], abs=0.5)  # at the last rate that both used
    assert page.evaluate(CROSSES, "loss") == page.evaluate(CROSSES, "gradients") == [9, 9]  # no value: at an edge
    choice(page, "Gradient method").select_option("Adam")
    assert page.evaluate(CROSSES, "gradients") == []


def test_a_method_that_will_diverge_is_named_once_while_it_is_on_its_way(page):
    run = parsing.parse(DEFAULTS | {"lr": 0.03}).experiment
    page.evaluate("() => lab.settings.set({ lr: 0.03 }, 'lr')")
    shows(page, run=run)
    first, second = page.evaluate("() => lab.state.run.contestants.flatMap(({ diverged }) => diverged?.at ?? [])")
    page.evaluate("() => lab.onView.set.open('loss')")
    seek(page, (first + second) // 2)
    said = " ".join(words(page, "loss"))
    assert said.count("SGD") == said.count("Momentum") == 1
    assert said.count("diverged") == 1


def test_the_mark_of_the_start_covers_no_number_of_an_axis(page):
    seek(page, 0)
    for panel in ("loss", "parameters", "rate"):
        numbers, start = page.evaluate("""(panel) => {
            const { graph } = lab.boards.get(panel), { left } = graph.getBoundingClientRect();
            const ends = [...graph.querySelectorAll(".ytick text")].map((one) => one.getBoundingClientRect().right);
            return [Math.max(...ends) - left, lab.axes.frame(graph).x(0)];
        }""", panel)
        assert numbers < start - 7, panel  # a diamond's half, and the paper around it
