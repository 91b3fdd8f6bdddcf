"""Accessibility: axe finds nothing serious or critical, in every look and with everything open; landmarks, focus."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.lab import button, choice, experiment, look_for, shows, switch, until, write
from tests.browser.pages import DESKTOP, PHONE, PROJECTOR

GRAVE = ("serious", "critical")


def grave(page):
    """What axe finds serious or critical, with the places."""
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], one["impact"], [" ".join(node["target"]) for node in one["nodes"]])
        for one in found
        if one["impact"] in GRAVE
    ]


def reach(page, name):
    """A tool of the page's head, which on a phone stands in its menu."""
    if button(page, "Menu").is_visible():
        button(page, "Menu").click()
    button(page, name).click()


@pytest.fixture
def visit(open_page):
    """open_page for axe: its script comes as text, which the page's own policy forbids."""

    def visit(**how):
        return open_page(bypass_csp=True, **how)

    return visit


def test_many_parameters_and_a_surface_without_a_floor(visit):
    """Their selects, and the switches that they have no use for."""
    page = visit(size=DESKTOP)
    for values in ({"problem": "network", "units": 8}, {"problem": "saddle"}):
        page.evaluate("(values) => lab.settings.set(values, 'problem')", values)
        until(page, "(family) => lab.state.run.family === family", values["problem"])
        if "units" in values:
            choice(page, "Plane").select_option("two parameters")
            expect(choice(page, "Second parameter")).to_be_visible()
        assert grave(page) == [], values


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_desktop_in_every_state(visit, scheme):
    page = visit(size=DESKTOP, scheme=scheme)
    assert grave(page) == []
    button(page, "Try").click()
    expect(page.get_by_role("menu")).to_be_visible()
    assert grave(page) == [], "with the menu Try"
    page.keyboard.press("Escape")
    button(page, "Problem: Line").click()
    assert grave(page) == [], "with the problems"
    page.get_by_role("radio", name="Your own function", exact=True).check()
    expect(page.locator("#own-mathematics math")).to_have_count(4)
    assert grave(page) == [], "with a function of one's own"
    for part in ("Points", "Steps"):
        button(page, part).click()
        assert grave(page) == [], f"with the problem's {part}"
    button(page, "Close").click()
    button(page, "Reset").click()
    page.locator("#options > summary").click()
    page.get_by_text("True line and start").click()
    assert grave(page) == [], "with the playback options and all settings"
    page.keyboard.press("Escape")
    button(page, "Help and keys").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert grave(page) == [], "with the help"
    page.keyboard.press("Escape")
    write(page, "Noise", "much")
    shows(page, state="error")
    assert grave(page) == [], "with an error"
    look_for(page, "Too hot (SGD at .03)")
    shows(page, run=experiment(lr=0.03))
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    shows(page, step=1500)
    switch(page, "Adam").click()
    assert grave(page) == [], "at the end, diverged, one method off"
    button(page, "Enlarge Loss").click()
    assert grave(page) == [], "enlarged"
    button(page, "Back to the other panels").click()
    button(page, "3-D").click()
    assert grave(page) == [], "in three dimensions"


def open_methods(page):
    page.locator("#add-method").click()
    page.get_by_role("region", name="Methods", exact=True).get_by_role("button", name="Adam rate 1").click()
    button(page, "Pin Adam: keep it as it is now, as a dashed ghost").click()
    for words in ("What differs between two methods", "At the end of each restart cycle", "Formula and source"):
        page.get_by_text(words, exact=True).first.click()


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")])
def test_lessons(visit, size, scheme):
    """Their list, a question, its answer with a wrong guess, and a challenge that was missed."""
    page = visit(size=size, scheme=scheme)
    reach(page, "Lessons")
    first = page.get_by_role("region", name="Lessons", exact=True).get_by_role("button").nth(1)
    expect(first).to_be_visible()
    assert grave(page) == [], "the list"
    first.click()
    shows(page, state="ready", step=1)
    assert grave(page) == [], "the question"
    page.locator(".lesson-choice").first.click()
    button(page, "Check").click()
    expect(page.locator("#lesson .is-judged")).to_be_visible()
    assert grave(page) == [], "the answer and the challenge"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawer_with_the_methods(visit, scheme):
    page = visit(size=DESKTOP, scheme=scheme)
    look_for(page, "Restarts every 10 epochs")
    shows(page, run=experiment(period=10))
    open_methods(page)
    page.get_by_role("textbox", name="Beta 1", exact=True).fill("much")
    page.keyboard.press("Enter")
    shows(page, state="error")
    assert grave(page) == [], "with a card, a pin, the table of differences, snapshots and an error"
    page.locator("#methods-add").click()
    expect(page.get_by_role("menu")).to_be_visible()
    assert grave(page) == [], "with the menu of methods"


