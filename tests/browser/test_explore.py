"""Panels that explore: coarse and fine, given up and stopped, dragged and pressed, linked and saved, small and dark."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import button, choice, experiment, field, figure, painted, rests, shows, until, write
from tests.browser.pages import PHONE
from tests.browser.test_files import saved
from tests.browser.test_links import says

WATCH = """async (name) => {
    const { on } = await lab.module("base/events.js"), { inquiries } = await lab.module("explore/inquiry.js");
    window.seen = [];
    on("explored", () => {
        const of = inquiries.of(name);
        if (of) window.seen.push([of.is, of.done]);
    });
}"""
"""Note how far the question of a panel is, whenever that is another."""


def foot(page, title):
    return figure(page, title).locator(".foot")


def show(page, title):
    """Choose a panel in the menu."""
    button(page, "Explore").click()
    page.get_by_role("menuitemcheckbox", name=re.compile(f"^{title}")).click()
    page.keyboard.press("Escape")
    expect(figure(page, title)).to_be_visible()


def whole(page, title):
    """All of a panel's answer is here, and painted."""
    expect(foot(page, title)).to_have_attribute("data-is", "whole")
    rests(page)


def streamed(page, title, name):
    """Choose a panel in the menu and wait for all of it; how many runs were done at each part, which never fell."""
    page.evaluate(WATCH, name)
    show(page, title)
    whole(page, title)
    done = page.evaluate("() => seen.filter(([is]) => is === 'asked').map(([, done]) => done)")
    assert done == sorted(done)
    return done


@pytest.fixture
def sweep(open_page):
    """The page with the rate sweep alone on view, all of it there."""
    page = open_page(path="/?on=sweep")
    whole(page, "Rate sweep")
    return page


def test_it_comes_from_the_menu_coarse_first_and_leaves_the_six_alone(plain):
    assert plain.evaluate("() => performance.getEntriesByType('resource').every(({ name }) => !/explore/.test(name))")
    done = streamed(plain, "Rate sweep", "sweep")
    expect(foot(plain, "Rate sweep").locator(".done")).to_have_text("964 runs")
    assert 124 in done, "every eighth rate of four methods"
    assert plain.evaluate("() => seen.at(-1)") == ["whole", 964]
    assert painted(plain, "sweep")[0] > 1_000
    button(plain, "All").click()
    expect(plain.get_by_role("main").get_by_role("figure")).to_have_count(6)
    expect(figure(plain, "Rate sweep")).not_to_be_visible()


LATER = """() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").slice(-2).join("/"))
    .filter((name) => /^(explore|export)/.test(name)).toSorted()"""
GROUP = ["explore/foot.js", "explore/group.js", "explore/inquiry.js", "explore/program.js"]


def test_their_group_comes_while_the_menu_is_read_and_what_makes_pictures_with_the_first(open_page):
    page = open_page(plain=True, expected=("export/image.js",))
    assert page.evaluate(LATER) == []
    button(page, "Explore").click()
    until(page, f"(names) => String(({LATER})()) === String(names)", GROUP)
    page.keyboard.press("Escape")
    show(page, "Rate finder")
    whole(page, "Rate finder")
    assert "export/image.js" not in page.evaluate(LATER)
    page.route("**/export/image.js", lambda route: route.abort())
    button(page, "Picture").click()
    expect(page.locator("#notice")).to_have_text(re.compile("did not arrive: press again"))
    page.unroute("**/export/image.js")
    assert saved(page, "Picture")[0].endswith(".png")


def test_a_change_of_a_setting_gives_up_what_is_under_way_and_asks_anew(plain):
    asked = []

    def answer(route):
        """The first one is left waiting."""
        asked.append(route.request.post_data_json["values"]["seed"])
        if len(asked) > 1:
            route.continue_()

    plain.route("**/ask/sweep", answer)
    with plain.expect_request("**/ask/sweep"):
        show(plain, "Rate sweep")
    expect(foot(plain, "Rate sweep")).to_have_attribute("data-is", "asked")
    until(plain, "() => document.querySelector('.foot progress').getClientRects().length > 0")
    with plain.expect_event("requestfailed", lambda one: "ask/sweep" in one.url) as gone:
        write(plain, "Data seed", "8")
    assert gone.value.post_data_json["values"]["seed"] == 7
    shows(plain, run=experiment(seed=8))
    whole(plain, "Rate sweep")
    assert asked == [7, 8]


def test_it_is_stopped_and_asked_again(plain):
    plain.route("**/ask/sweep", lambda route: None)
    show(plain, "Rate sweep")
    line = foot(plain, "Rate sweep")
    expect(line).to_have_attribute("data-is", "asked")
    line.get_by_role("button", name="Stop", exact=True).click()
    expect(line).to_have_attribute("data-is", "stopped")
    expect(line.get_by_role("button", name="CSV", exact=True)).to_be_disabled()
    plain.unroute_all(behavior="ignoreErrors")
    line.get_by_role("button", name="Again", exact=True).click()
    whole(plain, "Rate sweep")
    expect(line.get_by_role("button", name="CSV", exact=True)).to_be_enabled()


