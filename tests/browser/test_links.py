"""Links: the URL says the whole state, follows it, and opens it; back and forward go by moves."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from components.lessons import LESSONS
from components.links.query import read, short
from components.settings.parsing import parse
from tests.browser.lab import button, drag_slider, experiment, field, look_for, seek, shows, switch, write
from tests.browser.pages import ready


@pytest.fixture
def page(plain):
    """As a first visit finds it: the address says nothing."""
    return plain


def says(page, **parts) -> None:
    """Wait until the URL has these parts and no others."""

    def same(url: str) -> bool:
        return {key: texts[0] for key, texts in parse_qs(urlsplit(url).query).items()} == parts

    page.wait_for_url(same)


def test_a_reload_gives_the_same_run_at_the_same_step_and_view(page):
    write(page, "Learning rate (SGD, Momentum)", ".01")
    write(page, "Data seed", "9")
    shows(page, run=experiment(lr=0.01, seed=9))
    seek(page, 300)
    button(page, "Enlarge Loss").click()
    switch(page, "SGD").click()
    says(page, lr=".01", seed="9", step="300", on="loss", off="0")
    page.evaluate("() => localStorage.clear()")
    page.reload()
    shows(page, run=experiment(lr=0.01, seed=9), step=300)
    expect(field(page, "Data seed")).to_have_value("9")
    expect(button(page, "Back to the other panels")).to_be_visible()
    expect(switch(page, "SGD")).not_to_be_checked()
    expect(page.locator("#notice")).to_be_empty()


def test_back_and_forward_go_by_moves(page):
    """A drag is one move; steps and panels make no entries."""
    before = page.evaluate("() => history.length")
    noise = drag_slider(page, "Noise", 40)
    shows(page, run=experiment(noise=noise))
    seek(page, 32)
    write(page, "Data seed", "9")
    shows(page, run=experiment(noise=noise, seed=9), step=32)
    look_for(page, "Heavy ball")
    shows(page, run=experiment(form="heavy-ball"))
    assert page.evaluate("() => history.length") - before <= 3
    page.go_back()
    shows(page, run=experiment(noise=noise, seed=9), step=32)
    expect(field(page, "Data seed")).to_have_value("9")
    page.go_back()
    shows(page, run=experiment(noise=noise))
    page.go_back()
    shows(page, run=experiment(), step=0)
    expect(field(page, "Noise")).to_have_value("0")
    page.go_forward()
    shows(page, run=experiment(noise=noise), step=32)
    says(page, noise=short(noise), step="32")


def test_a_list_of_methods_and_points_of_ones_own_come_back(page):
    link = "methods=SGD;Slow@Adam,lr:.1/CosineAnnealing,period:2&data=0+1;1+3;2+4.5&step=4"
    page.goto(f"{page.url}?{link}")
    run = parse(dict(read(link).values)).experiment
    shows(page, run=run, step=4)
    assert [one.label for one in run.contestants] == ["SGD", "Slow"]
    page.locator("#add-method").click()
    expect(page.get_by_role("button", name="Slow rate 0.1")).to_be_visible()
    page.keyboard.press("Escape")
    write(page, "Learning rate (SGD, Momentum)", ".01")
    shows(page, run=parse({**read(link).values, "lr": 0.01}).experiment)
    page.go_back()
    shows(page, run=run, step=4)


def test_a_hostile_link_opens_the_nearest_state_and_says_so_once(page):
    page.goto(f"{page.url}?lr=99&%ff=1&methods=SGD;<script>&z=AAAA&epochs=5")
    shows(page, run=parse({"lr": 10, "epochs": 5, "methods": [{"method": "SGD"}]}).experiment, step=30)
    expect(page.locator("#notice")).to_contain_text("Learning rate (SGD, Momentum): At most 10: “99” became 10.")
    says(page, lr="10", epochs="5", methods="SGD")
    page.reload()
    ready(page)
    expect(page.locator("#notice")).to_be_empty()


def test_the_page_opens_on_its_link_without_a_flash_of_the_usual_one(open_page):
    """Every run that is painted, from the first picture on, and every value that the form shows meanwhile."""
    page = open_page()
    page.add_init_script("""
        window.seen = [];
        new MutationObserver(() => {
            const { run } = document.body?.dataset ?? {};
            if (run && run !== window.seen.at(-1)) window.seen.push(run);
        }).observe(document, { subtree: true, childList: true, attributes: true });
    """)
    page.goto(f"{page.url}?lr=.01&theme=dark")
    shows(page, run=experiment(lr=0.01))
    assert page.evaluate("() => window.seen") == [experiment(lr=0.01).digest]
    assert page.evaluate("() => lab.theme.scheme()") == "dark"
    assert page.evaluate("() => localStorage.length") == 0


def test_what_is_locked_is_not_on_the_page_and_nothing_changes_it(page):
    link = "?lr=.01&seed=9&lock=lr,seed,methods&show=noise,beta&tools=share"
    page.goto(page.url + link)
    shows(page, run=experiment(lr=0.01, seed=9))
    settings = page.get_by_role("region", name="Settings")
    expect(settings.get_by_role("slider")).to_have_count(2)
    expect(settings.get_by_role("textbox")).to_have_count(2)
    expect(settings).to_contain_text("Learning rate (SGD, Momentum)0.01")
    assert page.locator("#slider-lr, #field-lr, #slider-epochs, #field-problem, #field-formula").count() == 0
    for name in ("Problem: Line", "+ Add method", "Lessons"):
        expect(button(page, name)).to_have_count(0)
    write(page, "Noise", "2")
    shows(page, run=experiment(lr=0.01, seed=9, noise=2))
    expect(button(page, "Try")).to_be_hidden()
    button(page, "Reset").click()
    shows(page, run=experiment(lr=0.01, seed=9))
    page.evaluate("() => { lab.drawers.open('problem'); lab.methodsList.add('Lion'); lab.customData.take?.('0 1'); }")
    page.evaluate("() => lab.settings.set({ lr: 1, epochs: 3, data: '0 1', problem: 'beale', noise: 1 }, 'problem')")
    shows(page, run=experiment(lr=0.01, seed=9, noise=1))
    page.reload()
    shows(page, run=experiment(lr=0.01, seed=9, noise=1))
    assert page.locator("#slider-lr").count() == 0
    button(page, "Reset").click()
    shows(page, run=experiment(lr=0.01, seed=9))


def test_a_locked_row_is_its_value_in_words_and_what_dash_built_stays_as_it_is(page):
    """A choice has its option's words, and an answer that bounds a number is written where it stands."""
    page.goto(f"{page.url}?problem=sine&batch=20&shuffle=on&lock=problem,batch,shuffle&show=points")
    shows(page, run=experiment(problem="sine", batch=20, shuffle="on"))
    rows = {"problem": "ProblemSine", "batch": "Batch size20", "shuffle": "Order of the pointsshuffled"}
    for key, words in rows.items():
        row = page.locator(f"[data-setting={key}]")
        expect(row).to_have_text(words)
        expect(row.locator("input")).to_have_count(0)
    layout = "() => JSON.stringify(window.dash_component_api.getLayout('settings'))"
    assert "slider-batch" in page.evaluate(layout)
    write(page, "Points", "7")
    shows(page, run=experiment(problem="sine", batch=20, shuffle="on", points=7))
    expect(page.locator("[data-setting=batch]")).to_have_text("Batch size7")
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator("[data-setting=batch]")).to_have_text("Batch size7")


