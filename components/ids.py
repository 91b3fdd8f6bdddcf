"""Ids of the stores through which Dash and the browser's half hand over requests and runs. Knows nothing else."""

from enum import StrEnum


class Store(StrEnum):
    """The `dcc.Store`s through which Dash and the browser's half speak."""

    REQUEST = "request"
    RUN = "run"
    LOOK = "look"
