"""The scheme of the population benchmark beside the same scheme written by hand: everybody is paid the same."""

from __future__ import annotations

import pytest

from tests.benchmarks import population


@pytest.mark.parametrize("people, seed", [(1, 1), (2, 2), (30, 3), (60, 4), (400, 5)])
def test_everybody_is_paid_as_by_hand(people: int, seed: int) -> None:
    staff, tickets = population.rows_of(people, seed)
    assert population.ours(staff, tickets) == population.by_hand(staff, tickets)


def test_people_without_a_ticket_are_paid_as_by_hand() -> None:
    staff, tickets = population.rows_of(60, 6)
    some = tuple(ticket for ticket in tickets if ticket[0] < "E000030")
    assert population.ours(staff, some) == population.by_hand(staff, some)
    assert population.ours(staff, ()) == population.by_hand(staff, ())
