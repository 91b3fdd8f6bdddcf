"""The rate finder: its runs are optim's, the best rates are the rate sweep's, and its program repeats them."""

import contextlib
import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from components.explore.finder import FEWEST, MOST, compared, rate_finder, scale
from components.explore.rate_sweep import RATES, rate_sweep
from components.question import Question
from components.settings import parsing
from optim import rate_test


def parts(values=None, executor=None):
    return list(rate_finder(Question(parsing.parse({"epochs": 4, **(values or {})}), {}, None, executor)))


def numbers(row):
    return [np.nan if one is None else float(one) for one in row]


def test_each_run_comes_by_itself_and_then_the_sweep_coarse_first():
    head, *rest = parts()
    assert head["methods"] == ["SGD", "Momentum", "Adam", "Adam with annealing"]
    assert [one.get("place") for one in rest] == [0, 1, 2, 3, None, None]
    done = [one["done"] for one in rest]
    assert done[:4] == [1, 2, 3, 4]
    assert done == sorted(done)
    assert done[-1] == head["count"] == 4 * (1 + len(RATES))


def test_what_is_told_of_a_run_is_the_rate_tests():
    head, first, *_ = parts()
    found = rate_test(parsing.parse({"epochs": 4}).required, "SGD", epochs=4)
    assert (head["steps"], head["every"], head["measure"], head["log"]) == (120, 1, "Loss", True)
    assert first["rates"] == found.rates.tolist()
    np.testing.assert_array_equal(numbers(first["loss"]), found.loss)
    np.testing.assert_array_equal(numbers(first["smoothed"]), found.smoothed)
    assert (first["calm"], first["suggested"], first["lowest"], first["steepest"], first["says"]) == (
        found.looked_at, found.suggested, found.at_lowest, found.steepest, found.sentence)


def test_the_best_rates_are_those_of_the_rate_sweep():
    *_, coarse, fine = parts()
    *_, one, other = rate_sweep(Question(parsing.parse({"epochs": 4}), {}, None))
    for told, wanted in ((coarse, one), (fine, other)):
        assert told["best"] == [
            None if read["best"] is None else RATES[read["best"]] for read in wanted["readings"]]


def test_long_runs_are_thinned_and_short_ones_are_longer():
    head, first, *_ = parts({"epochs": 100})
    assert (head["steps"], head["every"]) == (3000, 3)
    assert len(first["rates"]) == len(first["loss"]) <= MOST
    assert parts({"problem": "himmelblau", "epochs": 20})[0]["steps"] == FEWEST
    assert parts({"problem": "himmelblau", "epochs": 200})[0]["steps"] == 200


def test_what_runs_the_sweep_runs_the_tests_too():
    with ThreadPoolExecutor(1) as executor:
        assert parts(executor=executor) == parts()


def test_a_surface_that_goes_below_zero_is_told_above_its_lowest():
    known = parsing.parse({"problem": "styblinski-tang"}).required
    assert scale(known) == ("Value above the lowest", known.floor, True)
    head, first, *_ = parts({"problem": "styblinski-tang", "epochs": 100})
    assert min(numbers(first["loss"])) >= 0
    assert head["start"] == float(known.loss(known.start)) - known.floor
    assert scale(parsing.parse({"problem": "own", "formula": "x^2 + y^2 - 1"}).required) == ("Value", 0.0, False)
    assert scale(parsing.parse({"problem": "himmelblau"}).required) == ("Value", 0.0, True)


def test_how_a_suggestion_compares_is_said():
    found = rate_test(parsing.parse({"epochs": 4}).required, "SGD")
    rate = found.suggested
    begin = f"SGD suggests {rate:.2g}; "
    assert compared(found, 2.5 * rate) == f"{begin}the sweep’s best is {2.5 * rate:.2g}, 2.5 times higher."
    assert compared(found, rate / 4) == f"{begin}the sweep’s best is {rate / 4:.2g}, 4 times lower."
    assert compared(found, 1234 * rate).endswith("1,234 times higher.")
    assert "about the same" in compared(found, 1.05 * rate)
    assert compared(found, None) == f"{begin}no rate of the sweep ends below the start."
    wild = rate_test(parsing.parse({"epochs": 4}).required, "SGD", 1e6, 1e7)
    assert compared(wild, 0.1) == wild.sentence


@pytest.mark.parametrize("problem", [{}, {"problem": "own", "formula": "x^2 + y^2 - 1"}])
def test_the_program_prints_the_same_numbers(problem):
    head, *rest = parts(problem)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(head["program"]["text"], "<program>", "exec"), {"__name__": "__main__"})
    lines = out.getvalue().splitlines()
    for place, told in enumerate(rest[:4]):
        says, rates, *rows = lines[4 * place : 4 * place + 4]
        assert says == told["says"]
        assert rates.split() == [str(told["suggested"]), str(told["steepest"])]
        for line, of in zip(rows, (told["loss"], told["smoothed"]), strict=True):
            np.testing.assert_array_equal([float(word) for word in line.split()], numbers(of))
    assert [line.partition(":")[0] for line in lines[16:]] == head["methods"]
