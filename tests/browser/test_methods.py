"""The drawer "Methods": adding, changing, ordering and comparing methods, by pointer and by keys; pins; bad input."""

import numpy as np
import pytest
from playwright.sync_api import expect

from components.settings import parsing
from components.settings.methods import article
from components.settings.table import DEFAULTS
from optim import Experiment, snapshots, train
from tests.browser.lab import (
    LABELS,
    button,
    experiment,
    look_for,
    picture,
    seek,
    shows,
    switch,
    until,
    words,
    write,
)
from tests.browser.pages import PHONE

ARTICLE = {entry["label"]: entry for entry in article()}


def entry(method, label=None, schedule="Constant", **own):
    return {"label": label or method, "method": method, "schedule": schedule, "own": own}


def of(*entries, **changes):
    """The experiment of a list: names of the article's four, or entries."""
    methods = [ARTICLE.get(one, one) if isinstance(one, str) else one for one in entries]
    return parsing.parse(DEFAULTS | changes | {"methods": methods}).experiment


def drawer(page):
    return page.get_by_role("region", name="Methods", exact=True)


def opened(page, label=None):
    """The drawer, open; with a label that method's card is open, too."""
    if drawer(page).count() == 0:
        page.locator("#readout-box").get_by_role("button", name="+ Add method").click()
    if label:
        name(page, label).click()
        expect(card(page, label)).to_be_visible()
    return drawer(page)


def name(page, label):
    """The button of a card, which carries the method's name and opens it."""
    return drawer(page).locator(".card-name", has=page.get_by_text(label, exact=True).and_(page.locator("b")))


def card(page, label):
    return drawer(page).get_by_role("group", name=label, exact=True)


def tool(page, what, label):
    return card(page, label).get_by_role("button", name=f"{what} {label}")


def add(page, method):
    drawer(page).get_by_role("button", name="+ Add method").click()
    page.get_by_role("menuitem", name=method, exact=True).click()


def listed(page):
    return drawer(page).locator(".card-name b").all_inner_texts()


def in_readout(page):
    return page.get_by_role("table", name="Readout").locator("tbody .method span:last-child").all_inner_texts()


def test_it_opens_beside_the_panels_and_escape_brings_the_focus_back(page):
    opener = page.locator("#readout-box").get_by_role("button", name="+ Add method")
    opener.focus()
    page.keyboard.press("Enter")
    expect(drawer(page)).to_be_visible()
    expect(drawer(page).get_by_role("heading", name="Methods (4 of 8)")).to_be_focused()
    expect(page.get_by_role("region", name="Settings")).not_to_be_visible()
    expect(page.get_by_role("heading", name="Methods (4 of 8)")).to_be_visible()
    assert listed(page) == list(LABELS)
    page.keyboard.press("Escape")
    expect(drawer(page)).to_have_count(0)
    expect(opener).to_be_focused()
    opener.click()
    drawer(page).get_by_role("button", name="Close").click()
    expect(drawer(page)).to_have_count(0)
    shows(page, run=Experiment())  # nothing was asked for


