"""Readers in linear time: whatever text comes in, it takes time in proportion."""

import pytest

from app.security import BODY_LIMIT
from components.formulas import custom, expressions, tokens
from components.links import locks, packing, query, state
from components.points import dataset
from components.settings import methods as contestants
from components.settings.describing import describe
from components.settings.parsing import parse
from components.settings.table import DEFAULTS, SETTINGS
from components.text import errors, numbers
from tests.aimed import seconds, slow
from tests.components.formulas.afresh import forgotten

ALLOWED = 0.3
"""Seconds of processor time: three times what is promised."""
NAMES = "abcdfghijklmnopq"


def refusing(read):
    """The reader, whose refusals are as good as its answers."""

    def reads(text):
        try:
            return read(text)
        except (errors.Refused, packing.Broken):
            return None

    return reads


def methods(entry):
    """Reads a list of methods that holds the text at some place."""
    return lambda text: contestants.read([entry(text)], DEFAULTS, (0.01, 0.1))


def nested(before, middle, after, depth):
    return before * depth + middle + after * depth


FORMULAS = {
    "sums": "+".join(NAMES[i % 16] for i in range(79)),
    "products of sums": "*".join(f"({name}+x)" for name in NAMES),
    "products of sines": "*".join(f"sin({NAMES[i % 16]}*x)" for i in range(50)),
    "quotients": "/".join(f"({name}+x)" for name in NAMES),
    "powers of powers": nested("(", "a+x", ")^b*c", 29),
    "power on power": "^".join(f"({name}+x)" for name in NAMES),
    "whole powers": "+".join(f"(a+b*x+c*x^2)^{i + 2}" for i in range(28)),
    "fractions": "*".join(f"(a+{i + 1}/{i * 7 + 9_999_999_999_937})" for i in range(20)),
    "whole numbers to powers": "*".join(f"(a*{10**14 + i}/{10**13 + 7 * i})^99" for i in range(10)),
    "numbers to powers": "a*9^9^9",
    "a huge power": "a*x^99999999",
    "large powers": "a*((x^99)^99)^99",
    "numbers with many digits": "a*" + "9" * 490,
    "many large numbers": "a*x*" + "*".join(["1e99"] * 90),
    **{f"{name} in itself": nested(f"{name}(a*", "x", ")", 29 if len(name) < 6 else 28) for name in tokens.FUNCTIONS},
    "products of functions in themselves": nested("tanh(a*x+b)*tanh(", "c", ")", 14),
    "fractions in fractions": nested("a/(b+x/(", "c", "))", 14),
    "minuses": "-" * 79 + "a",
    "brackets": nested("(", "a", ")", 200),
    "one bracket too few": nested("(", "a", ")", 29)[:-1],
}

READERS = {
    "a number": (refusing(numbers.number), 400),
    "a whole number": (refusing(lambda text: numbers.bounded(text, 0, 10, whole=True)), 400),
    "a quote": (numbers.quoted, BODY_LIMIT),
    "tokens": (refusing(tokens.tokens), tokens.MAX_LENGTH),
    "an expression": (refusing(expressions.parse), tokens.MAX_LENGTH),
    "points": (dataset.read, dataset.MAX_LENGTH),
    "a list of methods": (lambda text: contestants.read(text, DEFAULTS, (0.01, 0.1)), BODY_LIMIT),
    "a method": (methods(lambda text: {"method": text}), BODY_LIMIT),
    "a schedule": (methods(lambda text: {"schedule": text}), BODY_LIMIT),
    "a method's name": (methods(lambda text: {"label": text}), BODY_LIMIT),
    "a method's setting": (methods(lambda text: {"own": {"lr": text, text: 1}}), 400),
    "packed text": (refusing(packing.unpack), packing.LARGEST),
    "a link": (query.read, query.LONGEST_READ),
    "a packed link": (lambda text: query.read("z=" + pack(text)), packing.LARGEST),
    "a packed link's setting": (lambda text: query.read("z=" + pack(f"lr={text}")), packing.LARGEST),
    "a packed link's points": (lambda text: query.read("z=" + pack(f"data={text}")), packing.LARGEST),
    "a packed link's methods": (lambda text: query.read("z=" + pack(f"methods={text}")), packing.LARGEST),
    "a packed link's formula": (lambda text: query.read("z=" + pack(f"problem=own&formula={text}")), packing.LARGEST),
    "a packed link's locks": (lambda text: query.read("z=" + pack(f"lock={text}&show={text}")), packing.LARGEST),
    "locks": (lambda text: locks.hold({}, f"lock={text}"), query.LONGEST_READ),
}


def pack(text):
    return packing.pack(text.encode("utf-8", "replace").decode())


@pytest.mark.parametrize("name", READERS)
def test_twice_the_text_takes_about_twice_as_long(name):
    """At the longest that a reader takes at all."""
    read, longest = READERS[name]
    assert slow(read, longest, ALLOWED, few=longest > 5_000) == []


@pytest.mark.parametrize("name", READERS)
def test_a_whole_body_is_read_or_refused_at_once(name):
    assert slow(READERS[name][0], BODY_LIMIT, ALLOWED, few=True) == []


@pytest.mark.parametrize("key", [*SETTINGS, "data", "methods", "watched", "unknown"])
def test_every_setting(key):
    problem = "own" if key == "formula" else "sine"
    assert slow(lambda text: parse({"problem": problem, key: text}), BODY_LIMIT, ALLOWED, few=True) == []


@pytest.mark.parametrize("key", [*state.VIEW, "unknown"])
def test_every_part_of_a_view(key):
    assert slow(lambda text: state.mend({}, {key: text}), BODY_LIMIT, ALLOWED, few=True) == []


@pytest.mark.parametrize("name", FORMULAS)
def test_every_formula_is_read_with_its_derivatives_or_refused(name):
    """Once sympy is there: three times the second that is promised, with all that the page says of it."""
    custom.read("a*x + b")
    text = FORMULAS[name][:500]

    def reads(text):
        return describe(parse({"problem": "own", "formula": text}))

    # Of three readings the least, each by who remembers nothing: none is exact while the machine has other work.
    assert any(seconds(reads, forgotten(text)) < 3 for _ in range(3))
