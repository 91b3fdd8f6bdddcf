"""Entries: read as they were written, and anything else is none."""

import hashlib
import json
import pickle

import pytest

from app.entries import HEAD, MAGIC, Sealed, seal, unseal
from components.payload.build import build
from optim import Experiment, train

VALUES = [None, True, 7, 0.1, "é 😀", "\ud83d", [1, [2.5e-300, None]], {"key": "k", "payload": {"A": "x" * 1000}}]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_comes_back(value):
    assert unseal(seal(value)) == value


@pytest.mark.parametrize("problem", ["line", "rosenbrock", "network-8", "logistic-regression"])
def test_a_run_comes_back_to_the_last_bit(problem):
    experiment = Experiment(problem, epochs=2)
    made = build(experiment, train(experiment))
    assert json.dumps(unseal(seal(made))) == json.dumps(made)


def test_one_flipped_bit_makes_it_none():
    entry = seal({"a": 1})
    for bit in range(8 * len(entry)):
        damaged = bytearray(entry)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ValueError, match=r"^it (is damaged|does not begin as an entry does)$"):
            unseal(bytes(damaged))


def test_one_cut_short_or_with_more_behind_is_none():
    entry = seal({"a": 1})
    for other in [*(entry[:length] for length in range(len(entry))), entry + b" ", entry + entry]:
        assert Sealed().loads(other) is None


@pytest.mark.parametrize("other", ["text", 7, [], b"", b"\x80\x05.", pickle.dumps({"a": 1}), b"!" + pickle.dumps(1)])
def test_anything_else_is_none_and_logged(other, caplog):
    assert Sealed().loads(other) is None
    assert "no entry" in caplog.text


def test_nothing_is_nothing(caplog):
    assert Sealed().loads(None) is None
    assert caplog.messages == []


@pytest.mark.parametrize("said", [b"", b"{", b"[" * 100_000, b"\xff"])
def test_a_seal_over_something_else_is_none(said):
    assert Sealed().loads(HEAD + hashlib.sha256(said).digest() + said) is None


def test_another_version_is_none():
    assert Sealed().loads(MAGIC + b"\x02" + seal(1)[len(HEAD) :]) is None


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", object()])
def test_what_json_cannot_say_is_refused(value):
    with pytest.raises(TypeError):
        seal(value)
