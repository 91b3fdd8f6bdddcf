"""What the browser gets to know of methods and schedules: every setting, with stops that end at its bounds."""

import json

import pytest

from components.page.drawers import methods as drawer
from components.settings import methods
from components.settings.table import GROUPS, SETTINGS
from optim import OPTIMIZERS, SCHEDULES, controls
from tests.components.page.markup import attribute, within, words

SPEC = drawer.spec()
CLASSES = {**OPTIMIZERS, **SCHEDULES}
NUMBERS = {
    f"{name} {methods.key(one)}": one for name, kind in CLASSES.items() for one in controls(kind) if not one.options
}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_sliders_stops_rise_from_bound_to_bound(name):
    control = NUMBERS[name]
    texts = drawer.stops(control)
    assert ("" in texts, "0" in texts[:1]) == (control.optional, control.zero or control.low == 0)
    stops = [float(text) for text in texts if text]
    assert stops == sorted(set(stops))
    assert (stops[1 if control.zero else 0], stops[-1]) == (control.low, control.high)
    assert len(stops) < 250


def test_every_setting_of_every_class_is_there_under_the_key_that_the_list_uses():
    for method, about in SPEC["methods"].items():
        for schedule, course in SPEC["schedules"].items():
            keys = methods.keys(method, schedule)
            assert [*about["controls"], *course["controls"]] == list(keys)
            for key, control in keys.items():
                told = (about["controls"] | course["controls"])[key]
                assert (told["label"], told["says"]) == (control.label, control.says)
                assert told["follows"] == methods.follows(method, schedule).get(key)
                if told["kind"] == "number":
                    assert SPEC["scales"][told["scale"]] == drawer.stops(control)
                elif told["kind"] == "choice":
                    assert [value for value, _ in told["options"]] == list(control.options)


def test_every_class_comes_with_its_formula_sentence_and_paper():
    for about in (*SPEC["methods"].values(), *SPEC["schedules"].values()):
        assert all(line.startswith("<math>") and line.count("<math>") == 1 for line in about["formula"])
        assert about["intuition"].endswith(".")
        assert about["source"]


def test_shared_settings_have_their_forms_labels():
    assert SPEC["shared"] == {
        key: SETTINGS[key].label for key in ("lr", "beta", "form", "adam_lr", "beta1", "beta2", "period")
    }
    moved = {group: attribute(box, "data-moves") for group, (box,) in drawer.movers(GROUPS).items()}
    assert moved == {"momentum": "lr beta form", "adam": "adam_lr beta1 beta2", "annealing": "period"}


def test_it_is_strict_json_and_starts_from_the_articles_four():
    assert json.loads(json.dumps(SPEC, allow_nan=False)) == SPEC
    assert [(one["label"], one["method"], one["schedule"], one["own"]) for one in SPEC["article"]] == [
        ("SGD", "SGD", "Constant", {}), ("Momentum", "Momentum", "Constant", {}), ("Adam", "Adam", "Constant", {}),
        ("Adam with annealing", "Adam", "CosineAnnealing", {})]
    assert [one["lr"] for one in SPEC["form"]] == [
        {"value": rate, "text": text, "follows": slider}
        for rate, text, slider in [(0.001, "0.001", "lr")] * 2 + [(1.0, "1", "adam_lr")] * 2]


def test_the_menu_lists_all_methods_in_order_of_complexity_with_a_sentence():
    items = [one for one in within(drawer.drawer()) if attribute(one, "data-method")]
    assert [attribute(one, "data-method") for one in items] == list(OPTIMIZERS)
    for one in items:
        assert OPTIMIZERS[attribute(one, "data-method")].intuition in words(one)
