"""Paper: printed, the page is one sheet of A4, upright and across: sentence, panels, readout and link, in light."""

import re

import pytest
from playwright.sync_api import expect

from components.offline import page as offline
from components.page.theme import SCHEMES
from optim import Experiment
from tests.browser.lab import PANELS, axis, picture, seek, shows, switch, until
from tests.browser.pages import DESKTOP, PHONE, ready

MARGIN = 2 * 38  # px of both edges together (assets/styles/print.css)
UPRIGHT = {"width": 794 - MARGIN, "height": 1123 - MARGIN}
ACROSS = {"width": 1123 - MARGIN, "height": 794 - MARGIN}
HIDDEN = ("#settings", "#transport", "#tools", ".switches", ".panel .button", "#add-method", "#show", ".corner")
SHEETS = {"upright": (UPRIGHT, 2), "across": (ACROSS, 3)}

CUT = """() => {
    const seen = (node) => node.getClientRects().length > 0;
    const lab = document.getElementById("lab"), edge = lab.getBoundingClientRect();
    const parts = "#sentence, .panel, .head, .head *, #readout :is(th, td), #paper-link, .plot > *";
    return [...lab.querySelectorAll(parts)].filter(seen).filter((node) => {
        const box = node.getBoundingClientRect(), { overflowX } = getComputedStyle(node);
        const spills = overflowX !== "visible" && node.scrollWidth > node.clientWidth + 1;
        return spills || box.left < edge.left - 1 || box.right > edge.right + 1;
    }).map((node) => `${node.tagName} ${node.id} ${node.className}: ${node.textContent.slice(0, 40)}`);
}"""
"""What of the sheet is wider than its place."""

OVERLAP = """() => {
    const boxes = [...document.querySelectorAll("#lab > header, #sentence, .panel, #readout-box, #paper-link")]
        .map((node) => node.getBoundingClientRect()).filter(({ width }) => width);
    const beside = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1;
    const apart = (a, b) => beside(a, b) || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
    return boxes.flatMap((a, i) => boxes.slice(i + 1).map((b) => apart(a, b))).filter((one) => !one).length;
}"""


def sheet(page, size):
    """The page as a sheet of this size has it."""
    page.set_viewport_size(size)
    page.emulate_media(media="print")
    expect(page.locator("html")).to_have_attribute("data-printing", "true")


def screen(page, size=DESKTOP):
    page.emulate_media(media="screen")
    expect(page.locator("html")).not_to_have_attribute("data-printing", "true")
    page.set_viewport_size(size)


