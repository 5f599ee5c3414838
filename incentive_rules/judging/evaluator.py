"""Evaluates formulas on exact fractions by simpleeval, with every operator, constant and handler replaced.

Comes in: a parsed formula and a `Scope` that resolves names. Goes out: a `Working`, the value with how it came about.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Protocol

from attrs import define, field
from simpleeval import SimpleEval

from ..lang.functions import AWARD, VALUE
from ..lang.python_text import MISSING_NAME
from ..model.levels import Level
from ..model.terms import Constant
from ..model.trace import Applied, Called, Decision, Gathered, Reading, Served, Working
from .aggregate_calls import AGGREGATES, EITHER, AggregateCall, RowSet, aggregate_call, name_of, text_of
from .aggregates import FoundRow, FoundRows, concluded
from .functions import FUNCTIONS, as_flag, as_number, function_of_numbers
from .numbers import RefereeFault
from .parse import Parsed
from .tables import TableOutput
from .time_served import SERVED

LARGEST_POWER = 16


@define(eq=False)
class Log:
    """The notes of one evaluation; `homes` are the levels of the names that were read.

    `too_few`: an aggregate had fewer rows than the indicator needs, so that nothing was measured.
    """

    readings: dict[tuple[str, str], Reading] = field(factory=dict)
    homes: dict[tuple[str, str], Level | None] = field(factory=dict)
    calls: list[Called] = field(factory=list)
    decisions: list[Decision] = field(factory=list)
    zero_divisor: bool = False
    too_few: bool = False

    def note(self, written: str, name: str, value: Constant, home: Level | None = None) -> None:
        """Notes that a name was read; `name` is "" for an argument or a member's constant."""
        if (written, name) not in self.readings:
            self.readings[written, name] = Reading(written, name, value)
            self.homes[written, name] = home


Later = Callable[[], Constant]


class Scope(Protocol):
    """Resolves the names of a formula at one place."""

    @property
    def measuring(self) -> bool:
        """Whether a zero divisor means that nothing could be measured."""

    def read(self, name: str, log: Log) -> Constant:
        """The value of a name."""

    def measured(self, name: str, log: Log) -> Constant:
        """The value of `value(name)`."""

    def table(self, name: str, give: str | None) -> TableOutput | None:
        """One output of the table of that name, None if there is no such table."""

    def function(self, name: str) -> tuple[tuple[str, ...], Parsed] | None:
        """The author's function of that name: its arguments and its formula."""

    def within(self, arguments: dict[str, Later]) -> Scope:
        """The scope of a function's formula."""

    def named(self, written: str, log: Log) -> tuple[bool, Constant]:
        """Whether there is a value with the full name `award(honour)`, and the value."""

    def served(self, first: Constant, last: Constant, method: str) -> Served:
        """The share of the period from one day to another."""

    def row_set(self, call: AggregateCall) -> RowSet[Scope]:
        """The rows that an aggregate runs over, and the row where it stands."""

    def cached_rows(self, row_set: RowSet[Scope], node: ast.Call) -> FoundRows | None:
        """The cached rows of this aggregate, or None."""

    def cache_rows(self, row_set: RowSet[Scope], node: ast.Call, found: FoundRows) -> None:
        """Caches what an aggregate found."""

    def clash(self, row_set: RowSet[Scope], code: str, formula: Parsed) -> None:
        """Reports that rows tie, so that `latest` or `running` has no answer."""

    def is_one_for(self, row_set: RowSet[Scope], home: Level | None) -> bool:
        """Whether a name of this level has one value for all these rows."""


# ── Operators ─────────────────────────────────────────────────────────────────────────────────────


def power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or not 0 <= exponent <= LARGEST_POWER:
        raise RefereeFault(f"exponent {exponent}")
    return base ** int(exponent)


def arithmetic(work: Callable[[Fraction, Fraction], Fraction]) -> Callable[[Constant, Constant], Constant]:
    return function_of_numbers(2, 2, lambda x: work(x[0], x[1]))


def number_comparison(compare: Callable[[Fraction, Fraction], bool]) -> Callable[[Constant, Constant], bool]:
    return lambda a, b: compare(as_number(a), as_number(b))


def equal(a: Constant, b: Constant) -> bool:
    if type(a) is not type(b):
        raise RefereeFault(f"{a!r} and {b!r} are not of one kind")
    return a == b


OPERATORS: dict[type[ast.AST], Callable[[Constant, Constant], Constant]] = {
    ast.Add: arithmetic(operator.add),
    ast.Sub: arithmetic(operator.sub),
    ast.Mult: arithmetic(operator.mul),
    ast.Div: arithmetic(operator.truediv),
    ast.Pow: arithmetic(power),
    ast.Lt: number_comparison(operator.lt),
    ast.LtE: number_comparison(operator.le),
    ast.Gt: number_comparison(operator.gt),
    ast.GtE: number_comparison(operator.ge),
    ast.Eq: equal,
    ast.NotEq: lambda a, b: not equal(a, b),
}


