"""How fast many lanes are: against jax where that is installed, as maps, races, seeds and basins, in memory, and on a
cluster of two workers.

Prints figures and judges none. Each comparison is made in one process on the same cores, one thing after the other.
What else the machine does makes the figures worse: its load is printed with them, and processor time beside the time
on the wall.
"""

import os
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec

import numpy as np

from optim import Contestant, Experiment, Generated, basins, fair_race, many_seeds, sweep, train

EACH = 2500
"""Lanes of each of the article's four rules."""
STEPS = 1500
SIDE = 64
CLUSTERS_SIDE = 128
"""Such a grid takes one idle core about ten seconds."""


def clocked(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall, and of the processor in this process."""
    wall, processor = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - processor


def least(run: Callable[[], object], repeats: int = 3) -> tuple[float, float]:
    """The least of both, of several runs."""
    walls, processors = zip(*(clocked(run) for _ in range(repeats)), strict=True)
    return min(walls), min(processors)


def rates(lanes: int) -> np.ndarray:
    return np.geomspace(1e-5, 1e-2, lanes)


def ours(lanes: int) -> Experiment:
    """So many lanes of each of the article's four methods."""
    return Experiment(contestants=[
        Contestant(f"{one.label} {i}", replace(one.optimizer, lr=lr), one.schedule)
        for one in Experiment().contestants for i, lr in enumerate(rates(lanes).tolist())])


def theirs() -> Callable[[], object]:
    """The same with jax, in float64: jit of vmap of scan, as its documentation writes it."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    data = Experiment().points
    x, y = jnp.array(data.x), jnp.array(data.y)

    def gradient(p: jax.Array, step: jax.Array) -> jax.Array:
        i = step % len(x)
        return jax.grad(lambda p: (p[0] * x[i] + p[1] - y[i]) ** 2)(p)

    def descend(rule: Callable, state: tuple, lr: jax.Array, share: Callable) -> jax.Array:
        def one(carry: tuple, step: jax.Array) -> tuple:
            p, state = carry
            direction, state = rule(gradient(p, step), state, step + 1.0)
            return (p - lr * share(step) * direction, state), None

        return jax.lax.scan(one, (jnp.ones(2), state), jnp.arange(STEPS))[0][0]

    def average(g: jax.Array, v: jax.Array, t: jax.Array) -> tuple:
        v = 0.95 * v + 0.05 * g
        return v, v

    def adam(g: jax.Array, state: tuple, t: jax.Array) -> tuple:
        m, v = 0.7 * state[0] + 0.3 * g, 0.9 * state[1] + 0.1 * g * g
        return m / (1 - 0.7**t) / (jnp.sqrt(v / (1 - 0.9**t)) + 1e-8), (m, v)

    def constant(step: jax.Array) -> float:
        return 1.0

    def cosine(step: jax.Array) -> jax.Array:
        return (1 + jnp.cos(jnp.pi * step / STEPS)) / 2

    zero = jnp.zeros(2)
    four = [(lambda g, state, t: (g, state), (), constant), (average, zero, constant), (adam, (zero, zero), constant),
            (adam, (zero, zero), cosine)]

    @jax.jit
    def all_four(lr: jax.Array) -> list:
        return [jax.vmap(lambda one, rule=rule, state=state, share=share: descend(rule, state, one, share))(lr)
                for rule, state, share in four]

    lr = jnp.array(rates(EACH))
    return lambda: jax.block_until_ready(all_four(lr))


def print_against_jax() -> None:
    lane_steps = 4 * EACH * STEPS
    experiment = ours(EACH)
    first, _ = clocked(lambda: train(experiment, keep="final"))
    wall, processor = least(lambda: train(experiment, keep="final"))
    print(f"{4 * EACH:,} lanes x {STEPS:,} steps of the article's four, final parameters only: first {first:.2f} s, "
          f"then {wall * 1e9 / lane_steps:.1f} ns a lane-step ({processor * 1e9 / lane_steps:.1f} of processor)")
    if find_spec("jax") is None:
        print("  jax: not installed")
        return
    run = theirs()
    jax_first, _ = clocked(run)
    jax_wall, jax_processor = least(run, 5)
    print(f"  jax, float64, jit(vmap(scan)): first {jax_first:.2f} s, then {jax_wall * 1e9 / lane_steps:.1f} ns "
          f"({jax_processor * 1e9 / lane_steps:.1f} of processor); ours over theirs {first / jax_first:.2f} "
          f"(to reach: 1, aim: 0.5), then {wall / jax_wall:.1f} (to reach: 4)")


def print_maps() -> None:
    """Stability maps: the rate, and a memory or a seed."""
    lr, betas = np.geomspace(1e-5, 10, SIDE).tolist(), np.linspace(0, 0.99, SIDE).tolist()
    article = Experiment()
    adam = replace(article, contestants=[article.contestants[2]])
    for what, experiment, over, measure, target in (
        ("Adam, rate and beta 1", adam, {"Adam.lr": lr, "Adam.betas[0]": betas}, "oscillation", 0.5),
        ("Adam, rate and beta 1", adam, {"Adam.lr": lr, "Adam.betas[0]": betas}, "final loss", 0.5),
        ("four methods, rate and seed", article, {"*.lr": lr, "data.seed": range(SIDE)}, "oscillation", 1.5),
        ("four methods, rate and seed", article, {"*.lr": lr, "data.seed": range(SIDE)}, "final loss", 1.5),
        ("four methods, rate and seed", article, {"*.lr": lr, "data.seed": range(SIDE)}, "best loss", 3),
        ("four methods, rate and start", article, {"*.lr": lr, "start[0]": range(SIDE)}, "arrival", 3),
    ):
        def run(experiment: Experiment = experiment, over: dict = over, measure: str = measure) -> None:
            list(sweep(experiment, over, measure))

        begun = time.perf_counter()
        next(sweep(experiment, over, measure))
        coarse = time.perf_counter() - begun
        wall, processor = least(run, 2)
        print(f"{SIDE} x {SIDE}, {what}, {measure}: first grid {coarse:.2f} s, all {wall:.2f} s, {processor:.2f} s of "
              f"processor (to reach: {target} s)")


def print_threads() -> None:
    """Why the lab takes one thread for its blocks."""
    over = {"*.lr": np.geomspace(1e-5, 10, SIDE).tolist(), "data.seed": range(SIDE)}
    with ThreadPoolExecutor(2) as pool:
        one, two = (least(lambda engine=engine: list(sweep(Experiment(), over, "best loss", engine)), 2)[0]
                    for engine in (None, pool))
    print(f"the four's best loss by two threads: {two / one:.2f} of the time of one")


def print_questions() -> None:
    """Race, seeds and basins of the article's four: the first result and the last."""
    article = Experiment(data=Generated(noise=1))
    for what, ask in (
        ("fair race, 49 rates x 10 seeds, scored on 32", lambda: fair_race(article)),
        ("500 seeds", lambda: many_seeds(article)),
        (f"basins of himmelblau, {SIDE} x {SIDE}", lambda: basins(Experiment("himmelblau"))),
        (f"basins of a curve whose loss is watched, {SIDE} x {SIDE}", lambda: basins(Experiment("exponential"))),
    ):
        first, _ = clocked(lambda ask=ask: next(ask()))
        wall, processor = clocked(lambda ask=ask: list(ask()))
        print(f"{what}: first {first:.2f} s (to reach: 0.4 s), all {wall:.2f} s, {processor:.2f} s of processor")


def peak(lanes: int) -> float:
    """The most memory in MB that a sweep of so many lanes holds at a time, as Python and numpy count it."""
    tracemalloc.start()
    for _ in sweep(Experiment(epochs=1), {"*.lr": rates(lanes // 4).tolist()}, "best loss"):
        pass
    found = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return found


def print_memory() -> None:
    print("most memory of a sweep:", ", ".join(f"{lanes:,} lanes {peak(lanes):.1f} MB" for lanes in (10_000, 100_000)))


def print_cluster() -> None:
    """One grid with one worker and with two; a thread each."""
    if find_spec("distributed") is None:
        print("dask: not installed")
        return
    import dask
    from distributed import Client, LocalCluster

    over = {"*.lr": np.geomspace(1e-5, 10, CLUSTERS_SIDE).tolist(), "data.seed": range(CLUSTERS_SIDE)}
    seconds = {}
    with dask.config.set({"distributed.comm.timeouts.connect": "60s"}):
        for workers in (1, 2):
            with (
                LocalCluster(n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0",
                             silence_logs="ERROR") as cluster,
                Client(cluster) as client,
            ):
                list(sweep(replace(Experiment(data=Generated(noise=1)), epochs=2), over, "best loss",
                           client.get_executor()))
                seconds[workers], _ = clocked(lambda client=client: list(
                    sweep(Experiment(data=Generated(noise=1)), over, "best loss", client.get_executor())))
    print(f"a grid of {seconds[1]:.1f} s with one worker of a dask cluster: {seconds[2] / seconds[1]:.2f} of that with "
          "two (to reach: 0.6)")


def main() -> None:
    """Print every figure, and first the machine's load."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    print(f"sweeps; load {load}")
    print_against_jax()
    print_maps()
    print_threads()
    print_questions()
    print_memory()
    print_cluster()


if __name__ == "__main__":
    main()
