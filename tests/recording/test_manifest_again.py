"""`replay` makes the manifest anew as well: whatever somebody changed in it, and summed anew, is a difference."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import message_of
from incentive_rules.cli import main
from incentive_rules.recording.manifest import MANIFEST
from tests.recording.made import balance, everything, reseal, row, sealed


@pytest.fixture(params=["plain", "later", "correction"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    if request.param == "plain":
        everything([row("G1"), row("坏", jobs=-1)], [{"engineer": "G1", "took": 61}]).save(tmp_path / "record")
        return tmp_path / "record"
    balance("2026-01", {"A": 10, "B": 1}).save(tmp_path / "1")
    if request.param == "correction":
        balance("2026-01", {"A": 11, "B": 1}).save(tmp_path / "record", corrects=[tmp_path / "1"])
    else:
        balance("2026-02", {"A": 11, "B": 1}, history=[tmp_path / "1"]).save(tmp_path / "record")
    return tmp_path / "record"


def leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in entries:
        yield from leaves(inner, (*way, name))
    if way and not isinstance(value, dict):
        yield way


def changed(value: Any) -> Any:
    if isinstance(value, list):
        return [*value, "0" * 64]
    if isinstance(value, int):
        return value + 1
    return value[:-1] + ("0" if value[-1:] != "0" else "1") if value else "2"


@pytest.mark.thorough
@pytest.mark.sampled(1)
def test_no_entry_of_a_manifest_can_be_changed_unseen(folder: Path) -> None:
    assert ir.replay(folder).same
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    tried = 0
    for way in leaves(manifest):
        if way[0] == "files" and way[-1] in ("sha256", "bytes"):
            continue  # a sum that is not the file's is found before anything is done again
        other = copy.deepcopy(manifest)
        inside = other
        for name in way[:-1]:
            inside = inside[name]
        inside[way[-1]] = changed(inside[way[-1]])
        reseal(folder, other)
        tried += 1
        try:
            found = ir.replay(folder)
        except ir.DataError:
            continue
        # Another release may say other things of itself; that it is another one is told.
        assert not found.same or (way == ("library", "version") and found.notes), way
    assert tried > 25


def test_what_changed_in_a_manifest_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    manifest["counts"]["paid"] += 7
    reseal(folder, manifest)
    (difference,) = ir.replay(folder).differences
    assert message_of(difference).startswith("manifest.json is not the same: ") and '"paid"' in message_of(difference)
    assert main(["replay", str(folder), "--lang", "zh"]) == 1
    assert "manifest.json" in capsys.readouterr().err


def test_a_file_that_no_run_writes_is_a_difference(folder: Path) -> None:
    (folder / "inputs" / "more.csv").write_text("a\n", "utf-8")
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    manifest["files"]["inputs/more.csv"] = {"sha256": "", "bytes": 0}
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    sealed(folder)
    assert not ir.replay(folder).same
