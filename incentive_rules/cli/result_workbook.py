"""What `run` writes into a workbook: a sheet for each thing that a run found, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..framing.workbooks import BookSheet, workbook_bytes
from ..lang.pay import IN_ENGLISH
from ..model.data import People
from ..model.record import Correction, Difference
from ..model.result import MISSING
from ..model.run import Run
from ..model.titles import scheme_title
from ..pipeline import Pipeline
from ..reading.tables.columns import heading_of
from ..reading.tables.links import key_input
from .corrections import shown_amounts, with_sums
from .outcomes import entitlements_of_groups
from .pay_table import ReportColumn, foot_lines, sums_shown, title_of_quantity, told_apart
from .wording import say


def result_workbook(
    pipeline: Pipeline, done: Run, people: People, chosen: Sequence[ReportColumn], correction: Correction | None,
    language: str,
) -> bytes:  # fmt: skip
    """The workbook of a run: what a correction pays, results, groups, pools, honours, refused rows, reconciliation.

    `OSError` where a sheet cannot hold it.
    """
    sheets = [_results(pipeline, done, chosen, language), *_groups(pipeline, done, language)]
    sheets += _outcomes(pipeline, done, language)
    if correction is not None:
        sheets.insert(0, _corrections(pipeline, correction.differences, language))
    if done.quarantined:
        sheets.append(refused_sheet(done, language))
    sheets.append(_reconciliation(pipeline, done, people, language))
    return workbook_bytes(sheets, language)


def refused_workbook(done: Run, language: str) -> bytes:
    """The workbook with every reason for which a row was set aside."""
    return workbook_bytes([refused_sheet(done, language)], language)


def refused_sheet(done: Run, language: str) -> BookSheet:
    """A row for each reason for which a row was set aside."""
    words = ("key", "sheet_table", "line", "row", "column", "cell", "code", "reason")
    rows = [
        [q.key, q.problem.table, q.problem.line, q.row, q.column, q.value, q.problem.code, q.reason]
        for q in done.quarantined
    ]
    return BookSheet(say("quarantined", language), [say(word, language) for word in words], rows)


def _results(pipeline: Pipeline, done: Run, chosen: Sequence[ReportColumn], language: str) -> BookSheet:
    key = key_input(pipeline.checked)
    scoped = bool(pipeline.scheme.applies_to)
    headings = [heading_of(key) if key is not None else say("row", language)]
    headings += [say("applies", language)] if scoped else []
    names = [column.name for column in chosen]
    rows = (
        [one.key if key is not None else number, *([one.in_scope] if scoped else []), *(one[name] for name in names)]
        for number, one in enumerate(done.results, 1)
    )
    return BookSheet(say("results", language), [*headings, *(column.title for column in told_apart(chosen))], rows)


def _groups(pipeline: Pipeline, done: Run, language: str) -> Iterator[BookSheet]:
    """The values of each level of groups, a row for each group; of everyone, a row for each value."""
    for level, groups in done.groups.items():
        names = list(dict.fromkeys(name for values in groups.values() for name in values))
        if not names:
            continue
        columns = told_apart([ReportColumn(name, title_of_quantity(pipeline, name, language), False) for name in names])
        everyone = list(groups) == [""]
        title = say("everyone", language) if everyone else level
        if everyone:
            rows = [[column.title, groups[""].get(column.name, MISSING)] for column in columns]
            yield BookSheet(title, [say("value_name", language), say("value", language)], rows)
        else:
            found = [[key, *(values.get(name, MISSING) for name in names)] for key, values in groups.items()]
            yield BookSheet(title, [level, *(column.title for column in columns)], found)


def _outcomes(pipeline: Pipeline, done: Run, language: str) -> Iterator[BookSheet]:
    def title(name: str) -> str:
        return title_of_quantity(pipeline, name, language)

    def sheet(name: str, words: Sequence[str], rows: Sequence[Sequence[object]]) -> BookSheet:
        return BookSheet(say(name, language), [say(word, language) for word in words], rows)

    def group(key: str) -> str:
        return key or say("everyone", language)

    if done.pools:
        words = ("pool", "group", "members", "amount", "paid_out", "remainder", "state")
        amounts = [(p.amount, p.paid, p.remainder) if p.known else (None, p.paid, None) for p in done.pools]
        states = ["" if p.state == "paid" else say(f"pool_{p.state}", language) for p in done.pools]
        shared = zip(done.pools, amounts, states, strict=True)
        rows = [[title(p.name), group(p.group), p.members, *own, state] for p, own, state in shared]
        yield sheet("pools", words, rows)
    if done.honors:
        words = ("honor", "group", "eligible", "places", "empty", "chosen", "state")
        told = {"held": say("pool_held", language), "in_part": say("honor_in_part", language)}
        chosen = [(honor, key) for honor in done.honors for key in honor.chosen or (None,)]
        yield sheet("honors", words, [
            [title(h.name), group(h.group), h.eligible, h.places, h.empty, key, told.get(h.state, "")]
            for h, key in chosen
        ])  # fmt: skip
    given = entitlements_of_groups(pipeline.checked, done)
    if given:
        held = [say("pool_held", language) if value is None else "" for _, _, value in given]
        states = [
            state or ("" if pipeline.checked.quantity(name).due else say("not_due", language))
            for state, (name, _, _) in zip(held, given, strict=True)
        ]
        entitled = zip(given, states, strict=True)
        own = [[title(name), group(key), value, state] for (name, key, value), state in entitled]
        yield sheet("entitlements", ("entitlement", "group", "value", "state"), own)


def _corrections(pipeline: Pipeline, differences: Sequence[Difference], language: str) -> BookSheet:
    """What a correction pays, with the total of each person who is corrected in several lines."""
    lines = with_sums(differences)
    rows = [
        [one.key, say("sum", language) if is_sum else title_of_quantity(pipeline, one.name, language),
         say(one.kind, language), *shown_amounts(one, is_sum), say(f"state_{one.state}", language)]
        for one, is_sum in lines
    ]  # fmt: skip
    sums = frozenset(number for number, (_, is_sum) in enumerate(lines) if is_sum)
    words = ("key", "pay_line", "kind", "paid_before", "due_now", "difference", "state")
    return BookSheet(say("corrections", language), [say(word, language) for word in words], rows, bold=sums)


def _reconciliation(pipeline: Pipeline, done: Run, people: People, language: str) -> BookSheet:
    """How everything adds up: what was run, the sums, what became of all rows of each table, fingerprints."""
    scheme, period, summary = pipeline.scheme, pipeline.checked.period, done.summary
    rows: list[list[object]] = [[say("scheme", language), "", scheme_title(scheme, language)]]
    rows += [[say("version", language), "", scheme.version]] if scheme.version else []
    rows += [["", "", say("example_status", language)]] if scheme.status == "example" else []
    if period is not None:
        rows += [[say("period", language), say("first_day", language), period.first_day]]
        rows += [[say("period", language), say("last_day", language), period.last_day]]
    sums = {IN_ENGLISH.get(name, name): amount for name, amount in summary.totals.items()}
    rows += [[say("totals", language), say(word, language), sums[word]] for word in sums_shown(sums)]
    lines = [line.name for line in pipeline.plan.lines if line.due and line.name in summary.totals]
    named = [(title_of_quantity(pipeline, name, language), summary.totals[name]) for name in lines]
    rows += [[say("totals", language), title, amount] for title, amount in named]
    counts = {"people_read": summary.read, "people_paid": summary.paid, "quarantined": summary.quarantined,
              "not_in_scope": summary.out_of_scope}  # fmt: skip
    rows += [[say("people", language), say(word, language), count] for word, count in counts.items()]
    rows += [[say("corrected", language), name, count] for name, count in summary.corrections.items()]
    for table in (one for one in done.tables if one.name):
        words = ("rows", "used", "out_of_scope", "refused", "without_owner", "left_out", "waiting", "blank")
        counted = ((word, getattr(table, word)) for word in words)
        rows += [[table.name, say(f"rows_{word}", language), n] for word, n in counted if n or word == "rows"]
    told = ("not_due", "unread", "referee", "taken", "fingerprint")
    foot = foot_lines(pipeline, done, people, language)
    rows += [[say(label, language), "", text] for label, text in foot if label in told and text]
    headings = [say(word, language) for word in ("subject", "detail", "value")]
    return BookSheet(say("reconciliation", language), headings, rows)
