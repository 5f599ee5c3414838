"""What every fact does to what comes out in the end, where nobody promised that better work pays no less.

Of a scheme of scores alone, of a programme or of a sport, this is what there is to know: which facts raise the result
and which lower it, each of them proved, and of which no direction is proved.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lang.types import ORDERED
from ..model import promises as p
from ..model.checked import Checked, CheckedQuantity
from ..model.levels import PERSON
from ..model.verdict import Directions
from .calculus import Calculus
from .graph import ReadGraph
from .move import Move
from .net import net_of
from .work import can_move


def directions_of(checked: Checked) -> tuple[Directions, ...]:
    """The directions of each result in each fact; none where they are promised, for then a verdict tells of them."""
    if any(isinstance(promise, p.BetterNeverPaysLess) for promise in checked.scheme.promises):
        return ()
    graph = ReadGraph(checked)
    return tuple(_of(checked, result, graph) for result in unread_results(checked, graph))


def unread_results(checked: Checked, graph: ReadGraph) -> Iterator[CheckedQuantity]:
    """What is paid out; of a scheme that pays nothing, the numbers of a person that nothing else reads."""
    net = net_of(checked)
    if net is not None:
        yield net
        return
    read = {name for quantity in checked.quantities for name in graph.read_by(quantity)}
    for quantity in checked.quantities:
        is_number = quantity.level == PERSON and quantity.facts.type.kind in ORDERED
        if is_number and quantity.due and quantity.name not in read:
            yield quantity


def _of(checked: Checked, result: CheckedQuantity, graph: ReadGraph) -> Directions:
    found: dict[str, list[str]] = {"+": [], "-": [], "?": []}
    for name, one in checked.inputs.items():
        if name not in graph.behind(result.name) or one.facts.type.kind not in ORDERED or not can_move(checked, one):
            continue
        direction = Calculus(checked, Move(name, one.level), graph=graph).name(result.name)
        if direction.is_unmoved:
            continue
        proved = direction.sign in ("+", "-") and direction.known == "0" and not direction.blame and not direction.slack
        found[direction.sign if proved else "?"].append(name)
    return Directions(result.name, tuple(found["+"]), tuple(found["-"]), tuple(found["?"]))
