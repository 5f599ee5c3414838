"""Finds the period for which a scheme is computed, checks that it may be, and gives the days of the period."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ...base.diagnostics import Diagnostic
from ...base.periods import Period, PeriodKind, read_period
from ...base.periods import period_at as period_in_calendar
from ...lang.functions import PERIOD_NAMES
from ...lang.types import DATE, WHOLE, Bounds, Facts
from ...model.scheme import Scheme
from ...model.terms import Constant

_KIND_ZH = {
    PeriodKind.MONTH: "月",
    PeriodKind.QUARTER: "季度",
    PeriodKind.HALF_YEAR: "半年",
    PeriodKind.YEAR: "年",
}


def find_period(scheme: Scheme, text: str | None) -> tuple[Period | None, tuple[Diagnostic, ...]]:
    """The period called `text`, if the scheme may be computed for it; else the findings why not."""
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
    """Why the scheme may not be computed for `period`; no finding if it may."""
    if period.kind is not scheme.period_kind:
        inside = period_of_scheme(scheme, max(period.first_day, scheme.first_day))
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


def period_of_scheme(scheme: Scheme, day: date) -> Period | None:
    """The period of the scheme's kind that contains `day`."""
    return period_in_calendar(day, scheme.period_kind, scheme.year_starts)


def _suggestion(scheme: Scheme) -> str:
    """A period for which the scheme may be computed: its first whole one."""
    start = max(scheme.first_day, scheme.published or scheme.first_day)
    period = period_of_scheme(scheme, start)
    if period is not None and period.first_day < start:
        period = period_of_scheme(scheme, date.fromordinal(min(period.last_day.toordinal() + 1, date.max.toordinal())))
    return period.text if period else "2026-04"


def period_constants(scheme: Scheme, day: date, period: Period | None) -> dict[str, tuple[Constant, Facts]]:
    """The constants of `period`, or of the one with `day`, in both spellings, without those that the author defines."""
    period = period or period_of_scheme(scheme, day)
    if period is None:
        return {}
    first, last = period.first_day.toordinal(), period.last_day.toordinal()
    values = {"period_first_day": first, "period_last_day": last, "period_days": last - first + 1}
    taken = _names(scheme)
    found: dict[str, tuple[Constant, Facts]] = {}
    for name, chinese in PERIOD_NAMES.items():
        value = Fraction(values[name])
        facts = Facts(WHOLE if name == "period_days" else DATE, bounds=Bounds(value, value))
        found |= {spelling: (value, facts) for spelling in (name, chinese) if spelling not in taken}
    return found


def days_of(scheme: Scheme, day: date, period: Period | None) -> tuple[date, date]:
    """The first and the last day of `period`, or of the one that contains `day`."""
    found = period or period_of_scheme(scheme, day)
    return (found.first_day, found.last_day) if found is not None else (day, day)


def _names(scheme: Scheme) -> set[str]:
    return {
        *(i.name for i in scheme.inputs), *(q.name for q in scheme.quantities), *(p.name for p in scheme.parameters),
        *(x.name for x in scheme.tables), *(f.name for f in scheme.functions), *(f.name for f in scheme.families),
        *(i.name for d in scheme.details for i in d.inputs), *(d.name for d in scheme.details),
        *(i.name for g in scheme.groups for i in g.inputs), *(n for g in scheme.groups for n in (g.name, g.key)),
        *(one.name for one in scheme.selections),
    }  # fmt: skip
