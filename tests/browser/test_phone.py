"""A phone: Fit above, one panel by tab below it, sentence and transport fixed, one setting above the transport."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import FORM_SLIDERS, button, experiment, field, figure, painted, shows, slider, step
from tests.browser.pages import PHONE

TABS = {
    "Loss": "loss",
    "Landscape": "landscape",
    "Parameters": "parameters",
    "Gradients": "gradients",
    "Learning rate": "rate",
}


@pytest.fixture
def phone(open_page):
    return open_page(size=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


def on_screen(page, node):
    box = node.bounding_box()
    return (
        box is not None
        and box["x"] >= -1
        and box["y"] >= -1
        and box["x"] + box["width"] <= PHONE["width"] + 1
        and box["y"] + box["height"] <= PHONE["height"] + 1
    )


def test_fit_stands_above_one_panel_chosen_by_tab(phone):
    page, fit = phone, figure(phone, "Fit")
    expect(page.get_by_role("figure")).to_have_count(2)
    expect(page.get_by_role("tab")).to_have_text([*TABS, "Readout"])
    for title, panel in TABS.items():
        page.get_by_role("tab", name=title, exact=True).tap()
        expect(page.get_by_role("tab", selected=True)).to_have_text(title)
        below = figure(page, title)
        expect(below).to_be_visible()
        expect(page.get_by_role("figure")).to_have_count(2)
        assert on_screen(page, fit)
        assert on_screen(page, below)
        assert fit.bounding_box()["y"] + fit.bounding_box()["height"] <= below.bounding_box()["y"]
        page.evaluate("() => lab.draw()")
        assert painted(page, panel)[0] > 1_000
    page.get_by_role("tab", name="Readout", exact=True).tap()
    expect(page.get_by_role("table", name="Readout")).to_be_visible()
    expect(page.get_by_role("switch", name="Adam", exact=True)).to_be_visible()


def test_sentence_and_transport_are_always_on_view_and_nothing_scrolls_sideways(phone):
    page = phone
    wide = "() => document.scrollingElement.scrollWidth - innerWidth"
    for tab in (*TABS, "Readout"):
        page.get_by_role("tab", name=tab, exact=True).tap()
        assert page.evaluate(wide) <= 0
        page.evaluate("() => scrollTo(0, 10_000)")
        for node in (
            page.locator("#sentence"),
            page.get_by_role("slider", name="Step", exact=True),
            *(button(page, name) for name in ("Restart", "Step back", "Play", "Step forward", "End")),
        ):
            assert on_screen(page, node)


def test_the_transport_plays_by_touch(phone):
    page = phone
    button(page, "Step forward").tap()
    shows(page, step=31)
    button(page, "Play").tap()
    shows(page, playing=True)
    button(page, "Pause").tap()
    shows(page, playing=False)
    button(page, "End").tap()
    shows(page, step=1500)
    page.locator("#options > summary").tap()
    expect(page.get_by_role("combobox", name="Speed")).to_be_visible()
    assert on_screen(page, page.get_by_role("combobox", name="Speed"))


def test_picking_a_setting_shows_that_slider_above_the_transport_with_the_picture_in_view(phone):
    page = phone
    chooser = page.get_by_role("combobox", name="Setting", exact=True)
    transport = page.get_by_role("slider", name="Step", exact=True)
    for setting in FORM_SLIDERS.values():
        chooser.select_option(setting.label)
        expect(page.locator("#settings").get_by_role("slider")).to_have_count(1)
        thumb = slider(page, setting.label)
        for node in (thumb, field(page, setting.label), figure(page, "Fit"), figure(page, "Loss")):
            assert on_screen(page, node), setting.label
        assert thumb.bounding_box()["y"] < transport.bounding_box()["y"]
        assert figure(page, "Loss").bounding_box()["height"] >= 120
    chooser.select_option("Data seed")
    slider(page, "Data seed").press("ArrowRight")
    shows(page, run=experiment(seed=8))
    assert step(page) == 30


def test_a_finger_finds_its_targets(phone):
    """Buttons of the transport are at least 24 px, the least that WCAG 2.2 (2.5.8) allows."""
    page = phone
    for name in ("Restart", "Step back", "Play", "Step forward", "End"):
        box = button(page, name).bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_an_enlarged_panel_fills_the_phone_and_leads_back(phone):
    page = phone
    before = figure(page, "Loss").bounding_box()
    button(page, "Enlarge Loss").tap()
    expect(page.get_by_role("figure")).to_have_count(1)
    assert figure(page, "Loss").bounding_box()["height"] > 1.5 * before["height"]
    assert on_screen(page, button(page, "Play"))
    button(page, "Back to all panels").tap()
    expect(page.get_by_role("figure")).to_have_count(2)
    assert figure(page, "Loss").bounding_box() == before
