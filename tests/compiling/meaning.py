"""What terms mean, on Fractions: the slow and evident reading that plans are compared with.

A value is a Fraction, a text, a flag, or None for missing.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction

from incentive_rules.base.numbers import Rounding, rounded
from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked, CheckedQuantity
from incentive_rules.model.scheme import Role

Value = Fraction | str | bool | None
Row = dict[str, Value]


class Person:
    """One person's values: inputs, then every quantity as it is read."""

    def __init__(self, checked: Checked, row: Mapping[str, Value], details: Mapping[str, Sequence[Row]] | None = None):
        self.values: Row = dict(row)
        self.rows: dict[str, list[Row]] = {name: [dict(r) for r in rows] for name, rows in (details or {}).items()}
        for quantity in checked.quantities:
            if not quantity.level:
                self.values[quantity.name] = self.of(quantity, {})
                continue
            for one in self.rows[quantity.level[0]]:
                one[quantity.name] = self.of(quantity, one)

    def of(self, quantity: CheckedQuantity, row: Row) -> Value:
        if quantity.condition is not None and not self.value(quantity.condition, row):
            return Fraction(0) if quantity.definition.role is Role.PAY else None
        value = self.value(quantity.term, row)
        if isinstance(value, Fraction) and quantity.decimals is not None:
            return rounded(value, quantity.decimals, quantity.rounding)
        return value

    def value(self, term: t.Term, row: Row) -> Value:
        """The value of a term; `row` is the detail row in which it stands, if it does."""

        def of(x: t.Term) -> Value:
            return self.value(x, row)

        match term:
            case t.Fixed(value=value):
                return value
            case t.Read(name=name):
                return row[name] if name in row else self.values[name]
            case t.Compared(operator=operator, left=a, right=b):
                return compared(operator, of(a), of(b))
            case t.IsIn(operand=x, members=members):
                return of(x) in members
            case t.IsNot(operand=x):
                return not of(x)
            case t.Every(operands=xs, chain=True):
                flags = [of(x) for x in xs]
                return None if None in flags else all(flags)
            case t.Every(operands=xs):
                return all(of(x) for x in xs)
            case t.Some(operands=xs):
                return any(of(x) for x in xs)
            case t.Choice(condition=c, then=a, otherwise=b):
                return of(a) if of(c) else of(b)
            case t.IsKnown(operand=x):
                return of(x) is not None
            case t.FirstKnown(operands=xs):
                return next((v for x in xs if (v := of(x)) is not None), None)
            case t.LookUp(grid=grid, keys=keys):
                found = [of(key) for key in keys]
                return None if None in found else looked_up(grid, found)
            case t.Mean():
                return mean(term, [of(w) for w in term.weights], [of(p) for p in term.parts])
            case t.Adjusted(operand=x, steps=steps):
                value = of(x)
                for step in steps:
                    if step.when is None or of(step.when):
                        value = stepped(step.action, value, of(step.amount))
                return value
            case t.Aggregate(source=(details,), value=value, where=where):
                rows = [r for r in self.rows[details] if where is None or self.value(where, r)]
                values = [True if value is None else self.value(value, r) for r in rows]
                return aggregated(term.function, values, 0)
            case t.Fold(function=function, values=values, wheres=wheres, most=most):
                members = [v for v, w in zip(values, wheres, strict=True) if w is None or of(w)]
                count = of(most) if not isinstance(most, int) else most
                assert isinstance(count, int | Fraction)
                return aggregated(function, [True if v is None else of(v) for v in members], int(count))
        return arithmetic(term, [of(x) for x in t.operands(term)])


