"""The two service engineer schemes once more, in plain fractions and without the library, from the raw files.

Whoever doubts a figure of the pay tables can read the same rules here in another notation. What the two schemes share
(lines between points, weighted means, pools, places of honour) is in this file, the schemes themselves in
`quarter_by_hand.py` and `month_by_hand.py`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction as F  # noqa: N817
from itertools import pairwise
from pathlib import Path

Row = Mapping[str, str]
Points = tuple[tuple[F | int, int], ...]
Values = dict[str, object]
Weights = Mapping[str, F]


# ── Numbers ───────────────────────────────────────────────────────────────────────────────────────


def rounded(x: F, places: int) -> F:
    """Half up, the sign apart."""
    steps = abs(x) * 10**places
    whole, rest = divmod(steps.numerator, steps.denominator)
    return F((-1 if x < 0 else 1) * (whole + (2 * rest >= steps.denominator)), 10**places)


def line(x: F | None, points: Points) -> F | None:
    """A straight line between points, flat outside."""
    if x is None:
        return None
    if x <= points[0][0]:
        return F(points[0][1])
    for (a, low), (b, high) in pairwise(points):
        if x <= b:
            return low + (high - low) * (x - a) / (b - a)
    return F(points[-1][1])


def step(x: F, steps: Sequence[tuple[str, str]]) -> F:
    """The result of the first edge, from the highest down, that is reached."""
    return F(next(result for edge, result in steps if x >= F(edge)))


def over(a: F, b: F) -> F | None:
    return None if b == 0 else a / b


def average(numbers: Sequence[F]) -> F | None:
    return sum(numbers, F(0)) / len(numbers) if numbers else None


def share(flags: Sequence[bool]) -> F | None:
    return F(sum(flags), len(flags)) if flags else None


def full_at_one(x: F | None) -> F | None:
    return None if x is None else 100 * min(F(1), x)


def weighted(*parts: tuple[int, F | None]) -> F | None:
    """The weighted mean of the parts that are known, with four decimals; the parts have four as well."""
    known = [(weight, rounded(part, 4)) for weight, part in parts if part is not None]
    return rounded(sum(w * p for w, p in known) / F(sum(w for w, _ in known)), 4) if known else None


# ── Files and days ────────────────────────────────────────────────────────────────────────────────


def rows_of(folder: Path, table: str) -> list[Row]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by(rows: Sequence[Row], column: str) -> Mapping[str, list[Row]]:
    """The rows by what stands in a column; an empty list where nothing does."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def minutes(first: str, second: str) -> int:
    return int((datetime.fromisoformat(second) - datetime.fromisoformat(first)).total_seconds()) // 60


def served(first: date, last: date, joined: str, left: str) -> F:
    """The share of the days of the period, to four decimals."""
    begin, end = max(first, date.fromisoformat(joined)), min(last, date.fromisoformat(left) if left else last)
    return rounded(F((end - begin).days + 1, (last - first).days + 1), 4)


def days_in_service(joined: str, last: date) -> int:
    return (last - date.fromisoformat(joined)).days + 1


# ── Several people ────────────────────────────────────────────────────────────────────────────────


def proportional(amount: F, weights: Weights, caps: Weights | None = None) -> dict[str, F]:
    """Exact shares; who would exceed his cap gets the cap, and the others share what that frees."""
    shares, left, rest = {who: F(0) for who in weights}, amount, {who: w for who, w in weights.items() if w > 0}
    while rest:
        whole = sum(rest.values())
        full = [who for who, w in rest.items() if caps is not None and left * w >= caps[who] * whole]
        if not full:
            return shares | {who: left * w / whole for who, w in rest.items()}
        for who in full:
            assert caps is not None
            shares[who] = caps[who]
            del rest[who]
        left = amount - sum(shares.values())
    return shares


def largest_remainder(amount: F, weights: Weights, caps: Weights | None = None) -> dict[str, F]:
    """Shares in whole cents: each the cents below its exact share, the last ones by the largest remainders."""
    exact = proportional(amount, weights, caps)
    cents = {who: int(100 * x) for who, x in exact.items()}
    missing = int(100 * sum(exact.values())) - sum(cents.values())
    order = sorted(exact, key=lambda who: (cents[who] - 100 * exact[who], -exact[who], who))
    return {who: F(cents[who] + (who in order[:missing]), 100) for who in exact}


def whole_cents(amount: F, weights: Weights) -> dict[str, F]:
    """Shares in whole cents; what is left over stays in the pool."""
    return {who: F(int(100 * x), 100) for who, x in proportional(amount, weights).items()}


def winners(eligible: Mapping[str, tuple[F | None, ...]], places: int) -> set[str]:
    """The best of them; whoever is level with the last place has one too. Who lacks a value is not ranked."""
    ranked = {who: [x for x in keys if x is not None] for who, keys in eligible.items() if None not in keys}
    order = sorted(ranked, key=lambda who: ranked[who], reverse=True)
    if not order[:places]:
        return set()
    last = ranked[order[:places][-1]]
    return {who for who in order if ranked[who] >= last}


def of_each(people: Mapping[str, Values], what: str) -> Mapping[str, list[str]]:
    """The keys of the people by a value of theirs, such as the department."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for who, values in people.items():
        found[str(values[what])].append(who)
    return found


def number(values: Mapping[str, object], name: str) -> F:
    found = values[name]
    assert isinstance(found, F), (name, found)
    return found


def perhaps(values: Mapping[str, object], name: str) -> F | None:
    found = values[name]
    assert found is None or isinstance(found, F), (name, found)
    return found


def totalled(values: Values, lines: Sequence[str]) -> F:
    return sum((number(values, one) for one in lines), F(0))
