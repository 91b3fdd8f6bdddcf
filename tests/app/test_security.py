"""Headers: on every reply, and a policy that lets in this page's own scripts and no other."""

import base64
import hashlib
import re

import pytest

from app.config import Settings
from app.factory import create_app

PATHS = ["/", "/healthz", "/_dash-layout", "/_dash-dependencies", "/nowhere", "/assets/nothing.js"]


def policy(response) -> dict[str, list[str]]:
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("path", PATHS)
def test_every_reply_carries_the_headers(client, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Content-Security-Policy" in headers


def test_refusals_carry_the_headers_too(client):
    assert "Content-Security-Policy" in client.post("/_dash-update-component", data="?").headers


def test_the_policy_is_our_own_origin_and_the_exceptions_named(client):
    allowed = policy(client.get("/"))
    hashes = [source for source in allowed.pop("script-src") if source != "'self'"]
    assert hashes
    assert all(re.fullmatch(r"'sha256-[\w+/]+=*'", source) for source in hashes)
    assert allowed == {
        "default-src": ["'none'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "style-src-attr": ["'unsafe-hashes'", "'sha256-S+l+cz1wXqs2B0FcjqqT7NvjwGmhD1UjJswXjlSkj0s='"],
        "img-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "worker-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
    }


def test_every_inline_script_of_the_page_is_allowed_by_its_hash(client):
    response = client.get("/")
    # A script with a type that is not code, such as the JSON of Dash's settings, is data to the browser.
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>(.*?)</script>", response.text, re.DOTALL)
    assert inline
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy(response)["script-src"]


def test_the_page_has_a_language_a_title_and_no_footer_of_its_own(client):
    html = client.get("/").text
    assert '<html lang="en">' in html
    assert "<title>Descent Lab</title>" in html
    assert "<footer" not in html
    assert '<body data-state="loading"' in html


def test_the_page_names_no_other_origin(client):
    html = client.get("/").text
    # Dash writes where its own newest version could be asked for, and asks in development mode only.
    addresses = set(re.findall(r"https?://[^\"'<> ]+", html)) - {"https://dash-version.plotly.com:8080/current_version"}
    assert addresses == set()


def test_healthz(client):
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "OK")


def test_two_applications_do_not_share_callbacks():
    clients = [create_app(Settings()).server.test_client() for _ in range(2)]
    first, second = (client.get("/_dash-dependencies").json for client in clients)
    assert first == second
    assert "run.data" in [callback["output"] for callback in first]


class Broken:
    """What a server hands on where a body breaks off or its pieces are none."""

    def read(self, *_):
        raise RuntimeError("Invalid chunk size: zz")


@pytest.mark.parametrize("path", ["/ask/run", "/ask/lessons", "/open", "/save/csv", "/_dash-update-component"])
def test_a_body_that_cannot_be_read_is_the_senders_fault(client, path, caplog):
    how = {"wsgi.input": Broken(), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    response = client.post(path, content_type="application/json", environ_overrides=how)
    assert (response.status_code, response.mimetype) == (400, "text/plain")
    assert "zz" not in response.text + caplog.text


def test_a_mistake_of_ours_is_a_logged_500_and_shows_nothing(caplog, monkeypatch):
    app = create_app(Settings())

    def fail():
        raise ZeroDivisionError("a secret of the program")

    monkeypatch.setitem(app.server.view_functions, "/healthz", fail)
    response = app.server.test_client().get("/healthz")
    assert response.status_code == 500
    assert response.mimetype == "text/plain"
    assert "secret" not in response.text
    assert "a secret of the program" in caplog.text


def test_other_sites_may_frame_what_is_made_for_frames_where_the_deployer_says_so(client):
    site = "https://moodle.example.org"
    ours = create_app(Settings(frame_ancestors=(site,))).server.test_client()
    for framed in (ours.get("/?lr=.01&embed=1"), ours.get("/?lr=.01&amp;embed=1).")):
        assert policy(framed)["frame-ancestors"] == ["'self'", site]
        assert "X-Frame-Options" not in framed.headers
    for other in (ours.get("/"), ours.get("/?embed=0"), ours.get("/healthz?embed=1"), client.get("/?embed=1")):
        assert policy(other)["frame-ancestors"] == ["'self'"]
        assert other.headers["X-Frame-Options"] == "SAMEORIGIN"
