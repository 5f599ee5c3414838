"""Aggregates, ranks, running sums and pools: what other rows do to a value, and one's own rows to the value of others.

Each looks at rows of three sorts (`whose.py`), asks how the value moves in each of them, and joins what it finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import evolve

from ..model import terms as t
from ..model.levels import most_rows
from . import reasons
from .calculus import Calculus, Rule
from .direction import (
    FLIPPED,
    UNMOVED,
    Direction,
    Sign,
    as_known,
    flipped,
    joined_signs,
    joint,
    knownness_of,
)
from .intervals import bounds_of, never_above, never_below
from .whose import At, owned_by, seen_from


def _over(calculus: Calculus, term: t.Term | None, rows: Iterable[At]) -> Direction:
    """How a part moves in any of these rows."""
    return UNMOVED if term is None else joint(*(calculus.of(term, one) for one in rows))


# ── Aggregates ───────────────────────────────────────────────────────────────────────────────


def aggregate_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    assert isinstance(term, t.Aggregate)
    levels = calculus.levels
    if term.others:
        rows = list(calculus.fellows(at, term.level))
    else:
        owners = seen_from(levels, at, term.level)
        rows = list(dict.fromkeys(row for owner in owners for row in owned_by(levels, owner, term.source)))
    how_many = [_over(calculus, most, seen_from(levels, at, term.level)) for most in t.counted_to(term)]
    if not all(most.is_unmoved for most in how_many):
        return calculus.unsure(term, reasons.ROWS, *how_many)
    where = _over(calculus, term.where, rows)
    order = joint(UNMOVED, *(_over(calculus, one, rows) for one in term.order))
    if not order.is_unmoved:
        return calculus.unsure(term, reasons.ORDER, order)
    if term.function == "sum" and term.value is not None:
        value = joint(*(calculus.loosely(term.value, one) for one in rows))
        many = most_rows(calculus.checked.scheme, levels, term.source, term.level)
        value = evolve(value, slack=value.slack * many)
        if value.slack and not where.is_unmoved:
            return calculus.unsure(term, reasons.CENT, value)
    else:
        value = _over(calculus, term.value, rows)
    entering = _share_of_one_word(calculus, term) if term.function == "share" and where.sign != "0" else None
    if entering is not None:
        return entering
    return combined(calculus, term, term.function, [term.value], value, where)


def _share_of_one_word(calculus: Calculus, term: t.Aggregate) -> Direction | None:
    """A share as one row becomes another word: it comes to count, and holds or does not; or it ceases to.

    None where the word does not decide both, or something else moves.
    """
    move = calculus.move
    if move.words is None or move.level != term.source or term.where is None or term.value is None:
        return None
    before, after = ({move.name: word} for word in move.words)
    counts = (_holds(term.where, before), _holds(term.where, after))
    if counts == (False, True):
        comes, held = True, _holds(term.value, after)
    elif counts == (True, False):
        comes, held = False, _holds(term.value, before)
    else:
        return None
    if held is None:
        return None
    return Direction("+" if comes == held else "-", "+" if comes else "-")


def _holds(term: t.Term, words: Mapping[str, t.Constant]) -> bool | None:
    """Whether a condition on these words alone holds; None where it asks for more."""
    match term:
        case t.Compared(operator="==" | "!=" as operator, left=t.Read(name=name), right=t.Fixed(value=value)):
            return (words[name] == value) == (operator == "==") if name in words else None
        case t.IsIn(operand=t.Read(name=name), members=members):
            return words[name] in members if name in words else None
        case t.IsNot(operand=one):
            held = _holds(one, words)
            return None if held is None else not held
        case _:
            return None


def fold_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """The same over the members of a family, which are spelled out."""
    assert isinstance(term, t.Fold)
    how_many = [calculus.of(most, at) for most in t.counted_to(term)]
    if not all(most.is_unmoved for most in how_many):
        return calculus.unsure(term, reasons.ROWS, *how_many)
    value = joint(UNMOVED, *(calculus.of(one, at) for one in term.values if one is not None))
    where = joint(UNMOVED, *(calculus.of(one, at) for one in term.wheres if one is not None))
    return combined(calculus, term, term.function, list(term.values), value, where)


def combined(
    calculus: Calculus, term: t.Term, function: str, values: list[t.Term | None], value: Direction, where: Direction
) -> Direction:  # fmt: skip
    """An aggregate of rows whose values move so, and which come to count as `where` moves and as values are known."""
    for part in (value, where):
        if part.sign == "?":
            return calculus.unsure(term, reasons.WORDS if part.words else reasons.ROWS_MOVE, value, where)
    coming = joined_signs((where.sign, value.known))  # + where rows may come to count, and none ceases to
    blame = joint(value, where).blame
    moved = Direction(value.sign, slack=value.slack, blame=blame)
    if coming == "0":
        if function == "variance" and value.sign != "0":
            return calculus.unsure(term, reasons.VARIANCE, value)
        return moved
    positive = all(one is None or never_below(bounds_of(one)) for one in values)
    negative = all(one is not None and never_above(bounds_of(one)) for one in values)
    match function:
        case "count":  # of conditions: false ones add nothing
            return calculus.settled(term, reasons.ROWS, moved, Direction(coming))
        case "sum" if positive or negative:
            return calculus.settled(term, reasons.ROWS, moved, Direction(coming if positive else FLIPPED[coming]))
        case "min" | "max":
            reached: Sign = coming if function == "max" else FLIPPED[coming]
            return calculus.settled(term, reasons.ROWS, moved, Direction(reached, coming))
        case "best" if positive:
            return calculus.settled(term, reasons.ROWS, moved, Direction(coming, coming))
        case _:
            return evolve(calculus.unsure(term, reasons.ROWS, value, where), known=coming)


# ── Ranks and running sums ───────────────────────────────────────────────────────────────────


def ranked_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """The number of a place falls as one's own keys rise, rises with those of rivals, and with every rival who comes.

    A row without a key has no place and takes none. Of `dense` places the number of different values before one's own
    counts, and a rival who falls may make one more.
    """
    assert isinstance(term, t.Ranked)
    if at.level != term.source:
        return calculus.unsure(term, reasons.RIVALS)
    own = [_as_good(calculus.of(key, at), largest_first) for key, largest_first in term.keys]
    fellows = calculus.fellows(at, term.group)
    theirs = [_as_good(_over(calculus, key, fellows), largest_first) for key, largest_first in term.keys]
    partakes = UNMOVED if term.where is None else calculus.of(term.where, at)
    rivals = joint(_over(calculus, term.where, fellows), *(knownness_of(key) for key in theirs))
    if term.ties == "dense" and any(key.sign != "0" for key in theirs):
        return calculus.unsure(term, reasons.RIVALS, *own, *theirs)
    better = (*(as_known(key) for key in own), *(flipped(as_known(key)) for key in theirs), flipped(rivals))
    found = calculus.settled(term, reasons.RIVALS, *better)
    known = joined_signs((partakes.sign, *(key.known for key in own)))
    return evolve(flipped(found), known=known, blame=joint(found, partakes).blame)


def _as_good(key: Direction, largest_first: bool) -> Direction:
    return key if largest_first else flipped(key)


def running_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """The sum of values up to a row; while the order and the rows that count stay, it moves with the values."""
    assert isinstance(term, t.Running)
    owners = seen_from(calculus.levels, at, term.group)
    rows = tuple(dict.fromkeys(row for owner in owners for row in owned_by(calculus.levels, owner, term.source)))
    value, where = _over(calculus, term.value, rows), _over(calculus, term.where, rows)
    order = joint(UNMOVED, *(_over(calculus, one, rows) for one in term.order))
    if not order.is_unmoved or not where.is_unmoved or value.known != "0":
        return calculus.unsure(term, reasons.ORDER, order, where, value)
    return calculus.settled(term, reasons.ROWS_MOVE, value)


# ── Pools ────────────────────────────────────────────────────────────────────────────────────


def shared_rule(calculus: Calculus, term: t.Term, at: At) -> Direction:
    """A share rises with one's own weight, cap and taking part and with the pool; it falls with those of the others.

    By the method of largest remainders a share lies next to its exact part, below or above it; where more moves than
    one's own weight it may fall by one step while the exact part rises. Where those left out keep their part, what the
    others share is rounded once more before.
    """
    assert isinstance(term, t.Shared)
    if at.level != term.source:
        return calculus.unsure(term, reasons.POOL)
    pool_rows, fellows = seen_from(calculus.levels, at, term.group), calculus.fellows(at, term.group)
    pool = joint(_over(calculus, term.amount, pool_rows), _over(calculus, term.when, pool_rows))
    weight, others_weight = _weight(calculus.of(term.weight, at)), _weight(_over(calculus, term.weight, fellows))
    limits = joint(_over(calculus, term.cap, (at,)), _over(calculus, term.among, (at,)))
    others_limits = joint(_over(calculus, term.cap, fellows))
    others_part = _over(calculus, term.among, fellows)
    if term.left_out == "kept" and not others_part.is_unmoved:
        return calculus.unsure(term, reasons.POOL, others_part)
    against = [flipped(one) for one in (others_weight, others_limits, others_part)]
    parts = ((pool, term.amount), (weight, term.weight), (limits, term.cap if term.among is None else term.among))
    worse = [part.place for one, part in parts if one.sign == FLIPPED[calculus.better] != "?" and part is not None]
    found = calculus.settled(term, reasons.POOL, pool, weight, limits, *against, at=next(iter(worse), None))
    if found.sign in ("0", "?"):
        return as_known(found)
    alone = all(one.sign == "0" for one in (pool, limits, *against))
    steps = 0
    if term.left_out == "kept" and term.among is not None and term.method != "keep_remainder":
        steps = 0 if alone and term.method == "webster" and term.cap is None else 2
    elif term.method == "largest_remainder":
        steps = 0 if alone and term.cap is None else 1
    return evolve(as_known(found), slack=Fraction(steps, 10**term.decimals))


def _weight(weight: Direction) -> Direction:
    """A weight that is missing counts as 0, and none is below 0."""
    return joint(as_known(weight), knownness_of(weight))


AGGREGATE_RULES: Mapping[type, Rule] = {
    t.Aggregate: aggregate_rule,
    t.Fold: fold_rule,
    t.Ranked: ranked_rule,
    t.Running: running_rule,
    t.Shared: shared_rule,
}
