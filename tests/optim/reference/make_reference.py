"""Writes reference.json: fifty steps of torch.optim and optax, and the rates of torch's schedulers, in float64.

Run it by hand where a case changes or one is added; the tests read only the file. Neither library is a dependency:

    pip install numpy torch==2.13.0 jax==0.10.2 optax==0.2.8    (in an environment of its own)
    python tests/optim/reference/make_reference.py

The gradients come from each library's own automatic differentiation, so that ours are held to them too.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import jax
import numpy as np
import optax
import torch

jax.config.update("jax_enable_x64", True)
torch.set_default_dtype(torch.float64)  # else NAdam keeps the product of its momenta in float32

STEPS = 50
STARTS = {"ravine": (-3.0, 2.0), "line": (1.0, 1.0)}
# The article's points: whole numbers from -10 to below 10, and the line 1.5 x - 28 through them.
X = np.random.RandomState(7).randint(-10, 10, 30).astype(float)
Y = 1.5 * X - 28

SGD, Adam = torch.optim.SGD, torch.optim.Adam

# Each row: a method of optim and its settings; its rates on the ravine and on the line, gentle or high; and the same in
# torch and in optax, for parameters p and a rate lr, or None where the library has not got it or has another formula.
# Where a convention differs, the argument that makes them agree stands in the row. The others that differ:
# torch leaves dampening out of its first step, so that its heavy ball stands beside the averaged form with the rate
# times 1 - beta. optax puts AdaGrad's and, if asked, RMSProp's and Adam's eps inside the root, torch never does. optax'
# AMSGrad takes the largest corrected v, its NAdam has no schedule of momentum, its RAdam another place for eps. torch
# has no Lion. Neither can leave out a bias correction.
METHODS = [
    ("SGD", {}, (0.01, 0.001), lambda p, lr: SGD(p, lr), optax.sgd),
    ("SGD", {}, (0.1, 0.01), lambda p, lr: SGD(p, lr), optax.sgd),
    ("Momentum", {"beta": 0.95, "form": "average"}, (0.1, 0.001),
     lambda p, lr: SGD(p, lr * (1 - 0.95), momentum=0.95),
     lambda lr: optax.chain(optax.ema(0.95, debias=False), optax.scale(-lr))),
    ("Momentum", {"beta": 0.5, "form": "average"}, (0.01, 0.01), lambda p, lr: SGD(p, lr * (1 - 0.5), momentum=0.5),
     lambda lr: optax.chain(optax.ema(0.5, debias=False), optax.scale(-lr))),
    ("Momentum", {"beta": 0.95, "form": "heavy-ball"}, (0.1, 0.001),
     lambda p, lr: SGD(p, lr, momentum=0.95), lambda lr: optax.sgd(lr, 0.95)),
    ("Nesterov", {"beta": 0.9, "form": "average"}, (0.1, 0.01),
     lambda p, lr: SGD(p, lr * (1 - 0.9), momentum=0.9, nesterov=True), None),
    ("Nesterov", {"beta": 0.9, "form": "heavy-ball"}, (0.01, 0.001),
     lambda p, lr: SGD(p, lr, momentum=0.9, nesterov=True), lambda lr: optax.sgd(lr, 0.9, nesterov=True)),
    ("AdaGrad", {}, (1.0, 0.1), lambda p, lr: torch.optim.Adagrad(p, lr), None),
    ("AdaGrad", {"initial_accumulator_value": 0.5, "eps": 0.01}, (0.1, 1.0),
     lambda p, lr: torch.optim.Adagrad(p, lr, initial_accumulator_value=0.5, eps=0.01), None),
    ("AdaGrad", {"initial_accumulator_value": 0.5, "eps": 0.01, "eps_inside_sqrt": True}, (0.1, 1.0),
     None, lambda lr: optax.adagrad(lr, 0.5, 0.01)),
    ("RMSProp", {}, (0.01, 0.1), lambda p, lr: torch.optim.RMSprop(p, lr), None),
    ("RMSProp", {"alpha": 0.9, "eps": 0.01, "momentum": 0.8}, (0.1, 0.1),
     lambda p, lr: torch.optim.RMSprop(p, lr, 0.9, 0.01, momentum=0.8),
     lambda lr: optax.rmsprop(lr, 0.9, 0.01, eps_in_sqrt=False, momentum=0.8)),
    ("RMSProp", {"alpha": 0.9, "eps": 0.01, "momentum": 0.5, "centered": True}, (0.01, 0.1),
     lambda p, lr: torch.optim.RMSprop(p, lr, 0.9, 0.01, momentum=0.5, centered=True), None),
    ("RMSProp", {"alpha": 0.9, "eps": 0.01, "eps_inside_sqrt": True}, (0.1, 1.0),
     None, lambda lr: optax.rmsprop(lr, 0.9, 0.01)),
    ("Adadelta", {}, (1.0, 1.0), lambda p, lr: torch.optim.Adadelta(p, lr), lambda lr: optax.adadelta(lr, 0.9, 1e-6)),
    ("Adadelta", {"rho": 0.95, "eps": 0.01}, (0.1, 1.0), lambda p, lr: torch.optim.Adadelta(p, lr, 0.95, 0.01), None),
    ("Adam", {"betas": (0.7, 0.9)}, (0.1, 1.0),
     lambda p, lr: Adam(p, lr, (0.7, 0.9)), lambda lr: optax.adam(lr, 0.7, 0.9)),
    ("Adam", {}, (1.0, 0.1), lambda p, lr: Adam(p, lr), optax.adam),
    ("Adam", {"eps": 0.01}, (0.01, 0.01), lambda p, lr: Adam(p, lr, eps=0.01), lambda lr: optax.adam(lr, eps=0.01)),
    ("Adam", {"eps": 0.01, "eps_inside_sqrt": True}, (0.1, 1.0),
     None, lambda lr: optax.adam(lr, eps=0.0, eps_root=0.01)),
    ("Adam", {"betas": (0.7, 0.9), "amsgrad": True}, (0.1, 1.0),
     lambda p, lr: Adam(p, lr, (0.7, 0.9), amsgrad=True), None),
    ("AdamW", {}, (0.1, 0.1), lambda p, lr: torch.optim.AdamW(p, lr), lambda lr: optax.adamw(lr, weight_decay=0.01)),
    ("AdamW", {"betas": (0.7, 0.9), "weight_decay": 0.3, "amsgrad": True}, (0.01, 1.0),
     lambda p, lr: torch.optim.AdamW(p, lr, (0.7, 0.9), weight_decay=0.3, amsgrad=True), None),
    ("Adamax", {}, (0.1, 0.1), lambda p, lr: torch.optim.Adamax(p, lr), optax.adamax),
    ("Adamax", {"betas": (0.5, 0.9), "eps": 0.01}, (0.01, 1.0),
     lambda p, lr: torch.optim.Adamax(p, lr, (0.5, 0.9), 0.01), lambda lr: optax.adamax(lr, 0.5, 0.9, 0.01)),
    ("NAdam", {}, (0.1, 0.1), lambda p, lr: torch.optim.NAdam(p, lr), None),
    ("NAdam", {"betas": (0.7, 0.9), "eps": 0.01, "momentum_decay": 0.5}, (0.01, 1.0),
     lambda p, lr: torch.optim.NAdam(p, lr, (0.7, 0.9), 0.01, momentum_decay=0.5), None),
    ("RAdam", {}, (0.01, 0.001), lambda p, lr: torch.optim.RAdam(p, lr), None),
    ("RAdam", {"betas": (0.7, 0.9), "eps": 0.01}, (0.1, 0.01),
     lambda p, lr: torch.optim.RAdam(p, lr, (0.7, 0.9), 0.01), None),
    ("Lion", {}, (0.1, 0.1), None, lambda lr: optax.lion(lr, weight_decay=0.0)),
    ("Lion", {"betas": (0.7, 0.9), "weight_decay": 0.3}, (0.01, 1.0),
     None, lambda lr: optax.lion(lr, 0.7, 0.9, weight_decay=0.3)),
]

LR, RATES, PER_EPOCH = 0.5, 60, 10
scheduler = torch.optim.lr_scheduler


def after_warmup(make: Callable, steps: int) -> Callable:
    """torch's way to warm up: a line, and from its end on the other schedule."""
    def both(optimizer):
        rise = scheduler.LinearLR(optimizer, 1 / (steps + 1), 1.0, total_iters=steps)
        return scheduler.SequentialLR(optimizer, [rise, make(optimizer)], milestones=[steps])
    return both


