"""Prepares a checked scheme for the referee: each formula and table is read once, and nothing of a person is kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..lang.functions import EVERYONE as EVERYBODY
from ..lang.made_names import MadeName
from ..model.checked import Checked, CheckedQuantity
from ..model.levels import EVERYONE, PERSON, Level
from ..model.scheme import (
    Distribution,
    Family,
    Formula,
    Function,
    Honor,
    PayLine,
    Pool,
    Quantity,
    Recorded,
    Role,
    Selection,
    TableBody,
    TableOf,
    WeightedMean,
)
from ..model.terms import Constant
from .numbers import FLAGS, RefereeFault, comparable_word, is_missing_word, number_in
from .parse import Parsed, parsed
from .tables import TableOutput, only_output

_latest: PreparedScheme | None = None
STRIDE = 8  # of a chain of names every so many are worked out first, so that a long one needs no deep stack


class PreparedScheme:
    """A checked scheme, prepared for the referee; `homes` is the level of each name that belongs to rows."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.scheme = scheme = checked.scheme
        self.day = checked.period.first_day if checked.period is not None else scheme.first_day
        self.quantities = {q.name: q for q in checked.quantities}
        self.families: dict[str, Family] = {f.name: f for f in scheme.families}
        self.selections: dict[str, Selection] = {s.name: s for s in scheme.selections}
        self.group_keys = {g.name: g.key for g in scheme.groups}
        self.parts = {
            q.name: tuple(part.name for part in q.definition.body.parts)
            for q in checked.quantities
            if isinstance(q.definition.body, WeightedMean)
        }
        self.people_key = next((i.name for i in scheme.inputs if i.type == "key"), None)
        self.homes: dict[str, Level] = {i.name: PERSON for i in scheme.inputs}
        self.homes |= {i.name: (d.name,) for d in scheme.details for i in d.inputs}
        self.homes |= {i.name: (g.key,) for g in scheme.groups for i in g.inputs}
        self.homes |= {i.name: i.level for i in checked.inputs.values()}
        self.homes |= {q.name: q.level for q in checked.quantities}
        self.pay_lines: tuple[tuple[str, PayLine], ...] = tuple(
            (q.name, q.pay) for q in scheme.quantities if q.role is Role.PAY and q.pay is not None
        )
        self._tables = {t.name: t for t in scheme.tables}
        self._functions: dict[str, Function] = {f.name: f for f in scheme.functions}
        self._columns: dict[tuple[str, str | None], TableOutput] = {}
        self._parsed: dict[int, tuple[Formula, Parsed]] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._depths: dict[str, int] = {}
        self._milestones: dict[str, tuple[CheckedQuantity, ...]] = {}

    def knows(self, name: str) -> bool:
        return name in self.homes or name in self.checked.constants

    def parsed(self, formula: Formula) -> Parsed:
        """The parsed formula; found by identity, since two equal texts may have two places."""
        found = self._parsed.get(id(formula))
        if found is None:
            found = self._parsed[id(formula)] = (formula, parsed(formula))
        return found[1]

    def level_named(self, word: str) -> Level | None:
        """The level of a detail table, of a group by its key or its table, or of everyone, which has no table."""
        level = EVERYONE if word in ("", *EVERYBODY) else (self.group_keys.get(word, word),)
        return level if level in self.checked.levels else None

    def condition(self, selection: Selection) -> Parsed:
        if selection.where is None:
            raise RefereeFault(f"{selection.name} has no condition")
        return self.parsed(selection.where)

    def table(self, name: str, give: str | None) -> TableOutput | None:
        """One output of a table as it is in force."""
        if name not in self._tables:
            return None
        if (name, give) not in self._columns:
            dated = self._tables[name].body
            body = dated.at(self.day) or (dated.values[0][1] if dated.values else None)
            if not isinstance(body, TableBody):
                raise RefereeFault(f"{name} has no rows")
            self._columns[name, give] = TableOutput(name, body, only_output(body) if give is None else give)
        return self._columns[name, give]

    def column_of(self, quantity: CheckedQuantity, body: TableOf) -> TableOutput:
        """The output of a table that is written in place."""
        key = (f"table of {quantity.name}", body.give)
        if key not in self._columns:
            self._columns[key] = TableOutput(quantity.name, body.table, body.give)
        return self._columns[key]

    def function(self, name: str) -> tuple[tuple[str, ...], Parsed] | None:
        found = self._functions.get(name)
        if found is None:
            return None
        if not isinstance(found.formula, Formula):
            raise RefereeFault(f"{name} has no formula")
        return found.takes, self.parsed(found.formula)

    def constant(self, family: str, member: str, name: str) -> Constant:
        """A member's constant: a number if it looks like one, a flag, else a word."""
        literal = self.families[family].constants[member][name]
        if is_missing_word(literal):
            return None
        if literal.quoted:
            return comparable_word(literal.text)
        number = number_in(literal.text)
        return number if number is not None else FLAGS.get(literal.text, comparable_word(literal.text))

    # ── Chains of names ──────────────────────────────────────────────────────────────────────────

    def milestones(self, name: str) -> tuple[CheckedQuantity, ...]:
        """The quantities to compute before a long chain of names is followed, the lowest first."""
        if not self._depths:
            for quantity in self.checked.quantities:  # each reads only earlier ones
                below = [self._depths.get(other, 0) for other in self.names_in(quantity)]
                self._depths[quantity.name] = 1 + max(below, default=0)
        if self._depths[name] <= STRIDE:
            return ()
        if name not in self._milestones:
            level, found, waiting = self.homes[name], {name}, [name]
            while waiting:
                for other in self.names_in(self.quantities[waiting.pop()]):
                    if other not in found and self.checked.levels.is_above(self.homes[other], level):
                        found.add(other)
                        waiting.append(other)
            self._milestones[name] = tuple(
                q for q in self.checked.quantities
                if q.name in found and q.name != name and self._depths[q.name] % STRIDE == 0
            )  # fmt: skip
        return self._milestones[name]

    def names_in(self, quantity: CheckedQuantity) -> frozenset[str]:
        """The quantities that the formulas of a quantity name, whether or not an evaluation reads them."""
        if quantity.name not in self._names:
            definition = quantity.definition
            family = self.families.get(definition.family or "")
            member = definition.member or ""
            found: set[str] = set()
            for written in _names_of(definition, self):
                local = family is not None and written in family.locals
                found.add(f"{member}_{written}" if local else written)
            found |= {MadeName.VALUE.of(name) for name in (*found, quantity.name)}
            self._names[quantity.name] = frozenset(found & self.quantities.keys()) - {quantity.name}
        return self._names[quantity.name]


def prepared(checked: Checked) -> PreparedScheme:
    """The scheme made ready. The last one stays so: many people, and many small companies, are judged in a row."""
    global _latest
    ready = _latest
    if ready is None or ready.checked is not checked:
        ready = _latest = PreparedScheme(checked)
    return ready


def _names_of(definition: Quantity, ready: PreparedScheme) -> Iterator[str]:
    body = definition.body
    formulas: list[object] = [body, definition.when]
    formulas += [formula for step in definition.adjust for formula in (step.when, step.amount)]
    match body:
        case TableOf(argument=argument) | Distribution(argument=argument):
            yield argument
        case WeightedMean(parts=parts):
            yield from (part.name for part in parts)
            formulas += [part.weight for part in parts]
        case Recorded(source=source):
            yield source
        case Pool():
            formulas += [body.amount, body.in_proportion_to, body.when, body.among, body.at_most]
        case Honor():
            formulas += [body.among, *body.best_by, body.places.number, body.places.at_least, body.places.at_most]
    if definition.role is Role.RESULT:
        yield from (name for name, _ in ready.pay_lines)
    for formula in formulas:
        if isinstance(formula, Formula):
            tree = ready.parsed(formula).tree
            yield from (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
