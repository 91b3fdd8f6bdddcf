"""Formulas as text: each means what it says, what is none is refused in one sentence, and nothing is ever executed."""

import gc
import json
import math
import re
import sys
import time
from pathlib import Path
from random import Random

import numpy as np
import pytest

from components.formulas import expressions, tokens
from components.formulas.expressions import OPERATIONS, arithmetic, for_browser, parse
from components.text.errors import Refused
from optim import MODELS, SURFACES, Surface, network, ravine
from tests.aimed import seconds
from tests.components.formulas.random_formulas import NAMES, formula

VALUES = {"a": 0.7, "b": -1.3, "c": 2.1, "x": 0.4, "y": -0.6}


def value(text: str, **values: float) -> float:
    expression = parse(text)
    with np.errstate(all="ignore"):
        return float(arithmetic([expression.tree], list(values))(*values.values())[0])


def random_formulas(count: int, size: int = 30, seed: int = 0):
    """Random formulas that are accepted: few others divide by a zero of their own making."""
    random, accepted = Random(seed), []
    for _ in range(count):
        one = formula(random, random.randint(1, size))
        try:
            accepted.append((one, parse(one.text)))
        except Refused:
            continue
    assert len(accepted) > 0.9 * count
    return accepted


# What a text means


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-x^2", -0.16),
        ("2^3^2", 512),
        ("2**3**2", 512),
        ("10 - 4 - 3", 3),
        ("12/3/2", 2),
        ("12/3*2", 8),
        ("2*-3", -6),
        ("2^-1", 0.5),
        ("2 - -3", 5),
        ("+x", 0.4),
        ("-x*-a", 0.28),
        ("1 + 2*3^2/6 - 1", 3),
        ("(1 + 2)*3", 9),
        ("2*pi", 2 * math.pi),
        ("ln(2)", math.log(2)),
        ("arctan(1)", math.pi / 4),
        ("sigmoid(0)", 0.5),
        ("sigmoid(-1)", 1 / (1 + math.e)),
        ("abs(-3)", 3),
        ("1.5e2", 150),
        (".5 + 5.", 5.5),
        ("007", 7),
        ("00.5", 0.5),
        ("2E-1", 0.2),
        ("5 − 2×3·a", 0.8),
        (" a\t+\n a\u00a0", 1.4),
        ("x^0", 1),
        ("x^2", 0.16),
        ("4^0.5", 2),
        ("1234567890123456789012345678901234567890", 1234567890123456789012345678901234567890.0),
    ],
)
def test_a_text_means_what_it_says(text, expected):
    assert value(text, **VALUES) == pytest.approx(expected, rel=1e-15)


def test_random_formulas_have_their_value():
    finite = 0
    for one, expression in random_formulas(400):
        try:
            expected = one.value(math, VALUES)
        except (ValueError, OverflowError, ZeroDivisionError):
            continue
        with np.errstate(all="ignore"):
            found = arithmetic([expression.tree], list(VALUES))(*VALUES.values())[0]
        if math.isfinite(expected) and abs(expected) < 1e12:
            finite += 1
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-9), one.text
    assert finite > 100


REGISTERED = [*MODELS.values(), network(64), *SURFACES.values(), ravine(7.5)]


@pytest.mark.parametrize("problem", REGISTERED, ids=lambda one: one.name)
def test_the_registered_formulas_are_read(problem):
    expression, random = parse(problem.expression), np.random.RandomState(0)
    params, x = random.uniform(-2, 2, (problem.n, 50)), random.uniform(-3, 3, 50)
    if isinstance(problem, Surface):
        values, expected = dict(zip(problem.parameter_names, params, strict=True)), problem.value(params)
    else:
        values = dict(zip((*problem.parameter_names, "x"), (*params, x), strict=True))
        expected = problem.predict(params, x)
    assert set(expression.names) == values.keys()
    (found,) = arithmetic([expression.tree], list(values))(*values.values())
    np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-11)
    json.dumps(for_browser(expression.tree, problem.parameter_names))


def test_names_stand_in_the_order_of_their_first_appearance():
    expression = parse("c*sin(b*x) + a1 + pi*c + w_1")
    assert expression.columns == {"c": 1, "b": 7, "x": 9, "a1": 14, "w_1": 26}
    assert expression.names == ("c", "b", "x", "a1", "w_1")


def test_the_tidy_text_is_the_same_formula():
    assert parse(" ( 1-x )**2+100*(y−x ^2)^2 -  ln( - x)").text == "(1 - x)^2 + 100*(y - x^2)^2 - log(-x)"
    for _, expression in random_formulas(200):
        assert parse(expression.text).tree == expression.tree
        assert parse(expression.text).text == expression.text


