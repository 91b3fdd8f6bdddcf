"""Counting: the cache and the training as they are, with what they do counted. Knows not what is kept or trained."""

import time
from collections.abc import Callable
from typing import Any, Protocol

from flask import g, has_request_context

from app.operating import metrics


class Cache(Protocol):
    """The part of a cache that is counted."""

    def get(self, key: str) -> Any:
        """The value kept under the key, or None."""

    def has(self, key: str) -> bool:
        """Whether there is a value."""

    def set(self, key: str, value: Any) -> bool | None:
        """Keep the value; whether that worked."""


class CountedCache:
    """A cache whose hits and misses are counted: a request that looks twice for one thing counts once."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def get(self, key: str) -> Any:
        """The value kept under the key, or None."""
        found = self._cache.get(key)
        self._count(key, found is not None)
        return found

    def has(self, key: str) -> bool:
        """Whether there is a value, which is a hit where there is."""
        found = self._cache.has(key)
        if found:  # where there is none it is looked for next
            self._count(key, True)
        return found

    def _count(self, key: str, there: bool) -> None:
        if has_request_context():
            looked_for: set[str] = g.setdefault("looked_for", set())
            if key not in looked_for:
                metrics.count("cache_hits" if there else "cache_misses")
            looked_for.add(key)

    def set(self, key: str, value: Any) -> bool | None:
        """Keep the value; whether that worked."""
        return self._cache.set(key, value)


def timed(train: Callable[..., Any]) -> Callable[..., Any]:
    """The training, which tells how long it took."""

    def training(*args: Any, **more: Any) -> Any:
        began = time.perf_counter()
        try:
            return train(*args, **more)
        finally:
            metrics.took("training_seconds", time.perf_counter() - began)

    return training
