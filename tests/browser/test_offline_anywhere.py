"""The offline page plays in Chromium and in Firefox, from a file and in the frame that a notebook shows it in."""

import os

import pytest
from playwright.sync_api import expect
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from components.offline import page as offline
from optim import Experiment
from tests.browser import firefox
from tests.browser.chromium import ProgramMissingError
from tests.browser.lab import button, shows, until
from tests.browser.pages import DESKTOP, PATIENCE_MS, Watch

BEGINS = 30
ROOMY = (1440, 1100)  # the whole frame is in view: geckodriver scrolls none to what it clicks
PLACES = ("a file", "a notebook")
LATER = "<script>setTimeout(() => { throw new Error('oh') })</script>"


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """The addresses of a file with the page, and of one with what a notebook makes of it."""
    folder = tmp_path_factory.mktemp("a folder")
    page = offline.page(Experiment(epochs=4), view={"step": str(BEGINS)})
    notebook = folder / "notebook.html"
    notebook.write_text(f'<!DOCTYPE html><html lang="en"><title>Notebook</title>{page._repr_html_()}</html>', "utf-8")
    return {"a file": page.save(folder / "page.html").as_uri(), "a notebook": notebook.as_uri()}


@pytest.fixture(scope="module")
def fox():
    """A Firefox and its complaints; or None where there is none, which is a failure on a machine of its own (CI)."""
    try:
        with firefox.firefox() as found:
            yield found
    except ProgramMissingError:
        if os.environ.get("CI"):
            raise
        yield None


@pytest.mark.parametrize("place", PLACES)
def test_chromium_plays_it(browser, places, place):
    page = browser.new_context(viewport=DESKTOP, offline=True).new_page()
    watch = Watch(page, places[place], ())
    page.goto(places[place])
    frame = page.main_frame if place == "a file" else page.locator("iframe").element_handle().content_frame()
    expect(frame.locator("body")).to_have_attribute("data-state", "ready", timeout=PATIENCE_MS)
    shows(frame, step=BEGINS, steps=120, playing=False)
    button(frame, "Play").click()
    until(frame, "(begins) => ![0, begins].includes(Number(document.body.dataset.step))", BEGINS)
    page.context.close()
    assert watch.messages == []


@pytest.mark.parametrize("place", PLACES)
def test_firefox_plays_it(fox, places, place, record_property):
    if fox is None:
        record_property("untried", firefox.MISSING)
        return
    page, complaints = fox
    complaints.clear()
    wait = WebDriverWait(page, PATIENCE_MS / 1000)

    def told(name):
        return page.find_element(By.TAG_NAME, "body").get_attribute(f"data-{name}")

    page.set_window_size(*ROOMY)
    page.get(places[place])
    if place == "a notebook":
        page.switch_to.frame(0)
    wait.until(lambda _: told("state") == "ready")
    assert [told(name) for name in ("step", "steps", "playing")] == [str(BEGINS), "120", "false"]
    page.find_element(By.XPATH, "//button[contains(., 'Play')]").click()
    wait.until(lambda _: int(told("step")) not in (0, BEGINS))
    page.switch_to.default_content()
    assert complaints == []


def test_a_page_that_complains_in_firefox_is_heard(fox, tmp_path, record_property):
    if fox is None:
        record_property("untried", firefox.MISSING)
        return
    page, complaints = fox
    for text in (LATER, f'<iframe sandbox="allow-scripts" srcdoc="{LATER}"></iframe>'):
        complaints.clear()
        (tmp_path / "page.html").write_text(f"<!DOCTYPE html><title>Page</title>{text}", "utf-8")
        page.get((tmp_path / "page.html").as_uri())
        WebDriverWait(page, PATIENCE_MS / 1000).until(lambda _: any("oh" in one for one in complaints))
