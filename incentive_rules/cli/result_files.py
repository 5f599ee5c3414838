"""What `run` writes into files: results for payroll, beside them pools and honours, and the refused rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.run import Run
from ..pipeline import Pipeline
from ..reading.links import key_input
from .exports import as_file
from .statement import Column

POOLS = ("pool", "group", "members", "amount", "paid", "remainder", "state")
HONORS = ("honor", "group", "eligible", "places", "empty", "state", "chosen")


def result_files(pipeline: Pipeline, done: Run, chosen: Sequence[Column], target: str) -> Mapping[str, str]:
    """The text of each file: the results, and where there are any, pools and honours beside them.

    `pay.csv` has `pay.pools.csv` and `pay.honors.csv` beside it.
    """
    stem, ending = target[: target.rindex(".")], target[target.rindex(".") :]
    files = {target: _results(pipeline, done, chosen, target)}
    if done.pools:
        rows = [[p.name, p.group, p.members, p.amount, p.paid, p.remainder, p.state] for p in done.pools]
        files[f"{stem}.pools{ending}"] = as_file(target, POOLS, rows)
    if done.honors:
        # A row for each who was chosen, and one where nobody was.
        chosen_by = [(honor, key) for honor in done.honors for key in honor.chosen or (None,)]
        rows = [[h.name, h.group, h.eligible, h.places, h.empty, h.state, key] for h, key in chosen_by]
        files[f"{stem}.honors{ending}"] = as_file(target, HONORS, rows)
    return files


def _results(pipeline: Pipeline, done: Run, chosen: Sequence[Column], target: str) -> str:
    key = key_input(pipeline.checked)
    names = [c.name for c in chosen]
    headings = [key.name if key is not None else "row", *(["in_scope"] if pipeline.scheme.applies_to else []), *names]
    rows: list[list[object]] = [
        [
            r.key if key is not None else number,
            *([r.in_scope] if pipeline.scheme.applies_to else []),
            *(r[name] for name in names),
        ]
        for number, r in enumerate(done.results, 1)
    ]
    return as_file(target, headings, rows)


def refused_rows(done: Run, target: str) -> str:
    """Every reason for which a row was set aside."""
    headings = ["key", "table", "line", "row", "column", "value", "code", "reason"]
    rows: list[list[object]] = [
        [q.key, q.problem.table, q.problem.line, q.row, q.column, q.value, q.problem.code, q.reason]
        for q in done.quarantined
    ]
    return as_file(target, headings, rows)
