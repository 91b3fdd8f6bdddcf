"""The methods, in order of complexity: each turns a gradient into a direction, `params += -lr * direction`.

A method is two pure functions, `init` and `direction`, over float64 arrays `(lanes, n)`: a lane is one run, n the
number of parameters. It sees no schedule, no model and no data, and it works parameter by parameter, so that the loop
may also hand it one column at a time. In `direction` the settings are numbers or, where lanes differ, arrays of the
gradient's own shape: the lines read the same. A new method is one class here and one line in OPTIMIZERS.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optim.settings import Settings, choice, number, switch

Array = np.ndarray
State = tuple[Array, ...]


@dataclass(frozen=True)
class Optimizer(Settings):
    """Base of all methods. `lr` is the learning rate that a schedule starts from: finite, at least 0."""

    lr: float = number(0.01, low=0)

    formula: ClassVar[str] = ""
    intuition: ClassVar[str] = ""
    source: ClassVar[str] = ""
    # Whether the direction is a pure number, so that the learning rate carries the parameter's unit.
    unitless: ClassVar[bool] = False

    def init(self, params: Array) -> State:
        """The state before the first step: arrays of the shape of `params`, none by default."""
        return ()

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """What replaces the gradient in the update, and the next state.

        gradient, params and every array of the state: `(lanes, n)`, never changed in place nor kept. step: from 0.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class SGD(Optimizer):
    """Gradient descent, stochastic where the batches are: the direction is the gradient itself.

    Source: H. Robbins and S. Monro, "A Stochastic Approximation Method", 1951.
    """

    formula: ClassVar[str] = r"d_t = g_t"
    intuition: ClassVar[str] = "Go downhill, by as much as the slope under your feet says."
    source: ClassVar[str] = "Robbins and Monro, A Stochastic Approximation Method (1951)"

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = g."""
        return gradient, state


@dataclass(frozen=True)
class Momentum(Optimizer):
    """A running mean of the gradients, v0 = 0, in one of two conventions.

    form="average":    v = beta v + (1 - beta) g, the direction has the gradient's size;
    form="heavy-ball": v = beta v + g, as in PyTorch and Distill: the averaged form with the rate divided by 1 - beta.
    beta: from 0 to below 1. Source: B. Polyak, "Some methods of speeding up the convergence of iteration methods",
    1964.
    """

    beta: float = number(0.9, low=0, below=1)
    form: str = choice("average", "heavy-ball")

    formula: ClassVar[str] = r"v_t = \beta v_{t-1} + (1 - \beta) g_t, \quad d_t = v_t"
    intuition: ClassVar[str] = "Follow the mean of the recent slopes: what points to and fro cancels out."
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


@dataclass(frozen=True)
class Adam(Optimizer):
    """Momentum, with each parameter's step divided by the recent size of its own gradient.

    m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;  d = m' / (sqrt(v') + eps), t = step + 1, and
    m' = m / (1 - b1^t), v' = v / (1 - b2^t), or m' = m, v' = v without bias_correction.
    eps_inside_sqrt=True: d = m' / sqrt(v' + eps). betas: from 0 to below 1; eps: at least 0.
    Source: D. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1.
    """

    lr: float = number(0.001, low=0)
    betas: tuple[float, float] = number((0.9, 0.999), low=0, below=1)
    eps: float = number(1e-8, low=0)
    bias_correction: bool = switch(True)
    eps_inside_sqrt: bool = switch(False)

    formula: ClassVar[str] = (
        r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t, \quad v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2, \quad "
        r"d_t = \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)} + \epsilon}")
    intuition: ClassVar[str] = "Momentum, but no parameter moves by much more than the learning rate, however steep."
    source: ClassVar[str] = "Kingma and Ba, Adam: A Method for Stochastic Optimization (2015), algorithm 1"
    unitless: ClassVar[bool] = True

    def init(self, params: Array) -> State:
        """m = 0, v = 0."""
        return np.zeros_like(params), np.zeros_like(params)

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = m' / (sqrt(v') + eps)."""
        m, v = state
        b1, b2 = self.betas
        m = b1 * m + (1 - b1) * gradient
        v = b2 * v + (1 - b2) * gradient * gradient
        mean, square = m, v
        if self.bias_correction:
            # np.power, not **: Python's own power of two numbers may differ from numpy's in the last bit
            t = float(step + 1)
            mean = m / (1 - np.power(b1, t))
            square = v / (1 - np.power(b2, t))
        size = np.sqrt(square + self.eps) if self.eps_inside_sqrt else np.sqrt(square) + self.eps
        return mean / size, (m, v)


OPTIMIZERS: dict[str, type[Optimizer]] = {method.__name__: method for method in (SGD, Momentum, Adam)}
