"""Fixtures of the browser tests: one server and one Chromium for all, and pages that are watched while a test lasts."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import chromium
from tests.browser.pages import DESKTOP, PATIENCE_MS, Watch, ready, whole
from tests.browser.serving import serving

# A machine that does much else answers late: playwright's own 5 s are too short for a state to be waited for.
expect.set_options(timeout=PATIENCE_MS)


TELLING = re.compile(r"[?&](?:on|panels?|tab|lesson|embed)=|size=projector")
"""Links that say themselves which panels are on view."""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the server that all browser tests share, with a cache of its own."""
    with serving(LAB_CACHE="memory") as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each page has a profile of its own."""
    with chromium() as program:
        yield program


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A function that opens the page: `open_page(size=..., scheme="dark", path="/?x=1", expected=("413",), **context)`.

    `scheme` is the system's colour scheme; further keywords go to playwright's new_context (reduced_motion, has_touch).
    It returns once the page is ready, with all panels on view where the path says nothing of them, unless `plain`.
    At the end of the test no page may have written an error or a warning on the console, nor have asked another origin
    for anything.
    """
    opened: list[tuple[Page, Watch]] = []

    def open_one(
        size: dict = DESKTOP,
        scheme: str = "light",
        path: str = "/",
        expected: tuple[str, ...] = (),
        plain: bool = False,
        **context,
    ) -> Page:
        page = browser.new_context(viewport=size, color_scheme=scheme, **context).new_page()
        opened.append((page, Watch(page, address, expected)))
        page.goto(address + path)
        ready(page)
        return page if plain or TELLING.search(path) else whole(page)

    yield open_one
    for page, _ in opened:
        page.context.close()
    assert [watch.messages for _, watch in opened if watch.messages] == []
    assert [watch.strangers for _, watch in opened if watch.strangers] == []


@pytest.fixture(scope="session")
def tab(browser: Browser, address: str) -> Iterator[tuple[Page, Watch]]:
    """One tab for all tests that need only the page on a desktop, in light: a first visit takes three seconds."""
    page = browser.new_context(viewport=DESKTOP, color_scheme="light").new_page()
    yield page, Watch(page, address, ())
    page.context.close()


@pytest.fixture(scope="session")
def clocked_tab(browser: Browser, address: str) -> Iterator[tuple[Page, Watch]]:
    """The same with a clock that tests can stop and wind."""
    page = browser.new_context(viewport=DESKTOP, color_scheme="light").new_page()
    page.clock.install()
    yield page, Watch(page, address, ())
    page.context.close()


@pytest.fixture
def page(tab: tuple[Page, Watch], address: str) -> Iterator[Page]:
    """The page on a desktop, in light, with all panels, at the end of the first epoch: nothing of an earlier test is
    left in its tab."""
    with as_new(*tab, address) as page:
        yield whole(page)


@pytest.fixture
def plain(tab: tuple[Page, Watch], address: str) -> Iterator[Page]:
    """The same as a first visit finds it: at the start, with the panels that it opens on."""
    with as_new(*tab, address) as page:
        yield page


@pytest.fixture
def timed(clocked_tab: tuple[Page, Watch], address: str) -> Iterator[Page]:
    """The same with its clock stopped: `timed.clock.fast_forward(ms)` winds it, `timed.clock.resume()` lets it run."""
    clocked_tab[0].clock.resume()
    with as_new(*clocked_tab, address) as page:
        whole(page)
        page.clock.pause_at(page.evaluate("() => Date.now()") / 1000 + 60)
        yield page


@contextmanager
def as_new(page: Page, watch: Watch, address: str) -> Iterator[Page]:
    """Open the page anew in a tab, and look at the end what it said and asked for."""
    if not page.url.startswith(address):
        page.goto(f"{address}/healthz")
    page.set_viewport_size(DESKTOP)
    page.evaluate("() => localStorage.clear()")
    page.mouse.move(0, 0)
    page.goto(f"{address}/")
    yield ready(page)
    messages, strangers = list(watch.messages), list(watch.strangers)
    page.unroute_all(behavior="ignoreErrors")
    page.goto(f"{address}/healthz")  # what is under way ends here, and complains of that here
    watch.messages.clear()
    watch.strangers.clear()
    assert messages == []
    assert strangers == []
