"""Where a gradient comes from: the formulas are those of the loss, and their numbers give the run's own gradient."""

import numpy as np
import pytest

from components.microscope import chain
from components.settings import parsing
from components.settings.table import DEFAULTS
from optim import batches, train
from tests.components.microscope.test_typeset import shown_value, words

STEPS = [1, 2, 7, 30, 31, 50]
SETTINGS = {
    "article": {},
    "a batch whose last is smaller": {"batch": 7},
    "summed and in turn": {"batch": 7, "reduction": "sum", "coordinates": "in turn", "lr": 1e-4},
    "one point and in turn": {"coordinates": "in turn"},
    "shuffled": {"shuffle": "on"},
    "labels": {"problem": "logistic-regression"},
    "labels in batches": {"problem": "logistic-regression", "batch": 8},
    "a curve": {"problem": "exponential"},
    "a network": {"problem": "network", "batch": 5},
    "an own function": {"problem": "own", "formula": "a*exp(-b*x) + c"},
    "a surface": {"problem": "rosenbrock"},
    "a surface with noise": {"problem": "rosenbrock", "gradient_noise": 0.3},
    "a surface with noise in turn": {"problem": "rosenbrock", "gradient_noise": 0.3, "coordinates": "in turn"},
}


def of(values, label="SGD"):
    experiment = parsing.parse(DEFAULTS | values).experiment
    return experiment, train(experiment)[label]


def predicted(experiment, run, step, i):
    """The prediction at a step's only point when parameter i is moved."""
    (point,) = batches(experiment)[step - 1]
    params = run.params[step - 1].copy()
    if experiment.coordinates == "in turn":
        params[:i] = run.params[step, :i]
    return experiment.curve.predict(params, np.asarray(experiment.dataset.x[point]))


@pytest.mark.parametrize("values", SETTINGS.values(), ids=SETTINGS)
def test_the_numbers_that_are_shown_give_the_gradient_of_the_run(values):
    experiment, run = of(values)
    kinds, places = chain.rows(experiment)
    n = experiment.resolved_model.n
    assert len(places) == n
    found = chain.numbers(experiment, run, STEPS, range(n))
    for at, step in enumerate(STEPS):
        for i in range(n):
            numbers = {name: float(np.broadcast_to(rows[at], n)[i]) for name, rows in found.items()}
            numbers["g"] = run.gradient[step - 1, i]
            largest = max(map(abs, numbers.values()))
            for row in kinds[places[i]]:
                if row.name == "prediction":  # f is the curve itself
                    assert numbers[row.name] == predicted(experiment, run, step, i)
                    continue
                for written in row.filled:
                    value = pytest.approx(numbers[row.name], rel=1e-12, abs=1e-14 * largest)
                    assert shown_value(written, numbers) == value


def test_of_the_line_it_is_2_x_error_for_a_and_2_error_for_b():
    experiment, run = of({})
    kinds, places = chain.rows(experiment)
    for_a, for_b = (kinds[place] for place in places)
    assert [words(row.rule) for row in for_a] == ["y^=f(x)", "e=y^−y", "gt=∂loss∂p=2·x·e"]
    assert words(for_b[-1].rule) == "gt=∂loss∂p=2·e"
    found = {name: rows[30] for name, rows in chain.numbers(experiment, run, range(1, 40), (0, 1)).items()}
    x, y = experiment.dataset.x[0], experiment.dataset.y[0]  # step 31 is the first of the second pass
    a, b = run.params[30]
    assert (found["point x"], found["point y"]) == (x, y)
    assert found["prediction"].tolist() == [a * x + b] * 2
    error = a * x + b - y
    assert found["error"].tolist() == [error] * 2
    assert run.gradient[30].tolist() == pytest.approx([2 * x * error, 2 * error], rel=1e-15)


def test_of_a_batch_it_is_the_mean_and_says_of_how_many_points():
    experiment, run = of({"batch": 7})
    (for_a, for_b), _ = chain.rows(experiment)
    assert words(for_a[0].rule) == "1N∑xiei"
    assert words(for_a[1].rule) == "gt=∂loss∂p=2·1N∑xiei"
    assert words(for_b[1].rule) == "gt=∂loss∂p=2·1N∑ei"
    found = chain.numbers(experiment, run, [1, 5], (0, 1))
    assert [float(one) for one in found["points"]] == [7, 2], "of 30 points the last batch has two"
    x, y = experiment.dataset.x[28:], experiment.dataset.y[28:]
    a, b = run.params[4]
    assert found["mean"][1].tolist() == pytest.approx([np.mean(x * (a * x + b - y)), np.mean(a * x + b - y)], rel=1e-12)


def test_a_curve_says_how_the_loss_feels_a_parameter_through_the_prediction():
    for values, rule in (({"problem": "sine"}, "gt=∂loss∂y^·∂y^∂p=2·e·∂y^∂p"),
                         ({"problem": "exponential"}, "gt=∂loss∂y^·∂y^∂p=2·e·∂y^∂p"),
                         ({"problem": "logistic-regression"}, "gt=∂loss∂p=x·e"),
                         ({"problem": "rosenbrock"}, "gt=∂z∂p")):
        kinds, places = chain.rows(parsing.parse(DEFAULTS | values).experiment)
        assert words(kinds[places[0]][-1].rule) == rule


def test_the_loss_is_a_word_for_a_letter_would_be_another_thing():
    """L is the largest curvature, in Theory and in the lessons."""
    for values in SETTINGS.values():
        for rows in chain.rows(parsing.parse(DEFAULTS | values).experiment)[0]:
            assert not any("L" in words(row.rule) for row in rows)
