"""How much of y Fit shows: one range while it plays, and what the lines leave empty is gone at rest."""

import pytest

from tests.browser.lab import button, experiment, rests, shows, slowly, until, write

VIEW = "() => lab.axes.frame(lab.boards.get('fit').graph).yRange"
USUAL = "() => lab.state.run.axes.fit.y"
STANDS = """([low, high]) => {
    const { yRange } = lab.axes.frame(lab.boards.get("fit").graph);
    return document.body.dataset.still === "true" && Math.abs(yRange[0] - low) + Math.abs(yRange[1] - high) < 1e-9;
}"""
NEEDED = """() => {
    const { run, step } = lab.state, [from, to] = run.axes.fit.x, row = run.row(step);
    const lines = run.contestants.flatMap((_, c) => run.gone(c, step) ? [] : [from, to].map((x) =>
        run.predict(run.parameters.map((_, i) => run.exact[c][`params ${i}`][row]), x)));
    const all = [...run.data.y, ...lines, ...[from, to].map((x) => run.predict(run.true, x))];
    const low = Math.min(...all), high = Math.max(...all), margin = 0.05 * (high - low);
    return [low - margin, high + margin];
}"""


def stands(page, where):
    """Wait until Fit rests on the range that a function of the page says."""
    until(page, STANDS, page.evaluate(where))


def go(page, step):
    page.evaluate("(step) => lab.seek(step)", step)


@pytest.mark.parametrize("calm", [False, True])
def test_at_rest_fit_is_close_and_plays_on_one_range(open_page, calm):
    page = open_page(reduced_motion="reduce" if calm else "no-preference")
    go(page, 0)
    stands(page, USUAL)
    go(page, 60)  # two lines are above the usual range, and are seen at once
    assert page.evaluate(VIEW)[1] >= page.evaluate(NEEDED)[1] > page.evaluate(USUAL)[1]
    stands(page, NEEDED)
    go(page, 420)
    stands(page, USUAL)
    there = page.evaluate(f"() => {{ lab.seek(1500); return ({VIEW})(); }}")
    assert there == page.evaluate(USUAL)  # it moves: nothing is closer yet
    stands(page, NEEDED)
    close = page.evaluate(VIEW)
    assert close[1] - close[0] < 0.65 * (page.evaluate(USUAL)[1] - page.evaluate(USUAL)[0])
    for _ in range(8):  # a trembling line that goes further takes more, and nothing is given back before the next rest
        page.keyboard.press("ArrowLeft")
        low, high = page.evaluate(NEEDED)
        margin = (high - low) / 22
        before, close = close, page.evaluate(VIEW)
        assert close[0] <= min(before[0], low + margin)
        assert close[1] >= max(before[1], high - margin)
    shows(page, still=True)
    assert page.evaluate(VIEW) == close
    go(page, 600)
    slowly(page)
    button(page, "Play").click()
    until(page, f"() => lab.state.playing && lab.state.step > 620 && String(({VIEW})()) === String(({USUAL})())")
    button(page, "Pause").click()


def test_what_leaves_the_page_on_its_way_to_a_closer_range_is_not_on_its_way_any_more(open_page):
    page = open_page(path="/?step=420", reduced_motion="no-preference")
    go(page, 1500)
    until(page, "() => document.body.hasAttribute('data-gliding') && (lab.onView.set.open('loss'), true)")
    rests(page)


def test_a_run_from_before_a_change_is_in_the_picture(open_page):
    page = open_page(path="/?step=1500&lr=0.00015")
    before = page.evaluate(NEEDED)
    write(page, "Learning rate (SGD, Momentum)", "0.001")
    shows(page, run=experiment(), still=True)
    until(page, "() => lab.state.ghost !== null")
    high = page.evaluate(VIEW)[1]
    assert page.evaluate(NEEDED)[1] < 0 < before[1] - 3 < high, "the new lines alone would leave it out"


def test_a_run_whose_lines_fill_what_is_on_view_leaves_it_and_a_box_that_was_zoomed_stays(open_page):
    page = open_page(path="/?step=1500")
    stands(page, NEEDED)
    close = page.evaluate(VIEW)
    write(page, "Learning rate (SGD, Momentum)", "0.002")
    shows(page, run=experiment(lr=0.002), still=True)
    assert page.evaluate(VIEW) == close  # both lie in it, and fill it well enough
    page.evaluate("() => Plotly.relayout(lab.boards.get('fit').graph, "
                  "{'xaxis.range[0]': 0, 'xaxis.range[1]': 5, 'yaxis.range[0]': -30, 'yaxis.range[1]': -20})")
    until(page, "() => lab.boards.get('fit').zoomed")
    go(page, 0)
    shows(page, still=True)
    assert page.evaluate(VIEW) == [-30, -20]
