"""Everything fits: at every width, lying down, spaced, on a projector, in letters twice as large, whatever is said."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import resize, shows, until

WIDTHS = (320, 360, 390, 600, 768, 820, 912, 960, 1024, 1180, 1280, 1366, 1440, 1920, 2560)
HEIGHTS = {320: 568, 360: 740, 390: 844, 600: 960, 768: 1024, 820: 1180, 912: 1368, 960: 600, 1024: 768, 1180: 820,
           1280: 720, 1366: 768, 1440: 900, 1920: 1080, 2560: 1440}
SIZES = [*({"width": width, "height": HEIGHTS[width]} for width in WIDTHS), {"width": 844, "height": 390}]
BEAMERS = [{"width": 1280, "height": 720}, {"width": 1024, "height": 768}, {"width": 1920, "height": 1080}]
LONG = "A+method+whose+name+has+forty+letters+"
DIVERGING = ";".join(f"{LONG}{place}@{one},lr:{rate}" for place, (one, rate) in enumerate(
    [("SGD", 10), ("Momentum", 3), ("Nesterov", 1), ("SGD", 0.3)]))
EIGHT = ";".join(("SGD", "Momentum", "Nesterov", "AdaGrad", "RMSProp", "Adam", "Adam/CosineAnnealing", "Lion"))
ERROR = (
    "The function cannot be used: “a*exp(b*x)+c*ln(x)” has no value for the points whose x is not above 0, and these "
    "points have 14 of them. Choose other points, or another function. The run on view is the one before.")
CASES = {
    "opening": "/",
    "divergence": f"/?methods={DIVERGING}&step=1500",
    "error": "/?step=1500",
    "lesson": "/?lesson=sgd",
    "eight": f"/?methods={EIGHT}&step=1500",
}
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
"""WCAG 2.2, success criterion 1.4.12: what a reader may set."""

FAULTS = """() => {
    const found = [], { documentElement: root } = document, stage = document.getElementById("stage");
    const seen = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility === "visible";
    const heard = (node) => node && (getComputedStyle(node).clipPath === "inset(50%)" || heard(node.parentElement));
    const name = (node) => `${node.tagName}#${node.id}.${node.className} "${node.textContent.slice(0, 40)}"`;
    const tell = (fault, ...nodes) => found.push(`${fault}: ${nodes.map(name).join(" / ")}`);
    if (root.scrollWidth > innerWidth) tell("the page scrolls sideways", root);
    if (stage.scrollWidth > stage.clientWidth + 1) tell("the stage scrolls sideways", stage);
    const groups = {
        header: "#lab > header", sentence: "#sentence", strip: "#show", heads: ".panel .head", transport: "#transport",
        readout: "#readout-box", lesson: "#lesson",
    };
    const scrolledAway = (owner, box) => {
        for (let around = owner; around; around = around.parentElement) {
            const edge = around.getBoundingClientRect();
            if (!/auto|scroll/.test(getComputedStyle(around).overflowY)) continue;
            if (box.bottom > edge.bottom || box.top < edge.top) return true;
        }
        return false;
    };
    const texts = (root) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), all = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const owner = node.parentElement;
            if (!node.textContent.trim() || !seen(owner) || owner.closest(".popup, option, select")) continue;
            if (heard(owner)) continue;
            if (parseFloat(getComputedStyle(owner).fontSize) === 0) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            for (const box of range.getClientRects()) {
                if (box.width > 1 && box.height > 1 && !scrolledAway(owner, box)) all.push({ owner, box });
            }
        }
        return all;
    };
    for (const [group, selector] of Object.entries(groups)) {
        const all = [...document.querySelectorAll(selector)].filter(seen).flatMap(texts);
        for (const { owner, box } of all) {
            const strip = owner.closest("#show");
            if (strip && strip.scrollWidth > strip.clientWidth) continue; // it scrolls, and fades
            if (box.left < -1 || box.right > innerWidth + 1) tell("beyond the page", owner);
            for (let around = owner; around && around !== root; around = around.parentElement) {
                const { overflowX, overflowY } = getComputedStyle(around), edge = around.getBoundingClientRect();
                if (overflowX !== "visible" && (box.left < edge.left - 1 || box.right > edge.right + 1)) {
                    tell("cut at the side", owner, around);
                }
                if (overflowY === "hidden" && (box.top < edge.top - 2 || box.bottom > edge.bottom + 2)) {
                    tell("cut below", owner, around);
                }
            }
        }
        all.forEach((one, i) => all.slice(i + 1).forEach((other) => {
            const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
            const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
            const high = Math.min(one.box.height, other.box.height);
            if (one.owner === other.owner) return;
            if (across > 2 && down > 0.35 * high) tell("over one another", one.owner, other.owner);
        }));
    }
    const figures = [...document.querySelectorAll(".panel")].filter(seen);
    if (!figures.length) found.push("no panel");
    for (const figure of figures) {
        const around = figure.getBoundingClientRect();
        const numbers = [...figure.querySelectorAll(".xtick text")].map((node) => [node, node.getBoundingClientRect()]);
        numbers.forEach(([node, box], i) => {
            if (box.left < around.left || box.right > around.right) tell("a number is cut", figure, node);
            for (const [other, { left, right, top, bottom }] of numbers.slice(i + 1)) {
                const down = Math.min(box.bottom, bottom) > Math.max(box.top, top);
                const apart = Math.max(box.left, left) - Math.min(box.right, right);
                if (down && apart < 4) tell("numbers touch", node, other);
            }
        });
    }
    const least = Math.min(300, stage.clientWidth - 20);
    for (const figure of figures) {
        const { width, height } = figure.getBoundingClientRect();
        if (width < least || height < 219) found.push(`${figure.dataset.panel} is ${width} x ${height}`);
    }
    for (const one of figures) {
        for (const other of figures) {
            const [a, b] = [one, other].map((node) => node.getBoundingClientRect());
            const beside = a.right <= b.left + 1 || b.right <= a.left + 1;
            if (one === other || beside || a.bottom <= b.top + 1 || b.bottom <= a.top + 1) continue;
            found.push(`${one.dataset.panel} lies over ${other.dataset.panel}`);
        }
    }
    return [...new Set(found)];
}"""


def settled(page):
    """Once the page has answered to its size: what it lays out by script is done in the frame after."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def sweep(page, sizes):
    faults = {}
    for size in sizes:
        resize(page, size)
        settled(page)
        if found := page.evaluate(FAULTS):
            faults[f"{size['width']}x{size['height']}"] = found
    return faults


