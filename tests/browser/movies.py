"""GIF and WebM as a test reads them: sizes, times and, of a GIF, the pictures themselves. Judges nothing."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Gif:
    """width, height; of each picture its delay in hundredths of a second; and the last picture as rows of colours."""

    width: int
    height: int
    delays: list[int]
    last: list[tuple[int, int, int]]


def gif(data: bytes) -> Gif:
    """Read and unpack a GIF 89a of one palette (CompuServe, 1990). Fails on anything else."""
    assert data[:6] == b"GIF89a"
    width, height = word(data, 6), word(data, 8)
    size = 3 * 2 ** ((data[10] & 7) + 1)
    palette = [tuple(data[13 + i:16 + i]) for i in range(0, size, 3)]
    shown, delays, at, clear = [None] * (width * height), [], 13 + size, None
    while data[at] != 0x3B:
        if data[at] == 0x21:
            if data[at + 1] == 0xF9:
                delays.append(word(data, at + 4))
                clear = data[at + 6] if data[at + 3] & 1 else None
            at = sub_blocks(data, at + 2)[1]
            continue
        assert data[at] == 0x2C
        left, top, w, h = (word(data, at + 1 + 2 * i) for i in range(4))
        packed, end = sub_blocks(data, at + 11)
        indices = unpacked(packed, data[at + 10])
        assert len(indices) == w * h
        for i, index in enumerate(indices):
            if index != clear:
                shown[(top + i // w) * width + left + i % w] = palette[index]
        at = end
    assert at == len(data) - 1
    return Gif(width, height, delays, shown)


def word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at:at + 2], "little")


def sub_blocks(data: bytes, at: int) -> tuple[bytes, int]:
    """Blocks up to the empty one: their content, and where it ends."""
    found = b""
    while data[at]:
        found += data[at + 1:at + 1 + data[at]]
        at += 1 + data[at]
    return found, at + 1


def unpacked(packed: bytes, bits: int) -> list[int]:
    """Indices out of the codes of Lempel, Ziv and Welch."""
    clear, stream, length = 1 << bits, int.from_bytes(packed, "little"), 8 * len(packed)
    table, size, before, found, at = {}, bits + 1, None, [], 0
    while at + size <= length:
        code = (stream >> at) & ((1 << size) - 1)
        at += size
        if code == clear:
            table, size, before = {i: (i,) for i in range(clear)} | {clear: (), clear + 1: ()}, bits + 1, None
            continue
        if code == clear + 1:
            break
        entry = table[code] if code in table else (*before, before[0])
        found += entry
        if before is not None and len(table) < 4096:
            table[len(table)] = (*before, entry[0])
            if len(table) == 1 << size and size < 12:
                size += 1
        before = entry
    return found


def webm_times(data: bytes) -> list[int]:
    """The time of each picture of a WebM, in milliseconds (RFC 8794 and 9559)."""
    assert data[:4] == b"\x1a\x45\xdf\xa3"
    cluster, times = 0, []
    for name, content in elements(data):
        if name == 0xE7:
            cluster = int.from_bytes(content, "big")
        elif name in (0xA1, 0xA3):
            times.append(cluster + int.from_bytes(content[1:3], "big", signed=True))
    return times


def elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The elements one after another, those within segments and clusters too."""
    at = 0
    while at < len(data):
        length = 9 - data[at].bit_length()
        name, at = int.from_bytes(data[at:at + length], "big"), at + length
        length = 9 - data[at].bit_length()
        size = int.from_bytes(data[at:at + length], "big") & ((1 << 7 * length) - 1)
        at += length
        if name in (0x18538067, 0x1F43B675, 0xA0):  # segment, cluster, group of blocks: go in
            continue
        yield name, data[at:at + size]
        at += size
