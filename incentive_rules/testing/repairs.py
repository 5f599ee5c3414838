"""Mends what was drawn where it breaks a premise of the scheme (`require`), or is refused for another reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from random import Random

from ..lang.types import Kind
from ..model import terms as t
from ..model.checked import CheckedInput, CheckedQuantity, Premise
from ..model.data import ByInput
from ..model.levels import Level
from ..model.terms import Constant
from ..reading.tables.used import words_compared
from .subjects import DrawnRow, DrawnTables, Sheet, Subject
from .term_values import Open, ValueOfName, value_of
from .thresholds import SchemeThresholds, cell_constant
from .tracks import cell_at, place_of, places_worth, span_of, usual_place, word_cell

MOST_TRIES = 200
ANY = ("A", "B")  # words of no meaning


class Repairs:
    """Rows that keep the premises of a scheme, and people whom it accepts."""

    def __init__(self, thresholds: SchemeThresholds) -> None:
        self.subject: Subject = thresholds.subject
        self._thresholds = thresholds

    # ── One row ──────────────────────────────────────────────────────────────────────────────────

    def row(self, level: Level, row: ByInput) -> ByInput:
        """The row with as few cells changed as keep what can be said of it alone."""
        premises = [one for one in self.subject.checked.premises if one.level == level]
        for premise in premises:
            if self._holds(premise, row) is not False:
                continue
            for changed in self._changed(premise, row):
                if all(self._holds(one, changed) is not False for one in premises):
                    row = changed
                    break
        return row

    def _holds(self, premise: Premise, row: DrawnRow) -> bool | None:
        """None where it rests on more than the row."""

        try:
            found = value_of(premise.term, self._named(row, premise.level))
        except Open:
            return None
        return found if isinstance(found, bool) else None

    def _named(self, row: DrawnRow, level: Level) -> ValueOfName:
        """The values of facts of the row, and of names that are made of them alone, before they are rounded."""

        def named(name: str) -> Constant:
            if name in row:
                return cell_constant(self.subject.checked.inputs[name], row[name])
            made = self._quantities.get(name)
            if made is None or made.level != level or made.condition is not None:
                raise Open
            return value_of(made.term, named)

        return named

    @cached_property
    def _quantities(self) -> Mapping[str, CheckedQuantity]:
        return {q.name: q for q in self.subject.checked.quantities}

    def _changed(self, premise: Premise, row: ByInput) -> Iterator[ByInput]:
        """The row with another value in one cell of those that the premise reads."""
        direct = {x.name for x in t.walk(premise.term) if isinstance(x, t.Read)}
        behind = direct.union(*(self.subject.graph.behind(name) for name in direct))
        reads = sorted((name for name in row if name in behind), key=lambda name: name not in direct)
        for name in reads:
            one = self.subject.checked.inputs[name]
            if one.facts.type.kind is Kind.CATEGORY:
                yield from (ByInput({**row, name: word}) for word in self._words(one, premise, row))
                continue
            low, high = span_of(one, self.subject)
            others = [place_of(self.subject.checked.inputs[other], row[other]) for other in reads if other != name]
            near = [place + side for place in others if place is not None for side in (0, 1, -1)]
            for place in (*near, *places_worth(one, self._thresholds, place_of(one, row[name]))):
                if low <= place <= high:
                    yield ByInput({**row, name: cell_at(one, place)})
            if one.definition.can_be_missing:
                yield ByInput({**row, name: None})

    def _words(self, one: CheckedInput, premise: Premise, row: DrawnRow) -> Iterator[object]:
        """The words of a fact: those that the scheme knows, and those with which the premise compares it."""
        yield from words_of(self.subject, one)
        for part in t.walk(premise.term):
            for side in (part.left, part.right) if isinstance(part, t.Compared) else ():
                try:
                    word = value_of(side, self._named(row, premise.level))
                except Open:
                    continue
                if isinstance(word, str):
                    yield word_cell(one, word)

    # ── Everybody ────────────────────────────────────────────────────────────────────────────────

    def accepted(self, tables: DrawnTables) -> bool:
        """Whether everybody is paid."""
        results = self.subject.play(tables)
        return results is not None and len(results) == len(tables[""])

    def crowd(self, tables: DrawnTables) -> DrawnTables | None:
        """The tables, or as much of them as is accepted: usual people with these rows, at last without any."""
        if self.accepted(tables):
            return tables
        usual = [self._as_usual(row) for row in tables[""]]
        for number in range(len(usual)):
            one = {**tables, "": [usual[n] if n == number else row for n, row in enumerate(tables[""])]}
            if self.accepted(one):
                return one
        details = {sheet.name for sheet in self.subject.sheets if sheet.owners}
        without = {name: [] if name in details else list(rows) for name, rows in tables.items()}
        fewer = [{**tables, name: []} for name in tables if name in details and tables[name]]
        fallbacks: list[DrawnTables] = [{**tables, "": usual}, *fewer, without, {**without, "": usual}]
        for tried in fallbacks:
            if self.accepted(tried):
                return tried
        return None

    def _as_usual(self, row: DrawnRow) -> DrawnRow:
        """The facts of the usual person, but for what says who it is and to which groups it belongs."""
        groups = {level[0] for level in self.subject.checked.levels.above(()) if level}
        keep = {name: cell for name, cell in row.items() if name == self.subject.key or name in groups}
        return ByInput({**self.usual, **keep})

    @cached_property
    def usual(self) -> DrawnRow:
        """A person whom the scheme accepts: the first of its own examples, else one made from its ranges."""
        people = self.subject.sheets[0]
        rows = [ByInput(tables[""][0]) for tables in self.subject.own_people if tables[""]]
        rng = Random(0)  # noqa: S311 - the same each time
        rows += [self.row((), self._made(people, rng if n else None)) for n in range(MOST_TRIES)]
        for row in rows:
            whole = ByInput({self.subject.key: "E1", **{k: v for k, v in row.items() if k != self.subject.key}})
            if self._stands(whole):
                return whole
        return rows[0]

    def _stands(self, row: ByInput) -> bool:
        if any(one.name not in row for one in self.subject.sheets[0].facts if not one.definition.can_be_missing):
            return False
        return self.accepted(self.with_group_rows({"": [row]}))

    def _made(self, sheet: Sheet, rng: Random | None) -> ByInput:
        return ByInput({one.name: self.usual_cell(one, rng) for one in sheet.facts})

    def usual_cell(self, one: CheckedInput, rng: Random | None = None) -> object:
        """A cell of a fact of which nobody said anything."""
        if one.facts.type.kind in (Kind.CATEGORY, Kind.KEY):
            words = words_of(self.subject, one)
            return rng.choice(words) if rng is not None else words[0]
        low, high = span_of(one, self.subject)
        return cell_at(one, usual_place(one, self.subject) if rng is None else rng.randint(low, high))

    def with_group_rows(self, tables: DrawnTables) -> DrawnTables:
        """The tables with a row for each group that a row names."""
        return with_groups(self.subject, tables, self.group_row)

    def group_row(self, sheet: Sheet, word: object) -> ByInput:
        """A row of a table of groups, with usual facts."""
        return ByInput({sheet.apart[0]: word, **{one.name: self.usual_cell(one) for one in sheet.facts}})


def words_of(subject: Subject, one: CheckedInput) -> list[object]:
    """The words that a fact may be; of one that may be any, those with which formulas compare it, and two more."""
    words = [literal.text for literal in one.definition.one_of] or sorted(one.facts.type.values or ())
    compared = sorted(words_compared(subject.checked).get(one.name, ()))
    return [word_cell(one, word) for word in words] or [*compared, *ANY]


def with_groups(subject: Subject, tables: DrawnTables, made: Callable[[Sheet, object], DrawnRow]) -> DrawnTables:
    """The tables with a row for each group that a row names, and for no other."""
    found: dict[str, list[DrawnRow]] = {name: list(rows) for name, rows in tables.items()}
    for sheet in subject.sheets:
        if sheet.owners or not sheet.name:
            continue
        key = sheet.apart[0]
        there = {row[key]: row for row in tables.get(sheet.name, ())}
        words = dict.fromkeys(row[key] for name, rows in tables.items() if name != sheet.name for row in rows
                              if row.get(key) is not None)  # fmt: skip
        found[sheet.name] = [there[word] if word in there else made(sheet, word) for word in words]
    return found
