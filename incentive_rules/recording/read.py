"""Reads a record from its folder and verifies every byte."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve

from ..base.problems import Problem
from ..lang.types import Kind
from ..model.record import Record, RecordedName, recorded_value
from ..model.result import Value
from .balances import read_balances, read_standing
from .canonical_json import BrokenRecord, parse_json
from .json_fields import JsonPart
from .rerun_inputs import read_used
from .verify import Changed, Verified, problem_of, verified

_KINDS = {kind.value: kind for kind in Kind}


def load_record(folder: str | Path) -> tuple[Record | None, tuple[Problem, ...]]:
    """The record in `folder`, every byte verified; or the problems for which it is refused."""
    found, problem = verified(folder)
    if problem is not None and problem.variant == "none":  # it may hold records; one is asked for
        problem = evolve(problem, variant="one")
    if found is None:
        return None, () if problem is None else (problem,)
    return record_in(found)


def record_in(found: Verified) -> tuple[Record | None, tuple[Problem, ...]]:
    """Reads the whole record whose manifest is verified."""
    try:
        found.check()
        return _record(found), ()
    except (Changed, BrokenRecord, OSError) as error:
        return None, (problem_of(error, found.name),)


def _record(found: Verified) -> Record:
    m = found.manifest
    names, constants = _names(JsonPart(parse_json(found.read("names.json")), "names.json"))
    aside = JsonPart(parse_json(found.read("quarantined.json")), "quarantined.json")
    people = {}
    for number, line in enumerate(found.lines("results.jsonl"), 1):
        key = _key_of(JsonPart(parse_json(line), f"results.jsonl:{number}"))
        if key in people or not key:
            raise BrokenRecord(f"results.jsonl:{number}")
        people[key] = line
    history = JsonPart(parse_json(found.read("history.json")), "history.json")
    return Record(
        found.name, found.fingerprint, m.scheme, m.version, m.period, m.meaning, m.data, m.results,
        m.library, m.language, m.corrects, read_used(history), m.lines, names, constants, people,
        frozenset(one.as_text() for one in aside.items("people")),
        read_balances(history), read_standing(history), found.folder, m.currency,
    )  # fmt: skip


def _key_of(person: JsonPart) -> str:
    """The key in a line of results; raises `BrokenRecord` if the line has another shape."""
    person.flag("in_scope")
    for block in ("inputs", "values"):
        for value in person.parts(block).values():
            if isinstance(value.value, dict | int) and not isinstance(value.value, bool):
                raise BrokenRecord(value.way)
    person.part("lines").entries()
    return person.text("key")


def _names(page: JsonPart) -> tuple[Mapping[str, RecordedName], Mapping[str, Value]]:
    names = {name: _name(one) for name, one in page.parts("names").items()}
    constants = {}
    for name, one in page.parts("constants").items():
        try:
            constants[name] = recorded_value(_kind(one), one.part("value").value)
        except (ValueError, ArithmeticError) as error:
            raise BrokenRecord(one.way) from error
    return names, constants


def _name(one: JsonPart) -> RecordedName:
    decimals = one.part("decimals").value if "decimals" in one.entries() else None
    if isinstance(decimals, bool) or not isinstance(decimals, int | None):
        raise BrokenRecord(one.way)
    return evolve(_kind(one), decimals=decimals, of_rows="of_rows" in one.entries())


def _kind(one: JsonPart) -> RecordedName:
    word = one.text("kind")
    if word not in _KINDS:
        raise BrokenRecord(one.way)
    return RecordedName(
        _KINDS[word],
        whole="whole" in one.entries() and one.flag("whole"),
        money=one.flag("money") if "money" in one.entries() else None,
        unit=one.text("unit") if "unit" in one.entries() else "",
    )
