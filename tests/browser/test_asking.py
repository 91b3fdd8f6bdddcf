"""Asking for runs: seldom, never twice, the latest wins; what the page says while it waits and when no answer comes."""

import json
import re

import pytest
from playwright.sync_api import expect

from app.training.room import FULL
from components.settings import parsing
from components.settings.table import DEFAULTS, SETTINGS
from components.settings.values import text
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

ASKS = re.compile("/ask/run")


class Asked(list):
    """The values of every question that goes to the server, in order; `hold(...)` keeps the answers of some back."""

    def __init__(self, page):
        self.page, self.held, self.is_held = page, [], lambda values: False
        page.route(ASKS, self._asked)

    def _asked(self, route):
        values = json.loads(route.request.post_data)["values"]
        self.append(values)
        if self.is_held(values):
            self.held.append(route)
        else:
            route.continue_()

    def hold(self, is_held=lambda values: True):
        self.is_held = is_held

    def release_next(self):
        """What is asked from now on is answered."""
        self.is_held = lambda values: False

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
    page.mouse.up()  # before time goes on, in which more would be asked
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
    with page.expect_event("requestfailed"):  # given up: its answer never comes
        write(page, "Data seed", "9")
    shows(page, run=experiment(seed=9))
    write(page, "Noise", "1")
    shows(page, run=experiment(seed=9, noise=1))
    expect(field(page, "Data seed")).to_have_value("9")
    assert [values["seed"] for values in asked] == ["8", "9", 9]


def test_a_run_that_is_held_wins_over_one_that_is_still_asked_for(page, asked):
    asked.hold()
    write(page, "Data seed", "8")
    shows(page, state="working")
    with page.expect_event("requestfailed"):
        button(page, "Reset").click()
    shows(page, run=Experiment())
    asked.release_next()
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
    "no answer": (lambda route: None, ""),
    "no connection": (lambda route: route.abort(), ""),
    "a server error": (lambda route: route.fulfill(status=500, body="oh"), " (500)"),
}
COMPLAINTS = ("429", "500", "502", "503", "Failed to fetch", "ERR_FAILED", "ERR_INTERNET_DISCONNECTED")


@pytest.fixture
def stopped(open_page):
    """The page with its clock stopped, where it may complain of the network on the console."""
    page = open_page(expected=COMPLAINTS)
    page.clock.install()
    page.reload()
    shows(page, run=Experiment())
    page.clock.pause_at(page.evaluate("() => Date.now()") / 1000 + 60)
    return page


def test_when_no_answer_comes_the_last_run_stays_and_the_page_says_so(open_page):
    page = open_page(expected=COMPLAINTS, plain=True)
    page.clock.install()
    page.reload()
    run = Experiment()
    for noise, (silence, status) in enumerate(SILENCE.values(), start=1):
        shows(page, run=run)
        page.route(ASKS, silence)
        with page.expect_request(ASKS):
            write(page, "Noise", str(noise))
        page.clock.fast_forward(16_000)
        shows(page, run=run, state="error", step=0)
        sentence = page.locator("#sentence")
        expect(sentence).to_have_text(f"The server does not answer{status}. The picture still shows the last run.")
        page.locator(":focus").blur()
        page.keyboard.press("ArrowRight")
        shows(page, step=1)
        page.keyboard.press("ArrowLeft")
        page.unroute(ASKS)
        run = experiment(seed=noise)
        write(page, "Noise", "0")
        write(page, "Data seed", str(noise))
        shows(page, run=run)
        expect(sentence).to_contain_text("Four methods look for the line")


def test_a_refused_connection_is_said_at_once_and_asked_again_after_1_s_2_s_and_4_s(stopped):
    page, asked = stopped, []
    page.route(ASKS, lambda route: (asked.append(route.request), route.abort()))
    write(page, "Noise", "2")
    sentence = page.locator("#sentence")
    expect(sentence).to_have_text("The server does not answer. The picture still shows the last run.")
    for seconds in (1, 2, 4):
        before = len(asked)
        page.clock.run_for(1000 * seconds - 1)
        assert len(asked) == before
        with page.expect_event("requestfailed"):
            page.clock.run_for(1)
        shows(page, state="error")
    assert len({request.post_data_json["values"]["noise"] for request in asked}) == 1
    page.unroute(ASKS)
    with page.expect_response(ASKS):
        page.clock.run_for(8000)
    page.clock.resume()
    shows(page, run=experiment(noise=2))
    expect(sentence).to_contain_text("Four methods look for the line")


def test_what_was_asked_off_line_is_asked_again_as_soon_as_the_browser_is_on_line(stopped):
    page = stopped
    page.context.set_offline(True)
    write(page, "Noise", "2")
    expect(page.locator("#sentence")).to_contain_text("The server does not answer.")
    with page.expect_response(ASKS):
        page.context.set_offline(False)
    page.clock.resume()
    shows(page, run=experiment(noise=2))


