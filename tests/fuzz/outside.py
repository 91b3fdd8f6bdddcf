"""Outside: attacks over sockets on the real server, as it is started for others. Knows HTTP's bytes; no WSGI."""

import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from components.settings import budget
from tests.fuzz.attacks import Attack
from tests.fuzz.inside import SLACK, Report, chosen, resident
from tests.fuzz.judging import GIVEN_AWAY, ROOT, fault_of
from tests.processes import child, children, environment, wait_for

SETTINGS = {"LAB_METRICS": "1", "LAB_REQUEST_LOG": "1", "LAB_PROXIES": "1",
    "LAB_FRAME_ANCESTORS": "https://moodle.example.org"}
AT_ONCE = 6
A_LINE = 400
"""Letters of log for one request, whatever it was."""
WAIT = 30.0
"""Seconds in which an answer begins that needs no computing, on a machine that does other things besides."""
JSON = b"Content-Type: application/json\r\n"


@dataclass
class Server:
    """The server as its processes, its port and what it has said."""

    process: subprocess.Popen
    port: int
    said: Path

    def workers(self) -> list[int]:
        """The processes that answer."""
        return sorted(children(self.process.pid))

    def holds(self) -> float:
        """Megabytes of its workers."""
        return sum(map(resident, self.workers()))

    def log(self) -> str:
        """All that it has said."""
        return self.said.read_text("utf-8", "replace")


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Server]:
    """gunicorn in its usual form; what it says is in a file of the folder."""
    said = folder / "server.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app.wsgi:server"], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log,
            env=environment(PORT="0", **{"WEB_CONCURRENCY": "1", **SETTINGS, **settings}), **child(),
        )

    def listening() -> re.Match[str] | None:
        assert process.poll() is None, said.read_text("utf-8")
        return re.search(r"Listening at: http://[\d.]+:(\d+)", said.read_text("utf-8"))

    try:
        server = Server(process, int(wait_for(listening)[1]), said)
        assert exchange(server.port, b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")[0] == 200
        yield server
    finally:
        process.terminate()
        process.wait()


# ---- an exchange


def exchange(port: int, sent: bytes, *, ends: bool = False, wait: float = WAIT) -> tuple[int | None, dict[str, str],
    bytes]:
    """What comes back until the server closes; no status where that is nothing. ends: nothing more will be sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as line:
        with suppress(OSError):  # it need not hear all of it
            line.sendall(sent)
            if ends:
                line.shutdown(socket.SHUT_WR)
        got = bytearray()
        with suppress(ConnectionError):
            while piece := line.recv(1 << 20):
                got += piece
    return parted(bytes(got))


def parted(answer: bytes) -> tuple[int | None, dict[str, str], bytes]:
    """The first answer in these bytes; one in chunks is put together."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    if not first.startswith("HTTP/"):
        return None, {}, answer
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        whole = bytearray()
        while body:
            size, _, body = body.partition(b"\r\n")
            length = int(size, 16)
            whole += body[:length]
            body = body[length + 2 :]
        body = bytes(whole)
    return int(first.split(" ")[1]), headers, body


def written(one: Attack) -> bytes:
    """The request as it travels."""
    names = {name.lower() for name, _ in one.headers}
    lines = [f"{one.method} {one.target} HTTP/1.1", *(f"{name}: {value}" for name, value in one.headers),
        "Connection: close"]
    if "host" not in names:
        lines.append("Host: 127.0.0.1")
    if not names & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(one.body)}")
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + one.body


# ---- what only bytes can say


def asked(headers: bytes, body: bytes = b"{}", target: bytes = b"/ask/run") -> bytes:
    """A question with such headers."""
    return b"POST " + target + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + JSON + headers + b"\r\n" + body


