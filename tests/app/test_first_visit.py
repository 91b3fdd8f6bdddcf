"""The first visit: what of our own a browser fetches before the first picture, by the page and its import graph."""

import re

import brotli
import pytest

from app import assets
from components import modules, sheets

REQUESTS, BYTES = 90, 125_000  # to stay within; bytes as brotli of level 6 leaves them, styles included
LATE = ("drawers/methods/cards.js", "drawers/lessons/lesson.js", "drawers/microscope/drawer.js", "drawers/theory.js",
        "drawers/problem/drawer.js", "drawers/share/files.js", "explore/group.js")


@pytest.fixture(scope="module")
def named(app):
    """The addresses of our own that the page names."""
    html = app.server.test_client().get("/").text
    return re.findall(rf'(?:src|href)="/({assets.folder()}/[^"]+)"', html)


def test_it_stays_within_its_requests_and_bytes(client, named):
    sizes = {path: len(brotli.compress(client.get(f"/{path}", buffered=True).data, quality=6)) for path in named}
    assert len(sizes) == len(named)
    assert len(sizes) <= REQUESTS
    assert sum(sizes.values()) <= BYTES


def test_the_page_names_exactly_what_is_imported_at_once_and_no_drawer(named):
    scripts = {path.removeprefix(f"{assets.folder()}/").partition("?")[0] for path in named}
    assert scripts == {*modules.closure(modules.MAIN), "dash.js", assets.STYLES}
    assert scripts & {*LATE} == set()
    assert not any(name.startswith(("export/", "explore/")) for name in scripts)


def test_plotly_is_asked_for_by_our_own_entry_under_a_name_of_its_content(client):
    html = client.get("/").text
    address = re.search(r'data-plotly="([^"]+)"', html)[1]
    assert not re.search(r"<script[^>]*plotly", html), "it would be run before the page is built"
    reply = client.get(address)
    assert reply.text.startswith("/**\n* plotly.js v")
    assert "immutable" in reply.headers["Cache-Control"]


def test_what_comes_later_is_reached_by_imports_that_say_so():
    found, entries = set(), {modules.MAIN}
    while entries:
        here = {name for entry in entries for name in modules.closure(entry)} - found
        found |= here
        entries = {other for name in here for other in modules.imported(name, later=True)} - found
    assert {*modules.every()} == found


def comments(text):
    """Where comments stand in a script: the lines of each that no code shares, found by reading it letter by letter."""
    lines, found, at, line, holes, before = text.split("\n"), set(), 0, 0, [], ""

    def skip(end):
        nonlocal at, line
        line += text.count("\n", at, end)
        at = end

    def template(start):
        """The end of the template's text from `start`: behind its last "`", or behind the "${" of a hole in it."""
        return re.compile(r"(?:\\[\s\S]|\$(?!\{)|[^\\`$])*(?:`|\$\{)").match(text, start).end()

    while at < len(text):
        here = text[at]
        if text.startswith(("//", "/*"), at):
            long = here + text[at + 1] == "/*"
            end = text.index("*/", at) + 2 if long else (text + "\n").index("\n", at)
            last = line + text.count("\n", at, end)
            alone = not lines[line][:at - text.rfind("\n", 0, at) - 1].strip()
            if alone and not text[end:(text + "\n").index("\n", end)].strip():
                found |= {*range(line, last + 1)}
            skip(end)
            continue
        if here in "\"'":
            skip(re.compile(rf"{here}(?:\\.|[^\\{here}])*{here}").match(text, at).end())
        elif here == "`" or (here == "}" and holes and holes[-1] == 0):
            if here == "}":
                holes.pop()
            end = template(at + 1)
            if text[end - 1] == "{":
                holes.append(0)
            skip(end)
        elif here == "/" and not re.search(r"[\w)\]}]$", before):
            skip(re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[])+/").match(text, at).end())
        else:
            if holes:
                holes[-1] += (here == "{") - (here == "}")
            skip(at + 1)
        if not here.isspace():
            before = here
    return found


@pytest.mark.parametrize("name", list(modules.every()))
def test_only_comments_are_left_out_and_lines_stay_where_they_are(name):
    text = modules.text(name)
    before, after = text.split("\n"), assets.bare(text).split("\n")
    assert len(after) == len(before)
    left_out = {at for at, line in enumerate(before) if line.strip() and not after[at]}
    assert left_out == {at for at in comments(text) if before[at].strip()}
    assert all(after[at] == line for at, line in enumerate(before) if at not in left_out)


def test_a_comment_is_known_from_what_only_looks_like_one():
    text = 'a /* b */;\n/* c */ d;\n  // e\n/**\n * f\n */\nconst g = "/* h */"; // i\n/* j */ k /* l */\n/* m */\n'
    assert assets.bare(text) == 'a /* b */;\n/* c */ d;\n\n\n\n\nconst g = "/* h */"; // i\n/* j */ k /* l */\n\n'


def test_each_sheet_is_in_one_of_two_and_that_of_contrast_themes_alone(client):
    names = (assets.STYLES, assets.LATER_STYLES, assets.CONTRAST)
    told = [client.get(f"/{assets.folder()}/{name}").text for name in names]
    for path in modules.ASSETS.rglob("*.css"):
        rules = [line for line in assets.bare(path.read_text("utf-8")).split("\n") if line]
        found = ["\n".join(rules) in re.sub(r"\n{2,}", "\n", sheet) for sheet in told]
        both = path.stem == "touch"  # the least sizes of targets, which end each
        assert sum(found) == 1 + both, path
        assert found[-1] == (path.stem == sheets.CONTRAST)
