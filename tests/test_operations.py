"""What is told to those who run the lab: commands, numbers and names in docs/OPERATIONS.md and SECURITY.md are true."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from app import caching, envelope, security
from app.config import LIMIT, Settings
from app.factory import create_app
from app.operating import metrics
from app.training import patience
from app.training.room import THREADS
from components import browsers
from components.formulas import custom, derivatives, expressions
from components.links import packing, query
from components.points import dataset, table
from components.settings import budget

ROOT = Path(__file__).resolve().parents[1]
BOUNDS = [
    f"{security.BODY_LIMIT // 1024} kB and {envelope.DEEPEST} levels",
    f"when {budget.LONGEST:g} s or {budget.LARGEST / 1e6:g} MB are expected, and stopped after {budget.DEADLINE:g} s",
    f"{custom.MAX_LENGTH} letters, depth {expressions.MAX_DEPTH}, exponents to {expressions.MAX_EXPONENT}",
    f"derivatives within {derivatives.MAX_SECONDS:g} s",
    f"{dataset.MAX_LENGTH:,} letters, {table.MAX_LINES:,} lines, {dataset.MAX_POINTS:,} points",
    f"{query.LONGEST_READ:,} letters are read, {packing.LARGEST:,} unpacked",
    f"waited for {patience.SECONDS:g} s in all, and longer only for {patience.RATE:,} bytes a second",
    f"{LIMIT:,} requests a second, then 429",
    f"{THREADS}\n  for each worker",
]


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def operations() -> str:
    return text("docs/OPERATIONS.md")


@pytest.mark.parametrize("bound", BOUNDS)
def test_the_bounds_that_are_told_are_those_that_hold(bound):
    assert bound in text("SECURITY.md")


def test_everything_that_bounds_something_is_there():
    """Besides what has a slash in it (tests/test_repository.py)."""
    rows = re.findall(r"(?m)^\| [a-z].*\| (`.*`) \|$", text("SECURITY.md"))
    assert len(rows) > 12
    for path in re.findall(r"`([^`]+)`", " ".join(rows)):
        assert (ROOT / path).is_file(), path


def test_what_a_fault_gives_away_is_what_is_told():
    for name in ("app/callbacks.py", "app/answers.py"):
        assert "%.2000r" in text(name)
    assert caching.WEEK == 7 * 24 * 3600
    assert "for a week at most" in operations()


def test_the_commands_are_the_makefiles_and_the_programs():
    targets = re.search(r"^\.PHONY: (.*)$", text("Makefile"), re.MULTILINE)[1].split()
    named = set(re.findall(r"\bmake (\w+)", re.sub(r"\bmake (?:them|one)\b", "", operations() + text("SECURITY.md"))))
    assert {"run", "lock", "audit", "sbom", "test"} <= named <= set(targets)
    assert f":{Settings().port}`" in operations()
    for needed in re.findall(r"[\d.]+", browsers.NEEDED):
        assert needed in re.search(r"\* Students need (.*) or newer", operations())[1]


def test_what_it_tells_of_itself_is_at_the_addresses_that_are_listed(monkeypatch):
    monkeypatch.setattr(metrics, "_kept", {})
    told = re.findall(r"(?m)^\| `(/\w+)` \|", operations())
    client = create_app(Settings(metrics=True)).server.test_client()
    assert told == ["/healthz", "/readyz", "/version", "/metrics"]
    assert [client.get(path).status_code for path in told] == [200] * 4


def test_the_numbers_that_are_worth_an_alarm_are_counted():
    named = set(re.findall(rf"{metrics.SPACE}_(\w+)", operations()))
    assert named
    assert {name.removesuffix("_total") for name in named} <= metrics.COUNTED.keys() | metrics.TIMED.keys()


def test_the_line_of_the_log_is_one_that_is_written():
    (line,) = re.findall(r"```json\n(.*)\n```", operations())
    assert list(json.loads(line)) == ["time", "method", "route", "status", "ms", "bytes"]
