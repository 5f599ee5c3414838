"""What the third evaluator says of a company, beside what came out: every difference in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import incentive_rules as ir
from incentive_rules.engine.summary import Computed
from tests.third.judge import Judged, judged
from tests.third.reading import Unknown
from tests.third.world import History, Tables

# What refuses somebody on account of others, or of an earlier period.
WAITS = ("data-held", "history-set-aside")


def opinion(text: str, period: str, tables: Tables, history: History, unknown: Counter[str]) -> Judged | None:
    """The third opinion; None, and counted, where it does not know a construct."""
    try:
        return judged(text, period, tables, history)
    except Unknown as error:
        unknown[str(error)] += 1
        return None


def differing(computed: Computed, third: Judged) -> Iterator[tuple[int, str]]:
    """Of each thing that can be compared how many values it has, and what differs of it ("" where nothing does)."""
    yield 0, _refused(computed, third)
    for row, result, _ in computed.outcomes:
        if result is None:
            continue
        if not result.in_scope or row.key in third.outside:
            yield 1, "" if not result.in_scope and row.key in third.outside else f"{row.key}: the scope differs"
        elif row.key in third.people:
            yield len(dict(result.items())), _values(row.key, dict(result.items()), third.people[row.key])
            states = {name: line.state for name, line in result.lines.items() if name in third.states[row.key]}
            yield len(states), "" if states == third.states[row.key] else f"{row.key}: {states} {third.states[row.key]}"
    if third.broken or any(result is None for _, result, _ in computed.outcomes):
        return  # groups that lack a row are held
    for level, groups in computed.groups.items():
        for key, values in groups.items():
            yield len(values), _values(f"{level} {key}", values, _of_group(third, level, key, values))
    yield from _sharing(computed, third)


def _of_group(third: Judged, level: str, key: str, names: Mapping[str, object]) -> dict[str, object]:
    """A third's values of a group; of what stands at people for a third, that of somebody of whom the group is all."""
    found = dict(third.groups.get(level, {}).get(key, {}))
    missing = set(names) - set(found)
    if missing:
        somebody = third.somebody(level, key)
        found |= {name: third.court.look(name, somebody) for name in missing}
    return found


def _refused(computed: Computed, third: Judged) -> str:
    """Who is refused for a reason of their own, who waits for them, and nobody else."""
    said = {row.key: {problem.code for problem in problems} for row, result, problems in computed.outcomes if result is None}
    # Who waits for somebody refused may be told as well that they are level: with the row mended, they are.
    waits = {key: {*WAITS, "data-tie"} if key in {*third.waiting, *third.may_wait} else {*WAITS} for key in said}
    own = {key for key, codes in said.items() if codes - waits[key]}
    wrong = {
        "computed by a third alone": set(third.people) - {row.key for row, _, _ in computed.outcomes},
        "refused, and a third sees no reason": own - {*third.refused, *third.undecided},
        "refused by a third": set(third.refused) - set(said),
        "paid, and a row that is lacking matters": set(third.moved) - set(said),
    }
    if not any({*WAITS[1:]} & codes for codes in said.values()):  # an earlier period may set aside whom no row explains
        wrong["waits for nobody"] = set(said) - {*third.refused, *third.undecided, *third.waiting, *third.may_wait}
    if not any(wrong.values()):
        return ""
    return f"{({why: sorted(who) for why, who in wrong.items() if who})}, of {said}, a third refuses {third.refused}"


def _values(whose: str, ours: Mapping[str, object], theirs: Mapping[str, object]) -> str:
    for name, value in ours.items():
        if name not in theirs:
            return f"{whose}: a third has no {name}"
        if not same(value, theirs[name]):
            return f"{whose}: {name} is {value!r}, a third says {theirs[name]!r}"
    return ""


def _sharing(computed: Computed, third: Judged) -> Iterator[tuple[int, str]]:
    for honor in computed.honors:
        said = third.honors[honor.name, honor.group]
        ours = (honor.eligible, honor.places, sorted(honor.chosen), honor.empty)
        theirs = (said.eligible, said.places, sorted(said.chosen), said.empty)
        yield 4, "" if ours == theirs else f"honour {honor.name} of {honor.group}: {ours}, a third says {theirs}"
    for pool in computed.pools:
        share = third.pools[pool.name, pool.group]
        ours_ = (pool.amount, pool.paid, pool.remainder, pool.members, pool.state)
        theirs_ = (share.amount, share.total, share.amount - share.total, share.shares, share.state)
        yield 5, "" if ours_ == theirs_ else f"pool {pool.name} of {pool.group}: {ours_}, a third says {theirs_}"


def same(ours: object, theirs: object) -> bool:
    """Whether a value of the library is what the third says: None for missing, lists for the rows of details."""
    if ours is ir.MISSING:
        return theirs is None
    if isinstance(ours, tuple):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    return ours == theirs
