"""Behind a real nginx, at every place where the lab may stand: all that the page asks for is there, and no more."""

import json
import re
import socket
import ssl
from urllib.parse import urlsplit
from urllib.request import HTTPSHandler, Request, build_opener

import pytest

from tests import nginx, places
from tests.app.operating.test_place import addresses


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where nginx keeps what it writes."""
    return tmp_path_factory.mktemp("nginx")


@pytest.fixture(scope="module")
def found(folder):
    """The address of each place; None where there is no nginx."""
    program = nginx.found()
    if program is None:
        yield None
    else:
        with places.standing(program, folder) as standing:
            yield standing


@pytest.fixture
def ask(folder):
    """Asks as a browser does, and trusts the certificate that was made for it."""
    trusting = ssl.create_default_context(cafile=str(folder / "lab.crt")) if (folder / "lab.crt").exists() else None
    opener = build_opener(HTTPSHandler(context=trusting))

    def one(address: str, body: object = None, **headers: str):
        data = None if body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json"} if data else {}
        return opener.open(Request(address, data, {**sent, **headers}), timeout=60)

    return one


@pytest.mark.parametrize("place", places.PLACES)
def test_all_that_the_page_asks_for_is_there(found, ask, place, record_property):
    if found is None:
        record_property("untried", nginx.MISSING)
        return
    page = found[place]
    site = "{0.scheme}://{0.netloc}".format(urlsplit(page))
    with ask(f"{page}?seed=9") as reply:
        asked = addresses(reply.read().decode())
    told = asked[-1]
    assert told.rstrip("/") == urlsplit(page).path.rstrip("/")
    for address in asked:
        with ask(site + address) as reply:
            assert reply.status == 200
    with ask(f"{site}{told}healthz") as reply:
        assert reply.read() == b"OK"
    with ask(f"{site}{told}ask/run", {"values": {"seed": 9}}) as reply:
        assert json.load(reply)["run"]["hash"]
    with ask(f"{site}{told}ask/felt", {"values": {}, "about": {"parameters": [0]}}) as reply:
        assert json.loads(reply.read().splitlines()[-1]) == {"end": True}
    with ask(f"{site}{told}save/csv", {"values": {}}) as reply:
        assert b"Adam" in reply.read()


def test_a_proxy_without_brotli_gets_what_it_knows(found, ask, record_property):
    if found is None:
        record_property("untried", nginx.MISSING)
        return
    for place, told in ((places.AT_THE_ROOT, "gzip"), (places.STRIPPED, "br")):
        with ask(found[place], **{"Accept-Encoding": "gzip, deflate, br, zstd"}) as reply:
            assert reply.headers["Content-Encoding"] == told
    with ask(found[places.STRIPPED]) as reply:
        assert reply.headers["Content-Encoding"] is None


def test_plain_http_leads_to_tls_and_a_proxy_keeps_numbers_to_itself(found, ask, record_property):
    if found is None:
        record_property("untried", nginx.MISSING)
        return
    for path in ("metrics", "readyz"):
        with pytest.raises(OSError, match="404"):
            ask(found[places.TLS] + path)
        with pytest.raises(OSError, match="404"):
            ask(found[places.TLS_UNDER] + path)


def test_the_proxy_keeps_files_and_no_answers(found, ask, folder, record_property):
    if found is None:
        record_property("untried", nginx.MISSING)
        return
    page = found[places.TLS]
    site = page.rstrip("/")
    with ask(page) as reply:
        (sheet,) = re.findall(r'<link rel="stylesheet" href="(/assets/[^"]+)"', reply.read().decode())
    with ask(site + sheet) as first, ask(site + sheet) as second:
        assert first.read() == second.read()
    with ask(f"{page}healthz"), ask(f"{page}ask/lessons", {}):
        pass
    entries = [path.read_bytes() for path in (folder / f"kept{urlsplit(page).port}").rglob("*") if path.is_file()]
    kept = {re.search(rb"\nKEY: http://[^/]+(/.*)\n", entry)[1].decode() for entry in entries}
    assert sheet in kept
    assert all(re.match("/(?:assets|_dash-component-suites)/", path) for path in kept), kept


@pytest.mark.parametrize("place", [places.AT_THE_ROOT, places.LEFT_ON])
def test_a_check_in_the_oldest_http_is_answered(found, place, record_property):
    """As balancers ask: HTTP/1.0 and no Host."""
    if found is None:
        record_property("untried", nginx.MISSING)
        return
    target = urlsplit(found[place])
    with socket.create_connection((target.hostname, target.port), timeout=60) as line:
        line.sendall(f"GET {target.path}healthz HTTP/1.0\r\n\r\n".encode())
        said = b"".join(iter(lambda: line.recv(4096), b""))
    assert said.startswith(b"HTTP/1.1 200 ")
    assert said.endswith(b"\r\n\r\nOK")
