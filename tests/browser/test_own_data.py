"""Points of one's own: pasted, opened, dropped and clicked into Fit; bad lines are named, and nothing is lost."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from components.points import dataset
from components.points.dataset import MAX_POINTS
from components.settings.parsing import parse
from components.settings.table import DEFAULTS
from optim import Dataset, Experiment
from tests.browser.lab import apart, button, double_click, double_click_at, drag, rests, seek, shows, slider, until
from tests.browser.lab import words as written
from tests.browser.test_problem_menu import chosen, opened

LONG = 150_000  # ms: Chromium takes time that grows with the square of the lines that are written at once
TOOL = "Edit points"
THREE = "1,2\n2,3.5\n4,3\n"


def own(text: str, first: str | None = None, **values) -> Experiment:
    """The page with these points, after the `first` ones that were pasted, which brought their rates and epochs."""
    given = {**DEFAULTS, "data": first or text, "standard": "yes"}
    return chosen("data", **parse(given, changed="standard").values | {"data": text} | values)


def bare(text: str) -> Experiment:
    """The page with these points as they are, once it has had them standardised."""
    return chosen("standard", data=text)


def as_they_are(page: Page) -> None:
    page.get_by_role("radiogroup", name="Own points").get_by_role("radio", name="as they are").check()


@pytest.fixture
def points(page: Page) -> Page:
    """The page with the part "Points" on view."""
    button(opened(page), "Points").click()
    expect(page.locator("#points-say")).to_have_text("30 points, generated.")
    return page


def text(page: Page):
    return page.get_by_role("textbox", name="Your own points", exact=True)


def enter(page: Page, words: str) -> None:
    """Write all of the text and leave it."""
    text(page).fill(words, timeout=LONG)
    text(page).blur()


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a point of Fit is on the screen, once it stays there."""
    rests(page)
    return page.evaluate(
        """([x, y]) => {
            const { graph } = lab.boards.get("fit");
            const f = lab.axes.frame(graph), box = graph.getBoundingClientRect(), { units } = lab.state.run;
            const moved = (value, [middle, size]) => (value - middle) / size;
            if (units) [x, y] = [moved(x, units.x), moved(y, units.y)];
            return [box.left + f.x(x), box.top + f.y(y)];
        }""",
        [x, y],
    )


def data(page: Page) -> list[list[float]]:
    """The points of the run on the stage, in their order."""
    return page.evaluate(
        """() => {
            const { data: { x, y, index }, units } = lab.state.run;
            const given = (value, [middle, size]) => Number((value * size + middle).toPrecision(12));
            return index.map((i) => (units ? [given(x[i], units.x), given(y[i], units.y)] : [x[i], y[i]]));
        }"""
    )


def read(page: Page) -> Dataset:
    return dataset.read(text(page).input_value()).dataset


def test_points_are_typed_and_what_was_before_comes_back(points):
    enter(points, THREE)
    shows(points, run=own(THREE))
    expect(points.locator("#points-say")).to_have_text(
        "3 points of your own, standardised: x = (x - 2.3) / 1.25, y = (y - 2.83) / 0.624.")
    assert data(points) == [[1, 2], [2, 3.5], [4, 3]]
    enter(points, "x;y\n1,5;2\n3;4,5\n")
    shows(points, run=own("x;y\n1,5;2\n3;4,5\n", THREE))
    expect(points.locator("#note-data")).to_contain_text("Line 1 was taken for a heading.")
    button(points, "Undo").click()
    shows(points, run=own(THREE))
    expect(text(points)).to_have_value(THREE)
    button(points, "Back to generated points").click()
    shows(points, run=Experiment())
    expect(points.locator("#points-say")).to_have_text("30 points, generated.")
    button(points, "Undo").click()
    shows(points, run=own(THREE))


