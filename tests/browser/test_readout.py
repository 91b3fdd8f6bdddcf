"""The readout: every number is optim.train's own at the step under the cursor; switches, thresholds, verdicts."""

import numpy as np
import pytest
from playwright.sync_api import expect

from components.exports.data_files import values_of
from components.links import query
from components.settings import parsing
from components.settings.table import DEFAULTS
from optim import Experiment, arrival, train, verdict
from tests.browser.lab import (
    LABELS,
    button,
    choice,
    experiment,
    look_for,
    picture,
    rests,
    seek,
    shows,
    switch,
    until,
    wind,
    words,
)

A, B, LOSS, RATE, REACHED, STAYS, VERDICT = range(7)
STEPS = (0, 1, 30, 31, 734, 1500)
SHARES = {"10 %": 0.1, "5 %": 0.05, "1 %": 0.01, "0.1 %": 0.001}


def table(page):
    return page.get_by_role("table", name="Readout", exact=True)


@pytest.fixture
def page(page):
    """With the whole table, which cards stand for at first."""
    return tabled(page)


def tabled(page):
    button(page, "Table").click()
    expect(button(page, "Table")).to_have_attribute("aria-pressed", "true")
    return page


def settled(page):
    """The page once its plots have their places, which panels that come on view get in more than one paint."""
    rests(page)
    until(
        page,
        """((was) => () => {
            lab.draw();
            const now = JSON.stringify([...lab.boards.values()].map(({ graph }) => graph._fullLayout._size));
            const same = now === was;
            was = now;
            return same;
        })()""",
    )
    return page


def row(page, label):
    """A method's cells as texts."""
    line = table(page).locator("tbody tr", has=page.get_by_role("switch", name=label, exact=True))
    return line.get_by_role("cell").all_inner_texts()


def agrees(text, value):
    """Whether a text is this number, to the last digit it shows: at least three of them."""
    shown = float(text.replace("−", "-"))
    mantissa = text.lower().split("e")[0].lstrip("−").lstrip("0.").replace(".", "")
    digits = max(len(mantissa if "." in text else mantissa.rstrip("0")), 3)
    power = np.floor(np.log10(abs(shown))) if shown else 0
    return abs(shown - value) <= 0.5001 * 10.0 ** (power - digits + 1)


def test_at_first_it_is_a_card_a_method_with_what_matters_most(plain):
    lines = plain.locator("#readout tbody tr")
    expect(lines).to_have_count(len(LABELS))
    names = lines.first.locator("td:visible").evaluate_all(
        "(cells) => cells.map((cell) => cell.dataset.name ?? '')")
    assert names == ["a", "b", "loss", ""]
    for label in ("Reached 1 %", "Stays from", "Learning rate"):
        expect(table(plain).get_by_role("columnheader", name=label, exact=True)).to_have_count(0)
    seek(plain, 1500)
    told = lines.nth(3).locator(".verdict")
    expect(told).to_have_text("there at 34, rests")
    expect(told).to_have_attribute("title", "there at 34, rests (converged: within 0.1 % of the start)")
    expect(told).to_be_visible()
    boxes = [line.bounding_box() for line in lines.all()]
    assert len({round(box["y"]) for box in boxes}) == 1
    tabled(plain)
    expect(table(plain).get_by_role("columnheader", name="Stays from", exact=True)).to_be_visible()


def test_it_is_a_table_with_a_row_and_a_switch_for_each_method(page):
    for name in ("Method", "a", "b", "Loss", "Learning rate", "Reached 1 %", "Stays from", "Verdict"):
        expect(table(page).get_by_role("columnheader", name=name, exact=True)).to_be_visible()
    expect(table(page).get_by_role("columnheader")).to_have_count(8)
    assert table(page).get_by_role("rowheader").all_inner_texts() == list(LABELS)
    for label in LABELS:
        expect(switch(page, label)).to_have_attribute("aria-checked", "true")
        expect(switch(page, label).locator("canvas")).to_be_visible()  # colour and symbol


@pytest.mark.parametrize("name", ["Article", "Restarts every 10 epochs", "Too hot (SGD at .03)"])
def test_all_numbers_are_the_algorithms_own(page, name):
    changes = {"Article": {}, "Restarts every 10 epochs": {"period": 10}, "Too hot (SGD at .03)": {"lr": 0.03}}[name]
    look_for(page, name)
    shows(page, run=experiment(**changes))
    runs = train(experiment(**changes))
    for k in STEPS:
        seek(page, k)
        for c, (label, run) in enumerate(runs.items()):
            loss, params = run.loss[k].astype("f4"), run.params[k].astype("f4")
            found = page.evaluate(
                "([c, k]) => ['params 0', 'params 1', 'loss'].map((s) => String(lab.state.run.at(c, s, k)))",
                [c, k],
            )
            np.testing.assert_array_equal(np.array(found, "f4"), [*params, loss])
            cells = row(page, label)
            for place, value in (
                (A, params[0]),
                (B, params[1]),
                (LOSS, loss),
                (RATE, run.learning_rate[max(k, 1) - 1]),
            ):
                if np.isfinite(value):
                    assert agrees(cells[place], value), (label, k, place, cells[place], value)
                else:
                    assert cells[place] in ("–", "∞")


