"""The referee: the slow, evidently right evaluator that every other engine is tested against.

Comes in: a checked scheme, one person's values and detail rows. Goes out: a `Judgement`, with a full
trace. It reads the scheme as the author wrote it: formulas as text, tables as rows, weighted means as
parts with weights; it never sees the terms or the plan that the other engines run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ..lang.types import Kind
from ..model.checked import Checked, CheckedQuantity
from ..model.scheme import Family, Formula, Function, PayLine, Role, TableBody, TableOf, WeightedMean
from ..model.terms import Constant
from ..model.trace import Acted, Added, Broken, Given, Judgement, Source, TraceLine, Working
from .referee_evaluator import Evaluator
from .referee_formula import Parsed, parsed
from .referee_functions import flag
from .referee_mean import weighted_mean
from .referee_numbers import FLAGS, RefereeFault, is_missing_word, number_in, round_to, word_in
from .referee_results import RESULTS, adjusted, lines_of
from .referee_scope import Standpoint
from .referee_tables import Column, only_output

InputValue = Fraction | str | bool | int | None
RowValues = Mapping[str, InputValue]


def referee(checked: Checked, inputs: RowValues, details: Mapping[str, Sequence[RowValues]] | None = None) -> Judgement:
    """One person, judged. The scheme judged last stays ready, so that many people may be judged in a row."""
    global _ready
    if _ready is None or _ready.checked is not checked:
        _ready = Referee(checked)
    return _ready.judge(inputs, details)


class Referee:
    """A checked scheme made ready: each formula and table is read once, and nothing of a person is kept."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.scheme = checked.scheme
        self.day = checked.period.first_day if checked.period is not None else self.scheme.first_day
        self.evaluator = Evaluator()
        self.quantities = {q.name: q for q in checked.quantities}
        self.families = {f.name: f for f in self.scheme.families}
        self.names_of_rows = {
            d.name: frozenset(i.name for i in d.inputs)
            | frozenset(q.name for q in checked.quantities if q.level == (d.name,))
            for d in self.scheme.details
        }
        self._tables = {t.name: t for t in self.scheme.tables}
        self._functions: dict[str, Function] = {f.name: f for f in self.scheme.functions}
        self._columns: dict[tuple[str, str | None], Column] = {}
        self._parsed: dict[int, tuple[Formula, Parsed]] = {}

    def judge(self, inputs: RowValues, details: Mapping[str, Sequence[RowValues]] | None = None) -> Judgement:
        """All quantities of one person, exactly."""
        return Case(self, inputs, details or {}).judgement()

    def parsed(self, formula: Formula) -> Parsed:
        """The formula as Python reads it; by identity, since two equal texts may stand in two places."""
        found = self._parsed.get(id(formula))
        if found is None:
            found = self._parsed[id(formula)] = (formula, parsed(formula))
        return found[1]

    def table(self, name: str, give: str | None) -> Column | None:
        """One output of a table as it is in force."""
        if name not in self._tables:
            return None
        if (name, give) not in self._columns:
            dated = self._tables[name].body
            body = dated.at(self.day) or (dated.values[0][1] if dated.values else None)
            if not isinstance(body, TableBody):
                raise RefereeFault(f"{name} has no rows")
            self._columns[name, give] = Column(name, body, only_output(body) if give is None else give)
        return self._columns[name, give]

    def column_of(self, quantity: CheckedQuantity, body: TableOf) -> Column:
        """A table that stands in place, as a column of its own."""
        key = (f"table of {quantity.name}", body.give)
        if key not in self._columns:
            self._columns[key] = Column(quantity.name, body.table, body.give)
        return self._columns[key]

    def function(self, name: str) -> tuple[tuple[str, ...], Parsed] | None:
        found = self._functions.get(name)
        if found is None:
            return None
        if not isinstance(found.formula, Formula):
            raise RefereeFault(f"{name} has no formula")
        return found.takes, self.parsed(found.formula)


