"""Methods that divide each parameter's gradient by the size of its own past: AdaGrad, RMSProp and Adadelta."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optim.fields import number, switch
from optim.lines import Line
from optim.optimizers.base import (
    Array,
    Optimizer,
    State,
    average,
    divisor,
    from_zero,
    inside,
    memory,
    rate,
    root,
    small,
)


@dataclass(frozen=True)
class AdaGrad(Optimizer):
    """The gradient divided by the root of the sum of all its squares so far, parameter by parameter.

    s = s + g^2, from s0 = initial_accumulator_value;  d = g / (sqrt(s) + eps).
    eps_inside_sqrt=True: d = g / sqrt(s + eps). initial_accumulator_value, eps: at least 0.
    Source: J. Duchi, E. Hazan and Y. Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic
    Optimization", 2011, the diagonal form.
    """

    initial_accumulator_value: float = number(
        0.0, low=0, label="Initial sum", scale="log10", span=(1e-3, 1e4),
        says="The sum of squares before the first step: with 0 the first step is as long as the learning rate.")
    eps: float = small(1e-10)
    eps_inside_sqrt: bool = inside()

    symbols: ClassVar[dict[str, str]] = {"initial_accumulator_value": "s_{0}"}
    formula: ClassVar[str] = r"s_t = s_{t-1} + g_t^2, \quad d_t = \frac{g_t}{\sqrt{s_t} + \epsilon}"
    intuition: ClassVar[str] = "Take smaller steps where the way was steep, and larger ones where it was flat."
    source: ClassVar[str] = "Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning (2011)"
    unitless: ClassVar[bool] = True
    squares: ClassVar[int | None] = 0

    def init(self, params: Array) -> State:
        """s = initial_accumulator_value."""
        return (np.zeros_like(params) + self.initial_accumulator_value,)

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = g / (sqrt(s) + eps)."""
        (total,) = state
        total = total + gradient * gradient
        return gradient / root(total, self.eps, self.eps_inside_sqrt), (total,)

    def begins(self) -> tuple[Line, ...]:
        """s = initial_accumulator_value."""
        says = "sum of the squared gradients"
        if not self.initial_accumulator_value:
            return (from_zero("s", says),)
        return (Line("s", "np.full_like(p, initial_accumulator_value)", says),)

    def lines(self) -> tuple[Line, ...]:
        """s = s + g^2, d = g / (sqrt(s) + eps)."""
        return (
            Line("s", "s + g * g", "sum of the squared gradients"),
            Line("d", f"g / {divisor('s', self.eps_inside_sqrt)}", "direction"),
        )

    @property
    def steady_gain(self) -> str:
        """1 / (sqrt(s) + eps)."""
        return f"1 / {divisor('s', self.eps_inside_sqrt)}"


@dataclass(frozen=True)
class RMSProp(Optimizer):
    """AdaGrad that forgets: the gradient divided by the root of a running mean of its squares.

    v = alpha v + (1 - alpha) g^2;  b = momentum b + g / (sqrt(v) + eps);  d = b, all from 0.
    eps_inside_sqrt=True: sqrt(v + eps) instead. centered=True: v - m^2 in place of v, with m = alpha m + (1 - alpha) g;
    it is a variance, and where rounding takes it below 0 it counts as 0.
    alpha, momentum: from 0 to below 1; eps: at least 0.
    Source: T. Tieleman and G. Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012; centered and with
    momentum: A. Graves, "Generating Sequences With Recurrent Neural Networks", 2013.
    """

    alpha: float = memory(
        0.99, "Alpha", "How long the squared gradient is averaged, by whose root each step is divided.", high=0.9999)
    eps: float = small(1e-8)
    momentum: float = memory(
        0.0, "Momentum", "How much of the last direction is added to the next one, as for a heavy ball.")
    centered: bool = switch(
        False, label="Centered",
        says="On, it divides by how much the gradient varies about its mean: a steady slope is taken in long steps.")
    eps_inside_sqrt: bool = inside()

    symbols: ClassVar[dict[str, str]] = {"alpha": r"\alpha", "momentum": r"\mu"}
    formula: ClassVar[str] = (
        r"v_t = \alpha v_{t-1} + (1 - \alpha) g_t^2, \quad d_t = \frac{g_t}{\sqrt{v_t} + \epsilon}")
    intuition: ClassVar[str] = "Divide each slope by its usual size: every parameter moves at about the same pace."
    source: ClassVar[str] = "Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6.5 (2012)"
    unitless: ClassVar[bool] = True
    squares: ClassVar[int | None] = 0

    def init(self, params: Array) -> State:
        """v = 0, b = 0; centered, also m = 0."""
        return tuple(np.zeros_like(params) for _ in range(3 if self.centered else 2))

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = b = momentum b + g / (sqrt(v) + eps)."""
        square, velocity, *mean = state
        square = self.alpha * square + (1 - self.alpha) * gradient * gradient
        variance = square
        if self.centered:
            mean = [self.alpha * mean[0] + (1 - self.alpha) * gradient]
            variance = np.maximum(square - mean[0] * mean[0], 0)
        velocity = self.momentum * velocity + gradient / root(variance, self.eps, self.eps_inside_sqrt)
        return velocity, (square, velocity, *mean)

    def begins(self) -> tuple[Line, ...]:
        """v = 0, b = 0; centered, also m = 0."""
        states = from_zero("v", "mean square"), from_zero("b", "velocity"), from_zero("m", "mean gradient")
        return states if self.centered else states[:2]

    def lines(self) -> tuple[Line, ...]:
        """v = alpha v + (1 - alpha) g^2, b = momentum b + g / (sqrt(v) + eps), d = b."""
        centred = (
            average("m", "alpha", "g", "mean gradient"),
            Line("s", "np.maximum(v - m * m, 0)", "variance of the gradient"),
        )
        return (
            average("v", "alpha", "g * g", "mean square of the gradient"),
            *(centred if self.centered else ()),
            Line("b", f"momentum * b + g / {self._divisor()}", "velocity"),
            Line("d", "b", "direction"),
        )

    @property
    def steady_gain(self) -> str:
        """1 / (1 - momentum) / (sqrt(v) + eps): its velocity is a sum, as a heavy ball's."""
        return f"1 / (1 - momentum) / {self._divisor()}"

    def _divisor(self) -> str:
        return divisor("s" if self.centered else "v", self.eps_inside_sqrt)


