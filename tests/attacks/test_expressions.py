"""The attack corpus of expressions, whole: each case as a quantity of a scheme, from YAML to both engines.

`reject` means: refused by our own findings, each with line and column, short, escaped, and in good time.
`value` means: exactly this value, in the scalar engine and in the referee. All of it holds again on a
stack that is already 700 calls deep.
"""

from __future__ import annotations

import json
import keyword
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from incentive_rules.base.codes import CODES
from incentive_rules.base.diagnostics import Diagnostic
from incentive_rules.base.reports import help_of, message_of, render
from incentive_rules.base.text import HIDDEN
from incentive_rules.lang.lexer import RESERVED_WORDS
from tests.attacks.expressions import (
    Case,
    Outcome,
    Value,
    cases,
    direct_outcome,
    is_about_size,
    on_a_deep_stack,
    outcome_of,
)
from tests.pace import seconds
from tests.shared_data import ROOT

# Some of the attacks compare what can only come out one way, which `compile` remarks on.
pytestmark = pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")

REFUSED = "refused"
JOINED = "a line break in a formula is a space, as the grammar says: the lines are joined (also_ok)"

# Where our language answers another way than the corpus expects: how, and the rule that says so.
EXCEPTIONS: dict[str, tuple[str | bool, str]] = {
    "statement-019": ("140", JOINED),
    "statement-020": (True, JOINED),
    "lexical-036": (True, "`且` is the Chinese spelling of `and`"),
    "lexical-048": ("0.9", "`90%` is the number 0.9: the percent literal of our own lexer"),
    "type-038": (True, "`true` and `false` are the flags, beside `True` and `False`"),
    "benign-042": (REFUSED, "there is no `//`; `floor(a / b)` says what is meant (also_ok: reject)"),
    "benign-054": (REFUSED, "members stand in square brackets; the error offers the mend (also_ok: reject)"),
    "benign-068": (REFUSED, "a number has no exponent (also_ok: reject)"),
}

# What a good message mentions, as our codes say it.
HINTS = {
    "attribute": {"formula-attribute", "formula-keyword"},
    "control": {"formula-control"},
    "invisible": {"formula-invisible"},
    "bidi": {"formula-invisible"},
    "NFKC": {"formula-name"},
    "fullwidth": {"formula-mark", "formula-thousands"},
    "thousands": {"formula-thousands"},
    "currency": {"formula-currency"},
    "leading zero": {"formula-number"},
    "octal": {"formula-number"},
    "escape": {"formula-text"},
    "quote": {"formula-mark"},
    "=": {"formula-excel"},
}


@pytest.fixture(scope="module")
def corpus(shared: Path) -> dict[str, Case]:
    return cases(shared)


def expected(case: Case) -> str | bool:
    """`refused`, a number as text, or a flag."""
    if case["id"] in EXCEPTIONS:
        return EXCEPTIONS[case["id"]][0]
    return case["value"] if case["expect"] == "value" else REFUSED


def fault_of(case: Case, outcome: Outcome) -> str:
    """What is wrong with an outcome; empty where it is as the corpus demands."""
    wanted = expected(case)
    if wanted == REFUSED:
        return ("" if outcome.refused else f"accepted as {outcome.scalar}") or unfit(outcome.refused)
    value: Value = wanted if isinstance(wanted, bool) else Fraction(wanted)
    if outcome.refused:
        return f"refused by {outcome.codes}"
    both = (outcome.scalar, outcome.judged)
    return "" if all(type(v) is type(value) and v == value for v in both) else f"{both} instead of {wanted}"


def unfit(found: tuple[Diagnostic, ...]) -> str:
    """What a finding lacks: code, line and column, brevity, harmless characters."""
    for d in found:
        if d.code not in CODES or d.place is None or d.place.line < 1 or d.place.column < 1:
            return f"{d.code} has no code or no place"
        for language in ("en", "zh"):
            text = render([d], "text", language)
            if len(text) >= 1000:
                return f"{d.code} takes {len(text)} characters"
            if HIDDEN.search(text) or not (message_of(d, language) + help_of(d, language)).isprintable():
                return f"{d.code} lets a hidden character through"
    return ""


