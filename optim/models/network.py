"""The tiny network: one input, h tanh units, one output. A curve like any other (see base.py), with 3 h + 1 parameters.

Its units are computed side by side, since a numpy call costs as much for one unit as for all.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from optim.code import Code
from optim.fields import Whole
from optim.models.base import Model
from optim.parameters import Params

# Three units whose sum rises, falls twice as far and rises again; with more units the true ones beyond are nothing.
TRUE_UNITS = ((2.0, 3.0, 1.2), (3.0, 0.0, -2.0), (2.0, -3.0, 1.2))
MOST_UNITS = 64


def network(units: int) -> Model:
    """v1 tanh(w1 x + b1) + ... + c, with 1 to MOST_UNITS units; ValueError for any other number of them.

    The seed draws the start: w and b from the standard normal distribution, v from the normal one of variance 1 / h,
    which keeps the output's size whatever h is; c = 0.
    """
    return _network(Whole(low=1, high=MOST_UNITS).check("units", units))


@cache
def _network(h: int) -> Model:
    w, b, v, c = slice(h), slice(h, 2 * h), slice(2 * h, 3 * h), 3 * h

    def stacked(p: Params, x: Any) -> np.ndarray:
        """All parameters as one array, whose shape beyond the first axis broadcasts against x."""
        rows = p if isinstance(p, np.ndarray) else np.stack(np.broadcast_arrays(*p))
        lacking = np.ndim(x) - (rows.ndim - 1)
        return rows.reshape(len(rows), *[1] * lacking, *rows.shape[1:]) if lacking > 0 else rows

    def predict(p: Params, x: Any) -> Any:
        p = stacked(p, x)
        y = p[c]
        for unit in p[v] * np.tanh(p[w] * x + p[b]):  # one by one: np.sum adds one lane in another order than many
            y = y + unit
        return y

    def gradient(p: Params, x: Any) -> np.ndarray:
        p = stacked(p, x)
        t = np.tanh(p[w] * x + p[b])
        slopes = np.ones((len(p), *t.shape[1:]))
        slopes[v] = t
        slopes[b] = p[v] * (1 - t * t)
        np.multiply(slopes[b], x, out=slopes[w])
        return slopes

    def initial(seed: int) -> Sequence[float]:
        random = np.random.RandomState(seed)
        inner, outer = random.standard_normal(2 * h), random.standard_normal(h) / np.sqrt(h)
        return (*inner, *outer, 0.0)

    true = np.zeros((h, 3))
    true[:3] = TRUE_UNITS[:h]
    numbers = range(1, h + 1)
    return Model(
        name=f"network-{h}",
        parameter_names=(*(f"{letter}{k}" for letter in "wbv" for k in numbers), "c"),
        predict=predict,
        gradient=gradient,
        formula=rf"y = c + \sum_{{k=1}}^{{{h}}} v_k \tanh(w_k x + b_k)",
        expression=" + ".join([*(f"v{k}*tanh(w{k}*x + b{k})" for k in numbers), "c"]),
        code=Code(
            "sum(v * t, c)",
            ("inner * x", "inner", "t", "np.ones_like(t[:1])"),
            (
                ("w, b, v", f"params[:{3 * h}].reshape(3, {h}, 1)"),
                ("c", f"params[{3 * h}]"),
                ("t", "np.tanh(w * x + b)"),
                ("inner", "v * (1 - t * t)"),
            ),
            blocks=True,
            start=(
                f"np.concatenate([random.standard_normal({2 * h}), "
                f"random.standard_normal({h}) / np.sqrt({h}), [0.0]])"
            ),
        ),
        shows="Real landscapes have flat stretches, equal valleys and far more than two directions.",
        family="network",
        true_params=(*true.T.ravel(), 0.0),
        initial=initial,
        x_range=(-3, 3),
        whole_x=False,
        rates=(0.02, 0.02),
        epochs=200,
    )
