"""The drawer "Problem": every curve and surface is offered and can be chosen, with its own settings and no others."""

import re

import pytest
from playwright.sync_api import Page, expect

from components.settings import parsing, problems
from components.settings.table import DEFAULTS, PRESETS
from optim import Experiment
from tests.browser.lab import button, choice, field, figure, look_for, shows, slider, until, write
from tests.browser.pages import PHONE

LISTED = [name for name in problems.TITLES if name != problems.OWN]
ROWS = {
    "line": set(),
    "polynomial": {"Degree", "True parameters", "Start"},
    "network": {"Hidden units", "True parameters", "Start"},
    "ravine": {"Condition number", "Start", "Gradient noise"},
    "rosenbrock": {"Start", "Gradient noise"},
    "sine": {"True parameters", "Start"},
}
FIELDS = set().union(*ROWS.values())


def chosen(changed: str = "problem", **values) -> Experiment:
    """What the page runs when the last of these settings was changed."""
    return parsing.parse(DEFAULTS | values, changed=changed).experiment


def opened(page: Page) -> Page:
    if button(page, "Settings").is_visible():
        button(page, "Settings").click()
    page.locator("#problem-open").click()
    expect(page.get_by_role("region", name="Problem", exact=True)).to_be_visible()
    return page


def choose(page: Page, family: str) -> None:
    page.get_by_role("radio", name=problems.TITLES[family], exact=True).check()


def formula(page: Page, family: str) -> str:
    """What stands as mathematics beside a problem's name."""
    return page.locator(f"[data-problem={family}] .problem-formula math").text_content()


def test_every_problem_is_offered_with_its_name_its_formula_and_what_it_shows(page):
    opened(page)
    names = page.locator("[data-problem] .problem-pick label").all_text_contents()
    assert names == list(problems.TITLES.values())
    for family in LISTED:
        expect(page.locator(f"[data-problem={family}] math")).to_have_count(1)
        expect(page.locator(f"[data-problem={family}] .problem-shows")).not_to_be_empty()
        assert page.evaluate(
            """(family) => {
                const box = document.querySelector(`[data-problem="${family}"] .problem-formula`);
                return box.firstElementChild.namespaceURI.endsWith("MathML") && box.scrollWidth <= box.clientWidth + 1;
            }""",
            family,
        ), f"{family}'s formula is cut off"
    assert formula(page, "sine") == "y=asin(bx+c)"


def test_a_problem_is_run_as_suits_it_and_shows_its_own_settings_only(page):
    opened(page)
    for family, rows in ROWS.items():
        choose(page, family)
        shows(page, run=chosen(problem=family))
        expect(page.locator("#problem-open")).to_have_attribute("aria-label", f"Problem: {problems.TITLES[family]}")
        assert {label for label in FIELDS if field(page, label).is_visible()} == rows
        expect(page.get_by_role("radiogroup", name="Inputs", exact=True)).to_be_visible(visible=family == "polynomial")
        expect(page.locator("#group-line")).to_be_visible(visible=False)  # covered by the drawer
    page.keyboard.press("Escape")
    expect(page.locator("#group-line")).to_be_hidden()
    expect(slider(page, "Points")).to_be_visible()
    button(page, "Reset").click()
    shows(page, run=Experiment())
    expect(page.locator("#group-line")).to_be_visible()
    expect(page.locator("#problem-open")).to_have_accessible_name("Problem: Line")


def test_rows_that_do_nothing_on_a_surface_are_not_there(page):
    opened(page)
    choose(page, "himmelblau")
    shows(page, run=chosen(problem="himmelblau"))
    button(page, "Close").click()
    for label in ("Batch size", "Points", "Noise", "Data seed"):
        expect(field(page, label)).to_be_hidden()
    expect(page.locator("#group-data")).to_be_hidden()
    for label in ("Learning rate (Adam)", "Steps"):
        expect(field(page, label)).to_be_visible()


