"""Whatever carries a reading has 3 to 1 against its ground, in light and dark, measured in pixels of the page.

Exempt are the grid, bodies behind a line, the fan, older steps and what is still to come: each state below is one in
which they are not there, or lie behind the line that is meant.
"""

import numpy as np
import pytest

from components.page.styles import OWN, styles
from components.page.theme import SCHEMES
from optim import OPTIMIZERS, SCHEDULES, Contestant
from optim.contestants import ARTICLE
from tests.browser import lab
from tests.browser.lab import LABELS, TIMED, button, choice, experiment, field, shows, slider, switch, until, write
from tests.browser.pixels import changed, shot, strongest
from tests.colours import SEEN, channels, contrasts

WINDOW = 30  # px: more than a dash and its gap


@pytest.fixture(params=SCHEMES)
def seen(request, open_page):
    """The page in each scheme, without what is still to come, and the scheme; Fit keeps one range, as where points are
    put by hand, so that two pictures differ in what was taken away alone."""
    page = open_page(scheme=request.param)
    until(page, "() => document.querySelectorAll('[data-panel=landscape] .textpoint').length > 0")
    page.evaluate("() => { lab.state.predicting = lab.state.editPoints = true; }")
    return page, request.param


def show(page, *labels):
    """Only these methods."""
    page.evaluate(
        """(labels) => {
            const { state } = lab;
            state.hidden = new Set(state.run.contestants.map((_, c) => c)
                .filter((c) => !labels.includes(state.run.contestants[c].label)));
            lab.emit("look", { anew: false });
            lab.draw();
        }""",
        list(labels),
    )


def plot(page, panel):
    """The box of a panel's axes."""
    return page.evaluate(
        """(panel) => {
            const { graph } = lab.boards.get(panel), box = graph.getBoundingClientRect();
            const { _offset: x, _length: width } = graph._fullLayout.xaxis;
            const { height } = graph._fullLayout;
            return { x: Math.round(box.x + x), y: Math.round(box.y), width: Math.round(width), height };
        }""",
        panel,
    )


def seek(page, k):
    page.evaluate("(k) => lab.seek(k)", k)
    shows(page, step=k)
    lab.rests(page)


def of(page, entries):
    page.evaluate("(methods) => lab.settings.set({ methods }, 'methods')", entries)
    until(
        page,
        """(labels) => document.body.dataset.state === "ready"
            && String(lab.state.run.contestants.map(({ label }) => label)) === String(labels)""",
        [one["label"] for one in entries],
    )


def entry(name, schedule="Constant", label=None):
    return {"label": label or f"{name} {schedule}", "method": name, "schedule": schedule, "own": {}}


def test_each_method_s_line_on_each_panel(seen):
    """At the end of the run, in Fit at the start, where there is no fan, in Landscape after the first epoch; without
    words and names, which step aside for a line."""
    page, _ = seen
    page.evaluate("""async () => {
        const { prototype } = CanvasRenderingContext2D, { names } = await lab.module("plot/names.js");
        prototype.fillText = prototype.strokeText = names.write = () => {};
    }""")
    for panel, k, height in (("fit", 0, None), ("landscape", 30, WINDOW), *((name, 1500, None) for name in TIMED)):
        seek(page, k)
        box = plot(page, panel)
        show(page)
        ground = shot(page, box)
        for label in LABELS:
            show(page, label)
            found = strongest(ground, shot(page, box), WINDOW, height, least=20)  # not the edge of what is in the next
            assert len(found) >= 3, (panel, label)
            assert min(found) >= SEEN, (panel, label, found)


def test_eight_methods_chips_of_every_kind(seen):
    """The stroke and the mark of each."""
    page, scheme = seen
    kinds = [entry(name, schedule) for name in OPTIMIZERS for schedule in ("Constant", "CosineAnnealing")]
    for first in range(0, len(kinds), 8):
        of(page, kinds[first:first + 8])
        for one in kinds[first:first + 8]:
            chip = switch(page, one["label"]).locator("canvas")
            picture = shot(page, chip.bounding_box())
            ground = np.broadcast_to(picture[0, 0], picture.shape)
            middle = picture.shape[1] // 2
            for part in (np.s_[:, :middle - 8], np.s_[:, middle - 5:middle + 6]):
                assert contrasts(picture[part], ground[part]).max() >= SEEN, one
            style = styles([contestant(one)])[0]
            assert np.abs(picture.astype(int) - channels(getattr(style, scheme))).max(axis=-1).min() <= 2, one


def contestant(one):
    return Contestant(one["label"], OPTIMIZERS[one["method"]](), SCHEDULES[one["schedule"]]())


def test_the_browser_dresses_every_list_as_python_does(page):
    lists = [
        [entry(name, schedule) for schedule in SCHEDULES for name in names]
        for names in (("Adam",), ("SGD", "Adam"), (*OPTIMIZERS,), ("Lion", "Lion", "SGD"))
    ]
    for entries in lists:
        told = page.evaluate("(entries) => lab.theme.styles(entries)", entries)
        for one, style in zip(told, styles([contestant(one) for one in entries]), strict=True):
            assert one == {"colour": style.light, "width": style.width, "dash": list(style.dash),
                           "symbol": style.symbol, "cut": style.cut}
    article = page.evaluate("() => [0, 1, 2, 3].map((c) => lab.theme.contestant(c).colour)")
    assert article == [style.light for style in styles(ARTICLE)]


