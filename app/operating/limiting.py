"""Limiting: how many requests a second one address may send. Knows addresses and routes; not what is answered.

What is the same for everybody (page, layout, files) and whether the process lives are not counted. Each worker counts
by itself, or all together on the Redis server that LAB_CACHE names; where that is away each by itself again, so that
nobody is refused for want of it. The address is the one that place.py believes.
"""

import ipaddress
import logging
from collections.abc import Callable
from typing import Any, cast

from flask import Flask, Response, request
from flask_limiter import ApplicationLimit, Limiter

from app.caching import REDIS_SECONDS

FULL = "There are more requests from your network than the server takes; this is asked again by itself."
AGAIN_SECONDS = 1
MEMORY = "memory://"
NETWORK = 64
"""The bits of an address of IPv6 that name a network: a single machine has all the addresses in one."""


def limit(server: Flask, each_second: int, cache: str, exempt: Callable[[str], bool]) -> None:
    """Refuse with status 429 what is more than so many requests a second from one address; 0 refuses nothing.

    cache: a valid LAB_CACHE. exempt: whether what stands at an endpoint is not counted.
    """
    if not each_second:
        return
    # It would write the address of whoever is refused; that a Redis server has gone the cache on it tells.
    logging.getLogger("flask-limiter").setLevel(logging.CRITICAL + 1)
    store = storage(cache)
    patience = {"socket_connect_timeout": REDIS_SECONDS, "socket_timeout": REDIS_SECONDS}
    limiter = Limiter(
        lambda: network(request.remote_addr or ""),
        application_limits=[ApplicationLimit(f"{each_second} per second", error_message=FULL)],
        on_breach=lambda _: Response(status=429, headers={"Retry-After": str(AGAIN_SECONDS)}),
        storage_uri=store,
        storage_options=cast(Any, {} if store == MEMORY else patience),  # seconds need not be whole, as its types say
        in_memory_fallback_enabled=True,
        swallow_errors=True,
        key_prefix="descent-lab",
    )
    limiter.request_filter(lambda: exempt(request.endpoint or ""))
    limiter.init_app(server)


def storage(cache: str) -> str:
    """Where to count, as limits (the package) names it."""
    kind, _, place = cache.partition(":")
    if kind in ("memory", "dir"):
        return MEMORY
    return f"redis+unix:{place}" if kind == "unix" else cache


def network(address: str) -> str:
    """Whose requests are counted together."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address or "-"
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((int(found), NETWORK), strict=False).network_address)
