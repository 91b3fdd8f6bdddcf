"""Lessons on the page: the list, a guess before the future is shown, what it shows, the challenge, and the way on."""

import pytest
from playwright.sync_api import expect

from components.lessons import LESSONS
from components.panels import HEADS
from components.settings.table import SETTINGS
from optim import Surface
from tests.browser.lab import button, choice, experiment, figure, shows, slider, step, until, write
from tests.browser.pages import PHONE
from tests.browser.test_explore import whole

FIRST = LESSONS["one-step"]
NAMES = ("one-step", "restarts", "ravine")


def lesson(page):
    return page.locator("#lesson")


def start(page, name):
    """Open a lesson from the list, as a reader does, and wait for its experiment."""
    if button(page, "Menu").is_visible():
        button(page, "Menu").click()
    button(page, "Lessons").click()
    page.get_by_role("region", name="Lessons", exact=True).get_by_role("button", name=LESSONS[name].title).click()
    shows(page, run=LESSONS[name].experiment, step=LESSONS[name].step)
    expect(page.get_by_role("heading", name=LESSONS[name].title, exact=True)).to_be_visible()


def answer(page, name, *, right=True):
    chosen = next(one for one in LESSONS[name].choices if one.right == right)
    button(page, chosen.text).click()
    expect(lesson(page).get_by_text(chosen.says, exact=True)).to_be_visible()


def challenge(page, name, changes):
    """Bring settings to these values at once, check, and return what is said."""
    values = {**LESSONS[name].values, **LESSONS[name].challenge.values, **changes}
    page.evaluate("(values) => lab.settings.set(values)", values)
    shows(page, run=experiment(**values))
    button(page, "Check").click()
    expect(button(page, "Check")).to_be_enabled()
    return lesson(page).get_by_role("status").last


def test_the_list_has_all_and_a_lesson_opens_with_its_own_settings_alone(page):
    button(page, "Lessons").click()
    drawer = page.get_by_role("region", name="Lessons", exact=True)
    expect(drawer.get_by_role("listitem")).to_have_count(len(LESSONS))
    for one in LESSONS.values():
        expect(drawer.get_by_text(one.title, exact=True)).to_be_visible()
        expect(drawer.get_by_text(one.line, exact=True)).to_be_visible()
    button(page, "Close").click()
    start(page, "one-step")
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("heading", name=FIRST.title, exact=True)).to_be_focused()
    expect(slider(page, "Learning rate (SGD, Momentum)")).to_be_visible()
    for label in ("Momentum beta", "Noise"):
        expect(slider(page, label)).to_be_hidden()
    button(page, "Lessons").click()
    expect(lesson(page)).to_be_hidden()
    expect(drawer.get_by_role("button", name=FIRST.title)).to_have_attribute("aria-current", "true")


def test_a_lesson_opens_without_what_the_reader_had_on_view(page):
    button(page, "3-D").click()
    page.get_by_label("Rate view").select_option("rate felt")
    page.evaluate("(on) => { for (const [name, text] of Object.entries(on)) lab.viewParams.all[name].open(text); }",
                  {"theory": "1", "marked": "1", "off": "0"})
    view = page.evaluate("() => lab.address.view()")
    assert {"relief", "rate", "theory", "marked", "off"} <= set(view)
    start(page, "restarts")
    assert page.evaluate("() => lab.address.view()") == {"step": 300, "lesson": "restarts"}


def test_a_guess_comes_before_the_future_is_seen(page):
    start(page, "one-step")
    assert page.evaluate("() => lab.state.ahead") is False
    expect(lesson(page).get_by_text("Challenge", exact=True)).to_be_hidden()
    expect(page.locator("#readout .verdict").last).to_have_text("on its way")
    write(page, "Learning rate (SGD, Momentum)", "0.2")
    shows(page, run=experiment(**FIRST.values | {"lr": 0.2}))
    answer(page, "one-step", right=False)
    shows(page, run=FIRST.experiment)  # which is what the answer speaks of
    right = next(one.text for one in FIRST.choices if one.right)
    expect(page.locator(".lesson-choice.is-right")).to_have_text(right)
    shows(page, step=FIRST.reveal.step)
    assert page.evaluate("() => lab.state.ahead") is True
    expect(lesson(page).get_by_text("Challenge", exact=True)).to_be_visible()


