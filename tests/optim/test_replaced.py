"""`dataclasses.replace` decides anew what the model had decided, and keeps what was given."""

import copy
import pickle
from dataclasses import replace

import numpy as np
import pytest

from optim import MODELS, SGD, SURFACES, Contestant, Dataset, Experiment, Generated, Model

OWN = Model("own", ("a", "b", "c"), lambda p, x: p[0] + p[1] * x + p[2] * x * x, lambda p, x: (1.0, x, x * x),
            start=(9, 8, 7), rates=(0.25, 0.5), epochs=50, x_range=(-2, 3))
PROBLEMS = [*MODELS, *SURFACES, "ravine-7", "network-3", OWN]
MINE = [Contestant("mine", SGD(0.5))]
GIVEN = {
    "start": (1.0, 1.0),  # the line's own, but given
    "true_params": (1.5, -28.0),
    "data": Generated(seed=3, low=-10, high=10),
    "epochs": 50,
    "contestants": (Contestant("SGD", SGD(0.001)),),
    "seed": 7,
}
COPIED = [lambda one: one, copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one)), replace]


@pytest.mark.parametrize("copied", COPIED, ids=["itself", "copy", "deepcopy", "pickle", "replace"])
@pytest.mark.parametrize("model", PROBLEMS, ids=lambda one: getattr(one, "name", one))
def test_another_model_brings_its_own(model, copied):
    found = replace(copied(Experiment()), model=model)
    assert found == Experiment(model)
    assert hash(found) == hash(Experiment(model))
    assert replace(found, model="line") == Experiment()
    if isinstance(model, str):
        assert found.canonical == Experiment(model).canonical


@pytest.mark.parametrize("before", ["line", "exponential", "booth"])
@pytest.mark.parametrize("name", GIVEN)
def test_what_was_given_is_kept(name, before):
    """Before, or together with the other model; and though it is what the old model would have decided."""
    value = GIVEN[name]
    wanted = Experiment("exponential", **{name: value})
    assert replace(Experiment(), model="exponential", **{name: value}) == wanted
    if before != "booth" or name in ("start", "contestants", "epochs"):
        assert replace(Experiment(before, **{name: value}), model="exponential") == wanted
    assert replace(replace(Experiment(before), **{name: value}), model="exponential").contestants == wanted.contestants


@pytest.mark.parametrize("change", [
    {"seed": 5}, {"data": Generated(seed=9)}, {"data": Dataset([1, 2], [3, 4])}, {"contestants": MINE}, {"epochs": 3},
    {"start": None}, {"shuffle": True}, {"data": None}, {"true_params": None}, {"batch_size": np.array(4)},
], ids=str)
@pytest.mark.parametrize("model", ["line", "network-4"])
def test_a_change_is_as_if_it_had_been_given_at_first(model, change):
    assert replace(Experiment(model), **change) == Experiment(model, **change)


def test_the_range_of_drawn_points_is_the_new_models():
    found = replace(Experiment(data=Generated(seed=3, low=-4)), model="exponential")
    assert found == Experiment("exponential", data=Generated(seed=3, low=-4))


def test_the_noise_of_a_surface_takes_its_seed_anew():
    noisy = Experiment("booth", gradient_noise=1, data=Generated(seed=0))
    assert noisy.seed == 0
    assert replace(noisy, data=Generated(seed=4)).seed == 4
    assert replace(Experiment("booth", gradient_noise=1, seed=0), data=Generated(seed=4)).seed == 0


def test_what_is_kept_for_it_shows_nowhere():
    assert "_left" not in repr(Experiment())
    assert repr(Experiment().epochs) == "50"
    with pytest.raises(ValueError, match="Experiment has no setting '_left'"):
        Experiment.from_canonical('{"_left":{}}')
