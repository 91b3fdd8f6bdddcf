"""Where the methods start: with its tool a click into Landscape moves it, a drag zooms, a double click goes back."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import apart, button, choice, double_click, drag, experiment, on_view, shows, until, write

TOOL = "Move the start"
VALUES = "() => [lab.settings.values.start_a, lab.settings.values.start_b]"


@pytest.fixture
def page(page):
    """The page with the tool in hand."""
    button(page, TOOL).click()
    return page


def click(page, x, y):
    """Click at shares of Landscape's width and height; the two values there, from its axes."""
    box = page.locator("[data-panel=landscape] .nsewdrag").first.bounding_box()
    (a0, a1), (b0, b1) = on_view(page, "landscape"), on_view(page, "landscape", "yaxis")
    page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    return (a0 + x * (a1 - a0), (a1 - a0) / box["width"]), (b1 - y * (b1 - b0), (b1 - b0) / box["height"])


def calm(page):
    """Wait until contours cover what is on view and each panel answers: the page is free for two quick presses."""
    until(page, """() => [...lab.boards.values()].filter((board) => board.figure.offsetParent).every((board) => {
        const { name, graph, figure, answers } = board;
        if (name !== "landscape") return answers === lab.state.run;
        return graph.data[0]?.x?.[0] === lab.axes.frame(graph).xRange[0] && !figure.classList.contains("stale");
    })""")


def ranges(page):
    return on_view(page, "landscape"), on_view(page, "landscape", "yaxis")


def test_a_click_moves_the_start_in_the_digits_a_pixel_can_tell_and_the_form_follows(page):
    before = ranges(page)
    for place in ((0.7, 0.3), (0.25, 0.65)):
        expected = click(page, *place)
        until(page, "() => document.body.dataset.state === 'ready' && !lab.state.run.start.every((v) => v === 1)")
        for name, (value, pixel) in zip(("field-start_a", "field-start_b"), expected, strict=True):
            near = "([name, value, off]) => Math.abs(Number(document.getElementById(name).value) - value) <= off"
            until(page, near, [name, value, 1.5 * pixel])
        values = page.evaluate(VALUES)
        shows(page, run=experiment(start_a=values[0], start_b=values[1]))
        assert len(f"{values[0]}".lstrip("-").replace(".", "")) <= 4
        assert page.evaluate("() => lab.state.run.start") == values
        assert ranges(page) == before, "what was clicked stays where it is"
        apart(page)


def test_a_stray_click_moves_nothing_and_nothing_says_that_it_would(page):
    for let_go in (button(page, TOOL).click, lambda: page.keyboard.press("Escape")):
        let_go()
        expect(button(page, TOOL)).to_have_attribute("aria-pressed", "false")
        click(page, 0.7, 0.3)
        expect(page.locator("#hover")).to_be_hidden()
        expect(page.locator("#notice")).to_be_empty()
        assert page.evaluate(VALUES) == [1, 1]
        shows(page, run=experiment())
        apart(page)
        button(page, TOOL).click()
    click(page, 0.7, 0.3)
    until(page, "() => document.body.dataset.state === 'ready' && lab.state.run.start[0] !== 1")


def test_each_move_says_so_and_is_taken_back_by_a_button(page):
    click(page, 0.7, 0.3)
    until(page, "() => document.body.dataset.state === 'ready' && lab.state.run.start[0] !== 1")
    a, b = page.evaluate(VALUES)
    expect(page.locator("#notice")).to_contain_text(f"The start is now a {a:g}, b {b:g}.".replace("-", "−"))
    page.keyboard.press("Tab")
    button(page, "Undo").last.click()
    shows(page, run=experiment())
    assert page.evaluate(VALUES) == [1, 1]
    expect(page.locator("#notice")).to_be_empty()


def test_the_tool_is_there_where_the_start_can_be_moved(page, open_page):
    for link, there in (("/?lock=start_a", False), ("/?lock=lr", True)):
        other = open_page(path=link)
        expect(button(other, TOOL)).to_be_visible(visible=there)


def test_a_drag_zooms_and_does_not_move_the_start(page):
    before = ranges(page)
    drag(page, "landscape", (0.3, 0.3), (0.7, 0.7))
    until(page, "() => lab.boards.get('landscape').zoomed")
    low, high = ranges(page)[0]
    assert before[0][0] < low < high < before[0][1]
    assert page.evaluate(VALUES) == [1, 1]
    calm(page)
    double_click(page, "landscape")
    shows(page, run=experiment())
    until(page, "() => !lab.boards.get('landscape').zoomed")
    assert ranges(page) == before
    assert page.evaluate(VALUES) == [1, 1], "nor does a double click"


def test_a_double_click_takes_back_its_own_first_press_and_no_earlier_one(page):
    page.evaluate("() => lab.settings.set({ problem: 'sine' }, 'problem')")
    until(page, "() => lab.state.run.family === 'sine' && document.body.dataset.state === 'ready'")
    choice(page, "Plane").select_option("0,2")
    click(page, 0.6, 0.8)
    until(page, "() => lab.settings.values.start && document.body.dataset.state === 'ready'")
    page.evaluate("() => lab.settings.set({ start: '2, 1, 0' }, 'start')")
    until(page, "() => lab.state.run.start.join() === '2,1,0' && document.body.dataset.state === 'ready'")
    choice(page, "Plane").select_option("main")
    calm(page)
    double_click(page, "landscape")
    assert page.evaluate("() => lab.settings.values.start") == "2, 1, 0"


