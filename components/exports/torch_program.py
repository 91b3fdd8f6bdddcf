"""A PyTorch program: one method's run with torch.optim in float64, where that has the method.

Where the library's convention differs from ours, the argument that makes the two agree stands here; where none does,
a sentence says so. The gradients are PyTorch's own, so that the numbers agree but for rounding; only where a slope has
been rewritten, or follows a convention at a kink, so that PyTorch's own may be no number there, the program brings the
slopes along. Executes nothing, and needs no PyTorch.
"""

from collections.abc import Callable, Sequence
from typing import Any

from components.exports.program_parts import (
    HELPERS,
    TORCH,
    assigned,
    code_of,
    contestant,
    data,
    function,
    indented,
    is_steady,
    loops,
    noise,
    one_by_one,
    returned,
    shuffler,
    start,
    times,
    title,
    unpacked,
)
from components.text.errors import Refused
from optim import (
    SGD,
    Adadelta,
    AdaGrad,
    Adam,
    Adamax,
    AdamW,
    CosineAnnealing,
    Cyclical,
    Experiment,
    ExponentialDecay,
    Linear,
    Momentum,
    NAdam,
    Nesterov,
    OneCycle,
    Optimizer,
    Polynomial,
    RAdam,
    RMSProp,
    Schedule,
    StepDecay,
    Surface,
)
from optim.code import Code
from optim.schedules.base import in_steps
from optim.schedules.cycles import cycles
from optim.schedules.decays import length_of

IN_TORCH = {
    "np.logaddexp(0.0, u)": "torch.logaddexp(torch.zeros_like(u), u)", "np.power(": "torch.pow(", "np.": "torch.",
    "sigmoid(": "torch.sigmoid(",
}
"""What is written otherwise, in the order in which it is replaced."""
AVERAGE = "PyTorch's momentum is the heavy ball: the average is that at 1 - beta times the rate"


def torch_program(experiment: Experiment, label: str) -> str:
    """The run of that contestant in PyTorch, which prints the last parameters. Raises Refused where there is none."""
    one = contestant(experiment, label)
    if experiment.coordinates == "in turn":
        raise Refused("PyTorch’s optimizers update all parameters together, not in turn.")
    functions = _function(experiment, code_of(experiment.resolved_model))
    wanted = [name for name in HELPERS if name != "sigmoid" and f"{name}(" in "\n".join(functions)]
    parts = [
        ["torch.set_default_dtype(torch.float64)"],
        *(_in_torch(HELPERS[name]) for name in wanted),
        functions,
        data(experiment, TORCH),
        [
            *noise(experiment, TORCH),
            *start(experiment, TORCH, ", requires_grad=True"),
            *shuffler(experiment),
            *_optimizer(one.optimizer),
            *([] if is_steady(experiment, one) else _scheduler(one.schedule, experiment, _rate(one.optimizer))),
        ],
        _loop(experiment, not is_steady(experiment, one)),
        ["print(*params.tolist())"],
    ]
    text = "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"
    imports = ["import numpy as np"] * ("np." in text) + ["import torch"]
    return "\n".join([title(experiment, label), *imports, "", text])


def _function(experiment: Experiment, code: Code) -> list[str]:
    """y, or z, as torch computes it; of labels their logit."""
    problem = experiment.resolved_model
    if not code.by_rule:
        return _with_slopes(code, problem.parameter_names, isinstance(problem, Surface))
    if isinstance(problem, Surface):
        return _in_torch(function("value(params)", code, problem.parameter_names))
    if problem.logit:
        logit = function("logit(params, x)", code_of(problem.logit), problem.parameter_names)
        return [*_in_torch(logit), "", "def predict(params, x):", "    return torch.sigmoid(logit(params, x))"]
    return _in_torch(function("predict(params, x)", code, problem.parameter_names))


def _with_slopes(code: Code, parameter_names: Sequence[str], is_surface: bool) -> list[str]:
    """The function, as one whose slopes PyTorch is told."""
    name, of = ("Value", "params") if is_surface else ("Predict", "params, x")
    names = unpacked(parameter_names, code)
    products = [times("above", slope) for slope in code.slopes]
    products = products if is_surface else [f"torch.sum({product})" for product in products]
    text = [
        f"class {name}(torch.autograd.Function):  # whose slopes are numbers where PyTorch's own are none",
        *indented([
            "@staticmethod",
            f"def forward(ctx, {of}):",
            *indented([f"ctx.save_for_backward({of})", *names, *assigned(code.needed(code.value)),
                       f"return {code.value}"]),
            "",
            "@staticmethod",
            "def backward(ctx, above):",
            *indented([f"{of} = ctx.saved_tensors" if "," in of else f"({of},) = ctx.saved_tensors", *names,
                       *assigned(code.needed(*code.slopes)), *returned("torch.stack", products)]),
        ]),
        "",
        f"{name.lower()} = {name}.apply",
    ]
    if not is_surface:
        place = max(i for i, line in enumerate(text) if line.endswith("])"))
        text[place] += ", None"
    return _in_torch(text)


