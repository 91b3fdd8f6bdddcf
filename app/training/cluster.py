"""The cluster: a scheduler of dask.distributed that blocks of lanes are sent to. Knows its address; no block.

The library is imported where there is an address, and nowhere else: it is no dependency of the program. Its version and
Python's should be those of the cluster's workers, which need the package `optim` besides.
"""

import importlib
import importlib.util
import logging
from concurrent.futures import Executor
from threading import Lock
from typing import Any

from app.config import SettingsError
from components.text.errors import Refused

log = logging.getLogger(__name__)

PATIENCE = 5
"""Seconds in which the scheduler has to answer."""
SILENT = "The cluster that computes this does not answer."


class Cluster:
    """The workers of one scheduler; the connection is made when it is wanted first, and kept."""

    def __init__(self, address: str) -> None:
        if importlib.util.find_spec("distributed") is None:
            raise SettingsError(
                f"LAB_DASK is {address!r}, but the library for it is not installed: pip install distributed")
        self._address, self._lock = address, Lock()
        self._client: Any = None

    def executor(self) -> Executor:
        """What sends blocks to the workers. Refused where the scheduler does not answer."""
        with self._lock:
            if self._client is None:
                try:
                    self._client = importlib.import_module("distributed").Client(
                        self._address, timeout=PATIENCE, set_as_default=False)
                except Exception as error:  # of many kinds, by what the library meets on the way
                    log.error("The scheduler at %s does not answer: %s", self._address, error)
                    raise Refused(SILENT) from None
            executor: Executor = self._client.get_executor(pure=False)
        return executor

    def close(self) -> None:
        """Let go of the workers."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None
