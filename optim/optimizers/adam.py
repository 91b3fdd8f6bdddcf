"""Adam and its near kin: a running mean of the gradients, over the recent size of each parameter's own gradient."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optim.fields import switch
from optim.lines import Line
from optim.optimizers.base import (
    Array,
    Optimizer,
    State,
    average,
    decay,
    divisor,
    from_zero,
    inside,
    memories,
    rate,
    root,
    small,
    unbiased,
)

MEAN = "How long the gradient is averaged, which is its momentum."
SQUARE = "How long the squared gradient is averaged, by whose root each step is divided."


GONE = 2.0**-60
"""A power of beta below this leaves of 1 - beta^t the number 1 itself, by which nothing has to be divided."""


def corrected(mean: Array, beta: float | Array, step: int) -> Array:
    """mean / (1 - beta^t), t = step + 1: a running mean without its bias towards the 0 that it started from."""
    least = GONE ** (1 / (step + 1))
    if isinstance(beta, float):
        return mean if beta < least else mean / (1 - _power(beta, step))
    is_felt = beta >= least
    if not is_felt.any():
        return mean
    weight = np.ones_like(beta)
    weight[is_felt] = 1 - _power(beta[is_felt], step)  # powers that are all but 0 take numpy a hundred times as long
    return mean / weight


def _power(beta: float | Array, step: int) -> float | Array:
    # np.power, not **: Python's own power of two numbers may differ from numpy's in the last bit
    return np.power(beta, float(step + 1))


M = average("m", "beta1", "g", "mean gradient")
V = average("v", "beta2", "g * g", "mean square of the gradient")
M_HAT = unbiased("m", "beta1", "mean gradient, corrected")
V_HAT = unbiased("v", "beta2", "mean square, corrected")
M_BEGINS, V_BEGINS = from_zero("m", "mean gradient"), from_zero("v", "mean square of the gradient")


@dataclass(frozen=True)
class Adam(Optimizer):
    """Momentum, with each parameter's step divided by the recent size of its own gradient.

    m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;  d = m' / (sqrt(v') + eps), t = step + 1, and
    m' = m / (1 - b1^t), v' = v / (1 - b2^t), or m' = m, v' = v without bias_correction.
    eps_inside_sqrt=True: d = m' / sqrt(v' + eps). amsgrad=True: the largest v so far takes the place of v in v'.
    betas: from 0 to below 1; eps: at least 0.
    Source: D. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1; amsgrad: S. Reddi,
    S. Kale and S. Kumar, "On the Convergence of Adam and Beyond", 2018, algorithm 2, which corrects no bias.
    """

    lr: float = rate(0.001)
    betas: tuple[float, float] = memories((0.9, 0.999), MEAN, SQUARE)
    eps: float = small(1e-8)
    bias_correction: bool = switch(
        True, label="Bias correction",
        says="Off, the means start from 0 uncorrected: the first steps are longer or shorter, as the betas have it.")
    eps_inside_sqrt: bool = inside()
    amsgrad: bool = switch(
        False, label="AMSGrad",
        says="On, it divides by the largest mean square so far, so that a rare large gradient is never forgotten.")

    formula: ClassVar[str] = (
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t, \quad v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2, \quad "
        r"d_t = \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)} + \epsilon}")
    intuition: ClassVar[str] = "Momentum, but no parameter moves by much more than the learning rate, however steep."
    source: ClassVar[str] = "Kingma and Ba, Adam: A Method for Stochastic Optimization (2015), algorithm 1"
    unitless: ClassVar[bool] = True
    squares: ClassVar[int | None] = 1

    def init(self, params: Array) -> State:
        """m = 0, v = 0; with amsgrad also the largest v = 0."""
        return tuple(np.zeros_like(params) for _ in range(3 if self.amsgrad else 2))

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = m' / (sqrt(v') + eps)."""
        m, v, *largest = state
        b1, b2 = self.betas
        m = b1 * m + (1 - b1) * gradient
        v = b2 * v + (1 - b2) * gradient * gradient
        if self.amsgrad:
            largest = [np.maximum(largest[0], v)]
        mean, square = m, largest[0] if self.amsgrad else v
        if self.bias_correction:
            mean, square = corrected(mean, b1, step), corrected(square, b2, step)
        return mean / root(square, self.eps, self.eps_inside_sqrt), (m, v, *largest)

    def begins(self) -> tuple[Line, ...]:
        """m = 0, v = 0; with amsgrad also the largest v = 0."""
        return M_BEGINS, V_BEGINS, *([from_zero("v_max", "largest mean square so far")] if self.amsgrad else [])

    def lines(self) -> tuple[Line, ...]:
        """m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, m', v', d = m' / (sqrt(v') + eps)."""
        largest = Line("v_max", "np.maximum(v_max, v)", "largest mean square so far")
        square = unbiased("v", "beta2", "largest mean square, corrected", of="v_max") if self.amsgrad else V_HAT
        return (
            M, V, *([largest] if self.amsgrad else []), *([M_HAT, square] if self.bias_correction else []),
            Line("d", f"{'m_hat' if self.bias_correction else 'm'} / {self._divisor()}", "direction"),
        )

    @property
    def steady_gain(self) -> str:
        """1 / (sqrt(v') + eps)."""
        return f"1 / {self._divisor()}"

    def _divisor(self) -> str:
        square = "v_hat" if self.bias_correction else "v_max" if self.amsgrad else "v"
        return divisor(square, self.eps_inside_sqrt)


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam with decoupled weight decay: every parameter also shrinks in proportion to itself, whatever its gradient.

    d = Adam's + weight_decay p, with the parameters p before the step. weight_decay: at least 0.
    Source: I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", 2019, algorithm 2.
    """

    weight_decay: float = decay(0.01)

    formula: ClassVar[str] = (
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t, \quad v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2, \quad "
        r"d_t = \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)} + \epsilon} + \lambda p_{t-1}")
    intuition: ClassVar[str] = "Adam, but at each step every parameter is also drawn a little towards 0."
    source: ClassVar[str] = "Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019), algorithm 2"

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """Adam's direction + weight_decay p."""
        direction, state = super().direction(gradient, params, state, step)
        return direction + self.weight_decay * params, state

    def lines(self) -> tuple[Line, ...]:
        """Adam's lines, and in the last one + weight_decay p."""
        *before, last = super().lines()
        return *before, Line("d", f"{last.text} + weight_decay * p", "direction: Adam's, and the weight decay")


