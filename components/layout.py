"""The page: header, settings, six panels, transport, readout, help. Knows Dash components; not a request, not the cache."""

import dash_mantine_components as dmc
from dash import dcc, html

from components import controls, figures, playback, theme
from components.ids import Panel, Store
from optim import DIVERGENCE_LIMIT, Experiment, verdicts

TITLE = "Descent Lab"
ARTICLE = "Visualising SGD with Momentum, Adam and Learning Rate Annealing"

PANELS = {
    Panel.FIT: "Fit",
    Panel.LOSS: "Loss",
    Panel.LANDSCAPE: "Landscape",
    Panel.PARAMETERS: "Parameters",
    Panel.GRADIENTS: "Gradients",
    Panel.RATE: "Learning rate",
}

CAPTIONS = {
    Panel.FIT: "The data, each method's line now, and as a fan its lines over the last epoch.",
    Panel.LOSS: "Mean squared error over all data.",
    Panel.LANDSCAPE: "Contours of the loss over the parameters, and each method's path.",
    Panel.PARAMETERS: "Each parameter, and its true value dotted.",
    Panel.GRADIENTS: "What a method is given, and what it makes of it.",
    Panel.RATE: "Share of each method's starting learning rate.",
}

SHARES = {"0.1": "10 %", "0.05": "5 %", "0.01": "1 %", "0.001": "0.1 %"}


def page(first: dict) -> dmc.MantineProvider:
    """The whole page, opening on `first`: the server's reply for the default experiment."""
    return dmc.MantineProvider(
        html.Div(
            [
                _header(),
                controls.form(_chips()),
                html.Main([_panels(first["run"]), _tabs(), playback.transport(), _readout()], id="stage"),
                _help(),
                dcc.Store(id=Store.REQUEST),
                dcc.Store(id=Store.RUN, data=first),
                dcc.Store(id=Store.LOOK, data=_look()),
            ],
            id="lab",
        ),
        theme=theme.MANTINE,
        defaultColorScheme="auto",
    )


def _look() -> dict:
    colours = {scheme: figures.colorscale(scheme) for scheme in theme.SCHEMES}
    return {**theme.look(), "traces": figures.TRACES, "colorscale": colours, "limit": DIVERGENCE_LIMIT}


def _chips() -> dict[str, list]:
    """For each group of settings, the chips of the methods it moves."""
    def chips(*places):
        return [html.Span(className="chip", **{"data-place": str(place)}) for place in places]
    return {"momentum": chips(0, 1), "adam": chips(2, 3), "annealing": chips(3)}


def _header() -> html.Header:
    return html.Header(
        [
            html.H1(TITLE),
            html.P(id="sentence", **{"aria-live": "off"}),
            html.Div(
                [
                    playback.switch("projector", "Projector"),
                    playback.switch("dark", "Dark"),
                    html.Button("?", className="button", type="button", title="Help and keys (?)",
                                **{"aria-label": "Help and keys", "data-action": "help"}),
                ],
                className="switches",
            ),
        ]
    )


def _panels(run: dict) -> html.Div:
    return html.Div([_panel(panel, run) for panel in Panel], id="panels")


def _panel(panel: Panel, run: dict) -> html.Figure:
    title = PANELS[panel]
    return html.Figure(
        [
            html.Div(
                [
                    html.H2(title, id=f"title-{panel}"),
                    html.Span(className="space"),
                    *_tools(panel, run),
                    playback.action("enlarge", f"Enlarge {title}", "enlarge", **{"data-panel": str(panel)}),
                ],
                className="head",
            ),
            html.Div(
                [
                    dcc.Graph(
                        id=panel.graph,
                        figure=figures.standing(panel, run["axes"], run["parameters"]),
                        config=theme.GRAPH_CONFIG,
                        responsive=True,
                    ),
                    html.Canvas(className="paint", **{"aria-hidden": "true"}),
                ],
                className="plot",
            ),
            html.Figcaption(CAPTIONS[panel], className="unseen"),
        ],
        className="panel",
        **{"data-panel": str(panel), "aria-labelledby": f"title-{panel}"},
    )


