"""Reads texts as their field demands: numbers, percentages, whole numbers, dates, periods, flags.

Each function gives the value, or None after it has reported what is wrong and how to mend it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from ...base.currencies import ALSO_CALLED, DECIMALS
from ...base.diagnostics import Fix
from ...base.numbers import MOST_DIGITS, read_number, show_number
from ...base.periods import Period, read_period
from ...base.text import nearest
from ...base.words import in_language
from ...lang.keywords.words import EXACT, FLAGS, MISSING, TBD
from ...model.document import Scalar
from .findings import LoadingLog

NUMERIC_TYPES = ("number", "integer", "money")

_GROUPED = re.compile(r"(-?[0-9]{1,3}(?:([,_' ])[0-9]{3})(?:\2[0-9]{3})*(?:\.[0-9]+)?)(%?)", re.ASCII)
_UNDERSCORED = re.compile(r"-?[0-9]+(_[0-9]+)+(\.[0-9]+)?%?", re.ASCII)
_ZEROS = re.compile(r"(-?)0+([0-9]+(?:\.[0-9]+)?%?)", re.ASCII)
_POINT = re.compile(r"(-?)([0-9]*)\.([0-9]*)(%?)", re.ASCII)
_COMMA = re.compile(r"(-?(?:0|[1-9][0-9]*)),([0-9]+)(%?)", re.ASCII)
_EXPONENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)[eE]([+-]?[0-9]{1,4})", re.ASCII)
_FRACTION = re.compile(r"-?[0-9]+(?:\.[0-9]+)?%?\s*/\s*[0-9]+", re.ASCII)
_OTHER_BASE = re.compile(r"-?0[xXbBoO][0-9a-fA-F]+", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?\.?(nan|inf|infinity|∞)", re.IGNORECASE)
_CURRENCY = re.compile(
    r"(?:(?:[¥￥$€£]|RMB|CNY|EUR|USD|GBP)\s*)?(-?[0-9][0-9.,_]*%?)(?:\s*(?:[¥￥$€£]|元整?|块|RMB|CNY|EUR|USD|GBP))?"
)
# `90以上`, `>=90`, `90-100`: an edge that says itself on which side it counts.
_BOUND = re.compile(
    r"(?:[<>≤≥]=?|=|不低于|不高于|不超过|大于|小于|高于|低于|等于|达到)*\s*(-?[0-9.]+%?)分?\s*"
    r"(?:及?以[上下内]|含|起|[-~—–至到].*)?"
)
_UNIT = re.compile(r"(-?[0-9.]+%?)\s*(?:[^\W\d_]{1,12})")
_THOUSAND_FOLD = re.compile(r"(-?[0-9.]+)\s*([千万亿]|百万|千万)元?")
_FOLD = {"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_DATE_LIKE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?", re.ASCII)

_YES = {"yes", "y", "on", "1", "t", "真", "对", "有", "√", "True".lower(), "是的"}
_NO = {"no", "n", "off", "0", "f", "假", "不", "无", "×", "False".lower(), "不是", "没有"}


def is_hole(scalar: Scalar) -> bool:
    return scalar.text in TBD


def is_missing(scalar: Scalar) -> bool:
    return scalar.text in MISSING


def is_date(text: str) -> bool:
    return _date(text) is not None


def is_time(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}", text, re.ASCII)) and is_date(text[:10])


def _mend(scalar: Scalar, mended: str | None) -> tuple[Fix, ...]:
    return () if mended is None else (Fix(scalar.place, mended),)


# ── Numbers ───────────────────────────────────────────────────────────────────────────────────────


def number_fault(text: str) -> tuple[str, str | None]:
    """Why `text` is no number of a scheme, as a variant of `number-wrong`, and how it is written instead."""
    plain = unicodedata.normalize("NFKC", text)
    if sum(c.isdigit() for c in text) > MOST_DIGITS:
        return "digits", None
    for variant, mend in _MENDS:
        mended = mend(plain)
        if mended is not None and read_number(mended) is not None:
            return ("width" if variant == "space" and plain != text else variant), mended
    if _NOT_FINITE.fullmatch(plain):
        return "infinite", None
    if (found := _THOUSAND_FOLD.fullmatch(plain)) and (value := read_number(found[1])) is not None:
        return "unit", show_number(value * _FOLD[found[2]])
    for variant, pattern in (("bound", _BOUND), ("unit", _UNIT)):
        if (found := pattern.fullmatch(plain)) and read_number(found[1]) is not None:
            return variant, found[1]
    if _FRACTION.fullmatch(plain):
        return "fraction", None
    if _OTHER_BASE.fullmatch(plain):
        return "base", None
    if found := _EXPONENT.fullmatch(plain):
        return "exponent", _expanded(found[1], int(found[2]))
    return "", None


def _expanded(mantissa: str, exponent: int) -> str | None:
    value = read_number(mantissa)
    if value is None or abs(exponent) > MOST_DIGITS:
        return None
    return show_number(value * Fraction(10) ** exponent)


def _without_currency(text: str) -> str | None:
    found = _CURRENCY.fullmatch(text)
    return re.sub("[,_]", "", found[1]) if found else None


def _with_point(text: str) -> str | None:
    found = _POINT.fullmatch(text)
    if not found or not (found[2] or found[3]):
        return None
    sign, whole, part, percent = found.groups()
    return f"{sign}{whole.lstrip('0') or '0'}{'.' + part if part else ''}{percent}"


# In this order: the first mend that gives a number names the fault.
_MENDS: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("space", lambda t: re.sub(r"\s+(?=%)", "", t.strip())),
    ("separator", lambda t: re.sub("[,_' ]", "", t) if _GROUPED.fullmatch(t) or _UNDERSCORED.fullmatch(t) else None),
    ("comma", lambda t: f"{m[1]}.{m[2]}{m[3]}" if (m := _COMMA.fullmatch(t)) else None),
    ("zeros", lambda t: f"{m[1]}{m[2]}" if (m := _ZEROS.fullmatch(t)) else None),
    ("plus", lambda t: t[1:].strip() if t.startswith("+") else None),
    ("point", _with_point),
    ("currency", _without_currency),
)


def looks_like_number(text: str) -> bool:
    """Whether `text`, which is no number, was surely meant as one even where a word is allowed."""
    return number_fault(text)[0] in ("separator", "width", "currency", "plus", "point")


def number(findings: LoadingLog, scalar: Scalar, what: str) -> Fraction | None:
    """An exact number; `what` is the field as the author would say it."""
    value = read_number(scalar.text)
    if value is None:
        variant, mended = number_fault(scalar.text)
        # A decimal comma may also be a slip of the thousands: shown, not mended by itself.
        # So may a unit be part of what is meant.
        fixes = _mend(scalar, None if variant in ("comma", "bound", "unit") else mended)
        findings.report(
            "number-wrong", scalar.place, variant, fixes=fixes,
            what=what, text=scalar.text, mended=mended or "", most=str(MOST_DIGITS),
        )  # fmt: skip
    return value


def percent(findings: LoadingLog, scalar: Scalar, what: str, fraction: str = "fraction") -> Fraction | None:
    """A percentage, written with its sign; `fraction` is the variant of the report of a `1/3`."""
    value = read_number(scalar.text)
    if value is not None and not scalar.text.endswith("%"):
        mended = show_number(value if value > 1 else value * 100) + "%"
        # `1` may mean 1% or the whole.
        variant = "" if value < 1 else "whole"
        findings.report(
            "percent-needed", scalar.place, variant, fixes=_mend(scalar, mended if value != 1 else None),
            what=what, text=scalar.text, mended=mended,
        )  # fmt: skip
        return None
    if _FRACTION.fullmatch(scalar.text):
        findings.report("percent-needed", scalar.place, fraction, what=what, text=scalar.text, mended="")
        return None
    return number(findings, scalar, what)


def share(findings: LoadingLog, scalar: Scalar, what: str) -> Fraction | None:
    """A percentage from 0% to 100%."""
    value = percent(findings, scalar, what, "fraction-share")
    if value is not None and not 0 <= value <= 1:
        findings.report("share-outside", scalar.place, what=what, text=scalar.text)
        return None
    return value


def whole(findings: LoadingLog, scalar: Scalar, what: str, least: int = 0, most: int | None = None) -> int | None:
    """A whole number between `least` and `most`."""
    value = read_number(scalar.text)
    if value is None or value.denominator != 1 or scalar.text.endswith("%"):
        findings.report("whole-wrong", scalar.place, what=what, text=scalar.text, least=str(least))
        return None
    if value < least or (most is not None and value > most):
        variant = "least" if value < least else "most"
        findings.report(
            "whole-wrong", scalar.place, variant, what=what, text=scalar.text, least=str(least), most=str(most)
        )
        return None
    return int(value)


def decimals(findings: LoadingLog, scalar: Scalar, what: str) -> int | str | None:
    """A number of decimals from 0 to 15, or "exact"."""
    if EXACT.find(scalar.text):
        return "exact"
    value = read_number(scalar.text)
    if value is None or value.denominator != 1 or not 0 <= value <= 15 or scalar.text.endswith("%"):
        findings.report("decimals-wrong", scalar.place, what=what, text=scalar.text)
        return None
    return int(value)


# ── Dates and periods ─────────────────────────────────────────────────────────────────────────────


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def day(findings: LoadingLog, scalar: Scalar, what: str) -> date | None:
    """A date such as 2026-01-31."""
    value = _date(scalar.text)
    if value is None:
        like = _DATE_LIKE.fullmatch(unicodedata.normalize("NFKC", scalar.text).strip())
        mended = f"{like[1]}-{int(like[2]):02}-{int(like[3]):02}" if like else None
        real = mended if mended and _date(mended) else None
        variant = "mended" if real else "day" if like else ""
        findings.report(
            "date-wrong",
            scalar.place,
            variant,
            fixes=_mend(scalar, real),
            what=what,
            text=scalar.text,
            mended=real or "",
        )
    return value


def day_of_year(findings: LoadingLog, scalar: Scalar, what: str) -> tuple[int, int] | None:
    """Month and day such as 04-01; the day is one that every month has."""
    found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", scalar.text, re.ASCII)
    if found and 1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 28:
        return int(found[1]), int(found[2])
    findings.report("date-wrong", scalar.place, "year-starts", what=what, text=scalar.text)
    return None


def period(findings: LoadingLog, scalar: Scalar, year_starts: tuple[int, int], what: str) -> Period | None:
    value = read_period(scalar.text, year_starts)
    if value is None:
        findings.report("period-wrong", scalar.place, what=what, text=scalar.text)
    return value


# ── Flags and currencies ──────────────────────────────────────────────────────────────────────────


def flag(findings: LoadingLog, scalar: Scalar, what: str) -> bool | None:
    """`true false 是 否`, and no other spelling."""
    value = FLAGS.get(scalar.text)
    if value is None:
        folded = unicodedata.normalize("NFKC", scalar.text).casefold().strip()
        meant = True if folded in _YES else False if folded in _NO else None
        words = in_language(findings.language, ("true", "false"), ("是", "否"))
        mended = None if meant is None else words[not meant]
        findings.report(
            "flag-wrong", scalar.place, "mended" if mended else "", fixes=_mend(scalar, mended),
            what=what, text=scalar.text, mended=mended or "",
        )  # fmt: skip
    return value


def currency(findings: LoadingLog, scalar: Scalar) -> str | None:
    """An active code of ISO 4217."""
    if scalar.text in DECIMALS:
        return scalar.text
    upper = scalar.text.upper().strip()
    meant = upper if upper in DECIMALS else ALSO_CALLED.get(upper)
    known = meant or next(iter(nearest(upper, DECIMALS)), None)
    findings.report(
        "currency-unknown",
        scalar.place,
        "near" if known else "",
        fixes=_mend(scalar, meant),
        text=scalar.text,
        mended=known or "",
    )
    return None
