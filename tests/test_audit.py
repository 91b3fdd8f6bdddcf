"""The audit: what it says of what a source knows, and that it never calls unknown packages sound."""

import json
import shlex
import sys

import pytest

from tests import audit

SKIPPED = {"name": "a", "skip_reason": "Dependency not found"}
SOUND = {"name": "b", "version": "1.0", "vulns": []}
FAULTY = {"name": "c", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}


@pytest.fixture
def auditor(tmp_path, monkeypatch):
    """A program that answers as pip-audit does: for each source with a list, or with a failure."""

    def made(**answers):
        program, script = tmp_path / "pip-audit", tmp_path / "answers.py"
        texts = {source: json.dumps({"dependencies": answer}) for source, answer in answers.items()}
        script.write_text(
            "import sys\n"
            f"texts = {texts!r}\nsource = sys.argv[sys.argv.index('--vulnerability-service') + 1]\n"
            "print(texts[source]) if source in texts else sys.exit('unreachable')\n",
            "utf-8",
        )
        # No line "#!" of its own with Python's path, in which a space would end it.
        program.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, str(script)])} "$@"\n', "utf-8")
        program.chmod(0o755)
        return str(program)

    monkeypatch.setattr(audit, "LOCKS", ("requirements.txt",))
    return made


@pytest.mark.parametrize("answers", [{}, {"pypi": [SKIPPED]}, {"pypi": [SKIPPED], "osv": [SKIPPED]}])
def test_where_nobody_knows_anything_it_says_so(auditor, answers, capsys):
    assert audit.main(auditor(**answers)) == 0
    told = capsys.readouterr().out
    assert told == "requirements.txt: not audited, as no source of vulnerabilities can be reached from here.\n"


@pytest.mark.parametrize("answers", [{"pypi": [SOUND, SKIPPED]}, {"pypi": [SKIPPED], "osv": [SOUND]}, {"osv": [SOUND]}])
def test_what_is_sound_is_counted(auditor, answers, capsys):
    assert audit.main(auditor(**answers)) == 0
    assert capsys.readouterr().out == "requirements.txt: 1 packages audited, 0 vulnerabilities known.\n"


def test_what_is_not_is_named_and_fails(auditor, capsys):
    assert audit.main(auditor(pypi=[SOUND, FAULTY])) == 1
    assert "  c 2.0: PYSEC-1, mended in 2.1\n" in capsys.readouterr().out
