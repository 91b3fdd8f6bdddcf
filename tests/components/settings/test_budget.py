"""The budget: what runs cost, held against counts made by hand; what must run, and what is refused in one sentence."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from components import lessons
from components.formulas import custom
from components.payload.build import build
from components.settings.budget import LARGEST, LONGEST, SECOND, cost, excess, most_steps
from components.settings.parsing import parse
from components.settings.table import PRESETS
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
    network,
    ravine,
    train,
)

EIGHT = [Contestant(name, OPTIMIZERS[name]()) for name in list(OPTIMIZERS)[-8:]]
ALIKE = [Contestant(str(place), SGD(0.001)) for place in range(8)]
LONG_SUM = custom.read("+".join(f"a{i}*sin(b*x+{i})*exp(-c*x^2)" for i in range(12))).problem.name
LONG_SURFACE = custom.read("+".join(f"sin({i}*x*y)*exp(-x^2/{i + 1})" for i in range(1, 16))).problem.name


def microseconds(experiment):
    """What a further step costs."""
    more = replace(experiment, epochs=experiment.epochs + 1)
    per_epoch = (cost(more).operations - cost(experiment).operations) / SECOND
    return 1e6 * per_epoch / experiment.steps_per_epoch


# Processor time of a step and of its share in what the page is told, measured with numpy 2.4 on one machine: medians.
MEASURED = {
    "single points": (Experiment(data=Generated(size=100)), 15),
    "one plain method": (Experiment(contestants=[Contestant("alone", SGD(0.001))]), 5.2),
    "eight alike": (Experiment(contestants=ALIKE), 7.7),
    "eight kinds": (Experiment(contestants=EIGHT), 60),
    "500 points": (Experiment(data=Generated(size=500)), 17),
    "500 points in turn": (Experiment(data=Generated(size=500), coordinates="in turn"), 36),
    "all 500 points a step": (Experiment(data=Generated(size=500), batch_size=500), 27),
    "all 2000 points a step": (Experiment(data=Generated(size=2000), batch_size=2000), 50),
    "all 2000 points a step, shuffled": (Experiment(data=Generated(size=2000), batch_size=2000, shuffle=True), 75),
    "sine": (Experiment("sine"), 20),
    "labels": (Experiment("logistic-regression", data=Generated(size=500)), 37),
    "polynomial": (Experiment("polynomial-5"), 22),
    "network": (Experiment(network(8)), 50),
    "network of 16": (Experiment(network(16)), 75),
    "network of 16, all points": (Experiment(network(16), data=Generated(size=500), batch_size=500), 500),
    "network of 16 in turn": (Experiment(network(16), coordinates="in turn"), 2_800),
    "network of 16, all points in turn":
        (Experiment(network(16), coordinates="in turn", data=Generated(size=500), batch_size=500), 22_000),
    "typed": (Experiment(custom.read("a*exp(-b*x)+c").problem.name), 23),
    "typed, long": (Experiment(LONG_SUM), 190),
    "typed, long, in turn": (Experiment(LONG_SUM, coordinates="in turn"), 2_200),
    "typed, long, all points": (Experiment(LONG_SUM, data=Generated(size=500), batch_size=500), 1_380),
    "typed powers": (Experiment(custom.read("a*x^b + c*abs(x)^d + a^b").problem.name), 90),
    "typed surface": (Experiment(LONG_SURFACE), 156),
    "surface": (Experiment(ravine(10.0)), 12.6),
    "surface with noise": (Experiment(ravine(10.0), gradient_noise=0.1), 13.8),
    "surface in turn": (Experiment(ravine(10.0), coordinates="in turn"), 30),
    "ackley": (Experiment("ackley"), 24.5),
    "beale": (Experiment("beale"), 23.7),
}


@pytest.mark.parametrize(("experiment", "measured"), MEASURED.values(), ids=MEASURED)
def test_the_estimate_is_within_a_factor_of_two(experiment, measured):
    assert measured / 2 < microseconds(experiment) < 2 * measured


def test_in_turn_every_slope_is_computed_for_every_parameter():
    """A rule of SGD costs nothing: what is left is one gradient a step, or one a parameter."""
    for n, model in ((2, "line"), (6, "polynomial-5"), (25, network(8)), (49, network(16))):
        big = {"data": Generated(size=1_000), "batch_size": 1_000, "contestants": ALIKE}
        together, turn = (microseconds(Experiment(model, **big, coordinates=how)) for how in ("together", "in turn"))
        assert 0.4 * n < turn / together < 2 * n


def test_the_memory_is_counted_to_its_height():
    kinds = {
        "line": Experiment(epochs=200),
        "network": Experiment(network(16), epochs=50, contestants=EIGHT),
        "shuffled": Experiment(data=Generated(size=1_000), batch_size=1_000, shuffle=True, epochs=500),
        "typed": Experiment(LONG_SURFACE, epochs=9_000),
        "a large batch": Experiment(
            LONG_SUM, data=Generated(size=2_000), batch_size=2_000, contestants=EIGHT, epochs=3),
    }
    for name, experiment in kinds.items():
        assert (experiment.dataset is None) == (name == "typed")  # drawn before memory is counted
        tracemalloc.start()
        try:
            build(experiment, train(experiment))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak / 1.25 < cost(experiment).bytes < 3 * peak, name


def test_what_must_run():
    assert excess(Experiment(data=Generated(size=500), epochs=100)) is None
    assert excess(Experiment(data=Generated(size=500), epochs=100, coordinates="in turn")) is None
    assert excess(Experiment(data=Generated(size=100), epochs=600)) is None
    assert excess(Experiment(contestants=ALIKE, data=Generated(size=100), epochs=500)) is None
    assert excess(Experiment(network(16), contestants=EIGHT)) is None


@pytest.mark.parametrize("name", [*MODELS, *SURFACES, "network-1", "network-16", "polynomial-5-scaled", "ravine-1000"])
def test_every_problem_runs_with_every_method_and_schedule_as_it_comes(name):
    every = list(OPTIMIZERS.values())
    for first in range(0, len(every), 8):
        contestants = [Contestant(kind.__name__, kind()) for kind in every[first:first + 8]]
        assert excess(Experiment(name, contestants=contestants)) is None
    for kind in SCHEDULES.values():
        assert excess(Experiment(name, contestants=[Contestant("it", SGD(), kind())])) is None


def test_every_preset_and_lesson_runs():
    for one in (*PRESETS.values(), *lessons.LESSONS.values()):
        assert parse(dict(one.values)).experiment


@pytest.mark.parametrize(
    ("values", "ways"),
    [
        ({"problem": "network", "units": 16, "coordinates": "in turn", "epochs": 1000, "points": 60},
         "fewer epochs, fewer methods or all parameters together"),
        ({"problem": "own", "formula": LONG_SUM[4:], "points": 500, "epochs": 120},
         "fewer epochs, fewer methods, fewer points or a shorter formula"),
        ({"problem": "network", "units": 16, "epochs": 1000, "methods": [{"method": "SGD"}] * 8},
         "fewer epochs or fewer methods"),
        ({"problem": "network", "units": 16, "epochs": 1000, "batch": 1, "points": 60, "methods": [{"method": "SGD"}]},
         "fewer epochs"),
        ({"points": 500, "epochs": 120, "methods": [{"method": name} for name in list(OPTIMIZERS)[-8:]]},
         "fewer epochs, fewer methods or fewer points"),
    ],
)
def test_what_is_too_much_is_refused_in_one_sentence_that_says_what_to_make_smaller(values, ways):
    parsed = parse(values)
    assert parsed.experiment is None
    (said,) = parsed.errors.values()
    assert said.endswith(f": {ways} would do.")
    assert said.count(". ") == 0


def test_the_budget_is_reached_exactly():
    for experiment in (
        Experiment(contestants=EIGHT, data=Generated(size=500), batch_size=500),
        Experiment(network(16), epochs=1, data=Generated(size=30), batch_size=30, contestants=ALIKE),
        Experiment("ackley", coordinates="in turn", contestants=EIGHT),
    ):
        most = most_steps(experiment)
        largest = replace(experiment, epochs=most // experiment.steps_per_epoch)
        assert excess(largest) is None
        assert cost(largest).seconds <= LONGEST
        assert cost(largest).bytes <= LARGEST
        assert excess(replace(largest, epochs=largest.epochs + 1))


def test_a_step_that_alone_is_too_much():
    powers = custom.read("*".join(f"tan(a{i}+x^2)^(b{i}+x)" for i in range(8))).problem.name
    own = Dataset(np.linspace(1, 2, 10_000), np.ones(10_000))
    experiment = Experiment(powers, data=own, batch_size=10_000, contestants=EIGHT, epochs=1)
    assert most_steps(experiment) == 0
    assert excess(experiment).startswith("Not even one such step is run, about 100 MB of memory, and these are 1: ")
    assert excess(replace(experiment, batch_size=500)) is None


@pytest.mark.parametrize("turn", ["together", "in turn"])
def test_batches_grow_until_many_points_of_ones_own_fit(turn):
    """A larger batch makes fewer steps, and longer ones."""
    own = "\n".join(f"{k} {k % 7}" for k in range(2_000))
    for units in (1, 4, 16):
        values = {"problem": "network", "units": units, "data": own, "epochs": 5, "coordinates": turn}
        parsed = parse(values, changed="data")
        assert excess(parsed.experiment) is None
        assert parsed.experiment.steps > 5 or turn == "in turn"
