"""Rates: what one worker answers in a second when it has nothing else to do, against what else it might serve; and how
fast new runs are made. Knows who serves what; judges nothing.

Beside each rate stands what one answer costs the server's processes: the machine's other work changes that least.
"""

import itertools
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.training import codings
from components.payload.build import build
from components.settings.parsing import parse
from optim import train
from tests.load import bare, plan, recording
from tests.load.asking import Rate, Request, connected, hammered
from tests.load.server import Served, serving

WARM_SECONDS = 1.0
LONGER = {"problem": "network", "units": 8, "points": 100, "epochs": 30}
"""A run of 3,000 steps, most of which is training."""
AT_A_TIME = 6
"""New runs that are asked for at a time: fewer than wait in their turns."""


@dataclass(frozen=True)
class Cost:
    """A rate, and milliseconds of the server's processors for each."""

    rate: Rate
    ms: float


def move(**changes: object) -> Request:
    """A move as the page asks, to these settings."""
    asked = recording.read()["move"]
    body = {**asked["body"], "values": {**asked["body"]["values"], **changes}}
    return Request.of(asked["path"], body)


def measured(served: Served, unit: Callable[[], list[Request]], seconds: float, connections: int = 8) -> Cost:
    """The rate of such units, once the server has answered some."""
    hammered(served.port, unit, WARM_SECONDS, connections)
    before = served.busy()
    rate = hammered(served.port, unit, seconds, connections)
    return Cost(rate, 1000 * (served.busy() - before) / max(1, rate.count))


def say(what: str, cost: Cost, more: str = "") -> None:
    """Print a row."""
    wrong = f", {cost.rate.wrong.total()} errors {dict(cost.rate.wrong)}" if cost.rate.wrong else ""
    print(f"  {what:<44}{cost.rate.per_second:6.0f} a second, {cost.ms:5.2f} ms of the server each{wrong}{more}")


def beside(one: Cost, other: Cost, goal: float) -> str:
    """How many times as many, by the clock and by the server's processors."""
    return (f"   {one.rate.per_second / other.rate.per_second:.2f} times as many, {other.ms / one.ms:.2f} by the "
            f"processors (to reach: {goal:g})")


def stands_at(served: Served) -> str:
    """The address of the default move's run, once it stands."""
    with connected(served.port) as connection:
        for _ in range(2):  # made, then kept
            status, body = connection.ask(move())
    if status != 200:
        raise RuntimeError(f"The run cannot be had: {status}.")
    return f"/{json.loads(codings.unpack(body, 'br'))['at']}"


def opening(served: Served) -> list[Request]:
    """All that a page asks for when it opens, for the first time."""
    path = recording.PLAIN
    with connected(served.port) as connection:
        _, html = connection.ask(Request.of(path, coding="identity"))
    rest = recording.read()["openings"][path][1:]
    return [Request.of(path), *(Request.of(address, one.get("body")) for one in rest
                                for address in recording.resolved(one["path"], html.decode()))]


def print_cached(seconds: float) -> None:
    """What stands in the cache: files of runs, and whole moves; and what an opening takes."""
    from tests.load.static import PATH

    print("One worker, as much as it answers:")
    with serving("tests.load.static:server", WEB_CONCURRENCY="1") as served:
        at = Request.of(stands_at(served))
        asked = move()
        static = measured(served, lambda: [Request.of(PATH)], seconds)
        run = measured(served, lambda: [at], seconds)
        whole = measured(served, lambda: [asked, at], seconds)
        requests = opening(served)
        opened = measured(served, lambda: requests, seconds)
    with serving("tests.load.bare:server", WEB_CONCURRENCY="1") as served:
        callback = measured(served, lambda: [Request.of(bare.PATH, bare.BODY)], seconds)
    say("a static file as large as a run", static)
    say("a cached run", run, beside(run, static, 0.6))
    say("a bare Dash callback that carries a run", callback)
    say("a whole cached move, two requests", whole, beside(whole, callback, 2))
    say(f"a whole opening, {len(requests)} requests", opened)


def training_seconds(values: dict) -> tuple[float, float]:
    """Of the processor: a training of these settings, and that with its payload made; the least of several."""
    experiment, alone, whole = parse(values).required, [], []
    for _ in range(5):
        begun = time.thread_time()
        runs = train(experiment)
        trained = time.thread_time()
        build(experiment, runs)
        alone.append(trained - begun)
        whole.append(time.thread_time() - begun)
    return min(alone), min(whole)


def print_cold(seconds: float) -> None:
    """New runs, on all workers."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    print(f"New runs, all workers, {AT_A_TIME} at a time, against {cores} cores divided by the time of a training:")
    for name, values in (("the page's own, 1,500 steps", {}), ("network-8, 3,000 steps", LONGER)):
        alone, whole = training_seconds(values)
        seeds = itertools.count(1)
        with serving() as served:
            cost = measured(served, lambda values=values, seeds=seeds: [move(**{**values, "seed": next(seeds)})],
                            seconds, AT_A_TIME)
        share, by_time = cost.rate.per_second / (cores / alone), 1000 * alone / cost.ms
        say(name, cost, f"   {share:.2f} of what its {1000 * alone:.1f} ms leave room for (to reach: 0.7)")
        print(f"    {by_time:.2f} of the server's time is training; with what is told of it made, {1000 * whole:.1f} "
              f"ms, {by_time * whole / alone:.2f}")


def fresh(numbers: itertools.count) -> list[Request]:
    """A light run that nobody has asked for."""
    return [move(**plan.LIGHT, seed=next(numbers))]
