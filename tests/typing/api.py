"""What a program that uses the library may write; checked by a type checker, never run."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import assert_type

import incentive_rules as ir

pipeline: ir.Pipeline = ir.compile("scheme.yaml", period="2026-02")
rows: list[dict[str, object]] = [{"agent": "A-1", "team": "x", "earned": 1000}]
report: ir.Report = ir.check("scheme.yaml")
tested: ir.TestReport = ir.test("scheme.yaml")
proved: ir.ProofReport = ir.prove("scheme.yaml", period="2026-02")
assert_type(proved.verdicts, tuple[ir.Verdict, ...])
assert_type(proved.verdicts[0].counterexample, ir.Counterexample | None)
by_data: ir.ProofReport = ir.prove("scheme.yaml", period="2026-02", data="people.csv", on_error="quarantine")
assert_type(by_data.verdicts[0].gaps, tuple[ir.GroupGap, ...])
assert_type(by_data.measures, tuple[ir.Measurement, ...])


def paid(run: ir.Run) -> Mapping[str, Decimal]:
    return {result.key: result.lines["bonus"].amount for result in run.results}


def kept(run: ir.Run) -> Decimal:
    return sum((pool.remainder for pool in run.pools), Decimal(0))


run = pipeline.run(rows, history=["records"], on_error="quarantine")
assert_type(run, ir.Run)
assert_type(run.summary, ir.Summary)
assert_type(run.honors, tuple[ir.HonorOutcome, ...])
assert_type(run.pools, tuple[ir.PoolOutcome, ...])
assert_type(run.tables, tuple[ir.TableOutcome, ...])
assert_type(run.warnings, tuple[ir.Diagnostic | ir.Problem, ...])
assert_type(run.whole, bool)
assert_type(run.quarantined, tuple[ir.Quarantined, ...])
assert_type(run.correction(["records/first"]), ir.Correction)
assert_type(run.correction(["records/first"]).differences, tuple[ir.Difference, ...])
one = pipeline.score(rows[0], {"tickets": rows}, given={"rank": 1})
assert_type(one, ir.Result)
assert_type(one.lines["bonus"], ir.Line)
assert_type(pipeline.explain(rows[0]), ir.Explanation)
record = ir.read_record("records/first")
assert_type(record, ir.Record)
assert_type(ir.replay("records/first"), ir.Replay)
if one["bonus"] is ir.MISSING:
    raise SystemExit

assert_type(pipeline.run([], history="records"), ir.Run)
assert_type(pipeline.run([], history=[record, Path("records")]), ir.Run)
try:
    run.save("records/second", corrects="records")
except ir.DataError as error:
    assert_type(error.problems, tuple[ir.Problem, ...])
except ir.SchemeError as error:
    assert_type(error.diagnostics, tuple[ir.Diagnostic, ...])

audit = ir.audit("pay.csv", of=["pay"], by=["gender", {"age": [30, 40]}], within="post", limits={"gap": "3%"})
assert_type(audit, ir.Audit)
assert_type(audit.figure("mean_gap", "pay"), ir.AuditFigure)
assert_type(audit.groups, tuple[ir.GroupFigures, ...])
assert_type(ir.audit(rows, of="net", by="gender", scheme=pipeline, history="records").ok, bool)

# A misspelt name is an error, not an object of any kind.
misspelt = ir.chekc  # type: ignore[attr-defined]
