"""Links: the URL says the whole state, follows it, and opens it; back and forward go by moves."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.lab import (
    button,
    experiment,
    field,
    seek,
    shows,
    switch,
    write,
)


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
    says(page, lr=".01", seed="9", step="300", panel="loss", off="0")
    page.evaluate("() => localStorage.clear()")
    page.reload()
    shows(page, run=experiment(lr=0.01, seed=9), step=300)
    expect(field(page, "Data seed")).to_have_value("9")
    expect(button(page, "Back to all panels")).to_be_visible()
    expect(switch(page, "SGD")).not_to_be_checked()
    expect(page.locator("#notice")).to_be_empty()
