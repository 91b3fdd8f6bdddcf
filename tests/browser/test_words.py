"""What the pictures show in words: announcements and how many of them, descriptions of figures, tables of numbers."""

import re

import pytest
from playwright.sync_api import expect

from app.operating.versions import OTHER
from components.panels import HEADS
from optim import train
from tests.browser.lab import LABELS, button, experiment, figure, seek, shows, slowly, step, switch, until, wind, write
from tests.browser.pages import DESKTOP, PHONE, PROJECTOR

LISTEN = """() => {
    const live = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
    window.heard = [];
    new MutationObserver((changes) => {
        const regions = changes.map(({ target }) => (target.closest ? target : target.parentElement)?.closest(live));
        for (const node of new Set(regions)) {
            const words = node?.getClientRects().length ? node.textContent.trim() : "";
            if (words) window.heard.push(words);
        }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
"""Keep whatever a live region on view comes to say, as a screen reader hears it."""


def heard(page):
    return page.evaluate("() => window.heard.splice(0)")


def here(page):
    """The words have come."""
    until(page, "() => [...document.querySelectorAll('.panel:not(.is-off) .tells')].some((one) => one.textContent)")
    return page


@pytest.fixture
def still(timed):
    """The page with its clock stopped, and whoever listens to it."""
    timed.clock.resume()
    here(timed)
    timed.evaluate(LISTEN)
    timed.clock.pause_at(timed.evaluate("() => Date.now()") / 1000 + 60)
    heard(timed)
    return timed


def table(page, title):
    return page.get_by_role("region", name=f"{title} in numbers", exact=True)


def numbers(page, title):
    return button(page, f"Numbers {title}")


def rows(page, title):
    """The cells of a panel's table, in rows."""
    return [[cell.strip() for cell in row.locator("th, td").all_text_contents()]
            for row in table(page, title).get_by_role("row").all()[1:]]


# ---- announcements ---------------------------------------------------------------------------------------------------


def test_twenty_repeats_of_a_key_are_said_once(still):
    for _ in range(20):
        still.keyboard.down("ArrowRight")
        still.clock.run_for(33)
    still.keyboard.up("ArrowRight")
    shows(still, step=50)
    assert heard(still) == []
    still.clock.run_for(2000)
    (words,) = heard(still)
    assert words.startswith("Step 50 of 1,500, epoch 1.7 of 50. Both Adams were there after 34 steps")


def test_a_pause_and_the_end_are_said_once_each(still):
    still.keyboard.press("Space")
    wind(still, 300)
    still.keyboard.press("Space")
    shows(still, playing=False)
    wind(still, 2000)
    (words,) = heard(still)
    assert words.startswith(f"Paused at step {step(still)} of 1,500")
    assert words.endswith(still.locator("#sentence").text_content())
    seek(still, 1450)
    wind(still, 1000)
    heard(still)
    still.locator("#play").click()
    wind(still, 2000)
    shows(still, playing=False, step=1500)
    (words,) = heard(still)
    verdicts = " ".join(f"{label}: .+?\\." for label in LABELS)
    assert re.match(rf"The end, step 1,500 of 1,500, epoch 50 of 50\. {verdicts}", words)
    still.keyboard.press("Home")
    wind(still, 1000)
    heard(still)
    still.keyboard.press("End")
    wind(still, 1000)
    assert heard(still) == [words], "the same where a key leads there"


def test_events_are_said_while_it_plays(still):
    still.keyboard.press("Space")
    wind(still, 2000)
    assert step(still) < 81
    said = heard(still)
    assert len(said) <= 2  # a slow picture may tell of both at once
    assert " ".join(said) == "Step 34: both Adams are there. Step 36: both Adams leave again."


def test_a_divergence_is_said_while_it_plays(open_page):
    page = here(open_page(path="/?lr=0.03"))
    page.evaluate(LISTEN)
    slowly(page)
    page.locator("#play").click()
    until(page, "() => window.heard.length")
    assert page.locator("body").get_attribute("data-playing") == "true"
    assert heard(page)[0] == "Step 25: SGD diverges."


def test_a_refused_value_is_said_once_and_what_no_field_says_is_said_too(page):
    here(page)
    page.evaluate(LISTEN)
    write(page, "Noise", "much")
    shows(page, state="error")
    page.evaluate("() => lab.seek(90)")
    until(page, "() => document.getElementById('spoken').textContent.startsWith('Step 90')")
    refusal = page.locator("#note-noise").text_content()
    assert refusal
    assert [words for words in heard(page) if refusal in words] == [refusal]
    page.evaluate("() => lab.emit('problem', 'The server does not answer.')")
    expect(page.locator("#spoken")).to_have_text("The server does not answer.")


