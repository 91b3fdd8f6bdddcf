"""Every component id of the page, apart from the form's, which are made from the settings' keys. Knows nothing else."""

from enum import StrEnum


class Store(StrEnum):
    """The `dcc.Store`s through which Dash and the browser's half speak."""

    REQUEST = "request"
    RUN = "run"
    LOOK = "look"
