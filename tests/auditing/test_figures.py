"""Figures of small companies, by hand: gaps, four fifths, Simpson's reversal, small teams, weights, noise."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.auditing.audit import audited
from incentive_rules.auditing.report import AuditQuestion, Flips, Grouping, IndicatorScores, LeftOut, Measured
from tests.auditing.made import Row, audit_of, gaps, repeated

INSIDE, OUTSIDE, INCONCLUSIVE = ir.AuditVerdict.INSIDE, ir.AuditVerdict.OUTSIDE, ir.AuditVerdict.INCONCLUSIVE


def test_a_gap_is_a_part_of_what_the_reference_is_paid() -> None:
    """Women 90 in the mean, men 100: 10%, with the men as the larger group. Medians 80 and 100: 20%."""
    rows = [*repeated(80, "F", 9), *repeated(120, "F", 3), *repeated(100, "M", 20)]
    audit = audit_of(rows)
    gap, median = audit.figure("mean_gap", "paid"), audit.figure("median_gap", "paid")
    assert (gap.group, gap.reference, gap.counts, gap.n) == ("F", "M", (12, 20), 32)
    assert (gap.value, median.value) == (Fraction(1, 10), Fraction(2, 10))
    assert gap.interval is not None
    low, high = gap.interval
    assert low < 0.1 < high


def test_the_reference_may_be_named_and_a_gap_negative() -> None:
    rows = [*repeated(110, "F", 12), *repeated(100, "M", 11)]
    assert audit_of(rows).figure("mean_gap", "paid").value == 1 - Fraction(100, 110)
    gap = audit_of(rows, reference="M").figure("mean_gap", "paid")
    assert (gap.group, gap.reference, gap.value) == ("F", "M", Fraction(-1, 10))
    assert gap.verdict is OUTSIDE  # nobody's pay varies here, so the interval is a point


def test_all_pairs_of_groups_are_compared() -> None:
    rows = [*repeated(100, "A", 30), *repeated(100, "B", 20), *repeated(100, "C", 10)]
    pairs = [(f.group, f.reference) for f in audit_of(rows).figures if f.measure == "mean_gap"]
    assert pairs == [("B", "A"), ("C", "A"), ("C", "B")]
    assert audit_of(rows).count(INSIDE) == 6  # three of means, three of medians; Gini has no limit


@pytest.mark.parametrize(
    "women, verdict", [(Fraction(100), INSIDE), (Fraction(88), OUTSIDE), (Fraction(95), INCONCLUSIVE)]
)
def test_a_verdict_says_where_the_whole_interval_lies(women: Fraction, verdict: ir.AuditVerdict) -> None:
    """Pay spreads by 5 around the mean of each group, of 50 people: the interval is some 2% to either side."""
    rows: list[Row] = [(women + spread, "F") for spread in (-5, 5)] * 25
    rows += [(100 + spread, "M") for spread in (-5, 5)] * 25
    assert audit_of(rows, reference="M").figure("mean_gap", "paid").verdict is verdict


def test_the_rule_of_four_fifths_and_what_small_numbers_say_of_it() -> None:
    """Chosen are 30% of women and 50% of men: 0.6. Of 20 each nobody can tell, of 2,000 each everybody can."""
    for times, verdict in ((1, INCONCLUSIVE), (100, OUTSIDE)):
        rows = [*repeated(1, "F", 6 * times), *repeated(0, "F", 14 * times)]
        rows += [*repeated(1, "M", 10 * times), *repeated(0, "M", 10 * times)]
        ratio = audit_of(rows, is_share=True).figure("rate_ratio", "paid")
        assert (ratio.group, ratio.reference, ratio.value) == ("F", "M", Fraction(3, 5))
        assert ratio.verdict is verdict


def test_0_85_is_no_pass_of_119_and_281_people() -> None:
    """The bare number would pass at 0.80; its interval goes far below."""
    rows = [*repeated(1, "F", 33), *repeated(0, "F", 86), *repeated(1, "M", 92), *repeated(0, "M", 189)]
    ratio = audit_of(rows, is_share=True).figure("rate_ratio", "paid")
    assert ratio.value is not None
    assert 0.84 < ratio.value < 0.86
    assert ratio.verdict is INCONCLUSIVE
    assert ratio.interval is not None
    assert ratio.interval[0] < 0.8 < ratio.interval[1]


def test_where_nobody_was_chosen_there_is_no_ratio() -> None:
    ratio = audit_of([*repeated(0, "F", 20), *repeated(0, "M", 20)], is_share=True).figure("rate_ratio", "paid")
    assert (ratio.value, ratio.interval, ratio.why, ratio.verdict) == (None, None, "zero", INCONCLUSIVE)


def spread(around: int, group: str, count: int, post: str) -> list[Row]:
    """So many people whose pay lies 2 below and above `around`."""
    return [(around + 2 * (-1) ** number, group, post) for number in range(count)]


def test_simpsons_reversal() -> None:
    """Women get more in each post, and less at all, for most of them are in the post that pays less.

    At all 60 of 100 against 90 of 100; junior 52 against 50, senior 102 against 100. Put together as women are spread:
    90 * 52 + 10 * 102 = 5,700 of 90 * 50 + 10 * 100 = 5,500.
    """
    rows = [*spread(52, "F", 90, "junior"), *spread(102, "F", 10, "senior")]
    rows += [*spread(50, "M", 20, "junior"), *spread(100, "M", 80, "senior")]
    audit = audit_of(rows, reference="M")
    assert audit.figure("mean_gap", "paid", within="").value == 1 - Fraction(57, 90)
    assert [gap.value for gap in audit.figures if gap.measure == "mean_gap" and gap.within] == [
        -Fraction(2, 50), -Fraction(2, 100),
    ]  # fmt: skip
    assert audit.figure("standardised_gap", "paid").value == 1 - Fraction(5700, 5500)
    reversal = audit.figure("reversal", "paid")
    assert (reversal.value, reversal.verdict) == (1, OUTSIDE)


def test_shares_put_together_are_held_against_four_fifths() -> None:
    """Half of the women and of the men in each post: no gap put together, whatever the gap of all."""
    rows = [row for post, women, men in (("a", 200, 40), ("b", 40, 200)) for row in (
        *repeated(1, "F", women // 2, post), *repeated(0, "F", women // 2, post),
        *repeated(1, "M", men // 2, post), *repeated(0, "M", men // 2, post),
    )]  # fmt: skip
    figure = audit_of(rows, is_share=True).figure("standardised_gap", "paid")
    assert (figure.value, figure.limit) == (0, Fraction(1, 5))


def test_no_reversal_where_the_posts_say_the_same() -> None:
    rows = [*spread(80, "F", 30, "junior"), *spread(160, "F", 30, "senior")]
    rows += [*spread(100, "M", 30, "junior"), *spread(200, "M", 30, "senior")]
    reversal = audit_of(rows).figure("reversal", "paid")
    assert (reversal.value, reversal.verdict) == (0, INSIDE)


def test_people_in_small_teams_are_compared_with_those_in_large_ones() -> None:
    """Eight teams of 3 and two of 30: everybody of a small team is chosen, and a tenth of a large one."""
    rows = [row for team in range(8) for row in repeated(1, "a", 3, f"small {team}")]
    for team in range(2):
        rows += [*repeated(1, "a", 3, f"large {team}"), *repeated(0, "b", 27, f"large {team}")]
    rows = [(held, "ab"[number % 2], post) for number, (held, _, post) in enumerate(rows)]
    audit = audit_of(rows, is_share=True)
    sizes = {g.group: (g.n, g.mean) for g in audit.groups if g.by == "size(post)"}
    assert sizes == {"1–4": (24, 1), "5–30": (60, Fraction(1, 10))}
    ratio = audit.figure("rate_ratio", "paid", by="size(post)")
    assert (ratio.group, ratio.value, ratio.verdict) == ("5–30", Fraction(1, 10), OUTSIDE)


def indicators(scores: list[int], others: list[int]) -> ir.Audit:
    """Two indicators of weights 40% and 60%, and their total."""
    totals = [Fraction(4 * a + 6 * b, 10) for a, b in zip(scores, others, strict=True)]
    mine, theirs = [Fraction(a) for a in scores], [Fraction(b) for b in others]
    care = IndicatorScores("care", Fraction(40, 100), mine, totals)
    return audited(AuditQuestion((), (), (), (care, IndicatorScores("speed", Fraction(60, 100), theirs, totals))))


def test_an_indicator_that_everybody_fulfils_weighs_nothing_in_effect() -> None:
    """Eleven of twelve have 100 for care: its ceiling is 11/12, and its weight next to nothing."""
    audit = indicators([100] * 11 + [90], [40, 50, 60, 70, 80, 90, 100, 30, 20, 10, 55, 65])
    assert audit.figure("ceiling", "care").value == Fraction(11, 12)
    assert audit.figure("ceiling", "care").verdict is OUTSIDE
    assert audit.figure("floor", "care").value == Fraction(1, 12)
    care, speed = (audit.figure("effective_weight", name) for name in ("care", "speed"))
    assert care.value is not None
    assert speed.value is not None
    assert care.value + speed.value == 1
    assert (care.nominal, care.limit, care.verdict) == (Fraction(2, 5), Fraction(1, 5), OUTSIDE)
    assert speed.verdict is INSIDE


def test_effective_weights_by_hand() -> None:
    """Uncorrelated scores with equal spreads: 16 and 36 of 52 parts of the variance."""
    audit = indicators([0, 0, 10, 10] * 3, [0, 10, 0, 10] * 3)
    assert audit.figure("effective_weight", "care").value == Fraction(16, 52)
    assert audit.figure("effective_weight", "speed").value == Fraction(36, 52)


def test_what_noise_changes() -> None:
    """Of twelve people one changes in every second repetition: a 24th of all."""
    shares = [Fraction(1, 2)] + [Fraction(0)] * 11
    flips = audited(AuditQuestion((), (), flips=(Flips("grade", shares),))).figure("grade_flips", "grade")
    assert flips.value == Fraction(1, 24)
    assert flips.verdict is INCONCLUSIVE
    nobody = audited(AuditQuestion((), (), flips=(Flips("grade", [Fraction(0)] * 60),))).figure("grade_flips", "grade")
    assert (nobody.value, nobody.verdict) == (0, INSIDE)
    few = audited(AuditQuestion((), (), flips=(Flips("grade", [None] * 60),))).figure("grade_flips", "grade")
    assert (few.value, few.why, few.verdict) == (None, "few", INCONCLUSIVE)


# ── What cannot be compared ───────────────────────────────────────────────────────────────────────


def test_who_is_left_out_is_counted_and_never_told_where_they_are_few() -> None:
    rows = [*repeated(100, "F", 12), *repeated(100, "M", 20), (None, "F"), (5, None), *repeated(7, "X", 2)]
    audit = audit_of(rows)
    assert audit.people == {"paid": 32}
    assert set(audit.left_out) == {
        LeftOut("paid", "missing", "paid", 1), LeftOut("paid", "missing", "gender", 1),
        LeftOut("paid", "small", "gender", None),
    }  # fmt: skip
    assert {group.group for group in audit.groups} == {"", "F", "M"}
    assert "X" not in str(evolve(audit, render=_text))


def _text(audit: ir.Audit, language: str) -> str:
    from incentive_rules.auditing.as_text import as_text

    return as_text(audit, language)


def test_many_people_in_small_groups_are_counted() -> None:
    rows = [*repeated(100, "M", 20), *[(1, f"g{number // 5}") for number in range(15)], *repeated(3, "F", 20)]
    assert audit_of(rows).left_out == (LeftOut("paid", "small", "gender", 15),)


@pytest.mark.parametrize(
    "rows, note",
    [
        (repeated(100, "F", 40), ("one_group", "gender")),
        ([*repeated(100, "F", 40), *repeated(90, "M", 9)], ("few_groups", "gender")),
        ([(100, None)] * 30, ("no_group", "gender")),
    ],
)
def test_where_there_is_nothing_to_compare_it_says_so(rows: list[Row], note: tuple[str, str]) -> None:
    audit = audit_of(rows)
    assert audit.notes == (note,)
    assert not gaps(audit)


def test_the_least_and_the_greatest_are_single_peoples_and_shown_only_where_everything_is() -> None:
    rows = [*repeated(100, "F", 12), *repeated(90, "M", 12)]
    assert {group.least for group in audit_of(rows).groups} == {None}
    assert {group.least for group in audit_of(rows, min_group=1).groups} == {100, 90}


# ── Laws ──────────────────────────────────────────────────────────────────────────────────────────

ROWS = st.lists(
    st.tuples(st.integers(0, 2_000), st.sampled_from(["F", "M", "X", None]), st.sampled_from(["a", "b", "c", None])),
    min_size=12, max_size=60,
)  # fmt: skip


@given(rows=ROWS, chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[Row], chance: random.Random) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert audit_of(rows, min_group=3) == audit_of(shuffled, min_group=3)


@given(rows=ROWS, factor=st.sampled_from([2, 3, 100, Fraction(1, 7)]))
def test_another_currency_scales_means_and_changes_no_ratio(rows: list[Row], factor: Fraction) -> None:
    """Exact values are the same to the last digit, ends of intervals, which are floats, to ten."""
    scaled = [(row[0] * factor, *row[1:]) for row in rows]  # type: ignore[operator]
    before, after = audit_of(rows, min_group=3), audit_of(scaled, min_group=3)
    for figure, same in zip(before.figures, after.figures, strict=True):
        assert evolve(figure, interval=None) == evolve(same, interval=None)
        ends = same.interval and pytest.approx(same.interval, rel=1e-10, abs=1e-10)
        assert figure.interval == ends
    for one, other in zip(before.groups, after.groups, strict=True):
        assert (one.mean * factor, one.median * factor) == (other.mean, other.median)
        assert (one.n, one.receiving, one.bands) == (other.n, other.receiving, other.bands)


@given(rows=ROWS)
def test_names_of_groups_are_only_names(rows: list[Row]) -> None:
    """Women called men and men called women: the same figures, the other way round."""
    other = {"F": "M", "M": "F", "X": "X", None: None}
    before = audit_of(rows, min_group=1)
    after = audit_of([(row[0], other[row[1]], *row[2:]) for row in rows], min_group=1)  # type: ignore[index]
    here = {(g.within, g.category, other[g.group]): (g.n, g.mean) for g in before.groups if g.by == "gender"}
    assert here == {(g.within, g.category, g.group): (g.n, g.mean) for g in after.groups if g.by == "gender"}


def test_two_measures_and_two_groupings_stand_beside_each_other() -> None:
    groups = ["F", "M"] * 30
    ages = ["<40"] * 30 + ["≥40"] * 30
    values = [Fraction(number) for number in range(1, 61)]
    audit = audited(AuditQuestion(
        (Measured("pay", values), Measured("pay >= 30", [Fraction(v >= 30) for v in values], is_share=True)),
        (Grouping("gender", groups), Grouping("age", ages, ("<40", "≥40"))),
    ))  # fmt: skip
    assert audit.figure("mean_gap", "pay", by="age").value is not None
    assert audit.figure("rate_ratio", "pay >= 30", by="age").value == Fraction(1, 30)
    with pytest.raises(KeyError, match="2 figures"):
        audit.figure("mean_gap", "pay")
