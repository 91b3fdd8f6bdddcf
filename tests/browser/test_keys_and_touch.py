"""Keys and fingers: targets and gestures, whose a key is, where the focus goes, and that nothing needs a drag."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.lab import button, shows, slider, step, until
from tests.browser.pages import PHONE, ready

TABLET = {"width": 820, "height": 1180}
FINGER = {"has_touch": True, "is_mobile": True, "plain": True}

SMALL = """(least) => {
    // What a press of a slider's or a radio's own box does, its whole row does.
    const row = (node) => node.closest("[role=slider]") ? node.closest(".setting-slider, .handle")
        : node.matches("[type=radio], [type=checkbox]") ? node.closest("label") ?? node.labels[0] : node;
    const targets = "a[href], button, input, select, textarea, summary, [role=slider], [role^=menuitem]";
    const dialog = document.querySelector("dialog[open]");
    return [...(dialog ?? document).querySelectorAll(targets)].filter((node) => {
        const { pointerEvents } = getComputedStyle(node);
        if (node.disabled || pointerEvents === "none" || node.closest("[inert]")) return false;
        if (!node.checkVisibility({ visibilityProperty: true })) return false;
        if (node.matches("a") && node.closest("p, li, td, .unseen")) return false; // in a line of text
        const box = row(node).getBoundingClientRect();
        return box.width && Math.min(box.width, box.height) < least - 0.5;
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
FETCHED = {"lessons": ".lesson-entry", "theory": ".theory-card"}
"""What the server says of a drawer once it is open."""


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


def opens(page, opener):
    """Wait for the drawer whose opener was pressed, with all that is in it: its modules may be on their way."""
    drawer = "methods" if opener == "#add-method" else page.locator(opener).first.get_attribute("data-drawer")
    if drawer:
        expect(page.locator(f"#lab[data-drawer={drawer}]")).to_be_attached()
    if drawer in FETCHED:
        expect(page.locator(FETCHED[drawer]).first).to_be_attached()
    expect(page.locator("body:not([data-coming])")).to_be_attached()


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
        opens(page, opener)
        if name == "a lesson":
            expect(page.locator("#lesson-title")).to_be_visible()
        faults[name] = page.evaluate(SMALL, 44)
    assert {name: found for name, found in faults.items() if found} == {}


def test_with_any_other_pointer_a_target_is_at_least_24_px(page):
    """2.5.8, with every panel and the drawers; what stands in a line of text is excepted there."""
    faults = {"the page": page.evaluate(SMALL, 24)}
    for name in ("the problems", "the methods", "a card", "lessons"):
        opener = PLACES.get(name, PLACES["the lessons"])
        page.locator(opener).first.evaluate("(node) => node.click()")
        opens(page, opener)
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


def test_keys_of_one_character_can_be_switched_off_and_that_is_kept(page):
    """2.1.4; keys of another kind still work."""
    page.keyboard.press("?")
    letters = page.get_by_role("switch", name="Keys of one letter, number or sign")
    expect(letters).to_have_attribute("aria-checked", "true")
    letters.click()
    button(page, "Close").click()
    for key in ("2", "0", "n", "?", "ArrowRight"):
        page.keyboard.press(key)
    shows(page, step=31)
    expect(page.locator("tr.front")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    before = step(ready(page))
    page.keyboard.press("2")
    page.keyboard.press("ArrowRight")
    shows(page, step=before + 1)
    expect(page.locator("tr.front")).to_have_count(0)
    button(page, "Help and keys").click()
    expect(letters).to_have_attribute("aria-checked", "false")
    letters.click()
    button(page, "Close").click()
    page.keyboard.press("2")
    expect(page.locator("tr.front")).to_have_count(1)


def test_escape_closes_what_is_open_and_the_focus_goes_to_what_opened_it(page):
    inside = {
        "#options > summary": "#options select",
        "#events > summary": "#events summary",
        "#settings-try": "#settings-presets [role=menuitem]",
        "#add-method": "#drawer-methods h2, #drawer-methods [data-first]",
        "[data-drawer=lessons]": "#drawer-lessons h2",
        "[data-panel=loss] .corner": ".sizes button",
    }
    for opener, place in inside.items():
        page.locator(opener).focus()
        page.keyboard.press("Enter")
        expect(page.locator(place).first).to_be_visible()
        page.locator(place).first.focus()
        page.keyboard.press("Escape")
        expect(page.locator(opener)).to_be_focused()


def test_escape_folds_the_settings_and_the_menu_of_a_phone_to_their_buttons(open_page):
    page = open_page(size=PHONE, plain=True)
    for opener, place in {"Settings": "#settings-try", "Menu": "#tools button"}.items():
        button(page, opener).focus()
        page.keyboard.press("Enter")
        page.locator(place).first.focus()
        page.keyboard.press("Escape")
        expect(page.locator(place).first).to_be_hidden()
        expect(button(page, opener)).to_be_focused()
    page.keyboard.press("Enter")
    button(page, "Lessons").focus()
    page.keyboard.press("Enter")  # which folds the menu
    expect(page.locator("#drawer-lessons h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button(page, "Menu")).to_be_focused()


def test_the_focus_stays_in_the_drawer_of_the_lessons_while_they_arrive(page):
    button(page, "Lessons").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lesson-entry").first).to_be_visible()
    expect(page.locator("#drawer-lessons h2")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#drawer-lessons").get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".lesson-entry").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#lesson-title")).to_be_focused()


STOPS = """() => [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [role=slider], [tabindex='0']")].filter((node) =>
    node.tabIndex >= 0 && !node.disabled && !node.closest("[inert]") && (node.type !== "radio" || node.checked)
    && node.checkVisibility({ visibilityProperty: true }) && !node.matches(".skip, .tick, #readout-box")
).map((node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    const name = node.getAttribute("aria-label") || node.textContent || node.id;
    const fixed = node.closest("#transport, #settings, #lab > header") && innerWidth < 600;
    return { name, left, right, top: top + (fixed ? 0 : scrollY), bottom: bottom + (fixed ? 0 : scrollY), fixed };
})"""


def astray(stops):
    """Of each two that follow one another by Tab, those of which the second is seen before the first: above it and not
    in a column further right, or left of it in its row. A bar that is fixed at the page's foot is below all else."""
    found = []
    for first, second in pairwise(stops):
        if second["fixed"] and not first["fixed"]:
            continue
        middle = (second["top"] + second["bottom"]) / 2
        row = first["top"] < middle < first["bottom"]
        before = second["right"] <= first["left"] + 1 if row else second["bottom"] <= first["top"] + 1
        if before and (row or second["left"] < first["right"] - 1):
            found.append((first["name"], second["name"]))
    return found


@pytest.mark.parametrize("width", [1440, 820, 390])
@pytest.mark.parametrize("panels", ["", "?on=fit,loss,parameters,landscape,gradients,rate"], ids=["opening", "all"])
def test_the_order_of_tab_is_the_order_that_is_seen(open_page, width, panels):
    page = open_page(size={"width": width, "height": 900}, path=f"/{panels}", plain=True)
    stops = page.evaluate(STOPS)
    assert len(stops) > 15
    assert astray(stops) == []
    if not panels:
        page.evaluate("() => document.querySelector('[data-view=table]').click()")
        assert astray(page.evaluate(STOPS)) == [], "with the table"


def test_the_strip_of_panels_is_one_stop_and_arrows_go_along_it(page):
    strip = page.get_by_role("toolbar", name="Panels on view")
    names = strip.get_by_role("button").all_inner_texts()
    assert strip.locator("[tabindex='0']").count() == 1
    strip.get_by_role("button").first.focus()
    for key, at in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", -1), ("ArrowRight", -1)):
        page.keyboard.press(key)
        expect(strip.get_by_role("button").nth(at)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press(" ")
    expect(strip.get_by_role("button", name=names[1], exact=True)).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(strip.get_by_role("button", name=names[1], exact=True)).to_be_focused()
    shows(page, step=30)


def test_a_link_leads_past_the_settings_to_play(page):
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to Play")
    expect(link).to_be_focused()
    assert link.bounding_box()["height"] > 20
    page.keyboard.press("Enter")
    expect(button(page, "Play")).to_be_focused()
    assert "#" not in page.url
    page.keyboard.press("Enter")
    shows(page, playing=True)


def test_f6_leads_from_a_setting_to_play_and_back_to_it(page):
    """Parts of the page, each where the focus was last in it; beyond the last one the key is the browser's own."""
    page.evaluate("() => addEventListener('keydown', (event) => window.pressed = [event.key, event.defaultPrevented])")
    pressed = "() => window.pressed"
    rate, strip = slider(page, "Learning rate (SGD, Momentum)"), page.get_by_role("toolbar", name="Panels on view")
    rate.focus()
    page.keyboard.press("F6")
    expect(strip.get_by_role("button").first).to_be_focused()
    assert page.evaluate(pressed) == ["F6", True]
    page.keyboard.press("F6")
    expect(button(page, "Play")).to_be_focused()
    page.keyboard.press("Shift+F6")
    page.keyboard.press("Shift+F6")
    expect(rate).to_be_focused()
    page.keyboard.press(" ")
    shows(page, playing=True)
    page.keyboard.press(" ")
    shows(page, playing=False)
    page.keyboard.press("Shift+F6")
    expect(button(page, "Lessons")).to_be_focused()
    page.keyboard.press("Enter")
    entry = page.locator(".lesson-entry").first
    expect(entry).to_be_visible()
    entry.focus()
    for key in ("F6", "Shift+F6"):
        page.keyboard.press(key)
    expect(entry).to_be_focused()
    button(page, "Help and keys").click()
    page.keyboard.press("F6")
    assert page.evaluate(pressed) == ["F6", False], "a dialog is no part"
    page.keyboard.press("Escape")
    page.locator("#readout-box").focus()
    page.keyboard.press("F6")
    assert page.evaluate(pressed) == ["F6", False]
    expect(page.locator("#readout-box")).to_be_focused()


UNNAMED = """() => {
    const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
    const labelled = document.querySelectorAll("[aria-label]:is(button, a, summary)");
    const about = (node) => document.getElementById(node.getAttribute("aria-describedby"))?.innerText ?? "";
    return [...labelled].filter((node) => node.checkVisibility({ visibilityProperty: true }))
        .map((node) => [plain(node.getAttribute("aria-label")), plain(node.innerText.replace(about(node), ""))])
        .filter(([said, seen]) => !said.includes(seen));
}"""


def test_a_name_contains_the_words_that_are_seen(page):
    """2.5.3: who speaks to the page says what stands there. A sign, as + or ?, is no word."""
    assert page.evaluate(UNNAMED) == []
    for opener in ("#add-method", ".card-name", "#methods-add"):
        page.locator(opener).first.click()
        expect(page.locator(".card").first).to_be_visible()
        assert page.evaluate(UNNAMED) == [], opener


def test_a_tooltip_can_be_gone_to_and_closed_by_escape(page):
    """1.4.13; the row above, which it covers, is not in the way of the pointer."""
    words = page.locator("#help-seed")
    page.locator("[data-setting=seed] .setting-label").hover()
    expect(words).to_be_visible()
    words.hover()
    until(page, "() => document.querySelector('[data-setting=seed]').matches('.is-pointed')")
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
    expect(words).to_be_visible()
    page.keyboard.press("Escape")
    expect(words).to_be_hidden()
    page.mouse.move(700, 500)
    page.locator("[data-setting=seed] .setting-label").hover()
    expect(words).to_be_visible()
    page.mouse.move(700, 500)
    expect(words).to_be_hidden()


def test_panels_zoom_and_move_by_buttons_and_keys(page):
    """2.5.7: whatever a drag does. In time all of them; elsewhere the panel alone; the surface turns."""
    spans = """() => [lab.state.range, ...["xaxis", "yaxis"].map((name) =>
        lab.boards.get("fit").graph._fullLayout[name].range)]"""
    corner = page.locator("[data-panel=loss] .corner")
    corner.focus()
    page.keyboard.press("+")
    assert page.evaluate(spans)[0] == [375, 1125]
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate(spans)[0] == [562, 1313]
    page.keyboard.press("-")
    page.keyboard.press("Home")
    assert page.evaluate(spans)[0] == [0, 1500]
    page.keyboard.press("Enter")
    group = page.get_by_role("group", name="View of Loss")
    expect(group.get_by_role("button").first).to_be_focused()
    assert group.get_by_role("button", name="Up").count() == 0, "there is no other time above"
    group.get_by_role("button", name="Zoom in").click()
    assert page.evaluate(spans)[0] == [375, 1125]
    group.get_by_role("button", name="Whole").click()

    _, x, y = page.evaluate(spans)
    button(page, "Size and view of Fit").click()
    group = page.get_by_role("group", name="View of Fit")
    group.get_by_role("button", name="Zoom in").click()
    group.get_by_role("button", name="Up").click()
    _, nearer, above = page.evaluate(spans)
    assert nearer == pytest.approx([x[0] + 0.25 * (x[1] - x[0]), x[1] - 0.25 * (x[1] - x[0])])
    assert above == pytest.approx([y[0] + 0.375 * (y[1] - y[0]), y[1] - 0.125 * (y[1] - y[0])])
    page.evaluate("() => lab.seek(31)")
    assert page.evaluate(spans)[1:] == [nearer, above], "it stays"
    group.get_by_role("button", name="Whole").click()
    page.evaluate("() => lab.draw()")
    assert page.evaluate(spans)[1] == pytest.approx(x)

    button(page, "3-D").click()
    until(page, "() => document.querySelector('[data-panel=landscape].in-relief .relief')")
    turn = "() => lab.surfaceView.view.turn"
    before = page.evaluate(turn)
    button(page, "Size and view of Landscape").click()
    group = page.get_by_role("group", name="View of Landscape")
    assert group.get_by_role("button", name="Zoom in").count() == 0
    group.get_by_role("button", name="Left").click()
    assert page.evaluate(turn) != before
    group.get_by_role("button", name="Whole").click()
    assert page.evaluate(turn) == pytest.approx(before)


def test_a_dialog_has_all_keys_also_while_nothing_in_it_has_the_focus(page):
    reach = "() => document.activeElement.blur()"
    button(page, "Share").click()
    expect(page.locator("#drawer-share")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.evaluate(reach)
    before = step(page)
    for key in ("ArrowRight", " ", "End"):
        page.keyboard.press(key)
    shows(page, step=before, playing=False)
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    expect(page.locator("#drawer-share")).to_be_visible()


def test_a_menu_is_gone_through_by_first_letters_typed_in_one_go(page):
    page.locator("#add-method").click()
    expect(page.locator("#drawer-methods h2")).to_be_focused()
    page.locator("#methods-add").press("Enter")
    menu = page.get_by_role("menu", name="+ Add method")
    names = menu.get_by_role("menuitem")
    expect(names.first).to_be_focused()
    # In one go: on a busy machine the menu's 0.7 s may pass between two keys.
    page.evaluate("""() => [..."rms"].forEach((key) =>
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })))""")
    expect(names.filter(has_text="RMSProp")).to_be_focused()


def test_what_lies_under_a_table_of_numbers_takes_no_focus(open_page):
    page = open_page(path="/?on=seeds&seedcount=20")
    dots = page.get_by_role("application", name=re.compile("seed"))
    expect(dots).to_be_visible()
    opener = page.get_by_role("figure", name="Many seeds").get_by_role("button", name="Numbers")
    opener.click()
    assert page.evaluate("() => document.querySelector('.seed-dots').inert")
    opener.click()
    assert not page.evaluate("() => document.querySelector('.seed-dots').inert")


def test_a_landscape_of_one_parameter_has_no_empty_group_and_buttons_of_its_own_name(open_page):
    page = open_page(path="/?problem=proportional&on=landscape")
    expect(page.get_by_role("figure", name="Loss over a")).to_be_visible()
    expect(button(page, "Size and view of Loss over a")).to_be_visible()
    assert page.get_by_role("radiogroup", name="Landscape in 2-D or 3-D").count() == 0
