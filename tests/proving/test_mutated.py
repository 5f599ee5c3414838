"""No check can be taken away: without it a planted defect goes by that is found with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from incentive_rules.checking import check, contract, lints, protected, unfair
from incentive_rules.checking.quantities import quantity
from incentive_rules.checking.quantities.quantity_formulas import QuantityFormulas
from incentive_rules.checking.ranges.facts import TermFacts
from incentive_rules.proving import better, prove
from tests.proving.planted import Planted, Said, planted, said_of

DEFECTS = {one.name: one for one in planted("planted")}


def _nothing(*_: object, **__: object) -> Iterator[object]:
    return iter(())


def _as_before(_: object, term: object, words: object, holds: object, assumptions: object) -> object:
    return assumptions


# Who looks, what is left of it, and the defect that then goes by.
CHECKS = {
    "caps": (unfair, "_report_lifted", _nothing, "a cap that a later step lifts"),
    "vetoes": (unfair, "_report_lifted", _nothing, "a veto that a later floor lifts"),
    "caps beside": (unfair, "_report_lifted_beside", _nothing, "thanks on top of a capped total"),
    "idle rows": (unfair, "_report_idle_rows", _nothing, "a row of a table that changes nothing"),
    "words": (unfair, "_report_words", _nothing, "words in the wrong order"),
    "pools": (unfair, "_report_pool", _nothing, "a pool written as a formula whose cents get lost"),
    "at risk": (unfair, "_report_at_risk", _nothing, "a line not at risk that rests on an indicator"),
    "decided": (unfair, "_report_decided", _nothing, "two times in the wrong order"),
    "missing": (unfair, "_report_missing", _nothing, "no mistakes where nothing was done"),
    "protected": (check, "report_protected", _nothing, "an honour for a protected group"),
    "protected groups": (protected, "_between", _nothing, "an aggregate within a protected group"),
    "directions of tables": (quantity, "check_direction", _nothing, "two rows of a score swapped"),
    "grades and totals": (TermFacts, "_assume_word", _as_before, "an honour that contradicts itself"),
    "dead conditions": (QuantityFormulas, "_dead_if", _nothing, "an honour for more complaints than can be"),
    "dead rows": (lints, "_unreached", _nothing, "a row that no value reaches"),
    "document": (contract._PromiseCheck, "broken", _nothing, "no line is paid by the year any more"),
    "idle indicators": (prove, "idle_indicators", _nothing, "an indicator on which nothing rests"),
    "lines": (better, "_obstacles", _nothing, "a deduction that grows with the score"),
}  # fmt: skip


@pytest.mark.thorough
@pytest.mark.sampled(1)
@pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")
@pytest.mark.parametrize("name", CHECKS)
def test_no_check_can_be_taken_away(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, what, instead, defect = CHECKS[name]
    assert _finds(DEFECTS[defect])
    monkeypatch.setattr(where, what, instead)
    assert not _finds(DEFECTS[defect])


def _finds(defect: Planted) -> bool:
    return said_of(defect).finds(defect)


def test_every_lint_of_pay_is_among_them() -> None:
    lints_of_pay = {name for name in vars(unfair) if name.startswith("_report_")}
    assert lints_of_pay == {what for where, what, _, _ in CHECKS.values() if where is unfair}


def test_what_is_said_elsewhere_finds_nothing() -> None:
    """The right verdict with the blame on another line is not found, nor is a pair that is due and not shown."""
    defect = DEFECTS["a deduction that grows with the score"]
    line = next(line for line in defect.text.splitlines() if defect.blame in line)
    assert Said(defect.due, (line,), True).finds(defect)
    assert not Said(defect.due, (line,), False).finds(defect)
    assert not Said(defect.due, ("  base: {amount: wage}",), True).finds(defect)
    assert not Said("UNKNOWN", (line,), True).finds(defect)
