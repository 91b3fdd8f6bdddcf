"""The page: header, settings, six panels, transport, readout, help. Knows Dash components; no request, no cache."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html

from components import buttons, controls, drawers, figures, help, methods, microscope, playback, problem, share, theme
from components.ids import Panel, Store
from components.payload import SHARES
from components.settings import GROUPS

TITLE = "Descent Lab"

WAITING = "SGD, Momentum, Adam and learning rate annealing, side by side: the pictures are on their way."
"""The sentence until the first picture is there."""

PANELS = {panel: panel.heading for panel in Panel}

CAPTIONS = {
    Panel.FIT: "The data, each method's line now, and as a fan its lines over the last epoch.",
    Panel.LOSS: "Mean squared error over all data.",
    Panel.LANDSCAPE: "Contours of the loss over the parameters, and each method's path.",
    Panel.PARAMETERS: "Each parameter, and its true value dotted.",
    Panel.GRADIENTS: "What a method is given, and what it makes of it.",
    Panel.RATE: "Share of each method's starting learning rate, or the rate that each parameter felt.",
}

NOTES = {Panel.FIT: "y = a x + b; faint: the last epoch\u2019s lines"}
"""What a panel says of itself beside its title; that of Loss follows the range on view."""

TOOLS = {"lessons": "Lessons", microscope.NAME: "Microscope", "theory": "Theory", share.NAME: "Share"}
"""The drawers that the header opens, and what their buttons say."""

LIVE = ("points-form",)
"""Elements that scripts change through Dash: those of assets/locks.js, which takes controls out of the page."""

THRESHOLDS = {str(share): f"{100 * share:g} %" for share in SHARES}


def page(first: dict) -> dmc.MantineProvider:
    """The whole page, opening on `first`: the server's reply for the default experiment."""
    return dmc.MantineProvider(
        html.Div(
            [
                header(drawers.openers(TOOLS)),
                html.Section(id="lesson", hidden=True, **{"aria-labelledby": "lesson-title"}),
                controls.form(methods.movers(GROUPS), [problem.opener()]),
                problem.drawer(),
                methods.drawer(),
                drawers.frame("lessons", "Lessons"),  # assets/lessons.js fills it, lesson.js the section above
                microscope.drawer(),
                _theory(),
                share.drawer(),
                stage(first["run"], [methods.opener()]),
                html.P(id="notice", role="status"),
                help.dialog(),
                dcc.Store(id=Store.REQUEST),
                dcc.Store(id=Store.RUN, data=first),
                dcc.Store(id=Store.LOOK, data=look()),
            ],
            id="lab",
        ),
        theme=theme.MANTINE,
        defaultColorScheme="auto",
    )


def look() -> dict:
    """The tables that the browser's half draws by: colours, sizes, templates and trace skeletons."""
    colours = {scheme: figures.colorscale(scheme) for scheme in theme.SCHEMES}
    return {**theme.look(), "traces": figures.TRACES, "colorscale": colours, "rightAxis": figures.RIGHT_AXIS}


def header(tools: Sequence[object]) -> html.Header:
    """Title, sentence and the switches of the looks, with `tools` between them."""
    return html.Header(
        [
            html.H1(TITLE),
            html.P(WAITING, id="sentence", **{"aria-live": "off"}),
            html.Nav(tools, id="tools", **{"aria-label": "Tools"}),
            html.Div(
                [
                    buttons.switch("projector", "Projector"),
                    buttons.switch("dark", "Dark"),
                    html.Button("?", className="button", type="button", title="Help and keys (?)",
                                **{"aria-label": "Help and keys", "data-action": "help"}),
                ],
                className="switches",
            ),
        ]
    )


def stage(run: dict, openers: Sequence[object] = ()) -> html.Main:
    """All that plays a run: panels, transport and readout, with the `openers` beside the readout's methods."""
    parts = [_panels(run), _tabs(), playback.transport(), _readout(openers)]
    return html.Main(parts, id="stage", **{"aria-busy": "true"})  # until the first picture is there


def _panels(run: dict) -> html.Div:
    return html.Div([_panel(panel, run) for panel in Panel], id="panels")


def _panel(panel: Panel, run: dict) -> html.Figure:
    title = PANELS[panel]
    return html.Figure(
        [
            html.Div(
                [
                    html.H2(title, id=f"title-{panel}"),
                    html.Span(NOTES.get(panel, ""), className="says", id=f"says-{panel}"),
                    *_tools(panel, run),
                    buttons.action("enlarge", f"Enlarge {title}", "enlarge", **{"data-panel": str(panel)}),
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
                    *([_relief()] if panel is Panel.FIT else []),
                ],
                className="plot",
            ),
            html.Figcaption(CAPTIONS[panel], className="unseen"),
        ],
        className="panel",
        **{"data-panel": str(panel), "aria-labelledby": f"title-{panel}"},
    )


