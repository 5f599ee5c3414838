"""The place decides what a text is: numbers, percentages, days, flags, names, and how each is mended."""

from __future__ import annotations

import pytest

from incentive_rules.base.reports import help_of, message_of
from incentive_rules.loading.fixes import mend
from tests.errors.fragments import complete
from tests.loading.schemes import CHINESE, clean, codes, loaded

PARAMETER = "parameters:\n  target: {{is: {}, type: number}}\n"


@pytest.mark.parametrize(
    "text, variant, mended",
    [
        ("1_000", "separator", "1000"),
        ("'1,000.50'", "separator", "1000.50"),
        ("1 000", "separator", "1000"),
        ("'0,5'", "comma", "0.5"),
        ("12％", "width", "12%"),
        ("１２", "width", "12"),
        ("5 %", "space", "5%"),
        ("007", "zeros", "7"),
        ("+5", "plus", "5"),
        (".5", "point", "0.5"),
        ("5.", "point", "5"),
        ("¥100", "currency", "100"),
        ("100元", "currency", "100"),
        ("1e3", "exponent", "1000"),
        ("0x1F", "base", None),
        ("NaN", "infinite", None),
        ("-inf", "infinite", None),
        ("1" * 35, "digits", None),
        ("many", "", None),
    ],
)
def test_a_number_has_one_spelling_and_any_other_is_mended(text: str, variant: str, mended: str | None) -> None:
    _, (found,) = loaded(PARAMETER.format(text))
    assert (found.code, found.variant) == ("number-wrong", variant)
    assert found.params["mended"] == (mended or "")


def test_a_mended_number_is_written_in_place_of_the_wrong_one() -> None:
    text = complete(PARAMETER.format("1_000"))
    _, found = loaded(text)
    assert mend(text, found) == complete(PARAMETER.format("1000"))


@pytest.mark.parametrize("text", ["0", "-0.50", "12", "5%", "1000.25", "0.000001", "9" * 34])
def test_a_number_is_kept_as_it_is_written(text: str) -> None:
    parameter = clean(PARAMETER.format(text)).parameters[0]
    ((_, value),) = parameter.value.values
    assert getattr(value, "text", None) == text


@pytest.mark.parametrize("text", ["007", "12:30", "no", "2026.10", "1e5", "A-1"])
def test_where_a_word_may_stand_a_word_needs_no_quotes(text: str) -> None:
    assert codes(f"tables:\n  of_post: {{equals: {{junior: {text}, senior: other}}}}\n") == []


def test_what_was_surely_meant_as_a_number_is_told_even_where_a_word_may_stand() -> None:
    assert codes("tables:\n  of_post: {equals: {junior: 1_000, senior: 2000}}\n") == ["number-wrong/separator"]


@pytest.mark.parametrize(
    "weight, mended", [("0.4", "40%"), ("40", "40%"), ("0.125", "12.5%"), ("1", "100%"), ("2.5", "2.5%")]
)
def test_a_weight_is_a_percentage_with_its_sign(weight: str, mended: str) -> None:
    _, found = loaded(f"indicators:\n  pace: {{weight: {weight}, better: higher, value: jobs, score: value}}\n")
    (wrong,) = found
    assert wrong.code == "percent-needed"
    assert help_of(wrong, "en").startswith(f"write `{mended}`")


def test_a_wrong_weight_in_chinese_reads_like_this() -> None:
    text = CHINESE + "指标:\n  速度: {权重: 0.4, 方向: 越高越好, 实际值: 件数, 计分: 实际值}\n"
    _, (found,) = loaded(text)
    assert message_of(found, "zh") == "速度 · 权重：要写成百分数"
    assert help_of(found, "zh") == "写 `40%`（如果本意是 0.4%，写 `0.4%`）"


@pytest.mark.parametrize(
    "day, variant, mended",
    [
        ("2026/1/2", "mended", "2026-01-02"),
        ("2026年1月2日", "mended", "2026-01-02"),
        ("2026.01.02", "mended", "2026-01-02"),
        ("2026-02-30", "day", ""),
        ("soon", "", ""),
    ],
)
def test_a_day_has_one_spelling(day: str, variant: str, mended: str) -> None:
    _, (found,) = loaded(f"effective: {{first_day: {day}, last_day: 2026-12-31}}\n")
    assert (found.code, found.variant, found.params["mended"]) == ("date-wrong", variant, mended)


