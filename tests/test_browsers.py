"""Scripts, sheets and markup keep to what the oldest served browsers have."""

from pathlib import Path

import pytest

from tests import newer

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("assets", "components", "app")


def texts(*suffixes: str) -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.suffix in suffixes]


def names(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", texts(".js"), ids=names)
def test_a_script_uses_no_newer_built_in(path):
    assert newer.found(newer.SCRIPT, newer.plain(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", texts(".css"), ids=names)
def test_a_sheet_uses_no_newer_style(path):
    assert newer.found(newer.STYLE, newer.plain(path.read_text("utf-8"), line_comments=False)) == []


def test_no_markup_uses_newer_elements_or_attributes():
    for path in texts(".py", ".html"):
        assert newer.found(newer.MARKUP, path.read_text("utf-8")) == [], path


def test_what_hides_a_scrollbar_hides_it_in_every_browser():
    """Firefox knows the one, the others learnt it late and know the other."""
    for path in texts(".css"):
        sheet = path.read_text("utf-8")
        assert ("scrollbar-width: none" in sheet) == ("::-webkit-scrollbar" in sheet), path


@pytest.mark.parametrize(
    "line",
    [
        "Object.groupBy(a, f)", "new Set(a).intersection(b)", "a.union(b)", "map.values().map(f)",
        "t.matchAll(r).map(f)", "set.keys().toArray()", "const { promise } = Promise.withResolvers()",
        "node.ariaLabel = 'x'", "node.role = 'x'", "Object.assign(n, { ariaHidden: 'true' })",
        "const r = /[\\p{L}--[a-z]]/v;", "ctx.letterSpacing = '1px'", "ctx.reset()", "node.showPopover()",
        "URL.canParse(x)", "new Intl.Segmenter()", "x.isWellFormed()", "buffer.transfer()",
        "import x from './x.json' with { type: 'json' }", "for await (const part of stream) f(part)",
        "for await (const part of lines) f(part)", "for await (const part of response.body) f(part)",
        "for await (const part of read(lines(body)))",
        "scheduler.yield()", "navigation.addEventListener('x', f)", "AbortSignal.any([a, b])",
        "window.requestIdleCallback(f)", "crypto.randomUUID()", "e.getCoalescedEvents()", "node.checkVisibility()",
        "using x = f()", "Array.fromAsync(x)", "addEventListener('scrollend', f)",
    ],
)
def test_the_search_finds_newer_script(line):
    assert newer.found(newer.SCRIPT, newer.plain(line))


@pytest.mark.parametrize(
    "rule",
    [
        "a:has(b) { color: red }", "a { & b { color: red } }", "a {\n  &:hover { color: red }\n}",
        "a { color: light-dark(red, blue) }", "@starting-style { a { opacity: 0 } }", "a { text-wrap: balance }",
        "a { width: round(1px, 2px) }", "a { margin: 1lh }", "a { field-sizing: content }", "a { mask-image: none }",
        "a { user-select: none }", "a { display: block math }", "a { color: rgb(from red r g b) }",
        ":popover-open { color: red }", "@property --x { syntax: '*' }", "@scope (a) { b { x: y } }",
    ],
)
def test_the_search_finds_newer_style(rule):
    assert newer.found(newer.STYLE, rule)


@pytest.mark.parametrize(
    "line",
    [
        "const later = window.requestIdleCallback ?? f", "Object.values(a).map(f)", "[...map.values()].map(f)",
        "a.map(f).filter(g)", "lab.address.write({ push: true })", "list.toSorted(f)",
        "element('p', { role: 'status', 'aria-label': 'x' })", "const half = a / b, v = c / d;",
        "text.split(/[,;]/g)", "new Highlighter()", "const name = details.name", "re.exec(line)?.[0]",
        "class A { static { f() } }", "for await (const part of server.stream('felt', about)) f(part)",
        "for await (const { end } of lines(response.body)) f(end)",
    ],
)
def test_the_search_lets_the_old_pass(line):
    assert newer.found(newer.SCRIPT, newer.plain(line)) == []
