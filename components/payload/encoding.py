"""Numbers as text for the browser: float32, as differences, in byte planes, in URL-safe base64.

Knows arrays; not what they mean. Nothing beyond float32 is lost. For the compressor, which then saves a fifth more:
the 32 bits of each number, read as a whole number, become the difference from the number before (modulo 2^32), which is
small where a series is smooth; byte planes (all first bytes, then all second bytes, ...) put the slowly changing bytes
side by side; and a row is filled up to a multiple of three numbers, so that a row that repeats another is the same
base64 again (SGD's direction is its gradient).
Dash escapes every "/" of a string, so that the URL-safe alphabet saves a quarter of a standard base64 text.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from math import prod

import numpy as np

ALIGNED = 3
"""Base64 writes three bytes as four characters."""


def encode(*arrays: np.ndarray) -> str:
    """The rows (last axis) of the arrays, one after another, as float32; a number beyond its range becomes infinite."""
    with np.errstate(over="ignore"):
        rows = [_filled(np.atleast_1d(a)).astype("<f4").ravel() for a in arrays]
    bits = np.concatenate(rows).view("<u4")
    differences = np.diff(bits, prepend=bits.dtype.type(0))
    return urlsafe_b64encode(differences.view(np.uint8).reshape(-1, 4).T.tobytes()).decode("ascii")


def decode(text: str, *shapes: tuple[int, ...]) -> list[np.ndarray]:
    """The inverse of `encode`: float32 arrays of these shapes, as the browser reads them."""
    planes = np.frombuffer(urlsafe_b64decode(text), dtype=np.uint8).reshape(4, -1)
    flat = np.cumsum(np.ascontiguousarray(planes.T).view("<u4"), dtype="<u4").view("<f4")
    arrays, at = [], 0
    for *before, length in shapes:
        stored = (*before, length + -length % ALIGNED)
        arrays.append(flat[at:at + prod(stored)].reshape(stored)[..., :length])
        at += prod(stored)
    if at != flat.size:
        raise ValueError(f"the text holds {flat.size} numbers, not the {at} of these shapes")
    return arrays


def _filled(rows: np.ndarray) -> np.ndarray:
    """Each row repeats its last number until its length is a multiple of three: no difference, hence no bytes."""
    return np.pad(rows, [(0, 0)] * (rows.ndim - 1) + [(0, -rows.shape[-1] % ALIGNED)], mode="edge")
