"""Small populations to begin with: those of a scheme's examples, and three people after one of these or the ranges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import partial
from random import Random

from .examples.facts import example_data, group_rows
from .lang.types import Kind
from .model.checked import Checked, CheckedInput
from .model.data import ByInput
from .model.levels import PERSON, Level
from .model.scheme import Details, Example
from .model.terms import Aggregate, Compared, Fixed, Ranked, Term, walk
from .proving.direction import Sign
from .proving.values import Thresholds, raw_number
from .proving.work import improvements_of_facts, makes_groups
from .proving.worlds import CrowdRow, Tables
from .reading.cells.cell import read_cell
from .reading.earlier import raw_cell
from .reading.tables.used import names_read

MOST_TYPICAL = 2  # people of the examples after whom others are made
ROWS_EACH = 4  # of each detail table for each person
MOST_ROWS_EACH = 60  # where everybody has all rows that somebody of an example has
MOST_MADE = 64  # from ranges, until somebody is whom no premise refuses
MOST_ROWS_COUNTED = 150  # where thresholds of what counts rows ask for more
CREW = 3  # people: oneself, a colleague, somebody of another group
MOST_PEOPLE = 9  # where thresholds of what counts people ask for more
MOST_HOUSES = 3  # of so many people


def crowds_of_examples(checked: Checked) -> Iterator[Tables]:
    """The people of the scheme's examples of several, those of this period."""
    for example in checked.scheme.examples:
        if not example.people or example.period != str(checked.period):
            continue
        given = example_data(example, checked, read_cell, raw_cell, "en", names_read(checked))
        if not given.findings:
            yield {"": given.people, **given.tables}


# ── Three people alike ───────────────────────────────────────────────────────────────────────


def crews(checked: Checked) -> Iterator[Tables]:
    """Three people after each of the first people of the examples; without any, after one made from the ranges."""
    found = 0
    for example in sorted(checked.scheme.examples, key=lambda one: one.period != str(checked.period)):
        tables = tables_of_one(checked, example)
        if tables is not None and found < MOST_TYPICAL:
            found += 1
            yield _crew(checked, tables)
            if example.period != str(checked.period):
                break
    if not found:
        yield from (_crew(checked, _made(checked, Random(number), 1)) for number in range(MOST_MADE))  # noqa: S311


def tables_of_one(checked: Checked, example: Example) -> Tables | None:
    """The facts of the person of an example, the first where it has several."""
    given = example_data(example, checked, read_cell, raw_cell, "en", names_read(checked))
    if given.findings or not given.people:
        return None
    key = _key_of_people(checked)
    person = given.people[0]
    details = {one.name for one in checked.scheme.details}
    recorded = {one.name for one in checked.scheme.details if one.recorded}
    own = {name: [row for row in rows if not example.people or row.get(key) == person.get(key)] if name in details
           else list(rows) for name, rows in given.tables.items()}  # fmt: skip
    groups, wrong = group_rows(example, checked, read_cell, raw_cell, "en", names_read(checked))
    if example.period != str(checked.period):  # its past is that of another period
        own = {name: rows for name, rows in own.items() if name not in recorded}
    return None if wrong else {"": [person], **own, **{name: list(rows) for name, rows in groups.items()}}


def whole_crews(checked: Checked) -> Iterator[Tables]:
    """Three people after the first of the examples, with all rows: what counts rows comes to its thresholds there.

    Where a threshold lies beyond, there are people with as many rows besides.
    """
    for example in sorted(checked.scheme.examples, key=lambda one: one.period != str(checked.period)):
        tables = tables_of_one(checked, example)
        if tables is not None:
            there = {name: min(len(rows), MOST_ROWS_EACH) for name, rows in tables.items() if name}
            if any(count > ROWS_EACH for count in there.values()):
                yield _crew(checked, tables, there)
            wanted = {name: count for name, count in _rows_counted(checked).items() if count > there.get(name, 0)}
            if wanted:
                yield _crew(checked, tables, there | wanted)
            return


def _rows_counted(checked: Checked) -> Mapping[str, int]:
    """How many rows of a table somebody needs to be beyond every threshold of what counts them."""
    found: dict[str, int] = {}
    edges = Thresholds(checked).of
    for quantity in checked.quantities:
        beyond = [int(edge) + 2 for edge in edges.get(quantity.name, ()) if 0 < edge < MOST_ROWS_COUNTED]
        for part in walk(quantity.term) if beyond and quantity.level == PERSON else ():
            if isinstance(part, Aggregate) and part.function == "count" and len(part.source) == 1:
                found[part.source[0]] = max(found.get(part.source[0], 0), *beyond)
    most = checked.scheme.max_rows_per_person
    return {name: min(count, most) for name, count in found.items()}


