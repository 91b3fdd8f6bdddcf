"""What a seed draws: another seed of it is the run that the page shows with that seed."""

import pytest

from components.explore.drawn import drawn, spans
from components.question import Question
from components.settings import parsing
from components.text.errors import Refused
from optim import train

POINTS = "0, 1\n1, 3\n2, 2\n3, 5"


def asked(**values):
    return Question(parsing.parse({"epochs": 2, **values}), {}, None)


@pytest.mark.parametrize("values", [
    {},
    {"noise": 2, "shuffle": "on", "batch": 5},
    {"problem": "network", "units": 2},
    {"problem": "network", "units": 2, "data": POINTS},
    {"problem": "network", "units": 2, "data": POINTS, "shuffle": "on"},
    {"problem": "rosenbrock", "gradient_noise": 1},
])
def test_another_seed_gives_the_run_that_the_page_shows_with_it(values):
    one = drawn(asked(seed=7, **values))
    assert one.seed == 7
    for seed in (7, 12):
        there, page = train(one.by(seed)), train(asked(seed=seed, **values).experiment)
        for label, run in page.items():
            assert there[label].params.tobytes() == run.params.tobytes(), (label, seed)
    assert train(one.by(7))["SGD"].loss[-1] != train(one.by(12))["SGD"].loss[-1]


def test_a_start_that_somebody_has_chosen_stays():
    own = drawn(asked(problem="network", units=2, data=POINTS, start="1, 2, 3, 4, 5, 6, 7", shuffle="on"))
    assert own.by(12).start == own.experiment.start == (1, 2, 3, 4, 5, 6, 7)


def test_where_nothing_is_drawn_it_is_refused_in_a_sentence():
    with pytest.raises(Refused, match="Nothing here is drawn by a seed"):
        drawn(asked(problem="rosenbrock"))


def test_seeds_in_a_few_words():
    assert spans(range(101, 111)) == "101\u2013110"
    assert spans([9, 0, 2, 1]) == "0\u20132, 9"
