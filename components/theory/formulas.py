"""Formulas: those of the theory, as LaTeX, for each linear method in each of its forms. Computes nothing."""

from collections.abc import Mapping

from optim import SGD, Experiment, Momentum, Nesterov, Optimizer

EDGES = {
    (SGD, None): r"\frac{2}{L}",
    (Momentum, "average"): r"\frac{2 (1 + \beta)}{(1 - \beta) L}",
    (Momentum, "heavy-ball"): r"\frac{2 (1 + \beta)}{L}",
    (Nesterov, "average"): r"\frac{2 (1 + \beta)}{(1 + 2 \beta) (1 - \beta) L}",
    (Nesterov, "heavy-ball"): r"\frac{2 (1 + \beta)}{(1 + 2 \beta) L}",
}
"""The edge of stability of each linear method in each of its forms, all points in each batch."""

BEST = {
    (SGD, None): r"\eta = \frac{2}{L + \mu}",
    (Momentum, "average"): r"\eta = \frac{4}{(\sqrt{L} + \sqrt{\mu})^2 (1 - \beta)}, \quad "
                           r"\beta = \left(\frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1}\right)^2",
    (Momentum, "heavy-ball"): r"\eta = \frac{4}{(\sqrt{L} + \sqrt{\mu})^2}, \quad "
                              r"\beta = \left(\frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1}\right)^2",
    (Nesterov, "average"): r"\eta = \frac{4}{(3 L + \mu) (1 - \beta)}, \quad "
                           r"\beta = \frac{\sqrt{3 \kappa + 1} - 2}{\sqrt{3 \kappa + 1} + 2}",
    (Nesterov, "heavy-ball"): r"\eta = \frac{4}{3 L + \mu}, \quad "
                              r"\beta = \frac{\sqrt{3 \kappa + 1} - 2}{\sqrt{3 \kappa + 1} + 2}",
}
"""The best constant settings likewise."""


def latex(table: Mapping, optimizer: Optimizer, experiment: Experiment) -> str:
    """The method's formula; with the sum of a batch's losses L and mu count N times."""
    found = table[type(optimizer), getattr(optimizer, "form", None)]
    if experiment.reduction == "mean":
        return found
    return found.replace("L", "N L").replace(r"\mu", r"N \mu")
