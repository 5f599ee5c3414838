"""Words and keys that look the same: what nobody can tell apart is refused, what is alike is told.

Two groups where one was meant are two pools; two people where one was meant are paid twice; a word that is nearly
the scheme's gets no bonus.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.base.diagnostics import Severity
from incentive_rules.base.reports import help_of, message_of, severity_of
from incentive_rules.model.run import Run
from incentive_rules.reading.sources.files import read_bytes
from incentive_rules.reading.tables import looks
from incentive_rules.reading.tables.looks import alike, seen, twins_by_word

SCHEME = """\
format: 1
scheme: twins_by_word
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  engineer: {type: key}
  team: {type: category}
  post: {type: category}
  note: {type: category}
details:
  visits:
    belongs_to: engineer
    key: [visit]
    inputs: {kind: {type: category}}
pay:
  bonus:
    pool: {each: team, amount: '100', in_proportion_to: "count(kind == 'repair')"}
  extra: {amount: 10, when: post == "senior"}
"""
Row = dict[str, object]
Pay = Callable[..., Run]


def row(key: str, team: str = "north", post: str = "senior", note: str = "x") -> Row:
    return {"engineer": key, "team": team, "post": post, "note": note}


def visit(key: str, visit: str, kind: str = "repair") -> Row:
    return {"engineer": key, "visit": visit, "kind": kind}


ONE_EACH = [visit("A", "V1"), visit("B", "V2"), visit("C", "V3")]


def of_file(rows: Sequence[Row], name: str, headings: Sequence[str]) -> object:
    """The same rows out of a file."""
    text = io.StringIO()
    csv.writer(text).writerows([headings, *([one[heading] for heading in headings] for one in rows)])
    table, problems = read_bytes(text.getvalue().encode(), f"{name}.csv")
    assert table is not None, problems
    return table


@pytest.fixture(params=["rows", "files"])
def pay(request: pytest.FixtureRequest) -> Pay:
    """A run of people and visits: rows of a program, and the same rows from files; bad ones set aside."""

    def run(people: Sequence[Row], visits: Sequence[Row] = ONE_EACH) -> Run:
        pipeline = ir.compile(text=SCHEME, period="2026-03")
        if request.param == "rows":
            return pipeline.run(people, {"visits": visits}, on_error="quarantine")
        tables = of_file(people, "people", list(row(""))), of_file(visits, "visits", list(visit("", "")))
        return pipeline.run(tables[0], {"visits": tables[1]}, on_error="quarantine")  # type: ignore[arg-type, dict-item]

    return run


def paid(run: Run, name: str = "bonus") -> Mapping[str, str]:
    return {result.key: str(result[name]) for result in run.results}


def refused(run: Run) -> list[tuple[str, str]]:
    return [(q.problem.code, q.key) for q in run.quarantined]


def told(run: Run) -> list[tuple[str, str]]:
    return [(problem.code, problem.variant) for problem in run.warnings]


# ── What nobody sees ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("other", [" north", "north ", "\u3000north", "north\t", "north\r\n"])
def test_blanks_around_a_word_are_no_part_of_it(pay: Pay, other: str) -> None:
    run = pay([row("A"), row("B", other), row("C", "south", " senior ")])
    assert paid(run) == {"A": "50.00", "B": "50.00", "C": "100.00"}
    assert paid(run, "extra") == {"A": "10.00", "B": "10.00", "C": "10.00"}
    assert [(pool.group, str(pool.paid)) for pool in run.pools] == [("north", "100.00"), ("south", "100.00")]
    assert run.warnings == () and refused(run) == []


@pytest.mark.parametrize("hidden", ["\u00a0", "\u200b", "\u00ad", "\ufe0f", "\u115f", "\u3164", "\u2800", "\u2060"])
@pytest.mark.parametrize("place", ["team", "post", "engineer", "visit", "kind"])
def test_a_hidden_character_is_refused_wherever_something_rests_on_the_word(
    pay: Pay, place: str, hidden: str
) -> None:
    people, visits = [row("A"), row("B", "south")], [visit("A", "V1"), visit("B", "V2")]
    table = people if place in people[0] and place != "engineer" else visits if place in ("visit", "kind") else people
    table[1] = {**table[1], place: f"{table[1][place]}{hidden}"}
    run = pay(people, visits)
    assert "B" not in paid(run)
    assert ("data-text" in [code for code, _ in refused(run)]), refused(run)
    assert f"U+{ord(hidden):04X}" in "".join(q.reason for q in run.quarantined)


@pytest.mark.parametrize("other", ["nor  th", "nor \u3000th", "nor\u3000th"])
def test_who_belongs_to_a_group_that_looks_like_another_is_refused(pay: Pay, other: str) -> None:
    run = pay([row("A", "nor th"), row("B", other), row("C", "south")])
    assert refused(run) == [("data-twin", "A"), ("data-twin", "B")]
    assert paid(run) == {"C": "100.00"}


def test_a_word_that_looks_like_another_is_refused_where_a_formula_reads_it(pay: Pay) -> None:
    run = pay([row("A", post="very senior"), row("B", post="very  senior"), row("C")])
    assert refused(run)[:2] == [("data-twin", "A"), ("data-twin", "B")]
    run = pay([row("A", note="a b"), row("B", note="a  b"), row("C")])
    assert refused(run) == [], "nothing rests on a note"


def test_keys_that_look_the_same_are_refused(pay: Pay) -> None:
    visits = [visit("A 1", "V1"), visit("A  1", "V2"), visit("C", "V3")]
    people = [row("A 1", "east"), row("A  1", "west"), row("C", "south")]
    run = pay(people, visits)
    assert refused(run) == [("data-twin", "A 1"), ("data-twin", "A  1")]
    assert paid(run) == {"C": "100.00"}


def test_detail_rows_whose_keys_look_the_same_are_refused(pay: Pay) -> None:
    visits = [visit("A", "V 1"), visit("A", "V  1"), visit("B", "V2"), visit("C", "V3")]
    run = pay([row("A", "east"), row("B"), row("C", "south")], visits)
    assert refused(run) == [("data-twin", "A"), ("data-twin", "A")]
    visits[1] = visit("A", "V1", "very repair")
    visits[2] = visit("B", "V2", "very  repair")
    run = pay([row("A", "east"), row("B"), row("C", "south")], visits)
    assert refused(run) == [("data-twin", "A"), ("data-twin", "B")]


def test_the_message_shows_what_the_eye_does_not_see() -> None:
    with pytest.raises(ir.DataError, match=r'"nor\\u3000th"'):
        ir.compile(text=SCHEME, period="2026-03").run([row("A", "nor th"), row("B", "nor\u3000th")], {"visits": []})


# ── What is alike ─────────────────────────────────────────────────────────────────────────────────

ALIKE = [
    ("East", "EAST"), ("East", "Ｅast"), ("East", "Εast"), ("A组", "Ａ组"), ("(East)", "（East）"),
    ("East-1", "East–1"),
    ("East 1", "East1"), ("East1", "EastI"), ("TeamO", "Team0"), ("数据组", "數據組"), ("ｵｵｻｶ", "オオサカ"),
]  # fmt: skip


@pytest.mark.parametrize("one, other", ALIKE)
def test_groups_that_differ_in_case_width_or_look_are_two_and_told(pay: Pay, one: str, other: str) -> None:
    run = pay([row("A", one), row("B", other), row("C", other)])
    assert paid(run) == {"A": "100.00", "B": "50.00", "C": "50.00"}
    assert told(run) == [("data-alike", "")]
    assert severity_of(run.warnings[0].code) is Severity.WARNING
    assert message_of(run.warnings[0]).startswith(f'`team` is "{one}" ×1 and "{other}" ×2')
    assert run.warnings[0].row == 1 and run.warnings[0].column == "team"


@pytest.mark.parametrize(
    "one, other, variant",
    [("G1", "g1", ""), ("G1", "Ｇ1", ""), ("GO1", "G01", ""), ("G-1", "G\u20111", ""), ("7", "007", "zeros")],
)
def test_keys_that_are_alike_are_two_people_and_told(pay: Pay, one: str, other: str, variant: str) -> None:
    run = pay([row(one), row(other)], [visit(one, "V1"), visit(other, "V2")])
    assert paid(run) == {one: "50.00", other: "50.00"}
    assert told(run) == [("data-alike", variant)]


def test_keys_of_detail_rows_that_are_alike_are_told(pay: Pay) -> None:
    run = pay([row("A")], [visit("A", "V1"), visit("A", "v1")])
    assert told(run) == [("data-alike", "")] and run.warnings[0].params["input"] == "visit"


def test_a_long_key_that_a_spreadsheet_has_shortened_is_told(pay: Pay) -> None:
    run = pay([row("4.50981E+17")], [])
    assert told(run) == [("data-alike", "shortened")]
    assert "as text" in help_of(run.warnings[0], "en") and "文本" in help_of(run.warnings[0], "zh")


@pytest.mark.parametrize("word", ["Senior", "SENIOR", "ｓenior", "senlor", "senoir", "seniors", "sen ior"])
def test_a_word_that_is_nearly_the_schemes_gets_no_bonus_and_is_told(pay: Pay, word: str) -> None:
    run = pay([row("A", post=word), row("B", post="junior")])
    assert paid(run, "extra") == {"A": "0.00", "B": "0.00"}
    assert told(run) == [("data-alike", "scheme")]
    assert message_of(run.warnings[0]) == f'`post` is "{word}" ×1, and the scheme speaks of "senior"'


def test_words_that_are_meant_to_differ_are_not_told(pay: Pay) -> None:
    people = [row("A", "East", "junior"), row("B", "West", "x")]
    people += [row("C", "工程师一级", "y"), row("D", "工程师二级", "z")]
    run = pay([*people, row("E", "A1", "senior"), row("F", "A2", "seasonal")], [])
    assert run.warnings == ()


def test_words_that_a_table_looks_up_count_as_words_of_the_scheme() -> None:
    scheme = SCHEME.replace('when: post == "senior"', "when: factor(kind_of_post) > 0").replace(
        "details:", 'tables:\n  factor: {equals: {senior: 1}, else: 0}\nquantities: {kind_of_post: "post"}\ndetails:'
    )
    run = ir.compile(text=scheme, period="2026-03").run([row("A", post="Senior")], {"visits": []})
    assert told(run) == [("data-alike", "scheme")]


def test_looks() -> None:
    assert twins_by_word(["a b", "a  b", "c"]) == {"a b": "a  b", "a  b": "a b"}
    assert seen("a\u3000 b") == "a b"
    assert twins_by_word(["a b\x1fc", "a\x1fb c"]) == {}, "the parts of a key are kept apart"
    assert list(alike(["a", "A", "b"])) == [("A", "a")]
    assert list(alike(["1", "01"])) == [] and list(alike(["1", "01"], keys=True)) == [("01", "1")]


@given(st.lists(st.text("AbO0o1Il| 甲", max_size=3) | st.text("AB01\x1f", max_size=3), max_size=8, unique=True))
def test_texts_that_a_look_at_all_keeps_apart_are_folded_to_different_ones(texts: list[str]) -> None:
    for fold in (looks._cased, looks._drawn, looks._without_zeros):
        if looks._keeps_apart(fold, looks._SEAM.join(texts)):
            assert len(set(map(fold, texts))) == len(texts)


@given(st.lists(st.text("aAbO0l1I -\t\0甲é", max_size=4), max_size=8, unique=True))
def test_texts_that_are_folded_as_one_are_folded_as_each(texts: list[str]) -> None:
    for fold in (looks._cased, looks._drawn, looks._without_zeros):
        assert looks._folded(texts, fold) == [fold(text) for text in texts]
