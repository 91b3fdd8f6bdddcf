"""Streaming: an answer in parts, as lines of JSON over HTTP. Knows lines and who waits; not what is in a part.

A part is one line, a JSON object. An empty line says that more is to come, at least every 250 ms: whoever asks sees
that somebody is there, and the server learns of an asker who has gone while a part is being made. The last line is
{"end": true} or {"problem": sentence}; a body without it broke off.
"""

import json
import logging
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from typing import Any

from flask import Response

from app.turns import Left
from app.waiting import Waiter

log = logging.getLogger(__name__)

Parts = Generator[dict | None, None, None]
"""The parts of an answer; None where there is none yet, but a good place to end the work if nobody waits for it."""
MIMETYPE = "application/x-ndjson"
BEAT = 0.2
"""Seconds after which an empty line is sent where no part has come."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",  # a proxy that collects lines would keep them until the last
}
END = object()


def streamed(kind: str, parts: Parts, waiter: Waiter, sentence: Callable[[Exception], str]) -> Response:
    """The parts on their way to `waiter`; what ends them too early is told as `sentence` has it."""
    return Response(lines(kind, parts, waiter, sentence), mimetype=MIMETYPE, headers=HEADERS)


def lines(kind: str, parts: Parts, waiter: Waiter, sentence: Callable[[Exception], str]) -> Iterator[bytes]:
    """The body, line by line. The work ends when this is closed, as the server does after a write that fails, or when
    `waiter` has gone, which is looked for before every line."""
    last: dict[str, object] = {"end": True}
    try:
        with closing(beating(counted(kind, parts))) as beats:
            for part in beats:
                if waiter.gone():
                    raise Left
                yield b"\n" if part is None else line(part)
    except Exception as error:
        last = {"problem": sentence(error)}
    yield line(last)


def line(part: dict) -> bytes:
    """A line of JSON."""
    return json.dumps(part, allow_nan=False).encode() + b"\n"


def counted(kind: str, parts: Parts) -> Parts:
    """The parts; the log says after how many of them the work was given up."""
    made = 0
    with closing(parts):
        try:
            for part in parts:
                made += part is not None
                yield part
        except GeneratorExit:
            log.info("An answer of kind %s was given up after part %s: who asked for it has gone.", kind, made)
            raise


def beating(parts: Parts, seconds: float = BEAT) -> Parts:
    """The parts, and None whenever so long none has come.

    They are made in a thread of their own, each when the one before has been taken. When this is closed they are
    closed in that thread, at the first part or None that they come to.
    """
    worker, making, said = ThreadPoolExecutor(1, thread_name_prefix="answer"), None, time.monotonic()
    try:
        while True:
            making = making or worker.submit(next, parts, END)
            part: Any = None  # or END
            if wait([making], max(0, said + seconds - time.monotonic())).done:
                part, making = making.result(), None
            if part is END:
                return
            if part is not None or time.monotonic() >= said + seconds:
                yield part
                said = time.monotonic()
    finally:
        worker.submit(parts.close)
        worker.shutdown(wait=False)
