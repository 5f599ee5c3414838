"""The two service engineer schemes once more, in plain fractions and without the library.

Whoever doubts a figure of the pay tables can read the same rules here in another notation.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction as F  # noqa: N817
from itertools import pairwise

Row = Mapping[str, str]
Points = tuple[tuple[F | int, int], ...]
Missing = None


def rounded(x: F, places: int) -> F:
    """Half up, the sign apart."""
    steps = abs(x) * 10**places
    whole, rest = divmod(steps.numerator, steps.denominator)
    return F((-1 if x < 0 else 1) * (whole + (2 * rest >= steps.denominator)), 10**places)


def line(x: F | None, points: Points) -> F | None:
    """A straight line between points, flat outside."""
    if x is None:
        return None
    if x <= points[0][0]:
        return F(points[0][1])
    for (a, low), (b, high) in pairwise(points):
        if x <= b:
            return low + (high - low) * (x - a) / (b - a)
    return F(points[-1][1])


def over(a: F, b: F) -> F | None:
    return None if b == 0 else a / b


def full_at_one(x: F | None) -> F | None:
    return None if x is None else 100 * min(F(1), x)


def mean(*weighted: tuple[int, F | None]) -> F | None:
    """The weighted mean of the parts that are known, with four decimals; the parts have four as well."""
    known = [(weight, rounded(part, 4)) for weight, part in weighted if part is not None]
    return rounded(sum(w * p for w, p in known) / F(sum(w for w, _ in known)), 4) if known else None


def pay_by_quarter(row: Row) -> dict[str, object]:
    """`service_engineer_person.yaml` for the second quarter."""
    n = {key: F(value) for key, value in row.items() if value.replace(".", "").isdigit()}
    surveys, orders, post = n["surveys"], n["orders"], row["post"]
    late, speed, peers = over(n["orders_defective"], orders), over(n["minutes_to_respond"], orders), n["peers"]
    quality = mean(
        (40, line(over(n["survey_points"], surveys), ((3, 0), (4, 60), (F("4.8"), 100)))),
        (30, line(over(n["orders_on_time"], orders), ((F("0.7"), 0), (F("0.9"), 80), (F("0.98"), 100)))),
        (20, None if late is None else max(F(0), 100 - 300 * late)),
        (10, line(over(n["attitude_points"], surveys), ((3, 0), (4, 70), (5, 100)))),
    )
    efficiency = mean(
        (40, full_at_one(n["order_points"] / 80)),
        (30, line(over(n["standard_hours"], n["hours_worked"]), ((F("0.5"), 0), (F("0.8"), 80), (1, 100)))),
        (30, None if speed is None else F(100 if speed <= 15 else 85 if speed <= 30 else 60 if speed <= 60 else 0)),
    )
    shared = over(n["order_points"], n["department_points"])
    team = mean(
        (50, line(n["peer_points"] / peers if peers >= 3 else None, ((2, 0), (4, 80), (5, 100)))),
        (50, line(shared, ((F("0.5"), 0), (1, 80), (F("1.5"), 100)))),
    )
    growth = mean(
        (60, full_at_one(n["training_hours"] / n["training_hours_required"])),
        (40, F({0: 60, 1: 85}.get(int(n["new_certificates"]), 100))),
    )
    total = mean((40, quality), (30, efficiency), (20, team), (10, growth))
    assert total is not None
    if n["complaints"] >= 3:
        total = min(total, F(70))
    if row["major_accident"] == "yes":
        total = F(0)
    grade, factor = next(
        (g, F(c))
        for edge, g, c in ((90, "A", "1.5"), (80, "B", "1.2"), (70, "C", "1"), (60, "D", "0.6"), (0, "E", "0"))
        if total >= edge
    )
    base = 3 * ({"junior": 5000, "senior": 8000, "expert": 12000}[post] + 50 * min(n["seniority"], F(20)))
    earned = {"junior": 4500, "senior": 9000, "expert": 15000}[post] * factor * n["days_worked"] / n["days_due"]
    insured = 3 * n["contribution_base"]
    return {
        "total": total,
        "grade": grade,
        "base_pay": base,
        "performance_pay": rounded(earned, 2),
        "earnings": base + rounded(earned, 2) + 500,
        "deductions": sum(rounded(insured * F(rate), 2) for rate in ("0.08", "0.02", "0.005", "0.07")),
        "employer_cost": sum(rounded(insured * F(rate), 2) for rate in ("0.004", "0.008")),
        "promotion": grade == "A" and n["earlier_quarters_at_a"] >= 2 and row["disciplined"] == "no",
        "training_days": {"A": 3, "B": 3, "C": 2, "D": 4, "E": 4}[grade],
    }


def pay_by_month(row: Row) -> dict[str, object]:
    """`service_engineer_person_zh.yaml` for April."""
    n = {key: F(value) for key, value in row.items() if value.replace(".", "").isdigit()}
    post, done, peers = row["岗位"], over(n["完成任务数"], n["分配任务数"]), n["互评人数"]
    solved, passed = over(n["已解决问题数"], n["问题数"]), over(n["考核通过数"], n["参加考核数"])
    quality = mean(
        (40, line(over(n["按时响应数"], n["响应请求数"]), ((F("0.8"), 0), (F("0.95"), 90), (1, 100)))),
        (30, line(n.get("满意度（百分制）"), ((60, 0), (80, 70), (95, 100)))),
        (30, line(solved, ((F("0.7"), 0), (F("0.9"), 80), (1, 100)))),
    )
    steps = ((F("0.98"), 100), (F("0.95"), 90), (F("0.9"), 75), (F("0.8"), 60), (F(0), 0))
    work = mean(
        (60, None if done is None else F(next(s for edge, s in steps if done >= edge))),
        (40, full_at_one(n["服务次数"] / 60)),
    )
    eager = {"优": F(100), "良": F(85), "中": F(70), "差": F(40)}.get(row["积极性评级"])
    skill = mean(
        (50, mean((50, full_at_one(over(n["参训次数"], n["计划培训次数"]))), (50, eager))),
        (50, None if passed is None else 100 * passed),
    )
    team = mean(
        (50, n.get("贡献评分")),
        (50, line(n["互评分合计"] / peers if peers >= 3 else None, ((2, 0), (4, 80), (5, 100)))),
    )
    total = mean((40, quality), (30, work), (15, skill), (15, team))
    assert total is not None
    if n["投诉次数"] >= 3:
        total = min(total, F(70))
    if row["安全事故"] == "是":
        total = F(0)
    grade, factor = next(
        (g, F(c))
        for edge, g, c in ((90, "优秀", "1.2"), (80, "良好", "1"), (60, "合格", "0.8"), (0, "待改进", "0"))
        if total >= edge
    )
    base = {"初级": 4500, "中级": 6500, "高级": 9500}[post] + 60 * min(n["工龄"], F(15))
    earned = {"初级": 2000, "中级": 3000, "高级": 4500}[post] * factor * n["出勤天数"] / n["应出勤天数"]
    insured = n["缴费基数"]
    return {
        "总分": total,
        "等级": grade,
        "基础工资": base,
        "绩效工资": rounded(earned, 2),
        "应发": base + rounded(earned, 2),
        "扣款": sum(rounded(insured * F(rate), 2) for rate in ("0.08", "0.02", "0.005", "0.07")),
        "单位承担": sum(rounded(insured * F(rate), 2) for rate in ("0.004", "0.008")),
        "晋升机会": grade == "优秀" and n["此前优秀月数"] >= 8 and row["受处分"] == "否",
        "培训机会": {"优秀": 2, "良好": 1, "合格": 1, "待改进": 2}[grade],
    }