def _theory() -> html.Section:
    """The drawer "Theory", which assets/theory.js fills."""
    return drawers.frame(
        "theory",
        "Theory",
        buttons.switch("theory", "Theory on the picture"),
        html.P("Marks the edges on the slider of the learning rate, and what is predicted in the panels.",
               className="theory-lead"),
        html.P(id="theory-status", role="status"),
        html.Div(id="theory-body"),
    )


def _relief() -> html.Div:
    """What a hand takes hold of to turn the three-dimensional view, hidden until that is on view."""
    named = {"role": "application", "aria-label": "Loss surface in 3-D: turn with the arrow keys, Home turns it back"}
    return html.Div(className="relief", tabIndex=0, hidden=True, **named)


def _tools(panel: Panel, run: dict) -> list:
    names, labels = run["parameters"], [c["label"] for c in run["contestants"]]
    match panel:
        case Panel.FIT:
            return [buttons.toggle("batch", "Batch"), buttons.toggle("relief", "3-D")]
        case Panel.LOSS:
            return [buttons.switch("logLoss", "Logarithmic loss", on=True)]
        case Panel.LANDSCAPE:
            return [_planes(), buttons.toggle("trueShape", "True shape"), buttons.toggle("close", "Optimum")]
        case Panel.PARAMETERS:
            return [html.Span(buttons.choice("strips", "Parameters on view", {}, ""), id="strips", hidden=True)]
        case Panel.GRADIENTS:
            views = {"window": "Smoothing", "epochs": "Smoothing by epoch", "taken": "Step taken"}
            places = {str(i): name for i, name in enumerate(names)}
            return [
                buttons.choice("gradientParameter", "Gradient parameter", places, "0"),
                buttons.choice("gradientView", "Gradient view", views, "window"),
                buttons.choice("gradientMethod", "Gradient method", gradient_methods(labels), "1"),
            ]
        case Panel.RATE:
            views = {"share": "share", "felt": "rate felt"}
            shortened = html.Span(["Log", html.Span("arithmic rate", className="unfolded")])
            return [
                html.Span(buttons.choice("rateView", "Rate view", views, "share"), id="rate-views", hidden=True),
                buttons.switch("logRate", shortened),
            ]
    return []


def _planes() -> html.Span:
    """Which plane of more than two parameters is drawn; assets/choices.js fills and shows it."""
    first = buttons.choice("planeFirst", "First parameter", {}, "")
    second = buttons.choice("planeSecond", "Second parameter", {}, "")
    pair = html.Span([first, second], id="plane-pair", hidden=True)
    return html.Span([buttons.choice("plane", "Plane", {}, ""), pair], id="planes", hidden=True)


def gradient_methods(labels: list[str]) -> dict[str, str]:
    """What the Smoothing view can show: each method, and the article's two laid over each other."""
    return {**{str(i): label for i, label in enumerate(labels)}, "0+1": " and ".join(labels[:2])}


def _tabs() -> html.Div:
    """On a phone: which panel stands below Fit."""
    names = {str(panel): title for panel, title in PANELS.items() if panel is not Panel.FIT} | {"readout": "Readout"}
    return html.Div(
        [_tab(name, title, on=name == Panel.LOSS) for name, title in names.items()],
        id="tabs", role="tablist", **{"aria-label": "Panel below Fit"},
    )


def _tab(name: str, title: str, on: bool) -> html.Button:
    marks = {"data-action": "tab", "data-panel": name, "aria-selected": "true" if on else "false"}
    return html.Button(title, type="button", role="tab", **marks)


def _readout(openers: Sequence[object]) -> html.Div:
    """An empty table: assets/readout.js fills its head and rows, one a method, and writes each step's numbers."""
    table = html.Table([html.Caption("Readout", className="unseen"), html.Thead(), html.Tbody()], id="readout")
    threshold = html.Span(
        buttons.choice("share", "Threshold", THRESHOLDS, "0.01"),
        id="threshold", title="Share of the starting excess loss over least squares",
    )
    named = {"role": "region", "aria-label": "Readout of the methods"}
    return html.Div([table, threshold, *openers], id="readout-box", tabIndex="0", **named)
