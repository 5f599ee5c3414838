"""Two people side by side, as text: only what differs, and what is equal in one line; in the scheme's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..base.text import escape, width
from ..base.words import in_language, list_separator
from ..lang.types import Kind
from ..model.checked import CheckedQuantity
from ..model.exact_values import as_constant, show_constant, show_typed
from ..model.result import Result
from .crowds import Crowd, shown_cell
from .falls import differing_values
from .subjects import Subject

MOST_EQUAL = 24  # facts that are named


def two_worlds(
    worse: Crowd, better: Crowd, key: str, fact: str, table: str, row: int, headings: tuple[str, str]
) -> str:
    """One person in two worlds that differ in one fact, stage by stage."""
    subject, language = worse.subject, worse.subject.language
    one, other = worse.results[key], better.results[key]
    cells = [shown_cell(crowd.tables[table][row][fact]) for crowd in (worse, better)]
    where = in_language(language, f"({table}, row {row + 1})", f"（{table} 第 {row + 1} 行）") if table else ""
    changed = [(fact, cells[0], cells[1], where)] if cells[0] != cells[1] else []
    rows = [*changed, *(_stage(quantity, one, other) for quantity in differing_values(subject, one, other))]
    person = next(r for r in worse.people if str(r.get(subject.key, "")) == key)
    lines = [*_table(rows, headings)]
    lines += _equal(subject, [(n, c) for n, c in person.items() if n not in (subject.key, "" if table else fact)])
    others = [name for name in worse.keys if name != key]
    if others:
        lines.append(in_language(language, "the facts of others are equal: ", "其他人的数据不变：")
                     + list_separator(language).join(others))  # fmt: skip
    return escape_lines(lines)


def two_people(crowd: Crowd, first: str, second: str) -> str:
    """Two people of one crowd: the facts and values in which they differ."""
    subject = crowd.subject
    rows = {str(row.get(subject.key, "")): row for row in crowd.people}
    results = crowd.results
    facts = [(n, shown_cell(rows[first][n]), shown_cell(rows[second].get(n)), "") for n in rows[first]
             if n != subject.key and rows[first][n] != rows[second].get(n)]  # fmt: skip
    one, other = results[first], results[second]
    stages = [_stage(q, one, other) for q in differing_values(subject, one, other)]
    same = [(n, c) for n, c in rows[first].items() if n != subject.key and c == rows[second].get(n)]
    return escape_lines([*_table([*facts, *stages], (first, second)), *_equal(subject, same)])


def _stage(quantity: CheckedQuantity, one: Result, other: Result) -> tuple[str, str, str, str]:
    return (quantity.name, value_beside(quantity, one), value_beside(quantity, other), "")


def value_beside(quantity: CheckedQuantity, result: Result) -> str:
    """A value of a result as statements print it."""
    value = result[quantity.name]
    constant = as_constant(None if isinstance(value, tuple) else value)
    if quantity.facts.type.kind is Kind.NUMBER:
        return show_constant(constant, quantity.decimals)
    return show_typed(constant, quantity.facts.type)


def _table(rows: Sequence[tuple[str, str, str, str]], headings: tuple[str, str]) -> Iterable[str]:
    """Names to the left, values to the right, by the width that characters have on a screen."""
    table = [("", *headings, ""), *rows]
    widths = [max(width(row[column]) for row in table) for column in range(3)]
    for name, one, other, said in table:
        cells = [" " * (wide - width(text)) + text for wide, text in zip(widths[1:], (one, other), strict=True)]
        yield f"  {name}{' ' * (widths[0] - width(name))}   {cells[0]}   {cells[1]}  {said}".rstrip()


def _equal(subject: Subject, cells: Sequence[tuple[str, object]]) -> list[str]:
    """What both have."""
    if not cells:
        return []
    shown = [f"{name} {shown_cell(cell)}" for name, cell in cells[:MOST_EQUAL]]
    more = "…" if len(cells) > MOST_EQUAL else ""
    language = subject.language
    return [in_language(language, "equal: ", "相同：") + list_separator(language).join(shown) + more]


def escape_lines(lines: Iterable[str]) -> str:
    return "\n".join(escape(line) for line in lines)
