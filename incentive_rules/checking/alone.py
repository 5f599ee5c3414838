"""One person alone: what takes other people to compute becomes something that is given.

    alone(checked)          the scheme for one person, in which every such value is an input
    needed_from_others(..)  the names that must be given

A value is given under its own name. The scheme that comes out has people and their details only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from ..base.numbers import Rounding, rounded, show_number
from ..lang.types import Kind
from ..model import scheme as s
from ..model import terms as t
from ..model.checked import Checked, CheckedInput, CheckedQuantity
from ..model.levels import EVERYONE, PERSON, Level
from .others import is_own, step_of_others
from .recorded import TYPE_OF

GIVEN_DECIMALS = 15  # of an exact value that is given


def alone(checked: Checked, wanted: Iterable[str] | None = None) -> Checked:
    """The scheme of one person; with `wanted` only what these quantities rest on, else all of it.

    A quantity that other people decide reads the input `given(<name>)`; facts of groups are inputs as they are.
    """
    parting = _Parting(checked, None if wanted is None else frozenset(wanted))
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
    premises = tuple(p for p in checked.premises if parting.is_sound(p.term, p.level))
    return Checked(
        scheme=scheme, period=checked.period, inputs=inputs, quantities=quantities, premises=premises,
        applies_to=checked.applies_to, constants=checked.constants, grids=checked.grids,
        assumptions=checked.assumptions, currency_decimals=checked.currency_decimals,
    )  # fmt: skip


def needed_from_others(checked: Checked, wanted: Iterable[str] | None = None) -> tuple[str, ...]:
    """The names that `alone` makes inputs: quantities by their own name, facts of groups."""
    parting = _Parting(checked, None if wanted is None else frozenset(wanted))
    names = [q.name for q in checked.quantities if q.name in parting.kept and q.name in parting.decided]
    return (*names, *parting.group_inputs())




def decided_by_others(checked: Checked) -> frozenset[str]:
    """The quantities whose value other people's rows decide, directly."""
    return frozenset(_Parting(checked, frozenset()).decided)


