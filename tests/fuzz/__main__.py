"""`make fuzz`: 50,000 hostile requests, most of them on the application in this process, the others over sockets on the
real server; with slow connections besides. It prints the seed: `make fuzz SEED=7` sends the same again.

Exit code 1 where anything was wrong.
"""

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from app.config import Settings
from app.factory import create_app
from app.training.patience import SECONDS
from tests.fuzz import inside, outside
from tests.fuzz.inside import Report

NUMBER = 50_000
OVER_SOCKETS = 25
"""One of so many requests goes over a socket."""
GROWTH = 60.0
"""Megabytes by which a process may have grown after the first third: its caches fill, then nothing more."""
FRAME = "https://moodle.example.org"


def main(seed: int, number: int) -> int:
    """Attack; how many faults were found, at most 1."""
    print(f"seed {seed}: `make fuzz SEED={seed}` sends the same requests again", flush=True)
    sockets = number // OVER_SOCKETS
    found = [of_the_application(seed, range(sockets, number)), of_the_server(seed, range(sockets))]
    return 1 if any(found) else 0


def of_the_application(seed: int, numbers: range) -> int:
    """Faults of the application in this process."""
    training = inside.Training()
    app = create_app(Settings(limit=0, metrics=True, proxies=1, frame_ancestors=(FRAME,)), training)
    began = time.monotonic()
    report = inside.attacked(app.server.wsgi_app, training, seed, numbers)
    return told(f"the application, {len(numbers):,} requests in {time.monotonic() - began:.0f} s", report)


def of_the_server(seed: int, numbers: range) -> int:
    """Faults of the real server, while eight slow connections do nothing to it."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, outside.serving(Path(folder)) as server:
        with outside.slow(server.port, len(outside.SLOW)) as silent:
            report = outside.attacked(server, seed, numbers)
            if left := len(silent) - outside.cut_off(silent, 4 * SECONDS):
                report.faults.append(f"{left} silent connections are still open")
        if left := outside.trickled(server.port, 2 * SECONDS):
            report.faults.append(f"{left} connections that trickle are still open")
    return told(f"the server, {len(numbers):,} requests in {time.monotonic() - began:.0f} s", report)


def told(what: str, report: Report) -> int:
    """Say what came of it; how many faults there were."""
    if report.grown > GROWTH:
        report.faults.append(f"memory grew by {report.grown:.0f} MB")
    slowest = ", ".join(f"{seconds:.1f} s ({where})" for seconds, where in report.slowest)
    answers = ", ".join(f"{count:,} of {status}" for status, count in sorted(report.statuses.items()))
    print(f"{what}: {answers}; the slowest took {slowest}; memory grew by {report.grown:.0f} MB")
    for fault in report.faults:
        print(f"  {fault}")
    print(f"  {len(report.faults)} faults", flush=True)
    return len(report.faults)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    asked.add_argument("--number", type=int, default=NUMBER)
    given = asked.parse_args()
    sys.exit(main(given.seed, given.number))
