"""What became of all pools and honours, for the report of a run: the referee's own count of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..base.numbers import EXACT
from ..model.levels import EVERYONE, PERSON, Level
from ..model.run import HonorOutcome, PoolOutcome
from ..model.scheme import Honor, Pool
from .referee_case import Case
from .referee_pools import decimals_of, level_of, outcome_of
from .referee_ranks import election_of


def pools_of(case: Case) -> Iterator[PoolOutcome]:
    """Each pool of each group, in the order of the scheme and of the groups."""
    for quantity in case.ready.checked.quantities:
        body = quantity.definition.body
        if not isinstance(body, Pool) or not quantity.due:
            continue
        group, source = level_of(case, body.each), level_of(case, body.to) if body.to else PERSON
        unit = decimals_of(case, quantity)
        for row in _rows(case, group):
            found = outcome_of(case, quantity, body, source, row)
            members = len(found.places)
            state = "paid" if members else "nobody"
            if found.state == "condition_not_met":
                state = found.state
            paid = found.amount - found.remainder
            amount, given, left = (Decimal(n).scaleb(-unit, EXACT) for n in (found.amount, paid, found.remainder))
            yield PoolOutcome(quantity.name, case.rows.key(group, row), amount, given, left, members, state)


def honors_of(case: Case) -> Iterator[HonorOutcome]:
    """Each honour of each group: the keys of those chosen, in the order of the data."""
    for quantity in case.ready.checked.quantities:
        body = quantity.definition.body
        if not isinstance(body, Honor) or not quantity.due:
            continue
        group = level_of(case, body.within)
        for row in _rows(case, group):
            election = election_of(case, quantity, body, group, row)
            chosen = [one for one in election.candidates.worth if election.is_chosen(one, body.ties)]
            keys = tuple(case.rows.key(PERSON, one) for one in sorted(chosen))
            places = int(election.wanted)
            empty = max(0, places - len(keys))
            name, key = quantity.name, case.rows.key(group, row)
            yield HonorOutcome(name, key, len(election.candidates), places, keys, empty)


def _rows(case: Case, group: Level) -> Sequence[int]:
    return (0,) if group == EVERYONE else case.taking_part(group, EVERYONE, 0)
