"""The offline page: one HTML file that plays a run without a server and without a network, by a double click.

It is the lab's own stage (layout.py), written as plain HTML with the lab's own scripts and styles in it; what needs the
server, settings and drawers, is not there, and a table says the settings instead. plotly.js travels compressed and is
unpacked by the browser. Knows the files of assets/ by name; no request and no cache.
"""

import base64
import gzip
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from dash import html
from plotly.offline import get_plotlyjs, get_plotlyjs_version

from components import browsers, built, modules, sheets
from components.exports.data_files import file_name, plain_view, state_file, values_of
from components.offline import summary
from components.page import help, layout, markup
from components.payload import sampling
from components.payload.build import build
from components.payload.schema import Payload
from components.question import Question
from components.text.errors import Refused
from optim import Experiment, Run, train

HERE = Path(__file__).resolve().parent

# Nothing may be asked of anybody: not even by a mistake of ours. Text never runs as a program either.
POLICY = "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src data: blob:"

LONGEST_LINK = 100_000
LARGEST = 2_500_000
"""Bytes that the page may have: what a mail and a learning platform still take."""
LEAST_BUDGET = 4_000


class Page(str):
    """The page as text, which a notebook displays by itself; `save(path)` writes it."""

    def _repr_html_(self) -> str:
        # Sandboxed: it needs nothing of the notebook around it.
        style = "width: 100%; height: 860px; border: 1px solid #8888; border-radius: 6px"
        what = markup.attribute("srcdoc", str(self))
        return f'<iframe sandbox="allow-scripts allow-downloads allow-popups" style="{style}"{what}></iframe>'

    def save(self, path: str | Path) -> Path:
        """Write the file and return where it is; it opens by a double click."""
        Path(path).write_text(self, encoding="utf-8")
        return Path(path)


def page(
    experiment: Experiment,
    runs: Mapping[str, Run] | None = None,
    *,
    watched: str | None = None,
    values: dict | None = None,
    view: dict | None = None,
    link: str | None = None,
) -> Page:
    """The page of an experiment and its runs, which are trained where they are not given.

    watched: as in `payload.build`. values, view: the lab's settings and what was on view, for "Open in the lab" and for
    the file of settings; the page opens at that view. link: the address of that state in the lab it comes
    from; only http and https are taken. ValueError for an experiment that has no text form.
    """
    runs = train(experiment) if runs is None else runs
    state = state_file(experiment, values, view)
    budget, made = sampling.BUDGET, ""
    while not made or (len(made.encode()) > LARGEST and budget > LEAST_BUDGET):
        made = _made(experiment, build(experiment, runs, watched, budget=budget), state, link)
        budget //= 2
    return Page(made)


def _made(experiment: Experiment, run: Payload, state: dict, link: str | None) -> str:
    if link is not None and (len(link) > LONGEST_LINK or not re.match(r"https?://", link)):
        link = None
    data = {"run": run, "look": layout.look(explores=False), "state": state}
    parts = [
        layout.header(_tools(link)),
        _settings(experiment, _way_back(link, state)),
        layout.stage(run, explores=False),
        html.P(id="notice", role="status"),
        help.dialog(offline=True),
    ]
    body = html.Div(parts, id="lab", **{"data-offline": experiment.digest})
    programs = [[name, modules.text(name)] for name in modules.closure(modules.PLAYER, later=True)]
    styles = [*map(sheets.text, sheets.OFFLINE), (HERE / "page.css").read_text("utf-8")]
    return TEMPLATE.format(
        policy=POLICY,
        title=markup.written(_title(experiment)),
        styles="\n".join(styles),
        head=browsers.HEAD,
        sentences=browsers.SENTENCES,
        check=browsers.CHECK,
        body=markup.written(body),
        plotly=packed_plotly(),
        data=packed(json.dumps({**data, "modules": programs}, allow_nan=False, separators=(",", ":"))),
        start=(HERE / "start.js").read_text("utf-8"),
    )


def page_file(question: Question) -> dict:
    """The page as an answer to a question, whose `about` may hold the `view` and the `link`: {"name", "text"}."""
    experiment, link = question.experiment, question.about.get("link")
    if isinstance(link, str) and re.search("[\ud800-\udfff]", link):  # half a character, which no file can hold
        raise Refused("The address that the page should lead back to is no text.")
    made = page(
        experiment, question.train(experiment), watched=question.parsed.watched, values=values_of(question.parsed),
        view=plain_view(question.about.get("view")), link=link if isinstance(link, str) else None,
    )
    return {"name": file_name(experiment), "text": made}


def _title(experiment: Experiment) -> str:
    labels = ", ".join(one.label for one in experiment.contestants)
    return f"{layout.TITLE}: {summary.title(experiment)}, {labels}"


def packed(text: str) -> str:
    """A text gzipped, in base64: the browser unpacks it by itself."""
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


@cache
def packed_plotly() -> str:
    """plotly.js, the small one if it is there: by far the largest part, and always the same."""
    small = built.plotly(get_plotlyjs_version())
    return packed(small.decode() if small else get_plotlyjs())


def _tools(link: str | None) -> list:
    said = html.Span("Offline page", className="offline-mark")
    if link is None:
        return [said]
    words = "Open in the lab"
    return [said, html.A(words, href=link, target="_blank", rel="noopener", className="button", id="open-in-lab")]


def _way_back(link: str | None, state: dict) -> str:
    """How the settings are changed; an experiment written in Python has none of the lab's."""
    if link is not None:
        return " To change its settings, open it in the lab."
    return " To change its settings, save them, and drop that file on the lab." if state["values"] else ""


def _settings(experiment: Experiment, way_back: str) -> html.Section:
    """What the lab's form would show, to read: where one setting is on view there, on a phone, this is folded."""
    tables = [part for heading, rows in summary.groups(experiment).items() for part in (html.H3(heading), _table(rows))]
    says = html.P(
        f"One run of Descent Lab, saved as a file: it plays without a network.{way_back}", className="hint")
    head = html.Summary(html.H2("Settings of this run"))
    keep = html.Button("Save settings (JSON)", id="save-settings", className="button", type="button")
    inside = html.Details([head, says, *tables, keep], open=True, id="settings-read")
    return html.Section(inside, id="settings", className="settings", **{"aria-label": "Settings of this run"})


def _table(rows: summary.Rows) -> html.Table:
    return html.Table(html.Tbody([html.Tr([html.Th(label, scope="row"), html.Td(text)]) for label, text in rows]))


TEMPLATE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{styles}
</style>
{head}
</head>
<body data-state="loading">
{sentences}
<script>
{check}</script>
{body}
<script type="text/plain" id="offline-data">{data}</script>
<script type="text/plain" id="offline-plotly">{plotly}</script>
<script>
{start}</script>
</body>
</html>
"""
