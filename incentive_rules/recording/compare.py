"""Compares a recorded run with the same run done again, and reports where the first bytes differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from ..base.problems import Problem
from ..base.text import echo
from .canonical_json import BrokenRecord, parse_json
from .contents import RecordFiles
from .manifest import MANIFEST, OF_CORRECTIONS, PARTS, FileSum, file_sum
from .verify import Verified

MOST_SHOWN = 10
Sums = Mapping[str, FileSum]
_ABSENT = object()


def differences_from(found: Verified, again: RecordFiles, manifest: Callable[[Sums], bytes]) -> tuple[Problem, ...]:
    """The first differences between the recorded files and the files made `again`, by person and name.

    Last comes the difference of the `manifest`, if there is one: it follows from the others.
    """
    problems: list[Problem] = []
    for file in (*PARTS, *(OF_CORRECTIONS if found.manifest.corrects else ())):
        left = MOST_SHOWN - len(problems)
        if left > 0:
            compare = _people if file == "results.jsonl" else _pages
            problems += islice(compare(file, found.lines(file), _lines(again[file])), left)
    if not problems:  # the files that were compared have the same sums
        sums = {name: found.manifest.sums[name] for name in (*PARTS, *OF_CORRECTIONS) if name in again}
        sums |= {name: file_sum(pieces) for name, pieces in again.items() if name not in sums}
        problems += _pages(MANIFEST, _lines((found.page,)), _lines((manifest(sums),)))
    return tuple(problems)


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield from piece.split(b"\n")[:-1]


def _people(file: str, recorded: Iterator[bytes], again: Iterator[bytes]) -> Iterator[Problem]:
    """The differences of two files of people, both sorted by key: one pass also finds people of one file only."""
    old, new = next(recorded, None), next(again, None)
    while old is not None or new is not None:
        if old == new:
            old, new = next(recorded, None), next(again, None)
            continue
        was, now = _person(old), _person(new)
        if was is not None and (now is None or was["key"] < now["key"]):
            yield _of(file, "gone", was["key"])
            old = next(recorded, None)
        elif now is not None and (was is None or now["key"] < was["key"]):
            yield _of(file, "new", now["key"])
            new = next(again, None)
        else:
            assert was is not None and now is not None
            yield from _values(file, was, now)
            old, new = next(recorded, None), next(again, None)


def _person(line: bytes | None) -> dict[str, Any] | None:
    if line is None:
        return None
    found = parse_json(line)
    if not isinstance(found, dict) or not isinstance(found.get("key"), str):
        raise BrokenRecord("results.jsonl")
    return found


def _of(file: str, variant: str, key: str) -> Problem:
    return Problem("replay-differs", {"key": echo(key) or "?", "name": ""}, variant, table=file, key=echo(key))


def _values(file: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Problem]:
    for block in (*was, *(name for name in now if name not in was)):
        old, new = was.get(block, {}), now.get(block, {})
        if not isinstance(old, dict) or not isinstance(new, dict):
            old, new = {block: old}, {block: new}
        for name in (*old, *(name for name in new if name not in old)):
            before, after = old.get(name, _ABSENT), new.get(name, _ABSENT)
            if before != after:
                shown = f"{name}: state" if block == "lines" else name
                params = {"name": echo(shown), "recorded": _shown(before), "value": _shown(after)}
                key = echo(was["key"])
                yield Problem("replay-differs", {"key": key or "?", **params}, table=file, key=key)


def _pages(file: str, recorded: Iterator[bytes], again: Iterator[bytes]) -> Iterator[Problem]:
    """The first line in which two files differ."""
    number = 0
    while True:
        number += 1
        old, new = next(recorded, None), next(again, None)
        if old is None and new is None:
            return
        if old != new:
            params = {"file": file, "recorded": _line(old), "value": _line(new)}
            yield Problem("replay-differs", params, "file", table=file, line=number)
            return


def _line(text: bytes | None) -> str:
    return "…" if text is None else echo(text.decode("utf-8", "replace").strip())


def _shown(value: object) -> str:
    if value is _ABSENT:
        return "—"
    if value is None:
        return "missing"
    return echo(value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value))
