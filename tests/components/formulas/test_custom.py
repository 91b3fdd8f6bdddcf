"""Own functions: exact derivatives, the same bytes in any company, and everything a registered function can do."""

import ast
import contextlib
import copy
import json
import math
import os
import pickle
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from random import Random

import mpmath
import numpy as np
import pytest

from components.formulas import algebra, custom, derivatives, products, rewriting
from components.formulas.custom import named, read
from components.formulas.expressions import arithmetic, parse
from components.text.errors import Refused
from optim import Constant, Contestant, Dataset, Experiment, Model, Momentum, Surface, find, problems, train
from tests.aimed import seconds
from tests.components.formulas.afresh import forgotten
from tests.components.formulas.random_formulas import STEEP, formula

ROOT = Path(__file__).resolve().parents[3]


def slopes(text: str, **values: float) -> list[float]:
    """The derivatives at some values of the names."""
    problem = read(text).problem
    params = [values[name] for name in problem.parameter_names]
    with np.errstate(all="ignore"):
        found = problem.gradient(params) if isinstance(problem, Surface) else problem.gradient(params, values.get("x"))
    return [float(one) for one in found]


def value(text: str, **values: float) -> float:
    with np.errstate(all="ignore"):
        return float(arithmetic([parse(text).tree], list(values))(*values.values())[0])


# Derivatives


def at(one, values, name, number):
    return one.value(mpmath.mp, values | {name: number})


@pytest.mark.parametrize("names", [("a", "b", "c", "x"), ("x", "y")])
def test_derivatives_are_those_that_fifty_digits_give(names):
    """mpmath takes differences, in 50 digits, of the value beside each random formula."""
    random, compared = Random(7), 0
    for _ in range(200):
        one = formula(random, random.randint(3, 14), names)
        point = {name: round(random.uniform(-2, 2), 3) for name in names}
        try:
            problem = read(one.text).problem
        except Refused:
            continue
        if not math.isfinite(value(one.text, **point)):
            continue
        exact = {name: mpmath.mpf(number) for name, number in point.items()}
        for name, found in zip(problem.parameter_names, slopes(one.text, **point), strict=True):
            with mpmath.workdps(50):
                slope = mpmath.diff(partial(at, one, exact, name), exact[name])
            if abs(slope) < 1e9:
                compared += 1
                assert found == pytest.approx(float(slope), rel=1e-8, abs=1e-8), (one.text, name, point)
    assert compared > 150


FAR = 1e5
"""From here on e to something is nothing or infinite, also in fifty digits."""


def exact(tree, values):
    """What a typed tree comes to in mpmath, which has no largest number. OverflowError where that takes too long."""
    if not isinstance(tree, tuple):
        return values[tree] if isinstance(tree, str) else mpmath.mpf(tree)
    operation, *parts = tree[0], *(exact(part, values) for part in tree[1:])
    u, v = parts[0], parts[-1]
    if operation in ("exp", "sinh", "cosh", "tanh", "sigmoid") and abs(u) > FAR:
        if operation in ("sinh", "cosh") or (operation == "exp" and u > 0):
            raise OverflowError
        return mpmath.mpf({"exp": 0, "tanh": mpmath.sign(u), "sigmoid": int(u > 0)}[operation])
    if operation == "sigmoid":
        return 1 / (1 + mpmath.exp(-u))
    infix = {"+": lambda: u + v, "-": lambda: u - v, "*": lambda: u * v, "/": lambda: u / v, "^": lambda: u**v,
             "neg": lambda: -u}
    return infix[operation]() if operation in infix else getattr(mpmath, operation)(u)


def exact_slope(tree, values, name):
    """The value there, and its slope by a name, or None where mpmath has none of a size that a float has."""
    step = mpmath.mpf(10) ** -40
    try:
        middle = exact(tree, values)
        ahead, behind = (exact(tree, values | {name: values[name] + way}) for way in (step, -step))
    except (OverflowError, ZeroDivisionError):
        return None
    slope = (ahead - behind) / (2 * step)
    sizes = [mpmath.mpf(1), middle, ahead, behind, slope]
    if any(isinstance(one, mpmath.mpc) for one in sizes) or max(map(abs, sizes)) > 1e290:
        return None
    return middle, slope


