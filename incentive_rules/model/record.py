"""Records of runs: what was paid in a period, kept for later periods, for corrections and for a replay.

A record is a folder. Reading verifies every byte of it and makes a `Record`; a `History` is what the
records of earlier periods bring into a run; a `Difference` is what a correction pays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from ..base.periods import Period
from ..base.problems import Problem
from ..lang.types import Kind
from .levels import Level
from .result import MISSING, Value


@frozen
class RecordedName:
    """What kind of value a name of a record has; `decimals` None for an exact number."""

    kind: Kind
    level: Level = ()
    whole: bool = False
    decimals: int | None = None


@frozen
class Record:
    """One run as it was recorded, every byte verified.

    `name` is that of its folder. `fingerprint` is the record's own, `meaning` that of the scheme for its
    period. `corrects` are the records that it corrects, `used` those that it stands on, by fingerprint.
    `lines` are the pay lines and the results made of them; `people` leads from each key to the person's values
    as they are written; `set_aside` are the keys of those who were refused.
    """

    name: str
    fingerprint: str
    scheme: str
    version: str
    period: Period
    meaning: str
    library: str
    corrects: tuple[str, ...]
    used: tuple[str, ...]
    lines: tuple[str, ...]
    names: Mapping[str, RecordedName] = field(repr=False, hash=False)
    constants: Mapping[str, Value] = field(repr=False, hash=False)
    people: Mapping[str, bytes] = field(repr=False, hash=False)
    set_aside: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of everybody who has results, those out of scope included."""
        return tuple(self.people)

    def in_scope(self, key: str) -> bool:
        """Whether the scheme applied to this person; `KeyError` where the record does not know them."""
        return json.loads(self.people[key])["in_scope"] is True

    def value(self, key: str, name: str) -> Value | tuple[Value, ...]:
        """What `name` was for this person: a quantity, an input, or a parameter of the period.

        `KeyError` where the record has no such person or name.
        """
        values = self.values(key, (name,))
        if name not in values:
            raise KeyError(name)
        return values[name]

    def values(self, key: str, names: tuple[str, ...]) -> Mapping[str, Value | tuple[Value, ...]]:
        """Those of `names` that the record has, with their values for this person."""
        written = json.loads(self.people[key])
        texts = {**written["inputs"], **written["values"]}
        found: dict[str, Value | tuple[Value, ...]] = {}
        for name in names:
            if name in texts and name in self.names:
                found[name] = read_values(self.names[name], texts[name])
            elif name in self.constants:
                found[name] = self.constants[name]
        return found


def read_values(name: RecordedName, written: object) -> Value | tuple[Value, ...]:
    """The value, or the tuple of values of detail rows, that stands in a record."""
    if isinstance(written, list):
        return tuple(read_value(name, one) for one in written)
    return read_value(name, written)


def read_value(name: RecordedName, written: object) -> Value:
    """The exact value that is written as a text, a flag, or null; `ValueError` where it is none of this kind."""
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
    if "/" in written:
        return Fraction(written)
    return Decimal(written) if name.decimals is not None and not (name.whole and name.decimals == 0) else int(written)


@frozen
class UsedRecord:
    """One record that a run stands on, by its fingerprint."""

    fingerprint: str
    period: str


@frozen
class History:
    """What earlier periods bring into a run.

    `rows` leads from a `recorded:` table to the key of a person to that person's rows, the earliest period
    first, each with the values by the table's local names. `carried` leads from an input with `carried_from`
    to a key to its value. Who has no row or no value there is not among the keys. `problems` are those of
    single people, by key: what an earlier period holds of them cannot be known. `used` are the records.
    """

    rows: Mapping[str, Mapping[str, tuple[Mapping[str, object], ...]]] = field(factory=dict, hash=False)
    carried: Mapping[str, Mapping[str, object]] = field(factory=dict, hash=False)
    problems: Mapping[str, tuple[Problem, ...]] = field(factory=dict, hash=False)
    used: tuple[UsedRecord, ...] = ()


@frozen
class Difference:
    """What one person's pay line is now, and what was paid for the period already."""

    key: str
    name: str
    paid: Decimal
    now: Decimal

    @property
    def amount(self) -> Decimal:
        return self.now - self.paid


@frozen
class Replay:
    """Whether a recorded run gives the same bytes again; if not, `differences` say where.

    `notes` say what else is not as it was (another release of this library) although every byte is the same.
    """

    record: Record
    differences: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def same(self) -> bool:
        return not self.differences