def _in_torch(lines: list[str]) -> list[str]:
    """The lines in torch's functions: nearly all have numpy's names."""
    for here, there in IN_TORCH.items():
        lines = [line.replace(here, there) for line in lines]
    return lines


def _rate(optimizer: Optimizer) -> float:
    """The rate by which torch's method does the same."""
    if isinstance(optimizer, Momentum) and optimizer.form == "average":
        return optimizer.lr * (1 - optimizer.beta)
    return optimizer.lr


def _optimizer(optimizer: Optimizer) -> list[str]:
    """The line that makes torch's own, below a comment where a convention is translated."""
    if type(optimizer) not in METHODS:
        raise Refused(f"PyTorch has no {type(optimizer).__name__}.")
    if getattr(optimizer, "eps_inside_sqrt", False):
        raise Refused(f"PyTorch’s {type(optimizer).__name__} adds eps outside the root.")
    if not getattr(optimizer, "bias_correction", True):
        raise Refused(f"PyTorch’s {type(optimizer).__name__} always corrects its bias.")
    name, options = METHODS[type(optimizer)](optimizer)
    lr = repr(optimizer.lr)
    comment = []
    if isinstance(optimizer, Momentum) and _rate(optimizer) != optimizer.lr:
        lr, comment = f"{lr} * (1 - {optimizer.beta})", [f"# {AVERAGE}."]
    written = ", ".join(["[params]", f"lr={lr}", *(f"{key}={value!r}" for key, value in options.items())])
    return [*comment, f"optimizer = torch.optim.{name}({written})"]


def _adam(one: Adam) -> dict:
    return {"betas": one.betas, "eps": one.eps} | ({"amsgrad": True} if one.amsgrad else {})


def _rmsprop(one: RMSProp) -> dict:
    more = {"momentum": one.momentum} if one.momentum else {}
    return {"alpha": one.alpha, "eps": one.eps, **more} | ({"centered": True} if one.centered else {})


METHODS: dict[type[Optimizer], Callable[[Any], tuple[str, dict]]] = {
    SGD: lambda one: ("SGD", {}),
    Momentum: lambda one: ("SGD", {"momentum": one.beta}),
    Nesterov: lambda one: ("SGD", {"momentum": one.beta, "nesterov": True} if one.beta else {}),
    AdaGrad: lambda one: (
        "Adagrad", {"initial_accumulator_value": one.initial_accumulator_value, "eps": one.eps}),
    RMSProp: lambda one: ("RMSprop", _rmsprop(one)),
    Adadelta: lambda one: ("Adadelta", {"rho": one.rho, "eps": one.eps}),
    Adam: lambda one: ("Adam", _adam(one)),
    AdamW: lambda one: ("AdamW", {**_adam(one), "weight_decay": one.weight_decay}),
    Adamax: lambda one: ("Adamax", {"betas": one.betas, "eps": one.eps}),
    NAdam: lambda one: ("NAdam", {"betas": one.betas, "eps": one.eps, "momentum_decay": one.momentum_decay}),
    RAdam: lambda one: ("RAdam", {"betas": one.betas, "eps": one.eps}),
}
"""torch.optim's name of each method that it has, and the arguments besides the rate. It has no Lion."""


def _scheduler(schedule: Schedule, experiment: Experiment, rate: float) -> list[str]:
    """The lines that make torch's scheduler; a LambdaLR of our own shares where it has none that agrees."""
    steps, steps_per_epoch = experiment.steps, experiment.steps_per_epoch
    has = SCHEDULES.get(type(schedule))
    its = has(schedule, steps, steps_per_epoch, rate) if has and not schedule.warmup else None
    if its:
        name, options = its
        written = ", ".join(["optimizer", *(f"{key}={value}" for key, value in options.items())])
        return [f"scheduler = torch.optim.lr_scheduler.{name}({written})"]
    share = assigned(schedule.lines(steps, steps_per_epoch))
    our_own = f"LambdaLR(optimizer, lambda step: share[step % {steps}])"
    return [*share, f"scheduler = torch.optim.lr_scheduler.{our_own}"]


