"""Rewriting: sums, products and powers of exponentials in forms that are numbers wherever their value is.

exp(u)/(1 + exp(u)) is infinity over infinity from u = 710 on, where it is 1. So exponentials join, 1/(1 + exp(-u)) is
sigmoid(u), log(1 + exp(u)) is softplus(u), sinh/cosh is tanh, and any other exponential over a sum of them divides
that sum: exp(u)/(a + exp(u)) is 1/(a exp(-u) + 1). In slopes, where powers are treated likewise, what an exponential
multiplies is absorbed once that has vanished. All of it holds for every number that the names may stand for, and none
of it asks for their values. Knows sympy's objects (see algebra.py); no trees and no derivatives.
"""

import math
import time
from typing import Any

from components.formulas.algebra import algebra, applied, holds_exponential, number
from components.formulas.products import MOST_TERMS, Product, exponentials, factors, name, overflows

MOST_PARTS = 1_500
"""Parts of one expression that are looked at; of a longer one the rest stays as it is."""


def safe(expression: Any, *, slope: bool = False, end: float = math.inf) -> Any:
    """The same in a safer form, or itself. slope: whether powers and what has vanished are looked after, too.

    Raises TimeoutError when this thread has had `end` seconds of the processor's time before it is found.
    """
    return _Rewriting(slope, end).safe(expression)


class _Rewriting:
    """One rewriting, which remembers what it has seen."""

    def __init__(self, slope: bool, end: float = math.inf) -> None:
        self._slope, self._end = slope, end
        self._seen: dict[Any, Any] = {}

    def safe(self, expression: Any) -> Any:
        if not expression.args or len(self._seen) > MOST_PARTS:
            return expression
        if expression not in self._seen:
            self._seen[expression] = expression  # where it is met again inside a form of its own
            self._seen[expression] = self._rewritten(expression)
        return self._seen[expression]

    def _rewritten(self, expression: Any) -> Any:
        if expression.is_Mul or expression.is_Pow:
            parts = [algebra().power(self.safe(base), exponent) for base, exponent in factors(expression)]
            return self._product(algebra().product(*parts))
        parts = [self.safe(part) for part in expression.args]
        return self._sum(algebra().sum(*parts)) if expression.is_Add else self._function(name(expression), *parts)

    def _function(self, function: str, *parts: Any) -> Any:
        base = parts[0]
        if function == "log":
            rest, found = self._logarithm(base)
            if found is not None:
                return found if rest == 1 else algebra().sum(applied("log", rest), found)
        if function in ("power", "sqrt"):
            exponent = parts[1] if function == "power" else number(0.5)
            rest, found = self._logarithm(base)
            if found is not None and rest == 1:
                return applied("exp", algebra().product(exponent, found))
            if exponent == 0.5 and base.is_Pow and base.exp == 2:
                return applied("abs", base.base)
        return applied(function, *parts)

    def _logarithm(self, expression: Any) -> tuple[Any, Any]:
        """The logarithm of those factors that are exponentials or sums of two, else None; and the factors besides."""
        rest, logarithms = [], []
        for base, exponent in factors(expression):
            found = self._plain_logarithm(base)
            if found is None:
                rest.append(algebra().power(base, exponent))
            else:
                logarithms.append(exponent * found)
        return algebra().product(*rest), algebra().sum(*logarithms) if logarithms else None

    def _plain_logarithm(self, base: Any) -> Any:
        if name(base) == "exp":
            return base.args[0]
        if name(base) == "sigmoid":
            return -applied("softplus", -base.args[0])
        terms = exponentials(base)
        if terms is None or len(terms) != 2 or min(share for share, _ in terms) <= 0:
            return None
        (share, u), (other, v) = terms if terms[0][1] == 0 else terms[::-1]
        scale, apart = math.log(share), math.log(other / share)
        return algebra().sum(number(scale), u, applied("softplus", algebra().sum(v, -u, number(apart))))

    def _sum(self, expression: Any) -> Any:
        """c - c sigmoid(u) is c sigmoid(-u), which keeps its digits."""
        if not expression.is_Add or len(expression.args) > MOST_TERMS or not expression.args[0].is_number:
            return expression
        constant = expression.args[0]
        for term in expression.args[1:]:
            factor, curve = term.as_coeff_Mul()
            if name(curve) == "sigmoid" and factor == -constant:
                turned = algebra().product(constant, applied("sigmoid", -curve.args[0]))
                return algebra().sum(expression, -constant, -term, turned)
        return expression

    def _product(self, expression: Any) -> Any:
        """A product or a power in its safe form: see Product for the steps."""
        if time.thread_time() > self._end:
            raise TimeoutError
        if not (expression.is_Mul or expression.is_Pow) or not _overflows_or_bends(expression):
            return expression
        made = Product(expression)
        divided = self._divided_sum(made) or self._divided_rest(made)
        if divided is not None:
            return divided
        made.join_hyperbolics()
        made.bend_sums()
        made.share_exponential()
        if self._slope:
            made.share_powers()
            return made.absorbed()
        return made.whole()

    def _divided_sum(self, made: "Product") -> Any:
        """A sum of exponentials over another, term by term: (exp(u) + 2)/(exp(u) + 1); for a difference, tanh."""
        holds = overflows if self._slope else holds_exponential
        below = made.sums_below(holds)
        above = [base for base, exponent in made.powers.items()
                 if exponent > 0 and base.is_Add and holds(base) and len(base.args) <= MOST_TERMS]
        if not below or not above:
            return None
        upper, lower = above[0], below[0]
        times = min(made.powers[upper], -made.powers[lower])
        if times != int(times):
            return None
        bent = _tangent(upper, lower)
        if bent is None:
            terms = [self._product(algebra().product(term, algebra().power(lower, -1))) for term in upper.args]
            bent = self._sum(algebra().sum(*terms))
        rest = made.without(upper, times).without(lower, -times).whole()
        return self._product(algebra().product(rest, algebra().power(bent, times)))

    def _divided_rest(self, made: "Product") -> Any:
        """absorbed(u, v)/w as absorbed(u, v/w), where v and w may overflow together."""
        for base, exponent in made.powers.items():
            below = made.sums_below(overflows)
            if name(base) == "absorbed" and exponent == 1 and below and overflows(base.args[1]):
                u, v = base.args
                inside = self._product(algebra().product(v, algebra().power(below[0], -1)))
                rest = made.without(base, 1).without(below[0], -1).whole()
                return self._product(algebra().product(rest, applied("absorbed", u, inside)))
        return None


def _overflows_or_bends(expression: Any) -> bool:
    return overflows(expression) or expression.has(algebra().functions.sigmoid)


def _tangent(upper: Any, lower: Any) -> Any:
    """tanh((u - v)/2) for (exp(u) - exp(v))/(exp(u) + exp(v)), with the numbers before them; None for another sum."""
    above, below = exponentials(upper), exponentials(lower)
    if above is None or below is None or len(above) != 2 or len(below) != 2:
        return None
    shares, others = {u: share for share, u in above}, {u: share for share, u in below}
    if shares.keys() != others.keys() or sum(shares.values()) != 0 or len(set(others.values())) > 1:
        return None
    (u, share), (v, _) = shares.items()
    if (u - v).could_extract_minus_sign():
        u, v, share = v, u, -share
    return algebra().product(number(share / others[u]), applied("tanh", (u - v) / 2))


