"""Expressions in the browser: the same number as numpy's, for every operation and for random formulas."""

from random import Random

import numpy as np
import pytest

from components.formulas import custom
from components.formulas.expressions import arithmetic, for_browser, parse
from components.formulas.tokens import FUNCTIONS
from components.text.errors import Refused
from optim import Surface
from tests.browser.serving import ROOT
from tests.components.formulas.random_formulas import NAMES, STEEP, formula

EXACT = ("sqrt", "abs")
"""Functions that every machine rounds alike, as it does + - * / and powers that are whole."""
SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 1e-310, 1e308, -1e308, np.inf, -np.inf, np.nan]

COMPUTE = """([tree, points]) => {
    const number = (text) => Number(text.replace("inf", "Infinity")), f = lab.expression.compile(tree);
    return points.map((point) => String(f(point.slice(0, -1).map(number), number(point.at(-1)))));
}"""


@pytest.fixture(scope="module")
def blank(browser):
    """An empty page with that one module."""
    page = browser.new_page()
    page.goto("about:blank")
    program = (ROOT / "assets/run/expression.js").read_text("utf-8")
    page.add_script_tag(type="module", content=f"{program}\nwindow.lab = {{ expression }};")
    page.wait_for_function("() => window.lab")
    yield page
    page.close()


def both(page, formula, points, names=NAMES, data="x"):
    """The values of a formula, a text or a tree, at points (rows in the order of the names): the browser's and numpy's.

    The last name is the data's x.
    """
    known = parse(formula).tree if isinstance(formula, str) else formula
    rows = [[repr(number) for number in point] for point in np.asarray(points, dtype=float).tolist()]
    found = page.evaluate(COMPUTE, [for_browser(known, names[:-1], data), rows])
    with np.errstate(all="ignore"):
        (expected,) = arithmetic([known], names)(*np.transpose(points))
    found = np.array([float(number.replace("Infinity", "inf")) for number in found])
    return found, np.broadcast_to(expected, found.shape)


def points(count=40, seed=0):
    return np.random.RandomState(seed).uniform(-3, 3, (count, len(NAMES)))


def random_texts(count, functions, size):
    random = Random(5)
    for _ in range(count):
        text = formula(random, random.randint(1, size), functions=functions).text
        try:
            parse(text)
        except Refused:
            continue
        yield text


def test_arithmetic_has_the_same_bits(blank):
    for text in random_texts(150, EXACT, 30):
        found, expected = both(blank, text, points())
        np.testing.assert_array_equal(found, expected, err_msg=text)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_numpys(blank, name):
    x = np.concatenate([np.linspace(-30, 30, 400), SPECIAL])
    found, expected = both(blank, f"{name}(x)", x[:, None], names=("x",))
    small = np.abs(x) < 1e300  # a sine of 1e308 is a matter of taste
    where = small | ~np.isfinite(x)
    np.testing.assert_allclose(found[where], expected[where], rtol=3e-15, atol=1e-320)


def test_a_sigmoid_keeps_its_digits(blank):
    found, _ = both(blank, "sigmoid(x)", [[-30.0], [-740.0], [40.0]], names=("x",))
    np.testing.assert_allclose(found, [9.357622968839299e-14, 4.199558e-322, 1], rtol=1e-14)


def test_what_is_computed_in_a_safe_form_is_so_here_too(blank):
    """The page draws what the server descends: a number where that has one, however far out."""
    random = np.random.RandomState(2)
    for text in STEEP:
        problem = custom.read(text).problem
        names = problem.parameter_names if isinstance(problem, Surface) else (*problem.parameter_names, "x")
        at = (random.uniform(-1, 1, (40, len(names))) * random.choice([1, 30, 800], (40, len(names)))).round(3)
        found, expected = both(blank, custom.tree(problem), at, names, data=names[-1])
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-300, err_msg=text)


def test_powers_are_numpys_at_their_corners(blank):
    corners = [(u, v) for u in SPECIAL for v in [*SPECIAL, 3.0, -2.0, 0.1]]
    found, expected = both(blank, "a^x", corners, names=("a", "x"))
    np.testing.assert_allclose(found, expected, rtol=1e-14)
    for exponent in (0, 1, 2, 3, 7, 100, -1, -2, -100, 0.5, 2.5):
        found, expected = both(blank, f"x^({exponent})", np.array(SPECIAL)[:, None], names=("x",))
        np.testing.assert_allclose(found, expected, rtol=1e-14, err_msg=str(exponent))


def test_random_formulas_have_numpys_values(blank):
    """As near as their sensitivity allows: it is measured by moving every name a little."""
    compared = 0
    for text in random_texts(150, FUNCTIONS, 16):
        at = points(seed=1)
        found, expected = both(blank, text, at)
        _, moved = both(blank, text, at * (1 + 1e-9))
        steady = np.isfinite(expected) & np.isclose(moved, expected, rtol=1e-6, atol=0)
        np.testing.assert_allclose(found[steady], expected[steady], rtol=1e-11, atol=1e-300, err_msg=text)
        np.testing.assert_array_equal(np.isnan(found), np.isnan(expected), err_msg=text)
        compared += steady.sum()
    assert compared > 2500


def test_a_tree_it_does_not_know_is_an_error(blank):
    refused = "(tree) => { try { lab.expression.compile(tree); } catch (error) { return error.message; } }"
    for tree in (["constructor", 1], ["eval", 1], ["log10", {"x": 0}], ["__proto__", 1]):
        assert blank.evaluate(refused, tree) == f"An expression has no {tree[0]}"


def test_it_is_quick_enough_for_contours(blank):
    """A hundred thousand values of Rosenbrock's function; at 60 frames a second one has 16 ms."""
    tree = for_browser(parse("(1 - x)^2 + 100*(y - x^2)^2").tree, ("x", "y"))
    milliseconds = blank.evaluate(
        """(tree) => {
            const f = lab.expression.compile(tree);
            let best = Infinity, sum = 0;
            const end = performance.now() + 10_000; // other tests use the processor too
            for (let run = 0; run < 5 || (best >= 100 && performance.now() < end); run++) {
                const start = performance.now();
                for (let i = 0; i < 1e5; i++) sum += f([i / 1e5, 0.5]);
                best = Math.min(best, performance.now() - start);
            }
            return sum > 0 ? best : NaN;
        }""",
        tree,
    )
    assert milliseconds < 100


def test_the_page_has_it(page):
    assert page.evaluate("() => lab.expression.compile(['+', {p: 0}, {x: 0}])([2], 3)") == 5
