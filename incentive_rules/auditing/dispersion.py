"""Figures of everybody: how unequal pay is, which indicators tell people apart, and how much noise changes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from . import intervals, verdicts
from .report import AuditFigure, AuditQuestion, AuditVerdict, IndicatorScores, Measured
from .samples import Sample, gini


def inequality(measured: Measured, everyone: Sample, question: AuditQuestion) -> Iterator[AuditFigure]:
    """The Gini coefficient of an amount."""
    if measured.is_share or everyone.n < max(question.min_group, 2):
        return
    value, limit = gini(everyone), question.limits.get("gini")
    ends = None if value is None else intervals.of_gini(everyone, question.confidence)
    yield AuditFigure(
        "gini", measured.name, everyone.n, value, ends, "jackknife", limit=limit, verdict=verdicts.at_most(ends, limit),
        why="" if value is not None else "zero",
    )  # fmt: skip


def indicator_figures(question: AuditQuestion) -> Iterator[AuditFigure]:
    """Of each indicator: who has the highest and who the lowest score, and what it weighs in effect."""
    for one in question.indicators:
        known = [score for score in one.scores if score is not None]
        if len(known) < question.min_group:
            continue
        limit = question.limits.get("ceiling")
        for measure, end in (("ceiling", max(known)), ("floor", min(known))):
            count = known.count(end)
            ends = intervals.rate(count, len(known), question.confidence)
            yield AuditFigure(
                measure,  # type: ignore[arg-type]
                one.name, len(known), Fraction(count, len(known)), ends, "clopper_pearson", limit=limit,
                verdict=verdicts.at_most(ends, limit),
            )  # fmt: skip
        yield from _weight(one, question)


def _weight(one: IndicatorScores, question: AuditQuestion) -> Iterator[AuditFigure]:
    """The share of the total's variance that an indicator brings: cov(weight * score, total) / var(total).

    It is the slope of the one on the other, and the shares of all indicators add up to 1 where the total is their sum.
    """
    both = [(s, t) for s, t in zip(one.scores, one.totals, strict=True) if s is not None and t is not None]
    if len(both) < question.min_group:
        return
    n = len(both)
    parts, totals = [one.weight * score for score, _ in both], [total for _, total in both]
    part_mean, total_mean = sum(parts, Fraction(0)) / n, sum(totals, Fraction(0)) / n
    together = sum(((p - part_mean) * (t - total_mean) for p, t in zip(parts, totals, strict=True)), Fraction(0))
    alone = sum(((t - total_mean) ** 2 for t in totals), Fraction(0))
    value = together / alone if alone else None
    share = question.limits.get("weight")
    limit = None if share is None else share * one.weight
    ends = None if value is None else intervals.slope(parts, totals, value, question.confidence)
    yield AuditFigure(
        "effective_weight", one.name, n, value, ends, "white", limit=limit, verdict=verdicts.at_least(ends, limit),
        nominal=one.weight, why="" if value is not None else "zero",
    )  # fmt: skip


def grade_flips(question: AuditQuestion) -> Iterator[AuditFigure]:
    """The share of people for whom something comes out otherwise when what was measured is off by its noise."""
    for one in question.flips:
        known = [share for share in one.shares if share is not None]
        limit = question.limits.get("flips")
        if len(known) < question.min_group:
            verdict = None if limit is None else AuditVerdict.INCONCLUSIVE
            yield AuditFigure(
                "grade_flips", one.name, len(known), None, None, "student", limit=limit, verdict=verdict, why="few"
            )
            continue
        ends = intervals.mean_of_shares(known, question.confidence)
        yield AuditFigure(
            "grade_flips", one.name, len(known), sum(known, Fraction(0)) / len(known), ends, "student", limit=limit,
            verdict=verdicts.at_most(ends, limit),
        )  # fmt: skip
