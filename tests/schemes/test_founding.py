"""The two founding schemes: all that their paper names, their examples, and a whole company paid as it is by hand."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import frozen

import incentive_rules as ir
from incentive_rules.model.data import DataTable
from incentive_rules.model.exact_values import as_constant
from incentive_rules.model.result import Result
from incentive_rules.model.run import Run
from incentive_rules.model.scheme import Note, Role, Scheme
from incentive_rules.reading.sources.files import read_file
from tests.schemes.by_hand import Values
from tests.schemes.engines import SCHEMES
from tests.schemes.month_by_hand import month
from tests.schemes.quarter_by_hand import quarter

DATA = SCHEMES / "data"
FIRST, SECOND = "service_engineer_1", "service_engineer_2_zh"

# ── What the paper names ──────────────────────────────────────────────────────────────────────────

INDICATORS = {
    FIRST: ("客户满意度", "服务及时性", "服务准确性", "服务态度", "工作量", "工作效率", "服务响应速度", "团队协作精神",
            "团队贡献度", "继续教育", "技能提升"),
    SECOND: ("服务响应速度", "服务满意度", "问题解决率", "工作完成率", "工作量", "培训参与度", "技能考核通过率",
             "团队贡献度", "团队满意度"),
}  # fmt: skip
PARTS = {FIRST: {}, SECOND: {"培训参与度": {"培训次数", "培训积极性"}}}
PAY = {FIRST: ("基本工资", "绩效工资", "年度奖金", "项目奖金", "节日福利"), SECOND: ("基础工资", "绩效工资")}
INSURANCE = ("养老保险", "医疗保险", "失业保险", "工伤保险", "生育保险", "住房公积金")
HONORS = ("服务之星", "优秀员工")
ENTITLEMENTS = ("晋升机会", "培训机会", "团队建设活动", "带薪年假")
PRINCIPLES = {
    FIRST: ("公平公正", "绩效导向", "长期与短期结合", "物质与精神结合"),
    SECOND: ("公平公正", "绩效导向", "长期激励", "可持续性"),
}
STEPS = ("方案制定", "方案宣传", "绩效评估", "激励发放", "效果跟踪", "反馈机制")
GOALS = {FIRST: 4, SECOND: 6}
# Promises that a check leaves open; gender and age: as promised.
HINTS = {
    FIRST: ["unused"] * 2 + ["promise-open"] * 3,
    SECOND: ["objective-unmeasured"] * 2 + ["unused"] * 2 + ["promise-open"] * 2,
}

BOTH = pytest.mark.parametrize("name", [FIRST, SECOND])


@cache
def scheme_of(name: str) -> Scheme:
    report = ir.check(SCHEMES / f"{name}.yaml")
    assert report.scheme is not None
    return report.scheme


def titles(scheme: Scheme, *roles: Role) -> set[str]:
    return {q.title or q.name for q in scheme.quantities if q.role in roles}


def section(scheme: Scheme, *path: str) -> Note:
    items = scheme.notes
    for key in path[:-1]:
        items = next(note.items for note in items if note.key == key)
    return next(note for note in items if note.key == path[-1])


def called(note: Note) -> str:
    """The title of an entry, its name if it has none."""
    return next((item.text for item in note.items if item.key == "title"), note.key)


@pytest.mark.sampled(1)
@BOTH
def test_every_indicator_is_there_and_computes(name: str) -> None:
    scheme = scheme_of(name)
    assert set(INDICATORS[name]) <= titles(scheme, Role.SCORE, Role.GROUP)
    parents = {q.title or q.name: q.indicator.parent for q in scheme.quantities if q.indicator and q.role is Role.SCORE}
    for group, parts in PARTS[name].items():
        assert {part for part, parent in parents.items() if parent == group} == parts
    assert all(q.body is not None for q in scheme.quantities)


@BOTH
def test_every_measure_honour_and_entitlement_is_there(name: str) -> None:
    scheme = scheme_of(name)
    lines = titles(scheme, Role.PAY)
    assert set(PAY[name]) <= lines
    assert all(any(line.startswith(kind) for line in lines) for kind in INSURANCE)
    assert titles(scheme, Role.HONOR) == set(HONORS)
    assert titles(scheme, Role.ENTITLEMENT) == set(ENTITLEMENTS)


@BOTH
def test_every_goal_principle_and_step_is_there(name: str) -> None:
    scheme = scheme_of(name)
    assert len(section(scheme, "objectives").items) == GOALS[name]
    principles = section(scheme, "principles").items
    assert tuple(called(one) for one in principles) == PRINCIPLES[name]
    for one in principles:
        assert next(note for note in one.items if note.key == "promises").items, "a principle without a promise"
    assert tuple(called(step) for step in section(scheme, "procedure", "steps").items) == STEPS
    assert section(scheme, "procedure", "review", "every").text in ("year", "年")
    assert scheme.status == "example"


@pytest.mark.sampled(1)
@BOTH
def test_it_has_no_error_and_passes_its_examples(name: str) -> None:
    path = SCHEMES / f"{name}.yaml"
    assert [found.code for found in ir.check(path).diagnostics] == HINTS[name]
    report = ir.test(path)
    assert report.ok, report
    assert len(report.outcomes) >= 7


# ── The company ───────────────────────────────────────────────────────────────────────────────────


@frozen
class Paid:
    """One period of a company: the run, and the same by hand."""

    run: Run
    by_hand: Mapping[str, Values]

    @property
    def people(self) -> dict[str, Result]:
        return {result.key: result for result in self.run.results}


def files_in(folder: Path) -> Iterator[tuple[str, DataTable]]:
    for path in sorted(folder.glob("*.csv")):
        table, problems = read_file(path)
        assert table is not None, problems
        yield path.stem, table


def run_of(name: str, period: str, people: str, history: tuple[Path, ...] = (), record: Path | None = None) -> Run:
    pipeline = ir.compile(SCHEMES / f"{name}.yaml", period=period)
    tables = dict(files_in(DATA / name / period))
    run = pipeline.run([tables.pop(people)], {table: [rows] for table, rows in tables.items()}, history=history)
    if record is not None:
        run.save(record)
    return run


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paid]:
    """The four quarters of the first scheme, each on the records of those before it."""
    records, by_hand, found = tmp_path_factory.mktemp("records"), [], {}
    for number in (1, 2, 3, 4):
        period, last = f"2026-Q{number}", (31, 30, 30, 31)[number - 1]
        days = date(2026, 3 * number - 2, 1), date(2026, 3 * number, last)
        by_hand.append(quarter(DATA / FIRST / period, *days, by_hand))
        history = (records,) if number > 1 else ()
        found[period] = Paid(run_of(FIRST, period, "engineers", history, records / period), by_hand[-1])
    return found


@pytest.fixture(scope="module")
def months() -> dict[str, Paid]:
    """January and December of the second scheme; the months between are rows of the data."""
    found = {}
    for number in (1, 12):
        period = f"2026-{number:02}"
        by_hand = month(DATA / SECOND / period, date(2026, number, 1), date(2026, number, 31))
        found[period] = Paid(run_of(SECOND, period, "工程师"), by_hand)
    return found


@pytest.fixture(params=[f"2026-Q{n}" for n in (1, 2, 3, 4)] + ["2026-01", "2026-12"])
def paid(request: pytest.FixtureRequest) -> Paid:
    fixture = request.getfixturevalue("quarters" if "Q" in request.param else "months")
    return fixture[request.param]


def test_everybody_gets_what_the_same_rules_give_by_hand(paid: Paid) -> None:
    people = paid.people
    computed = {key for key, result in people.items() if result.in_scope}
    assert computed == paid.by_hand.keys()
    for key, wanted in paid.by_hand.items():
        result = people[key]
        names = wanted.keys() & result.keys()
        assert len(names) >= 20
        assert {one: as_constant(result[one]) for one in names} == {one: wanted[one] for one in names}, key


def test_a_run_reconciles_with_the_sum_of_its_people(paid: Paid) -> None:
    summary = paid.run.summary
    assert summary.reconciles
    assert (summary.quarantined, summary.paid) == (0, len(paid.by_hand))
    assert summary.read >= 60
    for line, total in summary.totals.items():
        amounts = [as_constant(result[line]) for result in paid.run.results if result.in_scope]
        assert as_constant(total) == sum(a for a in amounts if isinstance(a, Fraction)), line


def test_every_pool_pays_its_amount_or_states_what_remains(paid: Paid) -> None:
    assert paid.run.pools
    for pool in paid.run.pools:
        assert pool.amount == pool.paid + pool.remainder or pool.state == "condition_not_met", pool
        assert pool.remainder >= 0


def remainders(run: Run, name: str) -> dict[str, Decimal]:
    return {pool.group: pool.remainder for pool in run.pools if pool.name == name and pool.remainder}


def chosen(run: Run, name: str) -> dict[str, tuple[str, ...]]:
    return {honor.group: honor.chosen for honor in run.honors if honor.name == name}


def test_two_who_are_level_are_both_the_star_and_the_next_quarter_it_is_somebody_else(
    quarters: Mapping[str, Paid],
) -> None:
    stars = {period: chosen(paid.run, "service_star") for period, paid in quarters.items()}
    assert stars["2026-Q1"]["华东"] == ("G004", "G005")
    assert stars["2026-Q1"]["新疆"] == ("G064",)
    keys = [{key for group in found.values() for key in group} for found in stars.values()]
    assert all(before.isdisjoint(after) for before, after in pairwise(keys))
    assert quarters["2026-Q1"].people["G005"]["award(service_star)"] == 1000


def test_the_year_is_paid_with_its_last_quarter(quarters: Mapping[str, Paid]) -> None:
    last = quarters["2026-Q4"]
    assert chosen(last.run, "excellent_employee") == {"": ("G047",)}
    assert {key for key, result in last.people.items() if result.get("promotion") is True} == {
        "G001", "G004", "G005", "G044", "G047",
    }  # fmt: skip
    assert last.people["G047"]["annual_bonus"] == 24000
    # Joined on the third of August: 59 of 92 days, to four decimals, and a whole quarter.
    assert last.people["G067"]["annual_share"] == (Decimal("0.6413") + 1) / 4
    assert all(paid.run.summary.totals["annual_bonus"] == 0 for period, paid in quarters.items() if period < "2026-Q4")


def test_the_data_show_what_a_scheme_can_do_to_people(quarters: Mapping[str, Paid]) -> None:
    """A cap, a veto, missing surveys, nobody to compare with, a joiner, a leaver: the sample company is also a tour."""
    people = quarters["2026-Q1"].people
    assert people["G009"]["total"] == 70, "three complaints: capped"
    assert people["G050"]["grade"] == "E", "a serious accident: vetoed"
    assert people["G033"]["satisfaction"] is people["G058"]["team_spirit"] is ir.MISSING, "no survey, two raters"
    assert people["G021"]["service_quality"] is ir.MISSING, "on leave, without a ticket"
    assert people["G064"]["colleagues_score"] is ir.MISSING, "alone in the department"
    assert people["G064"]["team_bonus"] == 900, "a fifth of 4500, and no more"
    assert not people["G066"].in_scope, "joined twelve days before the end"
    assert people["G065"]["employed"] == Decimal("0.4889"), "44 of 90 days"
    leaver = people["G030"]
    assert leaver["net"] == leaver["wage_floor"] == Decimal("417.00"), "the insurance was more than five days' wages"
    assert leaver["shortfall"] == Decimal("548.78")


def test_what_remains_in_pools_is_stated(quarters: Mapping[str, Paid], months: Mapping[str, Paid]) -> None:
    first = quarters["2026-Q1"].run
    assert remainders(first, "team_bonus") == {"新疆": Decimal("440.21")}
    left = {pool.group: pool.state for pool in first.pools if pool.name == "project_bonus" and pool.remainder}
    assert left.pop("P1-07") == "nobody"
    assert set(left.values()) == {"condition_not_met"}
    # In the second scheme the cents that cannot be divided stay in the pool, and a disciplined member's share.
    kept = {pool.group: pool.remainder for pool in months["2026-12"].run.pools if pool.state == "paid"}
    assert kept["XM12-04"] == Decimal("0.02")
    assert kept["XM12-02"] == Decimal("330.77")
    assert months["2026-12"].people["G035"]["项目奖金"] == 0


def test_the_year_of_the_second_scheme(months: Mapping[str, Paid]) -> None:
    december = months["2026-12"]
    grades = [one["年度评级"] for one in december.by_hand.values() if one["部门"] == "医疗设备"]
    assert (len(grades), grades.count("优秀")) == (13, 4), "2.6 are three, and the fourth is level with the third"
    assert chosen(december.run, "优秀员工") == {"": ("G044",)}
    assert months["2026-01"].run.summary.totals["年度奖金"] == 0


TOTALS = {
    "2026-Q1": ("2514582.59", "2107952.59"),
    "2026-Q2": ("2560762.85", "2150912.85"),
    "2026-Q3": ("2537997.93", "2129687.93"),
    "2026-Q4": ("3719672.27", "3310119.77"),
    "2026-01": ("682015.76", "577925.76"),
    "2026-12": ("1170901.68", "1066024.18"),
}


def test_the_totals_of_the_company(quarters: Mapping[str, Paid], months: Mapping[str, Paid]) -> None:
    """Figures to compare with at a glance; that they are right is what the tests above say."""
    found = {}
    for period, paid in {**quarters, **months}.items():
        totals = paid.run.summary.totals
        english = "earnings" in totals
        found[period] = (str(totals["earnings" if english else "应发"]), str(totals["net" if english else "实发"]))
    assert found == TOTALS


# ── The files ─────────────────────────────────────────────────────────────────────────────────────


def test_the_sample_files_are_what_the_script_writes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_samples", DATA / "make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.make_samples(tmp_path)
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    shipped = {
        path.relative_to(DATA): path.read_bytes() for name in (FIRST, SECOND) for path in (DATA / name).rglob("*.csv")
    }
    assert written == shipped
    assert sum(map(len, shipped.values())) < 3_000_000
