"""A phone: one panel, chosen from a strip, the sentence above it, the transport fixed below; one setting comes up."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.lab import FORM_SLIDERS, button, experiment, field, figure, painted, shows, slider, slowly, step
from tests.browser.pages import PHONE, ready

PANELS = {
    "Fit": "fit",
    "Loss": "loss",
    "Parameters": "parameters",
    "Landscape": "landscape",
    "Gradients": "gradients",
    "Learning rate": "rate",
}


@pytest.fixture
def phone(open_page):
    return open_page(size=PHONE, plain=True, has_touch=True, is_mobile=True, device_scale_factor=2)


def on_screen(page, node):
    box = node.bounding_box()
    return (
        box is not None
        and box["x"] >= -1
        and box["y"] >= -1
        and box["x"] + box["width"] <= PHONE["width"] + 1
        and box["y"] + box["height"] <= PHONE["height"] + 1
    )


def strip(page):
    return page.get_by_role("toolbar", name="Panels on view")


def test_one_panel_is_on_view_and_a_strip_chooses_which(phone):
    page = phone
    expect(page.get_by_role("figure")).to_have_count(1)
    expect(figure(page, "Fit")).to_be_visible()
    expect(strip(page).get_by_role("button")).to_have_text([*PANELS, "Explore"])
    for title, panel in PANELS.items():
        strip(page).get_by_role("button", name=title, exact=True).tap()
        expect(strip(page).get_by_role("button", pressed=True)).to_have_text([title])
        expect(page.get_by_role("figure")).to_have_count(1)
        assert on_screen(page, figure(page, title))
        assert figure(page, title).bounding_box()["height"] > 220
        ready(page).evaluate("() => lab.draw()")
        assert painted(page, panel)[0] > 1_000
        assert on_screen(page, strip(page).get_by_role("button", name=title, exact=True)), "the strip follows"
    strip(page).get_by_role("button", name="Learning rate", exact=True).tap()
    expect(figure(page, "Learning rate")).to_be_visible()


def test_the_readout_follows_below(phone):
    adam = phone.get_by_role("switch", name="Adam", exact=True)
    adam.scroll_into_view_if_needed()
    assert on_screen(phone, adam)
    adam.tap()
    expect(adam).to_have_attribute("aria-checked", "false")
    last = phone.locator("#readout-box")
    last.evaluate("(node) => node.scrollIntoView({ block: 'end' })")
    phone.evaluate("() => scrollTo(0, 10_000)")
    transport = phone.locator("#transport").bounding_box()
    assert last.bounding_box()["y"] + last.bounding_box()["height"] <= transport["y"] + 1, "nothing ends under it"


def test_the_transport_is_always_on_view_and_nothing_scrolls_sideways(phone):
    page = phone
    wide = "() => document.scrollingElement.scrollWidth - innerWidth"
    for title in PANELS:
        strip(page).get_by_role("button", name=title, exact=True).tap()
        expect(figure(page, title)).to_be_visible()
        assert page.evaluate(wide) <= 0
        for top in (10_000, 0):
            page.evaluate("(top) => scrollTo(0, top)", top)
            for node in (
                page.get_by_role("slider", name="Step", exact=True),
                *(button(page, name) for name in ("Restart", "Step back", "Play", "Step forward", "End")),
            ):
                assert on_screen(page, node)
        assert on_screen(page, page.locator("#sentence"))


@pytest.mark.parametrize("width", [PHONE["width"], 360])
def test_the_transport_has_three_rows(phone, width):
    page = phone
    page.set_viewport_size({"width": width, "height": PHONE["height"]})
    button(page, "End").tap()
    shows(page, step=1500)
    rows = [
        [button(page, name) for name in ("Restart", "Step back", "Play", "Step forward", "End")],
        [page.locator("#scrubber"), button(page, "Next event"), page.locator("#events > summary")],
        [page.locator("#where"), *page.locator("#ranges button").all(), page.locator("#options > summary")],
    ]
    below = 0
    for row in rows:
        boxes = [node.bounding_box() for node in row]
        assert min(box["y"] for box in boxes) >= below
        below = max(box["y"] + box["height"] for box in boxes)
        assert all(left["x"] + left["width"] <= right["x"] + 1 for left, right in pairwise(boxes))
    assert below <= PHONE["height"]


def test_lists_of_the_transport_open_on_the_screen(phone):
    for name in ("events", "options"):
        head, popup = phone.locator(f"#{name} > summary"), phone.locator(f"#{name} > .popup")
        head.tap()
        expect(popup).to_be_visible()
        assert on_screen(phone, popup)
        head.tap()
        expect(popup).to_be_hidden()


def test_the_transport_plays_by_touch(phone):
    page = phone
    button(page, "Step forward").tap()
    shows(page, step=1)
    slowly(page)
    button(page, "Play").tap()
    shows(page, playing=True)
    button(page, "Pause").tap()
    shows(page, playing=False)
    button(page, "End").tap()
    shows(page, step=1500)
    page.locator("#options > summary").tap()
    expect(page.get_by_role("combobox", name="Speed")).to_be_visible()
    assert on_screen(page, page.get_by_role("combobox", name="Speed"))


def test_settings_come_up_above_the_transport_one_at_a_time_with_the_picture_in_view(phone):
    page = phone
    expect(page.get_by_role("region", name="Settings")).to_have_count(0)
    button(page, "Settings").tap()
    chooser = page.get_by_role("combobox", name="Setting", exact=True)
    transport = page.get_by_role("slider", name="Step", exact=True)
    for setting in FORM_SLIDERS.values():
        chooser.select_option(setting.label)
        expect(page.locator("#settings").get_by_role("slider")).to_have_count(1)
        thumb = slider(page, setting.label)
        for node in (thumb, field(page, setting.label)):
            assert on_screen(page, node), setting.label
        assert thumb.bounding_box()["y"] < transport.bounding_box()["y"]
        fit, form = figure(page, "Fit").bounding_box(), page.locator("#settings").bounding_box()
        assert fit["y"] + fit["height"] <= form["y"] + 1
    chooser.select_option("Data seed")
    slider(page, "Data seed").press("ArrowRight")
    shows(page, run=experiment(seed=8))
    assert step(page) == 0
    button(page, "Settings").tap()
    expect(page.get_by_role("region", name="Settings")).to_have_count(0)


def test_tools_stand_in_a_menu(phone):
    expect(button(phone, "Lessons")).to_have_count(0)
    button(phone, "Menu").tap()
    for name in ("Lessons", "Microscope", "Theory", "Share"):
        assert on_screen(phone, button(phone, name))
    button(phone, "Theory").tap()
    expect(phone.get_by_role("region", name="Theory", exact=True)).to_be_visible()
    expect(button(phone, "Lessons")).to_have_count(0)


def test_a_finger_finds_its_targets(phone):
    """Of the transport and the strip: 44 px, as WCAG 2.2 (2.5.5) has it."""
    page = phone
    targets = [button(page, name) for name in ("Restart", "Step back", "Play", "Step forward", "End", "Next event")]
    for node in [*targets, page.locator("#events > summary"), *strip(page).get_by_role("button").all()]:
        box = node.bounding_box()
        assert min(box["width"], box["height"]) >= 44


def test_what_was_linked_before_opens_as_it_was_meant(open_page):
    page = open_page(size=PHONE, path="/?tab=parameters", plain=True, has_touch=True)
    expect(page.get_by_role("figure")).to_have_count(1)
    expect(figure(page, "Parameters")).to_be_visible()
    page.set_viewport_size({"width": 844, "height": 390})
    expect(page.get_by_role("figure")).to_have_count(2)


def test_lying_down_a_row_of_panels_is_on_view(open_page):
    page = open_page(size={"width": 844, "height": 390}, plain=True, has_touch=True)
    boxes = [one.bounding_box() for one in page.get_by_role("figure").all()]
    assert len(boxes) == 2
    assert boxes[0]["y"] == boxes[1]["y"]
    expect(figure(page, "Fit")).to_be_visible()
    expect(figure(page, "Parameters")).to_be_visible()