@pytest.mark.parametrize("text", STEEP)
def test_slopes_are_numbers_wherever_their_value_is(text):
    """At random places, most of them far out, against mpmath in 120 digits."""
    random, compared = Random(text), 0
    expression, problem = parse(text), read(text).problem
    for _ in range(60):
        size = random.choice([1, 5, 30, 800, 3000])
        point = {name: round(random.choice([1, size]) * random.uniform(-1, 1), 3) or 0.5 for name in expression.names}
        if not math.isfinite(value(text, **point)):
            continue
        for name, found in zip(problem.parameter_names, slopes(text, **point), strict=True):
            with mpmath.workdps(120):
                known = exact_slope(expression.tree, {key: mpmath.mpf(one) for key, one in point.items()}, name)
            if known is None:
                continue
            compared += 1
            size = max(abs(float(known[0])), 1.0)  # what cancels keeps the digits of its terms
            assert found == pytest.approx(float(known[1]), rel=1e-9, abs=1e-12 * size), (name, point)
    assert compared > 20


@pytest.mark.parametrize(
    ("text", "point", "expected"),
    [
        ("a/(1+exp(-b*(x-c)))", {"a": 2, "b": 20, "c": 50, "x": 0}, [0, 0, 0]),
        ("a/(1+exp(-b*(x-c)))", {"a": 2, "b": 1, "c": 30, "x": 0},
         [9.357622968839299e-14, -5.614573781303e-12, -1.871524593768e-13]),
        ("a*exp(-b*exp(-c*x))", {"a": 2, "b": 1, "c": 40, "x": -20}, [0, 0, 0]),
        ("a/cosh(b*x)", {"a": 2, "b": 40, "x": 20}, [0, 0]),
        ("a*log(1 + exp(b*x))", {"a": 2, "b": 40, "x": 20}, [800, 40]),
        ("a*tanh(b*x)", {"a": 1, "b": 1, "x": 30}, [1, 120 * 8.756510762696521e-27]),
        ("a*sigmoid(b*x)", {"a": 1, "b": 1, "x": 40}, [1, 40 * 4.248354255291589e-18]),
    ],
)
def test_slopes_far_out_keep_their_digits(text, point, expected):
    assert slopes(text, **point) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "point", "expected"),
    [
        ("abs(x) + y", {"x": 0, "y": 0}, [0, 1]),
        ("sqrt(x^2) + y", {"x": 0, "y": 0}, [0, 1]),
        ("sqrt(x^2 + y^2)", {"x": 0, "y": 0}, [0, 0]),
        ("(x^2 + y^2)^0.5", {"x": 0, "y": 0}, [0, 0]),
        ("abs(x)^0.5 + abs(y)^1.5", {"x": 0, "y": 0}, [0, 0]),
        ("sqrt(abs(x) + abs(y))", {"x": 0, "y": 0}, [0, 0]),
        ("sqrt(abs(x*y))", {"x": 0, "y": 1}, [0, 0]),
        ("x^y", {"x": 0, "y": 0}, [0, 0]),
        ("x^y", {"x": 0, "y": 2}, [0, 0]),
        ("(x^2 + y^2)^abs(x)", {"x": 0, "y": 0}, [0, 0]),
        ("20 - 20*exp(-0.2*sqrt((x^2 + y^2)/2))", {"x": 0, "y": 0}, [0, 0]),
        ("exp(-sqrt(x^2 + y^2)) + x", {"x": 0, "y": 0}, [1, 0]),
        ("y^2 - sqrt(x)", {"x": 0, "y": 1}, [-math.inf, 2]),
        ("x^0.5 + y", {"x": 0, "y": 1}, [math.inf, 1]),
        ("a*sqrt(b*x)", {"a": 1, "b": 2, "x": 0}, [0, 0]),
    ],
)
def test_one_convention_holds_at_every_kink(text, point, expected):
    assert slopes(text, **point) == expected


@pytest.mark.parametrize(
    ("text", "point", "expected"),
    [
        ("exp(a*x)/(1 + exp(a*x))", {"a": 40, "x": 20}, 1),
        ("log(1 + exp(a*x))", {"a": 40, "x": 20}, 800),
        ("1 - 1/(1 + exp(-a*x))", {"a": 1, "x": 40}, 4.248354255291589e-18),
        ("a*sigmoid(x)", {"a": 1, "x": -30}, 9.357622968839299e-14),
        ("a*sigmoid(x)", {"a": 1, "x": -740}, 4.199558e-322),
    ],
)
def test_values_too_are_computed_in_their_safe_form(text, point, expected):
    problem = read(text).problem
    found = float(problem.predict([point[name] for name in problem.parameter_names], point["x"]))
    assert found == pytest.approx(expected, rel=1e-14)


