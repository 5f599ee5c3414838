"""Every code of the catalogue has a failing scheme, and the mended one does not fail so."""

from __future__ import annotations

import pytest

from incentive_rules.base.codes import CODES, FAMILIES
from incentive_rules.base.codes import audits as audits_family
from incentive_rules.base.codes import data as data_family
from incentive_rules.base.codes import formula as formula_family
from incentive_rules.base.codes import kept as kept_family
from incentive_rules.base.codes import records as records_family
from incentive_rules.base.codes import use as use_family
from incentive_rules.base.codes import yaml as yaml_family
from incentive_rules.base.diagnostics import Diagnostic, Severity
from incentive_rules.base.reports import render, severity_of
from incentive_rules.checking import check_scheme
from incentive_rules.compiling import compile_plan
from incentive_rules.loading import load
from incentive_rules.proving.cheap import promises_broken, promises_left_open
from tests.errors.fragments import MINIMAL, complete

# Codes about rows and about using a scheme are earned by data, files, periods and records: tests/reading, tests/cli,
# tests/recording, tests/auditing, tests/proving.
ELSEWHERE = {
    code.name for family in (data_family, use_family, records_family, audits_family, kept_family)
    for code in family.CODES
}
# What a fragment cannot show: bytes, size, or a bound that no small formula misses. Each has a test of its own.
NO_FRAGMENT = {name for name, code in CODES.items() if not code.wrong} - ELSEWHERE
PIECES = {code.name for code in (*yaml_family.CODES, *formula_family.CODES)}
SHOWN = sorted(set(CODES) - ELSEWHERE - NO_FRAGMENT)


def findings(text: str) -> tuple[Diagnostic, ...]:
    """What loading, checking and compiling say of a document."""
    scheme, found = load(text, "scheme.yaml")
    if scheme is None:
        return found
    checked, more = check_scheme(scheme)
    if checked is None or any(severity_of(d.code) is Severity.ERROR for d in found):
        return (*found, *more)
    _, last = compile_plan(checked)
    return (*found, *more, *last, *promises_broken(checked), *promises_left_open(checked))


def test_the_minimal_scheme_has_no_error() -> None:
    assert [d for d in findings(MINIMAL) if severity_of(d.code) is not Severity.HINT] == []


@pytest.mark.parametrize("name", SHOWN)
def test_the_wrong_example_earns_its_code_and_nothing_worse(name: str) -> None:
    found = findings(complete(CODES[name].wrong))
    codes = {d.code for d in found}
    report = render(found, "text", "en") + render(found, "text", "zh")
    assert name in codes, report or "no finding"
    others = {c for c in codes - {name} if severity_of(c) is Severity.ERROR}
    assert name in PIECES or not others, report


@pytest.mark.parametrize("name", SHOWN)
def test_the_right_example_is_free_of_the_code_and_of_errors_beside_it(name: str) -> None:
    """Pieces of YAML and of formulas stand for themselves: there only the code has to be gone."""
    found = findings(complete(CODES[name].right))
    bad = [d for d in found if d.code == name or (name not in PIECES and severity_of(d.code) is Severity.ERROR)]
    assert not bad, render(found, "text", "en")


def test_few_codes_have_no_fragment() -> None:
    assert sorted(NO_FRAGMENT) == sorted(NO_FRAGMENT & set(CODES)) and len(NO_FRAGMENT) <= 25, sorted(NO_FRAGMENT)


def test_no_code_stands_in_two_families() -> None:
    """Of two entries of one name the first would be lost, with its variants."""
    names = [code.name for family in FAMILIES for code in family]
    assert sorted(names) == sorted(CODES)


def test_constants_alone_can_be_too_wide() -> None:
    found = findings(complete(f"quantities:\n  x: {'9' * 34} ** 8\n"))
    assert [(d.code, d.variant) for d in found] == [("too-wide", "alone")], render(found)
    assert "fewer digits" in render(found)
