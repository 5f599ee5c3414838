"""Finds the row of a table, one level after the other, as a reader with a ruler would.

Comes in: a table body as written, the values of its keys. Goes out: the value, and how it was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..model.scheme import Literal, Outputs, TableBody, TableKind
from ..model.terms import Constant
from ..model.trace import LookedUp, RowFound
from .functions import as_number
from .numbers import RefereeFault, constants_of, is_missing_word, key_like, meaning_of

EdgeAndResult = tuple[Fraction, TableBody | Outputs]


class TableOutput:
    """One output of a table, with its constants, which are read once."""

    def __init__(self, name: str, body: TableBody, give: str) -> None:
        self.name, self.body, self.give = name, body, give
        self._meanings = constants_of(literals_of(body, give))
        self._edges: dict[tuple[int, type], list[tuple[Constant, TableBody | Outputs]]] = {}
        self._texts: dict[tuple[int, type, Constant], str] = {}

    def find(self, keys: tuple[Constant, ...]) -> LookedUp:
        """The result for the keys, in order; missing if a key is missing."""
        steps: tuple[RowFound, ...] = ()
        if None in keys:
            return LookedUp(self.name, self.give, keys, steps, None, self.body.place)
        found = self._descend(self.body, keys)
        if found is None:
            raise RefereeFault(f"no row of {self.name} for {keys}")
        value, steps = found
        return LookedUp(self.name, self.give, keys, steps, value, self.body.place)

    def _descend(
        self, node: TableBody | Outputs, keys: tuple[Constant, ...]
    ) -> tuple[Constant, tuple[RowFound, ...]] | None:
        if isinstance(node, Outputs):
            return self._output(node), ()
        if not keys:
            raise RefereeFault(f"{self.name} has more levels than keys")
        key, rest = keys[0], keys[1:]
        step, row, value = self._row(node, key, rest)
        if step is not None and row is None:
            return value, (step,)
        if step is not None and row is not None:
            below = self._descend(row, rest)
            if below is not None:
                return below[0], (step, *below[1])
        if node.otherwise is None:
            return None
        below = self._descend(node.otherwise, rest)
        place = node.otherwise.place
        missed = self._first_missed(node, key)
        step = RowFound(node.kind.value, key, None, True, missed, place, (), "", self._written(node, missed))
        return None if below is None else (below[0], (step, *below[1]))

    def _row(
        self, body: TableBody, key: Constant, rest: tuple[Constant, ...]
    ) -> tuple[RowFound | None, TableBody | Outputs | None, Constant]:
        """The step and the row it leads to; for `points` and `slices` the step and its value."""
        rows = self._rows(body, key)
        kind = body.kind
        if kind is TableKind.EQUALS:
            for edge, row in rows:
                if edge == key:
                    return (
                        RowFound(kind.value, key, edge, False, None, row.place, (), self._written(body, edge)),
                        row,
                        None,
                    )
            return None, None, None
        if not isinstance(key, Fraction):
            raise RefereeFault(f"{self.name} is looked up with {key!r}")
        numbers = [(as_number(edge), row) for edge, row in rows]
        if kind is TableKind.POINTS:
            step, value = self._line(body, numbers, key, rest)
            return step, None, value
        if kind is TableKind.SLICES:
            step, value = self._slices(body, numbers, key, rest)
            return step, None, value
        reached = [r for r in numbers if (r[0] <= key if kind is TableKind.FROM else key <= r[0])]
        if not reached:
            return None, None, None
        edge, row = max(reached, key=edge_of) if kind is TableKind.FROM else min(reached, key=edge_of)
        missed = self._first_missed(body, key)
        texts = self._written(body, edge), self._written(body, missed)
        return RowFound(kind.value, key, edge, False, missed, row.place, (), *texts), row, None

    def _first_missed(self, body: TableBody, key: Constant) -> Constant:
        """`from`: the lowest edge above the key. `up_to`: the highest edge below it."""
        if body.kind not in (TableKind.FROM, TableKind.UP_TO) or not isinstance(key, Fraction):
            return None
        edges = [as_number(edge) for edge, _ in self._rows(body, key)]
        if body.kind is TableKind.FROM:
            return min((e for e in edges if e > key), default=None)
        return max((e for e in edges if e < key), default=None)

    def _line(
        self, body: TableBody, rows: list[EdgeAndResult], key: Fraction, rest: tuple[Constant, ...]
    ) -> tuple[RowFound, Constant]:
        edges = [edge for edge, _ in rows]
        x1 = max((x for x in edges if x <= key), default=min(edges))
        x2 = min((x for x in edges if x >= key), default=max(edges))
        (y1, one), (y2, other) = (self._number(row, rest) for row in (dict(rows)[x1], dict(rows)[x2]))
        value = y1 if x1 == x2 or key <= x1 else y1 + (y2 - y1) * (key - x1) / (x2 - x1)
        inner = tuple(found for found in (one, other) if found is not None)
        return RowFound(
            "points", key, x1, False, None, body.place, ((x1, y1), (x2, y2)), self._written(body, x1), "", inner
        ), value

    def _slices(
        self, body: TableBody, rows: list[EdgeAndResult], key: Fraction, rest: tuple[Constant, ...]
    ) -> tuple[RowFound, Constant]:
        starts = sorted(rows, key=edge_of)
        if key < starts[0][0]:
            raise RefereeFault(f"{key} lies below the first slice of {self.name}")
        ends = [start for start, _ in starts[1:]] + [max(key, starts[-1][0])]
        cut, inner, value = [], [], Fraction(0)
        for (start, row), end in zip(starts, ends, strict=True):
            if key > start:
                amount = min(key, end) - start
                rate, found = self._number(row, rest)
                cut.append((start, amount, rate))
                inner += [] if found is None else [found]
                value += amount * rate
        step = RowFound(
            "slices", key, starts[0][0], False, None, body.place, tuple(cut), inner=tuple(inner)
        )
        return step, value

    def _written(self, body: TableBody, edge: Constant) -> str:
        """The text of an edge in the scheme."""
        if edge is None:
            return ""
        address = (id(body), type(edge), edge)
        if address not in self._texts:
            self._texts[address] = next(literal.text for literal, _ in body.rows if key_like(literal, edge) == edge)
        return self._texts[address]

    def _rows(self, body: TableBody, key: Constant) -> list[tuple[Constant, TableBody | Outputs]]:
        address = (id(body), type(key))
        if address not in self._edges:
            self._edges[address] = [(key_like(edge, key), row) for edge, row in body.rows]
        return self._edges[address]

    def _output(self, outputs: Outputs) -> Constant:
        named = dict(outputs.values)
        if says_only_missing(outputs):
            return None
        if self.give not in named:
            raise RefereeFault(f"{self.name} has no output {self.give!r}")
        return meaning_of(named[self.give], self._meanings)

    def _number(self, row: TableBody | Outputs, rest: tuple[Constant, ...]) -> tuple[Fraction, LookedUp | None]:
        """The number that a row leads to; and how further keys led to it, where they did."""
        if isinstance(row, Outputs):
            return as_number(self._output(row)), None
        found = self._descend(row, rest)
        if found is None:
            raise RefereeFault(f"no row of {self.name} for {rest}")
        return as_number(found[0]), LookedUp(self.name, self.give, rest, found[1], found[0], row.place)


def edge_of(row: EdgeAndResult) -> Fraction:
    return row[0]


def outputs_of(node: TableBody | Outputs | None) -> Iterator[Outputs]:
    """Every result in a table, at any depth."""
    if isinstance(node, Outputs):
        yield node
    elif node is not None:
        for _, row in node.rows:
            yield from outputs_of(row)
        yield from outputs_of(node.otherwise)


def says_only_missing(outputs: Outputs) -> bool:
    """Whether a row has only `missing` instead of named outputs."""
    return len(outputs.values) == 1 and outputs.values[0][0] == "" and is_missing_word(outputs.values[0][1])


def literals_of(node: TableBody | Outputs, give: str) -> Iterator[Literal]:
    """Every constant in one output of a table."""
    return (literal for outputs in outputs_of(node) for name, literal in outputs.values if name == give)


def only_output(node: TableBody) -> str:
    """The name of the single output of a table that is called without `give`."""
    names = {name for outputs in outputs_of(node) if not says_only_missing(outputs) for name, _ in outputs.values}
    if len(names) != 1:
        raise RefereeFault(f"`give` is needed: the outputs are {sorted(names)}")
    return names.pop()