def test_what_needs_no_other_form_keeps_its_own():
    for text in ("a*exp(-b*x) + c", "(1 - x)^2 + 100*(y - x^2)^2", "a*x^b", "a/(1 + x^2)", "a*sin(b*x)*exp(-c*x^2)"):
        assert read(text).tree == parse(text).tree


@pytest.mark.parametrize(
    ("text", "point", "expected"),
    [
        ("a*exp(-b*x) + c", {"a": 2, "b": 0.5, "c": 1, "x": 3}, [math.exp(-1.5), -6 * math.exp(-1.5), 1]),
        ("(1-x)^2 + 100*(y-x^2)^2", {"x": -1.2, "y": 1}, [-215.6, -88]),
        ("a*x^b", {"a": 3, "b": 2, "x": 0}, [0, 0]),
        ("a*x^b", {"a": 3, "b": -2, "x": 2}, [0.25, 0.75 * math.log(2)]),
        ("(x*y)^1.5", {"x": 0, "y": 2}, [0, 0]),
        ("(x + y)^0.5", {"x": 2, "y": 2}, [0.25, 0.25]),
        ("a*abs(x - b)", {"a": 2, "b": 3, "x": 3}, [0, 0]),
        ("a*abs(x - b)", {"a": 2, "b": 3, "x": 1}, [2, 2]),
        ("a*sigmoid(b*x)", {"a": 2, "b": 1, "x": -800}, [0, 0]),
        ("a*tanh(b*x)", {"a": 2, "b": 1, "x": 800}, [1, 0]),
        ("x^x*y", {"x": 2, "y": 3}, [12 * (1 + math.log(2)), 4]),
        ("2^x*y", {"x": 3, "y": 1}, [8 * math.log(2), 8]),
        ("x/y/4", {"x": 1, "y": 2}, [0.125, -0.0625]),
        ("y*exp(x - x) + 0*x", {"x": 1, "y": 2}, [0, 1]),
        ("123456789*x + y*1e-30", {"x": 1, "y": 2}, [123456789, 1e-30]),
    ],
)
def test_derivatives_one_can_find_by_hand(text, point, expected):
    assert slopes(text, **point) == pytest.approx(expected, rel=1e-14)


def test_the_derivatives_are_shown_as_mathematics():
    assert read("a*exp(-b*x)+c").mathematics == (
        "y = a e^{- b x} + c",
        r"\frac{\partial y}{\partial a} = e^{- b x}",
        r"\frac{\partial y}{\partial b} = - a x e^{- b x}",
        r"\frac{\partial y}{\partial c} = 1",
    )
    assert read("(1-x)^2+100*(y-x^2)^2").mathematics == (
        r"z = \left(1 - x\right)^{2} + 100 \left(y - x^{2}\right)^{2}",
        r"\frac{\partial z}{\partial x} = 2 x - 400 x \left(y - x^{2}\right) - 2",
        r"\frac{\partial z}{\partial y} = 200 y - 200 x^{2}",
    )


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("alpha_1*x^0.5/2", r"\frac{\alpha_{1} x^{0.5}}{2}"),
        ("a*sin(b*x)^2", r"a \sin^{2}\left(b x\right)"),
        ("a*(x - b)^c", r"a \left(x - b\right)^{c}"),
        ("a*log(abs(x))", r"a \ln\left(\left|x\right|\right)"),
        ("sqrt(a^2 + x)^3", r"\left(\sqrt{a^{2} + x}\right)^{3}"),
        ("sigmoid(a*x)", r"\sigma\left(a x\right)"),
        ("exp(a*x)^2", "e^{2 a x}"),
        ("2*pi*a*x", r"2 \pi a x"),
        ("a*x/(1.50 - 0.5)", "a x"),
    ],
)
def test_mathematics_looks_like_mathematics(text, latex):
    assert read(text).mathematics[0] == f"y = {latex}"


# What it is


def test_parameters_are_found():
    assert read("c + a*x^b").problem.parameter_names == ("c", "a", "b")
    assert read("a").problem.parameter_names == ("a",)
    surface = read("y + x^2").problem
    assert isinstance(surface, Surface)
    assert surface.parameter_names == ("x", "y")


