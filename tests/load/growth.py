"""Growth: what a worker keeps of many different experiments, and what a second server brings. Knows no class."""

import itertools
import math
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import nginx
from tests.load.asking import Request, hammered
from tests.load.rates import AT_A_TIME, WARM_SECONDS, Cost, move, say, stands_at
from tests.load.server import memory, serving
from tests.processes import free_port

SMALL = {"epochs": 2, "points": 5}
"""Ten steps: what is kept of an experiment does not depend on its length."""
ENOUGH_CORES = 4
BEHIND = """
upstream lab {{ {servers} keepalive 16; }}
server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://lab; proxy_http_version 1.1; proxy_set_header Connection ""; }}
}}
"""


def print_growth(many: int) -> None:
    """How much more a worker has after the second half of so many experiments."""
    begun, looks, wrong = time.monotonic(), [], 0
    with serving(WEB_CONCURRENCY="1") as served:
        (worker,) = served.workers()
        looks.append(memory(worker))
        for half in (range(many // 2), range(many // 2, many)):
            numbers = iter(half)

            def unit(numbers: Iterator[int] = numbers) -> list[Request]:
                return [different(number) for number in itertools.islice(numbers, 1)]

            wrong += hammered(served.port, unit, math.inf, AT_A_TIME).wrong.total()
            looks.append(memory(worker))
    first, second = looks[1] - looks[0], looks[2] - looks[1]
    print(f"{many:,} different experiments in {time.monotonic() - begun:.0f} s, {wrong} errors: a worker has "
          f"{looks[0]:.0f} MB at first,\n  the first half adds {first:.1f} MB, the second {second:.1f}   (to reach: 5)")


def different(number: int) -> Request:
    """An experiment for each number."""
    return move(**SMALL, seed=number % 1000, lr=round(0.001 + 1e-7 * number, 7))


def print_replicas(seconds: float) -> None:
    """Cached moves through a proxy, before one server of one worker and before two with a cache in common."""
    program = nginx.found()
    if program is None:
        print("Two servers behind a proxy: not measured, as there is no nginx here.")
        return
    print("Behind nginx, servers of one worker each and with one cache, cached moves:")
    rates = {}
    for many in (1, 2):
        with TemporaryDirectory() as folder, ExitStack() as stack:
            labs = [stack.enter_context(serving(WEB_CONCURRENCY="1", LAB_CACHE=f"dir:{folder}")) for _ in range(many)]
            at = Request.of(stands_at(labs[0]))
            port = free_port()
            text = BEHIND.format(servers="".join(f"server 127.0.0.1:{lab.port}; " for lab in labs), port=port)
            stack.enter_context(nginx.running(program, text, Path(folder), port))
            asked = move()
            hammered(port, lambda asked=asked, at=at: [asked, at], WARM_SECONDS)
            before = sum(lab.busy() for lab in labs)
            rate = hammered(port, lambda asked=asked, at=at: [asked, at], seconds, 8 * many)
            took = sum(lab.busy() for lab in labs) - before
            say(f"{many} of them", Cost(rate, 1000 * took / max(1, rate.count)))
            rates[many] = rate.per_second
    cores = os.cpu_count() or 1
    print(f"  two answer {rates[2] / rates[1]:.2f} times as many   (to reach: 1.7 where cores allow)")
    if cores < ENOUGH_CORES:
        print(f"  here are {cores} cores; two servers, the proxy and who asks want {ENOUGH_CORES}: no more can show")
