"""PyTorch programs: what each has printed (reference/torch.json) is what `train` finds; PyTorch itself is not needed.

A text that has changed has no outcome yet: reference/make_torch.py runs it.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from components.exports.torch_program import METHODS, torch_program
from components.exports.torch_program import SCHEDULES as SCHEDULERS
from components.text.errors import Refused
from optim import (
    OPTIMIZERS,
    SCHEDULES,
    SGD,
    AdaGrad,
    Adam,
    Adamax,
    Contestant,
    CosineAnnealing,
    Experiment,
    Lion,
    OneCycle,
    RMSProp,
    train,
)
from tests.components.exports import torch_cases

REFERENCE = Path(__file__).with_name("reference") / "torch.json"
PRINTED = json.loads(REFERENCE.read_text(encoding="utf-8"))["printed"]


def test_what_the_programs_print_is_what_train_finds():
    held, used = 0, set()
    for experiment in torch_cases.experiments():
        for label, run in train(experiment).items():
            text = torch_program(experiment, label)
            compile(text, "<program>", "exec")
            key = hashlib.sha256(text.encode()).hexdigest()[:16]
            assert key in PRINTED, f"reference/make_torch.py has not run this text:\n{text}"
            used.add(key)
            np.testing.assert_allclose(PRINTED[key], run.params[-1], rtol=1e-9, atol=1e-9, err_msg=text)
            held += np.isfinite(run.params[-1]).all()
            assert np.isfinite(run.params[-1]).all() == np.isfinite(PRINTED[key]).all()
    assert used == set(PRINTED), "reference/make_torch.py has run what is no longer written"
    assert held > 150


def test_every_method_and_schedule_of_torch_is_held():
    assert {type(one) for one in torch_cases.OPTIMIZERS} == set(METHODS) == set(OPTIMIZERS.values()) - {Lion}
    assert {type(one) for one in torch_cases.SCHEDULES} == set(SCHEDULES.values()) > set(SCHEDULERS)


@pytest.mark.parametrize(("optimizer", "why"), [
    (Lion(), "PyTorch has no Lion."),
    (Adam(eps_inside_sqrt=True), "PyTorch’s Adam adds eps outside the root."),
    (AdaGrad(eps_inside_sqrt=True), "PyTorch’s AdaGrad adds eps outside the root."),
    (RMSProp(eps_inside_sqrt=True), "PyTorch’s RMSProp adds eps outside the root."),
    (Adam(bias_correction=False), "PyTorch’s Adam always corrects its bias."),
    (Adamax(bias_correction=False), "PyTorch’s Adamax always corrects its bias."),
], ids=str)
def test_what_torch_has_not_got_is_one_sentence(optimizer, why):
    with pytest.raises(Refused) as refusal:
        torch_program(Experiment(contestants=[Contestant("it", optimizer)]), "it")
    assert str(refusal.value) == why


def test_torch_does_not_update_in_turn():
    with pytest.raises(Refused, match="all parameters together"):
        torch_program(Experiment(coordinates="in turn"), "SGD")


def test_torchs_own_scheduler_is_taken_where_it_agrees():
    def scheduler(schedule):
        return torch_program(Experiment(contestants=[Contestant("it", SGD(0.5), schedule)]), "it")

    assert "lr_scheduler.CosineAnnealingLR(optimizer, T_max=1500)\n" in scheduler(CosineAnnealing())
    assert "lr_scheduler.CosineAnnealingWarmRestarts(optimizer, T_0=300, eta_min=0.05)\n" in scheduler(
        CosineAnnealing(10, 1, 0.1))
    for ours in (CosineAnnealing(10, 1.5), CosineAnnealing(warmup=1), OneCycle(0), OneCycle(1)):
        assert "LambdaLR(optimizer, lambda step: share[step % 1500])\n" in scheduler(ours)
