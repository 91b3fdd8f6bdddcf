"""Waiting: who has gone is known by the connection, or by a newer number from the same page, and by nothing else."""

import select
import socket

import pytest
from flask import Flask

from app import waiting
from app.waiting import Pages, closed, number


@pytest.fixture
def pair():
    """The two ends of a connection: the server's, and the client's."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        server, _ = listener.accept()
    with server, client:
        yield server, client


@pytest.fixture(params=["as Linux tells", "as others tell"])
def system(request, monkeypatch):
    """The two ways in which systems tell of the end."""
    if request.param == "as others tell":
        monkeypatch.delattr(select, "POLLRDHUP", raising=False)
    return request.param


def arrived(server):
    """Wait until something of the client's is there."""
    assert select.select([server], [], [], 30)[0]


def test_an_open_connection_is_open_and_what_was_sent_on_it_stays_there(pair, system):
    server, client = pair
    assert not closed(server)
    client.sendall(b"GET /next")
    arrived(server)
    assert not closed(server)
    assert server.recv(100) == b"GET /next"


def test_a_closed_connection_is_closed(pair, system):
    server, client = pair
    client.close()
    arrived(server)
    assert closed(server)
    assert closed(server)


def test_the_end_is_seen_behind_a_further_request(pair):
    server, client = pair
    client.sendall(b"GET /next")
    client.shutdown(socket.SHUT_WR)
    server_sees = select.poll()
    server_sees.register(server, select.POLLRDHUP)
    assert server_sees.poll(30_000)
    assert closed(server)


def test_a_connection_that_broke_or_was_closed_here_is_closed(pair, system):
    server, client = pair
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset instead of an end
    client.close()
    arrived(server)
    assert closed(server)
    server.close()
    assert closed(server)


def asker(pages, asked, **environ):
    with Flask(__name__).test_request_context(environ_overrides=environ):
        return pages.asker(asked)


def test_a_newer_number_of_the_same_page_overtakes_and_no_other():
    pages = Pages()
    first, other = asker(pages, {"page": "a", "n": 3}), asker(pages, {"page": "b", "n": 1})
    question = asker(pages, {"page": "a"})
    for later in ({"page": "b", "n": 1}, {"page": "a", "n": 2}, {"page": "a"}, {"n": 9}, {"page": "a", "n": "9"}):
        asker(pages, later)
        assert not first.gone(), later
    asker(pages, {"page": "a", "n": 4})
    assert first.gone()
    assert not other.gone()
    assert not question.gone()


def test_pages_without_a_name_do_not_overtake_each_other():
    pages = Pages()
    first = asker(pages, {"n": 1})
    for page in ("", None, 7, [], "x" * 65):
        assert asker(pages, {"page": page, "n": 2}).pages() == {" "}
    assert not first.gone()


@pytest.mark.parametrize("name", waiting.SOCKETS)
def test_the_connection_is_that_of_either_server(pair, name):
    server, client = pair
    one = asker(Pages(), {}, **{name: server})
    assert not one.gone()
    client.close()
    arrived(server)
    assert one.gone()


def test_the_numbers_of_so_many_pages_are_kept_and_no_more(monkeypatch):
    monkeypatch.setattr(waiting, "MOST_PAGES", 3)
    pages = Pages()
    for page in "abacd":
        asker(pages, {"page": page, "n": 1})
    assert [pages.newest(page) for page in "abcd"] == [1, None, 1, 1]


@pytest.mark.parametrize(("given", "read"), [(7, 7), (-1, -1), (True, None), (2**60, None), ("7", None), (None, None)])
def test_a_number_is_a_whole_one_that_a_browser_counts_exactly(given, read):
    assert number(given) == read


@pytest.mark.parametrize("asked", [None, 7, [], "x", {"page": {}, "n": []}])
def test_any_json_is_from_somebody(asked):
    assert asker(Pages(), asked).pages() == {" "}
