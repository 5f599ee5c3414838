"""The lines of pay on a slip: each with its formula in words and in numbers, and those that are 0 with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ...lang.pay import NET, PAY_KINDS, RESULTS
from ...model.checked import Checked
from ...model.scheme import Role
from ...model.slip import PayRow, PaySection
from ...model.trace import Pooled, Trace, TraceLine, Working
from ..entries import entry_of
from ..explained_line import ExplainedLine
from ..formatting import ValueFormatter
from ..words import phrase
from ..worked_formulas import FormulaWriter

TellLine = Callable[[TraceLine], ExplainedLine]


def lines_told_once(formatter: ValueFormatter) -> TellLine:
    """What words a line, each line a single time."""
    known: dict[int, ExplainedLine] = {}

    def told(line: TraceLine) -> ExplainedLine:
        if id(line) not in known:
            known[id(line)] = entry_of(line, formatter)
        return known[id(line)]

    return told


def name_of_result(english: str, lines: Mapping[str, TraceLine]) -> str | None:
    """The name by which a sum of pay stands in the trace, in either language."""
    return next((name for name in (english, RESULTS[english]) if name in lines), None)


def pay_sections(
    checked: Checked, lines: Mapping[str, TraceLine], formatter: ValueFormatter, told: TellLine
) -> tuple[PaySection, ...]:  # fmt: skip
    """The lines of each kind that has some, in the order of statements, with their sums."""
    found = []
    for kind in PAY_KINDS:
        names = [q.name for q in checked.scheme.quantities if q.role is Role.PAY and q.pay is not None
                 and q.pay.kind == kind.name and q.name in lines]  # fmt: skip
        total = name_of_result(kind.total, lines)
        if not names or total is None:
            continue
        rows, quiet = [], []
        for name in names:
            line = lines[name]
            row = pay_row(line, formatter, told)
            if line.value == 0:
                quiet.append((row.title, _why_zero(line, row)))
            else:
                rows.append(row)
        title, amount = formatter.title(total), formatter.value(lines[total].value, total)
        found.append(PaySection(kind.name, title, tuple(rows), tuple(quiet), amount))
    return tuple(found)


def net_name(lines: Mapping[str, TraceLine]) -> str | None:
    """The name of what is paid out."""
    return name_of_result(NET[0], lines)


def pay_row(line: TraceLine, formatter: ValueFormatter, told: TellLine) -> PayRow:
    """One line: the first equation is in words if it has any, all others are in numbers."""
    entry = told(line)
    words, numbers = _equations(entry, line, formatter)
    notes = [*entry.notes, *_of_pools(entry, line)]
    return PayRow(entry.title, entry.value, words, tuple(numbers), tuple(notes))


def _equations(entry: ExplainedLine, line: TraceLine, formatter: ValueFormatter) -> tuple[str, list[str]]:
    """The formula with names, if it reads any, and what follows of it."""
    told = [text.strip() for text in entry.working]
    names = FormulaWriter(line.source, formatter, line.name).names() if isinstance(line.source, Working) else ""
    if len(told) > 1 and told[0] == f"= {names}":
        return names, told[1:]
    return "", told


def _of_pools(entry: ExplainedLine, line: TraceLine) -> Iterator[str]:
    """Each share with its arithmetic, in one line."""
    if not isinstance(line.source, Pooled):
        return
    for aside in entry.asides[: len(line.source.portions)]:
        steps = [step.strip() for step in aside.working]
        yield "\n".join([aside.text, *steps])


def _why_zero(line: TraceLine, row: PayRow) -> str:
    """Why a line is 0, in few words."""
    if line.state != "computed" and row.notes:
        return row.notes[-1]
    if row.notes and not row.numbers:
        return row.notes[0].partition("\n")[0]
    return row.numbers[-1].removeprefix("= ") if row.numbers else ""


def why_kept_back(trace: Trace, formatter: ValueFormatter, least: int) -> str:
    """What `decided with others` means, where something on the slip was kept back."""
    kept = any(line.kept_back for line in trace)
    return phrase("why_decided_with_others", formatter.language, least=least) if kept else ""
