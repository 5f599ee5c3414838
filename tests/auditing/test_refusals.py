"""What an audit of columns refuses: at its place, in both languages, and never guessed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.base.codes import audits
from incentive_rules.base.problems import Problem
from incentive_rules.base.reports import help_of, message_of

ROWS = [{"pay": 100 + i, "gender": "FM"[i % 2], "age": 20 + i, "grade": "AB"[i % 2]} for i in range(40)]


def refused(rows: object = ROWS, **says: object) -> ir.DataError:
    with pytest.raises(ir.DataError) as error:
        ir.audit(rows, **{"of": "pay", "by": "gender", **says})  # type: ignore[arg-type]
    return error.value


@pytest.mark.parametrize(
    "says, code, variant",
    [
        ({"of": "salary"}, "data-column", ""),
        ({"of": "pays"}, "data-column", "near"),
        ({"by": "gendre"}, "data-column", "near"),
        ({"of": []}, "audit-argument", "needed"),
        ({"by": []}, "audit-argument", "needed"),
        ({"by": "age=30,abc"}, "audit-argument", "edges"),
        ({"by": "age=40,30"}, "audit-argument", "edges"),
        ({"by": {"age": [30, 30]}}, "audit-argument", "edges"),
        ({"by": ["gender", "gender"]}, "audit-argument", "twice"),
        ({"of": "grade in S"}, "audit-condition", ""),
        ({"of": "grade in []"}, "audit-condition", ""),
        ({"of": "grade == [A]"}, "audit-condition", ""),
        ({"of": "pay >= much"}, "audit-condition", "number"),
        ({"limits": {"gaps": "5%"}}, "audit-argument", "limit"),
        ({"limits": {"gap": "much"}}, "audit-argument", "number"),
        ({"limits": {"gap": -1}}, "audit-argument", "number"),
        ({"confidence": "95"}, "audit-argument", "confidence"),
        ({"confidence": 1}, "audit-argument", "confidence"),
        ({"min_group": 0}, "audit-argument", "whole"),
        ({"min_group": True}, "audit-argument", "whole"),
        ({"reference": "W"}, "audit-argument", "reference"),
        ({"noise": {"pay": 1}}, "audit-argument", "scheme"),
        ({"of": "grade"}, "data-number", "missing"),
        ({"by": "pay", "of": "age"}, None, None),
    ],
)  # fmt: skip
def test_an_argument_that_cannot_be_answered(says: dict[str, object], code: str | None, variant: str | None) -> None:
    if code is None:
        assert ir.audit(ROWS, **says).notes == (("few_groups", "pay"),)  # type: ignore[arg-type]
        return
    found = {(p.code, p.variant) for p in refused(**says).problems}
    assert found == {(code, variant)}


def test_a_column_of_names_is_no_grouping() -> None:
    rows = [{"pay": 1, "gender": f"person {i}"} for i in range(60)]
    error = refused(rows)
    assert [(p.code, p.variant) for p in error.problems] == [("audit-type", "groups")]
    assert "60 different values" in str(error)


def test_every_cell_that_cannot_be_read_is_told_with_its_place() -> None:
    from incentive_rules.reading.sources.files import read_bytes

    text = "pay,gender\n1_000,F\n100,M\n12e3,F\n,M\nN/A,F\n"
    table, _ = read_bytes(text.encode(), "pay.csv")
    error = refused(table)
    assert [(p.code, p.table, p.line) for p in error.problems] == [
        ("data-number", "pay.csv", 2), ("data-number", "pay.csv", 4), ("data-number", "pay.csv", 6),
    ]  # fmt: skip


def test_the_same_file_twice_would_count_everybody_twice(tmp_path: Path) -> None:
    file, other = tmp_path / "pay.csv", tmp_path / "copy.csv"
    for one in (file, other):
        one.write_text("pay,gender\n" + "".join(f"{100 + i},{'FM'[i % 2]}\n" for i in range(30)), "utf-8")
    assert [p.code for p in refused([file, other]).problems] == ["data-copy"]
    other.write_text("pay,gender\n" + "".join(f"{200 + i},{'FM'[i % 2]}\n" for i in range(30)), "utf-8")
    assert ir.audit([file, other], of="pay", by="gender").people == {"pay": 60}


def test_a_sum_at_the_end_is_no_person() -> None:
    from incentive_rules.reading.sources.files import read_bytes

    table, _ = read_bytes(b"pay,gender\n100,F\n200,M\n300,Total\n", "pay.csv")
    assert [(p.code, p.line) for p in refused(table).problems] == [("data-row", 4)]


def test_invisible_characters_would_make_a_second_group() -> None:
    rows = [*ROWS, {"pay": 1, "gender": "F\u200b"}]
    assert [(p.code, p.row) for p in refused(rows).problems] == [("data-text", 41)]


def test_true_and_false_of_a_program_are_shares_and_groups() -> None:
    rows = [{"leads": i % 4 == 0, "gender": "FM"[i % 2], "old": i > 20, "pay": 5} for i in range(40)]
    found = ir.audit(rows, of=["leads", "leads == true"], by="gender")
    assert {(group.of, group.is_share, group.mean) for group in found.groups if not group.by} == {
        ("leads", True, Fraction(1, 4)), ("leads == true", True, Fraction(1, 4)),
    }  # fmt: skip
    assert {group.group for group in ir.audit(rows, of="pay", by="old").groups} == {"", "true", "false"}


def test_empty_rows_and_blanks_are_nothing() -> None:
    rows = [*ROWS, {"pay": "", "gender": " ", "age": None, "grade": None}]
    rows[0] = {**rows[0], "gender": " F\t"}
    assert ir.audit(rows, of="pay", by="gender").people == {"pay": 40}


def test_floats_are_the_numbers_that_they_show() -> None:
    rows = [{"pay": 0.1, "gender": "FM"[i % 2]} for i in range(30)]
    assert {group.mean for group in ir.audit(rows, of="pay", by="gender").groups} == {ir.audit(
        [{**row, "pay": "0.1"} for row in rows], of="pay", by="gender").groups[0].mean}  # fmt: skip


def test_a_file_that_is_not_there() -> None:
    assert [p.code for p in refused("nowhere.csv").problems] == ["data-file"]


def test_without_scipy_one_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incentive_rules.auditing.intervals.find_spec", lambda name: None)
    with pytest.raises(ir.MissingExtra) as error:
        ir.audit(ROWS, of="pay", by="gender")
    assert error.value.install == "pip install 'incentive_rules[audit]'"
    assert error.value.install in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("code", audits.CODES, ids=lambda code: code.name)
def test_both_languages_say_the_same(code: audits.Code) -> None:
    import re

    for variant in ("", *code.variants):
        english, chinese = code.wording("en", variant), code.wording("zh", variant)
        holes = [set(re.findall(r"\{(\w+)\}", w.message + w.help)) for w in (english, chinese)]
        assert holes[0] == holes[1]
        problem = Problem(code.name, dict.fromkeys(holes[0], "x"), variant)
        assert "{" not in message_of(problem, "zh") + help_of(problem, "en")
