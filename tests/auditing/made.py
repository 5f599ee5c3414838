"""Questions and samples for the tests of the audit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from incentive_rules.auditing.audit import audited
from incentive_rules.auditing.report import Audit, AuditQuestion, Grouping, Measured
from incentive_rules.auditing.samples import Sample, in_steps, sample_of

Row = tuple[object, ...]  # a number or a truth, the group, and perhaps the category


def sample(*values: object) -> Sample:
    steps = in_steps([Fraction(str(value)) for value in values])
    assert steps is not None
    return sample_of([unit for unit in steps.units if unit is not None], steps.step)


def audit_of(rows: Iterable[Row], is_share: bool = False, **says: object) -> Audit:
    """The audit of `paid` by `gender`, within `post` where the rows have a third cell."""
    kept = [(*row, None) for row in rows]
    values = [None if row[0] is None else Fraction(str(int(row[0]) if is_share else row[0])) for row in kept]  # type: ignore[call-overload]
    by = Grouping("gender", [row[1] for row in kept])  # type: ignore[misc]
    has_posts = any(row[2] is not None for row in kept)
    within = (Grouping("post", [row[2] for row in kept]),) if has_posts else ()  # type: ignore[misc]
    return audited(AuditQuestion((Measured("paid", values, is_share),), (by,), within, **says))  # type: ignore[arg-type]


def repeated(value: object, group: str, count: int, *post: str) -> list[Row]:
    return [(value, group, *post)] * count


def gaps(audit: Audit, measure: str = "mean_gap") -> Sequence[Fraction | None]:
    return [figure.value for figure in audit.figures if figure.measure == measure]
