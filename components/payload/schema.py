"""Schema: the payload of a run as it travels, the one document of its form.

build.py writes it, assets/run/decode.js reads it. What is no number or not known is None; a range is [from, to]. Knows
names and kinds of values; computes nothing.
"""

from typing import Any, Literal, TypedDict

Range = list[float]
Tree = list[Any]
"""A formula as nested lists: see formulas.expressions.for_browser."""


class Divergence(TypedDict):
    """The first step that is not drawn any more, and why."""

    at: int
    reason: str


class Verdict(TypedDict):
    """What became of a method: one word, the same as the page says it, and half of its range at the end."""

    kind: str
    says: str
    halfRange: list[float]


class Outcome(TypedDict):
    """All that the page says of one contestant beside its numbers."""

    label: str
    method: str
    schedule: str
    lr: float
    unitless: bool
    intuition: str
    settings: list[list[str]]  # label and value in words
    restarts: list[int]
    snapshots: list[list[Any]]  # [step, loss, parameters]
    diverged: Divergence | None
    verdict: Verdict
    arrival: list[list[int | None]]  # of each share: the steps there, stays, leaves and again (see optim/events.py)
    trembles: int | None
    rests: int | None


class Points(TypedDict):
    """The distinct points, how many of the data lie on each, and for each of the data which it is."""

    x: list[float]
    y: list[float]
    count: list[int]
    index: list[int]


class Units(TypedDict):
    """How columns of one's own became x and y: what is subtracted and divided by, and that in words for each axis, ""
    where a column stayed what it was."""

    x: tuple[float, float]
    y: tuple[float, float]
    says: list[str]


class Plane(TypedDict):
    """The plane of the main directions: a point of it, its two directions, and the share of all movement in it."""

    origin: list[float]
    directions: list[list[float]]
    share: float
    range: list[Range]
    close: list[Range]


class Axes(TypedDict):
    """The standing ranges of the panels."""

    fit: dict[str, Range] | None
    loss: Range | None  # of the logarithmic axis
    linear: Range
    landscape: list[Range]
    close: list[Range]
    parameters: list[Range]


class Series(TypedDict):
    """The order of a contestant's series and of its summaries in `numbers`."""

    series: list[str]
    summaries: list[str]


class Payload(Series):
    """Everything that the page draws of one experiment."""

    hash: str
    kind: Literal["surface", "curve"]
    formula: str
    sought: str  # what the methods look for, in words
    lossKind: str
    steps: int
    stepsPerEpoch: int
    epochs: int
    batch: int
    shuffled: bool
    points: int
    stride: int
    shown: list[int] | None  # the steps that travel; None: all
    edges: list[int]
    fine: list[int] | None  # of the smallest and largest; None: as edges
    model: str
    family: str
    linear: bool
    curve: Tree | None
    logit: Tree | None
    parameters: list[str]
    watched: int | None  # the only parameter whose gradient travels; None: those of all do
    data: Points | None
    columns: list[str]  # what the data's are called
    units: Units | None  # None: the points are as they came
    start: list[float]
    startLoss: float
    optimum: list[float] | None
    floor: float | None
    reference: list[float]
    referenceIs: str
    minima: list[list[float]]
    true: list[float] | None
    plane: Plane | None
    axes: Axes
    shares: list[float]
    window: float
    contestants: list[Outcome]
    parts: list[list[int | None]]  # [i, j, first step at which their parameters differ; None: never]
    numbers: str  # see encoding.py
