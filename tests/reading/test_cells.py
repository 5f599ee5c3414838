"""What one cell is read as, and what it is refused for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

import incentive_rules as ir
from incentive_rules.base.moments import time_text
from incentive_rules.base.problems import Problem
from incentive_rules.base.reports import help_of, message_of
from incentive_rules.lang.types import Bounds
from incentive_rules.model.checked import CheckedInput
from incentive_rules.reading.cells.cell import read_cell, was_corrected
from tests.reading.inputs import FakeScalar, day, flag, key, moment, number, word

rate = number("rate", 0, 100, decimals=2)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12", 12), (" 12 ", 12), ("0", 0), ("-0", 0), ("12.0", 12), (12, 12), (12.0, 12), (Decimal("12.000"), 12),
        (Fraction(12), 12), (Decimal("1E+2"), 100), ("500", 500), ("\t12\u3000\n", 12),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_from_every_exact_carrier(raw: object, value: int) -> None:
    assert read_cell(number(), raw) == Fraction(value)


@pytest.mark.parametrize(
    ("raw", "code", "variant"),
    [
        ("1_000", "data-number", "separator"), ("1,000", "data-number", "separator"),
        ("１２", "data-number", "fullwidth"),
        ("40\u00a0", "data-number", "character"), ("0012", "data-number", "zeros"), ("1e2", "data-number", "exponent"),
        ("=1+1", "data-number", "formula"), ("null", "data-number", "word"), ("nan", "data-number", "word"),
        ("+5", "data-number", "plus"),
        ("—", "data-number", "word"), ("(100)", "data-number", "minus"), ("12.", "data-number", "point"),
        (".5", "data-number", "point"), ("9" * 35, "data-number", "digits"), (10**40, "data-number", "digits"),
        (Decimal("1E+1000000"), "data-number", "digits"), (Decimal("1E-1000000"), "data-number", "digits"),
        (Decimal("Infinity"), "data-number", "infinite"), (Decimal("sNaN"), "data-number", "infinite"),
        (float("inf"), "data-number", "infinite"), (9007199254740994.0, "data-float", ""), (True, "data-type", ""),
        ([1], "data-type", ""), (object(), "data-type", ""), (3.7, "data-decimals", "whole"),
        ("3.7", "data-decimals", "whole"), (Fraction(1, 3), "data-decimals", "whole"), (501, "data-range", ""),
        ("-1", "data-range", ""), (None, "data-missing", ""), ("", "data-missing", ""), ("  ", "data-missing", ""),
        (float("nan"), "data-missing", ""), (Decimal("NaN"), "data-missing", ""),
    ],
)  # fmt: skip
def test_anything_else_is_refused_for_its_own_reason(raw: object, code: str, variant: str) -> None:
    problem = read_cell(number(), raw)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.variant) == (code, variant)
    assert problem.column == "jobs"
    for language in ("en", "zh"):
        assert "…" not in message_of(problem, language)[:20], "every hole of the wording is filled"


def test_zero_written_with_a_huge_exponent_is_zero() -> None:
    assert read_cell(number(), Decimal("0E+1000000")) == 0


def test_a_float_enters_by_its_shortest_text() -> None:
    """0.1 is one tenth, and 89.99999999999999 is not 90."""
    assert read_cell(number("rate", 0, 1, decimals=1), 0.1) == Fraction(1, 10)
    assert read_cell(number("rate", 0, 100, decimals=15), 89.99999999999999) == Fraction("89.99999999999999")


def test_decimals_that_do_not_fit_are_refused_unless_the_nearest_is_asked_for() -> None:
    nearest = number("rate", 0, 100, decimals=2, nearest=True)
    noise = 0.1 + 0.2
    assert isinstance(read_cell(rate, noise), Problem)
    assert read_cell(nearest, noise) == Fraction(3, 10)
    assert read_cell(nearest, "89.999999999") == 90
    corrected = [was_corrected(nearest, raw) for raw in (noise, 0.3, "0.30", None, "x")]
    assert corrected == [True, False, False, False, False]
    assert not was_corrected(rate, noise)


def test_a_percent_sign_is_read_where_the_scheme_says_so_and_nowhere_else() -> None:
    """95% in a column of money is no 95 cents, and 300% in a count is no 3."""
    scaled = number("share", 0, 1, decimals=4, percent=True)
    assert read_cell(scaled, "63.25%") == read_cell(scaled, "63.25") == read_cell(scaled, 63.25) == Fraction("0.6325")
    assert read_cell(scaled, Decimal("63.25")) == read_cell(scaled, "63.25%")
    marked = number("share", 0, 100, decimals=2, suffix="%")
    assert {read_cell(marked, text) for text in ("63.25%", "63.25 %", "63.25")} == {Fraction("63.25")}
    for plain in (number("share", 0, 1, decimals=4), number("wage", 0, 10**6, decimals=2), number("jobs")):
        for text in ("63.25%", "100%", "300%", "0%"):
            problem = read_cell(plain, text)
            assert isinstance(problem, Problem) and (problem.code, problem.variant) == ("data-number", "percent")
    said = read_cell(number("share", 0, 1, decimals=4), "63.25%")
    assert isinstance(said, Problem)
    assert help_of(said, "en").startswith("write `0.6325`") and "`scale: percent`" in help_of(said, "en")
    assert "`标度: 百分数`" in help_of(said, "zh")


def test_a_suffix_and_missing_texts_are_those_of_the_scheme() -> None:
    points = number("points", 0, 10, suffix=" out of 10", missing_texts=("Not Available",), can_be_missing=True)
    assert read_cell(points, "7 out of 10") == 7
    assert read_cell(points, "7") == 7
    assert read_cell(points, "Not Available") is None
    assert isinstance(read_cell(points, "7 out of 9"), Problem)
    assert isinstance(read_cell(points, "not available"), Problem)


def test_a_missing_value_is_missing_only_where_it_may_be() -> None:
    optional = number("rating", can_be_missing=True)
    assert [read_cell(optional, raw) for raw in (None, "", float("nan"), Decimal("NaN"))] == [None] * 4


def test_an_open_range_says_which_end_it_has() -> None:
    problem = read_cell(number("jobs", 1, None), 0)
    assert isinstance(problem, Problem)
    assert message_of(problem, "en") == "`jobs` is 0, allowed from 1"
    assert message_of(problem, "zh") == "`jobs` 为 0，至少应为 1"


@pytest.mark.parametrize(
    ("raw", "value"), [(True, True), (False, False), ("true", True), ("false", False), ("是", True), ("否", False)]
)
def test_a_flag_is_a_flag(raw: object, value: bool) -> None:
    assert read_cell(flag(), raw) is value


@pytest.mark.parametrize("raw", ["False", "True", "0", "1", "yes", 0, 1, 1.0])
def test_nothing_else_counts_as_a_flag(raw: object) -> None:
    """`bool("False")` is true; a text that is not declared is refused."""
    problem = read_cell(flag(), raw)
    assert isinstance(problem, Problem) and problem.code == "data-flag"


def test_a_flag_may_have_texts_of_its_own() -> None:
    declared = flag(texts=(("true", ("Yes", "Y")), ("否", ("No",))))
    assert [read_cell(declared, text) for text in ("Yes", "Y", "No", "true")] == [True, True, False, True]


def test_a_word_is_one_of_the_declared_ones() -> None:
    post = word("post", "junior", "senior")
    assert read_cell(post, "junior") == "junior"
    assert read_cell(post, "\t junior\u3000") == "junior"
    problem = read_cell(post, " Junior")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.variant, problem.params["near"]) == ("data-category", "near", "junior")


def test_an_open_word_keeps_its_text_and_is_never_evaluated() -> None:
    for text in ("1e5", "__import__('os')", "%s%n%999999999d", "{{7*7}}", "a" * 5000, "=1+1", "007", "a\nb"):
        assert read_cell(word(), text) == text
        for blanks in (" ", "\t", "\r\n", "\u3000 "):
            assert read_cell(word(), blanks + text + blanks) == text, "blanks around a cell are no part of it"
    assert read_cell(word(), "cafe\u0301") == "café", "texts are compared in composed form (NFC)"
    assert read_cell(word(), 7) == "7"


@pytest.mark.parametrize("raw", ["A\0", "a\x85b", "\ud800", "a\x1b[2J"])
def test_control_and_broken_characters_are_refused_and_named(raw: str) -> None:
    problem = read_cell(word(), raw)
    assert isinstance(problem, Problem) and problem.code == "data-text"
    assert "U+" in message_of(problem, "en")
    assert message_of(problem, "en").isprintable()


def test_a_key_is_exact_text() -> None:
    assert read_cell(key(), "007") == "007"
    assert read_cell(key(), 7) == "7"
    assert read_cell(key(), " G1") == read_cell(key(), "G1\t") == "G1", "blanks around a cell are no part of it"
    for raw in ("G\n1", "G\t1", 7.0, True, "", " ", None):
        assert isinstance(read_cell(key(), raw), Problem)


HIDDEN = ["\u200b", "\u00ad", "\u2060", "\ufeff", "\ufe0f", "\u115f", "\u3164", "\uffa0", "\u034f", "\u2800", "\u00a0",
          "\u2009", "\u202f", "\u180e", "\u200d", "\u202e", "\u2028", "\U000e0041"]  # fmt: skip


@pytest.mark.parametrize("checked", [word(), key(), word("post", "north")], ids=["open", "key", "closed"])
@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda c: f"{ord(c):04x}")
def test_what_nobody_sees_is_refused_in_words_and_keys(checked: CheckedInput, hidden: str) -> None:
    """Else two words that look the same would be two groups, two people, or no bonus."""
    for raw in (f"north{hidden}", f"{hidden}north", f"no{hidden}rth"):
        problem = read_cell(checked, raw)
        assert isinstance(problem, Problem) and problem.code == "data-text", ascii(raw)
        for language in ("en", "zh"):
            assert f"U+{ord(hidden):04X}" in message_of(problem, language)
            assert f"UNICHAR({ord(hidden)})" in help_of(problem, language), "which can be pasted into a spreadsheet"


def test_a_date_is_a_day_without_time_or_zone() -> None:
    number_of_day = dt.date(2026, 1, 31).toordinal()
    for raw in ("2026-01-31", dt.date(2026, 1, 31), dt.datetime(2026, 1, 31)):
        assert read_cell(day(), raw) == number_of_day
    assert read_cell(day(), "9999-12-31") == dt.date.max.toordinal()
    midnight = dt.datetime(2026, 1, 31, tzinfo=dt.UTC)
    texts = ("2026-1-31", "2026-02-30", "31/01/2026", "2024-01-01T00:00:00+14:00")
    for bad in (*texts, midnight, dt.datetime(2026, 1, 31, 9), 46053):
        problem = read_cell(day(), bad)
        assert isinstance(problem, Problem) and problem.code == "data-date"
    late = day(bounds=Bounds(Fraction(number_of_day), None))
    problem = read_cell(late, "\u30002026-01-30")
    assert isinstance(problem, Problem) and problem.params["low"] == "2026-01-31"


def test_a_time_is_local_and_in_whole_minutes() -> None:
    minutes = dt.date(2026, 1, 31).toordinal() * 1440 + 12 * 60 + 30
    for raw in ("2026-01-31 12:30", "2026-01-31T12:30:00", dt.datetime(2026, 1, 31, 12, 30)):
        assert read_cell(moment(), raw) == minutes
    assert read_cell(moment(), "12:30") == read_cell(moment(), dt.time(12, 30)) == 750
    assert time_text(750) == "12:30" and time_text(minutes) == "2026-01-31 12:30"
    for bad in ("24:00", "12:60", "12:30:15", "12:30Z", 750, dt.datetime(2026, 1, 31, 12, 30, 1)):
        problem = read_cell(moment(), bad)
        assert isinstance(problem, Problem) and problem.code == "data-time"


def test_numpy_scalars_are_read_without_numpy() -> None:
    assert read_cell(number(), FakeScalar("i", 127, 1)) == 127
    assert read_cell(flag(), FakeScalar("b", True, 1)) is True
    assert read_cell(rate, FakeScalar("f", 0.25)) == Fraction(1, 4)
    assert read_cell(number("x", can_be_missing=True), FakeScalar("f", float("nan"))) is None
    assert read_cell(day(), FakeScalar("M", "2026-01-31T00:00:00.000000000")) == dt.date(2026, 1, 31).toordinal()
    lost = read_cell(rate, FakeScalar("f", 0.5, 4))
    assert isinstance(lost, Problem) and lost.code == "data-float"


@pytest.mark.parametrize("shape", [(1,), (0,), (1, 1), (2, 3)])
def test_an_array_is_no_cell_however_few_values_it_has(shape: tuple[int, ...]) -> None:
    """Some kinds convert to their only value, others write themselves as a text, others raise."""
    for checked, kind, value in [
        (number(), "i", 5), (number(), "f", 5.0), (flag(), "b", True), (rate, "f", 0.25),
        (word(), "U", "A"), (key(), "U", "A"),
        (day(), "M", "2026-01-31"), (moment(), "M", "2026-01-31T12:30"),
        (number("x", can_be_missing=True), "f", 5.0),
    ]:  # fmt: skip
        assert not isinstance(read_cell(checked, FakeScalar(kind, value)), Problem)
        problem = read_cell(checked, FakeScalar(kind, value, shape=shape))
        assert isinstance(problem, Problem) and problem.code in ("data-type", "data-flag", "data-date", "data-time")
        assert problem.params["value"] == "`FakeScalar`"


def written(checked: CheckedInput, form: str) -> CheckedInput:
    return evolve(checked, definition=evolve(checked.definition, written=form))


@pytest.mark.parametrize(
    ("form", "raw", "same"),
    [
        ("DD-MM-YYYY hh:mm", "29-02-2016 01:16", "2016-02-29 01:16"),
        ("YYYY/MM/DD hh:mm", "2026/01/31 23:59", "2026-01-31 23:59"),
        ("YYYYMMDDhhmm", "202601310000", "2026-01-31 00:00"), ("hh.mm", "12.30", "12:30"),
    ],
)  # fmt: skip
def test_a_time_is_read_as_the_scheme_says_that_it_is_written(form: str, raw: str, same: str) -> None:
    assert read_cell(written(moment(), form), raw) == read_cell(moment(), same)


def test_a_date_of_another_order_is_never_turned_around() -> None:
    """01-02 is one day or another; which one, only the scheme can say."""
    theirs = written(day(), "DD.MM.YYYY")
    assert read_cell(theirs, "01.02.2026") == dt.date(2026, 2, 1).toordinal() == read_cell(theirs, dt.date(2026, 2, 1))
    for bad in ("2026-02-01", "1.2.2026", "31.02.2026", "01/02/2026", "01.02.2026 10:00", "０1.02.2026"):
        problem = read_cell(theirs, bad)
        assert isinstance(problem, Problem) and (problem.code, problem.variant) == ("data-date", "written"), bad
        assert "`DD.MM.YYYY`" in help_of(problem, "en") and "`DD.MM.YYYY`" in help_of(problem, "zh")


@pytest.mark.parametrize("checked", [number(), rate, flag(), word(), key(), day(), moment()], ids=lambda c: c.name)
def test_no_object_makes_reading_fail(checked: CheckedInput) -> None:
    """Whatever a row holds, the answer is a value or a problem."""

    class Hostile:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError(name)

        def __repr__(self) -> str:
            raise RuntimeError("repr")

    odd = (b"12", [1], {}, ..., range(3), 1j, float("-inf"), -(10**5000), "\ud800", dt.timedelta(1))
    for raw in (Hostile(), Hostile, *odd):
        assert isinstance(read_cell(checked, raw), Problem | Fraction | str | bool | int)


def test_a_line_break_in_a_word_cannot_forge_a_line_where_a_result_is_shown() -> None:
    text = "format: 1\nscheme: s\neffective: {first_day: 2026-01-01, last_day: 2026-12-31}\nperiod: month\ninputs:\n"
    text += "  k: {type: key}\n  c: {type: category}\nquantities:\n  q: c\n"
    one = ir.compile(text=text, period="2026-01").score({"k": "A", "c": "a\rERROR forged\n\tb"})
    assert one["q"] == "a\rERROR forged\n\tb"
    assert repr(one).isprintable() and "\r" not in str(one.explain("en"))  # type: ignore[attr-defined]
