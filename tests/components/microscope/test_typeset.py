"""Rules as mathematics: what is written has the value that the line has, and every index says when."""

import ast
import html
import math
import re
from xml.etree import ElementTree

import pytest

from components.microscope import typeset
from optim import OPTIMIZERS, Adam, Line, Momentum, Optimizer, RAdam, RMSProp

SIGNS = {"·": "*", "−": "-", "+": "+", "(": "(", ")": ")", ",": ",", "max": "max", "sign": "sign", ">": ">"}
WORLD = {"__builtins__": {}, "max": max, "abs": abs, "sqrt": math.sqrt, "sign": lambda v: (v > 0) - (v < 0)}


def python(node, values):
    """The Python of a MathML element, each slot being its number's text: an independent reading of what is shown."""
    inner = [python(child, values) for child in node]
    match node.tag:
        case "mfrac":
            return f"(({inner[0]}) / ({inner[1]}))"
        case "msqrt":
            return f"sqrt({''.join(inner)})"
        case "msup":
            return f"(({inner[0]}) ** ({inner[1]}))"
        case "mtext":
            return values[int(node.text.removeprefix("slot"))]
        case "mn":
            return node.text
        case "mo" if node.text == "|":
            return "abs(" if node.get("form") == "prefix" else ")"
        case "mo":
            return SIGNS[node.text]
        case "math" | "mrow" | "mstyle":
            return "".join(inner)
    raise AssertionError(f"unread: <{node.tag}>")


def shown_value(written, numbers):
    """The number that somebody gets who types what is shown into a calculator."""
    values = [f"({numbers[name]!r})" for name, _ in written.slots]
    return eval(python(ElementTree.fromstring(written.mathml), values), WORLD)


def words(mathml):
    return html.unescape(re.sub(r"<[^>]*>", "", mathml))


def by_name(method):
    constants = {**method.constants(), "lr_0": 1}
    return {row.name: row for row in typeset.rows(method.lines(), constants)}


def test_indices_say_what_is_of_this_step_and_what_of_the_one_before():
    rows = by_name(Momentum())
    assert words(rows["v"].rule) == "vt=βvt−1+(1−β)gt"
    assert words(rows["d"].rule) == "dt=vt"
    assert rows["d"].filled == ()
    assert [name for name, _ in rows["v"].filled[0].slots] == ["beta", "v before", "beta", "g"]
    assert words(by_name(Adam())["m_hat"].rule) == "m^t=mt1−β1t"
    assert words(by_name(RMSProp(centered=True))["s"].rule) == "st=max(vt−mt2,0)"


def test_a_line_with_a_condition_is_filled_for_either_case():
    row = by_name(RAdam())["d"]
    assert row.above == ("rho", 5)
    assert words(row.rule).endswith("ρt>5, else m^t".replace(" ", "\N{NO-BREAK SPACE}"))
    assert [len(one.slots) for one in row.filled] == [4, 1]


def test_a_number_with_a_power_or_after_a_sign_is_told_from_one_that_stands_alone():
    line = Line("x", "g * g - g + np.sqrt(g) * g", "")
    (row,) = typeset.rows([line], [])
    assert [kind for _, kind in row.filled[0].slots] == ["base", "term", "free", "term"]


@pytest.mark.parametrize("text", [
    "a - (b - c)", "a - (b + c) * a", "(a + b) * (a - c)", "a / b / c", "a / b * c", "a * (b / c)", "-a * b",
    "a * a * b", "a - -b * c", "np.power(a + b, c)", "np.power(a, b + c)", "np.sqrt(a + b) / (np.sqrt(c) + a)",
    "np.abs(a - b) * c", "np.maximum(a - b, b * c)", "np.sign(a - b)", "(a / b) * (a / b)",
])
def test_what_is_written_has_the_value_of_its_text(text):
    values = {"a": 2.5, "b": 0.7, "c": 3.0}
    (row,) = typeset.rows([Line("x", text, "")], values)
    expected = eval(text.replace("np.", ""), WORLD | {"power": math.pow, "maximum": max}, values)
    assert shown_value(row.filled[0], values) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("method", OPTIMIZERS.values())
def test_every_rule_can_be_written_and_has_no_name_of_a_program(method):
    constants = {**method().constants(), "lr_0": 1}
    for row in [*typeset.rows(method().lines(), constants), *typeset.beginnings(method().begins(), constants)]:
        for formula in (row.symbol, row.rule, *(one.mathml for one in row.filled)):
            assert formula.startswith("<math>")
            assert not re.search(r"[\\_{}]", words(formula)), words(formula)
        assert row.says


def test_a_line_that_cannot_be_shown_is_an_error():
    for text in ("a @ b", "np.exp(a)", "a[0]"):
        with pytest.raises(ValueError, match="line"):
            typeset.rows([Line("x", text, "")], "a")
    assert ast.parse("a @ b")


def test_a_name_is_one_symbol_in_the_lines_of_all_methods():
    said = [pair for method in (Optimizer, *OPTIMIZERS.values()) for pair in method.symbols.items()]
    assert all(typeset.SYMBOLS[name] == symbol for name, symbol in said)
