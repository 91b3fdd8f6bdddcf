"""Pictures and films of the panels: sharp, complete, of the step and range on view; the page itself stays as it is."""

import random
import xml.etree.ElementTree as ElementTree

import pytest
from playwright.sync_api import expect

from tests.browser.lab import button, choice, experiment, look_for, painted, picture, seek, shows, until
from tests.browser.movies import gif, webm_times
from tests.browser.pages import PHONE
from tests.browser.test_files import files, saved

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    return {"".join(one.itertext()) for one in svg.iter(f"{SVG}text")}


def test_pictures_show_the_step_as_vectors_and_as_pixels(page):
    seek(page, 300)
    choice(page, "Gradient view").select_option("last 90 steps")
    files(page)
    page.evaluate("() => lab.change({})")  # trails that were drawn piece by piece are drawn whole
    before = {panel: picture(page, panel) for panel in ("fit", "loss", "landscape", "gradients")}
    name, data = saved(page, "Save picture as SVG")
    assert name == "descent-lab-panels-step-300.svg"
    svg = ElementTree.fromstring(data)
    said = texts(svg)
    assert {"Fit", "Loss", "Landscape", "Parameters", "Gradients", "Learning rate", "SGD", "Adam with annealing",
            "step 300 of 1,500 · epoch 10 of 50", "true 1.5", "true −28", "steps before now", "300"} <= said
    assert not list(svg.iter(f"{SVG}image"))
    ids = {one.get("id") for one in svg.iter() if one.get("id")}
    used = {one.get("href")[1:] for one in svg.iter(f"{SVG}use") if one.get("href")}
    assert used
    assert used <= ids
    colours = {one.get("stroke") for one in svg.iter(f"{SVG}path")}
    assert set(page.evaluate("() => [0, 1, 2, 3].map((c) => lab.theme.contestant(c).colour)")) <= colours
    shows(page, step=300)
    expect(page.locator(".studio")).to_have_count(0)
    assert [panel for panel in before if picture(page, panel) != before[panel]] == []
    button(page, "Enlarge Fit").click()  # the other panels are not on view, and can be saved
    choice(page, "Picture of").select_option("Loss")
    name, data = saved(page, "Save picture as PNG")
    assert name == "descent-lab-loss-step-300.png"
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(data[at:at + 4], "big") for at in (16, 20))
    assert (width, height) == tuple(3 * side for side in page.evaluate(
        """async () => {
            const { pictures } = await lab.module("export/image.js"), { width, height } = pictures.plan("loss");
            return [width, height];
        }"""))


def test_a_surface_in_the_dark_on_a_phone(open_page):
    page = open_page(size=PHONE, scheme="dark", has_touch=True)
    page.evaluate("() => lab.settings.set({ problem: 'booth' }, 'problem')")
    until(page, "() => lab.state.run.family === 'booth' && document.body.dataset.state === 'ready'")
    button(page, "Landscape").click()
    button(page, "3-D").click()
    until(page, "() => document.querySelector('.relief').hidden === false")
    files(page)
    choice(page, "Picture of").select_option("Landscape")
    _, data = saved(page, "Save picture as SVG")
    svg = ElementTree.fromstring(data)
    assert {"Landscape", "x", "y"} <= texts(svg)
    assert sum(1 for _ in svg.iter(f"{SVG}path")) > 5000  # the surface's cells
    _, data = saved(page, "Save picture as PNG")
    assert len(data) > 50_000
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_films_last_as_long_as_a_play_and_can_be_given_up(page):
    look_for(page, "Restarts every 10 epochs")
    shows(page, run=experiment(period=10))
    page.evaluate("() => lab.clock.set({ speed: 8 })")
    seek(page, 100)
    files(page)
    choice(page, "Picture of").select_option("Loss")
    name, data = saved(page, "Save animation as GIF")
    assert name == "descent-lab-loss.gif"
    film = gif(data)
    assert len(film.delays) == 18
    assert sum(film.delays) == pytest.approx(100 * (1.5 + 2), rel=0.1)
    assert None not in film.last
    page.evaluate("() => lab.clock.set({ speed: 2 })")  # this film is made as it plays, maybe of few pictures
    name, data = saved(page, "Save animation as WebM")
    assert name == "descent-lab-loss.webm"
    times = webm_times(data)
    assert len(times) > 5
    assert times == sorted(times)
    assert 1500 < times[-1] < 20_000
    shows(page, step=100, playing=False)
    page.evaluate("() => lab.clock.set({ speed: 0.25 })")
    button(page, "Save animation as GIF").click()
    expect(page.locator(".files-status")).to_contain_text("Making the GIF")
    button(page, "Give up").click()
    expect(page.locator(".files-status")).to_have_text("Given up.")
    expect(button(page, "Give up")).not_to_be_visible()
    assert painted(page, "loss")[0] > 500


def test_a_gif_holds_the_pixels_it_was_given(page):
    """Noise makes every code that there is, and starts the table anew more than once."""
    draw, width, height = random.Random(3), 160, 120
    steps = range(4, 256, 48)
    colours = [(r, g, b) for r in steps for g in steps for b in steps]
    first = [draw.choice(colours) for _ in range(width * height)]
    second = [draw.choice(colours) if draw.random() < 0.2 else one for one in first]
    flat = [[value for colour in one for value in (*colour, 255)] for one in (first, second)]
    data = page.evaluate(
        """async ([width, height, pictures]) => {
            const { gif } = await lab.module("export/gif.js"), file = gif.start(width, height, pictures);
            for (const one of pictures) file.add(one, 0.055);
            file.add(pictures[1], 0.055);
            return [...file.end()];
        }""",
        [width, height, flat],
    )
    film = gif(bytes(data))
    assert (film.width, film.height) == (width, height)
    assert film.delays == [6, 5, 6]
    assert film.last == second