# ── The evaluator ─────────────────────────────────────────────────────────────────────────────────


class Evaluator(SimpleEval):
    """Evaluates one formula in one scope at a time; `_in` switches to another and back."""

    formula: Parsed
    scope: Scope
    log: Log

    def __init__(self) -> None:
        super().__init__(operators=OPERATORS, functions={}, names={})
        self.nodes = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.UnaryOp: self._unary,
            ast.BinOp: self._binary,
            ast.BoolOp: self._both_or_either,
            ast.Compare: self._compare,
            ast.IfExp: self._choose,
            ast.Call: self._call,
        }
        self._stack: list[tuple[Parsed, Scope, Log]] = []

    def work(self, formula: Parsed, scope: Scope) -> Working:
        """Evaluates a whole formula in a scope."""
        log = Log()
        try:
            value = self._in(formula, scope, log, formula.tree)
        except RecursionError as error:
            raise RefereeFault(f"too deep: {formula.formula.text[:60]!r}") from error
        if log.too_few:
            value = None
        calls = tuple(sorted(log.calls, key=lambda call: call.index))
        readings, decisions = tuple(log.readings.values()), tuple(log.decisions)
        return Working(formula.formula, value, readings, calls, decisions, log.zero_divisor)

    def _in(self, formula: Parsed, scope: Scope, log: Log, node: ast.AST) -> Constant:
        """Evaluates a node of `formula` in that scope, and then restores the scope before."""
        self._stack.append((formula, scope, log))
        self.formula, self.scope, self.log = formula, scope, log
        try:
            value: Constant = self.eval(formula.source, previously_parsed=node)
        finally:
            self._stack.pop()
            if self._stack:
                self.formula, self.scope, self.log = self._stack[-1]
        return value

    def _value(self, node: ast.AST) -> Constant:
        value: Constant = self._eval(node)
        return value

    def _constant(self, node: ast.Constant) -> Constant:
        found = self.formula.numbers.get(id(node))
        if found is not None:
            return found
        if isinstance(node.value, (bool, str)):
            return node.value
        raise RefereeFault(f"{node.value!r} is no constant")

    def _name(self, node: ast.Name) -> Constant:
        return None if node.id == MISSING_NAME else self.scope.read(node.id, self.log)

    def _unary(self, node: ast.UnaryOp) -> Constant:
        value = self._value(node.operand)
        if isinstance(node.op, ast.Not):
            return not as_flag(value)
        if value is None:
            return None
        return -as_number(value) if isinstance(node.op, ast.USub) else as_number(value)

    def _binary(self, node: ast.BinOp) -> Constant:
        """`a + b - c * d`: the left side is evaluated in a loop, so that a long sum needs no deep stack."""
        spine = [node]
        while isinstance(spine[-1].left, ast.BinOp):
            spine.append(spine[-1].left)
        value = self._value(spine[-1].left)
        for step in reversed(spine):
            right = self._value(step.right)
            if isinstance(step.op, ast.Div) and isinstance(right, Fraction) and right == 0:
                value = self._divided_by_zero(value)
            else:
                value = OPERATORS[type(step.op)](value, right)
        return value

    def _divided_by_zero(self, value: Constant) -> Constant:
        if value is not None:
            as_number(value)
        if not self.scope.measuring:
            raise RefereeFault(f"a divisor is zero in {self.formula.formula.text!r}")
        self.log.zero_divisor = True
        return None

    def _both_or_either(self, node: ast.BoolOp) -> Constant:
        settles = isinstance(node.op, ast.Or)
        return settles if any(as_flag(self._value(part)) is settles for part in node.values) else not settles

    def _compare(self, node: ast.Compare) -> Constant:
        """A chain holds if each neighbouring pair does; it is missing as soon as one operand is."""
        if isinstance(node.ops[0], (ast.In, ast.NotIn)):
            return self._is_among(self._value(node.left), node.comparators[0], isinstance(node.ops[0], ast.In))
        values = [self._value(node.left), *map(self._value, node.comparators)]
        if None in values:
            return None
        pairs = zip(node.ops, values, values[1:], strict=False)
        held = [as_flag(OPERATORS[type(sign)](left, right)) for sign, left, right in pairs]
        return all(held)

    def _is_among(self, value: Constant, members: ast.expr, wanted: bool) -> Constant:
        if not isinstance(members, (ast.List, ast.Tuple)):
            raise RefereeFault("`in` needs a list")
        found = [value is not None and equal(value, self._value(m)) for m in members.elts]
        return None if value is None else any(found) is wanted

    def _choose(self, node: ast.IfExp) -> Constant:
        """`a if b else c if d else e`: the right side is evaluated in a loop."""
        while True:
            held = as_flag(self._value(node.test))
            self.log.decisions.append(Decision(self.formula.order[id(node)], held))
            branch = node.body if held else node.orelse
            if held or not isinstance(branch, ast.IfExp):
                return self._value(branch)
            node = branch

    # ── Calls ────────────────────────────────────────────────────────────────────────────────────

    def _call(self, node: ast.Call) -> Constant:
        written = name_of(node.func)
        options = {k.arg or "": k.value for k in node.keywords}
        if written in VALUE and len(node.args) == 1 and not options:
            return self.scope.measured(name_of(node.args[0]), self.log)
        if len(node.args) == 1 and isinstance(node.args[0], ast.Name) and not options:
            word = AWARD[0] if written in AWARD else written
            there, value = self.scope.named(f"{word}({node.args[0].id})", self.log)
            if there:
                return value
        own = self.scope.function(written)
        if own is not None and not options:
            return self._apply(node, written, *own)
        column = self.scope.table(written, name_of(options["give"]) if "give" in options else None)
        if column is not None and options.keys() <= {"give"}:
            found = column.find(tuple(self._value(a) for a in node.args))
            self.log.calls.append(Called(self.formula.order[id(node)], found))
            return found.value
        if written in AGGREGATES and (written not in EITHER or options or len(node.args) == 1):
            return self._gather(node, aggregate_call(written, node, options, self._value))
        if written == "served" and len(node.args) == 2 and options.keys() == {"method"}:
            first, last = (self._value(a) for a in node.args)
            part = self.scope.served(first, last, text_of("method", options["method"], SERVED))
            self.log.calls.append(Called(self.formula.order[id(node)], part))
            return part.value
        if options:
            raise RefereeFault(f"{written} does not take {sorted(options)}")
        if written == "known" and len(node.args) == 1:
            return self._value(node.args[0]) is not None
        if written == "coalesce" and node.args:
            return next((x for x in map(self._value, node.args) if x is not None), None)
        if written not in FUNCTIONS:
            raise RefereeFault(f"{written} is no function")
        return FUNCTIONS[written](*(self._value(a) for a in node.args))

    def _apply(self, node: ast.Call, name: str, takes: tuple[str, ...], body: Parsed) -> Constant:
        """Evaluates the formula of an author's function with the values of the arguments."""
        if len(node.args) != len(takes):
            raise RefereeFault(f"{name} takes {len(takes)} arguments")
        here = (self.formula, self.scope, self.log)
        values: dict[str, Constant] = {}

        def argument(key: str, written: ast.expr) -> Later:
            def value() -> Constant:
                if key not in values:
                    values[key] = self._in(*here, written)
                return values[key]

            return value

        working = self.work(body, self.scope.within({k: argument(k, a) for k, a in zip(takes, node.args, strict=True)}))
        given = tuple((k, values[k]) for k in takes if k in values)
        self.log.calls.append(Called(self.formula.order[id(node)], Applied(name, given, working)))
        return working.value

    def _gather(self, node: ast.Call, call: AggregateCall) -> Constant:
        """Evaluates an aggregate: its formula in the scope of each row or member whose condition holds."""
        row_set = self.scope.row_set(call)
        found = self.scope.cached_rows(row_set, node)
        if found is None:
            found = self._found(row_set, call)
            self.scope.cache_rows(row_set, node, found)
        value, made, clash = concluded(call, row_set, found)
        if isinstance(made, Gathered) and made.too_few:
            self.log.too_few = True
        if clash:
            self.scope.clash(row_set, clash, self.formula)
        for reading, home in found.above:
            self.log.note(reading.written, reading.name, reading.value, home)
        self.log.calls.append(Called(self.formula.order[id(node)], made))
        return value

    def _found(self, row_set: RowSet[Scope], call: AggregateCall) -> FoundRows:
        """Evaluates the value in all rows; returns what they gave, and the names that were read."""
        here, log = self.formula, Log()
        items = []
        for number_ in row_set.numbers:
            scope = row_set.of(number_)
            if not all(as_flag(self._in(formula, scope, log, formula.tree)) for formula in row_set.conditions):
                continue
            if call.where is None or as_flag(self._in(here, scope, log, call.where)):
                value = True if call.value is None else self._in(here, scope, log, call.value)
                order = tuple(self._in(here, scope, log, part) for part in call.order)
                items.append(FoundRow(number_, value, order))
        above, own = [], []
        for key, reading in log.readings.items():
            if reading.written == reading.name and self.scope.is_one_for(row_set, log.homes[key]):
                above.append((reading, log.homes[key]))
            elif reading.name:
                own.append(reading.name)
        return FoundRows(tuple(items), tuple(above), tuple(dict.fromkeys(own)))