# Each row: a schedule of optim and its settings, in epochs of PER_EPOCH steps, and the same in torch, in steps. torch
# has no InverseTime.
SCHEDULES = [
    ("Constant", {}, lambda o: scheduler.ConstantLR(o, 1.0)),
    ("Constant", {"warmup": 2}, lambda o: scheduler.LinearLR(o, 1 / 21, 1.0, total_iters=20)),
    ("StepDecay", {"period": 2.5, "gamma": 0.3}, lambda o: scheduler.StepLR(o, 25, 0.3)),
    ("StepDecay", {"period": 1.2, "gamma": 0.5, "warmup": 1}, after_warmup(lambda o: scheduler.StepLR(o, 12, 0.5), 10)),
    ("ExponentialDecay", {"gamma": 0.8}, lambda o: scheduler.ExponentialLR(o, 0.8 ** (1 / PER_EPOCH))),
    ("Linear", {}, lambda o: scheduler.LinearLR(o, 1.0, 0.0, RATES)),
    ("Linear", {"duration": 4, "floor": 0.2}, lambda o: scheduler.LinearLR(o, 1.0, 0.2, 40)),
    ("Polynomial", {}, lambda o: scheduler.PolynomialLR(o, RATES, 2.0)),
    ("Polynomial", {"duration": 4.5, "power": 0.9}, lambda o: scheduler.PolynomialLR(o, 45, 0.9)),
    ("CosineAnnealing", {"floor": 0.1}, lambda o: scheduler.CosineAnnealingLR(o, RATES, 0.1 * LR)),
    ("CosineAnnealing", {"warmup": 1}, after_warmup(lambda o: scheduler.CosineAnnealingLR(o, RATES - 10), 10)),
    ("CosineAnnealing", {"period": 3}, lambda o: scheduler.CosineAnnealingWarmRestarts(o, 30)),
    ("CosineAnnealing", {"period": 0.1}, lambda o: scheduler.CosineAnnealingWarmRestarts(o, 1)),
    ("CosineAnnealing", {"period": 1, "period_growth": 2}, lambda o: scheduler.CosineAnnealingWarmRestarts(o, 10, 2)),
    ("CosineAnnealing", {"period": 0.5, "period_growth": 3, "floor": 0.1},
     lambda o: scheduler.CosineAnnealingWarmRestarts(o, 5, 3, 0.1 * LR)),
    ("Cyclical", {"period": 2, "floor": 0}, lambda o: scheduler.CyclicLR(o, 0.0, LR, 10, cycle_momentum=False)),
    ("Cyclical", {"period": 1.5, "floor": 0.2},
     lambda o: scheduler.CyclicLR(o, 0.2 * LR, LR, 7.5, cycle_momentum=False)),
    ("OneCycle", {}, lambda o: scheduler.OneCycleLR(o, LR, RATES, cycle_momentum=False)),
    ("OneCycle", {"pct_start": 0.25, "anneal_strategy": "linear", "div_factor": 5, "final_div_factor": 20},
     lambda o: scheduler.OneCycleLR(o, LR, RATES, None, None, 0.25, "linear", False, 0, 0, 5, 20)),
]


