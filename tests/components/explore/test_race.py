"""The fair race: its numbers are those of runs, its words are what they say, and its program repeats them."""

import contextlib
import io
import statistics
from dataclasses import replace

import numpy as np
import pytest

from components.explore.race import RATES, SCORED_ON, TUNED_ON, race, read
from components.explore.winners import headline
from components.text.errors import Refused
from optim import SGD, Contestant, Experiment, Race, fair_race, train
from tests.components.explore.asking import asked, numbers


@pytest.fixture(scope="module")
def found():
    return list(race(asked()))


def test_it_comes_coarse_first_and_says_what_is_to_come(found):
    head, *parts = found
    assert head["ways"] == ["as given", "each at its best", "all at rate 0.001"]
    assert head["budget"] == ("Tuned on data seeds 101\u2013110, scored on 201\u2013230: 241 rates a method; "
                              "9,640 runs of tuning.")
    assert [part["tried"][0] for part in parts] == sorted({part["tried"][0] for part in parts})
    assert len(parts) > 1
    assert parts[-1]["tried"] == [len(RATES)] * 4
    assert parts[-1]["done"] == head["count"] == 4 * 241 * 10 + 3 * 4 * 30


def test_each_score_is_that_of_a_run_on_a_seed_that_nothing_was_tuned_on(found):
    assert not set(TUNED_ON) & set(SCORED_ON)
    head, *_, last = found
    one, rates = read(asked()).drawn, numbers(last["rates"])
    for way in range(3):
        for c, method in enumerate(one.experiment.contestants):
            varied = replace(method, optimizer=replace(method.optimizer, lr=rates[way, c]))
            for i, seed in ((0, 201), (29, 230)):
                cell = replace(one.by(seed), contestants=(varied,))
                wanted = max(train(cell)[method.label].loss[-1] - cell.floor, 0)
                assert float(last["scores"][way][c][i]) == wanted
    medians = numbers(last["medians"])
    assert medians.tolist() == [[statistics.median(map(float, each)) for each in way] for way in last["scores"]]
    assert last["ranks"] == [[1 + sum(other < one for other in way) for one in way] for way in medians.tolist()]
    scores = np.array([[numbers(each) for each in way] for way in last["scores"]])
    for ends, share in ((last["low"], 0.1), (last["high"], 0.9)):
        assert numbers(ends).tolist() == np.quantile(scores, share, axis=2, method="averaged_inverted_cdf").tolist()
    assert rates[2].tolist() == [0.001] * 4
    assert [each["lr"] for each in last["found"]] == rates[1].tolist()
    assert head["seeds"] == SCORED_ON


def test_the_seed_on_view_makes_no_difference(found):
    assert list(race(asked({"seed": 8}))) == found


def test_the_program_prints_the_same_numbers():
    few = {"methods": [{"label": name, "method": name, "schedule": "Constant", "own": {}} for name in ("SGD", "Adam")]}
    for tune in ("rate", "more"):
        head, *_, last = race(asked(few, tune=tune))
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile(head["program"]["text"], "<program>", "exec"), {"__name__": "__main__"})
        sentence, *lines = out.getvalue().splitlines()
        assert sentence.startswith("As given ")
        printed = [float(line.rpartition(": ")[2]) for line in lines]
        assert printed == numbers(last["medians"]).ravel().tolist()


def test_one_setting_more_is_a_memory_and_the_given_value_is_among_those_tried():
    more = read(asked(tune="more"))
    assert {label: dial.key for label, dial in more.more.items()} == {
        "Momentum": "beta", "Adam": "betas.0", "Adam with annealing": "betas.0"}
    assert 0.95 in more.more["Momentum"].values
    assert 0.7 in more.more["Adam"].values
    head, first, *parts = race(asked(tune="more"))
    assert [each.keys() for each in first["found"]][:2] == [{"lr"}, {"lr", "beta"}]
    assert (first["tried"], first["found"][1]["beta"]) == ([16] * 4, 0.95), "rates alone come first"
    done = [part["done"] for part in (first, *parts)]
    assert done == sorted(done)
    last = parts[-1]
    assert [one["tunes"] for one in head["methods"]][:2] == ["61 rates", "61 rates by 10 of beta"]
    assert last["found"][1].keys() == {"lr", "beta"}
    assert last["done"] == head["count"]


