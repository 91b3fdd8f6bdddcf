"""What a `title` says is the page's own tooltip: gone to, closed by Escape, had by keys and fingers (WCAG 1.4.13)."""

import re

from playwright.sync_api import expect

from tests.browser.lab import button, field, seek, shows, switch, until
from tests.browser.pages import PHONE
from tests.browser.test_keys_and_touch import FINGER

STEEP = "Momentum, but no parameter moves by much more than the learning rate, however steep."
WHOLE = f"{STEEP}\nthere at 34, never rests: a ± 0.87, b ± 1.4 (oscillating)"
DESCRIBED = "() => [document.activeElement.getAttribute('aria-describedby'), document.activeElement.title]"


def hint(page):
    return page.locator("#hint")


def rest(page, locator):
    """The pointer comes to the middle of an element, and stays for 0.6 s."""
    box = locator.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.clock.run_for(610)


def test_the_pointer_can_go_to_the_words_and_escape_closes_them_and_nothing_else(timed):
    page = timed
    page.get_by_role("slider", name="Step", exact=True).fill("1500")
    page.clock.run_for(100)
    shows(page, step=1500)
    button(page, "Play").focus()
    method = switch(page, "Adam")
    rest(page, method)
    expect(hint(page)).to_be_visible()
    assert hint(page).inner_text() == WHOLE
    assert method.get_attribute("title") is None, "the browser shows nothing of its own"
    box = hint(page).bounding_box()
    page.mouse.move(box["x"] + 9, box["y"] - 9)
    page.clock.run_for(290)
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.clock.run_for(1_000)
    expect(hint(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(hint(page)).to_be_hidden()
    expect(button(page, "Play")).to_be_focused()
    assert method.get_attribute("title") == WHOLE
    rest(page, page.locator("h1"))
    rest(page, method)
    page.mouse.move(box["x"] + 9, box["y"] - 9)
    expect(hint(page)).to_be_visible()
    page.clock.run_for(310)
    expect(hint(page)).to_be_hidden()


def test_what_a_problem_shows_lies_beside_the_list(timed):
    page = timed
    button(page, "Problem: Line").click()
    page.clock.run_for(100)
    expect(page.locator("#drawer-problem h2").first).to_be_visible()
    rest(page, page.locator("[data-problem=sine]"))
    expect(hint(page)).to_have_text(page.locator("#shows-sine").text_content())
    box = page.locator("[data-problem=sine] + .problem-entry").bounding_box()
    assert hint(page).bounding_box()["x"] >= box["x"] + box["width"], "the next one is free"
    page.keyboard.press("Escape")
    expect(hint(page)).to_be_hidden()
    expect(page.locator("#drawer-problem")).to_be_visible()
    rest(page, page.locator("#drawer-problem h2").first)
    rest(page, page.locator("[data-problem=line]"))
    expect(hint(page)).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer-problem")).to_be_hidden()


def test_keys_have_what_more_than_a_name_is_said(page):
    seek(page, 1500)
    page.keyboard.press("Tab")
    switch(page, "Adam").focus()
    assert page.evaluate(DESCRIBED) == ["hint", ""], "at once for who hears it"
    expect(hint(page)).to_be_visible()
    assert hint(page).inner_text() == WHOLE
    page.keyboard.press("Escape")
    expect(hint(page)).to_be_hidden()
    expect(switch(page, "Adam")).to_be_focused()
    assert page.evaluate(DESCRIBED) == [None, WHOLE]
    button(page, "Enlarge Loss").focus()
    assert page.evaluate(DESCRIBED) == [None, "Enlarge Loss"], "its name alone"

    button(page, "Table").click()
    about = button(page, "About Reached, Stays from and Verdict")
    about.focus()
    page.keyboard.press("Enter")
    expect(hint(page)).to_be_visible()
    assert re.match(r"Reached: .*at most this share.*\nStays from: .*\nVerdict: ", hint(page).inner_text())
    page.keyboard.press("Enter")
    expect(hint(page)).to_be_hidden()
    page.keyboard.press("Enter")
    expect(hint(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(hint(page)).not_to_contain_text("Stays from: ")  # who has the focus now may have said its own by then


def test_a_slider_s_help_says_which_methods_it_moves(page):
    said = """(key) => getComputedStyle(document.getElementById(`help-${key}`), "::after").content"""
    assert "It moves SGD, Momentum." in page.evaluate(said, "lr")
    page.evaluate("() => lab.methodsList.remove(lab.methodsList.entries[1].id)")
    shows(page, state="ready")
    until(page, f"() => ({said})('beta').includes('It moves no method.')")


def test_escape_closes_a_setting_s_help_before_the_drawer_it_stands_in(timed):
    page = timed
    page.locator("#add-method").click()
    page.clock.run_for(100)
    page.locator("#methods-list .card-name").first.click()
    field = page.locator("#methods-list .control-field").first
    words = field.locator("xpath=ancestor::*[contains(@class, 'control ')]").locator(".control-help")
    page.keyboard.press("Tab")  # whoever uses keys
    field.focus()
    expect(words).to_be_visible()
    page.keyboard.press("Escape")
    expect(words).to_be_hidden()
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer-methods")).to_be_hidden()


def test_escape_closes_another_setting_s_help_before_it_takes_back_what_is_typed(page):
    rate = field(page, "Learning rate (SGD, Momentum)")
    before = rate.input_value()
    rate.fill("0.5")
    expect(page.locator("[data-setting=lr]")).to_have_class(re.compile(r"\bis-quiet\b"))
    page.locator("[data-setting=seed] .setting-label").hover()
    expect(page.locator("#help-seed")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help-seed")).to_be_hidden()
    expect(rate).to_have_value("0.5")
    page.keyboard.press("Escape")
    expect(rate).to_have_value(before)


def test_what_cannot_be_used_says_why_and_does_nothing(page):
    page.evaluate("() => lab.settings.set({ problem: 'saddle' }, 'problem')")
    until(page, "() => lab.state.run.family === 'saddle'")
    log = switch(page, "Logarithmic loss")
    page.keyboard.press("Tab")
    log.focus()
    expect(hint(page)).to_have_text("A logarithm needs a lowest value to measure from, and none is known here.")
    page.keyboard.press(" ")
    expect(log).to_have_attribute("aria-checked", "false")
    assert page.evaluate("() => lab.state.logLoss") is True, "it is what it was"


def test_a_finger_has_it_by_a_press_on_i_or_on_words(open_page):
    page = open_page(size=PHONE, path="/?step=1500", **FINGER)
    about = button(page, "About Adam")
    about.tap()
    expect(hint(page)).to_be_visible()
    assert hint(page).inner_text() == WHOLE
    box = hint(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    expect(switch(page, "Adam")).to_have_attribute("aria-checked", "true")
    about.tap()
    expect(hint(page)).to_be_hidden()
    page.locator("#readout td.verdict").nth(2).tap()
    expect(hint(page)).to_contain_text("(oscillating)")
    page.locator("#sentence").tap()
    expect(hint(page)).to_be_hidden()
    button(page, "Settings").tap()
    page.locator("[data-setting=lr] .setting-label").tap()
    words = page.locator("#help-lr")
    expect(words).to_be_visible()
    inside = """(node) => {
        const { left, right, top } = node.getBoundingClientRect();
        node.style.pointerEvents = "auto";
        return document.elementFromPoint((left + right) / 2, top + 3) === node;
    }"""
    assert words.evaluate(inside), "none of it is cut"
