"""Points in units of their own spread: what is said of them is exactly what is computed, for any size of numbers."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.exports.data_files import values_of
from components.exports.numpy_program import numpy_program
from components.payload.build import build
from components.points import standard
from components.settings.parsing import parse
from components.settings.table import DEFAULTS
from optim import Dataset, Experiment, Standardised, train

YEARS = "year,temp\n" + "".join(f"{1970 + k},{14 + k / 50 + (k * 7 % 5) / 40:.3f}\n" for k in range(40))
HOUSES = "size;price\n" + "".join(f"{60 + 4 * k};{100_000 + 9_000 * k + (k * 37 % 11) * 4_000}\n" for k in range(50))
TINY = "".join(f"{k}e-9,{3 * k + k * 7 % 5}e-9\n" for k in range(20))
EVERY = {"years": YEARS, "houses": HOUSES, "tiny": TINY, "constant x": "1,2\n1,3\n1,5\n", "two": "1,2\n3,4\n"}


def columns(experiment):
    return build(experiment, train(experiment))["columns"]


def own(text, **values):
    return parse({**DEFAULTS, "data": text, "standard": "yes", **values}, changed="standard")


@given(st.lists(st.floats(-1e18, 1e18), min_size=1, max_size=30))
def test_any_numbers_come_to_about_one(numbers):
    values = np.array(numbers)
    middle, size = standard.unit(values)
    assert size > 0
    if np.ptp(values) > 1e-9 * np.abs(values).max():
        moved = (values - middle) / size
        assert abs(moved.mean()) < 0.06
        assert moved.std() == pytest.approx(1, abs=0.01)


def test_what_is_said_is_what_is_computed():
    data = own(YEARS).experiment.data
    assert standard.said(data) == "x = (year - 1989) / 11.5, y = (temp - 14.44) / 0.236"
    assert np.array_equal(data.x, (data.given_x - 1989) / 11.5)
    assert np.array_equal(data.y, (data.given_y - 14.44) / 0.236)
    assert standard.words("x", "x", (-2.5, 1.0)) == "x = x + 2.5"
    assert standard.words("y", "y", (0.0, 2e5)) == "y = y / 200000"


@pytest.mark.parametrize("name", EVERY)
def test_the_first_run_converges(name):
    experiment = own(EVERY[name]).experiment
    for label, run in train(experiment).items():
        assert run.diverged_at is None, label
        assert run.loss[-1] - experiment.floor < 0.02 * run.loss[0], label


def test_a_network_has_inputs_that_do_not_saturate_it():
    experiment = own(HOUSES, problem="network").experiment
    assert np.abs(experiment.points.x).max() < 3
    assert all(run.loss[-1] < 0.1 * run.loss[0] for run in train(experiment).values())


def test_labels_stay_labels():
    data = own("1,0\n2,0\n30,1\n", problem="logistic-regression").experiment.data
    assert data.y.tolist() == [0, 0, 1]
    assert standard.said(data).count("=") == 1


def test_a_link_or_a_file_made_before_opens_as_it_was():
    assert type(parse({**DEFAULTS, "data": YEARS}).experiment.data) is Dataset
    before = parse({key: value for key, value in DEFAULTS.items() if key != "standard"} | {"data": YEARS})
    assert before.experiment == parse({**DEFAULTS, "data": YEARS}).experiment


def test_columns_keep_their_names_in_either_form():
    """On the page, in the text form, and in the settings that a link or a file holds."""
    for standardised in ("yes", "no"):
        parsed = parse({**DEFAULTS, "data": YEARS, "standard": standardised}, changed="standard")
        assert parsed.experiment.data.names == ("year", "temp")
        assert Experiment.from_canonical(parsed.experiment.canonical) == parsed.experiment
        assert columns(parsed.experiment) == ["year", "temp"]
        assert values_of(parsed)["data"].startswith("year,temp\n")
    assert columns(parse(DEFAULTS).experiment) == ["x", "y"]


def test_what_is_locked_stays():
    kept = parse({**DEFAULTS, "data": YEARS, "standard": "yes"}, changed="standard", fixed={"lr"})
    assert kept.values["lr"] == DEFAULTS["lr"]
    assert own(YEARS).values["lr"] != DEFAULTS["lr"]


@pytest.mark.parametrize("text", [YEARS, HOUSES, TINY])
def test_the_program_says_so_and_prints_the_run_to_the_last_digit(text):
    experiment = own(text).experiment
    program = numpy_program(experiment, "Adam")
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert [float(one) for one in printed.split()] == train(experiment)["Adam"].params[-1].tolist()
    if text is YEARS:
        assert "x = (x - 1989) / 11.5  # x = (year - 1989) / 11.5" in program


def test_its_text_form_brings_it_back_and_nothing_else_passes():
    data = own(YEARS).experiment.data
    again = Standardised.of(Dataset(data.given_x, data.given_y, names=data.names), data.x_unit, data.y_unit)
    assert again == data
    assert hash(again) == hash(data)
    assert again != Standardised.of(Dataset(data.given_x, data.given_y), data.x_unit, data.y_unit)
    experiment = own(YEARS).experiment
    assert Experiment.from_canonical(experiment.canonical) == experiment
    with pytest.raises(ValueError, match="x must be"):
        Standardised(data.given_x, data.y, data.given_x, data.given_y, data.x_unit, data.y_unit)
