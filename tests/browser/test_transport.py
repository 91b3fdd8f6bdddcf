"""The transport: buttons, the slider 'Step', keys and whom they belong to, pace, range on view, reduced motion."""

import pytest
from playwright.sync_api import expect

from optim import Experiment
from tests.browser.lab import (
    axis,
    button,
    choice,
    experiment,
    field,
    seek,
    shows,
    slider,
    slowly,
    step,
    switch,
    wind,
    write,
)

SECONDS = 12_000  # ms that the range on view takes at 1x


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def options(page):
    """Open the small menu."""
    page.locator("#options > summary").click()


def test_buttons(page):
    for name, at in (("Step forward", 31), ("Step back", 30), ("Step back", 29), ("End", 1500), ("Step forward", 1500)):
        button(page, name).click()
        shows(page, step=at, playing=False)
    for name in ("Restart", "Step back"):
        button(page, name).click()
        shows(page, step=0)
    slowly(page)
    button(page, "Play").click()
    shows(page, playing=True)
    expect(button(page, "Play")).to_have_count(0)
    button(page, "Pause").click()
    shows(page, playing=False)
    expect(button(page, "Play")).to_be_visible()


def test_the_slider_step_is_the_cursor(page):
    bar = page.get_by_role("slider", name="Step", exact=True)
    expect(bar).to_have_attribute("max", "1500")
    expect(bar).to_have_attribute("aria-valuetext", "step 30 of 1,500, epoch 1 of 50")
    expect(page.locator("#step-text")).to_have_text("step 30 of 1,500")
    expect(page.locator("#epoch-text")).to_have_text("epoch 1 of 50")
    box = bar.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    assert 740 <= step(page) <= 760
    page.mouse.move(box["x"] + box["width"] + 20, y)
    shows(page, step=1500)
    page.mouse.move(box["x"] - 20, y)
    shows(page, step=0)
    page.mouse.up()
    button(page, "Step forward").click()
    expect(bar).to_have_value("1")
    expect(page.locator("#epoch-text")).to_have_text("epoch 0.0 of 50")


def test_a_hand_on_the_step_ends_the_playing(page):
    for act in (lambda: press(page, "ArrowRight"), lambda: button(page, "End").click(), lambda: seek(page, 700)):
        button(page, "Play").click()
        shows(page, playing=True)
        act()
        shows(page, playing=False)


def test_keys(page):
    for key, at in (
        ("ArrowRight", 31),
        ("ArrowLeft", 30),
        ("Shift+ArrowRight", 60),
        ("ArrowRight", 61),
        ("Shift+ArrowRight", 90),
        ("ArrowLeft", 89),
        ("Shift+ArrowLeft", 60),
        ("Shift+ArrowLeft", 30),
        ("Home", 0),
        ("ArrowLeft", 0),
        ("End", 1500),
        ("Shift+ArrowRight", 1500),
    ):
        press(page, key)
        shows(page, step=at, playing=False)
    press(page, " ")
    shows(page, playing=True)
    press(page, " ")
    shows(page, playing=False)
    for n in range(1, 5):
        press(page, str(n))
        expect(page.get_by_role("row").nth(n)).to_have_class("front")
    press(page, "4", "8")
    expect(page.locator("tr.front")).to_have_count(0)


def test_the_question_mark_lists_the_keys(page):
    press(page, "?")
    dialog = page.get_by_role("dialog", name="Help and keys")
    expect(dialog).to_be_visible()
    for words in ("Space", "Left, Right", "Shift with Left, Right", "Home, End", "1 to 8", "N", "Escape", "?"):
        expect(dialog.get_by_text(words, exact=True)).to_be_visible()
    press(page, "ArrowRight", "End", "2")
    shows(page, step=30)
    expect(page.locator("tr.front")).to_have_count(0)
    press(page, "Escape")
    expect(dialog).to_be_hidden()
    button(page, "Help and keys").click()
    expect(dialog).to_be_visible()
    button(page, "Close").click()
    expect(dialog).to_be_hidden()


def test_keys_belong_to_what_has_the_focus_if_it_uses_them(page):
    text = field(page, "Noise")
    text.fill("12")
    press(page, "ArrowLeft", "3", " ", "Home", "?", "End")
    expect(text).to_have_value("?13 2")
    shows(page, step=30, playing=False)
    press(page, "Escape")
    expect(text).to_have_value("0")

    slider(page, "Noise").focus()
    press(page, "ArrowRight")
    shows(page, run=experiment(noise=0.1), step=30)
    press(page, "Home")
    shows(page, run=Experiment(), step=30)
    press(page, "2")
    expect(page.locator("tr.front")).to_have_count(1)
    press(page, "2")

    view = choice(page, "Gradient view")
    view.focus()
    press(page, "ArrowDown")
    expect(view).to_have_value("window")
    press(page, "Home")
    expect(view).to_have_value("epochs")
    shows(page, step=30)

    page.get_by_role("radio", name="averaged (article)").focus()
    press(page, "ArrowRight")
    shows(page, run=experiment(form="heavy-ball"), step=30)

    for node in (switch(page, "Logarithmic loss"), switch(page, "SGD")):
        was = node.get_attribute("aria-checked")
        node.focus()
        press(page, " ")
        expect(node).not_to_have_attribute("aria-checked", was)
        shows(page, playing=False)
        press(page, "ArrowRight", "ArrowLeft")
        shows(page, step=30)
    button(page, "End").focus()
    press(page, " ")
    shows(page, step=1500, playing=False)

    page.locator("#options > summary").focus()
    press(page, " ")
    expect(choice(page, "Speed")).to_be_visible()
    shows(page, playing=False)
    press(page, "Escape")
    expect(choice(page, "Speed")).to_be_hidden()

    button(page, "Try").focus()
    press(page, "Enter", "ArrowDown", "End", "Home")
    expect(page.get_by_role("menuitem", name="Article", exact=True)).to_be_focused()
    shows(page, step=1500)


