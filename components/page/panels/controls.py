"""A control in a panel's head, as one row: from it follow its markup, what the browser's half holds at first, what a
change of it sets, and its part of a link.

Knows markup; not which panels there are, nor what is drawn.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dash import html

from components.page import buttons

Options = Mapping[str, str]
"""Values of a choice, and what each is called."""


@dataclass(frozen=True)
class Control:
    """A switch, a toggle (a button that stays pressed) or a choice (a select).

    name: its data-view, under which assets/state/state.js holds its value. default: True or False; of a choice a value,
    a number where the browser is to have a number, None where the panel's module makes another value of it. options:
    of a choice, given or as a function of the run on view. part: its part of a link, "" where links do not carry it;
    such a choice has its options given. of_problem: its value means something in one problem only.
    """

    name: str
    kind: Literal["switch", "toggle", "choice"]
    label: object
    default: bool | int | str | None = False
    options: Options | Callable[[dict], Options] = field(default_factory=dict)
    part: str = ""
    of_problem: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """What its part of a link may say: all but the usual, which is left out."""
        if self.kind == "choice":
            return tuple(value for value in self.options if value != self.default)
        return ("0",) if self.default else ("1",)

    def markup(self, run: dict) -> object:
        """How it stands in the panel's head."""
        if self.kind == "switch":
            return buttons.switch(self.name, self.label, on=bool(self.default))
        if self.kind == "toggle":
            return buttons.toggle(self.name, str(self.label), on=bool(self.default))
        options = self.options(run) if callable(self.options) else self.options
        return buttons.choice(self.name, str(self.label), dict(options), str(self.default))

    def row(self) -> dict:
        """What assets/panels/controls.js has to know."""
        return {"name": self.name, "kind": self.kind, "usual": self.default, "part": self.part,
                "ofProblem": self.of_problem}


@dataclass(frozen=True)
class Group:
    """Controls that are shown together, and hidden until the panel's module shows what has this id."""

    id: str
    controls: tuple["Control | Group", ...]

    def markup(self, run: dict) -> html.Span:
        """How they stand in the panel's head."""
        inside = [one.markup(run) for one in self.controls]
        return html.Span(inside if len(inside) > 1 else inside[0], id=self.id, hidden=True)


def rows(controls: tuple[Control | Group, ...]) -> Iterator[Control]:
    """The controls themselves, one by one."""
    for one in controls:
        if isinstance(one, Group):
            yield from rows(one.controls)
        else:
            yield one
