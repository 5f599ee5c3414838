"""What the period itself brings: its days, as constants that every formula can read."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ..base.periods import Period
from ..lang.functions import PERIOD_NAMES
from ..lang.types import DATE, WHOLE, Bounds, Facts
from ..model.scheme import Scheme
from ..model.terms import Constant
from .use_periods import period_at


def constants_of(scheme: Scheme, day: date, period: Period | None) -> dict[str, tuple[Constant, Facts]]:
    """The constants of `period`, or of the one that holds `day`, in both spellings, but for names of the author's."""
    period = period or period_at(scheme, day)
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
    """The first and the last day of `period`, or of the one that holds `day`."""
    found = period or period_at(scheme, day)
    return (found.first_day, found.last_day) if found is not None else (day, day)


def _names(scheme: Scheme) -> set[str]:
    return {
        *(i.name for i in scheme.inputs), *(q.name for q in scheme.quantities), *(p.name for p in scheme.parameters),
        *(x.name for x in scheme.tables), *(f.name for f in scheme.functions), *(f.name for f in scheme.families),
        *(i.name for d in scheme.details for i in d.inputs), *(d.name for d in scheme.details),
        *(i.name for g in scheme.groups for i in g.inputs), *(n for g in scheme.groups for n in (g.name, g.key)),
        *(one.name for one in scheme.selections),
    }  # fmt: skip
