"""The standing pictures: axes over a payload's ranges, strips that do not overlap, and traces that Plotly accepts."""

import re
from itertools import pairwise
from pathlib import PurePath

import plotly.graph_objects as go
import pytest

from components import modules
from components.page import theme
from components.page.panels import PANELS, TRACES
from components.page.panels.contours import colours
from components.page.panels.panel import RIGHT_AXIS
from components.page.panels.parameters import FIRST, GAP
from components.page.styles import contrast
from components.panels import HEADS
from components.payload.build import build
from optim import SGD, Contestant, Experiment, train

AXES = build(Experiment(epochs=1), train(Experiment(epochs=1)))["axes"]
NAMES = ["a", "b"]
TIMED = ("loss", "parameters", "rate")


@pytest.mark.parametrize("panel", PANELS)
def test_a_figure_is_only_its_axes(panel):
    """The numbers come with the run, and the template is ours alone: all six figures are sent with the page."""
    figure = PANELS[panel].standing(AXES, NAMES)
    assert all(trace.x in (None, (None,)) for trace in figure.data)
    assert len(figure.to_json()) < 2500
    assert figure.layout.uirevision == "kept"
    assert figure.layout.showlegend is False


def test_ranges_are_the_payloads():
    fit, landscape = (PANELS[panel].standing(AXES, NAMES).layout for panel in ("fit", "landscape"))
    assert [list(fit.xaxis.range), list(fit.yaxis.range)] == [AXES["fit"]["x"], AXES["fit"]["y"]]
    assert [list(landscape.xaxis.range), list(landscape.yaxis.range)] == AXES["landscape"]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_each_parameter_has_a_strip_of_its_own(count):
    names = list("abcd"[:count])
    layout = PANELS["parameters"].standing({"parameters": [[i, i + 1] for i in range(count)]}, names).layout
    strips = [layout["yaxis" if i == 0 else f"yaxis{i + 1}"] for i in range(count)]
    assert [strip.title.text for strip in strips] == names
    assert [list(strip.range) for strip in strips] == [[i, i + 1] for i in range(count)]
    ends = [strip.domain for strip in strips]
    assert ends[0][1] == 1
    assert ends[-1][0] == pytest.approx(0, abs=1e-12)
    for upper, lower in pairwise(ends):
        assert upper[0] - lower[1] == pytest.approx(GAP)
    heights = [top - bottom for bottom, top in ends]
    of_two = [FIRST, 1 - FIRST] if count == 2 else [1 / count] * count
    assert heights == pytest.approx([share * sum(heights) for share in of_two])
    assert layout.xaxis.anchor == ("y" if count == 1 else f"y{count}")


def test_a_page_may_open_on_any_problem():
    """Many parameters, of which four have strips; a single one; a surface, which has no points."""
    many = {"parameters": [[i, i + 1] for i in range(9)], "landscape": [[0, 1]] * 9, "fit": None}
    for panel in PANELS:
        PANELS[panel].standing(many, list("abcdefghi"))
        PANELS[panel].standing({"parameters": [[0, 1]], "landscape": [[0, 1]], "fit": None}, ["a"])
    assert "yaxis5" not in PANELS["parameters"].standing(many, list("abcdefghi")).to_plotly_json()["layout"]


def test_every_axis_is_kept_by_a_trace():
    """Plotly drops an axis without one."""
    for panel in ("parameters", "gradients"):
        figure = PANELS[panel].standing(AXES, NAMES)
        assert {trace.yaxis or "y" for trace in figure.data} == {"y", "y2"}


def test_a_direction_in_other_units_has_an_axis_on_the_right():
    layout = PANELS["gradients"].standing(AXES, NAMES).layout
    assert (layout.yaxis2.overlaying, layout.yaxis2.side) == ("y", "right")
    for panel in ("gradients", "rate"):
        assert PANELS[panel].standing(AXES, NAMES).layout.margin.r == RIGHT_AXIS


@pytest.mark.parametrize("panel", TIMED)
def test_panels_against_the_step_are_zoomed_in_time_alone(panel):
    figure = PANELS[panel].standing(AXES, NAMES)
    assert all(axis.fixedrange for axis in figure.select_yaxes())
    assert figure.layout.xaxis.fixedrange is None


@pytest.mark.parametrize("name", TRACES)
def test_plotly_accepts_every_trace_and_draws_it_without_webgl(name):
    (trace,) = go.Figure([TRACES[name]]).data
    assert trace.type in ("scatter", "contour")


@pytest.mark.parametrize("scheme", theme.SCHEMES)
def test_the_landscape_is_paper_at_the_goal_and_deepest_at_the_heights(scheme):
    (low, goal), (high, heights) = colours(scheme)
    go.Contour(z=[[0, 1]], colorscale=colours(scheme))
    assert (low, goal, high) == (0, theme.SCHEMES[scheme].paper, 1)
    assert contrast(heights, goal) > 1.5, "a depth that one can see"


def test_every_panel_is_painted_by_a_module_of_its_name():
    """All registries have them in the order of the page."""
    assert list(PANELS) == list(HEADS)
    index = modules.text("panels/index.js")
    assert {PurePath(name).stem for name in modules.imported("panels/index.js")} == set(PANELS)
    (listed,) = re.findall(r"PANELS = \{ ([\w, ]+) \};", index)
    assert listed.split(", ") == list(PANELS)


def test_a_single_method_and_a_single_parameter_need_nothing_else():
    experiment = Experiment(epochs=1, contestants=[Contestant("SGD", SGD())])
    payload = build(experiment, train(experiment))
    for panel in PANELS:
        PANELS[panel].standing(payload["axes"], payload["parameters"])
