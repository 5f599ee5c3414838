"""What the names of a scheme stand for, gathered before any formula is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from ..base.places import Place
from ..base.text import Guesses
from ..lang.types import Facts
from ..model import scheme as s
from ..model.checked import CheckedInput, CheckedQuantity
from ..model.terms import Constant
from .findings import Findings
from .knowledge import Knowledge
from .tables import Columns


class Sort(StrEnum):
    INPUT = "input"
    QUANTITY = "quantity"
    PARAMETER = "parameter"
    TABLE = "table"
    FUNCTION = "function"
    FAMILY = "family"
    DETAILS = "details"
    LATER = "later"  # it exists, and this version cannot compute it yet


@frozen
class Known:
    """One name: what sort of thing it is, where it is defined, and in which detail table it lives."""

    name: str
    sort: Sort
    place: Place
    details: str | None = None


@frozen
class World:
    """Everything that formulas can refer to on one day.

    `quantities` fills as the check proceeds in dependency order; a name that is absent from it when
    it is read had an error of its own.
    """

    scheme: s.Scheme
    day: date
    findings: Findings
    knowledge: Knowledge
    names: Mapping[str, Known]
    inputs: Mapping[str, CheckedInput]
    constants: Mapping[str, tuple[Constant, Facts]]
    tables: Mapping[str, Columns]
    functions: Mapping[str, s.Function]
    families: Mapping[str, s.Family]
    details: Mapping[str, s.Details]
    definitions: Mapping[str, s.Quantity]
    quantities: dict[str, CheckedQuantity] = field(factory=dict)
    guesses: Guesses = field(factory=Guesses)
    used: set[str] = field(factory=set)  # every name that some formula or example read
    unreached: dict[Place, tuple[str, str, str] | None] = field(factory=dict)  # None: a reached row
