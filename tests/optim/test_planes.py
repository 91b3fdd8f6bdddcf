"""Planes: closed forms of what they show."""

import tracemalloc

import numpy as np
import pytest

from optim import Experiment, Plane, train


def line_path(direction, length, origin, count=101):
    """Points spread evenly over a straight way of this length around the origin."""
    return origin + np.outer(np.linspace(-length / 2, length / 2, count), direction)


def test_two_parameters_are_their_own_coordinates():
    plane = Plane.of_two([1, 2, 3, 4], 3, 1)
    points = np.random.RandomState(0).standard_normal((5, 4))
    np.testing.assert_array_equal(plane.coordinates(points), points[:, [3, 1]])
    u, v = np.meshgrid([7.0, 8.0], [9.0, 10.0, 11.0])
    params = [np.broadcast_to(one, u.shape) for one in plane.params(u, v)]
    np.testing.assert_array_equal(params[3], u)
    np.testing.assert_array_equal(params[1], v)
    assert (params[0] == 1).all()
    assert (params[2] == 3).all()


def test_main_directions_of_two_straight_ways():
    """Evenly spread points of a way of length l have the variance l^2 / 12 (1 + 2 / (count - 1))."""
    long, short = np.array([3, 4, 0, 0]) / 5, np.array([0, 0, 1, -1]) / np.sqrt(2)
    origin = np.array([1.0, -2, 3, 5])
    plane = Plane.of_paths([line_path(long, 10, origin), line_path(short, 4, origin)])
    np.testing.assert_allclose(plane.origin, origin, atol=1e-12)
    np.testing.assert_allclose(plane.directions, [long, np.abs(short) * np.sign(plane.directions[1])], atol=1e-12)
    np.testing.assert_allclose(np.abs(plane.directions[1] @ short), 1)


def test_the_share_is_that_of_the_squared_distances():
    """Ways of lengths 6, 3 and 2 along three axes: the main two show 36 + 9 of 49."""
    axes = np.eye(4)
    paths = [line_path(axes[k], length, np.zeros(4)) for k, length in ((2, 6), (0, 3), (1, 2))]
    plane = Plane.of_paths(paths)
    np.testing.assert_allclose(plane.directions, axes[[2, 0]], atol=1e-12)
    assert plane.share(paths) == pytest.approx(45 / 49)
    assert Plane.of_two(np.zeros(4), 0, 1).share(paths) == pytest.approx(13 / 49)
    assert Plane.of_two(np.zeros(4), 3, 1).share(paths) == pytest.approx(4 / 49)


def test_no_plane_shows_more():
    paths = [np.random.RandomState(1).standard_normal((50, 5)) * [3, 1, 2, 0.5, 1]]
    best = Plane.of_paths(paths)
    random = np.random.RandomState(2)
    for _ in range(200):
        directions = np.linalg.qr(random.standard_normal((5, 2)))[0].T
        assert Plane(best.origin, directions).share(paths) <= best.share(paths)


def test_directions_are_perpendicular_of_length_1_and_point_where_their_largest_entry_is_positive():
    for paths in ([np.ones((3, 4))], [np.zeros((1, 2))], [line_path([0, 0, -1.0], 3, np.ones(3))],
                  [np.random.RandomState(3).standard_normal((2, 3))]):
        plane = Plane.of_paths(paths)
        np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
        for direction in plane.directions:
            assert direction[np.abs(direction).argmax()] > 0


@pytest.mark.parametrize("n", [2, 3, 5])
def test_entries_that_tie_do_not_turn_a_direction_round(n):
    """Ways along a diagonal of equal and opposite entries, rounded in many ways, point to one side."""
    signs = np.resize([1.0, -1.0], n)
    for i in range(200):
        random = np.random.RandomState(i)
        direction = random.choice([1, -1]) * signs * (1 + 4e-16 * random.standard_normal(n))
        other = np.where(np.arange(n) < 2, 1.0, 0) * (1 + 4e-16 * random.standard_normal(n))
        plane = Plane.of_paths([line_path(direction, 10, np.zeros(n)),
                                line_path(other, 1e-3, np.zeros(n))])
        assert plane.directions[0, 0] > 0
        plane = Plane.of_paths([np.outer([2, -2, 0, 0], direction) + np.outer([0, 0, 0.3, -0.3], other)])
        np.testing.assert_allclose(plane.directions[0], signs / np.sqrt(n), atol=0.1)


