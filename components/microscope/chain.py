"""Chain: where the gradient of a step comes from, as rows above a method's rule, and the numbers that go into them.

A curve's loss feels a parameter through its prediction: d loss / d prediction times d prediction / d parameter, of one
point, or the mean over a batch. A surface has its slope, with or without noise. Knows the problem, its data and a run's
parameters; the method's own lines are typeset.py's.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.microscope.typeset import CDOT, FREE, TERM, Row, Written
from components.text.mathml import mathml
from optim import Experiment, Model, Run, batches

Array = np.ndarray

PLAIN = {"x": "x", "1.0": "1", "1": "1"}
"""The slopes of a curve, as its code has them, that are shown as what they are."""
LOSS, PREDICTION, LOGIT = r"\text{loss}", r"\hat{y}", "z"
OPERATIONS = (CDOT.strip(), "+", "-")
"""What a negative number behind it needs parentheses for."""
_WORDS = {PREDICTION: "prediction", LOGIT: "logit"}


def rows(experiment: Experiment) -> tuple[list[list[Row]], list[int]]:
    """The rows of every kind of parameter, and the place of each parameter's among them."""
    kinds: list[str] = list(map(_kind, _slopes(experiment)))
    kept = list(dict.fromkeys(kinds))
    return [_rows_of(experiment, kind) for kind in kept], [kept.index(kind) for kind in kinds]


@np.errstate(all="ignore")
def numbers(experiment: Experiment, run: Run, steps: Sequence[int], of: Sequence[int]) -> dict[str, list[Array]]:
    """What the rows' names were at some steps: numbers of a step, or one `(len(of),)` a parameter."""
    found: dict[str, list[Array]] = {}
    taken = () if experiment.data is None else batches(experiment)  # once: shuffled ones are drawn anew
    for step in steps:
        for name, value in _numbers_of(experiment, run, step - 1, of, taken).items():
            found.setdefault(name, []).append(np.asarray(value, dtype=float))
    return found


# ---- in symbols ------------------------------------------------------------------------------------------------------


def _slopes(experiment: Experiment) -> Sequence[str]:
    """Each parameter's slope of the curve, or of its logit, as text; "" where it is not one of its own."""
    problem = experiment.resolved_model
    if not isinstance(problem, Model):
        return [""] * problem.n
    code = (problem.logit or problem).code
    return [""] * problem.n if code is None or code.blocks else code.slopes


def _kind(slope: str) -> str:
    return PLAIN.get(slope.strip("() "), "")


def _rows_of(experiment: Experiment, kind: str) -> list[Row]:
    if experiment.data is None:
        return _of_a_surface(experiment)
    return _of_a_point(experiment, kind) if experiment.effective_batch_size == 1 else _of_a_batch(experiment, kind)


def _of_a_surface(experiment: Experiment) -> list[Row]:
    slope = r"\frac{\partial z}{\partial p}"
    if not experiment.gradient_noise:
        return [_row("g", f"gradient: slope of the surface{_where(experiment)}", f"g_{{t}} = {slope}")]
    return [
        _row("slope", f"slope of the surface{_where(experiment)}", slope),
        _row("g", "gradient: the slope with this step’s noise", rf"g_{{t}} = {slope} + \text{{noise}}",
             r"{} + {}", "slope", "noise"),
    ]


def _of_a_point(experiment: Experiment, kind: str) -> list[Row]:
    """Of a single point: its prediction, its error, and the gradient."""
    curve, says = experiment.curve, f"gradient: slope of {_loss_of(experiment)}"
    top = [
        _row("prediction", f"prediction at this step’s point{_where(experiment)}", r"\hat{y} = f(x)",
             r"f \left( {} \right)", "point x"),
        _row("error", "error: prediction − y of the point", r"e = \hat{y} - y", "{} - {}", "prediction", "point y"),
    ]
    square = [] if curve.logit else ["2"]
    if kind:
        symbols = [*square, "x", "e"] if kind == "x" else [*square, "e"]
        names = ["point x", "error"] if kind == "x" else ["error"]
        rule = f"g_{{t}} = {_partial(LOSS, 'p')} = {CDOT.join(symbols)}"
        return [*top, _row("g", says, rule, CDOT.join(square + ["{}"] * len(names)), *names)]
    through = LOGIT if curve.logit else PREDICTION
    parts = CDOT.join([_partial(LOSS, through), _partial(through, "p")])
    worked = CDOT.join([*square, "e", _partial(through, "p")])
    return [
        *top,
        _row("slope", _slope_words(curve), _partial(through, "p")),
        _row("g", says, f"g_{{t}} = {parts} = {worked}", CDOT.join([*square, "{}", "{}"]), "error", "slope"),
    ]


