"""Ranks, quantiles and intervals, against their definitions and published values."""

import itertools

import numpy as np
import pytest

from optim.explore.statistics import quantile, ranks, wilson, worst_if_missing

INF = np.inf


@pytest.mark.parametrize(("values", "tolerance", "expected"), [
    ([3.0, 1.0, 2.0], 0, [3, 1, 2]),
    ([1.0, 1.0, 2.0], 0, [1, 1, 3]),
    ([1.0, 1.05, 2.0], 0.1, [1, 1, 3]),
    ([INF, 1.0, INF], 0, [2, 1, 2]),
    ([INF, INF], 0.1, [1, 1]),
    ([7.0], 0, [1]),
])
def test_ranks_count_who_is_lower(values, tolerance, expected):
    assert ranks(np.array(values), tolerance).tolist() == expected
    assert ranks(np.array([values, values]).T, tolerance).T.tolist() == [expected, expected]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("count", [1, 2, 3, 8, 10, 32, 57, 128])
def test_quantiles_are_numpys_averaged_inverted_distribution(count, share):
    values = np.random.default_rng(count).standard_normal((count, 4))
    wanted = np.quantile(values, share, axis=0, method="averaged_inverted_cdf")
    np.testing.assert_allclose(quantile(values, share), wanted, rtol=1e-14)


def test_a_quantile_of_those_that_diverged_is_infinite_and_none_is_missing():
    values = np.array([1.0, 2.0, INF, INF])
    assert quantile(values, 0.1) == 1
    assert quantile(values, 0.5) == INF  # the mean of 2 and infinity
    assert quantile(values, 0.9) == INF
    assert worst_if_missing(np.array([1, np.nan])).tolist() == [1, INF]


@pytest.mark.parametrize(("found", "of", "low", "high"), [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
    (29, 29, 0.8830, 1.0),
])
def test_wilsons_interval_is_the_published_one(found, of, low, high):
    """R. Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I; the last by symmetry."""
    assert wilson(np.array(found), of) == pytest.approx((low, high), abs=5.1e-5)


def test_wilsons_ends_are_the_shares_whose_deviation_the_finding_is():
    """Its definition: an end p is where |found / of - p| is 1.96 times sqrt(p (1 - p) / of)."""
    for found, of in itertools.product((1, 3, 9), (10, 40)):
        for end in wilson(np.array(found), of):
            assert abs(found / of - end) == pytest.approx(1.959964 * np.sqrt(end * (1 - end) / of), rel=1e-6)
