"""How one line of pay changes as what one indicator measures does, for one person: every point computed."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from attrs import frozen

MANY, MUCH = 8, 5  # changes of one curve; as many times as large as most


@frozen
class CurvePoint:
    """What was measured, and what the line then pays."""

    value: Fraction
    amount: Fraction


@frozen
class PayCurve:
    """The points of one indicator in ascending order; `here` is where the person is, `step` the least step of a value.

    Two neighbouring points that are one `step` apart and pay differently are a cliff. Between points that pay alike and
    those that do not, nothing was computed and nothing is said.
    """

    indicator: str
    title: str
    weight: str  # as it is written; "" where it is a formula
    better: str  # higher | lower | ...
    points: tuple[CurvePoint, ...]
    here: CurvePoint
    step: Fraction

    @property
    def cliffs(self) -> tuple[tuple[CurvePoint, CurvePoint], ...]:
        """Neighbours one step apart between which pay changes, each with the one before it.

        Of a slope, which changes at very many steps and stays on few, only those are cliffs at which it changes much
        more than at most of them.
        """
        changes = [
            (one, other) for one, other in pairwise(self.points)
            if other.value - one.value <= self.step and one.amount != other.amount
        ]  # fmt: skip
        flat = sum((last.value - first.value for first, last in self.plateaus), Fraction(0))
        if len(changes) <= MANY or 2 * flat >= self.points[-1].value - self.points[0].value:
            return tuple(changes)
        sizes = sorted(abs(other.amount - one.amount) for one, other in changes)
        usual = sizes[len(sizes) // 2]
        return tuple((one, other) for one, other in changes if abs(other.amount - one.amount) > MUCH * usual)

    @property
    def plateaus(self) -> tuple[tuple[CurvePoint, CurvePoint], ...]:
        """Stretches of points that all pay the same: the first and the last of each."""
        found: list[tuple[CurvePoint, CurvePoint]] = []
        for point in self.points:
            if found and found[-1][1].amount == point.amount:
                found[-1] = (found[-1][0], point)
            else:
                found.append((point, point))
        return tuple(one for one in found if one[0] != one[1])


@frozen
class PayCurves:
    """The curves of one line for one typical person; of a scheme without indicators or pay, of its result.

    `of_facts`: facts are taken through their values, and not what indicators measure. `decimals` are those of the line.
    """

    line: str
    title: str
    who: tuple[tuple[str, str], ...]  # some of the person's values, by their names
    curves: tuple[PayCurve, ...]
    of_facts: bool = False
    decimals: int = 2
