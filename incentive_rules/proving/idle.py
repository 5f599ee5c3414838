"""Indicators that change nothing: by data flow, or because nothing that is paid moves with them in any direction."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from ..model.checked import Checked, CheckedQuantity
from ..model.scheme import Role
from .calculus import Calculus
from .graph import ReadGraph
from .whose import At, Whose
from .work import improvements_of_indicators, measured_of

OUTCOMES = (Role.PAY, Role.HONOR, Role.ENTITLEMENT)


def idle_indicators(checked: Checked) -> Iterator[tuple[str, CheckedQuantity]]:
    """What moves no line of pay, no honour and no entitlement, one's own or another's, in any period."""
    checked = evolve(checked, quantities=tuple(evolve(q, due=True) for q in checked.quantities))
    graph = ReadGraph(checked)
    outcomes = [q for q in checked.quantities if q.definition.role in OUTCOMES]
    for name, quantity in measured_of(checked).items():
        resting = [line for line in outcomes if quantity.name in graph.behind(line.name)]
        if _moves_none(checked, graph, name, resting):
            yield name, quantity


def _moves_none(checked: Checked, graph: ReadGraph, name: str, lines: list[CheckedQuantity]) -> bool:
    if not lines:
        return True
    moves = [one for one in improvements_of_indicators(checked, graph) if one.name == name]
    if any(one.blame for one in moves):
        return False
    for one in moves:
        calculus = Calculus(checked, one.move, graph=graph)
        for line in lines:
            if not all(calculus.of_name_at(line.name, At(line.level, whose)).is_unmoved
                       for whose in (Whose.MOVED, Whose.OTHER)):  # fmt: skip
                return False
    return True
