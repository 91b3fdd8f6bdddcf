"""npm: only a registry that is out of reach may be left untried; whatever else it fails of, a test fails of too.

In its place stands a program that says what npm would say.
"""

import os

import pytest

from tests import npm


@pytest.fixture
def says(tmp_path, monkeypatch):
    """npm ends with this code, once it has said that it failed of this."""

    def says(code, error):
        program = tmp_path / "npm"
        program.write_text(f"#!/bin/sh\necho 'npm error code {error}' >&2\nexit {code}\n", "utf-8")
        program.chmod(0o755)

    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return says


@pytest.mark.parametrize("error", ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ERR_SOCKET_TIMEOUT", "E403", "E503"])
def test_a_registry_that_is_out_of_reach_leaves_it_undone(says, tmp_path, error):
    says(1, error)
    assert npm.ran(npm.COMMAND, tmp_path) is False
    assert npm.packages(tmp_path) is None


@pytest.mark.parametrize("error", ["EUSAGE", "ETARGET", "E404", "EJSONPARSE", "EINTEGRITY"])
def test_any_other_failure_is_one(says, tmp_path, error):
    says(1, error)
    with pytest.raises(AssertionError, match=error):
        npm.ran(npm.COMMAND, tmp_path)


def test_a_command_that_is_none_is_a_failure(tmp_path, says):
    says(0, "none")
    with pytest.raises(AssertionError, match="not found"):
        npm.ran("npx-of-nowhere ci", tmp_path)


def test_what_it_has_done_is_there(says, tmp_path):
    says(0, "none")
    assert npm.ran(npm.COMMAND, tmp_path) is True
    assert npm.packages(tmp_path) == tmp_path / "node_modules"
