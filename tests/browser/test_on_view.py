"""The set of panels: pressed on and off, laid out by number and width, made larger, remembered, linked."""

import pytest
from playwright.sync_api import expect

from components.page.theme import SCHEMES
from components.panels import HEADS
from tests.browser.lab import PANELS, button, experiment, figure, painted, resize, seek, shows, switch, until
from tests.browser.pages import DESKTOP, ready
from tests.browser.test_links import says

TITLES = [head.heading for head in HEADS.values()]
OPENING = TITLES[:3]


def titles(page):
    figures = page.get_by_role("main").get_by_role("figure")
    return [node.get_by_role("heading").inner_text() for node in figures.all()]


def show(page, title):
    page.get_by_role("toolbar", name="Panels on view").get_by_role("button", name=title, exact=True).click()


def box(page, title):
    return figure(page, title).bounding_box()


def test_a_press_puts_a_panel_on_and_it_is_painted_at_once(plain):
    seek(plain, 300)
    for title, name in (("Landscape", "landscape"), ("Gradients", "gradients"), ("Learning rate", "rate")):
        show(plain, title)
        ready(plain)  # Landscape's modules come when it is first wanted
        assert painted(plain, name)[0] > 1_000
        expect(figure(plain, title)).to_be_visible()
    assert titles(plain) == TITLES
    show(plain, "Fit")
    assert titles(plain) == TITLES[1:]
    for title in TITLES[1:]:
        show(plain, title)
    assert titles(plain) == ["Learning rate"], "one stays"


STANDING = "() => [...lab.boards.values()].filter(({ graph }) => graph._fullLayout).map(({ name }) => name)"


def test_plotly_draws_a_panel_when_it_is_on_view_first_and_in_the_colours_of_then(open_page):
    page = open_page(plain=True)
    assert page.evaluate(STANDING) == ["fit", "loss", "parameters"]
    switch(page, "Dark").click()
    show(page, "Learning rate")
    assert page.evaluate(STANDING) == ["fit", "loss", "parameters", "rate"]
    colour, range_ = page.evaluate("""() => {
        const { graph } = lab.boards.get("rate"), { template, xaxis } = graph._fullLayout;
        return [template.layout.font.color, xaxis.range];
    }""")
    assert colour == SCHEMES["dark"].ink
    assert range_ == page.evaluate("() => lab.boards.get('loss').graph._fullLayout.xaxis.range")


def test_what_is_not_on_view_is_not_painted(plain):
    plain.evaluate("""() => {
        window.drawn = new Set();
        for (const panel of Object.values(lab.panels)) {
            const { paint } = panel;
            panel.paint = (...all) => { window.drawn.add(panel.name); paint(...all); };
        }
    }""")
    seek(plain, 200)
    assert set(plain.evaluate("() => [...drawn]")) == {"fit", "loss", "parameters"}
    show(plain, "Gradients")
    seek(plain, 300)
    assert set(plain.evaluate("() => [...drawn]")) == {"fit", "loss", "parameters", "gradients"}


def test_one_press_shows_all_six_and_the_choice_is_remembered(plain, address):
    button(plain, "All").click()
    assert titles(plain) == TITLES
    says(plain, on=",".join(PANELS), step="0")
    plain.goto(f"{address}/")
    ready(plain)
    assert titles(plain) == TITLES
    plain.goto(f"{address}/?lr=.01")
    ready(plain)
    assert titles(plain) == OPENING, "a link opens the same for everybody"
    plain.goto(f"{address}/")
    ready(plain)
    plain.keyboard.press("0")
    assert titles(plain) == OPENING
    plain.goto(f"{address}/")
    ready(plain)
    assert titles(plain) == OPENING


LAYOUTS = {
    # panels in their order: columns and rows in the grid, and which is larger
    1: (["Fit"], 1, 1),
    2: (["Fit", "Loss"], 2, 1),
    3: (OPENING, 2, 2),
    4: (TITLES[:4], 2, 2),
    5: (TITLES[:5], 3, 2),
    6: (TITLES, 3, 2),
}


