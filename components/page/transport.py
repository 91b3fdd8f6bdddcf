"""The transport bar, and how a reply reaches the browser's half. Knows markup; the clock is assets/player/clock.js."""

from dash import ClientsideFunction, Dash, Input, State, html

from components.ids import Store
from components.page.buttons import action, choice, icon, one_of, switch

NAMESPACE = "lab"
SPEEDS = (0.25, 0.5, 1, 2, 4, 8)
RANGES = {"1": "first epoch", "5": "first 5", "all": "all"}


def transport() -> html.Section:
    """Restart, step back, play, step forward, end, the slider 'Step', events, the range on view, and the small menu."""
    ticks = html.Div(id="ticks", role="toolbar", **{"aria-label": "Events of the run"})
    ranges = one_of("range", "range", RANGES, "all")
    return html.Section(
        [
            html.Div(
                [
                    action("restart", "Restart", "restart"),
                    action("back", "Step back", "back"),
                    _play(),
                    action("forward", "Step forward", "forward"),
                    action("end", "End", "end"),
                ],
                className="buttons",
            ),
            html.Div(ticks, id="scrubber"),
            html.Div([html.Span(id="step-text"), html.Span(id="epoch-text")], id="where"),
            _events(),
            html.Div(ranges, id="ranges", role="group", **{"aria-label": "Range on view"}),
            _options(),
        ],
        id="transport",
        **{"aria-label": "Transport"},
    )


def _play() -> html.Button:
    words = [icon("play"), html.Span("Play", id="play-text")]
    return html.Button(words, id="play", className="button play", type="button", **{"data-action": "play"})


def _events() -> html.Div:
    """The way to the next event, and all that have been reached as a list, which assets/player/ticks.js fills."""
    head = html.Summary(icon("list"), className="button", title="Events", **{"aria-label": "List of events"})
    lists = html.Details([head, html.Div(html.Ol(id="event-list"), className="popup")], id="events")
    return html.Div([action("next-event", "Next event", "event"), lists], id="happenings")


def _options() -> html.Details:
    """Speed and what else changes how it plays, behind one small button."""
    summary = [html.Span("1x", id="speed-text"), html.Span(" playback options", className="unseen"), icon("more")]
    speeds = {str(speed): f"{speed:g}x" for speed in SPEEDS}
    menu = [
        html.Label(["Speed ", choice("speed", "Speed", speeds, "1")]),
        switch("loop", "Loop"),
        switch("even", "Even pace"),
        switch("count", "Count steps"),
        html.P("1x plays the range on view in about 12 seconds and starts slowly.", className="hint"),
        html.P(id="pace", className="hint"),
    ]
    head = html.Summary(summary, className="button")
    return html.Details([head, html.Div(menu, className="popup")], id="options")


def register_clientside(app: Dash) -> None:
    """Hand each reply of the server, and the page's constants, to the browser's half (assets/dash.js)."""
    app.clientside_callback(
        ClientsideFunction(NAMESPACE, "reply"),
        Input(Store.RUN, "data"),
        State(Store.LOOK, "data"),
    )
