"""Makes the scheme of one person alone: values that take other people to compute become inputs.

    scheme_of_one(checked)  the scheme for one person, in which every such value is an input
    needed_from_others(..)  the names that must be given

A value is given under its own name. The scheme of one has people and their details only; facts of groups are inputs of
the person or of the row that belongs to the group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from ..base.numbers import Rounding, rounded, show_number
from ..lang.made_names import MadeName
from ..lang.types import BOOLEAN, Facts, Kind
from ..model import scheme as s
from ..model import terms as t
from ..model.checked import Checked, CheckedInput, CheckedQuantity, Premise
from ..model.levels import EVERYONE, PERSON, Level, Levels
from .quantities.recorded import TYPE_OF

GIVEN_DECIMALS = 15  # of an exact value that is given


def scheme_of_one(checked: Checked, wanted: Iterable[str] | None = None, given: Iterable[str] = ()) -> Checked:
    """The scheme of one person; with `wanted` only what these quantities depend on, else all of it.

    A quantity that other people decide, or that is `given` besides, reads the input `given(<name>)`; facts of groups
    are inputs as they are.
    """
    parting = _Parting(checked, None if wanted is None else frozenset(wanted), given)
    quantities = tuple(parting.quantity(q) for q in checked.quantities if q.name in parting.kept)
    inputs = {**parting.own_inputs(), **parting.group_inputs(), **parting.given}
    kept = {q.name: q.definition for q in quantities}
    # What is not asked for is left out of the pay lines as well: nothing may read half a sum.
    definitions = tuple(kept[q.name] for q in checked.scheme.quantities if q.name in kept)
    scheme = evolve(
        checked.scheme, quantities=definitions, groups=(), selections=checked.scheme.selections,
        inputs=(*checked.scheme.inputs, *(inputs[n].definition for n in parting.of_person if n in inputs)),
        details=tuple(_details(table, parting) for table in checked.scheme.details if parting.has(table)),
    )  # fmt: skip
    premises = tuple(found for premise in checked.premises for found in parting.premise(premise))
    return Checked(
        scheme=scheme, period=checked.period, inputs=inputs, quantities=quantities, premises=premises,
        applies_to=checked.applies_to, constants=checked.constants, grids=checked.grids,
        assumptions=checked.assumptions, currency_decimals=checked.currency_decimals,
    )  # fmt: skip


def needed_from_others(
    checked: Checked, wanted: Iterable[str] | None = None, given: Iterable[str] = ()
) -> tuple[str, ...]:  # fmt: skip
    """The names that `scheme_of_one` makes inputs: quantities by their own name, facts of groups."""
    parting = _Parting(checked, None if wanted is None else frozenset(wanted), given)
    names = [q.name for q in checked.quantities if q.name in parting.kept and q.name in parting.decided]
    return (*names, *parting.group_inputs())


def decided_by_others(checked: Checked) -> frozenset[str]:
    """The quantities whose value the rows of other people decide directly."""
    return frozenset(_Parting(checked, frozenset()).decided)


class _Parting:
    """Decides which quantities stay, and which of them others decide.

    Values and facts of a group, and what follows from these alone, become values of whoever belongs to it: the person,
    or a detail row. If rows of several tables belong to one group, nobody could say whose value it is.
    """

    def __init__(self, checked: Checked, wanted: frozenset[str] | None, given: Iterable[str] = ()) -> None:
        self.checked = checked
        self.levels = checked.levels
        self.by_name: Mapping[str, CheckedQuantity] = {q.name: q for q in checked.quantities}
        self.constant = self._constants()
        self.homes = {level: self._home(level) for level in checked.levels}
        self.decided: set[str] = set(given)
        for quantity in checked.quantities:  # each reads only earlier ones
            if self._is_decided(quantity):
                self.decided.add(quantity.name)
        # Who asks for everything is asked whether the rows can stand at all; else that may remain open.
        asked = [p for p in checked.premises if self._is_about_one(p)] if wanted is None else []
        self.demanded = {name for premise in asked for name, _ in _reads(premise.term, premise.level)}
        self.given: dict[str, CheckedInput] = {}
        self.kept = self._kept(wanted)
        for name in self.kept & self.decided:
            one = self._given(self.by_name[name])
            self.given[one.name] = one
        self.of_person = [n for n, i in {**self.group_inputs(), **self.given}.items() if i.level == PERSON]

    def _constants(self) -> set[str]:
        """The quantities of everyone that depend on constants alone: they need nobody."""
        found: set[str] = set()
        for quantity in self.checked.quantities:
            names = {x.name for term in _terms(quantity) for x in t.walk(term) if isinstance(x, t.Read)}
            steps = any(step_of_others(term, self.levels) for term in _terms(quantity))
            if names <= found and not steps:
                found.add(quantity.name)
        return found

    def _home(self, level: Level) -> Level | None:
        """The level of one person at which values of a level are given: that of the rows of one table below it."""
        if is_own(level, self.levels):
            return level
        if level in self.levels.above(PERSON):
            return PERSON
        below = [one for one in self.levels if is_own(one, self.levels) and level in self.levels.above(one)]
        ways = (reversed(self.levels.way(fine, level)) for fine in below)
        homes = {next(one for one in way if is_own(one, self.levels)) for way in ways}
        return homes.pop() if len(homes) == 1 else None

    def _is_decided(self, quantity: CheckedQuantity) -> bool:
        """Whether others decide a quantity: it reads their rows, or a group to which no row of the person belongs."""
        if quantity.name in self.constant:
            return False
        home = self.homes[quantity.level]
        if home is None or any(step_of_others(term, self.levels) for term in _terms(quantity)):
            return True
        return not all(self._is_seen(term, quantity.level) for term in _terms(quantity))

    def _is_seen(self, term: t.Term, level: Level) -> bool:
        """Whether every name in a term can be read, for one person, where the term reads it."""
        return all(name in self.constant or self._stands(name, reader) for name, reader in _reads(term, level))

    def _stands(self, name: str, level: Level) -> bool:
        home, reader = self.homes[self._level(name)], self.homes[level]
        if home is None or reader is None or MadeName.GROUP.is_of(name):  # the word itself is no value of a row
            return False
        return self.levels.is_above(home, reader)

    def _level(self, name: str) -> Level:
        if name in self.by_name:
            return self.by_name[name].level
        found = self.checked.inputs.get(name)
        return EVERYONE if found is None else found.level

    def _kept(self, wanted: frozenset[str] | None) -> set[str]:
        """The names that are computed or given: the person's own, all or `wanted`, and what these read."""
        roots = [q.name for q in self.checked.quantities if is_own(q.level, self.levels) and
                 (wanted is None or q.name in wanted)]  # fmt: skip
        roots += self.demanded
        if wanted is not None:
            terms = [p.term for p in self.checked.premises]
            terms += [] if self.checked.applies_to is None else [self.checked.applies_to]
            roots += [x.name for term in terms for x in t.walk(term) if isinstance(x, t.Read)]
        found: set[str] = set()
        pending = [name for name in roots if name in self.by_name]
        while pending:
            name = pending.pop()
            if name in found:
                continue
            found.add(name)
            if name not in self.decided:
                pending += [x.name for term in _terms(self.by_name[name]) for x in t.walk(term)
                            if isinstance(x, t.Read) and x.name in self.by_name]  # fmt: skip
        return found

    def has(self, table: s.Details) -> bool:
        return is_own((table.name,), self.levels)

    def own_inputs(self) -> dict[str, CheckedInput]:
        return {name: one for name, one in self.checked.inputs.items() if is_own(one.level, self.levels)}

    def group_inputs(self) -> dict[str, CheckedInput]:
        """The facts of groups that a kept name reads, as inputs of the person or of a row of the group."""
        read = {
            x.name
            for name in self.kept - self.decided
            for term in _terms(self.by_name[name])
            for x in t.walk(term)
            if isinstance(x, t.Read)
        } | self.demanded
        found = {}
        for name in sorted(read):
            one = self.checked.inputs.get(name)
            if one is not None and not is_own(one.level, self.levels):
                found[name] = evolve(one, level=self.homes[one.level] or PERSON)
        return found

    def quantity(self, quantity: CheckedQuantity) -> CheckedQuantity:
        """A quantity in the scheme of one person."""
        level = self.homes[quantity.level] or PERSON
        table = level[0] if level else None
        if quantity.name not in self.decided:
            definition = evolve(quantity.definition, table=quantity.definition.table and table)
            return self._checked_by_row(evolve(quantity, level=level, definition=definition))
        given = self.given[MadeName.GIVEN.of(quantity.name)]
        place = quantity.definition.place
        body = s.Given(given.name, place)
        definition = evolve(quantity.definition, body=body, when=None, adjust=(), table=table, every=None)
        term = t.Read(facts=given.facts, place=place, name=given.name)
        return evolve(quantity, definition=definition, level=level, term=term, condition=None, proved=True, due=True)

    def premise(self, premise: Premise) -> tuple[Premise, ...]:
        """A premise, if it is about the person alone or about what is given with the person anyhow."""
        there = self.kept | self.constant | self.group_inputs().keys()
        names = {name for name, _ in _reads(premise.term, premise.level)}
        known = all(name in there or is_own(self._level(name), self.levels) for name in names)
        home = self.homes[premise.level]
        if home is None or not known or not self._is_about_one(premise):
            return ()
        if home == premise.level:
            return (premise,)
        return (evolve(premise, level=home, term=self._in_scope_only(premise.term), of_group=True),)

    def _in_scope_only(self, term: t.Term) -> t.Term:
        """A premise about a group, if quantities decide the scope: people out of scope need not satisfy it."""
        scope = self.checked.applies_to
        if scope is None or not self.checked.premises_first:
            return term
        facts = Facts(BOOLEAN)
        outside = t.IsNot(facts=facts, place=term.place, operand=scope)
        return t.Some(facts=facts, place=term.place, operands=(outside, term))

    def _is_about_one(self, premise: Premise) -> bool:
        """Whether a premise can be checked for one person, with what is given."""
        return step_of_others(premise.term, self.levels) is None and self._is_seen(premise.term, premise.level)

    def _checked_by_row(self, quantity: CheckedQuantity) -> CheckedQuantity:
        """A quantity whose bounds were proved for people together: for one, each row is checked for them."""
        reads = {x.name for term in _terms(quantity) for x in t.walk(term) if isinstance(x, t.Read)}
        bounds = quantity.facts.bounds
        stands = any(name in self.decided or not is_own(self._level(name), self.levels) for name in reads)
        if not stands or not quantity.proved or quantity.facts.type.kind is not Kind.NUMBER:
            return quantity
        if bounds.low is None or bounds.high is None:
            return quantity
        modes = ((bounds.low, Rounding.CEILING), (bounds.high, Rounding.FLOOR))
        ends = (rounded(end, GIVEN_DECIMALS, mode) for end, mode in modes)
        place = quantity.definition.place
        low, high = (s.Literal(show_number(end), place) for end in ends)
        return evolve(quantity, definition=evolve(quantity.definition, low=low, high=high), proved=False)

    def _given(self, quantity: CheckedQuantity) -> CheckedInput:
        """The input for a value that is given."""
        facts, level = quantity.facts, self.homes[quantity.level] or PERSON
        number = facts.type.kind is Kind.NUMBER
        decimals = (GIVEN_DECIMALS if quantity.decimals is None else quantity.decimals) if number else 0
        kind = TYPE_OF.get(facts.type.kind) or ("money" if facts.type.money else "number")
        definition = s.Input(
            MadeName.GIVEN.of(quantity.name), kind, quantity.definition.place, decimals=decimals,
            can_be_missing=facts.may_miss, title=quantity.definition.title,
        )  # fmt: skip
        return CheckedInput(definition, facts, decimals, level)


