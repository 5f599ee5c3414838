"""The pay table of a run: which columns, how amounts are written, and what stands under it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import evolve, frozen

from ..base.text import echo, nearest
from ..engine.summary import Computed
from ..framing.texts import cell_text
from ..judging.testimony import Effort
from ..lang.functions import TOTAL_NAMES
from ..lang.pay import IN_ENGLISH, KIND_OF, NET, PAID_OUT, RESULTS, SHORTFALL, USUAL
from ..lang.types import Kind
from ..model.data import People
from ..model.exact_values import show_constant
from ..model.levels import PERSON
from ..model.plan import PlanOutput
from ..model.result import MISSING, Result
from ..model.run import Run, SecondOpinion
from ..model.scheme import SCORES, Role
from ..model.terms import Constant
from ..model.titles import scheme_title, titles_in
from ..model.trace import Acted, TraceLine
from ..pipeline import Pipeline
from ..reading.tables.columns import heading_of
from ..reading.tables.links import key_input
from ..reading.values import details_of
from ..recording.contents import fingerprint_of
from ..slips import data_fingerprint
from .console import MOST_ROWS, out, table
from .outcomes import entitlement_lines, entitlements_of_groups, honor_lines, pool_lines
from .rows_read import table_lines
from .wording import hint, say

MOST_HEADINGS = 8
MOST_LOOKED_AT, MOST_TOGETHER = 20_000, 5_000  # formulas and rows for the notes on adjustments; rows of one aggregate
SHOWN_TOGETHER = (*(kind.total for kind in PAID_OUT), NET[0])  # where not only the usual kind has lines


@frozen
class ReportColumn:
    name: str
    title: str
    right: bool


def columns_in_report(pipeline: Pipeline, language: str) -> tuple[ReportColumn, ...]:
    """What the pay table shows: total, grade, the lines that are earned, and what they make.

    A scheme without pay shows its top indicators in their place, and one without these its first quantities.
    """
    outputs = [o for o in _of_person(pipeline) if not o.level]
    kinds = {line.name: line.kind for line in pipeline.plan.lines if line.due}
    shown = [o for o in outputs if _stands_in_report(o, pipeline, kinds)]
    if not shown:
        plain = (Role.QUANTITY, Role.HONOR, Role.ENTITLEMENT)
        shown = [o for o in outputs if o.role in plain][:MOST_HEADINGS]
    order = {Role.SCORE: 0, Role.GROUP: 0, Role.COMPOSITE: 0, Role.GRADE: 1, Role.PAY: 2, Role.RESULT: 3}
    shown.sort(key=lambda o: order.get(o.role, 0))
    return told_apart([_column(o, pipeline, language) for o in shown])


def told_apart(columns: Sequence[ReportColumn]) -> tuple[ReportColumn, ...]:
    """The columns; where a title stands a second time (several outputs of one table), the name instead."""
    titles = [c.title for c in columns]
    return tuple(evolve(c, title=c.name) if c.title in titles[:n] else c for n, c in enumerate(columns))


def _stands_in_report(output: PlanOutput, pipeline: Pipeline, kinds: Mapping[str, str]) -> bool:
    if output.role is Role.PAY:
        return output.name in kinds and KIND_OF[kinds[output.name]].sign > 0
    if output.role is Role.RESULT:
        several = any(KIND_OF[kind].sign for kind in kinds.values() if kind != USUAL.name)
        word = IN_ENGLISH.get(output.name, output.name)
        return word == USUAL.total or (several and word in SHOWN_TOGETHER)
    if output.role is Role.GRADE:
        return True
    if output.role not in SCORES:
        return False
    if output.name in TOTAL_NAMES:
        return True
    definition = pipeline.checked.quantity(output.name).definition
    parent = definition.indicator.parent if definition.indicator is not None else None
    return not kinds and parent in (None, *TOTAL_NAMES)


def columns_by_name(pipeline: Pipeline, wish: str, language: str) -> tuple[tuple[ReportColumn, ...], str]:
    """The columns that are wished for: `all`, `pay`, or names with commas between; and the first name that is none."""
    outputs = {o.name: o for o in _of_person(pipeline)}
    if wish == "all":
        return tuple(_column(o, pipeline, language) for o in outputs.values()), ""
    if wish == "pay":
        report = columns_in_report(pipeline, language)
        named = {c.name for c in report}
        money = [o for o in outputs.values() if o.role in (Role.PAY, Role.RESULT) and o.name not in named]
        return (*report, *(_column(o, pipeline, language) for o in money)), ""
    names = [name.strip() for name in wish.replace("，", ",").split(",") if name.strip()]
    wrong = next((name for name in names if name not in outputs), "")
    return tuple(_column(outputs[name], pipeline, language) for name in names if name in outputs), wrong


def no_such_column(pipeline: Pipeline, name: str, language: str) -> str:
    """Why a name that was wished for is no column."""
    outputs = {o.name: o for o in pipeline.plan.outputs}
    if name in outputs:
        return say("no_row_column", language, name=echo(name), table=echo(outputs[name].level[0]))
    if name in pipeline.checked.inputs or name in pipeline.checked.constants:
        return say("no_column_of_data", language, name=echo(name))
    near = next(iter(nearest(name, [o.name for o in _of_person(pipeline)], 1)), "")
    return say("no_such_column", language, name=echo(name)) + hint("did_you_mean", near, language)


def _of_person(pipeline: Pipeline) -> list[PlanOutput]:
    """What a person has, the values of their groups and of everyone included, in the order of the document."""
    order = {q.name: n for n, q in enumerate(pipeline.scheme.quantities)}
    levels = pipeline.plan.levels.above(PERSON)
    return sorted((o for o in pipeline.plan.outputs if o.level in levels), key=lambda o: order.get(o.name, len(order)))


def _column(output: PlanOutput, pipeline: Pipeline, language: str) -> ReportColumn:
    title = title_of_quantity(pipeline, output.name, language)
    return ReportColumn(output.name, title, output.type.kind is Kind.NUMBER)


def title_of_quantity(pipeline: Pipeline, name: str, language: str) -> str:
    """How people read a quantity: by its title, a sum by its word in the language, others by their name."""
    definition = pipeline.checked.quantity(name).definition
    if definition.role is Role.RESULT:
        return say(IN_ENGLISH.get(name, name), language)
    return definition.title.said(language) or (say("shortfall", language) if name in SHORTFALL else name)


def shown_value(value: object, language: str) -> str:
    """Money with two places and separators, as on a pay slip; other values as they are; `—` where missing."""
    if value is MISSING:
        return "—"
    if isinstance(value, bool):
        return say("yes" if value else "no", language)
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return cell_text(value)


def pay_table(
    columns: Sequence[ReportColumn], results: Sequence[Result], marked: Iterable[str], language: str, heading: str
) -> list[str]:
    """The first people of a run, one line each."""
    marks = set(marked)
    rows = [[heading, *(c.title for c in columns)]]
    for number, result in enumerate(results[:MOST_ROWS], 1):
        key = echo(result.key, 24) or f"#{number}"
        cells = [shown_value(result[c.name], language) for c in columns]
        if not result.in_scope:
            cells = [say("not_in_scope", language) if not n else "—" for n in range(len(cells))]
        rows.append([key + (" *" if result.key in marks else ""), *cells])
    lines = table([[echo(cell, 40) for cell in row] for row in rows], [False, *(c.right for c in columns)])
    if len(results) > MOST_ROWS:
        lines.append(say("and_more", language, count=f"{len(results) - MOST_ROWS:,}"))
    return lines


def adjustments(
    pipeline: Pipeline, people: People, computed: Computed, shown: Collection[str], language: str
) -> dict[str, str] | None:
    """By key, the adjustments that changed something, with their line, their reason and the value before.

    None where these rest on so many people that nobody wants to wait for the referee.
    """
    found: dict[str, str] = {}
    names = [q.name for q in pipeline.scheme.quantities if q.adjust]
    if not names:
        return found
    one = pipeline.alone(names)
    pairs = zip(computed.accepted, computed.paid.keys, strict=True)
    rows = computed.rows([number for number, key in pairs if key in shown])
    bench = pipeline.hearing(people, computed).among_others(rows, Effort(MOST_LOOKED_AT, MOST_TOGETHER))
    for row in rows:
        judgement = bench.judge(row) if one.needed else one.judge_row(row, details_of(people, row))
        said = [
            _adjusted(pipeline, line, acted, language)
            for line in judgement.trace
            for acted in line.adjustments
            if acted.held and acted.before != acted.after
        ]
        if said:
            found[row.key] = " · ".join(dict.fromkeys(said))
    return None if set(names) & set(bench.taken) else found


def _adjusted(pipeline: Pipeline, line: TraceLine, acted: Acted, language: str) -> str:
    """`Commission: at most 1,000.00 (was 2,000.00)`, or with the reason that the scheme gives."""
    title = pipeline.checked.quantity(line.name).definition.title.said(language)
    name = say(IN_ENGLISH[line.name], language) if line.name in RESULTS.values() else title or line.name
    amount = shown_amount(acted.amount, None if acted.action == "multiply" else line.decimals)
    reason = echo(acted.reason) or say(f"adjusted_{acted.action}", language, amount=amount)
    before = shown_amount(acted.before, line.decimals)
    return say("adjusted_line", language, name=echo(name), reason=reason, before=before)


def shown_amount(value: Constant, decimals: int | None) -> str:
    """A number with separators, as in the pay table; other values as in a message."""
    text = show_constant(value, decimals)
    if not isinstance(value, Fraction) or "/" in text:
        return text
    whole, point, part = text.partition(".")
    return f"{int(whole):,}{point}{part}" if whole.strip("-") != "0" else text


def print_run(
    pipeline: Pipeline, run: Run, people: People, computed: Computed, columns: Sequence[ReportColumn],
    language: str,
) -> None:  # fmt: skip
    """Everything that `run` prints as its result: the scheme, a table with these columns, its notes, its sums."""
    for line in (*heading_lines(pipeline, language), ""):
        out(line)
    shown = {r.key for r in run.results[:MOST_ROWS] if r.in_scope}
    changed = adjustments(pipeline, people, computed, shown, language)
    key = key_input(pipeline.checked)
    for line in pay_table(columns, run.results, changed or (), language, heading_of(key) if key else "#"):
        out(line)
    out()
    if changed is None:
        out(say("adjusted_unseen", language))
    elif changed:
        phrase = "adjusted" if len(run.results) <= MOST_ROWS else "adjusted_shown"
        out(f"* {say(phrase, language, count=len(changed))}")
        for who, reasons in changed.items():
            out(f"  {echo(who, 24)}  {reasons}")
    given = [
        (name, group, "" if value is None else shown_value(value, language))
        for name, group, value in entitlements_of_groups(pipeline.checked, run)
    ]
    if changed != {} and (run.honors or run.pools or given):
        out()
    titles = titles_in(pipeline.scheme, language)
    outcomes = honor_lines(run.honors, titles, language), pool_lines(run.pools, titles, language)
    entitled = entitlement_lines(given, titles, language)
    for lines in (*outcomes, entitled, table_lines(run, language)):
        for line in (*lines, "") if lines else ():
            out(line)
    for label, text in foot_lines(pipeline, run, people, language):
        if text:
            out(f"{say(label, language)}  {text}")


def heading_lines(pipeline: Pipeline, language: str) -> Iterable[str]:
    """The scheme, its version and period, as every page begins."""
    scheme, period = pipeline.scheme, pipeline.checked.period
    head = [say("scheme", language), echo(scheme_title(scheme, language))]
    head += [f"{say('version', language)} {echo(scheme.version)}"] if scheme.version else []
    head += [say("example_status", language)] if scheme.status == "example" else []
    yield "  ".join(head)
    if period is not None:
        yield f"{say('period', language)}  {period.first_day} {say('to', language)} {period.last_day}"


def foot_lines(pipeline: Pipeline, run: Run, people: People, language: str) -> Iterable[tuple[str, str]]:
    s = run.summary
    yield "totals", totals_line(run, language)
    yield "reconciled", say("read", language, read=s.read, paid=s.paid, quarantined=s.quarantined, out=s.out_of_scope)
    corrected = [say("corrected_line", language, name=echo(n), count=c) for n, c in s.corrections.items()]
    yield "corrected", "  ".join(corrected)
    not_due = [pipeline.checked.quantity(line.name).definition for line in pipeline.plan.lines if not line.due]
    yield "not_due", _listed([q.title.said(language) or q.name for q in not_due])
    yield "unread", _listed([heading for _, heading in s.unread])
    if run.second_opinion is not None:
        yield "referee", opinion_line(run.second_opinion, language)
        names = titles_in(pipeline.scheme, language)
        taken = _listed([names.get(name, name) for name in run.second_opinion.taken])
        yield "taken", say("taken_names", language, names=taken) if taken else ""
    results = fingerprint_of(pipeline.checked, run.results)
    data = data_fingerprint(people)
    short = {"scheme": run.fingerprint[:12], "data": data[:12], "result": results[:12]}
    yield "fingerprint", say("fingerprints", language, **short)


def opinion_line(opinion: SecondOpinion, language: str) -> str:
    """How many were recomputed, and that nothing differs."""
    if not opinion.people:
        return say("referee_nobody", language)
    phrase = "referee_all" if opinion.whole else "referee_some"
    said = say(phrase, language, count=f"{opinion.people:,}", all=f"{opinion.accepted:,}")
    return said + (say("referee_edges", language, edges=f"{opinion.on_edges:,}") if opinion.on_edges else "")


def _listed(names: Sequence[str]) -> str:
    more = f" … (+{len(names) - MOST_HEADINGS})" if len(names) > MOST_HEADINGS else ""
    return ", ".join(echo(name, 24) for name in names[:MOST_HEADINGS]) + more


def totals_line(run: Run, language: str) -> str:
    """The sums of earnings, deductions and the employer's cost; nothing where the scheme pays nothing."""
    sums = {IN_ENGLISH.get(name, name): amount for name, amount in run.summary.totals.items()}
    shown = [word for word in sums_shown(sums) if sums[word] or word == USUAL.total]
    return "   ".join(f"{say(word, language)} {sums[word]:,f}" for word in shown)


def sums_shown(sums: Mapping[str, Decimal]) -> list[str]:
    """Which sums of pay say something: the usual one, others that are not 0, and then what is paid out of them all."""
    several = any(sums.get(kind.total) for kind in PAID_OUT if kind is not USUAL)
    told = {word: several if word == NET[0] else bool(sums[word]) or word == USUAL.total for word in sums}
    return [word for word in RESULTS if told.get(word)]
