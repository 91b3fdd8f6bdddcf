"""The types of assets/, which `make lint` checks: how often one says nothing."""

import re

from components import modules

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
