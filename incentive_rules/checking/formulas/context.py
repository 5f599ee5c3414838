"""Where a formula stands while it is read: whose it is, on which level, inside which function or member."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from ...base.places import Place
from ...lang.nodes import Node
from ...model.levels import PERSON, Level
from ...model.scheme import Family, Formula
from ...model.terms import Term


@frozen
class FormulaContext:
    """The surroundings of one formula.

    `zero_is_missing` holds in what an indicator measures: dividing by 0 there means nothing was measured.
    `level` is where it stands, `gathering` says that it is worked out for each row that an aggregate runs over.
    `measured` is the name that a bare `value` stands for. `parts_of` is the group of indicators whose parts an
    aggregate runs over. `function` names the author's function whose
    body is being read, with the terms of its `arguments`.
    """

    formula: Formula
    owner: str
    level: Level = PERSON
    gathering: bool = False
    family: Family | None = None
    member: str | None = None
    measured: str | None = None
    zero_is_missing: bool = False
    parts_of: str = ""
    function: str | None = None
    arguments: Mapping[str, Term] = field(factory=dict)
    calls: tuple[str, ...] = ()

    def in_full(self, name: str) -> str:
        """A name as it is called outside the `repeat` block: that of this member."""
        found = self.family.resolve(self.member, name) if self.family and self.member is not None else None
        return found if isinstance(found, str) else name

    def place_of(self, node: Node) -> Place:
        return self.formula.place_of(node.start, node.end)
