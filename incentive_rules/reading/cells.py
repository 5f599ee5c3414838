"""One cell: the exact value that it holds, or why it holds none.

`read_cell` takes whatever a file, a frame or a Python caller hands over. Nothing is guessed: a text
becomes a number by one rule (`base.numbers`), a float enters by its shortest text, a flag is a flag.

What each type takes, beside its texts:
    number integer money   int, Fraction, Decimal, float up to 2**53, numpy scalars except 32-bit floats
    boolean                bool, numpy.bool; the texts `true false 是 否` and those under `texts`
    category key           str; a whole number counts as its digits
    date                   date, or a datetime at midnight without zone; the text `2026-01-31`, or as `written` says
    time                   datetime in whole minutes without zone; the text `2026-01-31 12:30`; a clock time
                           alone (`12:30`) only where the input's range is one of clock times
None, "", NaN and NaT are missing; so are the texts under `missing_texts`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from ..base.numbers import MOST_DIGITS, NUMBER, PERCENT, Rounding, decimals_of, rounded, show_number
from ..base.problems import Problem
from ..base.text import echo, listed, nearest
from ..lang.keywords.words import FLAGS
from ..lang.types import Kind
from ..model.checked import CheckedInput
from ..model.data import Lost
from .carriers import plain
from .showing import character_name, shown

Value = Fraction | str | bool | int | None

_TRUE_SPELLINGS = frozenset({"true", "True", "是"})
_DAY = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_DATE = re.compile(_DAY, re.ASCII)
_TIME = re.compile(rf"(?:{_DAY}[ T])?(?P<hour>\d{{2}}):(?P<minute>\d{{2}})(?::00)?", re.ASCII)
_LETTERS = {"YYYY": "year", "MM": "month", "DD": "day", "hh": "hour", "mm": "minute"}
_MOST_SHOWN_WORDS = 8
_MOST_COMPARED = 200  # words that one wrong word is compared with


def read_cell(checked: CheckedInput, raw: object) -> Value | Problem:
    """The exact value of `raw`: a Fraction for numbers, a day number for dates, minutes for times.

    A time of day alone counts its minutes from midnight; with a date, from midnight of day 0. None is
    missing, and comes back only where the input may be missing.
    """
    value = plain(raw)
    if isinstance(value, str):
        value = unicodedata.normalize("NFC", value)
        if _is_missing_text(checked, value):
            value = None
    if value is None:
        return None if checked.definition.can_be_missing else _problem(checked, "data-missing", raw)
    return _READERS[checked.facts.type.kind](checked, value)


def was_corrected(checked: CheckedInput, raw: object) -> bool:
    """Whether `read: nearest` changed the number that stands in `raw`."""
    if not checked.definition.nearest or checked.facts.type.kind is not Kind.NUMBER:
        return False
    value = plain(raw)
    if value is None or (isinstance(value, str) and _is_missing_text(checked, unicodedata.normalize("NFC", value))):
        return False
    exact = _exact_number(checked, value)
    return isinstance(exact, Fraction) and not _fits(exact, checked.decimals)


def _is_missing_text(checked: CheckedInput, text: str) -> bool:
    bare = text.strip(" ")
    return not bare or any(bare == unicodedata.normalize("NFC", t).strip(" ") for t in checked.definition.missing_texts)


# ── Numbers ───────────────────────────────────────────────────────────────────────────────────────


def _read_number(checked: CheckedInput, raw: object) -> Value | Problem:
    value = _exact_number(checked, raw)
    if isinstance(value, Problem):
        return value
    if checked.definition.nearest:
        value = rounded(value, checked.decimals, Rounding.HALF_UP)
    elif not _fits(value, checked.decimals):
        whole = "whole" if checked.decimals == 0 else ""
        return _problem(checked, "data-decimals", raw, whole, decimals=str(checked.decimals))
    if not checked.facts.bounds.holds(value):
        return _out_of_range(checked, show_number(value), show_number)
    return value


def _exact_number(checked: CheckedInput, raw: object) -> Fraction | Problem:
    if isinstance(raw, str):
        return _number_in_text(checked, raw)
    exact = _number_in_object(checked, raw)
    return exact / 100 if checked.definition.percent and isinstance(exact, Fraction) else exact


def _number_in_object(checked: CheckedInput, raw: object) -> Fraction | Problem:
    if isinstance(raw, bool):
        return _wrong_type(checked, raw)
    if isinstance(raw, int):
        return Fraction(raw) if abs(raw) < 10**MOST_DIGITS else _too_long(checked, raw)
    if isinstance(raw, float):
        if not math.isfinite(raw):
            return _problem(checked, "data-number", raw, "infinite")
        return Fraction(repr(raw)) if abs(raw) <= 2**53 else _problem(checked, "data-float", raw)
    if isinstance(raw, Decimal):
        return _number_in_decimal(checked, raw)
    if isinstance(raw, Fraction):
        return raw if abs(raw.numerator) < 10**60 and raw.denominator < 10**60 else _too_long(checked, raw)
    if isinstance(raw, Lost):
        nearest = checked.definition.nearest and abs(raw.number) <= 2**24
        return Fraction(repr(raw.number)) if nearest else _worded(checked, "data-float", repr(raw.number))
    return _wrong_type(checked, raw)


def _number_in_decimal(checked: CheckedInput, raw: Decimal) -> Fraction | Problem:
    if not raw.is_finite():
        return _problem(checked, "data-number", raw, "infinite")
    _, digits, exponent = raw.as_tuple()
    text = "".join(map(str, digits)).strip("0") if len(digits) <= 10 * MOST_DIGITS else "9" * 10 * MOST_DIGITS
    # The size is judged before any power of ten is built: 1E+1000000 would take minutes.
    if len(text) > MOST_DIGITS or abs(raw.adjusted()) > MOST_DIGITS or not isinstance(exponent, int):
        return Fraction(0) if raw == 0 else _too_long(checked, raw)
    return Fraction(raw)


def _number_in_text(checked: CheckedInput, raw: str) -> Fraction | Problem:
    text = raw.strip(" ")
    suffix = unicodedata.normalize("NFC", checked.definition.suffix).strip(" ")
    if suffix and text.endswith(suffix):
        text = text[: -len(suffix)].rstrip(" ")
    percent = text.endswith("%")
    digits = text[:-1] if percent else text
    if not (PERCENT if percent else NUMBER).fullmatch(text):
        return _not_a_number(checked, raw, digits)
    if len(digits) - digits.count("-") - digits.count(".") > MOST_DIGITS:
        return _too_long(checked, raw)
    whole, _, decimals = digits.partition(".")
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    # `63%` says itself what it is; the scale is for the cells that do not.
    return value / 100 if percent or checked.definition.percent else value


def _not_a_number(checked: CheckedInput, raw: str, text: str) -> Problem:
    strange = next((c for c in text if not (c.isascii() and c.isprintable()) and not c.isalpha()), None)
    if strange is not None:
        return _problem(checked, "data-number", raw, "character", character=character_name(strange))
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text, re.ASCII):
        return _problem(checked, "data-number", raw, "separator")
    if re.fullmatch(r"-?0\d+(\.\d+)?", text, re.ASCII):
        return _problem(checked, "data-number", raw, "zeros")
    if re.fullmatch(r"-?\d+(\.\d+)?[eE][+-]?\d+", text, re.ASCII):
        return _problem(checked, "data-number", raw, "exponent")
    return _problem(checked, "data-number", raw)


def _fits(value: Fraction, decimals: int) -> bool:
    if value.denominator == 1:
        return True
    places = decimals_of(value)
    return places is not None and places <= decimals


def _too_long(checked: CheckedInput, raw: object) -> Problem:
    return _problem(checked, "data-number", raw, "digits", most=str(MOST_DIGITS))


# ── Flags and words ───────────────────────────────────────────────────────────────────────────────


def _read_flag(checked: CheckedInput, raw: object) -> Value | Problem:
    if isinstance(raw, bool):
        return raw
    if not isinstance(raw, str):
        return _problem(checked, "data-flag", raw)
    text = raw.strip(" ")
    for value, spellings in checked.definition.texts:
        if text in spellings:
            return value in _TRUE_SPELLINGS
    return FLAGS[text] if text in FLAGS else _problem(checked, "data-flag", raw)


@lru_cache(1024)
def _alike(text: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """The words that are nearest to a wrong one. In a column of mistakes the same ones stand again and again."""
    return nearest(text, allowed, 2, alike=True)


_BREAKS = dict.fromkeys(map(ord, "\t\r\n"))  # a word may hold them; what is exported and shown makes them harmless


def _read_word(checked: CheckedInput, raw: object) -> Value | Problem:
    text = _text_of(raw)
    if text is None:
        return _wrong_type(checked, raw)
    bad = _broken_character(text.translate(_BREAKS))
    if bad is not None:
        return _problem(checked, "data-text", text, character=character_name(bad))
    for value, spellings in checked.definition.texts:
        if text in spellings:
            return value
    values = checked.facts.type.values
    if values is None or text in values:
        return text
    allowed = _allowed(checked, values)
    alike = _alike(text, tuple(allowed[:_MOST_COMPARED]))
    near = alike[0] if len(alike) == 1 else ""  # of two that are as near, neither is put into anybody's mouth
    words = listed((f"`{echo(word)}`" for word in allowed), _MOST_SHOWN_WORDS)
    return _problem(checked, "data-category", text, "near" if near else "", allowed=words, near=near)


def _allowed(checked: CheckedInput, values: frozenset[str]) -> list[str]:
    written = [literal.text for literal in checked.definition.one_of]
    return [word for word in written if word in values] or sorted(values)


def _read_key(checked: CheckedInput, raw: object) -> Value | Problem:
    text = _text_of(raw)
    if text is None:
        return _wrong_type(checked, raw)
    # An invisible character would make two keys of what looks like one.
    bad = _broken_character(text, "Cf")
    if bad is not None:
        return _problem(checked, "data-text", text, character=character_name(bad))
    if text != text.strip():
        return _problem(checked, "data-text", text, "spaces")
    return text


def _text_of(raw: object) -> str | None:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**MOST_DIGITS:
        return str(raw)
    return None


def _broken_character(text: str, *others: str) -> str | None:
    """The first control character, lone surrogate, or one of `others` by their category in Unicode."""
    if text.isprintable():
        return None
    return next((c for c in text if unicodedata.category(c) in ("Cc", "Cs", *others)), None)


# ── Days and times ────────────────────────────────────────────────────────────────────────────────


def _read_date(checked: CheckedInput, raw: object) -> Value | Problem:
    day: date | None = None
    if isinstance(raw, str):
        found = _written(checked, _DATE).fullmatch(raw.strip(" "))
        day = _day(found["year"], found["month"], found["day"]) if found else None
    elif isinstance(raw, datetime):
        day = raw.date() if raw.tzinfo is None and _is_midnight(raw) else None
    elif isinstance(raw, date):
        day = raw
    if day is None:
        return _not_as_written(checked, "data-date", raw)
    number = day.toordinal()
    if not checked.facts.bounds.holds(Fraction(number)):
        return _out_of_range(checked, day.isoformat(), _show_day)
    return number


def _is_midnight(moment: datetime) -> bool:
    return moment.time() == time() and not getattr(moment, "nanosecond", 0)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _read_time(checked: CheckedInput, raw: object) -> Value | Problem:
    minutes: int | None = None
    if isinstance(raw, str):
        found = _written(checked, _TIME).fullmatch(raw.strip(" "))
        minutes = _minutes_in_text(found.groupdict()) if found else None
    elif isinstance(raw, datetime):
        if raw.tzinfo is None and not (raw.second or raw.microsecond or getattr(raw, "nanosecond", 0)):
            minutes = raw.toordinal() * 1440 + raw.hour * 60 + raw.minute
    elif isinstance(raw, time) and raw.tzinfo is None and not (raw.second or raw.microsecond):
        minutes = raw.hour * 60 + raw.minute
    low = checked.facts.bounds.low
    # A clock time alone is a value of its own; where moments of dates are due it is half of one.
    if minutes is None or (minutes < 1440 and low is not None and low >= 1440):
        return _not_as_written(checked, "data-time", raw)
    if not checked.facts.bounds.holds(Fraction(minutes)):
        return _out_of_range(checked, show_time(minutes), lambda bound: show_time(int(bound)))
    return minutes


def _minutes_in_text(parts: Mapping[str, str | None]) -> int | None:
    hour, minute = int(parts.get("hour") or 0), int(parts.get("minute") or 0)
    if hour > 23 or minute > 59:
        return None
    clock = hour * 60 + minute
    year = parts.get("year")
    if year is None:
        return clock
    found = _day(year, parts.get("month") or "", parts.get("day") or "")
    return None if found is None else found.toordinal() * 1440 + clock


def _written(checked: CheckedInput, iso: re.Pattern[str]) -> re.Pattern[str]:
    """How a date or a time stands in the data: as the input declares it, else in the order of ISO 8601."""
    return _pattern(checked.definition.written) if checked.definition.written else iso


@lru_cache(256)
def _pattern(written: str) -> re.Pattern[str]:
    """`DD-MM-YYYY hh:mm` as an expression; each letter group stands for so many digits, all else for itself."""
    parts = (f"(?P<{_LETTERS[part]}>\\d{{{len(part)}}})" if part in _LETTERS else re.escape(part)
             for part in re.split("(YYYY|MM|DD|hh|mm)", written))  # fmt: skip
    return re.compile("".join(parts), re.ASCII)


def _not_as_written(checked: CheckedInput, code: str, raw: object) -> Problem:
    written = checked.definition.written
    return _problem(checked, code, raw, "written" if written else "", written=written)


def show_time(minutes: int) -> str:
    """`12:30`, or `2026-01-31 12:30` where a date is in it."""
    days, rest = divmod(minutes, 1440)
    clock = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{date.fromordinal(days).isoformat()} {clock}" if days else clock


def _show_day(number: Fraction) -> str:
    return date.fromordinal(int(number)).isoformat()


# ── Problems ──────────────────────────────────────────────────────────────────────────────────────


def _wrong_type(checked: CheckedInput, raw: object) -> Problem:
    return _problem(checked, "data-type", raw, "" if checked.facts.type.kind is Kind.NUMBER else "text")


def _out_of_range(checked: CheckedInput, value: str, show: Callable[[Fraction], str]) -> Problem:
    bounds = checked.facts.bounds
    variant = "" if bounds.closed else "low" if bounds.low is not None else "high"
    ends = {name: show(end) for name, end in (("low", bounds.low), ("high", bounds.high)) if end is not None}
    return _worded(checked, "data-range", value, variant, **ends)


def _problem(checked: CheckedInput, code: str, raw: object, variant: str = "", **params: str) -> Problem:
    return _worded(checked, code, shown(raw), variant, **params)


def _worded(checked: CheckedInput, code: str, value: str, variant: str = "", **params: str) -> Problem:
    heading = checked.definition.column or checked.name
    return Problem(
        code, {"input": echo(checked.name), "value": value, **params}, variant, column=echo(heading)
    )


_READERS: dict[Kind, Callable[[CheckedInput, object], Value | Problem]] = {
    Kind.NUMBER: _read_number,
    Kind.BOOLEAN: _read_flag,
    Kind.CATEGORY: _read_word,
    Kind.KEY: _read_key,
    Kind.DATE: _read_date,
    Kind.TIME: _read_time,
    Kind.UNKNOWN: _read_word,
}
