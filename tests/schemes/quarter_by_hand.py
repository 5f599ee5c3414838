"""`schemes/service_engineer_1.yaml` by hand: a quarter of the whole company, from its raw files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction as F  # noqa: N817
from pathlib import Path

from tests.schemes.by_hand import (
    Row,
    Values,
    average,
    by,
    days_in_service,
    full_at_one,
    largest_remainder,
    line,
    minutes,
    number,
    of_each,
    over,
    perhaps,
    rounded,
    rows_of,
    served,
    share,
    step,
    totalled,
    weighted,
    winners,
)  # fmt: skip

Company = dict[str, Values]
HOLIDAY = {1: 800, 4: 500, 7: 300, 10: 600}
POSTS = {"junior": (5000, 4500), "senior": (8000, 9000), "expert": (12000, 15000)}
GRADES = ((90, "A", "1.5"), (80, "B", "1.2"), (70, "C", "1"), (60, "D", "0.6"), (0, "E", "0"))
LEAVE = (("20", "15"), ("10", "10"), ("1", "5"), ("0", "0"))
OURS = ("0.08", "0.02", "0.005", "0.07")
EMPLOYER = ("0.16", "0.09", "0.005", "0.004", "0.008", "0.07")
LINES = ("base_pay", "performance_pay", "annual_bonus", "project_bonus", "team_bonus", "award", "holiday_benefit")


def quarter(folder: Path, first: date, last: date, earlier: Sequence[Company] = ()) -> Company:
    """Everybody in scope, by key; `earlier` are the quarters of the year before this one."""
    rows = {row["employee_no"]: row for row in rows_of(folder, "engineers")}
    rows = {who: row for who, row in rows.items() if days_in_service(row["joined"], last) >= 30}
    tables = {name: by(rows_of(folder, name), "employee_no") for name in ("work_orders", "surveys", "peer_reviews")}
    people: Company = {}
    for who, row in rows.items():
        employed = served(first, last, row["joined"], row["left_on"])
        facts = (tables[name][who] for name in ("work_orders", "surveys", "peer_reviews"))
        people[who] = {"employed": employed} | measured(row, employed, *facts)
        people[who] |= scored(row, people[who])
    for who in rows:
        people[who] |= {"award": F(0), "annual_bonus": F(0)} | project_bonus(folder, who)
    targets = {row["department"]: F(row["points_target"]) for row in rows_of(folder, "departments")}
    team_money(rows, people, targets)
    stars(people, earlier[-1] if earlier else {})
    for who in rows:
        people[who] |= year_so_far(people[who], [quarter[who] for quarter in earlier if who in quarter])
    if last.month == 12:
        year_end(rows, people, last)
    for who, row in rows.items():
        people[who] |= paid(row, people[who], HOLIDAY[first.month])
    return people


def measured(row: Row, employed: F, orders: Sequence[Row], surveys: Sequence[Row], reviews: Sequence[Row]) -> Values:
    """What one's own tickets, surveys and reviews say."""
    on_time = [order["finished"] != "" and order["finished"] <= order["promised"] for order in orders]
    defects = share([order["rework"] == "yes" for order in orders])
    waits = average([F(minutes(order["opened"], order["responded"])) for order in orders])
    points = sum((F(order["order_points"]) for order in orders), F(0))
    hours = over(sum((F(order["standard_hours"]) for order in orders), F(0)), F(row["hours_worked"]))
    rating = average([F(survey["rating"]) for survey in surveys])
    satisfaction = line(rating, ((3, 0), (4, 60), (F("4.8"), 100)))
    quality = weighted(
        (40, satisfaction),
        (30, line(share(on_time), ((F("0.7"), 0), (F("0.9"), 80), (F("0.98"), 100)))),
        (20, None if defects is None else max(F(0), 100 - 300 * defects)),
        (10, line(average([F(survey["attitude_rating"]) for survey in surveys]), ((3, 0), (4, 70), (5, 100)))),
    )
    efficiency = weighted(
        (40, full_at_one(points / max(F(1), 80 * employed))),
        (30, line(hours, ((F("0.5"), 0), (F("0.8"), 80), (1, 100)))),
        (30, None if waits is None else F(100 if waits <= 15 else 85 if waits <= 30 else 60 if waits <= 60 else 0)),
    )
    spirit = average([F(review["peer_rating"]) for review in reviews]) if len(reviews) >= 3 else None
    spirited = line(spirit, ((2, 0), (4, 80), (5, 100)))
    growth = weighted(
        (60, full_at_one(F(row["training_hours"]) / F(row["training_hours_required"]))),
        (40, F({0: 60, 1: 85}.get(int(row["new_certificates"]), 100))),
    )
    return {
        "department": row["department"], "points": points, "satisfaction": satisfaction and rounded(satisfaction, 4),
        "service_quality": quality, "efficiency": efficiency, "growth": growth,
        "team_spirit": spirited and rounded(spirited, 4),
    }  # fmt: skip


def scored(row: Row, one: Values) -> Values:
    """The total and the grade."""
    due = max(F(1), 80 * number(one, "employed"))
    shared = line(number(one, "points") / due, ((F("0.5"), 0), (1, 80), (F("1.5"), 100)))
    team = weighted((50, perhaps(one, "team_spirit")), (50, shared))
    quality = perhaps(one, "service_quality")
    total = weighted((40, quality), (30, number(one, "efficiency")), (20, team), (10, number(one, "growth")))
    assert total is not None
    if int(row["complaints"]) >= 3:
        total = min(total, F(70))
    if row["major_accident"] == "yes":
        total = F(0)
    grade, factor = next((word, F(c)) for edge, word, c in GRADES if total >= edge)
    return {
        "teamwork": team, "total": total, "grade": grade, "coefficient": factor,
        "complaints": int(row["complaints"]), "attendance": F(int(row["days_worked"]), int(row["days_due"])),
    }  # fmt: skip


