"""Firefox: the page starts, plays, asks a lesson's question and saves; what it saved plays; and nothing complains."""

import json
import os

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from components.lessons import LESSONS
from tests.browser import firefox
from tests.browser.chromium import ProgramMissingError
from tests.browser.pages import PATIENCE_MS

SIZE = (1440, 1000)
INK = """(() => [...document.querySelectorAll("canvas.paint")].filter((canvas) => canvas.offsetWidth).map((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value > 0);
}))()"""
"""Of every panel on view whether something is painted on it."""


class Hand:
    """What a person does in the Firefox of selenium: presses what has a name, and waits for what the page says."""

    def __init__(self, page) -> None:
        self.page, self.wait = page, WebDriverWait(page, PATIENCE_MS / 1000)

    def told(self, name):
        return self.page.find_element(By.TAG_NAME, "body").get_attribute(f"data-{name}")

    def says(self, **marks):
        self.wait.until(lambda _: all(self.told(name) == value for name, value in marks.items()))

    def press(self, words, within=""):
        way = f"{within}//button[normalize-space(.) = '{words}' or @aria-label = '{words}']"
        found = self.wait.until(lambda page: [one for one in page.find_elements(By.XPATH, way) if one.is_displayed()])
        found[0].click()

    def plays(self):
        """Play, and pause behind the step that is on view."""
        before = int(self.told("step"))
        self.press("Play")
        self.wait.until(lambda _: int(self.told("step")) > before + 5)
        self.press("Pause")
        self.says(playing="false")
        assert all(self.page.execute_script(f"return {INK}"))


def test_the_page_in_firefox(address, tmp_path, record_property):
    try:
        with firefox.firefox(tmp_path) as (page, complaints):
            through(Hand(page), address, tmp_path)
            assert complaints == []
    except ProgramMissingError:
        if os.environ.get("CI"):
            raise
        record_property("untried", firefox.MISSING)


def through(hand, address, folder):
    """All of it, one after another: a Firefox starts for seconds."""
    hand.page.set_window_size(*SIZE)
    hand.page.get(address)
    hand.says(state="ready", step="0")
    hand.plays()
    # A lesson, from its list to its challenge.
    hand.press("Lessons")
    lesson = next(iter(LESSONS.values()))
    entry = f"//*[contains(@class, 'lesson-name')][contains(., '{lesson.title}')]"
    hand.wait.until(lambda page: page.find_elements(By.XPATH, entry))[0].click()
    hand.says(state="ready", step=str(lesson.step), steps="20")
    hand.wait.until(lambda page: page.find_elements(By.CLASS_NAME, "lesson-choice"))[0].click()
    hand.wait.until(lambda page: page.find_element(By.CSS_SELECTOR, ".lesson-says").text)
    hand.press("Check")
    hand.wait.until(lambda page: page.find_element(By.CSS_SELECTOR, ".lesson-says.is-judged").text)
    hand.press("Leave the lesson, keep the settings")
    # What it saves.
    hand.press("Share")
    for button, ending in (("Save settings", ".json"), ("Save offline page", ".html")):
        hand.press(button)
        saved = hand.wait.until(lambda _, ending=ending: [one for one in folder.glob(f"*{ending}") if whole(one)])[0]
    state = json.loads(next(folder.glob("*.json")).read_text("utf-8"))
    assert state["values"]["epochs"] == 20
    hand.page.get(saved.as_uri())
    hand.says(state="ready", steps="20", playing="false")
    hand.press("Restart")
    hand.says(step="0")
    hand.plays()


def whole(path):
    """Whether all of a file is there: Firefox writes a part beside it first."""
    return path.stat().st_size > 0 and not path.with_name(path.name + ".part").exists()


@pytest.mark.parametrize(("ci", "fails"), [("true", True), ("", False)])
def test_a_machine_without_firefox(monkeypatch, tmp_path, ci, fails):
    """Of its own (CI) it fails; another one says at the end what it lacks."""
    def missing():
        raise ProgramMissingError(firefox.MISSING)

    monkeypatch.setattr(firefox, "find", missing)
    monkeypatch.setenv("CI", ci)
    told = {}
    if fails:
        with pytest.raises(ProgramMissingError):
            test_the_page_in_firefox("", tmp_path, told.__setitem__)
    else:
        test_the_page_in_firefox("", tmp_path, told.__setitem__)
        assert told == {"untried": firefox.MISSING}
