"""Basins and the rate finder: coarse and fine, given up and stopped, pressed and walked, saved, small and dark."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import button, experiment, figure, painted, shows, until, write
from tests.browser.pages import PHONE
from tests.browser.test_explore import foot, streamed, whole
from tests.browser.test_files import saved
from tests.browser.test_links import says

BOWLS = "problem=himmelblau&epochs=60"
"""Four minima, and runs that take little time."""


@pytest.fixture
def basins(open_page):
    """The page with the maps alone on view, all of them there."""
    page = open_page(path=f"/?{BOWLS}&on=basins")
    whole(page, "Basins")
    return page


@pytest.fixture
def finder(open_page):
    """The page with the rate finder alone on view, all of it there."""
    page = open_page(path="/?on=finder")
    whole(page, "Rate finder")
    return page


def cell(page, place, share):
    """Where a share of the map of a method is on the page, in px."""
    return page.evaluate(
        """async ([place, [u, v]]) => {
            const { answer } = await lab.module("explore/basins/answer.js");
            const { axes } = await lab.module("plot/axes.js");
            const { graph } = lab.boards.get("basins"), { plan } = answer.lying(answer.told(), lab.state, graph);
            const [x, y] = answer.axesOf(place, plan.columns), f = axes.frame(graph, y, x);
            const { left, top } = graph.getBoundingClientRect();
            return [left + f.left + u * f.width, top + f.bottom - v * f.height];
        }""", [place, share])


def test_maps_come_from_the_menu_coarse_first_and_say_what_they_are(open_page):
    page = open_page(path=f"/?{BOWLS}")
    done = streamed(page, "Basins", "basins")
    expect(foot(page, "Basins").locator(".done")).to_have_text("16,384 runs")
    assert {4 * 16**2, 4 * 32**2} < set(done)
    assert painted(page, "basins")[0] > 10_000
    expect(page.locator("#says-basins")).to_contain_text("grey: at none after 60 steps")
    button(page, "Numbers").click()
    table = page.get_by_role("region", name="Basins in numbers").get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Method", "A", "B", "C", "D", "None", "Diverged"])
    expect(table.get_by_role("rowheader")).to_have_text(["SGD", "Momentum", "Adam", "Adam with annealing"])
    share = re.compile(r"[\d.]+ % \([\d.]+ to [\d.]+\)")
    expect(table.get_by_role("row", name=re.compile("^SGD"))).to_contain_text(share)
    expect(table.locator("caption")).to_contain_text("A at x 3, y 2, loss 0")


WRITTEN = """(panel) => {
    const board = lab.boards.get(panel), own = [board, ...Object.values(board.layers)].map(({ canvas }) => canvas);
    const { prototype } = CanvasRenderingContext2D, write = prototype.fillText, all = [];
    prototype.fillText = function (text, x, y, ...more) {
        const { width } = this.measureText(text), share = { center: 0.5, right: 1, end: 1 }[this.textAlign] ?? 0;
        const high = parseFloat(this.font.match(/([\\d.]+)px/)[1]);
        const [left, right, top, bottom] = [x - share * width, x + (1 - share) * width, y - 0.4 * high, y + 0.4 * high];
        if (text && own.includes(this.canvas)) all.push({ text, left, right, top, bottom });
        write.call(this, text, x, y, ...more);
    };
    board.dirty = true;
    lab.draw();
    prototype.fillText = write;
    const wide = board.canvas.clientWidth, found = [];
    all.forEach((one, i) => {
        if (one.left < 0 || one.right > wide) found.push(`cut: ${one.text}`);
        for (const other of all.slice(i + 1)) {
            const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
            const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
            if (one.text !== other.text && across > 1 && down > 1) found.push(`${one.text} over ${other.text}`);
        }
    });
    return { all: all.map(({ text }) => text), found };
}"""
"""What is written on a panel, and what of it is cut or lies over something else."""


def test_beside_another_panel_on_a_projector_maps_are_large_and_nothing_lies_over_anything(open_page):
    page = open_page(path=f"/?{BOWLS}&on=landscape,basins&size=projector", size={"width": 1280, "height": 720})
    whole(page, "Basins")
    expect(figure(page, "Basins").locator(".foot-tools")).to_be_hidden()
    for size, least in (((1280, 720), (190, 90)), ((1024, 768), (130, 80))):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        until(page, """([width, least]) => {
            const { _fullLayout: { width: drawn, xaxis, yaxis } } = lab.boards.get("basins").graph;
            return innerWidth === width && drawn < width / 2 && xaxis._length > least[0] && yaxis._length > least[1];
        }""", [size[0], least])
        written = page.evaluate(WRITTEN, "basins")
        assert "SGD" in written["all"]
        assert written["found"] == []
    button(page, "Change").click()
    expect(figure(page, "Basins").locator(".foot-tools")).to_be_visible()


def test_a_start_shows_its_path_and_all_methods_start_where_it_is_pressed_or_entered(basins):
    asked = []
    basins.on("request", lambda request: asked.append(request.url))
    x, y = cell(basins, 3, [0.8, 0.2])
    basins.mouse.move(x, y)
    thumb = basins.locator(".thumb")
    expect(thumb).to_contain_text(re.compile("Adam with annealing (ends at|is at none)"))
    expect(thumb.locator("canvas")).to_have_attribute("data-drawn", "true")
    basins.mouse.down()
    basins.mouse.up()
    expect(basins.locator("#notice")).to_contain_text("The start is now x 3.")
    until(basins, "() => lab.state.run.start[0] > 3 && lab.state.run.start[1] < -3")
    assert not [url for url in asked if url.endswith("ask/basins")], "the maps are the same wherever the start is"
    button(basins, "Undo").click()
    until(basins, "() => lab.state.run.start[0] === 1.75")

    cells = basins.get_by_role("application", name=re.compile("^Cells of the map"))
    expect(cells).to_have_attribute("aria-label", re.compile("another map, Enter starts there$"))
    cells.focus()
    said = figure(basins, "Basins").locator(".plot .unseen[role=status]")
    expect(said).to_contain_text("SGD ")
    basins.keyboard.press("PageDown")
    expect(said).to_contain_text("Momentum ")
    before = said.inner_text()
    basins.keyboard.press("Shift+ArrowUp")
    expect(said).not_to_have_text(before)
    basins.keyboard.press("Enter")
    expect(basins.locator("#notice")).to_contain_text("The start is now")
    until(basins, "() => lab.state.run.start[1] > 0")
    assert not [url for url in asked if url.endswith("ask/basins")]


def test_a_start_that_is_locked_is_not_moved(open_page):
    page = open_page(path=f"/?{BOWLS}&on=basins&lock=start")
    whole(page, "Basins")
    cells = page.get_by_role("application", name=re.compile("^Cells of the map"))
    start = "() => lab.settings.values.start"
    before = page.evaluate(start)
    cells.focus()
    expect(cells).not_to_have_attribute("aria-label", re.compile("Enter"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.mouse.click(*cell(page, 0, [0.2, 0.2]))
    expect(page.locator("#notice")).not_to_contain_text("The start is now")
    assert page.evaluate(start) == before  # which a press would change at once
    assert page.evaluate("() => lab.state.run.start") == [1.75, -0.5]


def test_fewer_methods_have_larger_maps_and_another_setting_asks_anew(basins):
    width = "() => lab.boards.get('basins').graph._fullLayout.xaxis._length"
    before = basins.evaluate(width)
    asked = []
    basins.on("request", lambda request: asked.append(request.url))
    for name in ("Momentum", "Adam"):
        basins.get_by_role("switch", name=name, exact=True).click()
    until(basins, f"(before) => ({width})() > 1.2 * before", before)
    assert not [url for url in asked if url.endswith("ask/basins")]
    write(basins, "Steps", "40")
    shows(basins, state="ready")
    until(basins, "() => lab.state.run.steps === 40")
    expect(basins.locator("#says-basins")).to_contain_text("after 40 steps")
    whole(basins, "Basins")
    assert [url for url in asked if url.endswith("ask/basins")]


def test_a_problem_of_other_parameters_has_one_clear_sentence(open_page):
    page = open_page(path="/?problem=sine&on=basins")
    expect(foot(page, "Basins")).to_have_attribute("data-is", "failed")
    why = figure(page, "Basins").locator(".why")
    expect(why).to_be_visible()
    expect(why).to_contain_text("needs two parameters, and this problem has 3")
    expect(foot(page, "Basins").get_by_role("button", name="CSV", exact=True)).to_be_disabled()


def test_maps_are_linked_saved_given_up_stopped_and_asked_again(basins):
    says(basins, on="basins", problem="himmelblau", epochs="60")
    name, data = saved(basins, "CSV")
    rows = list(csv.reader(io.StringIO(data.decode())))
    assert (name, len(rows)) == ("descent-lab-basins.csv", 1 + 4 * 64 * 64)
    assert rows[0] == ["method", "x", "y", "ends at"]
    assert {row[3] for row in rows[1:]} <= {"A", "B", "C", "D", "none", "diverged"}
    name, data = saved(basins, "Picture")
    assert (name[:19], data[:4]) == ("descent-lab-basins-"[:19], b"\x89PNG")
    button(basins, "Code").click()
    expect(basins.get_by_role("dialog", name="The code")).to_contain_text("basins(experiment, bounds, 64)")
    basins.keyboard.press("Escape")
    basins.route("**/ask/basins", lambda route: None)
    write(basins, "Steps", "30")
    line = foot(basins, "Basins")
    expect(line).to_have_attribute("data-is", "asked")
    with basins.expect_event("requestfailed", lambda one: "ask/basins" in one.url):
        write(basins, "Steps", "20")
    until(basins, "() => lab.state.run.steps === 20")
    expect(line).to_have_attribute("data-is", "asked")
    line.get_by_role("button", name="Stop", exact=True).click()
    expect(line).to_have_attribute("data-is", "stopped")
    basins.unroute_all(behavior="ignoreErrors")
    line.get_by_role("button", name="Again", exact=True).click()
    whole(basins, "Basins")


def test_the_finder_comes_from_the_menu_a_method_after_the_other_and_compares(plain):
    done = streamed(plain, "Rate finder", "finder")
    expect(foot(plain, "Rate finder").locator(".done")).to_have_text("968 runs")
    assert {1, 2, 3, 4, 4 + 124} < set(done)
    assert painted(plain, "finder")[0] > 1_000
    expect(plain.locator("#says-finder")).to_have_text(
        "SGD suggests 0.0023; the sweep’s best is 0.012, 5.1 times higher.")


def test_a_suggestion_is_taken_in_the_table_by_its_mark_and_the_line_is_dragged(finder):
    button(finder, "Numbers").click()
    row = finder.get_by_role("region", name="Rate finder in numbers").get_by_role("row", name=re.compile("^Momentum"))
    expect(row).to_contain_text("Momentum suggests 0.0038")
    row.get_by_role("button", name="Use this rate").click()
    expect(finder.locator("#notice")).to_contain_text("Momentum now has the learning rate 0.00378")
    shows(finder, run=experiment(lr=0.00378))
    expect(row.get_by_role("cell").nth(4)).to_have_text("0.00378")
    expect(row.get_by_role("button", name="Use this rate")).to_be_focused()
    button(finder, "Numbers").click()
    x, y = finder.evaluate("""() => {
        const { graph } = lab.boards.get("finder"), { left, top } = graph.getBoundingClientRect();
        return lab.module("explore/finder/paint.js").then(async ({ painting }) => {
            const { axes } = await lab.module("plot/axes.js"), { inquiries } = await lab.module("explore/inquiry.js");
            const { x, y } = painting.spot(axes.frame(graph), inquiries.told("finder").tests[0]);
            return [left + x, top + y];
        });
    }""")
    finder.mouse.move(x, y)
    expect(finder.locator("#hover")).to_contain_text("Press: SGD takes 0.00231")
    finder.mouse.down()
    finder.mouse.up()
    shows(finder, run=experiment(lr=0.00231))
    line = finder.get_by_role("slider", name="Learning rate of SGD, Momentum")
    expect(line).to_have_attribute("aria-valuenow", "0.00231")
    line.focus()
    finder.keyboard.press("ArrowRight")
    expect(line).not_to_have_attribute("aria-valuenow", "0.00231")
    expect(foot(finder, "Rate finder")).to_have_attribute("data-is", "whole")


def test_the_finder_is_linked_saved_and_asked_anew_by_what_matters(finder):
    says(finder, on="finder")
    name, data = saved(finder, "CSV")
    rows = list(csv.reader(io.StringIO(data.decode())))
    assert (name, len(rows)) == ("descent-lab-finder.csv", 1 + 750)
    assert rows[0][:4] == ["step", "learning rate", "Loss: SGD", "mean: SGD"]
    name, data = saved(finder, "Picture")
    assert (name[:23], data[:4]) == ("descent-lab-rate-finder", b"\x89PNG")
    with finder.expect_request("**/ask/finder"):
        write(finder, "Data seed", "8")
    shows(finder, run=experiment(seed=8))
    whole(finder, "Rate finder")
    button(finder, "Code").click()
    expect(finder.get_by_role("dialog", name="The code")).to_contain_text("rate_test(experiment, one.label, epochs=50)")


@pytest.mark.parametrize(("name", "title", "query"), [
    ("basins", "Basins", f"{BOWLS}&"), ("finder", "Rate finder", "")])
def test_on_a_phone_and_in_the_dark(open_page, name, title, query):
    page = open_page(path=f"/?{query}on={name}", size=PHONE, scheme="dark", has_touch=True, is_mobile=True)
    whole(page, title)
    for tool in ("Numbers", "CSV", "Picture", "Code"):
        box = foot(page, title).get_by_role("button", name=tool, exact=True).bounding_box()
        assert box["x"] + box["width"] <= PHONE["width"]
    assert painted(page, name)[0] > 1_000
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