def test_any_methods_can_race():
    kinds = ["AdaGrad", "RMSProp", "Adadelta", "Lion", "Nesterov"]
    listed = [{"label": name, "method": name, "schedule": "Constant", "own": {}} for name in kinds]
    *_, last = race(asked({"methods": listed, "epochs": 1}, tune="more"))
    assert [list(each) for each in last["found"]] == [
        ["lr", "initial_accumulator_value"], ["lr", "alpha"], ["lr", "rho"], ["lr", "betas.0"], ["lr", "beta"]]
    *_, alone = race(asked({"methods": listed[:1], "epochs": 1}))
    assert (alone["says"], alone["headline"][:19]) == ("", "Tuned, AdaGrad has ")


def test_where_no_floor_is_known_it_is_the_loss_itself():
    head, *_, last = race(asked({"problem": "own", "formula": "x^2 + y^2 - 1", "gradient_noise": 0.5, "epochs": 5}))
    assert (head["above"], last["measure"]) == (False, "Final loss")
    assert "rounding" not in last["headline"]


def test_what_cannot_be_raced_is_refused():
    with pytest.raises(Refused, match="rate or more"):
        next(race(asked(tune="luck")))
    with pytest.raises(Refused, match="drawn by a seed"):
        next(race(asked({"problem": "rosenbrock"})))


# ---- the headline ----------------------------------------------------------------------------------------------------


def made(given, best, tolerance=0.0):
    """A race in which methods A, B and so on have these scores on its one seed."""
    ways = tuple(tuple(Contestant("ABCD"[c], SGD(0.1)) for c in range(len(given))) for _ in range(3))
    scores = np.array([given, best, best], dtype=float)[:, :, None]
    many = len(given)
    return Race("Excess loss", ways, scores, tolerance, (1,), (2,), (("lr",),) * many, (1,) * many, (False,) * many,
                True)


@pytest.mark.parametrize(("given", "best", "says"), [
    ([3, 2, 1], [1, 2, 4.1], "Tuned, A overtakes C: 3rd \u2192 1st, 4.1 times lower loss."),
    ([4, 3, 2, 1], [4, 1, 3, 2], "Tuned, B overtakes D: 3rd \u2192 1st, 2 times lower loss."),
    ([3, 2, 1], [1e-9, 2, 1], "Tuned, A overtakes C: 3rd \u2192 1st, nothing left but rounding."),
    ([2, 1], [1e-9, 1e-10], "Tuned, A draws level with B: 2nd \u2192 1st (shared), nothing left but rounding."),
    ([2, 1], [1, np.inf], "Tuned, A overtakes B: 2nd \u2192 1st, where B diverges."),
    ([2, 1], [1, 0.5], "Tuned or as given, the order is the same: B first."),
    ([1e-10, 1e-9, 1], [1e-9, 1e-10, 1e-9], "Tuned, C draws level with A and B: 3rd \u2192 1st (shared), "
                                            "nothing left but rounding."),
    ([1e-10, 1e-9], [1e-9, 1], "Tuned, B falls behind: 1st \u2192 2nd."),
    ([1e-10, 1e-9], [1e-9, 1e-9], "Tuned or as given, all are level."),
    ([np.inf, np.inf], [np.inf, np.inf], "Also tuned, no method stays in bounds."),
    ([np.inf], [1], "Tuned, A has bounds to stay in, where it diverges as given."),
    ([4.2], [1], "Tuned, A has a 4.2 times lower loss than as given."),
    ([1], [1.5], "Tuned, A has a 1.5 times higher loss than as given."),
    ([1], [1e-9], "Tuned, A has nothing left but rounding."),
    ([1], [1], "Tuned, A has the loss that it has as given."),
    ([3, 2], [1e-7, 2], "Tuned, A overtakes B: 2nd \u2192 1st, 10,000 times and more lower loss."),
])
def test_the_headline_says_who_rises_past_whom_and_by_how_much(given, best, says):
    assert headline(made(given, best, tolerance=1e-8), above=True) == says


def test_without_a_floor_losses_are_compared_by_their_difference():
    assert headline(made([1, 0], [-2, -1.5]), above=False) == (
        "Tuned, A overtakes B: 2nd \u2192 1st, loss lower by 0.5.")
    assert headline(made([1], [-2]), above=False) == "Tuned, A has a loss lower by 3 than as given."


def test_the_headline_of_a_real_race_is_of_its_ranks():
    *_, last = fair_race(Experiment(epochs=2), RATES[::8])
    assert headline(last, above=True).startswith("Tuned")
