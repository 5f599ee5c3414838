"""Each step that looks at several rows, on whole columns, against its definition: row by row, on Python's numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod
from random import Random

import numpy as np
import pytest

from incentive_rules.engine.columns.apportionment import part_of, shares
from incentive_rules.engine.columns.cells import Columns
from incentive_rules.engine.columns.crossings import gathered, latest, quantile, ranked, running
from incentive_rules.engine.columns.sharing import shared
from incentive_rules.model.arrays import Ints
from incentive_rules.model.levels import PERSON
from incentive_rules.model.plan import Gather, Latest, Quantile, Rank, RankKey, Ref, RunningSum, Share
from tests.engine.made_columns import GROUP, SIZES, Made, flags, numbers, some

NEW = 10**6  # the cell that a step gives
TIMES = 40


def each(case: str) -> Callable[[Callable[[Random, int], None]], Callable[[int], None]]:
    """The test over numbers of each size, many times at random."""

    def made(test: Callable[[Random, int], None]) -> Callable[[int], None]:
        @pytest.mark.parametrize("size", SIZES)
        def whole(size: int) -> None:
            for seed in range(TIMES):
                test(Random(f"{case} {size} {seed}"), size)

        return whole

    return made


@each("gathered")
def test_sums_extremes_and_the_best(random: Random, size: int) -> None:
    made = some(random)
    count = len(made.owner)
    values, where = numbers(random, count, size, random.choice((None, size // 2))), flags(random, count)
    value, here = made.cell(values), made.cell(where)
    columns, most = made.columns(), random.randint(1, 4)
    bound = (abs(size) + 1) * (count + 1)
    for function, empty in (("sum", 0), ("min", size), ("max", -size), ("best", 0)):
        step = Gather(NEW, GROUP, PERSON, function, value, here, empty, -bound, bound, most)
        found = gathered(step, columns).tolist()
        for group in range(made.groups):
            mine = sorted((values[row] for row in made.rows(group, where)), reverse=True)
            wanted = {"sum": sum(mine), "min": min(mine, default=empty), "max": max(mine, default=empty),
                      "best": sum(mine[:most])}[function]  # fmt: skip
            assert found[group] == wanted and type(found[group]) is int


@each("best")
def test_the_best_of_as_many_as_each_group_says(random: Random, size: int) -> None:
    made = some(random)
    values, where = numbers(random, len(made.owner), size), flags(random, len(made.owner))
    most = [random.randint(0, 4) for _ in range(made.groups)]
    value, here, count = made.cell(values), made.cell(where), made.cell(most, GROUP)
    bound = 4 * (abs(size) + 1)
    step = Gather(NEW, GROUP, PERSON, "best", value, here, 0, -bound, bound, Ref(count))
    found = gathered(step, made.columns()).tolist()
    for group in range(made.groups):
        mine = sorted((values[row] for row in made.rows(group, where)), reverse=True)
        assert found[group] == sum(mine[: most[group]])


@each("quantile")
def test_percentiles(random: Random, size: int) -> None:
    made = some(random, most_rows=9)
    count = len(made.owner)
    values, where = numbers(random, count, size), flags(random, count)
    value, here = made.cell(values), made.cell(where)
    columns = made.columns()
    for top, bottom in ((0, 1), (1, 4), (1, 3), (1, 2), (9, 10), (1, 1), (2**40 + 1, 2**41), (10**20 // 3, 10**20)):
        p = Fraction(top, bottom)
        for method in ("at_least", "more_than", "linear"):
            bound = size * (bottom if method == "linear" else 1)
            step = Quantile(NEW, GROUP, PERSON, value, here, top, bottom, method, -bound, -bound, bound)
            found = quantile(step, columns).tolist()
            for group in range(made.groups):
                mine = sorted(values[row] for row in made.rows(group, where))
                assert found[group] == (_percentile(mine, p, bottom, method) if mine else -bound)


def _percentile(mine: list[int], p: Fraction, bottom: int, method: str) -> Fraction | int:
    n = len(mine)
    if method == "linear":
        position = p * (n - 1)
        low = int(position)
        return (mine[low] + (position - low) * (mine[min(low + 1, n - 1)] - mine[low])) * bottom
    enough = (k for k in range(1, n + 1) if (k >= p * n if method == "at_least" else k > p * n))
    return mine[next(enough, n) - 1]


@each("latest")
def test_the_latest_row_and_whether_several_are_it(random: Random, size: int) -> None:
    made = some(random)
    count = len(made.owner)
    orders = [numbers(random, count, random.choice((1, 3, size))) for _ in range(random.randint(1, 2))]
    where = flags(random, count)
    words = random.choice((True, False))
    values = [random.choice("abc") for _ in range(count)] if words else numbers(random, count, size)
    value, here = made.cell(values), made.cell(where)
    order = tuple(made.cell(one) for one in orders)
    columns = made.columns()
    bounds = (None, None) if words else (-size - 9, size + 9)
    empty = "none" if words else 9
    found = latest(Latest(NEW, GROUP, PERSON, value, here, order, empty, False, *bounds), columns).tolist()
    clash = latest(Latest(NEW, GROUP, PERSON, value, here, order, False, True), columns).tolist()
    for group in range(made.groups):
        rows = made.rows(group, where)
        last = max(([one[row] for one in orders] for row in rows), default=None)
        there = [values[row] for row in rows if [one[row] for one in orders] == last]
        assert clash[group] is (len(set(there)) > 1)
        shown = columns.texts[found[group]] if words and there else found[group]
        assert shown == (there[0] if there else columns.atom(empty))


@each("ranked")
def test_places_of_exact_quotients(random: Random, size: int) -> None:
    """Denominators are of both sides of 31 bits, and quotients next to each other."""
    made = some(random)
    count = len(made.owner)
    where = flags(random, count)
    keys, compared = [], []
    for _ in range(random.randint(1, 2)):
        wide = random.choice((1, 5, 2**31 - 1, 2**31, 2**33 - 1, 2**40))
        tops = numbers(random, count, size)
        below = [numbers(random, count, wide, max(1, wide - 3)) for _ in range(random.randint(0, 2))]
        if random.random() < 0.7:  # many of them little less than a whole number: no quotients differ by less
            whole = [prod(one[r] for one in below) for r in range(count)]
            tops = [random.randint(0, 2) * one - random.choice((0, 1, 2, random.randint(0, one))) for one in whole]
        descending = random.choice((True, False))
        keys.append(RankKey(made.cell(tops), tuple(made.cell(one) for one in below), descending))
        sign = -1 if descending else 1
        compared.append([sign * Fraction(tops[r], prod(one[r] for one in below)) for r in range(count)])
    here = made.cell(where)
    columns = made.columns()
    for ties in ("standard", "modified", "dense"):
        found = ranked(Rank(NEW, PERSON, GROUP, tuple(keys), here, ties, 0, count + 1), columns).tolist()
        for row in range(count):
            rows = made.rows(made.owner[row], where)
            mine = [key[row] for key in compared]
            before = [[key[other] for key in compared] for other in rows if [key[other] for key in compared] < mine]
            level = sum([key[other] for key in compared] == mine for other in rows)
            wanted = {"standard": 1 + len(before), "modified": len(before) + level,
                      "dense": 1 + len({tuple(one) for one in before})}[ties]  # fmt: skip
            assert found[row] == (wanted if where[row] else 0)


@each("running")
def test_running_sums_and_whether_a_place_is_taken_twice(random: Random, size: int) -> None:
    made = some(random)
    count = len(made.owner)
    order = numbers(random, count, random.choice((2, 500, size)))
    values, where = numbers(random, count, size, random.choice((None, size // 2))), flags(random, count)
    value, here, by = made.cell(values), made.cell(where), made.cell(order)
    columns, bound = made.columns(), size * (count + 1)
    found = running(RunningSum(NEW, PERSON, GROUP, value, here, (by,), False, -bound, bound), columns).tolist()
    clash = running(RunningSum(NEW, PERSON, GROUP, value, here, (by,), True), columns).tolist()
    for row in range(count):
        rows = made.rows(made.owner[row], where)
        before = sorted((order[other], other) for other in rows)
        wanted = sum(values[other] for place, other in before if (place, other) <= (order[row], row))
        assert found[row] == (wanted if where[row] else 0)
        assert clash[row] is (where[row] and sum(order[other] == order[row] for other in rows) > 1)


@each("shared")
def test_shares_of_many_pools_at_once(random: Random, size: int) -> None:
    """Beside `apportionment`, group by group: with caps, parts that stay, and rows that are level."""
    made = some(random, 4, 30)
    count = len(made.owner)
    largest = [random.choice((2, 9, size, 2 ** random.randint(1, size.bit_length()))) for _ in range(3)]
    if random.random() < 0.3:  # a product is narrow, and the next larger one no more
        bits = random.randint(2, 58)
        largest = [2**bits, 2 ** (60 - bits), 2**bits]
    amounts, weights = numbers(random, made.groups, max(largest[0], 30), 0), numbers(random, count, largest[1], 0)
    where, among = flags(random, count), flags(random, count)
    caps = numbers(random, count, largest[2], 0)
    below = numbers(random, count, 7, 1)
    amount, weight, here = made.cell(amounts, GROUP), made.cell(weights), made.cell(where)
    cap, part, under = made.cell(caps), made.cell(among), made.cell(below)
    columns = made.columns()
    keys = random.sample(range(count), count)
    for method in ("largest_remainder", "keep_remainder", "webster"):
        for with_cap, with_part, with_below in _ways(random):
            step = Share(
                NEW, PERSON, GROUP, amount, RankKey(weight, (under,) if with_below else ()), here,
                cap if with_cap else None, method, 0, max(amounts), part if with_part else None,
            )  # fmt: skip
            found = shared(step, columns, _precedence(keys)).tolist()
            for group in range(made.groups):
                rows = made.rows(group, where)
                mine = {row: Fraction(weights[row], below[row] if with_below else 1) for row in rows}
                whole: int | Fraction = amounts[group]
                if with_part:
                    every, rows = sum(mine.values()), [row for row in rows if among[row]]
                    whole = part_of(amounts[group], sum(mine[row] for row in rows), every, method)
                wanted = shares(
                    whole, [mine[row] for row in rows], [keys[row] for row in rows], method,
                    [caps[row] for row in rows] if with_cap else None,
                )  # fmt: skip
                assert [found[row] for row in rows] == wanted
                assert not any(found[row] for row in made.rows(group, [True] * count) if row not in rows)


def _ways(random: Random) -> list[tuple[bool, bool, bool]]:
    drawn = [(random.random() < 0.6, random.random() < 0.5, random.random() < 0.3) for _ in "ab"]
    return [(False, False, False), *drawn]


def _precedence(keys: list[int]) -> Callable[[Ints], Ints]:
    return lambda rows: np.array([keys[row] for row in rows.tolist()], np.int64)


def test_keys_are_asked_for_only_where_the_last_unit_falls_among_equals() -> None:
    asked: list[list[int]] = []

    def precedence(rows: Ints) -> Ints:
        asked.append(rows.tolist())
        return -rows

    def given(amounts: list[int], weights: list[int], owner: list[int]) -> list[int]:
        made = Made(owner, len(amounts))
        amount, weight, here = made.cell(amounts, GROUP), made.cell(weights), made.cell([True] * len(owner))
        step = Share(NEW, PERSON, GROUP, amount, RankKey(weight), here, None, "largest_remainder", 0, 100)
        columns: Columns = made.columns()
        return list(shared(step, columns, precedence).tolist())

    assert given([10, 9], [3, 2, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1]) == [5, 3, 2, 3, 3, 3] and asked == []
    assert given([10, 10], [3, 2, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1]) == [5, 3, 2, 3, 3, 4] and asked == [[3, 4, 5]]
