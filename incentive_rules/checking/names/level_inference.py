"""At which level each quantity lives: the coarsest one that can read everything that its formula reads.

A quantity in the block of a detail table or a group stands there, and every role but a plain quantity is
the person's. What only reads constants stands where all can read it: at everyone, or at the person in a
scheme that never looks beyond one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from ...lang import nodes as n
from ...lang.functions import AWARD, OF_ROWS, OTHERS, OVER_ROWS, ROW, VALUE
from ...lang.functions import EVERYONE as EVERYONE_WORDS
from ...model import scheme as s
from ...model.levels import EVERYONE, PERSON, Level
from .dependencies import formulas_of
from .symbols import Sort, World

OF_EACH_ROW = ("rank", "running")  # they say something of each row, not of all together


def fixed_level(quantity: s.Quantity) -> Level | None:
    """The level at which a quantity stands by its place in the document; None where its formula decides."""
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
        for node in walk(formula.expression)
    ) or any(one.over in words for one in scheme.selections)


def walk(node: n.Expression) -> Iterator[n.Expression]:
    """A node and all below it."""
    pending = [node]
    while pending:
        top = pending.pop()
        yield top
        pending.extend(n.children(top))


@frozen
class Inside:
    """Whose local names a formula may use."""

    family: s.Family | None = None
    member: str | None = None

    def full(self, name: str) -> str | None:
        """The name outside of the block; None for a member's constant."""
        if self.family is None or self.member is None:
            return name
        found = self.family.resolve(self.member, name)
        return name if found is None else found if isinstance(found, str) else None


def level_of_quantity(quantity: s.Quantity, world: World) -> Level | None:
    """Where a quantity stands; None where no level can read all that it reads."""
    fixed = fixed_level(quantity)
    if fixed is not None:
        return fixed
    if isinstance(quantity.body, s.Pool):
        return sharers_of(quantity.body, world)
    family = world.families.get(quantity.family) if quantity.family else None
    inside = Inside(family, quantity.member)
    found: set[Level] = set()
    if isinstance(quantity.body, s.TableOf):
        level = world.level_of(quantity.body.argument)
        found |= {level} if level is not None else set()
    for formula in formulas_of(quantity):
        if formula.expression is not None:
            found |= levels_read(formula.expression, world, inside)
    return level_for(found, world)


def level_for(read: Iterable[Level], world: World) -> Level | None:
    """The level of a formula that reads values of these levels."""
    found = set(read)
    if not found:
        return EVERYONE if world.has_others else PERSON
    return world.levels.meet(found)


def sharers_of(pool: s.Pool, world: World) -> Level | None:
    """Who shares a pool: people, the rows of a detail table, or groups."""
    if not pool.to:
        return PERSON
    known = world.names.get(pool.to)
    if known is not None and known.sort in (Sort.DETAILS, Sort.GROUP):
        return known.level
    return (pool.to,) if (pool.to,) in world.levels else None


def levels_read(expression: n.Expression, world: World, inside: Inside) -> set[Level]:
    """The levels of all that a formula reads where it stands; an aggregate counts where its value stands."""
    found: set[Level] = set()
    pending: list[tuple[n.Expression, Inside]] = [(expression, inside)]
    while pending:
        node, here = pending.pop()
        if isinstance(node, n.Name):
            name = here.full(node.name)
            level = None if name is None else _level_of_name(name, world)
            found |= set() if level is None else {level}
        elif not isinstance(node, n.Call):
            pending.extend((child, here) for child in n.children(node))
        elif node.function in VALUE or is_award(node, world):
            found.add(PERSON)
        elif is_aggregate(node, world):
            members = _members(node, world)
            if members is not None:
                parts = [*node.arguments, *(v for key, v in node.options if key in OF_ROWS)]
                pending.extend((part, member) for member in members for part in parts)
            else:
                landing = _landing(node, world, here)
                found |= set() if landing is None else {landing}
        else:
            pending.extend((child, here) for child in node.arguments)
    return found


def is_award(node: n.Call, world: World) -> bool:
    """Whether a call is the money of an honour: an author's own function or table of that name comes first."""
    return node.function in AWARD and node.function not in world.names


