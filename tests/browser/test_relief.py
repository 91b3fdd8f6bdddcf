"""The three-dimensional view: its geometry against closed forms, its heights in words, turning it, playing in it."""

import math
from itertools import product

import numpy as np
import pytest
from playwright.sync_api import expect

from optim import SURFACES
from tests.browser.lab import LABELS, button, figure, painted, picture, seek, shows, step, switch, until, words
from tests.browser.pages import DESKTOP, PHONE

FRAME = {"left": 40, "right": 340, "top": 10, "bottom": 250}
FITTED = """() => {
    const { canvas } = lab.boards.get("landscape");
    return canvas.clientWidth > 0 && document.querySelector(".relief").hidden === false;
}"""


def open_relief(page):
    button(page, "3-D").click()
    until(page, "() => lab.surfaceView && !document.body.dataset.coming")  # it comes when it is first wanted
    expect(figure(page, "Landscape")).to_be_visible()
    until(page, FITTED)
    return page.get_by_role("application", name="Loss surface in 3-D")


def axes(page):
    """What is written around the box: names, ticks and heights, as the surface is painted anew."""
    return page.evaluate(
        """() => {
            const { prototype } = CanvasRenderingContext2D, write = prototype.fillText, said = [];
            prototype.fillText = function (text, ...more) {
                if (!this.canvas.isConnected) said.push(text);
                write.call(this, text, ...more);
            };
            lab.surfaceView.reset();
            lab.surfaceView.turn(0.01, 0);
            lab.draw();
            prototype.fillText = write;
            lab.surfaceView.reset();
            return said;
        }"""
    )


def boxes(page, turn):
    """Of what is written around the box after a turn: the text, left, right and middle, in px."""
    return page.evaluate(
        """(turn) => {
            const { prototype } = CanvasRenderingContext2D, write = prototype.fillText, said = [];
            prototype.fillText = function (text, x, y) {
                if (!this.canvas.isConnected) {
                    const wide = this.measureText(text).width;
                    const part = { left: 0, center: 0.5, right: 1 }[this.textAlign];
                    said.push([text, x - part * wide, x + (1 - part) * wide, y]);
                }
                write.call(this, text, x, y);
            };
            lab.surfaceView.reset();
            lab.surfaceView.turn(...turn);
            lab.draw();
            prototype.fillText = write;
            return said;
        }""",
        list(turn),
    )


def test_the_names_of_the_axes_meet_no_number(page):
    open_relief(page)
    for turn in product((0.01, 0.4, 0.8, 1.2, 1.6, 2.4, 3.2, 4.0, 4.8, 5.6), (-0.4, 0, 0.4)):
        written = boxes(page, turn)
        for name, left, right, middle in (one for one in written if one[0] in ("a", "b")):
            near = [text for text, start, end, y in written
                    if text != name and start < right + 1 and left < end + 1 and abs(y - middle) < 11]
            assert near == [], (turn, name)


def view(page):
    return page.evaluate("() => lab.surfaceView.view")


@pytest.fixture
def solid(page):
    """A page with what draws in three dimensions, which comes when it is first wanted."""
    page.evaluate(
        """async () => {
            const parts = ["camera", "paths", "heights"].map((name) => lab.module(`panels/surface/${name}.js`));
            window.solid = Object.assign({}, ...(await Promise.all(parts)));
        }"""
    )
    return page


# ---- geometry --------------------------------------------------------------------------------------------------------


def projected(turn, tilt, point):
    """Right, up and depth of a point as seen by an eye 5.5 away, in units of the box (a pinhole camera's equations)."""
    towards = np.array([math.cos(tilt) * math.cos(turn), math.cos(tilt) * math.sin(turn), math.sin(tilt)])
    right = np.array([-math.sin(turn), math.cos(turn), 0.0])
    up = np.cross(towards, right)
    depth = float(towards @ point)
    scale = 5.5 / (5.5 - depth)
    return float(right @ point) * scale, float(up @ point) * scale, depth