def test_bad_lines_are_named_and_the_text_stays(points):
    wrong = "1,2\n2,three\n4\n5,6\n"
    enter(points, wrong)
    shows(points, state="error")
    expect(points.locator("#note-data")).to_contain_text("Line 2: “three” is not a number.")
    expect(points.locator("#note-data")).to_contain_text("Line 3: 1 value, where x and y are needed.")
    expect(text(points)).to_have_value(wrong)
    expect(points.locator("body")).to_have_attribute("data-run", Experiment().digest)
    button(points, TOOL).click()
    points.mouse.click(*place(points, 0, -10))
    expect(points.locator("#points-say")).to_have_text("31 points of your own.")
    button(points, "Undo").first.click()
    expect(text(points)).to_have_value(wrong)


def test_what_is_pasted_is_taken_at_once_and_a_typed_line_when_it_ends(points):
    text(points).fill("5,6\n7,8\n")
    points.keyboard.press("ControlOrMeta+A")
    points.keyboard.press("ControlOrMeta+X")
    points.keyboard.press("ControlOrMeta+V")
    shows(points, run=own("5,6\n7,8\n"))
    text(points).press_sequentially("9 10")
    points.keyboard.press("Enter")
    expect(points.locator("#note-data")).to_have_text("")
    shows(points, run=own("5,6\n7,8\n9 10\n", "5,6\n7,8\n"))


def test_a_file_is_opened_and_another_one_dropped_on_fit(points):
    for words, encoding in ((THREE, "utf-8"), ("1\t2\r\n3\t5\r\n", "utf-16")):
        with points.expect_file_chooser() as chooser:
            button(points, "Open a file…").click()
        chooser.value.set_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": words.encode(encoding)})
        shows(points, run=own(words, THREE))
    points.evaluate(
        """(words) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([words], "other.txt"));
            const plot = document.querySelector("[data-panel=fit] .plot");
            for (const type of ["dragover", "drop"]) {
                plot.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
            }
        }""",
        "7 8\n9 10\n11 13\n",
    )
    shows(points, run=own("7 8\n9 10\n11 13\n", THREE))


