"""A function of one's own: typed, run and shown as mathematics; refused in words beside the field; nothing is lost."""

import pytest
from playwright.sync_api import Page, expect

from components.page.drawers import problem
from optim import Experiment
from tests.browser.lab import button, field, shows, until, write
from tests.browser.test_problem_menu import chosen, opened

CURVE, SURFACE = problem.EXAMPLES
FIELD = "Function"


def own(formula: str) -> Experiment:
    return chosen("formula", problem="own", formula=formula)


def lines(page: Page) -> list[str]:
    """The mathematics below the field, as the letters and signs in it."""
    return page.locator("#own-mathematics > div").all_text_contents()


@pytest.fixture
def typing(page: Page) -> Page:
    """The page with one's own function chosen."""
    opened(page).get_by_role("radio", name="Your own function", exact=True).check()
    shows(page, run=own(CURVE))
    return page


def test_it_begins_with_an_example_and_shows_it_and_its_derivatives(typing):
    expect(field(typing, FIELD)).to_have_value(CURVE)
    assert lines(typing) == ["y=ae−bx+c", "∂y∂a=e−bx", "∂y∂b=−axe−bx", "∂y∂c=1"]
    expect(typing.locator("#own-mathematics math")).to_have_count(4)
    expect(typing.locator("#caption-start")).to_have_text("a, b, c")
    for name in ("exp", "sigmoid", "pi"):
        expect(typing.locator(".own-function .hint")).to_contain_text(name)


def test_an_example_can_be_taken(typing):
    button(typing, SURFACE).click()
    shows(typing, run=own(SURFACE))
    expect(field(typing, FIELD)).to_have_value(SURFACE)
    assert lines(typing)[0].startswith("z=")
    assert len(lines(typing)) == 3


def test_what_is_typed_is_run_when_it_looks_finished(typing):
    field(typing, FIELD).fill("")
    field(typing, FIELD).press_sequentially("a*sin(b*x)")
    shows(typing, run=own("a*sin(b*x)"))
    until(typing, "() => document.getElementById('own-mathematics').textContent.startsWith('y=asin(bx)')")
    expect(field(typing, FIELD)).to_be_focused()


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("a*exp(-b*x", "“(” at column 6 is never closed."),
        ("1/2x + a", "“/2x” at column 2 has two readings: write * for the product"),
        ("__import__('os')", "“__import__” at column 1 cannot be a name"),
        ("a*log(x - 100)", "The curve has no finite value at x ="),
        ("<img src=x onerror=alert(1)>", "“<” at column 1 does not belong in a formula."),
    ],
)
def test_a_refusal_stands_beside_the_field_and_nothing_is_lost(typing, formula, words):
    before = lines(typing)
    write(typing, FIELD, formula)
    shows(typing, state="error", run=None)
    expect(typing.locator("#note-formula")).to_contain_text(words)
    expect(field(typing, FIELD)).to_have_value(formula)
    expect(field(typing, FIELD)).to_have_attribute("aria-invalid", "true")
    expect(typing.locator("body")).to_have_attribute("data-run", own(CURVE).digest)
    assert lines(typing) == before
    write(typing, FIELD, "a*x^2 + b")
    shows(typing, run=own("a*x^2 + b"))
    expect(typing.locator("#note-formula")).not_to_contain_text(words)


def test_what_is_no_mathematics_never_becomes_markup(page):
    made = page.evaluate(
        """async () => {
            const { mathml } = await lab.module("base/mathml.js");
            const box = document.createElement("div");
            const strangers = "<script>x()</" + "script><img src='y'/><annotation-xml>b</annotation-xml>";
            const text = `<math><mi onclick='x()' href='#'>a</mi>${strangers}</math>`;
            mathml.write(box, text);
            return box.innerHTML;
        }"""
    )
    assert made == "<math><mi>a</mi></math>"


def test_a_slope_that_is_no_number_ends_a_run_in_words_of_its_own(typing):
    """x sqrt(y) is 0 at (0, 0), but its slope by y is 0 / 0 there."""
    write(typing, FIELD, "x*sqrt(y)")
    shows(typing, run=own("x*sqrt(y)"))
    write(typing, "Start", "0, 0")
    until(typing, "() => lab.state.run.start.join() === '0,0'")
    typing.locator(":focus").blur()
    typing.keyboard.press("End")
    expect(typing.locator("#sentence")).to_contain_text(
        "SGD: slope not computable at step 1, Momentum at step 1, Adam at step 1 and Adam with annealing at step 1: ")
    expect(typing.locator("#sentence")).to_contain_text("the slope by y is not a number, though the loss is.")
    expect(typing.get_by_role("row", name="SGD").first).to_contain_text("slope not computable at step 1")
    expect(typing.locator("#sentence")).not_to_contain_text("diverged")


def test_a_chosen_formula_has_fractions_of_their_full_size(page):
    """As math-style had it, which Firefox 115 has not got."""
    button(page, "Problem: Line").click()
    math = "document.querySelector(`[data-problem=${name}] .problem-formula math`)"
    large = f"(name) => {math}.getAttribute('displaystyle')"
    page.locator("[data-problem=sine] input").check()
    until(page, f"() => ({large})('sine') === 'true' && ({large})('line') === null")
    page.locator("[data-problem=line] input").check()
    until(page, f"() => ({large})('line') === 'true' && ({large})('sine') === null")
