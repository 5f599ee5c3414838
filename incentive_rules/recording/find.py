"""Finds the records that a path means: the one in that folder, or those in the folders inside it.

A record that was named must be usable. Of a folder with records only those of the scheme and of the wanted periods are
taken; the others are passed over, and a run reports which it used. Beside a record that was named alone, its neighbours
are searched for corrections of it that were not named.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from attrs import field, frozen

from ..base.periods import Period
from ..base.problems import Problem
from ..base.text import echo
from ..model.record import Record
from .manifest import MANIFEST, SUMS, Manifest
from .read import record_in
from .verify import Verified, verified

RecordSource = str | Path | Record
Wanted = Callable[[Manifest], bool]


@frozen
class FoundRecords:
    """Records, none twice; `seen` are they and every other one that was looked at, by fingerprint.

    `named` are the fingerprints of those that were named themselves, and not found in a folder. `folders` are those in
    which records were searched for.
    """

    records: tuple[Record, ...]
    seen: Mapping[str, Seen] = field(hash=False)
    named: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    folders: tuple[Path, ...] = ()


@frozen
class Seen:
    """A record of which only the manifest was read."""

    name: str
    scheme: str
    period: Period
    corrects: tuple[str, ...]
    used: tuple[str, ...]


def earlier_records(given: Iterable[RecordSource], scheme: str, period: Period) -> FoundRecords:
    """The records for the history of a run: those in folders of records that end before the run's period begins.

    From folders, and from beside a record that was named alone, records of exactly the run's days are taken as well, to
    report who was paid for them already.
    """
    search = _Search(lambda m: m.scheme == scheme and m.period.first_day <= period.last_day, "", period)
    return search.of(given)


def corrected_records(
    given: Iterable[RecordSource], scheme: str, period: Period, beside: Path | None = None
) -> FoundRecords:
    """The records of the period that is run again: the first run and its corrections, those in `beside` too."""
    search = _Search(lambda m: m.scheme == scheme and m.period.first_day == period.first_day, period.text)
    return search.of(given, () if beside is None else (beside,))


def lying_in(folders: Iterable[Path], scheme: str, period: Period) -> tuple[Mapping[str, Seen], tuple[Problem, ...]]:
    """The records of a scheme in these folders that have days of a period, by fingerprint."""
    lying, problems = _lying(folders, scheme)
    first, last = period.first_day, period.last_day
    found = {key: one for key, one in lying.items() if one.period.first_day <= last and one.period.last_day >= first}
    return found, problems


def lying_before(folder: Path, scheme: str, period: Period) -> tuple[Seen, ...]:
    """The records of a scheme in a folder that end before a period begins, the latest first."""
    lying, _ = _lying((folder,), scheme)
    earlier = [one for one in lying.values() if one.period.last_day < period.first_day]
    return tuple(sorted(earlier, key=lambda one: (one.period.last_day, one.name), reverse=True))


def _lying(folders: Iterable[Path], scheme: str) -> tuple[dict[str, Seen], tuple[Problem, ...]]:
    search = _Search(lambda m: m.scheme == scheme, "")
    search.look(folders)
    return {key: one for key, one in search.seen.items() if one.scheme == scheme}, tuple(search.problems)


@frozen
class _Search:
    """A search for records that satisfy `wanted`.

    `needed`: a period of which the named folders must hold a record. `run`: wanted records of exactly its days are also
    taken from the folders that `look` visits.
    """

    wanted: Wanted
    needed: str
    run: Period | None = None
    records: dict[str, Record] = field(factory=dict)
    named: set[str] = field(factory=set)
    seen: dict[str, Seen] = field(factory=dict)
    problems: list[Problem] = field(factory=list)
    folders: list[Path] = field(factory=list)

    def of(self, given: Iterable[RecordSource], beside: Iterable[Path] = ()) -> FoundRecords:
        alone: list[Path] = []
        for one in given:
            if isinstance(one, Record):
                self.records[one.fingerprint] = one
                self.named.add(one.fingerprint)
                used = tuple(below.fingerprint for below in one.used)
                self.seen[one.fingerprint] = Seen(one.name, one.scheme, one.period, one.corrects, used)
                alone += [] if one.folder is None else [one.folder]
            else:
                alone += self._at(Path(one))
        self.look((*(one.absolute().parent for one in alone), *beside))
        named, folders = frozenset(self.named), tuple(dict.fromkeys(self.folders))
        return FoundRecords(tuple(self.records.values()), self.seen, named, tuple(self.problems), folders)

    def _at(self, path: Path) -> list[Path]:
        """Takes the records that a path means; returns their folders if they were named alone."""
        folders, named, problem = _folders(path)
        self.folders.extend([] if named else [path.absolute()])
        self.problems.extend([] if problem is None else [problem])
        taken = 0
        for folder in folders:
            found, problem = verified(folder)
            self.problems.extend([] if problem is None else [problem])
            if found is not None:
                self._see(found)
                if named or self.wanted(found.manifest):
                    taken += 1
                    self.named.update({found.fingerprint} if named else ())
                    self._take(found)
        if self.needed and not taken and not self.problems:
            params = {"record": echo(path.name), "period": self.needed}
            self.problems.append(Problem("record-missing", params, "period", table=echo(path.name)))
        return folders if named else []

    def look(self, folders: Iterable[Path]) -> None:
        """Takes the corrections in these folders, in which records lie that were named alone."""
        for folder in dict.fromkeys(folders):
            self.folders.append(folder)
            for found in _neighbours(folder):
                if isinstance(found, Problem):
                    self.problems.append(found)
                    continue
                self._see(found)
                if set(found.manifest.corrects) & self.records.keys() or self._is_again(found.manifest):
                    self._take(found)

    def _is_again(self, m: Manifest) -> bool:
        if self.run is None or not self.wanted(m):
            return False
        return (m.period.first_day, m.period.last_day) == (self.run.first_day, self.run.last_day)

    def _see(self, found: Verified) -> None:
        m = found.manifest
        self.seen[found.fingerprint] = Seen(found.name, m.scheme, m.period, m.corrects, m.used)

    def _take(self, found: Verified) -> None:
        if found.fingerprint not in self.records:
            record, problems = record_in(found)
            self.problems.extend(problems)
            if record is not None:
                self.records[record.fingerprint] = record


def _neighbours(folder: Path) -> Iterator[Verified | Problem]:
    """The records in a folder that nobody named; any other folder with a manifest is passed over."""
    try:
        inside = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    except OSError:
        return
    for one in inside:
        if os.path.lexists(one / MANIFEST) and os.path.lexists(one / SUMS):
            found, problem = verified(one)
            if found is not None:
                yield found
            elif problem is not None:
                yield problem


def _folders(path: Path) -> tuple[list[Path], bool, Problem | None]:
    """The folders of records at `path`; whether `path` is one itself; the problem if there is none."""
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
