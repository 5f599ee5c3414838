"""The results of a run as columns: a `Result` is made of them when somebody looks at one.

Totals, files and fingerprints read the columns; of a hundred thousand people few are ever looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from operator import le
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from .on_demand import Integers, OnDemand
from .result import Explainer, Layout, Raw, Result, Slot, make_result, set_explainer

RowsOfOne = tuple[tuple[Raw, ...], ...]  # what the detail rows of one person say, in one table
OUT_OF_SCOPE = -1  # in the place of a row of the columns
NO_LAYOUT = Layout({}, ())


@frozen(eq=False)
class RawColumn:
    """What stands at one place in the tuples of people: whole numbers, flags, or the numbers of `texts`."""

    values: NDArray[Any]
    texts: Sequence[str] | None = None

    def __getitem__(self, row: int) -> Raw:
        raw: Raw = self.values.item(row)
        return raw if self.texts is None else self.texts[int(raw)]


@frozen(eq=False)
class RowsOfPeople(OnDemand[RowsOfOne]):
    """What the rows of one detail table say, person by person.

    `columns` are beside the rows of the table; `rows` are these, those of each person one after the other, and those of
    person number n begin at `begins[n]` and end before `begins[n + 1]`.
    """

    columns: Sequence[RawColumn]
    rows: NDArray[np.int64]
    begins: NDArray[np.int64]

    def made(self, number: int) -> RowsOfOne:
        rows = self.rows[self.begins[number] : self.begins[number + 1]].tolist()
        return tuple([tuple([column[row] for column in self.columns]) for row in rows])

    def __len__(self) -> int:
        return len(self.begins) - 1


@frozen(eq=False)
class ResultColumns:
    """The values of everybody who is in scope: `columns` by their places in the tuples of a `Layout`, `tables` the same
    for the rows of each detail table."""

    layout: Layout
    columns: Sequence[RawColumn]
    tables: Sequence[Sequence[RowsOfOne]]

    def state(self, key: str, row: int) -> tuple[Layout, bool, str, tuple[Raw, ...], tuple[RowsOfOne, ...]]:
        """What a `Result` is made of; `row` is that of the columns."""
        if row == OUT_OF_SCOPE:
            return self.layout, False, key, (), ()
        of_rows = tuple([table[row] for table in self.tables])
        return self.layout, True, key, tuple([column[row] for column in self.columns]), of_rows


class Results(OnDemand[Result]):
    """Results, each made when somebody looks at it; equal to a tuple of the same ones.

    `keys` are those of the people, `rows` says for each where they stand in the columns, or that they are out of scope.
    Whoever asks a result why it is so asks `explainer`, which knows people by the `numbers` of their rows.
    """

    __slots__ = ("columns", "explainer", "keys", "numbers", "rows")
    _several = tuple

    def __init__(
        self, columns: ResultColumns, keys: Sequence[str], rows: NDArray[np.int64], explainer: Explainer | None = None,
        numbers: Integers = (),
    ) -> None:  # fmt: skip
        self.columns, self.keys, self.rows = columns, keys, rows
        self.explainer, self.numbers = explainer, numbers

    def made(self, number: int) -> Result:
        result = make_result(self.columns.state(self.keys[number], int(self.rows[number])))
        if self.explainer is not None:
            set_explainer(result, (self.explainer, int(self.numbers[number]), None))
        return result

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Results | tuple):
            return NotImplemented
        return len(self) == len(other) and all(map(Result.__eq__, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[Callable[..., Results], tuple[object, ...]]:
        """What explains a result stays behind."""
        return Results, (self.columns, self.keys, self.rows)

    def __repr__(self) -> str:
        return f"<{len(self)} results>"

    def explained_by(self, explainer: Explainer, numbers: Integers) -> Results:
        """The same results, which `explainer` can explain."""
        return Results(self.columns, self.keys, self.rows, explainer, numbers)

    @property
    def layout(self) -> Layout:
        return self.columns.layout

    @property
    def in_scope(self) -> NDArray[np.bool_]:
        """To whom of these people the scheme applies."""
        found: NDArray[np.bool_] = self.rows != OUT_OF_SCOPE
        return found

    def units(self, name: str) -> int:
        """The sum of a money value over all to whom the scheme applies, in steps of its last decimal.

        A missing amount counts nothing, and neither does a value that is exact and not rounded to decimals.
        """
        slot = self.layout.slots[name]
        if slot.decimals is None or (slot.whole and slot.decimals == 0):
            return 0
        _, raw = self.raw(slot)
        return exact_total(raw[0].values)

    def raw(self, slot: Slot) -> tuple[NDArray[np.bool_], list[RawColumn]]:
        """Of a quantity of people: who has a value, and these people's numerators and denominators."""
        known = self.in_scope
        rows = self.rows[known]
        if not len(rows):  # there may be no columns
            return known, [RawColumn(np.zeros(0, np.int64)) for _ in (0, *slot.denominators)]
        if slot.known is not None:
            there = self.columns.columns[slot.known].values[rows]
            known[known] = there
            rows = rows[there]
        chosen = (self.columns.columns[place] for place in (slot.numerator, *slot.denominators))
        return known, [RawColumn(one.values[rows], one.texts) for one in chosen]

    def at(self, numbers: NDArray[np.int64]) -> Results:
        """Some of the results, in this order."""
        keys = self.keys
        own = np.asarray(self.numbers)[numbers] if self.explainer is not None else ()
        return Results(self.columns, [keys[n] for n in numbers.tolist()], self.rows[numbers], self.explainer, own)


