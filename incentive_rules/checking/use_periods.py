"""The period a scheme is used for: is it one, and may the scheme be run for it?"""

from __future__ import annotations

from datetime import date

from ..base.diagnostics import Diagnostic
from ..base.periods import Period, PeriodKind, read_period
from ..base.periods import period_at as period_in_calendar
from ..model.scheme import Scheme

_KIND_ZH = {
    PeriodKind.MONTH: "月",
    PeriodKind.QUARTER: "季度",
    PeriodKind.HALF_YEAR: "半年",
    PeriodKind.YEAR: "年",
}


def find_period(scheme: Scheme, text: str | None) -> tuple[Period | None, tuple[Diagnostic, ...]]:
    """The period that `text` names, if the scheme may be computed for it; else why not."""
    if text is None:
        params = {"text": _suggestion(scheme), "kind": scheme.period_kind.value.replace("_", " ")}
        return None, (Diagnostic("period-unknown", None, params, "needed"),)
    if not isinstance(text, str):
        raise TypeError(f"a period is a text such as '{_suggestion(scheme)}'")
    period = read_period(text, scheme.year_starts)
    if period is None:
        return None, (Diagnostic("period-unknown", None, {"text": text}),)
    findings = period_findings(scheme, period)
    return (None, findings) if findings else (period, ())


def period_findings(scheme: Scheme, period: Period) -> tuple[Diagnostic, ...]:
    """Why the scheme may not be computed for `period`; nothing where it may."""
    if period.kind is not scheme.period_kind:
        inside = period_at(scheme, max(period.first_day, scheme.first_day))
        params = {
            "text": period.text,
            "kind": scheme.period_kind.value.replace("_", " "),
            "kind_zh": _KIND_ZH[scheme.period_kind],
            "near": inside.text if inside else "",
        }
        return (Diagnostic("period-kind", None, params),)
    if period.first_day < scheme.first_day or period.last_day > scheme.last_day:
        ends = {"first_day": scheme.first_day.isoformat(), "last_day": scheme.last_day.isoformat()}
        return (Diagnostic("period-outside", None, {"text": period.text, **ends}),)
    if scheme.published is not None and period.first_day < scheme.published and not scheme.backdated:
        days = {"first_day": period.first_day.isoformat(), "published": scheme.published.isoformat()}
        return (Diagnostic("period-unpublished", None, {"text": period.text, **days}),)
    return ()


def period_at(scheme: Scheme, day: date) -> Period | None:
    """The period of the scheme's kind that holds `day`."""
    return period_in_calendar(day, scheme.period_kind, scheme.year_starts)


def _suggestion(scheme: Scheme) -> str:
    """A period for which the scheme may be run: its first whole one."""
    start = max(scheme.first_day, scheme.published or scheme.first_day)
    period = period_at(scheme, start)
    if period is not None and period.first_day < start:
        period = period_at(scheme, date.fromordinal(min(period.last_day.toordinal() + 1, date.max.toordinal())))
    return period.text if period else "2026-04"
