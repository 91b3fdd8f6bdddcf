"""What a screenshot shows, as numbers. Knows PNG (ISO/IEC 15948) and contrast; not the page."""

import struct
import zlib

import numpy as np
from playwright.sync_api import Page

from tests.colours import contrasts


def shot(page: Page, box: dict | None = None) -> np.ndarray:
    """The page, or a box of it, as red, green and blue `(height, width, 3)`."""
    return decoded(page.screenshot(clip=box, scale="css"))


def decoded(png: bytes) -> np.ndarray:
    """A PNG of 8 bits a channel, without interlacing: what Chromium writes."""
    at, data, head = 8, b"", None
    while at < len(png):
        (length,), name = struct.unpack(">I", png[at:at + 4]), png[at + 4:at + 8]
        part = png[at + 8:at + 8 + length]
        head, data = part if name == b"IHDR" else head, data + part if name == b"IDAT" else data
        at += 12 + length
    width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", head)
    assert (depth, interlaced) == (8, 0)
    per = {2: 3, 6: 4}[kind]
    raw, long = zlib.decompress(data), per * width
    found, above = bytearray(), bytes(long)
    for start in range(0, len(raw), 1 + long):
        above = _unfiltered(raw[start], raw[start + 1:start + 1 + long], above, per)
        found += above
    return np.frombuffer(bytes(found), np.uint8).reshape(height, width, per)[..., :3]


def _unfiltered(way: int, row: bytes, above: bytes, per: int) -> bytes:
    """A row of the picture, from what it is more than its neighbours."""
    if way == 0:
        return row
    if way == 2:
        return bytes((a + b) & 255 for a, b in zip(row, above, strict=True))
    line = bytearray(row)
    for x, more in enumerate(row):
        left, corner = (line[x - per], above[x - per]) if x >= per else (0, 0)
        up = above[x]
        if way == 1:
            line[x] = (more + left) & 255
        elif way == 3:
            line[x] = (more + (left + up >> 1)) & 255
        else:
            far, high, across = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
            near = left if far <= high and far <= across else up if high <= across else corner
            line[x] = (more + near) & 255
    return bytes(line)


def changed(ground: np.ndarray, picture: np.ndarray) -> np.ndarray:
    """Which pixels of the ground a picture has painted over."""
    return np.abs(picture.astype(int) - ground).max(axis=-1) > 24


def strongest(ground: np.ndarray, picture: np.ndarray, width: int, height: int | None = None, least: int = 12) -> list:
    """The highest contrast that is painted on the ground in each window in which at least so many pixels are."""
    painted, ratio, found = changed(ground, picture), contrasts(ground, picture), []
    height = height or len(painted)
    for y in range(0, painted.shape[0], height):
        for x in range(0, painted.shape[1], width):
            window = np.s_[y:y + height, x:x + width]
            if painted[window].sum() >= least:
                found.append(float(ratio[window][painted[window]].max()))
    return found
