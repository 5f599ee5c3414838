"""The referee: the slow, evidently right evaluator that every other engine is tested against.

Comes in: a checked scheme, and one person's values and detail rows, or a population. Goes out: a `Judgement` of each
person, with a full trace. It reads the scheme as the author wrote it: formulas as text, tables as rows, weighted means
as parts with weights; it never sees the terms or the plan that the other engines run.

    judgement = referee(checked, inputs, details)            # of one person, who needs nobody else
    everybody = PopulationReferee(checked, population)       # of people of one population, as they are asked for
    judgement = everybody.judge(7)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from threading import RLock

from ..base.numbers import EXACT
from ..base.places import Place
from ..lang.types import Kind
from ..model.checked import Checked, CheckedQuantity, Premise
from ..model.data import ExactPopulation
from ..model.levels import EVERYONE, PERSON, Level
from ..model.run import HonorOutcome, PoolOutcome
from ..model.scheme import Honor, Pool, Role
from ..model.terms import Constant
from ..model.trace import GivenValue, Judgement, Pooled, Trace, TraceLine, Violation
from .case import TAKEN, Participation, PopulationEvaluator
from .honors_and_grades import election_of
from .pools import decimals_of_unit, level_of, outcome_of
from .population import NO_FOCUS, Focus, PopulationRows, RowValues, exact_population_of_one
from .prepared import prepared
from .testimony import Effort, Testimony, TooMuch


def referee(
    checked: Checked, inputs: RowValues, details: Mapping[str, Sequence[RowValues]] | None = None,
    effort: Effort | None = None,
) -> Judgement:  # fmt: skip
    """Judges one person who needs nobody else: a population of one.

    A detail row that belongs to a row of another table has the columns of that table's `key`. `effort` counts what is
    evaluated.
    """
    population = exact_population_of_one(checked, inputs, details or {})
    return PopulationReferee(checked, population, effort=effort).judge(0)


class PopulationReferee:
    """Judges people of one population on demand; what was computed for one is reused for the next.

    Refused people are not in `population`. People out of scope get a judgement that says so, and count for nobody else.
    With `testimony`, values of people who are not judged come from the engine's run, and so does any value that would
    exceed `effort`.
    """

    def __init__(
        self, checked: Checked, population: ExactPopulation, *, testimony: Testimony | None = None,
        focus: Focus = NO_FOCUS, effort: Effort | None = None,
    ) -> None:  # fmt: skip
        self.checked, self.levels = checked, checked.levels
        self.rows = PopulationRows(checked.levels, population, focus)
        self.case = PopulationEvaluator(prepared(checked), self.rows, testimony, effort)
        self._one_at_a_time = RLock()  # threads may ask for people of one company at once

    def judge(self, person: int) -> Judgement:
        """Computes the quantities of one person, and only what they depend on.

        Only of a person in scope whose premises hold.
        """
        with self._one_at_a_time:
            return self._judgement(person)

    def _judgement(self, person: int) -> Judgement:
        standing = self.case.standing(person)
        reach = self._reach(person)
        broken = list(standing.broken)
        if standing.in_scope and not broken and not self.case.ranges_broken(person):
            first = self.checked.premises_first
            of_groups = [
                p
                for p in self.checked.premises
                if not self.levels.is_above(PERSON, p.level) or (first and p.of_group)
            ]
            for premise in (*standing.later, *of_groups):
                judged = [self._judged(premise, row) for row in reach[premise.level]]
                broken += [found for found in judged if found is not None]
            for quantity in self.checked.quantities if not broken else ():
                for row in reach[quantity.level]:
                    self.case.line(quantity, row)
        broken += self._broken(reach) if standing.in_scope else ()
        done = standing.in_scope and not broken
        lines = list(self._lines(reach)) if standing.in_scope else list(self._out_of_scope(standing))
        shown = lines if standing.in_scope else self._seen_from_outside(lines, reach)
        own = {line.name: line for line in lines if self.levels.is_above(line.level, PERSON)}
        values = {q.name: own[q.name].value for q in self.checked.quantities if q.name in own}
        return Judgement(
            in_scope=standing.in_scope,
            values=values,
            rows=self._row_values(reach, standing.in_scope),
            states={name: state for name, line in own.items() for state in self._state(line)},
            broken=tuple(broken),
            outside=tuple(self._outside(lines)) if done else (),
            trace=(*self._given(reach), *self._parameters(), *shown),
        )

    def _judged(self, premise: Premise, row: int) -> Violation | None:
        """The violation of a premise in one row; None if it holds or would exceed the effort."""
        try:
            return self.case.judge(premise, row, False)
        except TooMuch:
            return None

    def pools(self) -> tuple[PoolOutcome, ...]:
        """The outcome of each pool that is due."""
        with self._one_at_a_time:
            return tuple(pools_of(self.case))

    def honors(self) -> tuple[HonorOutcome, ...]:
        """Who was chosen in each group."""
        with self._one_at_a_time:
            return tuple(honors_of(self.case))

    # ── What a person rests on ───────────────────────────────────────────────────────────────────

    def _reach(self, person: int) -> dict[Level, Sequence[int]]:
        """The rows of each level that a person owns, belongs to, or meets as another owner of an own row.

        Rows that no person owns are met with their first owner. A group by which nobody is grouped has no rows.
        """
        levels, rows = self.levels, self.rows
        found: dict[Level, Sequence[int]] = {level: () for level in levels if level not in rows}
        open_ = [level for level in levels if level not in found]
        mine = [level for level in open_ if levels.is_above(PERSON, level)]
        found |= {level: rows.owned(PERSON, person, level) for level in mine}
        found |= {level: (rows.owner(PERSON, person, level),) for level in open_ if levels.is_above(level, PERSON)}
        for level in open_:
            below = [one for one in mine if levels.is_above(level, one)]
            if level not in found and levels[level].sort == "group":
                found[level] = tuple(sorted({rows.owner(one, row, level) for one in below for row in found[one]}))
        for level in open_:
            first = next(iter(levels[level].owners), EVERYONE)
            if level not in found:
                owners = found[first] if first != EVERYONE and self.case.testimony is None else ()
                found[level] = tuple(sorted(row for owner in owners for row in rows.owned(first, owner, level)))
        return found

    def _broken(self, reach: Mapping[Level, Sequence[int]]) -> Iterator[Violation]:
        for level, rows in reach.items():
            for row in rows:
                yield from self.case.broken.get((level, row), {}).values()

    def _lines(self, reach: Mapping[Level, Sequence[int]]) -> Iterator[TraceLine]:
        """The computed lines of these rows, in an order in which each reads only earlier ones."""
        known = [
            self.case.traces[quantity.name, row]
            for quantity in self.checked.quantities
            for row in reach[quantity.level]
            if (quantity.name, row) in self.case.traces
        ]
        return (line for _, line in sorted(known, key=lambda numbered: numbered[0]))

    def _out_of_scope(self, standing: Participation) -> Iterator[TraceLine]:
        """The lines of somebody out of scope: pay lines and results are 0, everything else is missing."""
        for quantity in self.checked.quantities:
            definition = quantity.definition
            if self.levels.is_above(quantity.level, PERSON):
                zero = definition.role in (Role.PAY, Role.RESULT)
                value: Constant = Fraction(0) if zero else None
                yield TraceLine(
                    quantity.name, value, None, definition.place, value, state="not_in_scope",
                    condition=standing.scope, level=quantity.level,
                )  # fmt: skip

    def _seen_from_outside(self, lines: Sequence[TraceLine], reach: Mapping[Level, Sequence[int]]) -> list[TraceLine]:
        """For somebody out of scope: the computed lines that decided it, then the remaining lines (0 or missing)."""
        decided = list(self._lines(reach))
        names = {line.name for line in decided}
        return [*decided, *(line for line in lines if line.name not in names)]

    def _state(self, line: TraceLine) -> tuple[str, ...]:
        """The state of a pay line or an entitlement of the person."""
        role = self.case.ready.quantities[line.name].definition.role
        if role not in (Role.PAY, Role.ENTITLEMENT) or line.level != PERSON:
            return ()
        if line.state == TAKEN:
            return ()
        if line.state != "computed":
            return (line.state,)
        portions = line.source.portions if isinstance(line.source, Pooled) else ()
        if portions and all(portion.state == "condition_not_met" for portion in portions):
            return ("condition_not_met",)
        return ("missing" if line.value is None else "paid",)

    def _row_values(
        self, reach: Mapping[Level, Sequence[int]], in_scope: bool
    ) -> dict[str, tuple[Mapping[str, Constant], ...]]:  # fmt: skip
        """The values of the person's detail rows, in the order of the data."""
        found: dict[str, tuple[Mapping[str, Constant], ...]] = {}
        for table in self.checked.scheme.details:
            level = (table.name,)
            if self.levels.is_above(PERSON, level):
                names = [q.name for q in self.checked.quantities if q.level == level] if in_scope else []
                found[table.name] = tuple(
                    {n: self.case.traces[n, row][1].value for n in names if (n, row) in self.case.traces}
                    for row in reach[level]
                )
        return found

    def _outside(self, lines: Iterable[TraceLine]) -> Iterator[str]:
        """The names of values that the checker proved impossible."""
        wrong = (line.name for line in lines if _impossible(self.case.ready.quantities[line.name], line.value))
        return iter(dict.fromkeys(wrong))

    # ── What was given ───────────────────────────────────────────────────────────────────────────

    def _given(self, reach: Mapping[Level, Sequence[int]]) -> Iterator[TraceLine]:
        scheme, levels = self.checked.scheme, self.levels
        for item in scheme.inputs:
            yield from self._brought(item.name, item.place, PERSON, reach[PERSON])
        for group in scheme.groups:
            if (group.key,) in levels:
                for item in group.inputs:
                    home = self.case.ready.homes[item.name]
                    yield from self._brought(item.name, item.place, home, reach[home])
        for table in scheme.details:
            for row in reach[table.name,]:
                for item in table.inputs:
                    yield from self._brought(item.name, item.place, (table.name,), (row,))

    def _brought(self, name: str, place: Place, level: Level, rows: Iterable[int]) -> Iterator[TraceLine]:
        for row in rows:
            value = self.rows.cell(level, row, name)
            details, number, key = self.rows.address(level, row)
            yield TraceLine(
                name, value, GivenValue("input"), place, value, details=details, row=number, level=level, key=key
            )  # fmt: skip

    def _parameters(self) -> Trace:
        constants = self.checked.constants
        return tuple(
            TraceLine(p.name, constants[p.name][0], GivenValue("parameter"), p.place, constants[p.name][0])
            for p in self.checked.scheme.parameters
            if p.name in constants
        )


