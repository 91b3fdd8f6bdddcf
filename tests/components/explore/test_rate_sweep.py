"""The rate sweep: its numbers are those of runs, its readings are what they claim, and its program repeats them."""

import contextlib
import io
from dataclasses import replace

import numpy as np
import pytest

from components.explore.rate_sweep import COARSE, RATES, rate_sweep, reading
from components.question import Question
from components.settings import parsing
from components.text.errors import Refused
from optim import train


def parts(values=None, **about):
    return list(rate_sweep(Question(parsing.parse({"epochs": 4, **(values or {})}), about, None)))


def curves(found):
    """All numbers of an answer, a row a method."""
    head, *rest = found
    values = np.full((len(head["methods"]), len(RATES)), np.nan)
    for part in rest:
        values[:, part["places"]] = [[np.nan if one is None else float(one) for one in row] for row in part["values"]]
    return values


def test_a_coarse_curve_comes_first_and_no_rate_comes_twice():
    head, coarse, fine = parts()
    assert head["rates"] == RATES
    assert (RATES[0], RATES[-1], len(RATES)) == (1e-5, 10.0, 241)
    assert coarse["places"] == list(range(0, len(RATES), COARSE))
    assert sorted(coarse["places"] + fine["places"]) == list(range(len(RATES)))
    assert (coarse["done"], fine["done"]) == (4 * len(coarse["places"]), head["count"])


@pytest.mark.parametrize(("of", "measured"), [
    ("end", lambda run: run.loss[-1]), ("best", lambda run: np.nanmin(run.loss))])
def test_each_number_is_that_of_a_run(of, measured):
    values, experiment = curves(parts(of=of)), parsing.parse({"epochs": 4}).required
    for place in (0, 100, 173, 240):
        varied = replace(experiment, contestants=tuple(
            replace(one, optimizer=replace(one.optimizer, lr=RATES[place])) for one in experiment.contestants))
        for row, run in zip(values, train(varied).values(), strict=True):
            wanted = max(measured(run) - experiment.floor, 0.0)
            assert row[place] == wanted or np.isnan([row[place], wanted]).all()


def test_the_program_prints_the_same_numbers():
    found = parts()
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(found[0]["program"]["text"], "<program>", "exec"), {"__name__": "__main__"})
    lines = out.getvalue().splitlines()
    assert [float(word) for word in lines[1].split()] == pytest.approx(curves(found)[0].tolist(), rel=0, nan_ok=True)
    assert lines[0].startswith("SGD: ")


def test_readings_are_the_best_rate_and_the_last_one_before_a_run_ends_above_its_start():
    all_known = np.ones(6, dtype=bool)
    values = np.array([5.0, 2.0, 0.5, 3.0, 9.0, 1.0])
    assert reading(values, all_known, 8.0) == {"best": 2, "edge": 3}
    assert reading(np.array([1e-18, 1e-20, 0.0, 3.0, np.nan, 0.0]), all_known, 8.0) == {"best": 1, "edge": 3}
    assert reading(np.array([5.0, 1e-20, 0.0, 3.0, np.nan, 1.0]), all_known, 8.0, tie=0.0) == {"best": 2, "edge": 3}
    assert reading(values, all_known, 20.0) == {"best": 2, "edge": None}
    assert reading(values, all_known, 0.1) == {"best": None, "edge": None}
    some = np.array([True, False, True, False, True, False])
    assert reading(values, some, 8.0) == {"best": 2, "edge": 2}


def test_in_full_batches_the_edge_of_the_runs_is_within_a_rate_of_the_theorys():
    head, *_, last = parts({"batch": 30, "epochs": 400})
    for one, read in list(zip(head["methods"], last["readings"], strict=True))[:2]:
        assert RATES[read["edge"]] <= one["edge"] * 1.0001
        assert RATES[read["edge"] + 2] > one["edge"]


def test_a_schedule_and_an_adaptive_method_have_no_edge_and_a_sentence():
    head = parts()[0]
    assert [one["edge"] is None for one in head["methods"]] == [False, False, True, True]
    assert all(one["why"].endswith(".") for one in head["methods"][2:])


def test_where_no_floor_is_known_it_is_the_loss_itself():
    head, *_ = parts({"problem": "own", "formula": "x^2 + y^2 - 1", "epochs": 5})
    assert (head["above"], head["measure"]) == (False, "Final loss")
    assert "import components.formulas.custom" in head["program"]["text"]


def test_nothing_else_is_measured():
    with pytest.raises(Refused):
        parts(of="luck")
