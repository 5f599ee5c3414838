"""Compares the words of the data: those that nobody can tell apart are refused, those that are alike give a warning.

Only words that matter are compared: open categories that a formula reads or that people are grouped by, and the keys of
people, of groups and of detail rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from ...base.problems import Problem
from ...base.text import echo, listed
from ...lang.types import Kind
from ...model.checked import Checked, CheckedInput
from ...model.data import DataRow, People, RowOrigin
from ...model.levels import PERSON, Level
from ...model.table import Cells, Column, column_of
from .columns import heading_of
from .data_rows import DataRows, OwnedRows, column_of_rows, keys_of_people
from .key_columns import KeyColumn, keys_of, no_keys, row_groups
from .links import (
    BETWEEN,
    KeyReader,
    column_reader,
    details_named,
    inputs_at,
    key_columns,
    person_inputs,
    quoted,
)
from .looks import alike, look_of, looks_of_key, twin, twins_by_word
from .rows import placed
from .used import names_read, words_compared

_MOST_OTHERS = 3
_SHORTENED = re.compile(r"\d(\.\d+)?E\+?\d+")  # 4.50981E+17: what a spreadsheet makes of a long number
_BEFORE_E = re.compile(r"\dE")  # a part of it, for which a million keys are searched in no time
_LEAST_LENGTH = 5  # of a word in which one wrong letter is a warning


def open_words(checked: Checked, inputs: Iterable[CheckedInput]) -> tuple[CheckedInput, ...]:
    """Of these inputs the categories that may be any word and that something depends on."""
    read = names_read(checked)
    return tuple(
        one
        for one in inputs
        if one.facts.type.kind is Kind.CATEGORY and one.facts.type.values is None and one.name in read
    )


def twin_words(inputs: Sequence[CheckedInput], rows: Cells) -> dict[int, tuple[Problem, ...]]:
    """By the number of the row, the problems of words that look like other ones, without their places."""
    found: dict[int, tuple[Problem, ...]] = {}
    for one in inputs:
        column = rows.columns.get(one.name)
        if column is None:
            continue
        words = _words_in(one, column)
        same = twins_by_word({word for word in words if word is not None})
        for row, code in enumerate(column.codes if same else ()):
            value = words[code]
            if value is not None and value in same:
                problem = twin(one.name, heading_of(one), value, same[value])
                found[row] = (*found.get(row, ()), problem)
    return found


def _words_in(one: CheckedInput, column: Column) -> list[str | None]:
    """The word of each different cell of a column; None for a cell that is no word."""
    read = KeyReader(one)
    return [_word(read(cell)) if type(cell) is str or type(cell) is int else None for cell in column.values]


# ── Alike ─────────────────────────────────────────────────────────────────────────────────────────


Words = tuple[Sequence[DataRow], KeyColumn]  # rows, and the word of each


@frozen
class _Column:
    """The words of one column in the order in which they appear: the number of each, and its first row."""

    name: str
    heading: str
    counts: Mapping[str, int]
    parts: Sequence[Words]
    is_key: bool = False

    def where(self, word: str) -> RowOrigin:
        """Where a word stands first."""
        for rows, words in self.parts:
            number = next((n for n, code in enumerate(words.codes.tolist()) if words.keys[code] == word), None)
            if number is not None:
                return rows[number].origin
        raise KeyError(word)


def alike_words(checked: Checked, people: People) -> tuple[Problem, ...]:
    """Warns of words and keys that are alike, or that are nearly those of the scheme."""
    compared = words_compared(checked)
    return tuple(problem for column in _columns(checked, people) for problem in _told(column, compared))


def _columns(checked: Checked, people: People) -> Iterator[_Column]:
    for level in checked.levels:
        inputs = person_inputs(checked) if level == PERSON else inputs_at(checked, level)
        # Where a table says which groups there are, any other word is refused, and the table is looked at itself.
        words = [one for one in open_words(checked, inputs) if one.name not in level and one.name not in people.groups]
        keys = key_columns(checked, level)
        parts = [rows for rows in _rows(checked, people, level) if rows] if words or keys else []
        for one in words if parts else ():
            read = KeyReader(one)
            yield _column(one, [(rows, keys_of(column_of_rows(rows, one.name), read)) for rows in parts])
        if keys and parts:
            own = [(rows, _own_keys(rows, level)) for rows in parts]
            yield _column(column_reader(checked, keys[0]), own, ", ".join(keys), True)


def _rows(checked: Checked, people: People, level: Level) -> Sequence[Sequence[DataRow]]:
    """The rows of a level; of a detail table first those of people, then those of groups alone."""
    if level == PERSON:
        return (people.rows,)
    name = level[0]
    if name not in people.details:
        return (people.groups.get(name, ()),)
    owned = people.details[name]
    if details_named(checked, name).recorded or not isinstance(owned, OwnedRows):
        return ()
    return (owned.rows, people.shared.get(name, ()))


def _own_keys(rows: Sequence[DataRow], level: Level) -> KeyColumn:
    if level and isinstance(rows, DataRows):
        return rows.links.get(level[0]) or no_keys(len(rows))
    if isinstance(rows, DataRows) and rows.people is not None and rows.people.plain and not rows.changed:
        return rows.people
    return keys_of(column_of(key or None for key in keys_of_people(rows)), _word)


def _word(read: object) -> str | None:
    return read if isinstance(read, str) else None


def _column(one: CheckedInput, parts: Sequence[Words], name: str = "", is_key: bool = False) -> _Column:
    counts: dict[str, int] = {}
    for rows, words in parts:
        named = row_groups([words.codes], len(rows))
        there = [words.keys[code] for code in words.codes[named.first].tolist()]
        if words.plain and not counts:
            counts = dict(zip(map(str, there), named.counts().tolist(), strict=True))
            continue
        for word, count in zip(there, named.counts().tolist(), strict=True):
            if isinstance(word, str):
                counts[word] = counts.get(word, 0) + count
    return _Column(name or one.name, heading_of(one), counts, parts, is_key)


def _told(column: _Column, compared: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    found = tuple(alike(column.counts, column.is_key))
    for group in found:
        rare, *others = sorted(group, key=lambda word: (column.counts[word], word))
        zeros = column.is_key and len(set(map(_plain_number, group))) == 1 and all(map(str.isdigit, group))
        yield _problem(column, rare, others, "zeros" if zeros else "")
    said = compared.get(column.name, frozenset())
    looks = {look: word for word in sorted(said) for look in look_of(word)}
    for word in column.counts if said else ():
        if word not in said:
            meant = next((looks[look] for look in look_of(word) if look in looks), None)
            meant = meant or next((one for one in sorted(said) if _one_letter_off(word, one)), None)
            if meant is not None and not any({word, meant} <= set(group) for group in found):
                yield _problem(column, word, [meant], "scheme")
    if column.is_key:
        some = column.counts if _BEFORE_E.search("\n".join(column.counts)) else ()
        yield from (_problem(column, word, [], "shortened") for word in some if _SHORTENED.fullmatch(word))


def warn_of_strangers(strangers: Mapping[str, int], near: Callable[[str], str], table: str) -> Iterator[Problem]:
    """Warns of keys whose rows are left out although a person has nearly the same; `strangers` counts the rows."""
    for key, count in strangers.items():
        found = near(key)
        if found:
            params = {"details": table, "value": quoted(key), "count": str(count), "others": quoted(found)}
            yield Problem("data-alike", params, "left-out", table=table, key=echo(key))


def alike_in_records(people: People) -> Iterator[Problem]:
    """Warns of keys that no record has, and that look the same as one in the records that the data lack."""
    h = people.history
    by_name = (*h.rows.values(), *h.carried.values(), *h.unknown.values(), *h.balances.values())
    known = {key for found in by_name for key in found}
    there = {*filter(None, people.keys)} if known else set[str]()
    return alike_in_time(there - known, known - there)


def alike_in_time(new: Collection[str], gone: Collection[str], variant: str = "") -> Iterator[Problem]:
    """Warns of new keys that look like one of those that are gone."""
    looks: dict[str, set[str]] = {}
    for key in gone if new else ():
        for look in looks_of_key(key):
            looks.setdefault(look, set()).add(key)
    for key in sorted(new) if looks else ():
        others = set[str]().union(*(looks.get(look, ()) for look in looks_of_key(key)))
        if others:
            listed_others = listed([quoted(one) for one in sorted(others)], _MOST_OTHERS, ", ")
            yield Problem("history-alike", {"value": quoted(key), "others": listed_others}, variant, key=echo(key))


def _plain_number(text: str) -> str:
    return text.lstrip("0")


def _problem(column: _Column, word: str, others: Sequence[str], variant: str) -> Problem:
    beside = (quoted(one) + ("" if variant == "scheme" else f" ×{column.counts[one]}") for one in others)
    said = {"value": quoted(word), "count": str(column.counts[word]), "others": listed(beside, _MOST_OTHERS, ", ")}
    problem = Problem("data-alike", {"input": echo(column.name), **said}, variant, column=echo(column.heading))
    return placed(problem, column.where(word))


def _one_letter_off(word: str, other: str) -> bool:
    """Whether one letter is another one, is missing, is too much, or two are swapped.

    Of Latin words alone, and not of their first letter: East and West, 工程师一级 and 工程师二级 differ on purpose.
    """
    one, two = word.casefold(), other.casefold()
    short, long = sorted((one, two), key=len)
    if len(short) < _LEAST_LENGTH or one[0] != two[0] or not (_is_latin(one) and _is_latin(two)):
        return False
    first = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[first:] == long[first + 1 :]
    swapped = short[first + 1 : first + 2] + short[first : first + 1] + short[first + 2 :]
    return short[first + 1 :] == long[first + 1 :] or swapped == long[first:]


def _is_latin(text: str) -> bool:
    return text.isascii() and text.replace(" ", "").replace(BETWEEN, "").isalpha()
