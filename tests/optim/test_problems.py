"""Experiments on surfaces and named problems: names, what is left to them, noise, and the text form."""

import dataclasses
import json
import re

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
    Momentum,
    Surface,
    batches,
    find,
    minimize,
    network,
    polynomial,
    problems,
    ravine,
    train,
)

BOWL = Surface("bowl", lambda p: p[0] * p[0] + p[1] * p[1], lambda p: (2 * p[0], 2 * p[1]), (1, 2), ((-3, 3), (-3, 3)))
PAIR = (Contestant("SGD", SGD(0.001)), Contestant("Adam", Adam(0.1), CosineAnnealing(20)))


# Names


def test_no_two_have_one_name():
    assert not MODELS.keys() & SURFACES.keys()
    assert all(name == problem.name for name, problem in (MODELS | SURFACES).items())


@pytest.mark.parametrize(("name", "problem"), [
    ("ravine-30", ravine(30)), ("ravine-2.5", ravine(2.5)), ("ravine-1", ravine(1.0)), ("network-5", network(5)),
    ("network-8", network(8)), ("polynomial-3-scaled", polynomial(3, True)), ("polynomial-4", polynomial(4)),
])
def test_a_member_of_a_family_is_found_by_its_number(name, problem):
    assert problem.name == name
    assert find(name) is problem
    assert Experiment(problem).model == name
    assert Experiment(problem) == Experiment(name)


@pytest.mark.parametrize("name", [
    "", "circle", "Line", "ravine", "ravine-", "ravine-30.0", "ravine-030", "ravine-3e1", "ravine-0.5", "ravine-nan",
    "ravine-inf", "ravine-1e400", "ravine--30", "ravine-\u0663", "ravine- 30", "ravine-1_0", "network-0", "network-65",
    "network-2.0", "network-8 ", "network-" + "9" * 5000, "polynomial-6", "polynomial-3-Scaled", "rosenbrock-2", "-30",
    None, 7, ["line"],
], ids=lambda name: str(name)[:20])
def test_no_other_name_is_found(name):
    assert find(name) is None
    with pytest.raises(ValueError, match="model must be a Model, a Surface or a name"):
        Experiment(model=name)


def test_a_reader_adds_names(monkeypatch):
    bowl = dataclasses.replace(BOWL, name="a surface of mine")
    mine = {bowl.name: bowl, "line": BOWL}
    monkeypatch.setattr(problems, "READERS", [lambda name: None, mine.get])
    assert Experiment(bowl) == Experiment("a surface of mine")
    assert Experiment.from_canonical(Experiment(bowl).canonical).resolved_model is bowl
    assert find("line") is MODELS["line"]
    assert find("another") is None


# Surfaces in an experiment


def test_a_surface_is_descended_with_no_data():
    experiment = Experiment(BOWL, epochs=50, contestants=[Contestant("SGD", SGD(0.1))])
    assert (experiment.dataset, experiment.data, experiment.true_params) == (None, None, ())
    assert (experiment.steps, experiment.steps_per_epoch) == (50, 1)
    run = train(experiment)["SGD"]
    np.testing.assert_allclose(run.params, np.outer(0.8 ** np.arange(51), [1, 2]), rtol=1e-12)
    np.testing.assert_allclose(run.loss, 5 * 0.64 ** np.arange(51), rtol=1e-12)
    np.testing.assert_allclose(run.gradient, 2 * run.params[:-1], rtol=1e-12)


@pytest.mark.parametrize("name", SURFACES)
def test_a_run_is_what_minimize_does_with_the_same_gradient(name):
    surface = SURFACES[name]
    runs = train(Experiment(surface, epochs=60, contestants=PAIR))
    for one in PAIR:
        alone = minimize(
            lambda p, step: surface.gradient(p), surface.start, one.optimizer, 60, one.schedule,
            value=lambda p: float(surface.value(p)))
        np.testing.assert_allclose(runs[one.label].params, alone.params, rtol=1e-9)
        np.testing.assert_allclose(runs[one.label].loss, alone.loss, rtol=1e-9, atol=1e-12)


def test_in_turn_uses_the_already_moved_parameters():
    tilted = Surface(
        "tilted", lambda p: (p[0] + p[1]) * (p[0] + p[1]), lambda p: (2 * (p[0] + p[1]),) * 2, (1, 0), ((-2, 2),) * 2)
    run = train(Experiment(tilted, epochs=1, coordinates="in turn", contestants=[Contestant("it", SGD(0.25))]))["it"]
    assert run.params[1].tolist() == [0.5, -0.25]
    assert run.gradient[0].tolist() == [2, 1]


