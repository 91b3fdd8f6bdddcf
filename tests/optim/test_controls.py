"""What every method and schedule tells a form about its settings."""

import inspect
from dataclasses import dataclass

import pytest

from optim import OPTIMIZERS, SCHEDULES, Adam, Lion, RMSProp, controls
from optim.fields import Settings, choice, number, switch

KINDS = [*OPTIMIZERS.values(), *SCHEDULES.values()]


def value(kind, control):
    """The default of what a control stands for."""
    default = getattr(kind(), control.name)
    return default if control.place is None else default[control.place]


@pytest.mark.parametrize("kind", KINDS)
def test_every_argument_has_a_control(kind):
    found = [(control.name, control.place) for control in controls(kind)]
    expected = []
    for name in inspect.signature(kind).parameters:
        expected += [(name, 0), (name, 1)] if name == "betas" else [(name, None)]
    assert found == expected
    labels = [control.label for control in controls(kind)]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(("kind", "control"), [
    pytest.param(kind, control, id=f"{kind.__name__} {control.label}") for kind in KINDS for control in controls(kind)])
def test_a_control_fits_its_setting(kind, control):
    assert 0 < len(control.label) <= 20
    assert control.says[0].isupper()
    assert control.says.endswith(".")
    assert control.says.count(". ") == 0
    assert len(control.says) <= 120
    assert control.default == value(kind, control)
    if control.scale in ("switch", "choice"):
        assert set(control.options) == ({True, False} if control.scale == "switch" else set(control.options))
        assert len(control.options) > 1
        allowed = control.options
    else:
        assert control.scale in ("log10", "memory", "linear")
        assert control.low < control.high
        assert control.low > 0 or control.scale != "log10"
        assert 0 <= control.low < control.high < 1 or control.scale != "memory"
        allowed = [control.low, control.high] + [0] * control.zero + [None] * control.optional
        assert control.default in allowed or control.low <= control.default <= control.high
    for one in allowed:
        given = one
        if control.place is not None:
            given = list(getattr(kind(), control.name))
            given[control.place] = one
        kind(**{control.name: given})


def test_some_controls():
    by_label = {control.label: control for control in controls(Adam)}
    assert list(by_label) == [
        "Learning rate", "Beta 1", "Beta 2", "Eps", "Bias correction", "Eps inside the root", "AMSGrad"]
    assert (by_label["Beta 2"].name, by_label["Beta 2"].place, by_label["Beta 2"].high) == ("betas", 1, 0.9999)
    assert by_label["Learning rate"].scale == "log10"
    assert by_label["Bias correction"].options == (True, False)
    assert controls(Lion)[0].default == 1e-4
    assert {control.scale for control in controls(RMSProp)} == {"log10", "memory", "switch"}
    assert [control.zero for control in controls(SCHEDULES["Constant"])] == [True]
    assert controls(SCHEDULES["CosineAnnealing"])[0].optional


def test_a_numbers_ends_are_its_bounds_and_a_choice_has_none():
    by_label = {control.label: control for control in controls(Adam)}
    assert by_label["Beta 2"].ends == (by_label["Beta 2"].low, 0.9999)
    with pytest.raises(ValueError, match="bias_correction is no number"):
        _ = by_label["Bias correction"].ends


@dataclass(frozen=True)
class Silent(Settings):
    """Settings that no form offers."""

    size: float = number(1.0, low=0)
    form: str = choice("round", "square")
    is_new: bool = switch(False)


def test_settings_without_a_label_have_no_control():
    assert controls(Silent) == ()