@pytest.mark.parametrize(
    ("text", "linear"),
    [("a*x^2 + b*x + c", True), ("a*sin(x) + b*exp(-x)", True), ("(a + b)*x", True),
     ("a*exp(b*x)", False), ("a^2*x", False)],
)
def test_whether_it_is_linear_is_found(text, linear):
    assert read(text).problem.linear is linear


def test_one_formula_is_one_object_however_it_is_spelt():
    assert read("a * x+b") is read("a*x + b")
    assert read("a*x+b").text == read("a*x+b").problem.expression == "a*x + b"


def test_a_formula_is_known_by_its_name_and_by_no_other():
    for text, name in (("a*x+b", "y = a*x + b"), ("x^2+y^2", "z = x^2 + y^2")):
        assert read(text).problem.name == name
        assert named(name) is read(text).problem
    for name in ("a*x + b", "y = a*x+b", "z = a*x + b", "y = x^2 + y^2", "y = 2x", "line", "", "y = "):
        assert named(name) is None


def test_a_formula_that_optim_can_find_has_a_text_form(monkeypatch):
    monkeypatch.setattr(problems, "READERS", [named])
    experiment = Experiment(read("a*x^2 + b").problem, epochs=3)
    assert experiment.model == "y = a*x^2 + b"
    again = Experiment.from_canonical(experiment.canonical)
    assert again == experiment
    for label, run in train(experiment).items():
        assert run.params.tobytes() == train(again)[label].params.tobytes()


@pytest.mark.parametrize("text", ["a*x^2 + b", "x^2 + y^2", "a/(1 + exp(-b*x))"])
def test_an_experiment_survives_pickling_into_a_fresh_process(monkeypatch, tmp_path, text):
    """Which has only unpickled it: who reads its name travels along."""
    monkeypatch.setattr(problems, "READERS", [named])
    experiment = Experiment(read(text).problem, epochs=3, contestants=[Contestant("it", Momentum(0.01))])
    (tmp_path / "pickle").write_bytes(pickle.dumps(experiment))
    code = f"""
import pathlib, pickle, sys
experiment = pickle.loads(pathlib.Path({str(tmp_path / "pickle")!r}).read_bytes())
from optim import Experiment, train
assert experiment == Experiment.from_canonical(experiment.canonical) == pickle.loads(pickle.dumps(experiment))
print(experiment.digest, hash(experiment) == hash(Experiment.from_canonical(experiment.canonical)))
print(train(experiment)["it"].params.tobytes().hex())
"""
    expected = [experiment.digest, "True", train(experiment)["it"].params.tobytes().hex()]
    assert child(code).split() == expected
    assert pickle.loads(pickle.dumps(experiment)) == copy.deepcopy(experiment) == experiment


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x^2", "There is nothing to change: a curve has parameters, as in a*x + b, and a surface has x and y."),
        ("2 + 2", "There is nothing to change: a curve has parameters, as in a*x + b, and a surface has x and y."),
        ("  a*y", "“y” at column 5 has no place here: a curve is f(x), and a surface has x and y alone."),
        ("y^2", "“y” at column 1 has no place here: a curve is f(x), and a surface has x and y alone."),
        (" + ".join(f"a{i}" for i in range(17)), "There are 17 parameters; at most 16 are taken."),
        ("a" + "*x" * 250, "The formula has 501 characters; at most 500 are read."),
        ("a/(x - x)", algebra.NOWHERE),
        ("a*log(x - x)", algebra.NOWHERE),
        ("a*(x - x)^-2", algebra.NOWHERE),
        ("1/(x - x) + y", algebra.NOWHERE),
        ("a*" + "^".join("abcdfghijklmnopqrstuvw"), "There are 22 parameters; at most 16 are taken."),
        ("*".join(f"sin({a}*{b}*x)" for a in "abcdfg" for b in "hijklm"), derivatives.TOO_LONG),
        ("a x 2", "An operation is missing between “x” and “2” at column 5: * for a product."),
    ],
)
def test_a_refusal_says_in_one_sentence_what_and_where(text, sentence):
    with pytest.raises(Refused) as refusal:
        read(text)
    assert str(refusal.value) == sentence


# It works everywhere


def test_a_typed_surface_runs_as_the_registered_one():
    known = find("rosenbrock")
    typed = read("(1 - x)^2 + 100*(y - x^2)^2").problem
    settings = {"start": (-1.2, 1), "epochs": 60, "contestants": Experiment(known).contestants}
    one, other = (train(Experiment(model, **settings)) for model in (known, typed))
    for label in one:
        np.testing.assert_allclose(other[label].params, one[label].params, rtol=1e-9)
        np.testing.assert_allclose(other[label].loss, one[label].loss, rtol=1e-8)


