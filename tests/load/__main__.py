"""`make load`: the real server under load, one measurement after the other, each with what is to be reached.

It prints figures and judges none, and the machine's load before and after, without which they mean little. Everything
is asked from this machine, of a server on a port of its own, and ends when its time is over. Parts by name:
`python -m tests.load LOCUST class rates`; `--seconds` is how long a class lasts.
"""

import argparse
import os
import platform
import time
from collections.abc import Callable

from tests.load import classroom, growth, others, rates


def load() -> str:
    """The machine's."""
    return ", ".join(f"{one:.2f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def main() -> None:
    """Print every figure that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description="Measure the server under load.")
    parser.add_argument("locust", help="locust's program")
    parser.add_argument("parts", nargs="*", help="class, rates, cold, dragged, heavy, growth, replicas; all by default")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long a class lasts")
    given = parser.parse_intermixed_args()
    short = min(given.seconds, 8.0)
    parts: dict[str, Callable[[], object]] = {
        "class": lambda: classroom.print_class(given.locust, given.seconds),
        "dragged": lambda: classroom.print_dragged(given.locust, given.seconds / 2),
        "heavy": others.print_heavy,
        "rates": lambda: rates.print_cached(short),
        "cold": lambda: rates.print_cold(short),
        "growth": lambda: growth.print_growth(10_000),
        "replicas": lambda: growth.print_replicas(short),
    }
    begun = time.monotonic()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load()} (1, 5 and 15 minutes)")
    for name in given.parts or parts:
        print()
        before = load()
        parts[name]()
        print(f"  load {before} before, {load()} after", flush=True)
    print(f"\nAll in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
