"""A new run on the page: what it keeps, the run it is compared with, and runs that diverge."""

import pytest
from playwright.sync_api import expect

from optim import Experiment
from tests.browser.lab import (
    axis,
    button,
    drag_slider,
    experiment,
    look_for,
    on_view,
    picture,
    rests,
    seek,
    shows,
    slider,
    slowly,
    step,
    until,
    write,
)

RANGES = (("fit", "xaxis"), ("fit", "yaxis"), ("loss", "yaxis"), ("landscape", "xaxis"), ("landscape", "yaxis"))


def test_a_new_run_keeps_the_step_and_a_cursor_at_the_end_stays_at_the_end(page):
    seek(page, 400)
    write(page, "Noise", "2")
    shows(page, run=experiment(noise=2), step=400)
    write(page, "Epochs", "10")
    shows(page, run=experiment(noise=2, epochs=10), step=300, steps=300)
    write(page, "Epochs", "60")
    shows(page, run=experiment(noise=2, epochs=60), step=1800, steps=1800)
    write(page, "Batch size", "7")
    shows(page, run=experiment(noise=2, epochs=60, batch=7), step=300, steps=300)


def test_a_slider_that_moves_while_playing_keeps_it_playing(page):
    slowly(page)
    button(page, "Play").click()
    shows(page, playing=True)
    for seed in (8, 9, 10):
        slider(page, "Data seed").press("ArrowRight")
        shows(page, run=experiment(seed=seed), playing=True)
    at = step(page)
    until(page, "(at) => Number(document.body.dataset.step) > at", at)
    drag_slider(page, "Noise", 50)
    shows(page, playing=True)


def test_the_range_on_view_stays_when_the_run_changes(page):
    button(page, "first 5").click()
    write(page, "Noise", "2")
    shows(page, run=experiment(noise=2))
    assert on_view(page, "loss") == pytest.approx([0, 5], abs=0.1)
    expect(button(page, "first 5")).to_have_attribute("aria-pressed", "true")


GHOST = "() => lab.state.ghost?.hash ?? null"


@pytest.mark.parametrize("end", ["Play", "Escape", "the next move"])
def test_the_run_from_before_a_drag_stays_until(page, end):
    beta = drag_slider(page, "Momentum beta", 40)  # of the same points: of others Fit would show no lines
    shows(page, run=experiment(beta=beta))
    assert page.evaluate(GHOST) == Experiment().digest
    with_ghost = {panel: picture(page, panel) for panel in ("fit", "loss", "landscape", "parameters")}
    if end == "the next move":
        write(page, "Data seed", "8")
        shows(page, run=experiment(beta=beta, seed=8))
        assert page.evaluate(GHOST) == experiment(beta=beta).digest
        return
    if end == "Play":
        button(page, "Play").click()
        shows(page, playing=True)
        page.keyboard.press("Home")
        shows(page, playing=False)
        seek(page, 30)
    else:
        page.keyboard.press("Escape")
    assert page.evaluate(GHOST) is None
    for panel, picture_ in with_ghost.items():
        assert picture(page, panel) != picture_, panel


def test_key_presses_in_a_row_are_one_move_with_one_ghost(timed):
    thumb = slider(timed, "Momentum beta")
    for _ in range(3):
        thumb.press("ArrowRight")
        timed.clock.fast_forward(400)
    timed.clock.resume()
    beta = timed.evaluate("() => lab.settings.values.beta")
    shows(timed, run=experiment(beta=beta))
    assert timed.evaluate(GHOST) == Experiment().digest


def test_a_diverging_run_changes_no_axis_and_says_which_when_and_why(page):
    others = [at for at in RANGES if at != ("fit", "yaxis")]  # which is as close as those let it be that do not diverge
    before = {at: axis(page, *at)["range"] for at in others}
    look_for(page, "Too hot (SGD at .03)")
    shows(page, run=experiment(lr=0.03))
    page.keyboard.press("End")
    shows(page, step=1500)
    assert {at: axis(page, *at)["range"] for at in others} == before
    rests(page)
    low, high = axis(page, "fit", "yaxis")["range"]
    assert high - low < 45, "the points take 28.5, and both Adams a little more"
    contestants = page.evaluate("() => lab.state.run.contestants")
    gone = [one for one in contestants if one["diverged"]]
    assert [one["label"] for one in gone] == ["SGD", "Momentum"]
    sentence = page.locator("#sentence").inner_text()
    for one in gone:
        at, reason = one["diverged"]["at"], one["diverged"]["reason"]
        assert f"{one['label']}" in sentence
        assert f"at step {at:,}" in sentence
        assert reason in sentence
        line = page.get_by_role("row", name=one["label"])
        expect(line.first).to_contain_text(f"diverged at step {at:,}")
    expect(page.locator("#sentence")).to_contain_text("with annealing it did")


def test_a_run_beyond_all_numbers_is_no_error(page):
    write(page, "Learning rate (SGD, Momentum)", "10")
    shows(page, run=experiment(lr=10))
    page.locator(":focus").blur()
    for key in ("End", "Home", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    shows(page, step=30)
    expect(page.locator("#sentence")).to_contain_text("diverged at step")
    assert axis(page, "fit", "yaxis")["range"][1] < 100