def test_one_that_is_asked_again_waits_for_its_turn(open_page):
    page = open_page(path="/?on=sweep,stability")
    whole(page, "Rate sweep")
    whole(page, "Stability map")
    page.route(re.compile("/ask/(sweep|stability)$"), lambda route: None)
    write(page, "Data seed", "8")
    shows(page, run=experiment(seed=8))
    until(page, "() => ['asked', 'waiting'].every((one) => document.querySelector(`.foot[data-is='${one}']`))")
    feet = [foot(page, "Rate sweep"), foot(page, "Stability map")]
    first, second = sorted(feet, key=lambda one: one.get_attribute("data-is"))  # that which has come first is asked
    first.get_by_role("button", name="Stop", exact=True).click()
    expect(second).to_have_attribute("data-is", "asked")
    expect(first).to_have_attribute("data-is", "stopped")
    first.get_by_role("button", name="Again", exact=True).click()
    expect(first).to_have_attribute("data-is", "waiting")
    expect(first.get_by_role("button", name="Stop", exact=True)).to_be_visible()


def test_the_line_of_the_present_rate_drags_its_slider(sweep):
    asked = []
    sweep.on("request", lambda request: asked.append(request.url))
    button(sweep, "Numbers").click()
    now = figure(sweep, "Rate sweep").get_by_role("row", name=re.compile("^SGD")).get_by_role("cell").last
    expect(now).to_have_text("0.001")
    button(sweep, "Numbers").click()
    line = sweep.get_by_role("slider", name="Learning rate of SGD, Momentum")
    write(sweep, "Learning rate (SGD, Momentum)", "0.00103")
    expect(line).to_have_attribute("aria-valuenow", "0.00103")
    line.focus()
    sweep.keyboard.press("ArrowRight")
    expect(field(sweep, "Learning rate (SGD, Momentum)")).to_have_value("0.001059")
    shows(sweep, run=experiment(lr=0.001059))
    button(sweep, "Numbers").click()
    expect(now).to_have_text("0.00106")
    button(sweep, "Numbers").click()
    expect(line).to_have_attribute("aria-valuetext", "0.001059")
    box, plot = line.bounding_box(), figure(sweep, "Rate sweep").locator(".plot").bounding_box()
    sweep.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    sweep.mouse.down()
    sweep.mouse.move(plot["x"] + plot["width"] / 2, box["y"] + 60, steps=4)
    sweep.mouse.up()
    until(sweep, "() => Number(document.querySelector('.handle').getAttribute('aria-valuenow')) > 0.002")
    shows(sweep, state="ready")
    dragged = float(field(sweep, "Learning rate (SGD, Momentum)").input_value())
    assert dragged > 0.002
    shows(sweep, run=experiment(lr=dragged))
    assert not [url for url in asked if "ask/sweep" in url], "the sweep is of all rates, whichever is the present one"


def test_what_is_measured_is_a_part_of_the_link_and_numbers_program_and_files_are_of_it(sweep):
    choice(sweep, "Measured").select_option("at best")
    says(sweep, on="sweep", sweepof="best")
    whole(sweep, "Rate sweep")
    button(sweep, "Numbers").click()
    table = sweep.get_by_role("region", name="Rate sweep in numbers").get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Method", "Best rate", "Best excess loss", "Edge, runs", "Edge, theory", "Rate now"])
    expect(table.get_by_role("rowheader")).to_have_text(["SGD", "Momentum", "Adam", "Adam with annealing"])
    expect(table.get_by_role("row", name=re.compile("^SGD"))).to_contain_text("0.0348")
    name, data = saved(sweep, "CSV")
    rows = list(csv.reader(io.StringIO(data.decode())))
    assert (name, len(rows)) == ("descent-lab-sweep.csv", 242)
    assert rows[0][:2] == ["learning rate", "Best excess loss: SGD"]
    name, data = saved(sweep, "Picture")
    assert (name[:22], data[:4]) == ("descent-lab-rate-sweep", b"\x89PNG")
    button(sweep, "Code").click()
    program = sweep.get_by_role("dialog", name="The code")
    expect(program).to_contain_text('sweep(experiment, {"*.lr": rates}, "best excess")')
    with sweep.expect_download() as download:
        program.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "descent_rate_sweep.py"


def test_a_panel_that_has_come_is_among_the_pictures_as_soon_as_the_drawer_is_opened_again(page):
    offered = choice(page, "Picture of").get_by_role("option", name="Rate sweep")
    button(page, "Share").click()
    expect(choice(page, "Picture of").get_by_role("option")).to_have_count(7)
    choice(page, "Picture of").select_option("Loss")
    page.keyboard.press("Escape")
    show(page, "Rate sweep")
    expect(foot(page, "Rate sweep")).to_be_visible()  # it has come
    button(page, "Share").click()
    expect(offered).to_have_count(1)
    expect(choice(page, "Picture of")).to_have_value("loss")


def test_the_whole_menu_is_on_view_where_the_settings_stand_beside_it(open_page):
    page = open_page(size={"width": 1200, "height": 800})
    button(page, "Explore").click()
    box, stage = page.locator("#explore-menu").bounding_box(), page.locator("#stage").bounding_box()
    assert stage["x"] <= box["x"]
    assert box["x"] + box["width"] <= 1200


