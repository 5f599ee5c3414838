"""What of a trace may be told to the person whose it is: nothing from which somebody else's data could be read.

Where fewer than so many others stand behind a pool, a mean, a rank or a ratio, how it came about is kept back. A number
that comes of it alone is kept back itself, and so is every number that is worked out of such a one; the amounts that
somebody is paid, grades, and what a table gives are told, for these a slip must say. What one other person has, such as
the value before one's own place, is never told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from ..lang.types import Kind
from ..model.checked import Checked
from ..model.levels import PERSON
from ..model.scheme import SCORES, Distribution, Role, TableOf
from ..model.trace import (
    Among,
    Applied,
    Averaged,
    Called,
    Chosen,
    Gathered,
    GivenValue,
    Graded,
    LookedUp,
    Placed,
    Pooled,
    Trace,
    TraceLine,
    Working,
)
from .worked_formulas import names_of_working

GroupSizes = Mapping[tuple[str, str], int]  # people in scope, by level and key
TOLD_ANYWAY = (*SCORES, Role.GRADE, Role.PAY, Role.RESULT, Role.HONOR, Role.ENTITLEMENT)


def with_others_kept_back(trace: Trace, checked: Checked, sizes: GroupSizes, least: int) -> Trace:
    """The trace with what fewer than `least` others decide marked as kept back; 0 keeps nothing back."""
    if least <= 0:
        return trace
    roles = {q.name: q for q in checked.quantities}
    arguments = {q.name: q.definition.body.argument for q in checked.quantities
                 if isinstance(q.definition.body, TableOf | Distribution)}  # fmt: skip
    names: set[str] = set()  # whose values are kept back
    found = []
    for line in map(_without_neighbours, trace):
        if isinstance(line.source, GivenValue):
            found.append(line)
            continue
        few = any(_is_few(one, line, sizes, least) for one in _crossings(line))
        rests = few or any(name in names for name in (*_reads(line), arguments.get(line.name, "")))
        if not rests:
            found.append(line)
            continue
        q = roles.get(line.name)
        told = (q is None or q.definition.role in TOLD_ANYWAY or isinstance(line.source, LookedUp)
                or (not few and q.facts.type.kind in (Kind.BOOLEAN, Kind.CATEGORY)))  # fmt: skip
        if not told:
            names.add(line.name)
        found.append(evolve(line, kept_back="how" if told else "value"))
    return tuple(found)


def _without_neighbours(line: TraceLine) -> TraceLine:
    """The line without what single others have: the values beside one's own place, and those of the last chosen."""
    source = line.source
    if isinstance(source, Chosen) and source.last:
        return evolve(line, source=evolve(source, last=()))
    if isinstance(source, Working) and any(isinstance(call.made, Placed) for call in source.calls):
        return evolve(line, source=evolve(source, calls=tuple(map(_place_alone, source.calls))))
    return line


def _place_alone(call: Called) -> Called:
    """A place among others with one's own value only; the rows that are all one's own stay."""
    made = call.made
    if not isinstance(made, Placed) or (made.sort != "people" and not made.among.level):
        return call
    return evolve(call, made=evolve(made, before=None, after=None))


def _workings(line: TraceLine) -> Iterator[Working]:
    source = line.source
    formulas: list[Working | None] = [line.condition]
    match source:
        case Working():
            formulas.append(source)
        case Averaged(parts=parts):
            formulas += [part.working for part in parts]
        case Chosen():
            formulas += source.formulas
        case Pooled(portions=portions):
            for one in portions:
                formulas += [one.of_amount, one.of_weight, one.of_cap, one.condition, one.partakes]
    for acted in line.adjustments:
        formulas += [acted.condition, acted.working]
    for formula in formulas:
        if formula is not None:
            yield from _with_inner(formula)


def _with_inner(working: Working) -> Iterator[Working]:
    yield working
    for call in working.calls:
        if isinstance(call.made, Applied):
            yield from _with_inner(call.made.working)


DecidedTogether = Gathered | Placed | Chosen | Graded | Pooled


def _crossings(line: TraceLine) -> Iterator[DecidedTogether]:
    if isinstance(line.source, Pooled | Chosen | Graded):
        yield line.source
    for working in _workings(line):
        for call in working.calls:
            if isinstance(call.made, Gathered | Placed):
                yield call.made


def _is_few(made: DecidedTogether, line: TraceLine, sizes: GroupSizes, least: int) -> bool:
    """Whether somebody else stands behind it, and fewer than `least` of them."""
    match made:
        case Pooled(portions=portions):
            return any(_others(one.among, sizes) < least for one in portions)
        case Chosen(among=among) | Graded(among=among):
            return _others(among, sizes) < least
        case Placed(among=among):
            return bool(among.level) and _others(among, sizes) < least
        case Gathered(sort="people", among=among, counted=counted, others=others):
            behind = counted if others else counted - 1
            return min(behind, least if among is None else _others(among, sizes)) < least
        case Gathered(among=among):
            if among is not None:
                return _others(among, sizes) < least
            if line.level != PERSON and line.details is None:
                return sizes.get((line.level[0], line.key), made.counted) - 1 < least
    return False


def _others(among: Among, sizes: GroupSizes) -> int:
    return min(among.members, sizes.get((among.level, among.key), among.members)) - 1


def _reads(line: TraceLine) -> Iterator[str]:
    for working in _workings(line):
        yield from names_of_working(working)
        for call in working.calls:
            if isinstance(call.made, Gathered | Placed):
                yield from call.made.reads
    if isinstance(line.source, Averaged):
        yield from (part.name for part in line.source.parts)