@dataclass(frozen=True)
class Adadelta(Optimizer):
    """RMSProp whose steps are as long as its recent steps were: the direction has the parameter's own unit.

    v = rho v + (1 - rho) g^2;  d = sqrt(u + eps) / sqrt(v + eps) g;  u = rho u + (1 - rho) d^2, all from 0. The paper
    has no learning rate: lr=1 is the paper's. eps is what it starts from: with 0 it would never move.
    rho: from 0 to below 1; eps: at least 0.
    Source: M. Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012, algorithm 1.
    """

    lr: float = rate(1.0)
    rho: float = memory(0.9, "Rho", "How long the squares of gradients and of steps are averaged.", high=0.9999)
    eps: float = small(1e-6, "Added to both mean squares: its root is about how long the first step is.")

    symbols: ClassVar[dict[str, str]] = {"rho": r"\rho"}
    formula: ClassVar[str] = (
        r"v_t = \rho v_{t-1} + (1 - \rho) g_t^2, \quad "
        r"d_t = \frac{\sqrt{u_{t-1} + \epsilon}}{\sqrt{v_t + \epsilon}} g_t, "
        r"\quad u_t = \rho u_{t-1} + (1 - \rho) d_t^2")
    intuition: ClassVar[str] = "Step as far as the usual step so far: the path measures itself, and needs no rate."
    source: ClassVar[str] = "Zeiler, ADADELTA: An Adaptive Learning Rate Method (2012), algorithm 1"
    squares: ClassVar[int | None] = 0

    def init(self, params: Array) -> State:
        """v = 0, u = 0."""
        return np.zeros_like(params), np.zeros_like(params)

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = sqrt(u + eps) / sqrt(v + eps) g."""
        square, moved = state
        square = self.rho * square + (1 - self.rho) * gradient * gradient
        direction = np.sqrt(moved + self.eps) / np.sqrt(square + self.eps) * gradient
        moved = self.rho * moved + (1 - self.rho) * direction * direction
        return direction, (square, moved)

    def begins(self) -> tuple[Line, ...]:
        """v = 0, u = 0."""
        return from_zero("v", "mean square of the gradient"), from_zero("u", "mean square of the moves")

    def lines(self) -> tuple[Line, ...]:
        """v = rho v + (1 - rho) g^2, r = sqrt(u + eps) / sqrt(v + eps), x = r g, u = rho u + (1 - rho) x^2, d = x."""
        return (
            average("v", "rho", "g * g", "mean square of the gradient"),
            Line("r", "np.sqrt(u + eps) / np.sqrt(v + eps)", "usual move over usual gradient"),
            Line("x", "r * g", "move"),
            average("u", "rho", "x * x", "mean square of the moves, kept for the next step"),
            Line("d", "x", "direction"),
        )

    @property
    def steady_gain(self) -> str:
        """sqrt(u + eps) / sqrt(v + eps)."""
        return "r"