def _step_decay(one: StepDecay, steps: int, steps_per_epoch: int, rate: float) -> tuple[str, dict]:
    return "StepLR", {"step_size": max(1, in_steps(one.period, steps_per_epoch)), "gamma": one.gamma}


def _exponential(one: ExponentialDecay, steps: int, steps_per_epoch: int, rate: float) -> tuple[str, dict]:
    return "ExponentialLR", {"gamma": f"{one.gamma} ** (1 / {steps_per_epoch})"}


def _linear(one: Linear, steps: int, steps_per_epoch: int, rate: float) -> tuple[str, dict]:
    length = length_of(one.duration, steps, steps_per_epoch)
    return "LinearLR", {"start_factor": 1.0, "end_factor": one.floor, "total_iters": length}


def _polynomial(one: Polynomial, steps: int, steps_per_epoch: int, rate: float) -> tuple[str, dict] | None:
    length = length_of(one.duration, steps, steps_per_epoch)
    return None if one.floor else ("PolynomialLR", {"total_iters": length, "power": one.power})


def _cosine(one: CosineAnnealing, steps: int, steps_per_epoch: int, rate: float) -> tuple[str, dict] | None:
    lengths = cycles(one.period, one.period_growth, steps, steps_per_epoch)
    floor = {"eta_min": repr(one.floor * rate)} if one.floor else {}
    if len(lengths) == 1:
        return "CosineAnnealingLR", {"T_max": lengths[0], **floor}
    growth = int(one.period_growth)
    if lengths != [lengths[0] * growth**cycle for cycle in range(len(lengths))]:
        return None
    more = {"T_mult": growth} if growth > 1 else {}
    return "CosineAnnealingWarmRestarts", {"T_0": lengths[0], **more, **floor}


def _cyclical(one: Cyclical, steps: int, steps_per_epoch: int, rate: float) -> tuple[str, dict]:
    half = cycles(one.period, 1, steps, steps_per_epoch)[0] / 2
    ends = {"base_lr": repr(one.floor * rate), "max_lr": repr(rate)}
    return "CyclicLR", {**ends, "step_size_up": int(half) if half == int(half) else half, "cycle_momentum": False}


def _one_cycle(one: OneCycle, steps: int, steps_per_epoch: int, rate: float) -> tuple[str, dict] | None:
    if not 0 < one.pct_start * steps - 1 < steps - 1:  # torch divides by the length of each way
        return None
    return "OneCycleLR", {
        "max_lr": repr(rate), "total_steps": steps, "pct_start": one.pct_start, "cycle_momentum": False,
        "anneal_strategy": repr(one.anneal_strategy), "div_factor": one.div_factor,
        "final_div_factor": one.final_div_factor,
    }


SCHEDULES: dict[type[Schedule], Callable[..., tuple[str, dict] | None]] = {
    StepDecay: _step_decay,
    ExponentialDecay: _exponential,
    Linear: _linear,
    Polynomial: _polynomial,
    CosineAnnealing: _cosine,
    Cyclical: _cyclical,
    OneCycle: _one_cycle,
}
"""torch's scheduler for each schedule without a warm-up, and its arguments; None where it has not got this one."""


def _loop(experiment: Experiment, scheduled: bool) -> list[str]:
    """All steps."""
    heads, taken, i = loops(experiment)
    if experiment.data is None:
        loss = ["value(params).backward()"]
        if experiment.gradient_noise:
            loss.append("params.grad += noise[step]")
    else:
        loss = [f"loss = {_loss(experiment, i)}", "loss.backward()"]
    body = [*taken, "optimizer.zero_grad()", *loss, "optimizer.step()", *(["scheduler.step()"] if scheduled else [])]
    for head in reversed(heads):
        body = [head, *indented(body)]
    return body


def _loss(experiment: Experiment, i: str) -> str:
    """The loss of a batch."""
    model, total = experiment.curve, "mean" if experiment.reduction == "mean" else "sum"
    if model.logit:
        more = ', reduction="sum"' * (total == "sum")
        return f"torch.nn.functional.binary_cross_entropy_with_logits(logit(params, x{i}), y{i}{more})"
    squared = f"(predict(params, x{i}) - y{i}) ** 2"
    return squared if one_by_one(experiment) else f"torch.{total}({squared})"
