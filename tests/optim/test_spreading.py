"""Blocks run anywhere, threads, processes or a cluster's workers, and come back with the same bytes."""

import multiprocessing
import pickle
import warnings
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest

from optim import SGD, SURFACES, Contestant, Dataset, Experiment, Generated, Model, Surface, sweep
from optim.blocks import Block
from optim.measures import FinalLoss
from optim.spreading import CANNOT_TRAVEL

NOISY = Experiment(epochs=4, data=Generated(noise=2.0), shuffle=True, batch_size=4)
SWEEPS = {
    "rates and seeds": (NOISY, {"*.lr": np.geomspace(1e-4, 3, 12).tolist(), "data.seed": range(9)}, "best loss"),
    "of a curve": (Experiment("network-4", epochs=2), {"Adam.lr": [0.01, 0.1], "data.seed": range(4)}, "final loss"),
    "a basin": (Experiment("himmelblau"), {"start[0]": [-4, 0, 3], "start[1]": [-3, 1, 4]}, "minimum"),
    "given points": (Experiment(data=Dataset([1, 2, 3], [2, 3, 5])), {"epochs": [1, 2], "*.lr": [0.1]}, "distance"),
}
LAMBDAS = Model("of lambdas", ("a",), predict=lambda p, x: p[0] * x, gradient=lambda p, x: (x,))


def of(name, executor=None):
    *_, grid = sweep(*SWEEPS[name], executor)
    return grid.values.tobytes()


@pytest.fixture(scope="module")
def processes():
    # a new interpreter each, as on Windows and macOS: what a process brings along by a fork hides what is not sent
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.fixture(scope="module")
def cluster():
    """A real cluster on this machine's loopback: a scheduler and two workers of one thread each."""
    import dask
    from distributed import Client, LocalCluster

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "60s"}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0",
            silence_logs="ERROR") as workers,
        Client(workers) as client,
    ):
        yield client


@pytest.mark.parametrize("name", SWEEPS)
def test_processes_give_the_bytes_of_threads(name, processes):
    assert of(name, processes) == of(name)


@pytest.mark.parametrize("name", SWEEPS)
def test_two_workers_of_a_dask_cluster_give_the_bytes_of_threads(name, cluster):
    assert of(name, cluster.get_executor()) == of(name)


def test_both_workers_work(cluster):
    assert len(cluster.scheduler_info()["workers"]) == 2
    assert {one["nthreads"] for one in cluster.scheduler_info()["workers"].values()} == {1}
    of("rates and seeds", cluster.get_executor())
    worked = cluster.run(lambda dask_worker: len(dask_worker.state.log) > 0)
    assert list(worked.values()) == [True, True]


def test_a_program_that_stops_asking_leaves_the_executor_as_it_was(processes):
    grids = sweep(NOISY, {"*.lr": np.geomspace(1e-4, 3, 500).tolist()}, "final loss", processes)
    next(grids)
    grids.close()
    assert processes.submit(int, "3").result() == 3


def test_what_cannot_travel_is_run_here_and_a_sentence_says_so(processes):
    experiment = Experiment(LAMBDAS, data=Dataset([1, 2], [3, 6.5]), contestants=[Contestant("it", SGD())])
    over = {"it.lr": [0.01, 0.1]}
    with pytest.warns(RuntimeWarning) as told:
        *_, there = sweep(experiment, over, "final loss", processes)
    assert [str(one.message) for one in told] == [CANNOT_TRAVEL]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        *_, here = sweep(experiment, over, "final loss")
    assert there.values.tobytes() == here.values.tobytes()
    assert np.isfinite(here.values).all()


def test_a_block_travels_light():
    """A registered problem goes by its name; points that a seed draws are drawn where they are needed."""
    many = tuple(Contestant("it", SGD(0.001 * i)) for i in range(1000))
    block = Block((Experiment(data=Generated(size=100_000), contestants=many[:1]),), None, np.ones((1000, 2)), many,
                  FinalLoss())
    size = len(pickle.dumps(block))
    assert size < 200_000
    again = pickle.loads(pickle.dumps(block))
    assert again.experiments == block.experiments
    assert again.contestants == block.contestants
    assert not again.starts.flags.writeable


def test_a_surface_of_ones_own_that_can_travel(processes):
    own = Surface("own", SURFACES["booth"].value, SURFACES["booth"].gradient, (1, 1), ((-2, 2), (-2, 2)))
    with pytest.warns(RuntimeWarning, match="no other process can be sent"):
        list(sweep(Experiment(own, epochs=2), {"*.lr": [0.1]}, "final loss", processes))
