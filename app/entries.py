"""Entries: what a cache outside this process keeps, as bytes that prove what they are. Knows no backend and no run.

    entry = MAGIC, VERSION, the SHA-256 of all that follows, the value as JSON

Bytes that are not such an entry, whole and unchanged, are none. Nothing that is read is ever executed, as a pickle is.
"""

import hashlib
import json
import logging
from typing import Any

from cachelib.serializers import BaseSerializer

log = logging.getLogger(__name__)

MAGIC = b"descent-lab-entry\n"
VERSION = b"\x01"
HEAD = MAGIC + VERSION
DIGEST = hashlib.sha256().digest_size


def seal(value: Any) -> bytes:
    """The entry of a value that JSON can say. Raises TypeError or ValueError for any other."""
    said = json.dumps(value, separators=(",", ":")).encode("ascii")
    return HEAD + hashlib.sha256(said).digest() + said


def unseal(entry: object) -> Any:
    """The value of an entry. Raises ValueError for whatever is none."""
    if not (isinstance(entry, bytes) and entry.startswith(HEAD)):
        raise ValueError("it does not begin as an entry does")
    digest, said = entry[len(HEAD) : len(HEAD) + DIGEST], entry[len(HEAD) + DIGEST :]
    if hashlib.sha256(said).digest() != digest:
        raise ValueError("it is damaged")
    return json.loads(said)


class Sealed(BaseSerializer):
    """What passes between a backend of flask-caching and the place where it keeps things: entries and nothing else."""

    def dumps(self, value: Any, protocol: int = 0) -> bytes:
        """The value as an entry, in whatever protocol of pickle's is asked for."""
        return seal(value)

    def loads(self, bvalue: bytes | None) -> Any:
        """The value of an entry; None where there is nothing, or something else, which is logged."""
        if bvalue is None:
            return None
        try:
            return unseal(bvalue)
        except (ValueError, RecursionError) as error:
            log.warning("The cache held something that is no entry (%s).", error)
            return None

    def dump(self, value: Any, f: Any, protocol: int = 0) -> None:
        """Write the value's entry into a file."""
        f.write(self.dumps(value))

    def load(self, f: Any) -> Any:
        """The value of the entry that a file holds."""
        return self.loads(f.read())
