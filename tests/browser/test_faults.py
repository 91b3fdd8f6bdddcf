"""What may go wrong around the server while a page is open: it is of another version, away, or a worker is killed."""

import os
import re
import shutil
import signal
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from app.caching import OWN
from app.operating.versions import OTHER
from tests.app.test_serving import GUNICORN, program
from tests.browser.lab import button, experiment, field, seek, shows, step, wind, write
from tests.browser.pages import DESKTOP, Watch, ready
from tests.browser.serving import ROOT, serving
from tests.browser.switch import switch
from tests.browser.test_explore import show, whole
from tests.processes import children, is_there, wait_for

# Of the network, which is as it is meant to be here.
FAILS = ("Failed to load resource", "Failed to fetch dynamically imported module", "ERR_")
ASKS = re.compile("/ask/run")
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
def at_one_address(browser, request):
    """A switch and a page behind it, whose only complaints are of the network, and others that a test names."""
    with switch() as turned:
        page = browser.new_context(viewport=DESKTOP).new_page()
        watch = Watch(page, turned.address, (*FAILS, *getattr(request, "param", ())))
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
    # A panel that comes late, while what all of them have is here.
    page.keyboard.press("Escape")
    show(page, "Rate sweep")
    whole(page, "Rate sweep")
    turned.to(one)
    show(page, "Stability map")
    reloads(page, second, experiment(noise=2), 11)


# Dash calls what dash.js would have brought.
@pytest.mark.parametrize(
    ("lost", "at_one_address"), [("main.js", ()), ("dash.js", ("dash_renderer",))], indirect=["at_one_address"]
)
def test_a_page_of_which_a_part_does_not_arrive_says_so(at_one_address, address, lost):
    turned, page = at_one_address
    turned.to(address)
    page.route(re.compile(f"/assets/.*{lost}"), lambda route: route.fulfill(status=404))
    page.goto(f"{turned.address}/?seed=9#top")  # to its end: a script that did not come is asked for twice
    expect(page.get_by_text("A part of this page did not arrive")).to_be_visible()
    page.unroute_all()
    page.get_by_role("link", name="Load the page anew.").click()
    ready(page)
    shows(page, run=experiment(seed=9))


def test_while_the_server_is_away_a_page_plays_on_and_catches_up(at_one_address, address):
    turned, page = at_one_address
    turned.to(address)
    page.clock.install()
    page.goto(turned.address)
    ready(page)
    page.clock.pause_at(page.evaluate("() => Date.now()") / 1000 + 60)
    button(page, "Play").click()
    turned.to(None)
    with page.expect_event("requestfailed"):
        write(page, "Noise", "2")
    sentence = page.locator("#sentence")
    expect(sentence).to_have_text("The server does not answer. The picture still shows the last run.")
    reached = step(page)
    for seconds in (1, 2, 4):
        with page.expect_event("requestfailed"):
            wind(page, 1000 * seconds)
        shows(page, state="error", playing=True, run=experiment())
        assert step(page) > reached
        reached = step(page)
    with page.expect_event("requestfailed"):
        wind(page, 8000)
    wind(page, 5000)
    turned.to(address)
    with page.expect_response(ASKS):
        wind(page, 16_000)  # from when the page has noticed, which may be later than the failure
    page.clock.resume()
    shows(page, run=experiment(noise=2))
    expect(field(page, "Noise")).to_have_value("2")
    expect(sentence).not_to_contain_text("does not answer")


def test_a_page_whose_worker_is_killed_asks_again_and_loses_no_setting(at_one_address, tmp_path):
    turned, page = at_one_address
    says = r"http://127\.0\.0\.1:(\d+)"
    with program(GUNICORN, says, WEB_CONCURRENCY="1", LAB_CACHE=f"dir:{tmp_path}") as (process, port):
        turned.to(f"http://127.0.0.1:{port}")
        page.goto(turned.address)
        ready(page)
        write(page, "Noise", "2")
        shows(page, run=experiment(noise=2))
        seek(page, 7)
        asked = []
        page.on("request", lambda one: asked.append(one.post_data_json["values"]) if ASKS.search(one.url) else None)
        (worker,) = children(process.pid)
        trainers = children(worker)
        assert trainers
        for one in trainers:
            os.kill(one, signal.SIGSTOP)  # so that the run does not end before its worker does
        page.evaluate("() => lab.settings.set({ epochs: 1000, points: 60 }, 'epochs')")
        wait_for(lambda: [*(tmp_path / OWN).glob("*.lock")])  # it is being trained
        os.kill(worker, signal.SIGKILL)
        for one in trainers:
            os.kill(one, signal.SIGCONT)
        turned.to(None)  # on a connection that it had used before the browser itself would ask again
        expect(page.locator("#sentence")).to_contain_text("The server does not answer.")
        turned.to(f"http://127.0.0.1:{port}")
        shows(page, run=experiment(noise=2, epochs=1000, points=60), step=7)
        expect(field(page, "Noise")).to_have_value("2")
        expect(field(page, "Epochs")).to_have_value("1000")
        assert asked == [asked[0]] * len(asked)
        assert len(asked) >= 2
        assert worker not in children(process.pid)
        wait_for(lambda: not any(map(is_there, trainers)))