def test_keys_with_ctrl_alt_or_meta_are_the_browsers(page):
    press(page, "Control+ArrowRight", "Alt+1", "Meta+End")
    shows(page, step=30)
    expect(page.locator("tr.front")).to_have_count(0)


def test_on_the_slider_step_all_keys_mean_the_transport(page):
    button(page, "first 5").click()
    page.get_by_role("slider", name="Step", exact=True).focus()
    for key, at in (("ArrowRight", 31), ("Shift+ArrowRight", 60), ("End", 150), ("ArrowLeft", 149), ("Home", 0)):
        press(page, key)
        shows(page, step=at, playing=False)
    press(page, "3")
    expect(page.get_by_role("row").nth(3)).to_have_class("front")
    press(page, " ")
    shows(page, playing=True)
    press(page, " ")
    shows(page, playing=False)


@pytest.mark.parametrize("place", ["field", "slider", "Step"])
def test_escape_leaves_the_focus_where_it_is(page, place):
    where = {"field": field(page, "Noise"), "slider": slider(page, "Noise")}
    node = where.get(place, page.get_by_role("slider", name="Step", exact=True))
    node.focus()
    press(page, "Escape")
    expect(node).to_be_focused()


def after(page, ms, playing=True):
    """Wind the clock and read the step."""
    wind(page, ms)
    shows(page, playing=playing)
    return step(page)


def test_play_takes_12_seconds_and_starts_slowly(timed):
    button(timed, "Play").click()
    for wound, u in ((0.1, 0.1), (0.4, 0.5), (0.4, 0.9)):
        assert after(timed, wound * SECONDS - 20) == pytest.approx(1500 * u**2, abs=12)
    assert after(timed, 0.1 * SECONDS, playing=False) == 1500
    expect(button(timed, "Play")).to_be_visible()
    button(timed, "Play").click()
    assert after(timed, SECONDS / 2) == pytest.approx(1500 / 4, abs=12)  # from the start of the range again
    button(timed, "Pause").click()
    at = step(timed)
    assert after(timed, SECONDS, playing=False) == at
    button(timed, "Play").click()
    assert after(timed, SECONDS / 4) == pytest.approx(1500 * 0.75**2, abs=15)  # on from where it was