def test_an_answer_plays_or_brings_another_run(page):
    start(page, "two-cures")
    answer(page, "two-cures")
    shows(page, run=experiment(**LESSONS["two-cures"].values, noise=3), step=1500, playing=False)
    button(page, "Next").click()
    shows(page, run=LESSONS["restarts"].experiment, step=300)
    answer(page, "restarts")
    shows(page, playing=True)


@pytest.mark.parametrize("size", [None, PHONE])
def test_what_many_runs_say_comes_with_the_answer_and_each_part_has_its_panels(open_page, size):
    page, asked = open_page(**({"size": size, "has_touch": True} if size else {})), []
    page.on("request", lambda one: asked.append(one.post_data_json) if one.url.endswith("/ask/race") else None)
    start(page, "fair-race")
    assert page.locator("select[data-view=share]").input_value() == "0.001"
    assert (titles(page), asked) == (["Loss"] if size else ["Loss", "Parameters"], [])
    answer(page, "fair-race", right=False)
    whole(page, "Fair race")
    assert titles(page) == ["Fair race"]
    assert [one["about"] for one in asked] == [{"tune": "rate"}]
    page.reload()
    whole(page, "Fair race")
    assert titles(page) == ["Fair race"], "who has answered sees what follows"
    scene = LESSONS["fair-race"].also[0]
    button(page, scene.button).click()
    shows(page, run=experiment(**LESSONS["fair-race"].values | scene.values), step=360)
    assert titles(page) == (["Loss"] if size else ["Loss", "Parameters"])
    button(page, "Next").click()
    shows(page, run=LESSONS["was-it-luck"].experiment, step=300)
    assert titles(page) == (["Loss"] if size else ["Fit", "Loss"])
    button(page, "Next").click()
    button(page, "Next").click()
    shows(page, run=LESSONS["edge-of-stability"].experiment, step=100)
    answer(page, "edge-of-stability")
    whole(page, "Rate sweep")
    button(page, LESSONS["edge-of-stability"].also[0].button).click()
    whole(page, "Stability map")
    assert titles(page) == ["Stability map"]
    button(page, "Set up the challenge").click()
    expect(figure(page, "Rate sweep")).to_be_visible()
    assert titles(page) == ["Rate sweep"]


def test_on_a_projector_a_lesson_has_the_whole_height_and_the_panel_of_many_runs_the_whole_width(open_page):
    page = open_page(path="/?lesson=was-it-luck&size=projector", size={"width": 1280, "height": 720})
    shows(page, run=LESSONS["was-it-luck"].experiment)
    expect(page.get_by_role("heading", name="Was it luck?", exact=True)).to_be_visible()
    assert lesson(page).bounding_box()["height"] == page.get_by_role("main").bounding_box()["height"]
    answer(page, "was-it-luck")
    whole(page, "Many seeds")
    assert titles(page) == ["Many seeds"]
    assert figure(page, "Many seeds").bounding_box()["width"] > 700


def test_a_challenge_is_checked_and_what_is_solved_is_remembered(page):
    start(page, "one-step")
    answer(page, "one-step")
    expect(challenge(page, "one-step", FIRST.challenge.near_miss)).to_have_text(
        "The loss of SGD does not end below where it started.")
    expect(challenge(page, "one-step", FIRST.challenge.solution)).to_contain_text("Solved. That is the edge")
    expect(challenge(page, "one-step", {"epochs": 5})).to_contain_text("Not as in the challenge: Epochs.")
    expect(lesson(page)).to_contain_text(
        "Set up the challenge: Learning rate (SGD, Momentum): 0.125; all else as in this lesson, at the last step.")
    button(page, "Set up the challenge").click()
    shows(page, run=FIRST.experiment, step=20)
    page.reload()
    shows(page, state="ready")
    expect(page.get_by_role("heading", name=FIRST.title, exact=True)).to_be_visible()
    button(page, "Lessons").click()
    expect(page.get_by_text("solved", exact=True)).to_have_count(1)


