"""The public names, and the example that introduces them."""

import doctest
import inspect

import pytest

import optim


def test_the_example_runs():
    found = doctest.testmod(optim)
    assert found.attempted == 3
    assert not found.failed


@pytest.mark.parametrize("name", optim.__all__)
def test_public_names_are_there_and_explained(name):
    public = getattr(optim, name)
    if inspect.isclass(public) or inspect.isfunction(public):
        assert public.__doc__
        assert not public.__doc__.startswith(f"{name}(")  # the text that dataclass puts where there is none


@pytest.mark.parametrize(("public", "names"), [
    (optim.SGD, ["lr"]),
    (optim.Momentum, ["lr", "beta", "form"]),
    (optim.Adam, ["lr", "betas", "eps", "bias_correction", "eps_inside_sqrt"]),
    (optim.Constant, []),
    (optim.CosineAnnealing, ["period", "period_growth", "floor"]),
    (optim.Contestant, ["label", "optimizer", "schedule"]),
    (optim.Generated, ["seed", "size", "low", "high", "noise"]),
    (optim.Dataset, ["x", "y"]),
    (optim.Model, ["name", "parameter_names", "predict", "gradient"]),
    (optim.Experiment, ["model", "true_params", "start", "data", "epochs", "batch_size", "shuffle", "reduction",
                        "coordinates", "contestants"]),
    (optim.Surface, ["name", "value", "gradient", "start", "bounds", "minima"]),
    (optim.snapshots, ["run", "restarts"]),
    (optim.train, ["experiment"]),
    (optim.minimize, ["gradient", "start", "optimizer", "steps", "schedule", "value", "steps_per_epoch"]),
    (optim.batches, ["experiment"]),
], ids=lambda value: getattr(value, "__name__", ""))
def test_signatures_begin_as_promised(public, names):
    assert list(inspect.signature(public).parameters)[: len(names)] == names
