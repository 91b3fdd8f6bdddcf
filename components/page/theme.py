"""How things look: the colours of both schemes, the Mantine theme, the Plotly templates and the graphs' config.

Knows colours and sizes; does not know what is drawn with them. The browser's half receives the same tables (`look`),
with the methods' own (styles.py), so that a method has one colour, dash and mark everywhere.
"""

from dataclasses import asdict, dataclass

from components.page import styles

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Ubuntu, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Scheme:
    """The colours of one colour scheme; the canvas and Plotly's templates use the same ones.

    soft: words beside the matter. reference: true values, goals and other lines that are no method's. plain: what is
    given to a method, as bars. contour: a level line with its number. grid: the only one that is not meant to be read.
    hue: of the ground between contours, as red, green, blue.
    """

    paper: str
    ink: str
    soft: str
    grid: str
    future: str
    reference: str
    plain: str
    contour: str
    hue: str


SCHEMES = {
    "light": Scheme(styles.PAPER["light"], "#161a20", "#464e5a", "#e9ecf0", "#dfe3e8", "#525b68", "#7d8794", "#38547f",
                    "70, 110, 160"),
    "dark": Scheme(styles.PAPER["dark"], "#eef1f5", "#abb5c1", "#232a34", "#39424f", "#a4aebb", "#7d8894", "#8fadda",
                   "130, 170, 220"),
}

MINIMA = {
    "light": ("#7e9cc6", "#fcd86c", "#72eaae", "#ba902a", "#de7896", "#aed2fc", "#969c60", "#c096fc"),
    "dark": ("#008a8a", "#a27224", "#54246c", "#661e00", "#8a66ae", "#426c5a", "#786036", "#60302a"),
}
"""Grounds of the places that lead to a minimum, by its letter: told apart by every kind of eyes, and no method's."""

MANTINE = {
    "primaryColor": "blue",
    "primaryShade": 8,
    "autoContrast": True,
    "fontFamily": FONT,
    "defaultRadius": "sm",
}

GRAPH_CONFIG = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "doubleClick": False,
    "scrollZoom": False,
    "responsive": False,
    "showTips": False,
}

SIZES = {"normal": 12, "projector": 22}
MARGINS = {
    "normal": {"l": 53, "r": 12, "t": 8, "b": 34, "pad": 0},
    "projector": {"l": 96, "r": 20, "t": 12, "b": 62, "pad": 0},
}
"""Text and the room for it around the axes, in px."""
APART = {"normal": 5, "projector": 8}
"""px between a vertical axis and its numbers, the length of unseen ticks: a mark at the start covers no number."""


def template(scheme: str, size: str = "normal") -> dict:
    """The Plotly template of a colour scheme ("light", "dark") and a text size ("normal", "projector")."""
    colours, points = SCHEMES[scheme], SIZES[size]
    axis = {
        "gridcolor": colours.grid,
        "zeroline": False,
        "linecolor": colours.grid,
        "tickcolor": colours.grid,
        "automargin": False,
        "tickfont": {"color": colours.soft, "size": points},
        "title": {"font": {"color": colours.soft, "size": points}, "standoff": 4},
    }
    return {
        "layout": {
            "font": {"family": FONT, "color": colours.ink, "size": points},
            "margin": MARGINS[size],
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "xaxis": {**axis, "tickangle": 0},
            "yaxis": {**axis, "ticks": "outside", "ticklen": APART[size], "tickcolor": "rgba(0,0,0,0)"},
            "hoverlabel": {
                "bgcolor": colours.paper,
                "bordercolor": colours.grid,
                "font": {"color": colours.ink, "size": points, "family": FONT},
            },
        }
    }


def look() -> dict:
    """All that as JSON: `styles[kind][ordinal]`, `schemes`, `templates[scheme][size]`, `sizes`, `font`."""
    return {
        "styles": {kind: [asdict(one) for one in row] for kind, row in styles.table().items()},
        "schemes": {name: asdict(scheme) for name, scheme in SCHEMES.items()},
        "minima": MINIMA,
        "templates": {scheme: {size: template(scheme, size) for size in SIZES} for scheme in SCHEMES},
        "sizes": SIZES,
        "font": FONT,
    }
