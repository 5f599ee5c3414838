"""JUnit of a report: what is refuted has failed, what nobody knows is skipped, and each says why."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from tests.proving.test_prove import HEAD, WORK

PROMISES = (
    "better_never_pays_less: {of: all, except: {care: 'a <b> & c'}}, "
    "total_at_most: {amount: 19999, headcount: 20}, never_reads: [age], compare_groups: {groups: [post]}"
)


def suite(rest: str = WORK, title: str = "P", language: str = "en") -> Xml.Element:
    text = f"{HEAD}{rest}principles: {{p: {{title: '{title}', promises: {{{PROMISES}}}}}}}\n"
    report = ir.prove(text=text, period="2026-01")
    root = Xml.fromstring(report.render("junit", language))
    (found,) = root
    assert (root.tag, found.tag) == ("testsuites", "testsuite")
    return found


def case(of: Xml.Element, name: str) -> Xml.Element:
    return next(one for one in of.iter("testcase") if one.get("name") == name)


def told(one: Xml.Element) -> dict[str, str]:
    return {found.get("name", ""): found.get("value", "") for found in one.iter("property")}


def test_each_verdict_is_a_case_with_its_word() -> None:
    found = suite()
    names = [one.get("name") for one in found.iter("testcase")]
    assert names == [
        "better_never_pays_less", "better_never_pays_less · care", "total_at_most · 20 × ≤ 19999", "never_reads",
        "compare_groups",
    ]  # fmt: skip
    words = [told(one)["status"] for one in found.iter("testcase")]
    assert words == ["PROVED", "ACCEPTED", "UNKNOWN", "PROVED", "N/A"]
    assert {name: found.get(name) for name in ("tests", "failures", "skipped", "errors")} == {
        "tests": "5", "failures": "0", "skipped": "2", "errors": "0",
    }  # fmt: skip
    assert [one.get("name") for one in found.iter("testcase") if one.find("skipped") is not None] == [
        "total_at_most · 20 × ≤ 19999", "compare_groups",
    ]  # fmt: skip
    skipped = case(found, "compare_groups").find("skipped")
    assert skipped is not None and skipped.get("message") == "N/A: it is about people who are paid: it takes data"
    assert "a <b> & c" in (case(found, "better_never_pays_less · care").findtext("system-out") or "")


def test_a_refuted_promise_has_failed_and_shows_the_pair() -> None:
    found = suite(WORK.replace("10 * total", "10 * total if jobs < 50 else 300"))
    assert (found.get("failures"), found.get("skipped")) == ("1", "2")
    one = case(found, "better_never_pays_less")
    failure = one.find("failure")
    assert failure is not None and failure.text is not None
    assert "does better and is paid less" in failure.text
    assert "jobs" in failure.text and "49 → 50" in failure.text
    assert one.get("classname") == "proofs.p" or one.get("classname") == "proofs.P"


def test_in_chinese_and_with_tags_in_titles() -> None:
    found = suite(WORK, title="<script>&amp;", language="zh")
    assert {one.get("name") for one in found.iter("testcase")} >= {"做得更好不少得", "不得读取"}
    assert {one.get("classname") for one in found.iter("testcase")} == {"proofs.<script>&amp;"}


def test_the_command_prints_junit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "scheme.yaml"
    file.write_text(f"{HEAD}{WORK}principles: {{p: {{promises: {{gives: [honors]}}}}}}\n", "utf-8")
    assert main(["prove", str(file), "--format", "junit"]) == 1
    root = Xml.fromstring(capsys.readouterr().out)
    assert [one.tag for one in root.iter("failure")] == ["failure"]


def test_an_unknown_format_is_refused() -> None:
    report = ir.prove(text=f"{HEAD}{WORK}")
    with pytest.raises(ValueError, match="junit"):
        report.render("pdf")
