"""Asking for runs: seldom, never twice, the latest wins; what the page says while it waits and when no answer comes."""

import json
import re

import pytest
from playwright.sync_api import expect

from components import controls
from components.parsing import text
from components.settings import DEFAULTS, SETTINGS
from optim import Experiment
from tests.browser.lab import (
    button,
    drop,
    experiment,
    field,
    grab,
    look_for,
    picture,
    shows,
    slider,
    until,
    write,
)

ASKS = re.compile("/_dash-update-component")


class Asked(list):
    """The values of every question that goes to the server, in order; `hold(...)` keeps the answers of some back."""

    def __init__(self, page):
        self.page, self.held, self.is_held = page, [], lambda values: False
        page.route(ASKS, self._asked)

    def _asked(self, route):
        values = json.loads(route.request.post_data)["inputs"][0]["value"]["values"]
        self.append(values)
        if self.is_held(values):
            self.held.append(route)
        else:
            route.continue_()

    def hold(self, is_held=lambda values: True):
        self.is_held = is_held

    def release(self):
        self.is_held = lambda values: False
        for route in self.held:
            route.continue_()
        self.held.clear()


@pytest.fixture
def asked(page):
    return Asked(page)


def test_a_drag_asks_every_120_ms_at_most_and_ends_on_its_last_value(timed):
    page, asked = timed, Asked(timed)
    x, y = grab(page, "Noise")
    for i in range(1, 31):
        page.mouse.move(x + 2 * i, y)
        page.clock.run_for(10)
    page.clock.resume()
    last = drop(page, "Noise", x + 60)
    shows(page, run=experiment(noise=last))
    assert asked[-1]["noise"] == last > 0
    assert 2 <= len(asked) <= 1 + 300 / 120 + 1  # at once, each 120 ms, and the last
    assert slider(page, "Noise").get_attribute("aria-valuetext") == field(page, "Noise").input_value()


def test_the_picture_follows_while_the_slider_is_still_held(page):
    x, y = grab(page, "Noise")
    page.mouse.move(x + 60, y, steps=5)
    until(page, "(opened) => document.body.dataset.run !== opened", Experiment().digest)
    page.mouse.up()


def test_what_the_browser_still_holds_is_not_asked_for_again(page, asked):
    thumb = slider(page, "Data seed")
    for key, seed in (("ArrowRight", 8), ("ArrowLeft", 7), ("ArrowRight", 8), ("ArrowLeft", 7)):
        thumb.press(key)
        shows(page, run=experiment(seed=seed))
    button(page, "Reset").click()
    look_for(page, "Article")
    shows(page, run=Experiment())
    assert len(asked) == 1


def test_the_latest_change_wins_over_an_earlier_one_that_is_slower(page, asked):
    asked.hold(lambda values: values["seed"] == "8")
    write(page, "Data seed", "8")
    until(page, "() => document.body.dataset.state === 'working'")
    write(page, "Data seed", "9")
    shows(page, run=experiment(seed=9))
    with page.expect_response(ASKS):
        asked.release()
    write(page, "Noise", "1")  # whatever the late answer might do, it has done by now
    shows(page, run=experiment(seed=9, noise=1))
    expect(field(page, "Data seed")).to_have_value("9")
    assert [values["seed"] for values in asked] == ["8", "9", 9]


def test_a_run_that_is_held_wins_over_one_that_is_still_asked_for(page, asked):
    asked.hold()
    write(page, "Data seed", "8")
    shows(page, state="working")
    button(page, "Reset").click()
    shows(page, run=Experiment())
    with page.expect_response(ASKS):
        asked.release()
    write(page, "Noise", "1")
    shows(page, run=experiment(noise=1))
    expect(page.locator("body")).not_to_have_class("busy")


def test_work_longer_than_300_ms_shows_that_it_is_under_way_and_nothing_goes_blank(page, asked):
    asked.hold()
    before = {panel: picture(page, panel) for panel in ("fit", "loss", "landscape")}
    write(page, "Noise", "2")
    shows(page, state="working")
    until(page, "() => document.body.classList.contains('busy')")
    said = "() => getComputedStyle(document.getElementById('sentence'), '::after').content"
    assert "Working" in page.evaluate(said)
    assert {panel: picture(page, panel) for panel in before} == before
    asked.release()
    shows(page, run=experiment(noise=2))
    assert "Working" not in page.evaluate(said)


