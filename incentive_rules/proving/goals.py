"""What a scheme gives that somebody may reach: the words of a grade, honours, lines, entitlements."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from ..lang.types import Kind
from ..model.checked import CheckedQuantity
from ..model.levels import PERSON
from ..model.scheme import Distribution, Outputs, Role, TableOf


@frozen
class Goal:
    """Something that somebody may reach: a word of a grade, an honour; of pay and the rest, anything but 0."""

    name: str
    value: str | bool | None

    @property
    def shown(self) -> str:
        return self.value if isinstance(self.value, str) else self.name


def goals_of(quantity: CheckedQuantity) -> list[Goal]:
    """What can be reached of a grade, a line, an honour or an entitlement."""
    if quantity.level != PERSON:
        return []
    kind = quantity.facts.type.kind
    if kind is Kind.CATEGORY:
        words = sorted({*(quantity.facts.type.values or ()), *_written(quantity)})
        return [Goal(quantity.name, word) for word in words if word]
    if quantity.definition.role is Role.GRADE:
        return []  # a number beside the words
    return [Goal(quantity.name, True if kind is Kind.BOOLEAN else None)]


def _written(quantity: CheckedQuantity) -> Iterator[str]:
    """The words of a grade as the rows of its table bring them, those too that no row can bring."""
    body = quantity.definition.body
    rows = [result for _, result in body.rows] if isinstance(body, Distribution) else []
    if isinstance(body, TableOf):
        every = (*body.table.rows, ("", body.table.otherwise))
        rows = [result for _, result in every if isinstance(result, Outputs)]
    gives = body.give if isinstance(body, Distribution | TableOf) else ""
    yield from (value.text for row in rows for name, value in row.values if name == gives)
