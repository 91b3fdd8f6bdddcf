"""The load: the recording is what the page asks, a class asks as it says, and figures that are none are no figures.

That a real page asks for the same is tests/browser/test_recording.py's.
"""

import json
import subprocess
import sys

import pytest

from app.config import Settings
from app.factory import create_app
from components.settings import budget
from components.settings.parsing import parse
from components.settings.table import SETTINGS
from tests.load import asking, figures, plan, recording, server
from tests.processes import PROC, child, free_port, is_there, wait_for

RECORDED = recording.read()


@pytest.fixture(scope="module")
def client():
    return create_app(Settings()).server.test_client()


@pytest.mark.parametrize("path", RECORDED["openings"])
def test_an_opening_is_what_the_page_of_today_names(client, path):
    html = client.get(path).text
    asked = [one["path"] for one in RECORDED["openings"][path]]
    assert asked[0] == path
    assert {*recording.named(html)} - {*recording.own(recording.named(html))} <= {*asked}
    for one in RECORDED["openings"][path]:
        for address in recording.resolved(one["path"], html) if one["path"] != path else [path]:
            reply = client.get(address) if "body" not in one else client.post(address, json=one["body"])
            assert reply.status_code == 200, address
    assert {"/_dash-layout", "/_dash-dependencies"} <= {*asked}


def test_what_the_page_no_longer_names_is_told(client):
    with pytest.raises(LookupError, match="anew"):
        recording.resolved("/_dash-component-suites/dash/gone.*.js", client.get("/").text)


def test_a_page_that_leaves_out_a_file_of_its_own_is_recorded_file_by_file():
    names = [f"/assets/{'0' * 12}/{name}.js" for name in "ab"]
    html = "".join(f'<script src="{name}"></script>' for name in names)
    both = [{"path": recording.general(name)} for name in names]
    assert recording.opening([{"path": "/"}, *both, both[0]], html) == [{"path": "/"}, {"path": recording.OURS}]
    assert recording.opening([{"path": "/"}, both[0]], html) == [{"path": "/"}, both[0]]


def test_a_move_is_a_run_of_the_pages_settings(client):
    move = RECORDED["move"]
    assert move["body"]["values"].keys() <= {*SETTINGS, "methods", "data"}
    reply = client.post(move["path"], json=move["body"]).json
    assert (reply["problem"], reply["errors"]) == (None, {})
    assert reply["run"]["steps"] == 1_500


def test_the_text_of_a_recording_is_what_is_read():
    assert json.loads(recording.written(RECORDED)) == RECORDED
    assert recording.written(RECORDED) == recording.FILE.read_text("utf-8")


def test_half_of_all_moves_are_to_what_another_has_used():
    rates = {(student, move): plan.rate(student, move) for student in range(plan.STUDENTS) for move in range(30)}
    used = {}
    for (student, _), rate in rates.items():
        used.setdefault(rate, []).append(student)
    assert {len(students) for students in used.values()} == {2}
    assert all(len({*students}) == 2 for students in used.values())
    for student in range(plan.STUDENTS):
        assert len({rates[student, move] for move in range(30)}) == 30
    found = {parse({"lr": rate}).experiment.canonical for rate in used}
    assert len(found) == len(rates) / 2


def test_the_runs_are_what_they_are_called():
    long = parse(plan.LONG).required
    assert (long.points.size, long.steps) == (plan.LONG_POINTS, plan.LONG_STEPS)
    assert budget.cost(parse(plan.HEAVY).required).seconds > budget.LONGEST / 2


def line(what, ms, wrong=None, **more):
    return json.dumps({"what": what, "at": ms, "ms": ms, "wrong": wrong, **more})


def test_figures_are_of_all_that_was_asked():
    moves = [line("move", ms, stood=ms % 2 == 0) for ms in range(1, 101)]
    last = line("move", 101, "503", again=2)
    text = "\n".join([line("opening", 5), line("opening", 7), *moves, last, line("drag", 9)])
    found = figures.of_class(text, students=2)
    assert (found.openings.count, found.openings.longest) == (2, 7)
    assert (found.moves.count, found.moves.median, found.moves.p95, found.moves.longest) == (101, 51, 96, 101)
    assert (found.moves.errors, found.moves.wrong) == (1, {"503": 1})
    assert (found.moves.again, found.openings.again) == (2, 0)
    assert (found.stood.count, found.made.count, found.drags.count) == (50, 50, 1)
    assert found.per_second == 101 / 100


@pytest.mark.parametrize(
    "text", ["", line("opening", 5), "\n".join([line("opening", 5)] * 2), line("move", 5), "no line of ours"]
)
def test_what_is_not_of_a_whole_class_has_no_figures(text):
    with pytest.raises(ValueError, match=r"students|slider|Expecting"):
        figures.of_class(text, students=2)


def test_whoever_breaks_off_or_refuses_is_counted():
    units = iter([[asking.Request.of("/")]] * 4 + [[]] * 2)
    rate = asking.hammered(free_port(), lambda: next(units), float("inf"), 2)
    assert (rate.count, rate.wrong) == (4, {0: 4})


def test_units_that_end_are_asked_once_each():
    units = iter([[], []])
    assert asking.hammered(1, lambda: next(units), float("inf"), 2).count == 0


def test_a_server_is_its_processes_and_ends_with_all_of_them():
    """A first process with a child of its own, as gunicorn has workers; nothing but a signal ends this one."""
    held = "import time; time.sleep(600)"
    script = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {held!r}]); sys.stdin.read()"
    process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, **child())
    served, all_of = server.Served(1, process.pid), []
    try:
        if PROC.exists():
            wait_for(lambda: len(served.processes()) == 2)
            all_of = served.processes()
            assert served.workers() == served.processes()[1:]
            assert served.memory() > server.memory(process.pid) > 0
    finally:
        server.end(process)
        process.stdin.close()
    assert process.poll() is not None
    wait_for(lambda: not any(is_there(pid) for pid in all_of))
    assert server.memory(process.pid) == 0 or not PROC.exists()
