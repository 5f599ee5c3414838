"""The lines of a trace for programs: English words, exact texts, nothing translated and nothing rounded."""

from __future__ import annotations

from ..model.scheme import Formula
from ..model.trace import (
    Added,
    Among,
    Applied,
    Called,
    Chosen,
    Gathered,
    Given,
    Graded,
    LookedUp,
    Mean,
    Placed,
    Pooled,
    Portion,
    Remembered,
    RowFound,
    Served,
    TraceLine,
    Working,
)
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
    elif line.level:
        found |= {"level": line.level[0], "key": line.key}
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
        case Pooled(portions=portions, to=to):
            found["pool"] = {"to": to, "shares": [portion_as_json(portion) for portion in portions]}
        case Chosen() as chosen:
            found["honor"] = honor_as_json(chosen)
        case Graded() as graded:
            found["distribution"] = grade_as_json(graded)
        case Remembered(source=source, now=now):
            found["recorded"] = {"source": source, "this_period": now}
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
            return aggregate_as_json(gathered)
        case Placed() as placed:
            return {
                "rank": exact_text(placed.place),
                "of": placed.of,
                **among_as_json(placed.among),
                "ties": placed.ties,
                "first": placed.first,
                "value": exact_text(placed.value),
                "before": exact_text(placed.before),
                "after": exact_text(placed.after),
                "level_with": placed.level_with,
            }
        case Served(method=method, counted=counted, of=of, value=value):
            return {"served": method, "counted": counted, "of": of, "value": exact_text(value)}
        case Applied(function=function, arguments=arguments, working=working):
            given = {key: exact_text(value) for key, value in arguments}
            return {"function": function, "arguments": given, "formula": working_as_json(working)}


def aggregate_as_json(gathered: Gathered) -> Json:
    """The values are those of the person's own rows, the first of many; of other people there is no value."""
    found: Json = {
        "aggregate": gathered.function,
        "over": gathered.over,
        "rows": gathered.rows,
        "counted": gathered.counted,
        "values": [exact_text(v) for v in gathered.values],
        "total": exact_text(gathered.total),
        "value": exact_text(gathered.value),
    }
    if gathered.among is not None:
        found |= among_as_json(gathered.among)
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
            "low": exact_text(steps.low),
            "high": exact_text(steps.high),
        }
    return found


def among_as_json(among: Among) -> Json:
    return {"within": among.level, "key": among.key, "members": among.members}


def portion_as_json(portion: Portion) -> Json:
    """One share of a pool: whose pool it is, the exact share, and the money."""
    found: Json = {
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
    formulas = (
        ("amount", portion.of_amount), ("weight", portion.of_weight), ("cap", portion.of_cap),
        ("when", portion.condition), ("among", portion.partakes),
    )  # fmt: skip
    found["formulas"] = {name: working_as_json(working) for name, working in formulas if working is not None}
    return found


def honor_as_json(chosen: Chosen) -> Json:
    found: Json = {
        **among_as_json(chosen.among),
        "verdict": chosen.verdict,
        "eligible": chosen.eligible,
        "places": chosen.places,
        "wanted": exact_text(chosen.wanted),
        "share": exact_text(chosen.share),
        "base": chosen.base,
        "place": chosen.place,
        "level_with": chosen.level_with,
        "ties": chosen.ties,
        "last": [exact_text(value) for value in chosen.last],
        "best_by": [working_as_json(working) for working in chosen.best_by],
    }
    if chosen.condition is not None:
        found["among"] = working_as_json(chosen.condition)
    return found


def grade_as_json(graded: Graded) -> Json:
    return {
        **among_as_json(graded.among),
        "argument": graded.argument,
        "value": exact_text(graded.value),
        "place": graded.place,
        "of": graded.of,
        "level_with": graded.level_with,
        "ties": graded.ties,
        "cuts": [
            {"result": exact_text(result), "share": exact_text(share), "last_place": cut}
            for result, share, cut in graded.cuts
        ],
        "row": graded.row,
    }


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
    if step.inner:
        found["inner"] = [table_as_json(one) for one in step.inner]
    return found


def mean_as_json(mean: Mean) -> Json:
    return {
        "parts": [{"name": p.name, "weight": exact_text(p.weight), "value": exact_text(p.value)} for p in mean.parts],
        "missing": mean.missing,
        "at_least": mean.at_least,
        "divisor": exact_text(mean.divisor),
        "value": exact_text(mean.value),
    }