def test_a_direction_that_hardly_moves_is_still_found():
    """1e-10 as far as the main one: its square would be lost beside the other's."""
    long, short = np.array([2.0, 3, 6]) / 7, np.array([6.0, 2, -3]) / 7
    plane = Plane.of_paths([line_path(long, 1, np.zeros(3)), line_path(short, 1e-10, np.zeros(3))])
    np.testing.assert_allclose(plane.directions, [long, short], atol=1e-5)


def test_it_is_what_numpy_makes_of_all_points_at_once():
    random = np.random.RandomState(1)
    paths = [random.standard_normal((count, 7)) * np.arange(1, 8) for count in (90_000, 3)]
    points = np.concatenate(paths)
    cloud = points - points.mean(axis=0)
    plane = Plane.of_paths(paths)
    expected = np.linalg.svd(cloud, full_matrices=False)[2][:2]
    np.testing.assert_allclose(plane.origin, points.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(np.abs((plane.directions * expected).sum(axis=1)), 1, rtol=1e-12)
    whole = np.square(cloud).sum()
    assert plane.share(paths) == pytest.approx(np.square(cloud @ expected.T).sum() / whole, rel=1e-12)


def test_long_paths_take_little_memory():
    """Two paths of 20,001 steps of a network of 64 units are 62 MB by themselves."""
    paths = [np.random.RandomState(i).standard_normal((20_001, 193)) for i in range(2)]
    tracemalloc.start()
    plane = Plane.of_paths(paths)
    plane.share(paths)
    largest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert largest < 20e6


def test_there_and_back():
    plane = Plane.of_paths([np.random.RandomState(4).standard_normal((30, 6))])
    u, v = np.random.RandomState(5).standard_normal((2, 3, 7))
    params = np.stack(plane.params(u, v), axis=-1)
    np.testing.assert_allclose(plane.coordinates(params), np.stack([u, v], axis=-1), atol=1e-12)


def test_what_does_not_move_is_shown_in_full():
    assert Plane.of_two([1, 2], 0, 1).share([np.ones((4, 2))]) == 1


def test_where_a_run_was_lost_does_not_count():
    path = np.random.RandomState(6).standard_normal((20, 3))
    lost = np.concatenate([path, np.full((5, 3), np.nan)])
    np.testing.assert_array_equal(Plane.of_paths([lost]).directions, Plane.of_paths([path]).directions)
    assert Plane.of_paths([lost]).share([lost]) == Plane.of_paths([path]).share([path])


def test_a_plane_of_two_parameters_is_the_whole():
    runs = train(Experiment())
    paths = [run.params for run in runs.values()]
    assert Plane.of_paths(paths).share(paths) == pytest.approx(1)


def test_a_networks_paths():
    paths = [run.params for run in train(Experiment("network-8", epochs=20)).values()]
    plane = Plane.of_paths(paths)
    assert 0.5 < plane.share(paths) < 1


@pytest.mark.parametrize(("make", "message"), [
    (lambda: Plane.of_two([1, 2, 3], 1, 1), "a plane needs two different parameters out of 3, not 1 and 1"),
    (lambda: Plane.of_two([1, 2, 3], 0, 3), "a plane needs two different parameters out of 3, not 0 and 3"),
    (lambda: Plane.of_two([1, 2, 3], -1, 0), "a plane needs two different parameters out of 3, not -1 and 0"),
    (lambda: Plane.of_paths([np.ones((5, 1))]), "a plane needs at least two parameters"),
    (lambda: Plane.of_paths([np.full((5, 3), np.nan)]), "a plane needs at least one finite point of a path"),
], ids=range(5))
def test_what_is_no_plane(make, message):
    with pytest.raises(ValueError, match=message):
        make()
