"""A contract names what exists, can apply, agrees with itself, and explains its exceptions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import incentive_rules as ir
from incentive_rules.base.diagnostics import Diagnostic
from incentive_rules.model import promises as p

HEAD = """\
format: 1
scheme: contract
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  id: {type: key}
  jobs: {type: integer, range: [0, 100]}
  shifts: {type: integer, range: [0, 31]}
  age: {type: integer, range: [16, 75]}
  post: {type: category, one_of: [a, b]}
indicators:
  work: {weight: 60%, better: higher, value: jobs, score: '100 * min(1, value / 50)'}
  care: {weight: 40%, better: higher, value: shifts, score: '100 * min(1, value / 31)'}
grades: {of: total, from: {80: {grade: A}}, else: {grade: B}}
pay:
  bonus: {amount: 10 * total}
  shared: {pool: {each: everyone, amount: 100, in_proportion_to: jobs, cents: webster}}
"""
CODES = ("promise-", "exception-", "key-missing", "never-reads", "word-unknown", "shape-wrong", "percent-needed")


def document(*promises: str) -> str:
    lines = "".join(f"  p{i}: {{title: P{i}, promises: {{{one}}}}}\n" for i, one in enumerate(promises))
    return f"{HEAD}principles:\n{lines}"


def findings(*promises: str) -> list[Diagnostic]:
    found = ir.check(text=document(*promises)).diagnostics
    others = {one.code for one in found if not one.code.startswith(CODES)}
    assert others <= {"unused"}, found
    return [one for one in found if one.code not in ("unused", "promise-open")]


def read(*promises: str) -> tuple[p.Promise, ...]:
    report = ir.check(text=document(*promises))
    assert report.ok, report
    assert report.scheme is not None
    return report.scheme.promises


SOUND = (
    "never_reads: [age]",
    "never_reads: {of: [age, shifts], except: {shifts: paid by the day}}",
    "better_never_pays_less: all",
    "better_never_pays_less: [work]",
    "better_never_pays_less: {of: all, except: {shared: {reason: by the pool, decided_by: all, decided_on: 2026-01-01}}}",  # noqa: E501
    "better_never_pays_less: {of: all, except: {shifts: {reason: seasonal, lines: [bonus, net]}}}",
    "same_facts_same_pay: true",
    "same_facts_same_pay: {of: true, except: {shared: the last cent}}",
    "every_indicator_counts: true",
    "everything_reachable: [grades]",
    "everything_reachable: {of: [grades], except: {B: nobody is meant to}}",
    "largest_jump: {line: bonus, at_most: 100}",
    "largest_jump: {line: net, of: work, at_most: 100.50, except: {shifts: {reason: x}}}",
    "order_preserving: {within: 0.02}",
    "plateau_at_most: {line: bonus, share: 20%}",
    "withholding_gains_at_most: {at_most: 100}",
    "splitting_gains_at_most: {line: bonus, at_most: 100}, moving_gains_at_most: {at_most: 5}",
    "compare_groups: {groups: [post, {age: [30, 40]}], of: bonus, within: post, min_group: 12, pay_gap_at_most: 5%}",
    "pays_every: [month], gives: [pay, grades]",
    "total_at_most: {amount: 1000, headcount: 20, gives: [bonus]}",
)


@pytest.mark.parametrize("promise", SOUND)
def test_what_is_sound_is_read(promise: str) -> None:
    assert findings(promise) == []
    assert read(promise)[0].keyword == promise.split(":")[0]
    assert read(promise)[0].principle == "P0"


def test_every_part_of_a_promise_is_read() -> None:
    jump, better, groups, facts = read(SOUND[12], SOUND[4], SOUND[17], SOUND[1])
    assert isinstance(jump, p.LargestJump)
    assert (jump.line.text, jump.of, jump.at_most) == ("net", "work", Fraction("100.50"))
    assert isinstance(better, p.BetterNeverPaysLess)
    assert better.indicators == ()
    pool = better.exceptions[0]
    assert (pool.reason, pool.decided_by, pool.decided_on) == ("by the pool", "all", date(2026, 1, 1))
    assert isinstance(groups, p.CompareGroups)
    assert [(one.name.text, one.edges) for one in groups.groups] == [("post", ()), ("age", (30, 40))]
    assert (groups.min_group, groups.gap) == (12, Fraction(1, 20))
    assert isinstance(facts, p.NeverReads)
    assert [one.name.text for one in facts.exceptions] == ["shifts"]


def test_both_languages_say_the_same() -> None:
    english = document("better_never_pays_less: {of: all, except: {shifts: {reason: why, lines: [bonus]}}}",
                       "largest_jump: {line: bonus, of: work, at_most: 5}")  # fmt: skip
    promises = """原则:
  p0: {标题: P0, 承诺: {做得更好不少得: {依据: 全部, 除外: {shifts: {原因: why, 薪酬项: [bonus]}}}}}
  p1: {标题: P1, 承诺: {最大跳变: {薪酬项: bonus, 依据: 工作, 不高于: 5}}}
