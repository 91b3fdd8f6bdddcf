"""The cache behind the runs: which flask-caching backend LAB_CACHE names. Knows nothing of what is kept in it.

No backend pickles: each keeps entries (entries.py), so that who can write to a folder or a server cannot run code here.
"""

import logging
import os
from typing import Any

from flask import Flask
from flask_caching import Cache

from app.config import SettingsError
from app.entries import Sealed

log = logging.getLogger(__name__)

# A payload holds at most sampling.BUDGET numbers as series and as many as summaries, four bytes each in base64: 1.4 MB,
# and compressed less than half, so that memory stays under about 60 MB; a folder or a server may hold more.
IN_MEMORY = 100
ON_DISK = 2_000
# The folder inside the one that is named, which may hold other things.
OWN = "descent-lab"
# Results never go stale; the week is for what an older version of the program left behind.
WEEK = 7 * 24 * 3600
# A page waits for the cache before it waits for the run: a server that does not answer in this time is of little use.
REDIS_SECONDS = 0.25


def cache_for(server: Flask, choice: str) -> Cache:
    """The cache that `choice`, a valid LAB_CACHE, names.

    A folder that cannot be used is logged and memory taken instead. Raises SettingsError when the Redis client
    cannot read the address.
    """
    kind, _, place = choice.partition(":")
    if kind == "dir":
        folder = os.path.abspath(os.path.expanduser(place))
        own = os.path.join(folder, OWN)
        try:
            for path in (folder, own):
                os.makedirs(path, mode=0o700, exist_ok=True)
            usable = os.access(own, os.R_OK | os.W_OK | os.X_OK)
        except OSError:
            usable = False
        if usable:
            return Cache(server, config=_config("app.folder.FileSystemCache", ON_DISK, CACHE_DIR=own))
        log.warning("LAB_CACHE names %s, which cannot be written; keeping runs in memory.", folder)
    elif kind != "memory":
        patience = {"socket_connect_timeout": REDIS_SECONDS, "socket_timeout": REDIS_SECONDS}
        redis = _config("RedisCache", ON_DISK, CACHE_REDIS_URL=choice, CACHE_OPTIONS=patience)
        try:
            return Cache(server, config=redis)
        except ValueError as error:
            raise SettingsError(f"LAB_CACHE is {choice!r}, which the Redis client cannot read: {error}") from error
    return Cache(server, config=_config("SimpleCache", IN_MEMORY))


def _config(backend: str, threshold: int, **more: Any) -> dict:
    return {
        "CACHE_TYPE": backend,
        "CACHE_THRESHOLD": threshold,
        "CACHE_DEFAULT_TIMEOUT": WEEK,
        "CACHE_KEY_PREFIX": "descent-lab-",
        "CACHE_SERIALIZER": Sealed,
        **more,
    }
