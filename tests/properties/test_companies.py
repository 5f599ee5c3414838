"""The laws of people together, on random companies: both engines, any order, nothing lost, no neighbour hurt.

A few hundred companies on every push; many thousands in the nightly profile.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules import second_opinion as opinions
from incentive_rules.base.codes.fairness import CODES
from incentive_rules.base.numbers import to_decimal
from incentive_rules.framing.texts import cell_text
from incentive_rules.model.exact_values import as_constant
from incentive_rules.model.levels import PERSON
from incentive_rules.model.result_columns import results_of
from incentive_rules.model.scheme import Honor, Role
from incentive_rules.model.text_columns import Writing, lines_of, written_column
from incentive_rules.recomputing.differences import differences
from tests.properties.companies import computed, judged, people_of
from tests.properties.generated_companies import Company, Row, company, scheme_text, stranger

# What is drawn at random may be warned of.
pytestmark = pytest.mark.filterwarnings("ignore::incentive_rules.SchemeWarning")
SEEDS = st.integers(0, 2**32 - 1)
quiet = settings(suppress_health_check=list(HealthCheck), deadline=None)

FAIRNESS = {code.name for code in CODES}


def compiled(rng: Random, everyone: bool = True) -> ir.Pipeline:
    """A random scheme made ready; only a number that is too wide may be refused."""
    text = scheme_text(rng, everyone)
    try:
        return ir.compile(text=text, period="2026-Q2")
    except ir.SchemeError as error:
        codes = {d.code for d in error.diagnostics} - {"unused", "scale-mismatch", "condition-always", *FAIRNESS}
        assert codes <= {"too-wide", "range-unbounded"}, f"{error}\n\n{text}"
        assume(False)
        raise


@given(SEEDS)
@quiet
def test_both_engines_agree_to_the_digit(seed: int) -> None:
    rng = Random(seed)
    pipeline = compiled(rng)
    done = computed(pipeline, company(rng))
    assert not any(done.outcome.problems), done.outcome.problems
    judgements = judged(pipeline, done)
    for key, result in done.results.items():
        assert not list(differences(result, judgements[key])), f"{key} of seed {seed}"
        assert not judgements[key].outside, f"outside the proved bounds: {judgements[key].outside}, seed {seed}"


@given(SEEDS, st.sampled_from(["one", "some", "all", "little", "less"]), st.booleans())
@quiet
def test_the_second_opinion_of_a_sound_run_differs_nowhere(seed: int, how: str, spoilt: bool) -> None:
    """However few are asked for, whatever stands as the run has it, and whoever is set aside."""
    rng = Random(seed)
    pipeline, people = compiled(rng, how != "less"), company(rng, 12)
    if spoilt:
        people = _with_a_bad_row(people, rng.choice(people.people))
    read = people_of(pipeline, people)
    computed_ = pipeline.compute(read)
    least, part = {"little": (40, 8), "less": (200, 40)}.get(how, (10_000, 8))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(opinions, "LEAST_EFFORT", least)
        patched.setattr(opinions, "PART_OF_ONE", part)
        opinion = pipeline.second_opinion(read, computed_, {"one": 1, "some": 3, "all": "all"}.get(how))
    accepted = sum(result is not None for _, result, _ in computed_.outcomes)
    assert opinion is not None and opinion.accepted == accepted and opinion.people >= min(1, accepted)
    assert not opinion.dissents, [dissent.problem for dissent in opinion.dissents]


@given(SEEDS, st.booleans())
@quiet
def test_results_by_column_are_results_by_name(seed: int, spoilt: bool) -> None:
    """Files, fingerprints and totals read columns of results; whoever asks one person's result gets the same."""
    rng = Random(seed)
    pipeline, people = compiled(rng), company(rng, 12)
    if spoilt:
        people = _with_a_bad_row(people, rng.choice(people.people))
    computed_ = pipeline.compute(people_of(pipeline, people))
    results = [result for result in computed_.results if result is not None]
    for output in pipeline.plan.outputs:
        if results and output.name in results[0]:
            column = written_column(output.name, computed_.paid, Writing(cell_text))
            written = b"".join(lines_of([column], [b"", b"\n"])).decode()
            assert written == "".join(f"{cell_text(result[output.name])}\n" for result in results)
            again = written_column(output.name, results_of(results), Writing(cell_text))
            assert b"".join(lines_of([again], [b"", b"\n"])).decode() == written
    for output in pipeline.plan.outputs:
        if output.role in (Role.PAY, Role.RESULT) and not output.level:
            amounts = [amount for result in results if isinstance(amount := result[output.name], Decimal)]
            assert to_decimal(computed_.paid.units(output.name), output.decimals or 0) == sum(amounts)
    rows = [(row, result) for row, result, _ in computed_.outcomes]
    assert [result for _, result in rows] == [*computed_.results]
    assert [row.key for row in computed_.rows(computed_.accepted)] == [result.key for result in results]


def _with_a_bad_row(people: Company, bad: Row) -> Company:
    rows = [{**row, "jobs": 999} if row is bad else row for row in people.people]
    return Company(rows, people.details, people.groups)


