"""Random checked schemes and rows: well typed, as the checker would pass them, and as odd as it allows."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TypeVar

from incentive_rules.base.numbers import Rounding
from incentive_rules.lang.types import PLAIN, Facts, Kind, Type
from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked, CheckedInput, CheckedQuantity
from incentive_rules.model.scheme import Role
from tests.compiling.made import category, checked, flag, given, named, number

WORDS = ("a", "b", "c")
T = TypeVar("T")

INPUTS = (
    given("count", number(0, 9)),
    given("signed", number(-5, 5, may_miss=True), 1),
    given("money", number("0", "1000"), 2),
    given("below", number(-7, -1), 0),
    given("rating", number(1, 5, may_miss=True), 1),
    given("post", category(*WORDS)),
    given("region", category(*WORDS, may_miss=True)),
    given("senior", flag()),
    given("odd", flag(may_miss=True)),
)
ROW_INPUTS = (
    given("hours", number(0, 12, may_miss=True), 1, ("orders",)),
    given("points", number(-3, 9), 0, ("orders",)),
    given("kind", category(*WORDS), 0, ("orders",)),
    given("late", flag(may_miss=True), 0, ("orders",)),
)


def facts(may_miss: bool, kind: Kind = Kind.NUMBER) -> Facts:
    return Facts(Type(kind), may_miss)


def fixed(value: t.Constant, kind: Kind = Kind.NUMBER) -> t.Fixed:
    return t.Fixed(value, facts=facts(value is None, kind))


class Terms:
    """Draws terms over the names of one level."""

    def __init__(self, random: Random, names: dict[str, Facts], rows: Terms | None = None) -> None:
        self.random, self.names, self.rows = random, names, rows

    def pick(self, *options: T) -> T:
        return self.random.choice(options)

    def small(self) -> Fraction:
        return Fraction(self.random.randint(-20, 20), self.pick(1, 1, 2, 3, 10, 100))

    def name_of(self, kind: Kind) -> t.Read | None:
        some = [name for name, f in self.names.items() if f.type.kind is kind]
        if not some:
            return None
        name = self.pick(*some)
        return t.Read(name, facts=self.names[name])

    def known(self, term: t.Term) -> t.Term:
        """The term, and a constant where it is missing."""
        if not term.facts.may_miss:
            return term
        return t.FirstKnown((term, fixed(self.small())), facts=facts(False))

    def number(self, depth: int) -> t.Term:
        if depth == 0:
            read = self.name_of(Kind.NUMBER)
            return read if read is not None and self.pick(True, True, False) else fixed(self.small())
        kinds = [
            "sum",
            "product",
            "quotient",
            "choice",
            "extreme",
            "table",
            "mean",
            "adjusted",
            "rounded",
            "other",
            "leaf",
        ]
        kinds += ["fold", "shared"] + ["aggregate"] * 3 * (self.rows is not None)
        return getattr(self, f"_{self.pick(*kinds)}")(depth - 1)

    def _leaf(self, depth: int) -> t.Term:
        return self.pick(self.number(0), fixed(None))

    def _sum(self, depth: int) -> t.Term:
        a, b = self.number(depth), self.number(depth)
        return t.Sum(a, b, self.pick(True, False), facts=self.of(a, b))

    def _product(self, depth: int) -> t.Term:
        a, b = self.number(depth), self.number(depth)
        return t.Product(a, b, facts=self.of(a, b))

    def of(self, *terms: t.Term) -> Facts:
        return facts(any(x.facts.may_miss for x in terms))

    def _quotient(self, depth: int) -> t.Term:
        """Missing at 0; a divisor that cannot be 0; or a guard by a condition, as the checker proves it."""
        a, b = self.number(depth), self.number(depth)
        way = self.pick("missing", "positive", "negative", "guarded")
        if way == "missing":
            return t.Quotient(a, b, True, facts=facts(True))
        if way == "guarded":
            b = self.known(b)
            zero = fixed(Fraction(0))
            quotient = t.Quotient(a, b, facts=self.of(a))
            nonzero = t.Compared("!=", b, zero, facts=facts(False, Kind.BOOLEAN))
            other = self.number(depth)
            return t.Choice(nonzero, quotient, other, facts=self.of(quotient, other))
        b = t.Sum(t.Absolute(b, facts=b.facts), fixed(Fraction(1, 3)), facts=b.facts)
        b = b if way == "positive" else t.Negated(b, facts=b.facts)
        return t.Quotient(a, b, facts=self.of(a, b))

    def _choice(self, depth: int) -> t.Term:
        """Also `x if known(x) else y`, in whose first branch x is known."""
        if self.pick(True, False):
            name = self.name_of(Kind.NUMBER)
            if name is not None:
                sure = t.Read(name.name, facts=Facts(PLAIN, False, name.facts.bounds))
                other = self.number(depth)
                return t.Choice(
                    t.IsKnown(name, facts=facts(False, Kind.BOOLEAN)),
                    t.Sum(sure, sure, facts=facts(False)), other, facts=self.of(other),
                )  # fmt: skip
        a, b = self.number(depth), self.number(depth)
        return t.Choice(self.condition(depth), a, b, facts=self.of(a, b))

    def _extreme(self, depth: int) -> t.Term:
        xs = tuple(self.number(depth) for _ in range(self.pick(2, 2, 3)))
        return t.Extreme(self.pick(True, False), xs, facts=self.of(*xs))

    def _rounded(self, depth: int) -> t.Term:
        x = self.number(depth)
        return t.Rounded(x, self.pick(0, 1, 2), self.mode().value, facts=x.facts)

    def mode(self) -> Rounding:
        return self.pick(*Rounding)

    def _other(self, depth: int) -> t.Term:
        x = self.number(depth)
        match self.pick("neg", "abs", "power", "coalesce"):
            case "neg":
                return t.Negated(x, facts=x.facts)
            case "abs":
                return t.Absolute(x, facts=x.facts)
            case "power":
                return t.Power(self.number(0) if depth else x, self.pick(0, 1, 2, 3), facts=facts(True))
        y = self.number(depth)
        return t.FirstKnown((x, y), facts=facts(x.facts.may_miss and y.facts.may_miss))

    def _shared(self, depth: int) -> t.Term:
        """One object used twice, as an argument of a function is."""
        x = self.number(depth)
        return t.Product(x, t.Sum(x, fixed(Fraction(1)), facts=x.facts), facts=x.facts)

    def _mean(self, depth: int) -> t.Term:
        count = self.pick(1, 2, 3)
        parts = tuple(self.number(depth if i == 0 else 0) for i in range(count))
        if self.pick(True, True, False):
            weights = tuple(fixed(Fraction(self.pick(0, 5, 15, 20, 30), 100)) for _ in parts)
        else:
            weights = tuple(t.Absolute(w, facts=w.facts) for w in (self.number(0) for _ in parts))
        missing = self.pick("reweigh", "zero", "refuse")
        return t.Mean(weights, parts, missing, self.pick(0, 1, 2, 4), facts=facts(True))

    def _adjusted(self, depth: int) -> t.Term:
        steps = []
        for _ in range(self.pick(1, 2)):
            action = self.pick("set", "at_most", "at_least", "add", "multiply")
            when = None if self.pick(True, False) else self.condition(0)
            amount = fixed(None) if action == "set" and self.pick(True, False) else self.number(0)
            steps.append(t.AdjustmentStep(action, when, amount))
        return t.Adjusted(self.number(depth), tuple(steps), facts=facts(True))

    def count(self) -> int | t.Term:
        """How many values are the best: a number, or a whole number that is sometimes 0."""
        if self.pick(True, False):
            return self.pick(1, 2, 3)
        whole = t.Rounded(self.known(self.number(0)), 0, Rounding.FLOOR.value, facts=facts(False))
        above = t.Extreme(True, (whole, fixed(Fraction(self.pick(0, 1)))), facts=facts(False))
        return t.Extreme(False, (above, fixed(Fraction(self.pick(1, 2, 3)))), facts=facts(False))

    def _fold(self, depth: int) -> t.Term:
        function = self.pick("count", "sum", "mean", "share", "min", "max", "best")
        some = range(self.pick(1, 2, 3))
        if function in ("count", "share"):
            values: list[t.Term | None] = [self.condition(0) for _ in some]
        else:
            values = [self.number(0) for _ in some]
        wheres = tuple(None if self.pick(True, False) else self.condition(0) for _ in some)
        most = self.count() if function == "best" else 0
        return t.Fold(function, tuple(values), wheres, most, facts=facts(True))

    def _aggregate(self, depth: int) -> t.Term:
        assert self.rows is not None
        function = self.pick("count", "sum", "mean", "share", "min", "max")
        value: t.Term | None
        if function in ("count", "share"):
            value = None if function == "count" and self.pick(True, False) else self.rows.condition(depth)
            if self.pick(True, False):
                value = t.Read("late", facts=facts(True, Kind.BOOLEAN))
        else:
            inner = self.rows.number(depth)
            value = t.Rounded(inner, self.pick(0, 2), self.mode().value, facts=inner.facts)
        where = None if self.pick(True, False) else self.rows.condition(0)
        return t.Aggregate(function, ("orders",), (), value, where, facts=facts(True))

    # ── Tables ────────────────────────────────────────────────────────────────────────────────────

    def _table(self, depth: int) -> t.Term:
        kind = self.pick("from", "up_to", "points", "slices", "equals", "equals")
        if kind in ("points", "slices"):
            key = self.number(depth)
            edges = self.edges()
            rows = tuple((edge, self.small()) for edge in edges)
            if kind == "slices":
                least = t.Extreme(True, (key, fixed(edges[0])), facts=key.facts)
                key = least
            grid = t.Grid(kind, rows, complete=True)
            return t.LookUp(grid, (key,), "table", facts=key.facts)
        keys, kinds = [], []
        for _ in range(self.pick(1, 1, 2)):
            key = self.pick(self.number(depth), self.number(0), self.name_of(Kind.CATEGORY), self.name_of(Kind.BOOLEAN))
            key = key or self.number(0)
            keys.append(key)
            kinds.append(key.facts.type.kind)
        return t.LookUp(self.grid(kinds), tuple(keys), "table", facts=facts(True))

    def edges(self) -> list[Fraction]:
        return sorted({self.small() for _ in range(self.pick(1, 2, 3, 5))})

    def grid(self, kinds: list[Kind]) -> t.Grid:
        def cell() -> t.Grid | t.Constant:
            if len(kinds) > 1 and self.pick(True, True, False):
                return self.grid(kinds[1:])
            return self.pick(self.small(), self.small(), None)

        otherwise = cell() if self.pick(True, False) else None
        if kinds[0] is Kind.NUMBER:
            kind = self.pick("from", "up_to", "equals")
            return t.Grid(kind, tuple((edge, cell()) for edge in self.edges()), otherwise)
        words: tuple[str | bool, ...] = WORDS if kinds[0] is Kind.CATEGORY else (True, False)
        some = words[: self.pick(1, len(words))]
        return t.Grid("equals", tuple((w, cell()) for w in some), otherwise, len(some) == len(words))

    # ── Conditions: never missing ─────────────────────────────────────────────────────────────────

    def condition(self, depth: int) -> t.Term:
        sure = facts(False, Kind.BOOLEAN)
        match self.pick("compared", "compared", "known", "word", "flag", "not", "every", "some"):
            case "known":
                return t.IsKnown(self.number(0), facts=sure)
            case "word":
                name = self.name_of(Kind.CATEGORY)
                if name is not None and not name.facts.may_miss:
                    if self.pick(True, False):
                        return t.IsIn(name, WORDS[: self.pick(1, 2)], facts=sure)
                    return t.Compared(self.pick("==", "!="), name, fixed("b", Kind.CATEGORY), facts=sure)
            case "flag":
                name = self.name_of(Kind.BOOLEAN)
                if name is not None and not name.facts.may_miss:
                    return name
            case "not":
                return t.IsNot(self.condition(0), facts=sure)
            case "every" if depth:
                return t.Every((self.condition(0), self.condition(0)), facts=sure)
            case "some" if depth:
                return t.Some((self.condition(0), self.condition(0)), facts=sure)
        operator = self.pick("<", "<=", ">", ">=", "==", "!=")
        a, b = self.known(self.number(depth)), self.known(self.number(0))
        return t.Compared(operator, a, b, facts=sure)


def scheme(random: Random, details: bool = True) -> Checked:
    """A scheme of a few quantities, some by row; some exact, some rounded, some pay lines with a condition."""
    names = {i.name: i.facts for i in INPUTS}
    row_names = {i.name: i.facts for i in (*INPUTS[:4], *ROW_INPUTS)}
    rows = Terms(random, row_names) if details else None
    person = Terms(random, names, rows)
    quantities: list[CheckedQuantity] = []
    for i in range(random.randint(1, 4)):
        by_row = rows is not None and random.random() < 0.3
        terms = rows if by_row and rows is not None else person
        quantity = _quantity(terms, f"q{i}", ("orders",) if by_row else ())
        quantities.append(quantity)
        terms.names[quantity.name] = quantity.facts
        if not by_row and rows is not None:
            rows.names[quantity.name] = quantity.facts
    inputs: tuple[CheckedInput, ...] = (*INPUTS, *ROW_INPUTS) if details else INPUTS
    return checked(inputs, quantities, details=("orders",) if details else (), max_rows=4)


def _quantity(terms: Terms, name: str, level: tuple[str, ...]) -> CheckedQuantity:
    term = terms.number(terms.pick(1, 2, 3, 4))
    decimals = None if not level and terms.pick(True, False) else terms.pick(0, 2, 4)
    if terms.pick(True, False, False):
        term = terms.known(term)
        condition = terms.condition(1)
        role = Role.PAY if not level and terms.pick(True, False) else Role.ENTITLEMENT
        known = Facts(PLAIN, role is not Role.PAY or term.facts.may_miss)
        return named(name, term, decimals, terms.mode(), role=role, level=level, condition=condition, facts=known)
    return named(name, term, decimals, terms.mode(), level=level, facts=Facts(PLAIN, term.facts.may_miss))


def value_of(random: Random, one: CheckedInput) -> Fraction | str | bool | None:
    """A legal value of an input, exact; ends and zero come often."""
    if one.facts.may_miss and random.random() < 0.25:
        return None
    if one.facts.type.kind is Kind.BOOLEAN:
        return random.random() < 0.5
    if one.facts.type.kind is Kind.CATEGORY:
        return random.choice(WORDS)
    low, high = one.facts.bounds.low, one.facts.bounds.high
    assert low is not None
    assert high is not None
    if random.random() < 0.3:
        return random.choice([low, high, Fraction(max(low, min(high, 0)))])
    steps = 10**one.decimals
    return Fraction(random.randint(int(low * steps), int(high * steps)), steps)


def person(random: Random) -> dict[str, Fraction | str | bool | None]:
    return {one.name: value_of(random, one) for one in INPUTS}


def orders(random: Random) -> list[dict[str, Fraction | str | bool | None]]:
    return [{one.name: value_of(random, one) for one in ROW_INPUTS} for _ in range(random.randint(0, 4))]
