"""The form: every setting has its named slider and field, and the browser is told the very stops of the scales."""

import json

from dash import html

from components.page import form
from components.settings.parsing import parse
from components.settings.table import DEFAULTS, FORM, GROUPS, PRESETS, SETTINGS, SLIDERS, Choice
from tests.components.page.markup import within

WHOLE = html.Div([form.form(), *(form.row(SETTINGS[key]) for key in SETTINGS if key not in FORM)])
PARTS = {part.id: part for part in within(WHOLE) if getattr(part, "id", None)}


def test_slider_and_field_have_the_same_name():
    for key, setting in SLIDERS.items():
        assert PARTS[f"slider-{key}"].thumbLabel == setting.label
    labels = {part.htmlFor: part.children for part in within(WHOLE) if getattr(part, "htmlFor", None)}
    assert {key: labels[f"field-{key}"] for key in SETTINGS if f"field-{key}" in labels} == {
        key: setting.label for key, setting in SETTINGS.items() if not isinstance(setting, Choice)
    }
    for key, setting in SETTINGS.items():
        if isinstance(setting, Choice):
            assert PARTS[f"field-{key}"].label == setting.label


def test_every_setting_has_its_help_and_a_quiet_note():
    for key, setting in SETTINGS.items():
        assert PARTS[f"help-{key}"].children == setting.help
        assert PARTS[f"note-{key}"].children == ""


def test_sliders_have_the_ends_of_their_scales():
    for key, setting in SLIDERS.items():
        scale, slider = setting.scale_at(DEFAULTS), PARTS[f"slider-{key}"]
        assert (slider.min, slider.max, slider.step) == (scale.first, scale.top, scale.step)
        assert slider.value == scale.position(setting.default)


def test_the_chips_stand_in_their_groups_heading():
    headed = form.form({group: [f"chips of {group}"] for group in GROUPS})
    found = [part.children for part in within(headed) if getattr(part, "className", None) == "group-chips"]
    assert [["chips of " + group] for group in GROUPS if group != "line"] == found


def test_the_browser_is_told_the_very_stops():
    told = json.loads(json.dumps(form.spec(), allow_nan=False))
    for key, setting in SLIDERS.items():
        slider, scale = told["sliders"][key], setting.scale
        texts = slider.get("texts", [str(stop) for stop in scale.stops])
        assert [scale.first + scale.step * index for index in range(len(texts))][-1] == scale.top
        read = [parse({"points": 500, key: stop or slider["blank"]}).values for stop in texts]
        stops = [*scale.stops, None] if scale.open_top else list(scale.stops)
        assert [values[key] for values in read] == stops


def test_a_preset_says_what_it_is_for_and_all_that_it_sets():
    for place, preset in enumerate(PRESETS.values()):
        purpose, sets = (part.children for part in PARTS[f"preset-{place}"].children)
        assert purpose == preset.description
        for key in preset.values:
            assert (SETTINGS[key].label if key in SETTINGS else "Methods") in sets
    names = list(PRESETS)
    told = {name: PARTS[f"preset-{names.index(name)}"].children[1].children for name in names}
    assert told["Article"] == " All as at first."
    assert told["Noisy points (3)"] == " Noise: 3; the rest as at first."
    assert told["Nesterov brakes"].endswith("Methods: Momentum, Nesterov; the rest as at first.")