@dataclass(frozen=True)
class Adamax(Optimizer):
    """Adam that divides by the largest recent gradient in place of the root of a mean square.

    m = b1 m + (1 - b1) g;  u = max(b2 u, |g| + eps);  d = m' / u, with m' = m / (1 - b1^t), t = step + 1, or m' = m
    without bias_correction. betas: from 0 to below 1; eps: at least 0; the paper has none, and here it stands where
    PyTorch has it. Source: D. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 2.
    """

    lr: float = rate(0.002)
    betas: tuple[float, float] = memories(
        (0.9, 0.999), MEAN, "How slowly a large gradient is forgotten, by which each step is divided.")
    eps: float = small(1e-8)
    bias_correction: bool = switch(
        True, label="Bias correction", says="Off, the mean starts from 0 uncorrected: the first steps are shorter.")

    formula: ClassVar[str] = (
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t, \quad u_t = \max(\beta_2 u_{t-1}, |g_t| + \epsilon), \quad "
        r"d_t = \frac{m_t / (1 - \beta_1^t)}{u_t}")
    intuition: ClassVar[str] = "Adam that divides by the steepest of the last slopes: steps are seldom above the rate."
    source: ClassVar[str] = "Kingma and Ba, Adam: A Method for Stochastic Optimization (2015), algorithm 2"
    unitless: ClassVar[bool] = True

    def init(self, params: Array) -> State:
        """m = 0, u = 0."""
        return np.zeros_like(params), np.zeros_like(params)

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = m' / u."""
        m, u = state
        b1, b2 = self.betas
        m = b1 * m + (1 - b1) * gradient
        u = np.maximum(b2 * u, np.abs(gradient) + self.eps)
        return (corrected(m, b1, step) if self.bias_correction else m) / u, (m, u)

    def begins(self) -> tuple[Line, ...]:
        """m = 0, u = 0."""
        return M_BEGINS, from_zero("u", "largest recent gradient")

    def lines(self) -> tuple[Line, ...]:
        """m = b1 m + (1 - b1) g, u = max(b2 u, |g| + eps), m', d = m' / u."""
        return (
            M, Line("u", "np.maximum(beta2 * u, np.abs(g) + eps)", "largest recent gradient"),
            *([M_HAT] if self.bias_correction else []),
            Line("d", f"{'m_hat' if self.bias_correction else 'm'} / u", "direction"),
        )

    @property
    def steady_gain(self) -> str:
        """1 / u."""
        return "1 / u"
