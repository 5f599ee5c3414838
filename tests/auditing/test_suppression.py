"""No small group is ever told of: not by itself, and not by taking figures from each other."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.auditing.suppression import Memberships, Released, ShownGroup, released

MIN = 4
Shape = tuple[int, int]  # how many groupings, and how many of them of categories


@st.composite
def companies(draw: st.DrawFn, shape: Shape) -> dict[Memberships, int]:
    """Few memberships with few people each: what has to be hidden is everywhere."""
    by, within = shape
    groups = st.sampled_from("ABC"[: draw(st.integers(2, 3))])
    categories = st.sampled_from(["x", "y", "z", None][: draw(st.integers(2, 4))])
    one = st.tuples(*[groups] * by, *[categories] * within)
    return draw(st.dictionaries(one, st.integers(1, 12), min_size=3, max_size=9))


def columns(found: Released, atoms: dict[Memberships, int], by: int) -> tuple[list[Memberships], list[list[int]]]:
    """Of each figure, who is in it: 1 for those memberships whose people are."""
    order = sorted(atoms, key=str)
    return order, [[int(_is_in(cell, atom, by, found)) for atom in order] for cell in found.groups]


def _is_in(cell: ShownGroup, atom: Memberships, by: int, found: Released) -> bool:
    if atom not in found.people or atom[cell.by] != cell.group:
        return False
    return cell.within < 0 or atom[by + cell.within] == cell.category


def follows_from(figures: list[list[int]], wanted: list[int]) -> bool:
    """Whether sums and differences of the figures, any multiple of each, give this one: by elimination."""
    rows = [[Fraction(x) for x in row] for row in figures]
    rest = [Fraction(x) for x in wanted]
    done = 0
    for column in range(len(wanted)):
        pivot = next((row for row in range(done, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        head = rows[done]
        for row in (*range(done), *range(done + 1, len(rows))):
            if rows[row][column]:
                factor = rows[row][column] / head[column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], head, strict=True)]
        if rest[column]:
            factor = rest[column] / head[column]
            rest = [a - factor * b for a, b in zip(rest, head, strict=True)]
        done += 1
    return not any(rest)


@pytest.mark.parametrize("shape", [(1, 0), (1, 1), (2, 0), (2, 1), (1, 2), (2, 2), (3, 1)])
@given(data=st.data())
def test_no_few_people_follow_from_what_is_shown(shape: Shape, data: st.DataObject) -> None:
    """Every set of fewer people than allowed is tried: none is a sum or a difference of figures."""
    by, within = shape
    atoms = data.draw(companies(shape))
    found = released(atoms, by, within, MIN)
    order, figures = columns(found, atoms, by)
    everyone = [int(atom in found.people) for atom in order]
    for size in range(1, MIN):
        for some in combinations(order, size):
            if sum(atoms[atom] for atom in some) < MIN:
                assert not follows_from([*figures, everyone], [int(atom in some) for atom in order]), some


@pytest.mark.parametrize("shape", [(1, 1), (2, 2)])
@given(data=st.data())
def test_what_is_shown_is_large_enough_and_counted_right(shape: Shape, data: st.DataObject) -> None:
    by, within = shape
    atoms = data.draw(companies(shape))
    found = released(atoms, by, within, MIN)
    order, figures = columns(found, atoms, by)
    for cell, row in zip(found.groups, figures, strict=True):
        count = sum(atoms[atom] for atom, inside in zip(order, row, strict=True) if inside)
        assert count == found.groups[cell] >= MIN


def test_where_everything_is_large_nothing_is_hidden() -> None:
    atoms: Counter[Memberships] = Counter({("F", "x"): 10, ("F", "y"): 11, ("M", "x"): 12, ("M", "y"): 13})
    found = released(atoms, 1, 1, 10)
    assert not found.hidden
    assert len(found.groups) == 6


def test_what_is_left_of_a_group_is_not_told_by_its_categories() -> None:
    """Three women in sales: women less those in the other posts would be they, so the smallest of these goes, too."""
    atoms: dict[Memberships, int] = {("F", "sales"): 3, ("F", "field"): 20, ("F", "bench"): 15, ("M", "field"): 40}
    found = released(atoms, 1, 1, 10)
    shown = {(cell.category, cell.group) for cell in found.groups if cell.within == 0}
    assert shown == {("field", "F"), ("field", "M")}


def test_people_in_a_group_that_is_too_small_are_in_no_figure() -> None:
    """Else everybody less women and men would be the two others."""
    atoms: dict[Memberships, int] = {("F",): 20, ("M",): 30, ("X",): 2}
    found = released(atoms, 1, 0, 10)
    assert found.people == {("F",), ("M",)}
    assert found.small == {(0, "X")}


def test_groupings_together_tell_of_few_people_and_the_later_one_is_hidden() -> None:
    """All men are young, and two women: young less men would be they."""
    atoms: dict[Memberships, int] = {("F", "young"): 2, ("M", "young"): 30, ("F", "old"): 30}
    found = released(atoms, 2, 0, 10)
    assert {(cell.by, cell.group) for cell in found.groups} == {(0, "F"), (0, "M")}
