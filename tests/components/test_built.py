"""The built form without a tool: what is written for esbuild to join, and which form is sent."""

import json
import re

import pytest
from plotly.offline import get_plotlyjs, get_plotlyjs_version

from components import built, modules, sheets
from components.built import making
from tests.npm import LISTS, ROOT

PACKAGES = [json.loads((ROOT / "deploy" / "npm" / name).read_text("utf-8")) for name in LISTS]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where a form may be; one that says of itself what `form(...)` is given."""
    monkeypatch.setattr(built, "FOLDER", tmp_path)
    built.told.cache_clear()

    def form(**told):
        for name in ("main.js", "main.js.map", "styles.css", built.PLOTLY):
            (tmp_path / name).write_text(name, "utf-8")
        (tmp_path / built.TOLD).write_text(json.dumps({"first": ["main.js"], **told}), "utf-8")

    yield form
    built.told.cache_clear()


def test_npm_is_asked_for_the_very_plotly_that_is_installed_and_holds_each_package_to_a_checksum():
    listed, locked = PACKAGES
    assert listed["dependencies"][making.BUNDLE] == get_plotlyjs_version()
    assert f"plotly.js v{get_plotlyjs_version()}" in get_plotlyjs()[:200]
    packages = {name: one for name, one in locked["packages"].items() if name}
    assert {name.partition("/")[2] for name in packages} >= listed["dependencies"].keys()
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert locked["packages"][""]["dependencies"] == listed["dependencies"]


def test_without_a_form_nothing_of_it_is_sent(folder):
    assert (built.first(), built.joined(), built.plotly(get_plotlyjs_version())) == ([], {}, None)


def test_a_form_of_these_files_is_sent_and_its_plotly_apart(folder):
    folder(sources=modules.digest(), plotly="9.9.9")
    assert built.first() == ["main.js"]
    assert built.joined() == {name: name.encode() for name in ("main.js", "styles.css", "main.js.map")}
    assert built.plotly("9.9.9") == built.PLOTLY.encode()


def test_of_a_form_that_is_of_other_files_only_the_plotly_is_sent_and_of_another_plotly_nothing(folder):
    folder(sources="of other files", plotly="9.9.9")
    assert (built.first(), built.joined()) == ([], {})
    assert built.plotly("9.9.9") == built.PLOTLY.encode()
    assert built.plotly("9.9.8") is None


def test_whatever_comes_later_is_had_from_one_file(tmp_path):
    for path in modules.ASSETS.rglob("*.js"):
        (tmp_path / path.relative_to(modules.ASSETS)).parent.mkdir(parents=True, exist_ok=True)
    entries = making.written(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in entries] == ["main.js", "later.js", "styles.css"]
    later = (tmp_path / "later.js").read_text("utf-8")
    for name in modules.every():
        text = (tmp_path / name).read_text("utf-8")
        asked = re.findall(r'^[^/*]*\bimport\("([^"]+)"\)', text, re.M)
        assert {path.rpartition("/")[2] for path in asked} <= {"later.js"}
        assert "import(`" not in text
        source = modules.text(name)
        asking = [found for found in making.BROUGHT.finditer(source) if found[1]]
        assert len(asking) == len(re.findall(r"\bmodule\(\s*\(\) =>", source)), "a file is asked for as a whole"
        assert name == modules.MAIN or f'"./{name}"' in later
    assert (tmp_path / "drawers" / "later.js").read_text("utf-8").count(
        'server.module(() => import("../later.js")).then(({ all }) => all["drawers/theory.js"])') == 1
    assert (tmp_path / "base" / "server.js").read_text("utf-8").count(
        ' module(() => import("../later.js")).then(({ all }) => all["base/lines.js"])') == 1
    assert (tmp_path / "player.js").read_text("utf-8").count(
        '[import("./later.js").then(({ all }) => all["base/hint.js"])') == 1
    rules = re.findall(r"styles/(\w+)\.css", (tmp_path / "styles.css").read_text("utf-8"))
    assert tuple(rules) == sheets.LAB
