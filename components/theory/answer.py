"""The theory of a run as the page tells it: the bowl of its loss, and what is known of each method that descends it.

Knows which parts there are; no run and no page: assets/drawers/theory.js lays it out, and
assets/panels/parts/predictions.js draws it.
"""

from components.question import Question
from components.text.infinities import plain_list
from components.text.mathml import mathml
from components.theory import quadratic
from components.theory.case import Case
from components.theory.methods import method_theory
from optim import theory
from optim.theory import Inapplicable


def theory_says(question: Question) -> dict:
    """What the theory says of a run: {"hash", "why", "rows", ...}, `why` a sentence where it says nothing at all.

    `rows` tell of the bowl, and `methods` has for each of the list its own rows (see MethodTheory); a row is {"name",
    "text", "says", "math"}, `math` MathML or "". Numbers beside: the bowl's `curvatures` (rising), `axes` (their
    directions, a row each), `optimum`, `floor` and whether it is `noisy`.
    """
    experiment = question.experiment
    told = {"hash": experiment.digest, "epochs": experiment.epochs}
    try:
        found = theory.bowl(experiment)
    except Inapplicable as reason:
        return {**told, "why": str(reason)}
    descended, form = theory.descended(experiment), question.parsed.methods.form
    cases = [Case(experiment, found, descended, form, place) for place in range(len(experiment.contestants))]
    return {
        **told,
        "why": None,
        "formula": mathml(quadratic.FORMULA),
        "rows": quadratic.rows(experiment, found),
        "curvatures": plain_list(found.curvatures),
        "axes": found.axes.tolist(),
        "optimum": found.optimum.tolist(),
        "floor": found.floor,
        "noisy": found.noisy,
        "methods": [vars(method_theory(case)) for case in cases],
    }
