"""Fair race and Many seeds: coarse and fine, given up and stopped, pressed and walked by keys, linked, saved, small."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import button, choice, experiment, field, figure, painted, shows, until, write
from tests.browser.pages import PHONE
from tests.browser.test_basins_and_finder import WRITTEN
from tests.browser.test_explore import WATCH, foot, show, whole
from tests.browser.test_files import saved
from tests.browser.test_links import says

TITLES = {"race": "Fair race", "seeds": "Many seeds"}

DOT = """async (place) => {
    const modules = ["plot/axes.js", "explore/seeds/answer.js", "explore/seeds/paint.js"];
    const [{ axes }, { answer }, { painting }] = await Promise.all(modules.map((name) => lab.module(name)));
    const { graph } = lab.boards.get("seeds"), around = graph.getBoundingClientRect(), found = answer.told();
    const { x, y } = painting.dot(axes.frame(graph), found, 3, 3, place);
    return [around.left + x, around.top + y, found.seeds[place]];
}"""
"""Where the dot of a seed is on the page, of Adam with annealing: lonely ones are at the ends; and that seed."""
ENDS = """() => lab.module("explore/seeds/answer.js").then(({ answer }) => {
    const losses = answer.told().losses[3];
    return losses.indexOf(Math.max(...losses));
})"""


def columns(page):
    return page.locator(".plot > .column")


def told(page, title):
    """The numbers as a table."""
    return page.get_by_role("region", name=f"{title} in numbers").get_by_role("table")


def asked_of(page, kind):
    """The settings and questions of each request of a kind from now on."""
    found = []
    page.on("request", lambda one: found.append(one.post_data_json) if one.url.endswith(f"/ask/{kind}") else None)
    return found


@pytest.mark.parametrize(("name", "coarse", "count"), [("race", 1000, 10_000), ("seeds", 32, 400)])
def test_it_comes_coarse_first_is_stopped_and_asked_again_and_a_change_gives_it_up(plain, name, coarse, count):
    title, asks, held = TITLES[name], f"**/ask/{name}", []

    def hold(route):
        held.append(route.request.post_data_json["values"]["noise"])

    plain.route(asks, hold)
    plain.evaluate(WATCH, name)
    with plain.expect_request(asks):
        show(plain, title)
    line = foot(plain, title)
    expect(line).to_have_attribute("data-is", "asked")
    with plain.expect_event("requestfailed", lambda one: f"ask/{name}" in one.url), plain.expect_request(asks):
        write(plain, "Noise", "2")
    shows(plain, run=experiment(noise=2))
    expect(line).to_have_attribute("data-is", "asked")
    line.get_by_role("button", name="Stop", exact=True).click()
    expect(line).to_have_attribute("data-is", "stopped")
    assert held == [0, 2]
    plain.unroute_all(behavior="ignoreErrors")
    line.get_by_role("button", name="Again", exact=True).click()
    whole(plain, title)
    done = plain.evaluate("() => seen.filter(([is]) => is === 'asked').map(([, done]) => done)")
    assert coarse in done
    assert plain.evaluate("() => seen.at(-1)") == ["whole", count]
    assert painted(plain, name)[0] > 5_000


def test_the_race_tells_who_rises_and_is_linked_saved_and_repeated(open_page):
    page = open_page(path="/?on=race&noise=3")
    whole(page, "Fair race")
    words = figure(page, "Fair race").locator("figcaption")
    expect(words).to_contain_text("Tuned, Adam overtakes SGD: 4th \u2192 3rd, 9.4 times lower loss.")
    expect(words).to_contain_text("Tuned on data seeds 101\u2013110, scored on 201\u2013230: 241 rates a method")
    asked = asked_of(page, "race")
    write(page, "Data seed", "8")
    shows(page, run=experiment(noise=3, seed=8))
    assert not asked, "the race has seeds of its own"
    expect(foot(page, "Fair race")).to_have_attribute("data-is", "whole")
    choice(page, "Tuned").select_option("rate and one more tuned")
    says(page, on="race", noise="3", seed="8", race="more")
    whole(page, "Fair race")
    button(page, "Numbers").click()
    table = told(page, "Fair race")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Method", "Rate given", "As given", "Best rate", "Each at its best", "All at rate 0.001", "Tried"])
    expect(table.get_by_role("rowheader")).to_have_text(["SGD", "Momentum", "Adam", "Adam with annealing"])
    expect(table.get_by_role("row", name=re.compile("^Momentum"))).to_contain_text("61 rates by 10 of beta")
    name, data = saved(page, "CSV")
    rows = list(csv.reader(io.StringIO(data.decode())))
    assert (name, len(rows)) == ("descent-lab-race.csv", 1 + 3 * 4 * 30)
    assert rows[0] == ["way", "method", "learning rate", "further setting", "seed", "Excess loss"]
    assert next(row[3] for row in rows if row[:2] == ["each at its best", "Momentum"]).startswith("beta=")
    name, data = saved(page, "Picture")
    assert (name[:21], data[:4]) == ("descent-lab-fair-race", b"\x89PNG")
    button(page, "Code").click()
    expect(page.get_by_role("dialog", name="The code")).to_contain_text("tuned_on=range(101, 111)")


def test_a_column_of_the_race_tells_its_points_and_hands_over_its_rates(open_page):
    page = open_page(path="/?on=race&noise=3&off=1")
    whole(page, "Fair race")
    best = columns(page).nth(1)  # Momentum is switched off
    expect(best).to_have_accessible_name(
        "each at its best: Adam with annealing 1st, Adam 3rd, SGD 4th. Take these rates")
    expect(columns(page).first).to_have_attribute("aria-disabled", "true")
    best.hover()
    expect(page.locator("#hover")).to_contain_text("each at its best")
    expect(page.locator("#hover")).to_contain_text("10 to 90 %")
    before = page.evaluate("() => lab.state.run.contestants.map(({ lr }) => lr)")
    best.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("All methods now have the rates of \u201ceach at its best\u201d.")
    until(page, "() => lab.state.run.contestants[0].lr === 0.001884 && lab.state.run.contestants[2].lr === 0.02818")
    button(page, "Undo").click()
    shows(page, run=experiment(noise=3))
    assert page.evaluate("() => lab.state.run.contestants.map(({ lr }) => lr)") == before
    whole(page, "Fair race")
    columns(page).nth(2).click()
    until(page, "() => lab.state.run.contestants.every(({ lr }) => lr === 0.001)")
    assert page.evaluate("() => lab.settings.values.adam_lr") == 0.001


def test_where_nothing_is_drawn_by_a_seed_that_is_said(open_page):
    page = open_page(path="/?on=race,seeds&problem=rosenbrock")
    for title in TITLES.values():
        expect(figure(page, title).locator(".why")).to_contain_text("Nothing here is drawn by a seed")


def test_many_seeds_say_whether_this_one_is_typical_and_are_linked_saved_and_repeated(open_page):
    page = open_page(path="/?on=seeds&noise=2&seedcount=50")
    whole(page, "Many seeds")
    expect(choice(page, "Number of seeds")).to_have_value("50")
    expect(foot(page, "Many seeds").locator(".done")).to_have_text("200 runs")
    button(page, "Numbers").click()
    table = told(page, "Many seeds")
    expect(table.get_by_role("caption")).to_contain_text(re.compile(
        r"This seed, 7, is (not )?typical: rank \d+ of 50 for SGD( \(unusual\))?, \d+ for Momentum"))
    expect(table.get_by_role("caption")).to_contain_text("Of 50 seeds, Adam with annealing is first on ")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Method", "10 %", "Median", "90 %", "First on", "Shares it on", "Diverges on", "Rank of this seed"])
    name, data = saved(page, "CSV")
    rows = list(csv.reader(io.StringIO(data.decode())))
    assert name == "descent-lab-seeds.csv"
    assert len({row[2] for row in rows[1:] if row[2]}) == 50
    name, data = saved(page, "Picture")
    assert (name[:22], data[:4]) == ("descent-lab-many-seeds", b"\x89PNG")
    button(page, "Code").click()
    program = page.get_by_role("dialog", name="The code")
    expect(program).to_contain_text("many_seeds(experiment, 50)")
    page.keyboard.press("Escape")
    choice(page, "Number of seeds").select_option("20 seeds")
    says(page, on="seeds", noise="2", seedcount="20")
    whole(page, "Many seeds")
    expect(foot(page, "Many seeds").locator(".done")).to_have_text("80 runs")


def test_beside_another_panel_on_a_projector_seeds_have_room_and_are_first_told_in_brief(open_page):
    page = open_page(path="/?on=fit,seeds&seedcount=20&size=projector", size={"width": 1280, "height": 720})
    whole(page, "Many seeds")
    expect(choice(page, "Number of seeds")).to_be_hidden()
    for width, height, least in ((1280, 720, (350, 200)), (1024, 768, (220, 180))):
        page.set_viewport_size({"width": width, "height": height})
        until(page, """([width, least]) => {
            const { _fullLayout: { width: drawn, xaxis, yaxis } } = lab.boards.get("seeds").graph;
            return innerWidth === width && drawn < width / 2 && xaxis._length > least[0] && yaxis._length > least[1];
        }""", [width, least])
        written = page.evaluate(WRITTEN, "seeds")
        assert "Seed 7 is typical." in written["all"]
        assert written["found"] == []
    button(page, "Change").click()
    expect(choice(page, "Number of seeds")).to_be_visible()


def test_a_dot_is_told_and_pressed_is_the_seed_of_the_form(open_page):
    page = open_page(path="/?on=seeds&noise=2")
    whole(page, "Many seeds")
    asked = asked_of(page, "seeds")
    plot = figure(page, "Many seeds").locator(".plot .nsewdrag").bounding_box()
    page.mouse.move(plot["x"] + plot["width"] / 2, plot["y"] + 40)
    expect(page.locator("#hover")).to_contain_text("median, 10 to 90 %")
    x, y, seed = page.evaluate(DOT, page.evaluate(ENDS))
    page.mouse.move(x, y)
    expect(page.locator("#hover")).to_contain_text(f"seed {seed}")
    expect(page.locator("#hover")).to_contain_text("rank 100 of 100")
    page.mouse.click(x, y)
    expect(page.locator("#notice")).to_contain_text(f"The seed is now {seed}: SGD ")
    shows(page, run=experiment(noise=2, seed=seed))
    button(page, "Undo").click()
    shows(page, run=experiment(noise=2))
    words = figure(page, "Many seeds").locator("figcaption")
    expect(words).to_contain_text("This seed, 7, is ")
    write(page, "Data seed", str(seed))
    expect(words).to_contain_text(f"This seed, {seed}, is not typical: rank ")
    assert not asked, "the seed is one of those that are here"
    expect(foot(page, "Many seeds")).to_have_attribute("data-is", "whole")


def test_dots_are_walked_by_keys_and_only_the_seed_is_taken_back(open_page):
    page = open_page(path="/?on=seeds&noise=2&seedcount=20")
    whole(page, "Many seeds")
    dots = page.get_by_role("application", name=re.compile("^Last loss of each seed"))
    said = figure(page, "Many seeds").locator(".plot .unseen[role=status]")
    page.keyboard.press("Tab")  # whoever uses keys
    dots.focus()
    expect(said).to_contain_text("seed 7, this one")
    before = int(re.search(r"SGD \S+, rank (\d+) of 20", said.inner_text())[1])
    step = "ArrowDown" if before > 1 else "ArrowUp"
    page.keyboard.press(step)
    expect(said).to_contain_text(f"rank {before - 1 if before > 1 else 2} of 20, Momentum")
    seed = int(re.search(r"seed (\d+)", said.inner_text())[1])
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text(f"Momentum: seed {seed}")
    page.keyboard.press("Enter")
    shows(page, run=experiment(noise=2, seed=seed))
    field(page, "Noise").fill("1")  # neither a key nor a press: the notice stays
    field(page, "Noise").blur()
    shows(page, run=experiment(noise=1, seed=seed))
    button(page, "Undo").click()
    shows(page, run=experiment(noise=1))


def test_on_a_phone_and_in_the_dark(open_page):
    page = open_page(path="/?on=race", size=PHONE, scheme="dark", has_touch=True, is_mobile=True)
    for name, title in TITLES.items():
        if name == "seeds":
            button(page, "Explore").tap()
            page.get_by_role("menuitemcheckbox", name=re.compile(f"^{title}")).tap()
        whole(page, title)
        expect(page.get_by_role("figure")).to_have_count(1)
        for tool in ("Numbers", "CSV", "Picture", "Code"):
            box = foot(page, title).get_by_role("button", name=tool, exact=True).bounding_box()
            assert box["x"] + box["width"] <= PHONE["width"]
        until(page, "(name) => lab.boards.get(name).graph.getClientRects().length > 0", name)
        assert painted(page, name)[0] > 5_000
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
