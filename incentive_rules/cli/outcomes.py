"""What `run` prints of people together: honours and who has them, pools and what became of each, entitlements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..base.numbers import exact_sum
from ..base.text import echo
from ..model.checked import Checked
from ..model.levels import PERSON
from ..model.result import Value
from ..model.run import HonorOutcome, PoolOutcome, Run
from ..model.scheme import Role
from .console import MOST_ROWS, table
from .wording import say

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
            f"{one.empty:,}" if one.empty else "—",
            say("pool_held", language) if one.state == "held" else _chosen(one, language),
        ]
        for one in honors[:MOST_ROWS]
    ]  # fmt: skip
    lines = _laid_out([heads, *rows], [False, False, True, True, True, False])
    if len(honors) > MOST_ROWS:
        lines.append(say("and_more_rows", language, count=f"{len(honors) - MOST_ROWS:,}"))
    return lines


def pool_lines(pools: Sequence[PoolOutcome], titles: Mapping[str, str], language: str) -> list[str]:
    """Each pool in each group: amount, what was paid of it and what remains; and the sums of one pool's groups.

    There is no sum of all pools: what one shares among groups may be the amounts of another.
    """
    if not pools:
        return []
    heads = [say(word, language) for word in ("pool", "group", "members", "amount", "paid_out", "remainder")]
    rows: list[Sequence[str]] = [[*heads, ""]]
    for name in dict.fromkeys(one.name for one in pools):
        same = [one for one in pools if one.name == name]
        title = titles.get(name, name)
        rows += [_pool_row(one, title, language) for one in same[:MOST_ROWS]]
        if len(same) > MOST_ROWS:
            more = say("and_more_rows", language, count=f"{len(same) - MOST_ROWS:,}")
            rows.append([title, more, *[""] * 5])
        if len(same) > 1:
            members = sum(one.members for one in same)
            rows.append([title, say("sum", language), f"{members:,}", *_amounts(same), ""])
    return _laid_out(rows, [False, False, True, True, True, True, False])


def entitlements_of_groups(checked: Checked, run: Run) -> list[tuple[str, str, Value | None]]:
    """What groups, or everyone, are entitled to: by name and key of the group; None where it waits for refused rows."""
    of_groups = [q for q in checked.scheme.quantities if q.role is Role.ENTITLEMENT]
    found: list[tuple[str, str, Value | None]] = []
    for name, level in ((q.name, checked.quantity(q.name).level) for q in of_groups):
        rows = run.groups.get(level[0], {}) if level != PERSON else {}
        found += [(name, key, values.get(name)) for key, values in rows.items()]
    return found


def entitlement_lines(rows: Sequence[tuple[str, str, str]], titles: Mapping[str, str], language: str) -> list[str]:
    """Each entitlement of each group with its value, an empty one where it waits for refused rows."""
    if not rows:
        return []
    found = [[say(word, language) for word in ("entitlement", "group", "value")]]
    for name in dict.fromkeys(name for name, _, _ in rows):
        same, title = [row for row in rows if row[0] == name], titles.get(name, name)
        held = say("pool_held", language)
        found += [[title, _group(key, language), value or held] for _, key, value in same[:MOST_ROWS]]
        if len(same) > MOST_ROWS:
            found.append([title, say("and_more_rows", language, count=f"{len(same) - MOST_ROWS:,}"), ""])
    return _laid_out(found, [False, False, True])


def _pool_row(one: PoolOutcome, title: str, language: str) -> list[str]:
    amounts = _amounts([one])
    state = "" if one.state == _NO_STATE else say(f"pool_{one.state}", language)
    return [title, _group(one.group, language), f"{one.members:,}", *amounts, state]


def _amounts(pools: Sequence[PoolOutcome]) -> list[str]:
    """What pools hold, what was paid of it and what remains; a dash where nobody knows."""
    known = all(one.known for one in pools)
    sums = {word: exact_sum(getattr(one, word) for one in pools) for word in ("amount", "paid", "remainder")}
    return [f"{amount:,f}" if known or word == "paid" else "—" for word, amount in sums.items()]


def _laid_out(rows: Iterable[Sequence[str]], right: Sequence[bool]) -> list[str]:
    return table([[echo(cell, 60) for cell in row] for row in rows], right)


def _group(key: str, language: str) -> str:
    return echo(key, 24) if key else say("everyone", language)


def _chosen(one: HonorOutcome, language: str) -> str:
    """Who has the honour, and who was chosen and has no result yet."""
    if not one.waiting:
        return _keys(one.chosen, language)
    waiting = f"{_keys(one.waiting, language)} ({say('pool_held', language)})"
    return f"{_keys(one.chosen, language)}, {waiting}" if one.chosen else waiting


def _keys(keys: Sequence[str], language: str) -> str:
    if not keys:
        return say("nobody", language)
    more = f" (+{len(keys) - MOST_KEYS})" if len(keys) > MOST_KEYS else ""
    return ", ".join(echo(key, 24) for key in keys[:MOST_KEYS]) + more
