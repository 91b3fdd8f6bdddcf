"""`make screenshots`: takes the pictures of README.md anew, from the real page. Knows what each shows."""

import struct
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page

from components.offline import page as offline
from optim import Experiment
from tests.browser.chromium import chromium
from tests.browser.pages import DESKTOP, PHONE, ready
from tests.browser.pixels import decoded
from tests.browser.serving import serving

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SETTLED_MS = 2500  # Plotly redraws what it holds, the contours say, when the page has been idle for a moment


def play_until(page: Page, step: int) -> None:
    """As the page looks at this step of a play, where what lies ahead is hidden."""
    page.evaluate("(step) => { lab.state.playing = true; lab.seek(step); }", step)


def show(page: Page, *panels: str) -> None:
    """These panels on view; all of them where none is named."""
    page.evaluate("(names) => lab.onView.set.open(names || lab.onView.all.join())", ",".join(panels))
    ready(page)


def choose(page: Page, name: str) -> None:
    """An entry of the menu "Try"."""
    before = page.locator("body").get_attribute("data-run")
    page.get_by_role("button", name="Try", exact=True).click()
    page.get_by_role("menuitem", name=name).click()
    page.locator(f'body[data-state="ready"]:not([data-run="{before}"])').wait_for()


def start(page: Page) -> None:
    """Nothing is done: the page as it opens."""


def playing(page: Page) -> None:
    """Momentum and SGD still on their way, Adam trembling around the optimum, in all panels."""
    show(page)
    play_until(page, 420)


def diverged(page: Page) -> None:
    """A learning rate of .03 is too much for SGD and Momentum."""
    choose(page, "Too hot")
    page.get_by_role("button", name="End", exact=True).click()


def methods(page: Page) -> None:
    """A list of one's own: two methods more, and Momentum with another beta beside what it was."""
    page.get_by_role("button", name="+ Add method").click()
    for name in ("Nesterov", "RMSProp"):
        page.locator("#methods-add").click()
        page.get_by_role("menuitem", name=name, exact=True).click()
    page.get_by_role("button", name="Momentum rate 0.001").click()
    page.get_by_role("button", name="Pin Momentum").click()
    field = page.get_by_role("textbox", name="Beta", exact=True)
    field.fill("0.99")
    field.press("Enter")
    page.locator('body[data-state="ready"]').wait_for()
    play_until(page, 420)


def pose(page: Page, name: str) -> None:
    """A problem of the drawer, which is closed again."""
    before = page.locator("body").get_attribute("data-run")
    page.locator("#problem-open").click()
    page.get_by_role("radio", name=name, exact=True).check()
    page.locator(f'body[data-state="ready"]:not([data-run="{before}"])').wait_for()
    page.get_by_role("region", name="Problem", exact=True).get_by_role("button", name="Close").click()


def surface(page: Page) -> None:
    """On the slope of a hill: the first steps have decided who ends in which valley."""
    pose(page, "Three hills")
    show(page, "landscape", "loss", "parameters")
    play_until(page, 45)


def network(page: Page) -> None:
    """Eight tanh units have found the curve."""
    pose(page, "Tiny network")
    play_until(page, 1500)


def tool(page: Page, name: str) -> None:
    """A drawer of the header."""
    page.locator("#tools").get_by_role("button", name=name, exact=True).click()
    page.locator(f"#drawer-{name.lower()}:not([hidden])").wait_for()


def lesson(page: Page) -> None:
    """The lesson on two cures for the trembling: guessed, and what really happens."""
    tool(page, "Lessons")
    page.get_by_role("button", name="Two cures").click()
    page.get_by_role("button", name="Only annealing").click()
    page.locator('body[data-state="ready"][data-playing="false"]').wait_for()


def microscope(page: Page) -> None:
    """The arithmetic of one of Adam's steps, with the point that it looks at."""
    page.evaluate("() => lab.seek(420)")
    tool(page, "Microscope")
    page.locator("#drawer-microscope select").first.select_option(label="Adam")
    page.locator("#drawer-microscope").get_by_role("switch", name="Mark the batch").click()


def theory(page: Page) -> None:
    """What is predicted lies on what happens."""
    tool(page, "Theory")
    page.get_by_role("switch", name="Theory on the picture").click()
    page.evaluate("() => lab.seek(600)")


def code(page: Page) -> None:
    """Adam with annealing as a program."""
    tool(page, "Share")
    page.get_by_role("button", name="Show the code").click()
    page.locator("dialog[open] select").select_option(label="Adam with annealing")


def builder(page: Page) -> None:
    """A frame with three panels, as a teacher makes it."""
    tool(page, "Share")
    page.get_by_role("button", name="Link builder").click()
    page.locator("dialog[open] iframe").wait_for()
    page.frame_locator("dialog[open] iframe").locator('body[data-state="ready"]').wait_for()


