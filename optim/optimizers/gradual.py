"""Adams that begin gently: NAdam, whose momentum grows, and RAdam, whose division is let in by degrees."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optim.fields import number
from optim.lines import Line
from optim.optimizers.adam import M_BEGINS, M_HAT, MEAN, SQUARE, V_BEGINS, V_HAT, M, V, corrected
from optim.optimizers.base import Array, Optimizer, State, divisor, memories, rate, small


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

    symbols: ClassVar[dict[str, str]] = {"mu": r"\mu", "mu_next": r"\mu_{t+1}", "momentum_decay": r"\psi"}
    formula: ClassVar[str] = (
        r"\mu_t = \beta_1 \left(1 - \tfrac{1}{2} 0.96^{t \psi}\right), \quad d_t = \frac{"
        r"\mu_{t+1} m_t / (1 - \prod_{i=1}^{t+1} \mu_i) + (1 - \mu_t) g_t / (1 - \prod_{i=1}^{t} \mu_i)"
        r"}{\sqrt{v_t / (1 - \beta_2^t)} + \epsilon}")
    intuition: ClassVar[str] = "Adam that expects the present slope once more, as Nesterov's momentum does."
    source: ClassVar[str] = "Dozat, Incorporating Nesterov Momentum into Adam (2016)"
    unitless: ClassVar[bool] = True
    squares: ClassVar[int | None] = 1

    def init(self, params: Array) -> State:
        """m = 0, v = 0, and the product of no momentum yet, P_0 = 1."""
        return np.zeros_like(params), np.zeros_like(params), np.ones_like(params)

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = (mu_(t+1) m / (1 - P_(t+1)) + (1 - mu_t) g / (1 - P_t)) / (sqrt(v') + eps)."""
        m, v, product = state
        b1, b2 = self.betas
        now, ahead = self._momentum(step + 1), self._momentum(step + 2)
        product = product * now
        m = b1 * m + (1 - b1) * gradient
        v = b2 * v + (1 - b2) * gradient * gradient
        mean = ahead / (1 - product * ahead) * m + (1 - now) / (1 - product) * gradient
        return mean / (np.sqrt(corrected(v, b2, step)) + self.eps), (m, v, product)

    def begins(self) -> tuple[Line, ...]:
        """m = 0, v = 0, P = 1."""
        return M_BEGINS, V_BEGINS, Line("P", "np.ones_like(p)", "product of the momentums so far")

    def lines(self) -> tuple[Line, ...]:
        """mu_t, mu_(t+1), P = P mu_t, m, v, the mean that looks ahead, v', d."""
        grown = "beta1 * (1 - 0.5 * np.power(0.96, {} * momentum_decay))"
        return (
            Line("mu", grown.format("t"), "momentum now"),
            Line("mu_next", grown.format("(t + 1)"), "momentum of the next step"),
            Line("P", "P * mu", "product of the momentums so far"),
            M, V,
            Line("m_hat", "mu_next / (1 - P * mu_next) * m + (1 - mu) / (1 - P) * g",
                 "mean gradient, corrected and looking ahead"),
            V_HAT,
            Line("d", f"m_hat / {divisor('v_hat', False)}", "direction"),
        )

    @property
    def steady_gain(self) -> str:
        """1 / (sqrt(v') + eps)."""
        return f"1 / {divisor('v_hat', False)}"

    def _momentum(self, t: int) -> float | Array:
        """mu_t."""
        return self.betas[0] * (1 - 0.5 * np.power(0.96, t * self.momentum_decay))


@dataclass(frozen=True)
class RAdam(Optimizer):
    """Adam that waits: plain momentum until the mean square rests on enough gradients, then Adam, let in by degrees.

    m and v as in Adam, m' = m / (1 - b1^t), t = step + 1; w = 2 / (1 - b2) - 1 and q = w - 2 t b2^t / (1 - b2^t), the
    number of gradients that v rests on. d = r m' sqrt(1 - b2^t) / (sqrt(v) + eps) where q > 5, with
    r = sqrt((q - 4) (q - 2) w / ((w - 4) (w - 2) q)); else d = m', which has the gradient's size and unit.
    betas: from 0 to below 1; eps: at least 0. Source: L. Liu et al., "On the Variance of the Adaptive Learning Rate and
    Beyond", 2020, algorithm 2, with the 5 in place of its 4 and the eps of PyTorch.
    """

    lr: float = rate(0.001)
    betas: tuple[float, float] = memories((0.9, 0.999), MEAN, SQUARE)
    eps: float = small(1e-8)

    symbols: ClassVar[dict[str, str]] = {"rho": r"\rho", "rho_inf": r"\rho_{\infty}"}
    formula: ClassVar[str] = (
        r"d_t = r_t \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)}} "
        r"\text{ where } \rho_t > 5, \text{ else } \frac{m_t}{1 - \beta_1^t}, \quad "
        r"r_t = \sqrt{\frac{(\rho_t - 4)(\rho_t - 2) \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2) \rho_t}}")
    intuition: ClassVar[str] = "Adam that does not trust its measure of steepness until it has seen enough slopes."
    source: ClassVar[str] = "Liu et al., On the Variance of the Adaptive Learning Rate and Beyond (2020), algorithm 2"
    unitless: ClassVar[bool] = True
    squares: ClassVar[int | None] = 1

    def init(self, params: Array) -> State:
        """m = 0, v = 0."""
        return np.zeros_like(params), np.zeros_like(params)

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """d = r m' sqrt(1 - b2^t) / (sqrt(v) + eps), or m' while q is at most 5."""
        m, v = state
        b1, b2 = self.betas
        m = b1 * m + (1 - b1) * gradient
        v = b2 * v + (1 - b2) * gradient * gradient
        mean, factor = corrected(m, b1, step), self._rectifier(step)
        return np.where(factor > 0, mean * (factor / (np.sqrt(v) + self.eps)), mean), (m, v)

    def begins(self) -> tuple[Line, ...]:
        """m = 0, v = 0."""
        return M_BEGINS, V_BEGINS

    def lines(self) -> tuple[Line, ...]:
        """w, q, m, v, m', r, and d = m' r / (sqrt(v) + eps), or m' while q is at most 5."""
        kept = "np.power(beta2, t)"
        return (
            Line("rho_inf", "2 / (1 - beta2) - 1", "how many gradients the mean square can rest on"),
            Line("rho", f"rho_inf - 2 * t * {kept} / (1 - {kept})", "how many it rests on now"),
            M, V, M_HAT,
            Line("r", "np.sqrt((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho)"
                 f" * (1 - {kept})) if rho > 5 else 0", "how far the mean square is trusted: 0 while it waits"),
            Line("d", "m_hat * (r / (np.sqrt(v) + eps)) if rho > 5 else m_hat", "direction"),
        )

    @property
    def steady_gain(self) -> str:
        """r / (sqrt(v) + eps), or 1 while it waits."""
        return "r / (np.sqrt(v) + eps) if rho > 5 else 1"

    def _rectifier(self, step: int) -> float | Array:
        """r sqrt(1 - b2^t), or 0 where q is at most 5."""
        b2, t = self.betas[1], float(step + 1)
        kept = np.power(b2, t)
        longest = 2 / (1 - b2) - 1
        length = longest - 2 * t * kept / (1 - kept)
        # where q is at most 5 the formula may have no root, nor w - 4 an inverse, but neither is needed there
        top = np.maximum(longest, 5)
        square = (length - 4) * (length - 2) * top / ((top - 4) * (top - 2) * length) * (1 - kept)
        return (length > 5) * np.sqrt(abs(square))
