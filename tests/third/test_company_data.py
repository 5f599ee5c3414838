"""The shipped schemes on their data, published files, and the runs of the pages: a third opinion on each of them."""

from __future__ import annotations

import csv
import gzip
import re
import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import incentive_rules as ir
from tests.random_schemes.third_opinion import differing, opinion
from tests.third.judge import Judged
from tests.third.world import History, Tables

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "schemes" / "data"
pytestmark = pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")


def rows_of(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    return read((gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig"))


def read(text: str) -> list[dict[str, str]]:
    return [row for row in csv.DictReader(text.splitlines()) if any(row.values())]


def both(text: str, period: str, tables: Tables, records: list[Path] | None = None, history: History = ()) -> Judged:
    """The library and the third evaluator say the same; something must have been compared."""
    pipeline = ir.compile(text=text, period=period)
    further = {name: list(rows) for name, rows in tables.items() if name}
    people = list(tables[""]) if "" in tables else None
    computed = pipeline.compute(pipeline.people(people, further, history=records or []))
    unknown: Counter[str] = Counter()
    third = opinion(text, period, tables, history, unknown)
    assert third is not None, unknown
    found = list(differing(computed, third))
    assert [wrong for _, wrong in found if wrong] == []
    assert sum(count for count, _ in found) > 0 or all(result is None for _, result, _ in computed.outcomes)
    return third


# ── The shipped schemes ───────────────────────────────────────────────────────────────────────────


def folder(name: str, period: str, people: str) -> dict[str, list[dict[str, str]]]:
    found = {path.stem: rows_of(path) for path in sorted((DATA / name / period).glob("*.csv"))}
    return {"" if name == people else name: rows for name, rows in found.items()}


@pytest.mark.thorough
def test_four_quarters_of_a_founding_scheme_each_on_the_records_of_those_before(tmp_path: Path) -> None:
    text = (ROOT / "schemes" / "service_engineer_1.yaml").read_text(encoding="utf-8")
    history, records = [], []
    for period in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"):
        tables = folder("service_engineer_1", period, "engineers")
        third = both(text, period, tables, records, history)
        further = {name: rows for name, rows in tables.items() if name}
        ir.compile(text=text, period=period).run(tables[""], further, history=records).save(tmp_path / period)
        history.append((period, third.people))
        records.append(tmp_path / period)


@pytest.mark.thorough
@pytest.mark.sampled(1)
@pytest.mark.parametrize("period", ["2026-01", "2026-12"])
def test_two_months_of_the_other_one(period: str) -> None:
    text = (ROOT / "schemes" / "service_engineer_2_zh.yaml").read_text(encoding="utf-8")
    both(text, period, folder("service_engineer_2_zh", period, "工程师"))


def test_a_service_desk_whose_incidents_and_engineers_are_made_of_a_log() -> None:
    text = (ROOT / "schemes" / "it_service_desk.yaml").read_text(encoding="utf-8")
    both(text, "2016-Q1", {"events": rows_of(DATA / "it_service_desk" / "events.csv")})


# ── Published files ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.thorough
def test_every_hospital_of_value_based_purchasing(shared: Path) -> None:
    text = (ROOT / "schemes" / "hvbp_fy2024.yaml").read_text(encoding="utf-8")
    hospitals: dict[str, dict[str, str]] = {}
    for path in sorted((shared / "data" / "cms_hvbp_fy2024").glob("hvbp_*.csv.gz")):
        for row in rows_of(path):
            hospitals.setdefault(row["Facility ID"], {}).update(row)
    both(text, "2024", {"": list(hospitals.values())})


@pytest.mark.thorough
def test_every_hospital_of_acquired_conditions(shared: Path) -> None:
    text = (ROOT / "schemes" / "hac_fy2024.yaml").read_text(encoding="utf-8")
    [path] = (shared / "data" / "cms_hac_fy2024").glob("FY_2024*Hospital.csv.gz")
    both(text, "2024", {"": rows_of(path)})


# ── The runs of the pages ─────────────────────────────────────────────────────────────────────────

FILE = re.compile(r"^```(?:yaml|csv) file=(\S+)(?: wrong)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = re.compile(r"^\$ incentive-rules run (.*)\n((?:(?!\$ |```).*\n)*)", re.MULTILINE)
ELSEWHERE = ("--history", "--corrects")  # what takes more than a scheme and its rows: records,
REFUSED = re.compile(
    r"nobody was paid|没有计算任何人|error|错误|quarantined [1-9]|隔离 [1-9]"
)  # and rows that are wrong


def runs() -> Iterator[tuple[str, dict[str, str], list[str]]]:
    """Each run of the pages: where it stands, the files that the page has shown so far, its arguments."""
    for page in sorted(ROOT.glob("docs/*/*.md")):
        text = page.read_text(encoding="utf-8")
        files: dict[str, str] = {}
        for found in sorted([*FILE.finditer(text), *RUN.finditer(text)], key=re.Match.start):
            if found.re is FILE:
                files[found[1]] = found[2]
                continue
            words = shlex.split(found[1].removesuffix("\\"))
            if words[0] in files and not set(words) & set(ELSEWHERE) and not REFUSED.search(found[2]):
                yield f"{page.stem}-{found.start()}", dict(files), words


RUNS = list(runs())


@pytest.mark.parametrize("files, said", [run[1:] for run in RUNS], ids=[run[0] for run in RUNS])
def test_a_run_of_a_page(files: dict[str, str], said: list[str]) -> None:
    scheme, given = files[said[0]], list(said[1:])
    period, tables = "", dict[str, list[dict[str, str]]]()
    while given:
        word = given.pop(0)
        if word == "--period":
            period = given.pop(0)
        elif word == "--details":
            name, _, file = given.pop(0).partition("=")
            tables[name] = read(files[file])
        elif word.startswith("--"):
            given.pop(0)
        else:
            for file in [word] if word in files else [one for one in files if one.startswith(f"{word}/")]:
                name = Path(file).stem if re.search(rf"^  {Path(file).stem}:", scheme, re.MULTILINE) else ""
                tables.setdefault(name, []).extend(read(files[file]))
    both(scheme, period, tables)
