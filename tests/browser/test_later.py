"""What comes later: a drawer's modules are fetched when it is opened first, by a press, a key or a link."""

import pytest
from playwright.sync_api import expect

from components import modules
from tests.browser.lab import button, shows, until

DRAWERS = {
    "problem": ("Problem", "drawers/problem/drawer.js"),
    "methods": ("Methods", "drawers/methods/cards.js"),
    "lessons": ("Lessons", "drawers/lessons/list.js"),
    "microscope": ("Microscope", "drawers/microscope/drawer.js"),
    "theory": ("Theory", "drawers/theory.js"),
    "share": ("Share", "drawers/share/drawer.js"),
}
LOST = "This part of the page did not arrive: press again, or load the page anew."
FAILS = ("Failed to load resource", "Failed to fetch dynamically imported module")


def watched(page):
    """The modules that a page fetches from now on, by their paths."""
    fetched = []
    page.on("request", lambda one: fetched.append(one.url.rpartition("/assets/")[2].partition("/")[2]))
    return lambda: {name for name in fetched if name.endswith(".js")}


def opener(page, name):
    return page.locator(f'[data-action="drawer"][data-drawer="{name}"]').first


@pytest.mark.parametrize("name", DRAWERS)
def test_the_modules_of_a_drawer_come_when_it_is_opened_first(open_page, name):
    page = open_page()
    title, entry = DRAWERS[name]
    fetched = watched(page)
    opener(page, name).focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("region", name=title, exact=True)
    expect(drawer).to_be_visible()
    until(page, "(id) => document.getElementById(id).contains(document.activeElement)", f"drawer-{name}")
    expect(opener(page, name)).to_have_attribute("aria-expanded", "true")
    # A picture of the surface shares the map's contours, which came with Landscape.
    here = {*modules.closure(modules.MAIN), *modules.closure("panels/landscape/map.js")}
    assert fetched() == {*modules.closure(entry)} - here
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opener(page, name)).to_be_focused()
    before = fetched()
    page.keyboard.press("Enter")
    expect(drawer).to_be_visible()
    assert fetched() == before


def test_a_drawer_that_does_not_arrive_says_so_and_the_next_press_opens_it(open_page):
    page = open_page(expected=FAILS)
    page.context.set_offline(True)
    button(page, "Theory").click()
    expect(page.locator("#notice")).to_have_text(LOST)
    expect(page.locator("#drawer-theory")).to_be_hidden()
    page.context.set_offline(False)
    button(page, "Theory").click()
    drawer = page.get_by_role("region", name="Theory", exact=True)
    expect(drawer.get_by_role("heading", name="The bowl")).to_be_visible()


def test_what_is_asked_for_meanwhile_is_opened_instead(open_page):
    page = open_page()
    held = []
    page.route("**/drawers/theory.js", lambda route: held.append(route))
    with page.expect_request("**/drawers/theory.js"):
        button(page, "Theory").click()
    page.keyboard.press("Escape")  # it is not wanted any more
    button(page, "Share").click()
    expect(page.get_by_role("region", name="Share", exact=True)).to_be_visible()
    held[0].continue_()
    page.evaluate("() => lab.module('drawers/theory.js').then(() => undefined)")
    expect(page.locator("#drawer-theory")).to_be_hidden()
    expect(page.get_by_role("region", name="Share", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", ["", "&size=projector"])  # where the tools are folded into a menu
def test_a_link_brings_what_it_opens(open_page, size):
    page = open_page(path="/?lens=2.1&theory=1" + size)
    expect(page.get_by_role("region", name="Microscope", exact=True)).to_be_visible()
    expect(page.locator("#lens-where")).to_contain_text("Adam")
    until(page, "() => lab.theory.answered(lab.state) && lab.state.theory")
    until(page, "() => location.search.includes('lens=2.1') && location.search.includes('theory=1')")


@pytest.mark.parametrize("last", ["**/ask/lessons", "**/drawers/microscope/drawer.js"])
def test_a_link_brings_a_lesson_and_the_microscope_whichever_arrives_last(open_page, last):
    page = open_page()
    held = []
    page.route(last, lambda route: held.append(route))
    with page.expect_request(last):
        page.goto(page.url.partition("?")[0] + "?lens=0.1&lesson=two-momentums")
    shows(page, state="ready")
    if "lessons" in last:
        expect(page.get_by_role("region", name="Microscope", exact=True)).to_be_visible()
    else:
        until(page, "() => document.getElementById('lab').dataset.lesson === 'two-momentums'")
    assert page.evaluate("() => lab.address.view().lens") == "0.1"
    held[0].continue_()
    until(page, "() => document.getElementById('lab').dataset.lesson === 'two-momentums'")
    until(page, "() => location.search.includes('lesson=two-momentums')")
    expect(page.get_by_role("region", name="Microscope", exact=True)).to_be_visible()
    until(page, "() => location.search.includes('lens=0.1')")


def test_a_row_of_the_readout_brings_its_methods_card(page):
    page.evaluate("() => lab.emit('edit', 'Adam')")
    drawer = page.get_by_role("region", name="Methods", exact=True)
    expect(drawer.get_by_role("group", name="Adam", exact=True)).to_be_visible()
    shows(page, state="ready")
