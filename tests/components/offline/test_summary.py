"""An experiment in words: every problem, method and schedule has its table, and no setting is left out."""

import pytest

from components.offline import summary
from optim import (
    MODELS,
    OPTIMIZERS,
    SCHEDULES,
    SGD,
    SURFACES,
    Contestant,
    Dataset,
    Experiment,
    Generated,
    controls,
)


def test_the_articles_comparison():
    said = summary.groups(Experiment())
    assert list(said) == ["Problem", "Steps", "SGD", "Momentum", "Adam", "Adam with annealing"]
    assert ("Formula", "y = a x + b") in said["Problem"]
    assert ("True parameters", "a 1.5, b −28") in said["Problem"]
    assert dict(said["Steps"]) == {
        "Epochs": "50", "Steps in all": "1,500", "Batch size": "1", "Order of the points": "as given",
        "Gradient": "mean over the batch", "Parameters updated": "together",
    }
    assert said["Momentum"] == [("Method", "Momentum"), ("Learning rate", "0.001"), ("Beta", "0.95"),
                                ("Form", "averaged")]
    assert ("Period (epochs)", "whole run") in said["Adam with annealing"]


@pytest.mark.parametrize("name", [*MODELS, *SURFACES])
def test_every_problem_has_its_words(name):
    said = summary.problem(Experiment(model=name))
    assert all(label and text for label, text in said)
    assert said[-1][0] == "Start"


def test_own_points_and_noise_are_said():
    own = Experiment(data=Dataset([0, 1, 2], [1, 2, 4]), shuffle=True, seed=3)
    assert ("Points", "3 of one's own") in summary.problem(own)
    assert not any(label == "True parameters" for label, _ in summary.problem(own))
    assert ("Order of the points", "shuffled, seed 3") in summary.steps(own)
    assert ("Noise", "2.5") in summary.problem(Experiment(data=Generated(noise=2.5)))
    assert ("Gradient noise", "0.1") in summary.problem(Experiment(model="booth", gradient_noise=0.1))
    assert ("Steps", "7") in summary.steps(Experiment(model="booth", epochs=7))


def test_a_function_of_ones_own_has_no_name_but_that():
    assert dict(summary.problem(Experiment(model="y = a*exp(-b*x)")))["Problem"] == "Your own function"


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_setting_of_a_method_is_there(name):
    kind = OPTIMIZERS[name]
    said = summary.method(Contestant("x", kind()))
    assert [label for label, _ in said[1:]] == [one.label for one in controls(kind)]


@pytest.mark.parametrize("name", [name for name in SCHEDULES if name != "Constant"])
def test_every_setting_of_a_schedule_is_there(name):
    kind = SCHEDULES[name]
    said = summary.method(Contestant("x", SGD(), kind()))
    assert [label for label, _ in said][-len(controls(kind)):] == [one.label for one in controls(kind)]


def test_a_long_list_is_cut_short():
    said = dict(summary.problem(Experiment(model="network-16")))
    assert said["Start"].count(",") == summary.LONGEST
    assert "…" in said["Start"]
