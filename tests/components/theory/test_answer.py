"""What the page tells of the theory is optim.theory's own, and where the theory does not apply it says so."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from components import lessons
from components.question import Question
from components.settings import budget, parsing
from components.settings.table import DEFAULTS, SETTINGS
from components.text.errors import Refused
from components.text.mathml import mathml
from components.text.numbers import brief
from components.theory.answer import theory_says
from components.theory.edges import LONGEST, _edge_in_order
from components.theory.formulas import BEST, EDGES
from optim import SGD, Momentum, Nesterov, theory, train
from optim.epochs import epochs, stable_rate_in_order
from tests.aimed import seconds

ROOT = Path(__file__).resolve().parents[3]
EVERY = [{"label": f"{kind} {form}", "method": kind, "schedule": "Constant", "own": {"form": form} if form else {}}
         for kind, form in (("SGD", None), ("Momentum", "average"), ("Momentum", "heavy-ball"),
                            ("Nesterov", "average"), ("Nesterov", "heavy-ball"))]


def asked(**changes):
    """The experiment, and what the theory says of it, as JSON that a browser can read."""
    parsed = parsing.parse(DEFAULTS | changes)
    told = theory_says(Question(parsed, {}, train))
    return parsed.experiment, json.loads(json.dumps(told, allow_nan=False))


@pytest.mark.parametrize("changes", [
    {}, {"batch": 30, "noise": 3}, {"batch": 7, "reduction": "sum", "lr": 1e-4}, {"coordinates": "in turn"},
    {"problem": "polynomial", "scaled": "yes"}, {"data": "1 2\n2 3\n4 1"},
], ids=str)
def test_every_number_is_the_theorys(changes):
    experiment, told = asked(methods=EVERY, **changes)
    found = theory.bowl(experiment)
    assert told["hash"] == experiment.digest
    assert told["curvatures"] == found.curvatures.tolist()
    assert told["optimum"] == experiment.optimum.tolist()
    assert told["floor"] == experiment.floor
    axes = np.array(told["axes"])
    assert axes @ found.hessian @ axes.T == pytest.approx(np.diag(found.curvatures), abs=1e-9 * found.steepest)
    runs = train(experiment)
    for contestant, one in zip(experiment.contestants, told["methods"], strict=True):
        ends = runs[contestant.label].loss[:: experiment.steps_per_epoch]
        calm = np.isfinite(ends)
        assert np.array(one["loss"], dtype=float)[calm] == pytest.approx(ends[calm], rel=1e-9, abs=1e-9)
        assert one["shrinkage"] == epochs(experiment, contestant).shrinkage
        if experiment.coordinates == "together":
            assert one["edge"] == theory.stable_rate(experiment, contestant.optimizer)
        else:
            assert one["edge"] is None
            assert "in turn" in one["why"]


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("model", [
    {}, *({"problem": "polynomial", "degree": degree, "scaled": scaled} for degree in (2, 3, 4, 5)
          for scaled in ("no", "yes")),
], ids=str)
def test_the_best_settings_shrink_the_error_as_they_say(model, reduction):
    experiment, told = asked(methods=EVERY, batch=30, reduction=reduction, **model)
    for contestant, one in zip(experiment.contestants, told["methods"], strict=True):
        best = {key: one["best"][key] for key in ("lr", "beta") if key in one["best"]}
        sets = one["best"]["sets"]
        assert sets is None or sets["settings"] | sets["own"] == best
        tuned = type(contestant.optimizer)(**{**vars(contestant.optimizer), **best})
        reached = epochs(experiment, type(contestant)(contestant.label, tuned)).shrinkage
        assert reached < 1, contestant.label
        # At the best pair two eigenvalues coincide, where rounding moves them by its square root.
        assert 1 - reached == pytest.approx(1 - one["best"]["shrinkage"], rel=1e-3), contestant.label


@settings(max_examples=60, deadline=None)
@given(
    data=st.lists(st.tuples(*[st.one_of(st.integers(-3, 3), st.floats(-1e6, 1e6).map(lambda one: float(f"{one:.4g}")))]
                            * 2), min_size=1, max_size=5).map(lambda some: "\n".join(f"{x!r} {y!r}" for x, y in some)),
    lr=st.floats(-6, 0).map(lambda power: 10**power), beta=st.sampled_from([0, 0.5, 0.9, 0.999]),
    batch=st.integers(1, 5), degree=st.sampled_from([1, 2, 5]), scaled=st.sampled_from(["no", "yes"]),
    coordinates=st.sampled_from(["together", "in turn"]), reduction=st.sampled_from(["mean", "sum"]),
)
@example("1 2", 1, 0.9, 1, 1, "no", "together", "mean")
@example("1 1\n1 1\n1 1", 0.5, 0.999, 1, 1, "no", "together", "mean")
@example("1e6 1\n-1e6 2", 0.5, 0.9, 1, 5, "no", "together", "mean")
def test_whatever_points_there_are_something_is_told(data, lr, beta, batch, degree, scaled, coordinates, reduction):
    model = {} if degree == 1 else {"problem": "polynomial", "degree": degree, "scaled": scaled}
    experiment, told = asked(methods=EVERY, data=data, lr=lr, beta=beta, batch=batch, coordinates=coordinates,
                             reduction=reduction, epochs=20, **model)
    if told["why"]:
        return
    for one in told["methods"]:
        assert len(one["loss"]) == experiment.epochs + 1
        assert one["verdict"]
        assert one["limit"] is None or one["shrinkage"] < 1


def test_there_is_a_formula_for_every_linear_method_and_form():
    assert set(EDGES) == set(BEST) == {(SGD, None), *((kind, form) for kind in (Momentum, Nesterov)
                                                     for form in ("average", "heavy-ball"))}
    assert {kind for kind, _ in EDGES} == set(theory.LINEAR)


def test_a_mark_stands_where_the_slider_has_its_value():
    _, told = asked(batch=30)
    sgd, momentum, *adaptive = told["methods"]
    scale = SETTINGS["lr"].scale
    for one in (sgd, momentum):
        (mark,) = one["marks"]
        assert mark["rate"] == one["edge"]
        assert scale.value(scale.first + mark["at"] * (scale.top - scale.first)) == pytest.approx(one["edge"])
    assert [one["marks"] for one in adaptive] == [[], []]
    _, told = asked(batch=30, beta=0.999)
    (mark,) = told["methods"][1]["marks"]
    assert mark["rate"] > scale.high
    assert mark["at"] is None


def test_with_smaller_batches_their_own_edge_is_marked_besides():
    experiment, told = asked()
    everyone, here = told["methods"][0]["marks"]
    assert (everyone["here"], here["here"]) == (False, True)
    assert here["rate"] == stable_rate_in_order(experiment, experiment.contestants[0].optimizer)
    assert here["rate"] < everyone["rate"]


def test_a_method_with_a_rate_of_its_own_has_no_mark_on_the_shared_slider():
    own = [{"label": "SGD", "method": "SGD", "schedule": "Constant", "own": {"lr": 0.01}}]
    _, told = asked(methods=own)
    assert told["methods"][0]["marks"] == []
    assert told["methods"][0]["best"]["sets"]["own"] == {"lr": told["methods"][0]["best"]["lr"]}


def test_the_button_leaves_others_alone_that_would_diverge():
    _, told = asked()
    sgd, momentum, *_ = told["methods"]
    assert sgd["best"]["sets"] == {"settings": {"lr": sgd["best"]["lr"], "batch": 30}, "own": {},
                                   "says": "SGD and Momentum: 0.03363; batch size 30"}
    assert "0.03363" in sgd["best"]["text"]
    assert momentum["best"]["lr"] > sgd["edge"]
    assert momentum["best"]["sets"]["settings"] == {"batch": 30}
    assert set(momentum["best"]["sets"]["own"]) == {"lr", "beta"}
    assert momentum["best"]["sets"]["says"] == (
        f"rate of Momentum: {brief(momentum['best']['lr'], 4)}; beta of Momentum: "
        f"{brief(momentum['best']['beta'], 4)}; batch size 30")
    longer = {"label": "longer", "method": "Momentum", "schedule": "Constant", "own": {"beta": 0.99}}
    three = [{"label": kind, "method": kind, "schedule": "Constant", "own": {}} for kind in ("SGD", "Momentum")]
    _, told = asked(methods=[*three, longer])
    assert set(told["methods"][1]["best"]["sets"]["own"]) == {"lr", "beta"}, "one of two would diverge"
    _, told = asked(methods=[three[1], longer])
    assert set(told["methods"][0]["best"]["sets"]["settings"]) == {"lr", "beta", "batch"}
    assert re.fullmatch(r"rate of Momentum and longer: \S+; beta of Momentum: \S+; batch size 30",
                        told["methods"][0]["best"]["sets"]["says"]), "the longer one keeps its own beta"


def test_the_loss_is_no_letter_and_l_is_the_largest_curvature():
    """As in the microscope (tests/components/microscope/test_chain.py) and in the lessons."""
    _, told = asked()
    rows = [*told["rows"], *(row for one in told["methods"] for row in one["rows"])]
    (steepest,) = (row for row in rows if row["says"].startswith("L, "))
    assert steepest["name"] == "Steepest curvature"
    assert "<mi>L</mi>" not in told["formula"]
    assert all("<mi>L</mi>" in latex for latex in map(mathml, [*EDGES.values(), *BEST.values()]))
    assert not any("alpha" in latex for latex in BEST.values()), "the rate is η, as in the microscope"
    drawn = [path.name for path in (ROOT / "assets").rglob("*.js") if '"L"' in path.read_text("utf-8")]
    assert drawn == ["predictions.js"], "beside the axes of the bowl in Landscape"


def test_a_best_rate_that_no_slider_reaches_sets_nothing():
    _, told = asked(data="500 1\n700 2\n900 5")
    assert told["methods"][0]["best"]["lr"] < SETTINGS["lr"].scale.low
    assert told["methods"][0]["best"]["sets"] is None


def test_an_edge_that_is_searched_for_is_searched_for_once(monkeypatch):
    searched, search = [], stable_rate_in_order
    monkeypatch.setattr(
        "components.theory.edges.stable_rate_in_order", lambda *given: searched.append(1) or search(*given))
    _, told = asked(methods=EVERY, seed=4321)
    assert len(searched) == len(EVERY)
    _, again = asked(methods=EVERY[1:], seed=4321, lr=0.002)
    assert len(searched) == len(EVERY)
    assert [one["marks"] for one in again["methods"]] == [
        [{**mark, "place": mark["place"] - 1} for mark in one["marks"]] for one in told["methods"][1:]]
    asked(methods=EVERY, seed=4321, beta=0.8)
    assert len(searched) == len(EVERY) + 2, "it is Momentum's beta"


def test_the_edge_of_a_very_long_epoch_is_not_searched_for(monkeypatch):
    monkeypatch.delattr("components.theory.edges.stable_rate_in_order")
    data = "\n".join(f"{x} {x % 7}" for x in range(LONGEST + 1))
    _, told = asked(methods=EVERY, data=data, batch=1, lr=1e-6)
    for one in told["methods"]:
        assert one["loss"] is not None
        (here,) = [row for row in one["rows"] if row["name"] == "Edge here"]
        assert here["text"] == "not computed"
        assert "501 steps" in here["says"]


@pytest.mark.parametrize("noise", [0, 1e-8, 1e-4, 3])
def test_the_picture_has_a_floor_where_the_drawer_names_one(noise):
    _, told = asked(noise=noise)
    (text,) = [row["text"] for row in told["rows"] if row["name"] == "Noise floor"]
    assert told["noisy"] == (text != "0") == (noise >= 1e-4)


@pytest.mark.parametrize(("changes", "words"), [
    ({"problem": "sine"}, "no bowl"), ({"problem": "network"}, "no bowl"), ({"problem": "ravine"}, "surface"),
    ({"problem": "logistic-regression"}, "no bowl"),
])
def test_where_the_theory_has_no_place_one_sentence_says_so(changes, words):
    _, told = asked(**changes)
    assert words in told["why"]
    assert "methods" not in told


@pytest.mark.parametrize(("changes", "words"), [
    ({"shuffle": "on"}, "shuffled"),
    ({"methods": [{"label": "one", "method": "Adam", "schedule": "Constant", "own": {}}]}, "adapts"),
    ({"methods": [{"label": "one", "method": "SGD", "schedule": "CosineAnnealing", "own": {}}]}, "rate changes"),
    ({"methods": [{"label": "one", "method": "SGD", "schedule": "Constant", "own": {"schedule.warmup": 1}}]}, "rate"),
])
def test_where_nothing_can_be_predicted_a_method_says_why(changes, words):
    _, told = asked(**changes)
    assert words in told["methods"][0]["why"]
    assert told["methods"][0]["loss"] is None


def test_points_that_leave_a_direction_undecided():
    _, told = asked(data="2 1\n2 3")
    texts = {row["name"]: row["text"] for row in told["rows"]}
    assert texts["Condition number"] == "∞"
    assert texts["Flattest curvature"] == "0"
    assert told["methods"][0]["best"] is None
    assert "do not decide one direction" in told["methods"][0]["verdict"]


def test_points_at_seconds_since_1970_are_told_as_they_are():
    """Exactly on a line: no floor, every entry of the Hessian, and what the best rate takes away, however little."""
    data = "\n".join(f"{1.7e9 + 60 * k:.0f} {2 * k + 3}" for k in range(30))
    parsed = parsing.parse(DEFAULTS | {"data": data, "batch": 30, "methods": EVERY})
    x = parsed.experiment.dataset.x
    told = theory_says(Question(parsed, {}, train))
    texts = {row["name"]: row["text"] for row in told["rows"]}
    top, kappa = 2 * (np.mean(x * x) + 1), (np.mean(x * x) + 1) ** 2 / np.var(x)
    assert texts["Noise floor"] == "0"
    assert texts["Condition number"] == brief(kappa)
    assert texts["Steepest curvature"] == brief(top)
    assert texts["Flattest curvature"] == brief(top / kappa)
    assert not told["noisy"]
    sgd = told["methods"][0]["best"]
    assert f"takes {brief(2 / kappa)} of the error away" in sgd["says"]
    assert "<mn>2</mn></mtd>" in told["rows"][0]["math"].replace(" ", "")


def test_undecided_points_hide_no_divergence():
    _, told = asked(data="2 1\n2 3", lr=1, methods=EVERY[:1], batch=2)
    (sgd,) = told["methods"]
    assert sgd["shrinkage"] == pytest.approx(9)
    assert sgd["verdict"] == "An epoch leaves 9 times the error, in the long run: it diverges."
    assert {"name": "Shrinkage an epoch", "text": "× 9"}.items() <= sgd["rows"][-1].items()


def test_on_the_edge_the_error_stays_as_large_as_it_is():
    """The first lesson sends its reader there: "exactly as far beyond the bottom as it began before it, for ever"."""
    values = lessons.LESSONS["one-step"].values
    _, told = asked(**values | {"lr": 0.5})
    (sgd,) = told["methods"]
    assert sgd["shrinkage"] == pytest.approx(1, abs=1e-12)
    says = " ".join([sgd["verdict"], *(row["says"] for row in sgd["rows"])])
    assert "diverges." not in says
    assert "must diverge" not in says
    assert "without end" not in says
    assert "stays as large as it is" in sgd["verdict"]
    assert "lies on it" in sgd["rows"][0]["says"]
    assert sgd["limit"] is None


def test_a_factor_near_one_is_told_by_what_is_lost():
    _, told = asked(problem="polynomial", degree=5, batch=30, lr=1e-4, methods=EVERY[:1])
    (sgd,) = told["methods"]
    lost = 1 - sgd["shrinkage"]
    assert 1e-8 < lost < 1e-3
    assert sgd["verdict"] == f"An epoch takes {brief(lost)} of the error away, in the long run: it converges."
    assert f"× (1 − {brief(lost)})" in {row["text"] for row in sgd["rows"]}
    assert "takes" in sgd["best"]["says"]


def test_a_run_that_diverges_is_predicted_to():
    _, told = asked(lr=0.04, batch=30, epochs=1000)
    sgd = told["methods"][0]
    assert sgd["shrinkage"] > 1
    assert "diverges" in sgd["verdict"]
    assert "must diverge" in sgd["rows"][0]["says"]
    assert sgd["limit"] is None


def test_settings_that_make_no_run_are_refused():
    with pytest.raises(Refused):
        theory_says(Question(parsing.parse({"epochs": "x"}), {}, train))


def test_an_edge_that_would_take_long_to_find_is_not_searched_for():
    """Many parameters make the search as dear as many steps do."""
    formula = "+".join(f"{name}*sin({i}*x)" for i, name in enumerate("abcdfghijklmnopq", start=1))
    kinds = [{"method": "Momentum", "own": {"lr": 0.001 * place}} for place in range(1, 9)]
    for changes in ({"points": 500, "methods": kinds},
                    {"points": 200, "coordinates": "in turn", "methods": [{"method": "SGD"}]}):
        answers = []

        def asks(text, changes=changes, answers=answers):
            _edge_in_order.cache_clear()
            answers.append(asked(problem="own", formula=text, epochs=1, **changes)[1])

        # Of three the least: no processor is exact while the machine has other work.
        assert any(seconds(asks, formula) < 3 * budget.LONGEST for _ in range(3))
        told = answers[-1]
        for one in told["methods"]:
            (here,) = [row for row in one["rows"] if row["name"] == "Edge here"]
            assert here["text"] == "not computed"
            assert "so many parameters" in here["says"]
    _, told = asked(problem="polynomial", degree=5, points=500, coordinates="in turn", epochs=1)
    assert all(row["text"] != "not computed" for one in told["methods"] for row in one["rows"])
