"""Packing: what the image compresses as far as it goes is what is sent, and is of what is there."""

import brotli

from app import compression, packing
from app.config import Settings
from app.factory import create_app
from tests.app.conftest import Client
from tests.app.test_compression import BROTLI, files


def test_files_are_sent_as_they_were_packed_and_those_that_have_changed_are_not(monkeypatch, tmp_path):
    monkeypatch.setattr(compression, "PACKED", tmp_path / "packed")
    monkeypatch.setattr(packing, "FINEST", 0)  # the quickest, which differs from what the server does
    packing.pack()
    client = Client(create_app(Settings()).server)
    plain = [client.get(path).data for path in files(client)]
    packed = [client.get(path, headers=BROTLI) for path in files(client)]
    large = [(body, reply.data) for body, reply in zip(plain, packed, strict=True) if len(body) >= compression.LEAST]
    named = large[:-1]  # the last is plotly.js, which the page does not name
    assert [sent for _, sent in named] == [brotli.compress(body, quality=0) for body, _ in named]
    assert {compression.finest(body).name for body, _ in named} <= {path.name for path in compression.PACKED.iterdir()}
    assert large[-1][1] != brotli.compress(large[-1][0], quality=0)

    body = named[0][0] + b" "
    assert not compression.finest(body).is_file()
    assert compression.packed(body, "br") == brotli.compress(body, quality=compression.LEVEL)