def test_quick_work_does_not_flash_a_sign(page):
    page.evaluate("""() => {
        window.signs = 0;
        new MutationObserver(() => { window.signs += document.body.classList.contains("busy"); })
            .observe(document.body, { attributes: true, attributeFilter: ["class"] });
    }""")
    for seed in ("8", "7"):
        write(page, "Data seed", seed)
        shows(page, run=experiment(seed=int(seed)))
        page.evaluate("() => { window.signs = 0; }")  # the first may have to be trained
    write(page, "Data seed", "8")
    shows(page, run=experiment(seed=8))
    assert page.evaluate("() => window.signs") == 0


SILENCE = {
    "no answer": lambda route: None,
    "no connection": lambda route: route.abort(),
    "a server error": lambda route: route.fulfill(status=500, body="oh"),
}
COMPLAINTS = ("500", "Failed to fetch", "ERR_FAILED", "Callback failed", "Callback error")


def test_when_no_answer_comes_the_last_run_stays_and_the_page_says_so(open_page):
    page = open_page(expected=COMPLAINTS)
    page.clock.install()
    page.reload()
    run = Experiment()
    for noise, silence in enumerate(SILENCE.values(), start=1):
        shows(page, run=run)
        page.route(ASKS, silence)
        with page.expect_request(ASKS):
            write(page, "Noise", str(noise))
        page.clock.fast_forward(16_000)
        shows(page, run=run, state="error", step=30)
        sentence = page.locator("#sentence")
        expect(sentence).to_have_text("The server does not answer. The picture still shows the last run.")
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowRight")
        shows(page, step=31)
        page.keyboard.press("ArrowLeft")
        page.unroute(ASKS)
        run = experiment(seed=noise)
        write(page, "Noise", "0")
        write(page, "Data seed", str(noise))
        shows(page, run=run)
        expect(sentence).to_contain_text("After one pass")


def test_a_failure_that_the_server_owns_to_keeps_the_last_run_and_says_so(page):
    def owned(route):
        answer = route.fetch()
        told = answer.json()
        reply = told["response"]["run"]["data"]
        reply |= {"run": None, "problem": "The server could not work this out; its log says why.", "values": {}}
        reply |= {"form": {}, "captions": {}, "notes": {}, "errors": {}}
        del reply["asked"]
        route.fulfill(response=answer, json=told)

    page.route(ASKS, owned)
    write(page, "Noise", "2")
    shows(page, run=Experiment(), state="error", step=30)
    expect(page.locator("#sentence")).to_contain_text("The server could not work this out")
    expect(page.locator("#sentence")).to_contain_text("The picture still shows the last run.")
    page.unroute(ASKS)
    write(page, "Noise", "3")
    shows(page, run=experiment(noise=3))


RATES = """() => ["lr", "adam_lr", "epochs"].map((key) => document.getElementById(`field-${key}`).value)"""


def settled(page, problem, **changes):
    """Wait for a problem's own run, and find its rates and epochs in the form."""
    run = controls.parse(DEFAULTS | {"problem": problem} | changes, changed="problem")
    own = controls.parse(run.values).experiment
    shows(page, run=own)
    expected = [text(SETTINGS[key], run.values[key]) for key in ("lr", "adam_lr", "epochs")]
    until(page, f"(expected) => String(({RATES})()) === String(expected)", expected)


def test_two_problems_in_a_row_end_on_the_rates_of_the_second(page, asked):
    asked.hold()
    page.evaluate("() => lab.settings.typed('problem', 'ravine')")
    page.evaluate("() => lab.settings.typed('problem', 'rosenbrock')")
    until(page, "() => document.body.dataset.state === 'working'")
    asked.release()
    settled(page, "rosenbrock")


def test_what_is_moved_before_a_problem_is_there_is_kept_and_the_rest_is_the_problems_own(page, asked):
    asked.hold()
    page.evaluate("() => lab.settings.typed('problem', 'sine')")
    slider(page, "Noise").press("ArrowRight")
    expect(field(page, "Noise")).to_have_value("0.1")
    noise = 0.1
    asked.release()
    settled(page, "sine", noise=noise)
    asked.hold()
    page.evaluate("() => lab.settings.typed('problem', 'exponential')")
    write(page, "Learning rate (Adam)", "0.03")
    asked.release()
    run = controls.parse(DEFAULTS | {"problem": "exponential", "noise": noise}, changed="problem")
    shows(page, run=controls.parse(run.values | {"adam_lr": 0.03}).experiment)
    expect(field(page, "Learning rate (Adam)")).to_have_value("0.03")
