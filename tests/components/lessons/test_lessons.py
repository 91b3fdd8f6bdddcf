"""Lessons: the eleven are there, in their order; each is whole; a file that is none is named with the reason."""

import json
import re
from pathlib import Path

import pytest

from components.answers import ANSWERS
from components.lessons import BROKEN, FOLDER, LESSONS, read, read_all
from components.lessons.challenges import judge
from components.lessons.schema import Broken
from components.links import query
from components.page.layout import TOOLS
from components.panels import CONTROLS, EVERY, EXPLORE
from components.question import Question
from components.settings import parsing
from components.settings.table import SETTINGS
from components.text.errors import Refused
from optim import train

ROOT = Path(__file__).parents[3]
NAMES = [
    "one-step", "sgd", "smoothing", "two-momentums", "trembling", "two-cures", "restarts", "fair-race", "was-it-luck",
    "ravine", "edge-of-stability",
]
GOOD = """
title = "T"
line = "L"
notice = "N"
step = 0
panels = ["loss"]
controls = ["lr"]
values = { lr = 0.01 }
predict = { question = "Q", choice = [{ text = "a", says = "A", right = true }, { text = "b", says = "B" }] }
reveal = { text = "R" }
[challenge]
text = "C"
passed = "P"
change = ["lr"]
meets = [{ method = "SGD", verdict = "converged" }]
solution = { lr = 0.01 }
near_miss = { lr = 0.001 }
"""


def question(values=None, **about):
    return Question(parsing.parse(values or {}), about, train)


@pytest.fixture
def lesson(tmp_path):
    """A function that reads GOOD with some text replaced."""

    def lesson(*replaced):
        text = GOOD
        for before, after in replaced:
            assert before in text
            text = text.replace(before, after)
        path = tmp_path / "01-good.toml"
        path.write_text(text, "utf-8")
        return read(path)

    return lesson


def test_the_eleven_are_there_in_their_order():
    assert list(LESSONS) == NAMES
    assert BROKEN == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_is_short_and_whole(name):
    found = LESSONS[name]
    said = f"{found.notice} {found.question} {found.reveal.text} {found.challenge.text}".split()
    assert 120 < len(said) < 420, "three to four minutes"
    assert found.experiment.steps >= found.step
    assert found.controls
    assert {found.challenge.setting, *found.challenge.change} <= {"", *found.controls}, "what it moves is on view"


@pytest.mark.parametrize("name", NAMES)
def test_every_panel_that_a_lesson_speaks_of_is_on_view(name):
    """But for "Learning rate", which is what a setting is called too. A part has its own panels, or those before."""
    found = LESSONS[name]
    told = found.reveal.panels or found.panels
    parts = [(found.panels, [found.notice, found.question]), (told, [one.says for one in found.choices])]
    parts += [(one.panels or told, [one.text]) for one in (found.reveal, *found.also)]
    parts += [(found.challenge.panels or told, [found.challenge.text, found.challenge.passed])]
    for panels, said in parts:
        spoken = {panel for panel, head in EVERY.items() if any(f"**{head.heading}**" in text for text in said)}
        assert spoken - {"rate"} <= {*panels}


def test_panels_of_whole_runs_come_with_the_answer_and_no_sooner():
    shown = {name: {*one.reveal.panels} & {*EXPLORE} for name, one in LESSONS.items()}
    assert {name: panels for name, panels in shown.items() if panels} == {
        "fair-race": {"race"}, "was-it-luck": {"seeds"}, "edge-of-stability": {"sweep"}}
    assert not any({*one.panels} & {*EXPLORE} for one in LESSONS.values())


def test_each_part_may_have_panels_of_its_own(lesson):
    also = 'also = [{ button = "B", text = "A", panels = ["seeds"] }]'
    reveal = ('reveal = { text = "R" }', f'reveal = {{ text = "R", panels = ["race", "loss"] }}\n{also}')
    told, plain = lesson(reveal, ('text = "C"', 'text = "C"\npanels = ["fit"]')).as_json(), lesson().as_json()
    assert (told["reveal"]["panels"], told["also"][0]["panels"], told["challenge"]["panels"]) == (
        ["race", "loss"], ["seeds"], ["fit"])
    assert (plain["reveal"]["panels"], plain["challenge"]["panels"]) == ([], []), "the lesson's own stay"