def test_arrivals_are_of_the_threshold_that_is_chosen_and_drawn(page):
    seek(page, 1500)
    runs = train(Experiment())
    for text, share in SHARES.items():
        choice(page, "Threshold").select_option(text)
        expect(table(page).get_by_role("columnheader", name=f"Reached {text}", exact=True)).to_be_visible()
        assert f"{text} of" in words(page, "loss")  # in two lines
        for label, run in runs.items():
            reached, stays = arrival(run, 0, share)
            assert row(page, label)[REACHED] == ("never" if reached is None else f"step {reached:,}"), label
            left = 1500 - stays + 1 if stays is not None else 0
            # A stay shorter than the verdict's window, a tenth of the steps, only says where the run ends.
            told = "never" if stays is None else f"last {left} steps" if left < 150 else f"step {stays:,}"
            assert row(page, label)[STAYS] == told, label


def verdicts(page):
    return [row(page, label)[VERDICT] for label in LABELS]


def test_a_verdict_says_how_a_method_stands_at_the_step_on_view(page):
    runs = train(Experiment())
    there = {label: arrival(run, 0, 0.01) for label, run in runs.items()}
    way = ["on its way"] * 4
    adam, stays = there["Adam"][0], there["Adam with annealing"][1]
    swings = [f"{name} ± {size:.2g}" for name, size in zip("ab", verdict(runs["Adam"], 0, 30).half_range, strict=True)]
    for step, told in (
        (0, ["at the start"] * 4),
        (adam - 1, way),
        (adam, [*way[:2], *[f"there at {adam}"] * 2]),
        (361, [*way[:2], *[f"there at {adam}, in and out"] * 2]),
        (stays, [*way[:2], f"there at {adam}, in and out", f"there at {adam}, stays from {stays}"]),
        (1499, [f"there at {there['SGD'][0]:,}", f"there at {there['Momentum'][0]:,}", f"there at {adam}, in and out",
                f"there at {adam}, rests"]),
        (1500, [f"there at {there['SGD'][0]:,}, coming nearer", f"there at {there['Momentum'][0]:,}, coming nearer",
                f"there at {adam}, never rests: {', '.join(swings)}", f"there at {adam}, rests"]),
        (30, way),
    ):
        seek(page, step)
        assert verdicts(page) == told, step
    last = table(page).locator("tbody .verdict").last
    # whose end has been seen
    expect(last).to_have_attribute("title", "on its way (converged: within 0.1 % of the start)")


def test_what_lies_ahead_is_not_told_while_playing(timed):
    tabled(timed)
    button(timed, "Play").click()
    timed.clock.fast_forward(300)
    timed.clock.run_for(20)
    shows(timed, playing=True)
    for label in LABELS:
        assert row(timed, label)[REACHED:] in (["", "", "at the start"], ["", "", "on its way"])
    wind(timed, 1_700)
    first = arrival(train(Experiment())["Adam"], 0, 0.01)[0]
    assert first < int(timed.locator("body").get_attribute("data-step")) < 100
    assert row(timed, "Adam")[REACHED] == f"step {first}"
    assert row(timed, "SGD")[REACHED] == ""


def test_a_switch_takes_a_method_off_all_panels_and_out_of_the_sentence(page):
    settled(page)
    seek(page, 1500)
    seek(page, 30)  # as below: names in the margin depend on where they come from
    before = {panel: picture(page, panel) for panel in ("fit", "loss", "landscape", "parameters", "rate")}
    switch(page, "Adam").click()
    expect(switch(page, "Adam")).to_have_attribute("aria-checked", "false")
    for panel, was in before.items():
        assert picture(page, panel) != was, panel
    assert "Adam = Adam with annealing" not in words(page, "loss")
    seek(page, 1500)
    expect(page.locator("#sentence")).to_contain_text("Adam with annealing was there after 34 steps and came to rest.")
    seek(page, 30)
    for label in ("SGD", "Momentum", "Adam with annealing"):
        switch(page, label).click()
    expect(page.locator("#sentence")).to_contain_text("Every method is switched off")
    for label in LABELS:
        switch(page, label).click()
    assert {panel: picture(page, panel) for panel in before} == before


def test_pointing_focus_and_keys_bring_a_method_forward(page):
    plain = picture(settled(page), "loss")
    lines = table(page).locator("tbody tr")

    def forward():
        page.evaluate("() => lab.draw()")
        return [n for n in range(4) if lines.nth(n).evaluate("(line) => line.classList.contains('front')")]

    lines.nth(1).hover()
    assert forward() == [1]
    momentum = picture(page, "loss")
    assert momentum != plain
    page.mouse.move(5, 5)
    assert forward() == []
    assert picture(page, "loss") == plain
    page.keyboard.press("2")
    assert forward() == [1]
    assert picture(page, "loss") == momentum
    lines.nth(3).hover()
    assert forward() == [3]
    page.mouse.move(5, 5)
    assert forward() == [1]
    page.keyboard.press("3")
    assert forward() == [2]
    page.keyboard.press("3")
    assert forward() == []
    for key in "5678":
        page.keyboard.press(key)
        assert forward() == []
    switch(page, "SGD").focus()
    page.keyboard.press("Tab")
    assert forward() == [1]
    page.keyboard.press("Shift+Tab")
    assert forward() == [0]


def test_a_frozen_run_is_called_so(open_page):
    far = {"problem": "exponential", "start": "1, 40", "batch": 30, "epochs": 5, "methods": [
        {"label": "Adam", "method": "Adam", "schedule": "Constant", "own": {"lr": 0.5}}]}
    page = open_page(path=f"/?{query.write(values_of(parsing.parse(DEFAULTS | far)), {})}")
    tabled(page)
    shows(page, run=experiment(**far))
    page.keyboard.press("End")
    shows(page, step=5)
    assert row(page, "Adam")[VERDICT] == "frozen: the squared gradient is too large for a float64"