def test_who_leaves_keeps_the_settings_and_the_way_back_leads_out_too(page):
    start(page, "sgd")
    write(page, "Learning rate (SGD, Momentum)", "0.002")
    left = experiment(**LESSONS["sgd"].values, lr=0.002)
    shows(page, run=left)
    button(page, "Leave the lesson, keep the settings").click()
    expect(lesson(page)).to_be_hidden()
    expect(button(page, "Lessons")).to_be_focused()
    expect(slider(page, "Noise")).to_be_visible()
    shows(page, run=left)
    start(page, "trembling")
    assert "lesson=trembling" in page.url
    page.go_back()
    shows(page, run=left)
    expect(lesson(page)).to_be_hidden()
    page.go_forward()
    shows(page, run=LESSONS["trembling"].experiment)
    expect(lesson(page)).to_be_visible()


def test_a_link_with_a_lessons_name_alone_opens_it_as_it_begins(open_page):
    page = open_page(path="/?lesson=two-momentums")
    shows(page, run=LESSONS["two-momentums"].experiment, step=0)
    expect(lesson(page)).to_be_visible()
    assert page.evaluate("() => lab.state.ahead") is False


def test_every_lesson_opens_and_shows_all_that_it_has(page):
    start(page, "one-step")
    for place, (name, one) in enumerate(LESSONS.items(), start=1):
        shows(page, run=one.experiment, step=one.step)
        expect(lesson(page).get_by_text(f"Lesson {place} of {len(LESSONS)}")).to_be_visible()
        for key in one.controls:
            expect(page.locator(f"#slider-{key}")).to_be_visible()
        assert page.locator(".lesson-text").evaluate("(box) => box.scrollHeight - box.clientHeight") <= 1, name
        if place < len(LESSONS):
            button(page, "Next").click()
    expect(button(page, "Next")).to_be_disabled()
    button(page, "Previous").click()
    shows(page, run=LESSONS["ravine"].experiment)
    answer(page, "ravine")
    button(page, "Show it in a tiny network").click()
    until(page, "() => lab.state.run.family === 'network' && document.body.dataset.state === 'ready'")
    assert step(page) == 300


@pytest.mark.parametrize("name", NAMES)
def test_only_the_panels_of_a_lesson_are_on_view_and_those_before_come_back(plain, name):
    button(plain, "Learning rate").click()
    before = titles(plain)
    assert before == ["Fit", "Loss", "Parameters", "Learning rate"]
    start(plain, name)
    assert sorted(titles(plain)) == sorted(heading(name, panel) for panel in LESSONS[name].panels)
    expect(plain.get_by_role("toolbar", name="Panels on view")).to_be_hidden()
    button(plain, "Leave the lesson, keep the settings").click()
    # A surface has nothing to fit: its landscape has that place.
    surface = isinstance(LESSONS[name].experiment.resolved_model, Surface)
    assert titles(plain) == (["Loss", "Parameters", "Landscape", "Learning rate"] if surface else before)
    plain.goto(plain.url.partition("?")[0])
    shows(plain, state="ready")
    assert titles(plain) == before, "a lesson is not remembered"


def heading(name, panel):
    """What a panel is called in a lesson: the landscape of a single parameter is a curve over it."""
    names = LESSONS[name].experiment.resolved_model.parameter_names
    return f"Loss over {names[0]}" if panel == "landscape" and len(names) == 1 else HEADS[panel].heading


def titles(page):
    figures = page.get_by_role("main").get_by_role("figure")
    return [node.get_by_role("heading").inner_text() for node in figures.all()]