# Arithmetic


def test_what_is_common_is_computed_once(monkeypatch):
    calls = []
    monkeypatch.setitem(OPERATIONS, "exp", lambda u: calls.append(u) or np.exp(u))
    slopes = [parse(text).tree for text in ("exp(-b*x)", "-a*x*exp(-b*x)", "exp(-b*x)^2", "1")]
    values = arithmetic(slopes, ["a", "b", "x"])(2.0, 0.5, 3.0)
    assert len(calls) == 1
    e = math.exp(-1.5)
    assert values == pytest.approx([e, -6 * e, e * e, 1])


def test_whole_numbers_are_computed_as_decimals():
    assert value("a^x", a=2, x=-1) == 0.5
    assert value("a^x*a^x", a=10, x=18) == 1e36


def test_a_constant_cannot_be_written_into():
    compute = arithmetic([2.5], [])
    with pytest.raises(ValueError, match="read-only"):
        compute()[0][...] = 3


def test_a_whole_power_is_multiplication():
    u = np.random.RandomState(0).uniform(-3, 3, 1000)
    three, minus_two, half = arithmetic([parse(text).tree for text in ("u^3", "u^-2", "u^-0.5")], ["u"])(u + 4)
    u = u + 4
    assert three.tobytes() == (u * (u * u)).tobytes()
    assert minus_two.tobytes() == (1 / (u * u)).tobytes()
    np.testing.assert_allclose(half, 1 / np.sqrt(u), rtol=1e-15)


def test_the_slope_of_a_power_by_its_exponent_has_its_limit_at_zero():
    values = arithmetic([("power_log", "u", "v")], ["u", "v"])
    with np.errstate(all="ignore"):
        (found,) = values(np.array([0.0, 2.0, 0.0, -1.0]), np.array([2.0, 3.0, -1.0, 2.0]))
    assert found[:2].tolist() == [0, 8 * math.log(2)]
    assert found[2] == -math.inf
    assert math.isnan(found[3])


def test_a_lane_has_the_same_bytes_alone_and_in_company():
    random = np.random.RandomState(0)
    lanes, x = random.uniform(-2, 2, (37, 3)), random.uniform(-3, 3, 19)
    lanes[:12, 1] = [2, 0.5, -1, 0, 1, 3] * 2  # exponents for which numpy has ways of its own

    @np.errstate(all="ignore")
    def rows(compute, lanes, x):
        """The values at each lane's parameters, in the two ways that training asks: at many points, or at one."""
        columns = lanes.T[:, :, None] if x.ndim else lanes.T
        (found,) = compute(*columns, x)
        return [row.tobytes() for row in np.broadcast_to(found, np.broadcast_shapes(columns[0].shape, x.shape))]

    powers = [parse(text) for text in ("a*x^b", "abs(x)^b + a^x*c^x", "(x^2)^0.5 + abs(x)^1.5", "abs(a*x)^(b*c)")]
    trees = [one.tree for one in (*powers, *(one for _, one in random_formulas(150, seed=1)))]
    for one in [*trees, ("power_log", ("abs", "x"), "b")]:
        compute = arithmetic([one], NAMES)
        for points in (x, x[5:6].reshape(())):
            alone = [rows(compute, lanes[lane : lane + 1], points)[0] for lane in range(len(lanes))]
            assert rows(compute, lanes, points) == alone, one
        with np.errstate(all="ignore"):
            plain = [np.broadcast_to(compute(*lane, x)[0], x.shape).tobytes() for lane in lanes[:3].tolist()]
        assert plain == rows(compute, lanes, x)[:3], one


def test_another_name_is_a_programmers_mistake():
    for use in (lambda: arithmetic(["z"], ["a", "b"]), lambda: for_browser(("+", "a", "z"), ["a", "b"])):
        with pytest.raises(ValueError, match="'z' is not among the names a, b"):
            use()


def test_every_function_has_an_operation():
    assert {*tokens.FUNCTIONS, "neg", *"+-*/^"} <= OPERATIONS.keys()


# JSON


def test_the_browser_gets_lists_numbers_and_places():
    tree = parse("a*exp(-b*x) + 2^0.5").tree
    assert for_browser(tree, ("b", "a")) == [
        "+", ["*", {"p": 1}, ["exp", ["*", ["neg", {"p": 0}], {"x": 0}]]], ["^", 2, 0.5]]
    assert for_browser(parse("x*y").tree, ("x", "y")) == ["*", {"p": 0}, {"p": 1}]


