"""What is read-only and hashed stays so: copied, deep-copied, pickled, and asked of an experiment."""

import copy
import pickle
from dataclasses import fields
from functools import cached_property

import numpy as np
import pytest

from optim import SGD, Contestant, Dataset, Experiment, Generated, Model, Plane, Run, minimize, snapshots, train
from optim.epochs import epochs
from optim.theory import bowl

DATA = Dataset([1, 2, 4], [3, 5, 9.5])
LINE = Experiment(data=DATA, batch_size=3, epochs=4, contestants=[Contestant("it", SGD(1e-3))])
HOLDERS = {
    "dataset": lambda: DATA,
    "run": lambda: train(LINE)["it"],
    "last of a run": lambda: train(LINE, keep="final")["it"],
    "minimized": lambda: minimize(lambda p, step: p, (1, 2), SGD(0.1), 3, value=lambda p: p @ p),
    "plane of two": lambda: Plane.of_two([1, 2, 3], 0, 2),
    "plane of paths": lambda: Plane.of_paths([np.random.RandomState(0).standard_normal((9, 3))]),
    "plane": lambda: Plane(np.zeros(3), np.eye(3)[:2]),
    "bowl": lambda: bowl(LINE),
    "epochs": lambda: epochs(LINE, LINE.contestants[0]),
}
COPIES = {
    "itself": lambda one: one,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{f"pickle {i}": lambda one, i=i: pickle.loads(pickle.dumps(one, i)) for i in range(pickle.HIGHEST_PROTOCOL + 1)},
}


def arrays(one):
    """All arrays that an object holds, those of its cached properties included, by name."""
    names = [each.name for each in fields(one)]
    names += [name for name in dir(type(one)) if isinstance(getattr(type(one), name), cached_property | property)]
    values = {name: getattr(one, name) for name in names}
    return {name: value for name, value in values.items() if isinstance(value, np.ndarray)}


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize("make", HOLDERS.values(), ids=HOLDERS)
def test_arrays_are_read_only(make, copied):
    one = make()
    other = copied(one)
    found, again = arrays(other), arrays(other)
    assert found.keys() == arrays(one).keys() != set()
    for name, array in found.items():
        assert array.tobytes() == arrays(one)[name].tobytes()
        if array.size and np.shares_memory(array, again[name]):  # and not made anew whenever it is asked for
            assert not array.flags.writeable, name


EXPERIMENTS = {
    "article": Experiment(),
    "points": LINE,
    "no optimum but the true parameters": Experiment("sine"),
    "labels": Experiment("logistic-regression"),
    "surface": Experiment("booth", gradient_noise=0.5),
    "drawn start": Experiment("network-4", data=Generated(seed=3)),
    "own model": Experiment(Model("own", ("a",), lambda p, x: p[0] * x, lambda p, x: (x,), linear=True)),
}


@pytest.mark.parametrize("one", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_what_an_experiment_tells_cannot_change_it(one):
    before = one.optimum.tolist(), one.floor
    with pytest.raises(ValueError, match="read-only"):
        one.optimum -= 1
    with pytest.raises(ValueError, match="read-only"):
        np.multiply(one.optimum, 2, out=one.optimum)
    assert (one.optimum.tolist(), one.floor) == before
    for name in dir(Experiment):
        if isinstance(getattr(Experiment, name), cached_property):
            value = getattr(one, name)
            assert not (isinstance(value, np.ndarray) and value.flags.writeable), name
    if one.data is not None:
        with pytest.raises(ValueError, match="read-only"):
            one.dataset.y[0] = 1


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_copies_are_equal_and_hash_equal(name, copied):
    one = EXPERIMENTS[name]
    if name == "own model" and copied not in (copy.copy, copy.deepcopy):
        copied = copy.deepcopy  # functions without a name in a module cannot be pickled
    assert one.optimum is not None  # whatever is kept is there before it is copied
    other = copied(one)
    assert other == one
    assert hash(other) == hash(one)
    if isinstance(one.model, str):
        assert other.canonical == one.canonical
    if one.data is not None:
        assert (other.dataset, hash(other.dataset)) == (one.dataset, hash(one.dataset))
        assert not copied(one.dataset).x.flags.writeable
    assert not other.optimum.flags.writeable


def test_what_was_given_may_go_on_changing():
    origin, directions = np.zeros(3), np.eye(3)[:2]
    plane = Plane(origin, directions)
    origin[0] = directions[0, 0] = 7
    assert plane.origin.tolist() == [0, 0, 0]
    assert plane.directions[0].tolist() == [1, 0, 0]


def test_snapshots_are_plain_numbers():
    rows = np.arange(8.0).reshape(4, 2)
    found = snapshots(Run("it", rows, None, rows[1:], rows[1:], np.ones(3)), (1,))
    assert [type(value) for one in found for value in one.params] == [float] * 4
    assert hash(found) == hash(pickle.loads(pickle.dumps(found)))


def test_a_run_takes_the_arrays_it_is_given():
    """They may be large, and nobody else has them."""
    rows = np.zeros((2, 1))
    assert Run("it", rows, None, rows[1:], rows[1:], np.ones(1)).params is rows
    assert not rows.flags.writeable