# ── As many people as thresholds ask for ─────────────────────────────────────────────────────


def full_houses(checked: Checked) -> Iterator[Tables]:
    """Colleagues at their best, or like oneself: just so many that a count or a rank crosses one of its thresholds."""
    sizes = sorted(size for size in _people_counted(checked) if CREW <= size <= MOST_PEOPLE)[:MOST_HOUSES]
    if not sizes:
        return
    people = map(partial(tables_of_one, checked), checked.scheme.examples)
    first = next((one for one in people if one is not None), None)
    best = {one.name: (one.move.level, one.sign) for one in improvements_of_facts(checked) if one.sign in ("+", "-")}
    for size in sizes:
        crew = _crew(checked, first or _made(checked, Random(1), 1), size=size)  # noqa: S311
        yield {name: _at_their_best(checked, name, rows, best) for name, rows in crew.items()}
        yield crew


def _people_counted(checked: Checked) -> set[int]:
    """How many people it takes to come to a number with which a count or a rank of people is compared."""
    edges = Thresholds(checked).of
    found: set[Fraction] = set()
    for quantity in checked.quantities:
        if any(map(_counts_people, walk(quantity.term))):
            found.update(edges.get(quantity.name, ()))
        for part in walk(quantity.term):
            match part:
                case Compared(left=left, right=Fixed(value=Fraction() as edge)) if any(map(_counts_people, walk(left))):
                    found.add(edge)
    return {int(edge) + more for edge in found for more in (0, 1)}


def _counts_people(part: Term) -> bool:
    is_count = isinstance(part, Aggregate) and part.function == "count"
    return isinstance(part, Aggregate | Ranked) and part.source == PERSON and (is_count or isinstance(part, Ranked))


def _at_their_best(
    checked: Checked, table: str, rows: Sequence[CrowdRow], best: Mapping[str, tuple[Level, Sign]]
) -> list[CrowdRow]:
    """The rows of a table, those of colleagues with the best value of each number that is work."""
    key, found = _key_of_people(checked), list[CrowdRow]()
    for row in rows:
        better = ByInput(row)
        for name in row if row.get(key, "E1") != "E1" else ():
            level, sign = best.get(name, (PERSON, "0"))
            one = checked.inputs.get(name)
            if one is not None and one.facts.type.kind is Kind.NUMBER and level == ((table,) if table else PERSON):
                end = one.facts.bounds.high if sign == "+" else one.facts.bounds.low
                better[name] = row[name] if end is None else raw_number(one, end)
        found.append(better)
    return found


def _crew(
    checked: Checked, tables: Tables, counts: Mapping[str, int] | None = None, size: int = 0
) -> Tables:  # fmt: skip
    """Oneself, a colleague and somebody of other groups, all with the same rows of each detail table.

    A few of each table, the different ones first; or so many as `counts` says, in the proportion in which they are.
    With a `size` there are so many people, all of the same groups.
    """
    key, rng = _key_of_people(checked), Random(1)  # noqa: S311
    person = tables[""][0]
    crew: dict[str, list[CrowdRow]] = {"": [], **{name: [] for name in tables if name}}
    other = {name: _another(checked, name, person.get(name)) for name in person if makes_groups(checked, name)}
    for number in range(1, (size or CREW) + 1):
        row = ByInput(person)
        row.update(other if number == CREW and not size else {})
        if key:
            row[key] = f"E{number}"
        crew[""].append(row)
    for table in checked.scheme.details:
        given = tables.get(table.name, ())
        samples = _distinct(given, table) or [_row(checked, rng, (table.name,), "")]
        if counts is not None:
            samples += [row for row in given if all(row is not one for one in samples)]
        crew.pop(table.name, None)
        if not table.recorded:
            each = max(ROWS_EACH, (counts or {}).get(table.name, 0))
            crew[table.name] = _rows_of_crew(checked, table, samples, crew, each)
        elif tables.get(table.name):  # everybody has the same past
            crew[table.name] = [ByInput({**past, key: one[key]}) for one in crew[""] for past in tables[table.name]]
    for group in checked.scheme.groups:
        words = {str(row[group.key]) for rows in crew.values() for row in rows if row.get(group.key) is not None}
        known = {str(row.get(group.key)): row for row in tables.get(group.name, ())}
        some = next(iter(known.values()), None)
        crew[group.name] = [
            ByInput({**(known.get(word) or some or _row(checked, rng, (group.key,), word)), group.key: word})
            for word in sorted(words or {"A"})
        ]
    return crew


