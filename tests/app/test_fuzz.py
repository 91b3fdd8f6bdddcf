"""A sample of `make fuzz`: the same requests each time, on the application and over sockets on the real server."""

import pytest

from app.config import Settings
from app.factory import create_app
from app.operating import metrics
from tests.fuzz import inside, outside
from tests.fuzz.attacks import ROUTES

SEED = 11
TRAINING = inside.Training()
INSIDE, OUTSIDE = 700, 60


@pytest.fixture(scope="module")
def application():
    """The application where it believes a proxy, lets itself be framed and counts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metrics, "_kept", {})
        settings = Settings(limit=0, metrics=True, proxies=1, frame_ancestors=("https://a.example",))
        yield create_app(settings, TRAINING).server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """gunicorn as it is started for others."""
    with outside.serving(tmp_path_factory.mktemp("server")) as server:
        yield server


def test_every_route_there_is_is_attacked(application):
    """Whoever adds a route says in tests/fuzz/attacks.py what a stranger could send to it."""
    assert inside.routes_of(application) == set(ROUTES)


def test_nothing_that_is_sent_to_the_application_is_a_failure(application):
    report = inside.attacked(application.wsgi_app, TRAINING, SEED, range(INSIDE))
    assert report.faults == []
    assert set(report.routes) == set(ROUTES)
    assert report.statuses[200] > INSIDE / 5


def test_nothing_that_is_sent_to_the_server_is_a_failure_while_others_say_nothing(server):
    with outside.slow(server.port, len(outside.SLOW)):
        report = outside.attacked(server, SEED, range(OUTSIDE))
    assert report.faults == []
    assert report.statuses[200] > OUTSIDE / 6


def test_a_formula_as_slow_as_they_come_is_refused_within_its_time(application):
    """Found by seed 7: its slopes took 13 s of rewriting, and 3 are given for all of them."""
    found = inside.chosen(7, 13_094)
    assert b"NaN/(NaN + NaN/(NaN" in found.body
    report = inside.Report()
    with inside.listening() as log:
        assert inside.judged(application.wsgi_app, TRAINING, found, 13_094, log, report) is None
    assert report.statuses == {200: 1}


def test_what_is_sent_again_is_the_same():
    assert inside.chosen(SEED, 3) == inside.chosen(SEED, 3) != inside.chosen(SEED + 1, 3)