def _tools(panel: Panel, run: dict) -> list:
    names, labels = run["parameters"], [c["label"] for c in run["contestants"]]
    match panel:
        case Panel.LOSS:
            return [playback.switch("logLoss", "Logarithmic loss", on=True)]
        case Panel.LANDSCAPE:
            return [playback.toggle("trueShape", "True shape"), playback.toggle("close", "Optimum")]
        case Panel.GRADIENTS:
            views = {"window": "Smoothing", "epochs": "Smoothing by epoch", "taken": "Step taken"}
            return [
                playback.choice("gradientParameter", "Gradient parameter", {str(i): n for i, n in enumerate(names)}, "0"),
                playback.choice("gradientView", "Gradient view", views, "window"),
                playback.choice("gradientMethod", "Gradient method", gradient_methods(labels), "1"),
            ]
        case Panel.RATE:
            return [playback.switch("logRate", "Logarithmic rate")]
    return []


def gradient_methods(labels: list[str]) -> dict[str, str]:
    """What the Smoothing view can show: each method, and the article's two laid over each other."""
    return {**{str(i): label for i, label in enumerate(labels)}, "0+1": f"{labels[0]} and {labels[1]}"}


def _tabs() -> html.Div:
    """On a phone: which panel stands below Fit."""
    others = [panel for panel in Panel if panel is not Panel.FIT]
    tabs = [
        html.Button(PANELS[panel], type="button", role="tab",
                    **{"data-action": "tab", "data-panel": str(panel), "aria-selected": "true" if panel is Panel.LOSS else "false"})
        for panel in others
    ]
    readout = html.Button("Readout", type="button", role="tab",
                          **{"data-action": "tab", "data-panel": "readout", "aria-selected": "false"})
    return html.Div([*tabs, readout], id="tabs", role="tablist", **{"aria-label": "Panel below Fit"})


def _readout() -> html.Div:
    """An empty table: assets/readout.js fills its head and its rows, one a method, and rewrites the numbers at each step."""
    table = html.Table([html.Caption("Readout", className="unseen"), html.Thead(), html.Tbody()], id="readout")
    threshold = html.Span(playback.choice("share", "Threshold", SHARES, "0.01"), id="threshold",
                          title="Share of the starting excess loss over least squares")
    return html.Div([table, threshold], id="readout-box", tabIndex="0", role="region", **{"aria-label": "Readout of the methods"})


KEYS = {
    "Space": "play or pause",
    "Left, Right": "one step back or forward",
    "Shift with Left, Right": "one epoch",
    "Home, End": "start or end of the range on view",
    "1 to 8": "bring a method forward; the same key again: all",
    "Escape": "leave a field, an enlarged panel, the comparison line",
    "?": "this list",
}


def _help() -> html.Dialog:
    default, limit = Experiment(), f"{DIVERGENCE_LIMIT:g}".replace("e+", "e")
    return html.Dialog(
        [
            html.H2("Help and keys"),
            html.Table(html.Tbody([html.Tr([html.Th(html.Kbd(key), scope="row"), html.Td(text)]) for key, text in KEYS.items()])),
            html.H3("What the numbers are"),
            html.Ul([html.Li(text) for text in [
                "Loss is always the mean squared error over all data. Gradients are exact; those of a step are of its batch alone.",
                f"Step 0 is the start; step k is the k-th update. An epoch is one pass over the data: {default.steps_per_epoch} steps at batch size 1 "
                f"and {len(default.dataset.x)} points.",
                "Excess loss is the loss above least squares. A method has reached 1 % when its excess is at most 1 % of the starting one.",
                f"Verdicts look at the last {100 * verdicts.WINDOW_SHARE:g} % of the steps, in whole pairs of epochs. Diverged: the excess loss exceeded "
                f"{verdicts.DIVERGED_TIMES:,} times its start, a number is no longer finite, or a parameter is larger than {limit}. "
                f"Converged: always below {verdicts.CONVERGED_SHARE:g} of the start. Still falling: the mean fell by more than "
                f"{verdicts.FALLING_DEVIATIONS:g} standard deviations. Oscillating: otherwise, with half the range of each parameter. "
                "With restarts, the ends of the cycles are compared.",
                f"The article (\u201c{ARTICLE}\u201d) does not print its annealing curve, a restart period, or whether its Adam corrects its bias: "
                "cosine to 0, and corrected, are our choice. Its cost is the sum of squared errors; with batch size 1 that is one point's error a step.",
                "In the panels against the step, more than 200 steps are drawn as the median of each epoch (line) and its smallest to largest (band); closer in, every step.",
            ]]),
            html.Button("Close", className="button", type="button", **{"data-action": "close-help"}),
        ],
        id="help",
        **{"aria-label": "Help and keys"},
    )
