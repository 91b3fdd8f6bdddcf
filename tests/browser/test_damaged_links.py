"""Links in the real world: damaged ones, short failures while one opens, slashes too many, and what a reload keeps."""

import re

import pytest
from playwright.sync_api import expect

from components.lessons import LESSONS
from components.links.query import read
from components.settings.parsing import parse
from tests.browser.lab import button, experiment, field, shows, slider, until, write
from tests.browser.test_lessons import answer, lesson, start
from tests.browser.test_links import says

LOCKED = "lr=.01&seed=9&lock=lr,seed"
OPEN = "**/open"
FAILURES = {
    "a proxy's page": lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Bad Gateway</h1>"),
    "unavailable": lambda route: route.fulfill(status=503, body="no"),
    "a login page": lambda route: route.fulfill(status=200, content_type="text/html", body="<html>Log in</html>"),
    "no network": lambda route: route.abort("internetdisconnected"),
    "no connection": lambda route: route.abort("connectionrefused"),
}
COMPLAINTS = ("502", "503", "Failed to load resource")


@pytest.fixture
def page(plain):
    """As a first visit finds it: the address says nothing."""
    return plain


@pytest.mark.parametrize("damage", [").", "%22%3E", "\u2026"])
def test_a_damaged_link_opens_what_it_was_made_for_and_stays_locked(page, damage):
    page.goto(f"{page.url}?lr=.01&amp;seed=9&amp;theme=dark&amp;fbclid=x&amp;lock=lr,seed{damage}")
    shows(page, run=experiment(lr=0.01, seed=9))
    expect(page.locator("#notice")).to_be_empty()
    assert page.locator("#slider-lr, #field-lr, #slider-seed").count() == 0
    says(page, lr=".01", seed="9", lock="lr,seed", theme="dark")
    page.evaluate("() => lab.settings.set({ lr: 1, seed: 3, noise: 1 }, 'noise')")
    shows(page, run=experiment(lr=0.01, seed=9, noise=1))


def test_a_word_without_a_meaning_locks_everything(page):
    page.goto(f"{page.url}?lr=.01&lock=lr,sead")
    shows(page, run=experiment(lr=0.01))
    expect(page.get_by_role("region", name="Settings").get_by_role("slider")).to_have_count(0)
    expect(page.locator("#notice")).to_contain_text("everything is locked")
    page.evaluate("() => lab.settings.set({ seed: 3, noise: 1 }, 'noise')")
    page.reload()
    shows(page, run=experiment(lr=0.01))


def test_slashes_too_many_are_the_page_and_its_address_follows(page):
    page.goto(f"{page.url}/?seed=9")
    shows(page, run=experiment(seed=9))
    write(page, "Noise", "1")
    shows(page, run=experiment(seed=9, noise=1))
    says(page, seed="9", noise="1")
    assert page.evaluate("() => location.pathname") == "/"


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_a_short_failure_while_a_link_opens_changes_nothing_and_offers_nothing(open_page, failure):
    page = open_page(expected=COMPLAINTS, plain=True)
    page.route(OPEN, failure)
    page.goto(f"{page.url}?{LOCKED}")
    until(page, "() => document.getElementById('lab')?.inert")
    expect(page.locator("#sentence")).to_have_text(re.compile(
        r"^The server does not answer( \(\d+\))?\. This link opens as soon as there is an answer\.$"))
    assert page.url.endswith(f"?{LOCKED}")
    shows(page, state="loading")
    assert page.get_by_role("slider").count() == 0  # what is inert is there for nobody
    expect(page.locator(".settings")).to_be_hidden()
    page.evaluate("() => lab.address.enter({ values: { lr: 5 } })")
    page.keyboard.press("Space")
    page.unroute(OPEN)
    page.evaluate("() => dispatchEvent(new Event('online'))")
    shows(page, run=experiment(lr=0.01, seed=9), step=30)
    assert page.url.endswith(f"?{LOCKED}")
    assert page.locator("#slider-lr, #field-lr, #slider-seed").count() == 0
    expect(slider(page, "Noise")).to_be_visible()
    expect(page.locator("#sentence")).to_contain_text("still on their way")