def test_the_list_goes_by_keys_and_the_settings_of_a_problem_change_it(page):
    page.locator("#problem-open").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Line", exact=True).focus()
    page.keyboard.press("ArrowDown")
    shows(page, run=chosen(problem="proportional"))
    page.keyboard.press("ArrowDown")
    shows(page, run=chosen(problem="polynomial"))
    slider(page, "Degree").focus()
    page.keyboard.press("ArrowRight")
    shows(page, run=chosen("degree", problem="polynomial", degree=4))
    until(page, "() => document.querySelector('[data-problem=polynomial] math').textContent.endsWith('c4x4')")
    page.get_by_role("radio", name="scaled to -1 to 1", exact=True).check()
    scaled = {"problem": "polynomial", "degree": 4, "scaled": "yes"}
    shows(page, run=chosen("scaled", **scaled))
    assert formula(page, "polynomial").startswith("y=c0+c1u")
    own = parsing.parse(DEFAULTS | scaled, changed="scaled").values
    write(page, "Start", "1, 0, 0, 0, 1")
    shows(page, run=chosen("start", **own | {"start": "1, 0, 0, 0, 1"}))
    write(page, "Start", "1, 2")
    shows(page, state="error")
    expect(page.locator("#note-start")).to_have_text("5 numbers are needed, for c0, c1, c2, c3, c4, not 2.")
    expect(field(page, "Start")).to_have_value("1, 2")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer-problem")).to_be_hidden()
    expect(page.locator("#problem-open")).to_be_focused()


@pytest.mark.parametrize(("key", "name"), [("coordinates", "in turn"), ("reduction", "sum"), ("shuffle", "shuffled")])
def test_how_steps_are_taken(page, key, name):
    opened(page)
    button(page, "Steps").click()
    expect(page.locator(f"#help-{key}")).to_be_visible()
    write_batch = {"batch": 5}
    page.get_by_role("radio", name=name, exact=True).check()
    value = {"coordinates": "in turn", "reduction": "sum", "shuffle": "on"}[key]
    shows(page, run=chosen(key, **{key: value}))
    button(page, "Close").click()
    write(page, "Batch size", "5")
    shows(page, run=chosen("batch", **{key: value}, **write_batch))


def test_try_comes_back_to_the_line(page):
    opened(page)
    choose(page, "ravine")
    shows(page, run=chosen(problem="ravine"))
    button(page, "Close").click()
    name = next(iter(PRESETS))
    look_for(page, name)
    shows(page, run=chosen(None, **PRESETS[name].values))
    expect(page.locator("#problem-open")).to_have_accessible_name("Problem: Line")


def test_on_a_phone_the_picture_stays_in_view_and_the_choice_offers_what_is_of_use(open_page):
    page = opened(open_page(size=PHONE, has_touch=True))
    choose(page, "ackley")
    shows(page, run=chosen(problem="ackley"))
    shown, sheet = figure(page, "Landscape").bounding_box(), page.locator("#drawer-problem").bounding_box()
    assert 0 <= shown["y"] < shown["y"] + shown["height"] <= sheet["y"] + 1
    expect(field(page, "Gradient noise")).to_be_visible()
    button(page, "Close").click()
    offered = choice(page, "Setting").locator("option:not([disabled])").all_text_contents()
    assert "Steps" in offered
    assert {"Noise", "Points", "True a"}.isdisjoint(offered)


def test_on_a_surface_epochs_are_called_steps_wherever_they_are_set(page):
    labels = {"Epochs": "Steps", "Annealing period (epochs)": "Annealing period (steps)"}
    for problem, here, gone in (("himmelblau", labels.values(), labels), ("sine", labels, labels.values())):
        page.evaluate("(problem) => lab.settings.set({ problem }, 'problem')", problem)
        shows(page, run=chosen(problem=problem))
        for label in here:
            expect(slider(page, label)).to_be_visible()
            expect(page.locator("label", has_text=re.compile(f"^{re.escape(label)}$"))).to_be_visible()
        for label in gone:
            expect(slider(page, label)).to_have_count(0)