@pytest.mark.parametrize("count", LAYOUTS)
def test_the_grid_lays_itself_out_from_the_number(plain, count):
    shown, columns, rows = LAYOUTS[count]
    names = dict(zip(TITLES, PANELS, strict=True))
    plain.evaluate("(text) => lab.onView.set.open(text)", ",".join(names[title] for title in shown))
    assert titles(plain) == shown
    boxes = [box(plain, title) for title in shown]
    assert len({round(one["x"]) for one in boxes}) == columns
    assert len({round(one["y"]) for one in boxes}) == rows
    place = plain.locator("#panels").bounding_box()
    covered = sum((one["width"] + 8) * (one["height"] + 8) for one in boxes)
    assert covered == pytest.approx((place["width"] + 8) * (place["height"] + 8), rel=0.01), "no hole"
    assert all(one["width"] >= 300 and one["height"] >= 220 for one in boxes)


def test_a_tablet_has_the_first_of_three_over_both_columns(plain):
    resize(plain, {"width": 820, "height": 1180})
    try:
        fit, loss, parameters = (box(plain, title) for title in OPENING)
        assert fit["width"] > 1.9 * loss["width"]
        assert loss["y"] == parameters["y"] > fit["y"]
    finally:
        plain.set_viewport_size(DESKTOP)


def test_a_panel_is_made_larger_by_keys_buttons_and_its_corner(plain):
    show(plain, "Landscape")
    small = box(plain, "Loss")
    corner = button(plain, "Size and view of Loss")
    corner.focus()
    corner.press("ArrowRight")
    wide = box(plain, "Loss")
    assert wide["width"] > 1.9 * small["width"]
    shows(plain, step=0)
    corner.press("ArrowDown")
    assert box(plain, "Loss")["height"] > 1.9 * box(plain, "Fit")["height"]
    says(plain, on="fit,parameters,loss,landscape", spans="loss.2x2", step="0")
    corner.press("ArrowUp")
    corner.press("ArrowLeft")
    corner.click()
    plain.get_by_role("group", name="Size of Loss").get_by_role("button", name="Wider").click()
    assert box(plain, "Loss")["width"] > 1.9 * box(plain, "Fit")["width"]
    plain.get_by_role("group", name="Size of Loss").get_by_role("button", name="Usual sizes").click()
    assert box(plain, "Loss") == small
    at, fit = button(plain, "Size and view of Fit").bounding_box(), box(plain, "Fit")
    plain.mouse.move(at["x"] + 12, at["y"] + 12)
    plain.mouse.down()
    plain.mouse.move(fit["x"] + 1.9 * fit["width"], at["y"] + 12, steps=4)
    plain.mouse.up()
    assert box(plain, "Fit")["width"] > 1.9 * fit["width"]
    until(plain, """() => {
        const { canvas, graph } = lab.boards.get("fit");
        return canvas.clientWidth === graph.clientWidth && graph._fullLayout.width === graph.clientWidth;
    }""")
    says(plain, on="fit,parameters,loss,landscape", spans="fit.2x1", step="0")
    plain.reload()
    ready(plain)
    assert box(plain, "Fit")["width"] > 1.9 * fit["width"], "a link says it"


def test_links_of_before_open_what_they_showed(plain, address):
    for link, shown in (("panel=loss", ["Loss"]), ("tab=gradients", ["Fit", "Gradients"]),
                        ("panels=fit,landscape", ["Fit", "Landscape"]), ("lr=.01", OPENING)):
        plain.goto(f"{address}/?{link}")
        ready(plain)
        assert titles(plain) == shown, link
        shows(plain, step=30)
    plain.goto(f"{address}/?panel=loss")
    ready(plain)
    button(plain, "Back to the other panels").click()
    assert titles(plain) == OPENING


def test_what_a_link_does_not_offer_cannot_be_put_on(plain, address):
    plain.goto(f"{address}/?panels=fit,loss,rate&on=rate")
    ready(plain)
    assert titles(plain) == ["Learning rate"]
    strip = plain.get_by_role("toolbar", name="Panels on view")
    expect(strip.get_by_role("button")).to_have_text(["Fit", "Loss", "Learning rate", "All"])
    button(plain, "All").click()
    assert titles(plain) == ["Fit", "Loss", "Learning rate"]
    plain.goto(f"{address}/?embed=1&panels=gradients")
    ready(plain)
    assert titles(plain) == ["Gradients"]
    expect(strip).to_be_hidden()


