"""The lightened page: fewer components, and the same elements in the same order."""

from html.parser import HTMLParser

from dash import dcc, html

from components.page import layout
from components.page.markup import MARKUP, lightened
from tests.components.page.markup import attribute, within, words
from tests.components.page.test_layout import FIRST


class Reader(HTMLParser):
    """Notes each element's name and id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append((tag, dict(attrs).get("id")))


def elements(page) -> list[tuple[str, str | None]]:
    """Name and id of every component, and of those that are written out, in the page's order."""
    found = []
    for one in within(page):
        found.append((type(one).__name__.lower(), getattr(one, "id", None)))
        if text := attribute(one, MARKUP):
            found += Reader(text).found
    return found


def test_the_page_has_the_same_elements_in_fewer_components():
    page = layout.page(FIRST)
    lighter = lightened(page, layout.LIVE)
    assert elements(lighter) == elements(page)
    assert len(list(within(lighter))) < 0.6 * len(list(within(page)))


def test_what_is_more_than_an_element_stays_a_component():
    graph = dcc.Graph(id="g")
    page = lightened(html.Div([html.Div([html.P("one & two", id="p")]), graph, html.Div(graph)]))
    plain, kept, around = page.children
    assert attribute(plain, MARKUP) == '<p id="p">one &amp; two</p>'
    assert kept is graph or kept.id == "g"
    assert around.children[0].id == "g"
    live = lightened(html.Div(html.Div(html.P("text", id="p"))), live=["p"])
    assert live.children[0].children[0].id == "p"


def test_text_alone_is_left_as_it_is_and_the_page_itself_is_not_changed():
    page = html.Div(html.Section([html.H2("Title"), "text"]))
    assert words(lightened(html.H2("Title"))) == "Title"
    assert attribute(lightened(page), MARKUP) == "<section><h2>Title</h2>text</section>"
    assert words(page) == "Titletext"
