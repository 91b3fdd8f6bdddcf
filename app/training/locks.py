"""Locks: work that is done once by all processes behind one cache, while it is done. Knows where a cache is; no run.

In a folder a lock is held on a file beside the entries, which the system frees however its holder ends. On Redis it is
a key with a lifetime, renewed as long as its holder asks whether anybody still waits. Without either, or where it
cannot be had, each process does its own work: a lock saves time, no more.
"""

import contextlib
import logging
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from app.training.seldom import Seldom
from app.turns import Left
from app.waiting import Waiter

if sys.platform != "win32":
    import fcntl

log = logging.getLogger(__name__)

Lock = Callable[[str, Waiter], AbstractContextManager[Waiter]]
"""`with lock(key, waiter) as waiter`: the block is the only one of its key; Left where the waiter goes before it is."""
POLL_SECONDS = 0.05
"""Between two looks whether a lock is free."""
REDIS_SECONDS = 10.0
"""The lifetime of a lock on Redis; it is renewed three times as often."""


def lock_of(cache: Any) -> Lock:
    """The lock of a cache as app/caching.py makes it."""
    backend: Any = getattr(cache, "cache", None)
    if sys.platform != "win32" and hasattr(backend, "_list_dir"):
        return in_folder(backend._path)
    client = getattr(backend, "_write_client", None)
    return on_redis(client, f"{backend._get_prefix()}lock-") if client is not None else unlocked


@contextmanager
def unlocked(key: str, waiter: Waiter) -> Iterator[Waiter]:
    """No lock at all."""
    yield waiter


def in_folder(folder: str) -> Lock:
    """Locks of files in this folder, which are gone when nobody holds them."""
    trouble = Seldom(log)

    @contextmanager
    def lock(key: str, waiter: Waiter) -> Iterator[Waiter]:
        path, handle = os.path.join(folder, f"{key}.lock"), None
        try:
            handle = _waited(lambda: _locked(path), waiter)
        except OSError as error:
            trouble.warning("No lock can be had beside the cache (%s); doing without it.", error)
        try:
            yield waiter
        finally:
            if handle is not None:
                with contextlib.suppress(OSError):
                    os.remove(path)
                os.close(handle)

    return lock


def on_redis(client: Any, prefix: str) -> Lock:
    """Locks of keys with this prefix. One that expires all the same costs a second training, nothing worse."""

    @contextmanager
    def lock(key: str, waiter: Waiter) -> Iterator[Waiter]:
        name, token, life = f"{prefix}{key}", secrets.token_hex(16).encode(), int(1000 * REDIS_SECONDS)
        try:
            held = _waited(lambda: client.set(name, token, nx=True, px=life), waiter)
        except Left:
            raise
        except Exception as error:  # the client raises anything: of the network, of the server
            # The cache is the same server, and says so by itself.
            log.debug("No lock can be had of Redis (%s: %s); doing without it.", type(error).__name__, error)
            held = None
        if not held:
            yield waiter
            return

        def mine(then: Callable[[str], object]) -> None:
            with contextlib.suppress(Exception):
                if client.get(name) == token:
                    then(name)

        try:
            yield Renewing(waiter, lambda: mine(lambda name: client.pexpire(name, life)), REDIS_SECONDS / 3)
        finally:
            mine(client.delete)

    return lock


class Renewing:
    """A waiter that, when it is asked whether it has gone, also does something every so many seconds."""

    def __init__(self, waiter: Waiter, renew: Callable[[], None], seconds: float) -> None:
        self._waiter, self._renew, self._seconds = waiter, renew, seconds
        self._next = time.monotonic() + seconds

    def gone(self) -> bool:
        """Whether the waiter has."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + self._seconds
            self._renew()
        return self._waiter.gone()

    def pages(self) -> set[str]:
        """The waiter's."""
        return self._waiter.pages()


def _waited(take: Callable[[], Any], waiter: Waiter) -> Any:
    """What `take` gives, as soon as it gives something."""
    while not (taken := take()):
        if waiter.gone():
            raise Left
        time.sleep(POLL_SECONDS)
    return taken


def _locked(path: str) -> int | None:
    """A handle of the file with the only lock on it; None while another has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever had it before has removed the file, and another may already lock the next one of this name.
        if os.path.samestat(os.stat(path), os.fstat(handle)):
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None