def taken_away(page: Page) -> None:
    """The offline page, opened from its file in the middle of a play."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "descent-lab.html"
        offline.page(Experiment()).save(file)
        page.goto(file.as_uri())
        ready(page)
    play_until(page, 420)


def explore(page: Page, name: str) -> None:
    """A panel that explores alone on view, with all that it asks for."""
    show(page, name)
    page.locator(f'.panel[data-panel="{name}"] .foot[data-is="whole"]').wait_for()


def noisy(page: Page) -> None:
    """Points that scatter about the line."""
    before = page.locator("body").get_attribute("data-run")
    page.get_by_role("textbox", name="Noise", exact=True).fill("3")
    page.keyboard.press("Enter")
    page.locator(f'body[data-state="ready"]:not([data-run="{before}"])').wait_for()


def sweep(page: Page) -> None:
    """Every method at 241 learning rates."""
    explore(page, "sweep")


def race(page: Page) -> None:
    """Four methods as given, at their best rates, and at one rate, on points that scatter."""
    noisy(page)
    explore(page, "race")


def stability(page: Page) -> None:
    """The learning rate by Momentum's beta, and a cell's path."""
    explore(page, "stability")
    cells = page.get_by_role("application", name="Cells of the map")
    cells.focus()
    for key in ("ArrowRight",) * 9 + ("ArrowUp",) * 4:
        cells.press(key)


def basins(page: Page) -> None:
    """Where four methods end on Himmelblau's surface, in steps enough for most starts."""
    pose(page, "Himmelblau")
    field = page.get_by_role("textbox", name="Steps", exact=True)
    field.fill("150")
    field.press("Enter")
    page.locator('body[data-state="ready"][data-steps="150"]').wait_for()
    explore(page, "basins")


def finder(page: Page) -> None:
    """What a growing rate suggests."""
    explore(page, "finder")


def seeds(page: Page) -> None:
    """The losses of a hundred seeds, in the middle of a run."""
    noisy(page)
    explore(page, "seeds")
    page.evaluate("() => lab.seek(600)")


def landscape(page: Page) -> None:
    """Another panel on a phone, in the middle of a play."""
    page.locator("#show").get_by_text("Landscape", exact=True).click()
    ready(page)
    play_until(page, 420)


PICTURES: dict[str, tuple[Callable[[Page], None], dict]] = {
    "start": (start, {"viewport": DESKTOP}),
    "playing-dark": (playing, {"viewport": DESKTOP, "color_scheme": "dark"}),
    "diverged": (diverged, {"viewport": DESKTOP}),
    "surface": (surface, {"viewport": DESKTOP, "color_scheme": "dark"}),
    "network": (network, {"viewport": DESKTOP}),
    "methods": (methods, {"viewport": DESKTOP}),
    "lesson": (lesson, {"viewport": DESKTOP}),
    "microscope": (microscope, {"viewport": DESKTOP}),
    "theory": (theory, {"viewport": DESKTOP}),
    "sweep": (sweep, {"viewport": DESKTOP}),
    "race": (race, {"viewport": DESKTOP}),
    "stability": (stability, {"viewport": DESKTOP, "color_scheme": "dark"}),
    "basins": (basins, {"viewport": DESKTOP}),
    "seeds": (seeds, {"viewport": DESKTOP}),
    "finder": (finder, {"viewport": DESKTOP, "color_scheme": "dark"}),
    "builder": (builder, {"viewport": DESKTOP}),
    "offline": (taken_away, {"viewport": DESKTOP, "color_scheme": "dark"}),
    "code": (code, {"viewport": DESKTOP}),
    "phone": (landscape, {"viewport": PHONE, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}),
}


def smaller(browser: Browser, png: bytes) -> bytes:
    """The same picture in two thirds of the bytes: rows unfiltered, which suits flat areas, and 6 bits a colour.

    PNG (ISO/IEC 15948): signature, then chunks of length, kind, data and CRC-32; each row begins with its filter, 0.
    """
    colours = decoded(browser, png)
    height, width, _ = colours.shape
    rounded = np.round(np.round(colours * (63 / 255)) * (255 / 63)).astype(np.uint8)
    rows = np.pad(rounded.reshape(height, -1), ((0, 0), (1, 0))).tobytes()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def take(browser: Browser, address: str, name: str) -> Path:
    """One picture, as a PNG file."""
    prepare, context = PICTURES[name]
    page = browser.new_context(**context).new_page()
    page.goto(address)
    ready(page)
    prepare(page)
    page.mouse.move(0, 0)
    page.wait_for_timeout(SETTLED_MS)
    file = FOLDER / f"{name}.png"
    file.write_bytes(smaller(browser, page.screenshot()))
    page.context.close()
    return file


def main() -> None:
    """Take those that are named, or all, and say where they are and how large."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving(LAB_CACHE="memory") as address, chromium() as browser:
        for name in sys.argv[1:] or PICTURES:
            file = take(browser, address, name)
            print(f"{file.relative_to(FOLDER.parents[1])}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
