"""The drawer "Methods": its frame, the button that opens it, and what assets/form/methods.js has to know to fill it.

Knows Dash components and the registries; the list itself is the browser's (assets/form/methods.js) and is read by
components/settings/methods.py.
"""

from collections.abc import Iterable, Mapping

from dash import ClientsideFunction, Dash, Input, dcc, html

from components.page.drawers import frame
from components.settings import methods
from components.settings.scales import Scale, log10, memory, mixed
from components.settings.table import DEFAULTS, SETTINGS
from components.text.mathml import mathml
from components.text.numbers import WHOLE_RUN, plain
from optim import MODELS, OPTIMIZERS, SCHEDULES, Control, Optimizer, Schedule, controls

NAME = "methods"
OPTIONS = {
    "average": "averaged",
    "heavy-ball": "heavy ball",
    "cos": "cosine",
    "linear": "straight lines",
}
"""What the page calls the options of choices."""


def spec() -> dict[str, object]:
    """What assets/form/methods.js has to know, as JSON.

    `article` is the list to start from, `form` its values; `methods` and `schedules` have for each class its words and
    `controls` by key, and of a method the `relatives` whose settings it takes over when it is added; `scales` are the
    stops of sliders as texts, "" for the whole run. `shared` labels the settings of the form that methods may follow,
    `settings` the others.
    """
    return {
        "most": methods.MOST,
        "longest": methods.LONGEST_NAME,
        "blank": WHOLE_RUN,
        "article": methods.article(),
        "form": methods.read(None, DEFAULTS, MODELS["line"].rates).form,
        "methods": {name: {**_about(kind), "words": name, "unitless": kind.unitless,
                           "relatives": methods.relatives(name)} | _controls(name, kind, "")
                    for name, kind in OPTIMIZERS.items()},
        "schedules": {name: {**_about(kind), "words": methods.spoken(name)} | _controls(name, kind, "schedule.")
                      for name, kind in SCHEDULES.items()},
        "scales": {_scale_name(one): stops(one) for kind in (*OPTIMIZERS.values(), *SCHEDULES.values())
                   for one in controls(kind) if not one.options},
        "settings": {key: setting.label for key, setting in SETTINGS.items() if key not in _shared()},
        "shared": {key: setting.label for key, setting in SETTINGS.items() if key in _shared()},
    }


def stops(control: Control) -> list[str]:
    """The stops of a number's slider, as the texts of its field; "" is the whole run."""
    numbers = [plain(stop) for stop in _scale(control).stops]
    return [*(["0"] if control.zero else []), *numbers, *([""] if control.optional else [])]


def drawer() -> html.Section:
    """The closed drawer, with an empty list."""
    items = [_item(place, name) for place, name in enumerate(OPTIMIZERS)]
    menu = {"id": "methods-menu", "className": "menu", "role": "menu", "aria-labelledby": "methods-add"}
    opens = {"aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "methods-menu"}
    back = {"title": "Back to the article’s four methods, which the shared sliders move"}
    return frame.frame(
        NAME, "Methods",
        dcc.Store(id="methods-spec", data=spec()),
        html.Div(
            [
                html.Button("+ Add method", id="methods-add", className="button", type="button", **opens),
                html.Button("The article’s four", id="methods-back", className="button", type="button", **back),
                html.Div(items, hidden=True, **menu),
            ],
            className="methods-tools",
        ),
        html.P(id="methods-status", className="methods-status", role="status"),
        html.Ol(id="methods-list", **{"aria-label": "The list of methods"}),
        html.Div(id="methods-pins", className="methods-part"),
        html.Details([html.Summary("What differs between two methods"), html.Div(id="differences")],
                     id="methods-differences", className="methods-part"),
        html.Details([html.Summary("At the end of each restart cycle"), html.Div(id="snapshots")],
                     id="methods-snapshots", className="methods-part"),
    )


def opener() -> html.Button:
    """The button in the readout that opens the drawer."""
    return frame.opener(NAME, "+ Add method", id="add-method")


def movers(groups: Iterable[str]) -> dict[str, list]:
    """For each group of settings that moves methods, the place in its heading where their chips go."""
    keys = {group: [key for key in _shared() if SETTINGS[key].group == group] for group in groups}
    return {group: [html.Span(className="movers", **{"data-moves": " ".join(found)})]
            for group, found in keys.items() if found}


def register_clientside(app: Dash) -> None:
    """Hand the Store of `spec` to assets/form/methods.js."""
    app.clientside_callback(ClientsideFunction("methods", "init"), Input("methods-spec", "data"))


def _shared() -> list[str]:
    """The settings of the form that move methods, in the form's order."""
    moved = {setting for table in methods.SHARED.values() for setting in table.values()}
    return [key for key in SETTINGS if key in moved]


def _about(kind: type[Optimizer] | type[Schedule]) -> dict[str, object]:
    lines = kind.formula.split(r", \quad ")  # side by side they would be too small to read
    return {"intuition": kind.intuition, "formula": list(map(mathml, lines)), "source": kind.source}


def _controls(name: str, kind: type, prefix: str) -> dict[str, dict]:
    follows = methods.SHARED.get(name, {})
    found = {f"{prefix}{methods.key(control)}": control for control in controls(kind)}
    return {"controls": {key: _control(control, follows.get(key)) for key, control in found.items()}}


def _control(control: Control, follows: str | None) -> Mapping[str, object]:
    """A control as JSON; `options` are [value, text], and of a number there is the name of its scale."""
    found = {"label": control.label, "says": control.says, "kind": control.scale, "follows": follows}
    if control.scale == "choice":
        return {**found, "options": [[option, OPTIONS[str(option)]] for option in control.options]}
    if control.scale == "switch":
        return found
    return {**found, "kind": "number", "scale": _scale_name(control)}


def _scale_name(control: Control) -> str:
    low, high = map(plain, control.ends)
    ends = f"{control.scale} {low} {high}"
    return f"{ends}{' zero' if control.zero else ''}{' open' if control.optional else ''}"


def _scale(control: Control) -> Scale:
    low, high = map(float, control.ends)
    match control.scale:
        case "log10":
            return log10(_exponent(low), _exponent(high))
        case "memory":
            return memory(-_exponent(1 - high))
        case _:
            return mixed((low, high, 0.1 if high - low > 1 else 0.01))


def _exponent(value: float) -> int:
    """n of 10^n."""
    return int(f"{value:e}".split("e")[1])


def _item(place: int, name: str) -> html.Button:
    words = [
        html.Span(name, className="preset-name"),
        html.Span(OPTIMIZERS[name].intuition, id=f"method-{place}", className="preset-description"),
    ]
    named = {"aria-label": name, "aria-describedby": f"method-{place}", "data-method": name}
    return html.Button(words, type="button", role="menuitem", tabIndex=-1, **named)
