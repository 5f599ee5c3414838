"""Records of runs: what was paid in a period, kept for later periods, for corrections and for a replay.

A record is a folder. Reading verifies every byte of it and makes a `Record`; a `History` is what the
records of earlier periods bring into a run; a `Difference` is what a correction pays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from attrs import field, frozen

from ..base.errors import DataError
from ..base.numbers import EXACT
from ..base.periods import Period
from ..base.problems import Problem
from ..base.reports import render_problems
from ..base.text import echo
from ..lang.types import Kind
from .result import MISSING, Value

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+|/[0-9]*[1-9][0-9]*)?", re.ASCII)
_MOST_DIGITS = 2_000
RecordedValue = Value | tuple[Value, ...]  # the latter of detail rows


@frozen
class SchemeFile:
    """The bytes of a scheme, and the name of its file."""

    name: str = "scheme.yaml"
    content: bytes = field(default=b"", repr=False)


@frozen
class RecordedName:
    """The type of the values of a recorded name; `decimals` None for an exact number.

    `of_rows`: a person has a value for each detail row. `money` is None, and `unit` "", if the record does not have
    them.
    """

    kind: Kind
    whole: bool = False
    decimals: int | None = None
    of_rows: bool = False
    money: bool | None = None
    unit: str = ""


@frozen
class Balance:
    """The value of a carried name for somebody at the end of a period; unknown if the person was `set_aside`."""

    period: str
    value: object = None
    set_aside: bool = False


@frozen
class UsedRecord:
    """One record that a run used, by its fingerprint."""

    fingerprint: str
    period: str


@frozen
class Record:
    """One run as it was recorded, every byte verified.

    `name` is that of its folder. `fingerprint` is the record's own; `meaning` is that of the scheme for its period,
    `data` that of all data files, `results` that of what everybody gets. `corrects` are the records that it corrects,
    by fingerprint, `used` those that it used. `lines` are the pay lines with their kinds; `people`: key → the person's
    values as they are written; `set_aside` are the keys of those who were refused. `balances`: carried name → balances
    of people who have no value of it in this period, and had one before, or were refused then; a name that is not in it
    was not followed from its beginning. `standing`: carried name → people to whom the scheme did not apply → the input
    whose value they keep. `folder` is where it was read. `currency` is that of every amount of money, "" if the scheme
    has none.
    """

    name: str
    fingerprint: str
    scheme: str
    version: str
    period: Period
    meaning: str
    data: str
    results: str
    library: str
    language: str
    corrects: tuple[str, ...]
    used: tuple[UsedRecord, ...]
    lines: tuple[tuple[str, str], ...]
    names: Mapping[str, RecordedName] = field(repr=False, hash=False)
    constants: Mapping[str, Value] = field(repr=False, hash=False)
    people: Mapping[str, bytes] = field(repr=False, hash=False)
    set_aside: frozenset[str] = field(default=frozenset(), repr=False)
    balances: Mapping[str, Mapping[str, Balance]] = field(factory=dict, repr=False, hash=False)
    standing: Mapping[str, Mapping[str, str]] = field(factory=dict, repr=False, hash=False)
    folder: Path | None = field(default=None, repr=False, eq=False)
    currency: str = ""

    def __len__(self) -> int:
        return len(self.people)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of everybody with results, those out of scope included."""
        return tuple(self.people)

    def in_scope(self, key: str) -> bool:
        """Whether the scheme applied to this person; raises `KeyError` for a person who is not in the record."""
        return json.loads(self.people[key])["in_scope"] is True

    def value(self, key: str, name: str) -> RecordedValue:
        """The value of `name` for this person: a quantity, an input, or a parameter of the period.

        Raises `KeyError` for an unknown person or name, `DataError` for a value that no run writes.
        """
        return self.values(key, (name,))[name]

    def values(self, key: str, names: Iterable[str]) -> Mapping[str, RecordedValue]:
        """The values of several names; errors as above."""
        try:
            return self._of(json.loads(self.people[key]), names)
        except (ValueError, ArithmeticError) as error:
            params = {"record": echo(self.name), "what": "results.jsonl"}
            problem = Problem("record-broken", params, table=echo(self.name), key=echo(key))
            raise DataError(render_problems([problem]), (problem,)) from error

    def everybody(self, names: Collection[str]) -> Iterator[tuple[str, Mapping[str, RecordedValue]]]:
        """The values of everybody in scope, by key."""
        for key, line in self.people.items():
            person = json.loads(line)
            if person["in_scope"]:
                yield key, self._of(person, names)

    def _of(self, person: Mapping[str, Mapping[str, object]], names: Iterable[str]) -> dict[str, RecordedValue]:
        found: dict[str, RecordedValue] = {}
        for name in names:
            if name in self.constants:
                found[name] = self.constants[name]
            else:
                block = "values" if name in person["values"] else "inputs"
                found[name] = recorded_values(self.names[name], person[block][name])
        return found


