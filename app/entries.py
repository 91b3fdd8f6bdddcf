"""Entries: what a cache outside this process keeps, as bytes that prove what they are. Knows no backend and no run.

    entry = MAGIC, VERSION, the SHA-256 of all that follows, a line of JSON about the file, the file's bytes

Bytes that are not such an entry, whole and unchanged, are none. Nothing that is read is ever executed, as a pickle is.
"""

import hashlib
import json
import logging
from dataclasses import dataclass
from typing import Any

from cachelib.serializers import BaseSerializer

log = logging.getLogger(__name__)

MAGIC = b"descent-lab-entry\n"
VERSION = b"\x02"
HEAD = MAGIC + VERSION
DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True)
class File:
    """A finished file: its key in the cache, and its bytes in their coding (training/codings.py).

    A private one is kept by the browser that asked for it and by nobody between.
    """

    key: str
    coding: str
    private: bool
    body: bytes


def seal(file: File) -> bytes:
    """The entry of a file."""
    about = json.dumps([file.key, file.coding, file.private]).encode("ascii")
    said = about + b"\n" + file.body
    return HEAD + hashlib.sha256(said).digest() + said


def unseal(entry: object) -> File:
    """The file of an entry. Raises ValueError for whatever is none."""
    if not (isinstance(entry, bytes) and entry.startswith(HEAD)):
        raise ValueError("it does not begin as an entry does")
    digest, said = entry[len(HEAD) : len(HEAD) + DIGEST], entry[len(HEAD) + DIGEST :]
    if hashlib.sha256(said).digest() != digest:
        raise ValueError("it is damaged")
    about, _, body = said.partition(b"\n")
    found = json.loads(about)
    if not (isinstance(found, list) and [type(one) for one in found] == [str, str, bool]):
        raise ValueError("it says nothing of its file")
    key, coding, private = found
    return File(key, coding, private, body)


class Sealed(BaseSerializer):
    """What passes between a backend of flask-caching and the place where it keeps things: entries and nothing else."""

    def dumps(self, value: Any, protocol: int = 0) -> bytes:
        """The file as an entry, in whatever protocol of pickle's is asked for."""
        return seal(value)

    def loads(self, bvalue: bytes | None) -> Any:
        """The file of an entry; None where there is nothing, or something else, which is logged."""
        if bvalue is None:
            return None
        try:
            return unseal(bvalue)
        except (ValueError, RecursionError) as error:
            log.warning("The cache held something that is no entry (%s).", error)
            return None

    def dump(self, value: Any, f: Any, protocol: int = 0) -> None:
        """Write the file's entry into another."""
        f.write(self.dumps(value))

    def load(self, f: Any) -> Any:
        """The file of the entry that another holds."""
        return self.loads(f.read())
