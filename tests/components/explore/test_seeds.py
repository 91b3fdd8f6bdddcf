"""Many seeds: losses are those of runs, firsts and ranks are counted, and the program repeats them."""

import contextlib
import io
import re

import numpy as np
import pytest

from components.explore.drawn import drawn
from components.explore.seeds import FEWEST, STEPS, USUAL, seeds
from components.panels import CONTROLS
from components.text.errors import Refused
from optim import train
from optim.explore.seeds import MOST_SEEDS
from tests.components.explore.asking import asked, numbers


@pytest.fixture(scope="module")
def found():
    return list(seeds(asked(count=40)))


def test_it_comes_after_8_32_and_all_seeds_with_the_one_on_view_first(found):
    head, *parts = found
    assert head["seeds"][:4] == (7, 0, 1, 2)
    assert sorted(head["seeds"]) == list(range(40))
    assert [part["done"] for part in parts] == [4 * 8, 4 * 32, 4 * 40]
    assert head["count"] == parts[-1]["done"]
    for part in parts:
        assert numbers(part["losses"]).tolist() == numbers(parts[-1]["losses"])[:, :part["done"] // 4].tolist()


def test_each_loss_is_that_of_a_run_and_the_band_is_of_them(found):
    head, *_, last = found
    runs = [train(drawn(asked()).by(seed)) for seed in head["seeds"]]
    losses = np.array([[run.loss[-1] for run in each.values()] for each in runs]).T
    assert numbers(last["losses"]).tolist() == losses.tolist()
    assert numbers(last["median"])[:, -1].tolist() == np.median(losses, axis=1).tolist()
    ranks = [[1 + int((row < one).sum()) for one in row] for row in losses]
    assert last["ranks"] == ranks
    assert last["usual"] == [[4 < rank <= 36 for rank in row] for row in ranks]
    leaders = losses.argmin(axis=0)
    assert last["first"] == [int((leaders == c).sum()) for c in range(4)]
    assert sum(last["first"]) + last["ties"] == 40
    assert last["lost"] == [0] * 4


def test_a_run_that_diverges_is_lost_and_the_worst():
    *_, last = seeds(asked({"lr": 0.5}, count=8))
    assert last["lost"][0] == 8
    assert last["losses"][0] == ["inf"] * 8
    assert last["usual"][0] == [False] * 8


@pytest.mark.parametrize(("count", "are"), [(20, 20), (1, 2), (900, 500), ("50", 50), (None, 100)])
def test_how_many_is_bounded(count, are):
    about = {} if count is None else {"count": count}
    assert len(next(seeds(asked({"epochs": 1}, **about)))["seeds"]) == are


def test_a_link_may_ask_for_any_number_that_is_answered():
    pattern = CONTROLS["seedCount"].pattern
    assert [count for count in range(2000) if re.fullmatch(pattern, str(count))] == list(range(FEWEST, MOST_SEEDS + 1))
    assert str(USUAL) == CONTROLS["seedCount"].default


def test_a_seed_beyond_the_first_is_among_them_and_what_is_no_number_is_refused():
    head = next(seeds(asked({"seed": 5000}, count=20)))
    assert head["seeds"] == (5000, *range(19))
    with pytest.raises(Refused):
        next(seeds(asked(count="many")))
    with pytest.raises(Refused, match="drawn by a seed"):
        next(seeds(asked({"problem": "rosenbrock"}, count=8)))


def test_of_long_runs_not_every_step_is_told():
    *_, last = seeds(asked({"epochs": 60}, count=8))
    assert last["steps"][-1] == 1800
    assert len(last["steps"]) <= STEPS
    assert numbers(last["low"]).shape == (4, len(last["steps"]))


def test_a_surface_has_its_floor_where_one_is_known():
    surface = {"problem": "rosenbrock", "gradient_noise": 1, "epochs": 5}
    head = next(seeds(asked(surface, count=8)))
    assert (head["isSurface"], head["floor"], head["word"]) == (True, 0.0, "seeds")
    assert next(seeds(asked({**surface, "problem": "own", "formula": "x^2 + y^2"}, count=8)))["floor"] is None
    assert next(seeds(asked(count=8)))["word"] == "data seeds"


def test_the_program_prints_the_same_numbers(found):
    head, *_, last = found
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(head["program"]["text"], "<program>", "exec"), {"__name__": "__main__"})
    says, standing, those, *lines = out.getvalue().splitlines()
    assert says == last["says"]
    assert standing.startswith("Seed 7 is ")
    assert those == " ".join(map(str, head["seeds"]))
    printed = [eval(line.partition(": ")[2], {"inf": np.inf}) for line in lines]
    assert printed == numbers(last["losses"]).tolist()
