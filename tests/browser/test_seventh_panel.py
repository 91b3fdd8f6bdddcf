"""A seventh panel is a file on each side, its head, and its place in two registries: all else follows from those.

The program is copied, gets the two files and the head, and is served: what is seen here is that copy.
"""

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest
from playwright.sync_api import expect

from components.panels import HEADS
from tests.assets.test_units import DENO
from tests.browser.lab import axis, button, choice, figure, painted, shows, step, until
from tests.browser.pages import PHONE, Watch, ready
from tests.browser.serving import ROOT, serving
from tests.browser.test_files import files, saved
from tests.browser.test_links import says
from tests.browser.test_pictures import SVG, texts

PYTHON = '''"""Half: half of the loss, or all of it, against the step."""

from components.page.panels.panel import Panel


def _axes(figure, axes, names):
    figure.update_yaxes(fixedrange=True)


def _draw(figure, compared):
    for one in compared.methods:
        figure.add_scatter(x=compared.time, y=one.run.loss / 2, name=one.label, line=one.line)


PANEL = Panel(
    "half", "Half of the loss.", _axes, _draw, note="one half", in_time=True,
)
'''

HEAD = '''
    "half": Head("Half the loss", (Control("whole", "toggle", "Whole", part="whole"),)),'''

SCRIPT = """// Half: half of the loss, or all of it, against the step. Knows which series; plot/curves.js draws.
import { curves } from "../plot/curves.js";
import { plotly } from "../plot/plotly.js";
/** @import { Panel, Run, State, Strip } from "../types.d.ts" */

/** @param {State} state */
const share = ({ whole }) => (whole ? 1 : 0.5);
/** @param {Run} run @param {State} state @returns {Strip[]} */
const strips = (run, state) => [{
  axis: "yaxis",
  curves: run.contestants.map((_, c) => ({ c, name: "loss", scale: share(state), exact: true })),
}];

/** @type {Panel} */
export const half = {
  name: "half",
  time: true,
  strips,
  ranges: (run, state) => ({ "yaxis.range": [0, share(state) * run.startLoss] }),
  paint: (ctx, graph, state, layers) => curves.paint(ctx, graph, state.run, strips(state.run, state), state, layers),
  traces: (run, state) => plotly.curves(run, strips(run, state)),
  head: ({ whole }) => ({ note: whole ? "all of it" : "one half" }),
};
"""


