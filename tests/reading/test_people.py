"""Files that are joined, details that find their owners, rows that are set aside."""

from __future__ import annotations

from decimal import Decimal

import pytest

import incentive_rules as ir
from incentive_rules.model.data import DataTable
from incentive_rules.reading.sources.files import read_bytes

SCHEME = """\
format: 1
scheme: joined
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  engineer: {type: key, column: Employee No}
  jobs: {type: integer, range: [0, 500]}
  rating: {type: number, decimals: 1, range: [0, 5], can_be_missing: true}
details:
  orders:
    belongs_to: engineer
    inputs: {amount: {type: money, range: [0, 1000]}}
quantities: {sold: {is: sum(amount), type: money}}
pay:
  bonus: {amount: 10 * jobs + sold * 10%}
"""


@pytest.fixture(scope="module")
def pipeline() -> ir.Pipeline:
    return ir.compile(text=SCHEME, period="2026-04")


def table(text: str, name: str) -> DataTable:
    found, problems = read_bytes(text.encode(), name)
    assert found is not None, problems
    return found


JOBS = table("Employee No,jobs,town\nG1,5,A\nG2,7,B\n", "jobs.csv")
RATINGS = table("rating,engineer\n4.5,G2\n,G1\n", "ratings.csv")
ORDERS = table("engineer,amount\nG2,100\nG1,10.50\nG2,50\n", "orders.csv")


def codes(pipeline: ir.Pipeline, *tables: DataTable, orders: DataTable = ORDERS) -> list[tuple[str, str]]:
    with pytest.raises(ir.DataError) as refused:
        pipeline.run(tables, {"orders": orders})
    return [(p.code, p.variant) for p in refused.value.problems]


def test_files_are_joined_on_the_key_whatever_their_order(pipeline: ir.Pipeline) -> None:
    done = pipeline.run([JOBS, RATINGS], {"orders": ORDERS})
    assert [r.key for r in done.results] == ["G1", "G2"]
    assert [r["bonus"] for r in done.results] == [Decimal("51.05"), Decimal("85.00")]
    assert done.summary.unread == (("jobs.csv", "town"),)
    turned = pipeline.run([RATINGS, JOBS], {"orders": ORDERS})
    assert {r.key: r["bonus"] for r in turned.results} == {r.key: r["bonus"] for r in done.results}


def test_a_key_that_one_file_lacks_has_missing_values_there(pipeline: ir.Pipeline) -> None:
    short = table("engineer,rating\nG1,4\n", "ratings.csv")
    assert len(pipeline.run([JOBS, short], {"orders": ORDERS})) == 2
    long = table("engineer,rating\nG1,4\nG3,5\n", "ratings.csv")
    assert codes(pipeline, JOBS, long) == [("data-missing", "file")]


def test_a_column_in_two_files_is_never_chosen_between(pipeline: ir.Pipeline) -> None:
    twice = table("engineer,rating,jobs\nG1,4,5\n", "ratings.csv")
    assert codes(pipeline, JOBS, twice) == [("data-heading-twice", "files")]


def test_each_file_needs_the_key(pipeline: ir.Pipeline) -> None:
    assert ("data-column", "key") in codes(pipeline, JOBS, table("rating\n4\n", "ratings.csv"))


def test_a_misspelt_heading_is_named_with_the_one_that_was_meant(pipeline: ir.Pipeline) -> None:
    """Letter case, width and spaces are told apart: a heading is read exactly or not at all."""
    for heading in ("Jobs", " jobs", "ｊｏｂｓ", "job"):
        wrong = table(f"engineer,{heading},rating\nG1,5,4\n", "jobs.csv")
        with pytest.raises(ir.DataError, match=r"rename it|remove the blank") as refused:
            pipeline.run(wrong, {"orders": ORDERS})
        assert [p.variant for p in refused.value.problems] == ["blank" if heading == " jobs" else "near"]


def test_a_heading_and_a_name_for_one_input_are_one_too_many(pipeline: ir.Pipeline) -> None:
    both = table("Employee No,engineer,jobs,rating\nG1,G1,5,4\n", "a.csv")
    assert codes(pipeline, both) == [("data-heading-twice", "both")]


def test_a_key_on_two_lines_sets_both_aside_and_names_both(pipeline: ir.Pipeline) -> None:
    twice = table("engineer,jobs,rating\nG1,5,\nG2,7,\nG1,6,\n", "jobs.csv")
    orders = table("engineer,amount\nG2,1\n", "orders.csv")
    done = pipeline.run(twice, {"orders": orders}, on_error="quarantine")
    assert [r.key for r in done.results] == ["G2"]
    assert [(q.key, q.row) for q in done.quarantined] == [("G1", 1), ("G1", 3)]
    assert "jobs.csv:2, jobs.csv:4" in done.quarantined[0].reason
    assert (done.summary.read, done.summary.paid, done.summary.quarantined) == (3, 1, 2)
    assert done.summary.reconciles


