"""Writes a formula as text: once with titles, once with the values that were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from ..base.words import in_language
from ..lang import nodes as n
from ..lang.aggregates import AGGREGATES, OVER_ROWS
from ..lang.functions import AWARD, CANONICAL, OF_RESULT, OPTIONS, ROW, ROW_FUNCTIONS, VALUE
from ..lang.made_names import MadeName, inner_name
from ..lang.parser import AND, BINDS, COMPARISON, CONDITIONAL, NOT, OR, POWER, SIGN, SUM
from ..lang.types import MOMENTS, PLAIN, Kind, Type
from ..model.terms import Constant
from ..model.trace import Applied, Called, Gathered, LookedUp, Placed, Reading, Served, Working
from .formatting import ValueFormatter
from .words import phrase

ATOM = POWER + 1
SIGNS = {"*": "×", "/": "÷", "**": "^", "<=": "≤", ">=": "≥", "!=": "≠", "==": "="}
CHINESE = {
    "and": "且", "or": "或", "not": "非", "in": "属于", "not in": "不属于",
    **{f.name: f.chinese for f in ROW_FUNCTIONS}, **{f.name: f.chinese for f in AGGREGATES},
    **{english: spelling for spelling, english in OPTIONS.items() if not spelling.isascii()},
}  # fmt: skip


class FormulaWriter:
    """One formula of `owner`, evaluated once: `names()` writes it with titles, `values()` with values."""

    def __init__(
        self, working: Working, formatter: ValueFormatter, owner: str = "", types: Mapping[str, Type] | None = None
    ) -> None:
        self.working, self.formatter = working, formatter
        self.types = types or {}
        self.locals = formatter.locals.get(owner, {})
        self.language = formatter.language
        self.readings = {r.written: r for r in working.readings}
        inside = (call.made.reads for call in working.calls if isinstance(call.made, Gathered))
        self.written = {*map(inner_name, self.readings), *(x for r in inside for x in r)}
        self.called = {c.index: c for c in working.calls}
        self.branch_taken = {d.index: d.held for d in working.decisions}
        nodes = list(self._all_nodes())
        self.call_nodes = [x for x in nodes if isinstance(x, n.Call)]
        self.calls = {id(x): i for i, x in enumerate(self.call_nodes)}
        self.branches = {id(x): i for i, x in enumerate(x for x in nodes if isinstance(x, n.If))}
        self.with_values = False

    def names(self) -> str:
        """The whole formula with titles for names."""
        return self._written(False)

    def values(self) -> str:
        """The formula with values for names and calls of tables, aggregates, functions; of an `if` what it chose."""
        return self._written(True)

    def decisions(self) -> Iterator[tuple[str, str, bool]]:
        """Each condition that chose a branch: with names, with values, and whether it held."""
        for node in self._all_nodes():
            if isinstance(node, n.If) and self.branches[id(node)] in self.branch_taken:
                held = self.branch_taken[self.branches[id(node)]]
                yield self._written(False, node.condition), self._written(True, node.condition), held

    def _written(self, with_values: bool, node: n.Expression | None = None) -> str:
        node = self.working.formula.expression if node is None else node
        if node is None:
            return self.working.formula.text
        self.with_values = with_values
        return self.at(node, CONDITIONAL)

    # ── Nodes ────────────────────────────────────────────────────────────────────────────────────

    def at(self, node: n.Expression, weakest: int, bare: bool = False) -> str:
        """The text of a node, in brackets where it binds less than its surroundings ask."""
        text, binds = self.text(node, bare)
        return text if binds >= weakest else f"({text})"

    def word(self, word: str) -> str:
        return in_language(self.language, word, CHINESE.get(word, word))

    def value(self, value: Constant, name: str, bare: bool) -> tuple[str, int]:
        """A value in place of a name; a fraction or a negative number takes brackets where it must."""
        text = self.formatter.value(value, name, bare=True) if bare else self.formatter.value(value, name)
        if isinstance(value, Fraction):
            if " (" in text or "/" in text:
                return self.formatter.value(value, name, bare=True), BINDS["/"]
            return text, SUM if value < 0 else ATOM
        return text, ATOM

    def text(self, node: n.Expression, bare: bool) -> tuple[str, int]:
        match node:
            case n.Number(text=text, value=value):
                return text or self.formatter.value(value), ATOM
            case n.Text(value=word):
                return f'"{word}"' if not self.with_values else word, ATOM
            case n.Flag(value=flag):
                return self.formatter.value(flag), ATOM
            case n.MissingLiteral():
                return phrase("missing", self.language), ATOM
            case n.Name(name=name):
                return self.name(name, name, bare)
            case n.Negative(operand=x):
                return "-" + self.at(x, SIGN, bare), SIGN
            case n.Arithmetic(operator=operator, left=a, right=b):
                binds = BINDS[operator]
                left = self.at(a, binds + 1 if operator == "**" else binds, bare)
                return f"{left} {SIGNS.get(operator, operator)} {self.at(b, binds + 1, bare)}", binds
            case n.Comparison(operands=xs, operators=operators):
                rest = [f" {SIGNS.get(o, o)} {self.at(x, SUM, bare)}" for o, x in zip(operators, xs[1:], strict=True)]
                return self.at(xs[0], SUM, bare) + "".join(rest), COMPARISON
            case n.Membership(operand=x, members=members, negated=negated):
                word = self.word("not in" if negated else "in")
                listed = ", ".join(self.at(m, CONDITIONAL, True) for m in members)
                return f"{self.at(x, SUM, bare)} {word} [{listed}]", COMPARISON
            case n.Not(operand=x):
                return f"{self.word('not')} {self.at(x, NOT, bare)}", NOT
            case n.And(operands=xs):
                return f" {self.word('and')} ".join(self.connected(xs, NOT, bare)), AND
            case n.Or(operands=xs):
                return f" {self.word('or')} ".join(self.connected(xs, AND, bare)), OR
            case n.If():
                return self.branch(node, bare)
            case n.Call():
                return self.call(node, bare)
            case n.ListOf(items=items):
                return "[" + ", ".join(self.at(x, CONDITIONAL, True) for x in items) + "]", ATOM

    def connected(self, operands: tuple[n.Expression, ...], weakest: int, bare: bool) -> Iterator[str]:
        """The operands; with values, `…` for those that were not evaluated, since one before them decided."""
        for operand in operands:
            names = [x.name for x in n.in_reading_order(operand) if isinstance(x, n.Name)]
            if self.with_values and names and not any(name in self.written for name in names):
                yield "…"
                return
            yield self.at(operand, weakest, bare)

    def name(self, written: str, name: str, bare: bool) -> tuple[str, int]:
        reading = self.readings.get(written)
        if self.with_values and reading is not None:
            type_ = self.types.get(written) if not reading.name else None
            if type_ is not None:
                return self.formatter.typed(reading.value, type_, bare=bare), ATOM
            return self.value(reading.value, reading.name, bare)
        if written in VALUE:
            return phrase("value", self.language), ATOM
        full = self.locals.get(name, name)  # a member's own name, not read on the branch that was taken
        return self.formatter.title(reading.name if reading is not None and reading.name else full), ATOM

    def branch(self, node: n.If, bare: bool) -> tuple[str, int]:
        held = self.branch_taken.get(self.branches[id(node)])
        if self.with_values and held is not None:
            return self.text(node.then if held else node.otherwise, bare)
        then, condition = self.at(node.then, OR, bare), self.at(node.condition, OR, bare)
        return f"{then} if {condition} else {self.at(node.otherwise, CONDITIONAL, bare)}", CONDITIONAL

    def call(self, node: n.Call, bare: bool) -> tuple[str, int]:
        if node.function in (*VALUE, *AWARD) and len(node.arguments) == 1 and isinstance(node.arguments[0], n.Name):
            inner = (MadeName.VALUE if node.function in VALUE else MadeName.AWARD).of(node.arguments[0].name)
            if node.function in VALUE or inner in self.formatter.types:
                return self.name(inner, inner, bare)
        called = self.called.get(self.calls[id(node)])
        if self.with_values and called is not None and not isinstance(called.made, Applied):
            return self.call_value(called, node, bare)
        own = self.locals
        inside = {} if any(key == "over" for key, _ in node.options) else own  # there, a local name is every member's
        arguments = []
        for key, x in (*(("", x) for x in node.arguments), *node.options):
            self.locals = own if key in OF_RESULT else inside
            arguments.append(f"{self.word(key)}={self.option(key, x)}" if key else self.at(x, CONDITIONAL, True))
        self.locals = own
        name = (
            self.word(node.function)
            if node.function not in self.formatter.titles
            else self.formatter.title(node.function)
        )
        return f"{name}({', '.join(arguments)})", ATOM

    def call_value(self, called: Called, node: n.Call, bare: bool) -> tuple[str, int]:
        """A call's value, formatted by the kind of call."""
        match called.made:
            case LookedUp(value=value, table=table):
                return self.value(value, table, bare)
            case Gathered(value=value) as gathered:
                moment = self.date_or_time_type(node)
                if moment is not None:
                    return self.formatter.typed(value, moment, bare=bare), ATOM
                return self.value(value, self.gathered(node) if gathered.entry.keeps_type else "", bare)
            case Placed(place=value) | Served(value=value):
                return self.value(value, "", bare)
        return "", ATOM

    def option(self, key: str, node: n.Expression) -> str:
        """An option's value: a keyword translated, any other expression as written."""
        if isinstance(node, n.Text):
            return f'"{self.formatter.option_word(key, node.value)}"'
        return self.at(node, CONDITIONAL, True)

    def gathered(self, call: Called | n.Expression) -> str:
        """The full name of an aggregate's argument; "" if the argument is an expression."""
        node = self.node_of(call) if isinstance(call, Called) else call
        value = node.arguments[0] if isinstance(node, n.Call) and node.arguments else None
        return self.locals.get(value.name, value.name) if isinstance(value, n.Name) else ""

    def gathered_type(self, called: Called) -> Type:
        """The type by which the values that an aggregate took are formatted."""
        made, node = called.made, self.node_of(called)
        if not isinstance(node, n.Call) or (isinstance(made, Gathered) and not made.entry.keeps_type):
            return PLAIN
        moment = self.date_or_time_type(node.arguments[0]) if node.arguments else None
        return self.formatter.types.get(self.gathered(node), PLAIN) if moment is None else moment

    def further_types(self, called: Called) -> tuple[Type, ...]:
        """The types of the values under `then=`, which break ties of a rank."""
        node = self.node_of(called)
        items = n.listed_in(node, "then") if isinstance(node, n.Call) else ()
        named = (self.locals.get(x.name, x.name) if isinstance(x, n.Name) else "" for x in items)
        return tuple(
            self.date_or_time_type(x) or self.formatter.types.get(name, PLAIN)
            for x, name in zip(items, named, strict=True)
        )

    def names_in_argument(self, called: Called) -> Iterator[str]:
        """The names inside an aggregate's argument; none if it is a plain name, or for `count` and `share`."""
        node = self.node_of(called)
        taken = node.arguments[:1] if isinstance(node, n.Call) else ()
        if isinstance(called.made, Gathered) and not called.made.entry.of_conditions:
            for value in taken:
                if not isinstance(value, n.Name):
                    yield from (x.name for x in n.in_reading_order(value) if isinstance(x, n.Name))

    # ── Days and times ───────────────────────────────────────────────────────────────────────────

    def date_or_time_type(self, node: n.Expression | None = None) -> Type | None:
        """The type of a part of the formula, or of the whole, if that is a date or a time; else None."""
        node = self.working.formula.expression if node is None else node
        match node:
            case n.Name(name=name):
                reading = self.readings.get(name)
                full = reading.name if reading is not None and reading.name else self.locals.get(name, name)
                type_ = self.types.get(name) or self.formatter.types.get(full)
                return type_ if type_ is not None and type_.kind in MOMENTS else None
            case n.If(then=then, otherwise=otherwise):
                return self.date_or_time_type(then) or self.date_or_time_type(otherwise)
            case n.Call(function=function, arguments=arguments):
                name = CANONICAL.get(function, function)
                if name in self.formatter.types or function in self.formatter.types:
                    type_ = self.formatter.types.get(function)
                    return type_ if type_ is not None and type_.kind in MOMENTS else None
                body = self.formatter.bodies.get(function)
                if body is not None:
                    types = {key: self.date_or_time_type(x) for key, x in zip(body[0], arguments, strict=False)}
                    working = Working(body[1], None)
                    return FormulaWriter(
                        working, self.formatter, "", {k: t for k, t in types.items() if t is not None}
                    ).date_or_time_type()
                if name in ROW and ROW[name].gives in MOMENTS:
                    return Type(Kind(ROW[name].gives))
                kept = name in OVER_ROWS and OVER_ROWS[name].keeps_type
                alike = kept or (name in ROW and ROW[name].gives == "alike")
                return (
                    next((t for x in arguments if (t := self.date_or_time_type(x)) is not None), None)
                    if alike
                    else None
                )
        return None

    def reading_type(self, reading: Reading) -> Type:
        """The type by which a value that was read is formatted."""
        if reading.name:
            return self.formatter.types.get(reading.name, PLAIN)
        return self.types.get(reading.written, PLAIN)

    def argument_types(self, called: Called) -> tuple[Type, ...]:
        """The type of each argument of a call, if that is a date or a time; else the plain one."""
        node = self.node_of(called)
        return tuple(self.date_or_time_type(x) or PLAIN for x in node.arguments) if isinstance(node, n.Call) else ()

    def inside(self, called: Called) -> FormulaWriter:
        """The formula of the author's function that was called, with the types of its arguments."""
        assert isinstance(called.made, Applied)
        names = self.formatter.bodies.get(called.made.function, ((), None))[0]
        types = zip(names, self.argument_types(called), strict=False)
        return FormulaWriter(
            called.made.working, self.formatter, "", {name: t for name, t in types if t.kind in MOMENTS}
        )

    def node_of(self, called: Called) -> n.Call | None:
        return self.call_nodes[called.index] if called.index < len(self.call_nodes) else None

    def arguments(self, called: Called) -> tuple[str, ...]:
        """The arguments of a call with values: `62 + 1` where something is computed, else nothing."""
        found = self.node_of(called)
        self.with_values = True
        plain = (n.Name, n.Number, n.Text, n.Flag)
        nodes = found.arguments if isinstance(found, n.Call) else ()
        return tuple("" if isinstance(x, plain) else self.at(x, SUM, True) for x in nodes)

    def _all_nodes(self) -> Iterator[n.Expression]:
        expression = self.working.formula.expression
        return iter(()) if expression is None else n.in_reading_order(expression)


def names_of_working(working: Working) -> Iterator[str]:
    """The names that a formula read where it stands, and in the functions that it called."""
    yield from (r.name for r in working.readings if r.name)
    for call in working.calls:
        if isinstance(call.made, Applied):
            yield from names_of_working(call.made.working)


def names_inside(call: Called) -> Iterator[str]:
    """The names that were read inside a call: in rows, in members, or in a function's formula."""
    if isinstance(call.made, Gathered | Placed):
        yield from call.made.reads
    if isinstance(call.made, Applied):
        yield from (r.name for r in call.made.working.readings if r.name)
        for inner in call.made.working.calls:
            yield from names_inside(inner)
