"""`schemes/service_engineer_2_zh.yaml` by hand: a month of the whole company, from its raw files."""

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
    whole_cents,
    winners,
)  # fmt: skip

Company = dict[str, Values]
POSTS = {"初级": (4500, 2000), "中级": (6500, 3000), "高级": (9500, 4500)}
GRADES = ((90, "优秀", "1.2"), (80, "良好", "1"), (60, "合格", "0.8"), (0, "待改进", "0"))
YEAR = ((F("0.2"), "优秀", "1.5"), (F("0.7"), "良好", "1.2"), (F("0.95"), "合格", "0.8"), (F(1), "待改进", "0"))
HOLIDAY = {2: 800, 6: 300, 9: 500, 10: 500}
OURS = ("0.08", "0.02", "0.005", "0.07")
EMPLOYER = ("0.16", "0.09", "0.005", "0.004", "0.008", "0.07")
LINES = ("基础工资", "绩效工资", "年度奖金", "项目奖金", "荣誉奖金", "节日福利")


def month(folder: Path, first: date, last: date) -> Company:
    """Everybody in scope, by key; the earlier months of the year are rows in the folder, if there are any."""
    rows = {row["工号"]: row for row in rows_of(folder, "工程师")}
    rows = {who: row for who, row in rows.items() if days_in_service(row["入职日期"], last) >= 15}
    tables = {name: by(rows_of(folder, name), "工号") for name in ("工单", "派工", "回访", "互评")}
    earlier = by(rows_of(folder, "本年各月") if (folder / "本年各月.csv").exists() else [], "工号")
    people: Company = {}
    for who, row in rows.items():
        employed = served(first, last, row["入职日期"], row["离职日期"])
        facts = (tables[name][who] for name in ("工单", "派工", "回访", "互评"))
        people[who] = {"在职比例": employed, "部门": row["部门"]} | scored(row, employed, *facts)
        people[who] |= year_so_far(people[who], earlier[who])
    stars(rows, people)
    graded(people)
    for who, row in rows.items():
        people[who] |= project_bonus(folder, rows, who) | {"年度奖金": F(0)}
        if last.month == 12:
            one = people[who]
            bonus = POSTS[row["岗位"]][0] * number(one, "年度系数") * number(one, "年度在职比例")
            people[who] |= {"年度奖金": rounded(bonus, 2)}
    if last.month == 12:
        year_end(rows, people, last)
    for who, row in rows.items():
        people[who] |= paid(row, people[who], HOLIDAY.get(first.month, 0))
    return people


def scored(
    row: Row, employed: F, tickets: Sequence[Row], jobs: Sequence[Row], calls: Sequence[Row], ratings: Sequence[Row]
) -> Values:
    """The indicators, the total and the grade."""
    counts = ("参训次数", "计划培训次数", "参加考核数", "考核通过数", "出勤天数", "应出勤天数")
    n = {name: F(row[name]) for name in counts}
    in_time = share([minutes(one["受理时间"], one["响应时间"]) <= int(one["响应时限"]) for one in tickets])
    answers = [one["满意度（百分制）"] for one in calls]
    said = average([F(answer) for answer in answers if answer not in ("未接通", "N/A")])
    satisfaction = line(said, ((60, 0), (80, 70), (95, 100)))
    solved = share([one["已解决"] == "是" for one in tickets])
    quality = weighted(
        (40, line(in_time, ((F("0.8"), 0), (F("0.95"), 90), (1, 100)))),
        (30, satisfaction),
        (30, line(solved, ((F("0.7"), 0), (F("0.9"), 80), (1, 100)))),
    )
    done = share([one["状态"] == "已完成" for one in jobs if one["状态"] != "客户取消"])
    steps = (("0.98", "100"), ("0.95", "90"), ("0.9", "75"), ("0.8", "60"), ("0", "0"))
    count = F(sum(one["状态"] == "已完成" for one in jobs))
    work = weighted(
        (60, None if done is None else step(done, steps)),
        (40, full_at_one(count / max(F(1), 16 * employed))),
    )
    eager = {"优": F(100), "良": F(85), "中": F(70), "差": F(40)}.get(row["积极性评级"])
    passed = over(n["考核通过数"], n["参加考核数"])
    skill = weighted(
        (50, weighted((50, full_at_one(over(n["参训次数"], n["计划培训次数"]))), (50, eager))),
        (50, None if passed is None else 100 * passed),
    )
    peers = average([F(one["互评分"]) for one in ratings]) if len(ratings) >= 3 else None
    team = weighted(
        (50, None if row["贡献评分"] in ("", "未评") else F(row["贡献评分"])),
        (50, line(peers, ((2, 0), (4, 80), (5, 100)))),
    )
    total = weighted((40, quality), (30, work), (15, skill), (15, team))
    assert total is not None
    if int(row["投诉次数"]) >= 3:
        total = min(total, F(70))
    if row["安全事故"] == "是":
        total = F(0)
    grade, factor = next((word, F(c)) for edge, word, c in GRADES if total >= edge)
    return {
        "服务质量": quality, "服务满意度": satisfaction and rounded(satisfaction, 4), "工作效率": work,
        "技能提升": skill, "团队协作": team, "总分": total, "等级": grade, "系数": factor,
        "出勤率": n["出勤天数"] / n["应出勤天数"],
    }  # fmt: skip


