"""Descriptions: the words beside the settings are true, and everything goes out as JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.settings.describing import captions, cycles, describe, heavy_ball
from components.settings.parsing import parse
from components.settings.table import DEFAULTS, SLIDERS, remembered


@pytest.mark.parametrize(
    ("beta", "words"),
    [
        (0, "remembers about 1 step"),
        (0.9, "remembers about 10 steps"),
        (0.95, "remembers about 20 steps"),
        (0.9999, "remembers about 10,000 steps"),
    ],
)
def test_how_long_a_beta_remembers(beta, words):
    assert remembered(beta) == words


@pytest.mark.parametrize(
    ("period", "epochs", "steps_per_epoch", "words"),
    [
        (None, 50, 30, "one cycle over the whole run"),
        (15, 50, 30, "3 cycles and a third: the last is cut off"),
        (10, 50, 30, "5 cycles"),
        (50, 50, 30, "1 cycle"),
        (40, 50, 30, "1 cycle and a quarter: the last is cut off"),
        (100, 50, 30, "a half of a cycle: it is cut off"),
        (7, 50, 30, "7.143 cycles: the last is cut off"),
        (0.1, 1, 1, "1 cycle"),
    ],
)
def test_cycles(period, epochs, steps_per_epoch, words):
    assert cycles(period, epochs, steps_per_epoch) == words


def test_heavy_ball_is_so_many_times_larger():
    assert heavy_ball(0.95) == "heavy ball = averaged with the rate divided by 1 - beta, here 20 times larger"
    assert heavy_ball(0).endswith("here the same")


def test_captions_count_the_steps():
    assert captions(DEFAULTS)["epochs"] == "1,500 steps"
    assert captions(DEFAULTS)["batch"] == "30 steps an epoch"
    assert captions({**DEFAULTS, "batch": 30, "epochs": 1})["epochs"] == "1 step"
    assert captions({**DEFAULTS, "batch": 30})["batch"] == "all points: 1 step an epoch"


def test_a_slider_says_its_value_and_what_it_means():
    shown = describe(parse({"beta": 0.9}))["form"]
    assert shown["beta"] == {"text": "0.9", "position": 1.0, "said": "0.9: remembers about 10 steps"}
    assert shown["lr"] == {"text": "0.001", "position": -3.0, "said": "0.001"}
    assert shown["period"]["text"] == shown["period"]["said"] == "whole run"


@given(st.integers(2, 500))
def test_the_batch_sliders_top_is_the_number_of_points(points):
    shown = describe(parse({"points": points, "batch": points, "epochs": 1}))["form"]["batch"]
    assert (shown["text"], shown["position"]) == (str(points), shown["top"])


def test_an_unreadable_setting_is_left_out_of_the_form():
    described = describe(parse({"lr": "abc", "asked for": "nothing"}))
    assert set(described["form"]) == set(DEFAULTS) - {"lr"}
    assert described["asked"] == {"lr": "abc"}


def test_everything_is_json():
    for key in SLIDERS:
        json.dumps(describe(parse({key: float("nan")})), allow_nan=False)


def test_what_is_an_epoch_of_points_is_a_step_on_a_surface():
    line, ravine = (describe(parse({"problem": name, "epochs": 300, "period": 50})) for name in ("line", "ravine"))
    assert [one["names"]["epochs"][0] for one in (line, ravine)] == ["Epochs", "Steps"]
    assert [one["names"]["period"][0] for one in (line, ravine)] == [
        "Annealing period (epochs)", "Annealing period (steps)"]
    assert [one["captions"]["epochs"] for one in (line, ravine)] == ["9,000 steps", ""]
    assert not [words for pair in ravine["names"].values() for words in pair if "epoch" in words.casefold()]
    told = {name: parse({"problem": name}, changed="problem").notes["problem"] for name in ("sine", "ravine")}
    assert {name: "epochs" in note for name, note in told.items()} == {"sine": True, "ravine": False}
