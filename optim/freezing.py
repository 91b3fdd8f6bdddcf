"""Freezing: what becomes of a method whose squared gradients are no longer numbers that tell them apart.

A float ends at 1.8e308, so that a gradient beyond 1.3e154 has an infinite square. The running mean of squares that it
enters stays infinite, and the direction, which is divided by its root, 0. A gradient below 1.5e-162 has the square 0:
divided by eps alone it moves nothing. Knows methods and gradients; no run.
"""

import numpy as np

from optim.optimizers import Optimizer

Array = np.ndarray

# Gradients outside of these are looked at closely: a mean of squares counts a share of each.
SMALLEST, LARGEST = 1e-150, 1e150


@np.errstate(all="ignore")
def frozen(optimizer: Optimizer, params: Array, gradient: Array) -> str | None:
    """How the method ends after these gradients `(steps, n)`, taken at the first of the params `(steps + 1, n)`.

    "large": a parameter's running square is infinite, which it stays. "small": the running squares of all parameters
    with a slope are 0. None: neither, or the method keeps no squares (see `Optimizer.squares`).
    """
    size = np.abs(gradient)
    if optimizer.squares is None or not ((size > LARGEST) | ((size > 0) & (size < SMALLEST))).any():
        return None
    state = optimizer.init(params[0])
    for step, (slope, at) in enumerate(zip(gradient, params, strict=False)):
        _, state = optimizer.direction(slope, at, state, step)
    squares, sloping = state[optimizer.squares], gradient[-1] != 0
    if np.isposinf(squares).any():
        return "large"
    return "small" if sloping.any() and not squares[sloping].any() else None