def opened(open_page, case, **how):
    page = open_page(path=CASES[case] + how.pop("more", ""), plain=True, **how)
    if case == "error":
        page.evaluate("(words) => lab.emit('problem', words)", ERROR)
        expect(page.locator("#sentence")).to_have_text(ERROR)
    if case == "lesson":
        expect(page.locator("#lesson")).to_be_visible()
    return page


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_cut_hidden_or_scrolls_sideways_at_any_width(open_page, case):
    page = opened(open_page, case)
    assert sweep(page, SIZES) == {}


@pytest.mark.parametrize("case", CASES)
def test_nor_with_the_spacing_that_a_reader_may_set(open_page, case):
    page = opened(open_page, case, bypass_csp=True)
    page.add_style_tag(content=SPACED)
    assert sweep(page, SIZES) == {}


@pytest.mark.parametrize("case", CASES)
def test_nor_on_a_projector_where_letters_are_large(open_page, case):
    more = f"{'&' if '?' in CASES[case] else '?'}size=projector"
    page = opened(open_page, case, more=more, size=BEAMERS[0])
    assert sweep(page, BEAMERS) == {}
    least = page.evaluate("""() => Math.min(...[...document.querySelectorAll(
        "#chips span, #chips button, #sentence, .panel h2, .panel .says, #transport button, #where span")]
        .filter((node) => node.getClientRects().length && node.textContent.trim())
        .map((node) => parseFloat(getComputedStyle(node).fontSize)))""")
    assert least >= 22
    assert page.evaluate("() => lab.theme.text()") >= 22


def test_an_axis_of_time_ends_with_a_number_where_it_has_room(open_page):
    page = open_page(path="/?on=loss,parameters&size=projector", plain=True, size=BEAMERS[0])
    numbers = """() => ["loss", "parameters"].map((name) =>
        [...lab.boards.get(name).graph.querySelectorAll(".xtick text")].map((node) => node.textContent).join(" "))"""
    until(page, f"(all) => ({numbers})().every((one) => one === all)", "0 10 20 30 40 50")
    page.set_viewport_size({"width": 1024, "height": 768})
    until(page, f"(some) => ({numbers})()[0] === some", "0 20 40")


@pytest.mark.parametrize("case", CASES)
def test_nor_in_letters_twice_as_large(open_page, case):
    """As a browser is set to have them: sizes and the widths at which the page is laid out otherwise follow."""
    page = opened(open_page, case)
    letters = {"standard": 32, "fixed": 26}
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": letters})
    until(page, "() => { dispatchEvent(new Event('resize')); return lab.theme.letters() === 2; }")
    assert sweep(page, SIZES) == {}


def test_one_panel_stands_on_a_phone_two_columns_from_760_px_and_three_from_1300(open_page):
    page = open_page(plain=True)
    page.evaluate("() => lab.onView.every()")
    shows(page, step=0)
    for width, panels, columns in ((390, 1, 1), (759, 6, 1), (760, 6, 2), (1179, 6, 2), (1299, 6, 2), (1300, 6, 3)):
        resize(page, {"width": width, "height": 900})
        expect(page.get_by_role("figure")).to_have_count(panels)
        settled(page)
        boxes = [one.bounding_box() for one in page.get_by_role("figure").all()]
        assert len({round(box["x"]) for box in boxes}) == columns, width
