"""The lab as a test handles it: waits, sets, and reads canvases. Knows the page's names; judges nothing."""

from playwright.sync_api import Locator, Page, expect

from components.panels import HEADS
from components.settings import parsing
from components.settings.table import DEFAULTS, FORM, SLIDERS
from components.settings.values import text
from optim import Experiment
from tests.browser.pages import PATIENCE_MS

TIMED = ("loss", "parameters", "rate")
PANELS = tuple(HEADS)
"""All there are, in the order of the page."""
FORM_SLIDERS = {key: setting for key, setting in SLIDERS.items() if key in FORM}
QUESTION = "Four methods look for the line through these 30 points. Which is there first, and which stays?"
"""What the headline asks of the article's run, until something happens in it."""
LABELS = tuple(contestant.label for contestant in Experiment().contestants)


def experiment(**changes) -> Experiment:
    """The article's comparison with these settings changed."""
    return parsing.parse(DEFAULTS | changes).experiment


def shows(page: Page, run: Experiment | None = None, **marks) -> None:
    """Wait until document.body.dataset says so: `shows(page, run=experiment(), step=30, playing=False)`."""
    body = page.locator("body")
    if run:
        marks = {"run": run.digest, "state": "ready", **marks}
    for name, value in marks.items():
        expect(body).to_have_attribute(f"data-{name}", str(value).lower() if isinstance(value, bool) else str(value))


def rests(page: Page) -> None:
    """Wait until nothing has moved for a moment, and Fit is as close as it will be.

    Not while it plays, nor where time is a test's own (playwright's clock): there nothing comes to rest by itself.
    """
    moves = """async () => document.body.dataset.playing === "true" || Boolean(globalThis.__pwClock) ||
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(false))))"""
    if page.evaluate(moves):
        return
    shows(page, still=True)
    expect(page.locator("body:not([data-gliding])")).to_be_attached()


def step(page: Page) -> int:
    return int(page.locator("body").get_attribute("data-step"))


def resize(page: Page, size: dict) -> None:
    """Give the window a size, and wait for the picture in which the page is told of it."""
    page.set_viewport_size(size)
    until(page, "(width) => innerWidth === width", size["width"])
    page.evaluate("() => new Promise(requestAnimationFrame)")


def fitted(page: Page) -> None:
    """Wait until each plot on view has the size of its place: that comes in the picture after the place has changed."""
    until(page, """() => [...lab.boards.values()].every(({ figure, canvas, graph }) => {
        if (!figure.offsetParent) return true;
        const { width, height } = graph._fullLayout, box = graph.getBoundingClientRect();
        const near = (one, other) => Math.abs(one - other) < 1;
        return near(canvas.clientWidth, box.width) && near(width, box.width)
            && near(canvas.clientHeight, box.height) && near(height, box.height);
    })""")


def slowly(page: Page) -> None:
    """Let a play last 48 s: on a busy machine one of 12 may be over before a test has done what it does meanwhile."""
    page.evaluate("() => lab.clock.set({ speed: 0.25 })")


def until(page: Page, condition: str, arg: object = None) -> None:
    """Wait until a function of the page, `(arg) => condition`, is true."""
    met = page.evaluate(
        """async (arg) => {
            const met = CONDITION, end = Date.now() + PATIENCE;
            while (!met(arg)) {
                if (Date.now() > end) return false;
                await new Promise(requestAnimationFrame);
            }
            return true;
        }""".replace("CONDITION", condition).replace("PATIENCE", str(PATIENCE_MS)),
        arg,
    )
    assert met, f"This never came true: {condition} of {arg!r}"


def slider(page: Page, label: str) -> Locator:
    return page.get_by_role("slider", name=label, exact=True)


def field(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def button(page: Page, label: str) -> Locator:
    """A button of this name, or one of a group of which one is chosen."""
    plain, radio = (page.get_by_role(role, name=label, exact=True) for role in ("button", "radio"))
    return plain.or_(radio)


def switch(page: Page, label: str) -> Locator:
    return page.get_by_role("switch", name=label, exact=True)


def choice(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=label, exact=True)


def write(page: Page, label: str, words: str) -> None:
    """Type into a setting's field and commit it."""
    field(page, label).fill(words)
    field(page, label).press("Enter")


def look_for(page: Page, name: str) -> None:
    """Choose an entry of the menu "Try"."""
    button(page, "Try").click()
    page.get_by_role("menuitem", name=name, exact=True).click()


def seek(page: Page, k: int) -> None:
    """Move the slider 'Step' to step k, as a hand does, and let it rest there."""
    page.get_by_role("slider", name="Step", exact=True).fill(str(k))
    shows(page, step=k)
    rests(page)


def grab(page: Page, label: str) -> tuple[float, float]:
    """Press the pointer on a slider's thumb; returns its place."""
    box = slider(page, label).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


def drop(page: Page, label: str, x: float) -> float:
    """Let a slider's thumb go at x; returns the value of the stop there, once the form shows it."""
    setting = next(one for one in SLIDERS.values() if one.label == label)
    page.mouse.up()
    until(
        page,
        """([name, x, step]) => {
            const thumb = document.querySelector(`[role=slider][aria-label="${name}"]`);
            const box = thumb.getBoundingClientRect(), track = thumb.parentElement.getBoundingClientRect();
            const [least, most] = ["min", "max"].map((end) => thumb.getAttribute(`aria-value${end}`));
            const stop = step * track.width / (most - least);
            return Math.abs(box.left + box.width / 2 - x) <= 0.51 * stop + 1;
        }""",
        [label, x, setting.scale.step],
    )
    value = setting.scale.value(float(slider(page, label).get_attribute("aria-valuenow")))
    expect(field(page, label)).to_have_value(text(setting, value))
    return value


def drag_slider(page: Page, label: str, dx: float, moves: int = 5) -> float:
    """Drag a slider's thumb so far in so many moves, and let it go; returns the value there."""
    x, y = grab(page, label)
    page.mouse.move(x + dx, y, steps=moves)
    return drop(page, label, x + dx)


def figure(page: Page, title: str) -> Locator:
    return page.get_by_role("figure", name=title, exact=True)


def axis(page: Page, panel: str, name: str) -> dict:
    """`range`, `type`, `title` and `visible` of an axis, as Plotly has drawn it."""
    return page.evaluate(
        """([panel, name]) => {
            const { range, type, title, visible } = lab.boards.get(panel).graph._fullLayout[name];
            return { range: [...range], type, title: title.text, visible };
        }""",
        [panel, name],
    )


def drag(page, panel, start, end):
    """Draw a zoom box between two points of a panel's plot, each as shares of its width and height."""
    box = page.locator(f"[data-panel={panel}] .nsewdrag").first.bounding_box()
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=4)
    page.mouse.up()


