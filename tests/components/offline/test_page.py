"""The offline page: its parts are the lab's own, nothing in it asks for anything, and it stays small."""

import base64
import gzip
import json
import re
from pathlib import Path

import pytest

from components import modules
from components.offline import page as offline
from components.panels import HEADS
from components.question import Question
from components.settings.parsing import parse
from components.text.errors import Refused
from optim import MODELS, OPTIMIZERS, SURFACES, Contestant, Experiment, Generated, train

ASSETS = Path(__file__).parents[3] / "assets"
PAGE = offline.page(Experiment(epochs=2))
EIGHT = [Contestant(name, kind()) for name, kind in list(OPTIMIZERS.items())[:8]]


def unpacked(page, name):
    text = re.search(rf'id="{name}">([^<]*)<', page)[1]
    return gzip.decompress(base64.b64decode(text)).decode()


def data(page):
    return json.loads(unpacked(page, "offline-data"))


def test_scripts_and_markup_are_the_labs():
    found, names = data(PAGE), modules.closure(modules.PLAYER, later=True)
    assert found["modules"] == [[name, (ASSETS / name).read_text("utf-8")] for name in names]
    assert {f"panels/{panel}.js" for panel in HEADS} <= set(names)
    for name in ("panels", "transport", "readout", "show", "help", "sentence", "scrubber"):
        assert f'id="{name}"' in PAGE
    for panel in HEADS:
        assert f'id="graph-{panel}"' in PAGE
    assert "settings-spec" not in PAGE
    assert "drawer" not in re.sub(r"<style>.*?</style>", "", PAGE, flags=re.DOTALL)


def test_plotly_is_the_packages():
    assert unpacked(PAGE, "offline-plotly").startswith("/**\n* plotly.js")


def test_nothing_can_be_asked_of_anybody():
    assert "default-src 'none'" in PAGE
    assert "eval" not in offline.POLICY
    assert "connect-src" not in offline.POLICY
    bare = re.sub(r'<script type="text/plain".*?</script>', "", PAGE, flags=re.DOTALL)
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", bare)
    assert "import(" not in bare


WIDEST = {
    "article": Experiment(),
    "eight methods": Experiment(contestants=EIGHT, epochs=66, data=Generated(noise=5)),
    "a network": Experiment(model="network-16", contestants=EIGHT, epochs=150, shuffle=True),
    "noise": Experiment(model="rastrigin", contestants=EIGHT, epochs=2000, gradient_noise=3),
}


@pytest.mark.parametrize("name", WIDEST)
def test_it_stays_under_two_and_a_half_megabytes(name):
    page = offline.page(WIDEST[name])
    assert len(page.encode()) < 2_500_000
    assert data(page)["run"]["steps"] == WIDEST[name].steps


@pytest.mark.parametrize("name", ["network-4", "polynomial-5", "logistic-regression", "saddle", "ackley"])
def test_any_problem_has_a_page(name):
    assert name in {**MODELS, **SURFACES}
    assert data(offline.page(Experiment(model=name, epochs=3)))["run"]["model"] == name


def test_the_state_travels_inside():
    found = data(offline.page(Experiment(epochs=2), values={"epochs": 2}, view={"step": 7}))["state"]
    assert (found["values"], found["view"]) == ({"epochs": 2}, {"step": 7})
    assert Experiment.from_canonical(json.dumps(found["experiment"])) == Experiment(epochs=2)


def test_the_settings_stand_there_to_read():
    for words in ("Learning rate</th><td>0.001", "Beta 2</th><td>0.9", "True parameters</th><td>a 1.5, b −28"):
        assert words in PAGE


def test_it_leads_to_the_lab_it_comes_from_and_nowhere_else():
    assert "Open in the lab</a>" not in PAGE
    assert "To change" not in PAGE
    assert "drop that file on the lab" in offline.page(Experiment(epochs=1), values={"epochs": 1})
    page = offline.page(Experiment(epochs=1), link='https://lab.test/?e=2&x="><script>')
    assert 'href="https://lab.test/?e=2&amp;x=&quot;&gt;&lt;script&gt;"' in page
    for link in ("javascript:alert(1)", "data:text/html,x", "/lab", "https://" + "x" * 200_000):
        assert "Open in the lab</a>" not in offline.page(Experiment(epochs=1), link=link)


@pytest.mark.parametrize("link", ["https://\ud800", "https://a/?x=\udfff"])
def test_a_link_that_is_no_text_is_refused(link):
    with pytest.raises(Refused, match="address"):
        offline.page_file(Question(parse({"epochs": 1}), {"link": link}, train))


def test_a_label_cannot_end_the_page():
    label = "</title><script>x</script>"
    page = offline.page(Experiment(epochs=1, contestants=[Contestant(label, EIGHT[0].optimizer)]))
    assert "<script>x" not in page
    assert data(page)["run"]["contestants"][0]["label"] == label


def test_a_notebook_displays_it(tmp_path):
    shown = PAGE._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-scripts')
    assert "allow-same-origin" not in shown
    assert 'srcdoc="&lt;!DOCTYPE html&gt;' in shown
    assert PAGE.save(tmp_path / "run.html").read_text("utf-8") == PAGE
