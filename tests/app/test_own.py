"""One's own functions and points, whatever they are: a run or a sentence, never a failure, and always strict JSON."""

import json
from random import Random

import pytest

from app import callbacks
from app.runs import Runs
from app.security import BODY_LIMIT
from components.points.dataset import MAX_LENGTH, MAX_POINTS
from components.settings.problems import TITLES
from tests.app.test_callbacks import ask
from tests.components.formulas.random_formulas import formula

AWKWARD = (
    "a*log(x)", "a/x", "x^a", "x^(-a)", "sqrt(a - x)", "log(log(a*x))", "1/(a - 0.5)*x", "a/(b - b) + x", "a*x*b/b",
    "a/a - x", "exp(exp(a*x))*b", "a*x^50", "a*1e90*x", "a*1e-90*x", "a + x - x", "0*a*x", "a*0", "tan(a*x)",
    "abs(a)*x", "sigmoid(1000*a*x)",
    "x*y", "1/(x*y)", "log(x*y)", "x^y", "sqrt(x + y)", "x + y - x - y", "exp(x^2*y^2)", "1/((x + 2)*(y - 2))",
    "tan(x) + 1e60*y",
)  # fmt: skip
POINTS = (
    "1,2", "1,2\n1,2", "1,2\n1,3\n1,4", "0,0\n0,0", "1,1\n2,1", "-1e18,1e18\n1e18,-1e18", "1e-18,0\n2e-18,1",
    "1e9,1\n1000000001,0", "5,1e18", "0,1\n1,0\n2,1\n3,0", "x,y\n1;2", "1,2\n3", "\ud800", "1,2\n" * 3000,
)  # fmt: skip
HOSTILE = (
    None, True, -1, 1e400, "", " ", "x" * 700, "1,2", "\ud800", "−1", [], [1, 2], {}, {"a": 1}, "nan", "1e999", "0,0",
)  # fmt: skip
KEYS = (
    "problem", "degree", "scaled", "units", "condition", "gradient_noise", "shuffle", "reduction", "coordinates",
    "true", "start", "formula", "data", "watched", "methods",
)  # fmt: skip


@pytest.fixture(scope="module")
def runs() -> Runs:
    class Nothing:
        """Keeps nothing: every run is made."""

        def get(self, key):
            return None

        def set(self, key, value):
            return True

    return Runs(Nothing())


def answer(runs: Runs, values: dict, changed: object = None) -> dict:
    """The reply, which holds a run or says why there is none, and nothing that is no JSON."""
    reply = callbacks.reply({"n": 1, "changed": changed, "values": {"epochs": 3, **values}}, runs)
    json.dumps(reply, allow_nan=False)
    assert reply["problem"] is None, values
    assert (reply["run"] is None) == bool(reply["errors"])
    for said in (*reply["errors"].values(), *reply["notes"].values()):
        assert said[0].isupper() or not said[0].isalpha(), said
        assert said.endswith((".", "?")), said
    return reply


@pytest.mark.parametrize("text", AWKWARD)
def test_a_function_with_holes_and_heights_is_run_or_refused(runs, text):
    for more in ({}, {"data": "1,2\n2,3\n-1,0\n0,5"}, {"start": "0,0"}, {"start": "1e6,-1e6"}):
        answer(runs, {"problem": "own", "formula": text, **more}, "formula")


def test_random_functions_on_random_points(runs):
    random, names = Random(5), (("a", "b", "x"), ("x", "y"), ("a", "x"), ("a", "b", "c", "d", "x"))
    made = 0
    for _ in range(150):
        values = {"problem": "own", "formula": formula(random, random.randint(1, 12), random.choice(names)).text}
        if random.random() < 0.4:
            values["data"] = random.choice(POINTS)
        if random.random() < 0.2:
            values["start"] = random.choice(["0", "0,0", "1e6,-1e6", "0,0,0"])
        made += answer(runs, values)["run"] is not None
    assert made > 50


@pytest.mark.parametrize("text", POINTS, ids=range(len(POINTS)))
@pytest.mark.parametrize("problem", [name for name in TITLES if name != "own"])
def test_every_problem_takes_any_points_or_says_why_not(runs, problem, text):
    reply = answer(runs, {"problem": problem, "data": text}, "data")
    assert set(reply["errors"]) <= {"data"}


@pytest.mark.parametrize("key", KEYS)
def test_no_value_of_the_new_settings_is_a_failure(runs, key):
    for problem in ("line", "polynomial", "network", "ravine", "logistic-regression", "own"):
        for value in HOSTILE:
            answer(runs, {"problem": problem, "formula": "a*x + b", key: value}, key)


def test_the_longest_points_pass_and_are_run_in_larger_batches(client):
    lines = [f"{k + 0.123456789012345:.15f},{-k - 0.987654321098765:.15f}\n" for k in range(MAX_POINTS)]
    text = "".join(lines).ljust(MAX_LENGTH)
    assert len(text) == MAX_LENGTH
    reply = ask(client, {"n": 1, "changed": "data", "values": {"problem": "polynomial", "data": text}})
    assert (reply["errors"], reply["problem"], reply["run"]["points"]) == ({}, None, MAX_POINTS)
    assert "a step takes 10 of them" in reply["notes"]["data"]
    assert len(json.dumps(reply)) < 2 * BODY_LIMIT


def test_points_do_not_come_back_with_the_answer(client):
    reply = ask(client, {"n": 1, "values": {"data": "1,2\n3,4\n"}})
    assert "data" not in reply["values"]
    assert "data" not in reply["asked"]
