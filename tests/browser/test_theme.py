"""Light, dark, projector: colours follow the system until chosen, and are remembered; all fits the screen."""

import re

import pytest
from playwright.sync_api import expect

from components.page.styles import OWN
from components.page.theme import SCHEMES, SIZES
from optim import Experiment
from tests.browser.lab import (
    LABELS,
    button,
    experiment,
    fitted,
    painted,
    picture,
    resize,
    rests,
    shows,
    slider,
    switch,
    until,
    write,
)
from tests.browser.pages import DESKTOP, PROJECTOR, ready

TICKFONT = "({ graph }) => graph._fullLayout.yaxis.tickfont"
ON_VIEW = f"[...lab.boards.values()].filter(({{ figure }}) => figure.offsetParent).map({TICKFONT})"
TICKS = "[...lab.boards.values()].map(({ graph }) => graph._fullLayout.yaxis.tickfont)"


GROUNDS = """
    window.grounds = new Set();
    const look = () => {
        if (document.body) grounds.add(getComputedStyle(document.body).backgroundColor);
        if (document.body?.dataset.state !== "ready") requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
"""
"""Collects the colours that the ground of the page has while it loads: a dark page is never light first."""


def paper(page):
    return page.evaluate("() => getComputedStyle(document.querySelector('.panel')).backgroundColor")


def rgb(name):
    return f"rgb({', '.join(str(int(name[i : i + 2], 16)) for i in (1, 3, 5))})"


def in_scheme(page, scheme):
    """Page, form, canvas and Plotly are all of one colour scheme."""
    assert paper(page) == rgb(SCHEMES[scheme].paper)
    assert page.locator("html").get_attribute("data-mantine-color-scheme") == scheme
    assert page.evaluate("() => lab.theme.scheme()") == scheme
    until(
        page,
        f"(soft) => {TICKS}.every(({{ color }}) => color === soft)",
        SCHEMES[scheme].soft,
    )
    chip = switch(page, "SGD").locator("canvas")
    found = chip.evaluate("(node) => [...node.getContext('2d').getImageData(3, node.height / 2, 1, 1).data]")
    colour = getattr(OWN["SGD"], scheme)
    assert found == pytest.approx([*(int(colour[i : i + 2], 16) for i in (1, 3, 5)), 255], abs=2)


def test_dark_follows_the_system_until_it_is_chosen_and_is_then_remembered(open_page):
    page = open_page(scheme="dark")
    dark = switch(page, "Dark")
    expect(dark).to_have_attribute("aria-checked", "true")
    in_scheme(page, "dark")
    page.add_init_script(GROUNDS)
    page.reload()
    ready(page)
    grounds = page.evaluate("() => [...grounds]")
    assert grounds
    assert all(int(channel) < 64 for ground in grounds for channel in re.findall(r"\d+", ground)[:3]), grounds
    page.emulate_media(color_scheme="light")
    expect(dark).to_have_attribute("aria-checked", "false")
    in_scheme(page, "light")
    before = picture(page, "fit")
    dark.click()
    expect(dark).to_have_attribute("aria-checked", "true")
    in_scheme(page, "dark")
    assert picture(page, "fit") != before
    page.reload()
    ready(page)
    expect(dark).to_have_attribute("aria-checked", "true")
    in_scheme(page, "dark")
    page.emulate_media(color_scheme="dark")
    dark.click()
    page.reload()
    ready(page)
    in_scheme(page, "light")
    expect(dark).to_have_attribute("aria-checked", "false")


def beside(page):
    """Another tab of the same browser."""
    other = page.context.new_page()
    other.goto(page.url)
    return ready(other)


def test_what_is_chosen_in_one_tab_is_worn_in_all(open_page):
    """Whole: page, form, canvases, Plotly and the switch."""
    page = open_page()
    other = beside(page)
    light = picture(other, "fit")
    for scheme in ("dark", "light", "dark"):
        switch(page, "Dark").click()
        expect(switch(other, "Dark")).to_have_attribute("aria-checked", str(scheme == "dark").lower())
        in_scheme(other, scheme)
        assert (picture(other, "fit") == light) == (scheme == "light")
    other.reload()
    in_scheme(ready(other), "dark")
    assert "theme" not in other.url
    switch(other, "Dark").click()
    expect(switch(page, "Dark")).to_have_attribute("aria-checked", "false")
    in_scheme(page, "light")
    until(page, "() => !location.search.includes('theme=dark')")  # its address says what is on view


