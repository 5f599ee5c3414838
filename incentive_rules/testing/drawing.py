"""Draws rows with Hypothesis: the usual value first, then those at thresholds, then any other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from hypothesis import strategies as st

from ..lang.types import Kind
from ..model.checked import CheckedInput
from ..model.data import ByInput
from ..model.levels import PERSON
from ..proving.work import can_move
from ..reading.earlier import raw_cell
from .falls import Falls
from .heights import cells_of_the_best
from .repairs import Repairs, with_groups, words_of
from .subjects import DrawnRow, DrawnTables, Sheet, Subject
from .thresholds import SchemeThresholds, Threshold
from .tracks import cell_at, place_of, places_worth, span_of, usual_place

COUNTS = (1, 2, 3, 4, 5, 8, 10, 20)
MOST_ALIKE = 50  # rows
MOSTLY = st.sampled_from((False, True, True, True))
MOST_KINDS = 3  # of rows of a person that are not alike


class Drawing:
    """What is drawn of a scheme; with `steered` values at thresholds, and as many rows as ratios at thresholds take."""

    def __init__(self, subject: Subject, steered: bool, missing: bool) -> None:
        self.subject, self.steered, self.missing = subject, steered, missing
        self.thresholds = SchemeThresholds(subject)
        self.repairs = Repairs(self.thresholds)
        self._cells: dict[tuple[str, object], st.SearchStrategy[object]] = {}

    @cached_property
    def falls(self) -> Falls:
        """What may not fall as a fact gets better."""
        return Falls(self.subject)

    @cached_property
    def reachable(self) -> Sequence[tuple[Threshold, Sequence[str]]]:
        """The thresholds, those of what is computed last first, each with the facts that may carry somebody there."""
        checked = self.subject.checked
        movable = [name for name, one in checked.inputs.items() if can_move(checked, one)]
        found = [(one, [name for name in movable if name in one.reads]) for one in reversed(self.thresholds.found)]
        return [(one, names) for one, names in found if names]

    def with_rows(self, tables: DrawnTables, table: str, key: str, count: int) -> DrawnTables:
        """The tables in which this person has so many rows of a table, all like the first one."""
        sheet = next(one for one in self.subject.sheets if one.name == table)
        mine = [row for row in tables.get(table, ()) if row.get(self.subject.key) == key]
        if not mine or sheet.recorded or (sheet.apart and not sheet.own_keys) or count > self.most_alike:
            return tables
        others = [row for row in tables[table] if row.get(self.subject.key) != key]
        rows = [ByInput({**mine[0], **dict.fromkeys(sheet.own_keys, f"{table}-{key}-{n}")})
                for n in range(1, count + 1)]  # fmt: skip
        return {**tables, table: [*others, *rows]}

    def cell(self, one: CheckedInput, usual: object) -> st.SearchStrategy[object]:
        """A cell of a fact; it shrinks to what is usual."""
        known = self._cells.get((one.name, usual))
        if known is None:
            known = self._cells[one.name, usual] = self._cell(one, usual)
        return known

    def _cell(self, one: CheckedInput, usual: object) -> st.SearchStrategy[object]:
        kind = one.facts.type.kind
        absent = [None] if self.missing and one.definition.can_be_missing else []
        if kind in (Kind.CATEGORY, Kind.KEY):
            cells = words_of(self.subject, one)
            return st.sampled_from([*([usual] if usual in cells else []), *cells, *absent])
        low, high = span_of(one, self.subject)
        anywhere = st.integers(low, high).map(lambda place: cell_at(one, place))
        if not self.steered:
            return st.one_of(anywhere, *(st.none() for _ in absent))
        now = place_of(one, usual) if usual is not None else None
        worth = [cell_at(one, place) for place in places_worth(one, self.thresholds, now)]
        first = usual if now is not None else cell_at(one, usual_place(one, self.subject))
        return st.one_of(st.just(first), st.sampled_from([*worth, *absent]), anywhere)

    def row(self, draw: st.DrawFn, sheet: Sheet, usual: DrawnRow, high: bool = False) -> ByInput:
        """A row of a table; where it is `high` most of its cells are those of the best paid."""
        cells: dict[str, object] = {}
        for one in sheet.facts:
            as_the_best = high and one.name in self.best and draw(MOSTLY)
            cells[one.name] = self.best[one.name] if as_the_best else draw(self.cell(one, usual.get(one.name)))
        return self.repairs.row(sheet.level, ByInput(cells))

    @cached_property
    def best(self) -> Mapping[str, object]:
        """By fact, what the best paid have."""
        return cells_of_the_best(self.subject, self.repairs, self.usual_rows)

    @property
    def most_alike(self) -> int:
        return min(MOST_ALIKE, max(1, self.subject.scheme.max_rows_per_person // MOST_KINDS))

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """How many rows are alike: a few, or as many as a ratio at a threshold takes."""
        if not self.steered:
            return COUNTS[:3]
        most = self.most_alike
        parts = {number.denominator for number in self.thresholds.numbers if number.denominator > 1}
        return tuple(sorted(count for count in {*COUNTS, *parts, *(part - 1 for part in parts)} if 0 < count <= most))

    @cached_property
    def usual_rows(self) -> dict[str, DrawnRow]:
        """By table, the first row that an example of the scheme has."""
        found: dict[str, DrawnRow] = {}
        for tables in self.subject.own_people:
            for name, rows in tables.items():
                if rows and name:
                    found.setdefault(name, rows[0])
        return found

    # ── Tables ───────────────────────────────────────────────────────────────────────────────────

    def tables(self, draw: st.DrawFn, size: int, alike: Sequence[str] = ()) -> DrawnTables:
        """The tables of so many people, who share the facts that are named in `alike`."""
        people, usual = self.subject.sheets[0], self.repairs.usual
        rows: list[ByInput] = []
        high: set[object] = set()
        for number in range(1, size + 1):
            if self.steered and draw(MOSTLY):
                high.add(f"E{number}")
            cells = self.row(draw, people, usual, f"E{number}" in high)
            shared = {name: rows[0][name] for name in alike if rows}
            key = {self.subject.key: f"E{number}"} if self.subject.key else {}
            rows.append(ByInput({**key, **cells, **shared}))
        tables: dict[str, list[DrawnRow]] = {"": [*rows]}
        for sheet in self.subject.sheets[1:]:
            if sheet.owners:
                tables[sheet.name] = self._details(draw, sheet, tables, high)
            else:
                tables = {name: list(of) for name, of in with_groups(
                    self.subject, tables, lambda sheet, word: ByInput(
                        {sheet.apart[0]: word, **self.row(draw, sheet, self.usual_rows.get(sheet.name, {}))})
                ).items()}  # fmt: skip
        if self.subject.earlier_periods == 0 or not any(sheet.recorded for sheet in self.subject.sheets):
            tables = {name: of for name, of in tables.items() if not self._is_recorded(name)}
        return tables

    def _is_recorded(self, name: str) -> bool:
        return any(sheet.name == name and sheet.recorded for sheet in self.subject.sheets)

    def _details(
        self, draw: st.DrawFn, sheet: Sheet, tables: dict[str, list[DrawnRow]], high: Collection[object]
    ) -> list[DrawnRow]:
        above = next((name for _, name, _ in sheet.owners if name is not None), None)
        owners: Sequence[DrawnRow] = tables[above] if above is not None else [{}]
        found: list[DrawnRow] = []
        for owner in owners:
            kinds = self.subject.earlier_periods if sheet.recorded else draw(st.integers(0, MOST_KINDS))
            for kind in range(kinds):
                usual = self.usual_rows.get(sheet.name, {})
                cells = self.row(draw, sheet, usual, owner.get(self.subject.key) in high)
                links = {column: owner[column] if name is not None else f"P{kind + 1}"
                         for column, name, _ in sheet.owners if name is None or column in owner}  # fmt: skip
                links |= {name: owner[name] for name in (self.subject.key,) if name in owner and above == ""}
                several = not sheet.recorded and (not sheet.apart or bool(sheet.own_keys))
                for _ in range(draw(st.sampled_from(self.counts)) if several else 1):
                    own = {column: f"{sheet.name}-{len(found) + 1}" for column in sheet.own_keys}
                    found.append(ByInput({**own, **links, **cells}))
        once = {tuple(row.get(c) for c in sheet.apart) if sheet.apart else n: row for n, row in enumerate(found)}
        return list(once.values())

    def given(self, draw: st.DrawFn) -> dict[str, object]:
        """Values of what other people decide, for one person alone."""
        one = self.subject.alone
        found: dict[str, object] = {}
        for item in one.checked.inputs.values():
            if item.name.startswith("given(") and item.level == PERSON:
                name = item.name.removeprefix("given(").removesuffix(")")
                kind = item.facts.type.kind
                if kind is Kind.CATEGORY:
                    words = sorted(item.facts.type.values or ("A",))
                    found[name] = draw(st.sampled_from(words))
                    continue
                low, high = span_of(item, self.subject)
                found[name] = raw_cell(item, cell_at(item, draw(st.integers(low, high))))
        return found
