"""What terms mean over a population, on Fractions: the slow and evident reading that plans are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked
from incentive_rules.model.data import Population
from incentive_rules.model.levels import EVERYONE, PERSON, Level
from tests.compiling.meaning import Person, Value, aggregated

At = tuple[Level, int]  # a row: its level and number


class People(Person):
    """Everybody's values: each quantity of every row of its level, in order."""

    def __init__(self, checked: Checked, population: Population) -> None:
        self.levels = checked.levels
        self.tables = population.tables
        self.inputs = set(checked.inputs)
        self.table_of = {one.name: one.level for one in (*checked.inputs.values(), *checked.quantities)}
        self.known: dict[At, dict[str, Value]] = {
            (level, number): dict(row) for level, table in self.tables.items() for number, row in enumerate(table.rows)
        }  # type: ignore[misc]
        self.here: At = (EVERYONE, 0)
        for quantity in checked.quantities:
            for number in self.numbers(quantity.level):
                self.here = (quantity.level, number)
                self.known[self.here][quantity.name] = self.of(quantity, {})

    def numbers(self, level: Level) -> range:
        return range(len(self.tables[level].rows))

    def up(self, row: At, coarse: Level) -> int:
        level, number = row
        for below, above in zip(self.levels.way(level, coarse), self.levels.way(level, coarse)[1:], strict=False):
            number = 0 if above == EVERYONE else self.tables[below].owners[above][number]
        return number

    def value_at(self, term: t.Term, row: At) -> Value:
        before, self.here = self.here, row
        found = self.value(term, {})
        self.here = before
        return found

    def value(self, term: t.Term, row: Mapping[str, Value]) -> Value:  # type: ignore[override]
        match term:
            case t.Read(name=name):
                level = self.table_of[name]
                return self.known[level, self.up(self.here, level)][name]
            case t.Aggregate():
                return self._aggregate(term)
            case t.Ranked():
                return self._ranked(term)
            case t.Running():
                return self._running(term)
            case t.Shared():
                return self._shared(term)
        return super().value(term, {})

    def rows(self, source: Level, group: Level, where: t.Term | None) -> list[At]:
        own = self.up(self.here, group)
        found = [(source, n) for n in self.numbers(source) if self.up((source, n), group) == own]
        return [one for one in found if where is None or self.value_at(where, one)]

    def own(self, source: Level) -> At:
        return source, self.up(self.here, source)

    def _aggregate(self, term: t.Aggregate) -> Value:
        rows = self.rows(term.source, term.level, term.where)
        if term.others:
            rows = [row for row in rows if row != self.own(term.source)]
        values = [True if term.value is None else self.value_at(term.value, row) for row in rows]
        known = [v for v in values if v is not None]
        numbers = [v for v in known if isinstance(v, Fraction)]
        match term.function:
            case "latest":
                pairs = [(row, v) for row, v in zip(rows, values, strict=True) if v is not None]
                return max(pairs, key=lambda pair: self._order(term.order, pair[0]))[1] if pairs else None
            case "percentile":
                return percentile(sorted(numbers), term.fraction, term.method) if numbers else None
            case "variance":
                if not numbers:
                    return None
                middle = sum(numbers, Fraction(0)) / len(numbers)
                return sum(((n - middle) ** 2 for n in numbers), Fraction(0)) / len(numbers)
        return aggregated(term.function, values, self._most(term))

    def _most(self, term: t.Aggregate) -> int:
        if isinstance(term.most, int):
            return term.most
        count = self.value_at(term.most, self.own(term.level))
        assert isinstance(count, Fraction)
        return int(count)

    def _order(self, order: tuple[t.Term, ...], row: At) -> tuple[Value, ...]:
        return tuple(self.value_at(one, row) for one in order)

    def _ranked(self, term: t.Ranked) -> Value:
        keys = {}
        for row in self.rows(term.source, term.group, term.where):
            values = [(self.value_at(key, row), descending) for key, descending in term.keys]
            if all(isinstance(v, Fraction) for v, _ in values):
                keys[row] = tuple(-v if descending else v for v, descending in values)  # type: ignore[operator]
        mine = keys.get(self.own(term.source))
        if mine is None:
            return None
        before = [one for one in keys.values() if one < mine]
        if term.ties == "modified":
            return Fraction(len(before) + sum(one == mine for one in keys.values()))
        return Fraction(1 + len(set(before) if term.ties == "dense" else before))

    def _running(self, term: t.Running) -> Value:
        rows = [
            row for row in self.rows(term.source, term.group, term.where) if self.value_at(term.value, row) is not None
        ]
        mine = self.own(term.source)
        if mine not in rows:
            return None
        some = [row for row in rows if self._order(term.order, row) <= self._order(term.order, mine)]  # type: ignore[operator]
        return sum((self.value_at(term.value, row) for row in some), Fraction(0))  # type: ignore[misc]

    def _shared(self, term: t.Shared) -> Value:
        group = (term.group, self.up(self.here, term.group))
        amount = self.value_at(term.amount, group)
        assert isinstance(amount, Fraction)
        scale = 10**term.decimals
        mine = self.own(term.source)
        if term.when is not None and not self.value_at(term.when, group):
            return Fraction(0)
        takes_part, kept = {}, Fraction(0)
        for row in self.rows(term.source, term.group, None if term.left_out == "kept" else term.among):
            weight = self.value_at(term.weight, row)
            if isinstance(weight, Fraction) and weight > 0:
                if term.among is not None and not self.value_at(term.among, row):
                    kept += weight
                    continue
                cap = None if term.cap is None else self.value_at(term.cap, row)
                takes_part[row] = (weight, None if cap is None else int(cap * scale), self._key(row))  # type: ignore[operator]
        if term.left_out == "kept" and term.among is not None and not self.value_at(term.among, mine):
            return Fraction(0)
        theirs = sum((weight for weight, _, _ in takes_part.values()), Fraction(0))
        units = int(amount * scale) * theirs / (theirs + kept) if takes_part else Fraction(0)
        if term.method != "keep_remainder":
            units = Fraction(floor(units + Fraction(1, 2)))
        return Fraction(share(units, takes_part, term.method).get(mine, 0), scale)

    def _key(self, row: At) -> tuple[object, ...]:
        level = row[0]
        found: list[object] = []
        while level != EVERYONE:
            found.append(self.tables[level].keys[self.up(row, level)])
            level = self.levels[level].owners[0] if level != PERSON else EVERYONE
        facts = self.tables[row[0]].rows[row[1]]
        names = sorted(set(facts) & self.inputs)
        return (*found, *((facts[name] is not None, facts[name] or 0) for name in names))


