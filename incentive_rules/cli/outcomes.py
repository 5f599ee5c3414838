"""What `run` prints of people together: honours and who has them, pools and what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..base.text import echo
from ..model.run import HonorOutcome, PoolOutcome
from .console import table
from .wording import say

MOST_ROWS = 20
MOST_KEYS = 8
_NO_STATE = "paid"


def honor_lines(honors: Sequence[HonorOutcome], titles: Mapping[str, str], language: str) -> list[str]:
    """Each honour in each group: who has it, out of how many, and the places that stay empty."""
    if not honors:
        return []
    heads = [say(word, language) for word in ("honor", "group", "eligible", "places", "empty", "chosen")]
    rows = [
        [
            titles.get(one.name, one.name), _group(one.group, language), f"{one.eligible:,}", f"{one.places:,}",
            f"{one.empty:,}" if one.empty else "—", _keys(one.chosen, language),
        ]
        for one in honors[:MOST_ROWS]
    ]  # fmt: skip
    return _laid_out([heads, *rows], [False, False, True, True, True, False], len(honors), language)


def pool_lines(pools: Sequence[PoolOutcome], titles: Mapping[str, str], language: str) -> list[str]:
    """Each pool in each group: amount, what was paid of it and what remains; then the sums over its groups.

    Different pools are not added up: one may share out what another has paid.
    """
    if not pools:
        return []
    heads = [say(word, language) for word in ("pool", "group", "members", "amount", "paid_out", "remainder")]
    right = [False, False, True, True, True, True, False]
    rows = [
        [
            titles.get(one.name, one.name), _group(one.group, language), f"{one.members:,}",
            *(f"{amount:,f}" for amount in (one.amount, one.paid, one.remainder)),
            "" if one.state == _NO_STATE else say(f"pool_{one.state}", language),
        ]
        for one in pools[:MOST_ROWS]
    ]  # fmt: skip
    names = [one.name for one in pools]
    several = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    sums = [_summed(name, [one for one in pools if one.name == name], titles, language) for name in several]
    return _laid_out([[*heads, ""], *rows, *sums], right, len(pools), language)


def _summed(name: str, pools: Sequence[PoolOutcome], titles: Mapping[str, str], language: str) -> list[str]:
    amounts = [sum((getattr(one, word) for one in pools), Decimal(0)) for word in ("amount", "paid", "remainder")]
    members = sum(one.members for one in pools)
    return [titles.get(name, name), say("sum", language), f"{members:,}", *(f"{a:,f}" for a in amounts), ""]


def _laid_out(rows: Sequence[Sequence[str]], right: Sequence[bool], count: int, language: str) -> list[str]:
    lines = table([[echo(cell, 60) for cell in row] for row in rows], right)
    if count > MOST_ROWS:
        lines.insert(1 + MOST_ROWS, say("and_more_rows", language, count=f"{count - MOST_ROWS:,}"))
    return lines


def _group(key: str, language: str) -> str:
    return echo(key, 24) if key else say("everyone", language)


def _keys(keys: Sequence[str], language: str) -> str:
    if not keys:
        return say("nobody", language)
    more = f" (+{len(keys) - MOST_KEYS})" if len(keys) > MOST_KEYS else ""
    return ", ".join(echo(key, 24) for key in keys[:MOST_KEYS]) + more