def value(problem: str, params, step: int):
    """The ravine (p^2 + 25 q^2) / 2, or the squared error of the line at the step's one point."""
    p, q = params[0], params[1]
    if problem == "ravine":
        return (p * p + 25 * q * q) / 2
    return (p * X[step % len(X)] + q - Y[step % len(X)]) ** 2


def by_torch(problem: str, make: Callable, lr: float) -> list[list[float]]:
    params = torch.tensor(STARTS[problem], requires_grad=True)
    optimizer = make([params], lr)
    path = [params.tolist()]
    for step in range(STEPS):
        optimizer.zero_grad()
        value(problem, params, step).backward()
        optimizer.step()
        path.append(params.tolist())
    return path


def by_optax(problem: str, make: Callable, lr: float) -> list[list[float]]:
    optimizer, params = make(lr), jax.numpy.array(STARTS[problem])
    state = optimizer.init(params)
    path = [params.tolist()]
    for step in range(STEPS):
        gradient = jax.grad(lambda at, step=step: value(problem, at, step))(params)
        updates, state = optimizer.update(gradient, state, params)
        params = optax.apply_updates(params, updates)
        path.append(params.tolist())
    return path


def steps() -> Iterator[dict]:
    """Each method's path of STEPS steps on each problem, by each library that has it."""
    for method, settings, rates, torch_make, optax_make in METHODS:
        for problem, lr in zip(STARTS, rates, strict=True):
            for by, walk, make in (("torch", by_torch, torch_make), ("optax", by_optax, optax_make)):
                if make is not None:
                    case = {"by": by, "problem": problem, "method": method, "settings": {"lr": lr, **settings}}
                    yield {**case, "params": [[short(one) for one in row] for row in walk(problem, make, lr)]}


def rates() -> Iterator[dict]:
    """Each schedule's first RATES rates, stepped once a step."""
    for schedule, settings, make in SCHEDULES:
        optimizer = SGD([torch.zeros(1, requires_grad=True)], lr=LR)
        theirs = make(optimizer)
        found = []
        for _ in range(RATES):
            found.append(short(theirs.get_last_lr()[0]))
            optimizer.step()
            theirs.step()
        yield {"schedule": schedule, "settings": settings, "lr": LR, "steps_per_epoch": PER_EPOCH, "rates": found}


def short(value: float) -> float:
    """Thirteen digits, which is a thousand times what the tests ask for."""
    return float(f"{value:.13g}")


def main() -> None:
    made_with = {"torch": torch.__version__.split("+")[0], "optax": optax.__version__, "jax": jax.__version__}
    paths, courses = (",\n  ".join(json.dumps(case) for case in cases) for cases in (steps(), rates()))
    text = f'{{"made_with": {json.dumps(made_with)},\n"steps": [\n  {paths}],\n"rates": [\n  {courses}]}}\n'
    Path(__file__).with_name("reference.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
