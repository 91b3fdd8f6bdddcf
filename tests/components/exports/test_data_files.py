"""Runs as data: CSV and JSON hold `train`'s float64 numbers bit for bit, and the file of settings brings them back."""

import csv
import io
import json
import tracemalloc

import numpy as np
import pytest

from components.exports import data_files
from components.question import Question
from components.settings import parsing
from components.text.errors import Refused
from components.text.infinities import plain_list
from optim import SGD, Adam, Contestant, Experiment, Lion, Surface, train

SHORT = Experiment(epochs=2, contestants=[Contestant("SGD", SGD(0.001)), Contestant("Adam, fast", Adam(1.0))])
WILD = Experiment(epochs=2, contestants=[Contestant("hot", SGD(10.0))])


def table(experiment):
    return list(csv.reader(io.StringIO("".join(data_files.csv_lines(experiment, train(experiment))))))


def numbers(cells):
    return np.array([float(cell) if cell else np.nan for cell in cells])


def test_the_csv_has_a_row_for_each_step_and_method():
    head, *rows = table(SHORT)
    assert head == ["step", "epoch", "method", "a", "b", "loss", "gradient a", "gradient b",
                    "direction a", "direction b", "learning rate"]
    assert [row[0] for row in rows] == [*map(str, range(61))] * 2
    assert [row[2] for row in rows] == ["SGD"] * 61 + ["Adam, fast"] * 61
    assert [float(row[1]) for row in rows[:61]] == [step / 30 for step in range(61)]


@pytest.mark.parametrize("experiment", [SHORT, WILD, Experiment(model="beale", epochs=30)])
def test_the_csvs_numbers_are_trains_bit_for_bit(experiment):
    _, *rows = table(experiment)
    n = experiment.resolved_model.n
    for label, run in train(experiment).items():
        mine = np.array([numbers(row[3:]) for row in rows if row[2] == label])
        assert mine[:, :n].tobytes() == run.params.tobytes()
        assert mine[:, n].tobytes() == run.loss.tobytes()
        taken = np.column_stack([run.gradient, run.direction, run.learning_rate])
        assert np.array_equal(mine[1:, n + 1:], taken, equal_nan=True)
        assert np.isnan(mine[0, n + 1:]).all()


@pytest.mark.parametrize("experiment", [SHORT, WILD])
def test_the_json_holds_the_experiment_and_its_numbers(experiment):
    runs = train(experiment)
    text = "".join(data_files.json_pieces(experiment, runs, {"epochs": 2}, {"step": 5}))
    found = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert found["descent-lab"] == 1
    assert found["values"] == {"epochs": 2}
    assert found["view"] == {"step": 5}
    assert Experiment.from_canonical(json.dumps(found["experiment"])) == experiment
    for label, run in runs.items():
        mine = found["runs"][label]
        for name in ("params", "loss", "gradient", "direction", "learning_rate"):
            assert np.array(mine[name], dtype=float).tobytes() == getattr(run, name).tobytes()
        assert mine["diverged_at"] == run.diverged_at


def test_the_size_that_is_told_is_near():
    runs = train(SHORT)
    for text in ("".join(data_files.csv_lines(SHORT, runs)), "".join(data_files.json_pieces(SHORT, runs))):
        assert 0.5 < data_files.rough_size(SHORT) / len(text) < 1.7


def test_a_name_is_no_formula_where_a_spreadsheet_opens_the_csv():
    """A name may come with a stranger's link."""
    names = ["=1+1", "+1", "-1", "@now", " =2", "a=b"]
    experiment = Experiment(epochs=1, contestants=[Contestant(name, SGD(0.001)) for name in names])
    _, *rows = table(experiment)
    assert list(dict.fromkeys(row[2] for row in rows)) == ["'=1+1", "'+1", "'-1", "'@now", "' =2", "a=b"]


def test_numbers_are_made_text_block_by_block():
    numbers = np.ones((40_000, 8))
    tracemalloc.start()
    try:
        count = sum(map(len, data_files._array(numbers)))
        assert tracemalloc.get_traced_memory()[1] < numbers.nbytes
    finally:
        tracemalloc.stop()
    assert count == 40_000 * len("[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0], ")


def question(values, about=None):
    return Question(parsing.parse(values), about or {}, train)


OWN = {"data": "0,1\n1,2.5\n2,4\n", "epochs": 3, "problem": "line", "methods": [{"label": "x", "method": "Lion"}]}


@pytest.mark.parametrize("values", [{}, {"problem": "network", "units": 4, "watched": "w2"}, OWN])
def test_the_values_of_a_file_make_the_same_run(values):
    asked = question(values)
    state = json.loads(json.dumps(data_files.sized(asked)["state"]))
    again = parsing.parse(state["values"])
    assert again.experiment == asked.parsed.experiment
    assert again.watched == asked.parsed.watched


