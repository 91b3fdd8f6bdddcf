"""Labels: the parameters of least cross-entropy, and whether there are any.

Knows the columns of a logit that is linear in its parameters (see columns.py); no curve and no experiment.
"""

from fractions import Fraction

import numpy as np

from optim.columns import Columns

Array = np.ndarray

# Newton's method takes a handful of steps for labels 0 and 1. Far out on the sigmoid's tail a logit moves by 1 a step,
# and it goes out to -745 for the smallest label above 0.
STEPS = 1000
# A step that moves no logit by more than this share of the largest (or of 1, its natural unit) is the last: the error
# that it leaves is about its square.
NEAR = 1e-9
# A direction along which a point's logit moves by less than this share of the most does not move that point.
STILL = 1e-12
HALVINGS = 60
# A loss that rises by no more than this share of itself may have risen by rounding.
ROUNDING = 1e-12


@np.errstate(all="ignore")
def least_cross_entropy(columns: Columns, offset: Array, labels: Array) -> Array | None:
    """The shortest of the parameters `(n,)` of least mean log(1 + e^z) - y z, where z = offset + columns params.

    labels: y, from 0 to 1. Newton's method in coordinates of perpendicular directions, so that no unit matters; steps
    are halved until the loss does not rise. None where the loss falls without end (see `_divides`), and where no step
    was the last. Source: S. Boyd and L. Vandenberghe, Convex Optimization (2004), 9.5.2 and 7.1.1.
    """
    rows, sizes = columns.directions
    at, loss = _start(rows, offset, labels)
    for _ in range(STEPS if sizes else 0):
        z = offset + rows @ at
        p, q = np.exp(-np.logaddexp(0, -z)), np.exp(-np.logaddexp(0, z))  # without 1 - p, which loses a small q
        weight = np.sqrt(np.maximum(p * q, np.finfo(float).tiny))
        step = np.linalg.lstsq(rows * weight[:, None], (p * (1 - labels) - q * labels) / weight)[0]
        moves = rows @ step
        if _divides(-moves, labels):
            return None
        for _ in range(HALVINGS):
            after = _loss(offset + rows @ (at - step), labels)
            if after <= loss * (1 + ROUNDING):
                break
            step = step / 2
        at, loss = at - step, min(after, loss)
        if np.abs(moves).max() <= NEAR * (1 + np.abs(z).max()):
            return columns.params([Fraction(one) / size for one, size in zip(at.tolist(), sizes, strict=True)])
    return None if sizes else columns.params([])


def _start(rows: Array, offset: Array, labels: Array) -> tuple[Array, float]:
    """Coordinates to begin with, and their loss: 0, or nearest to what the labels themselves would have as logits."""
    sure = (labels == 0) | (labels == 1)
    share = np.where(sure, (labels + 0.5) / 2, labels)
    guess = np.linalg.lstsq(rows, np.log(share) - np.log1p(-share) - offset)[0]
    both = [(_loss(offset + rows @ at, labels), at) for at in (np.zeros(rows.shape[1]), guess)]
    loss, at = min(both, key=lambda one: one[0])
    return at, loss


def _loss(z: Array, labels: Array) -> float:
    """The mean cross-entropy, as a sum of what is never negative: no digits cancel."""
    return float(np.mean(labels * np.logaddexp(0, -z) + (1 - labels) * np.logaddexp(0, z)))


def _divides(moves: Array, labels: Array) -> bool:
    """Whether a direction that moves the logits so divides the labels: 1 on one side, 0 on the other, the rest still.

    The loss falls along it without end. Source: A. Albert and J. Anderson, "On the existence of maximum likelihood
    estimates in logistic regression models", Biometrika 1984.
    """
    still = STILL * np.abs(moves).max()
    wrong = np.where(labels == 1, -moves, np.where(labels == 0, moves, np.abs(moves)))
    return bool(still > 0 and (wrong <= still).all())
