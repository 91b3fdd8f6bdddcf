"""Operations: the work of a line of text, counted sign by sign and call by call."""

import pytest

from components.settings.operations import Work, work
from optim import OPTIMIZERS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a", (0, 0)),
        ("1.0", (0, 0)),
        ("-1.5e-05", (1, 1)),
        ("a * x + b", (2, 2)),
        ("a1 / b_2", (1, 1)),
        ("np.exp(-b * x)", (3, 5)),
        ("np.sin(x)", (1, 25)),
        ("np.square(x) * np.power(x, 1e-3)", (3, 22)),
        ("1 / (1 + np.exp(-x))", (4, 6)),
        ("m_hat if rho > 5 else 0", (1, 1)),
    ],
)
def test_a_line(text, found):
    assert work([text]) == Work(*found)


def test_several_lines_add_up():
    assert work(["a + b", "a * b"]) == work(["a + b"]) + work(["a * b"]) == Work(2, 2)


def test_every_method_counts():
    counted = {name: work(line.text for line in method().lines()) for name, method in OPTIMIZERS.items()}
    assert counted["SGD"] == Work(0, 0)
    assert all(one.calls > 2 for name, one in counted.items() if name != "SGD")