@given(SEEDS)
@quiet
def test_no_order_of_rows_or_tables_changes_anything(seed: int) -> None:
    rng = Random(seed)
    pipeline, people = compiled(rng), company(rng)
    here, there = computed(pipeline, people), computed(pipeline, people.shuffled(rng))
    assert {k: _person(r) for k, r in here.results.items()} == {k: _person(r) for k, r in there.results.items()}
    assert here.outcome.groups == there.outcome.groups
    assert sorted(here.outcome.pools, key=str) == sorted(there.outcome.pools, key=str)


def _person(result: ir.Result) -> dict[str, object]:
    """A person's own values; those of rows as a multitude, for rows come in another order."""
    rows = {name: sorted(map(str, value)) for name, value in result.items() if isinstance(value, tuple)}
    return {**result.as_dict(), **rows}


@given(SEEDS)
@quiet
def test_pools_conserve_what_they_hold(seed: int) -> None:
    rng = Random(seed)
    pipeline = compiled(rng)
    done = computed(pipeline, company(rng))
    for pool in done.outcome.pools:
        assert pool.amount == pool.paid + pool.remainder and pool.remainder >= 0, pool
        assert pool.state == "paid" or pool.paid == 0, pool
    for name in ("bonus", "project_bonus"):
        paid = sum((pool.paid for pool in done.outcome.pools if pool.name == name), Decimal(0))
        assert paid == sum((r[name] for r in done.results.values() if r.in_scope), Decimal(0)), (name, seed)


@given(SEEDS)
@quiet
def test_a_quota_is_never_exceeded(seed: int) -> None:
    """More than the places are chosen only by a tie that gets them all; never more than are eligible."""
    rng = Random(seed)
    pipeline = compiled(rng)
    done = computed(pipeline, company(rng))
    body = pipeline.checked.quantity("star").definition.body
    assert isinstance(body, Honor)
    for honor in done.outcome.honors:
        assert len(honor.chosen) <= honor.eligible
        assert len(honor.chosen) + honor.empty >= honor.places
        if body.ties == "none" or len(honor.chosen) <= honor.places:
            assert len(honor.chosen) <= honor.places
            assert len(honor.chosen) + honor.empty == honor.places
    chosen = {key for honor in done.outcome.honors for key in honor.chosen}
    assert chosen == {key for key, result in done.results.items() if result.in_scope and result["star"]}


@given(SEEDS)
@quiet
def test_a_stranger_changes_nothing_for_those_who_have_nothing_to_do_with_him(seed: int) -> None:
    rng = Random(seed)
    pipeline, people = compiled(rng, everyone=False), company(rng)
    more = Company([*people.people, stranger(rng)], people.details, people.groups)
    here, there = computed(pipeline, people), computed(pipeline, more)
    assert dict(here.results) == {key: result for key, result in there.results.items() if key != "Z999"}


@given(SEEDS, st.booleans())
@quiet
def test_a_refused_row_stops_what_it_belongs_to_and_nobody_else(seed: int, everyone: bool) -> None:
    """Whoever is paid beside a refused row is paid as if it had never been there."""
    rng = Random(seed)
    pipeline, people = compiled(rng, everyone), company(rng)
    bad = rng.choice(people.people)
    rest = Company(
        [row for row in people.people if row is not bad],
        {name: [r for r in rows if not _belongs(r, str(bad["engineer"]))] for name, rows in people.details.items()},
        people.groups,
    )  # fmt: skip
    here, there = computed(pipeline, _with_a_bad_row(people, bad)), computed(pipeline, rest)
    for key, result in here.results.items():
        assert result == there.results[key], key
    stopped = {row["team"] for row in people.people if row["engineer"] not in here.results}
    assert everyone or stopped <= {bad["team"], *_teams_of_shared_projects(people, str(bad["engineer"]))}


def _belongs(row: Row, key: str) -> bool:
    return row.get("engineer") == key or str(row.get("order", "")).startswith(f"{key}-")


def _teams_of_shared_projects(people: Company, key: str) -> set[object]:
    """The teams that meet a person in a project; what stops one of them may stop the next."""
    teams = {row["engineer"]: row["team"] for row in people.people}
    found = {teams[key]}
    while True:
        members = {engineer for engineer, team in teams.items() if team in found}
        met = {row["project"] for row in people.details["shares"] if row["engineer"] in members}
        more = {teams[row["engineer"]] for row in people.details["shares"] if row["project"] in met}
        if more <= found:
            return found
        found |= more


@given(SEEDS)
@quiet
def test_values_of_groups_are_those_that_their_members_read(seed: int) -> None:
    rng = Random(seed)
    pipeline, people = compiled(rng), company(rng)
    done = computed(pipeline, people)
    team = {str(row["engineer"]): row["team"] for row in people.people}
    for name, value in ((n, v) for r in done.outcome.groups.get("team", {}).values() for n, v in r.items()):
        assert isinstance(as_constant(value), (Fraction, str, bool, type(None))), name
    for key, result in done.results.items():
        if result.in_scope:
            for name, value in done.outcome.groups.get("team", {}).get(str(team[key]), {}).items():
                assert result[name] == value or (result[name] is ir.MISSING and value is ir.MISSING)


def test_the_levels_of_a_company_are_all_there() -> None:
    pipeline = compiled(Random(1))
    assert {PERSON, ("team",), ("project",), ("orders",), ("steps",), ("shares",)} <= set(pipeline.checked.levels)