QUARTER = 1500 * 0.25 / 12  # steps, at an even pace
HIDE = """(hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    Object.defineProperty(document, "visibilityState", { value: hidden ? "hidden" : "visible", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.mark.parametrize("speed", ["0.25x", "1x", "8x"])
def test_a_picture_never_advances_by_more_than_a_quarter_of_a_second(timed, speed):
    """A hidden tab, or a machine that slept, draws none: time goes on where it was."""
    options(timed)
    switch(timed, "Even pace").click()
    choice(timed, "Speed").select_option(speed)
    timed.keyboard.press("Escape")
    button(timed, "Play").click()
    before, times = after(timed, 240), float(speed[:-1])
    timed.clock.fast_forward(3_600_000)
    timed.clock.run_for(20)
    shows(timed, playing=True)
    assert before <= step(timed) <= before + times * (QUARTER + 5)  # two pictures more, 20 ms in all
    assert after(timed, 480) == pytest.approx(before + times * 3 * QUARTER, abs=times * 10)


def test_play_goes_on_where_it_was_when_its_tab_comes_back(timed):
    options(timed)
    switch(timed, "Even pace").click()
    timed.keyboard.press("Escape")
    button(timed, "Play").click()
    before = after(timed, 3_000)
    timed.evaluate(HIDE, True)
    timed.clock.fast_forward(60_000)
    timed.evaluate(HIDE, False)
    timed.clock.run_for(20)
    shows(timed, playing=True)
    assert before <= step(timed) <= before + QUARTER + 5


def test_even_pace_speed_and_loop_stand_in_one_small_menu(timed):
    expect(choice(timed, "Speed")).to_be_hidden()
    options(timed)
    assert choice(timed, "Speed").locator("option").all_inner_texts() == ["0.25x", "0.5x", "1x", "2x", "4x", "8x"]
    switch(timed, "Even pace").click()
    timed.clock.run_for(20)
    expect(timed.locator("#pace")).to_have_text("Now 125 steps a second.")
    button(timed, "Play").click()
    assert after(timed, 3_000) == pytest.approx(375, abs=5)
    options(timed)
    choice(timed, "Speed").select_option("2x")
    assert after(timed, 3_000) == pytest.approx(1125, abs=15)
    expect(timed.locator("#pace")).to_have_text("Now 250 steps a second.")
    choice(timed, "Speed").select_option("0.25x")
    assert after(timed, 4_000) == pytest.approx(1250, abs=15)
    switch(timed, "Loop").click()
    choice(timed, "Speed").select_option("8x")
    before = step(timed)
    assert after(timed, 1_000) == pytest.approx(before + 1000 - 1500, abs=2 * 17)  # two pictures at 8x
    timed.keyboard.press("Escape")
    expect(choice(timed, "Speed")).to_be_hidden()
    options(timed)
    switch(timed, "Loop").click()
    assert after(timed, 1_000, playing=False) == 1500


def test_the_steps_a_second_follow_the_slow_start(timed):
    options(timed)
    seek(timed, 375)
    timed.clock.run_for(20)
    expect(timed.locator("#pace")).to_have_text("Now 125 steps a second.")  # 2 n u / 12 s, and u is 1/2


def test_the_first_play_goes_on_from_a_moment_that_somebody_chose(timed):
    timed.locator("body").press("Shift+ArrowRight")
    timed.clock.run_for(20)
    shows(timed, step=60)
    button(timed, "Play").click()
    assert after(timed, SECONDS / 4) == pytest.approx(1500 * (0.25 + (60 / 1500) ** 0.5) ** 2, abs=15)


def test_play_restart_and_end_keep_to_the_range_on_view(timed):
    ranges = timed.get_by_role("group", name="Range on view")
    assert ranges.get_by_role("button").all_inner_texts() == ["first epoch", "first 5", "all"]
    expect(button(timed, "all")).to_have_attribute("aria-pressed", "true")
    button(timed, "first 5").click()
    timed.clock.run_for(20)
    expect(button(timed, "first 5")).to_have_attribute("aria-pressed", "true")
    expect(button(timed, "all")).to_have_attribute("aria-pressed", "false")
    low, high = axis(timed, "loss", "xaxis")["range"]
    assert (low, high) == (pytest.approx(0, abs=0.1), pytest.approx(5, abs=0.1))
    button(timed, "Play").click()
    assert after(timed, SECONDS / 2) == pytest.approx(150 / 4, abs=2)
    assert after(timed, SECONDS / 2, playing=False) == 150
    button(timed, "Restart").click()
    shows(timed, step=0)
    button(timed, "End").click()
    shows(timed, step=150)
    button(timed, "first epoch").click()
    timed.clock.run_for(20)
    shows(timed, step=30)  # the cursor comes along
    timed.keyboard.press("End")
    shows(timed, step=30)
    button(timed, "all").click()
    timed.keyboard.press("End")
    shows(timed, step=1500)


def test_with_reduced_motion_play_moves_in_a_few_jumps(timed):
    timed.emulate_media(reduced_motion="reduce")
    button(timed, "Play").click()
    seen = set()
    for _ in range(47):
        timed.clock.fast_forward(230)
        timed.clock.run_for(20)
        seen.add(step(timed))
    wind(timed, 1_000)
    timed.emulate_media(reduced_motion="null")
    assert 3 <= len(seen) <= 9
    shows(timed, step=1500, playing=False)


def test_of_a_long_run_keys_go_from_one_shown_step_to_the_next_and_the_page_says_so(page):
    write(page, "Epochs", "1000")
    shows(page, run=experiment(epochs=1000), step=30, steps=30000)
    page.locator(":focus").blur()
    expect(page.locator("#epoch-text")).to_contain_text("later every 41st step shown")
    for key, at in (("ArrowRight", 31), ("ArrowLeft", 30), ("Shift+ArrowRight", 60), ("End", 30000)):
        press(page, key)
        shows(page, step=at)
    seek(page, 240)  # every step of the first eight epochs is shown
    for key, at in (("ArrowRight", 281), ("ArrowLeft", 240), ("ArrowLeft", 239)):
        press(page, key)
        shows(page, step=at)
    seek(page, 15_000)
    press(page, "ArrowRight")
    shows(page, step=15_041)
    expect(page.get_by_role("slider", name="Step", exact=True)).to_have_attribute("max", "30000")


def test_the_slider_beside_the_step_is_as_wide_at_every_step(page):
    write(page, "Epochs", "1000")
    shows(page, run=experiment(epochs=1000))
    said, widths = page.evaluate("""() => {
        const box = document.getElementById("scrubber"), where = document.getElementById("epoch-text");
        const all = Array.from({ length: 30 }, (_, i) => {
            lab.seek(600 + 41 * i);
            return [where.textContent, box.getBoundingClientRect().width];
        });
        return [0, 1].map((part) => [...new Set(all.map((one) => one[part]))]);
    }""")
    assert len({len(words) for words in said}) > 1  # "epoch 20 of" and "epoch 21.3 of"
    assert len(widths) == 1
