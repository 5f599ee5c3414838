"""Sorts the quantities into computing order: each after those that it reads, in document order where that is free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush

from ...base.diagnostics import Other
from ...lang import nodes as n
from ...lang.aggregates import OVER_ROWS
from ...lang.functions import AWARD, OF_RESULT, VALUE
from ...lang.made_names import MadeName
from ...lang.pay import kinds_in
from ...model import scheme as s
from .findings import Findings

Hidden = Mapping[str, frozenset[str]]
NOTHING_HIDDEN: Hidden = {}


def names_in(
    expression: n.Expression,
    families: Mapping[str, s.Family],
    family: s.Family | None = None,
    member: str | None = None,
) -> Iterator[str]:
    """Every name that a formula reads, a member's local names in full; with repeats.

    The word under `over` is among them: a selection, or a group of indicators, is made of further names.
    """
    pending: list[tuple[n.Expression, s.Family | None, str | None]] = [(expression, family, member)]
    while pending:
        node, inside, who = pending.pop()
        if isinstance(node, n.Name):
            if inside is None or who is None or not isinstance(inside.resolve(who, node.name), s.Literal):
                yield _full(node.name, inside, who)  # a constant of the member is no name of the scheme
            continue
        if isinstance(node, n.Call):
            if node.function in VALUE and len(node.arguments) == 1 and isinstance(node.arguments[0], n.Name):
                yield MadeName.VALUE.of(_full(node.arguments[0].name, inside, who))
                continue
            if node.function in AWARD and len(node.arguments) == 1 and isinstance(node.arguments[0], n.Name):
                yield MadeName.AWARD.of(node.arguments[0].name)  # a pay line, which stands on the honour named
            if any(key == "give" for key, _ in node.options):  # the output of a table, and no name of the scheme
                pending.extend((part, inside, who) for part in node.arguments)
                continue
            over = dict(node.options).get("over")
            if node.function in OVER_ROWS and isinstance(over, n.Name) and over.name in families:
                other = families[over.name]
                parts = [*node.arguments, *(v for key, v in node.options if key not in ("over", *OF_RESULT))]
                pending.extend((part, other, m) for m in other.members for part in parts)
                pending.extend((value, inside, who) for key, value in node.options if key in OF_RESULT)
                continue
        pending.extend((child, inside, who) for child in n.children(node))


def _full(name: str, family: s.Family | None, member: str | None) -> str:
    found = family.resolve(member, name) if family is not None and member is not None else None
    return found if isinstance(found, str) else name


def formulas_of(quantity: s.Quantity) -> Iterator[s.Formula]:
    """Every formula in the definition of a quantity."""
    body = quantity.body
    found: list[object] = [body, quantity.when]
    if isinstance(body, s.WeightedMean):
        found.extend(part.weight for part in body.parts)
    if isinstance(body, s.Pool):
        found.extend((body.amount, body.in_proportion_to, body.when, body.among, body.at_most))
    if isinstance(body, s.Honor):
        found.extend((body.among, *body.best_by, body.places.number, body.places.at_least, body.places.at_most))
    for step in quantity.adjust:
        found.extend((step.when, step.amount))
    for formula in found:
        if isinstance(formula, s.Formula):
            yield formula


def reads(quantity: s.Quantity, families: Mapping[str, s.Family], hidden: Hidden = NOTHING_HIDDEN) -> set[str]:
    """The names that a quantity reads directly; `hidden` are those behind the words under `over`."""
    family = families.get(quantity.family) if quantity.family else None
    body = quantity.body
    found: set[str] = set()
    if isinstance(body, s.WeightedMean):
        found.update(part.name for part in body.parts)
    if isinstance(body, s.TableOf | s.Distribution):
        found.add(body.argument)
    if isinstance(body, s.Recorded | s.Given):
        found.add(body.source)
    if isinstance(body, s.Pool | s.Distribution | s.Honor):
        found.add(body.each if isinstance(body, s.Pool) else body.within)
    for formula in formulas_of(quantity):
        if formula.expression is not None:
            found.update(names_in(formula.expression, families, family, quantity.member))
    if quantity.role is s.Role.SCORE and found & set(VALUE):
        found.add(MadeName.VALUE.of(quantity.name))
    return found.union(*(hidden[name] for name in found if name in hidden))


def hidden_names(scheme: s.Scheme, families: Mapping[str, s.Family]) -> Hidden:
    """The names behind a word under `over`: those in the condition of a selection, the parts of a group."""
    found: dict[str, frozenset[str]] = {}
    for one in scheme.selections:
        if one.where is not None and one.where.expression is not None:
            found[one.name] = frozenset(names_in(one.where.expression, families))
    for quantity in scheme.quantities:
        if isinstance(quantity.body, s.WeightedMean):
            found[quantity.name] = frozenset(part.name for part in quantity.body.parts)
    return found


def computing_order(
    quantities: Mapping[str, s.Quantity], families: Mapping[str, s.Family], findings: Findings,
    hidden: Hidden = NOTHING_HIDDEN,
) -> tuple[s.Quantity, ...]:  # fmt: skip
    """The quantities in computing order, without those in or behind a cycle, which is reported."""
    needs = {name: {r for r in reads(q, families, hidden) if r in quantities} for name, q in quantities.items()}
    names = list(quantities)
    rank = {name: i for i, name in enumerate(names)}
    sorter = TopologicalSorter(needs)
    with suppress(CycleError):  # what stands neither in a cycle nor behind one comes out all the same
        sorter.prepare()
    ready: list[int] = []
    done: list[str] = []
    while sorter.is_active():
        for name in sorter.get_ready():
            heappush(ready, rank[name])
        done.append(names[heappop(ready)])
        sorter.done(done[-1])
    stuck = needs.keys() - done
    reported: set[str] = set()
    passed: set[str] = set()
    for name in names:
        cycle = _cycle_from(name, needs, stuck, passed) if name in stuck else []
        if cycle and not reported & set(cycle):
            reported.update(cycle)
            _report(cycle, quantities, findings)
    return tuple(quantities[name] for name in done)


def _cycle_from(start: str, needs: Mapping[str, set[str]], stuck: Set[str], passed: set[str]) -> list[str]:
    """The cycle that `start` leads to, among names that are `stuck`; none if one of them was `passed` before."""
    path: list[str] = []
    seen: dict[str, int] = {}
    name: str | None = start
    while name is not None and name not in seen:
        if name in passed:
            return []
        seen[name] = len(path)
        path.append(name)
        name = next((other for other in sorted(needs[name]) if other in stuck), None)
    passed.update(path)
    return [] if name is None else path[seen[name] :]


def _report(cycle: list[str], quantities: Mapping[str, s.Quantity], findings: Findings) -> None:
    first = min(range(len(cycle)), key=lambda i: quantities[cycle[i]].place.start)
    path = cycle[first:] + cycle[:first]
    places = [next((f.place for f in formulas_of(quantities[name])), quantities[name].place) for name in path]
    line = next((quantities[name] for name in path if quantities[name].role is s.Role.PAY), None)
    if line is not None and any(quantities[name].role is s.Role.RESULT for name in path):
        at = path.index(line.name)
        _report_sum(line, path[at:] + path[:at], quantities, findings)
        return
    findings.report(
        "cycle", places[0], path=" → ".join([*path, path[0]]), others=tuple(Other(place) for place in places[1:])
    )


def _report_sum(line: s.Quantity, path: list[str], quantities: Mapping[str, s.Quantity], findings: Findings) -> None:
    """Reports a pay line that reads a sum of which it is a part, with the other lines of that sum."""
    total = next(name for name in path if quantities[name].role is s.Role.RESULT)
    wanted = {kind.name: kind for kind in kinds_in(total)}
    others = ""
    for one in quantities.values():
        kind = one.pay.kind if one.role is s.Role.PAY and one.pay is not None else ""
        if one.name != line.name and kind in wanted:
            minus = wanted[kind].sign < 0 and len(wanted) > 1
            others += f"{' - ' if minus else ' + ' if others else ''}{one.name}"
    place = next((f.place for f in formulas_of(line)), line.place)
    shown = " → ".join([*path, path[0]])
    findings.report(
        "cycle", place, variant="sum", path=shown, line=line.name, sum=total, others_word=others.strip() or "0"
    )