def percentile(values: list[Fraction], p: Fraction, method: str) -> Fraction:
    n = len(values)
    if method == "linear":
        position = p * (n - 1)
        low = floor(position)
        return values[low] + (position - low) * (values[min(low + 1, n - 1)] - values[low])
    enough = (k for k in range(1, n + 1) if (k >= p * n if method == "at_least" else k > p * n))
    return values[next(enough, n) - 1]


def share(
    amount: Fraction, members: Mapping[At, tuple[Fraction, int | None, tuple[object, ...]]], method: str
) -> dict[At, int]:
    """Round by round, and unit by unit."""
    if method == "webster":
        given = dict.fromkeys(members, 0)
        for _ in range(int(amount)):
            able = [m for m, (_, cap, _) in members.items() if cap is None or given[m] < cap]
            if not able:
                break
            given[min(able, key=lambda m: (-members[m][0] / (2 * given[m] + 1), -members[m][0], members[m][2]))] += 1
        return given
    full: dict[At, int] = {}
    while True:
        rest = {m: one for m, one in members.items() if m not in full}
        left = Fraction(amount - sum(full.values()))
        total = sum((one[0] for one in rest.values()), Fraction(0))
        exact = {m: left * one[0] / total for m, one in rest.items()}
        above = {m: cap for m, (_, cap, _) in rest.items() if cap is not None and exact[m] > cap}
        if not above:
            break
        full |= above
    given = {m: floor(x) for m, x in exact.items()}
    if method == "largest_remainder" and rest:
        order = sorted(rest, key=lambda m: (-(exact[m] - floor(exact[m])), -rest[m][0], rest[m][2]))
        for m in order[: int(left) - sum(given.values())]:
            given[m] += 1
    return given | full


def judged(checked: Checked, population: Population) -> dict[str, list[Value]]:
    """Every quantity's values, by name, for the rows of its level."""
    people = People(checked, population)
    return {q.name: [people.known[q.level, n][q.name] for n in people.numbers(q.level)] for q in checked.quantities}
