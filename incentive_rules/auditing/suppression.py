"""Which groups may be shown, so that nothing is told of few people, not even to who takes figures from each other.

A figure tells something of the sum over its people: those of a group, at all or in one category. Whoever takes figures
from each other gets a sum over people, too, and never parts two of them who stand in exactly the same figures. So
enough is hidden that everybody who stands in any figure is one of at least `min_group` who stand in the same ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import frozen

Memberships = tuple[str | None, ...]  # the group of each `by`, then the category of each `within`; None: of none


@frozen(order=True)
class ShownGroup:
    """A group that may be shown: the people of `group` of the `by` with this number, in one category or in all.

    `within` is the number of the grouping of categories, -1 where the group is everybody's.
    """

    by: int
    within: int
    category: str
    group: str


Figures = frozenset[ShownGroup]  # the same in which people stand


@frozen
class Released:
    """What may be shown: the `groups`, with how many people each has, and the atoms of the people in any figure.

    `small` are the groups too small to be shown, by the number of their `by`: their people are in no figure at all, for
    everybody less the others would be they. `hidden` are those that are not shown for one reason or the other.
    """

    groups: Mapping[ShownGroup, int]
    people: frozenset[Memberships]
    small: frozenset[tuple[int, str]]
    hidden: frozenset[ShownGroup]


def released(
    atoms: Mapping[Memberships, int], by: int, withins: int, min_group: int, overall: Sequence[int] = ()
) -> Released:  # fmt: skip
    """What may be shown of people in so many atoms: the first `by` places of each are groups, the others categories.

    The groups of `overall` are shown of everybody alone, and not in categories; somebody may belong to none of them.
    What has to be hidden is hidden in categories rather than of everybody, and of a later `by` rather than the first.
    """
    kept, small = _without_small(atoms, [place for place in range(by) if place not in overall], min_group)
    cells_of = {atom: _cells_of(atom, by, withins, overall) for atom in kept}
    sizes = Counter[ShownGroup]()
    for atom, cells in cells_of.items():
        sizes.update(dict.fromkeys(cells, kept[atom]))
    hidden = {cell for cell, n in sizes.items() if n < min_group}
    prices = {cell: n * _price_of_one(cell, by, overall) for cell, n in sizes.items()}
    while True:
        together = Counter[Figures]()
        for atom, cells in cells_of.items():
            together[cells - hidden] += kept[atom]
        few = [figures for figures, n in together.items() if figures and n < min_group]
        if not few:
            break
        hidden |= _cheapest(min(few, key=sorted), together, prices)
    shown = {cell: n for cell, n in sorted(sizes.items()) if cell not in hidden}
    people = frozenset(atom for atom, cells in cells_of.items() if cells - hidden)
    return Released(shown, people, small, frozenset(hidden))


def _without_small(
    atoms: Mapping[Memberships, int], by: Sequence[int], min_group: int
) -> tuple[Mapping[Memberships, int], frozenset[tuple[int, str]]]:
    """The atoms without those in groups that are too small, as often as others become so; and these groups."""
    small = set[tuple[int, str]]()
    while True:
        kept = {atom: n for atom, n in atoms.items() if not any((place, atom[place]) in small for place in by)}
        sizes = Counter[tuple[int, str]]()
        for atom, n in kept.items():
            sizes.update({(place, str(atom[place])): n for place in by})
        further = {group for group, n in sizes.items() if n < min_group}
        if not further:
            return kept, frozenset(small)
        small |= further


def _cells_of(atom: Memberships, by: int, withins: int, overall: Sequence[int]) -> Figures:
    found = []
    for place in range(by):
        group = atom[place]
        if group is None:
            continue
        found.append(ShownGroup(place, -1, "", group))
        for within in range(0 if place in overall else withins):
            category = atom[by + within]
            if category is not None:
                found.append(ShownGroup(place, within, category, group))
    return frozenset(found)


def _price_of_one(cell: ShownGroup, by: int, overall: Sequence[int]) -> int:
    """What it costs to hide one of its people: least in sizes of teams, then in categories, then of a later `by`."""
    if cell.by in overall:
        return 0
    power = by - cell.by + (0 if cell.within >= 0 else by + 1)
    return int(1_000**power)


def _cheapest(few: Figures, together: Mapping[Figures, int], prices: Mapping[ShownGroup, int]) -> Figures:
    """What has to be hidden so that these few people stand in the same figures as some others, or in none."""
    others = [few ^ other for other in (*together, frozenset[ShownGroup]()) if other != few]
    return min(others, key=lambda cells: (sum(prices[cell] for cell in cells), sorted(cells)))
