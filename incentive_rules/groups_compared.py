"""`compare_groups` decided by data: every pair of groups that is large enough, each gap with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import evolve, frozen

from .auditing.as_text import shown_share
from .auditing.asking import By
from .auditing.report import LIMITS, Audit, AuditFigure, AuditVerdict
from .auditing.words import say_audit
from .base.numbers import show_number
from .base.text import echo
from .base.words import both
from .data_audit import Asked, RunToAudit, audit_run
from .lang.pay import NET
from .lang.types import Kind
from .model import promises as p
from .model.data import DataTable
from .model.record import History
from .model.run import RecordSources
from .model.verdict import GroupGap, ProofReport, Status, Verdict
from .pipeline import Pipeline
from .reading.sources.handed import HandedRows

EXCEPTED = both("everything is excepted", "全部列为例外")
NO_PAIR = both("there are no two groups to compare", "没有两个可以比较的组")
STATUS_OF = {
    AuditVerdict.INSIDE: Status.TESTED, AuditVerdict.OUTSIDE: Status.REFUTED,
    AuditVerdict.INCONCLUSIVE: Status.INCONCLUSIVE,
}  # fmt: skip
GRAVEST_FIRST = (Status.REFUTED, Status.INCONCLUSIVE, Status.TESTED)


@frozen
class DataToProve:
    """The people by whom promises about groups are decided: their tables, and what `run` takes besides."""

    tables: Sequence[DataTable]
    details: Mapping[str, HandedRows]
    groups: Mapping[str, HandedRows]
    history: RecordSources | History = ()
    on_error: Literal["reject", "quarantine"] = "reject"


def with_groups_compared(
    report: ProofReport, pipeline: Pipeline, data: DataToProve, language: str = ""
) -> ProofReport:  # fmt: skip
    """The report in which data decide each promise about groups; `DataError` where they cannot be used."""
    language = language or report.scheme.language or "en"
    promised = {one.place: one for one in report.scheme.promises if isinstance(one, p.CompareGroups)}
    verdicts = tuple(
        _decided(verdict, promised[verdict.place], pipeline, data, language)
        if verdict.place in promised and verdict.status is not Status.ACCEPTED else verdict
        for verdict in report.verdicts
    )  # fmt: skip
    return evolve(report, verdicts=verdicts)


def _decided(
    verdict: Verdict, promise: p.CompareGroups, pipeline: Pipeline, data: DataToProve, language: str
) -> Verdict:  # fmt: skip
    of = promise.of.text if promise.of is not None else next(
        (one.name for one in pipeline.plan.outputs if one.name in NET), NET[0]
    )  # fmt: skip
    left_out = {
        one.name.text for one in promise.exceptions if not one.lines or of in {line.text for line in one.lines}
    }  # fmt: skip
    by = [one for one in promise.groups if one.name.text not in left_out]
    told = evolve(verdict, subject=of, period=pipeline.period)
    if not by:
        return evolve(told, status=Status.NOT_APPLICABLE, grounds=EXCEPTED)
    unsaid = [one for one in by if not one.edges and _is_number(pipeline, one.name.text)]
    notes = tuple(
        both(f"`{one.name.text}` is a number and no edges are said: it is not compared",
             f"`{one.name.text}` 是数而没有写明分界：未比较") for one in unsaid
    )  # fmt: skip
    asked_by: list[By] = [{one.name.text: one.edges} if one.edges else one.name.text for one in by if one not in unsaid]
    if not asked_by:
        return evolve(told, status=Status.NOT_APPLICABLE, grounds=NO_PAIR, notes=(*verdict.notes, *notes))
    limit = LIMITS["gap"] if promise.gap is None else promise.gap
    assert limit is not None
    within = () if promise.within is None else (promise.within.text,)
    asked = Asked(of, asked_by, within, min_group=promise.min_group, limits={"gap": limit, "ratio": 1 - limit})
    run = RunToAudit(pipeline, data.details, data.groups, data.history, data.on_error)
    audit = audit_run(run, data.tables, asked, language)
    return evolve(_judged(told, audit, limit, within), notes=(*verdict.notes, *notes, *_notes(audit)))


def _is_number(pipeline: Pipeline, name: str) -> bool:
    found = pipeline.checked.inputs.get(name)
    return found is not None and found.facts.type.kind is Kind.NUMBER


def _judged(verdict: Verdict, audit: Audit, limit: Fraction, within: Sequence[str]) -> Verdict:
    """The verdict by the gaps of means (of a share: of rates), in categories where the promise says them."""
    figures = [
        one for one in audit.figures
        if one.measure in ("mean_gap", "rate_ratio") and one.verdict is not None and one.by
        and (one.within, bool(one.category)) == ("".join(within), bool(within))
        and not one.by.startswith("size(")
    ]  # fmt: skip
    gaps = sorted((_gap(one) for one in figures), key=lambda one: (GRAVEST_FIRST.index(one.status), -abs(one.gap or 0)))
    if not gaps:
        return evolve(verdict, status=Status.NOT_APPLICABLE, grounds=NO_PAIR)
    people, shown = sum(audit.people.values()), shown_share(limit)
    counts = {status: sum(one.status is status for one in gaps) for status in GRAVEST_FIRST}
    worst = next(status for status in GRAVEST_FIRST if counts[status])
    pairs = f"{len(gaps)} pair" + "s" * (len(gaps) != 1)
    if worst is Status.TESTED:
        grounds = both(f"on data of {people:,} people: {pairs} of groups, each interval inside {shown}",
                       f"按 {people:,} 人的数据：{len(gaps)} 对组，区间都在 {shown} 之内")  # fmt: skip
    elif worst is Status.REFUTED:
        grounds = both(f"on data of {people:,} people: {counts[worst]} of {pairs} of groups outside {shown}",
                       f"按 {people:,} 人的数据：{len(gaps)} 对组中 {counts[worst]} 对超出 {shown}")  # fmt: skip
    else:
        grounds = both(
            f"on data of {people:,} people: {counts[worst]} of {pairs} of groups may lie on either side of {shown}",
            f"按 {people:,} 人的数据：{len(gaps)} 对组中 {counts[worst]} 对不能断定是否在 {shown} 之内",
        )
    return evolve(verdict, status=worst, grounds=grounds, gaps=tuple(gaps))


def _gap(one: AuditFigure) -> GroupGap:
    """A figure as a gap: of a ratio of rates, what it lacks to 1."""
    assert one.verdict is not None and one.counts is not None
    gap, interval = one.value, one.interval
    if one.measure == "rate_ratio":
        gap = None if gap is None else 1 - gap
        interval = None if interval is None else (1 - interval[1], 1 - interval[0])
    return GroupGap(
        one.by, one.group, one.reference, one.counts, gap, interval, STATUS_OF[one.verdict], one.within, one.category
    )


def _notes(audit: Audit) -> Iterable[str]:
    """Who is in no figure, and which groups cannot be shown or compared."""
    for one in audit.left_out:
        count = {
            language: say_audit("fewer", language, least=audit.min_group) if one.count is None
            else say_audit("person" if one.count == 1 else "people", language, count=show_number(Fraction(one.count)))
            for language in ("en", "zh")
        }  # fmt: skip
        yield both(*(say_audit(f"left_{one.why}", language, count=count[language], name=echo(one.name))
                     for language in ("en", "zh")))  # fmt: skip
    for what, name in audit.notes:
        yield both(*(say_audit(what, language, name=echo(name), least=audit.min_group) for language in ("en", "zh")))
