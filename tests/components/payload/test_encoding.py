"""Numbers as text: every float32 comes back with all its bits, also as the format describes itself, and compresses."""

import base64
import gzip
import re
import struct
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.payload.encoding import decode, encode

SINGLES = st.floats(width=32, allow_nan=False)
SHAPE = st.lists(st.integers(1, 5), min_size=1, max_size=3)
SHAPES = st.lists(SHAPE, min_size=1, max_size=4)


def by_hand(text: str) -> list[float]:
    """The numbers of a text, read one after another: the format's description in the plainest words."""
    data = base64.b64decode(text.replace("-", "+").replace("_", "/"))
    count, bits, numbers = len(data) // 4, 0, []
    for i in range(count):
        bits = (bits + int.from_bytes(bytes(data[plane * count + i] for plane in range(4)), "little")) % 2**32
        numbers.append(struct.unpack("<f", struct.pack("<I", bits))[0])
    return numbers


@given(st.data(), SHAPES)
def test_every_single_comes_back_bit_by_bit(data, shapes):
    def drawn(shape):
        size = prod(shape)
        return np.array(data.draw(st.lists(SINGLES, min_size=size, max_size=size)), "<f4").reshape(shape)
    arrays = [drawn(shape) for shape in shapes]
    back = decode(encode(*arrays), *map(tuple, shapes))
    assert [one.tobytes() for one in back] == [one.tobytes() for one in arrays]


@given(st.lists(SINGLES, min_size=1, max_size=20))
def test_the_text_is_what_it_is_said_to_be(numbers):
    filled = numbers + numbers[-1:] * (-len(numbers) % 3)
    assert by_hand(encode(np.array(numbers))) == filled


@given(st.lists(st.floats(-1e38, 1e38), min_size=1, max_size=20))
def test_a_double_becomes_the_nearest_single(numbers):
    (back,) = decode(encode(np.array(numbers)), (len(numbers),))
    nearest = [struct.unpack("<f", struct.pack("<f", number))[0] for number in numbers]
    assert back.tolist() == nearest


def test_what_is_no_number_and_what_is_beyond_singles():
    values = [np.nan, np.inf, -np.inf, 1e39, -1e300, 0.0, -0.0]
    (back,) = decode(encode(np.array(values)), (7,))
    np.testing.assert_array_equal(back, np.array([np.nan, np.inf, -np.inf, np.inf, -np.inf, 0, 0], "f4"))
    assert np.signbit(back[-1])


@given(st.binary(min_size=4, max_size=400))
def test_dash_escapes_none_of_its_letters(data):
    numbers = np.frombuffer(data[: len(data) // 4 * 4], "<f4")
    assert re.fullmatch(r"[A-Za-z0-9_-]+", encode(numbers))  # rows of three numbers need no "=" either


def test_a_text_of_other_shapes_is_refused():
    with pytest.raises(ValueError, match="6 numbers, not the 3"):
        decode(encode(np.arange(5.0)), (2,))


def test_a_row_that_repeats_another_costs_next_to_nothing():
    row = np.random.default_rng(0).normal(size=1501)
    def size(*rows):
        return len(gzip.compress(encode(*rows).encode()))
    assert size(row, row) < 1.05 * size(row)