def _terms(quantity: CheckedQuantity) -> tuple[t.Term, ...]:
    """The terms that a value depends on; none if it is not due in this period."""
    if not quantity.due:
        return ()
    return (quantity.term, *(() if quantity.condition is None else (quantity.condition,)))


def _reads(term: t.Term, level: Level) -> Iterator[tuple[str, Level]]:
    """The names that a term at a level reads, each with the level of the rows that read it.

    A part that is used in many places is looked at once for each level.
    """
    pending, seen = [(term, level)], {(id(term), level)}
    while pending:
        top, here = pending.pop()
        if isinstance(top, t.Read):
            yield top.name, here
        for part, inside in t.operand_levels(top, here):
            if (id(part), inside) not in seen:
                seen.add((id(part), inside))
                pending.append((part, inside))


def _details(table: s.Details, parting: _Parting) -> s.Details:
    """A detail table with those of its owners that the person has, and the inputs given with each of its rows."""
    brought = {**parting.group_inputs(), **parting.given}
    given = tuple(one.definition for one in brought.values() if one.level == (table.name,))
    belongs = tuple(word for word in table.belongs_to if _is_ours(word, parting))
    return evolve(table, inputs=(*table.inputs, *given), belongs_to=belongs)


def _is_ours(word: str, parting: _Parting) -> bool:
    """Whether an owner is the person or another table of the person; in the scheme of one, groups own nothing."""
    level = (word,)
    return level not in parting.levels or parting.levels[level].sort == "details"


