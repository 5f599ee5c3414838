"""The thresholds of a scheme: where a formula takes another turn, a table another row, a limit begins to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from ..lang.made_names import MadeName
from ..lang.types import Kind
from ..model import terms as t
from ..model.checked import CheckedInput
from ..model.exact_values import as_constant
from ..model.levels import PERSON, Level
from ..model.result import Result
from ..model.terms import Constant
from ..proving.worlds import World
from .subjects import DrawnTables, Subject
from .term_values import Open, ValueOfName, value_of

Signature = tuple[object, ...]


@frozen(eq=False)
class Threshold:
    """Where `left` comes to `right`; both stand at `level`. `reads` are the names that decide on which side one is."""

    left: t.Term
    right: t.Term | Fraction
    level: Level
    reads: frozenset[str]

    @property
    def parts(self) -> int:
        """How many rows a ratio takes that comes to it; 1 where it is a whole number, or no number."""
        right = self.right.value if isinstance(self.right, t.Fixed) else self.right
        return right.denominator if isinstance(right, Fraction) else 1

    def side(self, named: ValueOfName) -> int | None:
        """-1 below, 0 on it, 1 above; None where it is open."""
        try:
            left = value_of(self.left, named)
            right = self.right if isinstance(self.right, Fraction) else value_of(self.right, named)
        except Open:
            return None
        if not isinstance(left, Fraction | bool) or not isinstance(right, Fraction | bool):
            return None
        return (left > right) - (left < right)


@frozen
class Mover:
    """Who moves: a person, and the row of a table that does (None: a row of the people, or every row)."""

    key: str
    table: str = ""
    row: int = 0


@frozen(eq=False)
class Track:
    """Worlds one after the other, by whole numbers: `world(place)`. `worth` are the places worth a look, ascending."""

    fact: str
    mover: Mover
    worth: tuple[int, ...]
    now: int
    world: Callable[[int], World] = field(repr=False)


class SchemeThresholds:
    """The thresholds of a scheme, and on which side of each somebody stands."""

    def __init__(self, subject: Subject, found: tuple[Threshold, ...] | None = None) -> None:
        self.subject = subject
        self._resting: dict[str, tuple[tuple[Threshold, ...], tuple[str, ...]]] = {}
        once = {_name(one.left, one.right): one for one in self._found()} if found is None else {}
        self.found = tuple(once.values()) if found is None else found

    def only(self, threshold: Threshold) -> SchemeThresholds:
        """This threshold and no other."""
        return SchemeThresholds(self.subject, (threshold,))

    def _found(self) -> Iterator[Threshold]:
        checked, graph = self.subject.checked, self.subject.graph
        for quantity in checked.quantities:
            if not quantity.due:
                continue
            for term in (quantity.term, quantity.condition):
                for part, level in _levelled(term, quantity.level) if term is not None else ():
                    for left, right in _edges(part):
                        reads: set[str] = set()
                        for side in (left, right):
                            if not isinstance(side, Fraction):
                                reads |= {x.name for x in t.walk(side) if isinstance(x, t.Read)}
                        behind = frozenset(reads).union(*(graph.behind(name) for name in reads))
                        if behind:
                            yield Threshold(left, right, level, behind)

    @cached_property
    def constants(self) -> Mapping[str, tuple[Fraction, ...]]:
        """By fact, the numbers with which it is compared itself."""
        found: dict[str, set[Fraction]] = {}
        for one in self.found:
            if isinstance(one.left, t.Read) and one.left.name in self.subject.checked.inputs:
                right = one.right.value if isinstance(one.right, t.Fixed) else one.right
                if isinstance(right, Fraction):
                    found.setdefault(one.left.name, set()).add(right)
        return {name: tuple(sorted(values)) for name, values in found.items()}

    @cached_property
    def numbers(self) -> tuple[Fraction, ...]:
        """All numbers at which something changes."""
        rights = (one.right.value if isinstance(one.right, t.Fixed) else one.right for one in self.found)
        return tuple(sorted({right for right in rights if isinstance(right, Fraction)}))

    def resting_on(self, name: str) -> tuple[Threshold, ...]:
        """The thresholds to which a fact may carry somebody."""
        return tuple(one for one in self.found if name in one.reads)

    def words_resting_on(self, name: str) -> tuple[str, ...]:
        """The words and flags of a person that may change with a fact."""
        return tuple(
            q.name for q in self.subject.checked.quantities
            if q.level == PERSON and q.facts.type.kind in (Kind.CATEGORY, Kind.BOOLEAN)
            and name in self.subject.graph.behind(q.name)
        )  # fmt: skip

    def signature(self, tables: DrawnTables, world: World, result: Result, track: Track) -> Signature:
        """On which side of all thresholds the mover stands: equal signatures, nothing between changed its turn."""
        if track.fact not in self._resting:
            self._resting[track.fact] = (self.resting_on(track.fact), self.words_resting_on(track.fact))
        thresholds, words = self._resting[track.fact]
        named = self._names(tables, world, result, track.mover)
        return (*(one.side(named) for one in thresholds), *(as_constant(_alone(result, name)) for name in words))

    def _names(self, tables: DrawnTables, world: World, result: Result, mover: Mover) -> ValueOfName:
        """The values of names for the person who moves, and for the row that does."""
        subject, known = self.subject, dict[str, Constant]()
        number = next((n for n, row in enumerate(tables[""]) if str(row.get(subject.key, "")) == mover.key), 0)
        changed = {(table, row): name for table, row, name in world.cells}
        person, own, place = tables[""][number], dict[str, object](), 0
        if mover.table:
            rows = tables[mover.table]
            own = dict(rows[mover.row])
            place = sum(row.get(subject.key) == own.get(subject.key) for row in rows[: mover.row])
            name = changed.get((mover.table, mover.row))
            own |= {} if name is None else {name: world.cells[mover.table, mover.row, name]}
        elif ("", number) in changed:
            name = changed["", number]
            person = {**person, name: world.cells["", number, name]}

        def find(name: str) -> Constant:
            item = subject.checked.inputs.get(name)
            if item is not None:
                held = MadeName.GROUP.inside(name)
                for row in (own, person, *_rows_above(subject, tables, item, person)):
                    if held in row:
                        return cell_constant(item, row[held])
                raise Open
            if name not in result:
                raise Open
            value = result[name]
            if isinstance(value, tuple):
                level = subject.checked.quantity(name).level
                if level != (mover.table,) or place >= len(value):
                    raise Open
                value = value[place]
            return as_constant(value)

        def named(name: str) -> Constant:
            if name not in known:
                known[name] = find(name)
            return known[name]

        return named


def _alone(result: Result, name: str) -> object:
    value = result[name]
    return None if isinstance(value, tuple) else value


def _rows_above(subject: Subject, tables: DrawnTables, item: CheckedInput, person: Mapping[str, object]) -> Iterator[
    Mapping[str, object]
]:  # fmt: skip
    """The row of the person's group in which the fact stands."""
    for sheet in subject.sheets:
        if sheet.level == item.level and not sheet.owners and sheet.name:
            key = sheet.apart[0]
            yield from (row for row in tables.get(sheet.name, ()) if row.get(key) == person.get(key))


