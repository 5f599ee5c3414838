"""Takes from the records of earlier periods what a run needs: rows of `recorded:` tables, and carried values.

A period of this year without a record, a value that a record lacks, or a record that was made from one that was
corrected later, is a problem of the whole run: it would leave something out, and nobody would see it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from ..base.periods import Period, earlier_in_year, period_before, read_period
from ..base.problems import Problem, Problems
from ..base.text import echo
from ..lang.types import Type
from ..model.checked import Checked
from ..model.record import History, Record, RecordedName, UsedRecord
from ..model.scheme import Details, Input, Recorded, Scheme
from .balances import Kept, as_cell, interruption_problem, kept_balances, stranger
from .canonical_json import BrokenRecord
from .corrections import latest_of, other_currency
from .find import FoundRecords, Seen

Days = tuple[object, object]


def history_of(
    checked: Checked, found: FoundRecords, given: Collection[str] = ()
) -> tuple[History | None, Problems]:
    """What the records that were `found` bring into a run of `checked`; or the problems for which they cannot be used.

    `given` are the recorded tables and the carried inputs that the data bring themselves: a period without a record is
    no problem for these. Their recorded values are returned as well, to be compared.
    """
    period = checked.period
    assert period is not None  # a scheme that is run was checked for its period
    again = tuple(one for one in found.records if _is_again(one, period) and one.fingerprint not in found.named)
    records = [one for one in found.records if one not in again]
    problems = [problem for one in records for problem in _unfit(checked.scheme, period, one, found.named)]
    by_days, more = _latest(records) if not problems else ({}, ())
    if problems or more:
        return None, (*problems, *more)
    needed = _Needed(checked, period, given, _recorded(checked.scheme, by_days, found), found.seen)
    problems += needed.gaps(by_days)
    used = needed.records(by_days)
    problems += _in_other_money(checked.scheme, records, used, found.named)
    problems += _stale(used, found.seen)
    problems += needed.lacking(by_days)
    if problems:
        return None, tuple(problems)
    try:
        return evolve(needed.history(by_days, used), again=again, folders=found.folders), ()
    except (ValueError, ArithmeticError, KeyError) as error:  # bytes that fit their sum and that we never wrote
        what = str(error) if isinstance(error, BrokenRecord) else "results.jsonl"
        return None, tuple(Problem("record-broken", {"record": echo(r.name), "what": what}) for r in used[:1])


def _is_again(record: Record, period: Period) -> bool:
    return (record.period.first_day, record.period.last_day) == (period.first_day, period.last_day)


def _unfit(scheme: Scheme, period: Period, record: Record, named: Collection[str]) -> Iterator[Problem]:
    name = echo(record.name)
    params = {"record": name, "period": record.period.text, "wanted": period.text}
    if record.scheme != scheme.name:
        yield Problem("record-scheme", {**params, "scheme": echo(record.scheme), "name": echo(scheme.name)}, table=name)
    elif record.fingerprint not in named and record.period.last_day >= period.first_day:
        yield Problem("record-period", params, "overlaps", table=name)
    elif record.period.kind is not period.kind and not (_carries(scheme) and record.period.last_day < period.first_day):
        # What is carried on is so whatever the length of the period; rows of a year are those of its own periods.
        if record.fingerprint in named:
            yield Problem("record-period", params, "kind", table=name)
    elif record.period.last_day >= period.first_day:
        variant = "same" if record.period.first_day == period.first_day else "later"
        yield Problem("record-period", params, variant, table=name)


def _carries(scheme: Scheme) -> bool:
    return any(one.carried_from for one in scheme.inputs)


def _in_other_money(
    scheme: Scheme, records: Iterable[Record], used: Collection[Record], named: Collection[str]
) -> Iterator[Problem]:
    """The problems of records in another currency, among those that are used or were named themselves.

    A folder may contain others, of years ago say, which are not used.
    """
    for record in records:
        problem = other_currency(scheme, record)
        if problem is not None and (record in used or record.fingerprint in named):
            yield problem


def _latest(records: Iterable[Record]) -> tuple[dict[Days, Record], Problems]:
    """The latest record of each period, by its first and last day."""
    groups: dict[Days, list[Record]] = {}
    for record in records:
        groups.setdefault(_days(record.period), []).append(record)
    found, problems = {}, list[Problem]()
    for days, group in groups.items():
        latest, wrong = latest_of(group)
        problems += wrong
        if latest is not None:
            found[days] = latest
    return found, tuple(problems)


def _days(period: Period) -> Days:
    return period.first_day, period.last_day


def _stale(used: Iterable[Record], seen: Mapping[str, Seen]) -> Iterator[Problem]:
    """The problems of records that used a record which was corrected afterwards, directly or through others."""
    replaced = {fingerprint: one for one in seen.values() for fingerprint in one.corrects}
    pending = [record.fingerprint for record in used]
    looked_at = set(pending)
    while pending:
        found = seen.get(pending.pop(0))
        below = () if found is None else found.used
        correction = next((replaced[one] for one in below if one in replaced), None)
        if found is not None and correction is not None:
            params = {"record": echo(found.name), "period": found.period.text, "other": correction.period.text}
            yield Problem("record-stale", params, table=echo(found.name))
        new = [one for one in below if one not in looked_at]
        looked_at |= set(new)
        pending += new


def forgotten(checked: Checked, corrected: Record, used: Iterable[UsedRecord]) -> Iterator[Problem]:
    """The problems of records that a corrected run used and its correction does not use."""
    assert checked.period is not None
    named, needed = {one.period for one in used}, _Needed(checked, checked.period, ())
    for one in corrected.used:
        name = needed.taken_from(one.period) if one.period not in named else ""
        if name:
            params = {"name": echo(name), "period": one.period, "record": echo(corrected.name)}
            yield Problem("history-gap", params, "corrects", table=echo(corrected.name))


def _recorded(scheme: Scheme, by_days: Mapping[Days, Record], found: FoundRecords) -> tuple[Period, ...]:
    """The periods that have a record, whether it was named, found, lies beside one or was used by one."""
    used = {one.period for record in by_days.values() for one in record.used}
    read = (read_period(text, scheme.year_starts) for text in sorted(used))
    return (
        *(record.period for record in by_days.values()),
        *(one for one in read if one is not None),
        *(one.period for one in found.seen.values() if one.scheme == scheme.name),
    )


@frozen
class _Needed:
    """What a run needs of earlier periods.

    `recorded` are the periods that have a record, `seen` the records that were looked at, used or not.
    """

    checked: Checked
    period: Period
    given: Collection[str]
    recorded: Collection[Period] = ()
    seen: Mapping[str, Seen] = field(factory=dict)

    @property
    def scheme(self) -> Scheme:
        return self.checked.scheme

    @property
    def tables(self) -> tuple[Details, ...]:
        return tuple(table for table in self.scheme.details if table.recorded and table.name not in self.given)

    @property
    def compared(self) -> tuple[Details, ...]:
        """The recorded tables that the data bring themselves."""
        return tuple(table for table in self.scheme.details if table.recorded and table.name in self.given)

    @property
    def carried(self) -> tuple[Input, ...]:
        return tuple(one for one in self.scheme.inputs if one.carried_from)

    @property
    def before(self) -> Period | None:
        """The period directly before, if the scheme was in force then."""
        return self.in_force_before(self.period)

    def in_force_before(self, period: Period) -> Period | None:
        found = period_before(period, self.scheme.year_starts)
        return found if found is not None and self._in_force(found, self.recorded) else None

    @property
    def earlier(self) -> tuple[Period, ...]:
        """The periods of this year in which the scheme was in force; a season of the last year is none of them."""
        every = earlier_in_year(self.period, self.scheme.year_starts)
        recorded = [one for one in self.recorded if every and one.last_day >= every[0].first_day]
        return tuple(one for one in every if self._in_force(one, recorded))

    def _in_force(self, period: Period, recorded: Iterable[Period]) -> bool:
        """Whether this version was in force then, or an older one of which a period was recorded by then."""
        return period.first_day >= self.scheme.first_day or any(one.first_day <= period.last_day for one in recorded)

    def taken_from(self, text: str) -> str:
        """The recorded table or carried input that uses the record of a period, wherever it lies; "" if none does."""
        rows = [table.name for table in (*self.tables, *self.compared)]
        if rows and any(one.text == text for one in earlier_in_year(self.period, self.scheme.year_starts)):
            return rows[-1]
        found = read_period(text, self.scheme.year_starts)
        directly = found is not None and (self.period.first_day - found.last_day).days == 1
        return self.carried[0].name if directly and self.carried else ""

    def sources(self, table: Details) -> tuple[tuple[str, str], ...]:
        """The local names of a recorded table, each with the name that was recorded."""
        inside = (q for q in self.scheme.quantities if q.table == table.name)
        return tuple((q.name, q.body.source) for q in inside if isinstance(q.body, Recorded))

    def gaps(self, by_days: Mapping[Days, Record]) -> Iterator[Problem]:
        wanted: dict[str, str] = {}
        lying = {_days(one.period): one for one in self.seen.values() if one.scheme == self.scheme.name}
        for table in self.tables:
            lacking = [one for one in self.earlier if _days(one) not in by_days]
            if table.gaps == "refuse":
                wanted |= {one.text: table.name for one in lacking}
                continue
            for gap in lacking:
                if _days(gap) in lying:
                    params = {"period": gap.text, "name": echo(table.name), "record": echo(lying[_days(gap)].name)}
                    yield Problem("history-gap", params, "lying", table=params["record"])
        for text, name in wanted.items():
            yield Problem("history-gap", {"period": text, "name": echo(name)})
        before, there = self.before, self._directly_before(by_days)
        if len(there) > 1 and self.carried:  # a month and its quarter, say
            params = {"period": there[0].period.text, "record": echo(there[0].name), "other": echo(there[1].name)}
            yield Problem("record-twice", params, table=echo(there[1].name))
        if before is not None and not there:
            for one in self.carried:
                if one.name not in self.given:
                    yield Problem("history-gap", {"period": before.text, "name": echo(one.name)}, "carried")

    def rows_from(self, by_days: Mapping[Days, Record]) -> list[Record]:
        """The records of this year, the earliest first; if given, also of periods before the scheme was in force."""
        every = earlier_in_year(self.period, self.scheme.year_starts)
        return [by_days[_days(one)] for one in every if _days(one) in by_days]

    def carried_from(self, by_days: Mapping[Days, Record]) -> Record | None:
        return next(iter(self._directly_before(by_days)), None)

    def _directly_before(self, by_days: Mapping[Days, Record]) -> list[Record]:
        """The records that end on the day before the period begins, whatever their length."""
        begins = self.period.first_day
        return [one for one in by_days.values() if (begins - one.period.last_day).days == 1]

    def records(self, by_days: Mapping[Days, Record]) -> list[Record]:
        """The records that the run uses, the earliest first."""
        found = self.rows_from(by_days) if self.tables or self.compared else []
        last = self.carried_from(by_days) if self.carried else None
        return found if last is None or last in found else [*found, last]

    def lacking(self, by_days: Mapping[Days, Record]) -> Iterator[Problem]:
        """The problems of names that a record lacks, has for detail rows only, or has in another kind or unit."""
        wanted: list[tuple[Record, str, str]] = []
        for table in self.tables:
            for record in self.rows_from(by_days):
                wanted += [(record, name, source) for name, source in self.sources(table)]
        last = self.carried_from(by_days)
        wanted += [(last, one.name, one.carried_from or "") for one in self.carried if last is not None]
        types = {name: one.facts.type for name, one in self.checked.inputs.items()}
        types |= {one.name: one.facts.type for one in self.checked.quantities}
        for record, name, source in wanted:
            if source in record.constants:
                continue
            params = {"record": echo(record.name), "source": echo(source), "name": echo(name)}
            found = _unlike(record.names.get(source), types.get(name))
            if found is not None:
                variant, more = found
                yield Problem("history-name", {**params, **more}, variant, table=echo(record.name))

    def _holds(self, record: Record, sources: Iterable[tuple[str, str]]) -> bool:
        """Whether a record has one value of each source for a person."""
        there = (source in record.constants or (source in record.names and not record.names[source].of_rows)
                 for _, source in sources)  # fmt: skip
        return all(there)

    def history(self, by_days: Mapping[Days, Record], used: Sequence[Record]) -> History:
        problems: dict[str, dict[Problem, None]] = {}
        unknown: dict[str, dict[str, Problem]] = {}
        rows = {table.name: self._rows(table, by_days, problems) for table in (*self.tables, *self.compared)}
        last, known = self.carried_from(by_days), self._kept(by_days)
        carried = {one.name: known[one.carried_from or ""].values for one in self.carried if last is not None}
        strangers: dict[str, Problem] = {}
        for one in self.carried if last is not None else ():
            assert last is not None
            found = known[one.carried_from or ""]
            told = ((key, interruption_problem(one, key, balance, last)) for key, balance in found.away.items())
            unknown[one.name] = {key: problem for key, problem in told if problem is not None}
            if found.lacking is not None:
                strangers[one.name] = stranger(one, last, found.lacking)
        names = tuple(UsedRecord(record.fingerprint, record.period.text) for record in used)
        of_people = {key: tuple(found) for key, found in problems.items()}
        balances = {source: {**found.away, **found.now} for source, found in known.items() if found.lacking is None}
        complete = last is not None or self.before is None
        return History(rows, carried, of_people, unknown, complete, names, balances, strangers)

    def _kept(self, by_days: Mapping[Days, Record]) -> dict[str, Kept]:
        """What is known of each carried name; nothing if the last record is missing."""
        last = self.carried_from(by_days)
        sources = dict.fromkeys(one.carried_from or "" for one in self.carried)
        if last is None:
            return {} if self.before is not None else {source: Kept({}, {}) for source in sources}
        every = sorted(by_days.values(), key=lambda record: record.period.first_day, reverse=True)
        return {source: kept_balances(source, every[every.index(last) :], self.in_force_before) for source in sources}

    def _rows(
        self, table: Details, by_days: Mapping[Days, Record], problems: dict[str, dict[Problem, None]]
    ) -> Mapping[str, tuple[Mapping[str, object], ...]]:
        sources = self.sources(table)
        found: dict[str, list[Mapping[str, object]]] = {}
        compared = table in self.compared
        for record in self.rows_from(by_days):
            if compared and not self._holds(record, sources):
                continue  # the data alone know of it
            for key, values in record.everybody([source for _, source in sources]):
                found.setdefault(key, []).append({local: as_cell(values[source]) for local, source in sources})
            for key, problem in _set_aside(record).items() if not compared else ():
                problems.setdefault(key, {})[problem] = None
        return {key: tuple(rows) for key, rows in found.items()}


def _unlike(there: RecordedName | None, due: Type | None) -> tuple[str, dict[str, str]] | None:
    """Why a recorded name is not of the needed type, as a variant of `history-name`; None if it is."""
    if there is None:
        return "", {}
    if there.of_rows:
        return "rows", {}
    if due is None:
        return None
    was, now = ("money" if there.money else there.kind.value), ("money" if due.is_money else due.kind.value)
    if was != now and (there.money is not None or there.kind is not due.kind):
        return "kind", {"kind_word": was, "wanted_word": now}
    if there.unit and due.unit and there.unit != due.unit:
        return "unit", {"unit": there.unit, "own": due.unit}
    return None


def _set_aside(record: Record) -> dict[str, Problem]:
    """The people without a result in the record, because their data were refused, each with the problem of that."""
    found = {}
    for key in sorted(record.set_aside):
        params = {"key": echo(key), "period": record.period.text}
        found[key] = Problem("history-set-aside", params, table=echo(record.name), key=echo(key))
    return found
