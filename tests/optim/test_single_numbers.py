"""An array of no dimensions, or numpy's own scalar, is a number like any other wherever one is taken."""

import numpy as np
import pytest

from optim import (
    SGD,
    Adam,
    Contestant,
    CosineAnnealing,
    Dataset,
    Experiment,
    Generated,
    Model,
    Momentum,
    Plane,
    Surface,
    minimize,
    network,
    polynomial,
    ravine,
    train,
)


def slope(params, step=0):
    return params


MADE = {
    "lr": lambda n: Experiment(contestants=[Contestant("a", SGD(n(0.125)))]),
    "pair": lambda n: Experiment(contestants=[Contestant("a", Adam(n(1.0), (n(0.5), n(0.75)), eps=n(0.25)))]),
    "schedule": lambda n: Experiment(
        contestants=[Contestant("a", Momentum(beta=n(0.5)), CosineAnnealing(n(2.0), n(1.5), n(0.0), warmup=n(1)))]),
    "counts": lambda n: Experiment(epochs=n(5), batch_size=n(3), seed=n(4), shuffle=True),
    "vectors": lambda n: Experiment(start=(n(1), n(2.5)), true_params=[n(0), n(-3)]),
    "array of them": lambda n: Experiment(start=np.array([1, 2.5]), true_params=np.array([n(0), n(-3)])),
    "drawn": lambda n: Experiment(data=Generated(n(9), n(20), n(-3), n(3), n(0.5))),
    "points": lambda n: Experiment(data=Dataset([n(1), n(2.5)], [n(3), n(4)])),
    "surface": lambda n: Experiment(ravine(n(8)), epochs=9, gradient_noise=n(0.5)),
    "network": lambda n: Experiment(network(n(3)), epochs=2),
    "polynomial": lambda n: Experiment(polynomial(n(3)), epochs=2),
}
KINDS = {
    "0-d array": np.array,
    "numpy scalar": lambda value: np.array(value)[()],
    "float32 or int32": lambda value: np.array(value, dtype=np.int32 if isinstance(value, int) else np.float32),
    "array of an object": lambda value: np.array(value, dtype=object),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_it_is_the_plain_number(make, kind):
    one, plain = make(kind), make(lambda value: value)
    assert one == plain
    assert hash(one) == hash(plain)
    assert one.canonical == plain.canonical
    for label, run in train(one).items():
        assert run.params.tobytes() == train(plain)[label].params.tobytes()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_curve_and_a_surface_of_ones_own(kind):
    def curve(n):
        return Model("mine", ("a",), slope, slope, start=(n(1),), true_params=(n(2),), x_range=(n(-3), n(3)),
                     rates=(n(0.25), n(0.5)), epochs=n(5))

    def surface(n):
        return Surface("mine", slope, slope, (n(1), n(2)), ((n(-1), n(1)),) * 2, rates=(n(0.25), n(0.5)), epochs=n(5))

    for make in (curve, surface):
        assert make(kind) == make(lambda value: value)
        assert hash(Experiment(make(kind))) == hash(Experiment(make(lambda value: value)))
        assert repr(Experiment(make(kind)).epochs) == "5"


def test_the_other_places():
    plain = minimize(slope, (1, 2), SGD(0.5), 3, steps_per_epoch=2)
    other = minimize(slope, np.array([1, 2]), SGD(np.array(0.5)), np.array(3), steps_per_epoch=np.int64(2))
    assert other.params.tobytes() == plain.params.tobytes()
    plane = Plane.of_two([np.array(1), 2, 3], np.array(0), np.int8(2))
    assert plane.directions.tobytes() == Plane.of_two([1, 2, 3], 0, 2).directions.tobytes()


@pytest.mark.parametrize("value", [
    np.array(True), np.array(1j), np.array("1"), np.array(np.nan), np.ma.masked, np.ma.array(0.5, mask=True),
    np.array(1, dtype="datetime64[s]"), np.array(1, dtype="timedelta64[s]"), np.timedelta64(1, "s"),
    np.array(None), np.array([0.5])], ids=repr)
def test_what_is_no_number_in_an_array_of_no_dimensions_is_none(value):
    for call in (lambda: SGD(lr=value), lambda: Generated(noise=value), lambda: Experiment(epochs=value),
                 lambda: Generated(size=value), lambda: Adam(betas=(0.5, value)), lambda: Adam(betas=value),
                 lambda: Experiment(start=(1, value)), lambda: ravine(value)):
        with pytest.raises(ValueError, match=" must be "):
            call()
