"""The batches that the page marks are those that the steps took."""

import pytest

from components.microscope.batches import MOST, answer
from components.question import Question
from components.settings import parsing
from components.settings.table import DEFAULTS
from components.text.errors import Refused
from optim import batches, train


def asked(about, **changes):
    parsed = parsing.parse(DEFAULTS | changes)
    return parsed.experiment, answer(Question(parsed, about, train))


@pytest.mark.parametrize(("batch", "step"), [(1, 1), (1, 1500), (7, 40), (500, 900)])
def test_a_block_holds_the_batches_of_its_steps(batch, step):
    experiment, told = asked({"step": step}, batch=batch, shuffle="on", points=500, epochs=1000 if batch > 7 else 50)
    assert told["first"] <= step < told["first"] + len(told["batches"])
    assert sum(map(len, told["batches"])) <= MOST
    every = [indices.tolist() for indices in batches(experiment)]
    assert told["batches"] == every[told["first"] - 1:][:len(told["batches"])]


def test_all_steps_of_a_block_have_the_same():
    _, told = asked({"step": 30}, shuffle="on", batch=500, points=500, epochs=1000)
    last = told["first"] + len(told["batches"]) - 1
    assert asked({"step": last}, shuffle="on", batch=500, points=500, epochs=1000)[1] == told
    after = asked({"step": last + 1}, shuffle="on", batch=500, points=500, epochs=1000)[1]
    assert after["first"] == last + 1


@pytest.mark.parametrize(("about", "changes"), [
    ({}, {}), ({"step": "x"}, {}), ({"step": None}, {}), ({"step": 1}, {"problem": "ravine"}),
    ({"step": 1}, {"epochs": "x"}),
])
def test_what_has_no_batches_is_refused(about, changes):
    with pytest.raises(Refused):
        asked(about, **changes)
