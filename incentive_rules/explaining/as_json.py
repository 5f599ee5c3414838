"""The lines of a trace for programs: English words, exact texts, nothing translated and nothing rounded."""

from __future__ import annotations

from ..model.scheme import Formula
from ..model.trace import Added, Applied, Called, Gathered, Given, LookedUp, Mean, Placed, RowFound, TraceLine, Working
from .showing import exact_text

Json = dict[str, object]


def line_as_json(line: TraceLine) -> Json:
    """One named value: how it was computed, exactly."""
    found: Json = {
        "name": line.name,
        "value": exact_text(line.value),
        "exact": exact_text(line.exact),
        "decimals": line.decimals,
        "rounding": None if line.rounding is None else line.rounding.value,
        "state": line.state,
        "file": line.place.source.name,
        "line": line.place.line,
    }
    if line.row is not None:
        found |= {"details": line.details, "row": line.row}
    match line.source:
        case Given(what=what):
            found["given"] = what
        case Working() as working:
            found["formula"] = working_as_json(working)
        case LookedUp() as table:
            found["table"] = table_as_json(table)
        case Mean() as mean:
            found["mean"] = mean_as_json(mean)
        case Added(lines=lines):
            found["sum"] = [{"name": n, "sign": "+" if plus else "-", "value": exact_text(v)} for n, plus, v in lines]
    if line.condition is not None:
        found["condition"] = working_as_json(line.condition)
    if line.adjustments:
        found["adjustments"] = [
            {
                "reason": a.reason,
                "action": a.action,
                "held": a.held,
                "amount": exact_text(a.amount),
                "before": exact_text(a.before),
                "after": exact_text(a.after),
                "line": a.place.line,
            }
            for a in line.adjustments
        ]
    return found


def working_as_json(working: Working) -> Json:
    formula: Formula = working.formula
    found: Json = {
        "text": formula.text,
        "line": formula.place.line,
        "value": exact_text(working.value),
        "reads": [{"written": r.written, "name": r.name, "value": exact_text(r.value)} for r in working.readings],
    }
    if working.calls:
        found["calls"] = [call_as_json(call) for call in working.calls]
    if working.decisions:
        found["branches"] = [decision.held for decision in working.decisions]
    if working.zero_divisor:
        found["zero_divisor"] = True
    return found


def call_as_json(call: Called) -> Json:
    match call.made:
        case LookedUp() as table:
            return {"table": table_as_json(table)}
        case Gathered() as gathered:
            return {
                "aggregate": gathered.function,
                "over": gathered.over,
                "rows": gathered.rows,
                "values": [exact_text(v) for v in gathered.values],
                "value": exact_text(gathered.value),
            }
        case Placed(place=place, of=of):
            return {"rank": exact_text(place), "of": of}
        case Applied(function=function, arguments=arguments, working=working):
            given = {key: exact_text(value) for key, value in arguments}
            return {"function": function, "arguments": given, "formula": working_as_json(working)}


def table_as_json(table: LookedUp) -> Json:
    return {
        "name": table.table,
        "give": table.give,
        "keys": [exact_text(key) for key in table.keys],
        "steps": [_step_as_json(step) for step in table.steps],
        "value": exact_text(table.value),
        "line": table.place.line,
    }


def _step_as_json(step: RowFound) -> Json:
    found: Json = {"kind": step.kind, "key": exact_text(step.key), "line": step.place.line}
    found |= {"else": True} if step.else_ else {"edge": exact_text(step.edge)}
    if step.missed is not None:
        found["missed"] = exact_text(step.missed)
    if step.corners:
        found["corners"] = [[exact_text(x) for x in corner] for corner in step.corners]
    return found


def mean_as_json(mean: Mean) -> Json:
    return {
        "parts": [{"name": p.name, "weight": exact_text(p.weight), "value": exact_text(p.value)} for p in mean.parts],
        "missing": mean.missing,
        "at_least": mean.at_least,
        "divisor": exact_text(mean.divisor),
        "value": exact_text(mean.value),
    }