@pytest.mark.parametrize("name", ["smoothing"])
def test_on_a_phone_one_of_its_panels_and_the_text_are_seen_together(open_page, name):
    page = open_page(size=PHONE, has_touch=True, plain=True)
    button(page, "Menu").click()
    button(page, "Lessons").click()
    page.get_by_role("region", name="Lessons", exact=True).get_by_role("button", name=LESSONS[name].title).click()
    shows(page, run=LESSONS[name].experiment)
    assert titles(page) == ["Gradients"]
    panel, text = page.get_by_role("figure", name="Gradients", exact=True), page.locator(".lesson-text")
    assert panel.bounding_box()["height"] > 150
    text.get_by_role("heading").first.scroll_into_view_if_needed()
    assert text.bounding_box()["y"] < PHONE["height"]
    expect(panel).to_be_in_viewport(ratio=0.9)
    strip = page.get_by_role("toolbar", name="Panels on view")
    expect(strip.get_by_role("button")).to_have_text(["Loss", "Gradients"])
    strip.get_by_role("button", name="Loss").tap()
    expect(page.get_by_role("figure", name="Loss", exact=True)).to_be_visible()
    assert titles(page) == ["Loss"]
    button(page, "Settings").click()
    expect(slider(page, "Momentum beta")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    button(page, "Settings").click()
    button(page, "Leave the lesson, keep the settings").click()
    assert titles(page) == ["Fit"]


def test_on_a_phone_the_right_panel_stands_above_the_text_of_every_lesson_and_settings_leave_room(open_page):
    """The panel that is wanted most is seen whole, wherever the text is, and five lines of it beside settings."""
    page = open_page(size=PHONE, has_touch=True, plain=True)
    start(page, "one-step")
    text, stage = page.locator(".lesson-text"), page.get_by_role("main")
    for place, (name, one) in enumerate(LESSONS.items(), start=1):
        shows(page, run=one.experiment, step=one.step)
        assert titles(page) == [heading(name, one.panels[0])]
        panel = page.get_by_role("figure", name=titles(page)[0], exact=True)
        expect(panel).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("heading", name=one.title, exact=True)).to_be_in_viewport(ratio=1)
        assert panel.bounding_box()["y"] < text.bounding_box()["y"], name
        button(page, "Settings").click()
        page.locator(".lesson-question").scroll_into_view_if_needed()
        expect(panel).to_be_in_viewport(ratio=1)
        top, settings = stage.bounding_box(), page.locator("#settings").bounding_box()
        line = text.evaluate("(box) => parseFloat(getComputedStyle(box).lineHeight)")
        assert settings["y"] - top["y"] - top["height"] >= 5 * line, name
        button(page, "Settings").click()
        if place < len(LESSONS):
            button(page, "Next").click()


@pytest.mark.parametrize("locked", [None, "seed"])
def test_on_a_phone_the_choice_of_a_setting_offers_those_of_the_lesson(open_page, locked):
    """Whatever is answered meanwhile; once it is left, all that are of use but for what the page's link locks."""
    page, name = open_page(size=PHONE, has_touch=True), "two-cures"
    if locked:
        page.goto(f"{page.url}?lock={locked}")
        expect(page.locator("body")).to_have_attribute("data-state", "ready")
    start(page, name)
    button(page, "Settings").click()
    keys = [key for key in SETTINGS if key in LESSONS[name].controls and key != locked]
    offered = choice(page, "Setting").locator("option:not([disabled])")
    expect(offered).to_have_text([SETTINGS[key].label for key in keys])
    for key in keys:
        choice(page, "Setting").select_option(key)
        expect(page.locator(".setting:visible")).to_have_attribute("data-setting", key)
        before = page.locator("body").get_attribute("data-run")
        slider(page, SETTINGS[key].label).press("ArrowRight")
        expect(page.locator("body")).not_to_have_attribute("data-run", before)
        expect(page.locator("body")).to_have_attribute("data-state", "ready")
        expect(offered).to_have_text([SETTINGS[key].label for key in keys])
    button(page, "Settings").click()
    button(page, "Leave the lesson, keep the settings").click()
    button(page, "Settings").click()
    expect(offered.and_(page.locator("[value=lr]"))).to_have_count(1)
    assert locked not in offered.evaluate_all("(all) => all.map(({ value }) => value)")
