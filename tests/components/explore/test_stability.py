"""The stability map: each cell is a run, grids come coarse first, and the theory's edge runs through it."""

import contextlib
import io
import re

import numpy as np
import pytest

from components.explore.stability import BESIDE, SIDE, cell, changed, read, stability
from components.question import Question, Trained
from components.settings import parsing
from components.text.errors import Refused
from optim import MEASURES, sweep, train
from optim.theory import stable_rate


def question(values=None, **about):
    return Question(parsing.parse({"epochs": 3, **(values or {})}), about, lambda one: Trained(one, train(one)))


def last_of(found, which=0):
    """The finest values of a map, a row for each value of y."""
    (values,) = [part["values"] for part in found if part.get("map") == which and part["every"] == [1, 1]]
    return np.array([[np.nan if one is None else float(one) for one in row] for row in values])


def test_it_begins_with_the_rate_by_beta_of_momentum_coarse_first():
    head, *parts, end = stability(question(x="lr", y="beta"))
    assert (head["label"], head["x"]["key"], head["y"]["key"], head["measure"]) == (
        "Momentum", "lr", "beta", "excess loss")
    assert (head["x"]["setting"], head["y"]["setting"]) == ("lr", "beta")
    assert [part["every"] for part in parts] == [[4, 4], [2, 2], [1, 1]]
    assert head["count"] == parts[-1]["done"] == SIDE * SIDE
    coarse, fine = np.array(parts[0]["values"], dtype=float), last_of(parts)
    assert np.array_equal(coarse, fine[::4, ::4], equal_nan=True)
    assert len(end["edge"]) == SIDE


@pytest.mark.parametrize("measure", ["excess loss", "oscillation", "settling"])
def test_each_cell_is_the_measure_of_its_run(measure):
    asked = question(x="lr", y="beta", measure=measure)
    found, (x, y) = last_of(list(stability(asked))), read(asked).axes
    for i, j in ((0, 0), (40, 20), (63, 63)):
        experiment = changed(changed(read(asked).experiments[0], x, x.values[i]), y, y.values[j])
        *_, alone = sweep(experiment, {x.name: [x.values[i]]}, measure)
        assert found[j, i] == alone.values[0, 0] or np.isnan([found[j, i], alone.values[0, 0]]).all()


def test_the_edge_is_the_theorys_for_each_value():
    asked = question(x="lr", y="beta")
    *_, end = stability(asked)
    one, dial = read(asked).experiments[0], read(asked).axes[1]
    for place in (0, 30, 63):
        varied = changed(one, dial, dial.values[place])
        assert end["edge"][place] == stable_rate(varied, varied.contestants[0].optimizer)


def test_in_full_batches_the_edge_parts_what_diverges_from_what_does_not():
    asked = question({"batch": 30, "epochs": 1000, "form": "heavy-ball"}, x="lr", y="beta", measure="final loss")
    found = last_of(list(stability(asked)))
    experiment, (x, y) = read(asked).experiments[0], read(asked).axes
    start = float(experiment.loss(experiment.start))
    for j in range(0, 45, 4):  # nearer to 1 a run of so many steps has not yet left all bounds
        (one,) = changed(experiment, y, y.values[j]).contestants
        edge = stable_rate(experiment, one.optimizer)
        below = [i for i, rate in enumerate(x.values) if rate < edge]
        assert found[j, below[-1]] <= start
        if below[-1] + 2 < SIDE:
            assert not found[j, below[-1] + 2] <= start


def test_betas_are_shown_without_noise_and_with_in_no_more_cells():
    head, *parts, end = stability(question(x="betas.0", y="betas.1", measure="oscillation", pair=True))
    assert (head["label"], head["titles"], head["count"]) == ("Adam", ("noise 0", "noise 3"), 2 * BESIDE**2)
    assert head["count"] <= 64 * 64
    assert {part["map"] for part in parts} == {0, 1}
    assert end == {"edge": None}
    assert not np.array_equal(last_of(parts, 0), last_of(parts, 1))