def is_aggregate(node: n.Call, world: World) -> bool:
    """Whether a call is of an aggregate: a function of the author's or a table may bear its name."""
    known = world.names.get(node.function)
    if known is not None and known.sort in (Sort.TABLE, Sort.FUNCTION):
        return False
    name = node.function
    return name in OVER_ROWS and (name not in ROW or bool(node.options) or len(node.arguments) == 1)


def _level_of_name(name: str, world: World) -> Level | None:
    known = world.names.get(name)
    if known is not None and known.sort in (Sort.INPUT, Sort.QUANTITY):
        return world.level_of(name)
    return None


def over_of(node: n.Call) -> str | None:
    """The name under `over=`, if there is one."""
    over = dict(node.options).get("over")
    return over.name if isinstance(over, n.Name) else None


def _members(node: n.Call, world: World) -> list[Inside] | None:
    """The members of a family, or the parts of a group of indicators, that an aggregate is spelled out for."""
    over = over_of(node) or ""
    if over in world.families:
        family = world.families[over]
        return [Inside(family, member) for member in family.members]
    return [Inside()] if over in world.parts_of else None


def _landing(node: n.Call, world: World, here: Inside) -> Level | None:
    """Where the value of an aggregate over rows stands in a formula whose own level is still open."""
    source = source_of(node, world, here)
    options = dict(node.options)
    within = options.get("within")
    if source is None:
        return None
    if node.function in OF_EACH_ROW:
        return source
    if over_of(node) in OTHERS:
        return PERSON
    if isinstance(within, n.Name):
        return within_level(within.name, world)
    if world.levels[source].sort != "details":
        return EVERYONE
    return PERSON if PERSON in world.levels.above(source) else world.levels[source].owners[0]


def group_level(name: str, world: World) -> Level | None:
    """The level of a group, or of everyone, by the word that stands under `within`, `each` or `over`."""
    if name in EVERYONE_WORDS:
        return EVERYONE
    known = world.names.get(name)
    if known is not None and known.sort is Sort.GROUP:
        return known.level
    level = (name,)
    return level if level in world.levels and world.levels[level].sort == "group" else None


def within_level(name: str, world: World) -> Level | None:
    """The level of a word under `within`: a group, everyone, or by the key of people each person's own rows."""
    own = world.inputs.get(name)
    if own is not None and own.level == PERSON and own.definition.type == "key" and (name,) not in world.levels:
        return PERSON
    return group_level(name, world)


def source_of(node: n.Call, world: World, here: Inside, below: Level | None = None) -> Level | None:
    """The level of the rows that an aggregate runs over: named, or that of the names in its formula.

    None where nothing says it. Names at `below` and above it can be read without an aggregate.
    """
    over = over_of(node)
    if over is not None:
        return named_source(over, world)
    within = dict(node.options).get("within")
    group = within_level(within.name, world) if isinstance(within, n.Name) else below
    found: set[Level] = set()
    for part in (*node.arguments, *(v for key, v in node.options if key in OF_ROWS)):
        found |= levels_read(part, world, here)
    if node.function in OF_EACH_ROW:
        rows = world.levels.meet(found) if found else PERSON
        sort = "" if rows is None else world.levels[rows].sort
        # The place of a group's value may be meant among groups or among people: nothing says it.
        return None if sort == "group" else rows if sort == "details" else PERSON
    finer = found - set(() if group is None else world.levels.above(group))
    source = world.levels.meet(finer) if finer else None
    # People are meant only where a group is said: `sum(jobs)` of a person is more likely a slip.
    slip = source == PERSON and within is None and below in (None, EVERYONE, PERSON)
    return None if slip else source


def named_source(over: str, world: World) -> Level | None:
    """The rows that a word under `over` means."""
    if over in EVERYONE_WORDS or over in OTHERS:
        return PERSON
    if over in world.selections:
        over = world.selections[over].over
        return None if over in world.selections else named_source(over, world)
    known = world.names.get(over)
    if known is not None and known.sort in (Sort.DETAILS, Sort.GROUP):
        return known.level
    return group_level(over, world)
