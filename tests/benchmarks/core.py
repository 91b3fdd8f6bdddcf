"""How fast the core is: the default experiment against three loops of the usual kind, many rules, and many lanes.

Prints figures and judges none. Each is the best of 9 in this one process, since what else the machine does only ever
makes a figure worse. torch takes part where it is installed.
"""

import math
import os
import platform
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec

import numpy as np

from components.payload.build import build
from components.settings import budget
from optim import OPTIMIZERS, SGD, Adam, Contestant, Experiment, train
from tests.components.settings.test_budget import MEASURED

REPEATS = 9
STEPS = 1500
LANES = 10_000
# What CONTRIBUTING promises of an idle machine with two cores.
TARGETS = {
    "default": "to reach: under 40 ms", "rules": "to reach: under 120 ms", "torch": "to reach: 40 times",
    "lanes": "to reach: at most 70 ns",
}


def best(run: Callable[[], object], repeats: int = REPEATS) -> float:
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def annealed(lr: float, steps: int) -> list[float]:
    return [lr * (1 + math.cos(math.pi * step / steps)) / 2 for step in range(steps)]


class Plain:
    """One contestant of the default experiment in scalar Python, everything recorded, as one would write it."""

    def __init__(self, kind: type) -> None:
        data = Experiment().dataset
        self.kind = kind
        self.x, self.y = [kind(one) for one in data.x], [kind(one) for one in data.y]

    def all_four(self) -> None:
        self.momentum(0.001, 0.0)
        self.momentum(0.001, 0.95)
        self.adam([1.0] * STEPS)
        self.adam(annealed(1.0, STEPS))

    def loss(self, a: float, b: float) -> float:
        return sum((a * x + b - y) ** 2 for x, y in zip(self.x, self.y, strict=True)) / len(self.x)

    def momentum(self, lr: float, beta: float) -> list:
        a, b, va, vb = (self.kind(one) for one in (1, 1, 0, 0))
        rows = [(a, b, self.loss(a, b))]
        for step in range(STEPS):
            x, y = self.x[step % 30], self.y[step % 30]
            error = 2 * (a * x + b - y)
            da, db = error * x, error
            va, vb = beta * va + (1 - beta) * da, beta * vb + (1 - beta) * db
            a, b = a - lr * va, b - lr * vb
            rows.append((a, b, self.loss(a, b), da, db, va, vb, lr))
        return rows

    def adam(self, rates: list[float], b1: float = 0.7, b2: float = 0.9, eps: float = 1e-8) -> list:
        a, b, ma, mb, va, vb = (self.kind(one) for one in (1, 1, 0, 0, 0, 0))
        rows = [(a, b, self.loss(a, b))]
        for step, lr in enumerate(rates):
            x, y = self.x[step % 30], self.y[step % 30]
            error = 2 * (a * x + b - y)
            da, db = error * x, error
            ma, mb = b1 * ma + (1 - b1) * da, b1 * mb + (1 - b1) * db
            va, vb = b2 * va + (1 - b2) * da * da, b2 * vb + (1 - b2) * db * db
            c1, c2 = 1 - b1 ** (step + 1), 1 - b2 ** (step + 1)
            ra, rb = ma / c1 / ((va / c2) ** 0.5 + eps), mb / c1 / ((vb / c2) ** 0.5 + eps)
            a, b = a - lr * ra, b - lr * rb
            rows.append((a, b, self.loss(a, b), da, db, ra, rb, lr))
        return rows


def torch_loop() -> Callable[[], None]:
    """The default experiment with torch.optim and autograd, as its tutorials write it, recording what we record."""
    import torch

    torch.set_num_threads(1)
    data = Experiment().dataset
    xs, ys = torch.from_numpy(data.x.copy()), torch.from_numpy(data.y.copy())
    points = list(zip(xs, ys, strict=True))

    def one(make: Callable, schedule: Callable | None = None) -> list:
        a, b = (torch.ones((), dtype=torch.float64, requires_grad=True) for _ in range(2))
        optimizer = make([a, b])
        scheduler = schedule(optimizer) if schedule else None

        def row() -> tuple[float, float, float]:
            with torch.no_grad():
                return a.item(), b.item(), ((a * xs + b - ys) ** 2).mean().item()

        rows = [row()]
        for step in range(STEPS):
            x, y = points[step % len(points)]
            lr = optimizer.param_groups[0]["lr"]
            optimizer.zero_grad()
            loss = (a * x + b - y) ** 2
            loss.backward()
            optimizer.step()
            if scheduler:
                scheduler.step()
            before, after = rows[-1], row()
            moved = [(before[i] - after[i]) / lr for i in range(2)]
            rows.append((*after, a.grad.item(), b.grad.item(), *moved, lr))
        return rows

    def run() -> None:
        one(lambda params: torch.optim.SGD(params, lr=0.001))
        one(lambda params: torch.optim.SGD(params, lr=0.001 * 0.05, momentum=0.95))
        one(lambda params: torch.optim.Adam(params, lr=1, betas=(0.7, 0.9)))
        one(
            lambda params: torch.optim.Adam(params, lr=1, betas=(0.7, 0.9)),
            lambda optimizer: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=STEPS),
        )

    return run


