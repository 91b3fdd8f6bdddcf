"""Which points each step uses, and the data themselves."""

import tracemalloc

import numpy as np
import pytest

from optim import SGD, Contestant, Dataset, Experiment, Generated, Model, batches, train


def plain(experiment):
    return [indices.tolist() for indices in batches(experiment)]


def test_consecutive_slices_and_the_smaller_last_one():
    experiment = Experiment(data=Dataset(range(7), range(7)), epochs=2, batch_size=3)
    assert plain(experiment) == [[0, 1, 2], [3, 4, 5], [6]] * 2
    assert (experiment.steps_per_epoch, experiment.steps) == (3, 6)


@pytest.mark.parametrize("batch_size", [7, 8, 1000])
def test_a_batch_above_the_number_of_points_is_all_of_them(batch_size):
    experiment = Experiment(data=Dataset(range(7), range(7)), epochs=2, batch_size=batch_size)
    assert plain(experiment) == [list(range(7))] * 2


@pytest.mark.parametrize(("settings", "seed"), [
    ({}, 7),
    ({"data": Generated(seed=11)}, 11),
    ({"data": Generated(seed=11), "seed": 5}, 5),
    ({"data": Dataset(range(30), range(30))}, 0),
    ({"data": Dataset(range(30), range(30)), "seed": 9}, 9),
], ids=str)
def test_shuffled_epochs_are_the_permutations_of_default_rng(settings, seed):
    experiment = Experiment(epochs=3, batch_size=4, shuffle=True, **settings)
    random = np.random.default_rng(seed)
    for epoch in range(3):
        found = plain(experiment)[8 * epoch:8 * epoch + 8]
        assert [i for one in found for i in one] == random.permutation(30).tolist()
        assert [len(one) for one in found] == [4] * 7 + [2]


def test_one_epoch_serves_all_where_the_order_is_the_same():
    """What 600,000 steps take costs no more than what one epoch takes."""
    experiment = Experiment(epochs=20_000)
    tracemalloc.start()
    found = batches(experiment)
    largest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert largest < 20_000
    assert len(found) == 600_000
    assert [found[step].tolist() for step in (0, 29, 30, 599_999, -1, -600_000)] == [[0], [29], [0], [29], [29], [0]]
    assert [indices.tolist() for indices in found[599_998:]] == [[28], [29]]


def test_shuffled_epochs_are_cut_when_they_are_asked_for():
    experiment = Experiment(epochs=20_000, shuffle=True, data=Generated(size=10))
    tracemalloc.start()
    found = batches(experiment)
    largest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert largest < 3 * 20_000 * 10 * 8 + 20_000 * 200
    assert len(found) == 200_000
    assert found[199_999].tolist() == found[-1].tolist()


def test_batches_are_a_sequence_that_cannot_be_changed():
    found = batches(Experiment(data=Dataset(range(7), range(7)), epochs=2, batch_size=3))
    for step in (6, -7):
        with pytest.raises(IndexError):
            found[step]
    with pytest.raises(ValueError, match="read-only"):
        found[0][0] = 5
    assert [one.tolist() for one in reversed(found)] == [[6], [3, 4, 5], [0, 1, 2]] * 2


def test_training_uses_these_points():
    """With start and true line both 0, only a step on the one point with another y moves anything."""
    y = np.zeros(10)
    y[6] = 1
    experiment = Experiment(
        data=Dataset(np.arange(10), y), start=(0, 0), epochs=1, batch_size=3, shuffle=True, seed=3,
        contestants=[Contestant("SGD", SGD(1e-3))])
    moved = [6 in indices for indices in plain(experiment)]
    steps = train(experiment)["SGD"].gradient.any(axis=1)
    assert steps.tolist()[:moved.index(True) + 1] == moved[:moved.index(True) + 1]


def test_mean_divides_by_the_batchs_own_size():
    data = Dataset([1, 2, 3], [1, 1, 1])
    by = {
        reduction: train(Experiment(data=data, start=(0, 0), epochs=1, batch_size=2, reduction=reduction,
                                    contestants=[Contestant("SGD", SGD(0.1))]))["SGD"]
        for reduction in ("mean", "sum")
    }
    assert by["sum"].gradient[0].tolist() == [-2 * (1 + 2), -2 * 2]
    assert by["mean"].gradient[0].tolist() == [-(1 + 2), -2]
    a, b = by["mean"].params[1]
    assert by["mean"].gradient[1] == pytest.approx([2 * (3 * a + b - 1) * 3, 2 * (3 * a + b - 1)])


@pytest.mark.parametrize("noise", [0.5, 3, 20])
def test_noise_scales_one_pattern_and_never_moves_x(noise):
    calm, noisy = (Experiment(data=Generated(seed=5, noise=size)).dataset for size in (0, noise))
    np.testing.assert_array_equal(noisy.x, calm.x)
    random = np.random.RandomState(5)
    x = random.randint(-10, 10, 30)
    np.testing.assert_array_equal(noisy.y, 1.5 * x - 28 + noise * random.standard_normal(30))


def test_range_and_size_of_generated_points():
    data = Experiment(data=Generated(seed=1, size=500, low=3, high=6), true_params=(2, -1)).dataset
    assert set(data.x.tolist()) == {3.0, 4.0, 5.0}
    np.testing.assert_array_equal(data.y, 2 * data.x - 1)
    assert data.size == 500


def test_true_params_are_ignored_with_a_dataset():
    data = Dataset([1, 2], [3, 4])
    assert Experiment(data=data, true_params=(5, 6)) == Experiment(data=data)
    assert Experiment(data=data, true_params=None).canonical == Experiment(data=data).canonical


def test_a_constant_model_is_drawn_for_every_point():
    level = Model("level", ("a",), lambda p, x: p[0], lambda p, x: (1.0,), linear=True)
    experiment = Experiment(model=level, true_params=(4,), start=(0,), contestants=[Contestant("SGD", SGD(0.1))])
    assert experiment.dataset.y.tolist() == [4.0] * 30
    for batch_size in (1, 4):
        run = train(Experiment(model=level, true_params=(4,), start=(0,), batch_size=batch_size,
                               contestants=[Contestant("SGD", SGD(0.1))]))["SGD"]
        assert run.params[-1, 0] == pytest.approx(4)


def test_datasets_are_values():
    one, same, other = Dataset([1, 2], [3, 4]), Dataset((1.0, 2.0), np.array([3, 4])), Dataset([1, 2], [3, 5])
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != "data"
    assert Dataset([-0.0], [0.0]).x.tobytes() == Dataset([0.0], [0.0]).x.tobytes()
    x = np.ones(2)
    copy = Dataset(x, x)
    x[0] = 9
    assert copy.x.tolist() == [1, 1]
