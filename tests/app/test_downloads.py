"""Files over HTTP: streamed whole, named, and refused in one sentence."""

import csv
import io
import json

import pytest

from components import records
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


def test_what_cannot_be_saved_is_one_sentence(client, monkeypatch):
    assert client.post("/save/gif", json={}).status_code == 404
    for body in ({"values": {"epochs": "x"}}, {"values": [1]}):
        reply = client.post("/save/csv", json=body)
        assert (reply.status_code, len(reply.text.splitlines())) == (400, 1)
    monkeypatch.setattr(records, "LARGEST", 1000)
    reply = client.post("/save/csv", json={})
    assert reply.status_code == 400
    assert "at most" in reply.text


@pytest.mark.parametrize("about", [[], "x", {"view": [1]}, {"view": {"step": "x" * 9999}}, {"link": 3}])
def test_whatever_stands_beside_the_values_does_no_harm(client, about):
    assert client.post("/save/json", json={"values": {"epochs": 1}, "about": about}).status_code == 200
    assert client.post("/ask/offline", json={"values": {"epochs": 1}, "about": about}).json["problem"] is None


def test_the_offline_page_is_an_inquiry(client):
    reply = client.post("/ask/offline", json={"values": {"epochs": 2}, "about": {"link": "https://lab.test/"}}).json
    assert reply["name"] == f"descent-lab-{Experiment(epochs=2).digest}.html"
    assert reply["text"].startswith("<!DOCTYPE html>")
    assert 'href="https://lab.test/"' in reply["text"]
    assert client.post("/ask/offline", json={"values": {"epochs": "x"}}).json["problem"].startswith("These settings")