def recorded_values(name: RecordedName, written: object) -> RecordedValue:
    """Reads the value, or the tuple of values of detail rows, from a record."""
    if isinstance(written, list):
        return tuple(recorded_value(name, one) for one in written)
    return recorded_value(name, written)


def recorded_value(name: RecordedName, written: object) -> Value:
    """Reads the exact value of a text, a flag, or null; raises `ValueError` for a value of another kind."""
    if written is None:
        return MISSING
    if name.kind is Kind.BOOLEAN:
        if isinstance(written, bool):
            return written
    elif isinstance(written, str):
        if name.kind is Kind.NUMBER:
            return _number(name, written)
        if name.kind is Kind.DATE:
            return date.fromisoformat(written)
        if name.kind is Kind.TIME:
            return datetime.fromisoformat(written) if len(written) > len("12:30") else time.fromisoformat(written)
        return written
    raise ValueError(f"not a {name.kind}")


def _number(name: RecordedName, written: str) -> Value:
    if len(written) > _MOST_DIGITS or not _NUMBER.fullmatch(written):
        raise ValueError("not a number")
    if "/" in written:
        return Fraction(written)
    return Decimal(written) if name.decimals is not None and not (name.whole and name.decimals == 0) else int(written)


@frozen
class History:
    """What earlier periods bring into a run.

    `rows`: `recorded:` table → person's key → rows, the earliest period first, each with the values by the table's
    local names. `carried`: input with `carried_from` → key → value. People without a row or value are not among the
    keys. `problems` are those of single people whose rows are unknown, by key; `unknown`: input → people whose value is
    unknown, unless the data bring it. `complete`: the period directly before is among the records `used`, or the scheme
    was not in force then, so that whoever has no carried value begins with the `first` one. `balances`: carried name →
    last value of each person; `strangers`: input whose name was not followed from its beginning → the problem of people
    who are not known. `again` are records of the very period that is run; `folders` are those in which records were
    searched for.
    """

    rows: Mapping[str, Mapping[str, tuple[Mapping[str, object], ...]]] = field(factory=dict, hash=False)
    carried: Mapping[str, Mapping[str, object]] = field(factory=dict, hash=False)
    problems: Mapping[str, tuple[Problem, ...]] = field(factory=dict, hash=False)
    unknown: Mapping[str, Mapping[str, Problem]] = field(factory=dict, hash=False)
    complete: bool = False
    used: tuple[UsedRecord, ...] = ()
    balances: Mapping[str, Mapping[str, Balance]] = field(factory=dict, hash=False)
    strangers: Mapping[str, Problem] = field(factory=dict, hash=False)
    again: tuple[Record, ...] = field(default=(), repr=False, eq=False)
    folders: tuple[Path, ...] = field(default=(), repr=False, eq=False)


@frozen
class Difference:
    """What one person's pay line is now, and what was paid for the period already.

    `state` is changed | new (nothing was recorded of the person) | gone (the person is in the data no longer).
    """

    key: str
    name: str
    kind: str
    paid: Decimal
    now: Decimal
    state: str = "changed"

    @property
    def amount(self) -> Decimal:
        """What is to be paid on top, exactly: what is due now less what was paid."""
        return EXACT.subtract(self.now, self.paid)


@frozen
class Paid:
    """What was paid for a period: the amounts by key and pay line, and the keys of those set aside.

    `records` are those that it was read from, the first run first; `lines` are the pay lines with their kinds.
    """

    records: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    amounts: Mapping[str, Mapping[str, Decimal]] = field(repr=False, hash=False)
    set_aside: frozenset[str] = field(default=frozenset(), repr=False)


@frozen
class Correction:
    """A period run again: what was paid for it before, and what each person gets beyond that.

    `warnings` are about new people whose key looks like that of somebody who is gone.
    """

    paid: Paid
    differences: tuple[Difference, ...]
    warnings: tuple[Problem, ...] = ()


@frozen
class Replay:
    """Whether a recorded run gives the same bytes again; if not, the `differences`.

    `notes` are about anything else that differs (another release of this library) although every byte is the same.
    `recomputed` counts the people whom the referee computed too, None if it was not asked.
    """

    record: Record
    differences: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    recomputed: int | None = None

    @property
    def same(self) -> bool:
        """Whether the run came out as it is recorded, to the byte."""
        return not self.differences
