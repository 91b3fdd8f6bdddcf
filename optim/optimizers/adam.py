"""Adam and its kin: a running mean of the gradients, divided by the recent size of each parameter's own gradient."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optim.optimizers.base import Array, Optimizer, State, decay, inside, memories, rate, root, small
from optim.settings import number, switch

MEAN = "How long the gradient is averaged, which is its momentum."
SQUARE = "How long the squared gradient is averaged, by whose root each step is divided."


def corrected(mean: Array, beta: float | Array, step: int) -> Array:
    """mean / (1 - beta^t), t = step + 1: a running mean without its bias towards the 0 that it started from."""
    # np.power, not **: Python's own power of two numbers may differ from numpy's in the last bit
    return mean / (1 - np.power(beta, float(step + 1)))


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
    intuition: ClassVar[str] = "Adam on a lead: besides its steps, every parameter is drawn a little towards 0."
    source: ClassVar[str] = "Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019), algorithm 2"

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """Adam's direction + weight_decay p."""
        direction, state = super().direction(gradient, params, state, step)
        return direction + self.weight_decay * params, state


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
    intuition: ClassVar[str] = "Adam that measures by the steepest slope of late, and so hardly ever outruns the rate."
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


@dataclass(frozen=True)
class NAdam(Optimizer):
    """Adam with Nesterov's look-ahead, and a momentum that grows from b1 / 2 to b1.

    m and v as in Adam; mu_t = b1 (1 - 0.96^(t momentum_decay) / 2), P_t = mu_1 ... mu_t, t = step + 1;
    d = (mu_(t+1) m / (1 - P_(t+1)) + (1 - mu_t) g / (1 - P_t)) / (sqrt(v / (1 - b2^t)) + eps).
    betas: from 0 to below 1; eps, momentum_decay: at least 0.
    Source: T. Dozat, "Incorporating Nesterov Momentum into Adam", 2016, as PyTorch has it.
    """

    lr: float = rate(0.002)
    betas: tuple[float, float] = memories((0.9, 0.999), MEAN, SQUARE)
    eps: float = small(1e-8)
    momentum_decay: float = number(
        0.004, low=0, label="Momentum's growth", scale="log10", span=(1e-4, 10),
        says="How fast the momentum grows from half of beta 1 to all of it.")

    formula: ClassVar[str] = (
        r"\mu_t = \beta_1 \left(1 - \tfrac{1}{2} 0.96^{t \psi}\right), \quad d_t = \frac{"
        r"\mu_{t+1} m_t / (1 - \prod_{i=1}^{t+1} \mu_i) + (1 - \mu_t) g_t / (1 - \prod_{i=1}^{t} \mu_i)"
        r"}{\sqrt{v_t / (1 - \beta_2^t)} + \epsilon}")
    intuition: ClassVar[str] = "Adam that counts on the slope at hand coming once more, as Nesterov's momentum does."
    source: ClassVar[str] = "Dozat, Incorporating Nesterov Momentum into Adam (2016)"
    unitless: ClassVar[bool] = True

    def init(self, params: Array) -> State:
        """m = 0, v = 0, and the product of the first step, P_1 = mu_1."""
        return np.zeros_like(params), np.zeros_like(params), np.zeros_like(params) + self._momentum(1)

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = (mu_(t+1) m / (1 - P_(t+1)) + (1 - mu_t) g / (1 - P_t)) / (sqrt(v') + eps)."""
        m, v, product = state
        b1, b2 = self.betas
        now, ahead = self._momentum(step + 1), self._momentum(step + 2)
        following = product * ahead
        m = b1 * m + (1 - b1) * gradient
        v = b2 * v + (1 - b2) * gradient * gradient
        mean = ahead / (1 - following) * m + (1 - now) / (1 - product) * gradient
        return mean / (np.sqrt(corrected(v, b2, step)) + self.eps), (m, v, following)

    def _momentum(self, t: int) -> float | Array:
        """mu_t."""
        return self.betas[0] * (1 - 0.5 * np.power(0.96, t * self.momentum_decay))


@dataclass(frozen=True)
class RAdam(Optimizer):
    """Adam that waits: plain momentum until the mean square rests on enough gradients, then Adam, let in by degrees.

    m and v as in Adam, m' = m / (1 - b1^t), t = step + 1; L = 2 / (1 - b2) - 1 and l = L - 2 t b2^t / (1 - b2^t), the
    number of gradients that v rests on. d = r m' sqrt(1 - b2^t) / (sqrt(v) + eps) where l > 5, with
    r = sqrt((l - 4) (l - 2) L / ((L - 4) (L - 2) l)); else d = m', which has the gradient's size and unit.
    betas: from 0 to below 1; eps: at least 0. Source: L. Liu et al., "On the Variance of the Adaptive Learning Rate and
    Beyond", 2020, algorithm 2, with the 5 in place of its 4 and the eps of PyTorch.
    """

    lr: float = rate(0.001)
    betas: tuple[float, float] = memories((0.9, 0.999), MEAN, SQUARE)
    eps: float = small(1e-8)

    formula: ClassVar[str] = (
        r"d_t = r_t \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)}} "
        r"\text{ where } \rho_t > 5, \text{ else } \frac{m_t}{1 - \beta_1^t}, \quad "
        r"r_t = \sqrt{\frac{(\rho_t - 4)(\rho_t - 2) \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2) \rho_t}}")
    intuition: ClassVar[str] = "Adam that does not trust its measure of steepness until it has seen enough slopes."
    source: ClassVar[str] = "Liu et al., On the Variance of the Adaptive Learning Rate and Beyond (2020), algorithm 2"
    unitless: ClassVar[bool] = True

    def init(self, params: Array) -> State:
        """m = 0, v = 0."""
        return np.zeros_like(params), np.zeros_like(params)

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = r m' sqrt(1 - b2^t) / (sqrt(v) + eps), or m' while l is at most 5."""
        m, v = state
        b1, b2 = self.betas
        m = b1 * m + (1 - b1) * gradient
        v = b2 * v + (1 - b2) * gradient * gradient
        mean, factor = corrected(m, b1, step), self._rectifier(step)
        # while it waits the factor is 0, and 1 takes the place of Adam's division
        return mean * ((factor == 0) + factor / (np.sqrt(v) + self.eps)), (m, v)

    def _rectifier(self, step: int) -> float | Array:
        """r sqrt(1 - b2^t), or 0 where l is at most 5."""
        b2, t = self.betas[1], float(step + 1)
        kept = np.power(b2, t)
        longest = 2 / (1 - b2) - 1
        length = longest - 2 * t * kept / (1 - kept)
        # where l is at most 5 the formula may have no root, nor L - 4 an inverse, but neither is needed there
        top = np.maximum(longest, 5)
        square = (length - 4) * (length - 2) * top / ((top - 4) * (top - 2) * length) * (1 - kept)
        return (length > 5) * np.sqrt(abs(square))
