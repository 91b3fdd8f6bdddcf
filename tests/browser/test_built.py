"""The built form of the page, as the image sends it: all other browser tests open the files apart."""

import json
import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from components.exports import data_files
from components.lessons import LESSONS
from optim import Experiment
from tests import forms, npm
from tests.benchmarks.browser import Transfers
from tests.browser.lab import button, field, painted, shows, step, until
from tests.browser.pages import DESKTOP, Watch, ready
from tests.browser.serving import serving

REQUESTS, BYTES = 20, 1_200_000  # of a first visit, to stay within


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Of a server that has the built form; None where npm cannot be had."""
    root = forms.built(tmp_path_factory.mktemp("built"))
    if root is None:
        yield None
    else:
        with serving(root=root, LAB_CACHE="memory") as url:
            yield url


def test_it_starts_plays_opens_lessons_and_drawers_and_saves(browser, address, tmp_path, record_property):
    if address is None:
        record_property("untried", npm.MISSING)
        return
    page = browser.new_context(viewport=DESKTOP).new_page()
    watch, transfers = Watch(page, address, ()), Transfers(page)
    page.goto(address)
    ready(page)
    page.wait_for_load_state("networkidle")
    names = {url.removeprefix(address).partition("?")[0].rpartition("/")[2] for url in transfers.bytes}
    own = {name for url in transfers.bytes if "/assets/" in url for name in [url.partition("?")[0].rpartition("/")[2]]}
    assert {re.sub(r"-\w+", "", name) for name in own} == {
        "chunk.js", "dash.js", "later.js", "main.js", "plotly.min.js", "styles.css",
    }
    assert len(transfers.bytes) <= REQUESTS, sorted(names)
    assert sum(transfers.bytes.values()) <= BYTES

    button(page, "Play").click()
    until(page, "() => Number(document.body.dataset.step) > 5")
    button(page, "Pause").click()
    assert step(page) > 5
    button(page, "All").click()
    ready(page)
    for panel in ("fit", "loss", "landscape", "parameters", "gradients", "rate"):
        assert painted(page, panel)[0] > 500, panel
    assert page.evaluate("async () => (await lab.module('state/state.js')).state === lab.state")

    button(page, "Lessons").click()
    lesson = next(iter(LESSONS.values()))
    page.get_by_role("region", name="Lessons", exact=True).get_by_role("button", name=lesson.title).click()
    shows(page, run=lesson.experiment, step=lesson.step)
    page.go_back()
    shows(page, run=Experiment())
    button(page, "Theory").click()
    expect(page.get_by_role("region", name="Theory", exact=True)).to_be_visible()

    button(page, "Share").click()
    expect(field(page, "Link")).to_have_value(re.compile(f"^{re.escape(address)}"))
    with page.expect_download() as download:
        button(page, "Save picture as PNG").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as download:
        button(page, "Save offline page").click()
    saved = Path(download.value.path()).rename(tmp_path / f"{data_files.file_name(Experiment())}.html")
    page.context.close()
    assert (watch.messages, watch.strangers) == ([], [])

    offline = browser.new_context(viewport=DESKTOP, offline=True).new_page()
    said = Watch(offline, saved.as_uri(), ())
    offline.goto(saved.as_uri())
    ready(offline)
    assert painted(offline, "fit")[0] > 500
    assert offline.evaluate("() => Plotly.version") == json.loads(
        (npm.ROOT / "deploy/npm/package.json").read_text("utf-8"))["dependencies"]["plotly.js-cartesian-dist-min"]
    assert saved.stat().st_size < 1_700_000, "it has the small plotly.js"
    offline.context.close()
    assert said.messages == []


def test_what_did_not_arrive_comes_at_the_next_press(browser, address, record_property):
    if address is None:
        record_property("untried", npm.MISSING)
        return
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.route(re.compile(r"/later\.js"), lambda route: route.abort())
    page.goto(address)
    ready(page)
    button(page, "Theory").click()
    expect(page.locator("#notice")).to_have_text(re.compile("did not arrive: press again"))
    page.unroute_all()
    for name, heading in (("Theory", "The bowl"), ("Lessons", "Lessons"), ("Theory", "The bowl")):
        button(page, name).click()
        drawer = page.get_by_role("region", name=name, exact=True)
        expect(drawer.get_by_role("heading", name=heading).first).to_be_visible()
    page.close()


def test_a_fault_is_reported_by_the_files_that_it_is_in(address, record_property):
    if address is None:
        record_property("untried", npm.MISSING)
        return
    with urlopen(address) as reply:
        html = reply.read().decode()
    (main,) = re.findall(r'modulepreload"[^>]*href="(/assets/[^"]*/main\.js)"', html)
    with urlopen(f"{address}{main}") as reply:
        (mapped,) = re.findall(r"//# sourceMappingURL=(\S+)", reply.read().decode())
    with urlopen(f"{address}{main.rpartition('/')[0]}/{mapped}") as reply:
        told = json.load(reply)
    assert told["sources"] == ["../assets/main.js"], "wherever it was made, and the same each time"
    assert "export function reply" in told["sourcesContent"][0]
