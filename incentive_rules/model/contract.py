"""What of a contract the document itself decides: which sections it has, how often something is paid."""

from __future__ import annotations

from . import scheme as s

_ROLES = {
    "grades": s.Role.GRADE, "pay": s.Role.PAY, "honors": s.Role.HONOR, "entitlements": s.Role.ENTITLEMENT,
}  # fmt: skip


def names_in_section(scheme: s.Scheme, section: str) -> list[str]:
    """The quantities of a section: grades | pay | honors | entitlements."""
    return [one.name for one in scheme.quantities if one.role is _ROLES[section]]


def is_paid_every(scheme: s.Scheme, period: str) -> bool:
    """Whether some pay line is due once in each month | quarter | half_year | year."""
    lines = (one for one in scheme.quantities if one.role is s.Role.PAY)
    return any((one.every or scheme.period_kind.value) == period for one in lines)
