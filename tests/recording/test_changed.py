"""A record that is not as it was written is refused, and so is one that somebody made to do harm."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

import incentive_rules as ir
from incentive_rules.base.reports import help_of, message_of
from incentive_rules.recording import verify
from incentive_rules.recording.manifest import MANIFEST, SUMS
from tests.recording.made import balance, codes, everything, refusals, reseal, row, sealed

FILES = (
    "manifest.json", "SHA256SUMS", "names.json", "results.jsonl", "quarantined.json", "totals.json", "history.json",
    "inputs/scheme.yaml", "inputs/people.jsonl", "inputs/visits.jsonl",
)  # fmt: skip
OF_CORRECTIONS = ("paid.jsonl", "differences.jsonl")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "2026-03"
    everything([row("G1"), row("坏", jobs=-1)], [{"engineer": "G1", "took": 61}]).save(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path, written: Path) -> Path:
    shutil.copytree(written, tmp_path / "2026-03")
    return tmp_path / "2026-03"


def refused(folder: Path) -> list[tuple[str, str]]:
    """The codes for which reading and replaying a record are refused, which must be the same."""
    problems = refusals(ir.read_record, folder)
    assert codes(problems) == codes(refusals(ir.replay, folder))
    for problem in problems:
        assert problem.table.startswith("2026-03")
        for language in ("en", "zh"):
            text = message_of(problem, language) + help_of(problem, language)
            assert "{" not in text and str(folder.parent) not in text
            assert "…" not in text or any(len(value) >= 60 for value in problem.params.values())
    return codes(problems)


# ── Bytes that changed ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("file", FILES)
def test_any_byte_that_changed_is_found(folder: Path, file: str) -> None:
    path = folder / file
    content = path.read_bytes()
    chosen = random.Random(file)
    for place in sorted({0, len(content) - 1, *(chosen.randrange(len(content)) for _ in range(12))}):
        changed = bytearray(content)
        changed[place] ^= 1 << chosen.randrange(8)
        path.write_bytes(changed)
        (problem,) = refusals(ir.read_record, folder)
        assert problem.code == "record-changed", place
        named = problem.params["file"]
        assert named == file or {named, file} == {MANIFEST, SUMS}
    for changed_size in (content[:-1], content + b"\n", b""):
        path.write_bytes(changed_size)
        assert refused(folder)[0][0] == "record-changed"
    path.write_bytes(content)
    assert ir.replay(folder).same


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_gone_is_missed(folder: Path, file: str) -> None:
    (folder / file).unlink()
    wanted = ("record-missing", "one") if file == MANIFEST else ("record-changed", "gone")
    assert refused(folder) == [wanted]


@pytest.mark.parametrize("file", OF_CORRECTIONS)
def test_the_files_of_a_correction_count_too(tmp_path: Path, file: str) -> None:
    balance("2026-01", {"A": 1}).save(tmp_path / "first")
    balance("2026-01", {"A": 2}).save(tmp_path / "2026-03", corrects=[tmp_path / "first"])
    path = tmp_path / "2026-03" / file
    path.write_bytes(path.read_bytes().replace(b"1.00", b"9.00"))
    assert refused(tmp_path / "2026-03") == [("record-changed", "")]


def test_a_file_beside_the_record_takes_no_part(folder: Path) -> None:
    """A detached signature, or a file of the file manager."""
    (folder / "SHA256SUMS.sig").write_bytes(b"signed")
    (folder / "inputs" / ".DS_Store").touch()
    assert ir.replay(folder).same


# ── What is no record ─────────────────────────────────────────────────────────────────────────────


def test_what_is_no_record_is_told(tmp_path: Path, folder: Path) -> None:
    assert codes(refusals(ir.read_record, tmp_path / "nowhere")) == [("record-missing", "")]
    (tmp_path / "file").touch()
    assert codes(refusals(ir.read_record, tmp_path / "file")) == [("record-missing", "file")]
    assert codes(refusals(ir.read_record, tmp_path)) == [("record-missing", "one")]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_record_that_may_not_be_read(folder: Path) -> None:
    (folder / "results.jsonl").chmod(0)
    assert refused(folder) == [("record-missing", "denied")]


# ── Links and ways out ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("file", FILES)
def test_no_link_is_followed_inside_a_record(folder: Path, file: str) -> None:
    path = folder / file
    path.rename(folder.parent / "moved")
    path.symlink_to(folder.parent / "moved")
    assert refused(folder) == [("record-changed", "link")]


def test_a_folder_inside_may_be_no_link_either(folder: Path) -> None:
    (folder / "inputs").rename(folder.parent / "elsewhere")
    (folder / "inputs").symlink_to(folder.parent / "elsewhere")
    assert refused(folder) == [("record-changed", "link")]


def test_the_record_itself_may_be_reached_by_a_link(folder: Path) -> None:
    (folder.parent / "2026-03-latest").symlink_to(folder)
    assert ir.replay(folder.parent / "2026-03-latest").same


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_does_not_block(folder: Path) -> None:
    (folder / "results.jsonl").unlink()
    os.mkfifo(folder / "results.jsonl")
    assert refused(folder) == [("record-changed", "link")]


def test_a_folder_in_the_place_of_a_file(folder: Path) -> None:
    (folder / "results.jsonl").unlink()
    (folder / "results.jsonl").mkdir()
    assert refused(folder)[0][0] in ("record-changed", "record-missing")


WAYS_OUT = (
    "../secret", "inputs/../../secret", "/etc/passwd", "inputs//people.jsonl", "inputs/./people.jsonl", "inputs/a/b",
    "inputs\\..\\secret", "C:secret", "inputs/con.csv", "inputs/.hidden", "inputs/", "", "inputs/a\nb",
    "results.jsonl ", "inputs/x\u202ey.csv", "inputs/" + "a" * 300,
)  # fmt: skip


@pytest.mark.parametrize("name", WAYS_OUT)
def test_names_of_files_lead_nowhere_else(folder: Path, name: str) -> None:
    (folder.parent / "secret").write_text("mine")
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    manifest["files"][name] = manifest["files"]["inputs/people.jsonl"]
    reseal(folder, manifest)
    assert refused(folder) == [("record-broken", "")]
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    del manifest["files"][name]
    manifest["inputs"][0]["file"] = name
    reseal(folder, manifest)
    assert refused(folder) == [("record-broken", "")]


def test_two_names_that_are_one_on_some_machines(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    manifest["files"]["inputs/PEOPLE.jsonl"] = manifest["files"]["inputs/people.jsonl"]
    reseal(folder, manifest)
    assert refused(folder) == [("record-broken", "")]


# ── Manifests and pages that we never write ───────────────────────────────────────────────────────


def test_a_newer_format_is_not_guessed_at(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    reseal(folder, {**manifest, "record": 2})
    (problem,) = refusals(ir.read_record, folder)
    assert (problem.code, problem.params["number"], problem.params["known"]) == ("record-version", "2", "1")


def _paths(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [way] if way else []
    if isinstance(value, dict):
        found += [path for name, inner in value.items() for path in _paths(inner, (*way, name))]
    if isinstance(value, list):
        found += [path for number, inner in enumerate(value) for path in _paths(inner, (*way, number))]
    return found


STRANGE = (None, -1, 10**25, 1.5, "x", True, [], {}, [[[[]]]], {"a": {"b": 1}}, "\ud800", "9" * 20_000)


def test_a_manifest_with_anything_else_in_it_is_refused_or_harmless(folder: Path) -> None:
    """Whatever stands in its place, each entry ends in a finding of ours or in the same bytes."""
    page = (folder / MANIFEST).read_text("utf-8")
    chosen = random.Random(1)
    for path in _paths(json.loads(page)):
        for strange in chosen.sample(STRANGE, 3):
            manifest = json.loads(page)
            inside = manifest
            for step in path[:-1]:
                inside = inside[step]
            inside[path[-1]] = strange
            try:
                reseal(folder, manifest)
            except (TypeError, KeyError, UnicodeEncodeError, AttributeError):
                continue  # such a manifest cannot be summed
            for call in (ir.read_record, ir.replay):
                assert {p.code for p in refusals(call, folder)} <= {
                    "record-broken", "record-version", "record-changed", "record-missing",
                }, (path, strange)  # fmt: skip


PAGES = ("names.json", "results.jsonl", "quarantined.json", "history.json")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("file", PAGES)
def test_pages_that_fit_their_sums_are_still_read_with_care(folder: Path, file: str) -> None:
    """A forger sums the files anew: reading ends in a finding of ours, and a replay finds the other bytes."""
    path = folder / file
    content = path.read_text("utf-8")
    whole = [json.loads(line) for line in content.splitlines()] if file.endswith("l") else [json.loads(content)]
    chosen = random.Random(file)
    for way in chosen.sample(_paths(whole), min(40, len(_paths(whole)))):
        for strange in chosen.sample(STRANGE[:-2], 2):
            pages = json.loads(json.dumps(whole))
            inside = pages
            for step in way[:-1]:
                inside = inside[step]
            inside[way[-1]] = strange
            if json.dumps(pages) == json.dumps(whole):
                continue
            path.write_text("".join(json.dumps(page, ensure_ascii=False) + "\n" for page in pages), "utf-8")
            sealed(folder)
            assert {p.code for p in refusals(ir.read_record, folder)} <= {"record-broken"}, (way, strange)
            try:
                assert not ir.replay(folder).same
            except ir.DataError as error:
                assert {p.code for p in error.problems} <= {"record-broken"}, (way, strange)


BOMBS: dict[str, bytes] = {
    "deep": b"[" * 200_000 + b"]" * 200_000 + b"\n",
    "deep objects": b'{"a": ' * 100_000 + b"1" + b"}" * 100_000 + b"\n",
    "digits": b'{"key": ' + b"9" * 1_000_000 + b"}\n",
    "twice": b'{"key": "a", "key": "b", "in_scope": true, "lines": {}, "inputs": {}, "values": {}}\n',
    "nan": b'{"key": "a", "in_scope": true, "lines": {}, "inputs": {}, "values": {"x": NaN}}\n',
    "float": b'{"key": "a", "in_scope": true, "lines": {}, "inputs": {}, "values": {"x": 1e400}}\n',
    "bytes": b"\xff\xfe\x00\n",
    "no end": b'{"key": "a", "in_scope": true, "lines": {}, "inputs": {}, "values": {}}',
    "no key": b'{"key": "", "in_scope": true, "lines": {}, "inputs": {}, "values": {}}\n',
    "quotes": b'"' * 500_000 + b"\n",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("file", PAGES)
def test_bombs_of_json_are_refused(folder: Path, file: str, bomb: bytes) -> None:
    (folder / file).write_bytes(bomb)
    sealed(folder)
    found = set(codes(refusals(ir.replay, folder)))
    assert found == {("record-broken", "")} or (not found and not ir.replay(folder).same)


def test_a_manifest_may_not_be_huge(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MOST_PAGE", 100)
    assert refused(folder) == [("record-changed", "large")]


def test_no_more_is_read_than_the_manifest_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (folder / "results.jsonl").open("r+b") as file:
        file.truncate(1 << 40)  # a hole that fills no disk
    assert refused(folder) == [("record-changed", "")]
    monkeypatch.setattr(verify, "MOST_FILE", 100)
    assert refused(folder) == [("record-changed", "large")]


@pytest.mark.parametrize("written_as", ["NaN", "Infinity", "1e999999", "1/0", "--1", "1_0", "１", "9" * 3000, ""])
def test_a_number_is_digits_and_nothing_else(folder: Path, written_as: str) -> None:
    path = folder / "results.jsonl"
    path.write_text(path.read_text("utf-8").replace("2690.00", written_as), "utf-8")
    sealed(folder)
    record = ir.read_record(folder)
    with pytest.raises(ir.DataError) as refusal:
        record.value("G1", "net")
    assert codes(refusal.value.problems) == [("record-broken", "")]


def test_a_scheme_or_data_that_were_exchanged_show_in_a_replay(folder: Path) -> None:
    path = folder / "inputs" / "scheme.yaml"
    content = path.read_text("utf-8")
    path.write_text(content.replace("3000 * points", "3001 * points"), "utf-8")
    sealed(folder)
    found = ir.replay(folder)
    assert not found.same and found.notes[0].variant == "meaning"
    first = found.differences[0]
    wanted = {"key": "G1", "name": "bonus", "recorded": "2700.00", "value": "2700.90"}
    assert (first.code, dict(first.params)) == ("replay-differs", wanted)
    path.write_text(content.replace("format: 1", "format: 9"), "utf-8")
    sealed(folder)
    (refused_now,) = ir.replay(folder).differences
    assert refused_now.variant == "refused" and "9" in refused_now.params["reason"]


