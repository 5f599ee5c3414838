"""What rests on a fact that the scheme promises never to read: formulas, and groups that the fact makes.

A fact is read by its name, and it is read where people come together by it: under `within`, under `each`, in what a
group has or is. A value that a row reads of a group has come along the levels between the two, so each of these counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from ..base.diagnostics import Other
from ..base.places import Place
from ..lang import nodes as n
from ..model import scheme as s
from ..model import terms as t
from ..model.checked import CheckedQuantity, Premise
from ..model.levels import EVERYONE, PERSON, Level, Levels
from ..model.promises import PromisedName
from .names.dependencies import names_in
from .names.symbols import Symbols, SymbolSort

OUTCOMES = (s.Role.PAY, s.Role.HONOR, s.Role.ENTITLEMENT, s.Role.GRADE)


@frozen
class FactReading:
    """One place where a fact is read: by its name, or through a group that it makes (`as_group`)."""

    name: str
    place: Place | None
    as_group: bool = False


def report_protected(symbols: Symbols, premises: Iterable[Premise], applies_to: t.Term | None) -> None:
    """Report every place that reads a fact which is under `never_reads`, and names there that are no facts."""
    protected = {literal.text: literal for literal in reversed(symbols.scheme.never_reads)}
    for literal in protected.values():
        _report_what_is_no_fact(symbols, literal)
    wanted = {name: literal for name, literal in protected.items() if name in symbols.names}
    for one in symbols.scheme.inputs:  # what it was in the last period is the same fact
        if one.carried_from in wanted:
            wanted.setdefault(one.name, wanted[one.carried_from])
    columns = {(symbols.inputs[name].level, _column(symbols.inputs[name].definition)): literal
               for name, literal in wanted.items() if name in symbols.inputs}  # fmt: skip
    for other in symbols.inputs.values():  # the same column of a file under another name
        literal_there = columns.get((other.level, _column(other.definition)))
        if literal_there is not None:
            wanted.setdefault(other.name, literal_there)
    if wanted:
        _report_readings(symbols, wanted, premises, applies_to)


def _column(definition: s.Input) -> str:
    return definition.column or definition.name


def _report_what_is_no_fact(symbols: Symbols, literal: PromisedName) -> None:
    name, known = literal.text, symbols.names.get(literal.text)
    makes_groups = (name,) in symbols.levels and symbols.levels[name,].sort == "group"
    if known is None:
        near = "".join(symbols.guesses.nearest(name, list(symbols.inputs), 1))
        variant = "near" if near else ""
        symbols.findings.report("never-reads-unknown", literal.place, variant=variant, name=name, near=near)
    elif known.sort not in (SymbolSort.INPUT, SymbolSort.QUANTITY, SymbolSort.LOST) and not makes_groups:
        symbols.findings.report("never-reads-unknown", literal.place, variant="sort", name=name)


def _report_readings(
    symbols: Symbols, protected: Mapping[str, PromisedName], premises: Iterable[Premise], applies_to: t.Term | None
) -> None:
    told: set[Place | None] = set()

    def tell(reading: FactReading, owner: str, path: list[str], at: Place) -> None:
        literal, place = protected[reading.name], reading.place or at
        facts = dict.fromkeys((literal.text, reading.name))
        if place not in told:
            told.add(place)
            symbols.findings.report(
                "never-reads", place, variant="group" if reading.as_group else "", name=owner, read=reading.name,
                path=" → ".join(f"`{name}`" for name in [*facts, *path]), others=(Other(literal.place),),
            )  # fmt: skip

    readers = _readers(symbols.quantities.values())
    for quantity in symbols.quantities.values():
        found = [one for one in readings_of_quantity(quantity, symbols) if one.name in protected]
        for reading in found:
            path = _path(quantity.name, readers, symbols.quantities)
            tell(reading, quantity.name, path, quantity.definition.place)
    scope = [] if applies_to is None or not isinstance(symbols.scheme.applies_to, s.Formula) else [
        (symbols.scheme.applies_to, applies_to, PERSON)]  # fmt: skip
    for formula, term, level in (*scope, *((one.formula, one.term, one.level) for one in premises)):
        text = formula.text.strip()
        for reading in readings(term, level, symbols):
            if reading.name in protected:
                tell(reading, text, [text], formula.place)
    for name, place, owner in _in_selections(symbols):
        if name in protected:
            tell(FactReading(name, place), owner, [owner], place)


def readings_of_quantity(quantity: CheckedQuantity, symbols: Symbols) -> list[FactReading]:
    """Where a quantity reads facts; a quantity of a group rests on what makes the group."""
    terms = (quantity.term, *(() if quantity.condition is None else (quantity.condition,)))
    found = [_in_own_words(one, quantity) for term in terms for one in readings(term, quantity.level, symbols)]
    for group in _groups(symbols.levels, quantity.level):
        read = {x.name for term in terms for x in t.walk(term) if isinstance(x, t.Read)}
        behind = any(symbols.quantities[x].level == quantity.level for x in read if x in symbols.quantities)
        if not behind and all(one.name != group for one in found):  # else those it reads are told, not it
            found.append(FactReading(group, quantity.definition.place, as_group=True))
    return found


def _in_own_words(reading: FactReading, quantity: CheckedQuantity) -> FactReading:
    """A reading at the word that stands for it where it stands in no formula: `each`, `within`, `of`."""
    body = quantity.definition.body
    if isinstance(body, s.TableOf) and reading.name == body.argument and body.place is not None:
        return evolve(reading, place=body.place)
    if not reading.as_group or not isinstance(body, s.Honor | s.Pool | s.Distribution) or reading.place != body.place:
        return reading
    if isinstance(body, s.Pool):
        return evolve(reading, place=body.to_place if reading.name == body.to else body.each_place)
    return evolve(reading, place=body.within_place or body.place)


def readings(term: t.Term, level: Level, symbols: Symbols) -> Iterator[FactReading]:
    """Where a term that stands at `level` reads facts, as names and as groups."""
    pending, seen = [(term, level)], {(id(term), level)}
    while pending:
        top, here = pending.pop()
        yield from _read_by(top, here, symbols)
        for part, there in t.operand_levels(top, here):
            if (id(part), there) not in seen:
                seen.add((id(part), there))
                pending.append((part, there))


def _read_by(term: t.Term, here: Level, symbols: Symbols) -> Iterator[FactReading]:
    """What a term reads by itself, its operands left out."""
    levels = symbols.levels
    match term:
        case t.Read(name=name):
            yield FactReading(_fact(name), term.place)
            there = _level_of(name, symbols)
            for group in _between(levels, here, there):
                if name not in symbols.quantities or there != (group,):  # else told where that quantity stands
                    yield FactReading(group, term.place, as_group=True)
        case t.Aggregate(source=source, level=level):
            yield from (FactReading(group, term.place, as_group=True) for group in _between(levels, source, level))
        case (
            t.Ranked(source=source, group=level)
            | t.Running(source=source, group=level)
            | t.Shared(source=source, group=level)
        ):
            yield from (FactReading(group, term.place, as_group=True) for group in _between(levels, source, level))
        case _:
            return


def _fact(name: str) -> str:
    """The fact behind the key of a group, which its own formulas read."""
    return name.removeprefix("group(").removesuffix(")") if name.startswith("group(") else name


def _level_of(name: str, symbols: Symbols) -> Level:
    if name in symbols.quantities:
        return symbols.quantities[name].level
    return symbols.inputs[name].level if name in symbols.inputs else PERSON


def _between(levels: Levels, fine: Level, coarse: Level) -> list[str]:
    """The groups by which rows of `fine` come together at `coarse`; everyone is no group that a fact makes."""
    if fine == coarse or not levels.is_above(coarse, fine):
        return []
    way = (fine,) if coarse == EVERYONE else levels.way(fine, coarse)
    return [group for level in way for group in _groups(levels, level)]


def _groups(levels: Levels, level: Level) -> list[str]:
    return [level[0]] if level in levels and levels[level].sort == "group" else []


def _in_selections(symbols: Symbols) -> Iterator[tuple[str, Place, str]]:
    """The names that conditions of selections read, in use or not."""
    for selection in symbols.selections.values():
        where = selection.where
        if where is None or where.expression is None:
            continue
        for name in names_in(where.expression, symbols.families):
            node = next((x for x in n.in_reading_order(where.expression)
                         if isinstance(x, n.Name) and x.name == name), None)  # fmt: skip
            yield name, where.place if node is None else where.place_of(node.start, node.end), selection.name


def _readers(quantities: Iterable[CheckedQuantity]) -> dict[str, list[str]]:
    """Who reads each quantity, directly."""
    found: dict[str, list[str]] = {}
    for quantity in quantities:
        terms = (quantity.term, *(() if quantity.condition is None else (quantity.condition,)))
        names = {x.name for term in terms for x in t.walk(term) if isinstance(x, t.Read)}
        for name in names:
            found.setdefault(name, []).append(quantity.name)
    return found


def _path(start: str, readers: Mapping[str, list[str]], quantities: Mapping[str, CheckedQuantity]) -> list[str]:
    """The names from `start` to the nearest of what somebody gets, each read by the next; else `start` alone."""
    came = {start: ""}
    waiting = [start]
    while waiting:
        top = waiting.pop(0)
        if quantities[top].definition.role in OUTCOMES:
            path = [top]
            while came[path[-1]]:
                path.append(came[path[-1]])
            return path[::-1]
        for name in readers.get(top, ()):
            if name not in came:
                came[name] = top
                waiting.append(name)
    return [start]
