"""Code: the value and the slopes of a curve or a surface as Python over numpy, for programs that one carries away.

It says what the functions beside it compute, operation by operation, so that a program gives the same numbers; a test
holds the two together byte for byte. Nothing here is executed. Knows no program.
"""

from typing import NamedTuple

from optim.lines import names

Lines = tuple[tuple[str, str], ...]
"""Assignments in their order: what is assigned (a name, or several with commas), and the expression."""

KEPT = frozenset(
    {"np", "torch", "params", "predict", "gradient", "logit", "error", "sum", "len", "sigmoid", "softplus", "power_log",
     "absorbed", "Predict", "Value"})
"""Names that a program's functions use themselves."""


class Code(NamedTuple):
    """Expressions in the parameters' names (see `variable`) and, of a curve, in the data's x.

    value: y or z. slopes: its derivative by each parameter. before: what the two name first, each from what stands
    above it. blocks=False: every parameter has a name and a slope. blocks=True: `before` takes the parameters out of
    the array `params`, x has an axis, and each slope stands for several parameters, one row each. start: how a start
    that is drawn comes from `random`, numpy's RandomState of the seed. by_rule: whether the slopes are no more than the
    rules of differentiation give of the value, one operation after another. Besides numpy as np there are
    sigmoid(z) = np.exp(np.minimum(z, 0)) / (1 + np.exp(np.minimum(z, -z))), softplus(u) = np.logaddexp(0.0, u), and
    power_log and absorbed of components/formulas/expressions.py.
    """

    value: str
    slopes: tuple[str, ...]
    before: Lines = ()
    blocks: bool = False
    start: str = ""
    by_rule: bool = True

    def needed(self, *expressions: str) -> Lines:
        """The lines of `before` that these expressions rest on."""
        wanted, found = names(expressions), []
        for name, text in reversed(self.before):
            if names([name]) & wanted:
                wanted |= names([text])
                found.append((name, text))
        return tuple(reversed(found))


def variable(parameter: str) -> str:
    """The name that a parameter has in code: its own, unless a program keeps that for itself."""
    return f"{parameter}_" if parameter in KEPT else parameter
