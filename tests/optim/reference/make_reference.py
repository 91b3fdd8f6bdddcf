"""Writes reference.json: the first ten steps of torch.optim and optax, and torch's restarting cosine, in float64.

Run it by hand where the settings of a case change; the tests read only the file. Neither library is a dependency:

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

STEPS = 10
STARTS = {"ravine": (-3.0, 2.0), "line": (1.0, 1.0)}
# The article's points: whole numbers from -10 to below 10, and the line 1.5 x - 28 through them.
X = np.random.RandomState(7).randint(-10, 10, 30).astype(float)
Y = 1.5 * X - 28


def value(problem: str, params, step: int):
    """The ravine (p^2 + 25 q^2) / 2, or the squared error of the line at the step's one point."""
    p, q = params[0], params[1]
    if problem == "ravine":
        return (p * p + 25 * q * q) / 2
    return (p * X[step] + q - Y[step]) ** 2


def by_torch(problem: str, make: Callable) -> list[list[float]]:
    params = torch.tensor(STARTS[problem], dtype=torch.float64, requires_grad=True)
    optimizer = make([params])
    path = [params.tolist()]
    for step in range(STEPS):
        optimizer.zero_grad()
        value(problem, params, step).backward()
        optimizer.step()
        path.append(params.tolist())
    return path


def by_optax(problem: str, optimizer: optax.GradientTransformation) -> list[list[float]]:
    params = jax.numpy.array(STARTS[problem])
    state = optimizer.init(params)
    path = [params.tolist()]
    for step in range(STEPS):
        gradient = jax.grad(lambda at, step=step: value(problem, at, step))(params)
        updates, state = optimizer.update(gradient, state, params)
        params = optax.apply_updates(params, updates)
        path.append(params.tolist())
    return path


def cases() -> Iterator[dict]:
    """Every method of optim beside the call in each library that ought to agree with it.

    torch.optim's dampening skips its first step, so the averaged form stands beside torch's heavy ball with the rate
    times 1 - beta. Only optax has eps inside the root; neither leaves out Adam's bias correction.
    """
    torch_optim = torch.optim
    for problem, rates in (("ravine", (0.01, 0.1, 1.0)), ("line", (0.001, 0.01, 1.0))):
        for lr in rates:
            if problem == "ravine" or lr < 1:  # on the line every other method leaves all bounds at a rate of 1
                yield from both(problem, "SGD", {"lr": lr}, lambda p, lr=lr: torch_optim.SGD(p, lr), optax.sgd(lr))
                for beta in (0.5, 0.95):
                    yield from both(
                        problem, "Momentum", {"lr": lr, "beta": beta, "form": "heavy-ball"},
                        lambda p, lr=lr, beta=beta: torch_optim.SGD(p, lr, momentum=beta), optax.sgd(lr, beta))
                    yield from both(
                        problem, "Momentum", {"lr": lr, "beta": beta, "form": "average"},
                        lambda p, lr=lr, beta=beta: torch_optim.SGD(p, lr * (1 - beta), momentum=beta),
                        optax.chain(optax.ema(beta, debias=False), optax.scale(-lr)))
            for betas in ((0.7, 0.9), (0.9, 0.999)):
                for eps in (1e-8, 1e-2):
                    yield from both(
                        problem, "Adam", {"lr": lr, "betas": betas, "eps": eps},
                        lambda p, lr=lr, betas=betas, eps=eps: torch_optim.Adam(p, lr, betas, eps),
                        optax.adam(lr, *betas, eps=eps))
                yield {"by": "optax", "problem": problem, "method": "Adam",
                       "settings": {"lr": lr, "betas": betas, "eps": 0.01, "eps_inside_sqrt": True},
                       "params": by_optax(problem, optax.adam(lr, *betas, eps=0.0, eps_root=0.01))}


def both(problem: str, method: str, settings: dict, torch_make: Callable, optax_optimizer) -> Iterator[dict]:
    case = {"problem": problem, "method": method, "settings": settings}
    yield {"by": "torch", **case, "params": by_torch(problem, torch_make)}
    yield {"by": "optax", **case, "params": by_optax(problem, optax_optimizer)}


def rates() -> Iterator[dict]:
    """CosineAnnealingWarmRestarts, stepped once a step: the rates of 100 steps."""
    for first, growth, floor in ((100, 1, 0.0), (30, 1, 0.0), (10, 2, 0.0), (25, 3, 0.1), (1, 1, 0.0)):
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
        schedule = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, first, growth, eta_min=floor * 0.5)
        found = []
        for _ in range(100):
            found.append(schedule.get_last_lr()[0])
            optimizer.step()
            schedule.step()
        yield {"lr": 0.5, "period": first, "period_growth": growth, "floor": floor, "rates": found}


def main() -> None:
    made_with = {"torch": torch.__version__.split("+")[0], "optax": optax.__version__, "jax": jax.__version__}
    lines = [json.dumps(case) for case in cases()], [json.dumps(one) for one in rates()]
    steps, cosine = (",\n  ".join(each) for each in lines)
    text = f'{{"made_with": {json.dumps(made_with)},\n"steps": [\n  {steps}],\n"cosine": [\n  {cosine}]}}\n'
    Path(__file__).with_name("reference.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