class _Parting:
    """Which quantities stay, and which of them others decide."""

    def __init__(self, checked: Checked, wanted: frozenset[str] | None) -> None:
        self.checked = checked
        self.levels = checked.levels
        self.by_name: Mapping[str, CheckedQuantity] = {q.name: q for q in checked.quantities}
        self.constant = self._constants()
        self.decided = {q.name for q in checked.quantities if self._is_decided(q)}
        self.given: dict[str, CheckedInput] = {}
        self.kept = self._kept(wanted)
        for name in self.kept & self.decided:
            one = self._given(self.by_name[name])
            self.given[one.name] = one
        self.of_person = [n for n, i in {**self.group_inputs(), **self.given}.items() if i.level == PERSON]

    def _constants(self) -> set[str]:
        """Quantities of everyone that rest on constants alone: they need nobody."""
        found: set[str] = set()
        for quantity in self.checked.quantities:
            names = {x.name for term in _terms(quantity) for x in t.walk(term) if isinstance(x, t.Read)}
            steps = any(step_of_others(term, self.levels) for term in _terms(quantity))
            if names <= found and not steps:
                found.add(quantity.name)
        return found

    def _is_decided(self, quantity: CheckedQuantity) -> bool:
        """Whether others decide it: it looks at their rows, or stands above people."""
        if quantity.name in self.constant:
            return False
        if not is_own(quantity.level, self.levels):
            return True
        if any(step_of_others(term, self.levels) for term in _terms(quantity)):
            return True
        mine = self.levels.above(PERSON)
        return any(self._is_strange(x.name, mine) for term in _terms(quantity) for x in t.walk(term)
                   if isinstance(x, t.Read))  # fmt: skip

    def _is_strange(self, name: str, mine: tuple[Level, ...]) -> bool:
        """Whether a name belongs to a group that the person is not in, but a row of theirs is."""
        level = self._level(name)
        return not is_own(level, self.levels) and level not in mine and name not in self.constant

    def _level(self, name: str) -> Level:
        if name in self.by_name:
            return self.by_name[name].level
        found = self.checked.inputs.get(name)
        return EVERYONE if found is None else found.level

    def _kept(self, wanted: frozenset[str] | None) -> set[str]:
        """What is computed or given: the person's own, all or `wanted`, and what these read."""
        roots = [q.name for q in self.checked.quantities if is_own(q.level, self.levels) and
                 (wanted is None or q.name in wanted)]  # fmt: skip
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
        """Facts of the person's groups that something kept reads: the person brings them."""
        read = {
            x.name
            for name in self.kept - self.decided
            for term in _terms(self.by_name[name])
            for x in t.walk(term)
            if isinstance(x, t.Read)
        }
        found = {}
        for name in sorted(read):
            one = self.checked.inputs.get(name)
            if one is not None and not is_own(one.level, self.levels):
                found[name] = evolve(one, level=PERSON)
        return found

    def quantity(self, quantity: CheckedQuantity) -> CheckedQuantity:
        """A quantity as one person has it."""
        level = quantity.level if is_own(quantity.level, self.levels) else PERSON
        table = level[0] if level else None
        if quantity.name not in self.decided:
            definition = evolve(quantity.definition, table=quantity.definition.table and table)
            return self._checked_by_row(evolve(quantity, level=level, definition=definition))
        given = self.given[f"given({quantity.name})"]
        place = quantity.definition.place
        body = s.Given(given.name, place)
        definition = evolve(quantity.definition, body=body, when=None, adjust=(), table=table, every=None)
        term = t.Read(facts=given.facts, place=place, name=given.name)
        return evolve(quantity, definition=definition, level=level, term=term, condition=None, proved=True, due=True)

    def _checked_by_row(self, quantity: CheckedQuantity) -> CheckedQuantity:
        """Bounds that were proved of people together are checked of a value that stands on what was given."""
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
        """The input that brings a value."""
        facts, level = quantity.facts, quantity.level if is_own(quantity.level, self.levels) else PERSON
        number = facts.type.kind is Kind.NUMBER
        decimals = (GIVEN_DECIMALS if quantity.decimals is None else quantity.decimals) if number else 0
        kind = TYPE_OF.get(facts.type.kind) or ("money" if facts.type.money else "number")
        definition = s.Input(
            f"given({quantity.name})", kind, quantity.definition.place, decimals=decimals,
            can_be_missing=facts.may_miss, title=quantity.definition.title,
        )  # fmt: skip
        return CheckedInput(definition, facts, decimals, level)

    def is_sound(self, term: t.Term, level: Level) -> bool:
        """Whether a premise is about the person alone."""
        reads = {x.name for x in t.walk(term) if isinstance(x, t.Read)}
        known = all(name in self.kept or is_own(self._level(name), self.levels) for name in reads)
        return is_own(level, self.levels) and known and step_of_others(term, self.levels) is None


def _terms(quantity: CheckedQuantity) -> tuple[t.Term, ...]:
    """What a value rests on; one that is not due in this period rests on nothing."""
    if not quantity.due:
        return ()
    return (quantity.term, *(() if quantity.condition is None else (quantity.condition,)))


def _details(table: s.Details, parting: _Parting) -> s.Details:
    """A detail table with its owners that are the person's, and what must be given of its rows."""
    given = tuple(one.definition for one in parting.given.values() if one.level == (table.name,))
    belongs = tuple(word for word in table.belongs_to if _is_ours(word, parting))
    return evolve(table, inputs=(*table.inputs, *given), belongs_to=belongs)


def _is_ours(word: str, parting: _Parting) -> bool:
    """Whether an owner is the person or another of the person's tables: groups are no owners of one alone."""
    level = (word,)
    return level not in parting.levels or parting.levels[level].sort == "details"