def cell_constant(item: CheckedInput, cell: object) -> Constant:
    """What a drawn cell holds: percentages as numbers, words as the scheme has them."""
    value = as_constant(cell)
    if isinstance(value, Fraction) and item.definition.percent and not isinstance(cell, bool):
        return value / 100
    if isinstance(value, str):
        return next((word for word, spelled in item.definition.texts if value in spelled), value)
    return value


def _name(left: t.Term, right: t.Term | Fraction) -> object:
    """Equal where two thresholds are one."""
    value = right.value if isinstance(right, t.Fixed) else right
    return (left.name if isinstance(left, t.Read) else id(left), value if isinstance(value, Fraction) else id(right))


# ── Where terms take another turn ────────────────────────────────────────────────────────────────


def _levelled(term: t.Term, level: Level) -> Iterator[tuple[t.Term, Level]]:
    """The term and its parts, each once, with the level that it stands at."""
    pending, seen = [(term, level)], {id(term)}
    while pending:
        top, there = pending.pop()
        yield top, there
        for part, lies in t.operand_levels(top, there):
            if id(part) not in seen:
                seen.add(id(part))
                pending.append((part, lies))


def _edges(term: t.Term) -> Iterator[tuple[t.Term, t.Term | Fraction]]:
    match term:
        case t.Compared(left=t.Fixed(value=Fraction()), right=right):
            yield right, term.left
        case t.Compared(left=left, right=right) if left.facts.type.kind not in (Kind.CATEGORY, Kind.KEY, Kind.BOOLEAN):
            yield left, right
        case t.IsIn(operand=operand, members=members):
            yield from ((operand, member) for member in members if isinstance(member, Fraction))
        case t.LookUp(grid=grid, keys=keys):
            yield from _grid_edges(grid, keys)
        case t.Extreme(operands=operands):
            yield from ((one, other) for n, one in enumerate(operands) for other in operands[n + 1 :])
        case t.Absolute(operand=operand):
            yield operand, Fraction(0)
        case t.Quotient(right=right, missing_at_zero=True):
            yield right, Fraction(0)
        case t.Adjusted(operand=operand, steps=steps):
            yield from ((operand, step.amount) for step in steps if step.action in ("at_most", "at_least"))
        case _:
            pass


def _grid_edges(grid: t.Grid, keys: tuple[t.Term, ...]) -> Iterator[tuple[t.Term, Fraction]]:
    pending = [(grid, 0)]
    while pending:
        top, depth = pending.pop()
        for edge, result in (*top.rows, (None, top.otherwise)):
            if isinstance(edge, Fraction) and depth < len(keys):
                yield keys[depth], edge
            if isinstance(result, t.Grid):
                pending.append((result, depth + 1))