def test_a_tab_whose_link_chose_its_scheme_follows_too(open_page):
    page = open_page(path="/?theme=light")
    other = beside(page)
    switch(other, "Dark").click()
    expect(switch(page, "Dark")).to_have_attribute("aria-checked", "true")
    in_scheme(page, "dark")
    until(page, "() => location.search.includes('theme=dark')")
    page.evaluate("() => localStorage.clear()")
    expect(switch(other, "Dark")).to_have_attribute("aria-checked", "false")  # the system's again
    in_scheme(other, "light")


def test_projector_has_larger_type_and_thicker_lines_and_still_fits(open_page):
    page = open_page(size=PROJECTOR, plain=True)
    measure = """() => [
        parseFloat(getComputedStyle(document.body).fontSize),
        lab.theme.contestant(0).width,
        lab.boards.get("fit").graph._fullLayout.yaxis.tickfont.size,
    ]"""
    before, ink = page.evaluate(measure), painted(page, "fit")[0]
    switch(page, "Projector").click()
    until(page, f"(wanted) => {ON_VIEW}.every(({{ size }}) => size === wanted)", SIZES["projector"])
    after = page.evaluate(measure)
    assert all(large >= 1.2 * small for small, large in zip(before, after, strict=True))
    assert after[2] >= 22
    assert picture(page, "fit")
    assert painted(page, "fit")[0] > ink
    assert scrolls(page) == []
    button(page, "Change").click()
    switch(page, "Projector").click()
    button(page, "All").click()
    until(page, f"(wanted) => {TICKS}.every(({{ size }}) => size === wanted)", SIZES["normal"])
    assert page.evaluate(measure) == before


def scrolls(page):
    """What of the page scrolls in any direction."""
    return page.evaluate(
        """() => {
            const boxes = [...document.querySelectorAll("#lab, #stage, #panels, .settings, #readout-box")];
            const over = (node) => [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight];
            return [document.scrollingElement, ...boxes.filter((node) => node.offsetParent)]
                .filter((node) => getComputedStyle(node).visibility === "visible" && over(node).some((px) => px > 1))
                .map((node) => `${node.id || node.className || node.tagName}: ${over(node)}`);
        }"""
    )


def fits(page):
    """Nothing scrolls in either direction, and everything that the first look needs is on view."""
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    assert scrolls(page) == []
    shown = [
        *page.get_by_role("figure").all(),
        *(button(page, name) for name in ("Restart", "Step back", "Play", "Step forward", "End")),
        page.get_by_role("slider", name="Step", exact=True),
        slider(page, "Learning rate (SGD, Momentum)"),
        slider(page, "Noise"),
        page.locator("#sentence"),
        *(switch(page, label) for label in LABELS),
    ]
    for node in shown:
        box = node.bounding_box()
        assert 0 <= box["x"] <= width + 1 - box["width"], node
        assert 0 <= box["y"] <= height + 1 - box["height"], node
    for panel in page.get_by_role("figure").all():
        box = panel.bounding_box()
        assert box["width"] > 250
        assert box["height"] > 220


@pytest.mark.parametrize("size", [DESKTOP, PROJECTOR], ids=lambda size: f"{size['width']}x{size['height']}")
def test_a_desktop_shows_all_of_it_without_scrolling(page, size):
    page.set_viewport_size(size)
    try:
        rests(page)
        fits(page)
        write(page, "Learning rate (SGD, Momentum)", "0.03")
        shows(page, run=experiment(lr=0.03))
        page.locator(":focus").blur()
        page.keyboard.press("End")
        shows(page, step=1500)
        fits(page)
    finally:
        page.set_viewport_size(DESKTOP)


def test_every_canvas_follows_the_size_of_the_window(page):
    try:
        for size in (PROJECTOR, {"width": 1100, "height": 760}, DESKTOP):
            resize(page, size)
            fitted(page)
    finally:
        page.set_viewport_size(DESKTOP)
    shows(page, run=Experiment(), step=30)
