"""Tables: how a value finds its row, by the section *Tables* of `docs/reference/grammar.md`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.third.exact import FLAGS, MISSING, NUMBER, number
from tests.third.reading import Tree, Unknown
from tests.third.words import TABLE_WORDS

NO_ROW = object()


class Table:
    """A table of so many keys. `outputs` are the names of its results, () where each row has one."""

    def __init__(self, body: Tree, keys: int = 1, type_: str = "") -> None:
        self.body, self.keys, self.type = body, keys, type_
        results = [*_results(body, keys)]
        self.outputs = tuple(results[0]) if results and isinstance(results[0], dict) else ()
        self.kinds = {
            name: _kind([one[name] if name else one for one in results], type_) for name in (self.outputs or ("",))
        }

    def look(self, arguments: Sequence[object], give: str = "") -> object:
        """The result for these values; missing where one of them is."""
        if any(one is None for one in arguments):
            return None
        found = self._find(self.body, arguments, give)
        if found is NO_ROW:
            raise Unknown(f"no row of a table for {arguments}")
        return found

    def _find(self, body: Tree, arguments: Sequence[object], give: str) -> object:
        kind = next((word for word in TABLE_WORDS if word in body), None)
        rows = body[kind] if kind is not None else {edge: row for edge, row in body.items() if edge != "else"}
        x = arguments[0]
        if kind in ("points", "slices"):
            found = self._line(kind, rows, arguments, give)
        else:
            edge = _edge(kind or "equals", rows, x)
            found = NO_ROW if edge is None else self._result(rows[edge], arguments[1:], give)
        if found is NO_ROW and "else" in body:
            return self._result(body["else"], arguments[1:], give)
        return found

    def _result(self, row: Tree, rest: Sequence[object], give: str) -> object:
        if isinstance(row, dict) and rest and not (self.outputs and set(row) == set(self.outputs)):
            return self._find(row, rest, give)
        text = row[give or next(iter(row))] if isinstance(row, dict) else row
        return _constant(text, self.kinds[give or next(iter(self.kinds))])

    def _line(self, kind: str, rows: Tree, arguments: Sequence[object], give: str) -> object:
        x: Any = arguments[0]
        found: list[tuple[Any, Any]] = []
        for edge, row in sorted(rows.items(), key=lambda one: number(one[0])):
            at = self._result(row, arguments[1:], give)
            if at is NO_ROW or at is None:
                return at
            found.append((number(edge), at))
        if kind == "slices":
            ends = [edge for edge, _ in found[1:]] + [x]
            return sum(
                (rate * (min(x, end) - edge) for (edge, rate), end in zip(found, ends, strict=True) if x > edge),
                Fraction(0),
            )
        if x <= found[0][0]:
            return found[0][1]
        for (left, low), (right, high) in pairwise(found):
            if x <= right:
                return low + (high - low) * (x - left) / (right - left)
        return found[-1][1]


def _edge(kind: str, rows: Tree, x: Any) -> str | None:
    """The edge whose row is that of `x`."""
    if kind == "equals":
        if isinstance(x, bool):
            return next((edge for edge in rows if FLAGS.get(edge) is x), None)
        if isinstance(x, Fraction):
            return next((edge for edge in rows if number(edge) == x), None)
        return next((edge for edge in rows if edge == x), None)
    read = date.fromisoformat if isinstance(x, date) else number
    edges: list[tuple[Any, str]] = sorted((read(edge), edge) for edge in rows)
    if kind == "from":
        return next((edge for at, edge in reversed(edges) if at <= x), None)
    return next((edge for at, edge in edges if x <= at), None)


def _results(body: Tree, keys: int) -> Iterator[Tree]:
    """All results of a table: texts, or dicts of texts by output."""
    if not isinstance(body, dict):
        yield body
        return
    kind = next((word for word in TABLE_WORDS if word in body), None)
    if kind is None and keys < 1:
        yield body
        return
    rows = body[kind] if kind is not None else {edge: row for edge, row in body.items() if edge != "else"}
    for row in rows.values():
        yield from _results(row, keys - 1)
    if "else" in body:
        rest = body["else"]
        word = isinstance(rest, dict) and any(one in rest for one in TABLE_WORDS)
        yield from _results(rest, keys - 1 if word else 0)


def _kind(texts: Sequence[str], declared: str) -> str:
    """number | flag | word: what the results of a column are."""
    if declared:
        return {"category": "word", "boolean": "flag"}.get(declared, "number")
    known = [text.strip() for text in texts if text.strip() not in MISSING]
    if all(NUMBER.fullmatch(text) for text in known):
        return "number"
    return "flag" if all(text in FLAGS for text in known) else "word"


def _constant(text: str, kind: str) -> object:
    text = text.strip()
    if text in MISSING:
        return None
    return number(text) if kind == "number" else FLAGS[text] if kind == "flag" else text
