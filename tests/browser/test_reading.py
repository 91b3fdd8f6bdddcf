"""What the browser makes of a payload: every number, the loss anywhere, and the contours, held to what Python says."""

from itertools import pairwise

import numpy as np
import pytest

from components.payload.build import build
from optim import SGD, Adam, Contestant, Dataset, Experiment, Generated, train

RUNS = {
    "every step": Experiment(epochs=2),
    "every third step": Experiment(epochs=12, data=Generated(size=500, noise=3)),
    "diverging": Experiment(epochs=3, contestants=[Contestant("hot", SGD(1.0)), Contestant("calm", Adam(1))]),
    "one step": Experiment(epochs=1, batch_size=2, data=Generated(size=2)),
}
LANDSCAPES = {
    "default": Experiment(epochs=1),
    "noise": Experiment(epochs=1, data=Generated(seed=3, size=100, noise=20)),
    "steep": Experiment(epochs=1, true_params=(100, -100), start=(-100, 100)),
    "close to the optimum": Experiment(epochs=1, start=(1.500001, -28)),
    "at the optimum": Experiment(epochs=1, start=(1.5, -28)),
    "all x equal": Experiment(epochs=1, data=Dataset([3, 3, 3], [1, 2, 4])),
}
# Numbers that JSON lacks come as text.
READ = """(payload) => {
    const run = lab.decoding.read(payload), plain = (row) => Array.from(row, String);
    const texts = (table) => Object.fromEntries(Object.entries(table).map(([name, row]) => [name, plain(row)]));
    return {
        shown: Array.from({ length: run.drawn }, (_, i) => run.stepOf(i)),
        rows: Array.from({ length: run.steps + 1 }, (_, k) => run.row(k)),
        exact: run.exact.map(texts),
        summary: run.summary.map((table) => run.summaries.map((name) => texts(table[name]))),
        gone: run.contestants.map((_, c) => Array.from({ length: run.steps + 1 }, (_, k) => run.gone(c, k))),
    };
}"""
LOSSES = "([payload, points]) => points.map((params) => lab.losses.loss(lab.decoding.read(payload), params))"
CONTOURS = """async ([payload, x, y]) => {
    const { contours } = await lab.module("plot/contours.js");
    const run = lab.decoding.read(payload), grid = contours.grid(run, lab.slices.of(run, { plane: "main" }), x, y);
    const places = grid.levels.map((_, i) => grid.crossings(i).map((edge) => grid.exactly(i, edge)));
    return { ...grid, places, losses: places.map((list) => list.map((at) => lab.losses.loss(run, at))) };
}"""


def built(experiment):
    runs = train(experiment)
    return runs, build(experiment, runs)


def same(texts: list[str], values: np.ndarray) -> None:
    with np.errstate(over="ignore"):
        np.testing.assert_array_equal(np.array([float(text) for text in texts], "f4"), np.asarray(values, "f4"))


def test_every_number_is_read_as_it_was(page):
    for experiment in RUNS.values():
        runs, payload = built(experiment)
        read = page.evaluate(READ, payload)
        steps = range(experiment.steps + 1)
        assert read["shown"] == (payload["shown"] or list(steps))
        assert read["rows"] == [max(i for i, shown in enumerate(read["shown"]) if shown <= k) for k in steps]
        for c, run in enumerate(runs.values()):
            series(run, read["exact"][c], np.array(read["shown"]))
            summaries(run, dict(zip(payload["summaries"], read["summary"][c], strict=True)), payload)
            diverged = payload["contestants"][c]["diverged"]
            assert read["gone"][c] == [diverged is not None and k >= diverged["at"] for k in steps]


def series(run, exact: dict, shown: np.ndarray) -> None:
    taken = shown[1:] - 1
    same(exact["loss"], run.loss[shown])
    same(exact["rate"][1:], run.learning_rate[taken])
    assert exact["rate"][0] == exact["direction 0"][0] == "NaN"
    for i in range(2):
        same(exact[f"params {i}"], run.params[shown, i])
        same(exact[f"gradient {i}"][1:], run.gradient[taken, i])
        same(exact[f"direction {i}"][1:], run.direction[taken, i])
        update = [float(text) for text in exact[f"update {i}"][1:]]
        np.testing.assert_allclose(update, (-run.learning_rate[:, None] * run.direction)[taken, i], rtol=1e-6)


def summaries(run, summary: dict, payload: dict) -> None:
    """The median of each bin, and the extremes of each fine one."""
    for i in range(2):
        bins, fine = (
            [run.params[start + 1:end + 1, i] for start, end in pairwise(edges)]
            for edges in (payload["edges"], payload["fine"] or payload["edges"])
        )
        same(summary[f"params {i}"]["middle"], [np.median(one) for one in bins])
        for name, extreme in (("low", np.nanmin), ("high", np.nanmax)):
            same(summary[f"params {i}"][name], [np.nan if np.isnan(one).all() else extreme(one) for one in fine])


def test_the_loss_is_the_cores(page):
    points = np.random.default_rng(0).uniform(-100, 100, (20, 2))
    for experiment in LANDSCAPES.values():
        _, payload = built(experiment)
        x, y = experiment.dataset.x, experiment.dataset.y
        values = page.evaluate(LOSSES, [payload, points.tolist()])
        assert values == pytest.approx([np.mean((a * x + b - y) ** 2) for a, b in points])


def test_contours_lie_where_their_numbers_say(page):
    for experiment in LANDSCAPES.values():
        _, payload = built(experiment)
        for name in ("landscape", "close"):
            ranges = payload["axes"][name]
            grid = page.evaluate(CONTOURS, [payload, *ranges])
            highest = np.max(grid["z"])
            for i, (level, losses, places) in enumerate(
                zip(grid["levels"], grid["losses"], grid["places"], strict=True)
            ):
                assert bool(places) == (i <= highest), level  # a flat picture lies below its only level
                assert losses == pytest.approx([level] * len(places), rel=1e-6)
                for place in places:
                    for at, (low, high) in zip(place, ranges, strict=True):
                        assert -1e-6 < (at - low) / (high - low) < 1 + 1e-6  # as numbers are rounded
            for axis, ends in zip((grid["x"], grid["y"]), ranges, strict=True):
                assert [axis[0], axis[-1]] == pytest.approx(ends)
            surface(experiment, grid)


def surface(experiment, grid: dict) -> None:
    """It is i where the loss is levels[i], linear in log(loss) between, and no less than -1 below."""
    x, y = experiment.dataset.x, experiment.dataset.y
    sequence = sorted(part * 10.0**power for power in range(-40, 12) for part in (1, 3))
    first = min(range(len(sequence)), key=lambda i: abs(np.log(sequence[i] / grid["levels"][0])))
    assert grid["levels"] == pytest.approx(sequence[first:first + len(grid["levels"])])
    a, b = np.meshgrid(grid["x"], grid["y"])
    loss = np.mean((a[..., None] * x + b[..., None] - y) ** 2, axis=-1)
    marks = np.log(sequence[first - 1:])
    expected = np.interp(np.log(np.maximum(loss, 1e-300)), marks, np.arange(-1.0, len(marks) - 1))
    np.testing.assert_allclose(grid["z"], expected, atol=1e-6)