def put_in(path, *changes):
    """Change a file at places that it has once."""
    text = path.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The folder of the program with one panel more."""
    root = tmp_path_factory.mktemp("program")
    for name in ("app", "components", "optim", "assets"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    panels, scripts = root / "components" / "page" / "panels", root / "assets" / "panels"
    (panels / "half.py").write_text(PYTHON, "utf-8")
    (scripts / "half.js").write_text(SCRIPT, "utf-8")
    entry = "    rate,\n"
    put_in(panels / "__init__.py", ("fit, gradients,", "fit, gradients, half,"), (entry, f"{entry}    half,\n"))
    end = "\n}\n\nEXPLORE = "
    put_in(root / "components" / "panels.py", (end, f"{HEAD}{end}"))
    last = 'import { rate } from "./rate.js";\n'
    put_in(scripts / "index.js", (last, f'{last}import {{ half }} from "./half.js";\n'), (", rate }", ", rate, half }"))
    chosen = "export interface Chosen {\n"
    put_in(root / "assets" / "types.d.ts", (chosen, f"{chosen}  whole: boolean;\n"))
    return root


@pytest.fixture(scope="module")
def address(program):
    """The same, served."""
    with serving(root=program, LAB_CACHE="memory") as url:
        yield url


def test_its_script_is_linted_and_typed_as_all_are(program):
    for how in (["lint", "--config", ROOT / "tests/assets/deno.json"],
                ["check", "--no-remote", "--config", ROOT / "tests/assets/strict.json"]):
        told = subprocess.run([DENO, how[0], "--quiet", *how[1:], program / "assets/panels/half.js"],
                              capture_output=True, text=True, check=False, env=os.environ | {"NO_COLOR": "1"})
        assert told.returncode == 0, told.stdout + told.stderr


def test_it_is_laid_out_painted_enlarged_and_linked(open_page):
    page = open_page(plain=True)
    button(page, "All").click()
    page.evaluate("() => lab.seek(30)")
    figures = page.get_by_role("main").get_by_role("figure")
    expect(figures).to_have_count(len(HEADS) + 1)
    boxes = [one.bounding_box() for one in figures.all()]
    assert {(round(box["width"]), round(box["height"])) for box in boxes} == {
        (round(boxes[0]["width"]), round(boxes[0]["height"]))}
    assert len({(box["x"], box["y"]) for box in boxes}) == len(boxes)
    assert all(box["height"] >= 220 for box in boxes)
    assert painted(page, "half")[0] > 500
    expect(figure(page, "Half the loss")).to_have_accessible_description(re.compile("Step 30 of 1,500.* SGD [a-z]+ "))
    button(page, "Numbers Half the loss").click()
    rows = page.get_by_role("region", name="Half the loss in numbers").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("start")
    button(page, "Numbers Half the loss").click()
    until(page, "() => lab.boards.get('half').graph._fullData.length === 4")
    start = page.evaluate("() => lab.state.run.startLoss")
    expect(page.locator("#says-half")).to_have_text("one half")
    assert axis(page, "half", "yaxis")["range"] == pytest.approx([0, start / 2])
    button(page, "Whole").click()
    expect(page.locator("#says-half")).to_have_text("all of it")
    until(page, "(top) => lab.boards.get('half').graph._fullLayout.yaxis.range[1] === top", start)
    every = ",".join([*HEADS, "half"])
    says(page, whole="1", on=every)
    button(page, "Enlarge Half the loss").click()
    expect(page.get_by_role("figure")).to_have_count(1)
    assert figure(page, "Half the loss").bounding_box()["width"] > 2 * boxes[0]["width"]
    says(page, whole="1", on="half")
    page.reload()
    ready(page)
    expect(button(page, "Back to the other panels")).to_be_visible()
    expect(button(page, "Whole")).to_have_attribute("aria-pressed", "true")
    button(page, "Whole").click()
    says(page, on="half")


def test_it_is_in_pictures_and_in_the_offline_page(open_page, browser, tmp_path):
    page = open_page(path="/?whole=1&step=60")
    shows(page, step=60)
    files(page)
    _, data = saved(page, "Save picture as SVG")
    assert {"Half the loss", "all of it", *(head.heading for head in HEADS.values())} <= texts(
        ElementTree.fromstring(data))
    choice(page, "Picture of").select_option("Half the loss")
    name, data = saved(page, "Save picture as SVG")
    assert name == "descent-lab-half-the-loss-step-60.svg"
    colours = {one.get("stroke") for one in ElementTree.fromstring(data).iter(f"{SVG}path")}
    assert set(page.evaluate("() => [0, 1, 2, 3].map((c) => lab.theme.contestant(c).colour)")) <= colours
    name, data = saved(page, "Save offline page")
    path = tmp_path / name
    path.write_bytes(data)
    context = browser.new_context(offline=True)
    away = context.new_page()
    watch = Watch(away, path.as_uri(), ())
    away.goto(path.as_uri())
    ready(away)
    expect(figure(away, "Half the loss")).to_be_visible()
    expect(button(away, "Whole")).to_have_attribute("aria-pressed", "true")
    assert step(away) == 60
    assert painted(away, "half")[0] > 500
    context.close()
    assert watch.messages == []


def test_on_a_phone_it_stands_alone_under_its_button(open_page):
    page = open_page(size=PHONE, plain=True, has_touch=True, is_mobile=True)
    strip = page.get_by_role("toolbar", name="Panels on view")
    expect(strip.get_by_role("button")).to_have_text(
        [*(head.heading for head in HEADS.values()), "Half the loss", "Explore"])
    strip.get_by_role("button", name="Half the loss", exact=True).tap()
    expect(figure(page, "Half the loss")).to_be_visible()
    expect(page.get_by_role("figure")).to_have_count(1)
    page.evaluate("() => lab.draw()")
    assert painted(page, "half")[0] > 1_000
    says(page, on="half", step="0")
    strip.get_by_role("button", name="Loss", exact=True).tap()
    expect(figure(page, "Half the loss")).not_to_be_visible()
