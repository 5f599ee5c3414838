"""Perverse rules of public record as small schemes: the right verdict, the right line, and two worlds that show it."""

from __future__ import annotations

from pathlib import Path
from warnings import catch_warnings, simplefilter

import pytest
import yaml

import incentive_rules as ir
from incentive_rules.model.verdict import Status

TABLE = Path(__file__).resolve().parent / "defects" / "perverse.yaml"
RULES = {row["name"]: row for row in yaml.safe_load(TABLE.read_text(encoding="utf-8"))}


@pytest.mark.sampled(12)
@pytest.mark.parametrize("name", RULES)
def test_a_perverse_rule_is_told_from_a_sound_one(name: str) -> None:
    rule = RULES[name]
    period = str(rule["period"]) if "period" in rule else None
    with catch_warnings():
        simplefilter("ignore", ir.SchemeWarning)
        found = ir.prove(text=rule["scheme"], period=period).verdicts[0]
    assert found.status is Status(rule["due"]), found
    assert (found.counterexample is not None) is (found.status is Status.REFUTED)
    lines = rule["scheme"].splitlines()
    blamed = [lines[one.place.line - 1] for one in found.obstacles if one.place is not None]
    assert not rule.get("blame") or any(rule["blame"] in line for line in blamed), blamed
