"""A small team that has one of everything that people have together: what an explanation shows of each."""

from __future__ import annotations

from incentive_rules.model.checked import Checked
from incentive_rules.model.scheme import Body, Recorded, Role
from incentive_rules.model.trace import Trace
from tests.judging.made import at, given, group_of, made, pay, quantity, table_of
from tests.judging.made_people import judged
from tests.judging.made_steps import by_rank, honor, pool


def award(name: str, body: Body, line: int, title: str) -> object:
    return quantity(name, body, role=Role.PAY, decimals=2, type_="money", line=line, title=title)


def scheme() -> Checked:
    return made(
        inputs=[
            given("engineer", "key", 70, known=True), group_of("department"), given("days", "number", 72, "出勤"),
            given("limit", "money", 73, "上限"), given("fit", "boolean", 74, "无投诉"),
        ],
        groups={
            "department": [given("fund", "money", 80, "部门奖金"), given("met", "boolean", 81, "达标")],
            "project": [given("worth", "money", 82, "合同额"), given("accepted", "boolean", 83, "已验收")],
        },
        details=[
            table_of("tickets", [given("opened", line=90), given("closed", line=91)], title="工单"),
            table_of("parts", [given("points", line=92)], ["engineer", "project"], title="项目成员"),
            table_of("quarters", [], title="各季度"),
        ],
        quantities=[
            quantity("hours", "(closed - opened) / 60", level="tickets", line=10, title="工时"),
            quantity("work", "sum(hours)", line=11, title="工作量"),
            quantity("team_mean", "mean(work, within=department)", level="department", line=12, title="部门平均"),
            quantity("against", "work - mean(work, over=others, within=department)", line=13, title="与同事之差"),
            quantity("place", 'rank(work, within=department, ties="standard")', line=14, title="部门名次"),
            quantity("high", 'percentile(work, 80%, over=everyone, method="linear")', line=15, title="高分位"),
            quantity("spread", "variance(hours)", line=16, title="波动"),
            quantity("grade", by_rank("work", {"A": "40%", "B": "60%"}, ties="all", line=17), type_="category",
                     role=Role.GRADE, line=17, title="等级"),
            quantity("quarter_work", Recorded("work", at(19)), role=Role.RECORDED, level="quarters", line=19,
                     title="季度工作量"),
            quantity("year_work", "mean(quarter_work)", line=20, title="年度平均"),
            quantity("star", honor(("work", "days"), within="department", among="fit", share="50%", of="group",
                                   ties="none", line=21),
                     role=Role.HONOR, type_="boolean", line=21, title="服务之星"),
            award("bonus", pool("fund", "work * days", each="department", when="met", among="days > 0", at_most="limit",
                                line=30), 30, "团队奖金"),
            award("shares", pool("worth * 2%", "points", each="project", to="parts", when="accepted", line=40), 40,
                  "项目奖金"),
            pay("award(star)", "1000", when="star", line=50, title="服务之星奖金"),
            quantity("yearly", "1", role=Role.PAY, decimals=2, type_="money", due=False, line=51, title="年度奖金"),
            quantity("net", "bonus", role=Role.RESULT, decimals=2, type_="money", line=52, title="实发"),
        ],
    )  # fmt: skip


PEOPLE: list[dict[str, object]] = [
    {"engineer": "a", "department": "华东", "days": 10, "limit": 900, "fit": True},
    {"engineer": "b", "department": "华东", "days": 20, "limit": 300, "fit": True},
    {"engineer": "c", "department": "华东", "days": 0, "limit": 900, "fit": False},
    {"engineer": "d", "department": "华南", "days": 20, "limit": 900, "fit": True},
    {"engineer": "e", "department": "华东", "days": 20, "limit": 900, "fit": True},
]
WORK: dict[str, list[int]] = {"a": [60, 180, 120, 60], "b": [300], "c": [], "d": [30], "e": [300]}
TABLES: dict[str, list[dict[str, object]]] = {
    "department": [
        {"department": "华东", "fund": 1000, "met": True}, {"department": "华南", "fund": 500, "met": False},
    ],
    "project": [
        {"project": "P1", "worth": 50000, "accepted": True}, {"project": "P2", "worth": 9000, "accepted": False},
    ],
    "tickets": [
        {"engineer": who, "opened": 480, "closed": 480 + spent} for who, rows in WORK.items() for spent in rows
    ],
    "parts": [
        {"engineer": "a", "project": "P1", "points": 1}, {"engineer": "b", "project": "P1", "points": 2},
        {"engineer": "a", "project": "P2", "points": 5},
    ],
    "quarters": [
        {"engineer": "a", "current(quarters)": False, "recorded(quarter_work)": 9},
        *({"engineer": who, "current(quarters)": True} for who in WORK),
    ],
}  # fmt: skip


def traced(who: str) -> Trace:
    number = next(i for i, person in enumerate(PEOPLE) if person["engineer"] == who)
    judgement = judged(scheme(), PEOPLE, **TABLES)[number]
    assert judgement.broken == ()
    return judgement.trace
