"""Students: a class as locust plays it, from the recording of a real page. Knows the plan; not what is thought of it.

`locust --locustfile tests/load/students.py --headless --host http://127.0.0.1:8050 --told FILE Student`, in the
environment that only `make load` makes. Each opens the page, six requests at a time as a browser does, and moves a
slider every two seconds; FILE gets a line of JSON for each opening, each move and each drag: when, how long in ms, and
what was wrong.
"""

import itertools
import json
import time
from pathlib import Path
from typing import ClassVar

import gevent
from gevent.pool import Pool
from locust import FastHttpUser, events, task
from locust.exception import StopUser

from tests.load import plan, recording

AT_A_TIME = 6
"""Connections of a browser to one server."""
DRAG_SECONDS = 0.12
"""Between two requests of one drag; see assets/form/requests.js."""
LASTING_SECONDS = 1.0
"""After which a run under way makes room for a newer one, as there."""
RECORDED = recording.read()


@events.init_command_line_parser.add_listener
def options(parser, **_) -> None:
    parser.add_argument("--told", required=True)
    parser.add_argument("--students", type=int, default=plan.STUDENTS)
    parser.add_argument("--seconds", type=float, default=60)


@events.test_start.add_listener
def begin(environment, **_) -> None:
    environment.lines = []
    environment.began = time.monotonic()
    environment.left = environment.parsed_options.students


@events.test_stop.add_listener
def end(environment, **_) -> None:
    Path(environment.parsed_options.told).write_text("\n".join(environment.lines), "utf-8")


class Wrong(Exception):
    """Something else came than a page can use."""


class Again(Exception):
    """The server has too much to do, and is to be asked again after so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__("asked again")
        self.seconds = seconds


class Visitor(FastHttpUser):
    """A page of a browser."""

    abstract = True
    concurrency = AT_A_TIME
    default_headers: ClassVar = {"Accept-Encoding": RECORDED["coding"]}

    def on_start(self) -> None:
        self.options = self.environment.parsed_options
        self.page = f"{id(self):032x}"
        self.n = 0

    def tell(self, what: str, began: float, wrong: object = None, **more: object) -> None:
        """Write down what took so long."""
        line = {"what": what, "at": began - self.environment.began, "ms": 1000 * (time.monotonic() - began),
                "wrong": None if wrong is None else f"{wrong}", **more}
        self.environment.lines.append(json.dumps(line))

    def had(self, path: str, body: dict | None = None) -> bytes:
        """What comes; Wrong where it is not whole or not well."""
        if body is None:
            reply = self.client.get(path)
        else:
            headers = {"Content-Type": "application/json"}
            reply = self.client.post(path, json.dumps({"page": self.page, **body}), headers=headers)
        if reply.status_code == 503 and reply.headers.get("Retry-After"):
            raise Again(float(reply.headers["Retry-After"]))
        if reply.status_code != 200:
            raise Wrong(f"{path}: {reply.status_code or getattr(reply, 'error', 'nothing')}")
        return reply.content

    def ran(self, path: str, body: dict) -> bool:
        """A run asked for as the page does, followed to its file; whether it stood there."""
        body = {**body, "n": self.n}
        text = self.had(path, body)
        if not text.endswith(b'"run": null}'):
            return False
        answer = json.loads(text)
        if answer["problem"] or "at" not in answer:
            raise Wrong(f"{path}: {answer['problem'] or answer['errors']}")
        self.had(f"/{answer['at']}")
        return True

    def open(self, path: str) -> None:
        """The page, and all that it asks for."""
        html = self.had(path).decode()
        pool = Pool(AT_A_TIME)
        works = [
            pool.spawn(self.had, each, one.get("body"))
            for one in RECORDED["openings"][path][1:] for each in recording.resolved(one["path"], html)
        ]
        gevent.joinall(works, raise_error=True)


class Student(Visitor):
    """One of the class."""

    numbers = itertools.count()

    def on_start(self) -> None:
        super().on_start()
        self.number = next(self.numbers)
        gevent.sleep(plan.OPENING_SECONDS * self.number / self.options.students)
        began = time.monotonic()
        try:
            self.open((recording.PLAIN, recording.LINK)[self.number % 2])
            self.tell("opening", began)
        except Exception as error:
            self.tell("opening", began, error)
        self.opened = time.monotonic()

    @task
    def move(self) -> None:
        """The slider, at its time or as soon as the picture is there."""
        due = self.opened + plan.PAUSE_SECONDS * (self.n + 1)
        gevent.sleep(max(0.0, due - time.monotonic()))
        if time.monotonic() > self.opened + self.options.seconds:
            self.environment.left -= 1
            if self.environment.left <= 0:
                self.environment.runner.quit()
            raise StopUser
        recorded = RECORDED["move"]
        values = {**recorded["body"]["values"], "lr": plan.rate(self.number, self.n, self.options.students)}
        self.n += 1
        began, again = time.monotonic(), 0
        while True:
            try:
                stood = self.ran(recorded["path"], {**recorded["body"], "values": values})
                self.tell("move", began, stood=stood, again=again)
            except Again as refused:
                again += 1
                gevent.sleep(refused.seconds)
                continue
            except Exception as error:
                self.tell("move", began, error, again=again)
            return


class Dragger(Visitor):
    """Somebody who drags a slider over long runs, and gives up what takes longer than a page waits for it."""

    fixed_count = 1
    network_timeout = LASTING_SECONDS

    @task
    def drag(self) -> None:
        """One of the places that the slider comes by."""
        recorded = RECORDED["move"]
        values = {**recorded["body"]["values"], **plan.LONG, "lr": plan.rate(0, self.n)}
        self.n += 1
        began = time.monotonic()
        try:
            self.ran(recorded["path"], {**recorded["body"], "values": values})
            self.tell("drag", began)
        except Exception as error:
            self.tell("drag", began, error)
        gevent.sleep(max(0.0, began + DRAG_SECONDS - time.monotonic()))
