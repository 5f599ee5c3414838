"""A forged record, summed anew so that every sum fits: it is refused, or it is used; it never ends in a traceback."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: commission
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay:
  commission: {amount: earned}
  shared: {pool: {each: team, amount: 100, in_proportion_to: earned, remainder: keep}}
honors:
  star: {among: earned >= 0, within: team, best_by: [earned], places: 1, ties: all, award: 10}
quantities:
  best_of_year: {is: "coalesce(max(month_earned), 0)", type: money}
inputs:
  agent: {type: key}
  team: {type: category}
  earned: {type: money, range: [0, 100000]}
  before: {type: money, range: [0, 100000], carried_from: commission, first: 0}
details:
  months: {belongs_to: agent, recorded: {month_earned: earned}}
"""
ROWS = [
    {"agent": "A-1", "team": "x", "earned": 1000},
    {"agent": "A-2", "team": "x", "earned": 500},
    {"agent": "A-3", "team": "y", "earned": 1},
]
FILES = ("manifest.json", "names.json", "results.jsonl", "quarantined.json", "totals.json", "history.json",
         "paid.jsonl", "differences.jsonl")  # fmt: skip
HOSTILE: tuple[Any, ...] = (
    None, True, 0, -1, 10**18, "", "x", "../../etc/passwd", "1/0", "1/3", "1e9", "9" * 1999, "-0.00", "NaN",
    "\u202egnp", "\x1b[31mred", "A-2", "2026-01", "9999-12", "2026-01-01", "0000-00-00", "month", "number", "date",
    "key", "time", [], {}, [[]], {"": ""}, ["1", "2"], "earning", "deduction", "paid", "de" * 32, "24:00",
    "inputs/../x", "=1+1", "x" * 9999, "e\u0301", [None] * 3, "1/" + "9" * 500,
)  # fmt: skip
PIPELINES = {period: ir.compile(text=SCHEME, period=period) for period in ("2026-01", "2026-02", "2026-03")}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    PIPELINES["2026-01"].run(ROWS).save(folder / "first")
    PIPELINES["2026-02"].run(ROWS, history=[folder / "first"]).save(folder / "second")
    PIPELINES["2026-01"].run(ROWS).save(folder / "corrected", [folder / "first"])
    return folder


