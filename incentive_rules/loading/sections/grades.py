"""Reads grades: a table on a quantity, which defines a quantity for each of its outputs."""

from __future__ import annotations

from collections.abc import Iterator

from ...base.numbers import read_number
from ...base.places import Place
from ...base.titles import NO_TITLE
from ...base.words import in_language
from ...lang.keywords import BLOCKS
from ...lang.keywords.words import MISSING
from ...lang.made_names import full_name
from ...model.document import Item, Mapping, Scalar
from ...model.scheme import Outputs, Quantity, Role, TableBody, TableOf, Tbd
from . import values
from .distribution import GRADE, distribution, titles_of_outputs
from .findings import LoadingLog
from .known_collections import Collections
from .names import Names
from .section import Section, entries_of, open_block
from .tables import table_body


def grades(
    findings: LoadingLog, names: Names, item: Item | None, place: Place, known: Collections
) -> tuple[Quantity, ...]:
    """The quantities that `grades` defines, one for each output; a single unnamed output is `grade`."""
    own = BLOCKS["scheme"].by_key["grades"].spelling(findings.language)
    section = open_block(findings, item, "grades", own) if item is not None else None
    if section is None:
        return ()
    if "shares" in section:
        return distribution(names, section, place, known)
    for key in ("within", "rounding", "ties"):
        if key in section:
            section.lacks("shares", section.place_of(key))
    title = section.title()
    table = table_body(section)
    argument = section.scalar("of")
    unnamed = in_language(findings.language, *GRADE)
    found: list[Quantity] = []
    columns = _columns(section)
    titles = titles_of_outputs(section, [column.text if column else unnamed for column in columns])
    titled = _grade_itself(columns, table)
    for column in columns:
        name, at = (column.text, column.place) if isinstance(column, Scalar) else (unnamed, place)
        if isinstance(column, Scalar):
            if name in names:
                names.define(column)
                continue
            names.places[name] = at
        elif not names.define_made(name, at, "grade"):
            continue
        body: TableOf | Tbd | None = table if isinstance(table, Tbd) else None
        if table is not None and not isinstance(table, Tbd) and argument is not None:
            give = name if isinstance(column, Scalar) else ""
            body = TableOf(full_name(argument.text), table, give, argument.place)
        called = titles.get(name) or (title if column is titled else NO_TITLE)
        found.append(Quantity(name, Role.GRADE, body, at, called))
    return tuple(found)


def _grade_itself(columns: list[Scalar | None], table: TableBody | Tbd | None) -> Scalar | None:
    """The output to which the title of the grades belongs: the first one of words, else the first of all."""
    words = set() if not isinstance(table, TableBody) else {
        name for outputs in _outputs(table) for name, value in outputs.values
        if read_number(value.text) is None and value.text not in MISSING
    }  # fmt: skip
    return next((c for c in columns if (c.text if c else "") in words), columns[0] if columns else None)


def _outputs(table: TableBody) -> Iterator[Outputs]:
    for result in (*(result for _, result in table.rows), table.otherwise):
        if isinstance(result, TableBody):
            yield from _outputs(result)
        elif result is not None:
            yield result


def _columns(section: Section) -> list[Scalar | None]:
    """The keys of the named outputs, each at its first place; None for an unnamed output."""
    found: dict[str, Scalar | None] = {}
    rows = [section.item(k) for k in ("from", "up_to", "equals", "points", "slices") if k in section]
    results = [e.value for item in rows for e in entries_of(section.findings, item)] + [section.item("else")]
    for result in results:
        if isinstance(result, Scalar) and not values.is_missing(result):
            found.setdefault("", None)
        elif isinstance(result, Mapping):
            for entry in result.entries:
                found.setdefault(entry.key.text, entry.key)
    if len(found) > 1:  # rows that differ were reported with the table: an unnamed one makes no name then
        found.pop("", None)
    return list(found.values())
