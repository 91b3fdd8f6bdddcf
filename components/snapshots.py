"""The list of snapshots: where each method stood at the ends of its schedule's cycles.

Knows markup; assets/snapshots.js fills it.
"""

from dash import html

from components.buttons import worded

SAYS = (
    "At the end of each cycle, where the learning rate is about to go up again, the parameters are kept. They are the "
    "hollow diamonds in the panels. Whether a restart has led to a better place is for the numbers to say."
)


def button() -> html.Button:
    """Opens the list; hidden where no schedule restarts."""
    return worded("snapshots", "Snapshots", id="snapshots-open", hidden=True)


def dialog() -> html.Dialog:
    """The closed dialog: a row a snapshot, whose button goes to its step."""
    table = html.Table([html.Caption("Snapshots", className="unseen"), html.Thead(), html.Tbody()])
    return html.Dialog(
        [
            html.Div([html.H2("Snapshots"), worded("close-snapshots", "Close")], className="bar"),
            html.P(SAYS),
            html.Div(table, className="rows", tabIndex="0", role="region", **{"aria-label": "Rows of snapshots"}),
        ],
        id="snapshots",
        **{"aria-label": "Snapshots"},
    )
