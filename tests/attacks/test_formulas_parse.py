"""The attack corpus at the parser: what it alone must refuse, and what it must let through.

Names, types and arities are the checker's part; those cases are only parsed here, without a verdict.
"""

from __future__ import annotations

import json
import keyword
import time
from pathlib import Path

import pytest

from incentive_rules.base.codes import CODES
from incentive_rules.lang.lexer import RESERVED_WORDS
from incentive_rules.lang.parser import parse

# Where our language answers another way than the corpus expects, each with its reason.
EXCEPTIONS = {
    "statement-019": "a line break in a formula is a space, as the grammar says: the lines are joined (also_ok)",
    "statement-020": "a line break in a formula is a space, as the grammar says: the lines are joined (also_ok)",
    "lexical-036": "`且` is the Chinese spelling of `and`",
    "lexical-048": "`90%` is the number 0.9: the percent literal of our own lexer",
    "type-038": "`true` and `false` are the flags, beside `True` and `False`",
    "benign-042": "there is no `//`; `floor(a / b)` says what is meant (also_ok: reject)",
    "benign-054": "members stand in square brackets; the error offers the mend (also_ok: reject)",
    "benign-068": "a number has no exponent (also_ok: reject)",
}

# Refused by names, types, arities or values: the parser lets these numbers of a category through.
CHECKED_LATER = {
    "format": [21],  # unknown functions
    "builtins": [7, 11, 12, 15, 16, 18, 20, 23, 26, 28, 30, 32, 34, 38, 52],  # unknown functions and names
    "node": [50, 54, 55, 64, 68],  # arity, and columns that are called
    # unknown functions, values, and texts in arithmetic
    "resource": [16, 18, 22, 23, 24, 26, 33, 35, 37, 39, 40, 41, 42, 45, 46],
    "lexical": [47],  # an unknown function
    # types, unknown names, division by zero
    "type": [3, 5, 6, 8, 9, 10, 13, 14, 16, 21, 26, 28, 29, 41, 44, 48, 50, 51],
}
LATER = {f"{category}-{number:03}" for category, numbers in CHECKED_LATER.items() for number in numbers}

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


def cases(folder: Path) -> list[dict[str, str]]:
    lines = (folder / "attacks" / "expressions.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    for case in found:
        if case["expr"] is None:
            case["expr"] = "".join(text * times for text, times in case["expr_parts"])
    return found


def test_every_case_is_refused_or_accepted_as_the_corpus_says(shared: Path) -> None:
    wrong = []
    for case in cases(shared):
        expression, _ = parse(case["expr"])
        expected = case["expect"] == "value" or case["id"] in LATER
        if case["id"] in EXCEPTIONS:
            expected = not expected
        if (expression is not None) != expected:
            wrong.append(case["id"])
    assert wrong == []


def test_no_exception_is_stale(shared: Path) -> None:
    known = {case["id"]: case for case in cases(shared)}
    assert set(EXCEPTIONS) <= set(known)
    assert known.keys() >= LATER


def test_messages_are_short_escaped_placed_and_quick(shared: Path) -> None:
    for case in cases(shared):
        start = time.perf_counter()
        _, faults = parse(case["expr"])
        assert time.perf_counter() - start < 0.5, case["id"]
        for fault in faults:
            assert 0 <= fault.start <= fault.end <= len(case["expr"])
            for language in ("en", "zh"):
                wording = CODES[fault.code].wording(language, fault.variant)
                message = wording.message.format_map(dict(fault.params)) + wording.help.format_map(dict(fault.params))
                assert len(message) < 1000, case["id"]
                assert message.isprintable(), case["id"]


@pytest.mark.parametrize("hint", HINTS)
def test_the_message_speaks_of_what_the_corpus_hints_at(hint: str, shared: Path) -> None:
    for case in cases(shared):
        if case.get("hint") == hint and case["id"] not in EXCEPTIONS and case["id"] not in LATER:
            assert {fault.code for fault in parse(case["expr"])[1]} <= HINTS[hint], case["id"]


def test_the_sign_that_is_hinted_at_is_offered_as_a_mend(shared: Path) -> None:
    """For `≥`, `&&`, `×` and their like the error holds the very characters to write."""
    for case in cases(shared):
        if case.get("hint") in ("and", "or", ">=", "<=", "!=", "*", "-", "==") and case["id"] not in EXCEPTIONS:
            faults = parse(case["expr"])[1]
            offered = {fault.replacement for fault in faults} | {fault.params.get("meant") for fault in faults}
            assert case["hint"] in offered, case["id"]


def test_words_of_programs_are_no_names() -> None:
    """Every keyword of Python is either a word of ours or refused, so no name can turn a formula into code."""
    assert set(keyword.kwlist) <= RESERVED_WORDS
