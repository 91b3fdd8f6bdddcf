"""Compression: every reply is what it was, smaller; files are kept compressed, replies to sliders are not."""

import gzip
import re

import brotli
import pytest
from flask.testing import FlaskClient

from app.compression import KeptFiles
from components.settings.table import DEFAULTS
from tests.app.test_callbacks import ROUTE, envelope

PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.min.js"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}
BROTLI = {"Accept-Encoding": "br"}


def files(client: FlaskClient) -> list[str]:
    """The addresses of the scripts and style sheets that the page names, and of plotly.js, which it loads later."""
    return [*re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css)[^"]*)"', client.get("/").text), PLOTLY]


@pytest.fixture
def kept(monkeypatch) -> list[str]:
    """The keys under which compressed replies are kept while the test lasts."""
    keys = []
    keep = KeptFiles.set

    def noted(self: KeptFiles, key: str, value: bytes) -> None:
        keep(self, key, value)
        if self.get(key) is not None:
            keys.append(key)

    monkeypatch.setattr(KeptFiles, "set", noted)
    return keys


@pytest.mark.parametrize("encoding", UNPACK)
def test_a_reply_unpacks_to_what_it_was(client, encoding):
    for path in [*files(client), "/_dash-layout", "/_dash-dependencies"]:
        plain = client.get(path)
        for _ in range(2):  # made, then kept
            packed = client.get(path, headers={"Accept-Encoding": encoding})
            assert packed.headers.get("Content-Encoding") == (encoding if len(plain.data) >= 500 else None)
            assert UNPACK.get(packed.headers.get("Content-Encoding"), bytes)(packed.data) == plain.data
            assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_file_is_compressed_once(client, monkeypatch):
    client.get(PLOTLY, headers=BROTLI)
    monkeypatch.setattr("flask_compress.flask_compress._compress_data", lambda *_: pytest.fail("compressed again"))
    assert client.get(PLOTLY, headers=BROTLI).status_code == 200


def test_the_page_and_its_callback_are_never_kept(client, kept):
    client.get("/", headers=BROTLI)
    reply = client.post(ROUTE, json=envelope({"n": 1, "values": DEFAULTS}), headers=BROTLI)
    assert reply.headers["Content-Encoding"] == "br"
    assert kept == []


def test_addresses_made_up_keep_nothing_new(client, kept):
    asset = next(path for path in files(client) if path.startswith("/assets/") and path.endswith(".css"))
    for number in range(3):
        assert client.get(PLOTLY.replace(".min", f".v{number}m{number}.min"), headers=BROTLI).status_code == 200
        assert client.get(f"{asset}?{number}", headers=BROTLI).status_code == 200
    assert len(kept) == 6
    assert len(set(kept)) == 2


def test_a_browser_that_has_a_file_is_told_so(client):
    for path in files(client):
        for headers in ({}, BROTLI):
            tag = client.get(path, headers=headers).headers["ETag"]
            again = client.get(path, headers={**headers, "If-None-Match": tag})
            assert (again.status_code, again.data) == (304, b"")


def test_only_what_an_address_fixes_has_a_lifetime(client):
    for path in files(client):
        fixed = path != PLOTLY  # the only one without its version or its time of change
        assert ("max-age=31536000" in client.get(path).headers.get("Cache-Control", "")) == fixed
