"""The patterns of the shipped schemas are read alike by Python and by ECMA-262, whose strict mode knows few escapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from incentive_rules.loading.shape.json_schema import shipped_schema

# Of `u` regular expressions: a sign of syntax, a class, a control letter, or a code point may follow a backslash.
ALLOWED = re.compile(r"\\([\^$\\.*+?()[\]{}|/-]|[dDsSwWbBtnrvf]|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2})")


def patterns(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"]
        node = list(node.values())
    for child in node if isinstance(node, list) else ():
        yield from patterns(child)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_kinds_of_tools_read_every_pattern(language: str) -> None:
    found = set(patterns(json.loads(shipped_schema(language))))
    assert len(found) > 10
    for pattern in found:
        re.compile(pattern)
        assert "\\" not in ALLOWED.sub("", pattern), pattern
