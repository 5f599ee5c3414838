"""`ten_indicators.yaml` as other rule engines have it: a decision graph, and JSONLogic.

A builder returns None where its library is not installed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from rivals import Row, Score

# ── zen-engine ────────────────────────────────────────────────────────────────────────────────────


def zen_graph(*, tables: bool) -> dict[str, Any]:
    """A decision graph: expression nodes, and for bands and grades a ternary, or its decision tables.

    zen's expressions are C-like; inside a node `$.name` is a name of the same node.
    """
    scores = {
        "satisfaction": "round(rating <= 70 ? 0 : rating <= 85 ? (rating - 70) * 4 "
        ": rating <= 95 ? 60 + (rating - 85) * 4 : 100, 4)",
        "timely": "on_time / calls",
        "timeliness": "round($.timely <= 0.7 ? 0 : $.timely <= 0.9 ? ($.timely - 0.7) * 400 "
        ": $.timely <= 0.98 ? 80 + ($.timely - 0.9) * 250 : 100, 4)",
        "faulty": "defects / calls",
        "first_visit": "round(100 * min([1, max([0, (solved / calls - 0.6) / 0.35])]), 4)",
        "completion": "round(100 * min([1, max([0, (finished / assigned - 0.6) / 0.4])]), 4)",
        "workload": "round(100 * min([1, calls / 80]), 4)",
        "peers": "round(peer_rating <= 2 ? 0 : peer_rating <= 4 ? (peer_rating - 2) * 40 "
        ": 80 + (peer_rating - 4) * 20, 4)",
        "training": "round(100 * min([1, training_hours / hours_required]), 4)",
    }
    bands = {
        "accuracy": ("faulty", [("<= 0.01", "100"), ("<= 0.03", "80"), ("<= 0.05", "50"), ("", "0")]),
        "response": ("delay", [("<= 15", "100"), ("<= 30", "85"), ("<= 60", "60"), ("", "0")]),
        "certificates": ("new_certificates", [(">= 2", "100"), (">= 1", "85"), ("", "60")]),
    }
    here = "" if tables else "$."
    means = {
        "quality": "round(0.4 * {s}satisfaction + 0.3 * {s}timeliness + 0.2 * {s}accuracy + 0.1 * {s}first_visit, 4)",
        "efficiency": "round(0.4 * {s}completion + 0.3 * {s}workload + 0.3 * {s}response, 4)",
        "teamwork": "{s}peers",
        "growth": "round(0.6 * {s}training + 0.4 * {s}certificates, 4)",
        "mean": "0.4 * $.quality + 0.3 * $.efficiency + 0.2 * $.teamwork + 0.1 * $.growth",
        "total": "round(accident ? 0 : complaints >= 3 ? min([$.mean, 70]) : $.mean, 4)",
    }
    means = {name: text.replace("{s}", here) for name, text in means.items()}
    edges = [(90, "A", "1.5"), (80, "B", "1.2"), (70, "C", "1"), (60, "D", "0.6")]
    pay = f"round(base * {here}coefficient * days_worked / days_due, 2)"
    if tables:
        grades = [(f">= {edge}", f"'{grade}'", coefficient) for edge, grade, coefficient in edges]
        nodes = [
            _expressions("scores", scores),
            *(_table(key, on, {key: [r for _, r in rows]}, [c for c, _ in rows]) for key, (on, rows) in bands.items()),
            _expressions("means", means),
            _table(
                "grades", "total",
                {"grade": [*(g for _, g, _ in grades), "'E'"], "coefficient": [*(c for *_, c in grades), "0"]},
                [*(c for c, *_ in grades), ""],
            ),
            _expressions("pay", {"performance_pay": pay}),
        ]  # fmt: skip
    else:
        ternaries = {
            name: " : ".join(f"{'$.faulty' if on == 'faulty' else on} {c} ? {r}" if c else r for c, r in rows)
            for name, (on, rows) in bands.items()
        }
        choices = {
            "grade": " : ".join([*(f"$.total >= {edge} ? '{g}'" for edge, g, _ in edges), "'E'"]),
            "coefficient": " : ".join([*(f"$.total >= {edge} ? {c}" for edge, _, c in edges), "0"]),
        }
        nodes = [_expressions("all", {**scores, **ternaries, **means, **choices, "performance_pay": pay})]
    chain = [
        {"id": "in", "name": "in", "type": "inputNode"},
        *nodes,
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": chain,
        "edges": [
            {"id": f"{a['id']}-{b['id']}", "sourceId": a["id"], "targetId": b["id"], "type": "edge"}
            for a, b in pairwise(chain)
        ],
    }


def _expressions(name: str, expressions: Mapping[str, str]) -> dict[str, Any]:
    listed = [{"id": key, "key": key, "value": value} for key, value in expressions.items()]
    return {
        "id": name, "name": name, "type": "expressionNode",
        "content": {"expressions": listed, "passThrough": True},
    }  # fmt: skip


def _table(name: str, on: str, outputs: Mapping[str, list[str]], conditions: list[str]) -> dict[str, Any]:
    rules = [
        {"_id": str(i), "in": condition, **{key: cells[i] for key, cells in outputs.items()}}
        for i, condition in enumerate(conditions)
    ]
    return {
        "id": name, "name": name, "type": "decisionTableNode",
        "content": {
            "hitPolicy": "first", "passThrough": True, "rules": rules,
            "inputs": [{"id": "in", "name": on, "field": on}],
            "outputs": [{"id": key, "name": key, "field": key} for key in outputs],
        },
    }  # fmt: skip


def by_zen(*, tables: bool) -> Score | None:
    """zen-engine's decision graph (Rust), compiled once, on floats."""
    try:
        import zen
    except ImportError:
        return None
    decision = zen.ZenEngine().create_decision(json.dumps(zen_graph(tables=tables)))

    def score(row: Row) -> dict[str, Any]:
        return decision.evaluate(row)["result"]  # type: ignore[no-any-return]

    return score