def _of_a_batch(experiment: Experiment, kind: str) -> list[Row]:
    """Of several points: the mean or the sum of their errors, each times the slope of its prediction."""
    curve, total = experiment.curve, experiment.reduction == "sum"
    through = LOGIT if curve.logit else PREDICTION
    term = {"x": r"x_{i} \, e_{i}", "1": "e_{i}"}.get(kind, rf"{_partial(through + '_{i}', 'p')} \, e_{{i}}")
    what = {"x": "x times error", "1": "error"}.get(kind, f"error times slope of the {_WORDS[through]}")
    symbols = rf"\sum {term}" if total else rf"\frac{{1}}{{N}} \sum {term}"
    over = f"of {what} over the N points of this step{_where(experiment)}"
    row = (
        _row("sum", f"sum {over}", symbols, f"{{}}{CDOT}{{}}", "points", "mean") if total
        else _row("mean", f"mean {over}", symbols, r"\frac{{{}}}{{{}}}", "sum", "points")
    )
    square = [] if curve.logit else ["2"]
    rule = f"g_{{t}} = {_partial(LOSS, 'p')} = {CDOT.join([*square, symbols])}"
    says = f"gradient: slope of {_loss_of(experiment)}; error e = prediction − y"
    return [row, _row("g", says, rule, CDOT.join([*square, "{}"]), row.name)]


def _partial(top: str, bottom: str) -> str:
    return rf"\frac{{\partial {top}}}{{\partial {bottom}}}"


def _row(name: str, says: str, rule: str, filled: str = "", *names: str) -> Row:
    """A row whose right side with numbers is `filled`, with {} where those of the names go; "" for a number alone."""
    if not filled:
        return Row(name, says, "", mathml(rule), ())
    latex = filled.format(*(rf"\text{{slot{place}}}" for place in range(len(names))))
    before = [latex[:latex.index(f"slot{place}")].removesuffix(r"\text{").rstrip() for place in range(len(names))]
    slots = zip(names, (TERM if one.endswith(OPERATIONS) else FREE for one in before), strict=True)
    return Row(name, says, "", mathml(rule), (Written(mathml(latex), tuple(slots)),))


# ---- in words --------------------------------------------------------------------------------------------------------


def _where(experiment: Experiment) -> str:
    return ", at the parameters updated so far" if experiment.coordinates == "in turn" else ""


def _slope_words(curve: Model) -> str:
    if curve.logit:
        return "slope of the logit z, of which the prediction is made: how far it moves with p"
    return "slope of the prediction: how far it moves with p"


def _loss_of(experiment: Experiment) -> str:
    error = "cross-entropy" if experiment.curve.logit else "squared error"
    if experiment.effective_batch_size == 1:
        return f"the {error} of this step’s point"
    return f"the {'summed' if experiment.reduction == 'sum' else 'mean'} {error} of this step’s batch"


# ---- in numbers ------------------------------------------------------------------------------------------------------


def _numbers_of(
    experiment: Experiment, run: Run, row: int, of: Sequence[int], taken: Sequence[Array]
) -> dict[str, Any]:
    """The names of one step, counted from 0; `taken` are all steps' points, none on a surface."""
    before, after = run.params[row], run.params[row + 1]
    problem = experiment.resolved_model
    if not isinstance(problem, Model):
        if not experiment.gradient_noise:
            return {}
        slope = np.array([problem.gradient(_felt(experiment, before, after, i))[i] for i in of], dtype=float)
        return {"slope": slope, "noise": run.gradient[row, of] - slope}
    chosen = taken[row]
    x, y = experiment.points.x[chosen], experiment.points.y[chosen]
    curve = problem.logit or problem
    error, slope, predicted = (np.empty((len(of), len(chosen))) for _ in range(3))
    for place, i in enumerate(of):
        params = _felt(experiment, before, after, i)[:, None]
        predicted[place] = problem.predict(params, x)
        error[place], slope[place] = predicted[place] - y, curve.gradient(params, x)[i]
    if experiment.effective_batch_size == 1:
        return {"point x": x[0], "point y": y[0], "prediction": predicted[:, 0], "error": error[:, 0],
                "slope": slope[:, 0]}
    summed = (error * slope).sum(axis=1)
    return {"points": len(chosen), "sum": summed, "mean": summed / len(chosen)}


def _felt(experiment: Experiment, before: Array, after: Array, i: int) -> Array:
    """The parameters at which parameter i's gradient is taken: in turn, those in front of it have moved already."""
    if experiment.coordinates == "together":
        return before
    return np.concatenate([after[:i], before[i:]])
