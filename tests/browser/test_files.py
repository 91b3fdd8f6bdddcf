"""The section "Files" of the drawer "Share": what is saved is the run on view, and a saved file brings it back."""

import json

from playwright.sync_api import expect

from tests.browser.lab import button, experiment, field, seek, shows, write


def files(page):
    """The section, once the drawer is open; a phone has the drawers in its menu."""
    if button(page, "Menu").is_visible():
        button(page, "Menu").click()
    button(page, "Share").click()
    return page.locator("#share-files")


def saved(page, name):
    """What a button saves: its file's name and its bytes."""
    with page.expect_download() as download:
        button(page, name).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def drop(page, name, text, onto="#transport"):
    """Let a file fall onto an element."""
    page.evaluate(
        """([name, text, onto]) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], name));
            const target = document.querySelector(onto), how = { bubbles: true, cancelable: true, dataTransfer };
            for (const type of ["dragover", "drop"]) target.dispatchEvent(new DragEvent(type, how));
        }""",
        [name, text, onto],
    )


def test_pages_numbers_and_settings_are_saved_and_settings_come_back(page):
    write(page, "Epochs", "3")
    run = experiment(epochs=3)
    shows(page, run=run)
    seek(page, 45)
    expect(files(page).get_by_text("Every step of every method, in full precision: about 73 kB.")).to_be_visible()
    name, text = saved(page, "Save offline page")
    assert name == f"descent-lab-{run.digest}.html"
    assert text.startswith(b"<!DOCTYPE html>")
    assert len(text) < 2_500_000
    name, text = saved(page, "Save numbers as CSV")
    assert name == f"descent-lab-{run.digest}.csv"
    assert len(text.splitlines()) == 1 + 4 * 91
    name, text = saved(page, "Save settings")
    assert name == f"descent-lab-{run.digest}.json"
    state = json.loads(text)
    assert state["descent-lab"] == 1
    assert state["view"]["step"] == 45
    page.keyboard.press("Escape")
    button(page, "Reset").click()
    shows(page, run=experiment())
    drop(page, name, text.decode(), onto="[data-panel=fit] .plot")
    shows(page, run=run, step=45)
    expect(field(page, "Epochs")).to_have_value("3")
    expect(page.locator("#notice")).to_have_text(f"Opened {name}.")


def test_points_of_ones_own_travel_in_the_file(page):
    points = "0,1\n1,3\n2,4.5\n"
    page.evaluate("(data) => lab.settings.set({ data, epochs: 2 }, 'data')", points)
    expect(page.locator("body")).to_have_attribute("data-steps", "6")
    files(page)
    name, text = saved(page, "Save numbers as JSON")
    settings, _ = saved(page, "Save settings")
    assert name == settings.replace(".json", ".numbers.json")
    found = json.loads(text)
    assert len(found["runs"]["SGD"]["loss"]) == 7
    assert found["experiment"]["data"]["x"] == [0, 1, 2]
    page.keyboard.press("Escape")
    button(page, "Reset").click()
    shows(page, run=experiment())
    drop(page, "own.json", text.decode())
    expect(page.locator("body")).to_have_attribute("data-steps", "6")
    assert page.evaluate("() => lab.state.run.data.y") == [1, 3, 4.5]


HOSTILE = {
    "{": "cannot be read as JSON.",
    '{"values": {}}': "is no file of settings of Descent Lab.",
    "[1]": "is no file of settings of Descent Lab.",
    '{"descent-lab": 2, "values": {}}': "is of another version of Descent Lab than this one can read.",
    '{"descent-lab": 1, "values": null}':
        "holds an experiment written in Python and no settings of this page.",
}


def test_any_other_file_is_one_sentence_and_nothing_is_lost(page):
    for number, (text, words) in enumerate(HOSTILE.items()):
        drop(page, f"{number}.json", text)
        expect(page.locator("#notice")).to_have_text(f"{number}.json {words}")
    wild = {"__proto__": {"x": 1}, "epochs": "<img>", "lr": 2}
    drop(page, "a.json", json.dumps({"descent-lab": 1, "values": wild, "view": [1]}))
    expect(page.locator("#notice")).to_contain_text("Epochs: “<img>” is not a number.")
    shows(page, run=experiment(lr=2))
    drop(page, "a.json", '{"descent-lab": 1, "values": {"epochs": 5}}')
    shows(page, run=experiment(epochs=5))
    drop(page, "a.png", "x")
    expect(page.locator("#notice")).to_contain_text("may be dropped anywhere")


def test_numbers_that_are_too_many_to_be_opened_again_say_so(page):
    """As JSON; the file of settings opens, however long the run is."""
    answer = {"name": "x.", "characters": 64_000_001, "state": {}}
    page.route("**/ask/files", lambda route: route.fulfill(json=answer))
    numbers = files(page).get_by_role("group", name="Numbers")
    said = "about 64 MB. As JSON they are too many to be opened here again: save the settings for that."
    expect(numbers).to_contain_text(said)
    page.unroute("**/ask/files")