# What is refused


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "A formula must be text."),
        (3, "A formula must be text."),
        ("", "Empty: a formula is needed."),
        (" \n", "Empty: a formula is needed."),
        ("x 2", "An operation is missing between “x” and “2” at column 3: * for a product."),
        ("2 3*x", "An operation is missing between “2” and “3” at column 3: * for a product."),
        ("(a)2", "An operation is missing between “)” and “2” at column 4: * for a product."),
        ("0x1F", "An operation is missing between “0” and “x1F” at column 2: * for a product."),
        ("a(x + 1)", "“a” at column 1 is no function known here (exp, log, sqrt, abs, sin, cos, tan, atan, sinh, cosh, "
                     "tanh, sigmoid); for a product write a*(…)."),
        ("2 + exp", "“exp” at column 5 is a function: write exp(…)."),
        ("exp + 2", "“exp” at column 1 is a function: write exp(…)."),
        ("a*/b", "“/” at column 3 stands where a number, a name or a bracket should."),
        ("sin()", "“)” at column 5 stands where a number, a name or a bracket should."),
        ("a +", "Something is missing after “+” at column 3."),
        ("(a + (b)", "“(” at column 1 is never closed."),
        ("a)", "“)” at column 2 closes nothing."),
        ("0,5*x", "“,” at column 2 does not belong in a formula: decimals have a point."),
        ("y = x", "“=” at column 3 does not belong in a formula: write only what stands right of it."),
        ("x.real", "“.” at column 2 does not belong in a formula."),
        ("аx", "The character CYRILLIC SMALL LETTER A at column 1 does not belong in a formula: names and numbers are "
               "plain ASCII."),
        ("x₂", "The character SUBSCRIPT TWO at column 2 does not belong in a formula: names and numbers are plain "
               "ASCII."),
        ("x\0", "The character U+0000 at column 2 does not belong in a formula: names and numbers are plain ASCII."),
        ("lambda*x", "“lambda” at column 1 is a word that Python keeps for itself: take another name."),
        ("e^x", "“e” at column 1 could be 2.718… or a parameter: write exp(…), or take another name."),
        ("_a*x", "“_a” at column 1 cannot be a name: a name is a letter, perhaps with more letters and digits."),
        ("a__b", "“a__b” at column 1 cannot be a name: a name is a letter, perhaps with more letters and digits."),
        ("x + averyverylongname", "“averyverylo…” at column 5 cannot be a name: a name is a letter, perhaps with more "
                                  "letters and digits."),
        ("1e999*x", "“1e999” at column 1 is too large a number."),
        ("x/1e-999", "“1e-999” at column 3 is too small a number."),
        ("x + 1/0", "What begins at column 7 is zero, and nothing can be divided by it."),
        ("x/(2 - 2)", "What begins at column 4 is zero, and nothing can be divided by it."),
        ("x*sqrt(-1)", "What begins at column 3 is not a finite number."),
        ("exp(1000)", "What begins at column 1 is not a finite number."),
        ("1e90*1e90", "What begins at column 1 is larger than 1e+100."),
        ("a + 9**9**9", "What begins at column 5 comes to a power of more than 100."),
        ("x^101", "What begins at column 1 comes to a power of more than 100."),
        ("a*((x^-20)^3)^2", "What begins at column 5 comes to a power of more than 100."),
        ("(" * 31 + "x" + ")" * 31, "“(” at column 31 is inside more than 30 others."),
        ("-" * 80 + "x", "What begins at column 81 is inside more than 80 operations, each term of a sum counted."),
        ("x" + " + x" * 80, "What begins at column 1 is inside more than 80 operations, each term of a sum counted."),
        ("+".join(["x*x*x*x*x*x*x"] * 65), "The formula has more than 800 numbers, names and operations."),
        ("x" * 2001, "The formula has 2,001 characters; at most 2,000 are read."),
    ],
)
def test_a_refusal_says_in_one_sentence_what_and_where(text, sentence):
    with pytest.raises(Refused) as refusal:
        parse(text)
    assert str(refusal.value) == sentence


# Whatever anyone may type

