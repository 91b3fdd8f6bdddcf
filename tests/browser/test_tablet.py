"""A tablet held upright: panels in columns that are wide enough, and nothing runs out of the page or its panel."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import button

TABLETS = {"820": {"width": 820, "height": 1180}, "768": {"width": 768, "height": 1024}}
CUT = """() => [...document.querySelectorAll("header *, .panel .head *, #transport *")].filter((node) => {
    const box = node.getBoundingClientRect(), panel = node.closest(".panel"), popup = node.closest(".popup");
    const edge = panel ? panel.getBoundingClientRect().right : innerWidth;
    return box.width && !popup && box.right > edge + 1;
}).map((node) => node.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("size", TABLETS)
def test_all_panels_are_on_view_in_two_columns(open_page, size):
    page = open_page(size=TABLETS[size])
    boxes = [panel.bounding_box() for panel in page.get_by_role("figure").all()]
    assert len(boxes) == 6
    assert len({round(box["x"]) for box in boxes}) == 2
    assert all(box["width"] >= 220 and box["height"] >= 220 for box in boxes)
    assert page.evaluate(CUT) == []
    expect(page.locator("#sentence")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_beside_a_drawer_they_are_one_column_that_scrolls(open_page):
    page = open_page(size=TABLETS["820"])
    button(page, "Microscope").click()
    expect(page.locator("#lab")).to_have_attribute("data-drawer", "microscope")
    boxes = [panel.bounding_box() for panel in page.get_by_role("figure").all()]
    assert len({round(box["x"]) for box in boxes}) == 1
    assert page.evaluate(CUT) == []
    last = page.get_by_role("figure").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
