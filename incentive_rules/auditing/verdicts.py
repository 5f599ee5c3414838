"""Verdicts: on which side of its limit the whole interval of a figure lies."""

from __future__ import annotations

from fractions import Fraction

from .report import AuditVerdict, Interval


def around_zero(ends: Interval | None, limit: Fraction | None) -> AuditVerdict | None:
    """Of a gap, which is outside from the limit on, in either direction."""
    if limit is None:
        return None
    if ends is None:
        return AuditVerdict.INCONCLUSIVE
    low, high = ends
    if -limit < low and high < limit:
        return AuditVerdict.INSIDE
    return AuditVerdict.OUTSIDE if low >= limit or high <= -limit else AuditVerdict.INCONCLUSIVE


def at_least(ends: Interval | None, limit: Fraction | None) -> AuditVerdict | None:
    """Of a ratio, which is outside below the limit."""
    if limit is None:
        return None
    if ends is None:
        return AuditVerdict.INCONCLUSIVE
    low, high = ends
    return AuditVerdict.INSIDE if low >= limit else AuditVerdict.OUTSIDE if high < limit else AuditVerdict.INCONCLUSIVE


def at_most(ends: Interval | None, limit: Fraction | None) -> AuditVerdict | None:
    """Of a share, which is outside above the limit."""
    if limit is None:
        return None
    if ends is None:
        return AuditVerdict.INCONCLUSIVE
    low, high = ends
    return AuditVerdict.INSIDE if high <= limit else AuditVerdict.OUTSIDE if low > limit else AuditVerdict.INCONCLUSIVE