def is_own(level: Level, levels: Levels) -> bool:
    """Whether the rows of a level belong to one person: the person, or details below."""
    return level in levels and PERSON in levels.above(level)


def step_of_others(term: t.Term, levels: Levels) -> t.Term | None:
    """The first term within a term that reads other people's rows; None if there is none."""
    for part in t.walk(term):
        if isinstance(part, t.Aggregate) and (part.others or not is_own(part.level, levels)):
            return part
        if isinstance(part, t.Ranked | t.Running | t.Shared) and not is_own(part.group, levels):
            return part
    return None


def needs_others(
    term: t.Term, quantities: Mapping[str, CheckedQuantity], inputs: Mapping[str, CheckedInput],
    levels: Levels,
) -> str | None:  # fmt: skip
    """The name, or the text, of what in a term takes other people to compute; None if nothing does."""
    pending = [term]
    seen: set[str] = set()
    while pending:
        top = pending.pop()
        step = step_of_others(top, levels)
        if step is not None:
            return step.place.text if step.place is not None else "?"
        for part in t.walk(top):
            if not isinstance(part, t.Read) or part.name in seen:
                continue
            seen.add(part.name)
            if part.name in inputs and not is_own(inputs[part.name].level, levels):
                if not MadeName.GROUP.is_of(part.name):
                    return part.name
            elif part.name in quantities:
                found = quantities[part.name]
                pending.extend((found.term, *(() if found.condition is None else (found.condition,))))
    return None