@pytest.mark.parametrize("written, meant", [("true", True), ("false", False), ("是", True), ("否", False)])
def test_flags_have_two_spellings_each(written: str, meant: bool) -> None:
    scheme = clean(f"pay:\n  bonus: {{amount: 100 * jobs, at_risk: {written}}}\n")
    assert [q.pay.at_risk for q in scheme.quantities if q.pay] == [meant]


@pytest.mark.parametrize("written, mended", [("yes", "true"), ("No", "false"), ("0", "false"), ("maybe", "")])
def test_other_spellings_of_flags_are_mended_where_they_are_plain(written: str, mended: str) -> None:
    _, (found,) = loaded(f"pay:\n  bonus: {{amount: 100 * jobs, at_risk: {written}}}\n")
    assert (found.code, found.params["mended"]) == ("flag-wrong", mended)


@pytest.mark.parametrize("written, mended", [("RMB", "CNY"), ("cny", "CNY"), ("人民币", "CNY"), ("EURO", "EUR")])
def test_a_currency_is_a_code_of_the_standard(written: str, mended: str) -> None:
    _, (found,) = loaded(f"currency: {written}\n")
    assert (found.code, found.params["mended"]) == ("currency-unknown", mended)


@pytest.mark.parametrize("year_starts, good", [("04-01", True), ("12-28", True), ("02-30", False), ("4-1", False)])
def test_a_year_starts_on_a_day_that_every_month_has(year_starts: str, good: bool) -> None:
    assert codes(f"year_starts: {year_starts}\n") == ([] if good else ["date-wrong/year-starts"])


@pytest.mark.parametrize(
    "name, expected",
    [
        ("on-time", "name-invalid/mended"),
        ("on time", "name-invalid/mended"),
        ("完成率%", "name-invalid/mended"),
        ("2024业绩", "name-invalid/digit"),
        ("_hidden", "name-invalid/underscore"),
        ("x" * 121, "name-invalid/long"),
        ("jоbsx", "name-invalid/mixed"),  # the o is Cyrillic
        ("min", "name-taken/function"),
        ("实际值", "name-taken/function"),
        ("属于", "name-taken/word"),
        ("class", "name-taken/word"),
        ("everyone", "name-taken/word"),
        ("净", None),
        ("net", "name-taken/result"),
        ("应发", "name-taken/result"),
        ("待定", "name-taken/tbd"),
        ("jobs", "name-twice"),
    ],
)
def test_what_can_be_a_name(name: str, expected: str | None) -> None:
    assert codes(f"quantities:\n  {name}: jobs * 2\n") == ([expected] if expected else [])


def test_a_name_that_is_broken_exists_all_the_same() -> None:
    scheme, found = loaded("quantities:\n  half: jobs /\n  double: 2 * half\n")
    assert [d.code for d in found] == ["formula-end"]
    assert [q.name for q in scheme.quantities][-2:] == ["half", "double"]


def test_both_places_of_a_name_that_is_defined_twice_are_shown() -> None:
    _, (found,) = loaded("quantities:\n  jobs: on_time * 2\n")
    assert [other.place.text for other in found.others] == ["jobs"]
    assert found.place is not None
    assert found.place.start != found.others[0].place.start


def test_every_error_is_told_at_once() -> None:
    found = codes(
        "period: monthly\ncurrency: RMB\neffective: {first_day: 2026-13-01, last_day: 2026-12-31}\n"
        "indicators:\n  a: {weight: 50, better: sideways, value: jobs +, score: {points: {70: 0, 1_0: 5}}}\n"
        "  b: {weight: 50%, value: jobs, score: value}\n"
    )
    assert sorted(found) == sorted(
        ["word-unknown", "currency-unknown/near", "date-wrong/day", "percent-needed/whole", "word-unknown/far",
         "formula-end", "number-wrong/separator", "key-missing"]
    )  # fmt: skip
