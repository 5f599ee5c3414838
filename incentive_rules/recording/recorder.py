"""Keeps what a run was made of, to record the run or to compute a correction later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from ..base.fingerprints import fingerprint
from ..base.problems import Problem
from ..model.checked import Checked, CheckedInput
from ..model.data import DataRow, People
from ..model.record import Correction, Paid, Record, SchemeFile
from ..model.run import Run
from .atomic_folder import write_folder
from .canonical_json import BrokenRecord
from .contents import (
    CodedFacts,
    FactValues,
    Ran,
    RecordFiles,
    contents_of,
    counts_of,
    fingerprint_of,
    inputs_of,
    pay_lines_of,
)
from .corrections import correction_files, correction_of, paid_for
from .file_names import unique_name
from .find import corrected_records
from .history import forgotten
from .manifest import FileSum, Manifest, manifest_page
from .tables import Shown, ToPlain

Corrected = tuple[Correction | None, tuple[Problem, ...]]
Finish = Callable[[Mapping[str, FileSum]], bytes]


@frozen
class Maker:
    """What makes runs: the release of the library, the version of its semantics, the engine; and how it reads cells."""

    library: str
    semantics: int
    engine: str
    plain: ToPlain
    shown: Shown


@frozen
class Keeper:
    """Everything beside its results that the record of a run contains.

    `accepted` are the rows of its results, in their order, `refused` those of the people who were set aside.
    `facts` are the inputs that a person has a value of, their groups' included; `facts_of` reads them of one person,
    `facts_by_column` those of all results.
    """

    checked: Checked
    scheme: SchemeFile
    maker: Maker
    people: People
    accepted: Sequence[DataRow]
    refused: Sequence[DataRow]
    facts: tuple[CheckedInput, ...]
    facts_of: Callable[[DataRow], FactValues]
    facts_by_column: Callable[[], Iterable[CodedFacts]]

    def correction(
        self, run: Run, given: Iterable[str | Path | Record], beside: Path | None = None
    ) -> Corrected:
        """What was paid for the period according to these records, and what everybody gets beyond it.

        `beside` is a folder that may contain further corrections of them.
        """
        scheme, period = self.checked.scheme, self.checked.period
        assert period is not None  # a scheme that is run was checked for its period
        found = corrected_records((*given, *self.people.history.again), scheme.name, period, beside)
        records = found.records
        if found.problems:
            return None, found.problems
        try:
            paid, problems = paid_for(scheme, period, records)
        except (BrokenRecord, ValueError, ArithmeticError, KeyError):  # bytes that fit their sum and are not ours
            params = {"record": records[0].name, "what": "results.jsonl"}
            return None, (Problem("record-broken", params, table=records[0].name),)
        if paid is None:
            return None, problems
        corrected = next(one for one in records if one.fingerprint == paid.records[-1])
        lacking = tuple(forgotten(self.checked, corrected, self.people.history.used))
        return (None, lacking) if lacking else self.beyond(run, paid)

    def beyond(self, run: Run, paid: Paid) -> Corrected:
        """What everybody gets beyond what was paid."""
        return correction_of(run.results, [row.key for row in self.refused], paid)

    def save(
        self, run: Run, folder: str | Path, correction: Correction | None, before: Callable[[], None] | None = None
    ) -> str:
        """Writes the record of a run into a new folder; returns its fingerprint.

        `before` is called when all files are written and the folder has not got its name yet.
        """
        files, finish = self.files(run, correction)
        return write_folder(Path(folder), files, finish, before)

    def files(self, run: Run, correction: Correction | None) -> tuple[RecordFiles, Finish]:
        """Every file of a record but the manifest, and the function that makes the manifest from their sums."""
        m, scheme, period = self.maker, self.checked.scheme, self.checked.period
        assert period is not None
        ran = Ran(self.checked, run, self.people, self.accepted, self.refused, self.facts, self.facts_of,
                  self.facts_by_column, m.plain, m.shown)  # fmt: skip
        files, inputs = inputs_of(ran)
        scheme_file = f"inputs/{unique_name(self.scheme.name, [one.partition('/')[2] for one in files])}"
        corrects = () if correction is None else correction.paid.records
        corrections = {} if correction is None else correction_files(correction)
        every: RecordFiles = {scheme_file: (self.scheme.content,), **files, **contents_of(ran, corrects), **corrections}

        def manifest(sums: Mapping[str, FileSum]) -> bytes:
            data = fingerprint(sorted(sums[one.file].sha256 for one in inputs))
            return manifest_page(Manifest(
                scheme.name, scheme.version, scheme.language, scheme_file, self.scheme.name, period, m.library,
                m.semantics, m.engine, run.fingerprint, data, fingerprint_of(self.checked, run.results),
                counts_of(run), pay_lines_of(self.checked), inputs, corrects,
                tuple(one.fingerprint for one in self.people.history.used), scheme.currency or "", sums,
            ))  # fmt: skip

        return every, manifest
