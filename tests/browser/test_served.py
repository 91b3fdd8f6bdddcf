"""The oldest browsers that are served: a new one without what they lack does all that it does with it.

Older ones, those without scripts and those on a slow line read a sentence.
"""

import pytest
from playwright.sync_api import expect

from components import browsers
from components.offline import page as offline
from components.page import layout
from optim import Experiment
from tests import newer
from tests.browser.lab import (
    PANELS,
    button,
    drag_slider,
    experiment,
    look_for,
    painted,
    shows,
    slowly,
    step,
    switch,
    until,
)
from tests.browser.pages import DESKTOP, PHONE, Watch, ready

DRAWERS = ("Lessons", "Microscope", "Theory", "Share", "Problem", "Methods")
OLDER = {
    "Firefox 114": "delete Array.prototype.toSorted",
    "Safari 16.3": "delete window.DecompressionStream",
    "Chrome 110": "const { supports } = CSS; CSS.supports = (...words) => !words.join().includes('color-mix')"
    " && supports.apply(CSS, words)",
    "a browser of 2020": "delete Object.hasOwn; delete Array.prototype.at; delete window.structuredClone",
}


def plays(page):
    """Play, pause, and every panel shows something."""
    button(page, "All").click()
    ready(page)
    button(page, "Restart").click()
    slowly(page)
    button(page, "Play").click()
    until(page, "() => Number(document.body.dataset.step) > 5")
    button(page, "Pause").click()
    assert step(page) > 5
    for panel in PANELS:
        assert painted(page, panel)[0] > 0, panel


def test_the_page_plays_drags_and_opens_every_drawer_without_what_is_newer(browser, address):
    page = browser.new_context(viewport=DESKTOP).new_page()
    watch = Watch(page, address, ())
    page.add_init_script(newer.WITHOUT)
    page.goto(address)
    ready(page)
    assert page.evaluate("() => [Object.groupBy, Set.prototype.union, Element.prototype.role]") == [None] * 3
    plays(page)
    lr = drag_slider(page, "Learning rate (SGD, Momentum)", 60)
    shows(page, run=experiment(lr=lr))
    for name in DRAWERS:
        opener = page.locator(f'[data-action="drawer"][data-drawer="{name.lower()}"]').first
        opener.click()
        drawer = page.get_by_role("region", name=name, exact=True)
        expect(drawer).to_be_visible()
        until(page, "(id) => document.getElementById(id).innerText.length > 80", f"drawer-{name.lower()}")
        drawer.get_by_role("button", name="Close", exact=True).click()
    # A sentence of methods that diverge, one reason for two.
    look_for(page, "Too hot (SGD at .03)")
    shows(page, state="ready", run=experiment(lr=0.03))
    button(page, "End").click()
    expect(page.locator("#sentence")).to_contain_text("SGD diverged at step")
    switch(page, "Dark").click()
    page.context.close()
    assert watch.messages == []


def test_the_offline_page_plays_without_what_is_newer(browser, tmp_path):
    path = offline.page(Experiment(epochs=2)).save(tmp_path / "run.html")
    page = browser.new_context(viewport=DESKTOP, offline=True).new_page()
    watch = Watch(page, path.as_uri(), ())
    page.add_init_script(newer.WITHOUT)
    page.goto(path.as_uri())
    ready(page)
    plays(page)
    page.context.close()
    assert watch.messages == []


def test_help_is_on_view_where_the_pointer_rests_or_the_keyboard_is(page):
    """As :has() had it."""
    said = page.locator("#help-lr")
    expect(said).to_be_hidden()
    page.locator('[data-setting="lr"] .setting-label').hover()
    expect(said).to_be_visible()
    page.mouse.move(700, 300)
    expect(said).to_be_hidden()
    page.locator("#field-lr").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(said).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(said).to_be_hidden()


def only(page, sentence):
    """The sentence is all that there is to read."""
    expect(page.get_by_text(sentence, exact=True)).to_be_visible()
    assert page.locator("body").inner_text().strip() == sentence


