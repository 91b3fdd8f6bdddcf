"""Parsing: whatever arrives, an Experiment within bounds or a sentence that says why not; never an exception."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.descriptions import describe
from components.parsing import MAX_CONTESTANT_STEPS, MAX_STEPS, parse, text
from components.settings import DEFAULTS, SETTINGS, Choice, Setting
from optim import Experiment

NUMBERS = {key: setting for key, setting in SETTINGS.items() if isinstance(setting, Setting)}
extremes = st.sampled_from([10**400, -(10**400), 0.0, -0.0])
numbers = st.one_of(st.integers(), st.floats(), st.integers(-5, 1200), st.floats(0, 20), extremes)
typed = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"\s*[+-]?\d{0,6}[.,]?\d{0,6}([eE][+-]?\d{1,4})?\s*", fullmatch=True),
    st.sampled_from(["1e-3", "0,5", "1,000", "whole run", "inf", "nan", "１２", "1_000", "0x1", "−3", "9" * 5000]),
)
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, typed),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)
tables = st.dictionaries(st.one_of(st.sampled_from(sorted(SETTINGS)), st.text(max_size=8)), anything, max_size=16)


@given(st.one_of(tables, anything), st.one_of(st.sampled_from(sorted(SETTINGS)), anything))
@example({"epochs": 1000, "points": 500}, "points")
@example({"period": None, "batch": 10**400, "lr": float("nan")}, None)
def test_anything_gives_an_experiment_within_bounds_or_says_why_not(values, changed):
    parsed = parse(values, changed=changed)
    assert (parsed.experiment is None) == bool(parsed.errors)
    assert all(sentence.endswith(".") for sentence in (*parsed.notes.values(), *parsed.errors.values()))
    assert parsed.values.keys() == SETTINGS.keys()
    for key, value in parsed.values.items():
        setting = SETTINGS[key]
        if isinstance(setting, Choice):
            assert value in setting.options
        elif value is not None:
            scale = setting.scale_at(parsed.values)
            assert scale.low <= value <= scale.high
            assert type(value) is (int if setting.whole else float)
        else:
            assert setting.scale.open_top
    if parsed.experiment is not None:
        steps = parsed.experiment.steps
        assert steps <= MAX_STEPS
        assert steps * len(parsed.experiment.contestants) <= MAX_CONTESTANT_STEPS
        assert Experiment.from_canonical(parsed.experiment.canonical) == parsed.experiment
    json.dumps(describe(parsed), allow_nan=False)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(NUMBERS, numbers)))
def test_what_was_changed_is_said(values):
    parsed = parse(values)
    for key, raw in values.items():
        if parsed.values[key] != raw and key not in parsed.errors:
            assert key in parsed.notes


@pytest.mark.parametrize("key", NUMBERS)
def test_the_bounds_are_the_sliders(key):
    setting = NUMBERS[key]
    scale = setting.scale_at(DEFAULTS)
    below, above = parse({key: scale.low - 1}), parse({key: scale.high + 1})
    assert (below.values[key], above.values[key]) == (scale.low, scale.high)
    assert below.notes[key].startswith(f"At least {text(setting, scale.low)}")
    assert above.notes[key].startswith(f"At most {text(setting, scale.high)}")
    assert parse({key: scale.low}).notes == parse({key: scale.high}).notes == {}


@given(st.sampled_from(sorted(NUMBERS)), st.data())
def test_the_fields_text_reads_back_as_the_same_number(key, data):
    setting = NUMBERS[key]
    high = setting.scale_at(DEFAULTS).high
    kind = st.integers if setting.whole else st.floats
    value = data.draw(kind(setting.scale.low, high))
    parsed = parse({key: text(setting, value)})
    assert (parsed.values[key], parsed.notes) == (value, {})


@pytest.mark.parametrize(
    ("key", "raw", "value", "note"),
    [
        ("lr", "1e-3", 0.001, None),
        ("lr", "3e-6", 1e-5, "At least 1e-5: “3e-6” became 1e-5."),
        ("lr", "0,5", 0.5, "The comma was read as a decimal point: 0.5."),
        ("lr", "9999999", 10, "At most 10: “9999999” became 10."),
        ("lr", float("inf"), 10, "At most 10: inf became 10."),
        ("lr", "1e400", 10, "At most 10: “1e400” became 10."),
        ("epochs", "  12 ", 12, None),
        ("epochs", 12.0, 12, None),
        ("epochs", 12.5, 13, "Whole numbers only: 12.5 became 13."),
        ("epochs", "1,000", 1000, None),
        ("epochs", 10**400, 1000, "At most 1000: a number of more than 24 digits became 1000."),
        ("true_b", "−3", -3, None),
        ("period", "Whole run ", None, None),
        ("period", None, None, None),
        ("batch", 500, 30, "At most 30, the number of points: 500 became 30."),
    ],
)
def test_numbers(key, raw, value, note):
    parsed = parse({key: raw})
    assert (parsed.values[key], parsed.notes.get(key), parsed.errors) == (value, note, {})


@pytest.mark.parametrize(
    ("key", "raw", "error"),
    [
        ("lr", "abc", "“abc” is not a number."),
        ("lr", "", "Empty: a number is needed."),
        ("period", " ", "Empty: a number is needed, or whole run."),
        ("lr", "1/3", "“1/3” is not a number."),
        ("lr", "１", "“１” is not a number."),
        ("lr", float("nan"), "Nan is not a number."),
        ("lr", True, "True is not a number."),
        ("lr", None, "Null is not a number."),
        ("lr", [[1]], "A list is not a number."),
        ("form", "nesterov", "“nesterov” is not one of average, heavy-ball."),
        ("form", ["average"], "A list is not one of average, heavy-ball."),
    ],
)
def test_what_is_not_a_value(key, raw, error):
    parsed = parse({key: raw}, last={key: DEFAULTS[key]})
    assert (parsed.experiment, parsed.errors, parsed.unread) == (None, {key: error}, {key})
    assert parsed.values == DEFAULTS


def test_an_unreadable_value_keeps_the_last_one():
    assert parse({"lr": "abc"}, last={"lr": 0.25}).values["lr"] == 0.25


def test_not_a_table_at_all():
    for values in (None, [], "epochs", 3, True):
        assert parse(values).experiment is None


def test_the_batch_is_bounded_by_the_points_that_come_with_it():
    assert parse({"batch": 80, "points": 100}).values["batch"] == 80
    assert parse({"batch": 80, "points": "20"}).values["batch"] == 20


@pytest.mark.parametrize(
    ("changed", "beside"), [("points", "points"), ("batch", "batch"), ("lr", "epochs"), ([], "epochs")]
)
def test_the_budget_is_refused_beside_the_setting_that_moved(changed, beside):
    parsed = parse({"epochs": 1000, "points": 100}, changed=changed)
    assert parsed.errors == {beside: "1,000 epochs of 100 steps are 100,000 steps; at most 60,000 are run."}
    assert (parsed.values["epochs"], parsed.values["points"], parsed.unread) == (1000, 100, frozenset())


def test_the_budget_is_reached_exactly():
    assert parse({"epochs": 600, "points": 100}).experiment.steps == MAX_STEPS
