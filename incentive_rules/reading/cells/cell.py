"""One cell: the exact value that it holds, or why it holds none.

`read_cell` takes whatever a file, a frame or a Python caller hands over. Nothing is guessed: a text
becomes a number by one rule (`base.numbers`), a float enters by its shortest text, a flag is a flag.
The blanks around a text are no part of it (`cells.texts`).

What each type takes, beside its texts:
    number integer money   int, Fraction, Decimal, float up to 2**53, numpy scalars except 32-bit floats;
                           a percent sign where the input says `scale: percent`, or that it is its `suffix`
    boolean                bool, numpy.bool; the texts `true false 是 否` and those under `texts`
    category key           str without hidden characters; a whole number counts as its digits
    date                   date, or a datetime at midnight without zone; the text `2026-01-31`, or as `written` says
    time                   datetime in whole minutes without zone; the text `2026-01-31 12:30`; a clock time
                           alone (`12:30`) only where the input's range is one of clock times
None, "", NaN and NaT are missing; so are the texts under `missing_texts`, and a number that one of them writes,
whether a file brings it as text or a program as a number. A Fraction is a value of the scheme and stands for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from ...base.numbers import MOST_DIGITS, NUMBER
from ...base.problems import Problem
from ...base.text import bare, composed
from ...lang.types import Kind
from ...model.checked import CheckedInput
from ...model.data import ExactValue
from .carriers import plain
from .numbers import exact_number, fits, read_number_cell
from .problems import cell_problem
from .times import read_date, read_time
from .words import read_flag, read_key, read_word


def read_cell(item: CheckedInput, raw: object) -> ExactValue | Problem:
    """The exact value of `raw`: a Fraction for numbers, a day number for dates, minutes for times.

    None is missing, and comes back only where the input may be missing.
    """
    value = plain(raw)
    if isinstance(value, str):
        value = composed(value)
    if _means_missing(item, value):
        value = None
    if value is None:
        said = "text" if isinstance(raw, str) and bare(raw) else ""
        return None if item.definition.can_be_missing else cell_problem(item, "data-missing", raw, said)
    return _READERS[item.facts.type.kind](item, value)


def was_corrected(item: CheckedInput, raw: object) -> bool:
    """Whether `read: nearest` changed the number that stands in `raw`."""
    if not item.definition.nearest or item.facts.type.kind is not Kind.NUMBER:
        return False
    value = plain(raw)
    if value is None or _means_missing(item, composed(value) if isinstance(value, str) else value):
        return False
    exact = exact_number(item, value)
    return isinstance(exact, Fraction) and not fits(exact, item.decimals)


def _means_missing(item: CheckedInput, value: object) -> bool:
    """Whether a cell is missing: no text, a text that means missing, or a number that such a text writes."""
    missing = item.definition.missing_texts
    if isinstance(value, str):
        inside = bare(value)
        if not inside or any(inside == bare(composed(one)) for one in missing):
            return True
        return bool(missing) and item.facts.type.kind is Kind.NUMBER and _number_in(inside) in _numbers_in(missing)
    if not missing or isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    # A float is the number that its shortest text writes; a Decimal is compared as it is, however large.
    exact = Fraction(repr(value)) if isinstance(value, float) and isfinite(value) else value
    return any(exact == number for number in _numbers_in(missing))


def _number_in(text: str) -> Fraction | None:
    return Fraction(text) if len(text) <= 2 * MOST_DIGITS and NUMBER.fullmatch(text) else None


def _numbers_in(texts: Iterable[str]) -> list[Fraction]:
    """The numbers among texts of the data."""
    return [number for number in map(_number_in, map(bare, texts)) if number is not None]


_READERS: dict[Kind, Callable[[CheckedInput, object], ExactValue | Problem]] = {
    Kind.NUMBER: read_number_cell,
    Kind.BOOLEAN: read_flag,
    Kind.CATEGORY: read_word,
    Kind.KEY: read_key,
    Kind.DATE: read_date,
    Kind.TIME: read_time,
    Kind.UNKNOWN: read_word,
}