@pytest.mark.parametrize(("turn", "tilt"), [(0, 0.2), (0.7, 0.66), (-2.1, 1.2), (3, 1.56)])
def test_the_camera_is_a_pinhole_and_the_box_fits_its_frame_at_one_size_whatever_the_turn(solid, turn, tilt):
    points = [[0, 0, 0], [1, -1, 0.4], [-1, 0.5, -0.4], [0.3, 0.2, 0.1]]
    seen = solid.evaluate(
        """([turn, tilt, frame, points]) => {
            const camera = solid.projection.camera({ turn, tilt }, 0.4, frame);
            return { places: points.map((one) => camera.place(...one)), size: camera.size, eye: camera.eye };
        }""",
        [turn, tilt, FRAME, points],
    )
    origin = seen["places"][0]
    for point, (x, y, depth) in zip(points, seen["places"], strict=True):
        right, up, nearness = projected(turn, tilt, np.array(point))
        assert x - origin[0] == pytest.approx(seen["size"] * right, abs=1e-9)
        assert origin[1] - y == pytest.approx(seen["size"] * up, abs=1e-9)
        assert depth == pytest.approx(nearness, abs=1e-12)
    assert np.linalg.norm(seen["eye"]) == pytest.approx(5.5)
    corners = solid.evaluate(
        """([tilt, frame]) => Array.from({ length: 24 }, (_, i) => i * 0.27).flatMap((turn) => {
            const camera = solid.projection.camera({ turn, tilt }, 0.4, frame);
            const { size, place } = camera, ends = [-0.4, 0.4];
            return solid.projection.CORNERS.flatMap(([x, y]) => ends.map((z) => [...place(x, y, z), size]));
        })""",
        [tilt, FRAME],
    )
    assert all(FRAME["left"] - 0.5 <= x <= FRAME["right"] + 0.5 for x, *_ in corners)
    assert all(FRAME["top"] - 0.5 <= y <= FRAME["bottom"] + 0.5 for _, y, *_ in corners)
    assert {round(size, 6) for *_, size in corners} == {round(seen["size"], 6)}


def test_cells_are_painted_from_the_far_to_the_near(solid):
    order = "([n, eye]) => solid.projection.farFirst(n, eye)"
    assert solid.evaluate(order, [5, 3]) == [0, 1, 2, 3, 4]
    assert solid.evaluate(order, [5, -3]) == [4, 3, 2, 1, 0]
    assert solid.evaluate(order, [4, -0.2]) == [3, 0, 2, 1]