def test_a_typed_curve_runs_as_the_registered_one():
    known = Experiment()
    typed = Experiment(read("a*x + b").problem, data=known.dataset, start=known.start, contestants=known.contestants)
    runs = train(typed)
    for label, run in train(known).items():
        np.testing.assert_allclose(runs[label].params, run.params, rtol=1e-12)
    np.testing.assert_allclose(typed.optimum, known.optimum, rtol=1e-12)


@pytest.mark.parametrize(
    "text", ["a*exp(-b*x) + c", "a*log(x)", "a*x^b", "a*sqrt(x - 1)", "a*sin(b*x + c)", "x^2 + 3*y^2", "x*y",
             "(1 - x)^2 + 100*(y - x^2)^2"])
def test_as_typed_it_starts_somewhere_finite_and_descends(text):
    for run in train(Experiment(read(text).problem)).values():
        assert run.diverged_at is None
        assert run.loss[-1] < run.loss[0]


def test_one_lane_and_many_have_the_same_bytes():
    random = np.random.RandomState(0)
    rates = random.uniform(1e-5, 1e-3, 21)
    contestants = [Contestant(str(lr), Momentum(lr, 0.9), Constant()) for lr in rates.tolist()]
    for text in ("a*exp(-b*x) + c*tanh(x)^3", "a*abs(x)^b/(1 + c*c)", "sin(x*y) + x^2/(1 + exp(y))^0.5 + y^4"):
        problem = read(text).problem
        sizes = (1, 7, 30) if isinstance(problem, Model) else (1,)
        for size in sizes:
            together = train(Experiment(problem, batch_size=size, epochs=5, contestants=contestants))
            for one in contestants[::5]:
                (alone,) = train(Experiment(problem, batch_size=size, epochs=5, contestants=[one])).values()
                assert alone.params.tobytes() == together[one.label].params.tobytes()
                assert alone.gradient.tobytes() == together[one.label].gradient.tobytes()


def test_own_data_may_be_anything_finite():
    data = Dataset([1, 2, 3, 4], [2.7, 7.4, 20, 54])
    (run,) = train(Experiment(read("a*exp(b*x)").problem, data=data, start=(1, 0.9), epochs=400, batch_size=4,
                              contestants=[Contestant("it", Momentum(1e-4, 0.9))])).values()
    assert run.loss[-1] < 0.5


# What it costs, and what it may not do


def child(code: str, **environment: str) -> str:
    """What another Python prints."""
    command, surroundings = [sys.executable, "-c", code], os.environ | environment
    return subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True).stdout


def test_sympy_is_imported_when_a_formula_is_typed_and_not_before():
    code = """
import sys, app.factory, components.page.layout, components.formulas.custom, components.points.dataset
for text in ("a*x.__class__", "a*x"):
    try:
        components.formulas.custom.read(text)
    except ValueError:
        print("refused")
    print("sympy" in sys.modules)
"""
    assert child(code).split() == ["refused", "False", "True"]


def test_another_process_finds_the_same_derivatives():
    code = "from components.formulas.derivatives import derive; from components.formulas.expressions import parse; " \
           "print(derive(parse('a*sin(b*x + c)^2*exp(-d*x)/(g + x^2)').tree, 'abcdg'))"
    assert child(code, PYTHONHASHSEED="1") == child(code, PYTHONHASHSEED="2")


def test_sympy_gets_no_text_and_runs_nothing():
    events, listening = set(), False
    sys.addaudithook(lambda event, args: events.add(event) if listening else None)
    derivatives.derive(parse("a*x").tree, ["a"])  # what sympy imports late, it imports here
    derivatives.derive(parse("tanh(sqrt(a))^2/sigmoid(abs(a*x)^b + 0.5*pi)").tree, ["a", "b"])
    tree = parse("sqrt(tanh(b))^3/abs(sigmoid(a*x)^b + 0.25*pi)*log(exp(-a))").tree
    listening = True
    derivatives.derive(tree, ["a", "b"])
    listening = False
    assert not events & {"exec", "compile", "import", "open"}