def test_where_the_answer_is_another_run_a_panel_of_whole_runs_may_come_first(lesson):
    other = ('reveal = { text = "R" }', 'reveal = { text = "R", values = { lr = 0.02 } }')
    assert lesson(('panels = ["loss"]', 'panels = ["sweep"]'), other).panels == ("sweep",)


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_asks_in_its_own_words_that_two_lines_hold(name):
    asked = LESSONS[name].headline
    assert asked.endswith("?")
    assert len(asked) <= 90
    assert LESSONS[name].as_json()["headline"] == asked
    assert sum(one.headline == asked for one in LESSONS.values()) == 1


def test_a_good_file_is_read(lesson):
    found = lesson()
    assert found.headline == ""
    assert lesson(('line = "L"', 'line = "L"\nheadline = "H?"')).headline == "H?"
    assert (found.name, found.title, found.step, found.panels) == ("good", "T", 0, ("loss",))
    assert [choice.right for choice in found.choices] == [True, False]
    assert found.experiment == parsing.parse({"lr": 0.01}).experiment


FAULTS = {
    "an unknown key": (("step = 0", "step = 0\ncolour = 1"), "colour"),
    "a missing key": (('title = "T"\n', ""), "title is missing"),
    "another type": (("step = 0", 'step = "0"'), "step is str, not int"),
    "a switch for a number": (("step = 0", "step = true"), "step is bool"),
    "an empty text": (('line = "L"', 'line = " "'), "line is empty"),
    "no TOML": (("step = 0", "step ="), "cannot be read"),
    "an unknown setting": (("lr = 0.01 }\npredict", "rate = 0.01 }\npredict"), "no setting “rate”"),
    "a value out of bounds": (("values = { lr = 0.01 }", "values = { lr = 100 }"), "At most 10"),
    "no experiment": (("values = { lr = 0.01 }", 'values = { problem = "own", formula = "a*" }'), "formula"),
    "no list of methods": (("values = { lr = 0.01 }", 'values = { methods = "SGD" }'), "methods is str"),
    "an unknown method": (("values = { lr = 0.01 }", 'values = { methods = [{ method = "Sgd" }] }'), "Sgd"),
    "a step beyond the end": (("step = 0", "step = 1501"), "1501"),
    "an unknown panel": (('panels = ["loss"]', 'panels = ["los"]'), "los"),
    "no panel": (('panels = ["loss"]', "panels = []"), "one to 3 different"),
    "too many panels": (('panels = ["loss"]', 'panels = ["fit", "loss", "rate", "gradients"]'), "one to 3 different"),
    "a panel twice": (('panels = ["loss"]', 'panels = ["fit", "fit"]'), "one to 3 different"),
    "what lies ahead": (('panels = ["loss"]', 'panels = ["loss", "sweep"]'), "sweep shows what lies ahead"),
    "a scene's panel": (('text = "R" }', 'text = "R", panels = ["los"] }'), "reveal: panels: los"),
    "a scene's panel twice": (('text = "R" }', 'text = "R", panels = ["fit", "fit"] }'), "reveal: panels: these"),
    "a challenge's panel": (('text = "C"', 'text = "C"\npanels = ["los"]'), "challenge: panels: los"),
    "a control of no form": (('controls = ["lr"]', 'controls = ["problem"]'), "problem"),
    "an unknown view": (("step = 0", 'step = 0\nview = { dark = "1" }'), "view: dark is not one of"),
    "no right choice": ((", right = true", ""), "exactly one is right"),
    "a scene's step": (('text = "R" }', 'text = "R", step = 31, values = { epochs = 1 } }'), "step 31"),
    "a scene's button": (('reveal = { text = "R" }', 'reveal = { text = "R", button = "B" }'), "button"),
    "nothing to meet": (('meets = [{ method = "SGD", verdict = "converged" }]', "meets = []"), "meets is empty"),
    "nothing asked": ((', verdict = "converged"', ""), "nothing is asked"),
    "a goal's method": (('method = "SGD", verdict', 'method = "SDG", verdict'), "SDG"),
    "an unknown condition": (("verdict =", "verdicts ="), "verdicts"),
    "a solution out of reach": (("solution = { lr = 0.01 }", "solution = { beta = 0.5 }"), "beta may not change"),
    "an edge of nothing": (('change = ["lr"]', 'change = ["lr"]\nlargest = "beta"'), "beta"),
    "an edge of a choice": (('change = ["lr"]', 'change = ["form"]\nlargest = "form"'), "form"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_is_no_lesson_says_what_is_wrong(lesson, fault):
    replaced, reason = FAULTS[fault]
    with pytest.raises(Broken, match=reason):
        lesson(replaced)


def test_a_broken_file_is_named_and_the_others_are_read(tmp_path):
    (tmp_path / "01-good.toml").write_text(GOOD, "utf-8")
    (tmp_path / "02-bad.toml").write_bytes(b"\xff")
    (tmp_path / "03-good.toml").write_text(GOOD, "utf-8")
    (tmp_path / "04-none.toml").mkdir()
    lessons, broken = read_all(tmp_path)
    assert list(lessons) == ["good"]
    assert list(broken) == ["02-bad.toml", "03-good.toml", "04-none.toml"]
    assert broken["03-good.toml"] == "there is another lesson called good"


def test_the_page_gets_them_all_and_no_solution():
    told = ANSWERS["lessons"](question())
    text = json.dumps(told, allow_nan=False)
    assert [one["name"] for one in told["lessons"]] == NAMES
    assert len(text) < 40_000
    for word in ("solution", "near_miss", "meets", "Whoever tunes one method"):
        assert word not in text
    methods = told["lessons"][0]["values"]["methods"]
    assert methods == [{"label": "SGD", "method": "SGD", "schedule": "Constant", "own": {}}], "as the page sends them"


def test_a_challenge_is_asked_for_by_its_lessons_name():
    values = LESSONS["sgd"].settings | LESSONS["sgd"].challenge.solution
    assert ANSWERS["challenge"](question(values, lesson="sgd"))["passed"]
    for name in ("none", None, ["sgd"], {}):
        with pytest.raises(Refused, match="no such lesson"):
            ANSWERS["challenge"](question(values, lesson=name))


def test_where_a_lesson_says_l_it_says_what_that_is():
    for lesson in LESSONS.values():
        told = [lesson.notice, lesson.reveal.text, lesson.challenge.text, lesson.challenge.passed]
        words = " ".join(" ".join(told).split())
        assert not re.search(r"\bL\b", words) or "L is the largest curvature" in words, lesson.name


def test_the_button_of_a_challenge_says_what_it_sets():
    assert LESSONS["two-cures"].as_json()["challenge"]["sets"] == "Noise: 3; Epochs: 50"
    assert LESSONS["restarts"].as_json()["challenge"]["sets"] == "Annealing period (epochs): 10"
    assert LESSONS["smoothing"].as_json()["challenge"]["sets"] == "Momentum beta: 0.95"


def test_every_setting_that_a_text_names_is_called_so_on_the_page():
    labels = {part for setting in SETTINGS.values() for part in (setting.label, setting.label.split(" (")[0])}
    headings = {head.heading for head in EVERY.values()}
    options = {name for one in CONTROLS.values() if not callable(one.options) for name in one.options.values()}
    page = {*headings, *options, *TOOLS.values(), "+ Add method", "SGD and Momentum", "True shape", "Loss over a"}
    terms = {"loss", "gradient", "Averaged", "Heavy ball", "Longer memory", "Annealing", "b"}
    for path in sorted(FOLDER.glob("*.toml")):
        for name in path.read_text("utf-8").split("**")[1::2]:
            assert name in labels | page | terms, path.name


def test_the_lesson_in_contributing_is_whole_and_its_challenge_is_judged(tmp_path):
    (text,) = re.findall(r"```toml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "12-name.toml").write_text(text, "utf-8")
    found = read(tmp_path / "12-name.toml")
    judged = [judge(found.challenge, parsing.parse({**found.settings, **changes}))["passed"]
              for changes in (found.challenge.solution, found.challenge.near_miss)]
    assert judged == [True, False]


def test_a_link_with_a_lessons_name_alone_opens_it_as_it_begins():
    for name, lesson in LESSONS.items():
        opened = query.read(f"lesson={name}")
        assert parsing.parse(dict(opened.values)).experiment == lesson.experiment
        assert opened.view == {"lesson": name, "step": str(lesson.step)}
        assert opened.changes == ()
    assert query.read("lesson=sgd&step=7").view["step"] == "7"
    assert query.read("lesson=sgd&lr=.02").values["coordinates"] == "together", "a link's settings are all there are"
