"""Whose row a value stands in, seen from the one that moves.

One row moves: of the person `P`, or one of the detail rows of `P`. Every other row is a sibling (a further row of `P`),
or another's. A group is the moved one's where `P` or a row of `P` belongs to it.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from ..model.levels import EVERYONE, PERSON, Level, Levels


class Whose(StrEnum):
    """Of a row: the one that moves, a further row of the same person, or another's."""

    MOVED = "moved"
    SIBLING = "sibling"
    OTHER = "other"


@frozen
class At:
    """Where a term stands: a level, and whose row of it."""

    level: Level
    whose: Whose


def _is_group(levels: Levels, level: Level) -> bool:
    return level in levels and levels[level].sort in ("group", "everyone")


def _is_of_people(levels: Levels, level: Level) -> bool:
    """Whether rows of the level are details that belong to people."""
    return level in levels and levels[level].sort == "details" and PERSON in levels.above(level)


def _of_several(levels: Levels, level: Level) -> bool:
    """Whether rows of details may lead to two people at once: by two owners, each of them somebody's."""
    if not _is_of_people(levels, level):
        return False
    ways = [owner for owner in levels[level].owners if PERSON in levels.above(owner)]
    return len(ways) > 1 or any(_of_several(levels, owner) for owner in ways)


def everybodys(levels: Levels, level: Level) -> tuple[At, ...]:
    """All rows of a level."""
    if level == EVERYONE:
        return (At(level, Whose.MOVED),)
    if level == PERSON or _is_group(levels, level):
        return (At(level, Whose.MOVED), At(level, Whose.OTHER))
    if _is_of_people(levels, level):
        return tuple(At(level, whose) for whose in Whose)
    return (At(level, Whose.OTHER),)


def seen_from(levels: Levels, at: At, level: Level) -> tuple[At, ...]:
    """The row of `level` that a row reads, an owner or itself: several where it may be one or the other."""
    if level == at.level:
        return (at,)
    if level == EVERYONE:
        return (At(level, Whose.MOVED),)
    if _of_several(levels, at.level):
        return everybodys(levels, level)
    if _is_group(levels, level):
        mine = at.whose is not Whose.OTHER
        return (At(level, Whose.MOVED),) if mine else (At(level, Whose.MOVED), At(level, Whose.OTHER))
    if level == PERSON:
        return (At(level, Whose.OTHER if at.whose is Whose.OTHER else Whose.MOVED),)
    return (At(level, at.whose),)


def owned_by(levels: Levels, at: At, source: Level) -> tuple[At, ...]:
    """The rows of `source` that belong to a row."""
    if _of_several(levels, source):
        return everybodys(levels, source)
    if at.whose is Whose.MOVED:
        if _is_group(levels, at.level):
            return everybodys(levels, source)
        return (At(source, Whose.MOVED), At(source, Whose.SIBLING))
    return (At(source, at.whose),)


def fellows_of(levels: Levels, at: At, group: Level, moves: Level) -> tuple[At, ...]:
    """The other rows of the same level with which a row shares a row of `group`; one row of the level `moves` moves."""
    owners = seen_from(levels, at, group)
    rows = dict.fromkeys(row for owner in owners for row in owned_by(levels, owner, at.level))
    if at.whose is Whose.MOVED and _is_single(levels, at.level, moves):
        rows.pop(at, None)
    return tuple(rows)


def _is_single(levels: Levels, level: Level, moves: Level) -> bool:
    """Whether one row of a level alone is the moved one's: the row itself, the person, or the only group of the person.

    What lies below the row that moves may be many rows, and rows of one person may belong to many groups.
    """
    if level in (moves, PERSON, EVERYONE):
        return not _of_several(levels, level)
    return _is_group(levels, level) and not any(
        _is_of_people(levels, one) and _leads_past_people(levels, one, level) for one in levels
    )


def _leads_past_people(levels: Levels, start: Level, level: Level) -> bool:
    """Whether rows lead to a group by another way than through the person."""
    return start == level or any(
        _leads_past_people(levels, owner, level) for owner in levels[start].owners if owner not in (PERSON, EVERYONE)
    )
