"""Two worlds through the engine, and what the calculus claims of them.

A cell of one row is moved up; whatever the calculus claims of any name, of anybody, must hold between the results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from attrs import field, mutable

import incentive_rules as ir
from incentive_rules.engine.summary import Computed
from incentive_rules.lang.types import Kind
from incentive_rules.model.levels import PERSON
from incentive_rules.proving.calculus import Calculus
from incentive_rules.proving.direction import Direction, joint
from incentive_rules.proving.move import Move
from incentive_rules.proving.whose import At, Whose

Row = dict[str, object]
Tables = dict[str, list[Row]]


@mutable
class Claims:
    """How many claims were held against how many pairs of worlds; and those that were broken."""

    pairs: int = 0
    claims: int = 0
    moved: int = 0  # claims about values that did move
    broken: list[str] = field(factory=list)


def compared(calculus: Calculus, before: Computed, after: Computed, key: object, claims: Claims, where: str) -> None:
    """Hold every claim about every person and group against two runs; `key` is the person who moves."""
    stays = [one for run in (before, after) for one in _of(run, key)]
    if len(stays) < 2 or not all(one.in_scope for one in stays):
        return  # whoever comes or goes changes who takes part
    claims.pairs += 1
    for (one, then, _), (other, now, _) in zip(before.outcomes, after.outcomes, strict=True):
        assert one.key == other.key
        if then is None or now is None or not then.in_scope or not now.in_scope:
            continue
        who = Whose.MOVED if one.key == key else Whose.OTHER
        for quantity in calculus.checked.quantities:
            level = quantity.level
            if quantity.name not in then:
                continue
            if level == PERSON:
                claim = calculus.of_name_at(quantity.name, At(PERSON, who))
                _hold(claim, then[quantity.name], now[quantity.name], claims, f"{where}, {one.key}: {quantity.name}")
            elif calculus.levels[level].sort == "details":
                sorts = (Whose.MOVED, Whose.SIBLING) if who is Whose.MOVED else (Whose.OTHER,)
                claim = joint(*(calculus.of_name_at(quantity.name, At(level, sort)) for sort in sorts))
                rows = zip(then[quantity.name], now[quantity.name], strict=True)  # type: ignore[arg-type]
                for old, new in rows:
                    _hold(claim, old, new, claims, f"{where}, {one.key}: a row of {quantity.name}")
    _groups(calculus, before, after, claims, where)


def _of(run: Computed, key: object) -> list[ir.Result]:
    """The result of the person with this key, if there is one."""
    return [result for row, result, _ in run.outcomes if row.key == key and result is not None]


def _groups(calculus: Calculus, before: Computed, after: Computed, claims: Claims, where: str) -> None:
    for group, rows in before.groups.items():
        for key, values in rows.items():
            for name, old in values.items():
                new = after.groups.get(group, {}).get(key, {}).get(name)
                level = calculus.level_of(name)
                if new is None or level == PERSON:
                    continue
                claim = joint(*(calculus.of_name_at(name, At(level, who)) for who in (Whose.MOVED, Whose.OTHER)))
                _hold(claim, old, new, claims, f"{where}, {group} {key}: {name}")


def _hold(claim: Direction, old: object, new: object, claims: Claims, where: str) -> None:
    claims.claims += 1
    claims.moved += old != new
    gone = (old is ir.MISSING, new is ir.MISSING)
    wrong = (claim.known == "0" and gone[0] != gone[1]) or (claim.known == "+" and gone == (False, True)) or (
        claim.known == "-" and gone == (True, False))  # fmt: skip
    if not any(gone):
        if claim.words:
            wrong = wrong or not _stepped(claim, old, new)
        elif isinstance(old, str):
            wrong = wrong or (claim.sign != "?" and old != new)
        else:
            a, b = _number(old), _number(new)
            wrong = wrong or (claim.sign == "0" and a != b) or (claim.sign == "+" and b < a - claim.slack) or (
                claim.sign == "-" and b > a + claim.slack)  # fmt: skip
    if wrong:
        claims.broken.append(f"{where}: {old} became {new}, against {claim}")


def _stepped(claim: Direction, old: object, new: object) -> bool:
    """Whether a word went along one of the sequences that were claimed."""
    if old == new:
        return True
    for steps in claim.words:
        places = [[i for i, word in enumerate(steps.words) if word == value] for value in (old, new)]
        ups = any(a <= b for a in places[0] for b in places[1])
        downs = any(a >= b for a in places[0] for b in places[1])
        if (steps.sign == "+" and ups) or (steps.sign == "-" and downs) or (steps.sign == "?" and (ups or downs)):
            return True
    return False


def _number(value: object) -> Fraction:
    if isinstance(value, datetime):
        return Fraction(value.toordinal() * 1440 + value.hour * 60 + value.minute)
    if isinstance(value, date):
        return Fraction(value.toordinal())
    assert isinstance(value, int | bool | Decimal | Fraction), value
    return Fraction(value)


# ── Moving a cell ────────────────────────────────────────────────────────────────────────────────


def moved_text(rng: Random, kind: Kind, text: str, decimals: int, high: Fraction | None) -> str | None:
    """A text for a larger value of the same sort; None where there is none."""
    if kind is Kind.BOOLEAN:
        return {"false": "true", "No": "Yes", "no": "yes", "否": "是"}.get(text)
    if kind is Kind.DATE:
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                day = datetime.strptime(text, form).date()
            except ValueError:
                continue
            return (day + timedelta(rng.choice((1, 1, 3, 40, 300)))).strftime(form)
        return None
    if kind is Kind.TIME:
        moment = datetime.strptime(text[:16].replace("T", " "), "%Y-%m-%d %H:%M")
        return (moment + timedelta(minutes=rng.choice((1, 1, 30, 1440, 40000)))).strftime("%Y-%m-%d %H:%M")
    try:
        value = Decimal(text)
    except ArithmeticError:
        return None
    step = Decimal(1).scaleb(-decimals)
    new = value + step * rng.choice((1, 1, 2, 5, 10, 100, 1000, 10**9))
    if high is not None and new > Decimal(high.numerator) / high.denominator:
        new = Decimal(high.numerator) / high.denominator
        if new <= value:
            return None
    return f"{new:f}"


def with_cell(tables: Mapping[str, Sequence[Row]], table: str, number: int, heading: str, text: str) -> Tables:
    changed = {name: list(rows) for name, rows in tables.items()}
    changed[table][number] = {**deepcopy(dict(changed[table][number])), heading: text}
    return changed


def moves_of(pipeline: ir.Pipeline, name: str, old: str, new: str) -> Iterator[Move]:
    """The move that takes a fact from one text to another."""
    one = pipeline.checked.inputs[name]
    if one.facts.type.kind is Kind.CATEGORY:
        yield Move(name, one.level, words=(old, new))
    else:
        yield Move(name, one.level)
