"""The drawer "Microscope" and the view "Rate felt": what is shown is what the method really did."""

import re

import numpy as np
from playwright.sync_api import expect

from components import controls, links
from components.records import values_of
from components.settings import DEFAULTS
from optim import train
from tests.browser.lab import axis, button, choice, experiment, seek, shows, step, switch, until, words

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def number(text):
    """A shown number: "−1.23457×10⁻⁵" is -1.23457e-5."""
    text = text.removeprefix("= ").strip("()").replace("−", "-")
    return float(re.sub(r"×?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: f"e{m[1].translate(SUPERSCRIPTS)}", text))


def results(page):
    """The result of every line by name, once the numbers are those of the step on view."""
    expect(page.locator("#lens-rows")).to_have_attribute("aria-busy", "false")
    return dict(page.evaluate(
        """() => [...document.querySelectorAll('#lens-rows > li')].map(
            (line) => [line.dataset.name, line.querySelector('.lens-result').textContent])"""))


def agrees(page, run, k, i=0):
    """Every number of step k that a run knows is shown, in six digits."""
    shown = {name: number(text) for name, text in results(page).items()}
    for name, value in (("g", run.gradient[k - 1, i]), ("d", run.direction[k - 1, i]), ("p", run.params[k, i]),
                        ("lr", run.learning_rate[k - 1])):
        np.testing.assert_allclose(shown[name], value, rtol=5.1e-6, err_msg=f"{name} at step {k}")


def test_every_step_forwards_and_backwards_has_its_own_numbers(page):
    run = train(experiment())["Adam with annealing"]
    button(page, "Microscope").click()
    choice(page, "Method under the microscope").select_option("Adam with annealing")
    agrees(page, run, 30)
    page.get_by_role("heading", name="Microscope").focus()
    for key, k in (("ArrowRight", 31), ("ArrowRight", 32), ("ArrowLeft", 31), ("ArrowLeft", 30), ("ArrowLeft", 29)):
        page.keyboard.press(key)
        shows(page, step=k)
        agrees(page, run, k)
    choice(page, "Parameter under the microscope").select_option("b")
    agrees(page, run, 29, 1)
    seek(page, 1500)
    agrees(page, run, 1500, 1)
    seek(page, 0)
    expect(page.locator("#lens-rows")).to_be_hidden()
    expect(page.locator("#lens-where")).to_have_text("Step 0: nothing has been done yet. b = 1.")
    expect(page.locator("#lens-begins")).to_contain_text("mean square of the gradient")


def test_the_numbers_put_in_are_those_of_the_lines_above(page):
    button(page, "Microscope").click()
    choice(page, "Method under the microscope").select_option("Momentum")
    run = train(experiment())["Momentum"]
    agrees(page, run, 30)
    row = page.locator("#lens-rows > li[data-name=v]")
    texts = row.locator(".lens-numbers mn").all_text_contents()
    assert [text for text in texts if "−" in text]
    assert all(text.startswith("(−") for text in texts if "−" in text), "a minus after a times is in parentheses"
    shown = [number(text) for text in texts]
    beta, before, _, weight, gradient = shown
    assert (beta, weight) == (0.95, 0.95)
    np.testing.assert_allclose([before, gradient], [run.direction[28, 0], run.gradient[29, 0]], rtol=5.1e-6)
    np.testing.assert_allclose(beta * before + (1 - weight) * gradient, number(results(page)["v"]), rtol=1e-5)


def test_it_follows_other_settings_and_says_where_a_method_diverged(page):
    button(page, "Microscope").click()
    agrees(page, train(experiment())["SGD"], 30)
    page.evaluate("() => lab.settings.set({ lr: 0.03 }, 'lr')")
    shows(page, run=experiment(lr=0.03))
    run = train(experiment(lr=0.03))["SGD"]
    seek(page, run.diverged_at - 1)
    agrees(page, run, run.diverged_at - 1)
    seek(page, run.diverged_at)
    expect(page.locator("#lens-where")).to_contain_text("SGD has left the range of numbers")
    expect(page.locator("#lens-rows")).to_be_hidden()


def test_it_moves_while_playing_and_asks_for_nothing_while_it_is_closed(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]) if "/ask/" in request.url else None)
    seek(page, 600)
    assert asked == []
    button(page, "Microscope").click()
    switch(page, "Mark the batch").click()
    expect(button(page, "Batch")).to_have_attribute("aria-pressed", "true")
    first = results(page)["p"]
    button(page, "Play").click()
    until(page, """(text) => lab.stage.state.step > 700
        && document.querySelector('#lens-rows > li:last-child .lens-result').textContent !== text""", first)
    button(page, "Pause").click()
    agrees(page, train(experiment())["SGD"], step(page))
    assert asked.count("rule") == 1
    assert asked.count("microscope") <= 12