def year_so_far(now: Values, earlier: Sequence[Row]) -> Values:
    mean = average([*(F(row["月度总分"]) for row in earlier), number(now, "总分")])
    assert mean is not None
    months = sum((F(row["月度在职"]) for row in earlier), number(now, "在职比例"))
    best = sum(grade == "优秀" for grade in (*(row["月度等级"] for row in earlier), now["等级"]))
    return {"年度平均分": rounded(mean, 2), "年度在职比例": min(F(1), months / 12), "优秀月数": best}


def stars(rows: Mapping[str, Row], people: Company) -> None:
    """The star of each department: five percent of its people, at least one, all who are level."""
    for members in of_each(people, "部门").values():
        eligible = {
            who: tuple(perhaps(people[who], name) for name in ("服务质量", "服务满意度", "总分"))
            for who in members
            if people[who]["等级"] in ("优秀", "良好")
            and rows[who]["投诉次数"] == "0"
            and rows[who].get("上月服务之星") != "是"
        }
        chosen = winners(eligible, max(1, int(rounded(F(len(members), 20), 0))))
        for who in members:
            people[who] |= {"服务之星": who in chosen, "荣誉奖金": F(500 if who in chosen else 0)}


def graded(people: Company) -> None:
    """The grades of the year: shares of each department, the whole of a tie in the better one."""
    for members in of_each(people, "部门").values():
        scores = sorted((number(people[who], "年度平均分") for who in members), reverse=True)
        cuts = [(int(rounded(part * len(members), 0)), grade, F(factor)) for part, grade, factor in YEAR]
        for who in members:
            place = sum(score > number(people[who], "年度平均分") for score in scores)  # so many are before
            grade, factor = next((grade, factor) for cut, grade, factor in cuts if place < cut)
            people[who] |= {"年度评级": grade, "年度系数": factor}


def project_bonus(folder: Path, rows: Mapping[str, Row], who: str) -> Values:
    """One percent of each accepted project, by the points of the roles; a disciplined member's share stays."""
    members = by(rows_of(folder, "项目成员"), "项目")
    paid = F(0)
    for project in rows_of(folder, "项目表"):
        points = {row["工号"]: F(row["角色点数"]) for row in members[project["项目"]]}
        if project["已验收"] == "是" and who in points and rows[who]["受处分"] == "否":
            paid += whole_cents(rounded(F(project["项目合同额"]) / 100, 2), points)[who]
    return {"项目奖金": paid}


def year_end(rows: Mapping[str, Row], people: Company, last: date) -> None:
    """A tenth of those who could be the year's best."""
    eligible = {
        who: (number(one, "年度平均分"), number(one, "总分"))
        for who, one in people.items()
        if days_in_service(rows[who]["入职日期"], last) >= 365
        and int(str(one["优秀月数"])) >= 6
        and rows[who]["受处分"] == "否"
    }
    chosen = winners(eligible, min(len(eligible), max(1, len(eligible) // 10)))
    for who, one in people.items():
        one |= {"优秀员工": who in chosen}
        one["荣誉奖金"] = number(one, "荣誉奖金") + (5000 if who in chosen else 0)


def paid(row: Row, one: Values, holiday: int) -> Values:
    """The pay statement."""
    wage, base = POSTS[row["岗位"]]
    employed, insured = number(one, "在职比例"), F(row["缴费基数"])
    values: Values = one | {
        "基础工资": rounded((wage + 60 * min(F(row["工龄"]), F(15))) * employed, 2),
        "绩效工资": rounded(base * number(one, "系数") * number(one, "出勤率") * employed, 2),
        "节日福利": F(0 if row["离职日期"] else holiday),
        "扣款": sum((rounded(insured * F(rate), 2) for rate in OURS), F(0)),
        "单位承担": sum((rounded(insured * F(rate), 2) for rate in EMPLOYER), F(0)),
    }
    floor = rounded(2500 * employed, 2)
    short = max(F(0), floor - (totalled(values, LINES) - number(values, "扣款")))
    values |= {"工资下限": floor, "下限补足": short, "应发": totalled(values, LINES) + short}
    values["实发"] = number(values, "应发") - number(values, "扣款")
    values["晋升机会"] = int(str(values["优秀月数"])) >= 9 and row["受处分"] == "否"
    values["培训机会"] = F({"优秀": 2, "良好": 1, "合格": 1, "待改进": 2}[str(values["等级"])])
    return values
