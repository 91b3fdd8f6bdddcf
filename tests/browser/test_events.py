"""Events: ticks on the slider 'Step', a list, a button and a key, each at the run's own steps; and what lessons ask."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from components.lessons import LESSONS
from components.offline import page as offline
from optim import Adam, Contestant, CosineAnnealing, Experiment, events, train
from tests.browser.lab import (
    QUESTION,
    button,
    choice,
    experiment,
    look_for,
    seek,
    shows,
    slowly,
    switch,
    until,
    write,
)
from tests.browser.pages import DESKTOP, PHONE, ready
from tests.browser.test_lessons import answer, start


def passed(label):
    return events.passage(train(Experiment())[label], 0, 0.01)


def ticks(page):
    return page.get_by_role("toolbar", name="Events of the run").get_by_role("button")


def named(page):
    """What the ticks are called, the first event of each, in what is painted next."""
    page.evaluate("() => lab.draw()")
    names = [tick.get_attribute("aria-label").split(". Step")[0] for tick in ticks(page).all()]
    return [name.removeprefix("Step ") for name in names]


def words(page):
    """What stands above the slider, from left to right."""
    return [text for text in page.locator(".tick-words").all_inner_texts() if text]


def test_ticks_are_hollow_and_nameless_until_they_are_reached(page):
    adam, annealed, sgd = (passed(label) for label in ("Adam", "Adam with annealing", "SGD"))
    seek(page, 0)
    assert {name.partition(": ")[2] for name in named(page)} == {"something happens here"}
    assert words(page) == ["something happens here"]
    expect(page.locator(".tick.is-known")).to_have_count(0)
    seek(page, 361)
    assert named(page)[0] == f"{adam.there}: both Adams are there"
    assert words(page)[0] == f"{adam.there} both Adams are there"
    assert f"{annealed.stays}: something happens here" in named(page)
    expect(page.locator(".tick.is-known canvas")).to_have_count(page.locator(".tick.is-known").count())
    seek(page, 1500)
    assert named(page)[0] == f"{adam.there}: both Adams are there"
    for name in (f"{annealed.stays}: Adam with annealing stays", f"{sgd.there:,}: SGD and Momentum are there"):
        assert name in named(page)
    seek(page, 361)  # whoever has seen the end knows what comes, but not while it plays
    assert f"{annealed.stays}: Adam with annealing stays" in named(page)
    slowly(page)
    button(page, "Play").click()
    until(page, "() => !document.querySelector('.tick:last-of-type.is-known')")
    button(page, "Pause").click()


def test_words_never_meet_and_ticks_stand_where_the_knob_will_be(page):
    seek(page, 1500)
    boxes = [one.bounding_box() for one in page.locator(".tick-words").all() if one.inner_text()]
    assert len(boxes) > 2
    for one, other in pairwise(boxes):
        assert one["x"] + one["width"] < other["x"]
        assert abs(one["y"] - other["y"]) < 1
    bar = page.get_by_role("slider", name="Step", exact=True).bounding_box()
    assert boxes[0]["x"] >= bar["x"] - 1
    assert boxes[-1]["x"] + boxes[-1]["width"] <= bar["x"] + bar["width"] + 1
    stays = passed("Adam with annealing").stays
    box = page.get_by_role("button", name=f"Step {stays}: Adam with annealing stays", exact=True).bounding_box()
    assert abs(box["x"] + box["width"] / 2 - (bar["x"] + 9 + stays / 1500 * (bar["width"] - 18))) < 1


def test_a_tick_leads_to_its_event_and_names_it_under_the_pointer_and_with_the_focus(page):
    seek(page, 1500)
    stays = passed("Adam with annealing").stays
    tick = page.get_by_role("button", name=f"Step {stays}: Adam with annealing stays", exact=True)
    tick.hover()
    expect(page.locator("#hover")).to_have_text(f"Step {stays}: Adam with annealing stays")
    page.mouse.move(5, 5)
    expect(page.locator("#hover")).to_be_hidden()
    tick.click()
    shows(page, step=stays)
    page.keyboard.press("ArrowRight")  # the focus is among the ticks
    shows(page, step=stays)
    expect(page.locator("#hover")).to_contain_text("SGD and Momentum are there")
    page.keyboard.press("Home")
    expect(page.locator("#hover")).to_contain_text("both Adams are there")
    page.keyboard.press("Enter")
    shows(page, step=passed("Adam").there)
    reached = page.locator(".tick[tabindex='0']")
    expect(reached).to_have_count(1)


def test_a_button_and_a_key_lead_from_event_to_event(page):
    adam, annealed, sgd = (passed(label) for label in ("Adam", "Adam with annealing", "SGD"))
    seek(page, 0)
    steps = [adam.there, adam.leaves, adam.again, adam.again + 1, annealed.stays, sgd.there]
    for step in steps:
        button(page, "Next event").click()
        shows(page, step=step)
    for step in steps[-2::-1]:
        page.keyboard.press("Shift+N")
        shows(page, step=step)
    page.keyboard.press("Shift+N")
    shows(page, step=0)
    for step in steps:
        page.keyboard.press("n")
        shows(page, step=step)
    for _ in range(3):
        page.keyboard.press("n")
    shows(page, step=1500)


def test_the_list_has_what_was_reached_and_leads_there(page):
    seek(page, 361)
    page.locator("#events > summary").click()
    entries = page.locator("#event-list li")
    there = passed("Adam").there
    expect(entries.first).to_have_text(f"{there} both Adams are there")
    expect(entries.last).to_have_text("3 events to come")
    entries.first.get_by_role("button").click()
    shows(page, step=there)
    page.keyboard.press("Escape")
    expect(entries.first).to_be_hidden()


def test_events_are_of_the_methods_on_view_and_of_the_threshold(page):
    seek(page, 1500)
    for label in ("Adam", "Adam with annealing", "Momentum"):
        switch(page, label).click()
    assert named(page) == [f"{passed('SGD').there:,}: SGD is there"]
    button(page, "Table").click()  # the threshold stands in the head of the whole table
    choice(page, "Threshold").select_option("5 %")
    there = events.passage(train(Experiment())["SGD"], 0, 0.05).there
    until(page, "(name) => document.querySelector('.tick').ariaLabel === name", f"Step {there}: SGD is there")
    expect(page.locator("#sentence")).to_have_text(f"SGD was there after {there} steps.")


def test_a_divergence_is_an_event_and_so_is_a_restart(page):
    look_for(page, "Too hot (SGD at .03)")
    shows(page, run=experiment(lr=0.03))
    at = page.evaluate("() => lab.state.run.contestants[0].diverged.at")
    seek(page, at)
    assert f"{at}: SGD diverges" in named(page)
    expect(page.locator("#sentence")).to_contain_text(f"SGD diverged at step {at}")
    look_for(page, "Restarts every 10 epochs")
    shows(page, run=experiment(period=10))
    seek(page, 301)
    assert "301: Adam with annealing restarts" in named(page)
    expect(page.locator("#sentence")).to_contain_text("Adam with annealing has restarted once.")


def test_of_a_long_run_events_have_their_own_steps(page):
    long = experiment(epochs=1000)
    write(page, "Epochs", "1000")
    shows(page, run=long, steps=30_000)
    page.keyboard.press("Escape")
    seek(page, 0)
    page.keyboard.press("n")
    there = events.passage(train(long)["Adam"], 0, 0.01).there
    assert there % 30
    shows(page, step=there)


def test_a_lesson_asks_at_step_0_in_its_own_words_and_keeps_what_is_ahead(page):
    start(page, "trembling")
    expect(page.locator(".tick")).to_have_count(0)  # not even a hint, before the guess
    seek(page, 0)
    expect(page.locator("#sentence")).to_have_text(LESSONS["trembling"].headline)
    answer(page, "trembling")
    until(page, "() => document.querySelectorAll('.tick').length > 0")
    button(page, "Leave the lesson, keep the settings").click()
    seek(page, 0)
    expect(page.locator("#sentence")).to_contain_text("Two methods look for the line")


def test_the_offline_page_tells_the_same(browser, tmp_path):
    two = Experiment(contestants=[Contestant("Adam", Adam(1, (0.7, 0.9))),
                                  Contestant("Adam with annealing", Adam(1, (0.7, 0.9)), CosineAnnealing())])
    path = offline.page(two).save(tmp_path / "two.html")
    page = browser.new_context(viewport=DESKTOP, offline=True).new_page()
    page.goto(path.as_uri())
    ready(page)
    page.keyboard.press("Home")
    expect(page.locator("#sentence")).to_have_text(QUESTION.replace("Four", "Two"))
    page.keyboard.press("n")
    shows(page, step=34)
    page.keyboard.press("End")
    expect(page.locator("#sentence")).to_have_text(
        "Adam was there after 34 steps and never came to rest; with annealing it did.")
    assert named(page)[0] == "34: both Adams are there"
    page.context.close()


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 720}], ids=["phone", "beamer"])
def test_on_every_screen_the_way_to_the_next_event_is_on_view(open_page, size):
    page = open_page(size=size)
    seek(page, 1500)
    for node in (button(page, "Next event"), page.locator("#events > summary")):
        box = node.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] + box["height"] <= size["height"]
    assert page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth") <= 0
    page.locator("#events > summary").click()
    box = page.locator("#events .popup").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
