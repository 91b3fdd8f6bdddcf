"""Every component id of the page, apart from the form's, which are made from the settings' keys. Knows nothing else."""

from enum import StrEnum


class Store(StrEnum):
    """The `dcc.Store`s through which Dash and the browser's half speak."""

    REQUEST = "request"
    RUN = "run"
    LOOK = "look"


class Panel(StrEnum):
    """The six panels; a panel's graph is `graph-<panel>`."""

    FIT = "fit"
    LOSS = "loss"
    LANDSCAPE = "landscape"
    PARAMETERS = "parameters"
    GRADIENTS = "gradients"
    RATE = "rate"

    @property
    def graph(self) -> str:
        """The id of the panel's `dcc.Graph`."""
        return f"graph-{self}"

    @property
    def heading(self) -> str:
        """What the page calls the panel."""
        return "Learning rate" if self is Panel.RATE else self.capitalize()
