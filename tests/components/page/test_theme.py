"""The looks: colours that can be told apart and read, and templates that Plotly understands."""

import itertools
import json
import re
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from components.page import styles, theme
from tests.colours import READABLE, SEEN, VISIONS, channels, contrast, seen

ASSETS = Path(__file__).parents[3] / "assets"
@pytest.mark.parametrize("scheme", theme.SCHEMES)
def test_words_and_reference_lines_can_be_read(scheme):
    colours = theme.SCHEMES[scheme]
    assert contrast(colours.ink, colours.paper) >= READABLE
    assert contrast(colours.soft, colours.paper) >= READABLE
    for line in (colours.reference, colours.plain, colours.contour):
        assert contrast(line, colours.paper) >= SEEN


@pytest.mark.parametrize("scheme", theme.SCHEMES)
@pytest.mark.parametrize("size", theme.SIZES)
def test_plotly_understands_the_template(scheme, size):
    layout = go.layout.Template(theme.template(scheme, size)).layout
    assert layout.font.size == theme.SIZES[size]
    assert layout.font.color == theme.SCHEMES[scheme].ink
    assert layout.margin.l == theme.MARGINS[size]["l"]


def test_the_style_sheet_has_the_same_paper_and_inks():
    sheet = (ASSETS / "styles/tokens.css").read_text("utf-8")
    dark = sheet.index('[data-mantine-color-scheme="dark"]')
    for scheme, part in (("light", sheet[:dark]), ("dark", sheet[dark:])):
        for name in ("paper", "ink", "soft"):
            assert token(part, name) == getattr(theme.SCHEMES[scheme], name)


def token(part, name):
    return re.search(rf"--{name}: (#\w+);", part)[1]


def test_what_one_takes_hold_of_has_an_edge_that_is_seen():
    sheet = (ASSETS / "styles/tokens.css").read_text("utf-8")
    dark = sheet.index('[data-mantine-color-scheme="dark"]')
    for part in (sheet[:dark], sheet[dark:]):
        for name in ("edge", "accent", "soft"):
            assert contrast(token(part, name), token(part, "paper")) >= SEEN
            assert contrast(token(part, name), token(part, "ground")) >= SEEN


@pytest.mark.parametrize("scheme", theme.SCHEMES)
def test_grounds_of_minima_are_told_apart_by_every_kind_of_eyes_and_are_no_methods_colour(scheme):
    """Distances are CIE76; in grey the letters tell."""
    colours, neutral = theme.MINIMA[scheme], theme.SCHEMES[scheme]
    for vision in VISIONS.keys() - {"grey"}:
        labs = [seen(channels(one), vision) for one in (*colours, neutral.future)]
        assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(labs, 2)) > 15
        assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(labs[:4], 2)) > 24
    for name in ("SGD", "Momentum", "Adam", "Adam annealed"):
        method = seen(channels(getattr(styles.OWN[name], scheme)), "full")
        assert min(np.linalg.norm(seen(channels(one), "full") - method) for one in colours) > 25


def test_the_browser_is_told_all_of_it():
    told = json.loads(json.dumps(theme.look(), allow_nan=False))
    assert {kind: [one["light"] for one in row] for kind, row in told["styles"].items()} == {
        kind: [one.light for one in row] for kind, row in styles.table().items()}
    assert told["templates"].keys() == told["schemes"].keys() == theme.SCHEMES.keys()
    assert told["templates"]["dark"]["projector"] == json.loads(json.dumps(theme.template("dark", "projector")))


def test_plotly_sends_nothing_away():
    """plotly.js 4 shows an upload button by default."""
    assert theme.GRAPH_CONFIG["showSendToCloud"] is False
    assert theme.GRAPH_CONFIG["plotlyServerURL"] == ""