def project_bonus(folder: Path, who: str) -> Values:
    """Two percent of each accepted project, by the points of the roles."""
    members = by(rows_of(folder, "assignments"), "project")
    paid = F(0)
    for project in rows_of(folder, "projects"):
        points = {row["employee_no"]: F(row["role_points"]) for row in members[project["project"]]}
        if project["accepted"] == "yes" and who in points:
            paid += largest_remainder(rounded(F(project["project_value"]) / 50, 2), points)[who]
    return {"project_bonus": paid}


def team_money(rows: Mapping[str, Row], people: Company, targets: Mapping[str, F]) -> None:
    """The company's fund to the departments, by heads and attainment; each department's to its people."""
    teams = of_each(people, "department")
    factors = (("1.1", "1.2"), ("1", "1"), ("0.9", "0.8"), ("0", "0.5"))
    weights = {}
    for team, target in targets.items():
        members = teams.get(team, [])
        attained = rounded(sum((number(people[who], "points") for who in members), F(0)) / target, 4)
        weights[team] = len(members) * step(attained, factors)
    funds = largest_remainder(F(1000 * len(people)), weights)
    for team, members in teams.items():
        taking = {
            who: number(people[who], "total") * number(people[who], "attendance")
            for who in members if people[who]["grade"] != "E"
        }  # fmt: skip
        caps = {who: F(POSTS[rows[who]["post"]][1], 5) for who in taking}
        shares = largest_remainder(funds[team], taking, caps)
        for who in members:
            colleagues = average([number(people[one], "total") for one in members if one != who])
            score = None if colleagues is None else rounded(colleagues, 2)
            people[who] |= {
                "colleagues_score": score,
                "team_factor": F(1) if score is None else step(score, (("85", "1.1"), ("75", "1"), ("0", "0.9"))),
                "team_bonus": shares.get(who, F(0)), "department_fund": funds[team], "team_size": F(len(members)),
            }  # fmt: skip


def stars(people: Company, before: Company) -> None:
    """The star of each department: five percent of its people, at least one, all who are level."""
    for members in of_each(people, "department").values():
        eligible = {
            who: tuple(perhaps(one, name) for name in ("service_quality", "satisfaction", "total"))
            for who, one in ((who, people[who]) for who in members)
            if one["grade"] in ("A", "B") and one["complaints"] == 0 and not before.get(who, {}).get("service_star")
        }
        chosen = winners(eligible, max(1, int(rounded(F(len(members), 20), 0))))
        for who in members:
            people[who] |= {"service_star": who in chosen, "award": F(1000 if who in chosen else 0)}


def year_so_far(now: Values, earlier: Sequence[Values]) -> Values:
    """The mean of the year's totals, the share of the year, and how often the grade was A."""
    quarters = (*earlier, now)
    mean = average([number(one, "total") for one in quarters])
    assert mean is not None
    return {
        "annual_score": rounded(mean, 2),
        "annual_share": min(F(1), sum((number(one, "employed") for one in quarters), F(0)) / 4),
        "times_at_a": sum(one["grade"] == "A" for one in quarters),
    }


def year_end(rows: Mapping[str, Row], people: Company, last: date) -> None:
    """The annual bonus, and a tenth of those who could be the year's best."""
    eligible = {}
    for who, one in people.items():
        factor = step(number(one, "annual_score"), (("90", "1.5"), ("80", "1.2"), ("70", "1"), ("0", "0")))
        bonus = 2 * POSTS[rows[who]["post"]][0] * factor * number(one, "annual_share")
        one |= {"annual_bonus": rounded(bonus, 2), "excellent_employee": False}
        experienced = days_in_service(rows[who]["joined"], last) >= 365
        if experienced and int(str(one["times_at_a"])) >= 2 and rows[who]["disciplined"] == "no":
            eligible[who] = (number(one, "annual_score"), number(one, "total"))
    for who in winners(eligible, min(len(eligible), max(1, len(eligible) // 10))):
        people[who] |= {"excellent_employee": True, "award": number(people[who], "award") + 5000}


def paid(row: Row, one: Values, holiday: int) -> Values:
    """The pay statement."""
    wage, base = POSTS[row["post"]]
    employed = number(one, "employed")
    earned = base * number(one, "coefficient") * number(one, "team_factor") * number(one, "attendance") * employed
    insured = int(row["insured_months"]) * F(row["contribution_base"])
    values: Values = one | {
        "base_pay": rounded(3 * (wage + 50 * min(F(row["seniority"]), F(20))) * employed, 2),
        "performance_pay": rounded(earned, 2),
        "holiday_benefit": F(0 if row["left_on"] else holiday),
        "deductions": sum((rounded(insured * F(rate), 2) for rate in OURS), F(0)),
        "employer_cost": sum((rounded(insured * F(rate), 2) for rate in EMPLOYER), F(0)),
    }
    before = totalled(values, LINES) - number(values, "deductions")
    floor = rounded(7500 * employed, 2)
    values |= {"wage_floor": floor, "shortfall": max(F(0), floor - before)}
    values["earnings"] = totalled(values, LINES) + number(values, "shortfall")
    values["net"] = number(values, "earnings") - number(values, "deductions")
    values["promotion"] = int(str(values["times_at_a"])) >= 3 and row["disciplined"] == "no"
    values["training_days"] = F({"A": 3, "B": 3, "C": 2, "D": 4, "E": 4}[str(values["grade"])])
    return values
