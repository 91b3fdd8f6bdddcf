"""Which browsers are served, and that those who are not can read what is said to them."""

import re
from pathlib import Path

from components import browsers, offline
from optim import Experiment

ROOT = Path(__file__).resolve().parents[2]


def test_the_readme_names_the_browsers_that_are_served():
    section = (ROOT / "README.md").read_text("utf-8").split("## Browsers\n")[1].split("\n## ")[0]
    for name, version in browsers.SERVED.items():
        assert f"{name} {version}" in section


def test_the_script_that_tells_them_apart_is_in_words_of_any_age():
    """ECMAScript 5: what came later would end it in a browser that it is for."""
    code = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", browsers.CHECK, flags=re.DOTALL)
    newer = re.findall(r"=>|`|\b(?:const|let|class|async|await|of)\b|\?\?|\?\.|\.\.\.|\*\*", code)
    assert newer == []
    assert "//" not in code


def test_the_offline_page_asks_first_whether_the_browser_will_do():
    page = offline.page(Experiment(epochs=1))
    first = re.search(r"<script>\n(.*?)</script>", page, re.DOTALL)[1]
    assert first == browsers.CHECK
    assert browsers.TOO_OLD in page
    assert page.count(browsers.NO_SCRIPT) == 1
