"""Leftovers: folders that are there for as long as a server is, and those that a killed one could not take away.

A folder is locked for as long as the process that made it lives, or one that it has forked: the system frees the lock
however they end. One that nobody holds is of nobody any more. Knows folders; not what is in them.
"""

import contextlib
import os
import secrets
import shutil
import sys
import tempfile

if sys.platform != "win32":
    import fcntl

NEW = "new-"
"""What a folder's name begins with until it is locked."""

_held: list[int] = []


def folder(prefix: str, place: str) -> str:
    """A new folder in `place` whose name begins like this; those like it that were left there are removed."""
    made = tempfile.mkdtemp(prefix=NEW + prefix, dir=place)
    if sys.platform == "win32":
        return made
    with contextlib.suppress(OSError):
        _sweep(prefix, place)
    handle = _locked(made)
    if handle is not None:
        _held.append(handle)
    named = os.path.join(place, prefix + secrets.token_hex(8))
    os.rename(made, named)
    return named


def _sweep(prefix: str, place: str) -> None:
    with os.scandir(place) as found:
        for one in found:
            if one.name.startswith(prefix):
                handle = _locked(one.path)
                if handle is not None:
                    shutil.rmtree(one.path, ignore_errors=True)
                    os.close(handle)


def _locked(path: str) -> int | None:
    """A handle of our own folder with the only lock on it; None where it is another's, or another holds it."""
    if sys.platform == "win32":
        return None
    try:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        if os.fstat(handle).st_uid == os.geteuid():
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
    except OSError:
        pass
    os.close(handle)
    return None