@pytest.mark.parametrize("module", [custom, derivatives, algebra, rewriting, products])
def test_no_text_is_evaluated_and_no_code_made(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    names = {getattr(node, "id", None) or getattr(node, "attr", None) for node in ast.walk(tree)}
    assert not names & {"eval", "exec", "compile", "sympify", "S", "parse_expr", "lambdify", "simplify", "__import__"}


def test_whatever_is_accepted_takes_a_second_or_two():
    random = Random(3)
    read("a*x")
    texts = [formula(random, 80, tuple("abcdfghijklmnox")).text for _ in range(8)]
    texts += [
        "sin(" * 29 + "a*x" + ")" * 29, "abs(sqrt(" * 14 + "a*x" + "))" * 14, "x^" * 35 + "a",
        "1/(1 + " * 25 + "a*x" + ")" * 25,
        "((123456789*x)^10 + b*987654321)^10*(x/123456789)^50*a", "(a*x*b*c*d)^100/(a + b*x)^100",
        "1/(1 + exp(" * 14 + "a*x" + "))" * 14, "log(1 + exp(" * 14 + "a*x" + "))" * 14, "exp(" * 29 + "a*x" + ")" * 29,
        "*".join(f"(exp({p}*x) + exp(-{p}*x) + 1)/(1 + exp({p}) + exp(x))" for p in "abcdfghij"),
        "*".join(f"exp({p}*x)/(1 + exp({p}*x) + x^{p})" for p in "abcdfghijklmn"), "x^(a + " * 20 + "b" + ")" * 20,
        "/".join(["(exp(a*x) + exp(b))"] * 22), "(exp(a) + exp(b)*x)^20/(1 + exp(a) + exp(b))^20",
        "*".join(["(a + b*x^2)"] * 40), "/".join(["(a + b*x)"] * 45), "a*0.999999999^99^1*x^99.5",
    ]
    read_at_all = set()

    def reads(text):
        with contextlib.suppress(Refused):
            read(text)
            read_at_all.add(text)

    for text in texts:
        # Of three readings the least, each by who remembers nothing: none is exact while the machine has other work.
        assert any(seconds(reads, forgotten(text)) < 3 for _ in range(3)), text
    assert len(read_at_all) > 15


def test_many_may_type_at_once():
    texts = [f"a*sin(b*x + {i}) + c{i}*x^{i + 2}" for i in range(12)]
    found = {}
    threads = [threading.Thread(target=lambda text=text: found.setdefault(text, read(text))) for text in texts * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for i, text in enumerate(texts):
        assert found[text].mathematics[-1] == rf"\frac{{\partial y}}{{\partial c_{{{i}}}}} = x^{{{i + 2}}}"


def test_the_trees_travel():
    assert json.loads(json.dumps(derivatives.derive(parse("a*x^2/b").tree, ["b"]).slopes)) == [
        ["/", ["*", ["*", -1, "a"], ["^", "x", 2]], ["^", "b", 2]]]


@pytest.mark.parametrize(
    ("text", "start"),
    [("x^2 + y^2", (-2, 2)), ("log(x*y)", (2, 2)), ("sqrt(x + y)", (2, 2)), ("log(x - y)", (2, -2)),
     ("sqrt(1 - x) + sqrt(1 - y)", (0.5, 0.5)), ("log(-x^2 - y^2)", (-2, 2))],
)
def test_a_surface_starts_where_all_is_finite_if_there_is_such_a_place(text, start):
    assert custom.read(text).problem.start == start


FRACTIONS = "p/(p + " * 14 + "p + x^a" + ")" * 14


def test_what_stands_in_itself_many_times_is_looked_through_once():
    """A fraction in a fraction is a part of each of its slopes' parts: half a million looks without a memory."""
    slope = algebra.to_sympy(parse(FRACTIONS).tree).diff(algebra.algebra().symbol("p"))
    products.overflows.cache_clear()
    rewriting.safe(slope, slope=True)
    assert products.overflows.cache_info().misses < 2_000


@pytest.mark.parametrize("text", ["a/(b + exp(a*x))", FRACTIONS])
def test_rewriting_ends_when_the_time_for_derivatives_is_over(text, monkeypatch):
    monkeypatch.setattr(derivatives, "MAX_SECONDS", -1.0)
    custom._formula.cache_clear()
    with pytest.raises(Refused, match=derivatives.TOO_LONG):
        custom.read(text)
    with pytest.raises(TimeoutError):
        rewriting.safe(algebra.to_sympy(parse(text).tree), end=0.0)
