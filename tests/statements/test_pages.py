"""Pages of slips: nothing that a scheme or data say becomes markup, and where parts are missing sums still add up."""

from __future__ import annotations

from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from incentive_rules.model.slip import PaySlip
from incentive_rules.rendering.slip_page import slip_page, slip_text
from tests.statements.pages import PageReader, added_again

SCHEME = """format: 1
scheme: small
title: '<script>alert(1)</script> | **bold**'
language: {language}
status: example
effective: {{first_day: 2026-01-01, last_day: 2026-12-31}}
period: month
currency: CNY
inputs:
  person: {{type: key, column: Key}}
  department: {{type: category}}
  calls: {{type: integer, range: [0, 100], can_be_missing: true}}
  jobs: {{type: integer, range: [0, 100]}}
indicators:
  speed: {{title: '<img src=x onerror=a()>', weight: 30%, value: calls, better: higher, score: value}}
  work: {{title: Work, weight: 45%, value: jobs, better: higher, score: value / 3}}
  care: {{title: Care, weight: 25%, value: jobs, better: higher, score: value * 0.7}}
total:
  title: Total
  missing: reweigh
  adjust:
    - {{reason: '<b>no more than twenty</b>', when: jobs >= 90, at_most: 20}}
pay:
  bonus: {{title: 'Bonus & more', amount: 10 * total + 0.00}}
  fee: {{title: Fee, kind: deduction, amount: 12.34}}
procedure:
  appeal_within: 7 working days
  steps:
    payout: {{title: Payout, responsible: Finance <a>, due: 20 days after period}}
"""


def slip_of(language: str = "en", **facts: object) -> PaySlip:
    pipeline = ir.compile(text=SCHEME.format(language=language), period="2026-01")
    row = {"Key": "1", "department": "a", "calls": 70, "jobs": 50} | facts
    people = pipeline.people([row])
    return pipeline.slips(people, pipeline.compute(people)).of_key(str(row["Key"]))


def test_no_text_of_a_scheme_or_of_data_is_a_tag() -> None:
    page = slip_page(slip_of(Key="<i>&", department="<svg/onload=x>"))
    assert not PageReader(page).tags & {"script", "img", "i", "b1", "a"}
    assert "<svg/onload" not in page and "&lt;img src=x" in page and "&lt;i&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page


def test_no_text_is_a_mark_of_markdown() -> None:
    text = slip_text(slip_of(department="a|b\n# c"))
    assert "\\<script\\>" in text and "\\*\\*bold" in text and "a\\|b" in text
    assert not any(line.startswith("# c") for line in text.splitlines())


@pytest.mark.parametrize("language", ("zh", "en"))
def test_a_missing_part_leaves_a_sum_that_is_divided_by_the_known_weight(language: str) -> None:
    slip = slip_of(language, calls=None)
    *_, total = slip.scores
    assert (total.sum, total.divisor) == ("16.250015", "70%")
    assert total.score == "23.2143" and slip.scores[0].missing and slip.scores[0].product == ""
    assert added_again(slip_page(slip)) == 4


def test_an_adjustment_stands_under_the_score_with_both_values() -> None:
    slip = slip_of(jobs=99)
    assert slip.scores[-1].notes == ("<b>no more than twenty</b>: 53.175 → 20",)
    assert added_again(slip_page(slip)) == 4


def test_deadlines_stand_as_they_are_written() -> None:
    page = slip_page(slip_of("zh"))
    assert "7 working days" in page and "20 days after period" in page and "人民币" in page


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "s.yaml").write_text(SCHEME.format(language="en"), "utf-8")
    rows = "\n".join(f"{key},a,70,50" for key in ("1", "../x", "A", "a", "con", "名 字", "index"))
    (tmp_path / "people.csv").write_text(f"Key,department,calls,jobs\n{rows}\n", "utf-8")
    return tmp_path


def run(files: Path, *further: str) -> int:
    return main(["statement", str(files / "s.yaml"), str(files / "people.csv"), "--period", "2026-01", *further])


def test_a_folder_with_a_page_for_each_key_and_an_index(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "--out", str(files / "new/slips")) == 0
    assert "7 slips and an index" in capsys.readouterr().out
    names = sorted(path.name for path in (files / "new/slips").iterdir())
    assert names == ["1.html", "A.html", "_con.html", "_x.html", "a-2.html", "index-2.html", "index.html", "名 字.html"]
    index = (files / "new/slips/index.html").read_text("utf-8")
    assert 'href="a-2.html"' in index and "7 people" in index and not PageReader(index).tags & {"script"}


def test_a_folder_that_exists_is_left_as_it_is(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "--out", str(files)) == 2
    assert "exists already" in capsys.readouterr().err


def test_markdown_for_one_person(files: Path) -> None:
    assert run(files, "--out", str(files / "md"), "--id", "A", "--format", "md") == 0
    assert sorted(path.name for path in (files / "md").iterdir()) == ["A.md", "index.html"]


def test_an_unknown_key_and_a_missing_folder_are_told(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files, "--out", str(files / "x"), "--id", "AA") == 2
    assert run(files) == 2
    told = capsys.readouterr().err
    assert "no row has the key AA" in told and "--out FOLDER" in told and not (files / "x").exists()


def test_a_bad_row_leaves_no_folder_unless_it_is_set_aside(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (files / "people.csv").open("a", encoding="utf-8") as text:
        text.write("bad,a,70,500\n")
    assert run(files, "--out", str(files / "x")) == 3 and not (files / "x").exists()
    assert run(files, "--out", str(files / "x"), "--on-error", "quarantine") == 5
    assert not (files / "x/bad.html").exists() and (files / "x/1.html").exists()
    assert "500" in capsys.readouterr().err
