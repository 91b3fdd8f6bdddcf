"""How things look: the palette of eight contestants, the Mantine theme, the Plotly templates and the graphs' config.

Knows colours and sizes; does not know what is drawn with them. The browser's half receives the same tables (`look`),
so that a contestant has one colour, dash and symbol everywhere.
"""

from dataclasses import asdict, dataclass

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Ubuntu, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Place:
    """One place of the palette: what a contestant's number decides.

    Even places are thick, pale and solid, odd ones thin, dark and dashed: where two curves coincide, both are seen.
    """

    light: str
    dark: str
    width: float
    dash: tuple[int, ...]
    symbol: str


_SOLID, _DASHED = (), (7, 4)

PALETTE = (
    Place("#64aef0", "#3f8fd8", 5.0, _SOLID, "circle"),
    Place("#b03a00", "#ffa46b", 1.8, _DASHED, "square"),
    Place("#5fc7a0", "#2f9f78", 5.0, _SOLID, "triangle"),
    Place("#7b1fa2", "#f0a6ff", 1.8, _DASHED, "diamond"),
    Place("#e8b93a", "#b98a15", 5.0, _SOLID, "triangle-down"),
    Place("#00596b", "#7ee2f2", 1.8, _DASHED, "pentagon"),
    Place("#f09bbd", "#c25f8d", 5.0, _SOLID, "star"),
    Place("#4d4a00", "#e4e27f", 1.8, _DASHED, "cross"),
)


@dataclass(frozen=True)
class Scheme:
    """The colours of one colour scheme; the canvas and Plotly's templates use the same ones."""

    paper: str
    ink: str
    soft: str
    grid: str
    reference: str
    ghost: str
    hue: str
    panel: str


SCHEMES = {
    "light": Scheme("#ffffff", "#1c2126", "#5b6570", "#e6e9ed", "#6b7580", "#9aa3ad", "70, 110, 160", "#f6f8fa"),
    "dark": Scheme("#1e2227", "#eceff2", "#a4afba", "#343b43", "#93a0ac", "#75808b", "130, 170, 220", "#16191d"),
}

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
    "normal": {"l": 48, "r": 12, "t": 8, "b": 34, "pad": 0},
    "projector": {"l": 88, "r": 20, "t": 12, "b": 62, "pad": 0},
}
"""Text and the room for it around the axes, in px."""


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
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "bgcolor": colours.paper,
                "bordercolor": colours.grid,
                "font": {"color": colours.ink, "size": points, "family": FONT},
            },
        }
    }


def look() -> dict:
    """Everything above as JSON for the browser: `palette`, `schemes`, `templates[scheme][size]`, `sizes`."""
    return {
        "palette": [asdict(place) for place in PALETTE],
        "schemes": {name: asdict(scheme) for name, scheme in SCHEMES.items()},
        "templates": {scheme: {size: template(scheme, size) for size in SIZES} for scheme in SCHEMES},
        "sizes": SIZES,
        "font": FONT,
    }
