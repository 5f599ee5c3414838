"""A run over many people: who was paid, who was set aside and why, and the sums that reconcile it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Protocol

from attrs import field, frozen

from ..base.diagnostics import Diagnostic
from ..base.problems import Problem
from .data import FileRows
from .record import Correction, Difference, Record
from .result import Result, Value

RecordSources = str | Path | Record | Iterable[str | Path | Record]  # records: read already, or folders of them
HowMany = int | Literal["all"] | None  # how many people a second engine computes; None for a few


@frozen
class Quarantined:
    """One reason why one row was set aside; a row with three problems has three of these."""

    key: str
    row: int | None
    column: str
    value: str
    reason: str
    problem: Problem = field(repr=False)


@frozen
class PoolOutcome:
    """What became of one pool: `amount` = `paid` + `remainder`. `group` is the key of its group, "" for everyone.

    `members` have a share of it. `state` is paid | condition_not_met | nobody (no share at all) | held: somebody
    who belongs to it was set aside, so that nothing of it is paid. An amount that rests on them is then not `known`,
    and 0 stands in its place. Or it is in_part: shares of `waiting` in all, which are in `remainder`, are those of
    people who wait for something else.
    """

    name: str
    group: str
    amount: Decimal
    paid: Decimal
    remainder: Decimal
    members: int
    state: str
    waiting: Decimal = Decimal(0)
    known: bool = True


@frozen
class HonorOutcome:
    """Who was chosen in one group: keys in the order of the data; `empty` places nobody filled.

    `state` is decided, or held: somebody who belongs to the group was set aside, so that nobody is chosen. Those who
    were chosen and wait for something else, so that they have no result, are not in `chosen` and are `waiting`; the
    state is then in_part.
    """

    name: str
    group: str
    eligible: int
    places: int
    chosen: tuple[str, ...]
    empty: int
    state: str = "decided"
    waiting: tuple[str, ...] = ()


@frozen
class TableOutcome:
    """What became of the rows of one table that was read; `name` is "" for people.

    Every row is one of these: `used`; `out_of_scope`, as its person is; `refused`, for what is wrong with it, or for a
    person with a row of theirs; `without_owner`, which is refused as well; `left_out`, for it has no owner and the
    scheme leaves such rows out; or `waiting`, with its person or group, for another row to be mended. `blank` rows, in
    which nothing stands, are no rows. `files` are those that the rows were read from; none where they were made from
    rows below them.
    """

    name: str
    rows: int
    used: int
    out_of_scope: int = 0
    refused: int = 0
    without_owner: int = 0
    left_out: int = 0
    waiting: int = 0
    files: tuple[FileRows, ...] = ()

    @property
    def blank(self) -> int:
        """How many empty rows the files have; they are no rows of the table."""
        return sum(file.blank for file in self.files)

    @property
    def reconciles(self) -> bool:
        """Whether every row is accounted for."""
        gone = self.out_of_scope + self.refused + self.without_owner + self.left_out + self.waiting
        return self.rows == self.used + gone


@frozen
class Summary:
    """What a run adds up to: `read` = `paid` + `quarantined` + `out_of_scope`.

    `totals` are the sums of every pay line and of the results, by name. `corrections` counts by input
    how often `read: nearest` changed a number. `unread` pairs a table with a column that nothing reads.
    `left_out` counts by detail table the rows without an owner.
    """

    read: int
    paid: int
    quarantined: int
    out_of_scope: int
    totals: Mapping[str, Decimal] = field(hash=False)
    corrections: Mapping[str, int] = field(hash=False)
    unread: tuple[tuple[str, str], ...] = ()
    left_out: Mapping[str, int] = field(factory=dict, hash=False)

    @property
    def reconciles(self) -> bool:
        """Whether everybody who was read is accounted for."""
        return self.read == self.paid + self.quarantined + self.out_of_scope


@frozen
class Dissent:
    """One value in which the engines differ: the run's `value` and what the referee `found`, as texts.

    `name` is the quantity, with its details before a point where it is one of rows; `problem` says all of it as a
    report prints it, with the place of the formula. Its variant is "" for two values, fault where the referee came to
    none, premise where it refuses the person, bounds where both have a value that the check of the scheme ruled out.
    """

    key: str
    name: str
    value: str
    found: str
    formula: str
    problem: Problem = field(repr=False, eq=False)


@frozen
class SecondOpinion:
    """What the referee found of `people` out of the `accepted` of a run.

    `on_edges` of them stand at the end of a range or on the edge of a table. The values of all others, and the
    quantities `taken`, which rest on too many rows, stand as the run has them; where `whole` nothing does.
    """

    people: int
    accepted: int
    on_edges: int = 0
    taken: tuple[str, ...] = ()
    whole: bool = False
    dissents: tuple[Dissent, ...] = field(default=(), repr=False)


class Recorder(Protocol):
    """What a run was made of: it writes records and says what a correction pays."""

    def save(
        self,
        run: Run,
        folder: str | Path,
        corrects: RecordSources | Correction,
        before: Callable[[], None] | None = None,
    ) -> str: ...

    def correction(self, run: Run, corrects: RecordSources, beside: Path | None = None) -> Correction: ...


class MakesTables(Protocol):
    """What makes the tables of a run."""

    def table(self, run: Run, name: str, columns: Iterable[str] | None) -> Any: ...

    def write(self, run: Run, path: str | Path, name: str, columns: Iterable[str] | None) -> None: ...


@frozen
class Run:
    """The results in the order of the data, of everybody who was not quarantined; each is made when it is looked at.

    `fingerprint` is that of the scheme for its period. People who are out of scope are among the
    results, with `in_scope` false. `groups` leads from a level (`department`, `everyone`) to a key to the
    values that stand there. `tables` tell what became of every row that was read, people first. `warnings` are those of
    the scheme, of the data, and that the period was paid already. `second_opinion` is None where the referee was not
    asked.
    """

    results: Sequence[Result] = field(repr=False)
    quarantined: tuple[Quarantined, ...] = field(repr=False)
    summary: Summary
    fingerprint: str
    warnings: tuple[Diagnostic | Problem, ...] = field(default=(), repr=False)
    pools: tuple[PoolOutcome, ...] = field(default=(), repr=False)
    honors: tuple[HonorOutcome, ...] = field(default=(), repr=False)
    groups: Mapping[str, Mapping[str, Mapping[str, Value]]] = field(factory=dict, hash=False, repr=False)
    tables: tuple[TableOutcome, ...] = field(default=(), repr=False)
    recorder: Recorder | None = field(default=None, eq=False, repr=False)
    second_opinion: SecondOpinion | None = field(default=None, eq=False, repr=False)
    made_by: MakesTables | None = field(default=None, eq=False, repr=False)

    @property
    def whole(self) -> bool:
        """Whether every row that was read is in the results: none refused, without an owner, left out, or waiting."""
        return not self.quarantined and all(t.rows == t.used + t.out_of_scope for t in self.tables)

    def __len__(self) -> int:
        return len(self.results)

    @property
    def frame(self) -> Any:
        """One row for each person, in the kind of frame that brought the people: the key and every quantity of theirs.

        Amounts are decimals of 128 bits (`Decimal` in lists and where pandas has no pyarrow), exact quantities without
        decimals texts such as `31/92`, what is missing null. `table("people", columns)` takes other columns.
        """
        return self.table("people")

    @property
    def totals(self) -> Any:
        """The sum of every line of pay and of the results, as a frame of the same kind with `line` and `total`."""
        return self.table("totals")

    def table(self, name: str, columns: Iterable[str] | None = None) -> Any:
        """One table of the run, in the kind of frame that brought the people.

        `name` is people, pools, honors, totals, quarantined, a group (`department`, `everyone`) or a detail table, of
        which every row stands with its own values. `columns` are names, in their order: of people those of inputs as
        well, always after the key. `KeyError` for a name that there is not.
        """
        return self._made_by.table(self, name, columns)

    def write(self, path: str | Path, table: str = "people", columns: Iterable[str] | None = None) -> None:
        """Write one table of the run into a file, whole or not at all: csv, json or Parquet, as its name ends.

        `ValueError` for another ending, `OSError` where it cannot be written.
        """
        self._made_by.write(self, path, table, columns)

    @property
    def _made_by(self) -> MakesTables:
        if self.made_by is None:
            raise TypeError("this run came from elsewhere: ask for its tables where it was computed")
        return self.made_by

    def save(self, folder: str | Path, corrects: RecordSources | Correction = ()) -> str:
        """Write the run as a record into a new folder, whole or not at all; the record's fingerprint.

        `corrects` are the records of the same period by which people were paid before, or the `correction` of
        them: then the record is of a correction. `FileExistsError` where something has that name already,
        `OSError` where it cannot be written, `DataError` where the records cannot be corrected, or where a record of
        the period was found in the history and nothing is said of correcting it.
        """
        return self._recorder.save(self, folder, corrects)

    def correction(self, corrects: RecordSources) -> Correction:
        """What was paid for the period by these records, and what everybody gets beyond it."""
        return self._recorder.correction(self, corrects)

    def differences(self, corrects: RecordSources) -> tuple[Difference, ...]:
        """Of everybody what is due now, less what was paid for the period by these records, where that is not 0."""
        return self.correction(corrects).differences

    @property
    def _recorder(self) -> Recorder:
        if self.recorder is None:
            raise TypeError("this run came from elsewhere: record it where it was computed")
        return self.recorder


@frozen
class NeededInput:
    """One fact that the data must bring, so that they can be built without reading the YAML.

    `column` is the heading it is read from (its `name` is accepted too). `details` names the table of details
    or of groups that it belongs to, "" for a fact of the person. `low` and `high` are texts, "" where open.
    """

    name: str
    column: str
    type: str
    low: str = ""
    high: str = ""
    decimals: int | None = None
    values: tuple[str, ...] = ()
    can_be_missing: bool = False
    unit: str = ""
    title: str = ""
    details: str = ""
