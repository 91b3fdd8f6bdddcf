"""Accessibility: axe, with all of its rules, finds nothing in any view; landmarks, names, focus.

Every view is looked at once, each in another theme than the one before it, at each size of the page.
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from components.lessons import LESSONS
from tests.browser.lab import button, choice, experiment, look_for, shows, slowly, switch, until, write
from tests.browser.pages import DESKTOP, PHONE, PROJECTOR
from tests.browser.test_explore import show, whole

USUAL = {"color_scheme": "light", "forced_colors": "none", "contrast": "no-preference"}
THEMES = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "a contrast theme": {"forced_colors": "active"},
    "more contrast": {"contrast": "more"},
    "more contrast in the dark": {"contrast": "more", "color_scheme": "dark"},
}
WORN = """({ color_scheme: scheme, forced_colors: forced, contrast }) => {
    const { soft, ink } = lab.theme.now(), bold = forced === "active" || contrast === "more";
    return lab.theme.scheme() === scheme && (soft === ink) === bold
        && (!bold || document.getElementById("offline-data")  // which has all sheets in it
            || document.querySelector("link[href$='/contrast.css']")?.sheet);
}"""

ALLOWED = {
    "target-size": "test_keys_and_touch.py measures every target, and knows which are the same thing twice.",
    "label-content-name-mismatch": "An experiment of axe's, which takes a symbol for a word; test_keys_and_touch.py "
    "compares words.",
}
"""Rules that are not asked for, and why."""

AXE = """async ([place, allowed]) => {
    const all = axe.getRules().map(({ ruleId }) => ruleId);
    const rules = Object.fromEntries(all.map((id) => [id, { enabled: !allowed.includes(id) }]));
    const { violations } = await axe.run(place, { rules, resultTypes: ["violations"] });
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = "var(--accent)";
    const rgb = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
    const filled = `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
    probe.remove();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ any, target }) => [id, any[0]?.data, target.join(" ")]))
        .filter(([id, data]) => !(id === "color-contrast-enhanced" && data.bgColor === filled))
        .map(([id, data, target]) => `${id} ${target} ${data?.fgColor ?? ""} ${data?.bgColor ?? ""}`);
}"""
"""What is found, with the places. Of text on a filled button 4.5 to 1 is asked, which is a rule of its own."""


class Eyes:
    """axe upon a page, at each look in the next theme; it begins with the one at the place `start`."""

    def __init__(self, page: Page, start: int = 0) -> None:
        self.page, self.turn = page, start
        page.evaluate(AXE_SCRIPT)

    def __call__(self, view: str, place: str = "html") -> None:
        """Nothing is found in the view."""
        name, media = list(THEMES.items())[self.turn % len(THEMES)]
        self.turn += 1
        media = {**USUAL, **media}
        self.page.emulate_media(**media)
        until(self.page, WORN, media)
        assert self.page.evaluate(AXE, [place, list(ALLOWED)]) == [], f"{view}, in {name}"


def reach(page, name):
    """A tool of the page's head, which on a phone stands in its menu."""
    if button(page, "Menu").is_visible():
        button(page, "Menu").click()
    button(page, name).click()


@pytest.fixture
def visit(open_page):
    """open_page for axe: its script comes as text, which the page's own policy forbids. The page, and what looks."""

    def visit(start: int = 0, **how):
        page = open_page(bypass_csp=True, **how)
        return page, Eyes(page, start)

    return visit


def test_many_parameters_and_a_surface_without_a_floor(visit):
    """Their selects, and the switches that they have no use for."""
    page, look = visit(size=DESKTOP)
    for values in ({"problem": "network", "units": 8}, {"problem": "saddle"}):
        page.evaluate("(values) => lab.settings.set(values, 'problem')", values)
        until(page, "(family) => lab.state.run.family === family", values["problem"])
        if "units" in values:
            choice(page, "Plane").select_option("two parameters")
            expect(choice(page, "Second parameter")).to_be_visible()
        look(str(values))


def test_a_desktop_in_every_state(visit):
    page, look = visit(size=DESKTOP)
    look("all panels")
    button(page, "Table").click()
    button(page, "About Reached, Stays from and Verdict").click()
    expect(page.get_by_role("tooltip")).to_contain_text("Stays from: ")
    look("what an i says")
    button(page, "Table").click()
    button(page, "Try").click()
    expect(page.get_by_role("menu")).to_be_visible()
    look("the menu Try")
    page.keyboard.press("Escape")
    button(page, "Problem: Line").click()
    expect(page.get_by_role("region", name="Problem", exact=True)).to_be_visible()
    look("the problems")
    page.get_by_role("radio", name="Your own function", exact=True).check()
    expect(page.locator("#own-mathematics math")).to_have_count(4)
    look("a function of one's own")
    for part in ("Points", "Steps"):
        button(page, part).click()
        look(f"the problem's {part}")
    button(page, "Close").click()
    button(page, "Reset").click()
    page.locator("#options > summary").click()
    page.get_by_text("True line and start").click()
    look("the playback options and all settings")
    page.keyboard.press("Escape")
    page.locator("#events > summary").click()
    look("the list of events")
    page.keyboard.press("Escape")
    button(page, "Help and keys").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look("the help")
    page.keyboard.press("Escape")
    write(page, "Noise", "much")
    shows(page, state="error")
    look("an error")
    look_for(page, "Too hot (SGD at .03)")
    shows(page, run=experiment(lr=0.03))
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    shows(page, step=1500)
    switch(page, "Adam").click()
    button(page, "Table").click()
    look("the table at the end, with one that diverged and one that is off")
    button(page, "Enlarge Loss").click()
    look("one panel alone")
    button(page, "Back to the other panels").click()
    button(page, "3-D").click()
    until(page, "() => lab.surfaceView && !document.body.dataset.coming")
    look("three dimensions")


def test_panels_that_explore(visit):
    """Each with its numbers."""
    page, look = visit(size=DESKTOP, path="/?on=loss")
    button(page, "Explore").click()
    look("their menu")
    page.keyboard.press("Escape")
    for title in ("Rate sweep", "Fair race", "Stability map", "Basins", "Many seeds", "Rate finder"):
        show(page, title)
    for title in ("Rate sweep", "Fair race", "Stability map", "Basins", "Many seeds"):  # asked for in turn
        whole(page, title)
    for title in ("Rate sweep", "Many seeds"):
        page.get_by_role("figure", name=title, exact=True).get_by_role("button", name="Numbers").click()
    look("all of them, and the numbers of two")


def open_methods(page):
    page.locator("#add-method").click()
    page.get_by_role("region", name="Methods", exact=True).get_by_role("button", name="Adam rate 1").click()
    button(page, "Pin Adam: keep it as it is now, as a dashed ghost").click()
    for words in ("What differs between two methods", "At the end of each restart cycle", "Formula and source"):
        page.get_by_text(words, exact=True).first.click()


@pytest.mark.parametrize(("size", "start"), [(DESKTOP, 1), (PHONE, 0)], ids=["desktop", "phone"])
def test_lessons(visit, size, start):
    """Their list, a question, its answer with a wrong guess, and a challenge that was missed."""
    page, look = visit(start, size=size)
    reach(page, "Lessons")
    first = page.get_by_role("region", name="Lessons", exact=True).get_by_role("button").nth(1)
    expect(first).to_be_visible()
    look("the list")
    first.click()
    shows(page, state="ready", step=1)
    look("the question")
    page.locator(".lesson-choice").first.click()
    button(page, "Check").click()
    expect(page.locator("#lesson .is-judged")).to_be_visible()
    look("the answer and the challenge")
    mark = "(node) => [getComputedStyle(node, '::after').content, node.getAttribute('aria-description')]"
    told = [one.evaluate(mark) for one in page.locator(".lesson-choice").all()]
    # By a sign, which is no part of the name, and not by a colour alone.
    assert told[:2] == [['" \u2717" / ""', "wrong"], ['" \u2713" / ""', "right"]]


def test_every_lesson(visit):
    page, look = visit(2, size=DESKTOP, path=f"/?lesson={next(iter(LESSONS))}")
    for place, lesson in enumerate(LESSONS.values()):
        expect(page.locator("#lesson-title")).to_have_text(lesson.title)
        page.locator(".lesson-choice").nth(place % 2).click()
        expect(button(page, "Check")).to_be_visible()
        look(lesson.title, "#lesson")
        if place < len(LESSONS) - 1:
            button(page, "Next").click()


def test_the_drawer_with_the_methods(visit):
    page, look = visit(3, size=DESKTOP)
    look_for(page, "Restarts every 10 epochs")
    shows(page, run=experiment(period=10))
    open_methods(page)
    page.get_by_role("textbox", name="Beta 1", exact=True).fill("much")
    page.keyboard.press("Enter")
    shows(page, state="error")
    look("a card, a pin, the table of differences, snapshots and an error")
    page.locator("#methods-add").click()
    expect(page.get_by_role("menu")).to_be_visible()
    look("the menu of methods")


def test_the_drawer_with_the_methods_on_a_phone(visit):
    page, look = visit(1, size=PHONE, has_touch=True)
    open_methods(page)
    look("the drawer")


def test_the_drawer_with_the_theory(visit):
    page, look = visit(1, size=DESKTOP)
    reach(page, "Theory")
    switch(page, "Theory on the picture").click()
    expect(page.locator(".theory-card")).to_have_count(4)
    look("the drawer")
    page.keyboard.press("Escape")
    button(page, "Batch").click()
    expect(page.locator("#slider-lr .edge").first).to_be_visible()
    look("edges on the slider")


@pytest.mark.parametrize(("size", "start"), [(DESKTOP, 0), (PHONE, 2)], ids=["desktop", "phone"])
def test_the_microscope(visit, size, start):
    page, look = visit(start, size=size)
    reach(page, "Microscope")
    choice(page, "Method under the microscope").select_option("Adam")
    expect(page.locator("#lens-rows .lens-result")).to_have_count(11)
    expect(page.locator("#lens-rows")).to_have_attribute("aria-busy", "false")
    look("a step")
    page.get_by_role("slider", name="Step", exact=True).fill("0")
    shows(page, step=0)
    look("the start")


@pytest.mark.parametrize(("size", "start"), [(DESKTOP, 2), (PHONE, 3)], ids=["desktop", "phone"])
def test_what_is_shared(visit, size, start):
    """The drawer with its link and its files, a program, and the builder of links."""
    page, look = visit(start, size=size)
    reach(page, "Share")
    expect(page.get_by_role("group", name="Offline page", exact=True)).to_be_visible()
    expect(page.get_by_role("textbox", name="Link", exact=True)).not_to_have_value("")
    look("the link and the files")
    button(page, "Show the code").click()
    expect(page.locator("#code .python-keyword").first).to_be_visible()
    expect(page.locator("#code .python-comment").first).to_be_visible()
    look("a program", "#code")
    page.keyboard.press("Escape")
    button(page, "Link builder\u2026").click()
    page.get_by_role("checkbox", name="For a frame").check()
    expect(page.frame_locator("iframe").locator("body")).to_have_attribute("data-state", "ready")
    look("the builder of links", "#builder")


def test_a_page_with_locks_and_a_frame(visit):
    page, look = visit(0, size=DESKTOP, path="/?lock=lr,form,problem&panels=fit,loss&show=beta,seed")
    button(page, "Problem: Line").click()
    expect(page.get_by_role("region", name="Problem", exact=True)).to_be_visible()
    look("what is locked")
    page, look = visit(1, size=PHONE, path="/?embed=1&panels=fit,loss&readout=1")
    look("a frame")


def test_a_projector(visit):
    page, look = visit(size=PROJECTOR)
    switch(page, "Projector").click()
    look("the panels")
    button(page, "Change").click()  # the chips stand in the place of the head
    look("the settings")
    button(page, "Problem: Line").click()
    expect(page.get_by_role("region", name="Problem", exact=True)).to_be_visible()
    look("the problems")
    button(page, "Close").click()
    reach(page, "Lessons")
    expect(page.locator(".lesson-entry").first).to_be_visible()
    look("the lessons")
    button(page, "Close").click()
    reach(page, "Theory")
    expect(page.locator(".theory-card")).to_have_count(4)
    look("the theory")


def test_a_phone(visit):
    page, look = visit(size=PHONE, has_touch=True)
    look("a panel")
    button(page, "Menu").click()
    look("the tools")
    button(page, "Settings").click()
    look("a setting")
    button(page, "Try").click()
    look("the menu Try")
    button(page, "Problem: Line").click()
    expect(page.get_by_role("region", name="Problem", exact=True)).to_be_visible()
    look("the problems")
    button(page, "Points").click()
    look("one's own points")


def test_the_title_says_what_is_on_view(page):
    """In words that change when it comes to rest, not at every picture."""
    expect(page).to_have_title("Step 30 of 1,500 \u00b7 Descent Lab")
    page.evaluate("""() => {
        window.titles = [];
        new MutationObserver(() => titles.push(document.title))
            .observe(document.querySelector("title"), { childList: true });
    }""")
    slowly(page)
    button(page, "Play").click()
    until(page, "() => Number(document.body.dataset.step) > 40")
    expect(page).to_have_title("Playing \u00b7 Descent Lab")
    button(page, "Pause").click()
    step = page.locator("body").get_attribute("data-step")
    stands = f"Step {int(step):,} of 1,500 \u00b7 Descent Lab"
    expect(page).to_have_title(stands)
    assert page.evaluate("() => titles") == ["Playing \u00b7 Descent Lab", stands]
    reach(page, "Lessons")
    page.get_by_role("region", name="Lessons", exact=True).get_by_role("button").nth(1).click()
    lesson = next(iter(LESSONS.values())).title
    expect(page).to_have_title(f"Step 1 of 20 \u00b7 Lesson: {lesson} \u00b7 Descent Lab")
    button(page, "Leave the lesson, keep the settings").click()
    expect(page).to_have_title("Step 1 of 20 \u00b7 Descent Lab")


def test_the_page_has_a_language_and_its_landmarks(page):
    assert page.locator("html").get_attribute("lang") == "en"
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
