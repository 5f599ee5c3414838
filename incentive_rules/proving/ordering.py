"""Whose scores are better by hand, and which lines are to keep that order."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..lang.types import Kind
from ..model import terms as t
from ..model.checked import Checked, CheckedQuantity
from ..model.levels import PERSON
from ..model.scheme import Role
from .net import decided_lines
from .work import measured_of


def ordered_lines(checked: Checked) -> list[CheckedQuantity]:
    """The earnings of a person that are due."""
    return [q for q in decided_lines(checked) if q.definition.pay is not None
            and q.definition.pay.kind == "earning" and q.due and q.level == PERSON]  # fmt: skip


def weights_by_hand(checked: Checked) -> Mapping[str, Fraction] | None:
    """The weight of each indicator in the total; None where no total is a mean of fixed weights."""
    quantities = {q.name: q for q in checked.quantities}
    indicators = set(measured_of(checked))
    inside: dict[str, list[tuple[str, Fraction]]] = {}
    for quantity in checked.quantities:
        mean = next((part for part in t.walk(quantity.term) if isinstance(part, t.Mean)), None)
        if mean is None or quantity.definition.role is not Role.GROUP:
            continue
        parts = [(part.name, weight.value) for part, weight in zip(mean.parts, mean.weights, strict=True)
                 if isinstance(part, t.Read) and isinstance(weight, t.Fixed) and isinstance(weight.value, Fraction)]
        if len(parts) == len(mean.parts):
            inside[quantity.name] = parts  # fmt: skip
    roots = [name for name in inside if not any(name == part for parts in inside.values() for part, _ in parts)]
    found: dict[str, Fraction] = {}
    pending = [(name, Fraction(1)) for name in roots[-1:]]
    while pending:
        name, weight = pending.pop()
        if name in inside:
            whole = sum((part for _, part in inside[name]), Fraction(0)) or Fraction(1)
            pending += [(part, weight * own / whole) for part, own in inside[name]]
        elif name in indicators and quantities[name].facts.type.kind is Kind.NUMBER:
            found[name] = found.get(name, Fraction(0)) + weight
    return found or None
