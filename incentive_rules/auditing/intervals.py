"""Intervals: how far a figure of these people may lie from that of all who could stand in their place.

Floats stand here and nowhere else; nothing that comes out of this file pays anybody. Everything is computed from sums
that no order of rows changes, and of ratios in units of the denominator, so that no currency does either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib.util import find_spec
from math import fsum, inf, sqrt

from ..base.errors import MissingExtra
from ..base.words import in_language
from .report import Interval
from .samples import Sample

INSTALL = "pip install 'incentive_rules[audit]'"


def need_scipy(language: str = "en") -> None:
    """`MissingExtra` where scipy is not installed."""
    if find_spec("scipy") is None:
        needed = in_language(language, "an audit needs scipy for its intervals: ", "审计要用 scipy 计算区间：")
        raise MissingExtra(needed + INSTALL, INSTALL)


def _both_sides(confidence: Fraction) -> float:
    return float((1 + confidence) / 2)


def _quantile(confidence: Fraction, freedom: float | None) -> float:
    """Of Student's distribution with so many degrees of freedom, or of the normal one."""
    from scipy import special

    side = _both_sides(confidence)
    return float(special.ndtri(side) if freedom is None else special.stdtrit(freedom, side))


def ratio_of_means(one: Sample, other: Sample, confidence: Fraction) -> Interval | None:
    """Of the mean of `one` over that of `other`: Fieller's, with the degrees of freedom of Welch and Satterthwaite."""
    if min(one.n, other.n) < 2 or other.mean <= 0:
        return None
    ratio, unit = one.mean / other.mean, other.mean**2
    above, below = one.variance / one.n / unit, other.variance / other.n / unit
    moved = ratio**2 * below
    if above + below == 0:
        return float(ratio), float(ratio)
    freedom = (above + moved) ** 2 / (above**2 / (one.n - 1) + moved**2 / (other.n - 1)) if above + moved else None
    return _fieller(float(ratio), float(above), float(below), _quantile(confidence, _float(freedom)))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def ratio_of_medians(one: Sample, other: Sample, confidence: Fraction) -> Interval | None:
    """Of the median of `one` over that of `other`: Fieller's, with the variances of Price and Bonett (2001)."""
    if min(one.n, other.n) < 2 or other.median <= 0:
        return None
    unit = float(other.median)
    above, below = (_variance_of_median(sample, unit) for sample in (one, other))
    return _fieller(float(one.median / other.median), above, below, _quantile(confidence, None))


def _variance_of_median(sample: Sample, unit: float) -> float:
    """In units of `unit`: from how far apart the values lie that enclose the median with a known probability."""
    from scipy import special

    place = max(1, round((sample.n + 1) / 2 - sqrt(sample.n)))
    apart = (sample.units[-place] - sample.units[place - 1]) * sample.step
    outside = float(special.bdtr(place - 1, sample.n, 0.5))
    return (float(apart) / unit / (2 * float(special.ndtri(1 - outside)))) ** 2


def ratio_of_sums(
    numerator: Fraction, above: Fraction, denominator: Fraction, below: Fraction, confidence: Fraction
) -> Interval | None:
    """Of two independent sums with these variances: Fieller's, by the normal distribution."""
    if denominator <= 0:
        return None
    unit = denominator**2
    return _fieller(
        float(numerator / denominator), float(above / unit), float(below / unit), _quantile(confidence, None)
    )


def _fieller(ratio: float, above: float, below: float, quantile: float) -> Interval | None:
    """Fieller (1954), in units of the denominator; None where the denominator may be 0, and no bounded one exists."""
    leading = 1 - quantile**2 * below
    if leading <= 0:
        return None
    inside = max(0.0, ratio**2 - leading * (ratio**2 - quantile**2 * above))
    return (ratio - sqrt(inside)) / leading, (ratio + sqrt(inside)) / leading


