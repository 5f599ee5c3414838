"""Intervals: each against its own definition, against published values, and against people made by chance."""

from __future__ import annotations

import random
from fractions import Fraction
from math import inf, isclose, sqrt

import pytest

from incentive_rules.auditing import intervals
from tests.auditing.made import sample

P95 = Fraction(95, 100)
Z = 1.959963984540054


def test_fieller_ends_where_a_test_of_that_ratio_would_just_reject_it() -> None:
    """At each end r the statistic (mean - r * mean) / its standard error is the quantile of Student's distribution."""
    one, other = sample(3, 4, 5, 6, 7, 9), sample(5, 6, 6, 7, 9, 12, 14)
    ends = intervals.ratio_of_means(one, other, P95)
    assert ends is not None
    ratio = float(one.mean / other.mean)
    above, below = float(one.variance) / one.n, float(other.variance) / other.n
    freedom = (above + ratio**2 * below) ** 2 / (above**2 / 5 + (ratio**2 * below) ** 2 / 6)
    from scipy import special

    for end in ends:
        statistic = abs(float(one.mean) - end * float(other.mean)) / sqrt(above + end**2 * below)
        assert isclose(statistic, special.stdtrit(freedom, 0.975), rel_tol=1e-9)
    assert ends[0] < ratio < ends[1]


def test_a_mean_that_may_be_0_bounds_no_ratio() -> None:
    assert intervals.ratio_of_means(sample(1, 2, 3), sample(-100, 1, 150), P95) is None
    assert intervals.ratio_of_means(sample(1, 2, 3), sample(-1, 0, -2), P95) is None
    assert intervals.ratio_of_means(sample(1), sample(1, 2), P95) is None
    assert intervals.ratio_of_means(sample(3, 3), sample(4, 4, 4), P95) == (0.75, 0.75)


def test_the_score_interval_of_a_ratio_ends_where_its_score_is_the_quantile() -> None:
    """Miettinen and Nurminen: the rates that fit best under the ratio, found here by trying all of them."""
    a, n, b, m = 6, 40, 15, 50
    ends = intervals.ratio_of_rates((a, n), (b, m), P95)
    assert ends is not None
    for ratio in ends:
        rates = (k / 20_000 for k in range(1, 20_000) if k / 20_000 * ratio < 1)
        best = max(rates, key=lambda rate: _likely(a, n, b, m, rate, ratio))
        spread = (ratio * best * (1 - ratio * best) / n + ratio**2 * best * (1 - best) / m) * (n + m) / (n + m - 1)
        assert isclose(abs(a / n - ratio * b / m) / sqrt(spread), Z, rel_tol=1e-3)


def _likely(a: int, n: int, b: int, m: int, rate: float, ratio: float) -> float:
    from math import log

    own = rate * ratio
    return a * log(own) + (n - a) * log(1 - own) + b * log(rate) + (m - b) * log(1 - rate)


def test_rates_of_nobody_and_of_everybody_have_an_interval_too() -> None:
    assert intervals.ratio_of_rates((0, 20), (0, 30), P95) is None
    low, high = intervals.ratio_of_rates((0, 20), (10, 30), P95) or (1, 1)
    assert low == 0
    assert 0.2 < high < 0.8
    low, high = intervals.ratio_of_rates((10, 30), (0, 20), P95) or (1, 1)
    assert low > 1
    assert high == inf
    low, high = intervals.ratio_of_rates((20, 20), (30, 30), P95) or (0, 0)
    assert low < 1 < high


def test_the_exact_interval_of_a_rate() -> None:
    """Clopper and Pearson, as published in every table of them: 5 of 20, 0 of 10, 10 of 10."""
    low, high = intervals.rate(5, 20, P95)
    assert (round(low, 4), round(high, 4)) == (0.0866, 0.4910)
    assert [round(end, 4) for end in intervals.rate(0, 10, P95)] == [0, 0.3085]
    assert [round(end, 4) for end in intervals.rate(10, 10, P95)] == [0.6915, 1]


def test_the_slope_is_that_of_least_squares_with_whites_error() -> None:
    """Four points by hand: x 0 1 2 3, y 0 2 1 4, slope 1.1, residuals -0.1 0.8 -1.3 0.6, HC1."""
    xs, ys = [Fraction(x) for x in range(4)], [Fraction(y) for y in (0, 2, 1, 4)]
    low, high = intervals.slope(ys, xs, Fraction(11, 10), P95) or (0, 0)
    residuals = [-0.1, 0.8, -1.3, 0.6]
    error = sqrt(2 * sum(((x - 1.5) * e) ** 2 for x, e in zip(range(4), residuals, strict=True))) / 5
    assert isclose(high - 1.1, 4.302652729911275 * error, rel_tol=1e-9)
    assert isclose(1.1 - low, high - 1.1, rel_tol=1e-9)


def test_the_jackknife_of_gini_leaves_out_each_in_turn() -> None:
    from incentive_rules.auditing.samples import gini

    values = [1, 4, 4, 7, 20, 33]
    without = [float(gini(sample(*values[:i], *values[i + 1 :])) or 0) for i in range(6)]
    middle = sum(without) / 6
    error = sqrt(5 / 6 * sum((one - middle) ** 2 for one in without))
    all_of_them = float(gini(sample(*values)) or 0)
    low, high = intervals.of_gini(sample(*values), P95) or (0, 0)
    assert isclose(high, min(1.0, all_of_them + 2.570581835636314 * error), rel_tol=1e-9)
    assert isclose(low, max(0.0, all_of_them - 2.570581835636314 * error), rel_tol=1e-9)


def made_people(chance: random.Random, n: int, middle: float) -> list[str]:
    return [f"{chance.lognormvariate(0, 0.4) * middle:.2f}" for _ in range(n)]


@pytest.mark.parametrize("n, m", [(12, 25), (60, 90)])
def test_intervals_of_gaps_hold_the_truth_as_often_as_they_say(n: int, m: int) -> None:
    """400 companies made by chance, in which the true ratio of means and of medians is 0.8: 95% within three points."""
    chance = random.Random(f"{n} {m}")
    held = {"mean": 0, "median": 0}
    for _ in range(400):
        one, other = sample(*made_people(chance, n, 800)), sample(*made_people(chance, m, 1000))
        for name, ends in (
            ("mean", intervals.ratio_of_means(one, other, P95)),
            ("median", intervals.ratio_of_medians(one, other, P95)),
        ):
            held[name] += ends is not None and ends[0] <= 0.8 <= ends[1]
    assert 0.92 <= held["mean"] / 400 <= 0.98
    assert 0.92 <= held["median"] / 400 <= 0.99


@pytest.mark.parametrize("n, m", [(12, 25), (60, 90)])
def test_intervals_of_ratios_of_rates_hold_the_truth_as_often_as_they_say(n: int, m: int) -> None:
    chance = random.Random(f"rates {n} {m}")
    held = 0
    for _ in range(400):
        a, b = sum(chance.random() < 0.24 for _ in range(n)), sum(chance.random() < 0.3 for _ in range(m))
        ends = intervals.ratio_of_rates((a, n), (b, m), P95)
        held += ends is None or ends[0] <= 0.8 <= ends[1]
    assert 0.92 <= held / 400 <= 0.99
