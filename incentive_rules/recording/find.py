"""The records that a path means: the one in that folder, or those in the folders inside it.

A record that was named must be usable. Of a folder that holds records only those are taken that are of the
scheme, and of the periods that are asked for; the others are passed over, and a run says which it used.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from ..base.periods import Period
from ..base.problems import Problem
from ..base.text import echo
from ..model.record import Record
from .manifest import MANIFEST, Manifest
from .read import record_in
from .verify import Verified, verified

Given = str | Path | Record
Wanted = Callable[[Manifest], bool]
Found = tuple[tuple[Record, ...], tuple[Problem, ...]]


def earlier_records(given: Iterable[Given], scheme: str, period: Period) -> Found:
    """The records for the history of a run: of folders of records those that end before it begins."""
    return _found(given, lambda m: m.scheme == scheme and m.period.last_day < period.first_day, "")


def corrected_records(given: Iterable[Given], scheme: str, period: Period) -> Found:
    """The records of the period that is run again: the first run, and its corrections."""
    return _found(given, lambda m: m.scheme == scheme and m.period.first_day == period.first_day, period.text)


def _found(given: Iterable[Given], wanted: Wanted, needed: str) -> Found:
    """The records by their fingerprints, none twice; `needed` is a period of which a folder must hold one."""
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    for one in given:
        if isinstance(one, Record):
            records[one.fingerprint] = one
            continue
        folders, named, problem = _folders(Path(one))
        problems += [] if problem is None else [problem]
        taken = 0
        for folder in folders:
            found, problem = verified(folder)
            if found is not None and (named or wanted(found.manifest)):
                taken += 1
                problems += _read(found, records)
            problems += [] if problem is None else [problem]
        if needed and not taken and not problems:
            params = {"record": echo(Path(one).name), "period": needed}
            problems.append(Problem("record-missing", params, "period", table=echo(Path(one).name)))
    return tuple(records.values()), tuple(problems)


def _read(found: Verified, records: dict[str, Record]) -> tuple[Problem, ...]:
    if found.fingerprint in records:
        return ()
    record, problems = record_in(found)
    if record is not None:
        records[record.fingerprint] = record
    return problems


def _folders(path: Path) -> tuple[list[Path], bool, Problem | None]:
    """The folders of records at `path`, and whether it is one itself."""
    if os.path.lexists(path / MANIFEST):
        return [path], True, None
    try:
        seen = sorted(one for one in path.iterdir() if not one.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return [path], True, None  # reading it says what is wrong
    except OSError as error:
        params = {"record": echo(path.name), "reason": error.strerror or type(error).__name__}
        return [], False, Problem("record-missing", params, "denied", table=echo(path.name))
    inside = [one for one in seen if os.path.lexists(one / MANIFEST)]
    # An empty folder holds no records yet; one that is full of something else was not meant.
    return (inside, False, None) if inside or not seen else ([path], True, None)
