"""The settings form: the left column of the page, generated from the table in `settings`.

`parse` and `describe` are offered here too, so that a reader finds the way from the form to the Experiment in one place.
Knows nothing of training, of requests or of the app; what happens while somebody moves a slider is in assets/settings.js.
"""

from collections.abc import Mapping

import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, dcc, html

from components.parsing import Parsed, captions, describe, parse, said, text
from components.settings import CHOICES, DEFAULTS, GROUPS, PRESETS, SETTINGS, SLIDERS, Choice, Setting

__all__ = ["Parsed", "describe", "form", "parse", "register_clientside", "spec"]

FIRST = next(iter(SETTINGS))
"""The setting on view first where there is room for one only."""


def spec() -> dict[str, object]:
    """What assets/settings.js has to know, as JSON: the defaults, the presets and each slider's stops.

    A slider has `first`, `step` and the `texts` of its stops ("" for None); a missing `texts` means that the position is the value.
    `captions` say the same stops in words, and `up_to` names the setting that bounds this one.
    """
    return {
        "defaults": DEFAULTS,
        "shown": describe(parse({}))["form"],
        "presets": {name: preset.values for name, preset in PRESETS.items()},
        "sliders": {key: _slider_spec(setting) for key, setting in SLIDERS.items()},
    }


def form(chips: Mapping[str, list] | None = None) -> html.Section:
    """The whole column at the default settings; `chips` holds the components to stand in each group's heading."""
    shown, words = describe(parse({}))["form"], captions(DEFAULTS)
    groups = [_group(group, heading, (chips or {}).get(group, []), shown, words) for group, heading in GROUPS.items()]
    return html.Section(
        [dcc.Store(id="settings-spec", data=spec()), _head(), *groups],
        id="settings", className="settings", **{"aria-label": "Settings"},
    )


def register_clientside(app) -> None:
    """Connects the sliders and the Store of `spec` to assets/settings.js; everything else there listens to plain events."""
    app.clientside_callback(ClientsideFunction("settings", "init"), Input("settings-spec", "data"))
    app.clientside_callback(
        ClientsideFunction("settings", "slid"), *(Input(f"slider-{key}", "value") for key in SLIDERS), prevent_initial_call=True
    )


def _slider_spec(setting: Setting) -> dict[str, object]:
    scale, found = setting.scale, {"first": setting.scale.first, "step": setting.scale.step}
    if not isinstance(scale.stops, range):
        found["texts"] = [text(setting, stop if not setting.whole else int(stop)) for stop in scale.stops] + [""] * scale.open_top
    if setting.caption:
        found["captions"] = [setting.caption(stop) for stop in scale.stops]
    if scale.open_top:
        found["blank"] = setting.blank
    if setting.up_to:
        found["up_to"] = setting.up_to
    return found


def _head() -> html.Div:
    """Title, menu "Try" (a plain one: Mantine's puts aria-expanded on a box without a role), "Reset" and a phone's chooser."""
    items = [
        html.Button(
            [html.Span(preset.name, className="preset-name"), html.Span(preset.description, id=f"preset-{place}", className="preset-description")],
            type="button", role="menuitem", tabIndex=-1,
            **{"data-preset": preset.name, "aria-label": preset.name, "aria-describedby": f"preset-{place}"},
        )
        for place, preset in enumerate(PRESETS.values())
    ]
    chooser = html.Select(
        [html.Option(setting.label, value=key) for key, setting in SETTINGS.items()], id="setting-choice", className="setting-choice"
    )
    return html.Div(
        [
            html.H2("Settings", className="settings-title"),
            html.Label("Setting", htmlFor="setting-choice", className="setting-choice-label"),
            chooser,
            dmc.Button("Try", id="settings-try", size="compact-xs", variant="default", **{"aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "settings-presets"}),
            dmc.Button("Reset", id="settings-reset", size="compact-xs", variant="default"),
            html.Div(items, id="settings-presets", className="menu", role="menu", hidden=True, **{"aria-labelledby": "settings-try"}),
        ],
        className="settings-head",
    )


def _group(group: str, heading: str, chips: list, shown: dict, words: dict[str, str]) -> html.Div | html.Details:
    settings = [setting for setting in SETTINGS.values() if setting.group == group]
    rows = [_choice(setting, words) if isinstance(setting, Choice) else _row(setting, shown[setting.key], words) for setting in settings]
    name = {"id": f"group-{group}", "className": "group-name"}
    if not any(setting.key in SLIDERS or setting.key in CHOICES for setting in settings):
        return html.Details([html.Summary(heading, **name), html.Div(rows, className="group-fields")], className="group", id=f"details-{group}")
    head = html.Div([html.H3(heading, **name), html.Span(chips, className="group-chips")], className="group-head")
    return html.Div([head, *rows], className="group", role="group", **{"aria-labelledby": name["id"]})


def _row(setting: Setting, shown: dict, words: dict[str, str]) -> html.Div:
    """Label, caption and slider under one another, the field beside them, and a line for a note that is empty at first."""
    key = setting.key
    beside = html.P(words.get(key, ""), id=f"caption-{key}", className="setting-caption")
    field = dmc.TextInput(
        id=f"field-{key}", value=shown["text"], debounce=True, size="xs", autoComplete="off",
        className="setting-field is-wide" if setting.blank else "setting-field",
    )
    label = html.Label(setting.label, htmlFor=f"field-{key}", className="setting-label")
    parts = [html.Div([label, beside], className="setting-words"), field]
    if setting.slider:
        scale = setting.scale.up_to(DEFAULTS[setting.up_to]) if setting.up_to else setting.scale
        parts.append(
            dmc.Slider(
                id=f"slider-{key}", value=shown["position"], min=scale.first, max=scale.top, step=scale.step, updatemode="drag",
                label=None, thumbLabel=setting.label, size=4, thumbSize=14, className="setting-slider",
                attributes={"thumb": {"aria-valuetext": shown["said"], "aria-describedby": f"help-{key}"}},
            )
        )
    return _setting(setting, parts)


def _choice(setting: Choice, words: dict[str, str]) -> html.Div:
    key = setting.key
    radios = dmc.RadioGroup(
        html.Div([dmc.Radio(label=label, value=value, size="xs") for value, label in setting.options.items()], className="setting-options"),
        id=f"field-{key}", value=setting.default, label=setting.label,
    )
    return _setting(setting, [radios, html.P(words.get(key, ""), id=f"caption-{key}", className="setting-caption")])


def _setting(setting: Setting | Choice, parts: list) -> html.Div:
    key = setting.key
    explained = [
        html.P("", id=f"note-{key}", className="setting-note", role="status"),
        html.Span(setting.help, id=f"help-{key}", className="setting-help", role="tooltip"),
    ]
    return html.Div([*parts, *explained], className=f"setting{' is-chosen' * (key == FIRST)}", **{"data-setting": key})
