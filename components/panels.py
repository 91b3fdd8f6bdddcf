"""The panels by name, in the order of the page, and the head of each: what it is called, and its controls as rows.

From a row follow a control's markup, what the browser's half holds at first, what a change of it sets, its part of a
link and whether a lesson may set it. Knows words and values; no markup, and nothing of what a panel draws.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Options = Mapping[str, str]
"""Values of a choice, and what each is called."""


@dataclass(frozen=True)
class Control:
    """A switch, a toggle (a button that stays pressed), a pair (two radios), a tool or a choice (a select).

    A tool is a toggle that gives clicks into its panel a meaning: it is hidden until whoever does its work offers it,
    and Escape lets go of it.

    name: its data-view, under which assets/state/state.js holds its value. folded: the end of its label, left out where
    there is little room. ends: what a pair's off and on are called. default: True or False; of a choice a value, a
    number where the browser is to have a number, None where the panel's module makes another value of it. options: of a
    choice, given or as a function of the run on view. part: its part of a link, "" where links do not carry it; of such
    a choice the options are given, or the `pattern` of what a link may say of it. of_problem: its value means something
    in one problem only.
    """

    name: str
    kind: Literal["switch", "toggle", "pair", "tool", "choice"]
    label: str
    default: bool | int | str | None = False
    options: Options | Callable[[Mapping[str, Any]], Options] = field(default_factory=dict)
    part: str = ""
    of_problem: bool = False
    folded: str = ""
    ends: tuple[str, str] = ("off", "on")
    pattern: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What its part of a link may say: all but the usual, which is left out."""
        if self.kind == "choice":
            return () if callable(self.options) else tuple(one for one in self.options if one != self.default)
        return ("0",) if self.default else ("1",)

    def row(self) -> dict:
        """What assets/panels/controls.js has to know."""
        return {"name": self.name, "kind": self.kind, "usual": self.default, "part": self.part,
                "ofProblem": self.of_problem}


@dataclass(frozen=True)
class Group:
    """Controls that are shown together, and hidden until the panel's module shows what has this id."""

    id: str
    controls: tuple["Control | Group", ...]


def rows(controls: tuple[Control | Group, ...]) -> Iterator[Control]:
    """The controls themselves, one by one."""
    for one in controls:
        if isinstance(one, Group):
            yield from rows(one.controls)
        else:
            yield one


@dataclass(frozen=True)
class Head:
    """What a panel is called, and the controls beside that. `asks`: of one of the group "Explore", what it answers."""

    heading: str
    controls: tuple[Control | Group, ...] = ()
    asks: str = ""

    @property
    def rows(self) -> tuple[Control, ...]:
        """Its controls, one by one."""
        return tuple(rows(self.controls))


def smoothed(labels: list[str]) -> dict[str, str]:
    """What the Smoothing view can show: each method, and the article's two laid over each other."""
    return {**{str(i): label for i, label in enumerate(labels)}, "0+1": " and ".join(labels[:2])}


BOTH = -1
"""The choice of two parameters at once (assets/panels/gradients/chosen.js); of more or fewer the first is on view."""


def _parameters(run: Mapping[str, Any]) -> dict[str, str]:
    names = run["parameters"]
    both = {str(BOTH): " and ".join(names)} if len(names) == 2 else {}
    return {str(i): name for i, name in enumerate(names)} | both


def _methods(run: Mapping[str, Any]) -> dict[str, str]:
    return smoothed([one["label"] for one in run["contestants"]])


def _some_method(run: Mapping[str, Any]) -> dict[str, str]:
    return {"": "usual method", **{str(i): one["label"] for i, one in enumerate(run["contestants"])}}


DIAL = r"[a-z][a-z_0-9]*(\.[a-z_0-9]+)?"
"""What a setting's key looks like, of a method or of the form."""