SMUGGLED = b"0\r\n\r\nGET /version HTTP/1.1\r\nHost: a\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
RAW: tuple[bytes, ...] = (
    b"", b"\r\n\r\n", b"\0" * 500, b"GET\r\n\r\n", b"GET / \r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/0.9\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 40,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xff" * 300,
    b"GET http://evil.example/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET //evil.example/.. HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET /\xff\xfe/%ff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET /../../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET /assets/%2e%2e/app/config.py HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET /" + b"a" * 5_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /?" + b"a" * 3_900 + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 300 + b"\r\n", b"GET / HTTP/1.1\r\na: " + b"b" * 9_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"a" * 200_000,
    b"GET / HTTP/1.1\r\nHost: a\r\n b: folded\r\n\r\n", b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    b"GET / HTTP/1.1\r\n: a\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\nHost: a\n\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX_Forwarded_For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
    b"Connection: Upgrade, HTTP2-Settings\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AA==\r\n"
    b"Sec-WebSocket-Version: 13\r\n\r\n",
    b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    asked(b"Content-Length: -1\r\n"), asked(b"Content-Length: 2\r\nContent-Length: 3\r\n"),
    asked(b"Content-Length: 1e9\r\n"), asked(b"Content-Length: +2\r\n"),
    asked(b"Content-Length: 99999999999999999999\r\n"), asked(b"Content-Length: 600000\r\n"),
    asked(b"Content-Length: 400\r\n"), asked(b"Content-Length: 0\r\n"), asked(b""),
    asked(CHUNKED + b"Content-Length: 4\r\n", SMUGGLED), asked(b"Content-Length: 40\r\n" + CHUNKED, SMUGGLED),
    asked(CHUNKED * 2, SMUGGLED),
    asked(b"Transfer-Encoding: identity, chunked\r\n", SMUGGLED),
    asked(b"Transfer-Encoding: chunked, gzip\r\n", SMUGGLED), asked(b"Transfer-Encoding:\x0bchunked\r\n", SMUGGLED),
    asked(b"Transfer-Encoding: xchunked\r\n", SMUGGLED),
    asked(CHUNKED, b"2\r\n{}\r\n0\r\n\r\n"), asked(CHUNKED, b"zz\r\n{}\r\n0\r\n\r\n"),
    asked(CHUNKED, b"-2\r\n{}\r\n0\r\n\r\n"), asked(CHUNKED, b"2\r\n{}"),
    asked(CHUNKED, b"2\r\n{}xx0\r\n\r\n"), asked(CHUNKED, b"ffffffffffffffffff\r\n{}"),
    asked(CHUNKED, b"2;" + b"a=b;" * 5_000 + b"\r\n{}\r\n0\r\n\r\n"),
    asked(CHUNKED, b"1\r\n[\r\n" * 3_000 + b"0\r\n\r\n"), asked(CHUNKED, b"10000\r\n" + b"[" * 65_536 + b"\r\n"),
    asked(CHUNKED, (b"10000\r\n" + b"[" * 65_536 + b"\r\n") * 12 + b"0\r\n\r\n"),
    asked(CHUNKED, b"2\r\n{}\r\n0\r\n" + b"a: b\r\n" * 500 + b"\r\n"),
    asked(CHUNKED, b"0\r\n\r\n", b"/open"), asked(CHUNKED, b"x", b"/save/csv"),
    asked(CHUNKED, b"x", b"/_dash-update-component"), asked(CHUNKED, b"x", b"/nowhere"),
    asked(b"Expect: 100-continue\r\nContent-Length: 2\r\n"), asked(b"Expect: 200-ok\r\nContent-Length: 2\r\n"),
)
"""Requests that end where their bytes do."""
REFUSED_BY_HTTP = (501, 505)
"""What the server says of a coding, or a version of HTTP, that it does not know: no failure of the program's."""


def raw_fault(port: int, sent: bytes) -> str | None:
    """What is wrong with what comes back; nothing at all may."""
    status, _, body = exchange(port, sent, ends=True)
    if status and status >= 500 and status not in REFUSED_BY_HTTP:
        return f"status {status}"
    found = GIVEN_AWAY.search(body[:100_000].decode("utf-8", "replace"))
    return f"the answer gives away {found[0]!r}" if found else None


# ---- slow ones

SLOW: tuple[bytes, ...] = (
    b"", b"G", b"GET / HTTP/1.1\r\nHost: a\r\n", b"GET / HTTP/1.1\r\nHost: ", asked(b"Content-Length: 400\r\n", b"{"),
    asked(CHUNKED, b"5\r\n{"), asked(CHUNKED, b""),
    asked(b"Content-Length: 500000\r\n", b"[" * 1_000, b"/save/csv"),
)
"""What begins and does not go on."""


@contextmanager
def slow(port: int, number: int) -> Iterator[list[socket.socket]]:
    """So many connections that say a little and then nothing."""
    lines = [socket.create_connection(("127.0.0.1", port), timeout=WAIT) for _ in range(number)]
    try:
        for place, line in enumerate(lines):
            line.sendall(SLOW[place % len(SLOW)])
        yield lines
    finally:
        for line in lines:
            line.close()