def test_the_rate_felt_is_drawn_for_each_parameter_and_who_has_none_is_named(page):
    page.evaluate("() => lab.methods.add('Lion')")
    until(page, "() => lab.stage.state.run.contestants.length === 5")
    choice(page, "Rate view").select_option("rate felt")
    until(page, "() => 'felt 1' in lab.stage.state.run.exact[2]")
    run = train(experiment())["Adam"]
    felt = page.evaluate("() => [...lab.stage.state.run.exact[2]['felt 1'].slice(1, 4)]")
    square, expected = 0.0, []
    for t, g in enumerate(run.gradient[:3, 1], start=1):
        square = 0.9 * square + 0.1 * g * g
        expected.append(1 / (np.sqrt(square / (1 - 0.9**t)) + 1e-8))
    np.testing.assert_allclose(felt, expected, rtol=1e-6)
    assert [axis(page, "rate", name)["title"] for name in ("yaxis", "yaxis2")] == ["a", "b"]
    assert axis(page, "rate", "yaxis")["type"] == "log"
    low, high = axis(page, "rate", "yaxis2")["range"]
    assert low < -3 < high  # SGD's .001
    said = words(page, "rate")
    assert "Lion: no such rate" in said
    assert said.count("0.001") == 2
    expect(page.get_by_role("switch", name="Logarithmic rate")).to_be_hidden()
    choice(page, "Rate view").select_option("share")
    page.evaluate("() => lab.stage.paint()")
    assert page.evaluate("() => 'yaxis2' in lab.stage.boards.get('rate').graph._fullLayout") is False
    assert axis(page, "rate", "yaxis")["range"] == [-4, 106]


def test_numbers_are_shown_in_six_digits(page):
    values = [0, 1.5, -12.3456789, 123456.7, 999999.7, 1234567, -0.00099999949, 1e-300, 2.5e-5, 0.001]
    shown = page.evaluate("(values) => values.map(lab.numbers.digits)", values)
    for value, text in zip(values, shown, strict=True):
        np.testing.assert_allclose(number(text), value, rtol=5e-6, err_msg=text)
    assert shown[:5] == ["0", "1.50000", "−12.3457", "123457", "1.00000×10⁶"]
    assert page.evaluate("() => [1e-8, 1.5e-7, 0.9, 2, 0.001].map(lab.numbers.whole)") == [
        "10⁻⁸", "1.5×10⁻⁷", "0.9", "2", "0.001"]
    assert page.evaluate("() => [null, NaN, Infinity].map(lab.numbers.digits)") == ["–"] * 3


def test_a_link_opens_it_on_its_method_and_parameter(open_page):
    page = open_page(path="/?lens=3.1&rate=felt&step=31")
    shows(page, step=31)
    agrees(page, train(experiment())["Adam with annealing"], 31, 1)
    expect(choice(page, "Method under the microscope")).to_have_value("3")
    expect(choice(page, "Parameter under the microscope")).to_have_value("1")
    expect(choice(page, "Rate view")).to_have_value("felt")
    until(page, "() => location.search.includes('lens=3.1') && location.search.includes('rate=felt')")
    page.keyboard.press("Escape")
    until(page, "() => !location.search.includes('lens')")


def test_an_infinite_gradient_is_shown_as_infinite(open_page):
    """Lion takes its side, and the run is sound: nothing here is no number."""
    own = {"problem": "own", "formula": "y^2 - sqrt(x)", "start": "0, 1", "epochs": 5,
           "methods": [{"label": "Lion", "method": "Lion", "schedule": "Constant", "own": {}}]}
    page = open_page(path=f"/?{links.write(values_of(controls.parse(DEFAULTS | own)), {})}&lens=0.0&step=1")
    shows(page, run=experiment(**own), step=1)
    shown = results(page)
    assert (shown["g"], shown["d"]) == ("= −∞", "= −1.00000")
    assert "–" not in "".join(shown.values())