def test_what_data_would_need_means_nothing_to_a_surface():
    plain = Experiment("booth")
    for settings in ({"data": Generated(size=99, noise=3)}, {"data": Dataset([1], [2])}, {"true_params": (1, 2, 3)},
                     {"batch_size": 7, "shuffle": True}, {"reduction": "sum"}, {"seed": 9}):
        assert Experiment("booth", **settings).canonical == plain.canonical
    with pytest.raises(ValueError, match="surface 'booth' has no points to take in batches"):
        batches(plain)


def test_a_gradient_of_another_length_is_refused():
    short = dataclasses.replace(BOWL, gradient=lambda p: (p[0],))
    with pytest.raises(ValueError, match="the gradient of surface 'bowl' must have 2 entries, not 1"):
        train(Experiment(short))


# Noise


def test_noise_is_added_to_the_gradient_alike_for_all():
    """A plane without slope: each gradient is the noise, and every contestant gets the same."""
    flat = Surface("flat", lambda p: 0 * p[0], lambda p: (0.0, 0.0), (0, 0), ((-1, 1), (-1, 1)))
    experiment = Experiment(
        flat, epochs=5000, gradient_noise=2.0, seed=4,
        contestants=[Contestant("SGD", SGD(1)), Contestant("other", Momentum(0.1))])
    runs = train(experiment)
    noise = runs["SGD"].gradient
    np.testing.assert_array_equal(noise, runs["other"].gradient)
    np.testing.assert_array_equal(noise, 2 * np.random.RandomState(4).standard_normal((5000, 2)))
    assert noise.std(axis=0) == pytest.approx([2, 2], rel=0.05)
    assert not runs["SGD"].loss.any()  # the loss is the surface's own value


def test_noise_scales_one_pattern_and_a_longer_run_begins_alike():
    def pattern(noise, epochs):
        experiment = Experiment("booth", start=(1, 3), gradient_noise=noise, epochs=epochs,
                                contestants=[Contestant("still", SGD(0))])
        return train(experiment)["still"].gradient

    np.testing.assert_allclose(pattern(3, 20), 3 * pattern(1, 20))
    np.testing.assert_array_equal(pattern(1, 20), pattern(1, 50)[:20])


@pytest.mark.parametrize(("settings", "seed"), [
    ({}, 7), ({"data": Generated(seed=3)}, 3), ({"data": Generated(seed=3), "seed": 5}, 5),
    ({"data": Dataset([1], [2])}, 0),
], ids=str)
def test_the_datas_seed_is_the_noises(settings, seed):
    experiment = Experiment("booth", gradient_noise=1, **settings)
    assert experiment.effective_seed == seed
    assert json.loads(experiment.canonical)["seed"] == seed


def test_data_have_no_gradient_noise():
    assert Experiment(gradient_noise=3) == Experiment()


# The text form


def test_the_text_of_a_surface():
    contestants = re.search(r'"contestants":\[.*?\],"c', Experiment("saddle").canonical)[0]
    assert Experiment("saddle", gradient_noise=0.5).canonical == (
        "{" + contestants + 'oordinates":"together","epochs":100,"gradient_noise":0.5,"model":"saddle","seed":7,'
        '"start":[-1.5,0.001]}')
    assert Experiment.from_canonical('{"model":"saddle"}') == Experiment("saddle")


@pytest.mark.parametrize("name", [*MODELS, *SURFACES, "ravine-250", "network-3"])
def test_there_and_back(name):
    for settings in ({}, {"gradient_noise": 0.25, "seed": 3, "shuffle": True, "epochs": 3}):
        experiment = Experiment(name, **settings)
        assert Experiment.from_canonical(experiment.canonical) == experiment
        assert hash(Experiment.from_canonical(experiment.canonical)) == hash(experiment)


def test_each_has_a_digest_of_its_own():
    digests = {Experiment(name).digest for name in (*MODELS, *SURFACES)}
    assert len(digests) == len(MODELS) + len(SURFACES)


@pytest.mark.parametrize("name", ["bowl", "booth"])
def test_a_surface_of_ones_own_has_no_text(name):
    experiment = Experiment(dataclasses.replace(BOWL, name=name))
    for ask in (lambda: experiment.canonical, lambda: experiment.digest):
        with pytest.raises(ValueError, match=f"^surface '{name}' is not registered, so this experiment has no text"):
            ask()


def test_the_two_numbers_of_a_start_are_still_two():
    with pytest.raises(ValueError, match="start must be 2 numbers, not 3"):
        Experiment("booth", start=(1, 2, 3))
    with pytest.raises(ValueError, match="true_params must be 3 numbers, not 2"):
        dataclasses.replace(Experiment(true_params=(1.5, -28)), model="sine")
    with pytest.raises(ValueError, match="gradient_noise must be a finite number at least 0, not -1"):
        Experiment("booth", gradient_noise=-1)
    with pytest.raises(ValueError, match="the labels y of model 'logistic-regression' must be from 0 to 1"):
        Experiment("logistic-regression", data=Dataset([1, 2], [0, 2]))