@pytest.mark.parametrize("gone", OLDER.values(), ids=OLDER)
def test_an_older_browser_shows_one_sentence(browser, address, tmp_path, gone):
    path = offline.page(Experiment(epochs=1)).save(tmp_path / "run.html")
    for place in (address, path.as_uri()):
        page = browser.new_context(viewport=PHONE).new_page()
        page.add_init_script(gone)
        page.goto(place)
        only(page, browsers.TOO_OLD)
        page.context.close()


def test_without_scripts_there_is_one_sentence(browser, address, tmp_path):
    path = offline.page(Experiment(epochs=1)).save(tmp_path / "run.html")
    for place in (address, path.as_uri()):
        page = browser.new_context(viewport=DESKTOP, java_script_enabled=False).new_page()
        page.goto(place)
        only(page, browsers.NO_SCRIPT)
        assert "Loading..." not in page.content()
        page.context.close()


LIGHT = """(colours) => colours.map((colour) => {
    const [red, green, blue] = colour.match(/[0-9.]+/g).map(Number);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("held", ["**/*.js*", "**/*.js*|**/*.css*"])
def test_what_stands_at_once_can_be_read(browser, address, scheme, held):
    page = browser.new_context(viewport=DESKTOP, color_scheme=scheme).new_page()
    for pattern in held.split("|"):
        page.route(pattern, lambda route: None)
    page.goto(address, wait_until="commit")
    sentence = page.locator("#sentence")
    expect(sentence).to_be_visible()
    if ".css" not in held:
        until(page, "() => [...document.styleSheets].some(({ href }) => href?.includes('styles.css'))")
    ink, ground = page.evaluate(LIGHT, [
        sentence.evaluate("(node) => getComputedStyle(node).color"),
        page.locator("body").evaluate("(node) => getComputedStyle(node).backgroundColor"),
    ])
    assert (ink > 180 and ground < 60) if scheme == "dark" else (ink < 60 and ground > 220)
    page.context.close()


@pytest.mark.parametrize("held", ["**/*.js*", "**/assets/**", "**/_dash-layout", "**/plotly.*.min.js"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_on_a_slow_line_name_and_sentence_stand_at_once(browser, address, held, size):
    page = browser.new_context(viewport=size).new_page()
    watch, waiting, free = Watch(page, address, ()), [], []
    page.route(held, lambda route: route.continue_() if free else waiting.append(route))
    with page.expect_request(held):
        page.goto(address, wait_until="commit")
    if "plotly" in held:  # all but the pictures is there: what stood in for the page has gone
        expect(page.locator("#arriving")).to_have_count(0)
    heading, sentence = page.get_by_role("heading", name=layout.TITLE, level=1), page.locator("#sentence")
    expect(heading).to_be_visible()
    expect(sentence).to_have_text(layout.WAITING)
    expect(sentence).to_be_visible()
    assert page.locator("[aria-busy=true]").count() == 1
    assert "Loading" not in page.locator("body").inner_text()
    free.append(True)
    for route in waiting:
        route.continue_()
    ready(page)
    assert page.locator("[aria-busy=true]").count() == 0
    assert page.locator("#sentence, h1").count() == 2
    expect(sentence).to_contain_text("Four methods look for the line through these 30 points.")
    page.context.close()
    assert watch.messages == []


def test_what_happens_to_the_window_before_dash_has_built_the_page_is_no_fault(browser, address):
    page = browser.new_context(viewport=DESKTOP).new_page()
    watch, waiting = Watch(page, address, ()), []
    page.route("**/_dash-layout", lambda route: waiting.append(route))
    with page.expect_request("**/_dash-layout"):
        page.goto(address, wait_until="commit")
    until(page, "() => Boolean(window.lab?.settings)")  # all modules of the page are here
    assert page.locator("#chips").count() == 0
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    page.evaluate("""() => {
        for (const event of [new Event("resize"), new StorageEvent("storage", { key: null })]) dispatchEvent(event);
    }""")
    until(page, "() => innerWidth === 390")
    for route in waiting:
        route.continue_()
    ready(page)
    page.context.close()
    assert watch.messages == []