"""
    chinese = """格式: 1
方案: contract
执行日期: {起: 2026-01-01, 止: 2026-12-31}
周期: 月
币种: EUR
数据:
  id: {类型: 编号}
  shifts: {类型: 整数, 取值范围: [0, 31]}
指标:
  work: {权重: 100%, 方向: 越高越好, 实际值: shifts, 计分: 实际值}
薪酬:
  bonus: {金额: 10 * 总分}
"""
    one, other = ir.check(text=english), ir.check(text=chinese + promises)
    assert other.ok, other
    assert one.scheme is not None
    assert other.scheme is not None
    assert one.scheme.promises == other.scheme.promises


def test_an_exception_may_be_read() -> None:
    """What is excepted from `never_reads` may be read; what is not, may not."""
    lines = HEAD.replace("amount: 10 * total", "amount: 10 * total + 2 * shifts")
    promise = "principles: {p: {promises: {never_reads: {of: [shifts, age], except: {shifts: by the day}}}}}"
    assert ir.check(text=lines + promise).ok
    assert [one.code for one in ir.check(text=lines + promise.replace("shifts: by", "age: by")).errors][:1] == [
        "never-reads"
    ]


WRONG = {
    "better_never_pays_less: [wrk]": ("promise-name", "near", "wrk"),
    "better_never_pays_less: [total]": ("promise-name", "", "total"),
    "largest_jump: {line: jobs, at_most: 3}": ("promise-name", "", "jobs"),
    "plateau_at_most: {line: bonos, share: 5%}": ("promise-name", "near", "bonos"),
    "withholding_gains_at_most: {line: x, at_most: 5}": ("promise-name", "", "x"),
    "total_at_most: {amount: 5, headcount: 2, gives: [work]}": ("promise-name", "", "work"),
    "compare_groups: {groups: [sex]}": ("promise-name", "", "sex"),
    "compare_groups: {groups: [{agee: [30]}]}": ("promise-name", "near", "agee"),
    "compare_groups: {groups: [post], within: work}": ("promise-name", "", "work"),
    "compare_groups: {groups: [post], of: nothing}": ("promise-name", "", "nothing"),
    "largest_jump: {line: bonus, at_most: 3, except: {shfts: x}}": ("promise-name", "near", "shfts"),
    "same_facts_same_pay: {of: true, except: {pool: x}}": ("promise-name", "", "pool"),
    "better_never_pays_less: {of: all, except: {shifts: {reason: x, lines: [jobs]}}}": ("promise-name", "", "jobs"),
    "largest_jump: {line: bonus, at_most: 3, except: {shifts: ''}}": ("exception-reason", "", "shifts"),
    "largest_jump: {line: bonus, at_most: 3, except: {shifts: {reason: ' '}}}": ("exception-reason", "", "shifts"),
    "largest_jump: {line: bonus, at_most: 3, except: {shifts: {decided_by: x}}}": ("key-missing", "", "shifts"),
    "better_never_pays_less: {of: [work], except: {care: x}}": ("promise-idle", "exception", "care"),
    "never_reads: {of: [age], except: {shifts: x}}": ("promise-idle", "exception", "shifts"),
    "never_reads: []": ("promise-idle", "empty", "never_reads"),
    "largest_jump: {line: bonus, at_most: -3}": ("promise-idle", "negative", "largest_jump"),
    "everything_reachable: [honors]": ("promise-idle", "", "honors"),
    "gives: [honors]": ("promise-refuted", "", "honors"),
    "pays_every: [year]": ("promise-refuted", "every", "year"),
    "better_never_pays_less: al": ("word-unknown", "", "al"),
    "largest_jump: {line: bonus, of: wrk, at_most: 3}": ("word-unknown", "", "wrk"),
    "plateau_at_most: {line: bonus, share: 0.2}": ("percent-needed", "", "0.2"),
}


@pytest.mark.parametrize("promise", WRONG)
def test_what_is_wrong_is_found_where_it_is(promise: str) -> None:
    code, variant, word = WRONG[promise]
    found = findings(promise)
    assert [(one.code, one.variant, one.place.text) for one in found if one.place is not None][-1:] == [
        (code, variant if code.startswith(("promise", "exception")) else found[-1].variant, word)
    ], found
    assert len(found) == 1, found


@pytest.mark.parametrize("missing, what", [("indicators", "indicators"), ("pay", "pay")])
def test_a_promise_without_what_it_speaks_of_cannot_apply(missing: str, what: str) -> None:
    lines = (
        HEAD[: HEAD.index("pay:")]
        if missing == "pay"
        else f"{HEAD[: HEAD.index('indicators:')]}pay: {{b: {{amount: 3 * jobs}}}}\n"
    )
    found = ir.check(text=f"{lines}principles: {{p: {{promises: {{better_never_pays_less: all}}}}}}\n").errors
    assert [(one.code, one.params["sort_word"].split("\u2016")[0]) for one in found] == [("promise-idle", what)]


TWICE = (
    ("largest_jump: {line: bonus, at_most: 5}", "largest_jump: {line: bonus, at_most: 6}"),
    ("order_preserving: {within: 1}", "order_preserving: {within: 2}"),
    ("plateau_at_most: {line: bonus, share: 5%}", "plateau_at_most: {line: bonus, share: 6%}"),
    ("moving_gains_at_most: {at_most: 5}", "moving_gains_at_most: {at_most: 6}"),
    ("total_at_most: {amount: 5, headcount: 2}", "total_at_most: {amount: 6, headcount: 2}"),
    ("better_never_pays_less: all", "better_never_pays_less: {of: all, except: {shifts: x}}"),
    ("never_reads: [age]", "never_reads: {of: [age], except: {age: x}}"),
    ("same_facts_same_pay: {of: true, except: {shared: x}}", "same_facts_same_pay: true"),
)


@pytest.mark.parametrize("one, other", TWICE)
def test_two_promises_that_disagree_are_shown_together(one: str, other: str) -> None:
    found = findings(one, other)
    assert [d.code for d in found] == ["promise-twice"]
    assert len(found[0].others) == 1


@pytest.mark.parametrize("one, other", [
    ("largest_jump: {line: bonus, at_most: 5}", "largest_jump: {line: bonus, of: work, at_most: 4}"),
    ("largest_jump: {line: bonus, at_most: 5}", "largest_jump: {line: shared, at_most: 6}"),
    ("largest_jump: {line: bonus, at_most: 5}", "largest_jump: {line: bonus, at_most: 5.00}"),
    ("withholding_gains_at_most: {at_most: 5}", "moving_gains_at_most: {at_most: 6}"),
    ("better_never_pays_less: [work]", "better_never_pays_less: {of: [care], except: {care: x}}"),
])  # fmt: skip
def test_two_promises_about_different_things_agree(one: str, other: str) -> None:
    assert findings(one, other) == []


def test_what_check_refuses_is_a_warning_to_who_runs() -> None:
    text = document("gives: [honors]")
    assert [one.code for one in ir.check(text=text).errors] == ["promise-refuted"]
    assert not ir.test(text=text).ok
    with pytest.warns(ir.SchemeWarning, match="honors"):
        pipeline = ir.compile(text=text, period="2026-01")
    assert [one.code for one in pipeline.warnings] == ["promise-broken"]
