"""Gradient descent, and gradient descent that keeps its way: SGD, Momentum and Nesterov's look-ahead."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optim.fields import choice
from optim.lines import Line
from optim.optimizers.base import Array, Optimizer, State, average, from_zero, memory


@dataclass(frozen=True)
class SGD(Optimizer):
    """Gradient descent, stochastic where the batches are: the direction is the gradient itself.

    Source: H. Robbins and S. Monro, "A Stochastic Approximation Method", 1951.
    """

    formula: ClassVar[str] = r"d_t = g_t"
    intuition: ClassVar[str] = "Go downhill: the steeper the slope where you stand, the longer the step."
    source: ClassVar[str] = "Robbins and Monro, A Stochastic Approximation Method (1951)"

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = g."""
        return gradient, state

    def lines(self) -> tuple[Line, ...]:
        """d = g."""
        return (Line("d", "g", "direction"),)


@dataclass(frozen=True)
class Momentum(Optimizer):
    """A running mean of the gradients, v0 = 0, in one of two conventions.

    form="average":    v = beta v + (1 - beta) g, the direction has the gradient's size;
    form="heavy-ball": v = beta v + g, as in PyTorch and Distill: the averaged form with the rate divided by 1 - beta.
    beta: from 0 to below 1. Source: B. Polyak, "Some methods of speeding up the convergence of iteration methods",
    1964.
    """

    beta: float = memory(0.9, "Beta", "How much of its mean is kept at each step: nearer to 1 it turns more slowly.")
    form: str = choice(
        "average", "heavy-ball", label="Form",
        says="The average counts each new gradient 1 - beta times; a heavy ball counts it whole, and goes further.")

    symbols: ClassVar[dict[str, str]] = {"beta": r"\beta"}
    formula: ClassVar[str] = r"v_t = \beta v_{t-1} + (1 - \beta) g_t, \quad d_t = v_t"
    intuition: ClassVar[str] = "Follow the mean of the last slopes: those that point to and fro cancel out."
    source: ClassVar[str] = "Polyak, Some methods of speeding up the convergence of iteration methods (1964)"

    def init(self, params: Array) -> State:
        """v = 0."""
        return (np.zeros_like(params),)

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = v."""
        (v,) = state
        weight = 1 - self.beta if self.form == "average" else 1
        v = self.beta * v + weight * gradient
        return v, (v,)

    def begins(self) -> tuple[Line, ...]:
        """v = 0."""
        return (from_zero("v", "velocity"),)

    def lines(self) -> tuple[Line, ...]:
        """v = beta v + (1 - beta) g, d = v."""
        return self._velocity(), Line("d", "v", "direction")

    @property
    def steady_gain(self) -> str:
        """1, or for a heavy ball, which adds up g (1 + beta + beta^2 + ...), 1 / (1 - beta)."""
        return "1" if self.form == "average" else "1 / (1 - beta)"

    def _velocity(self) -> Line:
        if self.form == "average":
            return average("v", "beta", "g", "velocity: a running mean of the gradients")
        return Line("v", "beta * v + g", "velocity: a sum of the gradients, in which older ones count less")


@dataclass(frozen=True)
class Nesterov(Momentum):
    """Momentum that looks ahead: the mean is carried one step further, as if the same gradient came once more.

    v as in Momentum; d = beta v + (1 - beta) g, or beta v + g for the heavy ball, as in PyTorch (nesterov=True). The
    parameters are those that the look-ahead has reached, at which the gradient is taken.
    Source: Y. Nesterov, "A method of solving a convex programming problem with convergence rate O(1/k^2)", 1983, in the
    form of I. Sutskever, J. Martens, G. Dahl and G. Hinton, "On the importance of initialization and momentum in deep
    learning", 2013.
    """

    formula: ClassVar[str] = (
        r"v_t = \beta v_{t-1} + (1 - \beta) g_t, \quad d_t = \beta v_t + (1 - \beta) g_t")
    intuition: ClassVar[str] = "Momentum that takes the slope where it will be next, and so brakes sooner."
    source: ClassVar[str] = (
        "Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²) (1983)")

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = beta v + weight g, that is v once more."""
        _, state = super().direction(gradient, params, state, step)
        ahead, _ = super().direction(gradient, params, state, step)
        return ahead, state

    def lines(self) -> tuple[Line, ...]:
        """v = beta v + (1 - beta) g, d = beta v + (1 - beta) g."""
        velocity = self._velocity()
        return velocity, Line("d", velocity.text, "direction: the velocity as if the gradient came once more")
