"""The page: everything the browser's half looks for is there once, and everything a person needs has its name."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from dash import dcc, html
from plotly.io.json import to_json_plotly

from components.ids import Store
from components.page import layout
from components.page.panels import PANELS
from components.panels import CONTROLS, EXPLORE, OPENING, smoothed
from components.payload.build import build
from components.settings import describing, parsing
from optim import Experiment, train, verdicts
from tests.components.page.markup import attribute, name, within, words

ASSETS = Path(__file__).parents[3] / "assets"

RUN = build(Experiment(), train(Experiment()))
FIRST = {"n": None, **describing.describe(parsing.parse({})), "run": RUN, "problem": None}
PAGE = list(within(layout.page(FIRST)))
SCRIPTS = "\n".join(path.read_text("utf-8") for path in sorted(ASSETS.rglob("*.js")))


def those(kind: type, **attributes) -> list:
    return [
        one for one in PAGE
        if isinstance(one, kind) and all(attribute(one, key) == value for key, value in attributes.items())
    ]


def entries(table: str) -> set[str]:
    """The names that scripts put into a table of player/actions.js, there or from a room above."""
    literal = rf"const {table} = \{{\n(.*?)^\}};|Object\.assign\(controls\.{table}, \{{(.*?)\}}\);"
    within = "\n".join(one or other for one, other in re.findall(literal, SCRIPTS, re.MULTILINE | re.DOTALL))
    added = re.findall(rf"^controls\.{table}(?:\.(\w+)|\[\"([\w-]+)\"\]) =", SCRIPTS, re.MULTILINE)
    return {*re.findall(r"(?:^  |^ |, )\"?([\w-]+)\"?: \(?", within, re.MULTILINE),
            *re.findall(r"(?:^  |^ |, )([\w-]+)(?=,|$)", within, re.MULTILINE),
            *(name or other for name, other in added)}


def test_ids_are_used_once():
    counts = Counter(json.dumps(one.id) for one in PAGE if hasattr(one, "id"))
    assert {key for key, count in counts.items() if count > 1} == set()


def test_six_panels_and_those_that_explore_each_a_figure_named_by_its_title():
    panels = those(html.Figure)
    titles = {one.id: words(one) for one in PAGE if isinstance(one, html.H2) and hasattr(one, "id")}
    named = [titles[attribute(one, "aria-labelledby")] for one in panels]
    assert named == ["Fit", "Loss", "Parameters", "Landscape", "Gradients", "Learning rate",
                     *(head.heading for head in EXPLORE.values())]
    for title, panel in zip(named, panels, strict=True):
        inside = list(within(panel))
        assert any(isinstance(one, html.Figcaption) and words(one) for one in inside)
        assert f"Enlarge {title}" in [name(one) for one in inside if isinstance(one, html.Button)]
        assert [type(one) for one in inside if isinstance(one, html.Canvas)] == [html.Canvas]
        standing = [attribute(one, "data-figure") for one in inside if attribute(one, "data-figure")]
        if attribute(panel, "data-panel") in PANELS:  # others are drawn when they are wanted
            assert {"data", "layout"} <= json.loads(standing.pop()).keys()
        assert standing == []


@pytest.mark.parametrize("label", ["Logarithmic loss", "Logarithmic rate", "Dark", "Projector", "Loop"])
def test_switches_have_their_names(label):
    assert label in [name(one) for one in those(html.Button, role="switch")]


@pytest.mark.parametrize("label", ["True shape", "Optimum", "Help and keys", "Close"])
def test_buttons_have_their_names(label):
    assert label in [name(one) for one in those(html.Button)]


@pytest.mark.parametrize("label", ["Gradient parameter", "Gradient view", "Gradient method", "Threshold", "Speed"])
def test_choices_have_their_names(label):
    assert label in [name(one) for one in those(html.Select)]


def test_gradients_open_as_the_article_has_them():
    selects = [one for one in those(html.Select) if attribute(one, "data-view")]
    chosen = {name(one): words([part for part in one.children if attribute(part, "selected")]) for one in selects}
    assert chosen["Gradient parameter"] == "a and b"
    assert chosen["Gradient view"] == "all epochs"
    assert chosen["Gradient method"] == "SGD and Momentum"
    assert smoothed(["SGD", "Momentum"])["0+1"] == "SGD and Momentum"


def test_every_control_is_listened_to():
    named = {mark: {attribute(one, mark) for one in PAGE} - {None} for mark in ("data-view", "data-action")}
    assert named["data-view"] == entries("choices") | set(CONTROLS)
    assert named["data-action"] == entries("actions")


def test_every_icon_is_drawn_by_the_style_sheet():
    used = {part for one in PAGE for part in (attribute(one, "className") or "").split() if part.startswith("icon-")}
    drawn = "".join((ASSETS / "styles" / f"{sheet}.css").read_text("utf-8") for sheet in ("transport", "grid"))
    assert used <= set(re.findall(r"\.(icon-\w+)", drawn))


def test_what_the_scripts_look_up_by_id_is_there():
    made = {"step", "hover", "arriving", "open-in-lab", "lab-version"}  # by scripts, app/index.html, the offline page
    wanted = set(re.findall(r"(?:getElementById|\btext)\(\"([a-z-]+)\"", SCRIPTS))
    ids = {one.id for one in PAGE if hasattr(one, "id") and isinstance(one.id, str)}
    assert wanted - made <= ids


def test_the_first_run_comes_with_the_page():
    stores = {one.id: one for one in those(dcc.Store)}
    assert stores.keys() >= set(Store)
    assert stores[Store.RUN].data["run"]["hash"] == Experiment().digest
    assert not hasattr(stores[Store.REQUEST], "data")


def test_the_page_is_sent_as_strict_json():
    json.loads(to_json_plotly(layout.page(FIRST)), parse_constant=lambda text: pytest.fail(f"{text} is no JSON"))


def test_the_browser_gets_all_the_looks_that_it_reads():
    look = next(one for one in those(dcc.Store) if one.id == Store.LOOK).data
    read = set(re.findall(r"\blook\.(\w+)", SCRIPTS))
    assert read == look.keys()


def test_shares_of_the_readout_are_those_of_the_payload():
    (choice,) = those(html.Select, **{"data-view": "share"})
    entries = {one.value: one.children for one in choice.children}
    assert entries == {"0.1": "10 %", "0.05": "5 %", "0.01": "1 %", "0.001": "0.1 %"}
    assert [float(share) for share in entries] == RUN["shares"]
    assert [one.value for one in choice.children if attribute(one, "selected")] == ["0.01"]


def test_a_strip_says_which_panels_are_on_view():
    shows = those(html.Button, **{"data-action": "show"})
    buttons = [one for one in shows if not attribute(one, "role")]
    assert [words(one) for one in buttons] == ["Fit", "Loss", "Parameters", "Landscape", "Gradients", "Learning rate"]
    assert [attribute(one, "data-panel") for one in buttons] == list(PANELS)
    on = [attribute(one, "data-panel") for one in buttons if attribute(one, "aria-pressed") == "true"]
    shown = [attribute(one, "data-panel") for one in those(html.Figure) if "is-off" not in one.className]
    assert on == shown == ["fit", "loss", "parameters"]
    assert {*OPENING} == {*shown}
    assert [words(one) for one in those(html.Button, **{"data-action": "show-all"})] == ["All"]
    items = [one for one in shows if attribute(one, "role") == "menuitemcheckbox"]
    assert {attribute(one, "data-panel"): words(one) for one in items} == {
        name: f"{head.heading}{head.asks}" for name, head in EXPLORE.items()}


def test_every_panel_has_a_corner_by_which_it_is_made_larger():
    corners = those(html.Button, **{"data-action": "corner"})
    assert [attribute(one, "data-panel") for one in corners] == [*PANELS, *EXPLORE]
    assert [name(one) for one in corners][:2] == ["Size and view of Fit", "Size and view of Loss"]


def test_help_states_the_thresholds_and_every_key():
    (dialog,) = those(html.Dialog)
    said = words(dialog)
    for number in (f"{verdicts.DIVERGED_TIMES:,} times", f"{verdicts.CONVERGED_SHARE:g}", "1e18", "10 %"):
        assert number in said
    for key in ("Space", "Left, Right", "Shift", "Home, End", "1 to 8", "0", "Arrow keys", "Escape", "?"):
        assert key in said


def test_there_is_one_main_one_header_and_a_table_with_its_name():
    assert len(those(html.Main)) == len(those(html.Header)) == len(those(html.H1)) == 1
    (caption,) = those(html.Caption)
    assert words(caption) == "Readout"
