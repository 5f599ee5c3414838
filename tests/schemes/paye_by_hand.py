"""Income tax of one pay day worked out by hand, and of pay days in a row: nothing of ours is used here.

Written from the published routine, with fractions; the tax codes are those of `test_paye`, split into their columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, floor

from attrs import frozen

# The first pound of each band and its rate, as in the years' tables.
UK = {
    year: ((0, 20), (second, 40), (150_000, 45))
    for year, second in {2013: 32_010, 2014: 31_865, 2015: 31_785, 2016: 32_000, 2017: 33_500, 2018: 34_500}.items()
}
SCOTLAND = {
    2016: UK[2016],
    2017: ((0, 20), (31_500, 40), (150_000, 45)),
    2018: ((0, 19), (2_000, 20), (12_150, 21), (31_580, 41), (150_000, 46)),
}


@frozen
class PayDay:
    """One pay day as the employer knows it, without what came before."""

    tax_year: int
    tax_period: int
    region: str
    letter: str
    number: int
    cumulative: bool
    gross: Fraction
    weekly: bool = False


@frozen
class Taxed:
    """A pay day with what was carried to it and what it leaves behind."""

    gross_before: Fraction
    tax_before: Fraction
    tax: Fraction
    gross_to_date: Fraction
    tax_to_date: Fraction


def cut(x: Fraction, decimals: int) -> Fraction:
    return Fraction(floor(x * 10**decimals), 10**decimals)


def raised(x: Fraction, decimals: int) -> Fraction:
    return Fraction(ceil(x * 10**decimals), 10**decimals)


def free_pay(number: int, units: int, a_year: int) -> Fraction:
    if number == 0:
        return Fraction(0)
    whole, rest = divmod(number - 1, 500)
    each = whole * raised(Fraction(5_000, a_year), 2) + raised(Fraction(10 * (rest + 1) + 9, a_year), 2)
    return each * units


def banded(taxable: Fraction, bands: tuple[tuple[int, int], ...], part: Fraction) -> Fraction:
    """The tax on taxable pay in a `part` of the year."""
    starts = [raised(first * part, 4) for first, _ in bands]
    total = Fraction(0)
    for index, (start, (_, rate)) in enumerate(zip(starts, bands, strict=True)):
        end = starts[index + 1] if index + 1 < len(starts) else None
        if end is not None and taxable > ceil(end):
            total += cut((end - start) * Fraction(rate, 100), 4)
        else:
            return cut(total + (floor(taxable) - start) * Fraction(rate, 100), 2)
    raise AssertionError("the last band has no end")


def tax_of(day: PayDay, gross_before: Fraction, tax_before: Fraction) -> Fraction:
    a_year = 52 if day.weekly else 12
    units = day.tax_period if day.cumulative else 1
    bands = (SCOTLAND if day.region == "scotland" else UK)[day.tax_year]
    pay = day.gross + (gross_before if day.cumulative else 0)
    if day.letter == "NT":
        so_far = Fraction(0)
    elif day.letter in ("BR", "D"):
        basic = 1 if day.region == "scotland" and day.tax_year >= 2018 else 0
        _, rate = bands[basic + (day.number + 1 if day.letter == "D" else 0)]
        so_far = cut(floor(pay) * Fraction(rate, 100), 2)
    else:
        free = free_pay(day.number, units, a_year)
        taxable = max(Fraction(0), pay + free if day.letter == "K" else pay - free)
        so_far = banded(taxable, bands, Fraction(units, a_year))
    due = so_far - (tax_before if day.cumulative else 0)
    if day.letter == "K" or day.tax_year >= 2015:
        due = min(due, cut(day.gross / 2, 2))
    return due


def in_a_row(days: Iterable[PayDay]) -> list[Taxed]:
    """Pay days in their order; a new tax year begins with nothing."""
    found: list[Taxed] = []
    gross = tax = Fraction(0)
    for day in days:
        if day.tax_period == 1:
            gross = tax = Fraction(0)
        taken = tax_of(day, gross, tax)
        found.append(Taxed(gross, tax, taken, gross + day.gross, tax + taken))
        gross, tax = gross + day.gross, tax + taken
    return found


def pay_day(row: Mapping[str, str]) -> PayDay:
    """A published case, its tax code split."""
    return PayDay(
        int(row["tax_year"]), int(row["period"]), row["region"], row["letter"], int(row["number"]),
        row["basis"] == "cumulative", Fraction(row["gross"]), row["frequency"] == "Weekly",
    )  # fmt: skip
