"""The drawer "Microscope" and the view "Rate felt": what is shown is what the method really did."""

import re

import numpy as np
from playwright.sync_api import expect

from components.exports.data_files import values_of
from components.links import query
from components.settings import parsing
from components.settings.table import DEFAULTS
from components.text.numbers import brief
from optim import batches, train
from tests.browser.lab import (
    COPY,
    axis,
    button,
    choice,
    experiment,
    seek,
    shows,
    slowly,
    step,
    switch,
    until,
    words,
    write,
)

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


def numbers_in(page, name):
    """The numbers that are put into a line."""
    line = page.locator(f"#lens-rows > li[data-name={name}]")
    return [number(text) for text in line.locator(".lens-numbers mn").all_text_contents()]


def test_the_gradient_is_worked_out_from_the_steps_point(page):
    """2 · x · error for the slope a, 2 · error for the height b."""
    experiment_, k = experiment(), 31
    run = train(experiment_)["SGD"]
    (x,), (y,) = (values[batches(experiment_)[k - 1]] for values in (experiment_.dataset.x, experiment_.dataset.y))
    prediction = run.params[k - 1, 0] * x + run.params[k - 1, 1]
    seek(page, k)
    button(page, "Microscope").click()
    agrees(page, run, k)
    near = {"rtol": 5.1e-6}
    np.testing.assert_allclose(numbers_in(page, "error"), [prediction, y], **near)
    assert numbers_in(page, "prediction") == [x]
    np.testing.assert_allclose(numbers_in(page, "g"), [2, x, prediction - y], **near)
    np.testing.assert_allclose(number(results(page)["g"]), 2 * x * (prediction - y), **near)
    choice(page, "Parameter under the microscope").select_option("b")
    agrees(page, run, k, 1)
    np.testing.assert_allclose(numbers_in(page, "g"), [2, prediction - y], **near)
    page.evaluate("() => lab.settings.set({ batch: 7 }, 'batch')")
    shows(page, run=experiment(batch=7))
    seek(page, 5)
    agrees(page, train(experiment(batch=7))["SGD"], 5, 1)
    assert numbers_in(page, "mean")[1] == 2, "of 30 points the fifth batch of 7 has two"
    expect(page.locator("#lens-rows > li[data-name=mean]")).to_contain_text("the N points of this step")


def test_the_batch_is_marked_for_the_method_under_the_microscope(page):
    """And for the one in front when it is closed."""
    seek(page, 31)
    button(page, "Microscope").click()
    switch(page, "Mark the batch").click()
    page.evaluate("async () => { lab.batch = (await lab.module('panels/parts/batch.js')).batch; }")
    experiment_ = experiment()
    runs, (point,) = train(experiment_), batches(experiment_)[30]
    x, y = experiment_.dataset.x[point], experiment_.dataset.y[point]

    def marked(label):
        a, b = runs[label].params[30]
        said = f"step 31: 1 point, {label}’s residual before it {brief(a * x + b - y)}"
        until(page, "(words) => words === lab.batch.says(lab.state)", said)

    marked("SGD")
    choice(page, "Method under the microscope").select_option("Adam")
    marked("Adam")
    page.keyboard.press("Escape")
    marked("SGD")
    page.keyboard.press("2")
    marked("Momentum")
    button(page, "Microscope").click()
    expect(choice(page, "Method under the microscope")).to_have_value("1")
    marked("Momentum")


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
    slowly(page)
    button(page, "Play").click()
    until(page, """(text) => lab.state.step > 700
        && document.querySelector('#lens-rows > li:last-child .lens-result').textContent !== text""", first)
    button(page, "Pause").click()
    agrees(page, train(experiment())["SGD"], step(page))
    assert asked.count("rule") == 1
    assert asked.count("microscope") <= 12


def test_the_rate_felt_is_drawn_for_each_parameter_and_who_has_none_is_named(page):
    page.evaluate("() => lab.methodsList.add('Lion')")
    until(page, "() => lab.state.run.contestants.length === 5")
    choice(page, "Rate view").select_option("rate felt")
    until(page, "() => 'felt 1' in lab.state.run.exact[2]")
    run = train(experiment())["Adam"]
    felt = page.evaluate("() => [...lab.state.run.exact[2]['felt 1'].slice(1, 4)]")
    square, expected = 0.0, []
    for t, g in enumerate(run.gradient[:3, 1], start=1):
        square = 0.9 * square + 0.1 * g * g
        expected.append(1 / (np.sqrt(square / (1 - 0.9**t)) + 1e-8))
    np.testing.assert_allclose(felt, expected, rtol=1e-6)
    assert [axis(page, "rate", name)["title"] for name in ("yaxis", "yaxis2")] == ["a", "b"]
    assert axis(page, "rate", "yaxis")["type"] == "log"
    low, high = axis(page, "rate", "yaxis2")["range"]
    assert low < -3 < high  # SGD's .001
    button(page, "Enlarge Learning rate").click()  # with room for the numbers of methods that share a rate
    until(page, "() => lab.axes.frame(lab.boards.get('rate').graph).height > 200")
    page.evaluate("() => lab.draw()")
    expect(page.locator("#says-rate")).to_have_text("")  # all that was asked for is here
    said = words(page, "rate")
    assert "Lion: no such rate" in said
    assert said.count("0.001") == 2
    expect(page.get_by_role("switch", name="Logarithmic rate")).to_be_hidden()
    choice(page, "Rate view").select_option("share")
    page.evaluate("() => lab.draw()")
    assert page.evaluate("() => 'yaxis2' in lab.boards.get('rate').graph._fullLayout") is False
    assert axis(page, "rate", "yaxis")["range"] == [-4, 106]


