"""The types of assets/: the rooms that pass a strict check, and how often a type says nothing."""

import os
import re
import shutil
import subprocess
import sysconfig

import pytest

from components import modules

STRICT = (
    "base/", "dash.js", "drawers/", "export/", "form/", "main.js", "panels/surface/", "player.js", "player/", "plot/",
    "run/", "state/",
)
"""Rooms and modules without a fault under the strict check. The list only grows; it goes when all of them are in it."""
MOST = 25
"""Types that say nothing, in all of assets/; each has its reason on its line."""
NOTHING = re.compile(r"(?<![\w$.])(?:any|Object|Function)\b|(?<![\w)\]])\*(?=\s*[\]}),|>;]|$)")
IGNORED = re.compile(r"@ts-(?:ignore|expect-error|nocheck)")
COMMENT = re.compile(r"/\*\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)
BRACES = re.compile(r"@\w+\s*(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})")
FAULT = re.compile(r"^TS\d+ \[ERROR\]:.*?\n +at file:\S+?/assets/([^:\s]+):\d+", re.DOTALL | re.MULTILINE)
REASON = re.compile(r"(?://|\*/|--)\s*\w+ \w+")


@pytest.fixture(scope="module")
def faults():
    """The files, by their path in assets/, with the faults that the strict check finds in them."""
    deno = shutil.which("deno", path=os.pathsep.join([sysconfig.get_path("scripts"), *os.get_exec_path()]))
    command = [deno, "check", "--config", "tests/assets/strict.json", "--no-remote", "assets"]
    environment = {**os.environ, "NO_COLOR": "1"}
    found = subprocess.run(command, cwd=modules.ASSETS.parent, capture_output=True, text=True, env=environment)
    files = FAULT.findall(found.stderr)
    assert files or found.returncode == 0, found.stderr
    return found.stderr, set(files)


@pytest.mark.parametrize("part", STRICT)
def test_a_room_passes_the_strict_check(part, faults):
    said, files = faults
    assert [file for file in files if file.startswith(part)] == [], said


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
