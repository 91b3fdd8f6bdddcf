"""Entries: read as they were written, and anything else is none."""

import hashlib
import json
import pickle

import pytest

from app.entries import HEAD, MAGIC, File, Sealed, seal, unseal
from app.runs import packed_json
from app.training import codings
from components.payload.build import build
from optim import Experiment, train
from tests.app.standins import numbered

BODIES = [b"", b"\n", b"7", b"\x00\xff" * 1000, "é 😀".encode()]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("private", [True, False])
def test_a_file_comes_back(body, private):
    file = File("run-0123\ud83d", "zstd", private, body)
    assert unseal(seal(file)) == file


@pytest.mark.parametrize("coding", codings.PREFERRED)
@pytest.mark.parametrize("problem", ["line", "rosenbrock", "network-8", "logistic-regression"])
def test_a_run_comes_back_to_the_last_bit(problem, coding):
    experiment = Experiment(problem, epochs=2)
    made = packed_json(build(experiment, train(experiment)))
    kept = unseal(seal(File("k", coding, False, codings.pack(made, coding))))
    assert codings.unpack(kept.body, kept.coding) == made


@pytest.mark.parametrize("coding", codings.PREFERRED)
@pytest.mark.parametrize("body", [b"{", b"{}", b"\x00" * 100])
def test_what_is_in_no_such_coding_is_told_as_such(coding, body):
    with pytest.raises((ValueError, OSError)):
        codings.unpack(body, coding)


def test_one_flipped_bit_makes_it_none():
    entry = seal(numbered(1))
    for bit in range(8 * len(entry)):
        damaged = bytearray(entry)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ValueError, match=r"^it (is damaged|does not begin as an entry does)$"):
            unseal(bytes(damaged))


def test_one_cut_short_or_with_more_behind_is_none():
    entry = seal(numbered(1))
    for other in [*(entry[:length] for length in range(len(entry))), entry + b" ", entry + entry]:
        assert Sealed().loads(other) is None


@pytest.mark.parametrize("other", ["text", 7, [], b"", b"\x80\x05.", pickle.dumps({"a": 1}), b"!" + pickle.dumps(1)])
def test_anything_else_is_none_and_logged(other, caplog):
    assert Sealed().loads(other) is None
    assert "no entry" in caplog.text


def test_nothing_is_nothing(caplog):
    assert Sealed().loads(None) is None
    assert caplog.messages == []


SAID = [["k", "br"], ["k", "br", 1], [1, "br", True], {}, None]


@pytest.mark.parametrize("said", [b"", b"{", b"[" * 100_000, b"\xff", *(json.dumps(one).encode() for one in SAID)])
def test_a_seal_over_something_else_is_none(said):
    assert Sealed().loads(HEAD + hashlib.sha256(said).digest() + said) is None


def test_another_version_is_none():
    assert Sealed().loads(MAGIC + b"\x01" + seal(numbered(1))[len(HEAD) :]) is None
