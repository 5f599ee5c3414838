"""Small teams: chance alone puts them at the top and the bottom more often, so people are grouped by team size, too."""

from __future__ import annotations

from collections import Counter

from .report import Grouping

_EDGES = (1, 5, 10, 20, 50)  # sizes at which a class of teams begins


def sizes_of_teams(teams: Grouping, min_group: int) -> Grouping:
    """Everybody by the size of their team, in classes such as `5–9` that are joined until each has enough people.

    Where all teams are of one class, there is nobody to compare, and so no group.
    """
    sizes = Counter(label for label in teams.labels if label is not None)
    if not sizes:
        return Grouping(f"size({teams.name})", [None] * len(teams.labels))
    largest = max(sizes.values())
    classes: list[tuple[int, int]] = []
    first = 1
    for last in (*(edge - 1 for edge in _EDGES[1:] if edge <= largest), largest):
        if sum(size for size in sizes.values() if first <= size <= last) >= min_group:
            classes.append((first, last))
            first = last + 1
    if classes and classes[-1][1] < largest:
        classes[-1] = (classes[-1][0], largest)
    if len(classes) < 2:
        return Grouping(f"size({teams.name})", [None] * len(teams.labels))
    names = {size: _name(low, high) for low, high in classes for size in range(low, high + 1)}
    labels = [None if label is None else names.get(sizes[label]) for label in teams.labels]
    return Grouping(f"size({teams.name})", labels, tuple(dict.fromkeys(names.values())))


def _name(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
