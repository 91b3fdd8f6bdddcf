"""How fast the page is, in a real Chromium before the real server: pictures, answers, bytes and first visits.

Prints figures and judges none; what is to be reached stands beside them. Everything runs on one machine: server,
browser, and a raster without a graphics card, so that a figure is what a modest laptop would show.
"""

import os
import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page

from components.payload.build import build
from optim import SGD, Adam, Constant, Contestant, CosineAnnealing, Experiment, Generated, Momentum, train
from tests import forms, npm
from tests.browser.chromium import chromium
from tests.browser.pages import DESKTOP, ready
from tests.browser.serving import serving

SECONDS = 5.0          # of each play that is measured
PRESSES = 9            # of a key on a slider; the browser holds the last 12 replies
CALM_MS = 1500         # between two presses: the page redraws what Plotly holds when it is idle
POLL_MS = 250          # asked at each frame, the page would have to make frames for the question
VISITS = 5
PAIRS = 9              # of first visits, ours and a bare page's in turn
OURS = "/assets/"
SLIDER = "Learning rate (SGD, Momentum)"
ROUTE = "/ask/run"

# The first Play starts from the beginning, whatever the step; hence the play before.
PLAY = """async ([share, seconds]) => {
    const { fit } = lab.panels, { paint } = fit, times = [];
    fit.paint = (...all) => { times.push(performance.now()); paint(...all); };
    lab.clock.play();
    lab.clock.go(Math.round(share * lab.state.run.steps));
    times.length = 0;
    lab.clock.play();
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
    const playing = lab.state.playing;
    lab.clock.go(0);
    fit.paint = paint;
    return { times, playing };
}"""

# From the key's own time stamp to the first frame after the picture of another run.
LISTEN = """() => {
    const { body } = document;
    lab.measured = new Promise((resolve) => {
        let pressed = 0;
        addEventListener("keydown", (event) => { pressed ||= event.timeStamp; }, { capture: true, once: true });
        const before = body.dataset.run, watch = new MutationObserver(() => {
            if (body.dataset.run === before) return;
            watch.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
        });
        watch.observe(body, { attributes: true, attributeFilter: ["data-run"] });
    });
}"""

ASKED = """(route) => performance.getEntriesByType("resource")
    .filter(({ name }) => name.includes(route)).map((one) => one.duration)"""

READY = """() => {
    new MutationObserver((_, watch) => {
        if (document.body?.dataset.state !== "ready") return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.readyAt = performance.now(); }));
    }).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-state"] });
}"""

# The bare page is there when Plotly has drawn its one graph.
BARE_READY = """() => {
    const look = () => {
        if (!document.querySelector(".js-plotly-plot .main-svg")) requestAnimationFrame(look);
        else setTimeout(() => { window.readyAt = performance.now(); });
    };
    look();
}"""

ASK = """async ([route, values]) => {
    const body = JSON.stringify({ n: 0, values });
    const reply = await fetch(route, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    return (await reply.text()).length;
}"""


