"""The page wherever it stands: under a path that a proxy strips or leaves on, in JupyterHub, with TLS, in a frame."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests import nginx, places
from tests.browser.chromium import FLAGS, find
from tests.browser.lab import button, drag_slider, experiment, field, shows, step, until, write
from tests.browser.pages import DESKTOP, Watch, ready

SEED = experiment(seed=9)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The address of each place; None where there is no nginx."""
    program = nginx.found()
    if program is None:
        yield None
    else:
        with places.standing(program, tmp_path_factory.mktemp("nginx")) as standing:
            yield standing


@pytest.fixture(scope="module")
def trusting(browser):
    """A browser of its own that takes the certificate for good.

    What playwright ignores in a context is an error first, after which a request begins anew; while the processor has
    much to do Chromium does that 32 times for one sheet, and gives up (net::ERR_TOO_MANY_RETRIES).
    """
    program = browser.browser_type.launch(executable_path=find(), args=[*FLAGS, "--ignore-certificate-errors"])
    yield program
    program.close()


@pytest.fixture
def visit(trusting):
    """A page of another address, where what it asks for must lie under that address."""
    opened = []

    def one(address: str, expected: tuple[str, ...] = ()):
        page = trusting.new_context(viewport=DESKTOP).new_page()
        opened.append((page, Watch(page, address.rstrip("/"), expected)))
        page.goto(address)
        return page

    yield one
    for page, _ in opened:
        page.context.close()
    assert [watch.messages for _, watch in opened if watch.messages] == []


@pytest.mark.parametrize("place", [places.LEFT_ON, places.SLASHLESS, places.JUPYTER, places.TLS_UNDER])
def test_links_files_lessons_and_drawers_work_there(found, visit, place, record_property):
    if found is None:
        record_property("untried", nginx.MISSING)
        return
    address = found[place]
    page = visit(address)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    ready(page)
    lr = drag_slider(page, "Learning rate (SGD, Momentum)", 60)
    shows(page, run=experiment(lr=lr))
    write(page, "Data seed", "9")
    shows(page, run=experiment(lr=lr, seed=9))
    until(page, "() => location.search.includes('seed=9')")
    assert page.url.startswith(address)
    assert page.url[len(address)] == "?"
    page.reload()
    shows(ready(page), run=experiment(lr=lr, seed=9))

    button(page, "Lessons").click()
    page.get_by_role("region", name="Lessons").get_by_role("button").nth(2).click()
    until(page, "() => location.search.includes('lesson=')")
    page.go_back()
    shows(page, run=experiment(lr=lr, seed=9))
    button(page, "Share").click()
    expect(field(page, "Link")).to_have_value(re.compile(rf"^{re.escape(address)}\?.*seed=9"))
    with page.expect_download() as download:
        button(page, "Save offline page").click()
    text = download.value.path().read_text("utf-8")
    assert f'href="{address}?' in text
    with page.expect_download() as download:
        button(page, "Save numbers as JSON").click()
    assert json.loads(download.value.path().read_text("utf-8"))
    strangers = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert strangers == []


def test_a_learning_platform_frames_what_is_made_for_frames(found, visit, record_property):
    """In its sandbox, which lets scripts run and keeps the origin, and no more."""
    if found is None:
        record_property("untried", nginx.MISSING)
        return
    page = visit(found[places.COURSE], expected=("frame-ancestors",))
    frame = page.locator("iframe[title=framed]").element_handle().content_frame()
    expect(frame.locator("body")).to_have_attribute("data-run", SEED.digest, timeout=60_000)
    expect(frame.locator("body")).to_have_attribute("data-state", "ready")
    frame.get_by_role("button", name="Restart", exact=True).click()
    frame.get_by_role("button", name="Play", exact=True).click()
    until(frame, "() => Number(document.body.dataset.step) > 5")
    frame.get_by_role("button", name="Pause", exact=True).click()
    assert step(frame) > 5
    refused = page.locator("iframe[title=refused]").element_handle().content_frame()
    assert refused.locator("#arriving, #sentence").count() == 0
    assert urlsplit(frame.url).netloc != urlsplit(page.url).netloc
