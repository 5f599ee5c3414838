"""The facade: what people import, what comes back, and that an error is one exception with the whole report."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.model.result import MISSING

SCHEME = """\
format: 1
scheme: service-bonus
status: example
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
applies_to: months >= 1
indicators:
  on_time_rate:
    {title: Punctuality, weight: 60%, better: higher, value: on_time / jobs, score: {points: {70%: 0, 95%: 100}}}
  complaint_count: {weight: 40%, better: lower, value: complaints, score: {up_to: {0: 100, 2: 60}, else: 0}}
total: {missing: reweigh}
pay:
  bonus: {title: Service bonus, amount: 3000 * total / 100}
inputs:
  engineer: {type: key}
  months: {type: integer, range: [0, 500]}
  jobs: {type: integer, range: [0, 500]}
  on_time: {type: integer, range: [0, 500]}
  complaints: {type: integer, range: [0, 50], read: nearest}
require:
  - on_time <= jobs
people:
  typical: {months: 12, jobs: 100, on_time: 90, complaints: 0}
examples:
  - {name: a month, period: 2026-03, person: typical, expect: {on_time_rate: 80, total: 88, bonus: 2640.00}}
  - {name: no job, period: 2026-03, person: typical, but: {jobs: 0, on_time: 0}, expect: {on_time_rate: missing}}
