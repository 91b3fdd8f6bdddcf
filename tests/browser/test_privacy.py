"""Privacy: on a tour of everything no request leaves the page's own origin, and nothing is written on the console."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from components.settings.table import PRESETS
from tests.browser.lab import (
    LABELS,
    button,
    choice,
    double_click,
    drag,
    drag_slider,
    experiment,
    look_for,
    seek,
    shows,
    switch,
    write,
)
from tests.browser.pages import PHONE


def test_a_tour_of_everything_stays_at_home_and_says_nothing_on_the_console(open_page, address):
    """open_page itself fails the test for a stranger's address or for a message; here is the tour."""
    page = open_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for name, preset in PRESETS.items():
        look_for(page, name)
        shows(page, run=experiment(**preset.values))
    button(page, "Reset").click()
    drag_slider(page, "Noise", 30)
    page.get_by_role("radio", name="heavy ball (PyTorch, Distill)").check()
    for label, words in (("Noise", "nothing"), ("Noise", "99"), ("Learning rate (SGD, Momentum)", "9")):
        write(page, label, words)
    shows(page, state="ready")
    page.get_by_text("True line and start").click()
    page.keyboard.press("Escape")
    for panel in ("fit", "loss", "landscape", "parameters", "rate"):
        drag(page, panel, (0.3, 0.3), (0.7, 0.7))
        double_click(page, panel)
    for title in ("Fit", "Gradients"):
        button(page, f"Enlarge {title}").click()
        page.keyboard.press("Escape")
    choice(page, "Rate view").select_option("share")
    for label in (*LABELS, "Logarithmic loss", "Logarithmic rate", "Dark"):
        switch(page, label).click()
        switch(page, label).click()
    switch(page, "Projector").click()
    button(page, "Change").click()
    switch(page, "Projector").click()
    page.keyboard.press("Escape")
    for label in ("True shape", "Optimum", "first epoch", "first 5", "all"):
        button(page, label).click()
    page.get_by_role("group", name="Gradient parameter").get_by_role("button", name="b", exact=True).click()
    for label in ("Gradient method", "Gradient view", "Threshold"):
        for value in choice(page, label).locator("option").evaluate_all("(all) => all.map(({ value }) => value)"):
            choice(page, label).select_option(value)
    page.locator("#options > summary").click()
    for label in ("Loop", "Even pace", "Count steps"):
        switch(page, label).click()
    choice(page, "Speed").select_option("8x")
    page.keyboard.press("Escape")
    for key in ["1", "2", "3", "4", "5", "Home", "End", "ArrowLeft", "Shift+ArrowRight"]:
        page.keyboard.press(key)
    seek(page, 3)
    button(page, "Play").click()
    shows(page, playing=True)
    button(page, "Help and keys").click()
    button(page, "Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.set_viewport_size(PHONE)
    expect(button(page, "All")).to_be_hidden()
    for title in page.get_by_role("toolbar", name="Panels on view").get_by_role("button").all():
        title.click()
    button(page, "Pause").click()
    assert {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in asked if url.startswith("http")} == {address}
    assert page.evaluate("() => document.cookie") == ""


def test_nothing_but_the_colour_scheme_is_remembered(page):
    switch(page, "Dark").click()
    switch(page, "Projector").click()
    button(page, "Change").click()
    write(page, "Noise", "2")
    shows(page, run=experiment(noise=2))
    kept = page.evaluate("() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]")
    assert kept == [["mantine-color-scheme-value"], [], ""]
    assert page.context.cookies() == []


def test_no_modebar_button_and_no_link_leads_away(page):
    assert page.locator(".modebar-btn").count() == 0
    assert page.locator("a[href^='http'], iframe, form[action]").count() == 0