def test_what_lies_over_the_plots_is_not_printed(sweep):
    button(sweep, "Numbers").click()
    expect(sweep.locator(".sheet")).to_be_visible()
    sweep.evaluate("() => lab.module('base/events.js').then(({ emit }) => emit('outdated'))")
    expect(sweep.locator("#outdated")).to_be_visible()
    sweep.emulate_media(media="print")
    expect(sweep.locator("html")).to_have_attribute("data-printing", "true")
    for over in (".sheet", ".handle", "#outdated"):
        expect(sweep.locator(over).first).to_be_hidden()


def test_a_cell_of_the_map_shows_its_path_and_hands_over_its_settings(open_page):
    page = open_page(path="/?on=stability")
    whole(page, "Stability map")
    plot = figure(page, "Stability map").locator(".plot").bounding_box()
    at = plot["x"] + 0.35 * plot["width"], plot["y"] + 0.7 * plot["height"]
    page.mouse.move(*at)
    thumb = page.locator(".thumb")
    expect(thumb).to_be_visible()
    expect(thumb.locator("canvas")).to_have_attribute("data-drawn", "true")
    rate, beta = (float(re.search(f"{word} (.+)", thumb.inner_text())[1]) for word in ("Learning rate", "Beta"))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.mouse.down()
    page.mouse.up()
    expect(page.locator("#notice")).to_contain_text("Momentum now has the settings of this cell")
    until(page, "(rate) => Math.abs(lab.settings.values.lr / rate - 1) < 0.001", rate)
    shows(page, state="ready")
    assert page.evaluate("() => lab.state.run.contestants[1].lr") == pytest.approx(rate, rel=1e-3)
    assert page.evaluate("() => lab.settings.values.beta") == pytest.approx(beta, rel=1e-3)
    assert not [url for url in asked if "ask/stability" in url], "the map is the same wherever the ring is"
    button(page, "Undo").click()
    shows(page, run=experiment())


def test_the_map_is_walked_by_keys(open_page):
    page = open_page(path="/?on=stability")
    whole(page, "Stability map")
    cells = page.get_by_role("application", name=re.compile("^Cells of the map"))
    cells.focus()
    said = figure(page, "Stability map").locator(".plot .unseen[role=status]")
    before = said.inner_text()
    page.keyboard.press("ArrowRight")
    expect(said).not_to_have_text(before)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("settings of this cell")
    shows(page, state="ready")
    assert page.evaluate("() => lab.state.run.contestants[1].lr") > 0.001


def test_a_press_on_the_second_of_two_maps_takes_its_noise_as_well(open_page):
    page = open_page(path="/?on=stability&map=betas")
    whole(page, "Stability map")
    until(page, "() => lab.boards.get('stability').graph._fullLayout.xaxis2?.range[1] === 44.5")
    plot = figure(page, "Stability map").locator(".plot").bounding_box()
    page.mouse.move(plot["x"] + 0.65 * plot["width"], plot["y"] + 0.6 * plot["height"])
    thumb = page.locator(".thumb")
    expect(thumb).to_contain_text("noise 3")
    beta = float(re.search(r"Beta 1 (\S+)", thumb.inner_text())[1])
    page.mouse.down()
    page.mouse.up()
    expect(page.locator("#notice")).to_contain_text("now has the settings of this cell")
    until(page, "(beta) => Math.abs(lab.settings.values.beta1 - beta) < 1e-3", beta)
    assert page.evaluate("() => lab.settings.values.noise") == 3


def test_any_two_settings_are_chosen_and_linked(open_page):
    page = open_page(path="/?on=stability&map=betas")
    whole(page, "Stability map")
    until(page, "() => lab.boards.get('stability').graph._fullLayout.xaxis2?.range[1] === 44.5")
    choice(page, "Map").select_option("any two settings")
    expect(choice(page, "Across")).to_have_value("betas.0")
    choice(page, "Up").select_option("Learning rate")
    button(page, "Noise 0 and 3").click()
    whole(page, "Stability map")
    says(page, on="stability", map="own", mapof="2", mapx="betas.0", mapy="lr", mapmeasure="oscillation")
    expect(page.locator("#says-stability")).to_have_text("Late oscillation of Adam")


def test_on_a_phone_and_in_the_dark(open_page):
    page = open_page(size=PHONE, scheme="dark", plain=True, has_touch=True, is_mobile=True)
    button(page, "Explore").tap()
    item = page.get_by_role("menuitemcheckbox", name=re.compile("^Rate sweep"))
    expect(item).to_be_visible()
    box = item.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    item.tap()
    expect(page.get_by_role("figure")).to_have_count(1)
    whole(page, "Rate sweep")
    for name in ("Numbers", "CSV", "Picture", "Code"):
        box = foot(page, "Rate sweep").get_by_role("button", name=name, exact=True).bounding_box()
        assert box["x"] + box["width"] <= PHONE["width"]
    assert painted(page, "sweep")[0] > 1_000
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
