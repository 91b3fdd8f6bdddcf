"""The check of WCAG 2.2 in docs/ACCESSIBILITY.md is whole: all 55 criteria of level A and AA, each with a verdict, and
the tests that it names are there."""

import re

from tests.test_repository import ROOT, text

# Web Content Accessibility Guidelines 2.2, https://www.w3.org/TR/WCAG22/: criteria of each level by guideline.
A = {"1.1": [1], "1.2": [1, 2, 3], "1.3": [1, 2, 3], "1.4": [1, 2], "2.1": [1, 2, 4], "2.2": [1, 2], "2.3": [1],
     "2.4": [1, 2, 3, 4], "2.5": [1, 2, 3, 4], "3.1": [1], "3.2": [1, 2, 6], "3.3": [1, 2, 7], "4.1": [2]}
AA = {"1.2": [4, 5], "1.3": [4, 5], "1.4": [3, 4, 5, 10, 11, 12, 13], "2.4": [5, 6, 7, 11], "2.5": [7, 8], "3.1": [2],
      "3.2": [3, 4], "3.3": [3, 4, 8], "4.1": [3]}
VERDICTS = {"holds", "in part", "not asked", "not known"}


def listed(level):
    return [f"{guideline}.{number}" for guideline, numbers in level.items() for number in numbers]


def rows(part):
    return re.findall(r"(?m)^\| (\d\.\d\.\d+) \| [^|]+ \| ([^|]+) \| (\S[^|]+) \|$", part)


def test_every_criterion_is_there_once_with_a_verdict_and_what_shows_it():
    _, a, aa = re.split(r"(?m)^## Level A+$", text("docs/ACCESSIBILITY.md"))
    for part, level in ((a, A), (aa, AA)):
        found = rows(part)
        assert [name for name, _, _ in found] == listed(level)
        assert {verdict for _, verdict, _ in found} <= VERDICTS
    assert len(listed(A) + listed(AA)) == 55
    assert "**Not known:** how it sounds" in text("docs/ACCESSIBILITY.md")


def test_the_tests_that_it_names_are_there():
    named = set(re.findall(r"`((?:tests/[\w/]+/)?test_\w+\.py)`", text("docs/ACCESSIBILITY.md")))
    assert len(named) > 10
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    there |= {name.removeprefix("tests/browser/") for name in there}
    assert named <= there
