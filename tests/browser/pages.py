"""Pages: what a browser test needs to know of the page: its sizes, when it is ready, and what it says and asks for."""

from playwright.sync_api import ConsoleMessage, Page, Request, expect

DESKTOP = {"width": 1440, "height": 900}
PROJECTOR = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}
# A first visit on a machine that is busy with other tests.
PATIENCE_MS = 60_000


def ready(page: Page, state: str = "ready") -> Page:
    """Wait until the page says, in document.body.dataset.state, that what it shows is painted."""
    # By attribute, not by script: the page's own policy forbids scripts from text, a test's too.
    expect(page.locator("body")).to_have_attribute("data-state", state, timeout=PATIENCE_MS)
    expect(page.locator("body:not([data-coming])")).to_be_attached()  # the modules of the panels on view are here
    return page


def whole(page: Page) -> Page:
    """All panels on view, and the page as it opens at the end of the first epoch: where most tests begin."""
    page.evaluate("""() => {
        const { onView, seek, state } = lab, { search } = location;
        onView.set.open(onView.all.join());
        if (!search) seek(state.run.stepsPerEpoch);
        lab.draw();
    }""")
    return ready(page)


class Watch:
    """What a page says and asks for: `messages` on the console, and `strangers`, requests to another origin.

    `expected`: texts of messages that the test itself brings about.
    """

    def __init__(self, page: Page, address: str, expected: tuple[str, ...]) -> None:
        self.messages: list[str] = []
        self.strangers: list[str] = []
        self._ours = (f"{address}/", "data:", "blob:")
        self._expected = expected
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._note(f"uncaught: {error}"))
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _note(self, text: str) -> None:
        if not any(part in text for part in self._expected):
            self.messages.append(text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self._ours):
            self.strangers.append(request.url)