def exact(value: InputValue) -> Constant:
    """A value that came in: whole numbers become fractions."""
    return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Case:
    """One person before the referee: what is known so far, and the trace in the order of finding it out."""

    def __init__(self, referee: Referee, inputs: RowValues, details: Mapping[str, Sequence[RowValues]]) -> None:
        self.referee = referee
        self.checked = referee.checked
        self.inputs = {name: exact(value) for name, value in inputs.items()}
        self.rows = {
            d.name: tuple({k: exact(v) for k, v in row.items()} for row in details.get(d.name, ()))
            for d in referee.scheme.details
        }
        self.found: dict[str, Constant] = {}
        self.row_found: dict[tuple[str, int, str], Constant] = {}
        self.lines: dict[str, str] = {}
        self.broken: list[Broken] = []
        self.trace: list[TraceLine] = [*self._given(), *self._parameters()]

    # ── The whole ────────────────────────────────────────────────────────────────────────────────

    def judgement(self) -> Judgement:
        """Scope first, then the premises; only a person in scope whose premises hold is computed.

        Where quantities decide the scope, which stand on the premises, these come first.
        """
        first = self.checked.premises_first
        if first:
            self._judge_premises()
        scope = None if self.broken else self._scope()
        in_scope = scope is None or flag(scope.value)
        if in_scope and not first:
            self._judge_premises()
        if not in_scope:
            self._out_of_scope(scope)
        elif not self.broken:
            for quantity in self.checked.quantities:
                self._ensure(quantity)
        rows = {d: tuple(self._row_values(d, i) for i in range(len(self.rows[d]))) for d in self.rows}
        done = in_scope and not self.broken
        return Judgement(
            in_scope=in_scope,
            values={q.name: self.found[q.name] for q in self.checked.quantities if q.name in self.found},
            rows=rows,
            lines=self.lines,
            broken=tuple(self.broken),
            outside=tuple(self._outside()) if done else (),
            trace=tuple(self.trace),
        )

    def _scope(self) -> Working | None:
        """`applies_to`, worked out; None where everybody is in scope."""
        condition = self.referee.scheme.applies_to
        return self._work(condition, Standpoint(self)) if isinstance(condition, Formula) else None

    def _judge_premises(self) -> None:
        for premise in self.checked.premises:
            details = premise.level[0] if premise.level else None
            for row in range(len(self.rows[details])) if details is not None else (None,):
                standpoint = Standpoint(self, details=details, row=row or 0)
                try:
                    holds = flag(self._work(premise.formula, standpoint).value)
                except RefereeFault:
                    if not self.broken:
                        raise
                    continue  # it stands on a premise that is broken, and says nothing of this row
                if not holds:
                    number = None if row is None else row + 1
                    text, place = premise.formula.text, premise.formula.place
                    self.broken.append(Broken("data-require", text, place, details, number))

    def _out_of_scope(self, scope: Working | None) -> None:
        """Nothing was measured and nothing is paid: pay lines and results are 0, all else is missing."""
        for quantity in self.checked.quantities:
            if quantity.level:
                continue
            definition = quantity.definition
            zero = definition.role in (Role.PAY, Role.RESULT)
            value: Constant = Fraction(0) if zero else None
            self.found[quantity.name] = value
            line = TraceLine(quantity.name, value, None, definition.place, value, state="not_in_scope", condition=scope)
            self.trace.append(line)
            if definition.role in (Role.PAY, Role.ENTITLEMENT):
                self.lines[quantity.name] = "not_in_scope"

    def _outside(self) -> Iterator[str]:
        """Values that the checker thought impossible, by name."""
        for quantity in self.checked.quantities:
            values = (
                [self.row_found[quantity.level[0], i, quantity.name] for i in range(len(self.rows[quantity.level[0]]))]
                if quantity.level
                else [self.found[quantity.name]]
            )
            facts = quantity.facts
            for value in values:
                if (value is None and not facts.may_miss) or (
                    isinstance(value, Fraction) and facts.type.kind is Kind.NUMBER and not facts.bounds.holds(value)
                ):
                    yield quantity.name
                    break

    # ── Values by name (what every `Standpoint` stands on) ───────────────────────────────────────

    def knows(self, name: str) -> bool:
        return name in self.referee.quantities or name in self.inputs or name in self.checked.constants

    def value(self, name: str) -> Constant:
        quantity = self.referee.quantities.get(name)
        if quantity is not None and not quantity.level:
            self._ensure(quantity)
            return self.found[name]
        if name in self.inputs:
            return self.inputs[name]
        if name in self.checked.constants:
            return self.checked.constants[name][0]
        if name in self.checked.inputs and self.checked.inputs[name].facts.may_miss:
            return None
        raise RefereeFault(f"nothing is called {name}")

    def row_value(self, details: str, row: int, name: str) -> Constant:
        quantity = self.referee.quantities.get(name)
        if quantity is not None:
            self._ensure(quantity)
            return self.row_found[details, row, name]
        return self.rows[details][row].get(name)

    def names_of(self, details: str) -> frozenset[str]:
        return self.referee.names_of_rows[details]

    def row_count(self, details: str) -> int:
        return len(self.rows[details])

    def all_details(self) -> tuple[str, ...]:
        return tuple(self.rows)

    def families(self) -> Mapping[str, Family]:
        return self.referee.families

    def constant(self, family: str, member: str, name: str) -> Constant:
        """A member's constant: a number if it looks like one, a flag, else a word."""
        literal = self.referee.families[family].constants[member][name]
        if is_missing_word(literal):
            return None
        if literal.quoted:
            return word_in(literal.text)
        number = number_in(literal.text)
        return number if number is not None else FLAGS.get(literal.text, word_in(literal.text))

    def table(self, name: str, give: str | None) -> Column | None:
        return self.referee.table(name, give)

    def function(self, name: str) -> tuple[tuple[str, ...], Parsed] | None:
        return self.referee.function(name)

    # ── One quantity ─────────────────────────────────────────────────────────────────────────────

    def _ensure(self, quantity: CheckedQuantity) -> None:
        """Work a quantity out, for the person or for each row, unless that was done."""
        if not quantity.level:
            if quantity.name not in self.found:
                line = self._line(quantity, self._standpoint(quantity))
                self.found[quantity.name] = line.value
                self._conclude(quantity, line)
            return
        details = quantity.level[0]
        for row in range(len(self.rows[details])):
            if (details, row, quantity.name) not in self.row_found:
                line = self._line(quantity, self._standpoint(quantity, row))
                self.row_found[details, row, quantity.name] = line.value
                self._conclude(quantity, line)

    def _standpoint(self, quantity: CheckedQuantity, row: int | None = None) -> Standpoint:
        definition = quantity.definition
        measured = definition.role is Role.MEASURED
        least = definition.indicator.min_rows if definition.indicator is not None and measured else None
        return Standpoint(
            self,
            owner=definition.name,
            measuring=measured,
            min_rows=least or 0,
            details=quantity.level[0] if quantity.level else None,
            row=row or 0,
            family=self.referee.families[definition.family] if definition.family is not None else None,
            member=definition.member or "",
        )

    def _line(self, quantity: CheckedQuantity, standpoint: Standpoint) -> TraceLine:
        """Condition, body, adjustments, rounding: in this order."""
        definition = quantity.definition
        row = standpoint.row + 1 if quantity.level else None
        condition = self._work(definition.when, standpoint) if isinstance(definition.when, Formula) else None
        if condition is not None and definition.body is not None and not flag(condition.value):
            value: Constant = Fraction(0) if definition.role is Role.PAY else None
            return TraceLine(
                quantity.name, value, None, definition.place, value, quantity.decimals, quantity.rounding,
                "condition_not_met", condition, (), standpoint.details, row,
            )  # fmt: skip
        value, source = self._body(quantity, standpoint, condition)
        steps: tuple[Acted, ...] = ()
        value, steps = adjusted(value, definition.adjust, lambda formula: self._work(formula, standpoint))
        final = value
        if isinstance(value, Fraction) and quantity.decimals is not None and quantity.facts.type.kind is Kind.NUMBER:
            final = round_to(value, quantity.decimals, quantity.rounding)
        return TraceLine(
            quantity.name, final, source, definition.place, value, quantity.decimals, quantity.rounding,
            "computed", condition, steps, standpoint.details, row,
        )  # fmt: skip

    def _body(
        self, quantity: CheckedQuantity, standpoint: Standpoint, condition: Working | None
    ) -> tuple[Constant, Source]:
        definition = quantity.definition
        if definition.role is Role.RESULT and definition.name in RESULTS:
            lines = tuple((name, plus, self.value(name)) for name, plus in lines_of(definition.name, self._pay_lines()))
            added = Added(lines)
            return sum((v if plus else -v for _, plus, v in lines if isinstance(v, Fraction)), Fraction(0)), added
        body = definition.body
        if isinstance(body, Formula):
            working = self._work(body, standpoint)
            return working.value, working
        if isinstance(body, TableOf):
            looked_up = self.referee.column_of(quantity, body).find((self._argument(body.argument, standpoint),))
            return looked_up.value, looked_up
        if isinstance(body, WeightedMean):
            mean = weighted_mean(
                body,
                lambda name: self.value(standpoint.full_name(name)),
                lambda formula: self._work(formula, standpoint),
            )
            return mean.value, mean
        if condition is not None:  # an entitlement that is nothing but its condition
            return condition.value, condition
        raise RefereeFault(f"{quantity.name} has no body")

    def _argument(self, name: str, standpoint: Standpoint) -> Constant:
        if standpoint.details is not None and name in self.names_of(standpoint.details):
            return self.row_value(standpoint.details, standpoint.row, name)
        return self.value(name if self.knows(name) else standpoint.full_name(name))

    def _pay_lines(self) -> tuple[tuple[str, PayLine], ...]:
        definitions = self.referee.scheme.quantities
        return tuple((q.name, q.pay) for q in definitions if q.role is Role.PAY and q.pay is not None)

    def _work(self, formula: Formula, standpoint: Standpoint) -> Working:
        return self.referee.evaluator.work(self.referee.parsed(formula), standpoint)

    def _conclude(self, quantity: CheckedQuantity, line: TraceLine) -> None:
        """Note the line, the state of a pay line or entitlement, and whether a declared range holds."""
        self.trace.append(line)
        definition = quantity.definition
        if definition.role in (Role.PAY, Role.ENTITLEMENT) and not quantity.level:
            paid = "missing" if line.value is None else "paid"
            self.lines[quantity.name] = line.state if line.state != "computed" else paid
        if quantity.proved or not isinstance(line.value, Fraction) or line.state == "condition_not_met":
            return
        low = None if definition.low is None else number_in(definition.low.text)
        high = None if definition.high is None else number_in(definition.high.text)
        if (low is not None and line.value < low) or (high is not None and line.value > high):
            self.broken.append(Broken("data-range-declared", quantity.name, definition.place, line.details, line.row))

    def _row_values(self, details: str, row: int) -> Mapping[str, Constant]:
        return {name: value for (d, i, name), value in self.row_found.items() if d == details and i == row}

    # ── What was given ───────────────────────────────────────────────────────────────────────────

    def _given(self) -> Iterator[TraceLine]:
        for item in self.referee.scheme.inputs:
            value = self.inputs.get(item.name)
            yield TraceLine(item.name, value, Given("input"), item.place, value)
        for table in self.referee.scheme.details:
            for i, row in enumerate(self.rows[table.name]):
                for item in table.inputs:
                    value, place = row.get(item.name), item.place
                    yield TraceLine(item.name, value, Given("input"), place, value, details=table.name, row=i + 1)

    def _parameters(self) -> Iterator[TraceLine]:
        for parameter in self.referee.scheme.parameters:
            if parameter.name in self.checked.constants:
                value = self.checked.constants[parameter.name][0]
                yield TraceLine(parameter.name, value, Given("parameter"), parameter.place, value)


_ready: Referee | None = None
