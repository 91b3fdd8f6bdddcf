"""The types of assets/, which `make lint` checks: how often one says nothing."""

import re

from components import modules
from components.panels import CONTROLS

MOST = 25
"""Types that say nothing, in all of assets/; each has its reason on its line."""
NOTHING = re.compile(r"(?<![\w$.])(?:any|Object|Function)\b|(?<![\w)\]])\*(?=\s*[\]}),|>;]|$)")
IGNORED = re.compile(r"@ts-(?:ignore|expect-error|nocheck)")
COMMENT = re.compile(r"/\*\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)
BRACES = re.compile(r"@\w+\s*(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})")
REASON = re.compile(r"(?://|\*/|--)\s*\w+ \w+")


def types():
    """(line, type) of every type that is written down."""
    for path in sorted(modules.ASSETS.rglob("*.d.ts")):
        for line in path.read_text("utf-8").splitlines():
            if not line.lstrip().startswith(("//", "/*", "*")):
                yield line, line.partition(" // ")[0]
    for name in modules.every():
        text = modules.text(name)
        for comment in COMMENT.findall(text):
            for found in BRACES.findall(comment):
                start = text.index(comment) + comment.index(found)
                yield text[text.rfind("\n", 0, start) + 1:].partition("\n")[0], found


def test_few_types_say_nothing_and_each_says_why():
    found = [line for line, kind in types() if NOTHING.search(kind)]
    found += [line for name in modules.every() for line in modules.text(name).splitlines() if IGNORED.search(line)]
    assert [line for line in found if not REASON.search(line)] == []
    assert len(found) <= MOST


def test_what_the_panels_controls_stand_at_has_the_types_of_their_rows():
    body = (modules.ASSETS / "types.d.ts").read_text("utf-8").partition("interface Chosen {\n")[2].partition("}")[0]
    chosen = dict(re.findall(r"^  (\w+): (\w+);$", body, re.MULTILINE))
    names = {bool: "boolean", int: "number", str: "string"}
    told = {name: row.default for name, row in CONTROLS.items() if row.default is not None}
    assert chosen == {name: names[type(value)] for name, value in told.items()}
