"""The settings form: the left column of the page, generated from the table in `settings`.

Knows nothing of training, requests or the app; what happens while a slider moves is in assets/form/settings.js.
"""

from collections.abc import Mapping, Sequence

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, dcc, html

from components.settings import problems
from components.settings.describing import captions, listed, shown
from components.settings.parsing import LONGEST_ECHO
from components.settings.table import DEFAULTS, FORM, GROUPS, PRESETS, SETTINGS, SLIDERS, Choice, Preset, Setting, Text
from components.settings.values import text

VERBATIM = {"autoCapitalize": "off", "autoCorrect": "off"}
"""With spellCheck and autoComplete, what keeps a phone from changing what is typed: X for x, and Sin for sin."""


def spec() -> dict[str, object]:
    """What assets/form/settings.js has to know, as JSON.

    The defaults, what they look like in the form, the labels, the presets, and of each slider `first`, `step` and the
    `texts` of its stops ("" for None, shown as `blank`); without `texts` the position is the value. `captions` say the
    stops in words; `up_to` names the setting that bounds this one. `longest` is how much of a typed text the
    server sends back, `renewing` lists the settings of which it brings the rates and epochs that suit them.
    """
    return {
        "defaults": DEFAULTS,
        "shown": {key: shown(setting, DEFAULTS) for key, setting in SETTINGS.items()},
        "presets": {name: preset.values for name, preset in PRESETS.items()},
        "sliders": {key: _slider_spec(setting) for key, setting in SLIDERS.items()},
        "labels": {key: setting.label for key, setting in SETTINGS.items()},
        "longest": LONGEST_ECHO,
        "renewing": sorted(problems.RENEWING),
    }


def form(chips: Mapping[str, list] | None = None, openers: Sequence[object] = ()) -> html.Section:
    """The whole column at the default settings.

    `chips` holds, by group, the components to stand in its heading, and `openers` those beside "Try" and "Reset".
    """
    groups = [_group(group, heading, (chips or {}).get(group, [])) for group, heading in GROUPS.items()]
    store = dcc.Store(id="settings-spec", data=spec())
    column = [store, _head(openers), *groups]
    return html.Section(column, id="settings", className="settings", **{"aria-label": "Settings"})


def register_clientside(app: Dash) -> None:
    """Connect the sliders and the Store of `spec` to form/settings.js, which hears of all else by plain events."""
    # A locked one is taken out of the page.
    sliders = [Input(f"slider-{key}", "value", allow_optional=True) for key in SLIDERS]
    app.clientside_callback(ClientsideFunction("settings", "init"), Input("settings-spec", "data"))
    app.clientside_callback(ClientsideFunction("settings", "slid"), *sliders, prevent_initial_call=True)


def _slider_spec(setting: Setting) -> dict[str, object]:
    scale = setting.scale
    found: dict[str, object] = {"first": scale.first, "step": scale.step}
    if not isinstance(scale.stops, range):
        found["texts"] = [*(text(setting, stop) for stop in scale.stops), *([""] if scale.open_top else [])]
    if scale.open_top:
        found["blank"] = setting.blank
    if setting.meaning:
        found["captions"] = [setting.meaning(stop) for stop in scale.stops]
    if setting.up_to:
        found["up_to"] = setting.up_to
    return found