def is_whole(page, across, count=6):
    """Light, with the panels on view so many in a row, nothing cut, nothing but what belongs there."""
    figures = page.get_by_role("figure").all()
    assert len(figures) == count
    boxes = [figure.bounding_box() for figure in figures]
    assert len({round(box["x"]) for box in boxes}) == min(across, count)
    assert page.evaluate(CUT) == []
    assert page.evaluate(OVERLAP) == 0
    for panel in page.evaluate("() => lab.onView.shown"):
        size = page.evaluate(
            """(panel) => {
                const { canvas, graph } = lab.boards.get(panel), { width, height } = graph._fullLayout;
                return [canvas.clientWidth - width, canvas.clientHeight - height, graph.clientHeight - height];
            }""",
            panel,
        )
        assert all(abs(one) <= 1 for one in size), (panel, size)
    ink = page.evaluate("() => lab.boards.get(lab.onView.shown.at(-1)).graph._fullLayout.xaxis.tickfont.color")
    assert ink == SCHEMES["light"].soft
    ground = page.evaluate("() => getComputedStyle(document.querySelector('.panel')).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    for hidden in HIDDEN:
        for node in page.locator(hidden).all():
            expect(node).to_be_hidden()
    expect(page.locator("#sentence")).to_be_visible()
    expect(page.locator("#readout-box")).to_be_visible()


@pytest.mark.parametrize("way", SHEETS)
@pytest.mark.parametrize(
    ("path", "look", "count"),
    [
        ("/", {}, 6),
        ("/", {"plain": True}, 3),
        ("/?theme=dark&size=projector&on=loss&step=1500&lr=.03", {}, 1),
        ("/?problem=network&theme=dark&step=300", {}, 6),
        ("/?problem=three-hills&relief=1", {}, 6),
        ("/", {"size": PHONE}, 6),
        ("/?lesson=one-step&theme=dark", {}, 2),
    ],
    ids=["all", "opening", "dark, enlarged, projector", "network", "surface", "phone", "lesson"],
)
def test_the_sheet_is_light_and_whole_both_ways(open_page, way, path, look, count):
    page = open_page(path=path, scheme="dark", **look)
    if "lesson" in path:
        until(page, "() => document.getElementById('lab').dataset.lesson === 'one-step'")
        expect(page.get_by_role("figure")).to_have_count(count)
    assert [one for one in HIDDEN if page.locator(one).count() == 0] == []
    size, across = SHEETS[way]
    sheet(page, size)
    is_whole(page, across, count)
    expect(page.get_by_role("columnheader", name="Stays from", exact=True)).to_be_visible()
    link = page.locator("#paper-link a")
    expect(link).to_be_visible()
    url = link.inner_text()
    page.wait_for_url(url)
    assert link.get_attribute("href") == url
    bottom = link.bounding_box()["y"] + link.bounding_box()["height"]
    assert bottom <= size["height"], "more than one sheet"
    screen(page)
    assert page.url == url


@pytest.mark.parametrize("way", SHEETS)
def test_the_browser_prints_one_sheet_and_the_page_is_then_as_it_was(open_page, way):
    page = open_page(scheme="dark")
    seek(page, 700)
    page.pdf(format="A4")  # Plotly knows the height to a fraction of a pixel from now on
    before = {panel: picture(page, panel) for panel in PANELS}
    page.evaluate("""() => addEventListener("beforeprint", () => {
        window.printed = [document.documentElement.dataset.printing, lab.theme.scheme(), lab.canvases.density()];
    })""")
    made = page.pdf(format="A4", landscape=way == "across")
    assert page.evaluate("() => printed") == ["true", "light", 3]
    assert len(re.findall(rb"/Type\s*/Page[^s]", made)) == 1
    expect(page.locator("html")).not_to_have_attribute("data-printing", "true")
    assert page.locator("#paper-link").count() == 0
    expect(switch(page, "Dark")).to_have_attribute("aria-checked", "true")
    shows(page, step=700)
    assert {panel: picture(page, panel) for panel in PANELS} == before


def test_eight_methods_are_one_sheet_too(open_page):
    page = open_page()
    page.evaluate("() => { for (const name of ['Adam', 'Lion', 'RMSProp', 'AdaGrad']) lab.methodsList.add(name); }")
    until(page, "() => lab.state.run.contestants.length === 8")
    for size, across in SHEETS.values():
        sheet(page, size)
        is_whole(page, across)
        screen(page)
    for landscape in (False, True):
        assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", landscape=landscape))) == 1


def test_a_link_too_long_for_the_sheet_says_so(open_page):
    page = open_page()
    page.evaluate("() => { const long = `${lab.address.href()}#${'a'.repeat(1500)}`; lab.paper.href = () => long; }")
    sheet(page, UPRIGHT)
    expect(page.locator("#paper-link")).to_have_text(re.compile(r"^The link of this page has 1,5\d\d letters"))
    is_whole(page, 2)
    screen(page)


def test_what_a_link_withholds_is_not_printed_either(open_page):
    page = open_page(path="/?embed=1&panels=fit,loss")
    sheet(page, UPRIGHT)
    assert page.get_by_role("figure").count() == page.locator(".panel:not(.is-withheld)").count() == 2
    expect(page.locator("#sentence")).to_be_visible()
    screen(page)


def test_an_offline_page_is_a_sheet_as_well(browser, tmp_path):
    path = offline.page(Experiment(epochs=4), link="http://127.0.0.1/?e=4").save(tmp_path / "run.html")
    page = browser.new_context(viewport=DESKTOP, color_scheme="dark", offline=True).new_page()
    page.goto(path.as_uri())
    ready(page)
    for size, across in SHEETS.values():
        sheet(page, size)
        is_whole(page, across, 3)
        expect(page.locator("#paper-link")).to_have_text("http://127.0.0.1/?e=4")
        screen(page)
    page.context.close()


def test_a_zoom_and_the_contours_survive_the_printing(page):
    ranges = [axis(page, panel, name)["range"] for panel in PANELS for name in ("xaxis", "yaxis")]
    page.pdf(format="A4")
    assert [axis(page, panel, name)["range"] for panel in PANELS for name in ("xaxis", "yaxis")] == ranges
    until(page, "() => document.querySelectorAll('[data-panel=landscape] .contourlayer path').length > 4")
