"""Prints what `run` knows of records: which it used, which it wrote, and what a correction pays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from ..base.numbers import EXACT, exact_sum
from ..base.text import echo, listed
from ..lang.pay import KIND_OF, NET, PAID_OUT, PAY_KINDS, USUAL
from ..model.data import People
from ..model.record import Correction, Difference
from ..model.run import Run
from ..model.scheme import Scheme
from ..model.titles import titles_in
from ..pipeline import Pipeline
from ..recording.balances import away_with
from .console import MOST_ROWS, out, table
from .pay_table import heading_lines, sums_shown
from .wording import say

HEADINGS = ("key", "state", "line", "kind", "paid", "now", "difference", "total")
MOST_AWAY = 10


def difference_rows(differences: Sequence[Difference]) -> list[list[object]]:
    """What a correction pays: a row for each pay line of a person whose amount changes.

    The last line of each person has the total of their differences, so that both columns add up to what is paid.
    """
    last = {d.key: number for number, d in enumerate(differences)}
    totals = {key: sum_of_person(key, lines).amount for key, lines in _of_persons(differences)}
    return [
        [d.key, d.state, d.name, d.kind, d.paid, d.now, d.amount, totals[d.key] if last[d.key] == number else None]
        for number, d in enumerate(differences)
    ]


def with_sums(differences: Sequence[Difference]) -> list[tuple[Difference, bool]]:
    """The differences, and after several lines of one person's pay their sum, which is told by True."""
    found: list[tuple[Difference, bool]] = []
    for key, lines in _of_persons(differences):
        found += [(one, False) for one in lines]
        if len(lines) > 1:
            found.append((sum_of_person(key, lines), True))
    return found


def sum_of_person(key: str, lines: Sequence[Difference]) -> Difference:
    """What is paid out to one person beyond what was paid: deductions are taken off, the employer's cost is not in."""
    def net(word: str) -> Decimal:
        return exact_sum(EXACT.multiply(KIND_OF[one.kind].sign, getattr(one, word)) for one in lines)

    return Difference(key, "", NET[0], net("paid"), net("now"), lines[0].state)


def shown_amounts(one: Difference, is_sum: bool) -> tuple[Decimal | None, Decimal | None, Decimal]:
    """Paid, due now, difference. Of a sum only the last: lines that do not change are no differences and not in it."""
    return (None, None, one.amount) if is_sum else (one.paid, one.now, one.amount)


def _of_persons(differences: Sequence[Difference]) -> Iterator[tuple[str, list[Difference]]]:
    for key, lines in groupby(differences, key=lambda one: one.key):
        yield key, list(lines)


def print_correction(pipeline: Pipeline, run: Run, correction: Correction, language: str) -> None:
    """The differences of everybody, their sums, and how many people have one."""
    for line in heading_lines(pipeline, language):
        out(line)
    out()
    for line in _table(pipeline, correction.differences, language):
        out(line)
    out()
    for label, text in _foot(run, correction, language):
        out(f"{say(label, language)}  {text}")


def _table(pipeline: Pipeline, differences: Sequence[Difference], language: str) -> list[str]:
    if not differences:
        return [say("no_difference", language)]
    titles = titles_in(pipeline.scheme, language)
    # What is taken off, or borne by the employer, is no pay, and its line may have the name of one that is.
    kinds = any(one.kind != USUAL.name for one in differences)
    words = ("pay_line", *(("kind",) if kinds else ()), "paid_before", "due_now", "difference")
    rows = [["", *(say(word, language) for word in words), ""]]
    for one, is_sum in with_sums(differences[:MOST_ROWS]):
        amounts = ["" if amount is None else f"{amount:,f}" for amount in shown_amounts(one, is_sum)]
        title = say("sum", language) if is_sum else echo(titles.get(one.name, one.name), 40)
        kind = [say(one.kind, language)] if kinds else []
        rows.append([echo(one.key, 24), title, *kind, *amounts, say(f"state_{one.state}", language)])
    lines = table(rows, [*([False] * (3 if kinds else 2)), True, True, True, False])
    if len(differences) > MOST_ROWS:
        lines.append(say("and_more_lines", language, count=f"{len(differences) - MOST_ROWS:,}"))
    return lines


def _foot(run: Run, correction: Correction, language: str) -> Iterator[tuple[str, str]]:
    differences = correction.differences
    sums = {kind.total: exact_sum(d.amount for d in differences if d.kind == kind.name) for kind in PAY_KINDS}
    sums[NET[0]] = exact_sum(EXACT.multiply(kind.sign, sums[kind.total]) for kind in PAID_OUT)
    yield "difference", "   ".join(f"{say(word, language)} {sums[word]:,f}" for word in sums_shown(sums))
    states = {one.key: one.state for one in differences}
    counts = {state: sum(found == state for found in states.values()) for state in ("changed", "new", "gone")}
    same = len(run.results) - counts["changed"] - counts["new"]
    yield "reconciled", say("corrected_people", language, **counts, same=same)
    yield "corrects", ", ".join(one[:12] for one in correction.paid.records)


def record_lines(
    scheme: Scheme, people: People, folder: str | None, fingerprint: str, language: str
) -> Iterator[str]:
    """Which earlier periods were used, who is away with a balance, and where the record is."""
    history = people.history
    if history.used:
        used = (f"{one.period} ({one.fingerprint[:12]})" for one in history.used)
        yield f"{say('history_used', language)}  {', '.join(used)}"
    away = away_with(scheme, history, {*people.keys})
    if away:
        names = listed([echo(one, 24) for one in away], MOST_AWAY, ", ")
        told = say("away_one" if len(away) == 1 else "away_many", language, count=f"{len(away):,}", names=names)
        yield f"{say('away', language)}  {told}"
    if folder is not None:
        yield f"{say('record', language)}  {echo(folder)}  {fingerprint[:12]}"
