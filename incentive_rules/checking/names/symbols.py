"""Collects what the names of a scheme refer to, before any formula is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from ...base.places import Place
from ...base.text import Guesses
from ...lang.types import Facts
from ...model import scheme as s
from ...model.checked import CheckedInput, CheckedQuantity
from ...model.levels import Level, Levels
from ...model.terms import Constant
from ..ranges.facts import TermFacts
from .findings import Findings
from .tables import LookupTable
from .unmatched_words import UnmatchedWords


class SymbolSort(StrEnum):
    INPUT = "input"
    QUANTITY = "quantity"
    PARAMETER = "parameter"
    TABLE = "table"
    FUNCTION = "function"
    FAMILY = "family"
    DETAILS = "details"
    GROUP = "group"  # a table with a key: its rows are groups
    SELECTION = "selection"
    PERIOD = "period"  # what the period being run brings: its days
    LOST = "lost"  # its definition was lost to an error that is reported elsewhere


@frozen
class Symbol:
    """What one name refers to: of which sort, where it is defined, and at which level.

    The level is None for a constant, a table, or a quantity whose level its formula decides (`Symbols.levels_found`).
    """

    name: str
    sort: SymbolSort
    place: Place
    level: Level | None = None


# By the name that is recorded: its facts in each period that differs, with its decimals (None: without an end).
Elsewhere = Mapping[str, tuple[tuple[Facts, int | None], ...]]


@frozen
class Symbols:
    """Everything that formulas can refer to on one day.

    `quantities` fills as the check proceeds in dependency order; a name that is absent from it when
    it is read had an error of its own.
    """

    scheme: s.Scheme
    day: date
    days: tuple[date, date]  # the first and the last day of the period
    findings: Findings
    term_facts: TermFacts
    names: Mapping[str, Symbol]
    inputs: dict[str, CheckedInput]  # keys of groups and recorded values join as they are read
    constants: Mapping[str, tuple[Constant, Facts]]
    tables: Mapping[str, LookupTable]
    functions: Mapping[str, s.Function]
    families: Mapping[str, s.Family]
    details: Mapping[str, s.Details]
    selections: Mapping[str, s.Selection]
    definitions: Mapping[str, s.Quantity]
    levels: Levels
    has_others: bool  # whether anything in the scheme looks beyond one person
    parts_of: Mapping[str, tuple[str, ...]]  # the parts of each group of indicators
    levels_found: dict[str, Level] = field(factory=dict)  # of plain quantities, found out from what they read
    quantities: dict[str, CheckedQuantity] = field(factory=dict)
    elsewhere: Elsewhere = field(factory=dict)  # what recorded names can be in other periods
    guesses: Guesses = field(factory=Guesses)
    used: set[str] = field(factory=set)  # every name that some formula or example read
    words: UnmatchedWords = field(factory=UnmatchedWords)  # by rows of tables and by comparisons
    unreached: dict[Place, tuple[str, str, str] | None] = field(factory=dict)  # None: a reached row

    def level_of(self, name: str) -> Level | None:
        """The level of a name; None for constants and for names without a value."""
        known = self.names.get(name)
        return self.levels_found.get(name) if known is None or known.level is None else known.level

    def is_lost(self, name: str) -> bool:
        """Whether the definition of `name` is lost to an error that is reported elsewhere."""
        return name in self.names and self.names[name].sort is SymbolSort.LOST
