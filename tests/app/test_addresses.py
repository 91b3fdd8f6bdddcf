"""Addresses: what is none of the program's is no page, and slashes too many lead to it with all that the link says."""

import http.client
import re

import pytest

from app import index
from tests.app.test_serving import APP, GUNICORN, program

PAGE = re.search(r"<noscript>.*", index.HTML)[0]
UNKNOWN = ["/nowhere", "/index.html", "/open", "/ask/lessons", "/save/json", "/lab/", "/wp-login.php", "/a/b", "/a//b"]


def test_the_page_is_at_its_address_with_and_without_a_link(client):
    for path in ("/", "/?", "/?seed=9", "/?fbclid=x"):
        reply = client.get(path)
        assert (reply.status_code, PAGE in reply.text) == (200, True)


@pytest.mark.parametrize("path", UNKNOWN)
def test_an_unknown_address_is_not_the_page(client, path):
    reply = client.get(path)
    assert reply.status_code in (404, 405)
    assert reply.mimetype == "text/plain"
    assert PAGE not in reply.text


def test_what_the_page_needs_stays_where_it_is(client):
    addresses = re.findall(r'(?:src|href)="(/[^"]+)"', client.get("/").text)
    assert len(addresses) > 20
    for path in (*addresses, "/healthz", "/_dash-layout", "/_dash-dependencies"):
        assert client.get(path).status_code == 200, path
    assert client.get("/favicon.ico", follow_redirects=True).status_code == 200
    assert client.post("/open", json={}).status_code == 200
    assert client.post("/ask/lessons", json={}).status_code == 200


@pytest.mark.parametrize("start", [APP, GUNICORN], ids=["app", "gunicorn"])
def test_slashes_too_many_are_the_page_or_lead_to_it_with_the_whole_link(start):
    """By the real programs: Python's http.server hides such a path, and then the page is there at once."""
    link = "seed=9&lock=lr,seed&x=%0D%0AX:1"
    with program(start, r"http://(?:127|0)\.0\.0\.[01]:(\d+)") as (_, port):
        for path, place in ((f"//?{link}", f"/?{link}"), ("///", "/")):
            reply, body = asked(port, path)
            if reply.status == 308:
                assert reply.getheader("Location") == place
                reply, body = asked(port, place)
            assert (reply.status, PAGE in body) == (200, True)


def asked(port: int, path: str) -> tuple[http.client.HTTPResponse, str]:
    """The answer to exactly this path, and its body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    reply = connection.getresponse()
    body = reply.read().decode()
    connection.close()
    return reply, body
