"""An audit as programs read it: counts and ends of intervals as numbers, exact figures as texts with their decimals."""

from __future__ import annotations

from fractions import Fraction
from math import isinf

from ..base.numbers import show_number
from .report import Audit, AuditFigure, AuditVerdict, GroupFigures

_PLACES = 6  # of figures that no finite number of decimals writes, rounded half up


def as_json(audit: Audit) -> dict[str, object]:
    """Everything: also the rows that a report leaves out."""
    return {
        "confidence": _text(audit.confidence),
        "min_group": audit.min_group,
        "limits": {name: _text(limit) for name, limit in audit.limits.items()},
        "people": dict(audit.people),
        "left_out": [{"of": o.of or None, "why": o.why, "name": o.name, "count": o.count} for o in audit.left_out],
        "not_shown": [
            {"of": o.of, "by": o.by, "within": o.within, "groups": o.cells, "categories": o.categories}
            for o in audit.not_shown
        ],
        "notes": [{"what": what, "name": name} for what, name in audit.notes],
        "groups": [_group(one) for one in audit.groups],
        "figures": [_figure(one) for one in audit.figures],
        "verdicts": {verdict.value: audit.count(verdict) for verdict in AuditVerdict},
    }


def _group(one: GroupFigures) -> dict[str, object]:
    found: dict[str, object] = {
        "of": one.of, "by": one.by or None, "within": one.within or None,
        "category": one.category if one.within else None, "group": one.group if one.by else None, "n": one.n,
    }  # fmt: skip
    if one.is_share:
        return found | {"share": _text(one.mean)}
    found |= {"mean": _text(one.mean), "median": _text(one.median), "deviation": _rounded(one.deviation)}
    found |= {"receiving": _text(one.receiving)}
    if one.bands:
        found["quarters"] = [_text(band) for band in one.bands]
    if one.least is not None:
        found |= {"least": _text(one.least), "greatest": _text(one.greatest)}
    return found


def _figure(one: AuditFigure) -> dict[str, object]:
    found: dict[str, object] = {"measure": one.measure, "of": one.of}
    if one.by:
        found |= {"by": one.by, "within": one.within or None, "category": one.category or None}
        found |= {"group": one.group, "reference": one.reference}
        found |= {"counts": list(one.counts or ())}
    if one.nominal is not None:
        found["nominal"] = _text(one.nominal)
    interval = None if one.interval is None else [_rounded(end) for end in one.interval]
    return found | {
        "n": one.n, "value": _text(one.value), "interval": interval, "method": one.method, "limit": _text(one.limit),
        "verdict": None if one.verdict is None else one.verdict.value, "why": one.why or None,
    }  # fmt: skip


def _text(value: Fraction | None) -> str | None:
    """A decimal number; what none writes exactly, or only a long one, with six decimals."""
    if value is None:
        return None
    exact = show_number(value)
    return exact if "/" not in exact and len(exact.partition(".")[2]) <= _PLACES else show_number(value, _PLACES)


def _rounded(value: float | None) -> float | None:
    """Ten digits: the last ones of a float may differ from machine to machine. None where it is infinite."""
    return None if value is None or isinf(value) else float(f"{value:.10g}")
