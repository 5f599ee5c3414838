"""Aggregates over the members of a `repeat` family, or the parts of a group: spelled out, one value for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from ..model.plan import Atom, Lit
from .cells import CellBuilder
from .choices import MISSING_NUMBER, aligned, choose, compare
from .means import added_up, flags_counted, or_zero
from .plan_builder import FALSE, TRUE, ZERO
from .rationals import Lowered, Rational, TextOrFlag, constant_rational, divide, reduced, whole_rational


@frozen
class CountingMembers:
    """The values of the members, each with the flag whether it is `included`: left out or missing ones are not.

    A value is None where members are counted. `most` is how many values are the best.
    """

    values: tuple[Lowered | None, ...]
    included: tuple[Atom | None, ...]
    most: Atom

    @property
    def numbers(self) -> list[Rational]:
        """The values of an aggregate of numbers, known where they are included."""
        pairs = zip(self.values, self.included, strict=True)
        return [evolve(v, known=flag) for v, flag in pairs if isinstance(v, Rational)]


def counting_members(
    cells: CellBuilder, values: Sequence[Lowered | None], wheres: Sequence[Atom | None], most: Atom
) -> CountingMembers:
    """The values of the members where their condition holds."""
    included = [cells.all_of(w, None if v is None else v.known) for v, w in zip(values, wheres, strict=True)]
    return CountingMembers(tuple(values), tuple(included), most)


def counted_members(cells: CellBuilder, members: CountingMembers) -> Rational:
    """How many members there are, or how many of which the condition holds."""
    held = [
        cells.all_of(flag, v.atom) if isinstance(v, TextOrFlag) else flag
        for v, flag in zip(members.values, members.included, strict=True)
    ]
    return whole_rational(cells, flags_counted(cells, held))


def share_of_members(cells: CellBuilder, members: CountingMembers) -> Rational:
    """How many members there are of which the condition holds, by how many there are."""
    total, count = counted_members(cells, members), flags_counted(cells, members.included)
    return divide(cells, total, whole_rational(cells, count), missing_at_zero=True)


def sum_of_members(cells: CellBuilder, members: CountingMembers) -> Rational:
    """The values added up."""
    return added_up(cells, [or_zero(cells, n) for n in members.numbers])


def mean_of_members(cells: CellBuilder, members: CountingMembers) -> Rational:
    """The values added up, by how many there are: no less than the least of them, no more than the largest."""
    numbers, total = members.numbers, sum_of_members(cells, members)
    number = whole_rational(cells, flags_counted(cells, members.included))
    result = divide(cells, total, number, missing_at_zero=True)
    low = min([Fraction(0)] * (result.known is not None) + [n.low for n in numbers])
    high = max([Fraction(0)] * (result.known is not None) + [n.high for n in numbers])
    return reduced(cells, evolve(result, low=max(low, result.low), high=min(high, result.high)))


def least_of_members(cells: CellBuilder, members: CountingMembers) -> Rational:
    """The least of the values."""
    return _extreme(cells, False, members.numbers)


def largest_of_members(cells: CellBuilder, members: CountingMembers) -> Rational:
    """The largest of the values."""
    return _extreme(cells, True, members.numbers)


def _extreme(cells: CellBuilder, largest: bool, numbers: Sequence[Rational]) -> Rational:
    best: Lowered = MISSING_NUMBER
    for number in numbers:
        assert isinstance(best, Rational)
        here, so_far = number.known or TRUE, best.known or TRUE
        plain, plain_best = evolve(number, known=None), evolve(best, known=None)
        better = compare(cells, "<", plain_best, plain) if largest else compare(cells, "<", plain, plain_best)
        take = cells.both(here, cells.either(cells.negation(so_far), better))
        known = cells.either(here, so_far)
        best = choose(cells, take, plain, evolve(plain_best) if best.known != FALSE else best)
        best = evolve(best, known=None if known == TRUE else known)
    assert isinstance(best, Rational)
    return best


def best_of_members(cells: CellBuilder, members: CountingMembers) -> Rational:
    """The sum of the `most` largest known numbers, sorted by comparing fixed pairs; missing ones count least."""
    numbers, most = members.numbers, members.most
    if any(number.factors for number in numbers):
        return _best_by_pairs(cells, numbers, most)
    alike = aligned(cells, numbers)
    least = Lit(min(cells.span(number.top)[0] for number in alike))
    tops = [n.top if n.known is None else cells.pick(n.known, n.top, least) for n in alike]
    for i, j in sorting_pairs(len(tops)):
        tops[i], tops[j] = cells.extreme(True, tops[i], tops[j]), cells.extreme(False, tops[i], tops[j])
    known = flags_counted(cells, [number.known for number in numbers])
    counted = known if isinstance(most, Lit) else cells.extreme(False, known, most)
    total: Atom = ZERO
    for i, top in enumerate(tops[: cells.span(most)[1]]):
        total = cells.add(total, cells.pick(cells.compare("<", Lit(i), counted), top, ZERO))
    found = divide(cells, whole_rational(cells, total), constant_rational(Fraction(alike[0].constant)))
    taken = cells.compare("<", ZERO, most) if isinstance(most, Lit) else None
    return evolve(found, known=cells.all_of(cells.compare("<", ZERO, counted), taken))


def sorting_pairs(size: int) -> Iterator[tuple[int, int]]:
    """Pairs of places to put in order one after the other, so that any row is sorted (Batcher; Knuth 5.2.2 M)."""
    top = 1 << (size - 1).bit_length() >> 1
    step = top
    while step:
        width, rest, apart = top, 0, step
        while True:
            yield from ((i, i + apart) for i in range(size - apart) if i & step == rest)
            if width == step:
                break
            width, rest, apart = width // 2, step, width - step
        step //= 2


def _best_by_pairs(cells: CellBuilder, numbers: Sequence[Rational], most: Atom) -> Rational:
    """The sum of the `most` largest of exact quotients, which share no denominator.

    A quotient counts where fewer than `most` others are before it.
    """
    terms: list[Rational] = []
    for i, number in enumerate(numbers):
        before = []
        for j, other in enumerate(numbers):
            if i != j:
                operator = "<=" if j < i else "<"
                ahead = compare(cells, operator, evolve(number, known=None), evolve(other, known=None))
                before.append(cells.both(other.known or TRUE, ahead))
        among = cells.compare("<", flags_counted(cells, before), most)
        terms.append(or_zero(cells, evolve(number, known=cells.all_of(number.known, among))))
    some: Atom = FALSE
    for number in numbers:
        some = cells.either(some, number.known or TRUE)
    return evolve(added_up(cells, terms), known=cells.all_of(some, cells.compare("<", ZERO, most)))
