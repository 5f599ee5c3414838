"""Groups compared: gaps of means and medians, ratios of rates, and whether categories tell another story than all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from attrs import frozen

from . import intervals, verdicts
from .report import AuditFigure, AuditQuestion, AuditVerdict, Interval, Measured
from .samples import Sample


@frozen
class AskedComparison:
    """What is compared: a measure, the grouping's name, that of the categories ("" for everybody), and the question."""

    measured: Measured
    by: str
    within: str
    question: AuditQuestion

    @property
    def most(self) -> Fraction | None:
        """How large a gap may be: of a share as much as the rule of four fifths leaves."""
        ratio = self.question.limits.get("ratio")
        if self.measured.is_share:
            return None if ratio is None else 1 - ratio
        return self.question.limits.get("gap")


def comparisons(asked: AskedComparison, category: str, groups: Mapping[str, Sample]) -> Iterator[AuditFigure]:
    """All pairs of groups: of a number the gaps of means and medians, of a share the ratio of rates."""
    for group, reference in pairs(groups, asked.question.reference):
        if asked.measured.is_share:
            yield _rate_ratio(asked, category, *_lower_first(groups, group, reference), groups)
        else:
            yield _mean_gap(asked, category, group, reference, groups)
            yield _median_gap(asked, category, group, reference, groups)


def pairs(groups: Mapping[str, Sample], reference: str) -> list[tuple[str, str]]:
    """Each group with each that it is compared with: the reference, else the larger of the two."""
    ordered = sorted(groups, key=lambda name: (name != reference, -groups[name].n, name))
    return [(other, first) for first, other in combinations(ordered, 2)]


def _lower_first(groups: Mapping[str, Sample], one: str, other: str) -> tuple[str, str]:
    """The rule of four fifths looks at the lower rate as a part of the higher one."""
    return (one, other) if groups[one].mean <= groups[other].mean else (other, one)


def _gap_of(ends: Interval | None) -> Interval | None:
    return None if ends is None else (1 - ends[1], 1 - ends[0])


def _figure(
    asked: AskedComparison, measure: str, category: str, group: str, reference: str, counts: tuple[int, int],
    value: Fraction | None, interval: Interval | None, method: str,
) -> AuditFigure:  # fmt: skip
    is_ratio = measure == "rate_ratio"
    most = asked.question.limits.get("ratio") if is_ratio else asked.most
    judge = verdicts.at_least if is_ratio else verdicts.around_zero
    return AuditFigure(
        measure,  # type: ignore[arg-type]
        asked.measured.name, sum(counts), value, interval, method, asked.by, asked.within, category, group, reference,
        counts, most, judge(interval, most), None, "" if value is not None else "zero",
    )  # fmt: skip


def _mean_gap(
    asked: AskedComparison, category: str, group: str, reference: str, groups: Mapping[str, Sample]
) -> AuditFigure:
    """The difference in average pay, as a part of that of the reference."""
    one, other = groups[group], groups[reference]
    value = 1 - one.mean / other.mean if other.mean > 0 else None
    ends = _gap_of(intervals.ratio_of_means(one, other, asked.question.confidence))
    return _figure(asked, "mean_gap", category, group, reference, (one.n, other.n), value, ends, "fieller")


def _median_gap(
    asked: AskedComparison, category: str, group: str, reference: str, groups: Mapping[str, Sample]
) -> AuditFigure:
    one, other = groups[group], groups[reference]
    value = 1 - one.median / other.median if other.median > 0 else None
    ends = _gap_of(intervals.ratio_of_medians(one, other, asked.question.confidence))
    counts = (one.n, other.n)
    return _figure(asked, "median_gap", category, group, reference, counts, value, ends, "price_bonett")


def _rate_ratio(
    asked: AskedComparison, category: str, group: str, reference: str, groups: Mapping[str, Sample]
) -> AuditFigure:
    """The lower rate as a part of the higher one: adverse impact."""
    one, other = groups[group], groups[reference]
    value = one.mean / other.mean if other.mean > 0 else None
    ends = intervals.ratio_of_rates((one.total, one.n), (other.total, other.n), asked.question.confidence)
    counts = (one.n, other.n)
    return _figure(asked, "rate_ratio", category, group, reference, counts, value, ends, "miettinen_nurminen")


def standardised(
    asked: AskedComparison, categories: Mapping[tuple[str, str], Sample], overall: Mapping[tuple[str, str], Sample]
) -> Iterator[AuditFigure]:
    """Of each pair the gap as it were if both were spread over the categories as the group is; and Simpson's reversal.

    Categories in which only one of the two is shown play no part.
    """
    everybody = {group: sample for (_, group), sample in overall.items()}
    for group, reference in pairs(everybody, asked.question.reference):
        both = [
            (sample, categories[category, reference])
            for (category, one), sample in categories.items()
            if one == group and (category, reference) in categories
        ]
        if not both:
            continue
        yield from _standardised_pair(asked, group, reference, both, (everybody[group], everybody[reference]))


def _standardised_pair(
    asked: AskedComparison, group: str, reference: str, both: Sequence[tuple[Sample, Sample]],
    overall: tuple[Sample, Sample],
) -> Iterator[AuditFigure]:  # fmt: skip
    confidence = asked.question.confidence
    total = sum((Fraction(one.total) * one.step for one, _ in both), Fraction(0))
    spread = sum((one.n * one.variance for one, _ in both), Fraction(0))
    expected = sum((one.n * other.mean for one, other in both), Fraction(0))
    expected_spread = sum((one.n**2 * other.variance / other.n for one, other in both), Fraction(0))
    counts = (sum(one.n for one, _ in both), sum(other.n for _, other in both))
    value = 1 - total / expected if expected > 0 else None
    alone = any(min(one.n, other.n) < 2 for one, other in both)
    ends = None if alone else _gap_of(intervals.ratio_of_sums(total, spread, expected, expected_spread, confidence))
    yield _figure(asked, "standardised_gap", "", group, reference, counts, value, ends, "fieller_sums")
    crude = _gap_of(intervals.ratio_of_means(*overall, confidence))
    one, other = overall
    sign = (one.mean > other.mean) - (one.mean < other.mean)
    opposite = sum((a.mean > b.mean) - (a.mean < b.mean) == -sign != 0 for a, b in both)
    yield AuditFigure(
        "reversal", asked.measured.name, sum(counts), Fraction(opposite, len(both)), None, "fieller_sums", asked.by,
        asked.within, "", group, reference, counts, None, _reversal(crude, ends, asked.most),
    )  # fmt: skip


def _reversal(crude: Interval | None, standard: Interval | None, limit: Fraction | None) -> AuditVerdict:
    """Outside where all together and the categories point in opposite directions, inside where they surely do not."""
    if crude is None or standard is None:
        return AuditVerdict.INCONCLUSIVE
    directions = [1 if low > 0 else -1 if high < 0 else 0 for low, high in (crude, standard)]
    if directions[0] * directions[1]:
        return AuditVerdict.INSIDE if directions[0] == directions[1] else AuditVerdict.OUTSIDE
    near = limit is not None and all(-limit < low and high < limit for low, high in (crude, standard))
    return AuditVerdict.INSIDE if near else AuditVerdict.INCONCLUSIVE
