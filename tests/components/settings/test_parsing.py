"""Parsing: whatever arrives, an Experiment within bounds or a sentence that says why not; never an exception."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.settings import budget
from components.settings.budget import MAX_STEPS
from components.settings.describing import describe
from components.settings.parsing import parse
from components.settings.table import DEFAULTS, SETTINGS, Choice, Setting, Text
from components.settings.values import text
from optim import MODELS, OPTIMIZERS, SURFACES, Dataset, Experiment, Surface, find

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
KEYS = st.sampled_from(sorted([*SETTINGS, "data", "watched"]))
near = st.fixed_dictionaries(
    {"problem": st.sampled_from(sorted(SETTINGS["problem"].options))},
    optional={
        "formula": st.sampled_from(["a*log(x)", "x^2 + y^2", "a/x", "1 +"]),
        "data": st.just("0 0\n1 1"),
        "start": typed,
        "shuffle": st.just("on"),
    },
)
tables = st.dictionaries(st.one_of(KEYS, st.text(max_size=8)), anything, max_size=16) | near


@given(st.one_of(tables, anything), st.one_of(KEYS, anything))
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
        elif isinstance(setting, Text):
            assert len(value) <= setting.longest
        elif value is not None:
            scale = setting.scale_at(parsed.values)
            assert scale.low <= value <= scale.high
            assert type(value) is (int if setting.whole else float)
        else:
            assert setting.scale.open_top
    if parsed.experiment is not None:
        steps = parsed.experiment.steps
        assert steps <= MAX_STEPS
        assert budget.excess(parsed.experiment) is None
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
        ("true_b", "–3", -3, None),
        ("true_b", "1.500", 1.5, None),
        ("lr", "１", 1, None),
        ("lr", "０．５", 0.5, None),
        ("lr", "0.1D+01", 1, None),
        ("lr", "1,5d-1", 0.15, "The comma was read as a decimal point: 0.15."),
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
        ("lr", "1²", "“1²” is not a number."),
        ("epochs", "1.000", "“1.000” can be read in two ways: write 1 or 1000."),
        ("points", "−1.500", "“−1.500” can be read in two ways: write -1.5 or -1500."),
        ("lr", float("nan"), "Nan is not a number."),
        ("lr", True, "True is not a number."),
        ("lr", None, "Null is not a number."),
        ("lr", [[1]], "A list is not a number."),
        ("form", "nesterov", "“nesterov” is not one of average, heavy-ball."),
        ("form", ["average"], "A list is not one of average, heavy-ball."),
    ],
)
def test_what_is_not_a_value(key, raw, error):
    parsed = parse({key: raw})
    assert (parsed.experiment, parsed.errors, parsed.unread) == (None, {key: error}, {key})
    assert parsed.values == DEFAULTS


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


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({}, "line"),
        ({"problem": "polynomial", "degree": 4, "scaled": "yes"}, "polynomial-4-scaled"),
        ({"problem": "network", "units": "3"}, "network-3"),
        ({"problem": "ravine", "condition": 1e3}, "ravine-1000"),
        ({"problem": "beale"}, "beale"),
        ({"problem": "own", "formula": "a*x^2+b"}, "y = a*x^2 + b"),
    ],
)
def test_the_problem(values, problem):
    experiment = parse(values).experiment
    assert experiment.model == problem
    assert experiment.resolved_model is find(problem)


@pytest.mark.parametrize("family", sorted({one.family for one in (*MODELS.values(), *SURFACES.values())}))
def test_a_problem_just_chosen_brings_what_suits_it(family):
    before = {"problem": family, "lr": 0.5, "adam_lr": 0.5, "epochs": 3, "start": "1, 2, 3, 4, 5, 6, 7"}
    parsed = parse(before, changed="problem")
    usual = Experiment(parsed.problem.name)
    assert parsed.errors == {}
    assert parsed.experiment.epochs == usual.epochs
    if not isinstance(parsed.problem, Surface) and family != "line":
        assert parsed.experiment.true_params == usual.true_params
    assert parsed.experiment.start == usual.start
    assert [one.optimizer.lr for one in parsed.experiment.contestants] == [
        one.optimizer.lr for one in usual.contestants
    ]
    assert set(parsed.notes) == {"problem"}
    assert parse(parsed.values).experiment == parsed.experiment
    assert parse({**parsed.values, "lr": 0.5}, changed="lr").values["lr"] == 0.5


def test_a_period_in_the_epochs_of_another_problem_is_not_kept():
    """Ten epochs of the line would be a hundred cycles of a surface, whose epoch is a step."""
    parsed = parse({"problem": "rosenbrock", "period": 10}, changed="problem")
    assert parsed.values["period"] is None
    assert parsed.notes == {
        "problem": "Learning rates, steps, annealing period and start are now those that suit it."}
    assert parse({"problem": "rosenbrock"}, changed="problem").notes == {
        "problem": "Learning rates, steps and start are now those that suit it."}
    assert parse({"problem": "rosenbrock", "period": 10}, changed="period").values["period"] == 10
    held = parse({"problem": "rosenbrock", "period": 10}, changed="problem", fixed={"period"})
    assert (held.values["period"], "period" in held.notes.get("problem", "")) == (10, False)


def test_start_and_true_parameters_are_one_number_a_parameter():
    values = {"problem": "sine", "start": "1, −2; 3", "true": "1, 2"}
    assert parse(values).errors == {
        "start": "3 numbers are needed, for a, b, c, not 2.", "true": "3 numbers are needed, for a, b, c, not 2."
    }
    read = parse({"problem": "sine", "start": " 1, −2,3e0", "true": "1,2,1e9"})
    assert (read.experiment.start, read.experiment.true_params) == ((1, -2, 3), (1, 2, 1e6))
    assert read.notes == {"true": "At most 1000000: “1e9” became 1000000."}
    read = parse({"problem": "sine", "start": "1,5; –2; ３", "true": "１，２，3d0"})
    assert read.experiment.start == (1.5, -2, 3)
    assert read.experiment.true_params == (1, 2, 3)
    assert read.notes["start"] == "The comma was read as a decimal point: 1.5."
    assert parse({"problem": "sine", "start": "1, two, 3"}).errors == {"start": "“two” is not a number."}
    assert parse({"problem": "network", "start": "1"}).errors["start"].startswith("25 numbers are needed, for w1, w2, ")
    assert parse({"start": "nonsense"}).experiment == Experiment()


def test_points_of_ones_own_take_the_place_of_the_generated_ones():
    parsed = parse({"data": "x y\n0 1\n1 3\n2 5\n", "batch": 8})
    assert parsed.experiment.data == Dataset([0, 1, 2], [1, 3, 5])
    assert (parsed.values["points"], parsed.values["batch"]) == (3, 3)
    assert parsed.notes["data"] == "Line 1 was taken for a heading."
    refused = parse({"data": "0 1\n1 three\n"})
    assert (refused.experiment, refused.errors) == (None, {"data": "Line 2: “three” is not a number."})
    assert parse({"data": ["0 1"]}).errors == {"data": "The data must be text."}
    assert parse({"problem": "booth", "data": "nonsense"}).experiment == parse({"problem": "booth"}).experiment


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        ({"problem": "own"}, "formula", "Type a function"),
        ({"problem": "own", "formula": "a*x +"}, "formula", "."),
        ({"problem": "own", "formula": "a*log(x)", "data": "-1 2\n1 3"}, "data", "no finite value at x = -1"),
        ({"problem": "own", "formula": "a + log(x*y)", "start": "1, 1"}, "formula", "“y” at column 11"),
        ({"problem": "own", "formula": "x^2 + log(y)", "start": "1, -1"}, "start", "no finite value at the start"),
        ({"problem": "logistic-regression", "data": "0 3"}, "data", "The labels y of model"),
        ({"formula": "x" * 501}, "formula", "The text has 501 characters; at most 500 are read."),
    ],
)
def test_what_makes_no_experiment_says_so_beside_its_setting(values, key, words):
    parsed = parse(values)
    assert parsed.experiment is None
    assert set(parsed.errors) == {key}
    assert words in parsed.errors[key]


def test_the_watched_parameter():
    assert parse({"problem": "network", "watched": "v2"}).watched == "v2"
    assert parse({"watched": "v2"}).watched is parse({"watched": ["a"]}).watched is None


def test_the_methods_come_with_the_settings_and_their_budget_is_refused_beside_them():
    eight = [{"method": "SGD", "own": {"lr": 0.01 * (1 + place)}} for place in range(8)]
    parsed = parse({"methods": eight, "points": 100, "epochs": 500})
    assert [one.optimizer.lr for one in parsed.experiment.contestants] == [0.01 * (1 + place) for place in range(8)]
    eight = [{"method": method} for method in list(OPTIMIZERS)[-8:]]
    parsed = parse({"methods": eight, "points": 500, "epochs": 120}, changed="methods")
    assert list(parsed.errors) == ["methods"]
    assert parsed.errors["methods"].endswith("are 60,000: fewer epochs, fewer methods or fewer points would do.")
    parsed = parse({"methods": [{"method": "SGD", "own": {"lr": "?"}}], "lr": "99"})
    assert parsed.errors == {"methods.0.lr": "“?” is not a number."}
    assert list(parsed.notes) == ["lr"]
    told = describe(parse({"methods": [{"method": "SGD"}]}))
    assert told["values"]["methods"] == [{"label": "SGD", "method": "SGD", "schedule": "Constant", "own": {}}]
    assert told["methods"][0]["lr"] == {"value": 0.001, "text": "0.001", "follows": "lr"}


def test_other_hidden_units_have_another_start():
    values = {"problem": "network", "units": 3, "start": "1," * 6 + "1"}
    parsed = parse(values, changed="units")
    assert (parsed.errors, parsed.values["start"], set(parsed.notes)) == ({}, "", {"start"})
    assert parse({**values, "units": 2}, changed="units").experiment.start == (1,) * 7
    assert set(parse(values, changed="start").errors) == {"start"}


def test_a_run_of_long_steps_is_shorter():
    """What a step costs grows with points and parameters, not only with the steps."""
    own = "\n".join(f"{k} {k % 7}" for k in range(2000))
    values = {"problem": "network", "units": 16, "data": own, "epochs": 30, "methods": [{"method": "SGD"}] * 6}
    parsed = parse(values, changed="data")
    assert budget.excess(parsed.experiment) is None
    assert parsed.notes["batch"].startswith("One by one, 2,000 points would take too many steps")
    assert parse({**values, "batch": 5}, changed="data").notes["batch"].startswith("In batches of 5, 2,000 points")
    refused = parse(values)
    assert refused.experiment is None
    assert "fewer points would do." in refused.errors["epochs"]


def test_a_product_without_its_sign_that_could_be_a_name_is_told():
    assert parse({"problem": "own", "formula": "ax + b"}).notes == {"formula": "“ax” was read as a*x."}
    notes = parse({"problem": "own", "formula": "ax + b x"}).notes
    assert notes == {"formula": "“ax” is one parameter: a product is written a*x."}
    assert parse({"problem": "own", "formula": "a*x + b2"}).notes == {}
