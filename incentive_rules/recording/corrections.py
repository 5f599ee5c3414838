"""Computes a correction: a period is run again, and everybody gets the new amount less what was paid for the period.

The record of a correction contains all results anew, so what was paid is in the latest one: that of the first run if
there was no correction yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from attrs import evolve

from ..base.numbers import EXACT
from ..base.periods import Period
from ..base.problems import Problem, Problems
from ..base.text import echo
from ..model.record import Correction, Difference, Paid, Record
from ..model.result import Result
from ..model.scheme import Scheme
from .canonical_json import BrokenRecord, json_line, written
from .find import Seen

LineAndKind = tuple[str, str]  # a pay line and its kind
NOTHING = Decimal(0)


def latest_of(records: Iterable[Record]) -> tuple[Record | None, Problems]:
    """The latest of the records of one period, corrections included; a problem if two are latest."""
    found = {record.fingerprint: record for record in records}
    replaced = {fingerprint for record in found.values() for fingerprint in record.corrects}
    standing = [record for fingerprint, record in found.items() if fingerprint not in replaced]
    if len(standing) == 1:
        return standing[0], ()
    if not standing:
        return None, ()
    first, second = standing[:2]
    params = {"period": first.period.text, "record": echo(first.name), "other": echo(second.name)}
    return None, (Problem("record-twice", params, table=echo(second.name)),)


def other_currency(scheme: Scheme, record: Record) -> Problem | None:
    """The problem of a record in another currency than the scheme; None if they agree, or if one has no currency."""
    if not record.currency or not scheme.currency or record.currency == scheme.currency:
        return None
    params = {"record": echo(record.name), "period": record.period.text}
    params |= {"currency": echo(record.currency), "wanted": scheme.currency}
    return Problem("record-currency", params, table=echo(record.name))


def paid_for(scheme: Scheme, period: Period, records: Sequence[Record]) -> tuple[Paid | None, Problems]:
    """What was paid for the period according to these records; or the problems for which that is unknown."""
    problems = [problem for record in records for problem in _unfit(scheme, period, record)]
    latest, more = latest_of(records) if not problems else (None, ())
    if latest is None:
        return None, (*problems, *more)
    names = tuple(name for name, _ in latest.lines)
    amounts = {}
    for key in latest.keys:
        found = latest.values(key, names)
        amounts[key] = {name: value for name, value in found.items() if isinstance(value, Decimal)}
        if len(amounts[key]) < len(names):
            raise BrokenRecord("results.jsonl")
    return Paid((*latest.corrects, latest.fingerprint), latest.lines, amounts, latest.set_aside), ()


def _unfit(scheme: Scheme, period: Period, record: Record) -> Iterator[Problem]:
    params = {"record": echo(record.name), "period": record.period.text, "wanted": period.text}
    currency = other_currency(scheme, record)
    if record.scheme != scheme.name:
        params |= {"scheme": echo(record.scheme), "name": echo(scheme.name)}
        yield Problem("record-scheme", params, table=echo(record.name))
    elif (record.period.first_day, record.period.last_day) != (period.first_day, period.last_day):
        yield Problem("record-period", params, "corrects", table=echo(record.name))
    elif currency is not None:
        yield evolve(currency, variant="corrects")


def paid_already(period: Period, records: Iterable[Record | Seen]) -> Problems:
    """The problem that one of these records paid for the period already; nothing if none did."""
    latest = next(iter(sorted(records, key=lambda record: (len(record.corrects), record.name), reverse=True)), None)
    if latest is None:
        return ()
    params = {"period": period.text, "record": echo(latest.name)}
    return (Problem("paid-already", params, table=echo(latest.name)),)


def conflicts_beside(
    period: Period, beside: Mapping[str, Seen], folder: str, corrected: Sequence[str] | None
) -> Problems:
    """The problems of putting a record of the period into a `folder`: records `beside` it have days of the period.

    A correction knows the records that are `corrected`: it conflicts with others of the very period.
    """
    same = {
        fingerprint: one
        for fingerprint, one in beside.items()
        if (one.period.first_day, one.period.last_day) == (period.first_day, period.last_day)
    }
    if corrected is not None:
        others = sorted(one.name for fingerprint, one in same.items() if fingerprint not in corrected)
        params = {"period": period.text, "record": others[0] if others else "", "other": echo(folder)}
        return (Problem("record-twice", params, table=others[0]),) if others else ()
    if same:
        return paid_already(period, same.values())
    return tuple(
        Problem(
            "record-period", {"record": one.name, "period": one.period.text, "wanted": period.text}, "overlaps",
            table=one.name,
        )
        for one in sorted(beside.values(), key=lambda one: one.name)
    )  # fmt: skip


# ── Differences ───────────────────────────────────────────────────────────────────────────────────


def correction_of(
    results: Sequence[Result], refused: Iterable[str], paid: Paid
) -> tuple[Correction | None, Problems]:
    """Each pay line whose amount changes, by key; or the problems of people for whom that is unknown.

    Whoever was set aside in the first run, and is so again, has been paid nothing and still is not.
    """
    held = [key for key in refused if not key or key not in paid.set_aside]
    if held:
        return None, tuple(_held(key) for key in held)
    now = {result.key: result for result in results}
    lines = list(dict.fromkeys((*_lines_of(results), *paid.lines)))
    found: list[Difference] = []
    for key in sorted({*now, *paid.amounts}):
        found += _of_one(key, now.get(key), paid.amounts.get(key), lines, dict(paid.lines))
    return Correction(paid, tuple(found)), ()


def _held(key: str) -> Problem:
    return Problem("correction-held", {"key": echo(key)}, "" if key else "key", key=echo(key))


def _lines_of(results: Sequence[Result]) -> Iterator[LineAndKind]:
    if results:
        yield from ((name, line.kind) for name, line in results[0].lines.items())


def _of_one(
    key: str, now: Result | None, paid: Mapping[str, Decimal] | None, lines: Sequence[LineAndKind],
    kinds: Mapping[str, str],
) -> list[Difference]:
    state = "new" if paid is None else "gone" if now is None else "changed"
    made = {} if now is None else {(name, line.kind): line.amount for name, line in now.lines.items()}
    had = {} if paid is None else {(name, kinds[name]): amount for name, amount in paid.items()}
    found = []
    for name, kind in lines:
        before, after = had.get((name, kind)), made.get((name, kind))
        if before is not None or after is not None:
            had_before = _zero(after) if before is None else before
            found.append(Difference(key, name, kind, had_before, _zero(before) if after is None else after, state))
    changed = [one for one in found if one.amount]
    return changed if changed or state == "changed" else found


def _zero(like: Decimal | None) -> Decimal:
    """0, with the decimals of the amount beside it."""
    return NOTHING if like is None else EXACT.multiply(like.copy_abs(), NOTHING)


def correction_files(correction: Correction) -> dict[str, Iterable[bytes]]:
    """The files of a correction beside its results: what was paid before, and what is paid now."""
    paid, changed = _paid_lines(correction.paid), _people(correction.differences)
    return {"paid.jsonl": map(json_line, paid), "differences.jsonl": map(json_line, changed)}


def _paid_lines(paid: Paid) -> Iterator[object]:
    yield {"lines": [{"name": name, "kind": kind} for name, kind in paid.lines], "set_aside": sorted(paid.set_aside)}
    for key, amounts in sorted(paid.amounts.items()):
        yield {"key": key, "lines": {name: written(amount) for name, amount in amounts.items()}}


def _people(differences: Iterable[Difference]) -> Iterator[object]:
    by_key: dict[str, list[Difference]] = {}
    for one in differences:
        by_key.setdefault(one.key, []).append(one)
    for key, found in by_key.items():
        yield {"key": key, "state": found[0].state, "lines": [_line(one) for one in found]}


def _line(one: Difference) -> object:
    amounts = {"paid": written(one.paid), "now": written(one.now), "difference": written(one.amount)}
    return {"name": one.name, "kind": one.kind, **amounts}
