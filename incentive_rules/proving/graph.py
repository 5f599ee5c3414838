"""Who reads whom: the names behind each name, directly and through others."""

from __future__ import annotations

from ..model import terms as t
from ..model.checked import Checked, CheckedQuantity


class ReadGraph:
    """The names that each quantity of a checked scheme rests on."""

    def __init__(self, checked: Checked) -> None:
        self._behind: dict[str, frozenset[str]] = {}
        for quantity in checked.quantities:  # each reads only earlier ones
            direct = direct_reads(quantity)
            further = (self._behind.get(name, frozenset[str]()) for name in direct)
            self._behind[quantity.name] = frozenset(direct).union(*further)

    def behind(self, name: str) -> frozenset[str]:
        """The names that a name rests on; nothing for a fact."""
        return self._behind.get(name, frozenset())


def direct_reads(quantity: CheckedQuantity) -> set[str]:
    """The names that a quantity reads itself, in its condition too."""
    terms = (quantity.term, *(() if quantity.condition is None else (quantity.condition,)))
    return {part.name for term in terms for part in t.walk(term) if isinstance(part, t.Read)}
