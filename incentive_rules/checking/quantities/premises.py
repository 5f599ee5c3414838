"""Reads the formulas under `require`; a sound one becomes a premise, which is known of the rows of its level."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import scheme as s
from ...model.checked import Premise
from ..formulas.context import FormulaContext
from ..formulas.reader import FormulaReader, unknown
from ..names.level_inference import MemberNames, level_for, levels_read


def read_premises(reader: FormulaReader, formulas: Iterable[s.Formula]) -> None:
    """Read further premises, each with the help of those before it; what is wrong with one is reported."""
    for formula in formulas:
        premise = _premise(reader, formula)
        if premise is not None:
            reader.premises.add(premise)


def _premise(reader: FormulaReader, formula: s.Formula) -> Premise | None:
    if formula.expression is None:
        return None
    level = level_for(levels_read(formula.expression, reader.symbols, MemberNames()), reader.symbols)
    if level is None:
        reader.report("levels-apart", formula.place, name=formula.text.strip())
        return None
    before = reader.premises.base(level)
    term = reader.condition(formula.expression, FormulaContext(formula=formula, owner="", level=level), before)
    if unknown(term):
        return None
    if reader.term_facts.assume(term, True, before).impossible:
        reader.report("premise-impossible", formula.place, text=formula.text.strip())
        return None
    return Premise(formula, term, level)