def crowd(make: Callable[[float], object], lanes: int) -> Experiment:
    return Experiment(contestants=[Contestant(str(i), make(1e-5 * (1 + i % 997))) for i in range(lanes)])


def print_default() -> None:
    experiment = Experiment()
    ours = best(lambda: train(experiment))
    print(f"default experiment, everything recorded   {ours * 1e3:8.1f} ms   ({TARGETS['default']})")
    for name, run in (
        ("plain Python floats", Plain(float).all_four),
        ("numpy scalars, as in the article", Plain(np.float64).all_four),
    ):
        theirs = best(run)
        print(f"  {name:<40}{theirs * 1e3:8.1f} ms   {theirs / ours:6.1f} times as long")
    if find_spec("torch") is None:
        print("  torch.optim: not installed")
        return
    theirs = best(torch_loop())
    print(f"  {'torch.optim, autograd, one thread':<40}{theirs * 1e3:8.1f} ms   {theirs / ours:6.1f} times as long"
          f"   ({TARGETS['torch']})")


def print_rules() -> None:
    """The eight most complex methods, each alone in its group, which no lane helps."""
    methods = list(OPTIMIZERS.values())[-8:]
    experiment = Experiment(contestants=[Contestant(method.__name__, method(lr=0.1)) for method in methods])
    ours = best(lambda: train(experiment))
    print(f"eight contestants of eight rules          {ours * 1e3:8.1f} ms   ({TARGETS['rules']})")


def print_break_even() -> None:
    """From how many lanes of Adam one call for all of them beats a loop of floats for each, everything recorded."""
    floats = best(lambda: Plain(float).adam(annealed(1.0, STEPS)))
    for lanes in (1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32, 48, 64):
        experiment = crowd(lambda lr: Adam(lr, (0.7, 0.9)), lanes)
        if (ours := best(lambda experiment=experiment: train(experiment), repeats=3)) < floats * lanes:
            print(f"numpy beats plain floats from {lanes} lanes on: {ours * 1e3:.1f} ms, {floats * lanes * 1e3:.1f} ms")
            return
    print("numpy does not beat plain floats with up to 64 lanes")


def print_lanes() -> None:
    for method in (Adam, SGD):
        experiment = crowd(method, LANES)
        seconds = best(lambda experiment=experiment: train(experiment, keep="final"))
        print(f"{LANES:,} lanes x {experiment.steps:,} steps of {method.__name__}, final parameters only: "
              f"{seconds * 1e9 / LANES / experiment.steps:.1f} ns a lane-step   ({TARGETS['lanes']})")


def print_estimates() -> None:
    """What the budget estimates of a run's processor time, over what it is: between half and twice everywhere."""
    ratios = {}
    for name, (experiment, microseconds) in MEASURED.items():
        a_tenth = max(1, int(1e5 / microseconds) // experiment.steps_per_epoch)
        experiment = replace(experiment, epochs=a_tenth)

        def run(experiment: Experiment = experiment) -> None:
            build(experiment, train(experiment))

        run()
        begun = time.thread_time()
        run()
        ratios[name] = budget.cost(experiment).seconds / (time.thread_time() - begun)
    print("estimated over real:", ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items()))


def main() -> None:
    """Print every figure, and first the machine's load, without which they mean little."""
    load = f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "unknown"
    versions = f"Python {platform.python_version()}, numpy {np.__version__}"
    print(f"{versions}, {os.cpu_count()} cores, load {load}; best of {REPEATS}")
    print_default()
    print_rules()
    print_break_even()
    print_lanes()
    print_estimates()


if __name__ == "__main__":
    main()
