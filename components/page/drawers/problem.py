"""The drawer "Problem": which curve is fitted or which surface is descended, to which points, by what kind of steps.

Its entries come from the registries by themselves. Knows Dash components and the table of settings. What happens
in it: assets/drawers/problem.
"""

import dash_mantine_components as dmc
from dash import html

from components.formulas.tokens import CONSTANTS, FUNCTIONS
from components.page import form
from components.page.buttons import one_of
from components.page.drawers import frame
from components.points.dataset import MAX_LENGTH, MAX_POINTS
from components.settings import problems
from components.settings.table import DEFAULTS, DRAWER_GROUPS, SETTINGS
from components.text.mathml import mathml

PARTS = {"function": "Function", "points": "Points", "steps": "Steps"}
"""The drawer's three parts, of which one is on view."""

EXAMPLES = ("a*exp(-b*x) + c", "(1-x)^2 + 100*(y-x^2)^2")
"""Functions to begin with: a curve and a surface. The first stands there when nothing was typed yet."""

OWN_SHOWS = "A curve or a surface that you type: its parameters are found, and its exact derivatives."

LISTED = {
    "Curves, fitted to points": problems.CURVES,
    "Surfaces, descended directly": problems.HEIGHTS,
    "Your own": {problems.OWN: problems.TITLES[problems.OWN]},
}
BUTTON = {"type": "button", "className": "button"}


def opener() -> html.Button:
    """The button that opens the drawer; it says which problem is on."""
    title = _title(DEFAULTS["problem"])
    words = [html.Span("Problem", className="problem-word"), html.Span(title, id="problem-name")]
    return frame.opener("problem", words, id="problem-open", **{"aria-label": f"Problem: {title}"})


def drawer() -> html.Section:
    """The drawer, closed, with the default problem chosen."""
    first = next(iter(PARTS))
    marks = {"role": "group", "aria-label": "Parts of the problem"}
    content = {"function": _function(), "points": _points(), "steps": _steps()}
    return frame.frame(
        "problem", "Problem",
        html.Div(one_of("part", "part", PARTS, first), className="parts", **marks),
        *(html.Div(content[part], id=f"part-{part}", hidden=part != first) for part in PARTS),
    )


def _title(family: str) -> str:
    return problems.TITLES[family]


# ---- Function: the list, and what can be set of the one chosen


def _function() -> list:
    groups = [child for heading, families in LISTED.items() for child in _listed(heading, families)]
    group = dmc.RadioGroup(
        html.Div(groups, className="problem-list"),
        id="field-problem",
        value=DEFAULTS["problem"],
        label=SETTINGS["problem"].label,
    )
    note = html.P("", id="note-problem", className="setting-note", role="status")
    settings = html.Div(_rows("problem", but=("problem", "formula", "standard")), id="problem-settings")
    return [html.Div([group, note], **{"data-setting": "problem"}), settings]


def _listed(heading: str, families: dict[str, str]) -> list:
    return [html.H3(heading, className="group-name"), *map(_entry, families)]


def _entry(family: str) -> html.Div:
    """A problem's name, its formula and, once chosen, what it is good for seeing; its settings come to stand below."""
    own = family == problems.OWN
    shows, drawn = OWN_SHOWS, ""
    if not own:
        problem = problems.resolve({**DEFAULTS, "problem": family})
        shows, drawn = problem.shows, mathml(problem.formula)
    formula = html.Span(className="math problem-formula", **{"data-mathml": drawn})
    described = {"radio": {"aria-describedby": f"shows-{family}"}}
    radio = dmc.Radio(label=_title(family), value=family, size="xs", attributes=described)
    said = html.P(shows, id=f"shows-{family}", className="problem-shows")
    parts = [html.Div([radio, formula], className="problem-pick"), said, *([_own_function()] if own else [])]
    named = {"data-problem": family, "data-name": "Your own" if own else _title(family),
             "data-more": said.id}  # until it is chosen, where the pointer rests: assets/base/hint.js
    return html.Div(parts, className="problem-entry", **named)


def _own_function() -> html.Div:
    """The field for a formula, what may stand in it, and the function and its derivatives as mathematics."""
    examples = [html.Button(text, **BUTTON, **{"data-example": text}) for text in EXAMPLES]
    words = f"x is the data\u2019s x; in a surface x and y are descended. Every other name is a parameter. {_allowed()}"
    named = {"role": "region", "aria-label": "The function and its derivatives", "data-display": ""}
    return html.Div(
        [
            form.row(SETTINGS["formula"]),
            html.Div([html.Span("Examples:"), *examples], className="own-examples"),
            html.Div(id="own-mathematics", className="math", tabIndex=0, hidden=True, **named),
            html.P(words, className="hint"),
        ],
        className="own-function",
    )


def _allowed() -> str:
    *most, last = CONSTANTS
    return f"There are + - * / ^, {', '.join(FUNCTIONS)}{''.join(f', {one}' for one in most)} and {last}."


# ---- Points: one's own


def _points() -> list:
    text = html.Textarea(
        id="own-points",
        className="field",
        rows=12,
        spellCheck="false",
        placeholder="x, y\n1, 2.5\n2, 3.1\n2.5, 4",
        **{"aria-describedby": "points-hint note-data", "data-longest": str(MAX_LENGTH)},
    )
    hint = (
        f"One x and one y a line, with a comma, semicolon, tab or spaces between them; at most {MAX_POINTS:,} lines. "
        "While \u201cEdit points\u201d is pressed in Fit, a click there adds a point and a click on a point removes "
        "it; a file may be dropped there at any time."
    )
    return [
        html.P("", id="points-say", className="points-say", role="status"),
        form.row(SETTINGS["standard"]),
        html.Div(
            [
                html.Label("Your own points", htmlFor="own-points", className="setting-label"),
                text,
                html.Div("", id="note-data", className="setting-note", role="status"),
                html.Div(
                    [
                        html.Button("Open a file\u2026", id="points-open", **BUTTON),
                        html.Button("Undo", id="points-undo", disabled=True, **BUTTON),
                        html.Button("Back to generated points", id="points-generated", disabled=True, **BUTTON),
                    ],
                    className="own-buttons",
                ),
                html.P(hint, id="points-hint", className="hint"),
            ],
            id="points-form",
        ),
    ]


# ---- Steps: what holds for every method


def _steps() -> list:
    return [html.H3(DRAWER_GROUPS["steps"], className="group-name"), *_rows("steps")]


def _rows(group: str, but: tuple[str, ...] = ()) -> list[html.Div]:
    chosen = [one for one in SETTINGS.values() if one.group == group and one.key not in but]
    return list(map(form.row, chosen))
