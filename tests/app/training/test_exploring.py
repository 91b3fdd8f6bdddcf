"""Exploring: one question a page, half of the threads, a slice at a time, after all else, and not for ever."""

from concurrent.futures import Executor, Future
from contextlib import ExitStack
from threading import Event, Semaphore

import pytest

from app.config import SettingsError
from app.runs import Runs
from app.training import cluster, exploring
from app.training.cluster import Cluster
from app.training.exploring import PLACES, Explorations, Over
from app.training.room import THREADS, Busy
from app.turns import Left, Turns
from components.text.errors import Refused
from optim import Experiment, sweep
from tests.app.standins import Shelf, Somebody

LIMIT = 30
FEW = Experiment(epochs=12)  # 360 steps, so that a block is asked once whether to stop


def always(_):
    return True


def worked(stop):
    """A block that asks once whether to stop."""
    return "stopped" if stop() else "done"


def test_half_of_the_threads_may_explore_and_who_finds_no_place_comes_again():
    assert PLACES == THREADS // 2
    rooms = Explorations(always)
    with ExitStack() as stack:
        for page in range(PLACES):
            stack.enter_context(rooms.place(Somebody(f"school {page}")))
        with pytest.raises(Busy):
            rooms.check(Somebody("home x"))
        rooms.check(Somebody("school 3"))  # it takes the place of its own question
    rooms.check(Somebody("home x"))


def test_what_a_page_asks_next_ends_what_it_had_asked():
    rooms = Explorations(always)
    with rooms.place(Somebody("a page")) as old, rooms.place(Somebody("a page")) as new:
        with pytest.raises(Left):
            old.submit(worked).result(LIMIT)
        assert new.submit(worked).result(LIMIT) == "done"


def test_what_was_left_for_something_newer_does_not_end_that_when_it_comes_later():
    rooms, late = Explorations(always), Somebody("a page")
    late.left.set()
    with rooms.place(Somebody("a page")) as new:
        with pytest.raises(Left), rooms.place(late):
            pytest.fail("nobody waits for it")
        assert new.submit(worked).result(LIMIT) == "done"


def test_a_block_ends_when_whoever_waited_has_gone():
    rooms, one, inside, go = Explorations(always), Somebody("a page"), Event(), Event()

    def block(stop):
        inside.set()
        assert go.wait(LIMIT)
        return stop()

    with rooms.place(one) as executor:
        result = executor.submit(block)
        assert inside.wait(LIMIT)
        one.left.set()
        go.set()
        with pytest.raises(Left):
            result.result(LIMIT)


def test_a_sweep_here_has_the_bytes_of_a_sweep_alone():
    over = {"*.lr": [0.001, 0.01, 0.1]}
    with Explorations(always).place(Somebody("a page")) as executor:
        *_, found = sweep(FEW, over, "excess loss", executor)
    *_, alone = sweep(FEW, over, "excess loss")
    assert found.values.tobytes() == alone.values.tobytes()


def test_after_a_slice_another_page_has_its_turn(monkeypatch):
    monkeypatch.setattr(exploring, "SLICE", 0.0)
    rooms, done, both = Explorations(always), [], Event()

    def block(name):
        def work(stop):
            assert both.wait(LIMIT)
            for _ in range(3):
                done.append(name)
                # It asks again only once the other one waits for its turn or has finished.
                with rooms._turns._changed:
                    assert rooms._turns._changed.wait_for(lambda: rooms._turns._waiting or len(done) >= 4, LIMIT)
                stop()

        return work

    with rooms.place(Somebody("one")) as first, rooms.place(Somebody("two")) as second:
        results = [first.submit(block("one")), second.submit(block("two"))]
        both.set()
        for result in results:
            result.result(LIMIT)
    assert sorted(done) == ["one"] * 3 + ["two"] * 3
    assert done[:4] in (["one", "two", "one", "two"], ["two", "one", "two", "one"])


def test_runs_come_first():
    turns, asked = Turns(2), Semaphore(0)

    def quiet(_):
        asked.release()
        return turns.quiet(0)

    rooms = Explorations(quiet)
    with rooms.place(Somebody("a page")) as executor:
        with turns.turn(Somebody("another")):
            result = executor.submit(lambda stop: "done")
            for _ in range(2):  # it asks again only where it was told to wait
                assert asked.acquire(timeout=LIMIT)
            assert not result.done()
        assert result.result(LIMIT) == "done"
    assert Runs(Shelf()).quiet(0)


def test_the_time_of_an_answer_ends(monkeypatch):
    monkeypatch.setattr(exploring, "SECONDS", 0.0)
    with Explorations(always).place(Somebody("a page")) as executor, pytest.raises(Over, match="as fine as"):
        executor.submit(worked).result(LIMIT)


def test_a_block_that_takes_long_is_ended_in_the_middle(monkeypatch):
    monkeypatch.setattr(exploring, "SLICE", 0.0)
    rooms = Explorations(always)

    def block(stop):
        monkeypatch.setattr(exploring, "SECONDS", 0.0)
        return stop()

    with rooms.place(Somebody("a page")) as executor, pytest.raises(Over):
        executor.submit(block).result(LIMIT)


class There(Executor):
    """A cluster that does nothing by itself."""

    def __init__(self):
        self.sent = []

    def executor(self):
        return self

    def submit(self, work, /, *about, **more):
        self.sent.append((future := Future(), work, about))
        return future


def test_a_cluster_is_sent_blocks_as_long_as_somebody_waits_and_there_is_time(monkeypatch):
    there, one = There(), Somebody("a page")
    with Explorations(always, there).place(one) as executor:
        future = executor.submit(int, "3")
        assert there.sent[0][1:] == (int, ("3",))
        one.left.set()
        with pytest.raises(Left):
            executor.submit(int, "4")
    assert future.cancelled()
    monkeypatch.setattr(exploring, "SECONDS", -1.0)
    with Explorations(always, there).place(Somebody("b")) as executor, pytest.raises(Over):
        executor.submit(int, "5")
    assert len(there.sent) == 1


def test_a_scheduler_that_does_not_answer_is_told_in_one_sentence(monkeypatch, caplog):
    monkeypatch.setattr(cluster, "PATIENCE", 0.01)
    with pytest.raises(Refused) as caught:
        Cluster("tcp://127.0.0.1:1").executor()
    assert str(caught.value) == cluster.SILENT
    assert "The scheduler at tcp://127.0.0.1:1 does not answer" in caplog.text


def test_who_cannot_reach_the_scheduler_takes_nobody_s_place(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.01)
    rooms = Explorations(always, Cluster("tcp://127.0.0.1:1"), places=1)
    with pytest.raises(Refused), rooms.place(Somebody("a page")):
        pytest.fail("there is no cluster")
    rooms.check(Somebody("another page"))


def test_without_its_library_the_program_says_so_at_the_start(monkeypatch):
    monkeypatch.setattr(cluster.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SettingsError, match="LAB_DASK is 'tcp://a:1', but the library"):
        Cluster("tcp://a:1")
