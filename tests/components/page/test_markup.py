"""Components written as HTML: what a browser reads back is what Dash would have made."""

from html.parser import HTMLParser

import pytest
from dash import dcc, html

from components.page.markup import written


class Read(HTMLParser):
    """Tags with their attributes, and texts, as a browser reads them."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.found.append(data)


def test_names_texts_and_attributes():
    part = html.Div(["a < b & c", None, 3, html.Br(), html.Canvas(className="paint", **{"aria-hidden": "true"})],
                    id='x"y', tabIndex=0, hidden=True, style={"width": "1px"})
    text = written(part)
    assert Read(text).found == [
        ("div", {"id": 'x"y', "tabindex": "0", "hidden": None, "style": "width: 1px"}),
        "a < b & c3", ("br", {}), ("canvas", {"class": "paint", "aria-hidden": "true"}),
    ]
    assert text.endswith("</canvas></div>")
    assert "<br></" not in text


def test_what_is_false_or_missing_is_no_attribute():
    assert written(html.Button("x", hidden=False, title=None)) == "<button>x</button>"


def test_a_text_cannot_become_markup():
    assert written(html.P("</p><script>")) == "<p>&lt;/p&gt;&lt;script&gt;</p>"


def test_other_components_are_written_as_told_or_refused():
    assert written([dcc.Graph(id="g")], {dcc.Graph: lambda graph: f"<i>{graph.id}</i>"}) == "<i>g</i>"
    with pytest.raises(TypeError, match="Graph is no html element"):
        written(html.Div(dcc.Graph(id="g")))
