"""The page: header, settings, sentence, panels, transport, readout, help. Knows Dash components; no request."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from components.ids import Store
from components.page import buttons, form, help, panels, theme, transport
from components.page.drawers import frame, methods, microscope, problem, share, theory
from components.page.panels.contours import colours
from components.page.panels.controls import markup
from components.page.panels.panel import RIGHT_AXIS, Panel
from components.panels import EXPLORE, HEADS, OPENING, Head
from components.payload.outcomes import SHARES, THERE
from components.settings.table import GROUPS

TITLE = "Descent Lab"

WAITING = "SGD, Momentum, Adam and learning rate annealing, side by side: the pictures are on their way."
"""The sentence until the first picture is there."""

CORNER = "Drag it, or use the arrow keys: columns and rows that the panel fills; press it for buttons that zoom too"

TOOLS = {"lessons": "Lessons", microscope.NAME: "Microscope", theory.NAME: "Theory", share.NAME: "Share"}
"""The drawers that the header opens, and what their buttons say."""

LIVE = ("points-form",)
"""Elements that scripts change through Dash: those of assets/form/locks.js, which takes controls out of the page."""

THRESHOLDS = {str(share): f"{100 * share:g} %" for share in SHARES}


def page(first: dict) -> dmc.MantineProvider:
    """The whole page, opening on `first`: the server's reply for the default experiment."""
    return dmc.MantineProvider(
        html.Div(
            [
                header(frame.openers(TOOLS)),
                html.Section(id="lesson", hidden=True, **{"aria-labelledby": "lesson-title"}),
                form.form(methods.movers(GROUPS), [problem.opener()]),
                problem.drawer(),
                methods.drawer(),
                frame.frame("lessons", "Lessons"),  # filled by assets/drawers/lessons, as is the section above
                microscope.drawer(),
                theory.drawer(),
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


def look(*, explores: bool = True) -> dict:
    """What the browser's half draws by: colours, sizes, templates, trace skeletons and the panels' rows of controls.

    explores: whether there is a server to ask about many runs.
    """
    scales = {scheme: colours(scheme) for scheme in theme.SCHEMES}
    return {
        **theme.look(), "traces": panels.TRACES, "colorscale": scales, "rightAxis": RIGHT_AXIS,
        "config": theme.GRAPH_CONFIG, "controls": panels.rows(), "opening": list(OPENING),
        "explore": list(EXPLORE) if explores else [],
    }


def header(tools: Sequence[object]) -> html.Header:
    """Title and switches of the looks, with `tools` between them; for the projector what the run is of, in chips."""
    return html.Header(
        [
            html.A("Skip to Play", href="#play", className="skip unseen button", **{"data-action": "skip"}),
            html.H1(TITLE),
            html.Div(id="chips"),  # player/folding.js says there what is set
            buttons.worded("settings", "Settings", id="settings-opener", **_folding("settings")),
            buttons.worded("menu", "Menu", id="menu-opener", **_folding("tools")),
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


def _folding(what: str) -> dict[str, str]:
    """Marks of a button that shows `what` where the page is narrow."""
    return {"aria-expanded": "false", "aria-controls": what}


def stage(run: Mapping[str, Any], openers: Sequence[object] = (), *, explores: bool = True) -> html.Main:
    """All that plays a run: the sentence, panels, transport and readout, with the `openers` beside its methods."""
    sentence = html.Div(WAITING, id="sentence")  # large and changing: neither a paragraph of text nor a heading
    spoken = html.P(id="spoken", className="unseen", role="status")  # assets/player/words/announce.js fills it
    menu = [_menu()] if explores else []  # beside the strip, which is cut where it is long
    words = [sentence, spoken, _strip(explores), *menu]
    parts = [*words, _panels(run, explores), transport.transport(), _readout(openers)]
    return html.Main(parts, id="stage", **{"aria-busy": "true"})  # until the first picture is there


def _strip(explores: bool) -> html.Div:
    """Which panels are on view: a button for each, one for all of them, and a menu of those that explore."""
    names = [_shown(name, head.heading) for name, head in HEADS.items()]
    every = buttons.worded("show-all", "All", **{"aria-pressed": "false"})
    words = html.Span("Show", **{"aria-hidden": "true"})
    more = [_opener()] if explores else []
    return html.Div([words, *names, every, *more], id="show", role="toolbar", **{"aria-label": "Panels on view"})


def _shown(name: str, title: str) -> html.Button:
    marks = {"data-panel": name, "aria-pressed": "true" if name in OPENING else "false"}
    return buttons.worded("show", title, **marks)


def _opener() -> html.Button:
    """The button of the menu of panels that explore."""
    opens = {"aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "explore-menu"}
    return html.Button("Explore", type="button", className="button", id="explore-open", **opens)


def _menu() -> html.Div:
    """The panels that explore: each with the question that it answers."""
    items = [
        html.Button(
            [html.B(head.heading), html.Span(head.asks)], type="button", role="menuitemcheckbox",
            **{"data-action": "show", "data-panel": name, "aria-checked": "false"})
        for name, head in EXPLORE.items()
    ]
    return html.Div(items, id="explore-menu", className="menu", role="menu", hidden=True, **{"aria-label": "Explore"})


def _panels(run: Mapping[str, Any], explores: bool) -> html.Div:
    more = [_exploring(name, head, run) for name, head in EXPLORE.items() if explores]
    return html.Div([*(_panel(panel, run) for panel in panels.PANELS.values()), *more], id="panels")


def _panel(panel: Panel, run: Mapping[str, Any]) -> html.Figure:
    figure = panel.standing(run["axes"], run["parameters"]).to_json()
    # Not `dcc.Graph`, which draws all six, at once: Plotly draws when the panel is on view first.
    graph = html.Div(id=panel.graph, className="graph", **{"data-figure": figure})
    over = [panel.over()] if panel.over else []
    plot = [graph, _canvas(), *over]
    return _figure(panel.name, panel.head, run, plot, panel.note, panel.caption, [_table(panel.name)])


def _table(name: str) -> html.Button:
    """The button of a panel's numbers, named after both: player/words/figures.js lays them over the plot."""
    marks = {"aria-labelledby": f"numbers-{name} title-{name}", "aria-pressed": "false", "data-panel": name}
    return buttons.action("numbers", "Numbers", "numbers", id=f"numbers-{name}", **marks)


def _exploring(name: str, head: Head, run: Mapping[str, Any]) -> html.Figure:
    """A place for one, which assets/explore/group.js furnishes when it is wanted first."""
    return _figure(name, head, run, [html.Div(className="graph"), _canvas()], "", head.asks)


def _canvas() -> html.Canvas:
    return html.Canvas(className="paint", **{"aria-hidden": "true"})


def _figure(
    name: str, head: Head, run: Mapping[str, Any], plot: Sequence[object], note: str, caption: str,
    tools: Sequence[object] = (),
) -> html.Figure:
    title = head.heading
    return html.Figure(
        [
            html.Div(
                [
                    html.H2(title, id=f"title-{name}"),
                    html.Span(note, className="says", id=f"says-{name}"),
                    *(markup(control, run) for control in head.controls),
                    *tools,
                    buttons.action("enlarge", f"Enlarge {title}", "enlarge", **{"data-panel": name}),
                ],
                className="head",
            ),
            html.Div(plot, className="plot"),
            html.Figcaption(caption, className="unseen", id=f"caption-{name}"),
            html.P(className="unseen tells", id=f"tells-{name}"),  # from the run: assets/player/words, explore/foot.js
            html.Button(
                html.Span(className="icon icon-corner", **{"aria-hidden": "true"}), type="button", className="corner",
                title=CORNER,
                **{"aria-label": f"Size and view of {title}", "aria-expanded": "false", "data-action": "corner",
                   "data-panel": name},
            ),
        ],
        className="panel" if name in OPENING else "panel is-off",
        **{"data-panel": name, "aria-labelledby": f"title-{name}",
           "aria-describedby": f"caption-{name} tells-{name}"},
    )


def _readout(openers: Sequence[object]) -> html.Div:
    """An empty table: player/readout.js fills its head and rows, one a method, and writes each step's numbers."""
    table = html.Table([html.Caption("Readout", className="unseen"), html.Thead(), html.Tbody()], id="readout")
    threshold = html.Span(
        buttons.choice("share", "Threshold", THRESHOLDS, str(THERE)),
        id="threshold",
    )
    whole = buttons.toggle("table", "Table")
    named = {"role": "region", "aria-label": "Readout of the methods"}
    return html.Div([table, threshold, *openers, whole], id="readout-box", tabIndex="0", **named)