def packed(*names: str, first: str = "") -> bytes:
    """A zip archive with files of these names."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name in names:
            file.writestr(name, first)
    return archive.getvalue()


SHEET = "open it and copy its two columns, or save them as CSV."
NO_TEXT = {
    "a.xlsx": (packed("[Content_Types].xml", "xl/workbook.xml"), f"an Excel workbook, no list of points: {SHEET}"),
    "big.xlsx": (packed("xl/media/1.png", "docProps/app.xml", first="ab" * 700_000),
                 f"an Excel workbook, no list of points: {SHEET}"),
    "a.ods": (packed("mimetype", first="application/vnd.oasis.opendocument.spreadsheet"),
              f"a LibreOffice spreadsheet, no list of points: {SHEET}"),
    "a.zip": (packed("a.csv", first="1,2"),
              "a zip archive, no list of points: unpack it, and open the table that is in it."),
    "a.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
              f"an older Office document, no list of points: {SHEET}"),
    "a.pdf": (b"%PDF-1.7\n", "a PDF document, no list of points: open it and copy the numbers."),
    "a.png": (b"\x89PNG\r\n\x1a\n" + bytes(9), "a picture, no list of points: type the numbers that it shows."),
    "a.jpg": (b"\xff\xd8\xff\xe0" + bytes(9), "a picture, no list of points: type the numbers that it shows."),
    "a.csv.gz": (b"\x1f\x8b\x08" + bytes(9), "a compressed file, no list of points: unpack it first."),
    "a.npy": (b"\x93NUMPY\x01", "a numpy array, no list of points: write it with numpy.savetxt."),
    "a.rtf": (b"{\\rtf1 1,2}", "a formatted document, no list of points: open it and copy the numbers."),
    "b.xls": (b"<html><table>", "a web page or XML, no list of points: open it and copy its two columns."),
    "a.bin": (bytes(range(256)) * 3, "no text: save its two columns as CSV, or copy and paste them."),
    "long.csv": (b"1,2\n" * 300_000, ""),
    "none.csv": (b"", "empty."),
    "blank.csv": (b" \n\n", "empty."),
}


def put(page: Page, name: str, file: bytes) -> None:
    with page.expect_file_chooser() as chooser:
        button(page, "Open a file…").click()
    chooser.value.set_files({"name": name, "mimeType": "", "buffer": file})


def test_a_file_that_is_no_text_says_what_it_is_and_the_field_keeps_what_it_had(points):
    enter(points, THREE)
    shows(points, run=own(THREE))
    for name, (file, words) in NO_TEXT.items():
        put(points, name, file)
        said = f"“{name}” is {words}" if words else f"“{name}” has 1,200,000 bytes: that is no list of 2,000 points."
        expect(points.locator("#note-data")).to_have_text(said)
        expect(text(points)).to_have_value(THREE)
    shows(points, run=own(THREE))
    put(points, "good.csv", b"BMI;x\n1;2\n3;4\n")
    shows(points, run=own("BMI;x\n1;2\n3;4\n", THREE))


def test_what_is_dropped_or_pasted_says_so_too_where_it_can_be_seen(page):
    enters = """([kind, target]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47])], "shot.png", { type: "image/png" }));
        const how = { bubbles: true, cancelable: true };
        const event = kind === "paste" ? new ClipboardEvent(kind, { ...how, clipboardData: transfer })
            : new DragEvent(kind, { ...how, dataTransfer: transfer });
        document.querySelector(target).dispatchEvent(event);
    }"""
    said = "“shot.png” is a picture, no list of points: type the numbers that it shows."
    page.evaluate(enters, ["drop", "[data-panel=fit] .plot"])
    expect(page.locator("#notice")).to_have_text(said)
    button(opened(page), "Points").click()
    page.evaluate(enters, ["paste", "#own-points"])
    expect(page.locator("#note-data")).to_have_text(said)
    expect(text(page)).to_have_value("")
    shows(page, run=Experiment())


def test_files_in_other_encodings_are_read(points):
    words = "Höhe;t\n1,5;2\n2,5;3\n"
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"):
        enter(points, "")
        shows(points, run=Experiment())
        put(points, "mine.csv", words.encode(encoding))
        shows(points, run=own(words))
        expect(text(points)).to_have_value(words)


def test_a_click_into_fit_adds_a_point_and_a_click_on_one_removes_it(page):
    drawn = [list(pair) for pair in zip(Experiment().dataset.x, Experiment().dataset.y, strict=True)]
    button(page, TOOL).click()
    page.mouse.click(*place(page, -5, 5))
    expect(page.locator("#notice")).to_contain_text("Point added: x −5")
    until(page, "() => lab.state.run.points === 31")
    now = data(page)
    assert now[:30] == drawn
    until(page, "() => lab.boards.get('fit').answers === lab.state.run")
    page.mouse.move(*place(page, *drawn[0]))
    expect(page.locator("#hover")).to_contain_text("a click removes")
    assert now[30] == pytest.approx([-5, 5], abs=0.3)
    x, y = now[30]
    apart(page)
    page.mouse.click(*place(page, x, y))
    until(page, "() => lab.state.run.points === 30")
    assert data(page) == drawn
    expect(page.locator("#notice")).to_contain_text("Point removed: x −5")
    for left in (31, 30):
        page.locator("#notice").get_by_role("button", name="Undo").click()
        until(page, "(left) => lab.state.run.points === left", left)
    shows(page, run=Experiment())
    expect(page.locator("#notice")).to_be_empty()


def test_a_stray_click_into_fit_changes_nothing(page):
    x, y = Experiment().dataset.x[0], Experiment().dataset.y[0]
    for let_go in (None, lambda: page.keyboard.press("Escape")):
        if let_go:
            button(page, TOOL).click()
            let_go()
        expect(button(page, TOOL)).to_have_attribute("aria-pressed", "false")
        page.mouse.click(*place(page, -5, 5))
        until(page, """() => {
            const { answers, graph } = lab.boards.get("fit");
            return answers === lab.state.run && !JSON.stringify(graph.data).includes("a click");
        }""")
        page.mouse.move(*place(page, x, y))
        expect(page.locator("#hover")).to_contain_text("1 point")
        expect(page.locator("#hover")).not_to_contain_text("click")
        page.mouse.click(*place(page, x, y))
        expect(page.locator("#notice")).to_be_empty()
        shows(page, run=Experiment())
    assert page.evaluate("() => lab.settings.values.data ?? ''") == ""


def test_the_tool_is_there_where_points_can_be_changed(page, open_page):
    button(page, TOOL).click()
    page.evaluate("() => lab.settings.set({ problem: 'himmelblau' }, 'problem')")
    shows(page, run=chosen(problem="himmelblau"))
    expect(button(page, TOOL)).to_be_hidden()
    page.evaluate("() => lab.settings.set({ problem: 'line' }, 'problem')")
    expect(button(page, TOOL)).to_have_attribute("aria-pressed", "false")
    expect(button(page, TOOL)).to_be_visible()
    button(page, "3-D").click()
    until(page, "() => lab.surfaceView && !document.body.dataset.coming")
    expect(button(page, TOOL)).to_be_visible()  # for Fit stays
    expect(button(open_page(path="/?lock=data"), TOOL)).to_be_hidden()


ARROWS = """() => {
    const { marks } = lab, { arrow } = marks, drawn = [];
    marks.arrow = (...all) => { drawn.push([all[3], all[4]]); arrow(...all); };
    lab.draw();
    marks.arrow = arrow;
    const { top, bottom } = lab.axes.frame(lab.boards.get("fit").graph);
    return { drawn, top, bottom };
}"""
"""The arrows of a picture, each as the edge it stands at and whether it points up; and Fit's edges."""


