"""Keeps carried values of people who were away: no record forgets them, so that the last one is enough.

The record of a period has the values of everybody in it, and of everybody else the last balance, which it takes from
the record before it. So each record knows everybody since the beginning, however few of the earlier ones are named.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from ..base.numbers import decimal_text, read_number
from ..base.periods import Period
from ..base.problems import Problem
from ..base.text import echo
from ..lang.keywords.words import FLAGS
from ..model.record import Balance, History, Record
from ..model.result import MISSING
from ..model.scheme import Input, Scheme
from .canonical_json import written
from .json_fields import JsonPart
from .tables import cell_as_json, cell_from_json

Balances = Mapping[str, Mapping[str, Balance]]


@frozen
class Kept:
    """What the records know of one carried name.

    `values` holds those of the last record, by person; `away` the last balances of people who are not in it. `lacking`
    is the latest period without a record that is needed to know everybody; None if everybody is known.
    """

    values: Mapping[str, object]
    away: Mapping[str, Balance]
    period: str = ""
    lacking: Period | None = None

    @property
    def now(self) -> dict[str, Balance]:
        """The values of the last period as balances, for people who are away in the next one."""
        return {key: Balance(self.period, value) for key, value in self.values.items()}


def kept_balances(source: str, records: Sequence[Record], before: Callable[[Period], Period | None]) -> Kept:
    """What `records`, the last one first, know of a carried name.

    `before` gives the period before another one, None if the scheme was not in force then.
    """
    last = records[0]
    values: dict[str, object] = {}
    away: dict[str, Balance] = {}
    lacking: Period | None = None
    known = False  # everybody, unless a period is `lacking`
    for number, record in enumerate(records):
        there = source in record.names or source in record.constants
        computed = ((key, found[source]) for key, found in record.everybody([source])) if there else ()
        stands = ((key, record.value(key, name)) for key, name in record.standing.get(source, {}).items())
        for key, value in (*computed, *stands):
            if record is last:
                values[key] = as_cell(value)
            elif key not in values:
                away.setdefault(key, Balance(record.period.text, as_cell(value)))
        for key in record.set_aside if there else ():
            away.setdefault(key, Balance(record.period.text, set_aside=True))
        for key, balance in record.balances.get(source, {}).items():
            if key not in values:
                away.setdefault(key, balance)
        known = known or source in record.balances or not there
        wanted = before(record.period)
        if not known and lacking is None and wanted is not None:
            following = records[number + 1].period if number + 1 < len(records) else None
            if following is None or following.last_day != wanted.last_day:
                lacking = wanted
    return Kept(values, away, last.period.text, lacking)


def as_cell(value: object) -> object:
    """A recorded value as a cell of the data: None where it is missing."""
    return None if value is MISSING else value


def interruption_problem(one: Input, key: str, balance: Balance, last: Record) -> Problem | None:
    """The problem of somebody who was away and would lose a balance; None if nothing is lost."""
    params = {"key": echo(key), "period": balance.period}
    if balance.set_aside:
        return Problem("history-set-aside", params, table=echo(last.name), key=echo(key))
    if is_first(one, balance.value):
        return None
    params |= {"name": echo(one.carried_from or ""), "value": _shown(balance.value), "last": last.period.text}
    return Problem("carried-interrupted", params, table=echo(last.name), key=echo(key))


def stranger(one: Input, last: Record, lacking: Period) -> Problem:
    """The problem of somebody without a value in the last record, if the records do not know everybody."""
    params = {"name": echo(one.carried_from or ""), "last": last.period.text, "period": lacking.text, "key": ""}
    return Problem("carried-interrupted", params, "unknown", table=echo(last.name))


def is_first(one: Input, value: object) -> bool:
    """Whether a value is the initial one, so that nothing is lost by beginning anew."""
    if value is None:
        return True
    if one.first is None:
        return False
    first = one.first.text
    if isinstance(value, bool):
        return FLAGS.get(first) is value
    if isinstance(value, Decimal | Fraction | int):
        return read_number(first) == Fraction(value)
    if isinstance(value, datetime):
        begins = first.replace("T", " ")
        return written(value) == (begins if " " in begins else f"{begins} 00:00")
    if isinstance(value, date | time):
        return written(value) == first
    return value == unicodedata.normalize("NFC", first)


def away_with(scheme: Scheme, history: History, there: Collection[str]) -> tuple[str, ...]:
    """The people who are not `there` in this period and have a balance other than the initial one."""
    found = set[str]()
    for one in scheme.inputs:
        if one.carried_from:
            carried = history.carried.get(one.name, {})
            found |= {key for key, value in carried.items() if not is_first(one, value)}
            unknown = history.unknown.get(one.name, {})  # those who were set aside among them, who may have nothing
            found |= {key for key, problem in unknown.items() if problem.code == "carried-interrupted"}
    return tuple(sorted(found - set(there)))


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return decimal_text(value)
    return echo(str(value).lower() if isinstance(value, bool) else str(value))


# ── In a record ───────────────────────────────────────────────────────────────────────────────────


def balances_page(balances: Balances, there: Collection[str]) -> dict[str, object]:
    """The balances of everybody who is not `there`, in scope, as a record writes them."""
    return {
        name: {key: _written(one) for key, one in sorted(people.items()) if key not in there}
        for name, people in sorted(balances.items())
    }


def _written(one: Balance) -> dict[str, object]:
    return {"period": one.period, **({"set_aside": True} if one.set_aside else {"value": cell_as_json(one.value)})}


def read_balances(page: JsonPart) -> Balances:
    """Reads what `balances_page` wrote; nothing of a record that was written before there were balances."""
    if "balances" not in page.entries():
        return {}
    inside = page.part("balances")
    return {name: {key: _read(one) for key, one in inside.parts(name).items()} for name in inside.entries()}


def _read(one: JsonPart) -> Balance:
    if "set_aside" in one.entries():
        return Balance(one.text("period"), set_aside=one.flag("set_aside"))
    return Balance(one.text("period"), cell_from_json(one.part("value").value))


def read_standing(page: JsonPart) -> Mapping[str, Mapping[str, str]]:
    """Reads, by carried name and person out of scope, the input that holds the value that person keeps."""
    if "standing" not in page.entries():
        return {}
    inside = page.part("standing")
    return {name: {key: one.as_text() for key, one in inside.parts(name).items()} for name in inside.entries()}
