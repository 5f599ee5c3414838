"""The corpus of hostile and treacherous documents: each is refused at its line, or read as it is written.

Only what bytes and YAML can tell is asked here. Some traps exist only for readers who guess a type
from the look of a text; here such a text is a text. `PLACED` lists them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict, cast

import pytest

from incentive_rules.base.codes import CODES
from incentive_rules.base.reports import render
from incentive_rules.base.text import HIDDEN
from incentive_rules.loading.yaml.reader import read_document
from incentive_rules.model.document import Item, Scalar, Sequence
from tests.attacks.test_yaml_places import KEPT, REFUSED


class Case(TypedDict):
    id: str
    file: str
    layer: str
    must: str
    line: int | None
    interpretation: object


# File: its first value, a text to the reader. What the place where it is due says of it: test_yaml_places.py.
PLACED: dict[str, str] = {
    "dup_key_yes_on_true.yaml": "1",
    "employee_number_089.yaml": "0089",
    "sexagesimal_float.yaml": "190:20:30.15",
    "octal_leading_zero.yaml": "010",
    "octal_0o.yaml": "0o10",
    "hex_value.yaml": "0x1F",
    "binary_value.yaml": "0b101",
    "underscore_int.yaml": "1_000",
    "nan_value.yaml": ".NaN",
    "plus_sign.yaml": "+5",
    "number_5000_digits.yaml": "9" * 5000,
    "number_60_digits.yaml": "1" * 60,
    "negative_zero.yaml": "-0",
    "date_unquoted.yaml": "2024-01-02",
    "date_invalid.yaml": "2024-02-30",
    "datetime_offset.yaml": "2024-01-02T03:04:05+99:99",
    "date_key.yaml": "5",
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
    if case["file"] in PLACED:
        value = document.root.entries[0].value if document else None
        return "" if isinstance(value, Scalar) and value.text == PLACED[case["file"]] else "not kept as it is written"
    if case["must"] == "error":
        lines = {d.place.line for d in findings if d.place}
        if document is not None:
            return "accepted"
        return "" if case.get("line") in (None, *lines) else f"line {case['line']} expected, not {lines}"
    if document is None:
        return f"refused: {reports[1]}"
    wanted = case.get("interpretation")
    return "" if not isinstance(wanted, dict) or plain(document.root) == as_texts(wanted) else "read otherwise"


def test_what_a_place_must_judge_is_asked_there(shared: Path) -> None:
    assert PLACED.keys() <= {case["file"] for case in corpus(shared)}
    assert PLACED.keys() <= REFUSED.keys() | KEPT.keys()


@pytest.mark.parametrize("file", ["smallest.yaml", "service_engineer_1.yaml", "service_engineer_2_zh.yaml"])
def test_honest_documents_are_read_without_a_finding(shared: Path, file: str) -> None:
    path = shared / "drafts" / file
    if not path.exists():
        pytest.skip("this draft is not among the shared data")
    document, findings = read_document(path.read_bytes(), file)
    assert document is not None
    assert findings == ()
