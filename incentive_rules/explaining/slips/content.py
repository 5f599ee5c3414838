"""A slip out of the trace of one person: what was measured, what is paid, what it stands on, whom to ask.

    slip_of(checked, trace, SlipHead(key, period, ...), "zh")

It never computes an amount: each was computed by whoever made the trace. The trace comes with what is kept back marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import chain

from attrs import frozen

from ...base.periods import Period
from ...lang.pay import PAID_OUT
from ...lang.types import Kind
from ...model.checked import Checked
from ...model.levels import PERSON
from ...model.scheme import Note, Outputs, Role, TableKind, TableOf
from ...model.slip import GradeOnSlip, PaySlip, SlipStep, ToldFact
from ...model.titles import scheme_title
from ...model.trace import GivenValue, LookedUp, Trace, TraceLine
from ..explained_line import ExplainedLine
from ..formatting import ValueFormatter
from ..words import phrase
from .pay_lines import TellLine, lines_told_once, name_of_result, net_name, pay_sections, why_kept_back
from .scores import score_rows
from .yuan_in_words import yuan_in_words


@frozen
class SlipHead:
    """What of a slip does not stand in the trace of the person."""

    key: str
    in_scope: bool
    period: Period
    show_groups_from: int
    fingerprints: tuple[tuple[str, str], ...] = ()


class SlipWriter:
    """Words the slips of one scheme in one language."""

    def __init__(self, checked: Checked, language: str) -> None:
        self.checked, self.language = checked, language
        self.formatter = ValueFormatter(checked, language)
        self.roles = {q.name: q.definition.role for q in checked.quantities}

    def slip(self, trace: Trace, head: SlipHead) -> PaySlip:
        """The slip of one person, of a trace in which what is not to be told is marked."""
        checked, scheme, formatter = self.checked, self.checked.scheme, self.formatter
        lines = {line.name: line for line in trace if line.row is None and line.level == PERSON}
        net = net_name(lines)
        told = lines_told_once(formatter)
        sections = pay_sections(checked, lines, formatter, told) if head.in_scope else ()
        procedure = next((note for note in scheme.notes if note.key == "procedure"), None)
        amount = lines[net].value if net is not None else None
        return PaySlip(
            head.key, self.language, scheme_title(scheme, self.language), scheme.version, str(head.period),
            str(head.period.first_day), str(head.period.last_day), scheme.status == "example", head.in_scope,
            scheme.currency or "", tuple(self.about(lines)),
            tuple(self.sums(lines)), "" if net is None else formatter.title(net),
            "" if net is None else formatter.value(amount, net), self.in_words(amount),
            score_rows(checked, lines, formatter) if head.in_scope else (),
            tuple(self.grades(lines, told)) if head.in_scope else (), sections,
            tuple(self.basis(trace, told)) if head.in_scope else (),
            tuple(self.standing(lines, told)) if head.in_scope else (),
            why_kept_back(trace, formatter, head.show_groups_from),
            _text_in(procedure, "appeal_within"), tuple(_steps(procedure)), head.fingerprints,
        )  # fmt: skip

    def about(self, lines: Mapping[str, TraceLine]) -> Iterator[ToldFact]:
        """The words that say who somebody is: categories that pay or groups rest on."""
        protected = {literal.text for literal in self.checked.scheme.never_reads}
        for name, one in self.checked.inputs.items():
            line = lines.get(name)
            if line is None or name in protected or one.level != PERSON or one.facts.type.kind is not Kind.CATEGORY:
                continue
            if isinstance(line.source, GivenValue) and line.value is not None:
                yield ToldFact(self.formatter.title(name), self.formatter.value(line.value, name))

    def sums(self, lines: Mapping[str, TraceLine]) -> Iterator[tuple[str, str, int]]:
        """The sums that what is paid out is made of, each with its sign."""
        for kind in PAID_OUT:
            name = name_of_result(kind.total, lines)
            if name is not None:
                yield self.formatter.title(name), self.formatter.value(lines[name].value, name), kind.sign

    def in_words(self, amount: object) -> str:
        """The amount in characters, of yuan on a Chinese slip."""
        if self.language != "zh" or self.checked.scheme.currency != "CNY" or not isinstance(amount, Fraction):
            return ""
        return yuan_in_words(amount)

    # ── Grades ───────────────────────────────────────────────────────────────────────────────────

    def grades(self, lines: Mapping[str, TraceLine], told: TellLine) -> Iterator[GradeOnSlip]:
        """What the total was graded, each with how it was found."""
        for q in self.checked.scheme.quantities:
            if q.role is Role.GRADE and q.name in lines:
                entry = told(lines[q.name])
                found = tuple(chain((aside.text for aside in entry.asides), entry.notes))
                yield GradeOnSlip(entry.title, entry.value, found, self.next_of(lines, q.name, q.body))

    def next_of(self, lines: Mapping[str, TraceLine], name: str, body: object) -> str:
        """The next better grade, and how far it is: the first edge of the table beyond the value."""
        source = lines[name].source
        if not isinstance(source, LookedUp) or not isinstance(body, TableOf) or len(source.steps) != 1:
            return ""
        key, edge = source.steps[0].key, source.steps[0].missed
        if body.table.kind not in (TableKind.FROM, TableKind.UP_TO):
            return ""
        if not isinstance(key, Fraction) or not isinstance(edge, Fraction):
            return ""
        upwards = body.table.kind is TableKind.FROM
        missed = source.steps[0].missed_text
        row = next((outputs for literal, outputs in body.table.rows if literal.text == missed), None)
        if not isinstance(row, Outputs):
            return ""
        given = next((literal.text for output, literal in row.values if output == body.give), "")
        gap = self.formatter.value(abs(edge - key), body.argument)
        word = "next_grade_up" if upwards else "next_grade_down"
        shown = self.formatter.value(edge, body.argument)
        return phrase(word, self.language, grade=given, edge=shown, gap=gap)

    # ── What pay stands on ───────────────────────────────────────────────────────────────────────

    def basis(self, trace: Trace, told: TellLine) -> Iterator[ToldFact]:
        """The quantities that lines of pay are worked out from, each with the last step to its value."""
        lines = [line for line in trace if line.row is None and self.roles.get(line.name) in (Role.QUANTITY, Role.PAY)]
        wanted = {name for line in lines if self.roles[line.name] is Role.PAY for name in told(line).reads}
        found = []
        for line in reversed(lines):  # each reads only earlier ones
            if self.roles[line.name] is Role.QUANTITY and line.name in wanted:
                entry = told(line)
                wanted |= set(entry.reads)
                found.append(ToldFact(entry.title, entry.value, _why(entry)))
        yield from reversed(found)

    def standing(self, lines: Mapping[str, TraceLine], told: TellLine) -> Iterator[ToldFact]:
        """Honours and entitlements: what was decided, and why."""
        for q in self.checked.scheme.quantities:
            if q.role in (Role.HONOR, Role.ENTITLEMENT) and q.name in lines:
                entry = told(lines[q.name])
                unit = q.unit or ""
                value = f"{entry.value} {unit}".rstrip() if lines[q.name].value is not None else entry.value
                yield ToldFact(entry.title, value, entry.notes[-1:])


def _why(entry: ExplainedLine) -> tuple[str, ...]:
    """The steps to a value in numbers: the formula that reckons, else what was looked up or counted, else notes."""
    equations = [text.strip().removeprefix("= ") for text in entry.working if text.strip().startswith("= ")]
    reckoned = [text for text in equations if " = " in text]
    asides = tuple(aside.text for aside in entry.asides if "→" in aside.text)
    return (*reckoned[:1], *asides[:1]) or entry.notes[:1]


def _text_in(note: Note | None, key: str) -> str:
    return next((one.text for one in note.items if one.key == key), "") if note is not None else ""


def _steps(procedure: Note | None) -> Iterator[SlipStep]:
    """The steps of the procedure as they are written, those with somebody responsible."""
    steps = next((one for one in procedure.items if one.key == "steps"), None) if procedure is not None else None
    for step in steps.items if steps is not None else ():
        title, responsible, due = (_text_in(step, key) for key in ("title", "responsible", "due"))
        if responsible:
            yield SlipStep(title or step.key, responsible, due)
