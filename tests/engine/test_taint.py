"""Taint by hand: which rows each kind of step taints, and with which cause, on six people of three groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from incentive_rules.engine.columns.index import Index
from incentive_rules.engine.quarantine.taint import Taint
from incentive_rules.model.levels import EVERYONE, PERSON, Level
from incentive_rules.model.plan import (
    Gather,
    Latest,
    Let,
    Op,
    Plan,
    Quantile,
    Rank,
    RankKey,
    Ref,
    RunningSum,
    Share,
    Spread,
    Step,
)
from tests.engine.made_columns import GROUP, LEVELS

OWNER = (0, 0, 0, 1, 1, 2)  # the group of each person
INDEX = Index(
    LEVELS, {EVERYONE: np.arange(1), GROUP: np.arange(3), PERSON: np.arange(6)},
    {(PERSON, GROUP): np.array(OWNER, np.int64)},
)  # fmt: skip
A, WHERE, OF_GROUP, ASKED = 0, 1, 2, 3
GIVEN: tuple[Step, ...] = (
    Let(A, PERSON, Ref(A)), Let(WHERE, PERSON, Ref(WHERE)), Let(OF_GROUP, GROUP, Ref(OF_GROUP)),
)  # fmt: skip
UP: Mapping[str, Step] = {
    "Gather": Gather(ASKED, GROUP, PERSON, "sum", A, WHERE, 0, 0, 9),
    "Latest": Latest(ASKED, GROUP, PERSON, A, WHERE, (A,), 0),
    "Quantile": Quantile(ASKED, GROUP, PERSON, A, WHERE, 1, 2, "at_least", 0, 0, 9),
}
ALONG: Mapping[str, Step] = {
    "Rank": Rank(ASKED, PERSON, GROUP, (RankKey(A),), WHERE, "standard", 0, 9),
    "RunningSum": RunningSum(ASKED, PERSON, GROUP, A, WHERE, (A,), False, 0, 9),
    "Share": Share(ASKED, PERSON, GROUP, OF_GROUP, RankKey(A), WHERE, None, "webster", 0, 9),
}


def causes(
    step: Step, level: Level, known: Mapping[int, Sequence[int]] | None = None,
    lacking: Mapping[tuple[Level, Level], Sequence[int]] | None = None,
) -> list[int]:  # fmt: skip
    """The causes of the step's cell; `known` are those of the cells that it reads."""
    plan = Plan((), (*GIVEN, step), (), (), (), (), None, (), 9, levels=LEVELS)
    columns = {cell: np.array(own, np.int64) for cell, own in (known or {}).items()}
    absent = {one: np.array(own, np.int64) for one, own in (lacking or {}).items()}
    return list(Taint(plan, INDEX, absent, columns).of([step.cell], level).tolist())


def test_without_a_refused_row_nothing_is_tainted() -> None:
    assert causes(UP["Gather"], GROUP) == [0, 0, 0] and causes(ALONG["Rank"], PERSON) == [0] * 6


def test_a_row_is_tainted_where_a_cell_that_it_is_made_of_is() -> None:
    """Where both are, the first one that is read says why."""
    step = Let(ASKED, PERSON, Op("+", (Ref(A), Ref(WHERE))))
    assert causes(step, PERSON, {A: [3, 0, 0, 0, 0, 0], WHERE: [5, 4, 0, 0, 0, 0]}) == [5, 4, 0, 0, 0, 0]
    assert causes(step, PERSON, {A: [3, 0, 0, 0, 0, 2], WHERE: [5, 4, 0, 0, 0, 0]}) == [3, 4, 0, 0, 0, 2]


def test_what_is_spread_taints_all_who_read_it() -> None:
    assert causes(Spread(ASKED, PERSON, OF_GROUP), PERSON, {OF_GROUP: [0, 2, 0]}) == [0, 0, 0, 2, 2, 0]


@pytest.mark.parametrize("kind", UP)
@pytest.mark.parametrize("cell", [A, WHERE])
def test_an_owner_is_tainted_where_one_of_its_rows_is(kind: str, cell: int) -> None:
    """By the first of their causes; the condition of an aggregate taints as well as its values."""
    assert causes(UP[kind], GROUP, {cell: [1, 3, 0, 0, 0, 2]}) == [3, 0, 2]


@pytest.mark.parametrize("kind", UP)
def test_an_owner_is_tainted_where_a_row_below_it_is_absent(kind: str) -> None:
    assert causes(UP[kind], GROUP, lacking={(PERSON, GROUP): [0, 7, 0]}) == [0, 7, 0]
    assert causes(UP[kind], GROUP, lacking={(PERSON, EVERYONE): [7]}) == [0, 0, 0], "everyone lacks it, no group does"


@pytest.mark.parametrize("kind", ALONG)
def test_all_rows_of_a_group_are_tainted_together(kind: str) -> None:
    assert causes(ALONG[kind], PERSON, {A: [0, 0, 0, 0, 4, 0]}) == [0, 0, 0, 4, 4, 0]
    assert causes(ALONG[kind], PERSON, {WHERE: [0, 1, 2, 0, 0, 0]}) == [2, 2, 2, 0, 0, 0]
    assert causes(ALONG[kind], PERSON, lacking={(PERSON, GROUP): [0, 0, 7]}) == [0, 0, 0, 0, 0, 7]


def test_a_pool_of_an_amount_that_is_tainted_taints_all_shares() -> None:
    assert causes(ALONG["Share"], PERSON, {OF_GROUP: [6, 0, 0]}) == [6, 6, 6, 0, 0, 0]


def test_a_tainted_cell_is_felt_above_and_below() -> None:
    step = Let(ASKED, GROUP, Ref(OF_GROUP))
    assert causes(step, PERSON, {OF_GROUP: [0, 0, 9]}) == [0, 0, 0, 0, 0, 9]
    assert causes(step, EVERYONE, {OF_GROUP: [0, 8, 9]}) == [9]
