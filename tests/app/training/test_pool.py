"""The pool: the bytes of `train`, stopped when told, replaced when stuck, and gone with whoever started it."""

import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from app.runs import PLACES
from app.training import pool as module
from app.training.pool import Ended, Pool
from components.settings import parsing
from optim import Experiment, Stopped, train
from tests.app.test_serving import APP, GUNICORN, program
from tests.processes import child, children, is_there, wait_for

ROOT = Path(__file__).resolve().parents[3]
LONG = parsing.parse({"epochs": 1000, "points": 60}).experiment


@pytest.fixture
def pool():
    pool = Pool(2)
    pool.open()
    pool.train(Experiment(epochs=1))
    wait_for(lambda: all(one.ready for one in pool._all))
    yield pool
    processes = list(pool._all)
    pool.close()
    wait_for(lambda: all(one.ended for one in processes))
    for one in processes:
        one._process.wait()


EXPERIMENTS = [
    {}, {"problem": "network", "units": 2, "epochs": 3}, {"problem": "rastrigin"}, {"data": "1 2\n3 4\n5 7\n"},
    {"problem": "own", "formula": "a*exp(-b*x)", "epochs": 5}, {"shuffle": "on", "seed": 7, "batch": 5},
]


@pytest.mark.parametrize("values", EXPERIMENTS, ids=str)
def test_its_runs_have_the_bytes_of_this_process(pool, values, monkeypatch):
    experiment = parsing.parse(values).required
    here = train(experiment)
    monkeypatch.setattr(module, "train", lambda *_, **__: pytest.fail("trained here"))
    there = pool.train(experiment)
    assert list(there) == list(here)
    for label, run in here.items():
        assert there[label].params.tobytes() == run.params.tobytes()
        assert there[label].losses.tobytes() == run.losses.tobytes()
        assert vars(there[label]).keys() == vars(run).keys()


def test_before_it_is_there_this_process_trains():
    pool = Pool(2)
    assert pool.train(Experiment(epochs=1))["SGD"].params.size
    assert pool._all == []


def test_work_that_is_told_to_stop_stops_and_its_process_stays(pool, monkeypatch):
    """It is held until it has been told, or it might have done its work before, and then has all the time it needs."""
    monkeypatch.setattr(module, "GRACE_SECONDS", 60.0)
    before, worker = {one.pid for one in pool._all}, pool._idle[0]
    tell = worker._tell

    def telling(what):
        tell(what)
        if what[1] is None:
            os.kill(worker.pid, signal.SIGCONT)

    monkeypatch.setattr(worker, "_tell", telling)
    os.kill(worker.pid, signal.SIGSTOP)
    with pytest.raises(Stopped):
        pool.train(LONG, lambda: True)
    assert pool.train(Experiment(epochs=2))
    assert {one.pid for one in pool._all} == before


def test_who_does_not_stop_in_time_is_killed_and_replaced(pool, monkeypatch):
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.2)
    before = {one.pid for one in pool._all}
    stuck = pool._idle[0].pid
    os.kill(stuck, signal.SIGSTOP)
    with pytest.raises(Stopped):
        pool.train(LONG, lambda: True)
    after = {one.pid for one in pool._all}
    assert len(after) == 2
    assert before - after == {stuck}
    wait_for(lambda: all(one.ready for one in pool._all))
    assert pool.train(Experiment(epochs=2))


def test_one_that_dies_ends_its_own_work_only_and_is_replaced(pool):
    victim = pool._idle[0]
    os.kill(victim.pid, signal.SIGSTOP)  # or it might have done its work before
    told = []

    def dies():
        if not told:
            os.kill(victim.pid, signal.SIGKILL)
        told.append(1)
        return False

    with pytest.raises(Ended):
        pool.train(LONG, dies)
    wait_for(lambda: len(pool._all) == 2 and all(one.ready for one in pool._all))
    assert pool.train(Experiment(epochs=2))


def test_what_cannot_be_asked_is_raised_and_the_process_stays(pool):
    class Odd(Experiment):
        """Cannot be sent: its class has no name that is found."""

    before = {one.pid for one in pool._all}
    with pytest.raises((AttributeError, pickle.PicklingError), match="Odd"):
        pool.train(Odd(epochs=1))
    wait_for(lambda: len(pool._all) == 2)
    assert {one.pid for one in pool._all} == before


STARTS = """
import sys, time
from app.training.pool import Ended, Pool
from optim import Experiment
from components.settings import parsing
pool = Pool(2)
pool.open()
pool.train(Experiment(epochs=1))
while not all(one.ready for one in pool._all):
    time.sleep(0.01)
print(*(one.pid for one in pool._all), flush=True)
pool.train(parsing.parse({"epochs": 1000, "points": 60}).experiment)
time.sleep(600)
"""


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_nothing_is_left_of_it_however_its_starter_ends(name):
    with subprocess.Popen([sys.executable, "-c", STARTS], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL, **child()) as process:
        pids = [int(pid) for pid in process.stdout.readline().split()]
        assert len(pids) == 2
        assert all(is_there(pid) for pid in pids)
        process.send_signal(getattr(signal, name))
        process.wait(timeout=60)
        wait_for(lambda: not any(is_there(pid) for pid in pids))


def test_a_run_that_takes_too_long_is_stopped_there(pool, monkeypatch):
    """The time is that of the processor in the process itself; here it is none at all."""
    monkeypatch.setattr(module, "COMMAND", [sys.executable, "-c", NO_TIME])
    for one in list(pool._all):
        os.kill(one.pid, signal.SIGKILL)
    wait_for(lambda: all(one.ended for one in pool._all))
    pool.train(Experiment(epochs=1))
    wait_for(lambda: all(one.ready for one in pool._all))
    with pytest.raises(Stopped):
        pool.train(LONG)
    with pytest.raises(Stopped):
        pool.train(Experiment(seed=666))  # it does not look


NO_TIME = """
import time
from app.training import work
from components.settings import budget
budget.DEADLINE = 0.0
work.WATCH_SECONDS = 0.05
train = work.train
def stuck(experiment, stop):
    while experiment.seed == 666:
        pass
    return train(experiment, stop=stop)
work.train = stuck
work.main()
"""


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
@pytest.mark.parametrize("arguments", [APP, GUNICORN], ids=["app", "gunicorn"])
def test_nothing_is_left_of_a_server_however_it_ends(arguments, name):
    says = r"http://127\.0\.0\.1:(\d+)"
    with program(arguments, says, WEB_CONCURRENCY="1") as (process, port):
        body = b'{"values": {"seed": 4711}}'
        asked = Request(f"http://127.0.0.1:{port}/ask/run", body, {"Content-Type": "application/json"})
        assert urlopen(asked, timeout=60).read()
        (trainer,) = [process.pid] if arguments is APP else children(process.pid)
        pids = [trainer, *children(trainer)]
        assert len(pids) == 1 + PLACES
        process.send_signal(getattr(signal, name))
        process.wait(timeout=60)
        wait_for(lambda: not any(is_there(pid) for pid in pids))
