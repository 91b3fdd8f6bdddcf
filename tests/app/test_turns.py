"""Turns: one at a time, page by page, and who has gone gets none."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app import turns as module
from app.turns import Left, Turns
from tests.app.standins import Somebody


class Crowd:
    """Many who wait for turns, in threads; `done` is the order in which they had them."""

    def __init__(self):
        self.turns, self.done, self.most, self.inside = Turns(), [], 0, 0
        self.pool = ThreadPoolExecutor(64)

    def ask(self, name, *pages, until=None, light=False):
        """One more, who is in the queue when this returns; `until`: an event that ends the turn."""
        one = Somebody(*pages)

        def work():
            with self.turns.turn(one, light):
                self.inside += 1
                self.most = max(self.most, self.inside)
                self.done.append(name)
                assert until is None or until.wait(30)
                self.inside -= 1

        def waits():
            with self.turns._changed:  # while another holds it, one may be there that is about to have its turn
                return any(piece.waiter is one for piece in self.turns._waiting)

        one.result = self.pool.submit(work)
        while not (name in self.done or waits() or one.result.done()):
            pass
        return one


@pytest.fixture
def crowd():
    crowd = Crowd()
    with crowd.pool:
        yield crowd


def finish(hold, *asked):
    hold.set()
    for one in asked:
        one.result.result(30)


def test_a_page_that_asks_for_much_has_one_turn_while_each_other_has_its_own(crowd):
    hold = threading.Event()
    slow = [crowd.ask(f"slow {i}", "slow", until=hold) for i in range(30)]
    others = [crowd.ask("one", "one"), crowd.ask("two", "two"), crowd.ask("one again", "one")]
    finish(hold, *slow, *others)
    assert crowd.done[:6] == ["slow 0", "one", "two", "slow 1", "one again", "slow 2"]
    assert crowd.done[6:] == [f"slow {i}" for i in range(3, 30)]
    assert crowd.most == 1


def test_new_pages_do_not_keep_an_old_one_waiting_for_ever(crowd):
    hold = [threading.Event() for _ in range(5)]
    first, again = crowd.ask("old", "old", until=hold[0]), crowd.ask("old again", "old")
    others = [crowd.ask("new 1", "new 1", until=hold[1])]
    hold[0].set()
    first.result.result(30)
    others += [crowd.ask(f"new {i}", f"new {i}") for i in (2, 3)]
    finish(hold[1], again, *others)
    assert crowd.done == ["old", "new 1", "old again", "new 2", "new 3"]


def test_work_for_several_pages_has_the_turn_of_the_first_of_them(crowd):
    hold = threading.Event()
    slow = [crowd.ask(f"slow {i}", "slow", until=hold) for i in range(4)]
    slow[3].at.add("other")  # which asks for the same as the last of the many
    finish(hold, *slow)
    assert crowd.done == ["slow 0", "slow 3", "slow 1", "slow 2"]


def test_who_has_gone_gets_no_turn(crowd, monkeypatch):
    monkeypatch.setattr(module, "POLL_SECONDS", 0.001)
    hold = threading.Event()
    first, second, third = (crowd.ask(name, name, until=hold) for name in ("first", "second", "third"))
    second.left.set()
    with pytest.raises(Left):
        second.result.result(30)
    finish(hold, first, third)
    assert crowd.done == ["first", "third"]


def test_a_turn_that_fails_passes_on(crowd):
    def fail():
        with crowd.turns.turn(Somebody("a")):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    crowd.ask("next", "b").result.result(30)
    assert crowd.done == ["next"]
    assert (crowd.turns._waiting, crowd.turns._served, crowd.turns._held) == ([], {}, [None])


def test_addresses_come_in_turn_and_then_their_pages(crowd):
    hold = threading.Event()
    asked = [crowd.ask(f"home {i}", "home x", until=hold) for i in range(3)]
    asked += [crowd.ask(f"class {page}{i}", f"class {page}") for page in "ab" for i in range(2)]
    finish(hold, *asked)
    assert crowd.done == ["home 0", "class a0", "home 1", "class b0", "home 2", "class a1", "class b1"]


def test_of_several_places_one_is_for_light_work(crowd):
    crowd.turns = Turns(2)
    hold = threading.Event()
    slow = [crowd.ask(f"slow {i}", "a slow", until=hold) for i in range(3)]
    assert crowd.done == ["slow 0"]
    finish(threading.Event(), *(crowd.ask(f"light {i}", f"b {i}", light=True) for i in range(3)))
    assert crowd.done == ["slow 0", "light 0", "light 1", "light 2"]
    assert crowd.most == 2
    finish(hold, *slow)
    assert crowd.done[4:] == ["slow 1", "slow 2"]


def test_light_work_takes_any_place(crowd):
    crowd.turns = Turns(2)
    hold = threading.Event()
    asked = [crowd.ask(f"light {i}", f"{i} x", until=hold, light=True) for i in range(3)]
    assert sorted(crowd.done) == ["light 0", "light 1"]
    finish(hold, *asked)