def test_enter_in_a_field_that_is_as_it_was_asks_again(open_page):
    page = open_page(expected=COMPLAINTS)
    asked = Asked(page)
    page.route(ASKS, lambda route: route.fulfill(status=500, body="<h1>oh</h1>", content_type="text/html"))
    write(page, "Noise", "2")
    shows(page, state="error")
    page.unroute(ASKS)
    page.route(ASKS, asked._asked)
    field(page, "Noise").press("Enter")
    shows(page, run=experiment(noise=2))
    field(page, "Noise").press("Enter")  # where all is well it asks for nothing
    write(page, "Noise", "1")
    shows(page, run=experiment(noise=1))
    assert [values["noise"] for values in asked] == ["2", "1"]


def test_enter_asks_again_where_no_answer_comes(timed):
    page, asked = timed, Asked(timed)
    asked.hold()
    write(page, "Noise", "2")
    page.clock.run_for(9999)
    shows(page, state="working")
    page.clock.run_for(1)
    shows(page, state="error")
    asked.release_next()
    with page.expect_response(ASKS):
        field(page, "Noise").press("Enter")
        page.clock.run_for(1)
    page.clock.resume()
    shows(page, run=experiment(noise=2))


def test_one_run_is_asked_for_at_a_time_and_a_slow_one_makes_room_for_the_newest_after_a_second(timed):
    page, asked = timed, Asked(timed)
    asked.hold()
    x, y = grab(page, "Noise")
    for i in range(1, 31):
        page.mouse.move(x + 2 * i, y)
        page.clock.run_for(10)
    assert len(asked) == 1
    with page.expect_event("requestfailed"):
        page.clock.run_for(800)
    expect(page.locator("body")).to_have_attribute("data-state", "working")
    asked.release_next()
    page.clock.resume()
    last = drop(page, "Noise", x + 60)
    shows(page, run=experiment(noise=last))
    assert asked[-1]["noise"] == last
    assert len(asked) <= 3


def test_each_question_says_which_page_it_is_of_and_numbers_grow(page, open_page):
    other, asked = open_page(), []
    for one in (page, page, other):
        with one.expect_request(ASKS) as caught:
            write(one, "Data seed", str(20 + len(asked)))
        shows(one, run=experiment(seed=20 + len(asked)))
        asked.append(caught.value.post_data_json)
    assert asked[0]["page"] == asked[1]["page"] != asked[2]["page"]
    assert all(re.fullmatch("[0-9a-f]{32}", one["page"]) for one in asked)
    assert asked[1]["n"] > asked[0]["n"]
    with page.expect_request("**/ask/theory") as caught:
        button(page, "Theory").click()
    assert caught.value.post_data_json["page"] == asked[0]["page"]


PROXIES = {
    "a gateway": ({"status": 502, "content_type": "text/html", "body": "<h1>502 Bad Gateway</h1>"}, "502"),
    "a gateway in plain text": ({"status": 503, "content_type": "text/plain", "body": "upstream connect error"}, "503"),
    "a body that is too large": ({"status": 413, "content_type": "text/html", "body": "<h1>413</h1>"}, "413"),
    "a page to log in": ({"status": 200, "content_type": "text/html", "body": "<form>Log in</form>"}, "200"),
    "a gateway with JSON": ({"status": 504, "content_type": "application/json", "body": '{"message": "slow"}'}, "504"),
    "no JSON": ({"status": 200, "content_type": "application/json", "body": "<form>"}, "200"),
    "no object": ({"status": 200, "content_type": "application/json", "body": "null"}, "200"),
    "an empty page": ({"status": 500, "body": ""}, "500"),
}
SAID = """async ([address, body]) => {
    try {
        await lab.server.post(address, body);
        return null;
    } catch ({ message, status }) {
        return [message, status];
    }
}"""


def test_what_a_proxy_says_is_never_the_message_and_what_the_server_says_is(open_page):
    page = open_page(expected=("Failed to load resource",))
    now = {}
    page.route("**/ask/theory", lambda route: route.fulfill(**now))
    for answer, status in PROXIES.values():
        now = answer
        assert page.evaluate(SAID, ["ask/theory", {}]) == [f"The server does not answer ({status}).", int(status)]
    page.unroute("**/ask/theory")
    page.route("**/ask/theory", lambda route: route.abort())
    assert page.evaluate(SAID, ["ask/theory", {}]) == ["The server does not answer.", 0]
    page.unroute("**/ask/theory")
    assert page.evaluate(SAID, ["ask/theory", {"values": {}}]) is None
    assert page.evaluate(SAID, ["ask/microscope", {"values": {}}])[1] == 200
    assert page.evaluate(SAID, ["ask/nothing", {}]) == ["There is no such question.", 404]
    words, status = page.evaluate(SAID, ["ask/theory", {"values": "x" * 600_000}])
    assert status == 413
    assert "does not answer" not in words