def test_a_projector_has_two_panels_no_form_and_a_row_of_chips(plain):
    plain.set_viewport_size({"width": 1280, "height": 720})
    try:
        switch(plain, "Projector").click()
        assert titles(plain) == ["Fit", "Parameters"]
        plain.keyboard.press("0")
        expect(plain.locator("#notice")).to_have_text("There is no room here for all panels at once.")
        assert titles(plain) == ["Fit", "Parameters"]
        for gone in ("#settings", "#show", "#readout-box", "#tools"):
            expect(plain.locator(gone)).to_be_hidden()
        chips = plain.locator("#chips > :visible")
        expect(chips).to_have_text([
            "y = a x + b", "30 points", "batch 1", "50 epochs", "SGD, Momentum 0.001", "Adam 1", "Change"])
        assert len({round(one.bounding_box()["y"] + one.bounding_box()["height"] / 2) for one in chips.all()}) == 1
        button(plain, "Change").click()
        expect(plain.locator("#settings")).to_be_visible()
        show(plain, "Loss")
        button(plain, "Change").click()
        assert titles(plain) == ["Fit", "Loss"]
        plain.set_viewport_size({"width": 1024, "height": 768})
        until(plain, "() => document.querySelectorAll('.chip-text:not([hidden])').length < 6")
        assert len({round(one.bounding_box()["y"] + one.bounding_box()["height"] / 2) for one in chips.all()}) == 1
        button(plain, "Change").click()
        switch(plain, "Projector").click()
    finally:
        plain.set_viewport_size(DESKTOP)


def test_beside_a_drawer_a_projector_has_one_panel_and_both_again_without_it(open_page):
    page = open_page(path="/?on=gradients,loss&size=projector", size={"width": 1280, "height": 720})
    assert titles(page) == ["Loss", "Gradients"]
    for drawer in ("Microscope", "Theory"):
        button(page, "Change").click()
        button(page, drawer).click()
        expect(figure(page, "Loss")).to_be_hidden()
        assert titles(page) == ["Gradients"]
        until(page, "() => lab.axes.frame(lab.boards.get('gradients').graph)?.width > 400")
        page.keyboard.press("Escape")
        button(page, "Change").click()
        expect(figure(page, "Loss")).to_be_visible()
        assert titles(page) == ["Loss", "Gradients"]


def test_below_1180_px_settings_are_a_drawer(plain):
    plain.set_viewport_size({"width": 1100, "height": 800})
    try:
        form = plain.locator("#settings")
        expect(form).to_be_hidden()
        wide = plain.locator("#panels").bounding_box()["width"]
        button(plain, "Settings").click()
        expect(form).to_be_visible()
        assert plain.locator("#panels").bounding_box()["width"] < wide - 200
        plain.keyboard.press("Escape")
        expect(form).to_be_hidden()
    finally:
        plain.set_viewport_size(DESKTOP)
    expect(plain.locator("#settings")).to_be_visible()


def test_on_a_surface_landscape_has_the_large_place_of_fit_until_there_are_data_again(plain):
    plain.evaluate("() => lab.settings.set({ problem: 'rosenbrock' }, 'problem')")
    until(plain, "() => lab.state.run.isSurface && document.body.dataset.state === 'ready'")
    expect(figure(plain, "Fit")).to_be_hidden()
    boxes = {name: figure(plain, name).bounding_box() for name in ("Landscape", "Loss", "Parameters")}
    large, above, below = boxes.values()
    assert large["x"] > above["x"] == below["x"], "on the right: the panels keep their order"
    assert large["y"] == pytest.approx(above["y"], abs=1)
    assert large["height"] > above["height"] + below["height"]
    plain.evaluate("() => lab.settings.set({ problem: 'line' }, 'problem')")
    until(plain, "() => !lab.state.run.isSurface && document.body.dataset.state === 'ready'")
    expect(figure(plain, "Fit")).to_be_visible()
    expect(figure(plain, "Landscape")).to_be_hidden()


def test_chips_of_a_projector_are_in_one_row_again_when_the_settings_are_closed(open_page):
    """Also where the run has become another meanwhile."""
    page = open_page(path="/?size=projector", size={"width": 1024, "height": 768})
    rows = """() => [...document.querySelectorAll("#chips > :not([hidden])")]
        .map(({ offsetTop, offsetHeight }) => offsetTop + offsetHeight / 2)"""
    before = len(page.evaluate(rows))
    button(page, "Change").click()
    page.evaluate("() => lab.settings.set({ epochs: 40 }, 'epochs')")
    shows(page, run=experiment(epochs=40))
    button(page, "Change").click()
    found = page.evaluate(rows)
    assert max(found) - min(found) <= 2
    assert len(found) == before > 2