def test_what_was_on_view_is_bounded():
    bad = {"step": 3, "long": "x" * 10_000, "deep": {"a": 1}, "bad": float("nan"), **{f"k{i}": i for i in range(100)}}
    kept = data_files.plain_view(bad)
    assert kept["step"] == 3
    assert not {"long", "deep", "bad"} & kept.keys()
    assert len(kept) <= data_files.MOST_VIEWED
    assert data_files.plain_view([1]) == {}


INFINITE = Experiment(
    Surface("edge", lambda p: p[1] * p[1] - np.sqrt(p[0]), lambda p: (-0.5 / np.sqrt(p[0]), 2 * p[1]), (0.0, 1.0),
            ((0, 3), (-2, 2))),
    epochs=5, contestants=[Contestant("Lion", Lion(0.1)), Contestant("Adam", Adam(0.1))])


def test_what_is_infinite_is_not_what_is_no_number(monkeypatch):
    """A gradient of -inf at the first step, of which Lion takes the sign: a sound run. Adam's is none."""
    monkeypatch.setattr(Experiment, "canonical", "{}")
    monkeypatch.setattr(Experiment, "digest", "0")
    runs = train(INFINITE)
    run = runs["Lion"]
    assert run.diverged_at is None
    assert np.isneginf(run.gradient[0, 0])
    text = "".join(data_files.json_pieces(INFINITE, runs))
    found = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert found["numbers"] == 'float64; null is no number, "inf" and "-inf" are infinite'
    assert found["runs"]["Lion"]["gradient"][0] == ["-inf", 2.0]
    assert found["runs"]["Adam"]["gradient"][0] == [None, None]
    for label, one in runs.items():
        for name in ("params", "loss", "gradient", "direction", "learning_rate"):
            mine = np.array(found["runs"][label][name], dtype=float)
            assert mine.tobytes() == getattr(one, name).tobytes()
    _, *rows = csv.reader(io.StringIO("".join(data_files.csv_lines(INFINITE, runs))))
    slopes = {(row[2], row[0]): row[6] for row in rows}
    assert [slopes[label, "1"] for label in runs] == ["-inf", ""]  # Adam ends there, and has no number
    assert [slopes[label, "0"] for label in runs] == ["", ""]


@pytest.mark.parametrize(("numbers", "plain"), [
    ([1.0, np.nan], [1.0, None]), ([[np.inf, -np.inf], [np.nan, 0.5]], [["inf", "-inf"], [None, 0.5]]),
    ([], []), ([2.5], [2.5]),
])
def test_infinities_have_a_text_and_no_number_is_null(numbers, plain):
    assert plain_list(np.array(numbers, dtype=float)) == plain


def test_what_makes_no_run_is_refused():
    with pytest.raises(Refused, match="make no run"):
        data_files.sized(question({"epochs": "many"}))


def test_of_a_long_run_every_kth_step_is_written_and_it_says_so(monkeypatch):
    whole = table(SHORT)
    assert data_files.stride(SHORT) == 1
    runs = train(SHORT)
    full = json.loads("".join(data_files.json_pieces(SHORT, runs)))
    assert not {"thinned", "steps"} & full.keys()
    monkeypatch.setattr(data_files, "LARGEST", 15_000)
    every, steps = data_files.stride(SHORT), data_files.kept(SHORT).tolist()
    assert 1 < every < 10
    assert steps == sorted({*range(0, 61, every), 60})
    head, *rows = table(SHORT)
    assert head == [f"step (1 of {every} and the last)", *whole[0][1:]]
    assert rows == [row for row in whole[1:] if int(row[0]) in steps]
    thin = json.loads("".join(data_files.json_pieces(SHORT, runs)))
    assert thin["thinned"] == f"1 of {every} steps and the last: all would be more than 0.015 MB"
    assert thin["steps"] == steps
    for label, numbers in full["runs"].items():
        for name in ("params", "loss"):
            assert thin["runs"][label][name] == [numbers[name][step] for step in steps]
        for name in ("gradient", "direction", "learning_rate"):
            assert thin["runs"][label][name] == [numbers[name][step - 1] for step in steps[1:]]
    assert data_files.sized(question({"epochs": 2}))["every"] > 1


def test_no_file_is_larger_than_it_may_be(monkeypatch):
    """Names of many bytes and the longest numbers included."""
    tiny = 1.2345678901234567e-100
    long = [Contestant("é" * 40, SGD(tiny)), Contestant("\U0001f600" * 40, Adam(1.2345678901234567e-4))]
    experiment = Experiment(epochs=60, start=(tiny, -tiny), contestants=long)
    runs = train(experiment)
    for largest in (50_000, 200_000, 400_000):
        monkeypatch.setattr(data_files, "LARGEST", largest)
        for pieces in (data_files.csv_lines(experiment, runs), data_files.json_pieces(experiment, runs)):
            assert 0.3 * largest < len("".join(pieces).encode()) <= largest
