"""The list of methods: whatever arrives, contestants within the controls' bounds or a sentence that says why not."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.settings.methods import LONGEST_NAME, MOST, SHARED, article, keys, read, words
from components.settings.table import DEFAULTS, SETTINGS
from optim import MODELS, OPTIMIZERS, SCHEDULES, SURFACES, Adam, CosineAnnealing, Experiment, Lion, Momentum, find
from tests.components.settings.test_parsing import anything

LINE = (0.001, 1.0)
KEYS = sorted({key for method in OPTIMIZERS for schedule in SCHEDULES for key in keys(method, schedule)})
entries = st.fixed_dictionaries(
    {},
    optional={
        "label": st.one_of(st.text(max_size=60), st.sampled_from(["SGD", " SGD ", "Adam\u200b", "\ud800"]), anything),
        "method": st.one_of(st.sampled_from(sorted(OPTIMIZERS)), st.sampled_from(sorted(OPTIMIZERS)), anything),
        "schedule": st.one_of(st.sampled_from(sorted(SCHEDULES)), st.sampled_from(sorted(SCHEDULES)), anything),
        "own": st.one_of(st.dictionaries(st.sampled_from(KEYS), anything, max_size=4), anything),
    },
)


def one(**entry):
    return read([entry], DEFAULTS, LINE)


def refused(raw):
    return read(raw, DEFAULTS, LINE).errors


@given(st.one_of(st.lists(st.one_of(entries, entries, anything), max_size=MOST + 2), anything))
@example([{"method": "Adam", "own": {"betas.0": 10**400, "lr": float("nan"), "schedule.warmup": -0.0}}])
def test_anything_gives_contestants_within_bounds_or_says_why_not(methods):
    found = read(methods, DEFAULTS, LINE)
    assert (found.contestants is None) == bool(found.errors)
    assert all(sentence.endswith(".") for sentence in (*found.notes.values(), *found.errors.values()))
    json.dumps([found.methods, found.form, found.notes, found.errors], allow_nan=False)
    if found.errors:
        return
    labels = [contestant.label for contestant in found.contestants]
    assert len(labels) == len(set(labels)) <= MOST
    assert all(0 < len(label) <= LONGEST_NAME and label.isprintable() for label in labels)
    assert Experiment(contestants=found.contestants).canonical
    if methods is None:
        return
    for entry, form in zip(found.methods, found.form, strict=True):
        controls = keys(entry["method"], entry["schedule"])
        assert form.keys() == controls.keys() >= entry["own"].keys()
        for key, value in entry["own"].items():
            control = controls[key]
            if control.options:
                assert value in control.options
            elif not (value is None and control.optional) and not (value == 0 and control.zero):
                assert control.low <= value <= control.high
    again = read(json.loads(json.dumps(found.methods)), DEFAULTS, LINE)
    assert (again.contestants, again.methods, again.notes) == (found.contestants, found.methods, {})


def test_no_list_is_the_articles_four_and_so_is_their_list():
    none, written = read(None, DEFAULTS, LINE), read(article(), DEFAULTS, LINE)
    assert none.contestants == written.contestants == Experiment().contestants
    assert (none.methods, written.methods) == (None, article())
    assert none.form == written.form
    moved = [[one["follows"] for one in form.values() if one["follows"]] for form in none.form]
    assert dict(zip([entry["label"] for entry in article()], moved, strict=True)) == {
        "SGD": ["lr"],
        "Momentum": ["lr", "beta", "form"],
        "Adam": ["adam_lr", "beta1", "beta2"],
        "Adam with annealing": ["adam_lr", "beta1", "beta2", "period"],
    }


def test_the_shared_settings_move_those_that_have_no_value_of_their_own():
    moved = {**DEFAULTS, "adam_lr": 0.5, "beta1": 0.2, "beta2": 0.99, "period": 5.0, "lr": 0.01}
    two = [{"method": "Adam", "schedule": "CosineAnnealing"},
           {"method": "Adam", "schedule": "CosineAnnealing", "own": {"betas.0": 0.9, "schedule.period": None}}]
    follower, own = read(two, moved, LINE).contestants
    assert (follower.optimizer, follower.schedule) == (Adam(0.5, (0.2, 0.99)), CosineAnnealing(5))
    assert (own.optimizer, own.schedule) == (Adam(0.5, (0.9, 0.99)), CosineAnnealing(None))
    form = read(two, moved, LINE).form[1]
    assert [one["follows"] for one in form.values() if one["follows"]] == ["adam_lr", "beta2"]


def test_every_shared_setting_is_one_of_the_forms_with_the_same_bounds():
    for name, table in SHARED.items():
        method, schedule = (name, "Constant") if name in OPTIMIZERS else ("SGD", name)
        for key, setting in table.items():
            control = keys(method, schedule)[key]
            if control.options:
                assert set(SETTINGS[setting].options) == set(control.options)
            else:
                scale = SETTINGS[setting].scale
                assert (scale.low, scale.high) == (control.low, control.high), key


def test_the_others_take_the_problems_rate_but_adadelta_which_needs_none():
    for method in OPTIMIZERS:
        (contestant,) = one(method=method).contestants
        if method == "Adadelta":
            assert contestant.optimizer.lr == 1
        elif method not in SHARED:
            assert contestant.optimizer.lr == LINE[contestant.optimizer.unitless], method
    (lion,) = read([{"method": "Lion"}], DEFAULTS, (0.02, 0.25)).contestants
    assert lion.optimizer == Lion(0.25)


@pytest.mark.parametrize("problem", [*MODELS, *SURFACES])
def test_every_method_and_schedule_can_be_had_for_every_problem(problem):
    for schedule in SCHEDULES:
        for method in OPTIMIZERS:
            found = read([{"method": method, "schedule": schedule}], DEFAULTS, find(problem).rates)
            assert (found.notes, found.errors) == ({}, {})


def test_a_name_is_what_a_person_says():
    assert words("Adam") == "Adam"
    assert words("Adam", "CosineAnnealing") == "Adam with cosine annealing"
    assert words("SGD", "StepDecay") == "SGD with step decay"
    named = [words("Adam", schedule) for schedule in SCHEDULES]
    assert len(set(named)) == len(named)
    assert not any(char.isupper() for name in named for char in name[1:])


@pytest.mark.parametrize(
    ("given_", "label", "note"),
    [
        ("", "Momentum", None),
        ("  mine\n too ", "mine too", None),
        ("m" * 41, "m" * 40, "A name has at most 40 characters: it was cut."),
        ("SGD", "SGD 2", "There is a “SGD” already: this one became “SGD 2”."),
        ("\u202e\u200b", "Momentum", None),
    ],
)
def test_names(given_, label, note):
    found = read([{"method": "SGD"}, {"label": given_, "method": "Momentum"}], DEFAULTS, LINE)
    assert (found.methods[1]["label"], found.notes.get("methods.1.label")) == (label, note)


def test_the_same_method_twice_is_ordinary():
    found = read([{"method": "Lion", "label": "L" * 40}] * MOST, DEFAULTS, LINE)
    assert [entry["label"] for entry in found.methods][:3] == ["L" * 40, "L" * 38 + " 2", "L" * 38 + " 3"]
    assert [entry["label"] for entry in read([{"method": "Lion"}] * 2, DEFAULTS, LINE).methods] == ["Lion", "Lion 2"]
    assert read([{"method": "Lion"}] * 2, DEFAULTS, LINE).notes == {}


@pytest.mark.parametrize(
    ("key", "raw", "value", "note"),
    [
        ("lr", "99", 10, "At most 10: “99” became 10."),
        ("lr", "0,5", 0.5, "The comma was read as a decimal point: 0.5."),
        ("betas.1", 0.99999, 0.9999, "At most 0.9999: 0.99999 became 0.9999."),
        ("eps", 0, 1e-12, "At least 1e-12: 0 became 1e-12."),
        ("schedule.warmup", "0", 0, None),
        ("schedule.warmup", "0.01", 0.1, "At least 0.1: “0.01” became 0.1."),
        ("schedule.warmup", -1, 0, "At least 0: -1 became 0."),
        ("schedule.period", "Whole run", None, None),
        ("amsgrad", True, True, None),
    ],
)
def test_values(key, raw, value, note):
    found = one(method="Adam", schedule="CosineAnnealing", own={key: raw})
    assert found.errors == {}
    assert (found.methods[0]["own"][key], found.notes.get(f"methods.0.{key}")) == (value, note)


@pytest.mark.parametrize(
    ("key", "raw", "error"),
    [
        ("lr", "", "Empty: a number is needed."),
        ("lr", None, "Null is not a number."),
        ("schedule.period", "", "Empty: a number is needed, or whole run."),
        ("amsgrad", 1, "1 is not one of off, on."),
        ("amsgrad", "on", "“on” is not one of off, on."),
        ("betas.0", "much", "“much” is not a number."),
    ],
)
def test_what_is_not_a_value(key, raw, error):
    assert one(method="Adam", schedule="CosineAnnealing", own={key: raw}).errors == {f"methods.0.{key}": error}


def test_what_is_not_a_list_of_methods():
    assert refused("all") == {"methods": "“all” is not a list of methods."}
    assert refused([]) == {"methods": "At least one method is needed."}
    assert refused([{}] * 9) == {"methods": "At most 8 methods at once: these are 9."}
    assert refused([3]) == {"methods.0": "3 is not a method with its settings."}
    assert refused([{"own": []}]) == {"methods.0.own": "A list is not a table of settings."}
    assert refused([{"label": 3}]) == {"methods.0.label": "3 is not a name."}
    assert refused([{"schedule": []}])["methods.0.schedule"].startswith("A list is not a schedule; there are Constant,")
    assert refused([{"method": "adam"}])["methods.0.method"].startswith("“adam” is not a method; there are SGD, Mom")


def test_what_a_field_shows_reads_back_as_the_same_value():
    for method in OPTIMIZERS:
        for schedule in SCHEDULES:
            controls, found = keys(method, schedule), one(method=method, schedule=schedule)
            typed = {key: setting["text"] for key, setting in found.form[0].items() if not controls[key].options}
            again = one(method=method, schedule=schedule, own=typed)
            assert (again.contestants, again.notes) == (found.contestants, {})


def test_what_a_class_does_not_have_is_ignored():
    assert one(method="SGD", own={"beta": 0.5, "nonsense": {}}).methods[0]["own"] == {}
    (contestant,) = one(method="Momentum", own={"form": "heavy-ball"}).contestants
    assert contestant.optimizer == Momentum(0.001, 0.95, "heavy-ball")
