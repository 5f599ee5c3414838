"""Writes and reads the manifest of a record: of what it is, with what it was made, the SHA-256 of each of its files.

`SHA256SUMS` beside it lists the same sums and the manifest's own, in the form that `sha256sum -c` reads. The sum of the
manifest is the fingerprint of the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from attrs import field, frozen

from ..base.periods import Period, PeriodKind, read_period
from .canonical_json import BrokenRecord, json_page, parse_json
from .file_names import folded_name, is_safe
from .json_fields import JsonPart

FORMAT = 1  # of the folder; a record with a larger number is refused
CHUNK = 1 << 20  # bytes of a file that are read or written at once
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
PARTS = ("names.json", "results.jsonl", "quarantined.json", "totals.json", "history.json")
OF_CORRECTIONS = ("paid.jsonl", "differences.jsonl")
_MOST_FILES = 1000


@frozen
class FileSum:
    """The SHA-256 of a file, and its size in bytes."""

    sha256: str
    size: int


def file_sum(pieces: Iterable[bytes]) -> FileSum:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return FileSum(digest.hexdigest(), size)


@frozen
class InputFile:
    """A file of data in the record: its table ("" for people), and its name as messages have it.

    Without an `encoding` it contains rows that a program handed over.
    """

    file: str
    table: str
    name: str
    encoding: str | None


@frozen
class Manifest:
    """The contents of `manifest.json`."""

    scheme: str
    version: str
    language: str
    scheme_file: str
    scheme_name: str  # of the file, as messages have it
    period: Period
    library: str
    semantics: int
    engine: str
    meaning: str
    data: str
    results: str
    counts: Mapping[str, int] = field(hash=False)
    lines: tuple[tuple[str, str], ...]  # pay lines with their kinds, then the results
    inputs: tuple[InputFile, ...]
    corrects: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    currency: str = ""  # "" of a scheme without money
    sums: Mapping[str, FileSum] = field(factory=dict, hash=False)


def manifest_page(manifest: Manifest) -> bytes:
    """The bytes of `manifest.json`."""
    m, period = manifest, manifest.period
    days = {"first_day": period.first_day.isoformat(), "last_day": period.last_day.isoformat()}
    return json_page({
        "record": FORMAT,
        "library": {"name": "incentive_rules", "version": m.library, "semantics": m.semantics, "engine": m.engine},
        "scheme": {
            "name": m.scheme, "version": m.version, "language": m.language, "currency": m.currency,
            "file": m.scheme_file, "file_name": m.scheme_name,
        },
        "period": {"name": period.text, "kind": period.kind.value, **days},
        "corrects": list(m.corrects),
        "history": list(m.used),
        "counts": dict(m.counts),
        "fingerprints": {
            "scheme_meaning": m.meaning, "scheme_bytes": m.sums[m.scheme_file].sha256, "data": m.data,
            "results": m.results,
        },
        "lines": [{"name": name, "kind": kind} for name, kind in m.lines],
        "inputs": [
            {"file": i.file, "table": i.table, "name": i.name, **({"encoding": i.encoding} if i.encoding else {})}
            for i in m.inputs
        ],
        "files": {name: {"sha256": one.sha256, "bytes": one.size} for name, one in sorted(m.sums.items())},
    })  # fmt: skip


def sums_page(sums: Mapping[str, FileSum], page: bytes) -> bytes:
    """The bytes of `SHA256SUMS` beside a manifest with these bytes."""
    listed = {**{name: one.sha256 for name, one in sums.items()}, MANIFEST: hashlib.sha256(page).hexdigest()}
    return "".join(f"{listed[name]}  {name}\n" for name in sorted(listed)).encode()


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────


class NewerFormat(Exception):
    """Raised for a record in a format of a later release."""


def read_manifest(page: bytes) -> Manifest:
    """Reads a `manifest.json`; raises `BrokenRecord`, or `NewerFormat` for a record of a later release."""
    top = JsonPart(parse_json(page), "")
    number = top.whole("record")
    if number != FORMAT:
        raise NewerFormat(str(number))
    library, scheme, period = top.part("library"), top.part("scheme"), top.part("period")
    marks = top.part("fingerprints")
    sums = {name: FileSum(one.sum("sha256"), one.whole("bytes")) for name, one in top.parts("files").items()}
    _check_names(sums)
    found = Manifest(
        scheme.text("name"), scheme.text("version"), scheme.text("language"), scheme.text("file"),
        scheme.text("file_name"), _period(period), library.text("version"), library.whole("semantics"),
        library.text("engine"), marks.sum("scheme_meaning"), marks.sum("data"), marks.sum("results"),
        {name: top.part("counts").whole(name) for name in ("read", "paid", "quarantined", "out_of_scope")},
        tuple((one.text("name"), one.text("kind")) for one in top.items("lines")),
        tuple(InputFile(i.text("file"), i.text("table"), i.text("name"), i.maybe("encoding"))
              for i in top.items("inputs")),
        top.sums("corrects"), top.sums("history"), scheme.text("currency"), sums,
    )  # fmt: skip
    needed = (*PARTS, *(OF_CORRECTIONS if found.corrects else ()), found.scheme_file, *(i.file for i in found.inputs))
    for name in needed:
        if name not in sums:
            raise BrokenRecord(f"files: {name}")
    return found


def _period(part: JsonPart) -> Period:
    """Reads the period from its first and last day; how its year starts is known to the scheme alone."""
    kind = next((kind for kind in PeriodKind if kind.value == part.text("kind")), None)
    first, last = part.day("first_day"), part.day("last_day")
    found = read_period(part.text("name"), (first.month, first.day))
    if kind is None or found is None or found.kind is not kind or last < first:
        raise BrokenRecord("period")
    return Period(found.text, kind, first, last)


def _check_names(sums: Mapping[str, FileSum]) -> None:
    """Raises `BrokenRecord` for a file outside the folder, and for names that a file system may confuse."""
    if len(sums) > _MOST_FILES:
        raise BrokenRecord("files")
    seen: set[str] = set()
    for name in sums:
        inside = name.removeprefix("inputs/")
        known = name in (*PARTS, *OF_CORRECTIONS) or (inside != name and is_safe(inside))
        if not known or folded_name(name) in seen:
            raise BrokenRecord(f"files: {name}")
        seen.add(folded_name(name))