def test_what_an_alert_says_is_not_said_again(still):
    still.evaluate("() => lab.emit('outdated')")
    expect(still.get_by_role("alert")).to_contain_text(OTHER.partition(":")[0])
    heard(still)
    still.evaluate("words => lab.emit('problem', words)", f"{OTHER} The picture still shows the last run.")
    still.clock.run_for(1000)
    assert heard(still) == []


def test_another_problem_begins_with_its_name_and_reset_with_what_there_is(still):
    seek(still, 1500)
    wind(still, 1000)
    heard(still)
    still.evaluate("() => lab.settings.typed('problem', 'rosenbrock')")
    expect(still.locator("#problem-name")).to_have_text("Rosenbrock")
    shows(still, state="ready")
    wind(still, 3000)
    (words,) = heard(still)
    assert words.startswith("Rosenbrock. The end, step ")
    button(still, "Reset").first.click()
    expect(still.locator("#problem-name")).to_have_text("Line")
    shows(still, state="ready")
    wind(still, 3000)
    (words,) = heard(still)
    assert words.startswith("Reset: Line, 4 methods. ")


def test_a_panel_s_new_size_is_said_once_it_rests(still):
    corner = button(still, "Size and view of Loss")
    corner.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        still.keyboard.press(key)
        still.clock.run_for(100)
    assert heard(still) == []
    still.clock.run_for(1000)
    assert heard(still) == ["Loss: 2 columns wide, 3 rows high."]
    still.keyboard.press("Enter")
    sizes = still.get_by_role("group", name="Size of Loss")
    for name, words in (("Narrower", "Loss: 1 column wide, 3 rows high."),
                        ("Narrower", "Loss: 1 column wide, 3 rows high."),
                        ("Usual sizes", "Usual sizes. Loss: 1 column wide, 1 row high.")):
        button(sizes, name).click()
        still.clock.run_for(1000)
        assert heard(still) == [words]


RESULTS = {
    "Rate sweep": r"best rates: SGD [\d.]+, Momentum [\d.]+, Adam [\d.]+, Adam with annealing [\d.]+",
    "Fair race": r"[^.]+",
    "Stability map": r"lowest excess loss of Momentum [\d.]+, at learning rate [\d.]+ and beta [\d.]+",
    "Basins": r"starts that end at minimum A: SGD [\d.]+ %, Momentum [\d.]+ %, [^:]+ %",
    "Many seeds": r"of 20 seeds the first place goes to [^.]+ on \d+[^.]*",
    "Rate finder": r"suggested rates: SGD [\d.]+, Momentum [\d.]+, Adam [\d.]+, Adam with annealing [\d.]+",
}
"""What is said of each panel that explores when all of its answer is here."""


def test_what_a_panel_that_explores_comes_to_is_said_once_when_all_of_it_is_here(open_page):
    page = here(open_page(path="/?epochs=2&seedcount=20&on=fit"))
    page.evaluate(LISTEN)
    page.evaluate("() => lab.onView.set.open('sweep,race,stability,basins,seeds,finder')")
    until(page, "(titles) => titles.every((title) => window.heard.some((words) => words.includes(`${title}: `)))",
          [*RESULTS])
    said = heard(page)
    assert "runs" not in " ".join(said), "how far it is has a bar"
    for title, words in RESULTS.items():
        assert len(re.findall(rf"{title}: {words}\.", " ".join(said))) == 1, (title, said)
    page.evaluate("() => lab.onView.set.open('sweep')")
    page.evaluate("() => lab.onView.set.open('sweep,seeds')")
    page.evaluate("() => lab.emit('explored')")
    page.evaluate("() => lab.seek(2)")
    until(page, "() => window.heard.length")
    (words,) = heard(page)
    assert words.startswith("Step 2 of ")
    assert not [title for title in RESULTS if title in words], "what has been said is not said again"
    page.evaluate("() => lab.settings.set({ noise: 2 }, 'noise')")
    until(page, "() => window.heard.some((words) => words.includes('Many seeds: of 20'))")


# ---- figures ---------------------------------------------------------------------------------------------------------


