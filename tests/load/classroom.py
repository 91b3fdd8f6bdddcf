"""A classroom: a class before the real server, and one where somebody drags over long runs. Knows locust's program."""

import os
import resource
import statistics
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from app.config import LIMIT
from tests.load import figures, plan
from tests.load.server import ROOT, Served, end, serving, watched
from tests.processes import child

SLACK_SECONDS = 60
"""After which a class that has not ended is ended."""
HELD_MB = 512


def attended(locust: str, served: Served, seconds: float, *kinds: str) -> tuple[figures.Class, float]:
    """What a class of so many seconds had, and the seconds of the processors that playing it took."""
    with TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        lasts = plan.OPENING_SECONDS + seconds + SLACK_SECONDS
        users = plan.STUDENTS + (len(kinds) > 1)
        command = [
            locust, "--locustfile", "tests/load/students.py", "--headless", "--only-summary", "--skip-log-setup",
            "--host", served.address, "--users", f"{users}", "--spawn-rate", f"{users}", "--stop-timeout", "5",
            "--run-time", f"{lasts:.0f}s", "--told", f"{told}", "--seconds", f"{seconds:g}", *kinds,
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **child())
        try:
            said, _ = process.communicate(timeout=2 * lasts)
        finally:
            end(process)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if not told.exists():
            raise RuntimeError(f"locust has not begun: {said[-2000:]}")
        took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return figures.of_class(told.read_text("utf-8"), plan.STUDENTS), took


def say(what: str, found: figures.Figures, goal: str = "") -> None:
    """Print a row of figures."""
    print(f"  {what:<38}median {found.median:6.0f} ms, p95 {found.p95:6.0f}, longest {found.longest:6.0f}, "
          f"{found.errors} errors of {found.count}{goal}")
    if found.again:
        print(f"    {found.again} times the server had too much to do, and was asked again as a page asks it")
    for wrong, count in found.wrong.most_common(3):
        print(f"    {count} times: {wrong[:160]}")


def print_class(locust: str, seconds: float) -> figures.Class:
    """A class, its moves, and what it costs."""
    print(f"A class of {plan.STUDENTS} opens within {plan.OPENING_SECONDS:g} s, and each moves a slider every "
          f"{plan.PAUSE_SECONDS:g} s for {seconds:g} s, half of the moves to what another has used:")
    with serving(LAB_LIMIT=str(LIMIT)) as served:
        time.sleep(2)  # the processes that train are there
        started = served.memory()
        with watched(served) as looks:
            before = served.busy()
            found, played = attended(locust, served, seconds, "Student")
            took = served.busy() - before
        say("openings", found.openings)
        say("moves", found.moves, "   (to reach: 0 errors, median 150, p95 500)")
        say("  of these to a run that stood", found.stood)
        say("  of these to a run that was made", found.made)
        print(f"  {found.per_second:.1f} moves a second of {plan.STUDENTS / plan.PAUSE_SECONDS:g} that are wanted; the "
              f"server took {took:.1f} s of the processors, the class itself {played:.1f} s")
        print(f"  memory, as the sum of its processes' shares: {started:.0f} MB at the start, {max(looks):.0f} MB at "
              f"its height, {statistics.median(looks):.0f} MB as a rule   (to reach: {HELD_MB} MB)")
    return found


def print_dragged(locust: str, seconds: float) -> None:
    """The same with one more, who drags over long runs, beside one without, both as short."""
    print(f"With one more who drags over runs of {plan.LONG_POINTS:,} points (network-8, {plan.LONG_STEPS:,} steps):")
    p95 = {}
    for kinds in (("Student",), ("Student", "Dragger")):
        with serving(LAB_LIMIT=str(LIMIT)) as served, watched(served) as looks:
            found, _ = attended(locust, served, seconds, *kinds)
        p95[kinds] = found.moves.p95
        say("moves, " + ("with a dragger" if len(kinds) > 1 else "without"), found.moves)
        if found.drags.count:
            print(f"    the dragger asked {found.drags.count} times, and gave up {found.drags.errors} of these after "
                  "a second, as a page does")
            print(f"  memory at its height {max(looks):.0f} MB   (to reach: {HELD_MB} MB)")
    without, beside = p95.values()
    print(f"  the others' p95 is {beside / without:.2f} times as long   (to reach: 2)")
