"""The settings and the run: what each setting, "Reset" and "Try" make of the Experiment drawn; what is refused."""

import pytest
from playwright.sync_api import expect

from components.settings.table import PRESETS, SETTINGS
from optim import Experiment
from tests.browser.lab import (
    FORM_SLIDERS,
    button,
    choice,
    drag,
    experiment,
    field,
    look_for,
    shows,
    slider,
    switch,
    until,
    write,
)

# Name -> least and largest value as the fields write them. (The period's least is the form's own choice.)
ENDS = {
    "Learning rate (SGD, Momentum)": ("1e-5", "10"),
    "Momentum beta": ("0", "0.999"),
    "Learning rate (Adam)": ("1e-5", "10"),
    "Adam beta 1": ("0", "0.999"),
    "Adam beta 2": ("0", "0.9999"),
    "Annealing period (epochs)": (None, "whole run"),
    "Epochs": ("1", "1000"),
    "Batch size": ("1", "30"),
    "Data seed": ("0", "9999"),
    "Points": ("2", "500"),
    "Noise": ("0", "20"),
}
SAYS = """(key) => {
    const said = document.querySelector(`#slider-${key} [role=slider]`).getAttribute("aria-valuetext");
    const { value } = document.getElementById(`field-${key}`);
    return said === value || said.startsWith(`${value}: remembers about `);
}"""
"""A slider tells the value that its field shows."""
KEYS = {setting.label: key for key, setting in SETTINGS.items()}


def drawn(page, label, text, **marks):
    """Wait until the run on the page is the article's with this one setting so."""
    shows(page, run=experiment(**{KEYS[label]: text}), **marks)


def test_every_setting_is_a_slider_and_a_field_and_keys_change_the_run(page):
    assert [setting.label for setting in FORM_SLIDERS.values()] == list(ENDS)
    for label, (least, largest) in ENDS.items():
        thumb, box = slider(page, label), field(page, label)
        before = box.input_value()
        thumb.focus()
        page.keyboard.press("ArrowLeft" if before == largest else "ArrowRight")
        expect(box).not_to_have_value(before)
        drawn(page, label, box.input_value())
        for key, end in (("Home", least), ("End", largest)):
            page.keyboard.press(key)
            if end is not None:
                expect(box).to_have_value(end)
            until(page, SAYS, KEYS[label])
        drawn(page, label, largest)
        button(page, "Reset").click()
        shows(page, run=Experiment())
        expect(box).to_have_value(before)


def test_a_beta_says_how_long_it_remembers_and_what_heavy_ball_makes_of_the_rate(page):
    write(page, "Momentum beta", ".9")
    drawn(page, "Momentum beta", 0.9)
    expect(slider(page, "Momentum beta")).to_have_attribute("aria-valuetext", "0.9: remembers about 10 steps")
    expect(page.get_by_text("remembers about 10 steps").first).to_be_visible()
    line = "heavy ball = averaged with the rate divided by 1 - beta, here 10 times larger"
    expect(page.get_by_text(line)).to_be_visible()
    assert page.get_by_role("radio", name="averaged (article)", exact=True).is_checked()
    page.get_by_role("radio", name="heavy ball (PyTorch, Distill)", exact=True).check()
    shows(page, run=experiment(beta=0.9, form="heavy-ball"))


def test_the_period_says_its_cycles_and_the_whole_run_stays_whole(page):
    write(page, "Epochs", "20")
    drawn(page, "Epochs", 20)
    expect(field(page, "Annealing period (epochs)")).to_have_value("whole run")
    write(page, "Epochs", "50")
    write(page, "Annealing period (epochs)", "15")
    drawn(page, "Annealing period (epochs)", 15)
    expect(page.get_by_text("3 cycles and a third: the last is cut off")).to_be_visible()


def test_true_line_and_start_have_fields_in_a_group_that_is_closed_at_first(page):
    labels = ("True a", "True b", "Start a", "Start b")
    for label in labels:
        expect(page.get_by_label(label, exact=True)).to_be_hidden()
    page.get_by_text("True line and start").click()
    for label, text in zip(labels, ("-2", "3.5", "0", "10"), strict=True):
        write(page, label, text)
    shows(page, run=experiment(true_a=-2, true_b=3.5, start_a=0, start_b=10))


