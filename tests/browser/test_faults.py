"""What may go wrong around the server while a page is open: it is of another version, away, or a worker is killed."""

import shutil
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from app.operating.versions import OTHER
from tests.browser.lab import button, experiment, field, seek, shows, write
from tests.browser.pages import DESKTOP, Watch, ready
from tests.browser.serving import ROOT, serving
from tests.browser.switch import switch

# Of the network, which is as it is meant to be here.
FAILS = ("Failed to load resource", "Failed to fetch dynamically imported module", "ERR_")
PARTS = ("app", "components", "optim", "assets")


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """The addresses of two servers with one cache, whose pages have other files."""
    cache, other = tmp_path_factory.mktemp("cache"), tmp_path_factory.mktemp("other")
    for part in PARTS:
        shutil.copytree(ROOT / part, other / part, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "assets" / "main.js").open("a", encoding="utf-8") as script:
        script.write("\n// Of the next version.\n")
    with ExitStack() as servers:
        yield [
            servers.enter_context(serving(root=root, LAB_CACHE=f"dir:{cache}", PYTHONPATH=str(root)))
            for root in (ROOT, other)
        ]


@pytest.fixture
def at_one_address(browser):
    """A switch and a page behind it, whose only complaints are of the network."""
    with switch() as turned:
        page = browser.new_context(viewport=DESKTOP).new_page()
        watch = Watch(page, turned.address, FAILS)
        yield turned, page
        page.context.close()
        assert watch.messages == []


def digest(page):
    return page.locator("#lab-version").get_attribute("content")


def reloads(page, before, run, at):
    """The page says that it is of another version; its button brings the other one, with this run at this step."""
    offer = page.get_by_role("alert").filter(has_text="The server is of another version than this page.")
    expect(offer).to_be_visible()
    offer.get_by_role("button", name="Load the page anew").click()
    expect(page.locator("#lab-version")).not_to_have_attribute("content", before)
    ready(page)
    shows(page, run=run, step=at)
    expect(offer).to_have_count(0)


def test_a_page_of_another_version_says_so_and_comes_again_as_it_was(at_one_address, versions):
    turned, page = at_one_address
    one, other = versions
    turned.to(one)
    page.goto(turned.address)
    ready(page)
    seek(page, 7)
    # What is asked for is not answered, and yet not lost.
    first = digest(page)
    turned.to(other)
    write(page, "Noise", "2")
    expect(page.locator("#sentence")).to_have_text(f"{OTHER} The picture still shows the last run.")
    reloads(page, first, experiment(noise=2), 7)
    expect(field(page, "Noise")).to_have_value("2")
    # A drawer that comes late.
    second = digest(page)
    turned.to(one)
    seek(page, 11)
    button(page, "Share").click()
    reloads(page, second, experiment(noise=2), 11)
    # A question of a drawer that is here.
    button(page, "Theory").click()
    expect(page.locator("#theory-body")).to_contain_text("The bowl")
    turned.to(other)
    button(page, "Microscope").click()
    reloads(page, first, experiment(noise=2), 11)