def test_years_on_x_show_their_points_and_a_start_far_away_is_an_arrow_at_the_edge(points):
    years = "".join(f"{1990 + k},{14 + k / 50}\n" for k in range(31))
    enter(points, years)
    shows(points, run=own(years))
    as_they_are(points)
    shows(points, run=bare(years))
    seek(points, 0)
    found = points.evaluate(ARROWS)
    high, low = place(points, 2020, 14.6)[1], place(points, 1990, 14)[1]
    assert low - high > 0.7 * (found["bottom"] - found["top"])
    assert found["drawn"].count([found["top"], True]) == 4
    near = "1,2\n2,3.5\n4,3\n"
    enter(points, near)
    shows(points, run=chosen("data", **parse({**DEFAULTS, "data": years}, changed="standard").values | {"data": near}))
    seek(points, 0)
    found = points.evaluate(ARROWS)
    assert [found["top"], True] not in found["drawn"]


def test_a_drag_zooms_and_a_double_click_leaves_the_points_alone(page):
    button(page, TOOL).click()
    rests(page)
    drag(page, "fit", (0.2, 0.2), (0.6, 0.6))
    until(page, "() => lab.boards.get('fit').zoomed")
    assert page.evaluate("() => lab.settings.values.data ?? ''") == ""
    double_click(page, "fit")
    shows(page, run=Experiment())
    until(page, "() => !lab.boards.get('fit').zoomed")
    expect(page.locator("#notice")).to_be_empty()


def test_two_slow_presses_that_plotly_takes_for_a_double_click_leave_the_points_alone(timed):
    button(timed, TOOL).click()
    at = place(timed, -5, 5)
    timed.mouse.click(*at)
    timed.clock.run_for(400)
    timed.mouse.click(*at)
    assert timed.evaluate("() => lab.settings.values.data ?? ''") == ""
    shows(timed, run=Experiment())


def test_a_double_click_takes_back_its_own_first_click_and_no_other_change(points):
    enter(points, "5,6\n")
    shows(points, run=own("5,6\n"))
    button(points, TOOL).click()
    double_click_at(points, *place(points, 5, 6))
    expect(points.locator("#note-data")).to_have_text("One point at least has to stay.")
    assert points.evaluate("() => lab.settings.values.data") == text(points).input_value() == "5,6\n"
    shows(points, run=own("5,6\n"))


