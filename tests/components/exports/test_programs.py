"""Programs: each is run in a fresh interpreter that has only numpy, and prints what `train` has found."""

import ast
import json
import re
import subprocess
import sys
from dataclasses import fields, replace
from itertools import product

import numpy as np
import pytest

from components.exports import programs
from components.exports.numpy_program import numpy_program
from components.exports.program_parts import WIDTH
from components.formulas.custom import read
from components.question import Question
from components.settings import parsing
from components.text.errors import Refused
from optim import (
    MODELS,
    OPTIMIZERS,
    SCHEDULES,
    SGD,
    SURFACES,
    Adam,
    Constant,
    Contestant,
    CosineAnnealing,
    Cyclical,
    Dataset,
    Experiment,
    ExponentialDecay,
    Generated,
    InverseTime,
    Linear,
    Momentum,
    OneCycle,
    Polynomial,
    StepDecay,
    train,
)
from optim.fields import Choice
from tests.components.exports import torch_cases

DRIVER = """
import contextlib, io, json, sys, warnings
warnings.simplefilter("ignore")
said = []
for text in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(text, "<program>", "exec"), {"__name__": "__main__"})
    said.append(out.getvalue())
print(json.dumps(said))
"""


def printed(texts):
    """What each program prints, run one after another in one fresh interpreter that finds no file of ours."""
    ran = subprocess.run(
        [sys.executable, "-I", "-c", DRIVER], input=json.dumps(texts), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return [[float(word) for word in said.split()] for said in json.loads(ran.stdout)]


def assert_programs_give_the_runs(experiments):
    """Every contestant's program prints its run's last parameters."""
    texts, expected = [], []
    for experiment in experiments:
        for label, run in train(experiment).items():
            assert run.diverged_at is None, f"{label} on {experiment.model} would show nothing"
            texts.append(numpy_program(experiment, label))
            expected.append(run.params[-1])
    for text, found, last in zip(texts, printed(texts), expected, strict=True):
        np.testing.assert_allclose(found, last, rtol=1e-12, atol=1e-12, err_msg=text)


def switched(method):
    """The method in every combination of its switches, with numbers that are not the usual ones besides."""
    switches = [one for one in fields(method) if isinstance(one.metadata["kind"], Choice)]
    other = {"lr": 0.02, "betas": (0.7, 0.9), "eps": 0.01, "momentum": 0.5, "weight_decay": 0.3, "momentum_decay": 0.5,
             "initial_accumulator_value": 0.5, "alpha": 0.9, "rho": 0.8, "beta": 0.8}
    numbers = {one.name: other[one.name] for one in fields(method) if one.name in other}
    for chosen in product(*(one.metadata["kind"].options for one in switches)):
        yield method(**numbers, **dict(zip((one.name for one in switches), chosen, strict=True)))


def contestants(optimizers):
    return [Contestant(f"{number} {type(one).__name__}", one) for number, one in enumerate(optimizers)]


ALL = contestants([each for method in OPTIMIZERS.values() for each in (method(lr=0.01), *switched(method))])
FEW = contestants([SGD(1e-3), Momentum(1e-3, 0.9), Adam(0.1, (0.7, 0.9))])
SCHEDULED = [
    replace(schedule, warmup=warmup)
    for warmup in (0, 2)
    for schedule in (
        Constant(), StepDecay(2.5, 0.3), ExponentialDecay(0.8), InverseTime(0.7), Linear(), Linear(2.5, 0.2),
        Polynomial(), Polynomial(2.5, 0.7, 0.1), CosineAnnealing(), CosineAnnealing(2.5, 1, 0.2),
        CosineAnnealing(0.5, 2), CosineAnnealing(0.1, 1.1), Cyclical(), Cyclical(1.5, 0.1), OneCycle(),
        OneCycle(0.25, "linear", 5, 20))
]


def test_the_articles_comparison():
    assert_programs_give_the_runs([Experiment(), Experiment(coordinates="in turn")])


def test_every_method_with_every_switch():
    assert {type(one.optimizer) for one in ALL} == set(OPTIMIZERS.values())
    assert_programs_give_the_runs(
        Experiment(model=model, epochs=epochs, coordinates=coordinates, contestants=ALL)
        for model, epochs in (("line", 3), ("booth", 60))
        for coordinates in ("together", "in turn"))


def test_every_schedule():
    assert {type(one) for one in SCHEDULED} == set(SCHEDULES.values())
    both = [Contestant(f"{method.__name__} {number}", method(lr=0.1 if method is Adam else 1e-3), schedule)
            for number, schedule in enumerate(SCHEDULED) for method in (SGD, Adam)]
    assert_programs_give_the_runs([
        Experiment(epochs=8, contestants=both),
        Experiment(epochs=8, contestants=both, batch_size=7, coordinates="in turn"),
        Experiment(model="booth", epochs=30, contestants=both),
    ])


PROBLEMS = (*MODELS, *SURFACES, "network-1", "network-6", "ravine-2.5")


def test_every_problem_as_it_comes():
    assert_programs_give_the_runs(Experiment(model=name, epochs=40) for name in PROBLEMS)


OWN = (
    "a*x + b", "a*exp(-b*x) + c", "a*sin(b*x)^3 + c*x^2", "a + b*x^c", "a*sigmoid(b*x)/(1 + c^2)",
    "a + b", "v*x + d + g*t", "params*x + error", "abs(a)*x", "a*x^-1 + b*sqrt(x)", "a*x",
    "x^2 + 3*y^2", "x + y^2", "(1-x)^2 + 100*(y-x^2)^2", "sin(x)*cos(y) + x^4/20 + y^4/20",
    "log(1 + x^2 + y^2)", "x^2 + abs(y)^1.5",
)


def test_own_functions():
    quick = contestants([SGD(1e-4), Adam(0.01), Momentum(1e-4)])
    assert_programs_give_the_runs(
        Experiment(model=read(name).problem, epochs=6, contestants=quick, batch_size=batch_size)
        for name in OWN for batch_size in (1, 7))


def test_own_functions_far_out_and_at_kinks():
    quick = contestants([SGD(1e-4), Adam(0.01)])
    assert_programs_give_the_runs(
        Experiment(model=read(text).problem, start=start, data=torch_cases.POINTS, epochs=6, contestants=quick,
                   batch_size=batch_size)
        for text, start in torch_cases.FAR for batch_size in (1, 4))
    assert_programs_give_the_runs(
        Experiment(model=read(text).problem, start=start, epochs=6, contestants=quick)
        for text, start in torch_cases.KINKS)


def test_batches_orders_sums_and_noise():
    assert_programs_give_the_runs(
        Experiment(
            model=model, data=Generated(seed=3, noise=noise), epochs=3, batch_size=batch_size, shuffle=shuffle,
            reduction=reduction, coordinates=coordinates, contestants=contestants([SGD(1e-4), Adam(0.01)]))
        for model in ("line", "logistic", "logistic-regression", "polynomial-3-scaled", "network-2")
        for noise, batch_size, shuffle, reduction, coordinates in (
            (2, 1, True, "mean", "together"), (0, 1, False, "sum", "together"), (0.5, 4, False, "mean", "in turn"),
            (1, 7, True, "mean", "together"), (0, 29, False, "sum", "in turn"), (1, 30, False, "mean", "together"),
            (1, 64, True, "sum", "in turn"), (0, 30, False, "sum", "together"), (0.1, 1, True, "sum", "in turn")))


def test_own_points_seeds_and_starts():
    data = Dataset(np.linspace(-1.3, 2.1, 41), np.sin(np.arange(41)))
    tiny = (-1.0) ** np.arange(60) * 10.0 ** -np.arange(60)
    labels = Dataset([-2, -1, 0.5, 1, 3], [0, 1, 0.5, 0, 1])
    assert_programs_give_the_runs([
        Experiment(data=data, contestants=FEW, epochs=5),
        Experiment(data=data, contestants=FEW, epochs=5, shuffle=True, seed=5, batch_size=6, start=(-3, 0.1)),
        Experiment("logistic-regression", data=labels, contestants=FEW, epochs=20),
        Experiment("network-4", data=data, contestants=FEW, epochs=5),
        Experiment("network-4", data=Generated(5, 12, -2, 2), contestants=FEW, epochs=5, seed=9, shuffle=True),
        Experiment("network-4", start=[0.1] * 13, contestants=FEW, epochs=5),
        Experiment(data=Generated(7, 1), contestants=FEW, epochs=5),
        Experiment(data=Dataset(tiny, tiny[::-1]), contestants=FEW, epochs=5, start=(-1.2345678901234567e-05, 1e-300)),
        Experiment("sine", true_params=(-1.2345678901234567e-05, 1.2345678901234567, -1.2345678901234567e-15),
                   contestants=FEW, epochs=5),
    ])


def test_noise_on_a_surface():
    assert_programs_give_the_runs(
        Experiment(name, gradient_noise=0.3, seed=seed, epochs=80, coordinates=coordinates, contestants=FEW)
        for name in ("booth", "ravine-30") for seed in (None, 4) for coordinates in ("together", "in turn"))


def test_the_program_of_a_run_that_diverges_comes_to_its_end():
    wild = Experiment(epochs=3, contestants=[
        Contestant(one.label, replace(one.optimizer, lr=1e12), one.schedule) for one in ALL])
    runs = train(wild)
    assert sum(run.diverged_at is not None for run in runs.values()) > 10
    assert len(printed([numpy_program(wild, label) for label in runs])) == len(ALL)


def test_a_program_is_short_enough_to_be_shown():
    for one in Experiment().contestants:
        lines = numpy_program(Experiment(), one.label).splitlines()
        assert len([line for line in lines if line]) <= 30
        assert max(map(len, lines)) <= WIDTH


def test_the_names_of_rules_hide_nothing_that_the_program_needs():
    """A line of a rule that assigned the data's x, say, would spoil the next step."""
    kept = {"np", "x", "y", "i", "k", "t", "g", "lr", "share", "params", "epoch", "noise", "shuffler", "gradient"}
    for one in ALL:
        loop = ast.parse(numpy_program(Experiment("line", contestants=ALL, shuffle=True), one.label)).body[-2]
        assert isinstance(loop, ast.For)
        words = [node for node in ast.walk(loop) if isinstance(node, ast.Name)]
        assigned = {node.id for node in words if isinstance(node.ctx, ast.Store)}
        assert assigned & kept <= {"epoch", "i", "t", "g", "params"}, one.label
        assert {line.name for line in one.optimizer.lines()} & kept <= {"x"}


def test_a_title_is_short_however_long_the_formula():
    long = read(" + ".join(f"a{k}*x^{k}" for k in range(1, 12))).problem
    for model in ("line", "network-16", "three-hills", long):
        assert len(numpy_program(Experiment(model), "Adam").splitlines()[0]) <= WIDTH
    assert numpy_program(Experiment(long), "SGD").startswith("# Descent Lab: SGD, a function of one's own\n")


@pytest.mark.parametrize("label", ['a"""\nimport os', "#\r\x0b\u2028x = 1", "été ✓", "\x00", " "])
def test_a_label_is_never_more_than_a_comment(label):
    text = numpy_program(Experiment(contestants=[Contestant(label, SGD(1e-3))]), label)
    tree = ast.parse(text)
    assert ast.dump(tree) == ast.dump(ast.parse(numpy_program(Experiment(), "SGD")))


def test_the_answer():
    def ask(**about):
        return programs.answer(Question(parsing.parse({"epochs": 20}), about, train))

    experiment = parsing.parse({"epochs": 20}).experiment
    found = ask(method=3, language="numpy")
    assert found["text"] == numpy_program(experiment, "Adam with annealing")
    assert found["file"] == "descent_adam_with_annealing_numpy.py"
    assert ask(method=99, language="numpy") == found
    for bad in ({"method": None}, {"method": "x"}, {"method": [0]}, {}, {"language": "rust"}, {"language": ["numpy"]}):
        with pytest.raises(Refused):
            ask(**({"method": 0, "language": "numpy"} | bad if bad else {}))
    with pytest.raises(Refused, match="make no run"):
        programs.answer(Question(parsing.parse({"epochs": "x"}), {"method": 0, "language": "numpy"}, train))


def test_a_files_name_hides_no_module():
    names = [programs.file_name(label, "numpy") for label in ("numpy", "", "../x", "é✓", "a" * 200, "Adam 2")]
    assert names[0] == "descent_numpy_numpy.py"
    for name in names:
        assert re.fullmatch(r"descent(_[a-z0-9]+)+\.py", name)
        assert len(name) < 64