# ── datalogic ─────────────────────────────────────────────────────────────────────────────────────


def by_datalogic() -> Score | None:
    """datalogic-py (JSONLogic in Rust), compiled once, on floats.

    JSONLogic has no names for intermediate values, so there is one rule for each layer of names.
    """
    try:
        import datalogic_py
    except ImportError:
        return None

    def var(name: str) -> dict[str, Any]:
        return {"var": name}

    def to(places: int, x: Any) -> dict[str, Any]:
        return {"/": [{"floor": [{"+": [{"*": [x, 10**places]}, 0.5]}]}, 10**places]}

    def steps(x: Any, operator: str, rows: list[tuple[float, Any]], other: Any) -> dict[str, Any]:
        return {"if": [*(part for edge, then in rows for part in ({operator: [x, edge]}, then)), other]}

    def line(x: Any, start: float, at_start: float, slope: float) -> dict[str, Any]:
        return {"+": [at_start, {"*": [{"-": [x, start]}, slope]}]}

    def mean(*parts: tuple[float, str]) -> dict[str, Any]:
        return {"+": [{"*": [weight, var(name)]} for weight, name in parts]}

    def share(name: str, of: str) -> dict[str, Any]:
        return {"/": [var(name), var(of)]}

    rating, peer, timely = var("rating"), var("peer_rating"), share("on_time", "calls")
    satisfaction = steps(rating, "<=", [(70, 0), (85, line(rating, 70, 0, 4)), (95, line(rating, 85, 60, 4))], 100)
    timely_lines = [(0.7, 0), (0.9, line(timely, 0.7, 0, 400)), (0.98, line(timely, 0.9, 80, 250))]
    capped = {"if": [var("accident"), 0, {">=": [var("complaints"), 3]}, {"min": [var("mean"), 70]}, var("mean")]}
    amount = {"/": [{"*": [var("base"), var("coefficient"), var("days_worked")]}, var("days_due")]}
    kept = [{"max": [0, {"/": [{"-": [share(a, b), 0.6]}, width]}]} for a, b, width in
            (("solved", "calls", 0.35), ("finished", "assigned", 0.4))]  # fmt: skip
    layers = (
        {
            "satisfaction": to(4, satisfaction),
            "timeliness": to(4, steps(timely, "<=", timely_lines, 100)),
            "accuracy": steps(share("defects", "calls"), "<=", [(0.01, 100), (0.03, 80), (0.05, 50)], 0),
            "first_visit": to(4, {"*": [100, {"min": [1, kept[0]]}]}),
            "completion": to(4, {"*": [100, {"min": [1, kept[1]]}]}),
            "workload": to(4, {"*": [100, {"min": [1, {"/": [var("calls"), 80]}]}]}),
            "response": steps(var("delay"), "<=", [(15, 100), (30, 85), (60, 60)], 0),
            "peers": to(4, steps(peer, "<=", [(2, 0), (4, line(peer, 2, 0, 40))], line(peer, 4, 80, 20))),
            "training": to(4, {"*": [100, {"min": [1, share("training_hours", "hours_required")]}]}),
            "certificates": steps(var("new_certificates"), ">=", [(2, 100), (1, 85)], 60),
        },
        {
            "quality": to(4, mean((0.4, "satisfaction"), (0.3, "timeliness"), (0.2, "accuracy"), (0.1, "first_visit"))),
            "efficiency": to(4, mean((0.4, "completion"), (0.3, "workload"), (0.3, "response"))),
            "teamwork": var("peers"),
            "growth": to(4, mean((0.6, "training"), (0.4, "certificates"))),
        },
        {"mean": mean((0.4, "quality"), (0.3, "efficiency"), (0.2, "teamwork"), (0.1, "growth"))},
        {"total": to(4, capped)},
        {
            "grade": steps(var("total"), ">=", [(90, "A"), (80, "B"), (70, "C"), (60, "D")], "E"),
            "coefficient": steps(var("total"), ">=", [(90, 1.5), (80, 1.2), (70, 1), (60, 0.6)], 0),
        },
        {"performance_pay": to(2, amount)},
    )
    engine = datalogic_py.Engine(templating=True)
    rules = [engine.compile(layer) for layer in layers]

    def score(row: Row) -> dict[str, Any]:
        names = dict(row)
        for rule in rules:
            names.update(rule.evaluate(names))
        return names

    return score
