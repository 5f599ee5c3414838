"""What tells rows apart is never blank, and never stands twice: in a run, for one person, in an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

import incentive_rules as ir
from incentive_rules.base.problems import Problem
from incentive_rules.base.reports import message_of
from incentive_rules.reading.sources.files import read_bytes

SCHEME = """\
format: 1
scheme: own keys
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs: {agent: {type: key}}
details:
  orders:
    belongs_to: agent
    key: KEY
    inputs: {hours: {type: integer, range: [1, 100]}}
pay:
  p: {amount: 10.00 * sum(hours)}
MORE"""
NESTED = """\
groups:
  areas: {key: area, inputs: {worth: {type: money, range: [0, 100]}}}
"""
Row = dict[str, object]
PEOPLE: list[Row] = [{"agent": "A"}, {"agent": "B"}]


def scheme(key: str = "order", more: str = "") -> ir.Pipeline:
    return ir.compile(text=SCHEME.replace("KEY", key).replace("MORE", more), period="2026-01")


def order(agent: str, order: object, hours: int = 40, **more: object) -> Row:
    return {"order": order, "agent": agent, "hours": hours, **more}


def refused(pipeline: ir.Pipeline, orders: Sequence[Row]) -> list[tuple[str, str, int | None, str]]:
    with pytest.raises(ir.DataError) as error:
        pipeline.run(PEOPLE, {"orders": orders})
    return told(error.value.problems)


def told(problems: Sequence[Problem]) -> list[tuple[str, str, int | None, str]]:
    return [(p.code, p.variant, p.row, p.column) for p in problems]


@pytest.mark.parametrize("blank", ["", " ", "\u3000", None])
def test_a_row_without_its_key_is_refused_and_with_it_its_person(blank: object) -> None:
    orders = [order("A", blank), order("A", blank), order("B", "O1")]
    assert refused(scheme(), orders) == [("data-missing", "key", 1, "order"), ("data-missing", "key", 2, "order")]
    kept = scheme().run(PEOPLE, {"orders": orders}, on_error="quarantine")
    assert [(r.key, str(r["p"])) for r in kept.results] == [("B", "400.00")]
    assert "tells the rows of `orders` apart" in kept.quarantined[0].reason


def test_each_part_of_a_key_is_needed() -> None:
    pipeline = scheme("[order, line]")
    orders = [order("A", "O1", line="1"), order("A", "O1", line=""), order("B", "", line="")]
    assert refused(pipeline, orders) == [
        ("data-missing", "key", 2, "line"), ("data-missing", "key", 3, "order"), ("data-missing", "key", 3, "line"),
    ]  # fmt: skip


def test_a_key_that_names_the_owner_is_told_once() -> None:
    pipeline = scheme("[agent, order]")
    assert refused(pipeline, [order("", "O1"), order("A", "O1")]) == [("data-orphan", "missing", 1, "agent")]


def test_a_key_that_cannot_be_read_tells_no_rows_apart() -> None:
    assert refused(scheme(), [order("A", "O\u200b1"), order("A", 7.5)]) == [
        ("data-text", "", 1, "order"), ("data-type", "text", 2, "order"),
    ]  # fmt: skip


def test_a_file_says_where_the_blank_key_stands() -> None:
    table, _ = read_bytes(b"order,agent,hours\nO1,A,40\n,A,40\n", "orders.csv")
    assert table is not None
    with pytest.raises(ir.DataError) as error:
        scheme().run(PEOPLE, {"orders": table})
    (problem,) = error.value.problems
    assert (problem.table, problem.line, problem.column, problem.key) == ("orders.csv", 3, "order", "A")
    assert message_of(problem, "zh") == "缺少 `order`，而 `orders` 的各行要靠它区分"


def test_rows_that_no_person_owns_need_their_key_as_well() -> None:
    more = "groups: {areas: {key: area, quantities: {hours_there: 'sum(time)'}}}\n"
    text = SCHEME.replace("KEY", "order").replace("MORE", more).replace(
        "pay:", "  visits: {belongs_to: area, key: [visit], inputs: {time: {type: integer, range: [1, 9]}}}\npay:"
    ).replace("inputs: {agent: {type: key}}", "inputs: {agent: {type: key}, area: {type: category}}").replace(
        "10.00 * sum(hours)", "1.00 * hours_there"
    )  # fmt: skip
    pipeline = ir.compile(text=text, period="2026-01")
    people = [{"agent": "A", "area": "x"}, {"agent": "B", "area": "y"}]
    visits = [{"area": "x", "visit": "V1", "time": 2}, {"area": "y", "visit": "", "time": 3}]
    groups = {"areas": [{"area": "x"}, {"area": "y"}]}
    with pytest.raises(ir.DataError) as error:
        pipeline.run(people, {"orders": [], "visits": visits}, groups=groups)
    assert told(error.value.problems) == [("data-missing", "key", 2, "visit")]
    kept = pipeline.run(people, {"orders": [], "visits": visits}, groups=groups, on_error="quarantine")
    assert {r.key: str(r["p"]) for r in kept.results} == {"A": "2.00"}


@pytest.mark.parametrize(
    "orders, problems",
    [
        ([{"order": "O1", "hours": 1}, {"order": "O1", "hours": 1}], ["details"] * 2),
        ([{"order": "", "hours": 1}, {"order": "O1", "hours": 1}], ["key"]),
        ([{"order": "O1", "hours": 1}, {"hours": 1}], ["key"]),
        ([{"order": "O 1", "hours": 1}, {"order": "O  1", "hours": 1}], [""] * 2),
        ([{"order": "O1", "hours": 1}, {"order": "O2", "hours": 1}], []),
        ([{"hours": 1}, {"hours": 1}], []),
    ],
)
def test_one_person_alone_is_asked_the_same(orders: list[Row], problems: list[str]) -> None:
    """Rows that do not say their keys at all need none: nothing is said twice then."""
    calls = [
        lambda: scheme().score({"agent": "A"}, {"orders": orders}),
        lambda: scheme().explain({"agent": "A"}, details={"orders": orders}),
        lambda: scheme(more=PLACED).score({"agent": "A"}, {"orders": orders}, {"place": 1}),
    ]
    for call in calls:
        if not problems:
            call()
            continue
        with pytest.raises(ir.DataError) as error:
            call()
        assert [p.variant for p in error.value.problems] == problems
        assert {p.table for p in error.value.problems} == {"orders"}


PLACED = "quantities: {hours_of_all: sum(hours), place: 'rank(hours_of_all, ties=\"standard\")'}\n"
EXAMPLE = """\
examples:
  - name: twice
    period: 2026-01
    given: {agent: A, orders: [{order: O1, hours: 1}, {order: SECOND, hours: 1}]}
    expect: {p: 20.00}
"""
EXAMPLES: Mapping[str, str] = {"O2": "", "O1": "`orders` is there more than once", "missing": "`order` is missing"}


@pytest.mark.parametrize("second, said", EXAMPLES.items(), ids=EXAMPLES)
def test_an_example_is_asked_the_same(second: str, said: str) -> None:
    text = SCHEME.replace("KEY", "order").replace("MORE", EXAMPLE.replace("SECOND", second))
    (outcome,) = ir.test(text=text).outcomes
    found = "; ".join(message_of(finding) for finding in outcome.diagnostics)
    assert outcome.passed == (said == ""), found
    assert said in found
