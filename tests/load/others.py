"""Others: what somebody has to wait while fifty of the heaviest requests are under way from another address.

Knows the settings that are heavy; what has to hold is a test's of the room, without milliseconds.
"""

import itertools
import time
from contextlib import ExitStack
from threading import Event, Thread

from tests.load import plan
from tests.load.asking import Connection, Request, connected
from tests.load.figures import share
from tests.load.rates import fresh, move
from tests.load.server import serving

MANY = 50
TRIES = 20
THEIRS, OURS = "127.0.0.1", "127.0.0.2"
AGAIN_SECONDS = 2.0
"""After which who found no place asks again, as a page does."""


def insist(port: int, number: int, over: Event) -> None:
    """Ask for one heavy run after another until it is over."""
    with ExitStack() as stack:
        connection = Connection(port, THEIRS)
        stack.callback(connection.close)
        for place in itertools.count():
            if over.is_set():
                return
            seed = 1_000 * (number + 1) + place
            status, _ = connection.ask(move(**plan.HEAVY, seed=seed))
            if status == 503:
                over.wait(AGAIN_SECONDS)


def print_heavy() -> None:
    """What another address waits for its health check, a run that stands, and a new light one."""
    print(f"With {MANY} of the heaviest requests from one address under way, from another, {TRIES} of each:")
    seeds = itertools.count(5_000_000)
    with serving() as served, connected(served.port, OURS) as connection:
        stands = move(seed=77)
        for _ in range(2):
            connection.ask(stands)
        over = Event()
        heavy = [Thread(target=insist, args=(served.port, number, over), daemon=True) for number in range(MANY)]
        for one in heavy:
            one.start()
        time.sleep(2 * AGAIN_SECONDS)  # all places are taken
        took: dict[str, list[float]] = {}
        wrong = 0
        asks = {"/healthz": lambda: Request.of("/healthz"), "a cached run": lambda: stands,
                "a new light run": lambda: fresh(seeds)[0]}
        for _ in range(TRIES):
            for name, ask in asks.items():
                begun = time.monotonic()
                status, _ = connection.ask(ask())
                took.setdefault(name, []).append(1000 * (time.monotonic() - begun))
                wrong += status != 200
        over.set()
    for (name, all_of), goal in zip(took.items(), (100, 300, 1000), strict=True):
        all_of.sort()
        print(f"  {name:<20}median {share(all_of, 0.5):5.0f} ms, longest {all_of[-1]:5.0f}   (to reach: {goal})")
    print(f"  {wrong} errors")
