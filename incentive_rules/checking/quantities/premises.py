"""What `require` says, and what is therefore known of the rows of each level.

A premise is judged for each row of its own level. So it is known of that row and of all rows below it, and of
no other: what is required of a ticket says nothing about somebody who has none.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from ...model import scheme as s
from ...model.checked import Premise
from ...model.levels import Level
from ..formulas.calls import Calls
from ..formulas.context import FormulaContext
from ..formulas.reader import unknown
from ..names.level_inference import MemberNames, level_for, levels_read
from ..names.symbols import Symbols
from ..ranges.prover import Assumptions


class Premises:
    """The premises read so far, and what they make known of the rows of each level."""

    def __init__(self, symbols: Symbols, calls: Calls) -> None:
        self.found: list[Premise] = []
        self._symbols = symbols
        self._calls = calls
        self._known: dict[Level, Assumptions] = {}
        calls.premises = self

    def base(self, level: Level) -> Assumptions:
        """What is known of every row of `level`, whoever's it is."""
        if level not in self._known:
            self._known[level] = self._with(Assumptions(level=level), self.found)
        return self._known[level]

    def below(self, assumptions: Assumptions, level: Level) -> Assumptions:
        """What is known of a row of `level` that belongs to a row of which `assumptions` hold."""
        graph = self._symbols.levels
        more = [one for one in self.found if not graph.is_above(one.level, assumptions.level)]
        return self._with(evolve(assumptions, level=level), more)

    def _with(self, assumptions: Assumptions, premises: Iterable[Premise]) -> Assumptions:
        graph = self._symbols.levels
        for one in premises:
            if graph.is_above(one.level, assumptions.level):
                assumptions = self._calls.term_facts.assume(one.term, True, assumptions)
        return assumptions

    def read(self, formulas: Iterable[s.Formula]) -> None:
        """Read further premises, each with the help of those before it; what is wrong with one is reported."""
        for formula in formulas:
            if formula.expression is not None:
                self._read(formula)

    def _read(self, formula: s.Formula) -> None:
        symbols, calls = self._symbols, self._calls
        assert formula.expression is not None
        level = level_for(levels_read(formula.expression, symbols, MemberNames()), symbols)
        if level is None:
            symbols.findings.report("levels-apart", formula.place, name=formula.text.strip())
            return
        before = self.base(level)
        term = calls.condition(formula.expression, FormulaContext(formula=formula, owner="", level=level), before)
        if unknown(term):
            return
        if calls.term_facts.assume(term, True, before).impossible:
            symbols.findings.report("premise-impossible", formula.place, text=formula.text.strip())
            return
        self.found.append(Premise(formula, term, level))
        self._known.clear()