def test_the_program_prints_the_same_numbers():
    asked = question(x="lr", y="batch", method=0)
    head, *parts, _ = stability(asked)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(head["program"]["text"], "<program>", "exec"), {"__name__": "__main__"})
    said = [[float(word) for word in line.split()] for line in out.getvalue().splitlines()]
    assert np.array_equal(np.array(said), last_of(parts), equal_nan=True)


def test_the_program_of_two_maps_runs():
    head, *_ = stability(question(x="betas.0", y="betas.1", pair=True))
    text, shortened = re.subn(r"(?m)^(across|up) = .*", r"\1 = [0.9, 0.99]", head["program"]["text"])
    assert shortened == 2
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(text, "<program>", "exec"), {"__name__": "__main__"})
    assert [len(line.split()) for line in out.getvalue().splitlines()] == [2] * 4


def test_what_is_not_there_gives_way_to_what_is():
    only_adam = {"methods": [{"label": "A", "method": "Adam", "schedule": "Constant", "own": {}}]}
    head = next(stability(question(only_adam, x="lr", y="beta")))
    assert (head["x"]["key"], head["y"]["key"]) == ("lr", "betas.0")
    head = next(stability(question(x="lr", y="lr", method=0, measure="luck")))
    assert head["x"]["key"] != head["y"]["key"]
    assert head["measure"] == "excess loss"
    assert "minimum" not in head["measures"]
    assert {"excess loss", "oscillation", "divergence"} < head["measures"].keys() <= MEASURES.keys()


def test_a_method_with_a_rate_of_its_own_is_moved_by_that():
    own = {"methods": [{"label": "data", "method": "Momentum", "schedule": "Constant", "own": {"lr": 0.02}}]}
    head = next(stability(question(own, x="lr", y="beta")))
    assert (head["x"]["setting"], head["x"]["own"], head["y"]["setting"]) == (None, "lr", "beta")
    assert sum(1 for _ in stability(question(own, x="lr", y="beta"))) == 5


def test_a_surface_has_no_points_to_vary():
    asked = {"problem": "rosenbrock", "epochs": 5}
    head = next(stability(question(asked)))
    assert "noise" not in head["dials"]
    assert "gradient_noise" in head["dials"]
    with pytest.raises(Refused):
        next(stability(question(asked, pair=True)))


def test_a_cells_run_is_what_its_settings_train():
    asked = question(x="lr", y="beta", at=[0.01, 0.9])
    told, (x, y) = cell(asked), read(asked).axes
    near = [min(dial.values, key=lambda value, at=at: abs(value - at)) for dial, at in ((x, 0.01), (y, 0.9))]
    experiment = changed(changed(read(asked).experiments[0], x, near[0]), y, near[1])
    (run,) = train(experiment).values()
    assert told["params"][-1] == run.params[-1].tolist()
    assert told["steps"][0] == 0
    assert told["steps"][-1] == experiment.steps
    with pytest.raises(Refused):
        cell(question(x="lr", y="beta", at=[1]))


@pytest.mark.parametrize(("measure", "none", "depth"), [
    ("excess loss", "diverged", 1e-10), ("arrival", "never", None), ("divergence step", "never", None),
    ("divergence", "", None), ("oscillation", "diverged", 1e-5),
])
def test_the_map_says_what_a_cell_without_a_number_is_and_how_its_colours_go(measure, none, depth):
    head = next(stability(question(measure=measure)))
    assert (head["none"], head["depth"]) == (none, depth)


def test_the_noises_of_two_maps_are_said():
    assert next(stability(question(measure="oscillation", pair=True)))["noises"] == (0, 3)
    assert next(stability(question(measure="oscillation")))["noises"] == ()


@pytest.mark.parametrize("measure", ["excess loss", "best loss"])
def test_the_start_is_told_where_a_loss_is_measured(measure):
    one = read(question(measure=measure)).experiments[0]
    begun = float(one.loss(one.start)) - (one.floor if "excess" in measure else 0)
    assert next(stability(question(measure=measure)))["start"] == begun
    assert next(stability(question(measure="distance")))["start"] is None
