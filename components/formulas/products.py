"""Products: one exponential and other factors, each with its exponent; and how the one divides sums among the others.

Knows sympy's objects (see algebra.py), not what product is to be found where (see rewriting.py).
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from components.formulas.algebra import algebra, applied, holds_exponential, number, plain

MOST_TERMS = 8
"""Terms of a sum that is taken apart."""
STEEP_POWER = 10
"""From this whole exponent on a power of what runs may hold is taken to overflow."""


def name(expression: Any) -> str:
    """What kind of thing it is: the name of a function of ours, for one."""
    return type(expression).__name__


@lru_cache(maxsize=4_096)
def overflows(expression: Any) -> bool:
    """Whether it holds what soon leaves the range of numbers: an exponential, or a high or unknown power."""
    if name(expression) in ("exp", "cosh", "sinh", "power", "power_log"):
        return True
    if expression.is_Pow and abs(expression.exp) >= STEEP_POWER and not expression.is_number:
        return True
    return any(map(overflows, expression.args))


def factors(expression: Any) -> list[tuple[Any, Any]]:
    """The factors of a product, as base and whole exponent."""
    parts = expression.args if expression.is_Mul else (expression,)
    return [(one.base, one.exp) if one.is_Pow and one.exp.is_Integer else (one, algebra().integer(1))
            for one in parts]


def exponentials(expression: Any) -> list[tuple[float, Any]] | None:
    """A sum of numbers times exponentials as (number, exponent); None for any other sum."""
    terms = []
    for term in expression.args if expression.is_Add else ():
        share, factor = term.as_coeff_Mul()
        if factor != 1 and name(factor) != "exp" and not factor.is_number:
            return None
        exponent = factor.args[0] if name(factor) == "exp" else algebra().integer(0)
        terms.append((plain(share if name(factor) == "exp" else term), exponent))
    return terms or None


class Product:
    """A number, one exponential, and other factors, each with its exponent."""

    def __init__(self, expression: Any) -> None:
        self.number, self.exponent = algebra().integer(1), algebra().integer(0)
        self.powers: dict[Any, Any] = {}
        for base, exponent in factors(expression):
            if base.is_number:
                self.number *= algebra().power(base, exponent)
            elif name(base) == "exp":
                self.exponent += exponent * base.args[0]
            else:
                self._multiply(base, exponent)

    def _multiply(self, base: Any, exponent: Any) -> None:
        self.powers[base] = self.powers.get(base, 0) + exponent
        if self.powers[base] == 0:
            del self.powers[base]

    def without(self, base: Any, exponent: Any) -> "Product":
        """This product, divided by a power of one of its factors."""
        self._multiply(base, -exponent)
        return self

    def whole(self) -> Any:
        """The product."""
        return algebra().product(self.number, applied("exp", self.exponent), *self._factors())

    def _factors(self) -> list[Any]:
        return [algebra().power(base, exponent) for base, exponent in self.powers.items()]

    def sums_below(self, holds: Callable[[Any], bool]) -> list[Any]:
        """The sums of some kind that are divided by."""
        return [base for base, exponent in self.powers.items()
                if exponent < 0 and base.is_Add and len(base.args) <= MOST_TERMS and holds(base)]

    def join_hyperbolics(self) -> None:
        """sinh(u)/cosh(u) is tanh(u), and so is what a sum with cosh(u) divides, but for that cosh(u)."""
        for base, exponent in list(self.powers.items()):
            if name(base) != "sinh":
                continue
            cosine, tangent = applied("cosh", base.args[0]), applied("tanh", base.args[0])
            other = self.powers.get(cosine, 0)
            if exponent * other < 0:
                turns = min(abs(exponent), abs(other)) * (1 if exponent > 0 else -1)
                self._multiply(base, -turns)
                self._multiply(cosine, turns)
                self._multiply(tangent, turns)
            elif exponent > 0 and any(lower.has(cosine) for lower in self.sums_below(overflows)):
                self._multiply(base, -exponent)
                self._multiply(cosine, exponent)
                self._multiply(tangent, exponent)

    def bend_sums(self) -> None:
        """A power of 1/(1 + exp(-u)) is one of sigmoid(u), if what else is exponential fits in."""
        for base in self.sums_below(holds_exponential):
            terms, times = exponentials(base), -self.powers[base]
            if terms is None or len(terms) != 2 or times != int(times) or terms[0][0] != terms[1][0] or terms[0][0] < 0:
                continue
            (share, u), (_, v) = terms if terms[0][1] == 0 else terms[::-1]
            inside, left = u - v, self.exponent - times * u
            turns = _multiple(left, -inside, times)
            if turns is None:
                continue
            self._multiply(base, times)
            self.number *= algebra().power(number(share), -times)
            self.exponent = algebra().integer(0)
            self._multiply(applied("sigmoid", inside), times - turns)
            self._multiply(applied("sigmoid", -inside), turns)
        for base, times in list(self.powers.items()):
            if name(base) == "sigmoid" and times > 0 and self.exponent != 0:
                turns = _multiple(self.exponent, -base.args[0], times)
                if turns is not None:
                    self.exponent = algebra().integer(0)
                    self._multiply(base, -turns)
                    self._multiply(applied("sigmoid", -base.args[0]), turns)

    def share_exponential(self) -> None:
        """Divide a sum below by the exponential above: one power of it where it is a term there, else all alike."""
        if self.exponent == 0:
            return
        below = self._places_below(holds_exponential)
        if not below:
            return
        mine = applied("exp", self.exponent)
        lower = next((one for one in below if any(term.has(mine) for term in one.args)), next(iter(below)))
        times = below[lower]
        if times >= 1 and any(term.has(mine) for term in lower.args):
            times = 1
        part = applied("exp", self.exponent / times)
        self.exponent = algebra().integer(0)
        self._take_below(lower, times)
        self._multiply(_over(lower, part), -times)

    def share_powers(self) -> None:
        """The same for a power of anything over a sum in which there are such, and for cosh."""
        for base, exponent in list(self.powers.items()):
            steep = name(base) in ("power", "power_log", "cosh") or (exponent >= STEEP_POWER and not base.is_Add)
            if not steep or exponent <= 0:
                continue
            lower = next((one for one, times in self._places_below(overflows).items() if times >= 1), None)
            if lower is None:
                continue
            part, left = algebra().power(base, exponent), None
            if name(base) == "power_log":
                part, left = applied("power", *base.args), applied("log", base.args[0])
            self._multiply(base, -exponent)
            self._take_below(lower, 1)
            quotient = _over(lower, part)
            if left is None:
                self._multiply(quotient, -1)
            else:
                self._multiply(applied("absorbed", algebra().power(quotient, -1), left), 1)

    def _places_below(self, holds: Callable[[Any], bool]) -> dict[Any, Any]:
        """Sums that are divided by, also as a root, and how often; the latter where they are all alike."""
        found: dict[Any, Any] = {}
        for base, exponent in self.powers.items():
            lower, times = (base.args[0], -exponent / 2) if name(base) == "sqrt" else (base, -exponent)
            if exponent < 0 and lower.is_Add and len(lower.args) <= MOST_TERMS and holds(lower):
                found[lower] = found.get(lower, 0) + times
        return found

    def _take_below(self, lower: Any, times: Any) -> None:
        """Multiply by a power of a sum that is divided by: by the sum itself as far as it goes, then by its roots."""
        whole = min(-self.powers.get(lower, 0), times)
        if whole > 0:
            self._multiply(lower, whole)
            times -= whole
        if times > 0:
            self._multiply(applied("sqrt", lower), 2 * times)

    def absorbed(self) -> Any:
        """The product, in which what has vanished absorbs what may have overflowed."""
        vanishing, exponential = [], applied("exp", self.exponent)
        for base, exponent in self.powers.items():
            bent = exponent > 0 if name(base) == "sigmoid" else exponent < 0 and name(base) == "cosh"
            if bent and overflows(base.args[0]):
                vanishing.append(algebra().power(base, exponent))
        if overflows(self.exponent) or (not vanishing and self.exponent != 0):
            vanishing.append(exponential)
        rest = [one for one in (exponential, *self._factors()) if one not in vanishing]
        if not vanishing or not any(map(overflows, rest)):
            return self.whole()
        absorbs, other = algebra().product(*vanishing), algebra().product(*rest)
        return algebra().product(self.number, applied("absorbed", absorbs, other))


def _multiple(expression: Any, of: Any, most: Any) -> Any:
    """The whole number from 0 to `most` that one is of the other, or None."""
    if expression == 0:
        return 0
    return next((times for times in range(1, int(min(most, MOST_TERMS)) + 1) if expression == times * of), None)


def _over(lower: Any, part: Any) -> Any:
    """A sum divided by an exponential or a power, term by term."""
    return algebra().sum(*(_joined(algebra().product(term, algebra().power(part, -1))) for term in lower.args))


def _joined(term: Any) -> Any:
    """A product whose exponentials, and whose powers of one base, are joined."""
    exponent, rest = algebra().integer(0), []
    bases: dict[Any, Any] = {}
    for base, times in factors(term):
        if name(base) == "exp":
            exponent += times * base.args[0]
        elif name(base) == "power":
            bases[base.args[0]] = bases.get(base.args[0], 0) + times * base.args[1]
        else:
            rest.append(algebra().power(base, times))
    powers = [applied("power", base, times) if not times.is_Integer else base**times for base, times in bases.items()]
    made = algebra().product(*rest, *powers, applied("exp", exponent))
    for base, times in factors(made):
        if name(base) == "sinh" and made.has(cosine := applied("cosh", base.args[0])):
            return made / base**times * applied("tanh", base.args[0])**times * cosine**times
    return made
