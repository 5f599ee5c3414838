"""Counterexamples that are kept beside a scheme: two worlds and the promise that they broke, without any amount.

    counterexamples:
      - promise: better_never_pays_less
        period: 2026-Q2
        who: E1
        one:
          people:
            - {engineer: E1, jobs: 49}
        other:
          people:
            - {engineer: E1, jobs: 50}

A table that `other` does not name is that of `one`. Cells are written as data files hold them, '' where one is missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from ..base.places import Place
from ..base.text import HIDDEN
from ..base.words import in_language
from ..lang.keywords import BLOCKS
from ..lang.keywords.kept import COUNTEREXAMPLES, KEPT, PEOPLE
from .verdict import Counterexample, ProofReport

ENDING = ".counterexamples.yaml"
REPLAYED = (  # the promises that two worlds of one period can break
    "better_never_pays_less", "largest_jump", "order_preserving", "withholding_gains_at_most",
    "splitting_gains_at_most",
)  # fmt: skip
_NAME = re.compile(r"\w[\w.-]*")
_PLAIN = re.compile(r"\w[\w./+-]*|-?[0-9]+(?:\.[0-9]+)?")


@frozen
class KeptCell:
    """The value of one name in a row, as it is written."""

    name: str
    text: str
    place: Place = field(eq=False, repr=False)  # of the name


@frozen
class KeptRow:
    cells: tuple[KeptCell, ...]
    place: Place = field(eq=False, repr=False)


KeptWorld = Mapping[str, tuple[KeptRow, ...]]  # by table, "" the people
WorldTexts = Mapping[str, tuple[Mapping[str, str], ...]]


@frozen
class KeptPair:
    """Two worlds in which a promise was broken for `who` in a period; `promise` is its English keyword."""

    promise: str
    period: str
    who: str
    one: KeptWorld = field(hash=False, repr=False)
    other: KeptWorld = field(hash=False, repr=False)
    place: Place = field(eq=False, repr=False)
    tables: Mapping[str, Place] = field(eq=False, repr=False)  # where each table is named first


@frozen
class KeptOutcome:
    """What became of a kept pair: `found` is the counterexample that it still is, None where it is mended.

    `promise` is where the promise stands that it breaks, or broke.
    """

    pair: KeptPair
    found: Counterexample | None
    promise: Place = field(eq=False, repr=False)


# ── Written ──────────────────────────────────────────────────────────────────────────────────


def pairs_as_text(report: ProofReport, kept: Iterable[KeptPair] = ()) -> str:
    """The file of a report's counterexamples and of those kept before, each once; "" where there are none."""
    language = report.scheme.language
    entries: dict[str, None] = {}
    for pair in kept:
        entry = _entry(pair.promise, pair.period, pair.who, _texts(pair.one), _texts(pair.other), language)
        entries["\n".join(entry)] = None
    for verdict in report.verdicts:
        first = () if verdict.counterexample is None else (verdict.counterexample,)
        for found in (*first, *verdict.further) if verdict.promise in REPLAYED else ():
            period = verdict.period or (report.periods[0] if report.periods else "")
            entries["\n".join(_entry(verdict.promise, period, found.who, found.world, found.other, language))] = None
    said = in_language(
        language, "pairs for whom a promise was broken; `incentive-rules prove` replays them before it searches",
        "曾违背承诺的两种情形；`incentive-rules prove` 先重算这些，再搜索",
    )  # fmt: skip
    if not entries:
        return ""
    return "\n".join([f"# {said}", f"{COUNTEREXAMPLES.spelling(language)}:", *entries, ""])


def _texts(world: KeptWorld) -> WorldTexts:
    return {table: tuple({cell.name: cell.text for cell in row.cells} for row in rows) for table, rows in world.items()}


def _entry(
    promise: str, period: str, who: str, one: WorldTexts, other: WorldTexts, language: str
) -> Iterator[str]:  # fmt: skip
    changed = {table: rows for table, rows in other.items() if rows != one.get(table)}
    promise_, period_, who_, one_, other_ = (word.spelling(language) for word in KEPT.words)
    yield f"  - {promise_}: {BLOCKS['promises'].by_key[promise].spelling(language)}"
    yield f"    {period_}: {period}"
    yield f"    {who_}: {_quoted(who)}"
    for word, world in ((one_, one), (other_, changed)):
        yield f"    {word}:" + ("" if world else " {}")
        for table, rows in world.items():
            yield f"      {_name(table) if table else PEOPLE.spelling(language)}:" + ("" if rows else " []")
            for row in rows:
                cells = ", ".join(f"{_name(name)}: {_quoted(text)}" for name, text in row.items())
                yield f"        - {{{cells}}}"


def _name(text: str) -> str:
    return text if _NAME.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """A text as YAML: plain where nothing could be taken for anything else."""
    if _PLAIN.fullmatch(text):
        return text
    return json.dumps(text) if HIDDEN.search(text) or "\n" in text else "'" + text.replace("'", "''") + "'"
