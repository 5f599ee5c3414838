"""A small scheme that has one of everything that an explanation shows, in both languages of names."""

from __future__ import annotations

from incentive_rules.judging.judge import referee
from incentive_rules.model.checked import Checked
from incentive_rules.model.scheme import Role, TableOf
from incentive_rules.model.terms import Constant
from incentive_rules.model.trace import Trace
from tests.judging.made import adjustment, body, fractions, function, given, made, mean, pay, quantity, table

GRADES = body(
    "from",
    {90: {"grade": "A", "coefficient": "1.5"}, 80: {"grade": "B", "coefficient": "1.2"}},
    {"grade": "E", "coefficient": "0"},
    line=40,
)


def scheme() -> Checked:
    return made(
        inputs=[
            given("post", "category", 70, "岗位"),
            given("days_worked", "number", 71, "出勤天数"),
            given("days_due", "number", 72, "应出勤天数"),
            given("on_time", "number", 73, "按时数"),
            given("jobs", "number", 74, "任务数"),
            given("complaints", "number", 75, "投诉次数"),
            given("accident", "boolean", 76, "安全事故"),
        ],
        details={"surveys": [given("rating", "number", 80)]},
        parameters={"target": fractions(t="80")["t"]},
        tables=[table("base_of", body("equals", {"junior": 4500, "senior": 9000}, line=60), money=True, line=59)],
        functions=[function("capped", "a top", "min(a, top)", 65)],
        quantities=[
            quantity("value(timeliness)", "on_time / jobs", role=Role.MEASURED, line=10, title="服务及时性"),
            quantity(
                "timeliness",
                TableOf("value(timeliness)", body("points", {"70%": 0, "90%": 80, "98%": 100}, line=11), ""),
                role=Role.SCORE, decimals=4, line=11, title="服务及时性",
            ),
            quantity("value(satisfaction)", "mean(rating)", role=Role.MEASURED, line=15, min_rows=3),
            quantity("satisfaction", "100 * value / 5", role=Role.SCORE, decimals=4, line=16, title="客户满意度"),
            quantity(
                "total", mean({"timeliness": "60%", "satisfaction": "40%"}, "reweigh", line=21),
                role=Role.GROUP, decimals=4, line=20, title="综合得分",
                adjust=[
                    adjustment("投诉三次封顶", "complaints >= 3", "at_most", "target", 24),
                    adjustment("一票否决", "accident", "set", "0", 26),
                ],
            ),
            quantity(
                "grade", TableOf("total", GRADES, "grade"), role=Role.GRADE, type_="category", line=39, title="等级"
            ),
            quantity("coefficient", TableOf("total", GRADES, "coefficient"), role=Role.GRADE, line=39, title="系数"),
            quantity("attendance", "capped(days_worked / days_due, 1)", line=45, title="出勤率"),
            pay("performance", "base_of(post) * coefficient * attendance", line=50, title="绩效工资"),
            pay("extra", "500 if attendance == 1 else 0", line=52, title="全勤奖", when="complaints == 0"),
            pay("pension", "performance * 8%", line=54, title="养老保险", kind="deduction"),
            quantity("net", "performance + extra - pension", role=Role.RESULT, decimals=2, type_="money", title="实发"),
        ],
    )  # fmt: skip


def traced(**values: object) -> Trace:
    usual = {
        "post": "'senior'", "days_worked": 61, "days_due": 62, "on_time": 95, "jobs": 100, "complaints": 0,
        "accident": False,
    }  # fmt: skip
    rows: list[dict[str, Constant]] = [fractions(rating=n) for n in values.pop("ratings", (5, 5, 4, 4))]  # type: ignore[attr-defined]
    return referee(scheme(), fractions(**{**usual, **values}), {"surveys": rows}).trace
