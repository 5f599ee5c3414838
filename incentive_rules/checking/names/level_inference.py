"""Infers the level of each quantity: the coarsest one that can read everything that its formula reads.

A quantity in the block of a detail table or a group is at the level of that block, and every role but a plain quantity
at that of the person. A quantity that only reads constants is at the level of everyone, or of the person in a scheme
that never looks beyond one person.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from ...lang import nodes as n
from ...lang.aggregates import OVER_ROWS
from ...lang.functions import AWARD, OF_RESULT, OF_ROWS, OTHERS, ROW, VALUE
from ...lang.functions import EVERYONE as EVERYONE_WORDS
from ...model import scheme as s
from ...model.levels import EVERYONE, PERSON, Level
from .dependencies import formulas_of
from .symbols import Symbols, SymbolSort


def fixed_level(quantity: s.Quantity) -> Level | None:
    """The level of a quantity that its place in the document decides; None if its formula decides it."""
    if quantity.table is not None:
        return (quantity.table,)
    if quantity.role is not s.Role.QUANTITY or isinstance(quantity.body, s.Distribution):
        return PERSON  # people alone are ranked into shares
    return None


def looks_beyond_one(scheme: s.Scheme) -> bool:
    """Whether anything in the scheme is about several people together, or about groups."""
    bodies = (s.Pool, s.Honor, s.Distribution)
    if scheme.groups or any(isinstance(q.body, bodies) for q in scheme.quantities):
        return True
    formulas = [f for q in scheme.quantities for f in formulas_of(q)] + list(scheme.require)
    formulas += [f for f in (scheme.applies_to,) if isinstance(f, s.Formula)]
    formulas += [one.where for one in scheme.selections if one.where is not None]
    words = (*EVERYONE_WORDS, *OTHERS)
    return any(
        isinstance(node, n.Call)
        and node.function in OVER_ROWS
        and (
            node.function == "rank"
            or any(key == "within" or (isinstance(v, n.Name) and v.name in words) for key, v in node.options)
        )
        for formula in formulas
        if formula.expression is not None
        for node in n.in_reading_order(formula.expression)
    ) or any(one.over in words for one in scheme.selections)


@frozen
class MemberNames:
    """The family and the member whose local names a formula may use."""

    family: s.Family | None = None
    member: str | None = None

    def full(self, name: str) -> str | None:
        """The full name of a local name; None for a constant of the member."""
        if self.family is None or self.member is None:
            return name
        found = self.family.resolve(self.member, name)
        return name if found is None else found if isinstance(found, str) else None


def level_of_quantity(quantity: s.Quantity, symbols: Symbols) -> Level | None:
    """The level of a quantity; None if no level can read all that it reads."""
    fixed = fixed_level(quantity)
    if fixed is not None:
        return fixed
    if isinstance(quantity.body, s.Pool):
        return sharers_of(quantity.body, symbols)
    family = symbols.families.get(quantity.family) if quantity.family else None
    inside = MemberNames(family, quantity.member)
    found: set[Level] = set()
    if isinstance(quantity.body, s.TableOf):
        level = symbols.level_of(quantity.body.argument)
        found |= {level} if level is not None else set()
    for formula in formulas_of(quantity):
        if formula.expression is not None:
            found |= levels_read(formula.expression, symbols, inside)
    return level_for(found, symbols)


def level_for(read: Iterable[Level], symbols: Symbols) -> Level | None:
    """The level of a formula that reads values of these levels."""
    found = set(read)
    if not found:
        return EVERYONE if symbols.has_others else PERSON
    return symbols.levels.meet(found)


def sharers_of(pool: s.Pool, symbols: Symbols) -> Level | None:
    """The level of those who share a pool: people, the rows of a detail table, or groups."""
    if not pool.to:
        return PERSON
    known = symbols.names.get(pool.to)
    if known is not None and known.sort in (SymbolSort.DETAILS, SymbolSort.GROUP):
        return known.level
    return (pool.to,) if (pool.to,) in symbols.levels else None


def levels_read(expression: n.Expression, symbols: Symbols, inside: MemberNames) -> set[Level]:
    """The levels of all values that a formula reads; an aggregate counts at the level of its value."""
    found: set[Level] = set()
    pending: list[tuple[n.Expression, MemberNames]] = [(expression, inside)]
    while pending:
        node, here = pending.pop()
        if isinstance(node, n.Name):
            name = here.full(node.name)
            level = None if name is None else _level_of_name(name, symbols)
            found |= set() if level is None else {level}
        elif not isinstance(node, n.Call):
            pending.extend((child, here) for child in n.children(node))
        elif node.function in VALUE or is_award(node, symbols):
            found.add(PERSON)
        elif is_aggregate(node, symbols):
            pending.extend((value, here) for key, value in node.options if key in OF_RESULT)
            members = _members(node, symbols)
            if members is not None:
                parts = [*node.arguments, *(v for key, v in node.options if key in OF_ROWS)]
                pending.extend((part, member) for member in members for part in parts)
            else:
                landing = _landing(node, symbols, here)
                found |= set() if landing is None else {landing}
        else:
            pending.extend((child, here) for child in node.arguments)
    return found


def is_award(node: n.Call, symbols: Symbols) -> bool:
    """Whether a call reads the money of an honour, and no function or table of the author's with that name."""
    return node.function in AWARD and node.function not in symbols.names


