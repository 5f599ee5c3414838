"""The corpus of hostile and treacherous documents: each is refused at its line, or read as it is written.

Only what bytes and YAML can tell is asked here. Some traps exist only for readers who guess a type
from the look of a text; here such a text is a text, and the place where a number or a date is due
refuses it. `LATER` lists them, with that refusal.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypedDict, cast

import pytest

from incentive_rules.base.codes import CODES
from incentive_rules.base.numbers import read_number
from incentive_rules.base.reports import render
from incentive_rules.base.text import HIDDEN
from incentive_rules.loading.yaml_reader import read_document
from incentive_rules.model.document import Item, Scalar, Sequence


class Case(TypedDict):
    id: str
    file: str
    layer: str
    must: str
    line: int | None
    interpretation: object


def no_number(text: str) -> bool:
    return read_number(text) is None


def no_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return True
    return False


def is_text(text: str) -> bool:
    return text != ""


TEXT = "a text, whatever it looks like: the place decides"
NUMBER = "a text here; refused where a number is due"
DATE = "a text here; refused where a date is due"

# File: why it is read here, its text, and what the place says of that text.
LATER: dict[str, tuple[str, str, Callable[[str], bool]]] = {
    "dup_key_yes_on_true.yaml": (f"three different keys, each {TEXT}", "1", is_text),
    "employee_number_089.yaml": (TEXT, "0089", is_text),
    "sexagesimal_float.yaml": (NUMBER, "190:20:30.15", no_number),
    "octal_leading_zero.yaml": (NUMBER, "010", no_number),
    "octal_0o.yaml": (NUMBER, "0o10", no_number),
    "hex_value.yaml": (NUMBER, "0x1F", no_number),
    "binary_value.yaml": (NUMBER, "0b101", no_number),
    "underscore_int.yaml": (NUMBER, "1_000", no_number),
    "nan_value.yaml": (NUMBER, ".NaN", no_number),
    "plus_sign.yaml": (NUMBER, "+5", no_number),
    "number_5000_digits.yaml": (f"{NUMBER}: more than 34 digits", "9" * 5000, no_number),
    "number_60_digits.yaml": (f"{NUMBER}: more than 34 digits", "1" * 60, no_number),
    "negative_zero.yaml": (
        "a text here, the number 0 where a number is due",
        "-0",
        lambda text: read_number(text) == 0,
    ),
    "date_unquoted.yaml": ("a text here, that day where a date is due", "2024-01-02", lambda text: not no_date(text)),
    "date_invalid.yaml": (DATE, "2024-02-30", no_date),
    "datetime_offset.yaml": (DATE, "2024-01-02T03:04:05+99:99", no_date),
    "date_key.yaml": (f"the key is {TEXT}", "5", is_text),
}


def corpus(shared: Path) -> list[Case]:
    lines = (shared / "attacks" / "yaml" / "index.jsonl").read_text("utf-8").splitlines()
    cases = [cast(Case, json.loads(line)) for line in lines]
    return [case for case in cases if case["layer"] in ("bytes", "yaml")]


def plain(item: Item) -> object:
    if isinstance(item, Scalar):
        return item.text
    if isinstance(item, Sequence):
        return [plain(i) for i in item.items]
    return {entry.key.text: plain(entry.value) for entry in item.entries}


def as_texts(value: object) -> object:
    """What the corpus expects, with every value in the texts that we read."""
    if isinstance(value, dict):
        return {key: as_texts(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_texts(part) for part in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_every_document_of_the_corpus(shared: Path) -> None:
    cases = corpus(shared)
    wrong = [f"{case['id']} {case['file']}: {fault}" for case in cases if (fault := fault_of(case, shared))]
    assert not wrong, "\n".join(wrong)
    assert len(cases) > 70


def fault_of(case: Case, shared: Path) -> str:
    """Empty if the document is treated as it must be."""
    data = (shared / "attacks" / "yaml" / case["file"]).read_bytes()
    document, findings = read_document(data, case["file"])
    reports = [
        render(findings, format, language) for format in ("text", "concise", "json") for language in ("en", "zh")
    ]
    if any(HIDDEN.search(report) for report in reports):
        return "a hidden character reached a report"
    if any(d.code not in CODES or not d.place for d in findings):
        return "a finding without code or place"
    if case["file"] in LATER:
        _, text, refused = LATER[case["file"]]
        value = document.root.entries[0].value if document else None
        return "" if isinstance(value, Scalar) and value.text == text and refused(text) else "not as LATER says"
    if case["must"] == "error":
        lines = {d.place.line for d in findings if d.place}
        if document is not None:
            return "accepted"
        return "" if case.get("line") in (None, *lines) else f"line {case['line']} expected, not {lines}"
    if document is None:
        return f"refused: {reports[1]}"
    wanted = case.get("interpretation")
    return "" if not isinstance(wanted, dict) or plain(document.root) == as_texts(wanted) else "read otherwise"


def test_the_exceptions_are_still_in_the_corpus(shared: Path) -> None:
    assert set(LATER) <= {case["file"] for case in corpus(shared)}


@pytest.mark.parametrize("file", ["smallest.yaml", "service_engineer_1.yaml", "service_engineer_2_zh.yaml"])
def test_honest_documents_are_read_without_a_finding(shared: Path, file: str) -> None:
    path = shared / "drafts" / file
    if not path.exists():
        pytest.skip("this draft is not among the shared data")
    document, findings = read_document(path.read_bytes(), file)
    assert document is not None
    assert findings == ()