def test_every_case_from_yaml_to_both_engines(corpus: dict[str, Case]) -> None:
    wrong = []
    for case in corpus.values():
        if is_about_size(case):
            continue
        began = time.process_time()
        outcome = outcome_of(case)
        took = time.process_time() - began
        fault = fault_of(case, outcome) or ("" if took < 1 or took < seconds(1) else f"took {took:.1f} s")
        if fault:
            wrong.append(f"{case['id']} {case['expr']!a}: {fault}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.thorough
def test_every_case_again_on_a_stack_that_is_nearly_used_up(corpus: dict[str, Case]) -> None:
    small = [case for case in corpus.values() if not is_about_size(case)]
    wrong = [c["id"] for c in small if on_a_deep_stack(lambda c=c: outcome_of(c)) != outcome_of(c)]  # type: ignore[misc]
    assert wrong == []


@pytest.mark.thorough
def test_every_case_past_yaml(corpus: dict[str, Case]) -> None:
    """The parser and the checker refuse by themselves what YAML, or the reader of YAML, would keep from them."""
    wrong = []
    for case in corpus.values():
        began = time.process_time()
        fault = fault_of(case, direct_outcome(case))
        took = time.process_time() - began
        assert took < 1 or took < seconds(1), case["id"]
        if fault:
            wrong.append(f"{case['id']}: {fault}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.thorough
def test_cases_of_size_in_processes_of_their_own(corpus: dict[str, Case]) -> None:
    """One second of an ordinary machine, and 64 MB over the idle process.

    A hang, a crash or a killed process is a failed case, no dead run.
    """
    heavy = [case for case in corpus.values() if is_about_size(case)]
    alone = [[case] for case in heavy if "expr_parts" in case]
    short = [case for case in heavy if "expr_parts" not in case]
    with ThreadPoolExecutor(2) as pool:
        wrong = [fault for faults in pool.map(_faults_apart, [short[::2], short[1::2], *alone]) for fault in faults]
    assert not wrong, "\n".join(wrong)
    assert len(heavy) > 40


def _faults_apart(group: list[Case]) -> list[str]:
    names = [case["id"] for case in group]
    command = [sys.executable, "-X", "utf8", "-m", "tests.attacks.expressions", *names]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return [f"hangs: {names}"]
    if done.returncode:
        return [f"ends with {done.returncode}: {names}: {done.stderr[-500:]}"]
    return [fault for case, found in zip(group, json.loads(done.stdout), strict=True) if (fault := _lack(case, found))]


def _lack(case: Case, found: dict[str, Any]) -> str:
    if not found["refused"] or expected(case) != REFUSED:
        return f"{case['id']}: accepted as {found['value']}"
    if found["seconds"] >= found["most"] or found["megabytes"] >= 64:
        return f"{case['id']}: takes {found['seconds']:.1f} s and {found['megabytes']} MB"
    return "" if found["same"] else f"{case['id']}: otherwise on a deep stack"


def test_every_exception_is_still_needed(corpus: dict[str, Case]) -> None:
    assert EXCEPTIONS.keys() <= corpus.keys()
    for name in EXCEPTIONS:
        refused, wanted = expected(corpus[name]) == REFUSED, corpus[name]["expect"] == "reject"
        assert refused != wanted, name


@pytest.mark.parametrize("hint", HINTS)
def test_the_message_speaks_of_what_the_corpus_hints_at(hint: str, corpus: dict[str, Case]) -> None:
    for case in corpus.values():
        if case.get("hint") == hint and case["id"] not in EXCEPTIONS:
            assert set(direct_outcome(case).codes) <= HINTS[hint], case["id"]


def test_the_sign_that_is_hinted_at_is_offered_as_a_mend(corpus: dict[str, Case]) -> None:
    """For `≥`, `&&`, `×` and their like the finding holds the very characters to write."""
    for case in corpus.values():
        if case.get("hint") in ("and", "or", ">=", "<=", "!=", "*", "-", "==") and case["id"] not in EXCEPTIONS:
            found = outcome_of(case).refused
            offered = {fix.text for d in found for fix in d.fixes} | {d.params.get("meant") for d in found}
            assert case.get("hint") in offered, case["id"]


def test_words_of_programs_are_no_names() -> None:
    """Every keyword of Python is either a word of ours or refused, so no name can turn a formula into code."""
    assert set(keyword.kwlist) <= RESERVED_WORDS