def test_the_menu_has_all_methods_in_order_of_complexity_and_adds_up_to_eight(page):
    opened(page)
    drawer(page).get_by_role("button", name="+ Add method").focus()
    page.keyboard.press("Enter")
    items = page.get_by_role("menuitem")
    assert [item.split("\n")[0] for item in items.all_inner_texts()][:4] == ["SGD", "Momentum", "Nesterov", "AdaGrad"]
    expect(items).to_have_count(12)
    page.keyboard.press("L")  # by its first letter
    expect(page.get_by_role("menuitem", name="Lion", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    shows(page, run=of(*LABELS, entry("Lion")))
    assert in_readout(page) == [*LABELS, "Lion"]
    for _ in range(3):
        add(page, "Lion")
    four = [entry("Lion"), *(entry("Lion", f"Lion {n}") for n in (2, 3, 4))]
    shows(page, run=of(*LABELS, *four))
    expect(page.get_by_role("heading", name="Methods (8 of 8)")).to_be_visible()
    add(page, "SGD")
    expect(drawer(page).get_by_text("8 methods are the most: remove one first.")).to_be_visible()
    tool(page, "Duplicate", "Lion 4").click()
    expect(drawer(page).get_by_text("8 methods are the most: remove one first.")).to_be_visible()
    assert len(listed(page)) == len(in_readout(page)) == 8
    drawer(page).get_by_role("button", name="The article’s four").click()
    shows(page, run=Experiment())
    expect(drawer(page).get_by_role("button", name="The article’s four")).not_to_be_visible()


def test_an_added_relative_has_the_settings_of_the_one_in_the_list(page):
    write(page, "Momentum beta", "0.9")
    shows(page, run=experiment(beta=0.9))
    opened(page)
    add(page, "Nesterov")
    told = {"lr": 0.001, "beta": 0.9, "form": "average"}
    shows(page, run=of(*LABELS, entry("Nesterov", **told), beta=0.9))
    expect(drawer(page).get_by_text("Added Nesterov, with the settings of Momentum.")).to_be_visible()
    button(page, "Close").click()
    write(page, "Momentum beta", "0.5")
    shows(page, run=of(*LABELS, entry("Nesterov", **told), beta=0.5))


def test_duplicating_renaming_ordering_and_removing_by_keys(page):
    opened(page)
    name(page, "Momentum").focus()
    page.keyboard.press("Enter")
    tool(page, "Duplicate", "Momentum").focus()
    page.keyboard.press("Enter")
    twice = [*LABELS[:2], entry("Momentum", "Momentum 2"), *LABELS[2:]]
    shows(page, run=of(*twice))
    field = card(page, "Momentum 2").get_by_role("textbox", name="Name", exact=True)
    field.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("heavy")
    page.keyboard.press("Enter")
    twice[2] = entry("Momentum", "heavy")
    shows(page, run=of(*twice))
    name(page, "heavy").focus()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    shows(page, run=of(twice[2], *LABELS))
    expect(name(page, "heavy")).to_be_focused()
    expect(drawer(page).get_by_text("heavy is number 1 of 5.")).to_be_visible()
    page.keyboard.press("Alt+ArrowUp")
    expect(drawer(page).get_by_text("heavy is first.")).to_be_visible()
    card(page, "heavy").get_by_role("button", name="Move heavy down").click()
    shows(page, run=of("SGD", twice[2], *LABELS[1:]))
    assert in_readout(page) == listed(page) == ["SGD", "heavy", *LABELS[1:]]
    tool(page, "Remove", "heavy").focus()
    page.keyboard.press("Enter")
    shows(page, run=of(*LABELS))
    for label in LABELS[:3]:
        name(page, label).click()
        tool(page, "Remove", label).click()
    shows(page, run=of(LABELS[3]))
    name(page, LABELS[3]).click()
    tool(page, "Remove", LABELS[3]).click()
    expect(drawer(page).get_by_text("At least one method is needed.")).to_be_visible()


def test_a_name_is_unique_and_escape_takes_back_what_was_typed(page):
    opened(page, "Adam")
    field = card(page, "Adam").get_by_role("textbox", name="Name", exact=True)
    field.fill("something")
    page.keyboard.press("Escape")
    expect(field).to_have_value("Adam")
    expect(drawer(page)).to_be_visible()
    field.fill("SGD")
    field.press("Enter")
    expect(name(page, "SGD 2")).to_be_visible()
    expect(card(page, "SGD 2").get_by_text("There is a “SGD” already: this one became “SGD 2”.")).to_be_visible()
    shows(page, run=of("SGD", "Momentum", entry("Adam", "SGD 2"), LABELS[3]))


def test_what_is_switched_off_stays_off_when_the_list_changes(page):
    opened(page)
    hide = drawer(page).get_by_role("switch", name="Show Momentum", exact=True)
    hide.focus()
    page.keyboard.press(" ")
    expect(hide).to_have_attribute("aria-checked", "false")
    expect(switch(page, "Momentum")).to_have_attribute("aria-checked", "false")
    name(page, "Momentum").focus()
    page.keyboard.press("Alt+ArrowUp")
    shows(page, run=of("Momentum", "SGD", *LABELS[2:]))
    expect(switch(page, "Momentum")).to_have_attribute("aria-checked", "false")
    expect(switch(page, "SGD")).to_have_attribute("aria-checked", "true")
    name(page, "Momentum").click()
    field = card(page, "Momentum").get_by_role("textbox", name="Name", exact=True)
    field.fill("calm")
    field.press("Enter")
    shows(page, run=of(entry("Momentum", "calm"), "SGD", *LABELS[2:]))
    expect(switch(page, "calm")).to_have_attribute("aria-checked", "false")
    switch(page, "calm").click()
    expect(drawer(page).get_by_role("switch", name="Show calm", exact=True)).to_have_attribute("aria-checked", "true")


def test_settings_follow_the_shared_sliders_until_they_are_changed(page):
    opened(page, "Momentum")
    beta = card(page, "Momentum").get_by_role("textbox", name="Beta", exact=True)
    caption = beta.locator("xpath=../..").get_by_text("follows the slider Momentum beta")
    expect(caption).to_be_visible()
    expect(beta).to_have_value("0.95")
    beta.fill("0,5")
    beta.press("Enter")
    shows(page, run=of("SGD", entry("Momentum", beta=0.5), *LABELS[2:]))
    expect(beta).to_have_value("0.5")
    expect(caption).not_to_be_visible()
    expect(card(page, "Momentum").get_by_text("The comma was read as a decimal point: 0.5.")).to_be_visible()
    page.keyboard.press("Escape")
    assert "Momentum beta moves no method" in page.locator("[data-moves]").first.get_attribute("title")
    write(page, "Momentum beta", "0.8")
    write(page, "Learning rate (SGD, Momentum)", "0.002")
    shows(page, run=of("SGD", entry("Momentum", beta=0.5), *LABELS[2:], lr=0.002, beta=0.8))
    opened(page)
    expect(beta).to_have_value("0.5")
    expect(card(page, "Momentum").get_by_role("textbox", name="Learning rate", exact=True)).to_have_value("0.002")
    card(page, "Momentum").get_by_role("button", name="Beta: follow again the slider Momentum beta").click()
    shows(page, run=of(*LABELS, lr=0.002, beta=0.8))
    expect(beta).to_have_value("0.8")
    expect(beta).to_be_focused()


def test_the_headings_show_whom_their_sliders_move(page):
    def chips():
        return [box.locator("canvas").count() for box in page.locator("[data-moves]").all()]

    assert chips() == [2, 2, 1]
    opened(page)
    add(page, "SGD")
    expect(name(page, "SGD 2")).to_be_visible()
    assert chips() == [3, 2, 1]
    name(page, LABELS[3]).click()
    tool(page, "Remove", LABELS[3]).click()
    shows(page, run=of(*LABELS[:3], entry("SGD", "SGD 2")))
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Annealing").get_by_text("moves no method")).to_be_visible()
    button(page, "Reset").click()
    shows(page, run=Experiment())
    assert chips() == [2, 2, 1]
    assert in_readout(page) == list(LABELS)


def test_a_slider_of_a_card_moves_its_method_alone(page):
    opened(page, "SGD")
    slider = card(page, "SGD").get_by_role("slider", name="Learning rate", exact=True)
    slider.focus()
    page.keyboard.press("ArrowRight")
    shows(page, run=of(entry("SGD", lr=0.0011), *LABELS[1:]))
    assert slider.get_attribute("aria-valuetext") == "0.0011"
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 0.34 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + box["height"] / 2, steps=6)
    page.mouse.up()
    rate = card(page, "SGD").get_by_role("textbox", name="Learning rate", exact=True)
    value = float(rate.input_value())
    assert 0.05 < value < 1
    shows(page, run=of(entry("SGD", lr=value), *LABELS[1:]))


def test_switches_choices_method_and_schedule(page):
    opened(page, "Adam")
    one = card(page, "Adam")
    expect(one.get_by_text("Off, the means start from 0 uncorrected")).to_be_visible()
    one.get_by_role("switch", name="Bias correction", exact=True).click()
    shows(page, run=of(*LABELS[:2], entry("Adam", bias_correction=False), LABELS[3]))
    one.get_by_role("combobox", name="Schedule").select_option("CosineAnnealing")
    period = card(page, "Adam with cosine annealing").get_by_role("textbox", name="Period (epochs)", exact=True)
    expect(period).to_have_value("whole run")
    period.fill("5")
    period.press("Enter")
    own = {"bias_correction": False, "schedule.period": 5}
    annealed = "Adam with cosine annealing"
    shows(page, run=of(*LABELS[:2], entry("Adam", annealed, "CosineAnnealing", **own), LABELS[3]))
    page.get_by_role("combobox", name="Method", exact=True).select_option("AdamW")
    label = "AdamW with cosine annealing"
    shows(page, run=of(*LABELS[:2], entry("AdamW", label, "CosineAnnealing", **own), LABELS[3]))
    decay = card(page, label).get_by_role("textbox", name="Weight decay", exact=True)
    expect(decay).to_have_value("0.01")
    decay.fill("0.2")
    decay.press("Enter")
    changed = entry("AdamW", label, "CosineAnnealing", **own, weight_decay=0.2)
    shows(page, run=of(*LABELS[:2], changed, LABELS[3]))
    card(page, label).get_by_role("button", name="Weight decay: the usual value again").click()
    shows(page, run=of(*LABELS[:2], entry("AdamW", label, "CosineAnnealing", **own), LABELS[3]))
    expect(decay).to_have_value("0.01")
    card(page, label).get_by_text("Formula and source").first.click()
    expect(card(page, label).locator("math").first).to_be_visible()
    name(page, "Momentum").click()
    card(page, "Momentum").get_by_role("combobox", name="Form", exact=True).select_option("heavy ball")
    heavy = entry("Momentum", form="heavy-ball")
    shows(page, run=of("SGD", heavy, entry("AdamW", label, "CosineAnnealing", **own), LABELS[3]))


def test_what_cannot_be_read_stays_in_its_field_and_the_rest_goes_on(page):
    opened(page, "SGD")
    rate = card(page, "SGD").get_by_role("textbox", name="Learning rate", exact=True)
    rate.fill("abc")
    rate.press("Enter")
    shows(page, state="error")
    expect(card(page, "SGD").get_by_text("“abc” is not a number.", exact=True)).to_be_visible()
    expect(rate).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Escape")  # taken back
    expect(rate).to_have_value("0.001")
    shows(page, run=of(*LABELS))
    rate.fill("fast")
    rate.press("Enter")
    shows(page, state="error")
    add(page, "Nesterov")
    nesterov = entry("Nesterov", lr=0.001, beta=0.95, form="average")  # with the settings of Momentum
    shows(page, run=of(*LABELS, nesterov))
    name(page, "SGD").click()
    expect(rate).to_have_value("fast")
    rate.fill("50")
    rate.press("Enter")
    shows(page, run=of(entry("SGD", lr=10), *LABELS[1:], nesterov))
    expect(rate).to_have_value("10")
    expect(card(page, "SGD").get_by_text("At most 10: “50” became 10.")).to_be_visible()


def test_a_row_of_the_readout_leads_to_its_card(page):
    page.get_by_role("table", name="Readout").locator("tbody tr").nth(2).hover()
    button(page, "Edit Adam").click()
    expect(card(page, "Adam")).to_be_visible()
    expect(name(page, "Adam")).to_be_focused()


def test_a_pin_stays_as_it_was_and_is_compared_with(page):
    opened(page, "SGD")
    before = {panel: picture(page, panel) for panel in ("loss", "landscape", "parameters", "rate", "fit")}
    tool(page, "Pin", "SGD").click()
    expect(drawer(page).get_by_role("button", name="Unpin SGD (pinned)")).to_be_visible()
    rate = card(page, "SGD").get_by_role("textbox", name="Learning rate", exact=True)
    rate.fill("0.02")
    rate.press("Enter")
    faster = of(entry("SGD", lr=0.02), *LABELS[1:])
    shows(page, run=faster)
    assert "SGD (pinned)" in words(page, "loss")
    assert "SGD (pinned)" in words(page, "landscape")
    pinned = {panel: picture(page, panel) for panel in before}
    drawer(page).get_by_text("What differs between two methods").click()
    found = drawer(page).locator("#differences")
    found.get_by_role("combobox", name="First").select_option("SGD")
    found.get_by_role("combobox", name="Second").select_option("SGD (pinned)")
    assert found.get_by_role("row").all_inner_texts() == ["Setting\tSGD\tSGD (pinned)", "Learning rate\t0.02\t0.001"]
    expect(found).to_contain_text("They part at step 1, as far as drawn.")
    drawer(page).get_by_role("button", name="Unpin SGD (pinned)").click()
    for panel, was in pinned.items():
        assert picture(page, panel) != was, panel
    assert "SGD (pinned)" not in words(page, "loss")


def test_pins_of_another_problem_are_dropped_with_a_sentence(page):
    opened(page, "SGD")
    tool(page, "Pin", "SGD").click()
    page.evaluate("() => lab.settings.set({ problem: 'ravine' }, 'problem')")
    expect(page.get_by_text("SGD (pinned): unpinned, because this is another problem.")).to_be_visible()
    expect(drawer(page).get_by_role("button", name="Unpin SGD (pinned)")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_text("SGD (pinned): unpinned, because this is another problem.")).not_to_be_visible()


def test_two_methods_compared(page):
    opened(page)
    drawer(page).get_by_text("What differs between two methods").click()
    found = drawer(page).locator("#differences")
    found.get_by_role("combobox", name="First").select_option("Adam")
    found.get_by_role("combobox", name="Second").select_option("Adam with annealing")
    rows = [row.split("\t") for row in found.get_by_role("row").all_inner_texts()]
    assert rows[1] == ["Schedule", "constant", "cosine annealing"]
    assert ["Period (epochs)", "–", "whole run"] in rows
    runs = train(Experiment())
    one, other = (runs[label].params for label in ("Adam", "Adam with annealing"))
    step = int(np.argmax((one != other).any(axis=1)))
    assert step == 2  # the first step has the full rate
    found.get_by_role("button", name="Go to step 2").click()
    shows(page, step=2)


def test_the_ends_of_restart_cycles_are_listed_and_lead_there(page):
    look_for(page, "Restarts every 10 epochs")
    shows(page, run=experiment(period=10))
    opened(page)
    drawer(page).get_by_text("At the end of each restart cycle").click()
    table = drawer(page).get_by_role("table", name="Adam with annealing")
    expect(table).to_be_visible()
    kept = experiment(period=10)
    expected = snapshots(train(kept)["Adam with annealing"], kept.contestants[3].schedule.restarts(1500, 30))
    rows = [row.split("\t") for row in table.get_by_role("row").all_inner_texts()][1:]
    assert [int(row[0].replace(",", "")) for row in rows] == [one.step for one in expected]
    for row, one in zip(rows, expected, strict=True):
        np.testing.assert_allclose(float(row[1].replace("−", "-")), one.loss, rtol=0.006)
    table.get_by_role("button", name="Go to step 600").click()
    shows(page, step=600)
    seek(page, 30)
    expect(drawer(page)).not_to_contain_text("better")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_fit_stays_above_the_drawer(open_page, scheme):
    page = open_page(size=PHONE, scheme=scheme, has_touch=True)
    opened(page)
    add(page, "RMSProp")
    shows(page, run=of(*LABELS, entry("RMSProp")))
    fit = page.get_by_role("figure", name="Fit", exact=True).bounding_box()
    sheet = drawer(page).bounding_box()
    assert fit["y"] + fit["height"] <= sheet["y"] + 1
    assert fit["height"] > 140
    assert sheet["height"] > 380
    until(page, "() => document.documentElement.scrollWidth <= innerWidth")
    drawer(page).get_by_role("button", name="Close").click()
    expect(drawer(page)).to_have_count(0)
    expect(switch(page, "RMSProp")).to_be_visible()


PLACES = "() => lab.pins.on('loss', lab.state).map(({ run }) => run.pin)"


def test_a_pin_has_the_look_of_its_method_wherever_that_goes(page):
    opened(page, "Adam")
    tool(page, "Pin", "Adam").click()
    tool(page, "Move", "Adam").filter(has_text="Up").click()
    shows(page, run=of("SGD", "Adam", "Momentum", LABELS[3]))
    assert page.evaluate(PLACES) == [1]
    tool(page, "Remove", "Adam").click()
    shows(page, run=of("SGD", "Momentum", LABELS[3]))
    assert page.evaluate(PLACES) == [None]
    expect(drawer(page).get_by_text("Adam (pinned)")).to_be_visible()
    assert "Adam (pinned)" in words(page, "loss")


def test_pins_have_heads_and_names_in_three_dimensions(page):
    button(page, "3-D").click()
    opened(page, "SGD")
    tool(page, "Pin", "SGD").click()
    until(page, "() => document.querySelector('.relief').hidden === false")
    assert "SGD (pinned)" in words(page, "landscape")


def test_pinning_waits_for_what_is_asked_for(page):
    opened(page, "SGD")
    page.evaluate("""() => {
        lab.settings.typed("lr", "0.002");
        document.querySelector("[data-at$=' Pin']").click();
    }""")
    expect(drawer(page).get_by_text("Pinned SGD as it is now")).to_be_visible()
    pinned = page.evaluate("() => [lab.pins.list[0].run.hash, lab.state.run.hash]")
    assert pinned == [experiment(lr=0.002).digest] * 2


def test_what_is_compared_stays_so_when_the_list_is_ordered_anew_and_shared_settings_count(page):
    opened(page, "Adam")
    drawer(page).get_by_text("What differs between two methods").click()
    found = drawer(page).locator("#differences")
    found.get_by_role("combobox", name="First").select_option("Adam")
    found.get_by_role("combobox", name="Second").select_option("SGD")
    tool(page, "Move", "Adam").filter(has_text="Up").click()
    shows(page, run=of("SGD", "Adam", "Momentum", LABELS[3]))
    expect(found.get_by_role("columnheader")).to_have_text(["Setting", "Adam", "SGD"])
    field = card(page, "Adam").get_by_role("textbox", name="Name", exact=True)
    field.fill("calm")
    field.press("Enter")
    expect(found.get_by_role("columnheader")).to_have_text(["Setting", "calm", "SGD"])
    tool(page, "Pin", "calm").click()
    found.get_by_role("combobox", name="Second").select_option("calm (pinned)")
    expect(found).to_contain_text("All their settings are the same.")
    page.evaluate("() => lab.settings.typed('batch', '5')")
    expect(found.get_by_role("row")).to_have_text(["Settingcalmcalm (pinned)", "Batch size51"])


def test_cards_keep_the_rates_of_the_stage_while_something_is_refused(page):
    opened(page, "SGD")
    page.evaluate("""() => {
        lab.settings.typed("noise", "loud");
        lab.settings.typed("lr", "0.002");
    }""")
    until(page, "() => lab.settings.values.lr === 0.002")
    shows(page, state="error")
    expect(name(page, "SGD")).to_contain_text("rate 0.001")


def test_a_list_in_another_order_leaves_no_ghost_behind(page):
    opened(page)
    page.evaluate("""() => {
        lab.methodsList.move(lab.methodsList.entries[0].id, 1);
        lab.settings.typed("lr", "0.002");
    }""")
    shows(page, run=of("Momentum", "SGD", *LABELS[2:], lr=0.002))
    assert page.evaluate("() => lab.state.ghost") is None


def test_a_screen_reader_hears_whom_a_slider_moves(page):
    group = page.get_by_role("group", name="SGD and Momentum")
    expect(group.locator("[data-moves] .unseen")).to_contain_text("Momentum beta moves Momentum.")