@pytest.mark.parametrize("proxy", ["a gateway", "a page to log in"])
def test_a_proxys_page_is_shown_nowhere(open_page, proxy):
    answer, status = PROXIES[proxy]
    page, says = open_page(expected=COMPLAINTS), f"The server does not answer ({status})."
    page.route(re.compile("/(ask|save|open)"), lambda route: route.fulfill(**answer))
    write(page, "Noise", "2")
    expect(page.locator("#sentence")).to_have_text(f"{says} The picture still shows the last run.")
    button(page, "Theory").click()
    expect(page.locator("#theory-body")).to_have_text(says)
    button(page, "Share").click()
    button(page, "Save numbers as CSV").click()
    expect(page.locator(".files-status")).to_have_text(says)


def test_a_question_that_nobody_answered_is_asked_again_by_itself(stopped):
    page = stopped
    page.clock.resume()
    page.route("**/ask/*", lambda route: route.abort())
    button(page, "Theory").click()
    expect(page.locator("#theory-body")).to_have_text("The server does not answer.")
    page.unroute("**/ask/*")
    expect(page.locator("#theory-body")).to_contain_text("The bowl")


def test_another_state_that_nobody_answered_is_opened_as_soon_as_it_can_be(stopped):
    page = stopped
    page.clock.resume()
    write(page, "Noise", "2")
    shows(page, run=experiment(noise=2))
    page.route("**/open", lambda route: route.abort())
    page.go_back()
    expect(page.locator("#sentence")).to_contain_text("The server does not answer.")
    page.unroute("**/open")
    shows(page, run=Experiment())
    expect(field(page, "Noise")).to_have_value("0")


def test_a_failure_that_the_server_owns_to_keeps_the_last_run_and_says_so(page):
    def owned(route):
        answer = route.fetch()
        reply = answer.json()
        reply |= {"run": None, "problem": "The server could not work this out; its log says why.", "values": {}}
        reply |= {"form": {}, "captions": {}, "notes": {}, "errors": {}}
        del reply["asked"]
        route.fulfill(response=answer, json=reply)

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
    run = parsing.parse(DEFAULTS | {"problem": problem} | changes, changed="problem")
    own = parsing.parse(run.values).experiment
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
    run = parsing.parse(DEFAULTS | {"problem": "exponential", "noise": noise}, changed="problem")
    shows(page, run=parsing.parse(run.values | {"adam_lr": 0.03}).experiment)
    expect(field(page, "Learning rate (Adam)")).to_have_value("0.03")


def files(page):
    """The addresses of the runs that are had as files, in order."""
    found = []
    page.on("request", lambda request: found.append(request.url) if "/runs/" in request.url else None)
    return found


def test_a_run_that_the_server_has_comes_as_a_file(open_page):
    for number in range(2):
        page = open_page()
        found = files(page)
        write(page, "Noise", "0.4711")
        shows(page, run=experiment(noise=0.4711))
        assert len(found) == number


def test_a_run_that_is_not_there_any_more_is_asked_for_again_and_nobody_notices(open_page):
    page = open_page()
    write(page, "Noise", "0.4712")
    shows(page, run=experiment(noise=0.4712))
    page = open_page()
    found, asked = files(page), Asked(page)
    page.route(re.compile("/runs/"), lambda route: route.fulfill(status=204))  # a 404 is noted on the console
    write(page, "Noise", "0.4712")
    shows(page, run=experiment(noise=0.4712))
    assert (len(found), len(asked)) == (1, 2)


@pytest.mark.parametrize("status", [503, 429])
def test_where_the_server_has_too_much_to_compute_it_says_so_and_is_asked_when_it_said(stopped, status):
    page, asked = stopped, []
    headers = {"Lab-Refusal": "1", "Retry-After": "7"}

    def refuse(route):
        asked.append(route.request)
        route.fulfill(status=status, body=f"{FULL}\n", headers=headers, content_type="text/plain")

    page.route(ASKS, refuse)
    write(page, "Noise", "2")
    expect(page.locator("#sentence")).to_have_text(f"{FULL} The picture still shows the last run.")
    page.unroute(ASKS)
    page.on("request", lambda request: asked.append(request) if ASKS.search(request.url) else None)
    page.clock.run_for(6_900)
    assert len(asked) == 1
    page.clock.run_for(200)
    shows(page, run=experiment(noise=2))
    assert len(asked) == 2
