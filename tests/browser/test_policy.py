"""The page's policy in a real browser: every exception is still needed, and nothing else comes in."""

import re

import pytest
from playwright.sync_api import Route

from tests.browser.lab import until
from tests.browser.pages import DESKTOP, ready
from tests.browser.test_files import files, saved

LISTENS = """
window.refused = [];
addEventListener("securitypolicyviolation", ({ effectiveDirective: what, blockedURI, sourceFile, disposition }) =>
  refused.push({ what, blockedURI, from: sourceFile ?? "", enforced: disposition === "enforce" }));
"""
PACKAGES = "_dash-component-suites/"
DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
STRANGE = """async (dot) => {
  const found = document.createElement("div");
  found.innerHTML = `<p id="strange" style="color: rgb(1, 2, 3)">a</p><button onclick="window.ran = 1"></button>
    <img src="${dot}"><iframe src="data:text/html,a"></iframe><object data="/healthz"></object>
    <audio src="/healthz"></audio><b style="font-size:70%">a</b><form action="/open" method="post"></form>`;
  document.body.append(found, Object.assign(document.createElement("script"), { text: "window.ran = 2" }));
  document.head.append(Object.assign(document.createElement("base"), { href: "https://example.org/" }));
  found.querySelector("button").click();
  const coloured = getComputedStyle(found.firstChild).color === "rgb(1, 2, 3)";
  found.querySelector("form").submit();
  await fetch("http://127.0.0.1:1/").catch(() => 0);
  await new FontFace("strange", "url(/healthz)").load().catch(() => 0);
  try { new Worker("/healthz"); } catch { /* some browsers say so at once */ }
  return { ran: window.ran ?? null, coloured, raised: found.querySelector("b").style.fontSize };
}"""
FORBIDDEN = [
    "style-src-attr", "script-src-attr", "script-src-elem", "img-src", "frame-src", "object-src", "media-src",
    "base-uri", "form-action", "connect-src", "font-src", "worker-src",
]


@pytest.fixture
def watched(browser, address):
    """The page, which is told besides to say where the policy without its exceptions would have refused something."""
    page = browser.new_context(viewport=DESKTOP, accept_downloads=True).new_page()
    page.add_init_script(LISTENS)

    def stricter(route: Route) -> None:
        response = route.fetch()
        headers = response.headers
        strict = re.sub(r" ('unsafe-[\w-]+'|blob:)", "", headers["content-security-policy"])
        strict = re.sub(r"(style-src-attr) [^;]*", r"\1 'none'", strict)
        strict = strict.replace("; frame-ancestors 'self'", "")  # which nobody may only report
        route.fulfill(response=response, headers={**headers, "content-security-policy-report-only": strict})

    page.route(f"{address}/?on=*", stricter)
    page.goto(f"{address}/?on=fit,loss,landscape,gradients")
    ready(page)
    yield page
    page.context.close()


def refused(page, enforced: bool) -> list[dict]:
    return [one for one in page.evaluate("() => refused") if one["enforced"] == enforced]


def test_every_exception_is_needed_and_nothing_but_the_page_itself_comes_in(watched):
    page = watched
    files(page)
    saved(page, "Save picture as PNG")
    needed = refused(page, False)
    assert {one["what"] for one in needed} == {"style-src-elem", "style-src-attr", "img-src"}
    assert {one["blockedURI"] for one in needed if one["what"] == "img-src"} == {"blob"}
    attributes = [one["from"] for one in needed if one["what"] == "style-src-attr"]
    assert all(PACKAGES in source and "plotly" in source for source in attributes), attributes
    makers = {maker for one in needed for maker in ("mantine", "dash_core", "dash_renderer", "plotly")
              if one["what"] == "style-src-elem" and maker in one["from"]}
    assert makers == {"mantine", "dash_core", "dash_renderer", "plotly"}
    assert refused(page, True) == []

    found = page.evaluate(STRANGE, DOT)
    until(page, "(all) => all.every((what) => refused.some((one) => one.enforced && one.what === what))", FORBIDDEN)
    assert found == {"ran": None, "coloured": False, "raised": "70%"}
