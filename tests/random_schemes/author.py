"""Who writes a random document: what may be read so far, and the entries of each section with what is simpler.

`Document` keeps of the entries what the checker accepts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

from attrs import evolve, field, frozen, mutable

import incentive_rules as ir
from tests.random_schemes.formulas import Formulas, Known, Names
from tests.random_schemes.tongue import Tongue

MODES = ("half_up", "half_even", "down", "up", "floor", "ceiling")
MOST_ROUNDS = 15
SECTIONS = (
    "data", "parameters", "tables", "functions", "inputs", "groups", "details", "selections", "repeat", "quantities",
    "indicators", "composites", "total", "grades", "honors", "pay", "wage_floor", "entitlements", "require",
)  # fmt: skip
T = TypeVar("T")


@frozen
class Fact:
    """An input: what data may stand in its column. `low` and `high` count steps of 10**-decimals.

    `heading` is the column's heading, `writing` how values are written there: plain | percent | suffix | words |
    days (in another order), `gone` the text of a missing one.
    """

    name: str
    kind: str  # integer | number | money | boolean | category | date | time | key
    low: int = 0
    high: int = 0
    decimals: int = 0
    loose: bool = False
    words: tuple[str, ...] = ()
    heading: str = ""
    writing: str = "plain"
    gone: str | None = None
    carried: bool = False


@frozen
class Entry:
    """One entry of a section. `simpler` takes its place where it is refused; without it the entry is left out."""

    section: str
    lines: tuple[str, ...]
    simpler: tuple[str, ...] = ()


@frozen
class Accepted:
    """A document that the checker accepts, and the facts that its data must bring, by table ("" the people).

    `owners` are, of each detail table, the tables or groups that its rows belong to. With `history` a value of the
    last period, or rows of earlier ones, are read.
    """

    text: str
    language: str
    period: str
    facts: dict[str, tuple[Fact, ...]]
    owners: dict[str, tuple[str, ...]]
    history: bool
    dropped: int


@mutable
class Document:
    """The entries as they were written, and the lines above them."""

    language: str
    period: str
    head: list[str]
    sections: dict[str, str]  # name → its spelling
    entries: list[Entry]
    facts: dict[str, tuple[Fact, ...]]
    owners: dict[str, tuple[str, ...]]
    history: bool = False
    dropped: int = 0

    def written(self) -> tuple[str, list[Entry | None]]:
        """The text, and for each of its lines the entry that it belongs to."""
        lines, whose = list(self.head), list[Entry | None]([None] * len(self.head))
        for section, spelling in self.sections.items():
            inside = [e for e in self.entries if e.section == section]
            if inside:
                lines.append(f"{spelling}:")
                whose.append(None)
            for entry in inside:
                lines += [f"  {line}" for line in entry.lines]
                whose += [entry] * len(entry.lines)
        return "\n".join(lines) + "\n", whose

    def accepted(self) -> Accepted | None:
        """What is left when all that the checker refuses is taken out; None where that does not end."""
        for _ in range(MOST_ROUNDS):
            text, whose = self.written()
            report = ir.check(text=text, period=self.period)
            if report.ok:
                return Accepted(text, self.language, self.period, self.facts, self.owners, self.history, self.dropped)
            refused = {d.place.line for d in report.errors if d.place is not None}
            bad = [e for line in refused if line <= len(whose) and (e := whose[line - 1]) is not None]
            if not bad:
                return None
            self._replace(bad)
        return None

    def _replace(self, bad: Iterable[Entry]) -> None:
        gone = {id(e) for e in bad}
        self.dropped += len(gone)
        kept = []
        for entry in self.entries:
            if id(entry) not in gone:
                kept.append(entry)
            elif entry.simpler and entry.lines != entry.simpler:
                kept.append(evolve(entry, lines=entry.simpler))
        self.entries = kept


@mutable
class Author:
    """Draws a document; `documents.random_document` says in which order its parts are written."""

    rng: Random
    tongue: Tongue = field(init=False)
    names: Names = field(init=False)
    entries: list[Entry] = field(factory=list)
    facts: dict[str, tuple[Fact, ...]] = field(factory=dict)
    owners: dict[str, tuple[str, ...]] = field(factory=dict)
    several: bool = field(init=False)
    history: bool = False
    count: int = 0

    def __attrs_post_init__(self) -> None:
        self.tongue = Tongue(self.rng, self.rng.choice(("en", "en", "zh")))
        self.several = self.chance(0.75)
        self.names = Names({"person": ("everyone",), "everyone": ()})

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, *options: T) -> T:
        return self.rng.choice(options)

    def key(self, block: str, key: str) -> str:
        return self.tongue.key(block, key)

    def word(self, choice: str, *options: str) -> str:
        """One of these words of a choice, as the document spells it."""
        return self.tongue.word(choice, self.rng.choice(options))

    def pair(self, block: str, key: str, value: object) -> str:
        """`key: value`, the key as the document spells it."""
        return f"{self.tongue.key(block, key)}: {value}"

    def new(self, stem: str) -> str:
        self.count += 1
        return f"{stem}_{self.count}" if not self.tongue.chinese or self.chance(0.5) else f"{stem}{self.count}号"

    def add(self, section: str, lines: Sequence[str], simpler: Sequence[str] = ()) -> None:
        self.entries.append(Entry(section, tuple(lines), tuple(simpler)))

    def know(self, name: str, kind: str, level: str = "person", loose: bool = False) -> None:
        self.names.known.append(Known(name, kind, level, loose))

    def at(self, level: str = "person", inside: Sequence[Known] = ()) -> Formulas:
        return Formulas(self.rng, self.tongue, self.names, level, inside)

    def rounding(self, block: str, decimals: Sequence[str] = ("0", "2", "4"), share: float = 0.3) -> list[str]:
        """Now and then how a name of this block is rounded."""
        found = []
        if self.chance(share):
            found.append(self.pair(block, "decimals", self.rng.choice(decimals)))
        if self.chance(share):
            found.append(self.pair(block, "rounding", self.word("rounding", *MODES)))
        return found
