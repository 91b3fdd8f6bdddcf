"""The page's one question to the server: any JSON gets an answer, an honest one gets a run, and nothing gets a 500."""

import json

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import callbacks
from app.security import BODY_LIMIT
from components.settings import parsing, problems
from components.settings.table import DEFAULTS
from optim import OPTIMIZERS, SCHEDULES

ROUTE = "/_dash-update-component"


def envelope(value: object) -> dict:
    """The body in which Dash's browser half posts the Store "request"."""
    return {
        "output": "run.data",
        "outputs": {"id": "run", "property": "data"},
        "inputs": [{"id": "request", "property": "data", "value": value}],
        "changedPropIds": ["request.data"],
    }


def strictly(text: str) -> object:
    """The JSON value, refusing the NaN and Infinity that Python lets through and no browser reads."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(text, parse_constant=refuse)


def ask(client: FlaskClient, value: object) -> dict:
    """The reply to a request, as the browser gets it."""
    response = client.post(ROUTE, json=envelope(value))
    assert response.status_code == 200, response.text
    return strictly(response.text)["response"]["run"]["data"]


def test_the_default_settings_make_the_articles_run(client):
    reply = ask(client, {"n": 7, "changed": None, "values": DEFAULTS})
    assert (reply["n"], reply["problem"], reply["errors"], reply["notes"]) == (7, None, {}, {})
    assert reply["run"]["hash"] == parsing.parse({}).experiment.digest
    assert reply["run"]["steps"] == 1500


def test_a_setting_reaches_the_run(client):
    assert ask(client, {"n": 1, "values": {**DEFAULTS, "epochs": 10}})["run"]["steps"] == 300


def test_a_value_that_is_no_number_keeps_the_last_run_and_says_why(client):
    reply = ask(client, {"n": 2, "values": {**DEFAULTS, "lr": "fast"}})
    assert reply["run"] is None
    assert reply["problem"] is None
    assert set(reply["errors"]) == {"lr"}


@pytest.mark.parametrize(
    ("changed", "beside"), [("points", "points"), ("batch", "batch"), (None, "epochs"), (["points"], "epochs")]
)
def test_a_run_too_long_is_refused_beside_the_setting_that_was_moved(client, changed, beside):
    reply = ask(client, {"n": 3, "changed": changed, "values": {**DEFAULTS, "epochs": 1000, "points": 500}})
    assert reply["run"] is None
    assert set(reply["errors"]) == {beside}


def test_a_list_of_methods_reaches_the_run_and_says_which_slider_moves_which(client):
    methods = [{"method": "Lion"}, {"method": "Momentum", "label": "Mine", "own": {"beta": "0.5"}}]
    reply = ask(client, {"n": 1, "values": {"epochs": 1, "methods": methods}})
    assert [one["label"] for one in reply["run"]["contestants"]] == ["Lion", "Mine"]
    assert {key: one["follows"] for key, one in reply["methods"][1].items() if one["follows"]} == {
        "lr": "lr", "form": "form"
    }
    assert reply["methods"][1]["beta"]["value"] == 0.5
    refused = ask(client, {"n": 1, "values": {"methods": [{"method": "Lion", "own": {"lr": "fast"}}]}})
    assert (refused["run"], refused["errors"]) == (None, {"methods.0.lr": "“fast” is not a number."})


def test_past_four_parameters_the_gradient_of_the_watched_one_travels(client):
    values = {"problem": "network", "units": 2, "epochs": 1}
    replies = [ask(client, {"n": 1, "values": {**values, **more}}) for more in ({}, {"watched": "v2"})]
    assert [reply["run"]["watched"] for reply in replies] == [0, 5]
    assert [name for name in replies[1]["run"]["series"] if "gradient" in name] == ["gradient 5"]
    assert ask(client, {"n": 1, "values": {"watched": "b"}})["run"]["watched"] is None


def test_a_surface_has_a_run_and_its_own_settings(client):
    reply = ask(client, {"n": 1, "changed": "problem", "values": {"problem": "booth"}})
    assert (reply["run"]["kind"], reply["run"]["data"], reply["run"]["steps"]) == ("surface", None, 200)
    assert {"points", "noise", "true_a", "degree"} <= set(reply["unused"])
    assert reply["values"]["lr"] == 0.05


@pytest.mark.parametrize("n", [None, True, "7", 7.5, [7], 2**53 + 1, -(10**400)])
def test_a_number_that_the_browser_cannot_have_sent_is_not_sent_back(client, n):
    assert ask(client, {"n": n, "values": {"epochs": 1}})["n"] is None


def test_a_failure_of_ours_is_logged_and_told_in_a_sentence(client, monkeypatch, caplog):
    def fail(*_, **__):
        raise ZeroDivisionError("a mistake in the program")

    monkeypatch.setattr(callbacks.parsing, "parse", fail)
    reply = ask(client, {"n": 3, "values": {}})
    assert (reply["n"], reply["run"], reply["problem"]) == (3, None, callbacks.PROBLEM)
    assert "a mistake in the program" in caplog.text
    assert {"values", "form", "captions", "notes", "errors"} <= reply.keys()


# Lone surrogates are in no encoded text, and JSON can spell them: "\\ud800".
TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
TYPED = st.sampled_from(["1e-3", "0,5", "1e400", "-0", "١"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT | TYPED,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)
# Near misses find more than noise does: the right keys with wrong values. Small numbers keep the runs short.
METHODS = st.lists(st.fixed_dictionaries({}, optional={
    "method": st.sampled_from(sorted(OPTIMIZERS)) | JSON,
    "schedule": st.sampled_from(sorted(SCHEDULES)) | JSON,
    "own": st.dictionaries(st.sampled_from(["lr", "betas.0", "schedule.period"]) | TEXT, JSON, max_size=3) | JSON,
}), max_size=9)
PROBLEMS = st.fixed_dictionaries({"problem": st.sampled_from(sorted(problems.TITLES))}, optional={
    "formula": st.sampled_from(["a*log(x)", "1/x", "x^2*y", "a^x"]) | TEXT,
    "data": st.sampled_from(["1 1", "0 0\n0 1", "1e300 1\n2 2"]) | TEXT,
    "methods": METHODS,
})
VALUES = (
    st.dictionaries(st.sampled_from(sorted(DEFAULTS)) | TEXT, JSON | st.integers(-3, 40), max_size=6) | PROBLEMS
)
FUZZ = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(JSON | VALUES | st.fixed_dictionaries({"n": JSON, "values": JSON | VALUES}))
@FUZZ
def test_any_value_gets_an_answer(client, value):
    reply = ask(client, value)
    assert reply["problem"] is None
    assert (reply["run"] is None) == bool(reply["errors"])


@given(JSON | st.fixed_dictionaries({}, optional=dict.fromkeys([*envelope(1), "state"], JSON)))
@FUZZ
def test_any_json_gets_a_refusal_or_an_answer(client, body):
    changed = {**envelope({"n": 1, "values": {"epochs": 1}}), **body} if isinstance(body, dict) else body
    for sent in (body, changed):
        response = client.post(ROUTE, data=json.dumps(sent), content_type="application/json")
        assert response.status_code in (200, 400)
        if response.status_code == 400:
            assert response.mimetype == "text/plain"
            assert response.text.endswith(".\n")
            assert response.text.count("\n") == 1


@given(st.binary(max_size=200), st.sampled_from(["application/json", "text/plain", "multipart/form-data", ""]))
@FUZZ
def test_any_bytes_get_a_refusal(client, data, kind):
    assert client.post(ROUTE, data=data, content_type=kind).status_code in (400, 415)


@pytest.mark.parametrize(
    "text",
    ["[" * 30_000, '{"a":' * 5_000, "[" * 900 + "]" * 900, "1" * 4000, "1" * 5000, "-1e400", "NaN", '"\\ud800"'],
)
def test_text_made_to_break_a_parser(client, text):
    around = (json.dumps(envelope(value)) for value in ("X", {"n": "X", "values": "X"}, {"values": {"lr": "X"}}))
    for body in ("X", *around):
        sent = body.replace('"X"', text).replace("X", text)
        assert client.post(ROUTE, data=sent, content_type="application/json").status_code in (200, 400)


@pytest.mark.parametrize("path", [ROUTE, "/", "/healthz", "/_dash-layout", "/_dash-component-suites/dash/none.js"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
def test_any_method_gets_an_answer(client, path, method):
    assert client.open(path, method=method).status_code < 500


def test_a_large_body_is_refused_before_it_is_read(client):
    response = client.post(ROUTE, json=envelope("x" * BODY_LIMIT))
    assert response.status_code == 413
    assert response.text.endswith(".\n")
