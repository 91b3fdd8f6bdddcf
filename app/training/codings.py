"""Codings: bytes compressed as a browser takes them, and back. Knows no request, no file and no run."""

import gzip
import sys
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# A run is almost all numbers, of which little can be saved. For the article's run, 290 kB: brotli 1 leaves 130.4 kB in
# 0.5 ms, 4 129.3 in 1.2, 5 126.8 in 1.9, 9 122.6 in 23; zstd 3 leaves 130.1 in 0.3 and 12 129.4 in 1.2; gzip 6 leaves
# 127.5 in 4.4. What is done once and travels often has brotli's 5; those that do not take it, mostly because no TLS is
# spoken, have what is next.
PREFERRED = ("br", "zstd", "gzip")
"""From the one that is taken first where a browser takes several alike."""
BROTLI, ZSTD, GZIP = 5, 3, 6
QUICK = 1
"""The level of what is sent once, to somebody who waits: brotli's and gzip's."""


class Qualities(Protocol):
    """How well each coding is liked: 0 for one that is not taken."""

    def __getitem__(self, coding: str, /) -> float: ...


def pack(text: bytes, coding: str, brotlis: int = BROTLI) -> bytes:
    """The bytes in this coding, one of PREFERRED, or in brotli of this level."""
    if coding == "br":
        return brotli.compress(text, quality=brotlis)
    return zstd.compress(text, ZSTD) if coding == "zstd" else gzip.compress(text, GZIP, mtime=0)


def taken(qualities: Qualities) -> str | None:
    """The coding that is best liked by whoever gives them these qualities; None where they take no coding."""
    best = max(PREFERRED, key=lambda coding: qualities[coding])
    return best if qualities[best] > 0 else None


def unpack(body: bytes, coding: str) -> bytes:
    """The bytes that `pack` was given. Raises ValueError or OSError for what it has not made."""
    try:
        if coding == "br":
            return brotli.decompress(body)
        return zstd.decompress(body) if coding == "zstd" else gzip.decompress(body)
    except (brotli.error, zstd.ZstdError, EOFError) as error:
        raise ValueError(f"it is not in the coding {coding}") from error
