"""A run written as a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from attrs import frozen

from ..base.fingerprints import fingerprint
from ..model.record import Difference
from .contents import Files, Ran, contents_of, counts_of, inputs_of, lines_of
from .corrections import Paid, correction_files
from .file_names import unique_name
from .folder import write_folder
from .manifest import Manifest, Sum, manifest_page


@frozen
class Origin:
    """What a run was made with: the scheme's bytes and the name of its file, the library, its semantics, the engine."""

    scheme_name: str
    scheme: bytes
    library: str
    semantics: int
    engine: str


def save(folder: str | Path, ran: Ran, origin: Origin, paid: Paid | None, differences: Iterable[Difference]) -> str:
    """Write the record of a run into a new folder; the record's fingerprint.

    `FileExistsError` where something has that name, `OSError` where it cannot be written; nothing is left then.
    """
    files, finish = record_of(ran, origin, paid, differences)
    return write_folder(Path(folder), files, finish)


def record_of(
    ran: Ran, origin: Origin, paid: Paid | None, differences: Iterable[Difference]
) -> tuple[Files, Callable[[Mapping[str, Sum]], bytes]]:
    """Every file of a record but the manifest, and what makes the manifest of their sums."""
    period = ran.checked.period
    assert period is not None  # a scheme that is run was checked for its period
    files, inputs = inputs_of(ran)
    scheme_file = f"inputs/{unique_name(origin.scheme_name, [one.partition('/')[2] for one in files])}"
    corrections = {} if paid is None else correction_files(paid, differences)
    every: Files = {scheme_file: (origin.scheme,), **files, **contents_of(ran), **corrections}

    def manifest(sums: Mapping[str, Sum]) -> bytes:
        scheme = ran.checked.scheme
        return manifest_page(Manifest(
            scheme.name, scheme.version, scheme_file, origin.scheme_name, period, origin.library, origin.semantics,
            origin.engine, ran.run.fingerprint, fingerprint(sorted(sums[one.file].sha256 for one in inputs)),
            counts_of(ran.run), lines_of(ran.checked), inputs, () if paid is None else paid.corrects,
            tuple(one.fingerprint for one in ran.people.history.used), sums,
        ))  # fmt: skip

    return every, manifest
