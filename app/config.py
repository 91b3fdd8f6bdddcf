"""Config: every environment variable the application reads, by name. Knows neither Flask nor what the values do."""

import ipaddress
import logging
import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

log = logging.getLogger(__name__)

LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
VARIABLES = (
    "HOST", "PORT", "LAB_CACHE", "LAB_LOG_LEVEL", "LAB_FRAME_ANCESTORS", "LAB_PREFIX", "LAB_PROXIES",
    "LAB_METRICS", "LAB_REQUEST_LOG", "LAB_DASK", "LAB_LIMIT",
)
# A source of a Content-Security-Policy: a scheme and a host, which may begin with "*.", and perhaps a port.
ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", re.IGNORECASE)
# What may be the name of a machine: there are systems to which "*" is one.
NAME = re.compile(r"[\w.-]+")
# A path is written into a page, so that it holds nothing that HTML or JSON would read as more than letters, no "//",
# which would be another host, and no "..".
PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[\w.~@+,=:-]+)*")
# Of a scheduler: how it is spoken to, a host, and a port.
SCHEDULER = re.compile(r"(tcp|tls|ucx)://(\[[0-9a-f:]+\]|[a-z0-9.-]+):[0-9]{1,5}", re.IGNORECASE)
# Requests a second from one address. A move is at most a question about the run, the run's file and the question of a
# panel: a class of 100 behind one address, each of whom moves a slider every 0.3 s, asks for 1,000. A page that is
# dragged without a pause asks every 0.12 s at most (THROTTLE of assets/form/requests.js): 48 such reach the limit. When
# all open the page at once it is a state and a run each; files are not counted.
STUDENTS, MOVE_SECONDS, A_MOVE, AN_OPENING = 100, 0.3, 3, 2
LIMIT = round(STUDENTS * A_MOVE / MOVE_SECONDS) + STUDENTS * AN_OPENING
CACHES = "'memory', 'dir:/a/folder' or 'redis://host:port/number'"


class SettingsError(ValueError):
    """A value the application cannot use; the text is one sentence for the person who set it."""


@dataclass(frozen=True)
class Settings:
    """How one process serves the page.

    host: the address to listen on. port: its TCP port; 0 takes any free one.
    cache: where runs are kept, `memory`, `dir:<folder>` or `redis://...`. log_level: one of LOG_LEVELS.
    frame_ancestors: the other sites whose pages may hold the lab in a frame.
    prefix: the path that it stands under, "/lab", or "" for none; None for what a proxy says.
    proxies: how many proxies before it are believed.
    metrics: whether it counts, for /metrics. request_log: whether each request is a line on standard output.
    dask: the scheduler of a cluster that computes what is explored, "" for this process.
    limit: the requests a second that one address may send; 0 for any number.
    """

    host: str = "127.0.0.1"
    port: int = 8050
    cache: str = "memory"
    log_level: str = "info"
    frame_ancestors: tuple[str, ...] = ()
    prefix: str | None = None
    proxies: int = 0
    metrics: bool = False
    request_log: bool = False
    dask: str = ""
    limit: int = LIMIT

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """The settings that the variables of README.md ask for; unset or empty means the default.

        Raises SettingsError, naming the variable and what it may be. Only a HOST that is no address is logged and the
        default taken: conda's shells set it to a machine's kind, without being asked.
        """
        read = {name: environ.get(name, "").strip() for name in VARIABLES}
        return cls(
            host=_host(read["HOST"] or cls.host),
            port=_port(read["PORT"] or str(cls.port)),
            cache=_cache(read["LAB_CACHE"] or cls.cache),
            log_level=_log_level(read["LAB_LOG_LEVEL"] or cls.log_level),
            frame_ancestors=_origins(read["LAB_FRAME_ANCESTORS"]),
            prefix=_prefix(read["LAB_PREFIX"]),
            proxies=_proxies(read["LAB_PROXIES"] or str(cls.proxies)),
            metrics=_switch("LAB_METRICS", read["LAB_METRICS"]),
            request_log=_switch("LAB_REQUEST_LOG", read["LAB_REQUEST_LOG"]),
            dask=_scheduler(read["LAB_DASK"]),
            limit=_limit(read["LAB_LIMIT"] or str(cls.limit)),
        )


def _host(text: str) -> str:
    """The address to listen on: any that is written as one, or a name that means this machine."""
    literal = text[1:-1] if re.fullmatch(r"\[.*:.*\]", text) else text
    try:
        ipaddress.ip_address(literal)
        return literal
    except ValueError:
        pass
    try:
        found = sorted(socket.getaddrinfo(text, 0, type=socket.SOCK_STREAM)) if NAME.fullmatch(text) else []
    except (OSError, ValueError):
        found = []
    for family, *_, address in found:
        try:
            # Not merely resolved: some networks have an address for whatever one asks, and it is not this machine's.
            with socket.socket(family) as probe:
                probe.bind(address)
        except OSError:
            continue
        return text if family == socket.AF_INET else str(address[0])
    log.warning("HOST is %r, which is no address of this machine; %s is used.", text, Settings.host)
    return Settings.host


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65535):
        raise SettingsError(f"PORT is {text!r}, but a port is a whole number from 0 (any free one) to 65535.")
    return int(text)


def _cache(text: str) -> str:
    kind, _, place = text.partition(":")
    known = (kind == "memory" and text == kind) or (kind in ("dir", "redis", "rediss", "unix") and place.strip("/"))
    if not known:
        raise SettingsError(f"LAB_CACHE is {text!r}, but a cache is {CACHES}.")
    return text


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise SettingsError(f"LAB_LOG_LEVEL is {text!r}, but a level is one of {', '.join(LOG_LEVELS)}.")
    return text.lower()


def _origins(text: str) -> tuple[str, ...]:
    for origin in text.split():
        if not ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"LAB_FRAME_ANCESTORS is {text!r}, but it is a list of sites such as https://moodle.example.org."
            )
    return tuple(text.split())


def _scheduler(text: str) -> str:
    if text and not SCHEDULER.fullmatch(text):
        raise SettingsError(f"LAB_DASK is {text!r}, but it is a scheduler's address, such as tcp://scheduler:8786.")
    return text


def prefix_of(text: str) -> str | None:
    """The path that comes before all others, "" or "/lab", however it is written; None for what is no such path."""
    path = f"/{unquote(text).strip('/')}".rstrip("/")
    return path if PATH.fullmatch(path) else None


def _prefix(text: str) -> str | None:
    if not text:
        return None
    found = prefix_of(text)
    if found is None:
        raise SettingsError(f"LAB_PREFIX is {text!r}, but it is the path of the lab's address, such as /lab/.")
    return found


def _proxies(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 1):
        raise SettingsError(f"LAB_PROXIES is {text!r}, but it is how many proxies are before the lab, from 0 to 9.")
    return int(text)


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise SettingsError(
            f"LAB_LIMIT is {text!r}, but it is how many requests a second one address may send, or 0 for any number."
        )
    return int(text)


def _switch(name: str, text: str) -> bool:
    if text not in ("", "0", "1"):
        raise SettingsError(f"{name} is {text!r}, but a switch is 1 (on) or 0 (off).")
    return text == "1"
