"""Keys and fingers: targets and gestures where the pointer is coarse, whose a key is, where the focus goes, and what has no drag."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import axis, button, figure, shows, until
from tests.browser.pages import DESKTOP, PHONE

TABLET = {"width": 820, "height": 1180}
FINGER = {"has_touch": True, "is_mobile": True, "plain": True}

SMALL = """(least) => {
    // What a press of a slider's or a radio's own box does, its whole row does.
    const row = (node) => node.closest("[role=slider]") ? node.closest(".setting-slider, .handle")
        : node.matches("[type=radio], [type=checkbox]") ? node.closest("label") ?? node.labels[0] : node;
    const targets = "a[href], button, input, select, textarea, summary, [role=slider], [role^=menuitem]";
    const dialog = document.querySelector("dialog[open]");
    return [...(dialog ?? document).querySelectorAll(targets)].filter((node) => {
        const { pointerEvents, opacity } = getComputedStyle(node);
        if (node.disabled || pointerEvents === "none" || !node.checkVisibility({ visibilityProperty: true })) return false;
        if (node.closest("[inert]") || (node.matches("a") && node.closest("p, li, td, .unseen"))) return false; // in text
        const box = row(node).getBoundingClientRect();
        return box.width && node.getClientRects().length && Math.min(box.width, box.height) < least - 0.5;
    }).map((node) => `${node.tagName} ${node.getAttribute("aria-label") ?? node.textContent} ${node.className}`);
}"""

PLACES = {
    "the settings": "[data-action=settings]",
    "the options": "#options > summary",
    "the problems": "[data-drawer=problem]",
    "the points": "#drawer-problem .parts .button:nth-child(2)",
    "the methods": "#add-method",
    "a card": ".card-name",
    "the lessons": "[data-drawer=lessons]",
    "a lesson": ".lesson-entry",
    "theory": "[data-drawer=theory]",
    "the microscope": "[data-drawer=microscope]",
    "share": "[data-drawer=share]",
    "help": "[data-action=help]",
}


def swipe(page, x, y, across, along):
    """One finger, from a place so far."""
    session = page.context.new_cdp_session(page)

    def send(kind, *points):
        told = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    send("touchStart", (x, y))
    for part in range(1, 13):
        send("touchMove", (x + across * part / 12, y + along * part / 12))
    send("touchEnd")
    session.detach()


def middle(locator, share=0.5):
    box = locator.bounding_box()
    return box["x"] + share * box["width"], box["y"] + box["height"] / 2


def settled(page):
    """Once a scroll, if there was one, has ended: two frames long the page stays where it is."""
    page.evaluate("""async () => {
        for (let same = 0, last = NaN; same < 8; same = scrollY === last ? same + 1 : 0) {
            last = scrollY;
            await new Promise(requestAnimationFrame);
        }
    }""")
    return page.evaluate("scrollY")


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_finger_finds_every_target(open_page, size):
    """44 px where the pointer is coarse (WCAG 2.2, 2.5.5), wherever one goes."""
    page = open_page(size=size, **FINGER)
    faults = {"the page": page.evaluate(SMALL, 44)}
    page.evaluate("() => lab.onView.every()")
    for name, opener in PLACES.items():
        node = page.locator(opener).first
        expect(node).to_be_attached()
        node.evaluate("(node) => node.click()")
        expect(page.locator("body:not([data-coming])")).to_be_attached()
        if name == "a lesson":
            expect(page.locator("#lesson-title")).to_be_visible()
        faults[name] = page.evaluate(SMALL, 44)
    assert {name: found for name, found in faults.items() if found} == {}


def test_with_any_other_pointer_a_target_is_at_least_24_px(page):
    """2.5.8, with every panel and the drawers; what stands in a line of text is excepted there."""
    faults = {"the page": page.evaluate(SMALL, 24)}
    for name in ("the problems", "the methods", "a card", "lessons"):
        page.locator(PLACES.get(name, PLACES["the lessons"])).first.evaluate("(node) => node.click()")
        faults[name] = page.evaluate(SMALL, 24)
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_swipe_on_a_plot_or_a_slider_scrolls_the_page_and_changes_nothing(open_page):
    page = open_page(size=PHONE, path="/?on=loss&step=30", **FINGER)
    state = "() => [lab.state.range.join(), lab.state.step, lab.settings.values.lr]"
    before = page.evaluate(state)
    button(page, "Settings").tap()
    for place in (page.locator("[data-panel=loss] .nsewdrag").first, page.locator("#step"), page.locator("#slider-lr")):
        swipe(page, *middle(place, 0.7), 4, -120)
        assert settled(page) > 50
        assert page.evaluate(state) == before
        page.evaluate("() => scrollTo(0, 0)")
        settled(page)
    x, y = middle(page.locator("[data-panel=loss] .nsewdrag").first)
    swipe(page, x, y - 60, 80, 4)
    assert page.evaluate(state) == before, "nor does one across a plot"


def test_a_swipe_across_moves_a_slider(open_page):
    page = open_page(size=PHONE, path="/?step=30", **FINGER)
    button(page, "Settings").tap()
    swipe(page, *middle(page.locator("#slider-lr"), 0.3), 90, 3)
    until(page, "() => lab.settings.values.lr > 0.01")
    swipe(page, *middle(page.locator("#step"), 0.1), 120, 3)
    until(page, "() => lab.state.step > 200")


def test_a_tap_shows_the_numbers_and_two_fingers_are_left_to_the_page(open_page):
    page = open_page(size=PHONE, path="/?on=loss&step=1500", **FINGER)
    until(page, "() => lab.boards.get('loss').answers === lab.state.run")
    x, y = middle(page.locator("[data-panel=loss] .nsewdrag").first)
    page.touchscreen.tap(x, y)
    hover = page.locator("#hover")
    expect(hover).to_contain_text("step 750, epoch 25")
    box = hover.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    page.keyboard.press("Escape")
    expect(hover).to_be_hidden()
    ways = page.evaluate("""() => [...document.querySelectorAll(".nsewdrag, #step, .setting-slider, .relief")]
        .map((node) => getComputedStyle(node).touchAction)""")
    assert set(ways) == {"pan-y pinch-zoom"}


def test_a_finger_draws_a_zoom_box_once_its_button_is_pressed(open_page):
    page = open_page(size=PHONE, path="/?on=loss&step=30", **FINGER)
    plot = page.locator("[data-panel=loss] .nsewdrag").first
    button(page, "Size and view of Loss").tap()
    button(page, "Zoom box").tap()
    expect(page.locator(".sizes")).to_have_count(0)
    x, y = middle(plot, 0.2)
    swipe(page, x, y - 60, 0.4 * plot.bounding_box()["width"], 80)
    until(page, "() => lab.state.rangeName === 'zoom'")
    low, high = page.evaluate("() => lab.state.range")
    assert low == pytest.approx(300, abs=60)
    assert high == pytest.approx(900, abs=60)
    expect(page.locator(".is-boxing")).to_have_count(0)
