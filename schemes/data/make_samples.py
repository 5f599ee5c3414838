"""The sample data of the two service engineer schemes, written anew: `python schemes/data/make_samples.py [FOLDER]`.

Nobody in them exists. Each figure is thrown with dice of its own, made from the figure's name alone (`dice`), so the
files are the same bytes on every machine, and a further engineer changes nobody else's. Whole numbers only.

`service_engineer_1/` has a folder for each quarter of 2026, `service_engineer_2_zh/` one for January, and one for
December in which the earlier months' results and November's stars are data. What is in them on purpose, beside chance:

    G004 and G005                    the same facts: two first places (first quarter, January)
    G009, G027                       three complaints: capped
    G050                             a serious accident: vetoed
    G021                             on leave, without a ticket or survey
    G033                             tickets, and no survey came back
    G035                             disciplined, with a part in the second project
    G058                             rated by two colleagues only: too few
    G064                             alone in a department, without colleagues to rate
    G065, G066, G067                 join in the course of the year, G066 too late for the first period
    G030, G043                       leave in the course of the year, G030 on the fifth day
    P1-07 and XM01-07                accepted, and nobody worked on them: the whole pool remains
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
Cell = int | str
Row = tuple[Cell, ...]
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


# ── Dice ──────────────────────────────────────────────────────────────────────────────────────────


def dice(sides: int, *name: Cell) -> int:
    """0 up to `sides` - 1, always the same for the same name."""
    digest = hashlib.sha256("/".join(map(str, name)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % sides


def between(low: int, high: int, *name: Cell) -> int:
    return low + dice(high - low + 1, *name)


def chance(percent: int, *name: Cell) -> bool:
    return dice(100, *name) < percent


def one_of(words: Sequence[str], *name: Cell) -> str:
    return words[dice(len(words), *name)]


def half(halves: int) -> str:
    """A number of halves as it stands in a file: 7 is 3.5."""
    return f"{halves // 2}.5" if halves % 2 else f"{halves // 2}"


def tenths(tens: int) -> str:
    return f"{tens // 10}.{tens % 10}"


# ── The company ───────────────────────────────────────────────────────────────────────────────────

SIZES = (16, 14, 13, 12, 8, 1)
JOINED = {"G065": date(2026, 2, 16), "G066": date(2026, 3, 20), "G067": date(2026, 8, 3)}
LEFT = {"G030": date(2026, 1, 5), "G043": date(2026, 5, 20)}
DEPARTMENT_OF = {"G065": 1, "G066": 0, "G067": 3}
BEGINNERS = ("G030", "G064")
TWINS = {"G005": "G004"}  # in the first period the one has the other's facts


def engineers(first: date, last: date) -> Iterator[tuple[str, int]]:
    """Who is employed on a day from `first` to `last`, with the number of the department."""
    everyone = [(f"G{sum(SIZES[:d]) + n + 1:03}", d) for d, size in enumerate(SIZES) for n in range(size)]
    for who, department in (*everyone, *DEPARTMENT_OF.items()):
        if JOINED.get(who, first) <= last and LEFT.get(who, last) >= first:
            yield who, department


def joined(who: str) -> date:
    return JOINED.get(who) or date(2026, 1, 1) - DAY * between(60, 7300, who, "joined")


def rank(who: str) -> int:
    """0 junior, 1 senior, 2 expert; it grows with the years."""
    years = (date(2026, 1, 1) - joined(who)).days // 365 if who not in BEGINNERS else 0
    return 0 if years < 3 else 1 if years < 9 or chance(40, who, "stays") else 2


def ability(who: str, period: str) -> int:
    """55 to 99: how well the period goes."""
    if who == "G004" and period in ("2026-Q1", "2026-01"):
        return 99
    return min(98, 56 + dice(42, who, "ability") + dice(8, who, period))


def weekdays(first: date, last: date) -> int:
    return sum((first + DAY * n).weekday() < 5 for n in range((last - first).days + 1))


def moment(first: date, last: date, *name: Cell) -> datetime:
    """A minute of a working day between the two days."""
    days = [day for n in range((last - first).days + 1) if (day := first + DAY * n).weekday() < 5]
    start = days[dice(len(days), *name, "day")]
    return datetime(start.year, start.month, start.day, 8, 0) + MINUTE * between(0, 540, *name, "minute")  # noqa: DTZ001


def written(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


class Period:
    """Who is there in a period, and from when to when."""

    def __init__(self, name: str, first: date, last: date) -> None:
        self.name, self.first, self.last = name, first, last
        self.people = list(engineers(first, last))

    def days_of(self, who: str) -> tuple[date, date]:
        return max(self.first, joined(who)), min(self.last, LEFT.get(who, self.last))

    def facts_of(self, who: str) -> str:
        """Whose dice the facts are thrown with."""
        return TWINS.get(who, who) if self.name in ("2026-Q1", "2026-01") else who

    def tickets(self, who: str, low: int, high: int) -> int:
        """How many tickets somebody has: fewer in a part of the period."""
        if who == "G021":
            return 0
        first, last = self.days_of(who)
        most = between(low, high, self.facts_of(who), self.name, "tickets")
        return most * weekdays(first, last) // weekdays(self.first, self.last)

    def attendance(self, who: str) -> tuple[int, int]:
        due = max(1, weekdays(*self.days_of(who)))
        facts = self.facts_of(who)
        away = due * 2 // 3 if who == "G021" else dice(4, facts, self.name, "away") * dice(2, facts, self.name, "ill")
        return max(0, due - away), due


def write(folder: Path, name: str, headings: Sequence[str], rows: Iterable[Row]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(headings)
        lines.writerows(rows)


# ── The first scheme: quarters, English headings ──────────────────────────────────────────────────

AREAS = ("华东", "华南", "华北", "西南", "东北", "新疆")
POSTS = ("junior", "senior", "expert")
QUARTERS = (
    Period("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
    Period("2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
    Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
    Period("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
)


def months_in(first: date, last: date) -> int:
    return last.month - first.month + 1


def engineer(period: Period, who: str, department: int) -> Row:
    facts, worked_due = period.facts_of(who), period.attendance(who)
    years, first = (date(2026, 1, 1) - joined(who)).days // 365, period.days_of(who)[0]
    able = ability(facts, period.name)
    complaints = 3 if who in ("G009", "G027") else dice(3, facts, period.name, "complaints") * (able < 72)
    return (
        who, AREAS[department], POSTS[rank(who)], max(0, years), max(0, years) + between(0, 9, who, "before"),
        joined(who).isoformat(), LEFT[who].isoformat() if who in LEFT else "",
        (5500, 9500, 14000)[rank(who)] + 100 * between(0, 40, who, "base"), months_in(first, period.days_of(who)[1]),
        *worked_due, tenths(worked_due[0] * between(76, 84, facts, period.name, "hours")),
        between(able // 7, 20, facts, period.name, "training"), 16,
        (able > 80) + (able > 92) * dice(2, facts, period.name, "certificates"),
        complaints, "yes" if who == "G050" and period.name == "2026-Q1" else "no", "yes" if who == "G035" else "no",
        one_of(("female", "male", "male", "undisclosed"), who, "gender"),
        min(60, 22 + max(0, years) + between(0, 12, who, "age")),
    )  # fmt: skip


def orders_of(period: Period, who: str) -> Iterator[Row]:
    facts, (first, last) = period.facts_of(who), period.days_of(who)
    able = ability(facts, period.name)
    for n in range(period.tickets(who, 13, 21)):
        at = (facts, period.name, "order", n)
        opened = moment(first, last, *at)
        quick = able > 98 or chance(able, *at, "quick")
        responded = opened + MINUTE * (between(3, 24, *at, "reaction") if quick else between(25, 110, *at, "reaction"))
        promised = (opened + DAY * between(1, 3, *at, "promise")).replace(hour=18, minute=0)
        on_time = able > 98 or chance(able // 4 + 75, *at, "on time")
        finished = promised + MINUTE * (-between(10, 600, *at, "end") if on_time else between(30, 3000, *at, "end"))
        finished = max(finished, responded + MINUTE * 30) if on_time else finished
        still_open = not on_time and chance(20, *at, "open")
        points = between(6, 14, *at, "points")
        hours = max(2, points * between(380 + able, 480 + able, *at, "hours") // 100)
        rework = able < 99 and chance(max(1, 12 - able // 9), *at, "rework")
        yield (
            f"{period.name[-2:]}-{who}-{n + 1:02}", who, written(opened), written(responded), written(promised),
            "" if still_open else written(finished), half(points), half(hours), "yes" if rework else "no",
        )  # fmt: skip


def ratings(able: int, *name: Cell) -> int:
    """3 to 5 and seldom 2, better where the period went well."""
    return 5 if able > 98 or chance(able - 20, *name, "five") else 2 if chance(2, *name, "two") else 3 + dice(2, *name)


def surveys_of(period: Period, who: str) -> Iterator[Row]:
    facts = period.facts_of(who)
    able = ability(facts, period.name)
    asked = 0 if who == "G033" else period.tickets(who, 4, 9)
    for n in range(asked):
        at = (facts, period.name, "survey", n)
        yield f"{period.name[-2:]}-{who}-{n + 1:02}", who, ratings(able, *at), ratings(min(98, able + 6), *at, "manner")


def reviews_of(period: Period, who: str, department: int) -> Iterator[Row]:
    facts = period.facts_of(who)
    raters = 0 if SIZES[department] == 1 else 2 if who == "G058" else between(3, 5, facts, period.name, "raters")
    for n in range(raters):
        at = (facts, period.name, "rater", n)
        yield f"{period.name[-2:]}-{who}-{n + 1}", who, ratings(ability(facts, period.name), *at)


def projects_of(period: Period, names: str, count: int, step: int) -> Iterator[tuple[str, int, bool]]:
    """The key, the value and whether it is accepted: the second is, and so is the seventh, which nobody worked on."""
    for n in range(1, count + 1):
        value = step * between(80, 900, period.name, "value", n) + dice(step, period.name, "odd", n)
        yield f"{names}-{n:02}", value, n in (2, 7) or chance(80, period.name, "accepted", n)


def members_of(period: Period, project: str) -> Iterator[tuple[str, str]]:
    """Who worked on a project, and for how many points of the role."""
    if project.endswith("-07"):
        return
    size = between(3, 6, project, "size")
    found = {period.people[dice(len(period.people), project, "member", n)][0] for n in range(size)}
    chosen = sorted(found | ({"G035"} if project.endswith("-02") else set()))
    for n, who in enumerate(chosen):
        yield who, half(between(2, 6, project, "points", n) + (6 if n == dice(len(chosen), project, "leader") else 0))


def quarter_of(period: Period, folder: Path) -> None:
    people, projects = period.people, list(projects_of(period, f"P{period.name[-1]}", 9, 1000))
    write(
        folder, "engineers",
        ("employee_no", "department", "post", "seniority", "working_years", "joined", "left_on", "contribution_base",
         "insured_months", "days_worked", "days_due", "hours_worked", "training_hours", "training_hours_required",
         "new_certificates", "complaints", "major_accident", "disciplined", "gender", "age"),
        (engineer(period, who, department) for who, department in people),
    )  # fmt: skip
    write(
        folder, "departments", ("department", "points_target"),
        ((area, 80 * n * between(94, 106, period.name, area) // 100) for area, n in zip(AREAS, SIZES, strict=True)),
    )  # fmt: skip
    write(
        folder, "work_orders",
        ("order_no", "employee_no", "opened", "responded", "promised", "finished", "order_points", "standard_hours",
         "rework"),
        (row for who, _ in people for row in orders_of(period, who)),
    )  # fmt: skip
    rows = (row for who, _ in people for row in surveys_of(period, who))
    write(folder, "surveys", ("survey_no", "employee_no", "rating", "attitude_rating"), rows)
    rows = (row for who, department in people for row in reviews_of(period, who, department))
    write(folder, "peer_reviews", ("review_no", "employee_no", "peer_rating"), rows)
    rows = ((key, value, "yes" if accepted else "no") for key, value, accepted in projects)
    write(folder, "projects", ("project", "project_value", "accepted"), rows)
    rows = ((who, key, points) for key, _, _ in projects for who, points in members_of(period, key))
    write(folder, "assignments", ("employee_no", "project", "role_points"), rows)


# ── The second scheme: months, Chinese headings ───────────────────────────────────────────────────

LINES = ("电梯", "空调", "网络", "医疗设备", "电力", "实验室")
RANKS = ("初级", "中级", "高级")
MONTHS = (
    Period("2026-01", date(2026, 1, 1), date(2026, 1, 31)),
    Period("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
)
NOVEMBER_STARS = ("G012", "G026", "G038", "G051", "G061", "G064")
GRADES = ((9000, "优秀"), (8000, "良好"), (6000, "合格"), (0, "待改进"))


def rated(able: int, below: int, above: int, *name: Cell) -> str:
    """Up to 100.0, around the ability."""
    return tenths(between(10 * able - below, min(1000, 10 * able + above), *name))


def person_of(period: Period, who: str, department: int) -> Row:
    facts, worked_due = period.facts_of(who), period.attendance(who)
    years, able = (date(2026, 1, 1) - joined(who)).days // 365, ability(facts, period.name)
    planned, sat = dice(4, period.name, "planned", department), dice(3, facts, period.name, "exams")
    return (
        who, LINES[department], RANKS[rank(who)], max(0, years), max(0, years) + between(0, 9, who, "before"),
        joined(who).isoformat(), LEFT[who].isoformat() if who in LEFT else "",
        (5000, 7500, 11000)[rank(who)] + 100 * between(0, 30, who, "base"), *worked_due,
        max(0, planned - (dice(2, facts, period.name, "skipped") * (able < 85))), planned,
        "" if planned == 0 else "优" if able > 88 else one_of(("优", "良", "良", "中"), facts, period.name, "eager"),
        sat, sat - (sat > 0 and able < 85 and chance(35, facts, period.name, "failed")),
        "未评" if chance(4, who, period.name, "unrated") else rated(able, 60, 90, facts, period.name, "rating"),
        3 if who in ("G009", "G027") else dice(3, facts, period.name, "complaints") * (able < 70),
        "是" if who == "G050" and period.name == "2026-01" else "否", "是" if who == "G035" else "否",
        one_of(("女", "男", "男", "未填"), who, "gender"), min(60, 22 + max(0, years) + between(0, 12, who, "age")),
    )  # fmt: skip


def tickets_of(period: Period, who: str) -> Iterator[Row]:
    facts, (first, last) = period.facts_of(who), period.days_of(who)
    able = ability(facts, period.name)
    for n in range(period.tickets(who, 8, 15)):
        at = (facts, period.name, "ticket", n)
        received, limit = moment(first, last, *at), (15, 30, 60)[dice(3, *at, "limit")]
        late = able < 99 and not chance(able // 4 + 76, *at, "in time")
        waited = limit + between(1, 90, *at, "late") if late else between(1, limit, *at, "answer")
        solved = "是" if able > 98 or chance(able // 5 + 81, *at, "solved") else "否"
        number = f"GD{period.name[-2:]}-{who}-{n + 1:02}"
        yield number, who, written(received), written(received + MINUTE * waited), limit, solved


def dispatches_of(period: Period, who: str) -> Iterator[Row]:
    facts = period.facts_of(who)
    able = ability(facts, period.name)
    for n in range(period.tickets(who, 13, 21)):
        at = (facts, period.name, "dispatch", n)
        done = "已完成" if able > 98 or chance(able // 6 + 84, *at, "done") else "未完成"
        state = "客户取消" if chance(5, *at, "cancelled") else done
        yield f"PG{period.name[-2:]}-{who}-{n + 1:02}", who, state


def calls_of(period: Period, who: str) -> Iterator[Row]:
    facts = period.facts_of(who)
    able = ability(facts, period.name)
    for n in range(0 if who == "G033" else period.tickets(who, 2, 5)):
        at = (facts, period.name, "call", n)
        gone = chance(8, *at, "gone")
        said = one_of(("未接通", "N/A"), *at) if gone else rated(able, 150, 120, *at)
        yield f"HF{period.name[-2:]}-{who}-{n + 1}", who, said


def ratings_of(period: Period, who: str, department: int) -> Iterator[Row]:
    return ((f"HP{key}", of, rating) for key, of, rating in reviews_of(period, who, department))


def star_of(who: str) -> str:
    return "是" if who in NOVEMBER_STARS else "否"


def earlier_months_of(period: Period, who: str) -> Iterator[Row]:
    """What the months before brought, as another system handed it over."""
    for month in range(1, period.first.month):
        first = date(2026, month, 1)
        last = date(2026, month + 1, 1) - DAY
        if joined(who) > last - DAY * 14 or LEFT.get(who, first) < first:
            continue
        score = 100 * min(98, ability(who, f"2026-{month:02}")) + dice(100, who, "hundredths", month)
        grade = next(word for edge, word in GRADES if score >= edge)
        days = (last - max(first, joined(who))).days + 1
        share = (10000 * days * 2 + last.day) // (2 * last.day)  # to four decimals, half up
        yield who, f"2026-{month:02}", f"{score // 100}.{score % 100:02}", grade, f"{share // 10000}.{share % 10000:04}"


def month_of(period: Period, folder: Path) -> None:
    people, projects = period.people, list(projects_of(period, f"XM{period.name[-2:]}", 9, 1000))
    later = period.first.month > 1
    write(
        folder, "工程师",
        ("工号", "部门", "岗位", "工龄", "累计工作年数", "入职日期", "离职日期", "缴费基数", "出勤天数", "应出勤天数",
         "参训次数", "计划培训次数", "积极性评级", "参加考核数", "考核通过数", "贡献评分", "投诉次数", "安全事故",
         "受处分", "性别", "年龄", *(["上月服务之星"] if later else [])),
        ((*person_of(period, who, department), *([star_of(who)] if later else [])) for who, department in people),
    )  # fmt: skip
    rows = (row for who, _ in people for row in tickets_of(period, who))
    write(folder, "工单", ("工单号", "工号", "受理时间", "响应时间", "响应时限", "已解决"), rows)
    rows = (row for who, _ in people for row in dispatches_of(period, who))
    write(folder, "派工", ("派工单号", "工号", "状态"), rows)
    rows = (row for who, _ in people for row in calls_of(period, who))
    write(folder, "回访", ("回访单号", "工号", "满意度（百分制）"), rows)
    rows = (row for who, department in people for row in ratings_of(period, who, department))
    write(folder, "互评", ("评价单号", "工号", "互评分"), rows)
    rows = ((key, value, "是" if accepted else "否") for key, value, accepted in projects)
    write(folder, "项目表", ("项目", "项目合同额", "已验收"), rows)
    rows = ((who, key, points) for key, _, _ in projects for who, points in members_of(period, key))
    write(folder, "项目成员", ("工号", "项目", "角色点数"), rows)
    if later:
        rows = (row for who, _ in people for row in earlier_months_of(period, who))
        write(folder, "本年各月", ("工号", "周期", "月度总分", "月度等级", "月度在职"), rows)


def make_samples(folder: Path) -> None:
    """Writes all files below `folder`."""
    for period in QUARTERS:
        quarter_of(period, folder / "service_engineer_1" / period.name)
    for period in MONTHS:
        month_of(period, folder / "service_engineer_2_zh" / period.name)


if __name__ == "__main__":
    make_samples(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
