"""The audit of what a scheme makes of data: results, facts, columns that nothing reads, indicators and noise."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.auditing.as_json import as_json

SCHEME = """\
format: 1
scheme: callers
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  caller: {type: key}
  post: {type: category, one_of: [junior, senior]}
  age: {type: integer, range: [16, 80]}
  calls: {type: integer, range: [0, 100]}
  csat: {type: number, decimals: 2, range: [1, 5]}
  leader: {type: boolean}
  hired: {type: date, range: [2000-01-01, 2026-12-31]}
applies_to: calls > 0
indicators:
  volume: {weight: 60%, value: calls, better: higher, score: value}
  quality: {weight: 40%, value: 20 * csat, better: higher, score: value}
grades:
  of: total
  from: {80: A, 50: B, 0: C}
pay:
  bonus: {amount: 10 * total}
  lead: {amount: 100, when: leader}
"""


def csv_of(rows: list[dict[str, object]]) -> str:
    """The rows as the text of a file."""
    cells = [[str(c).lower() if isinstance(c, bool) else str(c) for c in row.values()] for row in rows]
    return "\n".join(map(",".join, [list(rows[0]), *cells]))


def people(n: int = 40) -> list[dict[str, object]]:
    """Every second one a woman; the last has made no calls and is out of scope."""
    return [
        {
            "caller": f"C{i}", "post": ("junior", "senior")[i // 2 % 2], "age": 20 + i,
            "calls": 0 if i == n - 1 else 40 + i, "csat": f"4.4{i % 10}", "leader": i % 4 == 0, "hired": "2020-01-01",
            "gender": "FM"[i % 2], "grade_before": "B",
        }
        for i in range(n)
    ]  # fmt: skip


@pytest.fixture
def scheme(tmp_path: Path) -> Path:
    path = tmp_path / "callers.yaml"
    path.write_text(SCHEME, "utf-8")
    return path


def audit(scheme: Path, **says: object) -> ir.Audit:
    asked = {"of": "net", "by": "gender", "scheme": scheme, "period": "2026-04", **says}
    return ir.audit(people(), **asked)  # type: ignore[arg-type]


def test_the_scheme_is_sound(scheme: Path) -> None:
    assert ir.check(scheme).ok


def test_results_by_a_column_that_the_scheme_does_not_read(scheme: Path) -> None:
    """The means are those of the run, person by person; who is out of scope is not among them."""
    found = audit(scheme)
    pipeline = ir.compile(scheme, period="2026-04")
    run = pipeline.run(people())
    for gender in "FM":
        nets = [result["net"] for result in run.results if result.in_scope and "FM"[int(result.key[1:]) % 2] == gender]
        of = next(group for group in found.groups if group.group == gender and group.by == "gender")
        assert of.n == len(nets) == (20 if gender == "F" else 19)
        assert of.mean == Fraction(sum(nets)) / len(nets)  # type: ignore[arg-type]
    assert found.people == {"net": 39}
    assert [(one.why, one.count) for one in found.left_out] == [("out_of_scope", 1)]
    assert "1 person to whom the scheme does not apply" in str(found)


def test_facts_ages_between_edges_and_categories(scheme: Path) -> None:
    found = audit(scheme, by=["gender", {"age": [30, 45]}], within="post", min_group=3)
    ages = [group for group in found.groups if (group.by, group.within) == ("age", "")]
    assert [(group.group, group.n) for group in ages] == [("<30", 10), ("30–<45", 15), ("≥45", 14)]
    assert {group.category for group in found.groups if group.within == "post"} == {"junior", "senior"}


def test_conditions_on_grades_words_and_truths(scheme: Path) -> None:
    found = audit(scheme, of=["grade in [A]", "leader", "net >= 600", "grade != A", "leader == true"])
    everyone = {group.of: group.mean for group in found.groups if not group.by}
    run = ir.compile(scheme, period="2026-04").run(people())
    grades = [result["grade"] for result in run.results if result.in_scope]
    assert everyone["grade in [A]"] == Fraction(grades.count("A"), 39)
    assert everyone["grade != A"] == 1 - everyone["grade in [A]"]
    assert everyone["leader"] == everyone["leader == true"] == Fraction(10, 39)
    assert found.figure("rate_ratio", "leader").value == 0  # no man leads: every fourth one is a woman


def test_indicators_weigh_what_they_do_in_effect(scheme: Path) -> None:
    """Calls differ from person to person by far more than what customers say, so they decide nearly everything."""
    found = audit(scheme)
    volume, quality = (found.figure("effective_weight", name) for name in ("volume", "quality"))
    assert (volume.nominal, quality.nominal) == (Fraction(3, 5), Fraction(2, 5))
    assert volume.value is not None
    assert quality.value is not None
    assert volume.value + quality.value == 1
    assert quality.verdict is ir.AuditVerdict.OUTSIDE
    assert found.figure("ceiling", "quality").value == Fraction(3, 39)


@pytest.mark.thorough
def test_noise_of_measurement_changes_few_grades_and_the_same_ones_each_time(scheme: Path) -> None:
    one, other = (audit(scheme, noise={"csat": "0.3", "calls": 2}) for _ in range(2))
    assert one == other
    flips = one.figure("grade_flips", "grade")
    assert flips.value is not None
    assert 0 < flips.value < Fraction(1, 4)
    backwards = ir.audit(
        people()[::-1], of="net", by="gender", scheme=scheme, period="2026-04", noise={"csat": "0.3", "calls": 2}
    )  # fmt: skip
    assert backwards.figures == one.figures


def test_a_pipeline_made_ready_and_files_in_the_place_of_rows(scheme: Path, tmp_path: Path) -> None:
    file = tmp_path / "callers.csv"
    file.write_text(csv_of(people()), "utf-8")
    ready = ir.compile(scheme, period="2026-04")
    assert ir.audit(file, of="net", by="gender", scheme=ready) == audit(scheme)


def test_columns_in_a_second_file_are_joined_on_the_key(scheme: Path, tmp_path: Path) -> None:
    """The second file holds what nothing reads, in another order."""
    first, second = tmp_path / "callers.json", tmp_path / "register.json"
    rows = people()
    first.write_text(json.dumps([{k: v for k, v in row.items() if k != "gender"} for row in rows]), "utf-8")
    second.write_text(json.dumps([{"caller": row["caller"], "gender": row["gender"]} for row in rows[::-1]]), "utf-8")
    found = ir.audit([first, second], of="net", by="gender", scheme=scheme, period="2026-04")
    assert found.groups == audit(scheme).groups


@pytest.mark.parametrize(
    "says, code, variant, text",
    [
        ({"of": "nett"}, "audit-name", "near", "`net`"),
        ({"of": "whatever_this_is"}, "audit-name", "", "neither a result or a fact"),
        ({"of": "grade"}, "audit-type", "", "grade in [...]"),
        ({"of": "hired"}, "audit-type", "moment", "day or a time"),
        ({"of": "grade >= 3"}, "audit-type", "", "no number"),
        ({"by": "age"}, "audit-type", "numbers", "age=30,40,50"),
        ({"by": "hired"}, "audit-type", "moment", "hired"),
        ({"by": {"post": [3]}}, "audit-type", "edges", "post"),
        ({"by": "gendr"}, "audit-name", "near", "`gender`"),
        ({"within": "pots"}, "audit-name", "near", "`post`"),
        ({"noise": {"post": 1}}, "audit-argument", "noise", "`age` `calls` `csat`"),
        ({"noise": {"csat": -1}}, "audit-argument", "number", "csat=-1"),
    ],
)
def test_what_cannot_be_answered_is_said(
    scheme: Path, says: dict[str, object], code: str, variant: str, text: str
) -> None:
    with pytest.raises(ir.DataError) as error:
        audit(scheme, **says)
    assert [(p.code, p.variant) for p in error.value.problems] == [(code, variant)]
    assert text in str(error.value)


def test_an_exact_quotient_of_very_many_sizes_is_not_summed() -> None:
    """As in a formula, where `check` asks for decimals."""
    text = SCHEME.replace("pay:", "quantities:\n  each: {is: 1 / (calls * calls + 7), decimals: exact}\npay:")
    with pytest.raises(ir.DataError, match="decimals"):
        ir.audit(people(), of="each", by="gender", scheme=ir.compile(text=text, period="2026-04"))


def test_bad_rows_reject_the_audit_or_are_set_aside(scheme: Path) -> None:
    rows = people()
    rows[3]["csat"] = "7.0"
    with pytest.raises(ir.DataError) as error:
        ir.audit(rows, of="net", by="gender", scheme=scheme, period="2026-04")
    assert [(p.code, p.row) for p in error.value.problems] == [("data-range", 4)]
    found = ir.audit(rows, of="net", by="gender", scheme=scheme, period="2026-04", on_error="quarantine")
    assert found.people == {"net": 38}
    assert [(one.why, one.count) for one in found.left_out] == [("out_of_scope", 1), ("set_aside", 1)]


def test_json_has_every_figure(scheme: Path) -> None:
    found = audit(scheme, within="post", min_group=3)
    written = json.loads(json.dumps(as_json(found)))
    assert len(written["figures"]) == len(found.figures)
    assert written["people"] == {"net": 39}
    assert written["confidence"] == "0.95"
    gap = next(figure for figure in written["figures"] if figure["measure"] == "mean_gap")
    assert gap["counts"] == [19, 20]
    assert gap["limit"] == "0.05"