def test_each_figure_is_described_from_the_run_and_no_image_is_unnamed(page):
    here(page)
    seek(page, 300)
    run = train(experiment())
    first = min(run, key=lambda label: run[label].loss[300])
    told = {"Fit": f"{first} is nearest to the points", "Loss": f"{first} leads", "Parameters": r"a \(true 1\.5\): SGD",
            "Landscape": "nearest to the minimum", "Gradients": "gradient of a: SGD swings between",
            "Learning rate": "Adam with annealing falls from"}
    assert list(told) == [head.heading for head in HEADS.values()]
    for title, words in told.items():
        expect(figure(page, title)).to_have_accessible_description(re.compile(rf"Step 300 of 1,500.*{words}"))
    low, high = min(run["Adam"].loss[270:301]), max(run["Adam"].loss[270:301])
    swing = f"Adam swings between {low:.3g} and {high:.3g}, now"
    assert swing in figure(page, "Loss").locator(".tells").text_content()
    switch(page, first).click()
    expect(figure(page, "Loss").locator(".tells")).not_to_contain_text(f"{first} leads")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    images = [node for node in tree if not node["ignored"] and node["role"]["value"] in ("image", "img", "SvgRoot")]
    assert [node for node in images if not node.get("name", {}).get("value")] == []


def test_a_panel_that_explores_is_described_by_its_answer(open_page):
    page = open_page(path="/?epochs=2&on=sweep")
    sweep = figure(page, "Rate sweep")
    expect(sweep).to_have_accessible_description(re.compile(r"SGD: .+ Momentum: .+ Adam: .+"))
    button(sweep, "Numbers").click()
    expect(table(page, "Rate sweep").get_by_role("row")).to_have_count(5)


# ---- numbers ---------------------------------------------------------------------------------------------------------


def test_a_table_of_twelve_rows_at_most_follows_the_step(page):
    numbers(page, "Loss").click()
    expect(numbers(page, "Loss")).to_have_attribute("aria-pressed", "true")
    seek(page, 300)
    now = table(page, "Loss").get_by_role("row").filter(has_text="now")
    expect(now).to_contain_text("300")
    found, run = rows(page, "Loss"), train(experiment())
    assert table(page, "Loss").get_by_role("columnheader").all_text_contents() == ["Step", *LABELS]
    assert len(found) <= 12
    assert [one[0] for one in (found[0], found[-1])] == ["0 start", "1,500 epoch\u00a050, end"]
    for row in found:
        k = int(row[0].split()[0].replace(",", ""))
        told = [float(cell.replace("−", "-").replace(",", "")) for cell in row[1:]]
        assert told == pytest.approx([one.loss[k] for one in run.values()], rel=2e-3), k
    numbers(page, "Loss").click()
    expect(table(page, "Loss")).to_be_hidden()
    for head in HEADS.values():
        numbers(page, head.heading).click()
        expect(table(page, head.heading).get_by_role("row").first).to_be_visible()
        assert 2 <= len(rows(page, head.heading)) <= 12, head.heading


def test_what_lies_ahead_of_a_guess_is_in_no_table(page):
    page.evaluate("() => lab.change({ predicting: true })")
    numbers(page, "Loss").click()
    expect(table(page, "Loss").get_by_role("row").first).to_be_visible()
    assert rows(page, "Loss")[-1][0] == "30 epoch\u00a01, now"


@pytest.mark.parametrize("size", [DESKTOP, PHONE, PROJECTOR, {"width": 1280, "height": 720}], ids=str)
def test_a_head_has_room_for_its_button(open_page, size):
    """It lies over no other control of its head."""
    page = open_page(size=size)
    found = page.evaluate(
        """() => [...document.querySelectorAll(".panel:not(.is-off) .head")].flatMap((head) => {
            const nodes = [...head.querySelectorAll("button, select, h2")].filter((one) => one.getClientRects().length);
            const boxes = nodes.map((node) => [node.textContent || node.title, node.getBoundingClientRect()]);
            return boxes.flatMap(([one, a], i) => boxes.slice(i + 1).filter(([, b]) =>
                Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
                Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5).map(([other]) => `${one} / ${other}`));
        })"""
    )
    assert found == []


def test_in_a_frame_there_are_the_heading_the_sentence_and_the_numbers(open_page):
    page = open_page(path="/?embed=1&panels=fit,loss&on=fit,loss")
    expect(page.get_by_role("heading", level=1)).to_have_text("Descent Lab")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    said = " ".join(node["name"]["value"] for node in tree if not node["ignored"] and node.get("name", {}).get("value"))
    assert "Four methods look for the line" in said
    assert page.locator("header").get_by_role("button").count() == 0
    numbers(page, "Loss").click()
    expect(table(page, "Loss").get_by_role("row").first).to_be_visible()
