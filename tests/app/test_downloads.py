"""Files over HTTP: streamed whole, named, and refused in one sentence."""

import csv
import gzip
import io
import json
import zlib

import pytest

from app import callbacks, downloads
from components.exports.data_files import LARGEST, Kind
from optim import Experiment


def test_numbers_are_streamed_as_a_file(client):
    reply = client.post("/save/csv", json={"values": {"epochs": 2}})
    assert reply.status_code == 200
    assert reply.headers["Content-Type"].startswith("text/csv")
    assert f'filename="descent-lab-{Experiment(epochs=2).digest}.csv"' in reply.headers["Content-Disposition"]
    assert len(reply.text.splitlines()) == 1 + 4 * 61
    reply = client.post("/save/json", json={"values": {"epochs": 2}, "about": {"view": {"step": 4}}})
    assert f'"descent-lab-{Experiment(epochs=2).digest}.numbers.json"' in reply.headers["Content-Disposition"]
    found = json.loads(reply.text)
    assert found["view"] == {"step": 4}
    assert len(found["runs"]["Adam"]["loss"]) == 61


def test_a_spreadsheet_shows_the_names_of_the_csv_as_they_are(client):
    """Excel reads UTF-8 where a byte order mark says so; other readers skip one mark and find the same columns."""
    methods = [{"label": "Größe β", "method": "SGD"}]
    file = client.post("/save/csv", json={"values": {"epochs": 1, "methods": methods}}).data
    assert file.startswith(b"\xef\xbb\xbfstep,epoch,method,")
    head, first, *_ = csv.reader(io.StringIO(file.decode("utf-8-sig")))
    assert (head[0], first[2]) == ("step", "Größe β")


def test_what_cannot_be_saved_is_one_sentence(client):
    assert client.post("/save/gif", json={}).status_code == 404
    for body in ({"values": {"epochs": "x"}}, {"values": [1]}):
        reply = client.post("/save/csv", json=body)
        assert (reply.status_code, len(reply.text.splitlines())) == (400, 1)


def test_a_failure_of_ours_is_logged_and_told_in_a_sentence(client, monkeypatch, caplog):
    def fail(question):
        raise ZeroDivisionError("a mistake in the program")

    monkeypatch.setitem(downloads.KINDS, "broken", Kind("txt", "text/plain", fail))
    reply = client.post("/save/broken", json={"values": {"epochs": 1}})
    assert (reply.status_code, reply.text) == (400, f"{callbacks.PROBLEM}\n")
    assert "A file of kind broken could not be written: {'values': {'epochs': 1}}" in caplog.text
    assert "a mistake in the program" in caplog.text


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_numbers_travel_compressed_where_the_client_takes_gzip(client, kind):
    asked = {"json": {"values": {"epochs": 20}}}
    plain = client.post(f"/save/{kind}", **asked)
    taken = {"gzip": True, "br, gzip": True, "br": False, "gzip;q=0": False, "identity": False}
    for accepted, packed in taken.items():
        reply = client.post(f"/save/{kind}", **asked, headers={"Accept-Encoding": accepted})
        assert reply.headers.get("Content-Encoding") == ("gzip" if packed else None)
        assert (gzip.decompress(reply.data) if packed else reply.data) == plain.data
        assert "Accept-Encoding" in reply.headers["Vary"]
        if packed:
            assert len(reply.data) < 0.6 * len(plain.data)


def test_each_piece_is_on_its_way_before_the_next_is_made():
    made = []

    def pieces():
        for place in range(3):
            made.append(place)
            yield f"piece {place}\n"

    reader = zlib.decompressobj(downloads.GZIP)
    for place, packed in zip(range(3), downloads.compressed(pieces()), strict=False):
        assert reader.decompress(packed) == f"piece {place}\n".encode()
        assert made == [*range(place + 1)]


def test_the_longest_files_are_thinned_and_bounded(client):
    values = {"problem": "network", "units": 16, "epochs": 200, "points": 40}
    for kind in ("csv", "json"):
        reply = client.post(f"/save/{kind}", json={"values": values})
        assert 0.5 * LARGEST < len(reply.data) <= LARGEST


@pytest.mark.parametrize("about", [[], "x", {"view": [1]}, {"view": {"step": "x" * 9999}}, {"link": 3}])
def test_whatever_stands_beside_the_values_does_no_harm(client, about):
    assert client.post("/save/json", json={"values": {"epochs": 1}, "about": about}).status_code == 200
    assert client.post("/ask/offline", json={"values": {"epochs": 1}, "about": about}).json["problem"] is None


def test_the_offline_page_is_an_answer(client):
    reply = client.post("/ask/offline", json={"values": {"epochs": 2}, "about": {"link": "https://lab.test/"}}).json
    assert reply["name"] == f"descent-lab-{Experiment(epochs=2).digest}.html"
    assert reply["text"].startswith("<!DOCTYPE html>")
    assert 'href="https://lab.test/"' in reply["text"]
    assert client.post("/ask/offline", json={"values": {"epochs": "x"}}).json["problem"].startswith("These settings")
