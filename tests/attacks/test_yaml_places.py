"""Traps of the corpus that only a place can judge, each moved to such a place of ours.

A text that some reader takes for a number, a flag or a date is a text to us until it stands where one
is due. So the trap is cut out of its document as it is written, and put where one is; the finding must
stand on its line. `KEPT` are the traps that mean no harm in any place of ours, each with its reason.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TypedDict

import pytest

import incentive_rules as ir
from incentive_rules.base.codes import CODES
from incentive_rules.base.diagnostics import Diagnostic
from incentive_rules.base.reports import render
from incentive_rules.base.text import HIDDEN
from incentive_rules.loading import load
from incentive_rules.model.scheme import Scheme


class Case(TypedDict):
    id: str
    file: str
    layer: str
    must: str
    line: int
    col: int


HEAD = """\
format: 1
scheme: attacked
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  worker: {type: key}
  tasks: {type: integer, range: [1, 500]}
  satisfaction: {type: integer, range: [0, 100]}
  grade: {type: category, one_of: [A, 优]}
"""
ROW = {"worker": "W", "tasks": 3, "satisfaction": 90, "grade": "A"}
# Places of ours; `@` is where the trap goes.
NUMBERS = (
    "parameters:\n  bonus: @\nquantities:\n  q: tasks * bonus\n",
    "quantities:\n  q:\n    type: number\n    of: grade\n    equals:\n      优: 1\n      A: @\n",
)
DAYS = (
    "quantities:\n  q: tasks * 2\nprocedure:\n  published: @\n",
    "  started:\n    type: date\n    range: [2020-01-01, @]\nquantities:\n  q: days(started, started)\n",
)
CONDITIONS = ("pay:\n  bonus:\n    amount: 3 * tasks\n    when: @\n", "applies_to: @\nquantities:\n  q: tasks * 2\n")
AMOUNTS = ("pay:\n  bonus:\n    title: Bonus\n    amount: @\n",)
KEYS = ("pay:\n  bonus:\n    amount: 3 * tasks\n    @\n", "quantities:\n  q: tasks * 2\n@\n")
NAMES = ("  @: {type: boolean}\n", "quantities:\n  @: tasks * 2\n", "parameters:\n  @: 2\n")
EXAMPLES = "examples:\n  - {name: one, period: 2026-01, person: one, expect: {q: 6}}\n"
MOODS = "  mood: {type: category, one_of: [yes, on, true]}\n"
INCLUDES = ("parent", "absolute", "drive", "http_url", "env", "device", "encoded", "self", "cycle_b")

# File: how the trap is cut out of its line, the places where it is due, and the codes that may refuse it there.
REFUSED: dict[str, tuple[str, tuple[str, ...], set[str]]] = {
    **{f"{name}.yaml": ("value", NUMBERS, {"number-wrong", "parameter-value"}) for name in (
        "sexagesimal_float", "octal_leading_zero", "octal_0o", "hex_value", "binary_value", "underscore_int",
        "nan_value", "plus_sign", "number_5000_digits", "number_60_digits", "thousands_comma", "currency_suffix",
        "fullwidth_digits", "arabic_digits", "quoted_number_spaces", "quoted_number_underscore", "quoted_snan",
    )},
    "date_invalid.yaml": ("value", DAYS, {"date-wrong"}),
    "datetime_offset.yaml": ("value", DAYS, {"date-wrong"}),
    "dup_key_yes_on_true.yaml": (
        "line", ("quantities:\n  q: {of: many, equals: {true: 1, @, false: 3}}\n  many: tasks > 3\n",), {"table-edge"},
    ),
    "indent_moves_key.yaml": ("line", ("quantities:\n  q:\n    when: tasks > 1\n    is: tasks\n@\n",), {"key-unknown"}),
    "key_unknown_typo.yaml": ("line", KEYS, {"key-unknown"}),
    "key_case.yaml": ("line", KEYS, {"key-unknown"}),
    "key_trailing_space_quoted.yaml": ("line", KEYS, {"key-form"}),
    "key_python_keyword.yaml": ("key", NAMES, {"name-taken"}),
    "key_shadows_function.yaml": ("key", NAMES, {"name-taken"}),
    "key_with_space.yaml": ("key", NAMES, {"name-invalid"}),
    "ref_remote.yaml": ("line", ("  @\n",), {"key-unknown", "key-missing"}),
    "expr_error_position_escapes.yaml": ("value", CONDITIONS, {"name-unknown"}),
    "expr_bool_for_amount.yaml": ("value", AMOUNTS, {"number-needed"}),
    "expr_number_for_when.yaml": ("value", CONDITIONS, {"condition-needed"}),
    # There are no includes: no path is ever looked at.
    **{f"include_{name}.yaml": ("line", KEYS, {"key-unknown"}) for name in INCLUDES},
    "include_nul.yaml": ("line", KEYS, {"character"}),
}  # fmt: skip

# File: why it is kept, in which place, and as what. Each answer is among those that the corpus allows.
KEPT: dict[str, tuple[str, str]] = {
    "version_unquoted.yaml": ("a version is a text, so 1.10 stays 1.10", "version: @\nquantities:\n  q: tasks * 2\n"),
    "employee_number_089.yaml": (
        "a key is a text, so its zeros stay (also_ok)",
        "quantities:\n  q: tasks * 2\npeople:\n  one:\n    worker: @\n    tasks: 3\n" + EXAMPLES,
    ),
    "negative_zero.yaml": ("it is 0, and 0 is never written -0 (also_ok)", NUMBERS[0]),
    "date_unquoted.yaml": ("a day where a day is due (also_ok)", DAYS[0]),
    "date_key.yaml": (
        "a key of `dated` is a first day",
        "parameters:\n  p:\n    dated:\n      @\nquantities:\n  q: p\n",
    ),
    "dup_key_yes_on_true.yaml": (
        "three different words of a category, each a text",
        MOODS + "quantities:\n  q: {of: mood, equals: {yes: 1, @, true: 3}}\n",
    ),
}
# Texts that are shown to people or written into generated code: test_yaml_texts.py.
SHOWN_LAYERS = ("render", "compile")
AS_IT_IS = {"top_level_list.yaml": "root-shape"}


def corpus(shared: Path) -> dict[str, Case]:
    lines = (shared / "attacks" / "yaml" / "index.jsonl").read_text("utf-8").splitlines()
    return {case["file"]: case for case in map(json.loads, lines)}


def cut_out(shared: Path, case: Case, how: str) -> str:
    """The trap as it is written: the marked line, its key, or its value."""
    lines = (shared / "attacks" / "yaml" / case["file"]).read_text("utf-8").splitlines()
    line = lines[case["line"] - 1].strip()
    key, _, value = line.partition(": ")
    return {"line": line, "key": key, "value": value}[how]


def moved(place: str, trap: str) -> tuple[str, int]:
    """A scheme with the trap in a place, and the line on which it stands."""
    text = HEAD + place
    return text.replace("@", trap, 1), text[: text.index("@")].count("\n") + 1


def errors(text: str) -> tuple[Diagnostic, ...]:
    return ir.check(text=text).errors


PLACES = [(file, number) for file, (_, places, _) in REFUSED.items() for number in range(len(places))]


@pytest.mark.parametrize(("file", "number"), PLACES)
def test_a_trap_is_refused_on_its_line_wherever_it_is_due(shared: Path, file: str, number: int) -> None:
    how, places, codes = REFUSED[file]
    text, line = moved(places[number], cut_out(shared, corpus(shared)[file], how))
    found = errors(text)
    report = render(found)
    assert found, "accepted"
    assert {d.code for d in found} <= codes, report
    assert {d.place.line for d in found if d.place} == {line}, report
    assert not HIDDEN.search(report)
    assert all(d.code in CODES and len(render([d])) < 1000 for d in found)


def test_the_column_is_that_of_the_name_through_quotes_and_escapes(shared: Path) -> None:
    r"""`"grade == '\u4f18' and taks > 1"`: the place counts what is written, not what it means."""
    case = corpus(shared)["expr_error_position_escapes.yaml"]
    trap = cut_out(shared, case, "value")
    text, line = moved(CONDITIONS[0], trap)
    (found,) = errors(text)
    assert found.place is not None and found.place.text == "taks"
    assert (found.place.line, found.place.column - len("    when: ")) == (line, case["col"] - len("when: "))


def test_a_list_is_no_scheme(shared: Path) -> None:
    for file, code in AS_IT_IS.items():
        case = corpus(shared)[file]
        scheme, (found,) = load((shared / "attacks" / "yaml" / file).read_bytes(), file)
        assert scheme is None and found.code == code
        assert found.place is not None and (found.place.line, found.place.column) == (case["line"], case["col"])


# ── Kept ──────────────────────────────────────────────────────────────────────────────────────────


def kept(shared: Path, file: str) -> tuple[Scheme, ir.Pipeline]:
    how = "line" if file in ("date_key.yaml", "dup_key_yes_on_true.yaml") else "value"
    text, _ = moved(KEPT[file][1], cut_out(shared, corpus(shared)[file], how))
    text = text.replace("2024-01-02: 5", "2024-01-02: 5\n      2026-03-01: 6")
    report = ir.check(text=text)
    assert report.ok and report.scheme is not None, str(report)
    return report.scheme, ir.compile(text=text, period="2026-01")


def test_a_version_keeps_its_zero(shared: Path) -> None:
    assert kept(shared, "version_unquoted.yaml")[0].version == "1.10"


def test_a_key_keeps_its_zeros(shared: Path) -> None:
    scheme, pipeline = kept(shared, "employee_number_089.yaml")
    assert [fact.value.text for fact in scheme.examples[0].facts if fact.value and fact.name == "worker"] == ["0089"]
    assert pipeline.score({**ROW, "worker": "0089"}).key == "0089"


def test_minus_zero_is_zero(shared: Path) -> None:
    _, pipeline = kept(shared, "negative_zero.yaml")
    assert str(pipeline.score(ROW)["q"]) == "0"


def test_a_day_where_a_day_is_due(shared: Path) -> None:
    assert str(kept(shared, "date_unquoted.yaml")[0].published) == "2024-01-02"


def test_a_first_day_decides_from_when_a_value_holds(shared: Path) -> None:
    scheme, pipeline = kept(shared, "date_key.yaml")
    assert [str(day) for day, _ in scheme.parameters[0].value.values] == ["2024-01-02", "2026-03-01"]
    assert Fraction(pipeline.score(ROW)["q"]) == 5  # type: ignore[arg-type]


def test_words_that_look_like_flags_are_three_words(shared: Path) -> None:
    _, pipeline = kept(shared, "dup_key_yes_on_true.yaml")
    given = [pipeline.score({**ROW, "mood": mood})["q"] for mood in ("yes", "on", "true")]
    assert given == [1, 2, 3]


# ── Nothing is left out ───────────────────────────────────────────────────────────────────────────


def test_every_case_of_every_layer_is_asked(shared: Path) -> None:
    """Bytes and YAML are asked in test_yaml.py, texts for people and code in test_yaml_texts.py, all others here."""
    others = {f for f, c in corpus(shared).items() if c["layer"] not in ("bytes", "yaml", *SHOWN_LAYERS)}
    assert others <= REFUSED.keys() | KEPT.keys() | AS_IT_IS.keys()
    assert REFUSED.keys() | KEPT.keys() | AS_IT_IS.keys() <= corpus(shared).keys()