def test_a_method_keeps_its_colour_where_others_come_and_go(page):
    colours = """() => Object.fromEntries(
        lab.state.run.contestants.map(({ label }, c) => [label, lab.theme.contestant(c)]))"""
    before = page.evaluate(colours)
    entries = [entry("Adam", "CosineAnnealing", LABELS[3]), entry("Adam", label="Adam"), entry("Lion"),
               entry("SGD", label="SGD")]
    of(page, entries)
    after = page.evaluate(colours)
    for label in (LABELS[3], "Adam", "SGD"):
        assert after[label] == before[label]
    assert after["Lion Constant"]["colour"] == OWN["Lion"].light


def test_a_ghost_is_thin_dashed_and_in_the_full_colour_of_its_method(seen):
    page, scheme = seen
    write(page, "Learning rate (SGD, Momentum)", "0.0005")
    shows(page, run=experiment(lr=0.0005))
    until(page, "() => lab.state.ghost !== null")
    seek(page, 1500)
    show(page, "SGD")
    for panel in ("loss", "fit"):
        box = plot(page, panel)
        both = shot(page, box)
        page.evaluate("() => { window.kept = lab.state.ghost; lab.state.ghost = null; }")
        show(page, "SGD")
        ground = shot(page, box)
        page.evaluate("() => { lab.state.ghost = kept; }")
        show(page, "SGD")
        found = strongest(ground[:-60], both[:-60], WINDOW)  # its words stand below
        assert len(found) >= 4, panel
        assert min(found) >= SEEN, (panel, found)
        painted = changed(ground[:-60], both[:-60])
        near = np.abs(both[:-60][painted].astype(int) - channels(getattr(OWN["SGD"], scheme))).max(axis=-1)
        assert near.min() <= 8, panel
        across = painted[:, painted.any(axis=0)].sum(axis=0)
        assert np.median(across) <= 5, panel  # thin
        first, last = np.flatnonzero(painted.any(axis=0))[[0, -1]]
        assert 0.3 < painted.any(axis=0)[first:last].mean() < 0.95, panel  # dashed


def test_a_pin_is_so_too(seen):
    page, scheme = seen
    page.evaluate("() => { lab.pins.pin('Momentum'); }")
    of(page, [entry("SGD", label="SGD"), entry("Lion", label="Lion")])
    seek(page, 1500)
    show(page)
    box = plot(page, "loss")
    both = shot(page, box)
    page.evaluate("() => { for (const { id } of lab.pins.list) lab.pins.unpin(id); lab.draw(); }")
    show(page)
    ground = shot(page, box)
    found = strongest(ground, both, WINDOW)
    assert len(found) >= 5
    assert min(found) >= SEEN, found
    near = np.abs(both[changed(ground, both)].astype(int) - channels(getattr(OWN["Momentum"], scheme))).max(axis=-1)
    assert near.min() <= 8  # its own, though its method is gone


def test_contours_and_their_numbers(seen):
    page, _ = seen
    show(page)
    until(page, """() => !document.querySelector(".stale") &&
        !document.querySelector("[data-panel=landscape]").getAnimations({ subtree: true }).length""")
    box = plot(page, "landscape")
    whole = shot(page, box)
    for part, least, square, many in ((".contourlevel", 20, 40, 4), (".textpoint", 8, 60, 3)):
        hide = """([part, how]) => {
            for (const node of document.querySelectorAll(`[data-panel=landscape] ${part}`)) node.style.visibility = how;
        }"""
        page.evaluate(hide, [part, "hidden"])
        ground = shot(page, box)
        page.evaluate(hide, [part, ""])
        found = strongest(ground, whole, square, square, least)
        assert len(found) >= many, part
        assert min(found) >= SEEN, (part, found)


def test_what_one_takes_hold_of(seen):
    """Tracks, thumbs, switches that are off, fields and buttons."""
    page, _ = seen
    button(page, "Table").click()
    picture, rate, step = shot(page), "Learning rate (SGD, Momentum)", slider(page, "Step").bounding_box()
    track = slider(page, rate).locator("xpath=../..").locator(".mantine-Slider-track").bounding_box()
    edges = [field(page, rate), button(page, "Lessons"), choice(page, "Threshold")]
    boxes = [
        part(track, 0.85, 0.95),
        slider(page, rate).bounding_box(),
        part(step, 0.7, 0.8),
        part(step, 0, 0.1),
        switch(page, "Projector").locator(".knob").bounding_box(),
        page.get_by_role("radio", name="heavy ball (PyTorch, Distill)").bounding_box(),
        *(part(one.bounding_box(), -0.02, 0.05) for one in edges),
    ]
    for box in boxes:
        left, top = round(box["x"]), round(box["y"])
        inside = picture[top:round(box["y"] + box["height"]), left:round(box["x"] + box["width"])]
        ground = np.broadcast_to(picture[top - 3, left], inside.shape)
        assert contrasts(inside, ground).max() >= SEEN, box


def part(box, start, end):
    """From one share of a box's width to another."""
    return {**box, "x": box["x"] + start * box["width"], "width": (end - start) * box["width"]}
