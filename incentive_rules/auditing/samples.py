"""Exact statistics of several people's values: sums, means, medians, quarters. No order of rows plays a part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from attrs import field, frozen

_MOST_STEPS = 10**40  # a common denominator beyond it would make every sum slow


@frozen
class Steps:
    """Numbers as whole steps: each value is `units` times `step`."""

    units: Sequence[int | None] = field(repr=False)
    step: Fraction


def in_steps(values: Sequence[Fraction | None]) -> Steps | None:
    """The values as whole steps of one size; None where no common one is small enough."""
    below = 1
    for denominator in {value.denominator for value in values if value is not None}:
        below = lcm(below, denominator)
        if below > _MOST_STEPS:
            return None
    return Steps([None if v is None else v.numerator * (below // v.denominator) for v in values], Fraction(1, below))


@frozen
class Sample:
    """Values of several people, in ascending steps of `step`, with their sum and the sum of their squares."""

    units: Sequence[int] = field(repr=False)
    step: Fraction
    total: int
    squares: int

    @property
    def n(self) -> int:
        return len(self.units)

    @property
    def mean(self) -> Fraction:
        return Fraction(self.total, self.n) * self.step

    @property
    def median(self) -> Fraction:
        """The value in the middle, or the mean of the two that are."""
        low, high = self.units[(self.n - 1) // 2], self.units[self.n // 2]
        return Fraction(low + high, 2) * self.step

    @property
    def variance(self) -> Fraction:
        """That of a sample, by n - 1; 0 of one value."""
        if self.n < 2:
            return Fraction(0)
        return Fraction(self.n * self.squares - self.total**2, self.n * (self.n - 1)) * self.step**2

    @property
    def least(self) -> Fraction:
        return self.units[0] * self.step

    @property
    def greatest(self) -> Fraction:
        return self.units[-1] * self.step

    @property
    def above_zero(self) -> int:
        return sum(unit > 0 for unit in self.units)


def sample_of(units: Iterable[int], step: Fraction) -> Sample:
    kept = sorted(units)
    return Sample(kept, step, sum(kept), sum(unit * unit for unit in kept))


def quarters(groups: Mapping[str, Sample]) -> Mapping[str, tuple[Fraction, ...]]:
    """The share that each group has in each quarter of all people, from the lowest to the highest paid.

    Whoever is paid the same as others on the line between two quarters stands in both, in the same parts as they.
    """
    everyone = Counter[int]()
    for sample in groups.values():
        everyone.update(sample.units)
    size = sum(everyone.values())  # in quarters of a person, that of each quarter
    in_one: dict[int, int] = {}  # the quarter in which all with this value stand
    in_several: dict[int, tuple[Fraction, ...]] = {}
    start = 0
    for unit in sorted(everyone):
        end = start + 4 * everyone[unit]
        if start // size == (end - 1) // size:
            in_one[unit] = start // size
        else:
            ends = ((max(start, size * k), min(end, size * (k + 1))) for k in range(4))
            in_several[unit] = tuple(Fraction(max(0, b - a), 4 * everyone[unit]) for a, b in ends)
        start = end
    return {name: _in_quarters(sample, in_one, in_several, Fraction(size, 4)) for name, sample in groups.items()}


def _in_quarters(
    sample: Sample, in_one: Mapping[int, int], in_several: Mapping[int, tuple[Fraction, ...]], size: Fraction
) -> tuple[Fraction, ...]:
    """The share that these people have in each quarter of `size` people."""
    found = [Fraction(0)] * 4
    whole = Counter[int]()
    for unit, count in Counter(sample.units).items():
        if unit in in_one:
            whole[in_one[unit]] += count
        else:
            found = [one + count * part for one, part in zip(found, in_several[unit], strict=True)]
    return tuple((one + whole[k]) / size for k, one in enumerate(found))


def gini(sample: Sample) -> Fraction | None:
    """0 where all have the same, towards 1 where one has everything; None of amounts below 0, or of nothing at all."""
    if sample.total <= 0 or sample.units[0] < 0:
        return None
    weighted = sum((2 * i - sample.n - 1) * unit for i, unit in enumerate(sample.units, 1))
    return Fraction(weighted, sample.n * sample.total)