def test_it_is_asked_again_after_1_2_4_seconds_and_no_later_than_every_30_and_at_once_when_online(timed):
    page = timed
    page.evaluate("""() => {
        window.asked = 0;
        const ask = () => { window.asked += 1; lab.server.later(ask); };
        ask();
    }""")

    def asked(after=0):
        page.clock.run_for(after)
        return page.evaluate("() => window.asked")

    assert asked() == 1
    for attempt, seconds in enumerate([1, 2, 4, 8, 16, 30, 30], start=1):
        assert asked(after=1_000 * seconds - 10) == attempt
        assert asked(after=10) == attempt + 1
    page.evaluate("() => dispatchEvent(new Event('online'))")
    assert asked() == 9


def test_a_link_that_the_server_cannot_work_out_is_asked_for_ever_more_seldom(open_page):
    page = open_page(path="/?lr=.02", plain=True)
    told, problem = page.request.post(f"{page.url.partition('?')[0]}open", data={"query": "lr=.02"}).json(), "It is so."
    page.clock.install()
    page.route(OPEN, lambda route: route.fulfill(json=told | {"problem": problem}))
    page.goto(page.url)
    expect(page.locator("#stage #sentence")).to_have_text(f"{problem} This link opens as soon as there is an answer.")
    with page.expect_response(OPEN):  # after 1 s; then it takes 2
        page.clock.run_for(1_000)
    page.unroute(OPEN)
    page.clock.run_for(30_000)
    shows(page, run=experiment(lr=0.02))


def test_a_state_of_the_history_that_cannot_be_had_keeps_its_address(open_page):
    page = open_page(expected=COMPLAINTS, plain=True)
    write(page, "Data seed", "9")
    shows(page, run=experiment(seed=9))
    write(page, "Noise", "1")
    shows(page, run=experiment(seed=9, noise=1))
    page.route(OPEN, FAILURES["unavailable"])
    page.go_back()
    shows(page, state="error")
    page.evaluate("() => { lab.clock.nudge(1); lab.address.write(); }")
    shows(page, step=1)
    says(page, seed="9", step="0")
    page.unroute(OPEN)
    page.evaluate("() => dispatchEvent(new Event('online'))")
    shows(page, run=experiment(seed=9))
    expect(field(page, "Noise")).to_have_value("0")


def test_an_answered_question_stays_answered_after_a_reload_and_no_link_tells_it(page):
    start(page, "one-step")
    answer(page, "one-step", right=False)
    first = LESSONS["one-step"]
    shows(page, step=first.reveal.step)
    page.evaluate("() => lab.address.write()")
    link = page.url
    page.reload()
    shows(page, run=first.experiment, step=first.reveal.step)
    wrong = next(one for one in first.choices if not one.right)
    expect(lesson(page).get_by_text(wrong.says, exact=True)).to_be_visible()
    expect(button(page, wrong.text)).to_have_attribute("aria-pressed", "true")
    expect(lesson(page).get_by_text("Challenge", exact=True)).to_be_visible()
    assert page.evaluate("() => lab.state.ahead") is True
    page.reload()
    expect(lesson(page).get_by_text("Challenge", exact=True)).to_be_visible()
    page.goto("about:blank")
    page.goto(link)
    shows(page, run=first.experiment)
    expect(page.get_by_role("heading", name=first.title, exact=True)).to_be_visible()
    expect(lesson(page).get_by_text("Challenge", exact=True)).to_be_hidden()
    expect(button(page, wrong.text)).not_to_have_attribute("aria-pressed", "true")


def test_an_answer_at_the_questions_own_step_and_one_that_brings_another_run_stay_as_well(page):
    start(page, "two-cures")
    answer(page, "two-cures")
    run = parse({**LESSONS["two-cures"].settings, **LESSONS["two-cures"].reveal.values}).experiment
    shows(page, run=run)
    page.reload()
    shows(page, run=run)
    expect(lesson(page).get_by_text("Challenge", exact=True)).to_be_visible()
    start(page, "two-cures")
    expect(lesson(page).get_by_text("Challenge", exact=True)).to_be_hidden()
    page.reload()
    shows(page, run=LESSONS["two-cures"].experiment)
    expect(page.get_by_role("heading", name=LESSONS["two-cures"].title, exact=True)).to_be_visible()
    expect(lesson(page).get_by_text("Challenge", exact=True)).to_be_hidden()
    assert read(page.url.partition("?")[2]).view["lesson"] == "two-cures"