def is_aggregate(node: n.Call, symbols: Symbols) -> bool:
    """Whether a call is one of an aggregate, and no function or table of the author's with that name."""
    known = symbols.names.get(node.function)
    if known is not None and known.sort in (SymbolSort.TABLE, SymbolSort.FUNCTION):
        return False
    name = node.function
    return name in OVER_ROWS and (name not in ROW or bool(node.options) or len(node.arguments) == 1)


def _level_of_name(name: str, symbols: Symbols) -> Level | None:
    known = symbols.names.get(name)
    if known is not None and known.sort in (SymbolSort.INPUT, SymbolSort.QUANTITY):
        return symbols.level_of(name)
    return None


def over_of(node: n.Call) -> str | None:
    """The name under `over=`, if there is one."""
    over = dict(node.options).get("over")
    return over.name if isinstance(over, n.Name) else None


def _members(node: n.Call, symbols: Symbols) -> list[MemberNames] | None:
    """The members of a family, or the parts of a group of indicators, over which an aggregate is written out."""
    over = over_of(node) or ""
    if over in symbols.families:
        family = symbols.families[over]
        return [MemberNames(family, member) for member in family.members]
    return [MemberNames()] if over in symbols.parts_of else None


def _landing(node: n.Call, symbols: Symbols, here: MemberNames) -> Level | None:
    """The level of the value of an aggregate over rows, in a formula whose own level is still open."""
    source = source_of(node, symbols, here)
    options = dict(node.options)
    within = options.get("within")
    if source is None:
        return None
    if OVER_ROWS[node.function].of_each_row:
        return source
    if over_of(node) in OTHERS:
        return PERSON
    if isinstance(within, n.Name):
        return within_level(within.name, symbols)
    if symbols.levels[source].sort != "details":
        return EVERYONE
    return PERSON if PERSON in symbols.levels.above(source) else symbols.levels[source].owners[0]


def group_level(name: str, symbols: Symbols) -> Level | None:
    """The level of a group, or of everyone, named under `within`, `each` or `over`."""
    if name in EVERYONE_WORDS:
        return EVERYONE
    known = symbols.names.get(name)
    if known is not None and known.sort is SymbolSort.GROUP:
        return known.level
    level = (name,)
    return level if level in symbols.levels and symbols.levels[level].sort == "group" else None


def within_level(name: str, symbols: Symbols) -> Level | None:
    """The level named under `within`: a group, everyone, or by the key of people each person's own rows."""
    own = symbols.inputs.get(name)
    if own is not None and own.level == PERSON and own.definition.type == "key" and (name,) not in symbols.levels:
        return PERSON
    return group_level(name, symbols)


def source_of(node: n.Call, symbols: Symbols, here: MemberNames, below: Level | None = None) -> Level | None:
    """The level of the rows that an aggregate runs over: named, or that of the names in its formula; None if unclear.

    Names at `below` and above it can be read without an aggregate.
    """
    over = over_of(node)
    if over is not None:
        return named_source(over, symbols)
    within = dict(node.options).get("within")
    group = within_level(within.name, symbols) if isinstance(within, n.Name) else below
    found: set[Level] = set()
    for part in (*node.arguments, *(v for key, v in node.options if key in OF_ROWS)):
        found |= levels_read(part, symbols, here)
    if OVER_ROWS[node.function].of_each_row:
        rows = symbols.levels.meet(found) if found else PERSON
        sort = "" if rows is None else symbols.levels[rows].sort
        # The place of a group's value may be meant among groups or among people: nothing says it.
        return None if sort == "group" else rows if sort == "details" else PERSON
    finer = found - set(() if group is None else symbols.levels.above(group))
    source = symbols.levels.meet(finer) if finer else None
    # People are meant only where a group is said: `sum(jobs)` of a person is more likely a slip.
    slip = source == PERSON and within is None and below in (None, EVERYONE, PERSON)
    return None if slip else source


def named_source(over: str, symbols: Symbols) -> Level | None:
    """The level of the rows that a word under `over` names."""
    if over in EVERYONE_WORDS or over in OTHERS:
        return PERSON
    if over in symbols.selections:
        over = symbols.selections[over].over
        return None if over in symbols.selections else named_source(over, symbols)
    known = symbols.names.get(over)
    if known is not None and known.sort in (SymbolSort.DETAILS, SymbolSort.GROUP):
        return known.level
    return group_level(over, symbols)
