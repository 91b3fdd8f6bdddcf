"""What is worked out in a faster order or with fewer looks has the bytes of the plain way."""

import numpy as np
import pytest

from optim import MODELS, Experiment, Generated, sweep
from optim import blocks as blocks_of_lanes
from optim.optimizers.adam import corrected
from optim.run import DIVERGENCE_LIMIT, is_all_sound, is_sound
from optim.sums import summed


def same(one, other):
    return one.shape == other.shape and one.tobytes() == other.tobytes()


@pytest.mark.parametrize("counts", [range(1, 40), range(120, 140), (250, 256, 257, 500, 1031)], ids=str)
def test_a_sum_of_terms_is_numpys_sum_of_a_row(counts):
    random = np.random.default_rng(3)
    for count in counts:
        rows = random.standard_normal((17, count)) * 10 ** random.uniform(-8, 8, (17, count))
        rows[0], rows[1, 0], rows[2, -1] = -0.0, np.inf, np.nan
        assert same(summed(lambda i, rows=rows: rows[:, i].copy(), count), np.add.reduce(rows, axis=-1)), count


@pytest.mark.parametrize("name", MODELS)
def test_the_loss_point_by_point_is_the_loss(name):
    """Of points that all lanes share, and of each lane's own."""
    model, random = MODELS[name], np.random.default_rng(4)
    for points in (1, 7, 30, 131):
        experiment = Experiment(name, data=Generated(size=points, noise=0.5))
        x, y = experiment.dataset.x, experiment.dataset.y
        params = random.standard_normal((model.n, 1500)) * 3
        params[:, 0], params[0, 1], params[0, 2] = 0, 1e18, -1e300
        shared = [[np.array(value) for value in values] for values in (x, y)]
        assert same(model.loss_by_point(params, *shared), model.loss(params, x, y))
        each = [np.resize(values, (1500, points)) for values in (x + random.standard_normal((1500, 1)), y)]
        own = [[np.array(value) for value in values.T] for values in each]
        assert same(model.loss_by_point(params, *own), model.loss(params, *each))


@pytest.mark.parametrize("axis", [{"data.seed": range(4)}, {"start[0]": [0.1, 0.2, 0.3, 1e17]}], ids=str)
@pytest.mark.parametrize("model", ["line", "exponential", "logistic-regression"])
def test_a_sweeps_losses_are_the_same_either_way(model, axis, monkeypatch):
    found = []
    for many in (1, 10**9):
        monkeypatch.setattr(blocks_of_lanes, "MANY", many)
        over = {"*.lr": np.geomspace(1e-4, 10, 9).tolist(), **axis}
        *_, grid = sweep(Experiment(model, epochs=1), over, "best loss")
        found.append(grid.values)
    assert same(*found)


@pytest.mark.parametrize("value", [
    DIVERGENCE_LIMIT, -DIVERGENCE_LIMIT, np.nextafter(DIVERGENCE_LIMIT, np.inf), np.nan, np.inf, -np.inf, 0.0, -1e17])
def test_one_look_at_all_sees_what_a_look_at_each_sees(value):
    for shape in ((1, 1), (3, 2), (5000, 2), (9001, 2)):
        params = np.asfortranarray(np.random.default_rng(5).standard_normal(shape))
        for place in {(0, 0), (shape[0] - 1, shape[1] - 1)}:
            params[place] = value
            assert is_all_sound(params) == is_sound(params).all()
    many = np.full((9000, 2), value, order="F")  # whose sum of squares is beyond the limit's
    assert is_all_sound(many) == is_sound(many).all()


@pytest.mark.parametrize(
    "betas", [0.0, 0.5, 0.7, 0.9, 0.999, np.array([[0.0], [0.9], [0.5]]), np.array([[0.1], [0.2]])], ids=str)
def test_a_correction_that_is_gone_changed_nothing(betas):
    """Until step t it is mean / (1 - beta^t), to the byte; and beyond."""
    mean = np.array([[1.0, -0.0], [np.inf, np.nan], [5e-324, -1e300]])[:np.size(betas) if np.ndim(betas) else 3]
    for step in (*range(80), 300, 394, 395, 396, 400, 1500, 41_000, 42_000):
        plain = mean / (1 - np.power(betas, float(step + 1)))
        assert same(corrected(mean, betas, step), plain), step
