"""Whole populations made by hand: rows as they stand in a table, joined to their owners by the values of columns.

`population(checked, [{"engineer": "甲", "department": "华东", "points": 3}], orders=[{"engineer": "甲", ...}])`:
numbers may be whole or texts, words stand in quotes inside the text (`"'A'"`) or are read as they are where
the input is a category or a key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from incentive_rules.base.numbers import decimals_of, show_number
from incentive_rules.judging.judge import PopulationReferee
from incentive_rules.lang.types import Kind
from incentive_rules.model.checked import Checked
from incentive_rules.model.data import ExactPopulation, ExactTable, ExactValue
from incentive_rules.model.levels import EVERYONE, PERSON, Level
from incentive_rules.model.trace import Judgement

Row = Mapping[str, object]


def population(checked: Checked, people: Iterable[Row], **tables: Iterable[Row]) -> ExactPopulation:
    """Everybody. `tables` are the rows of details, and of groups by their key; other groups are those met."""
    levels, scheme = checked.levels, checked.scheme
    key = next((i.name for i in scheme.inputs if i.type == "key"), "")
    rows: dict[Level, list[Row]] = {PERSON: list(people), EVERYONE: [{}]}
    rows |= {(name,): list(given) for name, given in tables.items()}
    rows |= {level: rows.get(level, []) for level in levels}
    columns: dict[Level, tuple[str, ...]] = {PERSON: (key,) if key else (), EVERYONE: ()}
    columns |= {(d.name,): d.key for d in scheme.details}
    for level in levels:
        if levels[level].sort == "group":
            columns[level] = level
            if not levels[level].table:
                met = [r[level[0]] for one in levels for r in rows[one] if level in levels[one].owners]
                rows[level] = [{level[0]: value} for value in dict.fromkeys(met)]
    made = {}
    for level in levels:
        owners = {
            owner: tuple(_owner(rows[owner], columns[owner], row) for row in rows[level])
            for owner in levels[level].owners
        }
        cells = tuple(_read(checked, level, row) for row in rows[level])
        keys = tuple(" ".join(str(row[c]) for c in columns[level]) for row in rows[level])
        made[level] = ExactTable(level, cells, keys, owners)
    return ExactPopulation(made)


def _owner(rows: list[Row], columns: tuple[str, ...], row: Row) -> int:
    wanted = [row[c] for c in columns]
    return next(number for number, one in enumerate(rows) if [one[c] for c in columns] == wanted)


def _read(checked: Checked, level: Level, row: Row) -> Mapping[str, ExactValue]:
    return {
        name: _value(checked.inputs[name].facts.type.kind, row.get(name))
        for name in checked.inputs
        if checked.inputs[name].level == level
    } | {name: _value(Kind.BOOLEAN, value) for name, value in row.items() if "(" in name}


def _value(kind: Kind, value: object) -> ExactValue:
    if isinstance(value, str):
        return value if kind in (Kind.CATEGORY, Kind.KEY) else Fraction(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    return value if isinstance(value, bool | Fraction) else None


def judge_population(
    checked: Checked, population: ExactPopulation, people: Iterable[int] | None = None
) -> dict[int, Judgement]:
    """The judgement of each of these people, or of everybody, by their number in the table of people."""
    everybody = PopulationReferee(checked, population)
    numbers = range(everybody.rows.count(PERSON)) if people is None else people
    return {number: everybody.judge(number) for number in numbers}


def judged(checked: Checked, people: Iterable[Row], **tables: Iterable[Row]) -> list[Judgement]:
    """The judgement of each person, in their order."""
    return list(judge_population(checked, population(checked, people, **tables)).values())


def values(name: str, judgements: Iterable[Judgement]) -> list[object]:
    """What each person has under a name: whole numbers as they are, `33.34` and `2/3` as texts."""
    return [plain(judgement.values[name]) for judgement in judgements]


def plain(value: object) -> object:
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return int(value)
        return show_number(value) if decimals_of(value) is not None else str(value)
    return value
