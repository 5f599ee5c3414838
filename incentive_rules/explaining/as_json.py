"""Writes the lines of a trace for programs: English words, exact texts, nothing translated and nothing rounded.

Dates and times are texts as in data; a list that is cut says how many values it omits.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..base.json_types import JsonObject
from ..lang.types import MOMENTS, PLAIN, Type
from ..model.scheme import Formula
from ..model.terms import Constant
from ..model.trace import (
    Added,
    Among,
    Applied,
    Averaged,
    Called,
    Chosen,
    Gathered,
    GivenValue,
    Graded,
    LookedUp,
    Placed,
    Pooled,
    Portion,
    Remembered,
    RowFound,
    Served,
    TraceLine,
    Working,
)
from .formatting import ValueFormatter, exact_text
from .worked_formulas import FormulaWriter


def line_as_json(line: TraceLine, formatter: ValueFormatter) -> JsonObject:
    """One named value: how it was computed, exactly."""
    return _Writer(line, formatter).line_as_json()


def among_as_json(among: Among) -> JsonObject:
    return {"within": among.level, "key": among.key, "members": among.members}


class _Writer:
    """Writes one line; `types` tells by name which numbers are dates and times."""

    def __init__(self, line: TraceLine, formatter: ValueFormatter) -> None:
        self.line, self.formatter, self.types = line, formatter, formatter.types

    def typed(self, value: Constant, name: str) -> str | bool | None:
        return exact_text(value, self.types.get(name, PLAIN))

    def key_types(self) -> tuple[Type, ...]:
        """The type of the quantity to which a table in place is applied."""
        argument = self.formatter.arguments.get(self.line.name)
        return () if argument is None else (self.types.get(argument, PLAIN),)

    def kept_back_as_json(self) -> JsonObject:
        """A line of which too few others decide with the person: null for a value that would tell of them."""
        line = self.line
        value = None if line.kept_back == "value" else self.typed(line.value, line.name)
        return {"name": line.name, "value": value, "kept_back": line.kept_back, "file": line.place.source.name,
                "line": line.place.line}  # fmt: skip

    def line_as_json(self) -> JsonObject:
        line = self.line
        if line.kept_back:
            return self.kept_back_as_json()
        found: JsonObject = {
            "name": line.name,
            "value": self.typed(line.value, line.name),
            "exact": self.typed(line.exact, line.name),
            "decimals": line.decimals,
            "rounding": None if line.rounding is None else line.rounding.value,
            "state": line.state,
            "file": line.place.source.name,
            "line": line.place.line,
        }
        if line.row is not None:
            found |= {"details": line.details, "row": line.row}
        elif line.level:
            found |= {"level": line.level[0], "key": line.key}
        match line.source:
            case GivenValue(what=what):
                found["given"] = what
            case Working() as working:
                found["formula"] = self.working_as_json(working)
            case LookedUp() as table:
                found["table"] = self.table_as_json(table, self.key_types())
            case Averaged() as mean:
                found["mean"] = self.mean_as_json(mean)
            case Added(lines=lines):
                found["sum"] = [
                    {"name": n, "sign": "+" if plus else "-", "value": self.typed(v, n)} for n, plus, v in lines
                ]
            case Pooled(portions=portions, to=to):
                found["pool"] = {"to": to, "shares": [self.portion_as_json(portion) for portion in portions]}
            case Chosen() as chosen:
                found["honor"] = self.honor_as_json(chosen)
            case Graded() as graded:
                found["distribution"] = self.grade_as_json(graded)
            case Remembered(source=source, now=now):
                found["recorded"] = {"source": source, "this_period": now}
        if line.condition is not None:
            found["condition"] = self.working_as_json(line.condition)
        own = self.types.get(line.name, PLAIN)
        if line.adjustments:
            found["adjustments"] = [
                {
                    "reason": a.reason,
                    "action": a.action,
                    "held": a.held,
                    "amount": exact_text(a.amount, PLAIN if a.action == "multiply" else own),
                    "before": exact_text(a.before, own),
                    "after": exact_text(a.after, own),
                    "line": a.place.line,
                }
                for a in line.adjustments
            ]
        return found

    def working_as_json(self, working: Working, writer: FormulaWriter | None = None) -> JsonObject:
        """A formula of the line; `writer` is that of a function that it calls."""
        formula: Formula = working.formula
        writer = writer or FormulaWriter(working, self.formatter, self.line.name)
        found: JsonObject = {
            "text": formula.text,
            "line": formula.place.line,
            "value": exact_text(working.value, writer.date_or_time_type() or PLAIN),
            "reads": [
                {"written": r.written, "name": r.name, "value": exact_text(r.value, writer.reading_type(r))}
                for r in working.readings
            ],
        }
        if working.calls:
            found["calls"] = [self.call_as_json(call, writer) for call in working.calls]
        if working.decisions:
            found["branches"] = [decision.held for decision in working.decisions]
        if working.zero_divisor:
            found["zero_divisor"] = True
        return found

    def call_as_json(self, call: Called, writer: FormulaWriter) -> JsonObject:
        match call.made:
            case LookedUp() as table:
                return {"table": self.table_as_json(table, writer.argument_types(call))}
            case Gathered() as gathered:
                return self.aggregate_as_json(gathered, writer.gathered_type(call))
            case Placed() as placed:
                type_ = writer.gathered_type(call)
                types = writer.further_types(call)
                further = [[exact_text(*pair) for pair in zip(values, types, strict=False)] for values in placed.then]
                return {
                    "rank": exact_text(placed.place),
                    "of": placed.of,
                    **among_as_json(placed.among),
                    "ties": placed.ties,
                    "first": placed.first,
                    "value": exact_text(placed.value, type_),
                    "before": exact_text(placed.before, type_),
                    "after": exact_text(placed.after, type_),
                    "level_with": placed.level_with,
                    **({"then": further} if any(further) else {}),
                }
            case Served(method=method, counted=counted, of=of, value=value):
                return {"served": method, "counted": counted, "of": of, "value": exact_text(value)}
            case Applied(function=function, arguments=arguments):
                inside = writer.inside(call)
                given = {key: exact_text(value, inside.types.get(key, PLAIN)) for key, value in arguments}
                formula = self.working_as_json(inside.working, inside)
                return {"function": function, "arguments": given, "formula": formula}

    def aggregate_as_json(self, gathered: Gathered, type_: Type) -> JsonObject:
        """The values are those of the person's own rows; of other people there is none.

        Of many the first are listed, with the number of those that are not shown.
        """
        values = self.formatter.first_of(gathered.values)
        found: JsonObject = {
            "aggregate": gathered.function,
            "over": gathered.over,
            "rows": gathered.rows,
            "counted": gathered.counted,
            "values": [exact_text(v, type_) for v in values],
            "total": None if type_.kind in MOMENTS else exact_text(gathered.total),  # of days there is no sum
            "value": exact_text(gathered.value, type_),
        }
        if len(values) < len(gathered.values):
            found["values_not_shown"] = len(gathered.values) - len(values)
        if gathered.among is not None:
            found |= among_as_json(gathered.among)
        if gathered.weight is not None:
            found["weights"] = [exact_text(weight) for weight in gathered.weights[: len(values)]]
            found["weight"] = exact_text(gathered.weight)
        if gathered.most is not None:
            found["n"] = exact_text(gathered.most)
            found["chosen"] = [exact_text(v, type_) for v in self.formatter.first_of(gathered.chosen)]
        if gathered.others:
            found["others"] = True
        if gathered.too_few:
            found["rows_needed"] = gathered.too_few
        if gathered.steps is not None:
            steps = gathered.steps
            found["percentile"] = {
                "fraction": exact_text(steps.fraction),
                "method": steps.method,
                "position": exact_text(steps.position),
                "low": exact_text(steps.low, type_),
                "high": exact_text(steps.high, type_),
            }
        return found

    def portion_as_json(self, portion: Portion) -> JsonObject:
        """One share of a pool: whose pool it is, the exact share, and the money."""
        found: JsonObject = {
            **among_as_json(portion.among),
            "state": portion.state,
            "share": exact_text(portion.share),
            "exact": exact_text(portion.exact),
            "amount": exact_text(portion.amount),
            "weight": exact_text(portion.weight),
            "weights": exact_text(portion.weights),
            "left": exact_text(portion.left),
            "open": exact_text(portion.open),
            "remainder": exact_text(portion.remainder),
            "cents": portion.method,
            "cap": exact_text(portion.cap),
            "capped": portion.capped,
        }
        if portion.row is not None:
            found["row"] = portion.row
        if portion.part is not None:
            found |= {"part": exact_text(portion.part), "exact_part": exact_text(portion.exact_part)}
            found["taking"] = exact_text(portion.taking)
        formulas = (
            ("amount", portion.of_amount), ("weight", portion.of_weight), ("cap", portion.of_cap),
            ("when", portion.condition), ("among", portion.partakes),
        )  # fmt: skip
        found["formulas"] = {name: self.working_as_json(working) for name, working in formulas if working is not None}
        return found

    def honor_as_json(self, chosen: Chosen) -> JsonObject:
        found: JsonObject = {
            **among_as_json(chosen.among),
            "verdict": chosen.verdict,
            "eligible": chosen.eligible,
            "places": chosen.places,
            "wanted": exact_text(chosen.wanted),
            "share": exact_text(chosen.share),
            "base": chosen.base,
            "counted": exact_text(chosen.counted),
            "rounding": None if chosen.rounding is None else chosen.rounding.value,
            "place": chosen.place,
            "level_with": chosen.level_with,
            "ties": chosen.ties,
            "last": [
                exact_text(value, FormulaWriter(working, self.formatter, self.line.name).date_or_time_type() or PLAIN)
                for value, working in zip(chosen.last, chosen.best_by, strict=False)
            ],
            "best_by": [self.working_as_json(working) for working in chosen.best_by],
        }
        formulas = (
            ("among", chosen.condition), ("number", chosen.number),
            ("at_least", chosen.least), ("at_most", chosen.most),
        )  # fmt: skip
        found |= {name: self.working_as_json(working) for name, working in formulas if working is not None}
        return found

    def grade_as_json(self, graded: Graded) -> JsonObject:
        return {
            **among_as_json(graded.among),
            "argument": graded.argument,
            "value": self.typed(graded.value, graded.argument),
            "place": graded.place,
            "of": graded.of,
            "level_with": graded.level_with,
            "ties": graded.ties,
            "cuts": [
                {"result": exact_text(result), "share": exact_text(share), "last_place": cut, **limits}
                for (result, share, cut), limits in zip(graded.cuts, _limits(graded), strict=True)
            ],
            "row": graded.row,
            "rounding": None if graded.rounding is None else graded.rounding.value,
        }

    def table_as_json(self, table: LookedUp, types: Sequence[Type]) -> JsonObject:
        types = (*types, *[PLAIN] * (len(table.keys) - len(types)))
        return {
            "name": table.table,
            "give": table.give,
            "keys": [exact_text(key, type_) for key, type_ in zip(table.keys, types, strict=True)],
            "steps": [self._step_as_json(step, types[i:]) for i, step in enumerate(table.steps)],
            "value": exact_text(table.value),
            "line": table.place.line,
        }

    def _step_as_json(self, step: RowFound, types: Sequence[Type]) -> JsonObject:
        found: JsonObject = {"kind": step.kind, "key": exact_text(step.key, types[0]), "line": step.place.line}
        found |= {"else": True} if step.else_ else {"edge": exact_text(step.edge, types[0])}
        if step.missed is not None:
            found["missed"] = exact_text(step.missed, types[0])
        if step.corners:
            found["corners"] = [[exact_text(x, types[0]), *map(exact_text, more)] for x, *more in step.corners]
        if step.inner:
            found["inner"] = [self.table_as_json(one, types[1:]) for one in step.inner]
        return found

    def mean_as_json(self, mean: Averaged) -> JsonObject:
        return {
            "parts": [
                {"name": p.name, "weight": exact_text(p.weight), "value": exact_text(p.value)}
                for p in mean.parts
            ],
            "missing": mean.missing,
            "at_least": mean.at_least,
            "divisor": exact_text(mean.divisor),
            "value": exact_text(mean.value),
        }


def _limits(graded: Graded) -> list[dict[str, int]]:
    """How many people at least and at most get each grade, if the scheme limits them."""
    named = [dict(zip(("at_least", "at_most"), pair, strict=True)) for pair in graded.limits] or [{}] * len(graded.cuts)
    return [{key: value for key, value in one.items() if value is not None} for one in named]