def test_keys_are_compared_in_composed_form(pipeline: ir.Pipeline) -> None:
    same = table("engineer,jobs,rating\ncafe\u0301,5,\ncaf\u00e9,7,\n", "jobs.csv")
    assert codes(pipeline, same, orders=table("engineer,amount\n", "orders.csv")) == [("data-key-twice", "")] * 2


def test_details_without_an_owner_are_reported(pipeline: ir.Pipeline) -> None:
    stray = table("engineer,amount\nG9,100\n", "orders.csv")
    with pytest.raises(ir.DataError, match="G9") as refused:
        pipeline.run([JOBS, RATINGS], {"orders": stray})
    assert [(p.code, p.table, p.line) for p in refused.value.problems] == [("data-orphan", "orders.csv", 2)]


def test_a_bad_detail_row_is_found_in_its_own_file(pipeline: ir.Pipeline) -> None:
    bad = table("engineer,amount\nG1,10\nG2,5\nG2,9x\n", "orders.csv")
    with pytest.raises(ir.DataError) as refused:
        pipeline.run([JOBS, RATINGS], {"orders": bad})
    (problem,) = refused.value.problems
    assert (problem.table, problem.line, problem.key, problem.column) == ("orders.csv", 4, "G2", "amount")


def test_details_are_asked_for_by_their_name(pipeline: ir.Pipeline) -> None:
    with pytest.raises(ir.DataError, match="not given"):
        pipeline.run([JOBS, RATINGS])
    with pytest.raises(ir.DataError, match="`orders`"):
        pipeline.run([JOBS, RATINGS], {"orders": ORDERS, "order": ORDERS})


def test_no_rows_are_an_empty_run(pipeline: ir.Pipeline) -> None:
    for rows in ([], table("engineer,jobs,rating\n", "jobs.csv")):
        done = pipeline.run(rows, {"orders": []})
        assert len(done) == 0 and done.summary.totals["bonus"] == Decimal("0.00")
        assert str(done.summary.totals["bonus"]) == "0.00"


# ── One to one ────────────────────────────────────────────────────────────────────────────────────


def test_a_person_whom_a_file_lacks_is_told_by_the_file() -> None:
    needed = ir.compile(text=SCHEME.replace(", can_be_missing: true", ""), period="2026-04")
    jobs = table("engineer,jobs\nG1,5\nG2,7\n", "jobs.csv")
    ratings = table("engineer,rating\nG2,4.5\nG3,3\n", "ratings.csv")
    done = needed.run([jobs, ratings], {"orders": table("engineer,amount\n", "orders.csv")}, on_error="quarantine")
    assert [(q.key, q.problem.table, q.reason) for q in done.quarantined] == [
        ("G1", "jobs.csv", '"G1" has no row in ratings.csv'),
        ("G3", "ratings.csv", '"G3" has no row in jobs.csv'),
    ]
    assert (done.summary.read, done.summary.paid, done.summary.quarantined) == (3, 1, 2)


KEYED = SCHEME.replace("    inputs: {amount", "    key: [order]\n    inputs: {order: {type: key}, amount")


def test_a_detail_row_that_stands_twice_is_not_counted_twice() -> None:
    keyed = ir.compile(text=KEYED, period="2026-04")
    people = table("engineer,jobs,rating\nG1,5,\nG2,7,\nG3,1,\n", "people.csv")
    orders = table("engineer,order,amount\nG1,a,10\nG1,b,10\nG2,c,5\nG2,c,5\nG3,a,7\nG3,d,1\n", "orders.csv")
    done = keyed.run(people, {"orders": orders}, on_error="quarantine")
    assert len(done) == 0 and done.summary.reconciles
    assert [(q.key, q.problem.line) for q in done.quarantined] == [("G1", 2), ("G2", 4), ("G2", 5), ("G3", 6)]
    assert done.quarantined[0].reason == 'the row "a" of `orders` is there more than once: orders.csv:2, orders.csv:6'
    apart = ir.compile(text=KEYED.replace("key: [order]", "key: [engineer, order]"), period="2026-04")
    done = apart.run(people, {"orders": orders}, on_error="quarantine")
    assert {q.key for q in done.quarantined} == {"G2"}


def test_a_category_between_two_is_not_guessed() -> None:
    text = SCHEME.replace("  rating:", "  post: {type: category, one_of: [初级, 高级]}\n  rating:")
    posts = ir.compile(text=text, period="2026-04")
    rows = [{"engineer": "G1", "jobs": 1, "rating": None, "post": "中级"}]
    with pytest.raises(ir.DataError, match="is not one of `初级` `高级`") as refused:
        posts.run(rows, {"orders": []})
    assert "did you mean" not in str(refused.value)