def test_the_drawer_with_the_methods_on_a_phone(visit):
    page = visit(size=PHONE, has_touch=True)
    open_methods(page)
    assert grave(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawer_with_the_theory(visit, scheme):
    page = visit(size=DESKTOP, scheme=scheme)
    reach(page, "Theory")
    switch(page, "Theory on the picture").click()
    expect(page.locator(".theory-card")).to_have_count(4)
    assert grave(page) == []
    page.keyboard.press("Escape")
    button(page, "Batch").click()
    expect(page.locator("#slider-lr .edge").first).to_be_visible()
    assert grave(page) == [], "with edges on the slider"


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"])
def test_the_microscope(visit, size, scheme):
    page = visit(size=size, scheme=scheme)
    reach(page, "Microscope")
    choice(page, "Method under the microscope").select_option("Adam")
    expect(page.locator("#lens-rows .lens-result")).to_have_count(11)
    expect(page.locator("#lens-rows")).to_have_attribute("aria-busy", "false")
    assert grave(page) == []
    page.get_by_role("slider", name="Step", exact=True).fill("0")
    shows(page, step=0)
    assert grave(page) == [], "at the start"


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"])
def test_a_program(visit, size, scheme):
    page = visit(size=size, scheme=scheme)
    reach(page, "Share")
    button(page, "Show the code").click()
    expect(page.locator("#code .python-keyword").first).to_be_visible()
    expect(page.locator("#code .python-comment").first).to_be_visible()
    assert grave(page) == []


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_files(visit, size, scheme):
    page = visit(size=size, scheme=scheme)
    reach(page, "Share")
    expect(page.get_by_role("group", name="Offline page", exact=True)).to_be_visible()
    assert grave(page) == []


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")])
def test_the_link_and_its_builder(visit, size, scheme):
    page = visit(size=size, scheme=scheme)
    reach(page, "Share")
    expect(page.get_by_role("textbox", name="Link", exact=True)).not_to_have_value("")
    button(page, "Link builder\u2026").click()
    page.get_by_role("checkbox", name="For a frame").check()
    expect(page.frame_locator("iframe").locator("body")).to_have_attribute("data-state", "ready")
    assert grave(page) == []


def test_a_page_with_locks_and_a_frame(visit):
    page = visit(size=DESKTOP, path="/?lock=lr,form,problem&panels=fit,loss&show=beta,seed")
    button(page, "Problem: Line").click()
    assert grave(page) == []
    page = visit(size=PHONE, path="/?embed=1&panels=fit,loss&readout=1")
    assert grave(page) == []


def test_a_projector(visit):
    page = visit(size=PROJECTOR)
    switch(page, "Projector").click()
    assert grave(page) == []
    button(page, "Change").click()  # the chips stand in the place of the head
    switch(page, "Dark").click()
    assert grave(page) == [], "with the settings"
    button(page, "Change").click()
    assert grave(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone(visit, scheme):
    page = visit(size=PHONE, scheme=scheme, has_touch=True)
    assert grave(page) == []
    button(page, "Menu").click()
    assert grave(page) == [], "with the tools"
    button(page, "Settings").click()
    assert grave(page) == [], "with a setting"
    button(page, "Try").click()
    assert grave(page) == []
    button(page, "Problem: Line").click()
    assert grave(page) == [], "with the problems"
    button(page, "Points").click()
    assert grave(page) == [], "with one's own points"


def test_the_page_has_a_language_a_title_and_its_landmarks(page):
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title() == "Descent Lab"
    for role in ("banner", "main"):
        expect(page.get_by_role(role)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("Descent Lab")
    for name in ("Settings", "Transport"):
        expect(page.get_by_role("region", name=name, exact=True)).to_be_visible()


def test_all_can_be_reached_by_tab_and_the_focus_is_seen(page):
    """Every button, switch, field, slider and choice on view, once round, each with an outline."""
    wanted = page.evaluate(
        """() => {
            const all = document.querySelectorAll("button, input, select, summary, [role=slider], a[href]");
            const stops = (node) => node.tabIndex >= 0 && !node.disabled && (node.type !== "radio" || node.checked);
            return [...all].filter((node) => node.checkVisibility() && stops(node)).length;
        }"""
    )
    seen = []
    for _ in range(wanted + 10):
        page.keyboard.press("Tab")
        name, looks = page.evaluate(
            """() => {
                const node = document.activeElement, style = getComputedStyle(node);
                const ring = style.outlineStyle !== "none" || style.boxShadow !== "none";
                window.reached ??= new Map();
                if (!reached.has(node)) reached.set(node, reached.size);
                return [reached.get(node), node === document.body || ring ? "" : node.outerHTML.slice(0, 120)];
            }"""
        )
        assert looks == "", "no outline"
        seen.append(name)
    assert len(set(seen)) >= wanted


def test_the_focus_comes_back_from_the_help(page):
    button(page, "Help and keys").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button(page, "Help and keys")).to_be_focused()
