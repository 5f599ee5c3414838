"""`ten_indicators.yaml`, written in the ways that people write such a scheme in Python.

Each rival is a function of one row that gives the named values; a builder returns None where its library is
not installed. None of them checks its row: a type, a range, a premise, a missing value. Ours does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Row = Mapping[str, Any]
Score = Callable[[Row], Mapping[str, Any]]

SCORES = (
    "satisfaction", "timeliness", "accuracy", "first_visit", "completion",
    "workload", "response", "peers", "training", "certificates",
)  # fmt: skip
GROUPS = ("quality", "efficiency", "teamwork", "growth")
NAMES = (*SCORES, *GROUPS, "total", "grade", "coefficient", "performance_pay")

# ── decimal, by hand ──────────────────────────────────────────────────────────────────────────────

D = Decimal
FOUR, CENT = D("0.0001"), D("0.01")
ZERO, ONE, FIFTY, SIXTY, SEVENTY, EIGHTY, EIGHTY_FIVE, FULL = map(D, (0, 1, 50, 60, 70, 80, 85, 100))
# Constants are made once; a literal `D("0.4")` in the function would cost half of its time.
P1, P2, P3, P4, P6, P7, P9 = map(D, ("0.1", "0.2", "0.3", "0.4", "0.6", "0.7", "0.9"))
P01, P03, P05, P08, P35, P95, P98 = map(D, ("0.01", "0.03", "0.05", "0.08", "0.35", "0.95", "0.98"))
A, B = D("1.5"), D("1.2")


def by_decimal(row: Row) -> dict[str, Any]:
    """What a careful payroll developer writes: `decimal`, each name rounded half up, nothing checked."""

    def four(x: Decimal) -> Decimal:
        return x.quantize(FOUR, ROUND_HALF_UP)

    calls = D(row["calls"])

    x = row["rating"]
    if x <= 70:
        satisfaction = ZERO
    elif x <= 85:
        satisfaction = four((x - 70) * 60 / 15)
    elif x <= 95:
        satisfaction = four(60 + (x - 85) * 40 / 10)
    else:
        satisfaction = FULL

    x = row["on_time"] / calls
    if x <= P7:
        timeliness = ZERO
    elif x <= P9:
        timeliness = four((x - P7) * 80 / P2)
    elif x <= P98:
        timeliness = four(80 + (x - P9) * 20 / P08)
    else:
        timeliness = FULL

    x = row["defects"] / calls
    accuracy = FULL if x <= P01 else EIGHTY if x <= P03 else FIFTY if x <= P05 else ZERO

    x = row["solved"] / calls
    if x <= P6:
        first_visit = ZERO
    elif x <= P95:
        first_visit = four((x - P6) * 100 / P35)
    else:
        first_visit = FULL

    x = row["finished"] / D(row["assigned"])
    if x <= P6:
        completion = ZERO
    elif x <= 1:
        completion = four((x - P6) * 100 / P4)
    else:
        completion = FULL

    workload = four(100 * min(ONE, calls / 80))

    x = row["delay"]
    response = FULL if x <= 15 else EIGHTY_FIVE if x <= 30 else SIXTY if x <= 60 else ZERO

    x = row["peer_rating"]
    if x <= 2:
        peers = ZERO
    elif x <= 4:
        peers = four((x - 2) * 80 / 2)
    elif x <= 5:
        peers = four(80 + (x - 4) * 20)
    else:
        peers = FULL

    training = four(100 * min(ONE, row["training_hours"] / row["hours_required"]))

    x = row["new_certificates"]
    certificates = FULL if x >= 2 else EIGHTY_FIVE if x >= 1 else SIXTY

    quality = four(P4 * satisfaction + P3 * timeliness + P2 * accuracy + P1 * first_visit)
    efficiency = four(P4 * completion + P3 * workload + P3 * response)
    teamwork = four(peers)
    growth = four(P6 * training + P4 * certificates)

    total = P4 * quality + P3 * efficiency + P2 * teamwork + P1 * growth
    if row["complaints"] >= 3:
        total = min(total, SEVENTY)
    if row["accident"]:
        total = ZERO
    total = four(total)

    if total >= 90:
        grade, coefficient = "A", A
    elif total >= 80:
        grade, coefficient = "B", B
    elif total >= 70:
        grade, coefficient = "C", ONE
    elif total >= 60:
        grade, coefficient = "D", P6
    else:
        grade, coefficient = "E", ZERO

    pay = row["base"] * coefficient * row["days_worked"] / row["days_due"]
    return {
        "satisfaction": satisfaction, "timeliness": timeliness, "accuracy": accuracy, "first_visit": first_visit,
        "completion": completion, "workload": workload, "response": response, "peers": peers,
        "training": training, "certificates": certificates,
        "quality": quality, "efficiency": efficiency, "teamwork": teamwork, "growth": growth,
        "total": total, "grade": grade, "coefficient": coefficient,
        "performance_pay": pay.quantize(CENT, ROUND_HALF_UP),
    }  # fmt: skip


# ── float, by hand ────────────────────────────────────────────────────────────────────────────────


def by_float(row: Row) -> dict[str, Any]:
    """The same in floats with `round`: fast, and wrong by a cent here and there."""
    calls = row["calls"]
    x = row["rating"]
    satisfaction = 0.0 if x <= 70 else (x - 70) * 4 if x <= 85 else 60 + (x - 85) * 4 if x <= 95 else 100.0
    x = row["on_time"] / calls
    timeliness = 0.0 if x <= 0.7 else (x - 0.7) * 400 if x <= 0.9 else 80 + (x - 0.9) * 250 if x <= 0.98 else 100.0
    x = row["defects"] / calls
    accuracy = 100.0 if x <= 0.01 else 80.0 if x <= 0.03 else 50.0 if x <= 0.05 else 0.0
    x = row["solved"] / calls
    first_visit = 0.0 if x <= 0.6 else (x - 0.6) / 0.35 * 100 if x <= 0.95 else 100.0
    x = row["finished"] / row["assigned"]
    completion = 0.0 if x <= 0.6 else (x - 0.6) * 250 if x <= 1 else 100.0
    workload = 100 * min(1.0, calls / 80)
    x = row["delay"]
    response = 100.0 if x <= 15 else 85.0 if x <= 30 else 60.0 if x <= 60 else 0.0
    x = row["peer_rating"]
    peers = 0.0 if x <= 2 else (x - 2) * 40 if x <= 4 else 80 + (x - 4) * 20 if x <= 5 else 100.0
    training = 100 * min(1.0, row["training_hours"] / row["hours_required"])
    x = row["new_certificates"]
    certificates = 100.0 if x >= 2 else 85.0 if x >= 1 else 60.0

    satisfaction, timeliness, first_visit = round(satisfaction, 4), round(timeliness, 4), round(first_visit, 4)
    completion, workload = round(completion, 4), round(workload, 4)
    peers, training = round(peers, 4), round(training, 4)
    quality = round(0.4 * satisfaction + 0.3 * timeliness + 0.2 * accuracy + 0.1 * first_visit, 4)
    efficiency = round(0.4 * completion + 0.3 * workload + 0.3 * response, 4)
    growth = round(0.6 * training + 0.4 * certificates, 4)
    total = 0.4 * quality + 0.3 * efficiency + 0.2 * peers + 0.1 * growth
    if row["complaints"] >= 3:
        total = min(total, 70.0)
    if row["accident"]:
        total = 0.0
    total = round(total, 4)
    grade, coefficient = (
        ("A", 1.5) if total >= 90 else ("B", 1.2) if total >= 80
        else ("C", 1.0) if total >= 70 else ("D", 0.6) if total >= 60 else ("E", 0.0)
    )  # fmt: skip
    return {
        "satisfaction": satisfaction, "timeliness": timeliness, "accuracy": accuracy, "first_visit": first_visit,
        "completion": completion, "workload": workload, "response": response, "peers": peers,
        "training": training, "certificates": certificates,
        "quality": quality, "efficiency": efficiency, "teamwork": peers, "growth": growth,
        "total": total, "grade": grade, "coefficient": coefficient,
        "performance_pay": round(row["base"] * coefficient * row["days_worked"] / row["days_due"], 2),
    }  # fmt: skip


# ── one expression for each name ─────────────────────────────────────────────────────────────────

# In simpleeval's language; `rival_engines` says the same in others.
EXPRESSIONS = {
    "satisfaction": "round(0 if rating <= 70 else (rating - 70) * 4 if rating <= 85 "
    "else 60 + (rating - 85) * 4 if rating <= 95 else 100, 4)",
    "timely": "on_time / calls",
    "timeliness": "round(0 if timely <= 0.7 else (timely - 0.7) * 400 if timely <= 0.9 "
    "else 80 + (timely - 0.9) * 250 if timely <= 0.98 else 100, 4)",
    "faulty": "defects / calls",
    "accuracy": "100 if faulty <= 0.01 else 80 if faulty <= 0.03 else 50 if faulty <= 0.05 else 0",
    "first_visit": "round(100 * min(1, max(0, (solved / calls - 0.6) / 0.35)), 4)",
    "completion": "round(100 * min(1, max(0, (finished / assigned - 0.6) / 0.4)), 4)",
    "workload": "round(100 * min(1, calls / 80), 4)",
    "response": "100 if delay <= 15 else 85 if delay <= 30 else 60 if delay <= 60 else 0",
    "peers": "round(0 if peer_rating <= 2 else (peer_rating - 2) * 40 if peer_rating <= 4 "
    "else 80 + (peer_rating - 4) * 20, 4)",
    "training": "round(100 * min(1, training_hours / hours_required), 4)",
    "certificates": "100 if new_certificates >= 2 else 85 if new_certificates >= 1 else 60",
    "quality": "round(0.4 * satisfaction + 0.3 * timeliness + 0.2 * accuracy + 0.1 * first_visit, 4)",
    "efficiency": "round(0.4 * completion + 0.3 * workload + 0.3 * response, 4)",
    "teamwork": "peers",
    "growth": "round(0.6 * training + 0.4 * certificates, 4)",
    "mean": "0.4 * quality + 0.3 * efficiency + 0.2 * teamwork + 0.1 * growth",
    "total": "round(0 if accident else min(mean, 70) if complaints >= 3 else mean, 4)",
    "grade": "'A' if total >= 90 else 'B' if total >= 80 else 'C' if total >= 70 else 'D' if total >= 60 else 'E'",
    "coefficient": "1.5 if total >= 90 else 1.2 if total >= 80 else 1.0 if total >= 70 else 0.6 if total >= 60 else 0",
    "performance_pay": "round(base * coefficient * days_worked / days_due, 2)",
}


def by_simpleeval() -> Score | None:
    """simpleeval with every expression parsed beforehand, on floats."""
    try:
        from simpleeval import SimpleEval
    except ImportError:
        return None
    evaluator = SimpleEval(functions={"min": min, "max": max, "round": round})
    parsed = [(name, text, evaluator.parse(text)) for name, text in EXPRESSIONS.items()]

    def score(row: Row) -> dict[str, Any]:
        names = evaluator.names = dict(row)
        for name, text, tree in parsed:
            names[name] = evaluator.eval(text, previously_parsed=tree)
        return names

    return score
