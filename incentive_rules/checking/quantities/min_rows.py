"""`min_rows`: an indicator that has too few rows of details is missing, whatever its formula makes of them.

The rows that count for an aggregate are those where its `where` holds and whose value is known. A formula is
judged as it is worked out: of a choice only the branch that is taken, of `coalesce` only what comes before the
first known value, of `and` and `or` only what comes before the operand that settles them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import evolve

from ...base.places import Place
from ...lang.types import BOOLEAN, WHOLE, Bounds, Facts
from ...model import terms as t
from ...model.levels import Levels

FLAG = Facts(BOOLEAN)


def over_details(term: t.Term, levels: Levels) -> bool:
    """Whether a term is an aggregate that runs over rows of details."""
    return isinstance(term, t.Aggregate) and levels[term.source].sort == "details"


def missing_below(term: t.Term, least: int, levels: Levels, place: Place) -> t.Term:
    """The term, missing where an aggregate in it that is worked out has fewer than `least` rows that count."""
    enough = _Enough(least, levels, place).of(term)
    if enough is None:
        return term
    facts = evolve(term.facts, may_miss=True)
    gone = t.Fixed(facts=facts, place=place, value=None)
    return t.Choice(facts=facts, place=place, condition=enough, then=term, otherwise=gone)


class _Enough:
    """The condition that a term has enough rows; None for one that always holds."""

    def __init__(self, least: int, levels: Levels, place: Place) -> None:
        self.least = Fraction(least)
        self.levels = levels
        self.place = place
        self._done: dict[int, tuple[t.Term, t.Term | None]] = {}  # the term is held, so that its id stays its own

    def of(self, term: t.Term) -> t.Term | None:
        if id(term) not in self._done:
            self._done[id(term)] = (term, self._of(term))
        return self._done[id(term)][1]

    def _of(self, term: t.Term) -> t.Term | None:
        match term:
            case t.Aggregate():
                own = self._has_rows(term) if over_details(term, self.levels) else None
                return self._all(own, *map(self.of, t.counted_to(term)))
            case t.Choice(condition=condition, then=yes, otherwise=no):
                return self._all(self.of(condition), self._branch(condition, self.of(yes), self.of(no)))
            case t.FirstKnown(operands=xs):
                return self._in_turn(xs, lambda x: t.IsKnown(facts=FLAG, place=self.place, operand=x))
            case t.Every(operands=xs, chain=False):
                return self._in_turn(xs, lambda x: t.IsNot(facts=FLAG, place=self.place, operand=x))
            case t.Some(operands=xs):
                return self._in_turn(xs, lambda x: x)
        return self._all(*(self.of(x) for x in t.operands(term)))

    def _has_rows(self, term: t.Aggregate) -> t.Term:
        value: t.Term | None = None
        if term.value is not None and term.value.facts.may_miss:
            value = t.IsKnown(facts=FLAG, place=term.place, operand=term.value)
        count = t.Aggregate(
            facts=Facts(WHOLE, bounds=Bounds(Fraction(0))), place=term.place, function="count", source=term.source,
            level=term.level, value=value, where=term.where,
        )  # fmt: skip
        least = t.Fixed(facts=Facts(WHOLE, bounds=Bounds(self.least, self.least)), place=self.place, value=self.least)
        return t.Compared(facts=FLAG, place=self.place, operator=">=", left=count, right=least)

    def _branch(self, condition: t.Term, yes: t.Term | None, no: t.Term | None) -> t.Term | None:
        if yes is None and no is None:
            return None
        always = t.Fixed(facts=FLAG, place=self.place, value=True)
        return t.Choice(facts=FLAG, place=self.place, condition=condition, then=yes or always, otherwise=no or always)

    def _in_turn(self, operands: Sequence[t.Term], settled: Callable[[t.Term], t.Term]) -> t.Term | None:
        """Each operand has enough rows, up to the first by which all is settled."""
        rest: t.Term | None = None
        for one in reversed(operands):
            if rest is not None:
                rest = t.Some(facts=FLAG, place=self.place, operands=(settled(one), rest))
            rest = self._all(self.of(one), rest)
        return rest

    def _all(self, *conditions: t.Term | None) -> t.Term | None:
        found = tuple(one for one in conditions if one is not None)
        if len(found) < 2:
            return found[0] if found else None
        return t.Every(facts=FLAG, place=self.place, operands=found)