STRANGE = [
    *(Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8").splitlines(),
    "x\u200b", "\u202ex", "x\0", "\0", "\ud800", "\ufeffx", "x\u0301", "\x1b[31m", "\x7f", "9" * 400,
    "0." + "0" * 300 + "1",
]
BROKEN = ["x)", "(x", ")(", "x(", "((x)", "x))", "*x", "x*", "/x", "^x", "x^", "x**"]
LONG = [
    "(" * 31, "(" * 2000, "(" * 31 + "x" + ")" * 31, "(" * 999 + "x" + ")" * 999, ")" * 2000, "[" * 500, "{" * 1999,
    "-" * 1999 + "x", "-" * 90 + "x", "+-" * 900 + "x", "x" + "+x" * 999, "x" + "*x" * 999, "x" + "^x" * 999,
    "x" + "^2" * 60, "x" + "**x" * 600, "sin(" * 400, "sin(" * 31 + "x" + ")" * 31, "exp(-" * 300 + "x" + ")" * 300,
    "9" * 1999, "." * 1999, "1" + "e1" * 900, "x " * 900, "x" * 1999, "x" * 100_000, "(" * 1_000_000, "a+" * 999 + "a",
    "(x+" * 60 + "x" + ")" * 60, "lambda:" * 200 + "x", "not " * 400 + "x", "x if x else " * 100 + "x",
    "f(" * 600 + ")" * 600, "'" * 1999, "\\" * 1999, "\n" * 1998 + "(", "x[" * 500 + "]" * 500, "1/" * 900 + "x",
    "((" * 14 + "x" + "+1)^2)" * 14, "2^" * 900 + "x", "(" * 1000 + "x", "x" + ")" * 1000,
]
FILLS = ["x", "a*x", "2", "(a + b)", "exp(-x)", "a*x^2 + b", "sin(b*x + c)", "0.5", "-x"]
AROUND = [
    "HOST + FILL", "FILL + HOST", "HOST * (FILL)", "(HOST)", "sin(HOST)", "(FILL) / (HOST)", "FILL - HOST + FILL",
    "2^(HOST)", "(HOST)^HOST", "((HOST))", "exp(FILL * (HOST))", "-HOST", "(HOST)^2", "FILL + abs((HOST))",
]
FORBIDDEN = "!\"#$%&',:;<=>?@[\\]_`{|}~\0\x1bäπ₂’“\u200b\ud800ａ０"


def hostile():
    """More than 20,000 texts that are no formulas: each a hostile part in an innocent place, or noise."""
    random = Random(0)
    yield from (*STRANGE, *BROKEN, *LONG)
    for part in STRANGE:
        for around in AROUND:
            for fill in FILLS:
                yield around.replace("FILL", fill).replace("HOST", part)
    for _ in range(8000):
        one = formula(random, random.randint(1, 40)).text
        place = random.randrange(len(one) + 1)
        yield one[:place] + random.choice(FORBIDDEN) + one[place:]
    letters = [chr(code) for code in range(1, 0x250)] + list("()^*+-/ .0123456789xyae")
    for _ in range(4000):
        noise = "".join(random.choices(letters, k=random.randint(1, 60)))
        yield noise + random.choice(FORBIDDEN)


AT_ONCE = 0.05
"""Seconds of processor time."""


def refused(text):
    with pytest.raises(Refused):
        parse(text)


def test_what_is_hostile_is_refused_at_once_and_nothing_runs():
    texts, modules, events, listening = sorted(set(hostile())), set(sys.modules), set(), True

    def listen(event, args):
        if listening:
            events.add(event)

    sys.addaudithook(listen)  # for as long as Python runs: there is no way to take it back, but to say no more
    slow, accepted, refusals = [], [], 0
    gc.disable()  # what other tests have left is not the parser's to tidy
    try:
        for text in texts:
            start = time.thread_time()  # of this thread alone: another's work is not counted
            try:
                parse(text)
                accepted.append(text)
            except Refused as refusal:
                if time.thread_time() - start >= AT_ONCE:
                    slow.append(text)
                refusals += 1
                sentence = str(refusal)
                assert sentence.isprintable()
                assert sentence.endswith(".")
                assert len(sentence) < 250
    finally:
        gc.enable()
        listening = False
    assert accepted == []
    assert refusals >= 20_000
    # Of 20,000 readings one may take a pause of the machine's own: what is slow is so each time.
    assert [text for text in slow if all(seconds(refused, text) >= AT_ONCE for _ in range(2))] == []
    assert set(sys.modules) == modules
    # Python's parser announces itself by this; evaluating, importing, opening or calling out would by others.
    assert events <= {"compile"}


def test_the_hook_hears_what_it_should():
    heard = []
    listening = True
    sys.addaudithook(lambda event, args: heard.append(event) if listening else None)
    eval("1")
    listening = False
    assert {"exec", "compile"} <= set(heard)


@pytest.mark.parametrize("module", [expressions, tokens])
def test_python_is_asked_for_nothing_but_syntax(module):
    source = Path(module.__file__).read_text(encoding="utf-8")
    assert re.findall(r"(?<!re\.)\b(?:eval|exec|compile|__import__|getattr|lambdify|sympify)\(", source) == []