HEADS = {
    "fit": Head("Fit", (
        Control("batch", "toggle", "Batch", part="marked"),
        Control("editPoints", "tool", "Edit points"),
    )),
    "loss": Head("Loss", (Control("logLoss", "switch", "Log", default=True, folded="arithmic loss"),)),
    "parameters": Head("Parameters", (
        Group("strips", (Control("strips", "choice", "Parameters on view", default=0, of_problem=True),)),
    )),
    "landscape": Head("Landscape", (
        # Which plane of more than two parameters is drawn.
        Group("planes", (
            Control("plane", "choice", "Plane", default="main", of_problem=True),
            Group("plane-pair", (
                Control("planeFirst", "choice", "First parameter", default=None),
                Control("planeSecond", "choice", "Second parameter", default=None),
            )),
        )),
        Control("relief", "pair", "Landscape in 2-D or 3-D", part="relief", ends=("2-D", "3-D")),
        Control("trueShape", "toggle", "True shape"),
        Control("close", "toggle", "Optimum"),
        Control("moveStart", "tool", "Move the start"),
    )),
    "gradients": Head("Gradients", (
        Control("gradientParameter", "choice", "Gradient parameter", default=BOTH, options=_parameters,
                of_problem=True),
        Control("gradientView", "choice", "Gradient view", default="epochs",
                options={"epochs": "all epochs", "window": "last 90 steps", "taken": "step taken"}),
        Control("gradientMethod", "choice", "Gradient method", default="0+1", options=_methods),
    )),
    "rate": Head("Learning rate", (
        Group("rate-views", (
            Control("rateView", "choice", "Rate view", default="rate", part="rate",
                    options={"rate": "rate", "share": "share", "felt": "rate felt"}),
        )),
        Control("logRate", "switch", "Log", folded="arithmic rate"),
    )),
}

EXPLORE = {
    "sweep": Head("Rate sweep", (
        Control("sweepOf", "choice", "Measured", default="end", part="sweepof",
                options={"end": "at the end", "best": "at best"}),
    ), asks="Which learning rate is best, and where does each method diverge?"),
    "race": Head("Fair race", (
        Control("raceTune", "choice", "Tuned", default="rate", part="race",
                options={"rate": "rate tuned", "more": "rate and one more tuned"}),
    ), asks="Who is first as given, each at its best rate, and all at the same one?"),
    "stability": Head("Stability map", (
        Control("mapLook", "choice", "Map", default="rate", part="map",
                options={"rate": "rate by beta", "betas": "betas, noise 0 and 3", "own": "any two settings"}),
        Group("map-own", (
            Control("mapMethod", "choice", "Method of the map", default="", options=_some_method, part="mapof",
                    pattern="[0-7]"),
            Control("mapX", "choice", "Across", default="", part="mapx", pattern=DIAL),
            Control("mapY", "choice", "Up", default="", part="mapy", pattern=DIAL),
            Control("mapMeasure", "choice", "Measure of the map", default="", part="mapmeasure",
                    pattern="[a-z]+( [a-z]+)?"),
            Control("mapPair", "toggle", "Noise 0 and 3", part="mapnoise"),
        )),
    ), asks="Where is a method stable? Any two settings, and a measure of every run."),
    "basins": Head("Basins", asks="At which minimum does a run end, from any start? A map a method."),
    "seeds": Head("Many seeds", (
        Control("seedCount", "choice", "Number of seeds", default="100", part="seedcount",
                pattern="[2-9]|[1-9][0-9]|[1-4][0-9][0-9]|500",
                options={"20": "20 seeds", "100": "100 seeds", "500": "500 seeds"}),
    ), asks="Is this seed typical? The band of many, and how often each method is first."),
    "finder": Head("Rate finder", asks="Which learning rate does one run at a growing rate suggest, and is it good?"),
}
"""The heads of the group "Explore", whose panels ask about many runs, by name and in the order of the page.

Their modules come when one of them is wanted first; a page without a server has none of them."""

EVERY = {**HEADS, **EXPLORE}
"""All of them."""

OPENING = ("fit", "parameters", "loss")
"""The set of panels that is on view where nobody has chosen another, the first wanted most: where there is room for one
it is that one."""

CONTROLS = {control.name: control for head in EVERY.values() for control in head.rows}
