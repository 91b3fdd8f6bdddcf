"""Optimizer, the base of all methods, and the settings that many of them share. Holds no method itself."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np

from optim.fields import Settings, number, switch
from optim.lines import Line, names

Array = np.ndarray
State = tuple[Array, ...]


def rate(default: float) -> Any:
    """The field `lr`, the learning rate: at least 0."""
    return number(
        default, low=0, label="Learning rate", scale="log10", span=(1e-5, 10),
        says="How far a step goes: the direction is multiplied by this.")


def memory(default: float, label: str, says: str, high: float = 0.999) -> Any:
    """A field for what a running mean keeps of itself at each step: from 0 to below 1."""
    return number(default, low=0, below=1, label=label, scale="memory", span=(0, high), says=says)


def memories(default: tuple[float, float], first: str, second: str) -> Any:
    """The field `betas`, with a sentence on each."""
    return number(
        default, low=0, below=1, label=("Beta 1", "Beta 2"), scale="memory", span=((0, 0.999), (0, 0.9999)),
        says=(first, second))


DIVISOR = "Added to what is divided by, so that it is never 0; a large one shortens the steps where slopes are small."


def small(default: float, says: str = DIVISOR) -> Any:
    """The field `eps`: at least 0. With 0 a gradient that has been 0 all along is 0 / 0, not a number."""
    return number(default, low=0, label="Eps", scale="log10", span=(1e-12, 1), says=says)


def inside() -> Any:
    """The field `eps_inside_sqrt`."""
    return switch(
        False, label="Eps inside the root",
        says="On, eps is added before the root is taken and so weighs as much as its own root: 1e-8 as much as 1e-4.")


def decay(default: float) -> Any:
    """The field `weight_decay`: at least 0. It is decoupled: added to the direction, past all the method's means."""
    return number(
        default, low=0, label="Weight decay", scale="linear", span=(0, 0.5),
        says="At each step every parameter also shrinks by this share of itself times the learning rate.")


def root(square: Array, eps: Any, eps_inside_sqrt: bool) -> Array:
    """sqrt(square) + eps, or sqrt(square + eps): what a gradient is divided by."""
    return np.sqrt(square + eps) if eps_inside_sqrt else np.sqrt(square) + eps


@dataclass(frozen=True)
class Optimizer(Settings):
    """Base of all methods. `lr` is the learning rate that a schedule takes its shares of: finite, at least 0."""

    lr: float = rate(0.01)

    formula: ClassVar[str] = ""
    # LaTeX of names in `begins` and `lines`, where a name is not its own symbol; here those that several methods have.
    symbols: ClassVar[dict[str, str]] = {
        "lr": r"\eta", "beta1": r"\beta_{1}", "beta2": r"\beta_{2}", "eps": r"\epsilon", "weight_decay": r"\lambda",
    }
    intuition: ClassVar[str] = ""
    source: ClassVar[str] = ""
    # Whether the direction is a pure number, so that the learning rate carries the parameter's unit.
    unitless: ClassVar[bool] = False
    # The place in the state of the running sum or mean of squared gradients; None for a method that squares none.
    squares: ClassVar[int | None] = None

    def init(self, params: Array) -> State:
        """The state before the first step: arrays of the shape of `params`, none by default."""
        return ()

    def direction(self, gradient: Array, params: Array, state: State, step: int) -> tuple[Array, State]:
        """What replaces the gradient in the update, and the next state.

        gradient, params and every array of the state: `(lanes, n)`, never changed in place nor kept. step: from 0.
        """
        raise NotImplementedError

    def begins(self) -> tuple[Line, ...]:
        """The state before the first step, as lines that say the same as `init`, in its order."""
        return ()

    def lines(self) -> tuple[Line, ...]:
        """The same as `direction`, line by line; the last one assigns d, the direction. For one method's numbers."""
        raise NotImplementedError

    @property
    def steady_gain(self) -> str | None:
        """What a steady gradient is multiplied by in the long run, as Python in the names of `lines`; or None.

        Times the learning rate it is the rate that each parameter feels. A running mean comes to the gradient itself,
        1; a sum that keeps the share beta of itself, as a heavy ball does, comes to 1 / (1 - beta) gradients. What the
        gradient is divided by is taken as it is at this step.
        """
        return "1"

    def constants(self) -> dict[str, float]:
        """The numbers that `begins` and `lines` read, by name: a pair such as betas is beta1 and beta2."""
        read = names(line.text for line in (*self.begins(), *self.lines()))
        found: dict[str, float] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, tuple):
                found |= {f"{one.name.removesuffix('s')}{i}": number for i, number in enumerate(value, start=1)}
            else:
                found[one.name] = value
        return {name: number for name, number in found.items() if name in read}


def from_zero(name: str, says: str) -> Line:
    """The line of a state that starts from 0."""
    return Line(name, "np.zeros_like(p)", says)


def average(name: str, weight: str, of: str, says: str) -> Line:
    """The line of a running mean of `of`, a product such as g * g, that keeps the share `weight` of itself."""
    return Line(name, f"{weight} * {name} + (1 - {weight}) * {of}", says)


def unbiased(name: str, weight: str, says: str, of: str | None = None) -> Line:
    """The line of such a mean, or of `of`, without its bias towards the 0 that it started from."""
    # np.power, not **: Python's own power of two numbers may differ from numpy's in the last bit
    return Line(f"{name}_hat", f"{of or name} / (1 - np.power({weight}, t))", says)


def divisor(square: str, eps_inside_sqrt: bool) -> str:
    """What `root` divides by, as text."""
    return f"np.sqrt({square} + eps)" if eps_inside_sqrt else f"(np.sqrt({square}) + eps)"
