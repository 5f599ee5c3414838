"""Every field of `Limits` is kept: a scheme at the limit passes, one step beyond is refused by a code that names it.

The bounds of reading YAML stand in test_yaml_limits.py, those of reports in tests/base.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import incentive_rules as ir
from incentive_rules.base.diagnostics import Diagnostic, Severity
from incentive_rules.base.limits import DEFAULT_LIMITS, Limits
from incentive_rules.base.reports import help_of, message_of, render, severity_of
from incentive_rules.loading import load

HEAD = """\
format: 1
scheme: limited
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
inputs:
  worker: {type: key}
  x: {type: integer, range: [1, 9]}
"""


def quantity(formula: str) -> str:
    return HEAD + f"quantities:\n  q:\n    is: {formula}\n"


MANY = HEAD + "quantities: {a: x + 1, b: x + 2, c: x + 3}\n"
REPEATED = HEAD + (
    "repeat:\n  family:\n    members: {m1: {c: 1}, m2: {c: 2}, m3: {c: 3}}\n"
    "    inputs: {y: {type: integer, range: [0, c]}}\n    quantities: {z: y * c}\n"
)
FOLDED = HEAD + (
    "repeat:\n  family:\n    members: {m1: {c: 1}, m2: {c: 2}, m3: {c: 3}}\n    quantities: {z: x * c}\n"
    "quantities:\n  q: sum(z, over=family)\n"
)
CALLED = HEAD + "functions:\n  f: {takes: [a], is: a + a}\nquantities:\n  q: f(x) + f(x)\n"

# Field: a scheme that needs exactly so much of it, and the code that refuses it where one less is allowed.
KEPT: dict[str, tuple[str, int, str]] = {
    "formula_chars": (quantity("x + 1000"), 8, "formula-long"),
    "formula_nodes": (quantity("x + 1 * 2"), 5, "formula-large"),
    "formula_depth": (quantity("((x))"), 2, "formula-deep"),
    "formula_chain": (quantity("x + 1 + 1 + 1"), 4, "formula-deep"),
    "number_digits": (quantity("x + 12345"), 5, "formula-number"),
    "names": (MANY, 5, "names-many"),
    "inputs": (MANY, 2, "names-many"),
    "rules": (MANY, 3, "names-many"),
    "repeat_members": (REPEATED, 3, "repeat-large"),
    "repeat_names": (REPEATED, 6, "repeat-large"),
    "file_bytes": (MANY, len(MANY), "file-too-large"),
    "yaml_depth": (MANY, 4, "yaml-too-deep"),
    "yaml_nodes": (MANY, 35, "yaml-too-big"),
    "text_chars": (MANY, 10, "text-too-long"),
    "parts": (MANY, 9, "too-large"),
}
SHOWN = {"errors", "message_chars", "echo_chars"}  # of reports, not of schemes: below


def errors(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(d for d in found if severity_of(d.code) is Severity.ERROR)


def test_no_field_is_without_a_test() -> None:
    assert {field.name for field in attrs.fields(Limits)} == KEPT.keys() | SHOWN


@pytest.mark.parametrize("field", KEPT)
def test_a_limit_is_kept_to_the_step_and_named(field: str) -> None:
    text, needed, code = KEPT[field]
    allowed = attrs.evolve(DEFAULT_LIMITS, **{field: needed})
    assert errors(ir.check(text=text, limits=allowed).diagnostics) == ()
    found = errors(ir.check(text=text, limits=attrs.evolve(DEFAULT_LIMITS, **{field: needed - 1})).diagnostics)
    assert {d.code for d in found} == {code}, render(found)
    for language in ("en", "zh"):
        assert str(needed - 1) in message_of(found[0], language) + help_of(found[0], language)


def test_the_facade_hands_limits_on(tmp_path: Path) -> None:
    narrow = Limits(formula_chars=5)
    text, path = quantity("x + 1000"), tmp_path / "scheme.yaml"
    path.write_text(text, "utf-8")
    assert [d.code for d in ir.check(path, limits=narrow).errors] == ["formula-long"]
    with pytest.raises(ir.SchemeError, match="formula-long"):
        ir.compile(text=text, period="2026-01", limits=narrow)
    assert [d.code for d in ir.check(path, limits=Limits(file_bytes=20)).errors] == ["file-too-large"]
    assert ir.compile(path, period="2026-01").score({"worker": "W", "x": 3})["q"] == 1003


def test_what_is_written_out_counts_as_often_as_it_stands_there() -> None:
    """A function counts where it is called, a formula over members once for each member."""
    assert ir.check(text=FOLDED, limits=Limits(parts=13)).ok
    assert [d.code for d in ir.check(text=FOLDED, limits=Limits(parts=12)).errors] == ["too-large"]
    assert ir.check(text=CALLED, limits=Limits(parts=11)).ok
    assert [d.code for d in ir.check(text=CALLED, limits=Limits(parts=10)).errors] == ["too-large"]


def test_a_scheme_of_too_many_names_is_not_looked_at_further() -> None:
    scheme, found = load(MANY.replace("x + 1", "y + 1"), "many.yaml", Limits(names=4))
    assert scheme is None and [d.code for d in found] == ["names-many"]


def test_reports_are_cut_and_say_so() -> None:
    text = HEAD + "quantities:\n" + "".join(f"  q{i}: unknown_{i} + 1\n" for i in range(70))
    report = ir.check(text=text)
    assert len(report.errors) == 70
    assert report.render("concise").splitlines()[-1] == "and 20 more"
    narrow = Limits(errors=3, message_chars=30, echo_chars=10)
    shown = render(report.errors, "concise", limits=narrow).splitlines()
    assert len(shown) == 4 and shown[-1] == "and 67 more"
    assert all(len(message_of(d, limits=narrow)) <= 30 for d in report.errors)
