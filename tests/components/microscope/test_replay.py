"""Rates in parts: the same bytes however they are cut, worked out once, and held no longer than their runs."""

import gc
import weakref
from itertools import islice

import numpy as np
import pytest

from components.answers import ANSWERS
from components.microscope import replay
from components.microscope.replay import PART, Replay
from components.payload.build import displayed
from components.question import Question, Trained
from components.settings import parsing
from components.settings.table import DEFAULTS
from optim import OPTIMIZERS, Contestant, CosineAnnealing, Experiment, Lion, train

MANY = [Contestant(f"{kind.__name__} {lr}", kind(lr=lr), CosineAnnealing())
        for kind in OPTIMIZERS.values() if kind is not Lion for lr in (0.01, 1.0)]
SOME = [MANY[0], MANY[4], MANY[1]]  # two rules
WANTED = [0, 1, 2, 7, 30, 255, 256, 257, 300]


def replay_of(many=SOME):
    experiment = Experiment(contestants=many, epochs=10)
    return Replay(experiment, train(experiment))


def parts(one, length=PART):
    return [part for part in one.rates(WANTED, length) if part]


def same(found, expected):
    return [(place, {label: rates.tobytes() for label, rates in part.items()}) for place, part in found] == [
        (place, {label: rates.tobytes() for label, rates in part.items()}) for place, part in expected]


@pytest.fixture
def worked(monkeypatch):
    """How often a rate was worked out."""
    calls, work_out = [], replay.work_out
    monkeypatch.setattr(replay, "work_out", lambda *given: calls.append(1) or work_out(*given))
    return calls


@pytest.mark.parametrize(("length", "cuts"), [
    (1, [0, *range(2, 9)]), (7, [0, 4, 5, 8]), (100, [0, 5]), (256, [0, 7]), (300, [0]), (999, [0]),
])
def test_parts_put_together_are_the_whole_to_the_last_bit(length, cuts):
    ((_, expected),) = parts(replay_of(MANY))
    found = parts(replay_of(MANY), length)
    assert [place for place, _ in found] == cuts
    assert expected.keys() == {one.label for one in MANY}
    for label, rates in expected.items():
        assert np.concatenate([part[label] for _, part in found]).tobytes() == rates.tobytes(), label


def test_between_two_pieces_of_work_there_is_a_place_to_end():
    kinds = [part is None for part in replay_of().rates(WANTED, 100)]
    assert kinds == [True, True, False] * 2  # two rules, two parts


def test_a_method_without_such_a_rate_is_left_out():
    ((_, found),) = parts(replay_of([*SOME, Contestant("Lion", Lion())]))
    assert found.keys() == {one.label for one in SOME}


def test_who_comes_later_finds_what_was_worked_out_and_goes_on_from_there(worked):
    one = replay_of()
    left = one.rates(WANTED, 100)
    assert next(part for part in left if part)[0] == 0
    left.close()
    begun = len(worked)
    found = parts(one)
    total = len(worked)
    assert 0 < begun < total
    assert same(found, parts(replay_of()))
    assert len(worked) == 2 * total


def test_two_who_ask_for_the_same_by_turns_have_it_worked_out_once(worked):
    one = replay_of()
    for first, second in zip(*[one.rates(WANTED, 7) for _ in range(2)], strict=True):
        assert first is second is None or same([first], [second])
    by_turns = len(worked)
    parts(replay_of())
    assert len(worked) == 2 * by_turns


def test_the_numbers_of_steps_and_the_rates_do_not_disturb_each_other():
    one, expected = replay_of(), parts(replay_of())
    label = SOME[0].label
    whole = [*replay_of().intermediates(label, [3, 299])]
    assert [now["p"].tobytes() for now in one.intermediates(label, [299])] == [whole[1]["p"].tobytes()]
    assert same(parts(one), expected)
    assert [now["p"].tobytes() for now in one.intermediates(label, [3, 299])] == [now["p"].tobytes() for now in whole]


def test_what_was_begun_and_left_is_held_with_the_runs_and_no_longer():
    experiment = Experiment(contestants=SOME, epochs=10)
    trained = Trained(experiment, train(experiment))
    left = trained.beside(Replay).rates(WANTED, 100)
    assert [*islice(left, 3)][-1]
    left.close()
    assert trained.beside(Replay) is trained.beside(Replay)
    held = [weakref.ref(one) for one in (*trained.values(), trained.beside(Replay))]
    del trained, left
    gc.collect()
    assert [one() for one in held] == [None] * 4


def test_the_answer_of_a_short_run_is_one_part_and_that_of_a_long_one_several():
    for epochs in (DEFAULTS["epochs"], 300):
        parsed = parsing.parse(DEFAULTS | {"epochs": epochs})
        runs = Trained(parsed.experiment, train(parsed.experiment))
        shown, _ = displayed(parsed.experiment, runs)
        answer = ANSWERS["felt"](Question(parsed, {"parameters": [0]}, lambda _, runs=runs: runs))
        found = [part for part in answer if part]
        assert len(found) == -(-parsed.experiment.steps // PART)
        assert sum(part["count"] for part in found) == len(shown)
        assert [part["first"] for part in found[1:]] == [
            int(np.searchsorted(shown, k * PART, side="right")) for k in range(1, len(found))]
