"""Lion, a method that was found by a search through programs."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optim.lines import Line
from optim.optimizers.base import Array, Optimizer, State, average, decay, from_zero, memories, rate


@dataclass(frozen=True)
class Lion(Optimizer):
    """Momentum of which only the sign counts: decay aside, a parameter moves by the learning rate, or not at all.

    d = sign(b1 m + (1 - b1) g) + weight_decay p, with the parameters p before the step;  m = b2 m + (1 - b2) g, m0 = 0.
    betas: from 0 to below 1; weight_decay: at least 0.
    Source: X. Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023, algorithm 2.
    """

    lr: float = rate(1e-4)
    betas: tuple[float, float] = memories(
        (0.9, 0.99), "How much of the mean counts in the direction, against the gradient at hand.",
        "How long the gradient is averaged.")
    weight_decay: float = decay(0.0)

    formula: ClassVar[str] = (
        r"d_t = \operatorname{sign}(\beta_1 m_{t-1} + (1 - \beta_1) g_t) + \lambda p_{t-1}, \quad "
        r"m_t = \beta_2 m_{t-1} + (1 - \beta_2) g_t")
    intuition: ClassVar[str] = "Use only the sign of the mean slope, up or down: every step has the same length."
    source: ClassVar[str] = "Chen et al., Symbolic Discovery of Optimization Algorithms (2023), algorithm 2"
    unitless: ClassVar[bool] = True

    def init(self, params: Array) -> State:
        """m = 0."""
        return (np.zeros_like(params),)

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = sign(b1 m + (1 - b1) g) + weight_decay p."""
        (m,) = state
        b1, b2 = self.betas
        direction = np.sign(b1 * m + (1 - b1) * gradient) + self.weight_decay * params
        m = b2 * m + (1 - b2) * gradient
        return direction, (m,)

    def begins(self) -> tuple[Line, ...]:
        """m = 0."""
        return (from_zero("m", "mean gradient"),)

    def lines(self) -> tuple[Line, ...]:
        """c = b1 m + (1 - b1) g, m = b2 m + (1 - b2) g, d = sign(c) + weight_decay p."""
        return (
            Line("c", "beta1 * m + (1 - beta1) * g", "the mean gradient, with more of the gradient at hand"),
            average("m", "beta2", "g", "mean gradient, kept for the next step"),
            Line("d", "np.sign(c) + weight_decay * p", "direction: a side, and the weight decay"),
        )

    @property
    def steady_gain(self) -> None:
        """None: of the mean only the sign counts."""
        return None