def test_a_frame_shows_panels_and_transport_only(page):
    page.goto(f"{page.url}?embed=1&panels=fit,loss&step=90")
    shows(page, run=experiment(), step=90)
    expect(page.get_by_role("figure")).to_have_count(2)
    expect(button(page, "Play")).to_be_visible()
    tools = page.get_by_role("banner").get_by_role("button")  # its heading is there to be heard
    for gone in (tools, page.get_by_role("region", name="Settings"), page.get_by_role("table")):
        expect(gone).to_have_count(0)
    assert page.locator("#settings input").count() == 0
    page.keyboard.press("ArrowRight")
    shows(page, step=91)


def test_the_link_that_is_built_opens_what_was_ticked(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    write(page, "Data seed", "9")
    shows(page, run=experiment(seed=9))
    button(page, "Share").click()
    expect(field(page, "Link")).to_have_value(re.compile("seed=9&on=[a-z,]+$"))
    button(page, "Link builder…").click()
    builder = page.get_by_role("dialog", name="Link builder")
    builder.get_by_role("button", name="Show none").click()
    builder.get_by_role("checkbox", name="Show Noise", exact=True).check()
    builder.get_by_role("checkbox", name="Lock Data seed", exact=True).check()
    expect(builder.get_by_role("checkbox", name="Show Data seed", exact=True)).to_be_checked()
    for name in ("Landscape", "Problem", "Methods", "Lessons", "Microscope", "Theory"):
        builder.get_by_role("checkbox", name=name, exact=True).uncheck()
    builder.get_by_role("button", name="Copy link").click()
    expect(builder.get_by_role("status")).to_have_text("Built link copied.")
    built = page.evaluate("() => navigator.clipboard.readText()")
    preview = page.frame_locator("iframe[title=Preview]")
    expect(preview.locator("body")).to_have_attribute("data-run", experiment(seed=9).digest)
    expect(preview.get_by_role("slider", name="Noise", exact=True)).to_be_visible()
    builder.get_by_role("checkbox", name="For a frame").check()
    expect(field(page, "Frame")).to_have_value(re.compile(
        r'^<iframe src="http://.*\?seed=9&amp;on=[a-z,]+&amp;embed=1&amp;panels='))
    button(page, "Close").last.click()
    page.goto(built)
    shows(page, run=experiment(seed=9))
    expect(page.get_by_role("figure")).to_have_count(5)
    expect(page.get_by_role("region", name="Settings").get_by_role("slider")).to_have_count(1)
    expect(page.get_by_role("region", name="Settings")).to_contain_text("Data seed9")
    expect(page.get_by_role("navigation", name="Tools").get_by_role("button")).to_have_text(["Share"])


def test_a_link_that_has_no_room_for_the_points_does_not_lock_them(page):
    """Its readers would have others, locked."""
    data = "".join(f"{k / 7:.17g} {(k * k) % 97 / 11:.17g}\n" for k in range(300))
    page.evaluate("(data) => lab.address.enter({ values: { data } })", data)
    shows(page, run=parse({"data": data}).experiment)
    button(page, "Share").click()
    lacks = "There is no room for your own points in a link."
    expect(page.locator("#share-link")).to_contain_text(lacks)
    button(page, "Link builder…").click()
    builder = page.get_by_role("dialog", name="Link builder")
    expect(builder).to_contain_text(lacks)
    copy, built = builder.get_by_role("button", name="Copy link"), field(page, "Built link")
    builder.get_by_role("checkbox", name="Lock Batch size", exact=True).check()
    expect(built).to_have_value(re.compile("lock=batch$"))
    for tick in ("Show Points: one’s own, or clicks into Fit", "Problem"):
        expect(copy).to_be_enabled()
        builder.get_by_role("checkbox", name=tick, exact=True).uncheck()
        expect(copy).to_be_disabled()
        expect(built).to_have_value("")
        expect(builder).to_contain_text("What is left out cannot be locked")
        builder.get_by_role("checkbox", name=tick, exact=True).check()
    builder.get_by_role("checkbox", name="For a frame").check()
    expect(builder.get_by_role("button", name="Copy frame")).to_be_disabled()


def test_a_locked_link_offers_only_what_its_locks_leave_true(open_page):
    page = open_page(path="/?noise=3&lock=noise")
    button(page, "Try").click()
    expect(page.locator("[data-preset]")).to_have_count(1)
    expect(page.get_by_role("menuitem", name="Noisy points (3)", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    button(page, "Lessons").click()
    expect(page.get_by_text("Each takes three or four minutes")).to_be_visible()
    expect(page.locator(".lesson-entry .lesson-name")).to_have_text([LESSONS["was-it-luck"].title])
    page = open_page(path="/?noise=4&lock=noise&lesson=two-cures")
    expect(button(page, "Reset")).to_be_visible()
    expect(button(page, "Try")).to_be_hidden()
    expect(page.locator("#notice")).to_contain_text("does not offer its lesson")
    page = open_page(path="/?lock=epochs")
    button(page, "Lessons").click()
    changing = ("one-step", "two-cures", "fair-race", "was-it-luck", "ravine", "edge-of-stability")
    missing = {LESSONS[name].title for name in changing}
    left = [one.title for one in LESSONS.values() if one.title not in missing]
    expect(page.locator(".lesson-entry .lesson-name")).to_have_text(left)