def load() -> str:
    return " ".join(f"{one:.2f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.goto(address)
    return ready(page)


def busy(session: CDPSession) -> float:
    """Seconds of the processor that the page's main thread has had so far."""
    return {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}["ThreadTime"]


def pictures(page: Page, share: float) -> str:
    """Play from this share of the steps on and count."""
    page.wait_for_timeout(2 * CALM_MS)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = busy(session)
    played = page.evaluate(PLAY, [share, SECONDS])
    worked, times = busy(session) - before, played["times"]
    if not played["playing"]:
        raise RuntimeError("The play was over before its time.")
    gaps = sorted(b - a for a, b in pairwise(times))
    rate = 1000 * len(gaps) / (times[-1] - times[0])
    return (f"{rate:5.1f} pictures a second, {1000 * worked / len(times):4.1f} ms of the main thread each, "
            f"19 of 20 within {gaps[len(gaps) * 19 // 20]:.0f} ms, longest gap {gaps[-1]:.0f} ms")


def eight() -> dict:
    """A payload of eight methods over 2,000 steps, each of them shown."""
    methods = [SGD(0.001), Momentum(0.001, 0.95), Adam(1, (0.7, 0.9)), Adam(0.3)] * 2
    schedules = [Constant()] * 4 + [CosineAnnealing(), CosineAnnealing(50)] * 2
    contestants = [
        Contestant(f"Method {i}", method, schedule)
        for i, (method, schedule) in enumerate(zip(methods, schedules, strict=True), 1)
    ]
    experiment = Experiment(epochs=500, data=Generated(size=4, noise=3), contestants=contestants)
    return build(experiment, train(experiment))


def print_playing(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    print(f"Playing at 1x, six panels, {SECONDS:g} s of the second half, where each frame has another step. The first")
    print("quarter paints less by design: it starts slowly, and a picture is painted only when the step changes.")
    print(f"  default, 4 methods x 1,500 steps    {pictures(page, 0.25)}   (to reach: 55)")
    print(f"  the same from its first step        {pictures(page, 0.0)}")
    page.evaluate("(payload) => lab.stage.show(lab.decoding.read(payload), { places: lab.methodsList.carry })", eight())
    print(f"  8 methods x 2,000 steps             {pictures(page, 0.25)}   (to reach: 50)")
    page.context.close()


def press(page: Page, key: str) -> tuple[float, float | None]:
    """Milliseconds from a key press on a slider to the picture, and those of its request, if there was one."""
    page.wait_for_timeout(CALM_MS)
    page.evaluate("() => performance.clearResourceTimings()")
    page.evaluate(LISTEN)
    page.get_by_role("slider", name=SLIDER, exact=True).press(key)
    took = page.evaluate("() => lab.measured")
    asked = page.evaluate(ASKED, ROUTE)
    return took, asked[0] if asked else None


def print_answers(browser: Browser, address: str) -> None:
    print(f"From a key press on a slider to the new run's picture, median (lowest to highest) of {PRESSES}:")

    def say(title: str, pressed: list[tuple[float, float | None]], goal: int) -> None:
        took, asked = [one for one, _ in pressed], [one for _, one in pressed if one is not None]
        request = f", {statistics.median(asked):.0f} ms of it the request" if asked else ", no request"
        print(f"  {title:<34}{statistics.median(took):5.0f} ms ({min(took):.0f} to {max(took):.0f}){request}"
              f"   (to reach: {goal})")

    first, second = opened(browser, address), opened(browser, address)
    say("never trained", [press(first, "ArrowRight") for _ in range(PRESSES)], 170)
    say("from the server's cache", [press(second, "ArrowRight") for _ in range(PRESSES)], 120)
    say("held by the browser", [press(second, "ArrowLeft") for _ in range(PRESSES)], 80)
    for page in (first, second):
        page.context.close()


LARGE = {
    "default": {},
    "default with noise 20": {"noise": 20},
    "2,000 steps: 500 epochs of 4 points": {"epochs": 500, "points": 4, "noise": 20},
    "2,000 steps: 1,000 epochs of 2 points": {"epochs": 1000, "points": 2, "noise": 20},
    "60,000 steps: 1,000 epochs of 60 points": {"epochs": 1000, "points": 60, "noise": 20},
}


def print_payloads(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    print("A run as it is sent, compressed (to reach: 150 kB for the default, 600 kB for any):")
    for name, values in LARGE.items():
        with page.expect_response(lambda reply: ROUTE in reply.url) as caught:
            raw = page.evaluate(ASK, [ROUTE, values])
        reply = caught.value
        size = reply.request.sizes()["responseBodySize"]
        encoding = reply.headers.get("content-encoding", "not compressed")
        print(f"  {name:<42}{size / 1000:6.0f} kB {encoding} of {raw / 1000:.0f} kB")
    page.context.close()


class Transfers:
    """What a page fetches, by address, in bytes over the wire, headers included."""

    def __init__(self, page: Page) -> None:
        self.bytes: dict[str, float] = {}
        self._urls: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _asked(self, event: dict) -> None:
        self._urls[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict) -> None:
        url = self._urls.get(event["requestId"], "")
        if event["encodedDataLength"] and url.startswith("http"):
            self.bytes[url] = self.bytes.get(url, 0) + event["encodedDataLength"]


def new_page(browser: Browser, condition: str = READY) -> Page:
    """A page of a browser that has never been anywhere."""
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.add_init_script(f"({condition})()")
    return page


def visit(page: Page, address: str) -> tuple[float, Transfers]:
    """Seconds until the page is ready, and what it fetched until it was idle."""
    transfers = Transfers(page)
    page.goto(address)
    page.wait_for_function("() => window.readyAt", polling=POLL_MS)
    page.wait_for_timeout(CALM_MS)
    return page.evaluate("() => window.readyAt") / 1000, transfers


def print_visits(browser: Browser, address: str) -> None:
    def say(title: str, seconds: list[float], transfers: Transfers) -> None:
        spread = f" ({min(seconds):.1f} to {max(seconds):.1f})" if len(seconds) > 1 else ""
        size, count = sum(transfers.bytes.values()) / 1000, len(transfers.bytes)
        print(f"  {title:<42}{statistics.median(seconds):5.2f} s{spread}, {size:,.0f} kB in {count} transfers")

    print("Visits, from the address to ready:")
    page = new_page(browser)
    seconds, transfers = visit(page, address)
    say("first of all, the server just started", [seconds], transfers)
    for url, size in sorted(transfers.bytes.items(), key=lambda one: -one[1])[:8]:
        name = url.removeprefix(address).partition("?")[0].rpartition("/")[2] or "the page itself"
        print(f"    {size / 1000:8.0f} kB  {name}")
    page.context.close()
    firsts = []
    for _ in range(VISITS):
        page = new_page(browser)
        seconds, transfers = visit(page, address)
        firsts.append(seconds)
        if len(firsts) < VISITS:
            page.context.close()
    say(f"first of a browser, median of {VISITS}", firsts, transfers)
    again = [visit(page, address) for _ in range(VISITS)]
    say(f"again, median of {VISITS}", [seconds for seconds, _ in again], again[-1][1])
    page.context.close()


def print_ratio(browser: Browser) -> None:
    """First visits of the lab and of a bare page of its libraries, in turn, each server having been visited before."""
    with serving(LAB_CACHE="memory") as ours, serving(program="tests.benchmarks.bare") as bare:
        seconds, kinds = {ours: [], bare: []}, {ours: READY, bare: BARE_READY}
        for _ in range(PAIRS + 1):
            for address, condition in kinds.items():
                page = new_page(browser, condition)
                took, transfers = visit(page, address)
                seconds[address].append(took)
                page.context.close()
                if address == ours:
                    own = [size for url, size in transfers.bytes.items() if url.startswith(address + OURS)]
        lab, libraries = (statistics.median(seconds[address][1:]) for address in kinds)
        ratios = sorted(one / other for one, other in list(zip(*seconds.values(), strict=True))[1:])
        print(f"  beside a bare page of the same libraries  {lab / libraries:5.2f} times as long "
              f"({ratios[0]:.2f} to {ratios[-1]:.2f}): {lab:.2f} s and {libraries:.2f} s, medians of {PAIRS} pairs "
              f"(to reach: 1.5)")
        print(f"  of our own before the first picture       {len(own)} requests, {sum(own) / 1000:.0f} kB with their "
              f"headers (without, to stay within: 90 and 125)")


def print_built(browser: Browser) -> None:
    """First visits of the built form, as the image has it, and of the files apart and the whole plotly.js, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        root = forms.built(Path(folder))
        if root is None:
            print(f"  {npm.MISSING}")
            return
        roots = forms.apart(Path(folder)), root
        with serving(LAB_CACHE="memory", root=roots[0]) as apart, serving(LAB_CACHE="memory", root=roots[1]) as built:
            seconds, fetched = {apart: [], built: []}, {}
            for _ in range(PAIRS + 1):
                for address in seconds:
                    page = new_page(browser)
                    took, fetched[address] = visit(page, address)
                    seconds[address].append(took)
                    page.context.close()
        ratios = sorted(one / other for one, other in list(zip(seconds[built], seconds[apart], strict=True))[1:])
        sizes = fetched[built].bytes
        print(f"  as built for the image                    {statistics.median(ratios):5.2f} of the time of the files "
              f"apart ({ratios[0]:.2f} to {ratios[-1]:.2f}), the median of {PAIRS} pairs (to reach: 0.65), "
              f"{sum(sizes.values()) / 1000:,.0f} kB in {len(sizes)} transfers (to stay within: 1,250 and 20)")


def main() -> None:
    """Print every figure, with the machine's load before and after: without it they mean little."""
    start = time.perf_counter()
    with chromium() as browser:
        print(f"Chromium {browser.version}, {os.cpu_count()} cores, load {load()} (1, 5 and 15 minutes)")
        for part in (print_visits, print_playing, print_answers, print_payloads):
            with serving(LAB_CACHE="memory") as address:
                part(browser, address)
            if part is print_visits:
                print_ratio(browser)
                print_built(browser)
    print(f"Load at the end, after {time.perf_counter() - start:.0f} s: {load()}")


if __name__ == "__main__":
    main()