def test_on_labels_a_click_is_a_label(page):
    opened(page).get_by_role("radio", name="Logistic regression", exact=True).check()
    shows(page, run=chosen(problem="logistic-regression"))
    button(page, TOOL).click()
    page.mouse.click(*place(page, 0.5, 0.8))
    until(page, "() => lab.state.run.points === 31")
    assert data(page)[30][1] == 1


def test_two_thousand_points_pass_and_a_slider_still_answers(points):
    lines = "".join(f"{k / 100:.13f},{(k * 7919 % 1000) / 37:.13f}\n" for k in range(MAX_POINTS))
    enter(points, lines)
    expect(points.locator("#points-say")).to_have_text(
        "2,000 points of your own, standardised: x = (x - 10) / 5.77, y = (y - 13.5) / 7.8."
    )
    expect(points.locator("#note-data")).to_contain_text("a step takes 10 of them")
    button(points, "Close").click()
    slider(points, "Epochs").focus()
    points.keyboard.press("ArrowLeft")
    until(points, "() => lab.state.run.epochs < 50 && document.body.dataset.state === 'ready'")


def test_a_refused_text_has_its_reason_beside_it_for_as_long_as_it_stands_there(points):
    note = points.locator("#note-data")
    points.evaluate("() => { document.getElementById('own-points').dataset.longest = 20; }")
    enter(points, THREE)
    shows(points, run=own(THREE))
    enter(points, 2 * THREE)
    expect(note).to_have_text("The text has 28 characters; at most 20 are read.")
    points.evaluate("() => lab.settings.set({ epochs: 7 }, 'epochs')")
    shows(points, run=own(THREE, epochs=7))
    expect(note).to_have_text("The text has 28 characters; at most 20 are read.")
    enter(points, THREE)
    expect(note).to_have_text("")


def test_reset_keeps_them_within_reach(points):
    enter(points, THREE)
    shows(points, run=own(THREE))
    button(points, "Close").click()
    button(points, "Reset").click()
    shows(points, run=Experiment())
    button(opened(points), "Points").click()
    button(points, "Undo").click()
    shows(points, run=own(THREE))


def test_a_column_of_labels_keeps_its_name_on_the_axis(page):
    opened(page).get_by_role("radio", name="Logistic regression", exact=True).check()
    button(page, "Points").click()
    enter(page, "hours,passed\n" + "".join(f"{k},{int(k > 4)}\n" for k in range(10)))
    expect(page.locator("#points-say")).to_contain_text("10 points of your own")
    until(page, "() => lab.state.run.points === 10 && document.body.dataset.state === 'ready'")
    said = written(page, "fit")
    assert "passed" in said
    assert any(one.startswith("x = (hours - ") for one in said)


def test_pasted_points_are_standardised_and_axes_drawer_and_clicks_say_so_in_their_own_names(points):
    years = "year,temp\n" + "".join(f"{1970 + k},{14 + k / 50}\n" for k in range(31))
    enter(points, years)
    shows(points, run=own(years))
    says = points.locator("#points-say")
    expect(says).to_have_text(re.compile(r"31 points .* standardised: x = \(year - 1985\) / 8.94, y = .*temp."))
    said = written(points, "fit")
    assert "x = (year - 1985) / 8.94" in said
    assert any(one.startswith("y = (temp - ") for one in said)
    assert not {"x", "y"} & set(said)
    assert data(points)[:2] == [[1970, 14], [1971, 14.02]]
    button(points, TOOL).click()
    points.mouse.click(*place(points, 1980, 14.5))
    expect(points.locator("#notice")).to_contain_text("Point added: x 1980")
    until(points, "() => lab.state.run.points === 32")
    added = data(points)[-1]
    assert added == [pytest.approx(1980, abs=0.2), pytest.approx(14.5, abs=0.01)]
    button(points, "Undo").first.click()
    shows(points, run=own(years))
    as_they_are(points)
    shows(points, run=bare(years))
    expect(says).to_have_text("31 points of your own.")
    assert {"year", "temp"} <= set(written(points, "fit"))
    button(points, "Back to generated points").click()
    shows(points, run=Experiment())
