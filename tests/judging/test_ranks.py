"""Ranks, running sums, latest values, percentiles, honours and grades by rank before the referee, by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from incentive_rules.base.numbers import Rounding
from incentive_rules.judging.aggregates import between, percentile
from incentive_rules.judging.judge import PopulationReferee
from incentive_rules.model.checked import Checked
from incentive_rules.model.run import HonorOutcome
from incentive_rules.model.scheme import Body, Role
from incentive_rules.model.trace import Chosen, Graded, Judgement
from tests.judging.made import given, group_of, made, pay, quantity, table_of
from tests.judging.made_people import judged, plain, population, values
from tests.judging.made_steps import by_rank, honor

SCORES = {"a": 90, "b": 80, "c": 80, "d": 70, "e": None, "f": 60}


def company(*quantities: object) -> Checked:
    return made(
        inputs=[
            given("engineer", "key", known=True), group_of("department"), given("score"), given("second"),
            given("fit", "boolean"),
        ],
        groups={"department": [given("seats")]},
        quantities=quantities,  # type: ignore[arg-type]
    )  # fmt: skip


def team(scores: dict[str, object], **more: dict[str, object]) -> list[dict[str, object]]:
    """People by key and score; further columns by key, fit and in the east where nothing is said."""
    return [
        {
            "engineer": key, "score": score, "department": more.get("department", {}).get(key, "east"),
            "second": more.get("second", {}).get(key), "fit": more.get("fit", {}).get(key, True),
        }
        for key, score in scores.items()
    ]  # fmt: skip


EAST = [{"department": "east", "seats": 2}, {"department": "west", "seats": 1}]


def asked(body: str | Body, people: list[dict[str, object]], **more: object) -> list[Judgement]:
    return judged(company(quantity("answer", body, **more)), people, department=EAST)  # type: ignore[arg-type]


# ── Ranks ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text, expected",
    [
        ('rank(score, ties="standard")', [1, 2, 2, 4, None, 5]),
        ('rank(score, ties="modified")', [1, 3, 3, 4, None, 5]),
        ('rank(score, ties="dense")', [1, 2, 2, 3, None, 4]),
        ('名次(score, 并列="并列取前", 次序="低")', [5, 3, 3, 2, None, 1]),
        ('rank(score, ties="modified", first="low", over=everyone)', [5, 4, 4, 2, None, 1]),
        ('rank(score / 7, ties="standard", where=known(score) and score < 90)', [None, 1, 1, 3, None, 4]),
        ('rank(score, ties="standard", within=department)', [1, 1, 2, 3, None, 2]),
    ],
)
def test_a_rank_by_its_convention(text: str, expected: list[object]) -> None:
    people = team(SCORES, department={"b": "west", "f": "west"})
    assert values("answer", asked(text, people)) == expected


# ── Rows in an order ──────────────────────────────────────────────────────────────────────────────


def orders(text: str, level: str = "", rows: list[tuple[object, ...]] | None = None) -> list[Judgement]:
    checked = made(
        inputs=[given("engineer", "key", known=True)],
        details=[table_of("deals", [given("day"), given("hour"), given("sum_due")])],
        quantities=[quantity("answer", text, level=level)],
    )
    usual = rows or [("a", 3, 1, 30), ("a", 1, 1, 10), ("b", 2, 1, 5), ("a", 3, 2, None), ("a", 2, 9, 20)]
    tables = [dict(zip(("engineer", "day", "hour", "sum_due"), row, strict=True)) for row in usual]
    return judged(checked, [{"engineer": "a"}, {"engineer": "b"}, {"engineer": "z"}], deals=tables)


def of_rows(judgements: list[Judgement]) -> list[list[object]]:
    return [[plain(row["answer"]) for row in one.rows["deals"]] for one in judgements]


def test_a_running_sum_goes_up_to_the_own_row() -> None:
    found = of_rows(orders("running(sum_due, over=deals, order=[day, hour])", "deals"))
    assert found == [[60, 10, None, 30], [5], []], "a row without a value adds nothing and has no sum"
    found = of_rows(orders("累计(sum_due, 范围=deals, 排序=[day, hour], 其中=已知(sum_due) 且 sum_due > 10)", "deals"))
    assert found == [[50, None, None, 20], [None], []]
    found = of_rows(orders("running(sum_due, over=deals, order=[day, hour], within=everyone)", "deals"))
    assert found == [[65, 10, None, 35], [15], []]


def test_the_latest_value_is_that_of_the_last_row_that_has_one() -> None:
    assert values("answer", orders("latest(sum_due, order=[day, hour])")) == [30, 5, None]
    smaller = orders("latest(sum_due, order=[day, hour], where=known(sum_due) and sum_due < 30)")
    assert values("answer", smaller) == [20, 5, None]
    assert values("answer", orders("最近(sum_due, 排序=[0 - day])")) == [10, 5, None]


def test_rows_that_no_order_decides_are_the_problem_of_their_owner() -> None:
    twice = [("a", 1, 1, 10), ("a", 1, 1, 20), ("b", 1, 1, 10), ("b", 1, 1, 10)]
    found = orders("latest(sum_due, order=day)", rows=twice)
    assert [[b.code for b in one.broken] for one in found] == [["data-latest-tie"], [], []], "equal values decide it"
    found = orders("running(sum_due, over=deals, order=[day, hour])", "deals", twice)
    assert [[b.code for b in one.broken] for one in found] == [["data-order-tie"], ["data-order-tie"], []]


def test_a_rank_of_rows_is_among_those_of_their_owner_or_of_a_group() -> None:
    """Without `within` it is like every aggregate over rows, which runs over those of one owner."""
    assert of_rows(orders('rank(sum_due, over=deals, ties="standard")', "deals")) == [[1, 3, None, 2], [1], []]
    everybody = 'rank(sum_due, over=deals, within=everyone, ties="standard")'
    assert of_rows(orders(everybody, "deals")) == [[1, 3, None, 2], [4], []]


# ── Percentiles ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "share, at_least, more_than, linear",
    [
        ("0", 10, 10, 10),
        ("25%", 10, 20, "17.5"),  # 4 values: ceil(1) = 1, floor(1) + 1 = 2, 1 + 0.75 = 1.75
        ("50%", 20, 30, 25),
        ("60%", 30, 30, 28),
        ("75%", 30, 40, "32.5"),
        ("100%", 40, 40, 40),
    ],
)
def test_the_three_methods_of_a_percentile(share: str, at_least: object, more_than: object, linear: object) -> None:
    part = Fraction(share.rstrip("%")) / (100 if "%" in share else 1)
    numbers = [Fraction(n) for n in (30, 10, 40, 20)]
    found = [plain(between(percentile(numbers, part, method))) for method in ("at_least", "more_than", "linear")]
    assert found == [at_least, more_than, linear]
    one = [percentile([Fraction(7)], part, method) for method in ("at_least", "more_than", "linear")]
    assert [between(steps) for steps in one] == [7, 7, 7]


# ── Honours ───────────────────────────────────────────────────────────────────────────────────────


def elected(body: Body, people: list[dict[str, object]], **more: object) -> tuple[str, list[Chosen]]:
    """The keys of those chosen, and how it was found for each."""
    found = asked(body, people, role=Role.HONOR, type_="boolean", **more)
    sources = [line.source for one in found for line in one.trace if line.name == "answer"]
    keys = "".join(str(p["engineer"]) for p, one in zip(people, found, strict=True) if one.values["answer"] is True)
    assert not any(one.broken for one in found)
    return keys, [source for source in sources if isinstance(source, Chosen)]


def test_the_best_of_those_eligible_are_chosen() -> None:
    people = team(SCORES, fit={"a": False})
    keys, found = elected(honor("score", among="fit", number="3"), people)
    assert keys == "bcd"
    assert [one.verdict for one in found] == ["not_eligible", "chosen", "chosen", "chosen", "not_ranked", "beyond"]
    assert (found[1].eligible, found[1].places, found[1].place, found[1].level_with) == (4, 3, 1, 2)
    assert found[5].last == (70,)


def test_the_next_value_breaks_a_tie_and_a_missing_one_is_not_ranked() -> None:
    people = team(SCORES, second={"a": 1, "b": 5, "c": 6, "f": 9})
    assert elected(honor(("score", "second"), number="2"), people)[0] == "ac"


@pytest.mark.parametrize(
    "number, every, nobody",
    [
        ("0", "", ""),
        ("1", "a", "a"),
        ("2", "abc", "a"),
        ("3", "abc", "abc"),
        ("4", "abcd", "abcd"),
        ("9", "abcdf", "abcdf"),
    ],
)
def test_a_tie_across_the_line_gets_it_loses_it_or_stops_the_run(number: str, every: str, nobody: str) -> None:
    people = team(SCORES)
    assert elected(honor("score", number=number, ties="all"), people)[0] == every
    assert elected(honor("score", number=number, ties="none"), people)[0] == nobody
    refused = asked(honor("score", number=number), people, role=Role.HONOR)
    assert [[b.code for b in one.broken] for one in refused] == [["data-tie"] if number == "2" else []] * 6


def test_a_tie_stops_the_people_of_its_group_and_nobody_else() -> None:
    people = team({"a": 5, "b": 5, "c": 7}, department={"c": "west"})
    found = asked(honor("score", within="department", number="1"), people, role=Role.HONOR)
    assert [[(b.code, b.key) for b in one.broken] for one in found] == [[("data-tie", "east")]] * 2 + [[]]


@pytest.mark.parametrize(
    "more, expected",
    [
        ({"share": "40%"}, "ab"),  # of 5 eligible: 2
        ({"share": "40%", "of": "group"}, "ab"),  # of 6 in the group: 2.4
        ({"share": "50%", "of": "group"}, "abc"),  # 3
        ({"share": "50%"}, "abc"),  # 2.5, half up
        ({"share": "50%", "rounding": Rounding.DOWN}, "ab"),
        ({"share": "1%"}, ""),
        ({"share": "1%", "at_least": "1"}, "a"),
        ({"share": "90%", "at_most": "seats"}, "ab"),
        ({"number": "seats + 1"}, "abc"),
        ({"share": "100%", "of": "group"}, "abcdf"),  # six places, five with a value: one stays empty
        ({"number": "99"}, "abcdf"),
    ],
)
def test_the_number_of_places(more: dict[str, object], expected: str) -> None:
    people = team({"a": 9, "b": 8, "c": 7, "d": 6, "e": None, "f": 5})
    body = honor("score", within="department", ties="all", **more)  # type: ignore[arg-type]
    assert elected(body, people)[0] == expected


def test_the_referee_counts_who_was_chosen_in_each_group() -> None:
    body = honor("score", within="department", among="fit", number="seats + 1", ties="all")
    people = team({"a": 5, "b": 7, "c": None, "d": 9, "e": 1}, department={"d": "west"}, fit={"e": False})
    checked = company(quantity("star", body, role=Role.HONOR, type_="boolean"))
    everybody = PopulationReferee(checked, population(checked, people, department=EAST))
    assert everybody.honors() == (
        HonorOutcome("star", "east", 2, 3, ("a", "b"), 1), HonorOutcome("star", "west", 1, 2, ("d",), 1),
    )  # fmt: skip


@pytest.mark.parametrize("word", ["award", "奖金"])
def test_the_award_of_an_honour_is_paid_to_those_chosen(word: str) -> None:
    star = quantity("star", honor("score", number="1"), role=Role.HONOR, type_="boolean")
    award = pay("award(star)", "1000", when="star")
    twice = quantity("twice", f"2 * {word}(star)")
    found = judged(company(star, award, twice), team({"a": 1, "b": 2}), department=EAST)
    assert values("award(star)", found) == [0, 1000]
    assert values("twice", found) == [0, 2000]
    assert [one.states["award(star)"] for one in found] == ["condition_not_met", "paid"]


def test_what_is_not_due_is_nothing_and_says_so() -> None:
    checked = company(
        quantity("star", honor("score", number="1"), role=Role.HONOR, type_="boolean", due=False),
        pay("bonus", "1 / 0", due=False),
        quantity("leave", "5", role=Role.ENTITLEMENT, due=False),
    )
    found = judged(checked, team({"a": 5, "b": 5}), department=EAST)
    assert [dict(one.values) for one in found] == [{"star": False, "bonus": 0, "leave": None}] * 2
    assert [one.states for one in found] == [{"bonus": "not_this_period", "leave": "not_this_period"}] * 2
    assert not any(one.broken for one in found)


# ── Grades by rank ────────────────────────────────────────────────────────────────────────────────

SHARES = {"A": "20%", "B": "70%", "C": "10%"}


def grades(scores: list[object], **more: object) -> str:
    people = team({chr(ord("a") + i): score for i, score in enumerate(scores)})
    found = asked(by_rank("score", SHARES, **more), people, type_="category")  # type: ignore[arg-type]
    assert not any(one.broken for one in found)
    return "".join(str(one.values["answer"] or "-") for one in found)


def test_cuts_are_sums_of_shares_so_that_the_counts_add_up() -> None:
    assert grades([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]) == "AABBBBBBBC"
    assert grades([0, 1, 2, 3]) == "BBBA"  # 0.8 and 3.6 of 4: the first one, then up to the fourth
    assert grades([5]) == "B"  # 0.2 and 0.9 of one
    assert grades([5], rounding=Rounding.UP) == "A"
    assert grades([9, None, 7, 8, None]) == "A-BB-", "who has no value has no grade and takes no place"
    assert grades([None]) == "-"


def test_a_tie_across_a_cut_goes_up_or_down_as_a_whole() -> None:
    scores = [9, 8, 8, 7, 6, 5, 4, 3, 2, 2]
    assert grades(scores, ties="all") == "AAABBBBBBB"
    assert grades(scores, ties="none") == "ABBBBBBBCC"
    refused = asked(by_rank("score", SHARES), team(dict(zip("abcdefghij", scores, strict=True))))
    assert {b.code for one in refused for b in one.broken} == {"data-tie"}
    assert grades([9, 8, 7, 7, 7, 5, 4, 3, 2, 1]) == "AABBBBBBBC", "a tie inside a grade is none"


def test_a_grade_gives_further_outputs_within_each_group() -> None:
    outputs = {"A": {"factor": "1.5"}, "B": {"factor": "1"}, "C": {"factor": "0.8"}}
    body = by_rank("score", SHARES, within="department", outputs_of=outputs, give="factor")
    people = team({"a": 3, "b": 2, "c": 1, "d": 9, "e": 1}, department={"d": "west", "e": "west"})
    found = asked(body, people)
    assert values("answer", found) == ["1.5", 1, 1, 1, 1]  # 0.6 of 3 is 1; 0.4 of 2 is 0
    source = next(line.source for line in found[0].trace if line.name == "answer")
    assert isinstance(source, Graded)
    assert (source.place, source.of, source.row) == (1, 3, 0)
    cuts = [(plain(result), plain(share), cut) for result, share, cut in source.cuts]
    assert cuts == [("1.5", "0.2", 1), (1, "0.7", 3), ("0.8", "0.1", 3)]