def _head(openers: Sequence[object]) -> html.Div:
    """Title, menu "Try" and "Reset"; and for a phone, where one setting is on view, the choice of it."""
    options = [html.Option(setting.label, value=key) for key, setting in SETTINGS.items() if key in FORM]
    items = [_item(place, preset) for place, preset in enumerate(PRESETS.values())]
    menu = {"id": "settings-presets", "className": "menu", "role": "menu", "aria-labelledby": "settings-try"}
    opens = {"aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "settings-presets"}
    button = {"type": "button", "className": "button"}
    return html.Div(
        [
            html.H2("Settings", className="settings-title"),
            html.Label("Setting", htmlFor="setting-choice", className="setting-choice-label"),
            html.Select(options, id="setting-choice", className="choice setting-choice"),
            *openers,
            # Not dmc.Menu: it puts aria-expanded on a box that has no role, and a nameless box into the menu.
            html.Button("Try", id="settings-try", **button, **opens),
            html.Button("Reset", id="settings-reset", **button, **{"data-action": "reset"}),
            html.Div(items, hidden=True, **menu),
        ],
        className="settings-head",
    )


def _item(place: int, preset: Preset) -> html.Button:
    sets = f" {listed(preset.values)}; the rest as at first." if preset.values else " All as at first."
    told = [html.Span(preset.description), html.Span(sets)]
    words = [
        html.Span(preset.name, className="preset-name"),
        html.Span(told, id=f"preset-{place}", className="preset-description"),
    ]
    named = {"aria-label": preset.name, "aria-describedby": f"preset-{place}", "data-preset": preset.name}
    return html.Button(words, type="button", role="menuitem", tabIndex=-1, **named)


def _group(group: str, heading: str, chips: list) -> html.Div | html.Details:
    """A heading and its rows; a group without any slider is closed at first."""
    settings = [setting for setting in SETTINGS.values() if setting.group == group]
    rows = list(map(row, settings))
    name = {"id": f"group-{group}", "className": "group-name"}
    if not any(setting.key in SLIDERS for setting in settings):
        fields = html.Div(rows, className="group-fields")
        return html.Details([html.Summary(heading, **name), fields], className="group")
    head = html.Div([html.H3(heading, **name), html.Span(chips, className="group-chips")], className="group-head")
    return html.Div([head, *rows], className="group", role="group", **{"aria-labelledby": name["id"]})


def row(setting: Setting | Choice | Text) -> html.Div:
    """A setting's row: its label, control, caption, note and help."""
    return _choice(setting) if isinstance(setting, Choice) else _row(setting)


def _row(setting: Setting | Text) -> html.Div:
    """Label, caption and slider under one another, and the field beside them, last also by Tab; a text has it below."""
    key, look = setting.key, shown(setting, DEFAULTS)
    words = [html.Label(setting.label, htmlFor=f"field-{key}", className="setting-label"), _caption(key)]
    field = dmc.TextInput(
        id=f"field-{key}",
        value=look["text"],
        debounce=True,
        size="xs",
        autoComplete="off",
        spellCheck="false",
        attributes={"input": VERBATIM},
        className=f"setting-field{_width(setting)}",
    )
    slider = [_slider(setting, look)] if isinstance(setting, Setting) and setting.slider else []
    return _setting(setting, [html.Div(words, className="setting-words"), *slider, field])


def _width(setting: Setting | Text) -> str:
    if isinstance(setting, Text):
        return " is-text"
    return " is-wide" if setting.blank else ""


def _slider(setting: Setting, look: Mapping[str, object]) -> dmc.Slider:
    scale = setting.scale_at(DEFAULTS)
    return dmc.Slider(
        id=f"slider-{setting.key}",
        value=look["position"],
        min=scale.first,
        max=scale.top,
        step=scale.step,
        updatemode="drag",
        label=None,
        thumbLabel=setting.label,
        className="setting-slider",
        attributes={"thumb": {"aria-valuetext": look["said"], "aria-describedby": f"help-{setting.key}"}},
    )


def _choice(setting: Choice) -> html.Div:
    radios = [dmc.Radio(label=label, value=value, size="xs") for value, label in setting.options.items()]
    options = html.Div(radios, className="setting-options")
    group = dmc.RadioGroup(options, id=f"field-{setting.key}", value=setting.default, label=setting.label)
    return _setting(setting, [group, _caption(setting.key)])


def _caption(key: str) -> html.P:
    return html.P(captions(DEFAULTS).get(key, ""), id=f"caption-{key}", className="setting-caption")


def _setting(setting: Setting | Choice | Text, parts: list) -> html.Div:
    """A row: its parts, a line for a note or an error that is empty at first, and its help."""
    key = setting.key
    note = html.P("", id=f"note-{key}", className="setting-note", role="status")
    explained = html.Span(setting.help, id=f"help-{key}", className="setting-help", role="tooltip")
    on_view = " is-chosen" if key == next(iter(SETTINGS)) else ""  # on a phone
    idle = key in problems.unused(DEFAULTS, problems.resolve(DEFAULTS), own_data=False)
    named = {"data-setting": key}
    return html.Div([*parts, note, explained], className=f"setting{on_view}", hidden=idle, **named)