def test_what_a_wall_hides_ends_on_the_ray_over_its_top(solid):
    """Behind a wall of height h, a from the eye's foot, the horizon b from it is h - (e - h) (b - a) / a."""
    side, wall, height, eye = 41, 30, 0.3, [4.0, 0.0, 2.0]
    heights = np.zeros((side, side))
    heights[:, wall] = height
    found = solid.evaluate(
        """([heights, side, eye]) => {
            const found = [...solid.projection.horizon(Float32Array.from(heights), side, eye)];
            return found.map((height) => (Number.isFinite(height) ? height : null));
        }""",
        [heights.ravel().tolist(), side, eye],
    )
    row = np.array(found, dtype=object).reshape(side, side)[side // 2]
    x = np.linspace(-1, 1, side)
    a = eye[0] - x[wall]
    for i in range(wall):
        b, cell = eye[0] - x[i], x[1] - x[0]
        over_wall = height - (eye[2] - height) * (b - a) / a
        over_ground = -eye[2] * cell / (b - cell)
        assert row[i] == pytest.approx(max(over_wall, over_ground), abs=1e-5)
    assert row[side - 1] is None, "nothing stands between the near edge and the eye"


def test_a_path_is_cut_at_the_box_and_lies_on_the_surface(solid):
    within = "(ends) => solid.surfacePaths.within(...ends)"
    assert solid.evaluate(within, [-2, 0, 2, 0]) == pytest.approx([0.25, 0.75])
    assert solid.evaluate(within, [0, 0, 0.5, 3]) == pytest.approx([0, 1 / 3])
    assert solid.evaluate(within, [-2, 2, 2, 2]) is None
    assert solid.evaluate(within, [0, 0, 0, 0]) == [0, 1]
    grid = [1, 2, 3, 4, 5, 6, 7, 8, 9]  # x + 3 y around 5, which between() has exactly
    at = "([grid, x, y]) => solid.projection.between(grid, 3, x, y)"
    for x, y in ((0, 0), (-1, -1), (0.25, -0.5), (1, 1)):
        assert solid.evaluate(at, [grid, x, y]) == pytest.approx(5 + x + 3 * y, abs=1e-4)


def test_heights_are_the_loss_itself_or_a_logarithm_that_is_said_in_words(solid):
    """The logarithm puts the median near half the height: its unit is 1 or 3 times a power of ten."""
    scale = """(values) => {
        const { words, height } = solid.heights.scale(Float64Array.from(values));
        return [words("loss"), values.map(height)];
    }"""
    assert solid.evaluate(scale, [0, 1, 2, 3, 4]) == ["loss", [0, 0.25, 0.5, 0.75, 1]]
    assert solid.evaluate(scale, [2, 2, 2]) == ["loss", [0.5, 0.5, 0.5]]
    steep = np.array([0.0, 1, 10, 100, 10000])
    words, heights = solid.evaluate(scale, steep.tolist())
    assert words == "log(1 + loss/0.01)"
    assert heights == pytest.approx((np.log1p(steep / 0.01) / np.log1p(1e6)).tolist())
    words, heights = solid.evaluate(scale, (steep - 78.33).tolist())
    assert words == "log(1 + (loss + 79)/0.01)", "in numbers that can be read and are exact"
    bent = np.log1p((steep + 0.67) / 0.01)
    assert heights == pytest.approx(((bent - bent[0]) / (bent[-1] - bent[0])).tolist())
    above = np.array([2.0, 2.1, 2.2, 30, 40])
    words, heights = solid.evaluate(scale, above.tolist())
    assert words == "log(loss)"
    assert heights == pytest.approx((np.log(above / 2) / np.log(20)).tolist())


# ---- the view --------------------------------------------------------------------------------------------------------


def test_landscape_has_it_on_request_and_fit_stays(page):
    before = picture(page, "landscape")
    open_relief(page)
    expect(button(page, "3-D")).to_have_attribute("aria-checked", "true")
    expect(page.locator("#says-landscape")).to_contain_text("height: loss")
    said = " ".join(words(page, "landscape"))
    assert all(label in said for label in LABELS)
    assert {"a", "b", "0", "1,000"} <= set(axes(page))
    expect(page.locator("#graph-landscape .js-plotly-plot")).to_be_hidden()
    button(page, "2-D").click()
    expect(figure(page, "Fit")).to_be_visible()
    expect(page.locator("#graph-landscape .js-plotly-plot")).to_be_visible()
    expect(page.locator("#says-landscape")).to_contain_text("dots: steps")
    assert picture(page, "landscape") == before
    button(page, "3-D").click()
    button(page, "Enlarge Landscape").click()
    expect(page.get_by_role("figure")).to_have_count(1)
    until(page, "() => lab.boards.get('landscape').canvas.clientWidth > 700")
    large, _ = painted(page, "landscape")
    button(page, "Back to the other panels").click()
    until(page, "() => lab.boards.get('landscape').canvas.clientWidth < 500")
    assert large > 3 * painted(page, "landscape")[0]


def test_arrow_keys_turn_it_only_while_it_has_the_focus(page):
    hand = open_relief(page)
    rested, seen = view(page), picture(page, "landscape")
    hand.focus()
    keys = {"ArrowRight": ("turn", -1), "ArrowUp": ("tilt", 1), "ArrowLeft": ("turn", 1), "ArrowDown": ("tilt", -1)}
    for key, (name, sign) in keys.items():
        before = view(page)
        hand.press(key)
        assert view(page)[name] - before[name] == pytest.approx(sign * math.radians(5)), key
        assert step(page) == 30, key
    assert view(page)["turn"] == pytest.approx(rested["turn"])
    hand.press("Shift+ArrowLeft")
    assert view(page)["turn"] - rested["turn"] == pytest.approx(math.radians(15))
    until(page, "() => lab.surfaceView.view.turning === false")
    assert picture(page, "landscape") != seen
    hand.press("Home")
    assert view(page) == rested
    assert step(page) == 30
    assert picture(page, "landscape") == seen
    page.locator(":focus").blur()
    page.keyboard.press("ArrowRight")
    shows(page, step=31)
    assert view(page) == rested


def test_a_drag_turns_it_and_a_double_click_turns_it_back(page):
    hand = open_relief(page)
    rested, seen = view(page), picture(page, "landscape")
    box = hand.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 20, steps=4)
    held = view(page)
    assert held["turning"]
    assert held["turn"] > rested["turn"] + 0.5
    assert held["tilt"] > rested["tilt"] + 0.1
    page.mouse.up()
    assert not view(page)["turning"]
    assert picture(page, "landscape") != seen
    page.mouse.move(x + 60, y)
    assert view(page) == {**held, "turning": False}, "a pointer that is not pressed turns nothing"
    page.mouse.wheel(0, 300)
    assert view(page) == {**held, "turning": False}, "the wheel is the page's"
    page.mouse.dblclick(x, y)
    assert view(page) == rested
    assert picture(page, "landscape") == seen


def test_one_never_looks_from_below_and_hidden_methods_are_still_named(page):
    hand = open_relief(page)
    hand.focus()
    for _ in range(6):
        hand.press("Shift+ArrowDown")
    assert 0 < view(page)["tilt"] < 0.2
    until(page, "() => lab.surfaceView.view.turning === false")  # names wait until the camera rests
    said = " ".join(words(page, "landscape"))
    assert all(label in said for label in LABELS)
    for _ in range(12):
        hand.press("Shift+ArrowUp")
    assert 1.4 < view(page)["tilt"] < math.pi / 2