def apart(page: Page) -> None:
    """Wait until what follows is a gesture of its own: what goes down within half a second of a press, a drag's too, is
    part of a double click."""
    until(page, """() => [...lab.boards.values()].every(({ graph }) =>
        !(Date.now() - graph._mouseDownTime <= graph._context.doubleClickDelay))""")


def double_click(page: Page, panel: str) -> None:
    """Click twice in the middle of a panel's plot."""
    box = page.locator(f"[data-panel={panel}] .nsewdrag").first.bounding_box()
    double_click_at(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def double_click_at(page: Page, x: float, y: float) -> None:
    """Click twice at one moment, for on a busy machine half a second may pass between."""
    apart(page)
    page.evaluate("""() => {
        const moment = Date.now(), now = performance.now(), { prototype } = Date, { getTime } = prototype;
        prototype.getTime = () => moment;
        performance.now = () => now;
        window.goOn = () => {
            prototype.getTime = getTime;
            delete performance.now;
        };
    }""")
    page.mouse.dblclick(x, y)
    page.evaluate("() => goOn()")


def on_view(page, panel, name="xaxis"):
    """An axis' range, once the page has painted what it was told to."""
    page.evaluate("() => lab.draw()")
    return axis(page, panel, name)["range"]


def number(value):
    """As a person would write it in two digits."""
    return f"{value:.1e}".replace("e-0", "e-").replace("-", "−")


def words(page: Page, panel: str) -> list[str]:
    """What is written on a panel's canvas."""
    return page.evaluate(
        """(panel) => {
            const { canvas } = lab.boards.get(panel);
            const { prototype } = CanvasRenderingContext2D, write = prototype.fillText, said = [];
            prototype.fillText = function (text, ...more) {
                if (this.canvas === canvas) said.push(text);
                write.call(this, text, ...more);
            };
            lab.draw();
            prototype.fillText = write;
            return said;
        }""",
        panel,
    )


def picture(page: Page, panel: str) -> str:
    """A panel's canvas at rest as an image, to tell whether it changed."""
    rests(page)
    return page.evaluate(f"(panel) => {{ lab.draw(); return ({COPY})(panel).canvas.toDataURL(); }}", panel)


def colour(page: Page, panel: str, x: float, y: float) -> list[int]:
    """Red, green, blue and alpha of a panel's canvas at CSS pixels of its graph."""
    return page.evaluate(
        """([panel, x, y]) => {
            const { ctx, per } = (COPY)(panel);
            return [...ctx.getImageData(Math.round(x * per), Math.round(y * per), 1, 1).data];
        }""".replace("COPY", COPY),
        [panel, x, y],
    )


def painted(page: Page, panel: str) -> tuple[int, float]:
    """How many pixels of a panel's canvas are not empty, and how many stand on a CSS pixel's side."""
    found = page.evaluate(
        """(panel) => {
            lab.draw();
            const { canvas, ctx, per } = (COPY)(panel);
            const { data } = ctx.getImageData(0, 0, canvas.width, canvas.height);
            return [data.filter((value, i) => i % 4 === 3 && value > 0).length, per];
        }""".replace("COPY", COPY),
        panel,
    )
    return tuple(found)


COPY = """(panel) => {
    const { canvas: drawn, graph } = lab.boards.get(panel);
    const canvas = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height });
    const ctx = canvas.getContext("2d", { willReadFrequently: true });
    ctx.drawImage(drawn, 0, 0);
    return { canvas, ctx, per: drawn.width / graph.clientWidth };
}"""
"""A panel's canvas copied to one that may be read: reading the page's own would slow it, and Chromium says so."""


def wind(page, ms):
    """Wind the clock as on a slow machine, which shows four pictures a second or so: time is not slowed."""
    for _ in range(int(ms // 250)):
        page.clock.fast_forward(230)
        page.clock.run_for(20)
    page.clock.fast_forward(ms % 250)
    page.clock.run_for(20)
