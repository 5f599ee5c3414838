"""Curves of pay: what one indicator measured is taken through its values, and every point is computed by the engine.

Where the line changes between two points, these are brought together until no step lies between them; then the change
is a cliff, or one of very many small steps.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from ..base.numbers import Rounding, rounded
from ..lang.types import Bounds
from ..model.checked import CheckedQuantity
from ..model.curves import CurvePoint
from ..model.terms import Constant

PaidAt = Callable[[Fraction], tuple[Constant, Fraction] | None]  # the indicator's score, and the line
EXACT_STEP = Fraction(1, 10_000)  # of a value that is never rounded
FIRST, LOOKED_AT = 40, 60  # points over the whole range, and over the part in which something changes
DOUBLINGS = 7  # of the person's own value, either way: ranges may be far wider than what people do
MARGIN = Fraction(15, 100)  # of the part that is shown, on either side
MOST_CLIFFS = 24  # places where a change is looked for to the last step
MOST_TURNS = 6  # changes between two points that were looked at first


@frozen
class Taken:
    """What is taken through its values: its range, its least step, and where the person is."""

    bounds: Bounds
    step: Fraction
    here: Fraction


def measured_step(measured: CheckedQuantity) -> Fraction:
    """The least step in which what was measured is taken further."""
    return EXACT_STEP if measured.decimals is None else Fraction(1, 10**measured.decimals)


def points_of(taken: Taken, paid: PaidAt) -> tuple[CurvePoint, ...]:
    """The points of a curve in ascending order; none where nothing could be computed."""
    curve, here = _Curve(taken, paid), taken.here
    curve.look(FIRST, curve.low, curve.high)
    for n in range(1, DOUBLINGS + 1):
        curve.at(here * 2**n)
        curve.at(here / 2**n)
    curve.narrow()
    if curve.first > curve.last:
        return ()
    curve.look(LOOKED_AT, curve.first, curve.last)
    curve.close_in()
    shown = sorted(value for value in curve.found if curve.first <= value <= curve.last)
    return tuple(CurvePoint(value, point[1]) for value in shown if (point := curve.found[value]) is not None)


def _even(room: Fraction) -> Fraction:
    """The largest power of ten that is no more than this, so that a picture begins and ends with an even number."""
    even = Fraction(1)
    while even > room > 0:
        even /= 10
    while even * 10 <= room:
        even *= 10
    return even


class _Curve:
    """The values that were computed so far, and the part of the range that is worth showing."""

    def __init__(self, taken: Taken, paid: PaidAt) -> None:
        self.paid, self.here, self.step = paid, taken.here, taken.step
        bounds, here = taken.bounds, taken.here
        around = max(abs(here) * 4, Fraction(100) * self.step)
        self.low = bounds.low if bounds.low is not None else here - around
        self.high = bounds.high if bounds.high is not None else here + around
        self.found: dict[Fraction, tuple[Constant, Fraction] | None] = {here: paid(here)}
        self.first, self.last = self.low, self.high

    def on_grid(self, value: Fraction) -> Fraction:
        return rounded(value / self.step, 0, Rounding.HALF_UP) * self.step

    def at(self, value: Fraction) -> tuple[Constant, Fraction] | None:
        """What comes of a value on the grid; None outside the range."""
        value = self.on_grid(value)
        if not self.low <= value <= self.high:
            return None
        if value not in self.found:
            self.found[value] = self.paid(value)
        return self.found[value]

    def look(self, count: int, low: Fraction, high: Fraction) -> None:
        for n in range(count + 1):
            self.at(low + (high - low) * n / count)

    def known(self) -> list[tuple[Fraction, tuple[Constant, Fraction]]]:
        found = [(value, point) for value, point in self.found.items() if point is not None]
        return sorted(found, key=lambda one: one[0])

    def narrow(self) -> None:
        """Show the part in which the score or the line changes, with a margin, and where the person is."""
        known = self.known()
        pairs = list(pairwise(known))
        changes = [(one[0], other[0]) for one, other in pairs if one[1] != other[1]]
        if not known or not changes:
            self.first, self.last = (known[0][0], known[-1][0]) if known else (Fraction(1), Fraction(0))
            return
        begin = self._meets(*changes[0], first=True)
        end = self._meets(*changes[-1], first=False)
        room = (max(end, self.here) - min(begin, self.here)) * MARGIN
        even = _even(room)
        self.first = max(known[0][0], self.on_grid((min(begin, self.here) - room) // even * even))
        self.last = min(known[-1][0], self.on_grid(-((-max(end, self.here) - room) // even) * even))

    def _meets(self, low: Fraction, high: Fraction, first: bool) -> Fraction:
        """Where between two values the first change lies, or the last."""
        outer = self.found[low] if first else self.found[high]
        while high - low > self.step:
            middle = self.on_grid((low + high) / 2)
            if middle in (low, high):
                break
            same = self.at(middle) == outer
            if same is first:
                low = middle
            else:
                high = middle
        return low if first else high

    def close_in(self) -> None:
        """Bring together the values between which the line changes; where it changes twice, this shows the second."""
        for _ in range(MOST_TURNS):
            known = [(value, point) for value, point in self.known() if self.first <= value <= self.last]
            wide = [
                (one[0], other[0]) for one, other in pairwise(known)
                if one[1][1] != other[1][1] and other[0] - one[0] > self.step
            ]  # fmt: skip
            if not wide or len(wide) > MOST_CLIFFS:  # more are a slope
                return
            for low, high in wide:
                self._close(low, high)

    def _close(self, low: Fraction, high: Fraction) -> None:
        while high - low > self.step:
            middle = self.on_grid((low + high) / 2)
            point, one, other = self.at(middle), self.found[low], self.found[high]
            if middle in (low, high) or point is None or one is None or other is None:
                return
            if abs(point[1] - one[1]) >= abs(other[1] - point[1]):
                high = middle
            else:
                low = middle