def test_a_double_click_gives_back_the_run_s_own_ranges_and_leaves_the_start_clicked_before(page):
    click(page, 0.8, 0.6)
    until(page, "() => document.body.dataset.state === 'ready' && lab.state.run.start[0] !== 1")
    chosen, kept = page.evaluate(VALUES), ranges(page)
    shows(page, run=experiment(start_a=chosen[0], start_b=chosen[1]))
    page.mouse.move(0, 0)
    calm(page)
    double_click(page, "landscape")
    shows(page, run=experiment(start_a=chosen[0], start_b=chosen[1]))
    assert page.evaluate(VALUES) == chosen
    assert ranges(page) != kept
    assert ranges(page)[0] == pytest.approx(page.evaluate("() => lab.state.run.axes.landscape[0]"))


def test_a_preset_has_its_own_ranges_again(page):
    kept = ranges(page)
    click(page, 0.8, 0.6)
    until(page, "() => document.body.dataset.state === 'ready' && lab.state.run.start[0] !== 1")
    assert ranges(page) == kept
    button(page, "Reset").click()
    shows(page, run=experiment())
    assert not page.evaluate("() => lab.boards.get('landscape').zoomed")


def test_on_a_surface_it_is_the_text_of_the_start(page):
    page.evaluate("() => lab.settings.set({ problem: 'himmelblau' }, 'problem')")
    until(page, "() => lab.state.run.isSurface && document.body.dataset.state === 'ready'")
    (x, dx), (y, dy) = click(page, 0.3, 0.6)
    until(page, "() => lab.state.run.start[0] < 0 && document.body.dataset.state === 'ready'")
    start = page.evaluate("() => lab.state.run.start")
    assert start == [pytest.approx(x, abs=1.5 * dx), pytest.approx(y, abs=1.5 * dy)]
    assert [float(one) for one in page.evaluate("() => lab.settings.values.start").split(",")] == start


def test_of_many_parameters_it_moves_the_two_of_the_plane_and_none_in_the_main_directions(page):
    page.evaluate("() => lab.settings.set({ problem: 'sine' }, 'problem')")
    until(page, "() => lab.state.run.parameters.length === 3 && document.body.dataset.state === 'ready'")
    start = page.evaluate("() => lab.state.run.start")
    click(page, 0.6, 0.8)
    expect(page.locator("#hover")).to_be_hidden()
    assert page.evaluate("() => lab.settings.values.start") in ("", ", ".join(f"{value:g}" for value in start))
    choice(page, "Plane").select_option("0,2")
    apart(page)
    (x, dx), (y, dy) = click(page, 0.6, 0.8)
    until(page, "(x) => lab.state.run.start[0] !== x && document.body.dataset.state === 'ready'", start[0])
    moved = page.evaluate("() => lab.state.run.start")
    assert moved == [pytest.approx(x, abs=1.5 * dx), start[1], pytest.approx(y, abs=1.5 * dy)]


def test_a_start_of_49_numbers_fits_into_the_form(page):
    page.evaluate("() => lab.settings.set({ problem: 'network', units: 16 }, 'problem')")
    until(page, "() => lab.state.run.parameters.length === 49 && document.body.dataset.state === 'ready'")
    choice(page, "Plane").select_option("0,1")
    start = page.evaluate("() => lab.state.run.start")
    calm(page)
    (x, dx), (y, dy) = click(page, 0.6, 0.4)
    until(page, "(x) => lab.state.run.start[0] !== x && document.body.dataset.state === 'ready'", start[0])
    moved = page.evaluate("() => lab.state.run.start")
    assert moved[:2] == [pytest.approx(x, abs=1.5 * dx), pytest.approx(y, abs=1.5 * dy)]
    assert moved[2:] == pytest.approx(start[2:], rel=1e-5)
    assert all(len(one.strip()) <= 12 for one in page.evaluate("() => lab.settings.values.start").split(","))


def test_the_pointer_says_what_a_click_does(page):
    box = page.locator("[data-panel=landscape] .nsewdrag").first.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    expect(page.locator("#hover")).to_contain_text("Click: start here")
    expect(page.locator("[data-panel=landscape] .nsewdrag").first).to_have_css("cursor", "pointer")
    page.mouse.move(0, 0)
    expect(page.locator("#hover")).to_be_hidden()
    page.keyboard.press("Escape")
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    expect(page.locator("[data-panel=landscape] .nsewdrag").first).to_have_css("cursor", "crosshair")
    expect(page.locator("#hover")).to_be_hidden()


def test_in_the_main_directions_it_says_where_the_start_can_be_moved(page):
    page.evaluate("() => lab.settings.set({ problem: 'sine' }, 'problem')")
    until(page, "() => lab.state.run.family === 'sine' && document.body.dataset.state === 'ready'")
    box = page.locator("[data-panel=landscape] .nsewdrag").first.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    expect(page.locator("#hover")).to_have_text("To move the start, choose two parameters as the plane")
    page.mouse.move(0, 0)
    expect(page.locator("#hover")).to_be_hidden()


def test_the_start_is_a_ring_in_landscape_that_follows_the_fields(page):
    ring = """() => {
        const { canvas, graph } = lab.boards.get("landscape"), { prototype } = CanvasRenderingContext2D;
        const { arc } = prototype, f = lab.axes.frame(graph), { start } = lab.state.run, seen = [];
        prototype.arc = function (x, y, ...more) {
            if (this.canvas === canvas) seen.push(Math.hypot(x - f.x(start[0]), y - f.y(start[1])));
            arc.call(this, x, y, ...more);
        };
        lab.draw();
        prototype.arc = arc;
        return Math.min(...seen);
    }"""
    assert page.evaluate(ring) == pytest.approx(0, abs=1e-6)
    page.get_by_text("True line and start").click()
    write(page, "Start a", "4")
    shows(page, run=experiment(start_a=4))
    assert page.evaluate("() => lab.state.run.start") == [4, 1]
    assert page.evaluate(ring) == pytest.approx(0, abs=1e-6)
