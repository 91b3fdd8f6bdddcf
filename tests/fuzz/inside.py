"""Inside: attacks on the WSGI application, in this process, as a server would hand them on. Knows WSGI; no socket."""

import io
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask

import optim
from app.operating.watching import ELSEWHERE, route_of
from components.settings import budget
from tests.fuzz.attacks import EVERYTHING, PAGE, ROUTES, WEIGHTS, Attack, attack
from tests.fuzz.judging import Log, fault_of

SLACK = 1.0
"""Seconds that a request may take beyond its budget."""


@dataclass
class Report:
    """What came of many attacks."""

    statuses: Counter[int] = field(default_factory=Counter)
    routes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    grown: float = 0.0

    def took(self, seconds: float, what: str) -> None:
        """One of them took so long; the slowest are remembered."""
        self.slowest = sorted([*self.slowest, (seconds, what)], reverse=True)[:3]


class Training:
    """The core's training, of which the time is counted apart: it has a budget of its own."""

    seconds = 0.0

    def __call__(self, *how: Any, **more: Any) -> Any:
        """The runs."""
        began = time.process_time()
        try:
            return optim.train(*how, **more)
        finally:
            self.seconds += time.process_time() - began


def routes_of(server: Flask) -> set[str]:
    """The names of all routes that there are."""
    named = {route_of(rule.rule) for rule in server.url_map.iter_rules()} - {ELSEWHERE}
    rules = {rule.rule for rule in server.url_map.iter_rules()}
    return named | (rules & {PAGE, EVERYTHING})


def chosen(seed: int, number: int) -> Attack:
    """The attack of this number."""
    random = Random(f"{seed}/{number}")
    routes = sorted(ROUTES)
    return attack(random.choices(routes, [WEIGHTS.get(route, 1) for route in routes])[0], random)


def environ(one: Attack) -> dict[str, Any]:
    """The request as PEP 3333 has it."""
    path, _, query = one.target.partition("?")
    found: dict[str, Any] = {
        "REQUEST_METHOD": one.method, "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path.encode("latin-1")).decode("latin-1"),
        "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1", "CONTENT_LENGTH": str(len(one.body)), "RAW_URI": one.target,
        "REQUEST_URI": one.target,
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(one.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False, "HTTP_HOST": "127.0.0.1",
    }
    for name, value in one.headers:
        key = name.upper().replace("-", "_")
        found[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    if "HTTP_TRANSFER_ENCODING" in found:
        found["wsgi.input_terminated"] = True  # as gunicorn says of what comes in pieces
    return found


def answer(application: Callable, one: Attack) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body."""
    begun: list[Any] = []

    def start(line: str, headers: list, exc_info: Any = None) -> Callable:
        begun[:] = [int(line[:3]), {name.lower(): value for name, value in headers}]
        return lambda _: None

    pieces = application(environ(one), start)
    try:
        body = b"".join(pieces)
    finally:
        if hasattr(pieces, "close"):
            pieces.close()
    return begun[0], begun[1], body


@contextmanager
def listening() -> Iterator[Log]:
    """The log of all there is, which is read instead of shown."""
    log, root = Log(), logging.getLogger()
    before, root.handlers = root.handlers, [log]
    try:
        yield log
    finally:
        root.handlers = before


def judged(
    application: Callable, training: Training, one: Attack, number: int, log: Log, report: Report
) -> str | None:
    """What was wrong with the answer to an attack."""
    began, training.seconds = time.process_time(), 0.0
    try:
        status, headers, body = answer(application, one)
    except Exception as error:
        return f"it raised {type(error).__name__}: {error}"
    seconds = time.process_time() - began
    report.took(seconds, f"{one.route}, request {number}")
    report.statuses[status] += 1
    report.routes[one.route] += 1
    if training.seconds > budget.DEADLINE + SLACK:
        return f"it trained for {training.seconds:.1f} s"
    if seconds - training.seconds > one.seconds + SLACK:
        return f"it took {seconds - training.seconds:.1f} s besides training, and {one.seconds:g} are its budget"
    return fault_of(status, headers, body) or log.fault()


def attacked(
    application: Callable, training: Training, seed: int, numbers: range, tell: Callable[[str], object] = print
) -> Report:
    """Attack it so many times; how much memory grew is counted from a third of them on."""
    report, warm = Report(), 0.0
    with listening() as log:
        for place, number in enumerate(numbers):
            if place == len(numbers) // 3:
                warm = resident()
            one = chosen(seed, number)
            fault = judged(application, training, one, number, log, report)
            if fault:
                report.faults.append(f"request {number} of seed {seed}, {one.method} {one.target[:200]!r}: {fault}")
                tell(report.faults[-1])
    report.grown = resident() - warm
    return report


def resident(process: int | str = "self") -> float:
    """The megabytes that a process holds; 0 where the system does not say so."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
    except OSError:
        return 0.0
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