def order_of_keys(results: Results) -> NDArray[np.int64]:
    """The numbers of the results in the order of their keys, of equal ones in their own order."""
    return np.array(sorted(range(len(results)), key=results.keys.__getitem__), np.int64)


def in_order_of_keys(results: Results) -> Results:
    """The results in the order of their keys."""
    keys = results.keys
    return results if all(map(le, keys, islice(keys, 1, None))) else results.at(order_of_keys(results))


class MaybeResults(OnDemand["Result | None"]):
    """Of each row of people the result, None where there is none. `places` says where among `results` it stands."""

    __slots__ = ("places", "results")
    _several = tuple

    def __init__(self, results: Results, places: NDArray[np.int64]) -> None:
        self.results, self.places = results, places

    def made(self, number: int) -> Result | None:
        place = int(self.places[number])
        return None if place < 0 else self.results.made(place)

    def __len__(self) -> int:
        return len(self.places)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, MaybeResults | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # nobody uses it as a key

    @property
    def has_result(self) -> NDArray[np.bool_]:
        """Which rows have a result."""
        return self.places >= 0


def exact_total(units: NDArray[Any]) -> int:
    """The sum of whole numbers, however large it is."""
    if not len(units):
        return 0
    most = max(abs(int(units.max())), abs(int(units.min())))
    if units.dtype != object and most * len(units) < 1 << 62:
        return int(units.sum(dtype=np.int64))
    return sum(units.tolist())


def results_of(results: Sequence[Result]) -> Results:
    """Results that were made one by one, as columns; all of them have one layout."""
    if isinstance(results, Results):
        return results
    made = [result._state for result in results]
    layout = made[0][0] if made else NO_LAYOUT
    assert all(state[0] is layout or state[0] == layout for state in made)
    inside = [state for state in made if state[1]]
    width = len(inside[0][3]) if inside else 0
    columns = [_column_of([state[3][place] for state in inside]) for place in range(width)]
    tables = [[state[4][table] for state in inside] for table in range(len(inside[0][4]) if inside else 0)]
    rows = np.full(len(made), OUT_OF_SCOPE, np.int64)
    rows[[number for number, state in enumerate(made) if state[1]]] = np.arange(len(inside))
    return Results(ResultColumns(layout, columns, tables), [state[2] for state in made], rows)


def _column_of(raw: Sequence[Raw]) -> RawColumn:
    """What stands at one place in the tuples of results."""
    if isinstance(raw[0], str):
        codes: dict[Raw, int] = {}
        values = np.fromiter((codes.setdefault(text, len(codes)) for text in raw), np.int64, len(raw))
        return RawColumn(values, [str(text) for text in codes])
    if isinstance(raw[0], bool):
        return RawColumn(np.fromiter(raw, bool, len(raw)))
    narrow = all(abs(int(number)) < 1 << 62 for number in raw)
    return RawColumn(np.array(raw, np.int64 if narrow else object))
