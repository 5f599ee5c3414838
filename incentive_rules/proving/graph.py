"""Who reads whom: the names behind each name, directly and through others."""

from __future__ import annotations

from collections.abc import Collection

from ..model import terms as t
from ..model.checked import Checked, CheckedQuantity


class ReadGraph:
    """The names that each quantity of a checked scheme rests on."""

    def __init__(self, checked: Checked) -> None:
        self._behind: dict[str, frozenset[str]] = {}
        self._quantities = {quantity.name: quantity for quantity in checked.quantities}
        self._read: dict[int, tuple[t.Term, frozenset[str]]] = {}  # by identity; the term is kept with it
        for quantity in checked.quantities:  # each reads only earlier ones
            direct = self.read_by(quantity)
            further = (self._behind.get(name, frozenset[str]()) for name in direct)
            self._behind[quantity.name] = direct.union(*further)

    def behind(self, name: str) -> frozenset[str]:
        """The names that a name rests on; nothing for a fact."""
        return self._behind.get(name, frozenset())

    def behind_past(self, name: str, stops: Collection[str]) -> frozenset[str]:
        """The names that a name rests on, itself included, on a way that leads through none of `stops`."""
        found: set[str] = set()
        pending = [name]
        while pending:
            top = pending.pop()
            if top not in found and top not in stops:
                found.add(top)
                pending.extend(self.read_by(self._quantities[top]) if top in self._quantities else ())
        return frozenset(found)

    def read_by(self, quantity: CheckedQuantity) -> frozenset[str]:
        """The names that a quantity reads itself, in its condition too."""
        found = self.read_in(quantity.term)
        return found if quantity.condition is None else found | self.read_in(quantity.condition)

    def read_in(self, term: t.Term) -> frozenset[str]:
        """The names that a term reads itself."""
        known = self._read.get(id(term))
        if known is None:
            if isinstance(term, t.Read):
                found = frozenset({term.name})
            else:
                found = frozenset[str]().union(*map(self.read_in, t.operands(term)))
            known = self._read[id(term)] = (term, found)
        return known[1]
