"""Same experiment, same bytes; and a contestant's bytes depend on nothing but its own settings."""

import numpy as np
import pytest

from optim import (
    MODELS,
    SGD,
    SURFACES,
    Adam,
    Contestant,
    CosineAnnealing,
    Dataset,
    Experiment,
    Generated,
    Model,
    Momentum,
    train,
)

# A curve of transcendental functions, whose vectorised forms may treat a lane by its place among others.
WAVE = Model(
    "wave", ("a", "b", "c"),
    predict=lambda p, x: np.tanh(p[0] * x) * np.exp(0.1 * p[1]) + np.sin(p[2] + x),
    gradient=lambda p, x: (
        x * np.exp(0.1 * p[1]) / np.cosh(p[0] * x) ** 2,
        0.1 * np.tanh(p[0] * x) * np.exp(0.1 * p[1]),
        np.cos(p[2] + x),
    ),
)

# Two or more of each rule, with equal and with unequal settings, and rules of one lane.
CROWD = (
    Contestant("sgd", SGD(0.001)),
    Contestant("average", Momentum(0.001, 0.95)),
    Contestant("adam", Adam(1, (0.7, 0.9))),
    Contestant("sgd, slower", SGD(0.0003)),
    Contestant("heavy ball", Momentum(0.0001, 0.9, "heavy-ball")),
    Contestant("adam, annealed", Adam(1, (0.7, 0.9)), CosineAnnealing(1)),
    Contestant("adam, patient", Adam(0.3, (0.9, 0.999), 1e-4)),
    Contestant("average, annealed", Momentum(0.002, 0.6), CosineAnnealing(0.3, 1.5, 0.1)),
    Contestant("adam, uncorrected", Adam(0.1, bias_correction=False)),
    Contestant("adam, inside", Adam(0.1, (0.5, 0.99), eps_inside_sqrt=True)),
)

SETTINGS = [
    {"batch_size": size, "shuffle": shuffle, "coordinates": coordinates, "epochs": 2}
    for size in (1, 2, 3, 7, 8, 9, 17, 30, 100)
    for shuffle in (False, True)
    for coordinates in ("together", "in turn")
]
# Sums of more than 8 and of more than 128 numbers take other paths in numpy than short ones.
SETTINGS += [
    {"batch_size": size, "data": Generated(seed=3, size=301, noise=1.7), "epochs": 2, "shuffle": True}
    for size in (64, 129, 300, 301)
]
SETTINGS += [
    {"batch_size": size, "model": WAVE, "start": (0.3, -0.2, 0.1), "true_params": (0.5, 1, 2), "epochs": 2}
    for size in (1, 5, 30)
]
# Every curve, one point and several at a time, and every surface.
SETTINGS += [{"model": name, "batch_size": size, "epochs": 1} for name in MODELS for size in (1, 7)]
SETTINGS += [
    {"model": name, "gradient_noise": 0.1, "coordinates": coordinates, "epochs": 20}
    for name in SURFACES
    for coordinates in ("together", "in turn")
]


def name_of(settings):
    return ", ".join(f"{key}={getattr(value, 'name', value)}" for key, value in settings.items())


def history(run):
    arrays = (run.params, run.loss, run.gradient, run.direction, run.learning_rate)
    assert all(array.dtype == np.float64 and array.flags.c_contiguous for array in arrays)
    return [array.tobytes() for array in arrays] + [run.diverged_at]


def histories(contestants, settings):
    return {label: history(run) for label, run in train(Experiment(contestants=contestants, **settings)).items()}


@pytest.mark.parametrize("settings", SETTINGS, ids=name_of)
def test_alone_in_company_and_in_any_order(settings):
    company = histories(CROWD, settings)
    assert list(company) == [one.label for one in CROWD]
    assert histories(CROWD[::-1], settings) == company
    for one in CROWD:
        assert histories([one], settings) == {one.label: company[one.label]}


def test_alone_and_among_a_thousand():
    crowd = [Contestant(str(i), Adam(0.01 * (i + 1), (0.5 + 0.0004 * i, 0.9), 1e-8 * i)) for i in range(1000)]
    crowd += [Contestant(f"momentum {i}", Momentum(1e-6 * i, i / 1000)) for i in range(37)]
    settings = {"batch_size": 13, "epochs": 15}
    company = histories(crowd, settings)
    for one in crowd[::97] + crowd[-3:]:
        assert histories([one], settings) == {one.label: company[one.label]}


@pytest.mark.parametrize("settings", [{}, {"shuffle": True, "batch_size": 4, "data": Generated(noise=3)}], ids=str)
def test_same_experiment_same_bytes(settings):
    assert histories(CROWD, settings) == histories(CROWD, settings)


def test_a_final_run_is_the_end_of_the_whole_run():
    for settings in ({}, {"batch_size": 7, "shuffle": True}, {"coordinates": "in turn"}):
        experiment = Experiment(contestants=CROWD, **settings)
        whole, final = train(experiment), train(experiment, keep="final")
        assert list(final) == list(whole)
        for label, run in final.items():
            assert run.params.shape == (1, 2)
            assert run.params.tobytes() == whole[label].params[-1:].tobytes()
            assert run.loss.tobytes() == whole[label].loss[-1:].tobytes()
            assert (run.gradient.shape, run.direction.shape, run.learning_rate.shape) == ((0, 2), (0, 2), (0,))


def test_final_runs_in_parts_are_the_same(monkeypatch):
    crowd = [*CROWD, Contestant("diverges", SGD(1e3))]
    for settings in ({}, {"batch_size": 7, "shuffle": True}, {"coordinates": "in turn"}, {"model": "sine"}):
        experiment = Experiment(contestants=crowd, **settings)
        whole = train(experiment, keep="final")
        with monkeypatch.context() as patch:
            patch.setattr("optim.training.NUMBERS", 8)
            parts = train(experiment, keep="final")
        assert list(parts) == list(whole)
        for label, run in parts.items():
            assert run.params.tobytes() == whole[label].params.tobytes()
            assert run.loss.tobytes() == whole[label].loss.tobytes()
            assert (run.diverged_at, run.diverged_reason) == (whole[label].diverged_at, whole[label].diverged_reason)


def test_another_numbers_type_is_the_same_experiment():
    plain = Experiment(data=Dataset([1, 2], [3, 4]), start=(1, 2), contestants=[Contestant("a", SGD(1))])
    other = Experiment(
        data=Dataset(np.array([1, 2], dtype=np.int8), (3.0, 4.0)), start=np.array([1, 2.0]),
        contestants=(Contestant("a", SGD(np.float64(1))),))
    assert plain == other
    assert hash(plain) == hash(other)
    assert plain.canonical == other.canonical
    assert plain.digest == other.digest


def test_recorded_arrays_are_read_only():
    for keep in ("everything", "final"):
        for run in train(Experiment(epochs=1), keep=keep).values():
            for array in (run.params, run.loss, run.gradient, run.direction, run.learning_rate):
                assert not array.flags.writeable
    data = Experiment().dataset
    assert not data.x.flags.writeable
    assert not data.y.flags.writeable
