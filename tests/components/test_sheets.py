"""The style sheets: all of them are listed, none is long, and the offline page has each that dresses what is on it."""

import re

import pytest

from components import sheets
from components.offline import page
from optim import Experiment

FOUND = sorted(path.stem for path in sheets.STYLES.glob("*.css"))
MOST, LONGEST = 23, 300


def selectors(text: str) -> list[str]:
    """The selectors of a sheet's rules, those of a list one by one."""
    plain = re.sub(r"/\*.*?\*/|@[^{]*\{", "", text, flags=re.DOTALL)
    found, depth = [""], 0
    for mark in ",".join(re.findall(r"([^{}]+)\{", plain)):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if mark == "," and depth == 0:
            found.append("")
        else:
            found[-1] += mark
    return [one.strip() for one in found]


def test_each_sheet_is_listed_once():
    assert sorted([*sheets.LAB, sheets.CONTRAST]) == FOUND
    assert len(FOUND) <= MOST


@pytest.mark.parametrize("name", FOUND)
def test_a_sheet_can_be_read_at_once(name):
    assert sheets.text(name).count("\n") <= LONGEST


def test_the_offline_page_lacks_no_rule_for_what_is_on_it():
    made = str(page.page(Experiment(epochs=1), link="http://127.0.0.1/"))
    body = made[made.index("<body") : made.index('id="offline-data"')]
    there = {f"#{name}" for name in re.findall(r'\bid="([^"]+)"', body)}
    there |= {f".{name}" for names in re.findall(r'\bclass="([^"]+)"', body) for name in names.split()}
    there -= {"#settings", ".settings"}  # a list to read, which has a sheet of its own
    for sheet in set(sheets.LAB) - set(sheets.OFFLINE):
        for selector in selectors(sheets.text(sheet)):
            if ":is(" in selector or "[data-" in selector:
                continue  # of states that this page is never in, and lists that hold a name of the form's
            names = set(re.findall(r"[#.][\w-]+", selector))
            assert not names or not names <= there, f"{sheet}: {selector}"