def summed(folder: Path) -> None:
    """Every sum as a forger makes it."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    files = manifest.get("files") if isinstance(manifest, dict) else None
    listed = {name: one for name, one in files.items() if isinstance(one, dict)} if isinstance(files, dict) else {}
    for name, one in listed.items():
        if os.path.isfile(folder / name):  # noqa: PTH113 - a forged name may be longer than a path can be
            content = (folder / name).read_bytes()
            one["sha256"], one["bytes"] = hashlib.sha256(content).hexdigest(), len(content)
    page = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(page)
    sums = {name: str(one.get("sha256")) for name, one in listed.items()}
    sums["manifest.json"] = hashlib.sha256(page).hexdigest()
    (folder / "SHA256SUMS").write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)), "utf-8")


def ways(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield way
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inside:
        yield from ways(one, (*way, name))


def forged(value: Any, chance: random.Random) -> Any:
    """The same json with one piece replaced, removed or doubled."""
    way = chance.choice([*ways(value)])
    hostile = chance.choice(HOSTILE)
    if not way:
        return hostile
    inside = value
    for name in way[:-1]:
        inside = inside[name]
    kept = copy.deepcopy(inside[way[-1]])
    done = chance.random()
    if done < 0.7:
        inside[way[-1]] = hostile
    elif done < 0.85:
        del inside[way[-1]]
    elif isinstance(inside, dict):
        inside[str(hostile)[:40]] = kept
    else:
        inside.append(kept)
    return value


def forge(file: Path, chance: random.Random) -> None:
    if file.suffix == ".json":
        file.write_text(json.dumps(forged(json.loads(file.read_text("utf-8")), chance)), "utf-8")
        return
    lines = file.read_text("utf-8").splitlines()
    number = chance.randrange(len(lines)) if lines else 0
    if lines:
        lines[number] = json.dumps(forged(json.loads(lines[number]), chance))
    if chance.random() < 0.1:
        lines.reverse()
    file.write_text("".join(line + "\n" for line in lines), "utf-8")


def refused_at_most(action: Callable[[], object]) -> None:
    """The action succeeds, or is refused in words that are safe to show."""
    try:
        action()
    except (ir.DataError, ir.SchemeError) as error:
        assert len(str(error)) < 20_000
        assert all(c.isprintable() or c == "\n" for c in str(error))


def read_all(folder: Path) -> None:
    record = ir.read_record(folder)
    for key in record.keys:
        record.in_scope(key)
        for name in record.names:
            with suppress(KeyError):  # as it is documented: the record has no such value
                record.value(key, name)


def attempts(folder: Path, name: str) -> None:
    record = folder / name
    refused_at_most(lambda: read_all(record))
    refused_at_most(lambda: repr(ir.replay(record)))
    refused_at_most(lambda: PIPELINES["2026-02"].run(ROWS, history=[record]))
    refused_at_most(lambda: PIPELINES["2026-03"].run(ROWS, history=[folder]))
    period = "2026-02" if name == "second" else "2026-01"
    given = [folder / "first", record] if name == "corrected" else [record]
    history = [folder / "first"] if name == "second" else []
    refused_at_most(lambda: PIPELINES[period].run(ROWS, history=history).correction(given))


def assault(records: Path, folder: Path, seeds: range) -> None:
    for seed in seeds:
        chance = random.Random(seed)
        shutil.copytree(records, folder)
        name = chance.choice(["first", "second", "corrected"])
        present = [file for file in FILES if (folder / name / file).exists()]
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            forge(folder / name / chance.choice(present), chance)
            if not isinstance(json.loads((folder / name / "manifest.json").read_text("utf-8")), dict):
                break
        summed(folder / name)
        try:
            attempts(folder, name)
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
        shutil.rmtree(folder)


@pytest.mark.thorough
def test_no_forged_record_ends_in_a_traceback(records: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    assault(records, tmp_path / "forged", range(30 if pytestconfig.getoption("--profile") == "fast" else 120))


@pytest.mark.nightly
def test_no_forged_record_of_many_ends_in_a_traceback(records: Path, tmp_path: Path) -> None:
    assault(records, tmp_path / "forged", range(1000, 5000))


@pytest.mark.parametrize("file", ["names.json", "quarantined.json", "totals.json", "history.json"])
def test_a_page_without_the_end_of_its_last_line_is_no_page_of_ours(records: Path, tmp_path: Path, file: str) -> None:
    """What a json library writes ends without one."""
    folder = tmp_path / "forged"
    shutil.copytree(records / "first", folder)
    (folder / file).write_bytes((folder / file).read_bytes().rstrip(b"\n"))
    summed(folder)
    with pytest.raises(ir.DataError) as refused:
        ir.replay(folder)
    assert [problem.code for problem in refused.value.problems] == ["record-broken"]


@pytest.mark.parametrize("empty", [True, False])
def test_what_was_paid_on_no_line_that_is_listed_is_refused(records: Path, tmp_path: Path, empty: bool) -> None:
    folder = tmp_path / "forged"
    shutil.copytree(records / "corrected", folder)
    path = folder / "paid.jsonl"
    path.write_text("" if empty else path.read_text("utf-8").replace('"shared":', '"forged":'), "utf-8")
    summed(folder)
    with pytest.raises(ir.DataError) as refused:
        ir.replay(folder)
    assert [problem.code for problem in refused.value.problems] == ["record-broken"]


def test_a_value_that_is_none_of_its_kind_is_refused_where_it_is_read(records: Path, tmp_path: Path) -> None:
    folder = tmp_path / "forged"
    shutil.copytree(records / "first", folder)
    path = folder / "results.jsonl"
    path.write_text(path.read_text("utf-8").replace('"earned": "1000.00"', '"earned": "much"'), "utf-8")
    summed(folder)
    with pytest.raises(ir.DataError) as refused:
        ir.read_record(folder).value("A-1", "earned")
    assert [problem.code for problem in refused.value.problems] == ["record-broken"]


def test_a_record_reads_nothing_through_a_pipe_or_a_link(records: Path, tmp_path: Path) -> None:
    for number, replace in enumerate((os.mkfifo, lambda path: path.symlink_to(os.devnull))):
        for file in ("manifest.json", "results.jsonl", "SHA256SUMS"):
            folder = tmp_path / f"{number}-{file}"
            shutil.copytree(records / "first", folder)
            (folder / file).unlink()
            replace(folder / file)
            with pytest.raises(ir.DataError) as refused:
                ir.replay(folder)
            assert [problem.code for problem in refused.value.problems] == ["record-changed"]
