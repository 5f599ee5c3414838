"""Decides by rank: who gets an honour with limited places, and who gets which grade.

Everything is compared as exact fractions, and never by the order of rows or by a key.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from ..model.checked import CheckedQuantity
from ..model.levels import PERSON, Level
from ..model.scheme import Distribution, Formula, Honor, Places
from ..model.terms import Constant
from ..model.trace import Among, Chosen, Graded, Violation, Working
from .functions import as_flag, as_number
from .numbers import constants_of, meaning_of, number_in, round_to
from .pools import formula_of, level_of
from .ranking import Ranking, Worth
from .scope import CaseValues, Standpoint


def _convention(ties: str) -> str:
    """The ranking of ties: `modified` if they lose (a tie ranks at its end), else `standard` (at its front)."""
    return "modified" if ties == "none" else "standard"


# ── Honours ───────────────────────────────────────────────────────────────────────────────────────


@frozen(eq=False)
class Reckoned:
    """The number of places before its bounds (a share of `base` people, or a number), and the bounds."""

    counted: Fraction
    base: int = 0
    share: Fraction | None = None
    number: Working | None = None
    least: Working | None = None
    most: Working | None = None

    @property
    def wanted(self) -> Fraction:
        found = self.counted if self.least is None else max(self.counted, as_number(self.least.value))
        return found if self.most is None else min(found, as_number(self.most.value))


@frozen(eq=False)
class Election:
    """The places of one group, and the ranking of the candidates: eligible people with a value to rank by."""

    members: int
    candidates: Ranking
    wanted: Fraction
    places: Reckoned

    def is_chosen(self, one: int, ties: str) -> bool:
        return one in self.candidates and self.candidates.place(one, _convention(ties)) <= self.wanted


def chosen(case: CaseValues, quantity: CheckedQuantity, here: Standpoint, body: Honor) -> tuple[Constant, Chosen]:
    """Whether a person is among the best of the group."""
    group = level_of(case, body.within)
    row = case.rows.owner(PERSON, here.row, group)
    election = election_of(case, quantity, body, group, row)
    candidates, person = election.candidates, here.row
    condition = case.work(body.among, here) if isinstance(body.among, Formula) else None
    eligible = condition is None or as_flag(condition.value)
    best_by = tuple(case.work(formula, here) for formula in body.best_by) if eligible else ()
    ranked = person in candidates
    value = election.is_chosen(person, body.ties)
    inside = [worth for one, worth in candidates.worth.items() if election.is_chosen(one, body.ties)]
    if not eligible or not ranked:
        verdict = "not_eligible" if not eligible else "not_ranked"
    elif value:
        verdict = "chosen"
    elif election.wanted < 1:
        verdict = "no_places"
    else:
        verdict = "tied" if candidates.place(person) <= election.wanted else "beyond"
    count, places = len(candidates), election.places
    return value, Chosen(
        Among(group[0], case.rows.key(group, row), election.members), verdict, count,
        min(count, int(election.wanted)), election.wanted, places.share, places.base,
        candidates.place(person) if ranked else None, candidates.level_with(person) if ranked else 0, body.ties,
        min(inside, default=()), condition, best_by,
        places.counted, None if places.share is None else body.places.rounding,
        places.number, places.least, places.most,
    )  # fmt: skip


def election_of(case: CaseValues, quantity: CheckedQuantity, body: Honor, group: Level, row: int) -> Election:
    """The election of one group, held once; people who tie across the last place are a violation."""
    known = case.outcomes.get((quantity.name, row))
    if isinstance(known, Election):
        return known
    members = case.taking_part(PERSON, group, row)
    worth: dict[int, Worth] = {}
    for person in members:
        here = Standpoint(case, PERSON, person, quantity.name)
        if isinstance(body.among, Formula) and not as_flag(case.work(body.among, here).value):
            continue
        values = [case.work(formula, here).value for formula in body.best_by]
        if None not in values:
            worth[person] = tuple(as_number(value) for value in values)
    above = Standpoint(case, group, row, quantity.name)
    reckoned = _reckoned(case, quantity, body.places, above, len(worth), len(members))
    wanted = reckoned.wanted
    candidates = Ranking(worth)
    if body.ties == "refuse" and any(candidates.place(p) <= wanted < candidates.place(p, "modified") for p in worth):
        case.breaks(Violation("data-tie", quantity.name, body.place), group, row)
    found = case.outcomes[quantity.name, row] = Election(len(members), candidates, wanted, reckoned)
    return found


def _reckoned(
    case: CaseValues, quantity: CheckedQuantity, places: Places, above: Standpoint, eligible: int, members: int
) -> Reckoned:
    """The number of places of one group, before it is limited by the number of candidates."""
    bounds = [case.work(one, above) if isinstance(one, Formula) else None for one in (places.at_least, places.at_most)]
    if places.share is None:
        working = case.work(formula_of(places.number, quantity), above)
        return Reckoned(as_number(working.value), 0, None, working, *bounds)
    share = as_number(number_in(places.share.text))
    base = eligible if places.of == "eligible" else members
    return Reckoned(round_to(share * base, 0, places.rounding), base, share, None, *bounds)


# ── Grades by rank ────────────────────────────────────────────────────────────────────────────────


@frozen(eq=False)
class Grading:
    """The people of one group with a known value, and the last rank of each grade."""

    members: int
    candidates: Ranking
    cuts: tuple[int, ...]

    def grade(self, place: int) -> int:
        return next(i for i, cut in enumerate(self.cuts) if place <= cut)


def graded(
    case: CaseValues, quantity: CheckedQuantity, here: Standpoint, body: Distribution
) -> tuple[Constant, Graded]:
    """The grade of the first cut that the rank of a person does not exceed; missing if the value is."""
    group = level_of(case, body.within)
    row = case.rows.owner(PERSON, here.row, group)
    grading = _grading(case, quantity, body, group, row)
    candidates, person = grading.candidates, here.row
    literals = [dict(outputs.values)[body.give] for _, outputs in body.rows]
    meanings = constants_of(literals)
    results = [meaning_of(literal, meanings) for literal in literals]
    shares = [number_in(share.text) for share, _ in body.rows]
    ranked = person in candidates
    reached = grading.grade(candidates.place(person, _convention(body.ties))) if ranked else None
    return None if reached is None else results[reached], Graded(
        Among(group[0], case.rows.key(group, row), grading.members), body.argument, here.find(body.argument)[1],
        candidates.place(person, _convention(body.ties)) if ranked else None, len(candidates),
        candidates.level_with(person) if ranked else 0, body.ties,
        tuple(zip(results, shares, grading.cuts, strict=True)), reached, body.limits, body.rounding,
    )  # fmt: skip


def _limited(cuts: list[int], limits: tuple[tuple[int | None, int | None], ...], count: int) -> tuple[int, ...]:
    """The cuts by shares, moved until each grade and those below it have as many people as they must and may."""
    if not limits:
        return tuple(cuts)
    found: list[int] = []
    for k, cut in enumerate(cuts[:-1]):
        above = found[-1] if found else 0
        below, left = limits[k + 1 :], count - above
        wanted = min(cut - above, left - sum(least or 0 for least, _ in below))
        if None not in [most for _, most in below]:
            wanted = max(wanted, left - sum(most for _, most in below if most is not None))
        least, most = limits[k]
        wanted = max(wanted, least or 0)
        found.append(above + (wanted if most is None else min(wanted, most)))
    return (*found, max([cuts[-1], *found]))


def _grading(case: CaseValues, quantity: CheckedQuantity, body: Distribution, group: Level, row: int) -> Grading:
    """The cuts of one group: cut k is the rounded sum of the first k shares of those who have a value."""
    known = case.outcomes.get((quantity.name, row))
    if isinstance(known, Grading):
        return known
    members = case.taking_part(PERSON, group, row)
    values = {one: Standpoint(case, PERSON, one, quantity.name).find(body.argument)[1] for one in members}
    candidates = Ranking({one: (as_number(value),) for one, value in values.items() if value is not None})
    shares = [as_number(number_in(share.text)) for share, _ in body.rows]
    count = len(candidates)
    sums = [sum(shares[: k + 1], Fraction(0)) for k in range(len(shares))]
    cuts = _limited([int(round_to(count * share, 0, body.rounding)) for share in sums], body.limits, count)
    found = Grading(len(members), candidates, cuts)
    ends = ((candidates.place(one), candidates.place(one, "modified")) for one in candidates.worth)
    if body.ties == "refuse" and any(found.grade(first) != found.grade(last) for first, last in ends):
        case.breaks(Violation("data-tie", quantity.name, body.place), group, row)
    case.outcomes[quantity.name, row] = found
    return found
