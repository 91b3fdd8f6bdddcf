"""The limit of requests a second from one address: whom it meets, whom it does not, and what it counts where."""

import logging
import threading

import pytest
from limits.storage import MemoryStorage

from app.config import LIMIT, Settings
from app.factory import create_app, uncounted
from app.operating import limiting
from app.security import OURS
from tests.app.conftest import Client

FEW = 3
COUNTED = ("/version", "/nowhere", "/favicon.ico")
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def still(monkeypatch):
    """A clock that stands, so that all is within one second."""
    monkeypatch.setattr("time.time", lambda: 1_000_000_000.0)


def asked(settings: Settings):
    """The status of a question from an address, as such a server answers it."""
    app = create_app(settings)
    client = Client(app.server)
    return lambda path="/version", of="192.0.2.1", **how: client.get(path, environ_base={"REMOTE_ADDR": of}, **how)


def statuses(ask, number, *how, **more):
    return [ask(*how, **more).status_code for _ in range(number)]


@pytest.mark.usefixtures("still")
def test_more_than_so_many_are_refused_with_a_sentence_and_when_to_come_again():
    ask = asked(Settings(limit=FEW))
    assert statuses(ask, FEW) == [200] * FEW
    refused = ask()
    assert (refused.status_code, refused.text) == (429, f"{limiting.FULL}\n")
    assert (refused.headers["Retry-After"], refused.headers[OURS]) == ("1", "1")
    assert refused.mimetype == "text/plain"
    assert "Content-Security-Policy" in refused.headers


def test_in_the_next_second_they_are_answered_again(monkeypatch):
    now = [1_000_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    ask = asked(Settings(limit=FEW))
    assert statuses(ask, FEW + 1) == [200] * FEW + [429]
    now[0] += limiting.AGAIN_SECONDS
    assert statuses(ask, FEW + 1) == [200] * FEW + [429]


@pytest.mark.usefixtures("still")
def test_all_that_is_asked_counts_together_and_what_is_the_same_for_everybody_not_at_all():
    ask = asked(Settings(limit=len(COUNTED)))
    html = ask("/").text
    files = ["/", "/healthz", "/_dash-layout", "/_dash-dependencies", *linked(html)]
    assert len(files) > 60
    for path in files:
        assert ask(path).status_code == 200, path
    assert [ask(path).status_code for path in COUNTED] == [200, 404, 308]
    assert statuses(ask, 2) == [429, 429]
    for path in files[:10]:
        assert ask(path).status_code == 200, path


def linked(html: str) -> list[str]:
    """The addresses that the page asks for by itself."""
    parts = html.replace("href=", "src=").split('src="')[1:]
    return [part.partition('"')[0] for part in parts if part.startswith("/")]


@pytest.mark.usefixtures("still")
def test_an_address_is_counted_by_itself_and_a_header_makes_no_other_one():
    ask = asked(Settings(limit=FEW))
    assert statuses(ask, FEW + 1, headers={"X-Forwarded-For": "198.51.100.1"}) == [200] * FEW + [429]
    assert ask(headers={"X-Forwarded-For": "198.51.100.2"}).status_code == 429
    assert ask(of="192.0.2.2").status_code == 200


@pytest.mark.usefixtures("still")
def test_behind_a_proxy_that_is_believed_the_address_is_what_it_says():
    ask = asked(Settings(limit=FEW, proxies=1))
    for end in range(1, 4):
        # Whoever asks may have written the first of these.
        said = {"X-Forwarded-For": f"203.0.113.{end}, 198.51.100.1"}
        assert ask(headers=said).status_code == 200
    assert ask(headers={"X-Forwarded-For": "198.51.100.1"}).status_code == 429
    assert ask(headers={"X-Forwarded-For": "198.51.100.2"}).status_code == 200


@pytest.mark.parametrize(("one", "other", "together"), [
    ("2001:db8::1", "2001:db8::ffff:2", True),
    ("2001:db8::1", "2001:db8:0:1::1", False),
    ("::ffff:192.0.2.1", "192.0.2.1", True),
    ("fe80::1%eth0", "fe80::1", True),
    ("", "no address", False),
])
def test_a_machine_has_many_addresses_of_the_newer_protocol(one, other, together):
    assert (limiting.network(one) == limiting.network(other)) == together


@pytest.mark.usefixtures("still")
def test_a_class_of_a_hundred_that_moves_every_third_of_a_second_and_opens_at_once_does_not_meet_it():
    dragging = 100 * (1 / 0.3) * len(("question", "file", "a panel's question"))
    opening = 100 * len(("state", "run"))
    assert dragging + opening <= LIMIT == Settings().limit
    ask = asked(Settings())
    assert set(statuses(ask, LIMIT)) == {200}
    assert ask().status_code == 429


@pytest.mark.usefixtures("still")
def test_none_is_none():
    assert set(statuses(asked(Settings(limit=0)), LIMIT + 1)) == {200}


@pytest.mark.parametrize(("cache", "store"), [
    ("memory", "memory://"),
    ("dir:/var/lab", "memory://"),
    ("redis://cache:6379/0", "redis://cache:6379/0"),
    ("rediss://a", "rediss://a"),
    ("unix:///run/redis.sock", "redis+unix:///run/redis.sock"),
])
def test_it_counts_where_the_cache_is_if_that_is_a_server(cache, store):
    assert limiting.storage(cache) == store


@pytest.mark.usefixtures("still")
def test_without_its_redis_server_each_worker_counts_and_nothing_is_said_of_it_twice(caplog):
    with caplog.at_level(logging.INFO):
        ask = asked(Settings(limit=FEW, cache=NOWHERE))
        assert statuses(ask, FEW + 1) == [200] * FEW + [429]
    assert not [record for record in caplog.records if record.name == "flask-limiter"]
    assert "192.0.2.1" not in caplog.text


def test_many_who_meet_a_server_that_goes_at_that_moment_are_all_answered(monkeypatch):
    meeting, met = threading.Barrier(4), []

    def gone(*_, **__):
        meeting.wait(timeout=30)
        raise ConnectionError("gone")

    app = create_app(Settings(limit=FEW, cache=NOWHERE))
    monkeypatch.setattr("limits.storage.RedisStorage.incr", gone)

    def go():
        met.append(Client(app.server).get("/version").status_code)

    together = [threading.Thread(target=go) for _ in range(meeting.parties)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert len(met) == meeting.parties
    assert set(met) <= {200, 429}
    assert 200 in met


def test_an_address_is_kept_no_longer_than_its_second(monkeypatch):
    now = [1_000_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    store = MemoryStorage()
    for end in range(500):
        store.incr(f"192.0.2.{end}", 1)
        now[0] += 0.1
    store.timer.join()
    store.incr("192.0.2.1", 1)
    store.timer.join()
    assert len(store.storage) < 20


def test_every_route_that_computes_is_counted(app):
    counted = {rule.endpoint for rule in app.server.url_map.iter_rules() if not uncounted(app, rule.endpoint)}
    assert {"/_dash-update-component", "run", "ask", "ask_run", "opening", "save", "ready"} <= counted
    assert "/" not in counted