def _impossible(quantity: CheckedQuantity, value: Constant) -> bool:
    facts = quantity.facts
    if value is None:
        return not facts.may_miss
    return isinstance(value, Fraction) and facts.type.kind is Kind.NUMBER and not facts.bounds.holds(value)


def pools_of(case: PopulationEvaluator) -> Iterator[PoolOutcome]:
    """Each pool of each group, in the order of the scheme and of the groups."""
    for quantity in case.ready.checked.quantities:
        body = quantity.definition.body
        if not isinstance(body, Pool) or not quantity.due:
            continue
        group, source = level_of(case, body.each), level_of(case, body.to) if body.to else PERSON
        unit = decimals_of_unit(case, quantity)
        for row in _rows(case, group):
            found = outcome_of(case, quantity, body, source, row)
            members = len(found.places)
            state = "paid" if found.state == "shared" else found.state
            paid = found.amount - found.remainder
            amount, given, left = (Decimal(n).scaleb(-unit, EXACT) for n in (found.amount, paid, found.remainder))
            yield PoolOutcome(quantity.name, case.rows.key(group, row), amount, given, left, members, state)


def honors_of(case: PopulationEvaluator) -> Iterator[HonorOutcome]:
    """Each honour of each group: the keys of those chosen, in the order of the data."""
    for quantity in case.ready.checked.quantities:
        body = quantity.definition.body
        if not isinstance(body, Honor) or not quantity.due:
            continue
        group = level_of(case, body.within)
        for row in _rows(case, group):
            election = election_of(case, quantity, body, group, row)
            chosen = [one for one in election.candidates.worth if election.is_chosen(one, body.ties)]
            keys = tuple(case.rows.key(PERSON, one) for one in sorted(chosen))
            places = int(election.wanted)
            empty = max(0, places - len(keys))
            name, key = quantity.name, case.rows.key(group, row)
            yield HonorOutcome(name, key, len(election.candidates), places, keys, empty)


def _rows(case: PopulationEvaluator, group: Level) -> Sequence[int]:
    return (0,) if group == EVERYONE else case.taking_part(group, EVERYONE, 0)
