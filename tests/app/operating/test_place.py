"""Where the program stands: under any path, with proxies that strip it and those that do not, and whom it believes."""

import re
from urllib.request import Request, urlopen

import pytest
from flask import request

from app.config import Settings, prefix_of
from app.factory import create_app
from app.operating.place import MARK, here
from tests.app.test_serving import SMALL, program

PLACES = ["/lab", "/user/x/proxy/8050", "/user/zoë@example.org/lab"]


def application(**settings):
    return create_app(Settings(**settings)).server


@pytest.fixture(scope="module")
def under():
    """The application under a path, by that path: built once."""
    made = {}
    return lambda place: made.setdefault(place, application(prefix=place))


def addresses(html: str) -> list[str]:
    """What the page asks for, and what it tells its scripts to put before what they ask for."""
    return re.findall(r'(?:src|href)="([^"#]+)"', html) + re.findall(r'"requests_pathname_prefix":"([^"]+)"', html)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("strips", [False, True], ids=["a proxy that leaves it on", "a proxy that strips it"])
def test_the_page_and_all_that_it_asks_for_are_there(under, place, strips):
    client = under(place).test_client()
    before = "" if strips else place
    html = client.get(f"{before}/?seed=9").text
    found = addresses(html)
    assert len(found) > 60
    assert f"{MARK.strip('/')}" not in html
    told = found[-1]
    assert told.isascii()
    assert told.endswith("/")
    for address in found:
        assert address.startswith(told), address
        inside = address.removeprefix(told)
        assert client.get(f"{before}/{inside}", buffered=True).status_code == 200, address
    for path in ("healthz", "_dash-layout", "_dash-dependencies"):
        assert client.get(f"{before}/{path}").status_code == 200
    assert client.post(f"{before}/open", json={}).status_code == 200
    assert client.post(f"{before}/ask/lessons", json={}).status_code == 200
    assert client.post(f"{before}/save/json", json={}, buffered=True).status_code == 200
    assert client.get(f"{before}/favicon.ico").location == f"{told}_favicon.ico"
    missing = client.get(f"{before}/nowhere")
    assert (missing.status_code, f"is at {told}." in missing.text) == (404, True)


@pytest.mark.parametrize("path", ["/lab", "/lab//", "/lab///"])
def test_a_slash_too_few_or_too_many_leads_to_the_page_with_the_whole_link(under, path):
    reply = under("/lab").test_client().get(f"{path}?seed=9&lock=lr,seed")
    assert (reply.status_code, reply.location) == (308, "/lab/?seed=9&lock=lr,seed")


def test_a_path_that_only_begins_with_the_same_letters_is_not_the_place(under):
    assert under("/lab").test_client().get("/laboratory").status_code == 404
    assert under("/lab").test_client().get("/lab/lab/").status_code == 404


def test_a_proxy_that_strips_the_path_but_not_the_slash_behind_it_is_understood(under):
    client = under("/lab").test_client()
    for before in ("/", "/lab/", "//lab"):
        asked = {"environ_overrides": {"PATH_INFO": f"{before}/healthz"}}
        assert client.get(**asked).text == "OK"
        asked["environ_overrides"]["PATH_INFO"] = f"{before}/ask/lessons"
        assert client.post(json={}, **asked).status_code == 200
    assert client.get(environ_overrides={"PATH_INFO": "//"}).status_code == 200


def test_the_server_may_say_where_it_has_mounted_the_program(client):
    """As mod_wsgi and gunicorn do in SCRIPT_NAME."""
    html = client.get("/", base_url="http://localhost/mounted").text
    assert len(addresses(html)) > 60
    assert all(address.startswith("/mounted/") for address in addresses(html))


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        *((text, "/lab") for text in ("lab", "/lab", "lab/", "/lab/", "//lab//")),
        *((text, "") for text in ("/", "//")),
        ("/user/x%40y.org/proxy/8050/", "/user/x@y.org/proxy/8050"),
        ("/~ada/lab", "/~ada/lab"),
        *((text, None) for text in ('/"/', "/a b", "/a//b", "/../", "/a/./b", "/<i>", "/a?b", "/a%22", "/a%0d")),
    ],
)
def test_a_prefix_is_read_however_it_is_written_or_not_at_all(text, prefix):
    assert prefix_of(text) == prefix


# Proxies: who is believed

HEADERS = {"X-Forwarded-Prefix": "/told", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "lab.example.org",
           "X-Forwarded-For": "192.0.2.7"}


def seen(headers: dict, **settings) -> tuple:
    """What the program takes for the place, the address and the asker of a request with these headers."""
    server = application(**settings)
    server.add_url_rule("/seen", "seen", lambda: [here(), request.scheme, request.host, request.remote_addr])
    return tuple(server.test_client().get("/seen", headers=headers).json)


def test_nobody_is_believed_who_is_not_a_trusted_proxy():
    assert seen(HEADERS) == ("/", "http", "localhost", "127.0.0.1")


def test_a_trusted_proxy_is_believed():
    assert seen(HEADERS, proxies=1) == ("/told/", "https", "lab.example.org", "192.0.2.7")


def test_of_several_values_only_the_trusted_proxies_own_are_read():
    several = {"X-Forwarded-Proto": "https, http", "X-Forwarded-For": "203.0.113.1, 192.0.2.7, 192.0.2.8"}
    assert seen(several, proxies=1)[1::2] == ("http", "192.0.2.8")
    assert seen(several, proxies=2)[1::2] == ("https", "192.0.2.7")
    assert seen(several, proxies=9)[1::2] == ("http", "127.0.0.1")


@pytest.mark.parametrize("prefix", ["", "/lab"])
def test_a_prefix_that_is_set_is_not_for_a_header_to_change(prefix):
    assert seen(HEADERS, proxies=1, prefix=prefix)[0] == f"{prefix}/"


@pytest.mark.parametrize("hostile", ['"><script>', "/a//evil.example", "/..", '/x" onload="', "/a%22b", "\xff"])
def test_a_prefix_that_is_none_is_not_written_into_the_page(hostile):
    html = application(proxies=1).test_client().get("/", headers={"X-Forwarded-Prefix": hostile}).text
    assert all(re.match(r"/(?:_dash|assets|_favicon|$)", address) for address in addresses(html))


def test_a_prefix_of_another_host_becomes_a_path_of_this_one():
    html = application(proxies=1).test_client().get("/", headers={"X-Forwarded-Prefix": "//evil.example"}).text
    assert all(address.startswith("/evil.example/") for address in addresses(html))


def test_gunicorn_by_itself_believes_nobody():
    """It would believe whoever asks from this machine. The page behind it here shows what it was told."""
    headers = {"X-Forwarded-Proto": "https", "SCRIPT_NAME": "/x", "PATH_INFO": "/y"}
    with (
        program(SMALL, r"http://.*:(\d+) ") as (_, port),
        urlopen(Request(f"http://127.0.0.1:{port}/z", headers=headers), timeout=60) as reply,
    ):
        said = reply.read().decode()
    for told in ("wsgi.url_scheme = 'http'", "SCRIPT_NAME = ''", "PATH_INFO = '/z'"):
        assert told in said
