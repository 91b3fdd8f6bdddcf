"""The transport bar, and the names by which Dash calls the browser's half. Knows markup; the clock itself is assets/clock.js.

Buttons and switches here carry `data-action` and `data-view`: assets/view.js listens once for the whole page, so that no
press of them travels to the server.
"""

from dash import ClientsideFunction, Input, State, dcc, html

from components.ids import Store

NAMESPACE = "lab"
SPEEDS = (0.25, 0.5, 1, 2, 4, 8)
RANGES = {"1": "first epoch", "5": "first 5", "all": "all"}


def action(name: str, label: str, icon: str, **more) -> html.Button:
    """A button named `label` that shows an icon of assets/icons.css and does `data-action` name."""
    return html.Button(
        html.Span(className=f"icon icon-{icon}", **{"aria-hidden": "true"}),
        className="button",
        type="button",
        title=label,
        **{"aria-label": label, "data-action": name, **more},
    )


def action_text(name: str, text: str, **more) -> html.Button:
    """A button that shows its name."""
    return html.Button(text, className="button", type="button", **{"data-action": name, **more})


def switch(view: str, label: str, on: bool = False) -> html.Button:
    """A switch named `label` of the view setting `view`."""
    return html.Button(
        [html.Span(className="knob", **{"aria-hidden": "true"}), label],
        className="switch",
        type="button",
        role="switch",
        **{"data-view": view, "aria-checked": "true" if on else "false"},
    )


def toggle(view: str, label: str) -> html.Button:
    """A button named `label` that stays pressed: the view setting `view`."""
    return html.Button(label, className="button toggle", type="button", **{"data-view": view, "aria-pressed": "false"})


def choice(view: str, label: str, options: dict[str, str], chosen: str) -> html.Select:
    """A native select named `label` of the view setting `view`; `options` maps values to texts."""
    return html.Select(
        [html.Option(text, value=value, selected="selected" if value == chosen else None) for value, text in options.items()],
        className="choice",
        title=label,
        **{"data-view": view, "aria-label": label},
    )


def transport() -> html.Section:
    """Restart, step back, play, step forward, end, the slider 'Step', the range on view, and the small menu."""
    return html.Section(
        [
            html.Div(
                [
                    action("restart", "Restart", "restart"),
                    action("back", "Step back", "back"),
                    html.Button(
                        [html.Span(className="icon icon-play", **{"aria-hidden": "true"}), html.Span("Play", id="play-text")],
                        id="play",
                        className="button play",
                        type="button",
                        **{"data-action": "play"},
                    ),
                    action("forward", "Step forward", "forward"),
                    action("end", "End", "end"),
                ],
                className="buttons",
            ),
            html.Div(id="scrubber"),
            html.Div([html.Span(id="step-text"), html.Span(id="epoch-text")], id="where"),
            html.Div(
                [action_text("range", text, **{"data-range": name, "aria-pressed": "true" if name == "all" else "false"}) for name, text in RANGES.items()],
                id="ranges", role="group", **{"aria-label": "Range on view"},
            ),
            html.Details(
                [
                    html.Summary([html.Span("1x", id="speed-text"), " ", html.Span(className="icon icon-more", **{"aria-hidden": "true"})],
                                 className="button", **{"aria-label": "Playback options"}),
                    html.Div(
                        [
                            html.Label(["Speed ", choice("speed", "Speed", {str(s): f"{s:g}x" for s in SPEEDS}, "1")]),
                            switch("loop", "Loop"),
                            switch("even", "Even pace"),
                            switch("count", "Count steps"),
                            html.P("1x plays the range on view in about 12 seconds and starts slowly.", className="hint"),
                            html.P(id="pace", className="hint"),
                        ],
                        className="menu",
                    ),
                ],
                id="options",
            ),
        ],
        id="transport",
        **{"aria-label": "Transport"},
    )


def register_clientside(app) -> None:
    """Hand each reply of the server, and the page's constants, to the browser's half (assets/bridge.js)."""
    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "reply"),
        Input(Store.RUN, "data"),
        State(Store.LOOK, "data"),
    )
