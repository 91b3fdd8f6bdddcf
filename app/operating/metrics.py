"""Metrics: what the program counts of itself, at /metrics in the text format of Prometheus; off unless asked for.

Whoever has something to count calls `count` or `took`, which do nothing while metrics are off. Workers count in files
of one folder, so that whichever of them is asked gives the sum of all. Knows names; not why anything happens.
"""

import os
import shutil
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Response

from app.operating import leftovers

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

ROUTE = "metrics"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where workers count together, by the name that prometheus_client knows it by."""
PREFIX = "descent-lab-metrics-"
SPACE = "descent_lab"
COUNTED = {
    "requests": ("Requests that were answered.", ("route", "method", "status")),
    "refusals": ("Requests that were sent away because there is too much to do.", ()),
    "cache_hits": ("Runs that stood in the cache when a request looked for them.", ()),
    "cache_misses": ("Runs that did not.", ()),
    "waits": ("Trainings that had to wait for their turn.", ()),
}
# Seconds: from a cached reply to a run that is stopped because its time is over.
BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0)
TIMED = {
    "request_seconds": ("From a request's first line to the end of its answer.", ("route",)),
    "training_seconds": ("Trainings, whether they came to their end or not.", ()),
}

_kept: dict[str, Any] = {}


def count(name: str, **labels: str) -> None:
    """One more of these."""
    if _kept:
        _of(name, labels).inc()


def took(name: str, seconds: float, **labels: str) -> None:
    """One of these took so long."""
    if _kept:
        _of(name, labels).observe(seconds)


def share(place: str) -> None:
    """Let all processes that this one starts count together, in a folder of their own in `place`.

    To be called before any of them is started and before anything is counted.
    """
    os.environ[FOLDER] = leftovers.folder(PREFIX, place)


def forget() -> None:
    """Remove that folder, and none that somebody else has named."""
    if PREFIX in os.environ.get(FOLDER, ""):
        shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)


def serve(server: Flask) -> None:
    """Count from now on, and answer /metrics."""
    # Imported late: it decides here, by the folder, whether processes count together.
    from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

    own = CollectorRegistry()
    for name, (says, labels) in COUNTED.items():
        _kept[name] = Counter(name, says, labels, SPACE, registry=own)
    for name, (says, labels) in TIMED.items():
        _kept[name] = Histogram(name, says, labels, SPACE, registry=own, buckets=BUCKETS)

    @server.get(f"/{ROUTE}")
    def metrics() -> Response:
        return Response(generate_latest(_all(own)), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _all(own: "CollectorRegistry") -> "CollectorRegistry":
    """What this process has counted, or all that count together with it."""
    if FOLDER not in os.environ:
        return own
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    every = CollectorRegistry()
    cast(Any, MultiProcessCollector)(every)
    return every


def _of(name: str, labels: dict[str, str]) -> Any:
    return _kept[name].labels(**labels) if labels else _kept[name]