"""
G1 = {"engineer": "G1", "months": 12, "jobs": 100, "on_time": 90, "complaints": 0}


@pytest.fixture(scope="module")
def pipeline() -> ir.Pipeline:
    return ir.compile(text=SCHEME, period="2026-03")


# ── Scheme ────────────────────────────────────────────────────────────────────────────────────────


def test_a_str_is_a_path_and_a_text_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "bonus.yaml"
    path.write_text(SCHEME, "utf-8")
    for one in (path, str(path)):
        assert ir.compile(one, period="2026-03").fingerprint == ir.compile(text=SCHEME, period="2026-03").fingerprint
    for call in (lambda: ir.check(), lambda: ir.check(path, text=SCHEME)):
        with pytest.raises(TypeError, match="either a path or text="):
            call()


def test_check_returns_a_report_and_raises_nothing() -> None:
    report = ir.check(text=SCHEME.replace("60%", "50%"))
    assert not report.ok
    assert [d.code for d in report.errors] == ["weights-total"]
    assert "error[weights-total]" in str(report) and "<text>:" in str(report)
    assert "错误[weights-total]" in report.render(language="zh")
    with pytest.raises(ir.SchemeError) as refused:
        report.raise_if_errors()
    assert str(refused.value).startswith("error[weights-total]")
    ir.check(text=SCHEME).raise_if_errors()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\0" * 99, b"[" * 9999, b"x" * (1 << 21), "格式：1".encode()])
def test_no_file_makes_check_fail(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(data)
    assert not ir.check(path).ok


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    for path, variant in ((tmp_path / "none.yaml", ""), (tmp_path, "folder"), (Path("/dev/null"), "special")):
        (finding,) = ir.check(path).diagnostics
        assert (finding.code, finding.variant) == ("scheme-file", variant)
        assert str(tmp_path) not in str(ir.check(path)), "a report names no folders"


@pytest.mark.parametrize(
    ("period", "code", "shows"),
    [
        (None, "period-unknown", "2026-01"),
        ("March", "period-unknown", "`March`"),
        ("2026-Q1", "period-kind", "2026-01"),
        ("2027-01", "period-outside", "2026-12-31"),
        ("2025-12", "period-outside", "2026-01-01"),
    ],
)
def test_a_scheme_is_computed_for_its_own_periods_only(period: str | None, code: str, shows: str) -> None:
    with pytest.raises(ir.SchemeError, match=shows) as refused:
        ir.compile(text=SCHEME, period=period)
    assert [d.code for d in refused.value.diagnostics] == [code]


def test_no_period_before_the_scheme_was_published_unless_it_says_why() -> None:
    text = SCHEME + "procedure: {published: 2026-02-10}\n"
    with pytest.raises(ir.SchemeError, match="2026-02-10"):
        ir.compile(text=text, period="2026-02")
    assert ir.compile(text=text, period="2026-03").period == "2026-03"
    agreed = text.replace("2026-02-10}", "2026-02-10, backdated: agreed with the council}")
    assert ir.compile(text=agreed, period="2026-02").period == "2026-02"


def test_a_draft_is_checked_and_never_run() -> None:
    draft = SCHEME.replace("status: example", "status: draft").replace("weight: 60%", "weight: tbd")
    report = ir.check(text=draft)
    assert report.scheme is not None and len(report.scheme.holes) == 1
    with pytest.raises(ir.SchemeError) as refused:
        ir.compile(text=draft, period="2026-03")
    assert "scheme-draft" in {d.code for d in refused.value.diagnostics}


# ── One person ────────────────────────────────────────────────────────────────────────────────────


def test_one_person_gets_a_frozen_mapping_of_exact_values(pipeline: ir.Pipeline) -> None:
    paid = pipeline.score(G1)
    assert paid["bonus"] == Decimal("2640.00") and str(paid["bonus"]) == "2640.00"
    assert paid["total"] == 88 and paid.key == "G1" and paid.in_scope
    assert paid.lines["bonus"].state == "paid"
    with pytest.raises(AttributeError):
        paid.key = "G2"  # type: ignore[misc]
    with pytest.raises(KeyError, match="did you mean `bonus`"):
        paid["bonnus"]


def test_a_missing_value_is_neither_0_nor_false(pipeline: ir.Pipeline) -> None:
    paid = pipeline.score({**G1, "jobs": 0, "on_time": 0})
    assert paid["on_time_rate"] is MISSING
    assert paid["total"] == 100, "the weight of what was not measured goes to the rest"


def test_who_is_not_in_scope_is_paid_0_for_that_reason(pipeline: ir.Pipeline) -> None:
    paid = pipeline.score({**G1, "months": 0})
    assert not paid.in_scope and paid["bonus"] == 0 and paid["total"] is MISSING
    assert paid.lines["bonus"].state == "not_in_scope"


def test_a_bad_row_is_one_exception_with_every_problem(pipeline: ir.Pipeline) -> None:
    row = {"engineer": "G1", "months": 12, "job": 100, "on_time": "9x", "complaints": 51}
    with pytest.raises(ir.DataError) as refused:
        pipeline.score(row)
    found = {(p.code, p.variant) for p in refused.value.problems}
    assert found == {("data-name-unknown", "near"), ("data-missing", ""), ("data-number", "unit"), ("data-range", "")}
    assert "did you mean `jobs`" in str(refused.value)


def test_a_broken_requirement_points_into_the_scheme(pipeline: ir.Pipeline) -> None:
    with pytest.raises(ir.DataError, match="on_time <= jobs") as refused:
        pipeline.score({**G1, "on_time": 101})
    (problem,) = refused.value.problems
    assert problem.code == "data-require" and problem.place is not None


def test_a_result_explains_itself_in_both_languages(pipeline: ir.Pipeline) -> None:
    facts = dict(G1)
    paid = pipeline.score(facts)
    facts["jobs"] = 0  # what the caller does with the row later changes nothing
    text = str(paid.explain("en", name="bonus"))
    assert "2,640.00" in text and "Service bonus" in text and "88" in text
    assert "第" in str(paid.explain("zh"))
    assert str(pipeline.explain(G1, "bonus", lang="en")) == text
    with pytest.raises(TypeError, match=r"pipeline\.explain"):
        pickle.loads(pickle.dumps(paid)).explain("en")


# ── Everybody ─────────────────────────────────────────────────────────────────────────────────────


def test_one_bad_row_rejects_the_run_with_all_reasons(pipeline: ir.Pipeline) -> None:
    rows = [G1, {**G1, "engineer": "G2", "jobs": 501}, {**G1, "engineer": "G3", "complaints": None}]
    with pytest.raises(ir.DataError) as refused:
        pipeline.run(rows)
    assert [(p.code, p.row, p.key) for p in refused.value.problems] == [
        ("data-range", 2, "G2"),
        ("data-missing", 3, "G3"),
    ]


def test_a_quarantined_row_changes_nobody_elses_pay(pipeline: ir.Pipeline) -> None:
    others = [G1, {**G1, "engineer": "G4", "on_time": 80}, {**G1, "engineer": "G5", "months": 0}]
    bad = {**G1, "engineer": "G2", "jobs": 501, "complaints": -1}
    done = pipeline.run([others[0], bad, *others[1:]], on_error="quarantine")
    assert done.results == pipeline.run(others).results
    assert [(q.key, q.row, q.column, q.value) for q in done.quarantined] == [
        ("G2", 2, "jobs", "501"),
        ("G2", 2, "complaints", "-1"),
    ]
    s = done.summary
    assert (s.read, s.paid, s.quarantined, s.out_of_scope) == (4, 2, 1, 1) and s.reconciles
    assert s.totals["earnings"] == sum(Decimal(str(r["bonus"])) for r in done.results)


def test_results_stand_in_the_order_of_the_rows(pipeline: ir.Pipeline) -> None:
    rows = [{**G1, "engineer": f"G{n}", "on_time": n} for n in (9, 3, 7, 1)]
    assert [r.key for r in pipeline.run(rows).results] == ["G9", "G3", "G7", "G1"]
    turned = {r.key: r["bonus"] for r in pipeline.run(rows[::-1]).results}
    assert turned == {r.key: r["bonus"] for r in pipeline.run(rows).results}


def test_corrections_and_unread_columns_are_counted(pipeline: ir.Pipeline) -> None:
    rows = [{**G1, "complaints": 0.4, "town": "A"}, {**G1, "engineer": "G2", "town": "B"}]
    done = pipeline.run(rows)
    assert done.summary.corrections == {"complaints": 1}
    assert done.summary.unread == (("", "town"),)


def test_rows_may_come_from_an_iterator(pipeline: ir.Pipeline) -> None:
    def rows() -> Iterator[dict[str, object]]:
        yield G1

    assert len(pipeline.run(rows())) == 1
    with pytest.raises(ir.DataError):
        pipeline.run([1])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="quarantine"):
        pipeline.run([G1], on_error="ignore")  # type: ignore[arg-type]


# ── The pipeline as a thing ───────────────────────────────────────────────────────────────────────


def test_a_pipeline_pickles_with_its_fingerprint(pipeline: ir.Pipeline) -> None:
    again = pickle.loads(pickle.dumps(pipeline))
    assert again.fingerprint == pipeline.fingerprint
    assert again.score(G1) == pipeline.score(G1)
    assert pickle.loads(pickle.dumps(pipeline.score(G1))) == pipeline.score(G1)


def test_the_fingerprint_is_that_of_the_meaning() -> None:
    def of(text: str, period: str = "2026-03") -> str:
        return ir.compile(text=text, period=period).fingerprint

    plain = of(SCHEME)
    assert of("# a comment\n" + SCHEME.replace("Punctuality", "On time").replace("a month", "one month")) == plain
    assert of(SCHEME.replace("3000", "3001")) != plain
    assert of(SCHEME, "2026-04") != plain


def test_the_inputs_say_what_the_data_must_bring(pipeline: ir.Pipeline) -> None:
    jobs = next(i for i in pipeline.inputs if i.name == "jobs")
    assert (jobs.column, jobs.type, jobs.low, jobs.high, jobs.can_be_missing) == ("jobs", "integer", "0", "500", False)


# ── Examples ──────────────────────────────────────────────────────────────────────────────────────


def test_examples_pass_where_scheme_and_example_agree() -> None:
    tested = ir.test(text=SCHEME)
    assert tested.ok and [o.name for o in tested.outcomes] == ["a month", "no job"]
    tested.raise_if_failed()


def test_a_failing_example_shows_what_differs_and_how_it_came_about() -> None:
    tested = ir.test(text=SCHEME.replace("total: 88, bonus: 2640.00", "total: 89, bonus: 2670.00"))
    failed, passed = tested.outcomes
    assert passed.passed and not failed.passed
    assert [(d.code, d.params["name"], d.params["value"]) for d in failed.diagnostics] == [
        ("example-differs", "total", "88.0000"),
        ("example-differs", "bonus", "2640.00"),
    ]
    assert "60%" in failed.trace
    with pytest.raises(ir.SchemeError, match="expected 89"):
        tested.raise_if_failed()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("complaints: 0}", "complaints: 51}", "example-refused"),
        ("complaints: 0}", "complaints: missing}", "example-refused"),
        ("but: {jobs: 0, on_time: 0}", "but: {jobs: 0}", "example-refused"),
        ("period: 2026-03, person: typical, expect", "period: 2027-03, person: typical, expect", "example-period"),
        ("total: 88", "total: eighty", "example-differs"),
    ],
)
def test_an_example_obeys_the_rules_of_data(old: str, new: str, code: str) -> None:
    assert old in SCHEME
    tested = ir.test(text=SCHEME.replace(old, new))
    assert code in {d.code for d in tested.diagnostics}


# ── Slips of a caller ─────────────────────────────────────────────────────────────────────────────


def test_what_is_no_row_no_path_and_no_period_says_so(pipeline: ir.Pipeline) -> None:
    for row in ([1], "engineer", None):
        with pytest.raises(TypeError, match="a row is a mapping of names to values, not"):
            pipeline.score(row)  # type: ignore[arg-type]
    for name in ("people", b"people.csv"):
        with pytest.raises(TypeError, match="a text that is no name of a data file"):
            pipeline.run(name)  # type: ignore[arg-type]
    for file in ("people.csv", Path("people.csv")):
        with pytest.raises(ir.DataError, match="there is no file"):
            pipeline.run(file)
    with pytest.raises(TypeError, match="these rows are one row: give a list of them"):
        pipeline.run(G1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="this is a document and not a path: pass it as text="):
        ir.check(SCHEME)
    with pytest.raises(TypeError, match="a period is a text such as '2026-01'"):
        ir.compile(text=SCHEME, period=202604)  # type: ignore[arg-type]


def test_the_lines_of_an_example_that_differs_stand_once() -> None:
    wrong = SCHEME.replace("on_time_rate: 80, total: 88, bonus: 2640.00", "bonus: 1, total: 2, on_time_rate: 3")
    (outcome, _) = ir.test(text=wrong).outcomes
    assert [d.code for d in outcome.diagnostics] == ["example-differs"] * 3
    assert outcome.trace.count("Service bonus = ") == 1
    assert outcome.trace.count("= 60% × 80") == 1


def test_an_expected_number_that_is_missing_is_told_in_words() -> None:
    wrong = SCHEME.replace("expect: {on_time_rate: missing}", "expect: {on_time_rate: 70}")
    report = ir.test(text=wrong)
    assert "`on_time_rate` is missing, expected 70" in str(report)


def test_an_example_of_a_draft_with_holes_says_what_is_to_be_decided() -> None:
    draft = SCHEME.replace("status: example", "status: draft").replace("weight: 40%", "weight: tbd")
    first = ir.test(text=draft).outcomes[0]
    assert [(d.code, d.variant) for d in first.diagnostics] == [("example-period", "draft")]
    assert "complaint_count · weight: still to be decided" in first.diagnostics[0].params["reason"]


def test_everything_that_the_facade_gives_has_its_class_there(pipeline: ir.Pipeline) -> None:
    """A program names them in its type hints; the type checker sees the same in tests/typing/api.py."""
    run = pipeline.run([G1])
    one = run.results[0]
    found = (pipeline, run, run.summary, one, one.lines["bonus"], pipeline.explain(G1))
    assert {type(x).__name__ for x in found} <= set(ir.__all__)
    assert all(getattr(ir, name) is not None for name in ir.__all__)
    assert len(repr(run)) < 1000