def _rows_of_crew(
    checked: Checked, table: Details, samples: Sequence[CrowdRow], crew: Mapping[str, Sequence[CrowdRow]], each: int
) -> list[CrowdRow]:
    """The rows of a detail table: the samples in turn for each owner, told apart by keys of their own."""
    key, groups = _key_of_people(checked), {one.key for one in checked.scheme.groups}
    nested = bool(table.belongs_to) and table.belongs_to[0] in {one.name for one in checked.scheme.details}
    owners = crew.get(table.belongs_to[0], ()) if nested else crew[""]
    rows: list[CrowdRow] = []
    for owner in owners:
        links = {*table.belongs_to, *(_keys_of(checked, table.belongs_to[0]) if nested else ()), key}
        for n in range(1 if nested else each):
            row = ByInput(samples[n % len(samples)])
            row.update({name: owner[name] for name in owner if name in links})
            for name in dict.fromkeys((*table.key, *table.belongs_to)):
                if name in groups and name != key and (name in table.key or row.get(name) is None):
                    row[name] = f"{name}-{n + 1}"
                elif name not in links:
                    row[name] = f"{owner.get(key, '')}-{len(rows) + 1}"
            rows.append(row)
    return rows


def _key_of_people(checked: Checked) -> str:
    return next((one.name for one in checked.scheme.inputs if one.type == "key"), "")


def _another(checked: Checked, name: str, word: object) -> object:
    """Another word in the place of this one, by which rows make groups."""
    words = [literal.text for literal in checked.inputs[name].definition.one_of] if name in checked.inputs else []
    return next((one for one in words if one != word), word) if words else f"{word}2" if word is not None else None


def _distinct(rows: Sequence[CrowdRow], table: Details) -> list[CrowdRow]:
    """The rows that say something different, the most frequent first."""
    apart = {*table.key, *table.belongs_to}
    said: dict[tuple[object, ...], list[CrowdRow]] = {}
    for row in rows:
        said.setdefault(tuple(str(row[name]) for name in sorted(row) if name not in apart), []).append(row)
    return [found[0] for found in sorted(said.values(), key=len, reverse=True)]


# ── Made from ranges ─────────────────────────────────────────────────────────────────────────


def _made(checked: Checked, rng: Random, people: int = 3) -> Tables:
    """Some people with a few rows each, and a row for each group that they belong to."""
    tables: dict[str, list[Mapping[str, object]]] = {
        "": [_row(checked, rng, PERSON, f"E{n}") for n in range(1, people + 1)]
    }
    for table in checked.scheme.details:
        owner = table.belongs_to[0] if table.belongs_to else ""
        above = tables.get(owner, tables[""])
        rows: list[Mapping[str, object]] = []
        for one in above:
            for _ in range(rng.choice((1, 2, 3))):
                row = _row(checked, rng, (table.name,), f"{table.name}-{len(rows) + 1}")
                row.update({key: one[key] for key in one if key in table.belongs_to or key in _keys_of(checked, owner)})
                rows.append(row)
        if not table.recorded:
            tables[table.name] = rows
    for group in checked.scheme.groups:
        words = {row[group.key] for rows in tables.values() for row in rows if group.key in row} or {"A"}
        tables[group.name] = [
            _row(checked, rng, (group.key,), str(word)) | {group.key: word} for word in sorted(map(str, words))
        ]
    return tables


def _keys_of(checked: Checked, table: str) -> tuple[str, ...]:
    return next((one.key for one in checked.scheme.details if one.name == table), ())


def _row(checked: Checked, rng: Random, level: Level, key: str) -> ByInput:
    row = ByInput()
    for one in checked.inputs.values():
        if one.level == level and "(" not in one.name:
            row[one.name] = key if one.definition.type == "key" and level != PERSON else _cell(checked, rng, one, key)
    return row


def _cell(checked: Checked, rng: Random, one: CheckedInput, key: str) -> object:
    kind, low, high = one.facts.type.kind, one.facts.bounds.low, one.facts.bounds.high
    if one.definition.type == "key":
        return key
    if kind is Kind.BOOLEAN:
        return rng.random() < 0.5
    if kind is Kind.CATEGORY:
        words = sorted(one.facts.type.values or ())
        return rng.choice(words) if words else "A"
    if kind is Kind.DATE:
        day = _first_day(checked) + timedelta(days=rng.randint(0, 20) if one.level != PERSON else 0)
        return day if high is None or day.toordinal() <= high else _first_day(checked)
    if kind is Kind.TIME:
        return datetime.combine(_first_day(checked), time(9, 0))
    least, most = low or Fraction(0), high if high is not None else (low or Fraction(0)) + 100
    steps = 10**one.decimals
    value = Fraction(rng.choice((int(least * steps), int(most * steps), *(
        rng.randint(int(least * steps), int(most * steps)) for _ in range(4)))), steps)  # fmt: skip
    return raw_cell(one, value)


def _first_day(checked: Checked) -> date:
    return checked.period.first_day if checked.period is not None else checked.scheme.first_day
