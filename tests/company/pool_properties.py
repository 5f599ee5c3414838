"""What a way of sharing a pool keeps and what it breaks: every case of a small box is tried.

A method is a function of whole weights, a whole pool and the keys of its members, which gives each member's share.
Nothing here knows how a method works. Inside the box (3 members, weights 1 to 8, pools of 0 to 13) a property that is
kept is proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import permutations, product

from attrs import frozen

Shares = tuple[int, ...]
Method = Callable[[int, Sequence[int], Sequence[str]], Sequence[int]]

MEMBERS, WEIGHTS, POOLS = 3, range(1, 9), range(14)
KEYS = ("a", "b", "c")


@frozen
class Case:
    """One pool, its shares, and the method for whatever a property compares them with."""

    method: Method
    pool: int
    weights: tuple[int, ...]
    shares: Shares

    def exact(self, member: int) -> Fraction:
        return Fraction(self.pool * self.weights[member], sum(self.weights))

    def pairs(self) -> Iterator[tuple[int, int]]:
        return ((i, j) for i in range(MEMBERS) for j in range(MEMBERS) if i != j)

    def improved(self) -> Iterator[tuple[int, Shares]]:
        """Who weighs one more, and the shares then."""
        for member in range(MEMBERS):
            weights = tuple(w + (i == member) for i, w in enumerate(self.weights))
            if weights[member] in WEIGHTS:
                yield member, self.method_shares(self.pool, weights)

    def method_shares(self, pool: int, weights: Sequence[int], keys: Sequence[str] = KEYS) -> Shares:
        return tuple(self.method(pool, weights, keys))


def _sums_to_the_pool(case: Case) -> bool:
    return sum(case.shares) == case.pool


def _never_pays_too_much(case: Case) -> bool:
    return min(case.shares) >= 0 and sum(case.shares) <= case.pool


def _within_one_cent(case: Case) -> bool:
    return all(abs(case.exact(i) - share) < 1 for i, share in enumerate(case.shares))


def _equals_within_one_cent(case: Case) -> bool:
    w, got = case.weights, case.shares
    return all(abs(got[i] - got[j]) <= 1 for i, j in case.pairs() if w[i] == w[j])


def _equals_exactly(case: Case) -> bool:
    w, got = case.weights, case.shares
    return all(got[i] == got[j] for i, j in case.pairs() if w[i] == w[j])


def _more_weight_not_less_pay(case: Case) -> bool:
    w, got = case.weights, case.shares
    return all(got[i] >= got[j] for i, j in case.pairs() if w[i] > w[j])


def _order_of_rows_irrelevant(case: Case) -> bool:
    for turned in permutations(range(MEMBERS)):
        shares = case.method_shares(case.pool, [case.weights[i] for i in turned], [KEYS[i] for i in turned])
        if shares != tuple(case.shares[i] for i in turned):
            return False
    return True


def _keys_irrelevant(case: Case) -> bool:
    """Whether other keys would give the same shares, where no two weigh alike."""
    if len(set(case.weights)) < MEMBERS:
        return True
    return all(case.method_shares(case.pool, case.weights, keys) == case.shares for keys in permutations(KEYS))


def _bigger_pool_nobody_loses(case: Case) -> bool:
    if case.pool + 1 not in POOLS:
        return True
    bigger = case.method_shares(case.pool + 1, case.weights)
    return all(more >= share for more, share in zip(bigger, case.shares, strict=True))


def _i_improve_i_do_not_lose(case: Case) -> bool:
    return all(then[member] >= case.shares[member] for member, then in case.improved())


def _another_improves_i_never_gain(case: Case) -> bool:
    others = ((other, then) for member, then in case.improved() for other in range(MEMBERS) if other != member)
    return not any(then[other] > case.shares[other] for other, then in others)


PROPERTIES: Mapping[str, Callable[[Case], bool]] = {
    "the shares add up to the pool": _sums_to_the_pool,
    "never more than the pool, never below 0": _never_pays_too_much,
    "within one cent of the exact share": _within_one_cent,
    "equal weights, shares within one cent": _equals_within_one_cent,
    "equal weights, equal shares": _equals_exactly,
    "more weight, not less pay": _more_weight_not_less_pay,
    "the order of rows plays no part": _order_of_rows_irrelevant,
    "different weights: the keys play no part": _keys_irrelevant,
    "a bigger pool, and nobody loses": _bigger_pool_nobody_loses,
    "I improve, and do not lose": _i_improve_i_do_not_lose,
    "another improves, and I never gain": _another_improves_i_never_gain,
}


def broken(method: Method) -> dict[str, Case]:
    """The first case in which each property fails; the properties that are not here are kept in the whole box."""

    @cache
    def shared(pool: int, weights: tuple[int, ...], keys: tuple[str, ...]) -> Shares:
        return tuple(method(pool, weights, keys))

    def remembered(pool: int, weights: Sequence[int], keys: Sequence[str]) -> Shares:
        return shared(pool, tuple(weights), tuple(keys))

    found: dict[str, Case] = {}
    for weights in product(WEIGHTS, repeat=MEMBERS):
        for pool in POOLS:
            case = Case(remembered, pool, weights, remembered(pool, weights, KEYS))
            for name, holds in PROPERTIES.items():
                if name not in found and not holds(case):
                    found[name] = case
    return found
