"""What `run` writes into files: results, beside them pools, honours and entitlements, and the refused rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from ..base.reports import MOST_OF_A_KIND
from ..base.text import echo, listed
from ..base.words import list_separator
from ..framing.texts import as_file, file_of_columns, marked_cells, writing_of
from ..framing.workbooks import NEEDS
from ..model.result_columns import results_of
from ..model.run import Run
from ..model.text_columns import each_text, written_column, written_flags, written_keys
from ..pipeline import Pipeline
from ..reading.tables.links import key_input
from .outcomes import entitlements_of_groups
from .pay_table import ReportColumn
from .result_workbook import refused_workbook
from .wording import say

ENDINGS = (".csv", ".json", ".xlsx")  # of files of results; a workbook holds everything in one
POOLS = ("pool", "group", "members", "amount", "paid", "remainder", "state")
ENTITLEMENTS = ("entitlement", "group", "value", "state")
HONORS = ("honor", "group", "eligible", "places", "empty", "state", "chosen")


def cannot_be_written(target: str | None, aside: str | None, read: Iterable[str], language: str) -> str:
    """Why these files cannot be written, in words: two of them are one file, or one was read; empty where they can.

    Said before anything is computed or recorded.
    """
    taken = {os.path.realpath(file) for file in read}
    for file in (*_targets(target), *([] if aside is None else [aside])):
        place = os.path.realpath(file)
        if place in taken:
            return say("same_file", language, file=echo(file))
        if not Path(place).parent.is_dir():
            return say("cannot_write", language, file=echo(file), reason=say("no_folder", language))
        taken.add(place)
    return ""


def wrong_ending(target: str | None, aside: str | None, language: str) -> str:
    """Why nothing writes files with such names, in words; empty where something does."""
    for file in (target, aside):
        if file is not None and not file.lower().endswith(ENDINGS):
            endings = list_separator(language).join(ENDINGS)
            return say("usage_out", language, file=echo(file), endings=endings)
        if file is not None and is_workbook(file) and find_spec("xlsxwriter") is None:
            return say("needs_excel", language, file=echo(file), command=NEEDS)
    return ""


def is_workbook(file: str) -> bool:
    return file.lower().endswith(".xlsx")


def _targets(target: str | None) -> tuple[str, ...]:
    """Every file that may be written for this one."""
    if target is None:
        return ()
    return (target,) if is_workbook(target) else _beside(target)


def _beside(target: str) -> tuple[str, str, str, str]:
    """The file of results, and those of pools, honours and entitlements of groups beside it."""
    stem, ending = target[: target.rindex(".")], target[target.rindex(".") :]
    return target, f"{stem}.pools{ending}", f"{stem}.honors{ending}", f"{stem}.entitlements{ending}"


def result_files(pipeline: Pipeline, done: Run, chosen: Sequence[ReportColumn], target: str) -> Mapping[str, str]:
    """The text of each file: the results, and where there are any, pools, honours and entitlements of groups.

    `pay.csv` has `pay.pools.csv`, `pay.honors.csv` and `pay.entitlements.csv` beside it.
    """
    _, pools, honors, entitlements = _beside(target)
    files = {target: _results(pipeline, done, chosen, target)}
    if done.pools:
        amounts = [(p.amount, p.paid, p.remainder) if p.known else (None, p.paid, None) for p in done.pools]
        rows = [[p.name, p.group, p.members, *own, p.state] for p, own in zip(done.pools, amounts, strict=True)]
        files[pools] = as_file(target, POOLS, rows)
    if done.honors:
        # A row for each who was chosen, and one where nobody was.
        chosen_by = [(honor, key) for honor in done.honors for key in honor.chosen or (None,)]
        rows = [[h.name, h.group, h.eligible, h.places, h.empty, h.state, key] for h, key in chosen_by]
        files[honors] = as_file(target, HONORS, rows)
    given = entitlements_of_groups(pipeline.checked, done)
    if given:
        due = {name: pipeline.checked.quantity(name).due for name, _, _ in given}
        rows = [
            [name, key, value, "held" if value is None else "decided" if due[name] else "not_this_period"]
            for name, key, value in given
        ]
        files[entitlements] = as_file(target, ENTITLEMENTS, rows)
    return files


def _results(pipeline: Pipeline, done: Run, chosen: Sequence[ReportColumn], target: str) -> str:
    key = key_input(pipeline.checked)
    names = [c.name for c in chosen]
    headings = [key.name if key is not None else "row", *(["in_scope"] if pipeline.scheme.applies_to else []), *names]
    results = results_of(done.results)
    if not results:
        return as_file(target, headings, ())
    writing = writing_of(target)
    size = len(results)
    columns = [each_text(map(str, range(1, size + 1))) if key is None else written_keys(results.keys, writing)]
    columns += [written_flags(results.in_scope, writing)] if pipeline.scheme.applies_to else []
    columns += [written_column(name, results, writing) for name in names]
    return file_of_columns(target, headings, columns)


def refused_rows(done: Run, target: str, language: str) -> str | bytes:
    """Every reason for which a row was set aside."""
    if is_workbook(target):
        return refused_workbook(done, language)
    headings = ["key", "table", "line", "row", "column", "value", "code", "reason"]
    rows: list[list[object]] = [
        [q.key, q.problem.table, q.problem.line, q.row, q.column, q.value, q.problem.code, q.reason]
        for q in done.quarantined
    ]
    return as_file(target, headings, rows)


def told_of_marks(file: str, text: str | bytes, language: str) -> Iterator[str]:
    """What is said of a csv file in which texts have a `'` in front: whoever joins it by a key should know."""
    cells = marked_cells(text) if isinstance(text, str) and file.lower().endswith(".csv") else []
    if cells:
        some = listed(map(echo, cells), MOST_OF_A_KIND, ", ")
        yield say("marked", language, file=echo(file), count=len(cells), cells=some)