def ratio_of_rates(one: tuple[int, int], other: tuple[int, int], confidence: Fraction) -> Interval | None:
    """Of two rates, each `(how many, of so many)`: the score interval of Miettinen and Nurminen (1985).

    It holds where a rate is 0 or 1, too; None where both are 0. The upper end may be infinite.
    """
    (a, n), (b, m) = one, other
    if a == b == 0 or n == 0 or m == 0:
        return None
    quantile = _quantile(confidence, None)

    def beyond(ratio: float) -> float:
        """Of a true ratio, how far the rates that were seen lie from it, less what chance allows."""
        lead, middle = (n + m) * ratio, n * ratio + a + m + b * ratio
        rate = (middle - sqrt(max(0.0, middle**2 - 4 * lead * (a + b)))) / (2 * lead)
        spread = ratio * rate * (1 - ratio * rate) / n + ratio**2 * rate * (1 - rate) / m
        spread *= (n + m) / (n + m - 1)
        return abs(a / n - ratio * b / m) - quantile * sqrt(max(0.0, spread))

    seen = (a / n) / (b / m) if b else inf
    low = 0.0 if a == 0 else _crossing(beyond, seen if b else 1e12, 1e-12)
    high = inf if b == 0 else _crossing(beyond, seen if a else 1e-12, 1e12)
    return low, high


def _crossing(beyond: Callable[[float], float], inside: float, outside: float) -> float:
    """Where the values that chance allows end, between one that it does and one that it does not; by halving."""
    if beyond(outside) <= 0:
        return outside
    for _ in range(64):
        middle = sqrt(inside * outside)
        if beyond(middle) <= 0:
            inside = middle
        else:
            outside = middle
    return inside


def rate(count: int, of: int, confidence: Fraction) -> Interval:
    """Of a rate: the exact one of Clopper and Pearson (1934)."""
    from scipy import special

    side = 1 - _both_sides(confidence)
    low = 0.0 if count == 0 else float(special.betaincinv(count, of - count + 1, side))
    high = 1.0 if count == of else float(special.betaincinv(count + 1, of - count, 1 - side))
    return low, high


def mean_of_shares(shares: Sequence[Fraction], confidence: Fraction) -> Interval:
    """Of the mean of one share for each person: Student's; where all have the same one, as that of a rate."""
    n = len(shares)
    mean = sum(shares, Fraction(0)) / n
    variance = sum(((share - mean) ** 2 for share in shares), Fraction(0)) / (n - 1) if n > 1 else Fraction(0)
    if variance == 0:
        return rate(round(mean * n), n, confidence)
    half = _quantile(confidence, n - 1) * sqrt(variance / n)
    return max(0.0, float(mean) - half), min(1.0, float(mean) + half)


def of_gini(sample: Sample, confidence: Fraction) -> Interval | None:
    """The jackknife: what becomes of it without each of the people in turn."""
    n, total = sample.n, sample.total
    if n < 3 or total <= 0:
        return None
    weighted = sum(i * unit for i, unit in enumerate(sample.units, 1))
    above, without = total, []
    for i, unit in enumerate(sample.units, 1):
        above -= unit
        rest = total - unit
        if rest <= 0:
            return None
        without.append(float(Fraction(2 * (weighted - i * unit - above) - n * rest, (n - 1) * rest)))
    middle = fsum(without) / n
    half = _quantile(confidence, n - 1) * sqrt((n - 1) / n * fsum((one - middle) ** 2 for one in without))
    all_of_them = float(Fraction(2 * weighted - (n + 1) * total, n * total))
    return max(0.0, all_of_them - half), min(1.0, all_of_them + half)


def slope(ys: Sequence[Fraction], xs: Sequence[Fraction], value: Fraction, confidence: Fraction) -> Interval | None:
    """Of the slope `value` of y on x, whatever the spread at each x: White's standard error, by n - 2 (HC1)."""
    n = len(xs)
    if n < 3:
        return None
    x_mean, y_mean = sum(xs, Fraction(0)) / n, sum(ys, Fraction(0)) / n
    dx = [float(x - x_mean) for x in xs]
    off = [float(y - y_mean - value * (x - x_mean)) for x, y in zip(xs, ys, strict=True)]
    spread = fsum(d * d for d in dx)
    error = sqrt(n / (n - 2) * fsum((d * e) ** 2 for d, e in zip(dx, off, strict=True))) / spread
    half = _quantile(confidence, n - 2) * error
    return float(value) - half, float(value) + half
