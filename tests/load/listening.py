"""Listening: a real page in a real Chromium, and every request that it makes. Knows the browser; not who asks again."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import DESKTOP, PATIENCE_MS, ready
from tests.load.recording import ICON, LINK, MOVED, PLAIN, asked, opening

Until = Callable[[Page, list[dict]], None]
"""Waits until a page has asked for all that it asks for by itself."""


def quiet(page: Page, _: list[dict]) -> None:
    """Until it has asked for nothing for half a second."""
    page.wait_for_load_state("networkidle")


def recorded(browser: Browser, address: str, until: dict[str, Until] | None = None) -> dict:
    """The recording, of pages of a browser that has never been here."""
    openings, codings, move = {}, set(), None
    for path in (PLAIN, LINK):
        page = browser.new_context(viewport=DESKTOP).new_page()
        heard: list[dict] = []
        page.on("request", lambda one, heard=heard: heard.append(asked(one.method, one.url, one.post_data, address)))
        page_itself = page.goto(f"{address}{path}")
        codings.add(page_itself.request.all_headers()["accept-encoding"])
        html = page_itself.text()
        (until or {}).get(path, quiet)(ready(page), heard)
        openings[path] = opening(heard, html)
        if path == PLAIN:
            heard.clear()
            run = page.locator("body").get_attribute("data-run")
            page.get_by_role("slider", name=MOVED, exact=True).press("ArrowRight")
            expect(page.locator("body")).not_to_have_attribute("data-run", run or "", timeout=PATIENCE_MS)
            (move,) = (one for one in heard if not one["path"].startswith(ICON))
        page.context.close()
    (coding,) = codings
    return {"coding": coding, "openings": openings, "move": move}
