"""Packing: text made shorter for a URL, and back: zlib (RFC 1950) in the URL-safe alphabet of base64 (RFC 4648, 5).

Knows nothing of what the text means. What comes back is bounded, however much a few packed characters may stand for.
"""

import base64
import binascii
import re
import zlib

LARGEST = 120_000
"""Characters that are unpacked: 2,000 points of one's own, each alike and with all its digits, are 100,000."""


class Broken(ValueError):
    """Packed text that cannot be unpacked."""


def pack(text: str) -> str:
    """The text packed: letters, digits, "-" and "_" only.

    >>> unpack(pack("lr=.01&" * 50)) == "lr=.01&" * 50
    True
    """
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(packed: str) -> str:
    """The text that was packed. Raises Broken for anything else, and for more than LARGEST bytes.

    White space is passed over: programs for mail break long lines.
    """
    packed = "".join(packed.split())
    reader = zlib.decompressobj()
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        text = reader.decompress(raw, LARGEST).decode()
    except (binascii.Error, zlib.error, ValueError) as error:
        raise Broken(str(error)) from error
    if not reader.eof or reader.unused_data:
        raise Broken("too much, or not all of it")
    return text


def beginning(packed: str) -> str:
    """As much of the text as comes before the fault, where `unpack` raises Broken; "" where that is none of it."""
    letters = re.sub("[^A-Za-z0-9_-]", "", packed)
    raw = base64.urlsafe_b64decode(letters[: len(letters) // 4 * 4])
    reader, text = zlib.decompressobj(), bytearray()
    try:
        for place in range(len(raw)):
            text += reader.decompress(raw[place : place + 1], LARGEST)
            if len(text) > LARGEST:
                break
    except zlib.error:
        pass
    return text[:LARGEST].decode(errors="ignore")
