"""Basins: each cell is where a run ends, coarse maps come first, shares have errors, and the program repeats them."""

import contextlib
import io
from dataclasses import replace

import numpy as np
import pytest

from components.explore.basins import SIDE, basin, basin_maps, classes, named, says, window
from components.payload.build import build
from components.question import Question, Trained
from components.settings import parsing
from components.text.errors import Refused
from optim import SURFACES, train
from optim.explore.statistics import wilson

HIMMELBLAU = {"problem": "himmelblau", "epochs": 60, "lr": 0.01, "methods": [
    {"label": "SGD", "method": "SGD", "schedule": "Constant", "own": {}},
    {"label": "Adam", "method": "Adam", "schedule": "Constant", "own": {"lr": 0.3}}]}


def question(values=None, **about):
    return Question(parsing.parse({"epochs": 3, **(values or {})}), about, lambda one: Trained(one, train(one)))


@pytest.fixture(scope="module")
def answer():
    return list(basin_maps(question(HIMMELBLAU)))


def test_coarse_maps_come_first_and_a_fine_one_has_their_cells(answer):
    head, *parts = answer
    assert (head["methods"], head["parameters"], head["side"]) == (["SGD", "Adam"], ("x", "y"), SIDE)
    assert [part["every"] for part in parts] == [4, 2, 1]
    assert head["count"] == parts[-1]["done"] == 2 * SIDE * SIDE
    for part in parts[:-1]:
        every = part["every"]
        assert np.array_equal(part["ends"], np.array(parts[-1]["ends"])[:, ::every, ::every])


def test_each_cell_is_where_the_run_from_there_ends(answer):
    head, *_, last = answer
    experiment, ends = parsing.parse(HIMMELBLAU).required, np.array(last["ends"])
    (x0, x1), (y0, y1) = head["bounds"]
    minima = np.array([one["at"] for one in last["minima"]])
    assert minima.tolist() == [list(one) for one in SURFACES["himmelblau"].minima]
    for i, j in ((0, 0), (40, 20), (63, 31), (10, 55)):
        start = (x0 + (x1 - x0) * (i + 0.5) / SIDE, y0 + (y1 - y0) * (j + 0.5) / SIDE)
        for c, run in enumerate(train(replace(experiment, start=start)).values()):
            away = np.abs((run.params[-1] - minima) / (x1 - x0)).max(axis=1)
            wanted = head["gone"] if run.diverged_at else (
                int(away.argmin()) if away.min() <= head["near"] else head["none"])
            assert ends[c, j, i] == wanted


def test_shares_are_those_of_the_cells_with_wilsons_interval(answer):
    head, *_, last = answer
    assert last["classes"] == ["A", "B", "C", "D", "none", "diverged"]
    for ends, shares in zip(last["ends"], last["shares"], strict=True):
        for end, told in zip((0, 1, 2, 3, head["none"], head["gone"]), shares, strict=True):
            count = np.count_nonzero(np.array(ends) == end)
            assert told == pytest.approx([count / SIDE**2, *map(float, wilson(np.array(count), SIDE**2))])
    assert last["says"] == ""


def test_the_maps_are_the_same_wherever_the_start_is_and_as_large_as_the_landscape():
    values = {"epochs": 20}
    moved = {**values, "start_a": -3.0, "start_b": 9.0}
    assert window(question(values)) == window(question(moved))
    experiment = parsing.parse(values).required
    shown = build(experiment, train(experiment))["axes"]["landscape"]
    assert [list(one) for one in window(question(values))] == shown
    assert window(question({"problem": "himmelblau", "start": "9, 9"})) == SURFACES["himmelblau"].bounds


def test_many_minima_are_told_as_the_lowest_and_another():
    *_, last = basin_maps(question({"problem": "ackley", "epochs": 2}))
    assert last["classes"] == ["lowest", "another", "none", "diverged"]
    assert [one["name"] for one in last["minima"]][:3] == ["1", "2", "3"]
    for ends, shares in zip(last["ends"], last["shares"], strict=True):
        flat = np.array(ends).ravel()
        assert [one[0] for one in shares] == [
            np.mean(flat == 0), np.mean(flat > 0), np.mean(flat == -1), np.mean(flat == -2)]
    assert "the colour is the loss" in last["says"]


def test_letters_classes_and_sentences():
    assert (named(3), named(9)[-1]) == (["A", "B", "C"], "9")
    assert classes([]) == ["none", "diverged"]
    assert classes(named(8))[:8] == list("ABCDEFGH")
    assert says(0).startswith("No minimum")
    assert says(1).startswith("There is one minimum")
    assert says(8) == ""


def test_without_a_minimum_all_runs_are_at_none_or_diverge():
    *_, last = basin_maps(question({"problem": "saddle"}))
    assert (last["minima"], last["classes"]) == ([], ["none", "diverged"])
    assert all(sum(one[0] for one in shares) == pytest.approx(1) for shares in last["shares"])


@pytest.mark.parametrize("problem", ["sine", "network", "proportional"])
def test_other_than_two_parameters_have_a_sentence_and_no_map(problem):
    with pytest.raises(Refused, match="needs two parameters"):
        next(basin_maps(question({"problem": problem})))


def test_the_program_prints_the_same_numbers():
    head, *_, last = basin_maps(question({**HIMMELBLAU, "epochs": 5}))
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(head["program"]["text"], "<program>", "exec"), {"__name__": "__main__"})
    lines = out.getvalue().splitlines()
    per = 4 + SIDE
    for c in range(2):
        label, *triple = lines[1 + c * per:1 + c * per + 4]
        assert label.startswith(f"{head['methods'][c]}: ")
        said = np.array([[float(word) for word in line.split()] for line in triple]).T
        assert said.tolist() == last["shares"][c]
        rows = [[int(word) for word in line.split()] for line in lines[5 + c * per:1 + (c + 1) * per]]
        assert rows == last["ends"][c]


def test_a_starts_path_is_that_of_its_run():
    told = basin(question(HIMMELBLAU, method=1, at=[2.5, -1.0]))
    run = train(replace(parsing.parse(HIMMELBLAU).required, start=(2.5, -1.0)))["Adam"]
    assert (told["params"][0], told["params"][-1]) == ([2.5, -1.0], run.params[-1].tolist())
    assert (told["steps"][-1], told["diverged"]) == (60, None)


@pytest.mark.parametrize("about", [
    {"method": 0, "at": [1]}, {"method": 0}, {"at": [1, 1]}, {"method": 0, "at": ["x", 1]},
    {"method": [], "at": [1, 1]}])
def test_what_is_no_start_is_refused(about):
    with pytest.raises(Refused):
        basin(question(HIMMELBLAU, **about))


def test_what_lies_beyond_is_taken_to_the_edge():
    told = basin(question(HIMMELBLAU, method=99, at=[1e9, -1e9]))
    assert told["params"][0] == [5.5, -5.5]