def cut_off(lines: list[socket.socket], within: float) -> int:
    """How many of them the server has ended within so many seconds."""
    ended, until = 0, time.monotonic() + within
    waiting = list(lines)
    while waiting and (left := until - time.monotonic()) > 0:
        for line in select.select(waiting, [], [], left)[0]:
            with suppress(ConnectionError):
                if line.recv(1 << 16):
                    continue
            ended += 1
            waiting.remove(line)
    return ended


TRICKLES = (b"GET / HTTP/1.1\r\nHost: a\r\na: ", asked(b"Content-Length: 400000\r\n", b"["))
"""What goes on with a byte now and then, in its head or in its body."""


def trickled(port: int, within: float) -> int:
    """How many connections that send a byte each second are still open after so many."""
    lines = [socket.create_connection(("127.0.0.1", port), timeout=WAIT) for _ in TRICKLES]
    for line, begins in zip(lines, TRICKLES, strict=True):
        line.sendall(begins)
    left, until = list(lines), time.monotonic() + within
    while left and time.monotonic() < until:
        for line in select.select(left, [], [], 1.0)[0]:
            left.remove(line)  # it was answered, or ended
        for line in left:
            with suppress(ConnectionError):
                line.sendall(b"[")
    for line in lines:
        line.close()
    return len(left)


# ---- all of it


def attacked(
    server: Server, seed: int, numbers: range, tell: Callable[[str], object] = print, waits: float = WAIT
) -> Report:
    """Attack it so many times, a few at once, and with all of RAW in between.

    waits: seconds that a request may wait for others and for what else the machine does, beyond its own budget.
    """
    report, workers = Report(), server.workers()
    before = len(server.log())

    def one(number: int) -> None:
        attack = chosen(seed, number)
        began = time.monotonic()
        sent = written(attack)
        odd = any(name in ("Content-Length", "Transfer-Encoding", "Expect", "Upgrade") for name, _ in attack.headers)
        if odd or any(letter in attack.method + attack.target for letter in "\r\n "):
            fault = raw_fault(server.port, sent)
        else:
            status, headers, body = exchange(server.port, sent, wait=budget.DEADLINE + attack.seconds + WAIT)
            report.statuses[status or 0] += 1
            # What the server refuses by itself has no header of ours.
            by_itself = status in (None, 400, 414, 431) and "lab-refusal" not in headers
            fault = None if by_itself else fault_of(status or 0, headers, body)
        seconds = time.monotonic() - began
        report.routes[attack.route] += 1
        report.took(seconds, f"{attack.route}, request {number}")
        if not fault and seconds > budget.DEADLINE + attack.seconds + SLACK + waits:
            fault = f"it took {seconds:.1f} s, and {attack.seconds:g} are its budget besides training"
        if fault:
            report.faults.append(f"request {number} of seed {seed}, {attack.method} {attack.target[:200]!r}: {fault}")
            tell(report.faults[-1])

    def raw(place: int) -> None:
        report.routes["raw"] += 1
        if fault := raw_fault(server.port, RAW[place]):
            report.faults.append(f"RAW[{place}] {RAW[place][:80]!r}: {fault}")
            tell(report.faults[-1])

    order: list[tuple[Callable[[int], None], int]] = [(one, number) for number in numbers] + [(raw,
        place) for place in range(len(RAW))]
    Random(seed).shuffle(order)
    with ThreadPoolExecutor(AT_ONCE) as several:
        for done in [several.submit(work, what) for work, what in order[: len(order) // 3]]:
            done.result()
        warm = server.holds()
        for done in [several.submit(work, what) for work, what in order[len(order) // 3 :]]:
            done.result()
    report.grown = server.holds() - warm
    log = server.log()
    if server.workers() != workers:
        report.faults.append(f"workers have ended: {workers} are {server.workers()}")
    if "ip=" in log:
        report.faults.append("the log: an address of somebody who asked")
    if "Traceback" in log:
        report.faults.append(f"the log: {log[log.index('Traceback') :][:3_000]}")
    if len(log) - before > A_LINE * len(order):
        report.faults.append(f"the log: {len(log) - before} letters of {len(order)} requests")
    return report
