"""The service desk's figures worked out by hand from the raw log, in plain Python: nothing of ours is used here.

One function a step, in the order of the scheme. Numbers are fractions, times are `datetime`.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import mean, median

from attrs import field, frozen

Event = Mapping[str, str]
Points = Sequence[tuple[int, int]]

PRIORITY = {"1 - Critical": 8, "2 - High": 5, "3 - Moderate": 3, "4 - Low": 1}
CENTS_A_POINT, AWARD = 25_00, 500


@frozen
class Incident:
    number: str
    engineer: str
    priority: str
    hours: Fraction | None  # from opening to solution, to a hundredth
    kept_sla: bool
    reopened: int
    first_response: int | None  # minutes


@frozen
class Engineer:
    key: str
    solved: tuple[Incident, ...] = field(repr=False)
    work_points: int
    scores: Mapping[str, Fraction | None]
    total: Fraction | None
    grade: str | None
    coefficient: Fraction | None


def read_log(file: Path) -> list[Event]:
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8", newline="") as log:
        return list(csv.DictReader(log))


def half_up(x: Fraction, decimals: int) -> Fraction:
    steps, rest = divmod(abs(x) * 10**decimals, 1)
    return Fraction(int(steps) + (rest >= Fraction(1, 2)), 10**decimals) * (-1 if x < 0 else 1)


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d-%m-%Y %H:%M")


def minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds()) // 60


def incidents_of(log: Iterable[Event]) -> list[Incident]:
    together: dict[str, list[Event]] = defaultdict(list)
    for event in log:
        together[event["number"]].append(event)
    return [incident_of(number, events) for number, events in together.items()]


def incident_of(number: str, events: Sequence[Event]) -> Incident:
    last = max(events, key=lambda e: (int(e["sys_mod_count"]), moment(e["sys_updated_at"])))
    opened = moment(last["opened_at"])
    hours = None
    if last["resolved_at"] != "?":
        hours = half_up(Fraction(minutes(opened, moment(last["resolved_at"])), 60), 2)
    taken_up = [e for e in events if e["incident_state"] != "New"]
    waited = [max(0, minutes(moment(e["opened_at"]), moment(e["sys_updated_at"]))) for e in taken_up]
    return Incident(
        number, last["resolved_by"], last["priority"], hours, all(e["made_sla"] == "TRUE" for e in events),
        max(int(e["reopen_count"]) for e in events), min(waited, default=None),
    )  # fmt: skip


def on_the_line(points: Points, x: Fraction) -> Fraction:
    """The straight line between the points, flat outside them."""
    if x <= points[0][0]:
        return Fraction(points[0][1])
    for (left, low), (right, high) in pairwise(points):
        if x <= right:
            return low + (x - left) * Fraction(high - low, right - left)
    return Fraction(points[-1][1])


def measured(solved: Sequence[Incident], work_points: int, average: Fraction) -> dict[str, Fraction | None]:
    waited = [Fraction(i.first_response) for i in solved if i.first_response is not None]
    hours = [i.hours for i in solved if i.hours is not None]
    return {
        "sla_kept": Fraction(sum(i.kept_sla for i in solved), len(solved)) if len(solved) >= 3 else None,
        "resolution": median(hours) if hours else None,
        "response": mean(waited) if waited else None,
        "stays_solved": Fraction(sum(i.reopened == 0 for i in solved), len(solved)) if solved else None,
        "workload": work_points / average if average else None,
    }


LINES: Mapping[str, Points] = {
    "sla_kept": ((60, 0), (90, 80), (100, 100)),
    "resolution": ((8, 100), (48, 80), (240, 40), (720, 0)),
    "response": ((60, 100), (480, 70), (2880, 0)),
    "stays_solved": ((80, 0), (100, 100)),
    "workload": ((0, 0), (100, 100)),
}
PERCENT = ("sla_kept", "stays_solved", "workload")
WEIGHTS = {"sla_kept": 40, "resolution": 20, "response": 20, "stays_solved": 10, "workload": 10}
GRADES = ((85, "A", Fraction(12, 10)), (70, "B", Fraction(1)), (50, "C", Fraction(8, 10)), (-1, "D", Fraction(0)))


def engineers_of(incidents: Iterable[Incident]) -> dict[str, Engineer]:
    """Everybody whom the log names, those without a solved incident too."""
    together: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.engineer != "?":
            together[incident.engineer].append(incident)
    solved = {key: tuple(i for i in theirs if i.hours is not None) for key, theirs in together.items()}
    points = {key: sum(PRIORITY[i.priority] for i in theirs) for key, theirs in solved.items()}
    average = Fraction(sum(points.values()), len(points))
    return {key: engineer_of(key, solved[key], points[key], average) for key in solved}


def engineer_of(key: str, solved: tuple[Incident, ...], work_points: int, average: Fraction) -> Engineer:
    scores: dict[str, Fraction | None] = {}
    for name, value in measured(solved, work_points, average).items():
        scaled = None if value is None else value * 100 if name in PERCENT else value
        scores[name] = None if scaled is None else half_up(on_the_line(LINES[name], scaled), 4)
    known = {name: score for name, score in scores.items() if score is not None}
    total = None
    if len(known) >= 3:
        weight = sum(WEIGHTS[name] for name in known)
        total = half_up(sum(WEIGHTS[name] * score for name, score in known.items()) / weight, 4)
    grade, coefficient = None, None
    if total is not None:
        grade, coefficient = next((g, c) for edge, g, c in GRADES if total >= edge)
    return Engineer(key, solved, work_points, scores, total, grade, coefficient)


def shares_of(engineers: Mapping[str, Engineer]) -> dict[str, Fraction]:
    """The pool by largest remainder, in money: the last cents go by larger share, then by key."""
    pool = CENTS_A_POINT * sum(e.work_points for e in engineers.values())
    weights = {key: e.work_points * e.coefficient for key, e in engineers.items() if e.coefficient is not None}
    whole = sum(weights.values())
    exact = {key: pool * weight / whole for key, weight in weights.items()}
    cents = {key: share.numerator // share.denominator for key, share in exact.items()}
    left = pool - sum(cents.values())
    for key in sorted(exact, key=lambda k: (cents[k] - exact[k], -exact[k], k))[:left]:
        cents[key] += 1
    return {key: Fraction(cents.get(key, 0), 100) for key in engineers}


def stars_of(engineers: Mapping[str, Engineer]) -> set[str]:
    """The best twentieth of the eligible, at least one, and everybody level with the last of them."""
    eligible = {k: e for k, e in engineers.items() if len(e.solved) >= 5 and e.grade in ("A", "B")}
    ranked = {k: (e.total, e.scores["sla_kept"], e.work_points) for k, e in eligible.items()}
    places = min(len(eligible), max(1, int(half_up(Fraction(len(eligible), 20), 0))))
    if not places:
        return set()
    last = sorted(ranked.values(), reverse=True)[places - 1]  # type: ignore[type-var]
    return {key for key, values in ranked.items() if values >= last}  # type: ignore[operator]


def places_of(engineers: Mapping[str, Engineer]) -> dict[str, int | None]:
    totals = [e.total for e in engineers.values() if e.total is not None]
    return {k: None if e.total is None else 1 + sum(t > e.total for t in totals) for k, e in engineers.items()}
