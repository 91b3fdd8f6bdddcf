"""Compression: replies are what they were, smaller; what all get alike is made once, the rest is never kept."""

import gzip
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore

import brotli
import pytest
from flask.testing import FlaskClient

from app import compression
from app.config import Settings
from app.factory import create_app
from app.flights import Flight
from app.training import codings
from components.settings.table import DEFAULTS
from tests.app.conftest import Client
from tests.app.test_callbacks import ROUTE, envelope

PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.min.js"
MADE = ["/", "/_dash-layout", "/_dash-dependencies"]
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "zstd": lambda body: codings.unpack(body, "zstd")}
BROTLI = {"Accept-Encoding": "br"}
YEAR = "public, max-age=31536000, immutable"


def files(client: FlaskClient) -> list[str]:
    """The addresses of the scripts and style sheets that the page names, and of plotly.js, which it loads later."""
    return [*re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css)[^"]*)"', client.get("/").text), PLOTLY]


@pytest.mark.parametrize("encoding", UNPACK)
def test_a_reply_unpacks_to_what_it_was(client, encoding):
    for path in [*files(client), *MADE]:
        plain = client.get(path)
        for _ in range(2):  # made, then kept
            packed = client.get(path, headers={"Accept-Encoding": encoding})
            assert packed.headers.get("Content-Encoding") == (encoding if len(plain.data) >= 500 else None)
            assert UNPACK.get(packed.headers.get("Content-Encoding"), bytes)(packed.data) == plain.data
            assert packed.mimetype == plain.mimetype
            assert "Accept-Encoding" in packed.headers["Vary"]


def test_page_layout_and_files_are_made_and_compressed_once(monkeypatch, tmp_path):
    monkeypatch.setattr(compression, "PACKED", tmp_path)  # nothing is there
    made = Counter()
    pack = codings.pack
    monkeypatch.setattr(codings, "pack", lambda *given: made.update(pack=1) or pack(*given))
    app = create_app(Settings())
    for name in ("index", "serve_layout", "dependencies"):
        monkeypatch.setattr(app, name, made_by(getattr(app, name), name, made))
    client = Client(app.server)
    paths = [path for path in [*files(client), *MADE] if len(client.get(path).data) >= 500]
    made.clear()
    for path in paths:
        client.get(path, headers=BROTLI)
    assert made["pack"] == len(paths)
    made.clear()
    for path in paths:
        assert client.get(path, headers=BROTLI).status_code == 200
    assert made == {}


def test_scripts_are_there_for_those_who_ask_while_the_first_is_answered(monkeypatch):
    """Another worker has sent the page."""
    page = Client(create_app(Settings()).server).get("/").text
    script = re.search(r"/_dash-component-suites/dash/deps/react@[^\"]+", page)[0]
    app, met = create_app(Settings()), []
    laid_out = app._layout_value
    monkeypatch.setattr(app, "_layout_value", lambda: met.append(0) or laid_out())
    assert Client(app.server).get(script).status_code == 200
    assert met == []  # all is ready before


@pytest.mark.parametrize("before", [{}, {"Accept-Encoding": "gzip"}], ids=["new", "known in another coding"])
def test_a_class_that_asks_at_once_has_it_made_once(before, monkeypatch):
    app, pack, many = create_app(Settings()), codings.pack, 5
    if before:
        Client(app.server).get(PLOTLY, headers=before)
    made, begun, others, go_on = Counter(), Event(), Semaphore(0), Event()

    def held(*given):
        made.update(pack=1)
        begun.set()
        go_on.wait(60)
        return pack(*given)

    def get():
        try:
            return Client(app.server).get(PLOTLY, headers=BROTLI)
        finally:
            others.release()

    join = Flight.join
    monkeypatch.setattr(codings, "pack", held)
    monkeypatch.setattr(Flight, "join", lambda self, waiter: [join(self, waiter), others.release()][0])
    with ThreadPoolExecutor(many) as pool:
        first = pool.submit(get)
        assert begun.wait(60)
        rest = [pool.submit(get) for _ in range(many - 1)]
        for _ in rest:
            assert others.acquire(timeout=60)  # it waits, or has been answered too early
        go_on.set()
        replies = [one.result() for one in (first, *rest)]
    assert [reply.status_code for reply in replies] == [200] * many
    assert made["pack"] == 1
    assert len({reply.data for reply in replies}) == 1


def made_by(view, name, made):
    return lambda *given, **named: made.update([name]) or view(*given, **named)


def test_a_reply_to_a_slider_is_compressed_and_never_kept(client):
    replies = [client.post(ROUTE, json=envelope({"n": n, "values": DEFAULTS}), headers=BROTLI) for n in (1, 2)]
    assert [reply.headers["Content-Encoding"] for reply in replies] == ["br", "br"]
    assert replies[0].data != replies[1].data
    assert "ETag" not in replies[0].headers


def test_addresses_made_up_keep_nothing_new(client, monkeypatch):
    asset = next(path for path in files(client) if path.startswith("/assets/") and path.endswith(".css"))
    for path in (PLOTLY, asset, "/"):
        client.get(path, headers=BROTLI)
    monkeypatch.setattr(codings, "pack", lambda *_: pytest.fail("something new"))
    for number in range(3):
        assert client.get(PLOTLY.replace(".min", f".v{number}m{number}.min"), headers=BROTLI).status_code == 200
        assert client.get(f"{asset}?{number}", headers=BROTLI).status_code == 200
        assert client.get(f"/?{number}", headers=BROTLI).status_code == 200


def test_a_browser_that_has_something_is_told_so(client):
    for path in [*files(client), *MADE]:
        for headers in ({}, BROTLI):
            tag = client.get(path, headers=headers).headers["ETag"]
            again = client.get(path, headers={**headers, "If-None-Match": tag})
            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["Cache-Control"] == client.get(path).headers["Cache-Control"]


def test_only_what_an_address_fixes_has_a_lifetime(client):
    for path in [*files(client), *MADE]:
        fixed = path not in (PLOTLY, *MADE)
        assert client.get(path).headers["Cache-Control"] == (YEAR if fixed else "no-cache"), path


def test_a_script_under_the_name_of_another_content_is_not_kept(client):
    """As while a server is replaced by a newer one, and the old page asks the new server."""
    marked = [path for path in files(client) if compression.MARK.search(path)]
    assert len(marked) > 8
    for path in marked:
        content = compression.MARK.search(path)[2]
        assert content == compression.digest(client.get(path).data)
        for other in ("0" * 16, "1795900243", content[:-1], content.upper() + "0"):
            changed = client.get(path.replace(f"m{content}.", f"m{other}."))
            assert changed.data == client.get(path).data
            assert changed.headers["Cache-Control"] == "no-cache"


def test_our_own_files_are_only_in_the_folder_of_their_content(client):
    path = next(path for path in files(client) if path.endswith("styles.css"))
    for name in ("/assets/styles.css", "/assets/000000000000/styles.css", path.replace("/assets/", "/assets/0")):
        assert client.get(f"{name}?m={path.split('/')[2]}").status_code == 404


def test_a_file_that_is_not_there_is_refused_each_time(client):
    for _ in range(2):
        assert client.get("/_dash-component-suites/dash/none.js").status_code == 404


def test_the_page_is_made_for_each_place_that_the_program_stands_at(monkeypatch):
    made = Counter()
    monkeypatch.setattr(compression, "MOST", 3)
    app = create_app(Settings())
    monkeypatch.setattr(app, "index", made_by(app.index, "index", made))
    client = Client(app.server)
    for root in ("/lab", "/other", "/lab"):
        assert client.get("/", environ_overrides={"SCRIPT_NAME": root}).status_code == 200
    assert made["index"] == 2
    for number in range(9):
        client.get("/", environ_overrides={"SCRIPT_NAME": f"/{number}"})
    client.get("/", environ_overrides={"SCRIPT_NAME": "/8"})
    assert made["index"] == 11
    client.get("/", environ_overrides={"SCRIPT_NAME": "/lab"})
    assert made["index"] == 12
