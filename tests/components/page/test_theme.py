"""The looks: colours that can be told apart and read, and templates that Plotly understands."""

import json
import re
from itertools import pairwise
from pathlib import Path

import plotly.graph_objects as go
import pytest

from components.page import theme

ASSETS = Path(__file__).parents[3] / "assets"
# Web Content Accessibility Guidelines 2.2, success criteria 1.4.3 and 1.4.11.
READABLE, SEEN = 4.5, 3.0
# The pale curve of a pair is wide: it need only stand out from the paper, and the dark one from it.
PALE, TWIN = 1.8, 1.7


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #rrggbb."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", theme.SCHEMES)
def test_words_and_reference_lines_can_be_read(scheme):
    colours = theme.SCHEMES[scheme]
    assert contrast(colours.ink, colours.paper) >= READABLE
    assert contrast(colours.soft, colours.paper) >= READABLE
    assert contrast(colours.reference, colours.paper) >= SEEN


@pytest.mark.parametrize("scheme", theme.SCHEMES)
def test_eight_contestants_can_be_told_apart(scheme):
    paper, colours = theme.SCHEMES[scheme].paper, [getattr(place, scheme) for place in theme.PALETTE]
    assert len(set(colours)) == len({place.symbol for place in theme.PALETTE}) == len(theme.PALETTE) == 8
    for pale, dark in list(pairwise(theme.PALETTE))[::2]:
        assert pale.width > dark.width
        assert not pale.dash
        assert dark.dash
    for pale, dark in list(pairwise(colours))[::2]:
        assert contrast(pale, paper) >= PALE
        assert contrast(dark, paper) >= READABLE
        assert contrast(pale, dark) >= TWIN


def test_the_canvas_can_draw_every_symbol():
    shapes = re.findall(r"^  \"?([\w-]+)\"?: ", (ASSETS / "plot" / "marks.js").read_text("utf-8"), re.MULTILINE)
    assert {place.symbol for place in theme.PALETTE} <= {"circle", *shapes}


@pytest.mark.parametrize("scheme", theme.SCHEMES)
@pytest.mark.parametrize("size", theme.SIZES)
def test_plotly_understands_the_template(scheme, size):
    layout = go.layout.Template(theme.template(scheme, size)).layout
    assert layout.font.size == theme.SIZES[size]
    assert layout.font.color == theme.SCHEMES[scheme].ink
    assert layout.margin.l == theme.MARGINS[size]["l"]


def test_the_style_sheet_has_the_same_paper_and_ink():
    sheet = (ASSETS / "page.css").read_text("utf-8")
    dark = sheet.index('[data-mantine-color-scheme="dark"]')
    for scheme, part in (("light", sheet[:dark]), ("dark", sheet[dark:])):
        for name in ("paper", "ink"):
            assert re.search(rf"--{name}: (#\w+);", part)[1] == getattr(theme.SCHEMES[scheme], name)


def test_the_browser_is_told_all_of_it():
    told = json.loads(json.dumps(theme.look(), allow_nan=False))
    assert [place["light"] for place in told["palette"]] == [place.light for place in theme.PALETTE]
    assert told["templates"].keys() == told["schemes"].keys() == theme.SCHEMES.keys()
    assert told["templates"]["dark"]["projector"] == json.loads(json.dumps(theme.template("dark", "projector")))


def test_plotly_sends_nothing_away():
    """plotly.js 4 shows an upload button by default."""
    assert theme.GRAPH_CONFIG["showSendToCloud"] is False
    assert theme.GRAPH_CONFIG["plotlyServerURL"] == ""