def test_numbers_are_shown_in_six_digits(page):
    values = [0, 1.5, -12.3456789, 123456.7, 999999.7, 1234567, -0.00099999949, 1e-300, 2.5e-5, 0.001]
    shown = page.evaluate("(values) => values.map(lab.format.digits)", values)
    for value, text in zip(values, shown, strict=True):
        np.testing.assert_allclose(number(text), value, rtol=5e-6, err_msg=text)
    assert shown[:5] == ["0", "1.50000", "−12.3457", "123457", "1.00000×10⁶"]
    assert page.evaluate("() => [1e-8, 1.5e-7, 0.9, 2, 0.001].map(lab.format.whole)") == [
        "10⁻⁸", "1.5×10⁻⁷", "0.9", "2", "0.001"]
    assert page.evaluate("() => [null, NaN, Infinity].map(lab.format.digits)") == ["–"] * 3


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
    page = open_page(path=f"/?{query.write(values_of(parsing.parse(DEFAULTS | own)), {})}&lens=0.0&step=1")
    shows(page, run=experiment(**own), step=1)
    shown = results(page)
    assert (shown["g"], shown["d"]) == ("= −∞", "= −1.00000")
    assert "–" not in "".join(shown.values())


# Holds what the server says about rates, after its first part, until the page lets it go on; and remembers the signals.
HELD = """() => {
    const fetched = window.fetch, decoder = new TextDecoder(), encoder = new TextEncoder();
    const held = window.held = { signals: [], open: null };
    const gate = new Promise((open) => held.open = open);
    window.fetch = async (address, about) => {
        const response = await fetched(address, about);
        if (!String(address).endsWith("ask/felt")) return response;
        held.signals.push(about.signal);
        let parts = 0;
        const holding = new TransformStream({
            async transform(bytes, controller) {
                for (const line of decoder.decode(bytes).split(/(?<=\\n)/)) {
                    if (line.trim() && parts++) await gate;
                    controller.enqueue(encoder.encode(line));
                }
            },
        });
        return new Response(response.body.pipeThrough(holding), { headers: response.headers });
    };
}"""
LONG = {"epochs": 260, "points": 60, "learning_rate": 0.002}
KNOWN = "() => lab.state.run.exact.map((series) => Array.from(series['felt 0'] ?? [], Number.isFinite))"
DRAWN = """([from, to]) => {
    lab.draw();
    const { ctx, per } = (COPY)("rate"), { l, w, t, h } = lab.boards.get("rate").graph._fullLayout._size;
    const box = [(l + from * w) * per, t * per, (to - from) * w * per, h * per].map(Math.round);
    return ctx.getImageData(...box).data.filter((value, i) => i % 4 === 3 && value > 0).length;
}""".replace("COPY", COPY)


def open_long(open_page):
    """The page with a run whose rates come in several parts, of which only the first gets through."""
    page = open_page(path=f"/?{query.write(values_of(parsing.parse(DEFAULTS | LONG)), {})}")
    page.evaluate(HELD)
    choice(page, "Rate view").select_option("rate felt")
    until(page, "() => lab.state.run.exact[0]['felt 0']")
    return page


def test_the_rate_felt_of_a_long_run_is_painted_part_by_part(open_page):
    page = open_long(open_page)
    for row in page.evaluate(KNOWN):
        assert (row[1], row[-1]) == (True, False)
        assert 0.2 < sum(row) / len(row) < 0.5
    expect(page.locator("#says-rate")).to_have_text("on its way")
    assert page.evaluate(DRAWN, [0.1, 0.3]) > 100
    assert page.evaluate(DRAWN, [0.6, 0.9]) == 0
    page.evaluate("() => window.held.open()")
    expect(page.locator("#says-rate")).to_have_text("")
    assert all(all(row[1:]) for row in page.evaluate(KNOWN))
    assert page.evaluate(DRAWN, [0.6, 0.9]) > 100


def test_rates_that_nobody_looks_at_any_more_are_given_up_and_asked_for_again(open_page):
    page, aborted = open_long(open_page), "() => window.held.signals.map((signal) => signal.aborted)"
    choice(page, "Rate view").select_option("share")
    until(page, f"() => ({aborted})().join() === 'true'")
    choice(page, "Rate view").select_option("rate felt")
    until(page, f"() => ({aborted})().join() === 'true,false'")
    write(page, "Noise", "2")
    until(page, f"() => ({aborted})().join() === 'true,true,false'")
    page.evaluate("() => window.held.open()")
    expect(page.locator("#says-rate")).to_have_text("")
    assert all(all(row[1:]) for row in page.evaluate(KNOWN))