def arithmetic(term: t.Term, values: list[Value]) -> Value:
    """Operations that are missing where an operand is."""
    if None in values:
        return None
    numbers = [v for v in values if isinstance(v, Fraction)]
    match term:
        case t.Negated():
            return -numbers[0]
        case t.Sum(minus=minus):
            return numbers[0] - numbers[1] if minus else numbers[0] + numbers[1]
        case t.Product():
            return numbers[0] * numbers[1]
        case t.Quotient(missing_at_zero=missing):
            return None if missing and numbers[1] == 0 else numbers[0] / numbers[1]
        case t.Power(exponent=exponent):
            return numbers[0] ** exponent
        case t.Extreme(largest=largest):
            return max(numbers) if largest else min(numbers)
        case t.Absolute():
            return abs(numbers[0])
        case t.Rounded(decimals=decimals, mode=mode):
            return rounded(numbers[0], decimals, Rounding(mode))
    raise AssertionError(term)


def compared(operator: str, a: Value, b: Value) -> bool:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[operator]
    return (a == b) is (operator == "==")


def looked_up(grid: t.Grid, keys: Sequence[Value]) -> Value:
    key, rest = keys[0], keys[1:]
    rows = [(e, r) for e, r in grid.rows]
    if grid.kind == "points":
        return on_line([(e, r) for e, r in rows if isinstance(e, Fraction) and isinstance(r, Fraction)], key)
    if grid.kind == "slices":
        return in_slices([(e, r) for e, r in rows if isinstance(e, Fraction) and isinstance(r, Fraction)], key)
    if grid.kind == "equals":
        found = [r for e, r in rows if e == key]
    elif grid.kind == "from":
        found = [r for e, r in rows if e <= key][-1:]  # type: ignore[operator]
    else:
        found = [r for e, r in rows if key <= e][:1]  # type: ignore[operator]
    result = found[0] if found else grid.otherwise
    return looked_up(result, rest) if isinstance(result, t.Grid) else result


def on_line(points: list[tuple[Fraction, Fraction]], x: Value) -> Fraction:
    assert isinstance(x, Fraction)
    if x <= points[0][0]:
        return points[0][1]
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        if x <= x2:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return points[-1][1]


def in_slices(slices: list[tuple[Fraction, Fraction]], x: Value) -> Fraction:
    assert isinstance(x, Fraction)
    ends = [edge for edge, _ in slices[1:]] + [max(x, slices[-1][0])]
    return sum(
        (rate * max(min(x, end) - start, Fraction(0)) for (start, rate), end in zip(slices, ends, strict=True)),
        Fraction(0),
    )


def mean(term: t.Mean, weights: list[Value], parts: list[Value]) -> Value:
    pairs = [(w, p) for w, p in zip(weights, parts, strict=True) if isinstance(w, Fraction) and isinstance(p, Fraction)]
    counting = [w for w, _ in pairs] if term.missing != "zero" else [w for w in weights if isinstance(w, Fraction)]
    divisor = sum(counting, Fraction(0))
    if len(pairs) < term.at_least or divisor == 0 or (term.missing == "refuse" and len(pairs) < len(parts)):
        return None
    return sum((w * p for w, p in pairs), Fraction(0)) / divisor


def stepped(action: str, value: Value, amount: Value) -> Value:
    if action == "set":
        return amount
    if not isinstance(value, Fraction) or not isinstance(amount, Fraction):
        return None
    return {
        "at_most": min(value, amount),
        "at_least": max(value, amount),
        "add": value + amount,
        "multiply": value * amount,
    }[action]


def aggregated(function: str, values: list[Value], most: int = 0) -> Value:
    known = [v for v in values if v is not None]
    if function == "count":
        return Fraction(sum(v is not False for v in known))
    if function == "share":
        return Fraction(sum(v is True for v in known), len(known)) if known else None
    numbers = [v for v in known if isinstance(v, Fraction)]
    if function == "sum":
        return sum(numbers, Fraction(0))
    if not numbers:
        return None
    if function == "mean":
        return sum(numbers, Fraction(0)) / len(numbers)
    if function == "best":
        return sum(sorted(numbers, reverse=True)[:most], Fraction(0)) if most else None
    return max(numbers) if function == "max" else min(numbers)
