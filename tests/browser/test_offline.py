"""The offline page, opened from a file without a network: it plays the very run, and asks nobody for anything."""

import re

import pytest
from playwright.sync_api import expect

from components.exports import data_files
from components.links.state import VIEW
from components.offline import page as offline
from optim import SGD, Adam, Contestant, Experiment, Lion, train
from tests.browser.lab import PANELS, button, figure, painted, shows, step, switch, until, words
from tests.browser.pages import DESKTOP, PHONE, Watch, ready
from tests.browser.test_accessibility import Eyes


@pytest.fixture
def open_file(browser, tmp_path):
    """A function that opens an experiment’s page from a file, without a network; `axe`, as axe needs it."""
    opened = []

    def open_one(experiment, size=DESKTOP, scheme="light", axe=False, **more):
        path = offline.page(experiment, **more).save(tmp_path / data_files.file_name(experiment))
        page = browser.new_context(viewport=size, color_scheme=scheme, offline=True, bypass_csp=axe).new_page()
        asked, watch = [], Watch(page, path.as_uri(), ())
        page.on("request", lambda request: asked.append(request.url))
        opened.append((page, watch, asked, path.as_uri()))
        page.goto(path.as_uri())
        return ready(page)

    yield open_one
    for page, watch, asked, address in opened:
        page.context.close()
        assert watch.messages == []
        # Its modules have addresses within it.
        assert [url for url in asked if not url.startswith("blob:null/")] == [address]


def cells(page, label):
    row = page.get_by_role("row").filter(has=page.get_by_role("switch", name=label, exact=True))
    return row.get_by_role("cell").all_text_contents()


def test_it_steps_and_plays_the_run_that_train_makes(open_file):
    experiment = Experiment(epochs=4)
    runs = train(experiment)
    page = open_file(experiment, view={"step": 40})
    shows(page, run=experiment, step=40, steps=120, playing=False)
    button(page, "Table").click()
    page.keyboard.press("ArrowRight")
    shows(page, step=41)
    switch(page, "SGD").focus()
    expect(page.locator("#hint")).to_contain_text("Go downhill")
    for label, run in runs.items():
        a, b, loss, rate, *_ = cells(page, label)
        told = [float(text.replace("−", "-")) for text in (a, b, loss, rate)]
        true = [*run.params[41], run.loss[41], run.learning_rate[40]]
        assert told == pytest.approx(true, rel=6e-3), label
    page.keyboard.press("End")
    shows(page, step=120)
    page.keyboard.press("Home")
    shows(page, step=0)
    page.locator("h1").click()  # a button that has the focus would be pressed
    page.keyboard.press("Space")
    until(page, "() => Number(document.body.dataset.step) > 5")
    page.keyboard.press("Space")
    shows(page, playing=False)
    assert 5 < step(page) < 120
    expect(page.locator("#step-text")).to_have_text(f"step {step(page)} of 120")
    button(page, "All").click()
    ready(page)
    for panel in PANELS:
        assert painted(page, panel)[0] > 500, panel


def test_it_opens_at_whatever_the_lab_shows(plain, open_file):
    """Also where the page lacks what has shown it: the theory, the microscope, what explores."""
    plain.goto(f"{plain.url}?shuffle=on&step=40&range=5&on=fit&spans=fit.2x2&marked=1&theory=1&relief=1&off=1"
              "&lens=0.1&rate=felt&theme=dark&size=projector&lesson=momentum&sweepof=best"
              "&map=own&mapof=2&mapx=betas.0&mapy=lr&mapmeasure=oscillation&mapnoise=1&race=more&seedcount=50")
    shows(plain, step=40)
    until(plain, "() => lab.state.drawer === 'microscope'")
    view = plain.evaluate("() => lab.address.view()")
    assert set(VIEW) - set(view) <= {"embed", "show", "lock", "panels", "tools", "lessons", "readout", "panel", "tab"}
    saved = open_file(Experiment(shuffle=True), view=view)
    shows(saved, step=40)
    expect(button(saved, "Back to the other panels")).to_be_visible()
    assert saved.evaluate("() => document.documentElement.dataset.mantineColorScheme") == "dark"
    assert saved.evaluate("() => ['relief', 'batch'].map((name) => lab.state[name])") == [True, True]
    assert not saved.evaluate("() => lab.state.theory")
    assert "step 40: its points are not known without the lab" in words(saved, "fit")
    button(saved, "Change").click()
    expect(switch(saved, "Projector")).to_be_checked()
    expect(switch(saved, "Momentum")).not_to_be_checked()


def test_eight_methods_on_a_surface_in_the_dark_on_a_projector(open_file):
    eight = [Contestant(f"SGD {n}", SGD(0.001 * n)) for n in range(1, 7)] + [
        Contestant("Adam", Adam(0.05)), Contestant("Lion", Lion(0.01))]
    experiment = Experiment(model="rosenbrock", epochs=60, contestants=eight)
    view = {"size": "projector", "step": 12, "off": "2,7", "x": 1, "on": "landscape,fit", "relief": 1}
    page = open_file(experiment, scheme="dark", view=view)
    expect(figure(page, "Landscape")).to_be_visible()
    shows(page, step=12)
    before = page.evaluate("() => lab.surfaceView.view.turn")
    page.locator(".relief").focus()
    page.keyboard.press("ArrowLeft")
    until(page, "(before) => lab.surfaceView.view.turn !== before", before)
    expect(page.locator("#readout tbody tr")).to_have_count(8)
    assert page.evaluate("() => document.documentElement.dataset.mantineColorScheme") == "dark"
    button(page, "Change").click()
    expect(switch(page, "Projector")).to_have_attribute("aria-checked", "true")
    expect(switch(page, "Lion")).to_have_attribute("aria-checked", "false")
    button(page, "3-D").click()
    until(page, "() => document.querySelectorAll('[data-panel=landscape] .contourlayer path').length > 4")


def test_on_a_phone_the_settings_are_folded_and_lead_back_to_the_lab(open_file):
    page = open_file(Experiment(epochs=2), size=PHONE, axe=True, link="http://127.0.0.1/?e=2", values={"epochs": 2})
    looks = Eyes(page)
    looks("the page")
    button(page, "Menu").click()
    expect(page.get_by_role("link", name="Open in the lab")).to_have_attribute("href", "http://127.0.0.1/?e=2")
    looks("the menu")
    button(page, "Menu").click()
    button(page, "Settings").click()
    expect(page.get_by_text("Batch size", exact=True)).not_to_be_visible()
    page.get_by_text("Settings of this run").click()
    expect(page.get_by_text("Batch size", exact=True)).to_be_visible()
    looks("the settings")
    with page.expect_download() as saved:
        button(page, "Save settings (JSON)").click()
    assert '"epochs": 2' in saved.value.path().read_text()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Settings of this run")).not_to_be_visible()
    button(page, "Landscape").click()
    expect(figure(page, "Landscape")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    until(page, "() => document.querySelectorAll('[data-panel=landscape] .contourlayer path').length > 4")


def test_it_says_what_it_shows_and_has_the_numbers(open_file):
    page = open_file(Experiment(epochs=4))
    loss = figure(page, "Loss")
    expect(loss).to_have_accessible_description(re.compile("SGD starts at"))
    page.keyboard.press("End")
    expect(page.locator("#spoken")).to_contain_text("The end, step 120 of 120")
    expect(loss).to_have_accessible_description(re.compile("Step 120 of 120.* leads: loss"))
    button(loss, "Numbers Loss").click()
    expect(page.get_by_role("region", name="Loss in numbers").get_by_role("row").last).to_contain_text("now, end")