def test_a_number_out_of_bounds_goes_to_the_nearest_and_says_so(page):
    write(page, "Noise", "25")
    drawn(page, "Noise", 20)
    expect(field(page, "Noise")).to_have_value("20")
    expect(page.locator("#note-noise")).to_contain_text("At most 20")
    expect(page.locator("#note-noise")).to_be_visible()
    write(page, "Noise", "0")
    shows(page, run=Experiment())
    expect(page.locator("#note-noise")).to_be_empty()


def test_what_is_no_number_keeps_the_run_and_says_why(page):
    rate, sentence = field(page, "Learning rate (Adam)"), page.locator("#sentence")
    for mend in ("type", "escape"):
        write(page, "Learning rate (Adam)", "fast")
        shows(page, run=Experiment(), state="error")
        expect(page.locator("#note-adam_lr")).to_contain_text("“fast” is not a number.")
        expect(page.locator("#note-adam_lr")).to_be_visible()
        expect(sentence).to_have_text("“fast” is not a number. The picture still shows the last run.")
        if mend == "type":
            write(page, "Learning rate (Adam)", "1")
        else:
            rate.press("Escape")
            expect(rate).to_have_value("1")
        shows(page, run=Experiment())
        expect(sentence).to_contain_text("Four methods look for the line")
        expect(page.locator("#note-adam_lr")).to_be_empty()


def test_a_run_over_the_budget_keeps_the_last_one_and_says_why(page):
    write(page, "Points", "500")
    drawn(page, "Points", 500)
    write(page, "Epochs", "1000")
    shows(page, run=experiment(points=500), state="error")
    expect(page.locator("#note-epochs")).to_contain_text("500,000 steps; at most 60,000")
    expect(page.locator("#sentence")).to_contain_text("500,000 steps; at most 60,000")
    write(page, "Batch size", "100")
    shows(page, run=experiment(points=500, epochs=1000, batch=100))
    expect(page.locator("#note-epochs")).to_be_empty()


def test_every_entry_of_try_is_the_article_with_its_differences_and_reset_leads_back(page):
    assert list(PRESETS) == [
        "Article",
        "Heavy ball",
        "Adam's usual betas (.9, .999)",
        "Noisy points (3)",
        "Restarts every 10 epochs",
        "Fair rates (SGD at .02)",
        "Too hot (SGD at .03)",
        "Nesterov brakes",
    ]
    for name, preset in PRESETS.items():
        look_for(page, name)
        shows(page, run=experiment(**preset.values))
    button(page, "Reset").click()
    shows(page, run=Experiment())


def test_reset_brings_back_what_was_switched_off_chosen_and_zoomed(page):
    for name in ("Adam", "Logarithmic loss"):
        switch(page, name).click()
    button(page, "True shape").click()
    choice(page, "Gradient view").select_option("taken")
    drag(page, "landscape", (0.3, 0.3), (0.7, 0.7))
    page.locator('[data-range="5"]').first.click()
    page.keyboard.press("1")
    until(page, "() => lab.boards.get('landscape').zoomed && lab.state.forward === 0")
    write(page, "Noise", "3")
    shows(page, run=experiment(noise=3))
    button(page, "Reset").click()
    shows(page, run=Experiment())
    expect(switch(page, "Adam")).to_be_checked()
    expect(switch(page, "Logarithmic loss")).to_be_checked()
    expect(button(page, "True shape")).to_have_attribute("aria-pressed", "false")
    expect(choice(page, "Gradient view")).to_have_value("epochs")
    assert page.evaluate("""() => {
        const { state: { hidden, logLoss, gradientView, trueShape, forward, rangeName }, boards } = lab;
        const zoomed = [...boards.values()].filter((board) => board.zoomed).length;
        return [hidden.size, logLoss, gradientView, trueShape, forward, rangeName, zoomed];
    }""") == [0, True, "epochs", False, None, "all", 0]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"form": "heavy-ball"}, "Heavy ball"),
        ({"beta1": 0.9, "beta2": 0.999}, "Adam's usual betas (.9, .999)"),
        ({"noise": 3}, "Noisy points (3)"),
        ({"period": 10}, "Restarts every 10 epochs"),
        ({"lr": 0.02}, "Fair rates (SGD at .02)"),
        ({"lr": 0.03}, "Too hot (SGD at .03)"),
    ],
)
def test_an_entry_does_what_its_name_says(changes, name):
    assert PRESETS[name].values == changes
