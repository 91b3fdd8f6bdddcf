"""The fixtures themselves: a page that complains or asks elsewhere fails its test, and so does having no browser."""

import pytest
from playwright.sync_api import Error

from tests import nginx, redis_server
from tests.browser import chromium, firefox
from tests.browser.pages import Watch


@pytest.fixture
def watched(browser, address):
    """A page without a test's fixtures around it, and its watch."""
    page = browser.new_page()
    yield page, Watch(page, address, expected=("foreseen",))
    page.close()


LATER = "setTimeout(() => { throw new Error('oh') })"


@pytest.mark.parametrize("said", ["console.error('oh')", "console.warn('oh')", LATER])
def test_a_page_that_complains_is_heard(watched, said):
    page, watch = watched
    page.goto("about:blank")
    with page.expect_event("pageerror" if said is LATER else "console"):
        page.evaluate(f"() => {{ {said} }}")
    assert len(watch.messages) == 1
    assert "oh" in watch.messages[0]


def test_what_a_test_foresees_and_plain_talk_are_no_complaint(watched):
    page, watch = watched
    page.evaluate("() => { console.error('this was foreseen'); console.log('hello'); }")
    assert watch.messages == []


def test_a_request_to_another_origin_is_seen_and_gets_nowhere(watched, address):
    page, watch = watched
    page.goto(f"{address}/healthz")
    assert watch.strangers == []
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://another.example/")
    assert watch.strangers == ["http://another.example/"]


PROGRAMS = pytest.mark.parametrize(
    ("kind", "variable", "package"),
    [
        (chromium, "BROWSER_PATH", "chromium"),
        (firefox, "FIREFOX_PATH", "firefox-esr"),
        (nginx, "NGINX_PATH", "nginx-light"),
        (redis_server, "REDIS_PATH", "redis-server"),
    ],
    ids=["chromium", "firefox", "nginx", "redis"],
)


@PROGRAMS
def test_no_program_is_told_in_one_sentence(monkeypatch, tmp_path, kind, variable, package):
    stub = tmp_path / package
    stub.write_text("#!/bin/sh\nexit 1\n")
    stub.chmod(0o755)
    for named in (stub, tmp_path / "nothing"):
        monkeypatch.setenv(variable, str(named))
        with pytest.raises(chromium.ProgramMissingError, match="install one"):
            kind.find()


@PROGRAMS
def test_debians_program_is_installed_where_that_is_allowed(monkeypatch, kind, variable, package):
    ran = []
    monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(kind, "candidates", lambda: [f"/usr/bin/{package}"] if ran else [])
    monkeypatch.setattr(chromium, "runs", lambda *_: True)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(chromium.subprocess, "run", lambda command, **_: ran.append(command))

    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000)
    with pytest.raises(chromium.ProgramMissingError):
        kind.find()
    assert ran == []

    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    assert kind.find() == f"/usr/bin/{package}"
    assert [command[2] for command in ran] == ["update", "install"]
    assert ran[1][-1] == package


@pytest.mark.parametrize(("kind", "variable"), [(nginx, "NGINX_PATH"), (redis_server, "REDIS_PATH")])
def test_a_missing_server_is_a_failure_on_a_machine_of_its_own_only(monkeypatch, tmp_path, kind, variable):
    monkeypatch.setenv(variable, str(tmp_path / "nothing"))
    monkeypatch.delenv("CI", raising=False)
    assert kind.found() is None
    monkeypatch.setenv("CI", "true")
    with pytest.raises(chromium.ProgramMissingError, match=kind.PACKAGE):
        kind.found()
