"""`served(first, last)`: the share of the period that somebody was there, spelled out in comparisons of days."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from ...base.places import Place
from ...lang.types import BOOLEAN, DATE, PLAIN, WHOLE, Bounds, Facts
from ...model import terms as t

ZERO, ONE = Fraction(0), Fraction(1)


def served_term(first: t.Term, last: t.Term, method: str, days: tuple[date, date], place: Place) -> t.Term:
    """The share of the period `days`, both ends inside, that lies from `first` to `last`, both included; 0 to 1.

    By `calendar_days`, or by the months of the period: `full_months` lie wholly inside, `started_months` in
    part, of `majority_months` at least half the days do.
    """
    return _Serving(first, last, place).share(method, *days)


class _Serving:
    def __init__(self, first: t.Term, last: t.Term, place: Place) -> None:
        self.first = first
        self.last = last
        self.place = place
        self.may_miss = first.facts.may_miss or last.facts.may_miss

    def share(self, method: str, start: date, end: date) -> t.Term:
        if method == "calendar_days":
            return self._part(self._days(start, end), (end - start).days + 1)
        months = months_between(start, end)
        found: t.Term | None = None
        for month in months:
            counted = self._counted(method, *month)
            found = counted if found is None else self._sum(found, counted, len(months))
        assert found is not None
        return self._part(found, len(months))

    def _facts(self, low: Fraction, high: Fraction) -> Facts:
        return Facts(WHOLE, self.may_miss, Bounds(low, high))

    def _part(self, found: t.Term, whole: int) -> t.Term:
        facts = Facts(PLAIN, self.may_miss, Bounds(ZERO, ONE))
        return t.Quotient(facts=facts, place=self.place, left=found, right=self._number(whole))

    def _number(self, value: int) -> t.Fixed:
        exact = Fraction(value)
        return t.Fixed(facts=Facts(WHOLE, bounds=Bounds(exact, exact)), place=self.place, value=exact)

    def _day(self, day: date) -> t.Fixed:
        exact = Fraction(day.toordinal())
        return t.Fixed(facts=Facts(DATE, bounds=Bounds(exact, exact)), place=self.place, value=exact)

    def _sum(self, left: t.Term, right: t.Term, most: int) -> t.Term:
        return t.Sum(facts=self._facts(ZERO, Fraction(most)), place=self.place, left=left, right=right)

    def _days(self, start: date, end: date) -> t.Term:
        """The days from `first` to `last` that lie within `start` to `end`, both included; 0 where there are none."""
        here, there = Fraction(start.toordinal()), Fraction(end.toordinal())
        inside = Facts(DATE, self.may_miss, Bounds(here, None))
        begin = t.Extreme(facts=inside, place=self.place, largest=True, operands=(self.first, self._day(start)))
        until = Facts(DATE, self.may_miss, Bounds(None, there))
        stop = t.Extreme(facts=until, place=self.place, largest=False, operands=(self.last, self._day(end)))
        length = there - here + 1
        open_ = Facts(WHOLE, self.may_miss, Bounds(None, length - 1))
        between = t.Sum(facts=open_, place=self.place, left=stop, right=begin, minus=True)
        facts = Facts(WHOLE, self.may_miss, Bounds(None, length))
        both = t.Sum(facts=facts, place=self.place, left=between, right=self._number(1))
        return t.Extreme(
            facts=self._facts(ZERO, length), place=self.place, largest=True, operands=(both, self._number(0))
        )

    def _counted(self, method: str, start: date, end: date) -> t.Term:
        """1 where the month counts, else 0."""
        if method == "majority_months":
            days = self._days(start, end)
            twice = t.Product(
                facts=self._facts(ZERO, Fraction(2 * ((end - start).days + 1))), place=self.place, left=days,
                right=self._number(2),
            )  # fmt: skip
            return self._where((self._compared(twice, ">=", self._number((end - start).days + 1)),))
        one, other = (start, end) if method == "full_months" else (end, start)
        before = self._compared(self.first, "<=", self._day(one))
        after = self._compared(self.last, ">=", self._day(other))
        ordered = self._compared(self.first, "<=", self.last)
        return self._where((before, after, ordered))

    def _compared(self, left: t.Term, operator: str, right: t.Term) -> t.Term:
        return t.Compared(facts=Facts(BOOLEAN), place=self.place, operator=operator, left=left, right=right)

    def _where(self, conditions: tuple[t.Term, ...]) -> t.Term:
        """1 where all hold; missing where a day is."""
        held: t.Term = conditions[0] if len(conditions) == 1 else t.Every(
            facts=Facts(BOOLEAN), place=self.place, operands=conditions, chain=True)  # fmt: skip
        found: t.Term = t.Choice(
            facts=Facts(WHOLE, bounds=Bounds(ZERO, ONE)), place=self.place, condition=held, then=self._number(1),
            otherwise=self._number(0),
        )  # fmt: skip
        loose = [x for x in (self.first, self.last) if x.facts.may_miss]
        for term in loose:
            known = t.IsKnown(facts=Facts(BOOLEAN), place=self.place, operand=term)
            gone = t.Fixed(facts=Facts(PLAIN, True, Bounds(ZERO, ZERO)), place=self.place, value=None)
            facts = self._facts(ZERO, ONE)
            found = t.Choice(facts=facts, place=self.place, condition=known, then=found, otherwise=gone)
        return found


def months_between(start: date, end: date) -> list[tuple[date, date]]:
    """The months that a period is made of, each from the day of the month on which the period starts.

    >>> [str(first) for first, _ in months_between(date(2026, 4, 6), date(2026, 7, 5))]
    ['2026-04-06', '2026-05-06', '2026-06-06']
    """
    found = []
    first = start
    while first <= end:
        following = date(first.year + first.month // 12, first.month % 12 + 1, start.day)
        found.append((first, min(following - timedelta(days=1), end)))
        first = following
    return found