def test_playing_moves_heads_over_a_picture_that_is_painted_once(page):
    open_relief(page)
    seek(page, 300)
    anew = "() => { lab.surfaceView.turn(0.01, 0); lab.surfaceView.reset(); }"  # a trail drawn in one go has no joints
    page.evaluate(anew)
    before = picture(page, "landscape")
    fills = page.evaluate(
        """() => {
            const { prototype } = CanvasRenderingContext2D, { fill } = prototype, counts = [];
            let n = 0;
            prototype.fill = function (...path) { n += 1; fill.apply(this, path); };
            lab.surfaceView.turn(0.01, 0);
            lab.draw();
            counts.push(n);
            n = 0;
            lab.state.playing = true;
            for (let k = 300; k < 340; k++) lab.seek(k);
            lab.state.playing = false;
            prototype.fill = fill;
            lab.surfaceView.reset();
            return [...counts, n / 40];
        }"""
    )
    assert fills[0] > 3_000, "turned, every cell is painted"
    assert fills[1] < 100, "a step paints the heads alone"
    seek(page, 300)
    page.evaluate(anew)
    assert picture(page, "landscape") == before
    seek(page, 900)
    assert picture(page, "landscape") != before


def test_it_stands_on_what_landscape_shows(page):
    open_relief(page)
    ranges = "() => lab.surfaceView.terrain(lab.state).ranges"
    wide = page.evaluate(ranges)
    button(page, "Optimum").click()
    close = page.evaluate(ranges)
    assert close == page.evaluate("() => lab.state.run.axes.close")
    assert wide[0][0] < close[0][0] < close[0][1] < wide[0][1]


def test_a_diverged_run_and_one_from_before_the_change_are_drawn(page):
    open_relief(page)
    button(page, "Try").click()
    page.get_by_role("menuitem", name="Too hot").click()
    shows(page, state="ready")
    until(page, "() => lab.state.run.contestants[0].diverged && lab.state.ghost")
    page.keyboard.press("End")
    said = " ".join(words(page, "landscape"))
    assert "Adam" in said
    assert "SGD" not in said
    assert "thin dashes: before the change" in said


def test_a_surface_has_it_on_request_with_its_minima_and_the_height_in_words_and_fit_says_that_there_are_no_data(page):
    page.evaluate("() => lab.settings.set({ problem: 'himmelblau' }, 'problem')")
    until(page, "() => lab.state.run.isSurface && document.body.dataset.state === 'ready'")
    expect(page.locator("#graph-fit .js-plotly-plot")).to_be_hidden()
    assert "A surface has no data to fit." in words(page, "fit")
    open_relief(page)
    expect(page.locator("#says-landscape")).to_contain_text("height: log(1 + value/30)")
    assert {"x", "y"} <= set(axes(page))
    assert page.evaluate("() => lab.minima.of(lab.state.run).map(({ lowest }) => lowest)") == [True] * 4
    page.evaluate("() => lab.settings.set({ problem: 'styblinski-tang' }, 'problem')")
    until(page, "() => lab.state.run.family === 'styblinski-tang' && document.body.dataset.state === 'ready'")
    assert page.evaluate("() => lab.minima.of(lab.state.run).filter(({ lowest }) => lowest).length") == 1
    page.evaluate("() => lab.settings.set({ problem: 'line' }, 'problem')")
    until(page, "() => !lab.state.run.isSurface && document.body.dataset.state === 'ready'")
    expect(page.locator("#graph-fit .js-plotly-plot")).to_be_visible()
    expect(button(page, "3-D")).to_be_visible()


@pytest.mark.parametrize("name", SURFACES)
def test_every_surface_stands_so_that_start_minima_and_most_of_the_path_are_seen(page, name):
    page.evaluate("(name) => lab.settings.set({ problem: name }, 'problem')", name.removesuffix("-30"))
    until(page, "(name) => lab.state.run.model === name && document.body.dataset.state === 'ready'", name)
    open_relief(page)
    # Drawn once for sure: it stands as it is drawn first.
    seen, path, *_ = page.evaluate("() => { lab.draw(); return lab.surfaceView.clear(lab.state); }")
    assert seen == 1, "start and the lowest minima"
    assert path > 0.6


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_it_is_drawn_in_the_dark_and_on_a_phone_where_a_finger_turns_it(open_page, size, scheme):
    page = open_page(size=size, scheme=scheme, has_touch=True, path="/?on=landscape")
    hand = open_relief(page)
    pixels, _ = painted(page, "landscape")
    assert pixels > 15_000
    before, box = view(page), hand.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    for kind, dx in (("touchStart", 0), ("touchMove", -20), ("touchMove", -40)):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + dx, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert view(page)["turn"] - before["turn"] == pytest.approx(40 * 0.011, rel=0.3)
    assert not view(page)["turning"]
    if size is DESKTOP:
        seen = picture(page, "landscape")
        switch(page, "Dark").click()
        assert picture(page, "landscape") != seen
