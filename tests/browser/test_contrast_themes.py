"""Contrast themes, whose colours are the system's: what is on has another shape than what is off, every icon and edge
is seen, methods are told by dash and mark; and more contrast in the page's own colours. Nobody else asks for it."""

import numpy as np
import pytest

from components.offline import page as offline
from components.page.styles import ORDINALS, OWN
from optim import Experiment
from tests.browser.lab import PANELS, button, choice, picture, slider, switch, until
from tests.browser.pages import DESKTOP, Watch, ready
from tests.browser.pixels import shot
from tests.colours import SEEN, contrasts, luminance

SCHEDULES = ("Constant", "CosineAnnealing")
LEAST = 14
"""Pixels in which two shapes differ at least: a dot of four pixels across is another one, a letter's edge is not."""
SHEET = "link[href$='/contrast.css']"
ASKED_FOR = "() => performance.getEntriesByType('resource').map(({ name }) => name)"
DRESSED = f"() => document.querySelector(\"{SHEET}\")?.sheet"
LOWER = 8  # px of a button that no letter reaches


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_contrast_theme(open_page, scheme):
    """Black on white, and white on black."""
    page = open_page(scheme=scheme, forced_colors="active")
    until(page, DRESSED)
    pictures_are_drawn_in_the_system_s_colours(page)
    methods_are_told_by_dash_and_mark(page, "#000000" if scheme == "light" else "#ffffff")
    on_and_off_differ_by_a_shape(page)
    icons_tracks_thumbs_and_edges_are_seen(page)


def shape(pixels):
    """What is nearer to the brightest of it than to the darkest."""
    light = luminance(pixels) ** 0.4
    return light > (light.min() + light.max()) / 2


def different(one, other):
    """In how many pixels two pictures differ as shapes: light on dark is the same as dark on light."""
    apart = int((shape(one) != shape(other)).sum())
    return min(apart, shape(one).size - apart)


def still(page, place, lower=0):
    """A picture of a place, or of its lower edge, on which no pointer rests and no focus is."""
    page.mouse.move(0, 0)
    page.evaluate("() => document.activeElement?.blur()")
    return shot(page, place.bounding_box())[-lower:]


def on_and_off_differ_by_a_shape(page):
    """Switches; buttons that stay pressed, or are one of a few, by more than their letters."""
    places = {
        "a method's switch": switch(page, "Momentum").locator(".knob"),
        "a panel's switch": switch(page, "Log scale").or_(switch(page, "Logarithmic loss")).locator(".knob"),
        "a panel that is shown": page.locator("#show").get_by_role("button", name="Gradients"),
        "a tool": button(page, "Batch"),
        "one of two": button(page, "3-D"),
        "a range": button(page, "first epoch"),
    }
    for name, place in places.items():
        lower = 0 if name.endswith("switch") else LOWER
        before = still(page, place, lower)
        place.locator("xpath=ancestor-or-self::button").click()
        after = still(page, place, lower)
        wide = min(before.shape[1], after.shape[1]) - 4
        assert different(before[:, 4:wide], after[:, 4:wide]) >= LEAST, name


def icons_tracks_thumbs_and_edges_are_seen(page):
    button(page, "Table").click()
    rate, step = "Learning rate (SGD, Momentum)", slider(page, "Step")
    tracks = slider(page, rate).locator("xpath=../..").locator(".mantine-Slider-track")
    places = [*page.locator(".icon:visible").all(), tracks, slider(page, rate), step, choice(page, "Threshold"),
              button(page, "Lessons"), switch(page, "Projector").locator(".knob"),
              page.get_by_role("radio", name="heavy ball (PyTorch, Distill)"), page.locator("#explore-open")]
    whole = shot(ready(page))
    for place in places:
        box = place.bounding_box()
        left, top, right, bottom = (
            round(value) for value in (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
        )
        inside, ground = whole[top:bottom, left:right], whole[top - 2, left - 2]
        assert contrasts(inside, np.broadcast_to(ground, inside.shape)).max() >= SEEN, place


def methods_are_told_by_dash_and_mark(page, ink):
    """Of every kind the first; and of one method all, annealed or not, by dash, mark, cut and width."""
    for method in (name for name in OWN if " " not in name):
        kinds = [{"method": method, "schedule": schedule} for schedule in SCHEDULES for _ in range(ORDINALS)]
        styles = page.evaluate("(entries) => lab.theme.styles(entries)", kinds)
        assert {one["colour"] for one in styles} == {ink}
        looks = {(tuple(one["dash"]), one["symbol"], one["cut"], one["width"]) for one in styles}
        assert len(looks) == len(styles), method
    styles = page.evaluate("(entries) => lab.theme.styles(entries)",
                           [{"method": name, "schedule": "Constant"} for name in OWN if " " not in name])
    assert len({tuple(one["dash"]) for one in styles}) == len({one["symbol"] for one in styles}) == len(styles)


def pictures_are_drawn_in_the_system_s_colours(page):
    """In greys between the two, of which one is far from the other."""
    whole = shot(page).astype(int)
    for panel in PANELS[:6]:
        box = page.locator(f"[data-panel={panel}] .plot").bounding_box()
        left, top = round(box["x"]), round(box["y"])
        drawn = whole[top:top + int(box["height"]), left:left + int(box["width"])]
        assert np.ptp(drawn, axis=-1).max() <= 3, panel
        assert contrasts(drawn, np.broadcast_to(drawn[2, 2], drawn.shape)).max() >= 12, panel


def media(page, **features):
    """What Chromium says of the system from now on."""
    listed = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
    page.context.new_cdp_session(page).send("Emulation.setEmulatedMedia", {"features": listed})


def test_a_theme_that_is_switched_on_and_off_dresses_all_and_leaves_nothing_behind(open_page):
    page = open_page()
    before = {panel: picture(page, panel) for panel in PANELS[:6]}
    assert page.locator(SHEET).count() == 0
    assert not any("contrast" in name for name in page.evaluate(ASKED_FOR))
    media(page, forced_colors="active")
    until(page, DRESSED)
    until(page, "() => lab.theme.contestant(0).colour === '#000000'")
    assert all(picture(page, panel) != was for panel, was in before.items())
    media(page, forced_colors="none", prefers_contrast="more")
    until(page, "() => lab.theme.now().soft === lab.theme.now().ink && lab.theme.contestant(0).colour !== '#000000'")
    ink, caption = (page.locator(place).first.evaluate("(node) => getComputedStyle(node).color")
                    for place in ("#sentence", ".setting-caption"))
    assert caption == ink
    assert {*page.evaluate("() => [...document.querySelectorAll('.xtick text')].map((t) => t.style.fill)")} == {ink}
    media(page, forced_colors="none", prefers_contrast="no-preference")
    until(page, "() => lab.theme.now().soft !== lab.theme.now().ink")
    assert {panel: picture(page, panel) for panel in before} == before


def test_the_offline_page_has_all_of_it(browser, tmp_path):
    path = offline.page(Experiment(epochs=2)).save(tmp_path / "run.html")
    page = browser.new_context(viewport=DESKTOP, offline=True, forced_colors="active").new_page()
    watch = Watch(page, path.as_uri(), ())
    page.goto(path.as_uri())
    ready(page)
    until(page, "() => lab.theme.contestant(0).colour === '#000000'")
    knob = switch(page, "Momentum").locator(".knob")
    before = still(page, knob)
    knob.click()
    assert different(before, still(page, knob)) >= LEAST
    page.context.close()
    assert watch.messages == []
