"""What `prove` says of each promise: proved only what is, and the line that keeps another from being proved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from incentive_rules.model.verdict import ProofReport, Status, Verdict
from tests.proving.as_it_was import first_scheme

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
HEAD = """\
format: 1
scheme: proofs
effective: {first_day: 2026-01-01, last_day: 2026-03-31}
period: month
currency: EUR
inputs:
  id: {type: key}
  dept: {type: category}
  post: {type: category, one_of: [a, b]}
  jobs: {type: integer, range: [0, 100]}
  late: {type: integer, range: [0, 100]}
  age: {type: integer, range: [16, 75]}
"""
WORK = """\
indicators:
  work: {weight: 60%, better: higher, value: jobs, score: value}
  care: {weight: 40%, better: lower, value: late, score: 100 - value}
pay:
  bonus:
    amount: 10 * total
"""


def proved(promises: str, rest: str = WORK, **options: str) -> ProofReport:
    return ir.prove(text=f"{HEAD}{rest}principles: {{p: {{title: P, promises: {{{promises}}}}}}}\n", **options)


def verdict(promises: str, rest: str = WORK) -> Verdict:
    return proved(promises, rest, period="2026-01").verdicts[0]


SURE = {
    "better_never_pays_less: all": Status.PROVED,
    "better_never_pays_less: [care]": Status.PROVED,
    "never_reads: [age]": Status.PROVED,
    "same_facts_same_pay: true": Status.PROVED,
    "largest_jump: {line: bonus, at_most: 1000}": Status.PROVED,
    "largest_jump: {line: bonus, at_most: 999.99}": Status.TESTED,
    "largest_jump: {line: bonus, at_most: 5}": Status.REFUTED,
    "withholding_gains_at_most: {line: bonus, at_most: 1000}": Status.PROVED,
    "moving_gains_at_most: {at_most: 10}": Status.NOT_APPLICABLE,
    "total_at_most: {amount: 20000, headcount: 20}": Status.PROVED,
    "total_at_most: {amount: 19999, headcount: 20}": Status.UNKNOWN,
    "total_at_most: {amount: 19999, headcount: 19, gives: [bonus]}": Status.PROVED,
    "pays_every: [month]": Status.PROVED,
    "pays_every: [year]": Status.REFUTED,
    "gives: [pay]": Status.PROVED,
    "gives: [pay, honors]": Status.REFUTED,
    "every_indicator_counts: true": Status.PROVED,
    "order_preserving: {within: 0.5}": Status.TESTED,
    "plateau_at_most: {line: bonus, share: 20%}": Status.TESTED,
    "compare_groups: {groups: [post]}": Status.NOT_APPLICABLE,
}


@pytest.mark.parametrize("promise", SURE)
def test_each_promise_has_a_verdict(promise: str) -> None:
    found = verdict(promise)
    assert found.status is SURE[promise], found
    assert found.promise == promise.split(":")[0]
    assert found.place.text == found.promise


# What a defect does to a sound scheme: the lines, and the words of the document that are blamed.
DEFECTS = {
    "a bonus that falls": ("amount: 10 * total", "amount: 1000 - 10 * total", "bonus"),
    "a score that falls": ("score: value}\n  care", "score: 100 - value}\n  care", "work"),
    "a table that goes up and down": (
        "score: value}\n  care", "score: {from: {50: 100, 80: 60}, else: 0}}\n  care", "work"),
    "a line that subtracts work": ("amount: 10 * total", "amount: 10 * total - 3 * jobs", "10 * total - 3 * jobs"),
    "a cap that only the good meet": (
        "amount: 10 * total", "amount: 10 * total if jobs < 50 else 300", "10 * total if jobs < 50 else 300"),
    "a bonus for exactly so much": ("amount: 10 * total", "amount: 10 * total if jobs == 50 else 0", "jobs == 50"),
    "a mean with oneself": (
        "amount: 10 * total", "amount: '500 + 5 * total - 4 * coalesce(mean(total, over=everyone, within=dept), 0)'",
        "500 + 5 * total - 4 * coalesce(mean(total, over=everyone, within=dept), 0)"),
    "a bonus against the rank of others": (
        "amount: 10 * total", "amount: '10 * rank(total, within=dept, ties=\"standard\")'", "bonus"),
    "a deduction for work": (
        "amount: 10 * total", "amount: 10 * total\n  fee: {kind: deduction, amount: 3 * jobs}", "fee"),
    "a fixed line that is not": (
        "amount: 10 * total", "amount: 10 * total\n  base: {amount: 3 * total, at_risk: false}", "base"),
}  # fmt: skip


# These keep the promise, and directions cannot see it; or nobody is paid less, and a line is not what it says.
HARMLESS = ("a line that subtracts work", "a mean with oneself", "a fixed line that is not")
SOLVED = ("a line that subtracts work",)  # where a solver is there, it proves them


@pytest.mark.sampled(2)
@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_not_proved_and_its_line_is_blamed(defect: str) -> None:
    old, new, blamed = DEFECTS[defect]
    assert old in WORK
    text = f"{HEAD}{WORK.replace(old, new)}principles: {{p: {{title: P, promises: {{better_never_pays_less: all}}}}}}\n"
    report = ir.check(text=text)
    if not report.ok:  # the check says it already
        assert [d.code for d in report.errors] == ["direction-conflict"]
        return
    found = ir.prove(text=text, period="2026-01").verdicts[0]
    if defect in SOLVED and found.status is Status.PROVED:
        assert any("by a solver" in note for note in found.notes)
        return
    assert found.status is (Status.UNKNOWN if defect in HARMLESS else Status.REFUTED), found
    places = [one.place.text for one in found.obstacles if one.place is not None]
    names = [one.name for one in found.obstacles]
    assert blamed in places or blamed in names, found


SOUND = {
    "a cap": ("amount: 10 * total", "amount: 'min(300, 10 * total)'"),
    "steps": ("score: value}\n  care", "score: {from: {50: 60, 80: 100}, else: 0}}\n  care"),
    "a line that only starts at a grade": ("amount: 10 * total", "amount: 10 * total\n    when: total >= 50"),
    "rounded": ("amount: 10 * total", "amount: 'round(10 * total, 0)'"),
    "a rank": ("amount: 10 * total", "amount: '100 - 1 * rank(total, within=dept, ties=\"standard\")'"),
    "a pool": ("amount: 10 * total", "pool: {each: dept, amount: 1000, in_proportion_to: total, cents: webster}"),
    "colleagues without oneself": (
        "amount: 10 * total", "amount: '10 * total + 2 * coalesce(mean(total, over=others, within=dept), 0)'"),
}  # fmt: skip


@pytest.mark.parametrize("edit", SOUND)
def test_a_sound_edit_raises_no_alarm(edit: str) -> None:
    old, new = SOUND[edit]
    assert old in WORK
    rest = WORK.replace(old, new)
    found = verdict("better_never_pays_less: all", rest)
    assert found.status is Status.PROVED, found


def test_one_finding_hides_no_other() -> None:
    """A score that falls, and beside it a line that takes off what the other indicator brings: both are told."""
    rest = WORK.replace("score: 100 - value}", "score: '100 - value if value < 50 else 90 - value / 2'}")
    rest = rest.replace("amount: 10 * total", "amount: 10 * total - 9 * work")
    found = verdict("better_never_pays_less: all", rest)
    assert found.status is Status.REFUTED
    assert {one.name for one in found.obstacles} >= {"bonus"}
    assert len(found.obstacles) >= 2


def test_exceptions_are_accepted_with_their_reason_and_taken_out() -> None:
    rest = WORK.replace("amount: 10 * total", "amount: 10 * total - 9 * work")
    assert verdict("better_never_pays_less: all", rest).status is Status.REFUTED
    excepted = "{of: all, except: {work: {reason: paid by the piece, decided_by: council}}}"
    report = proved(f"better_never_pays_less: {excepted}", rest, period="2026-01")
    assert [one.status for one in report.verdicts] == [Status.PROVED, Status.ACCEPTED]
    assert (report.verdicts[1].subject, report.verdicts[1].grounds) == ("work", "paid by the piece")
    assert "decided: council" in str(report)


def test_an_exception_for_some_lines_leaves_the_others() -> None:
    rest = WORK.replace("amount: 10 * total", "amount: 10 * total - 9 * work\n  other: {amount: 100 - 1 * work}")
    promise = "better_never_pays_less: {of: all, except: {work: {reason: r, lines: [bonus]}}}"
    found = verdict(promise, rest)
    assert {one.name for one in found.obstacles} == {"other"}


def test_a_wage_floor_keeps_what_is_paid_out_in_order() -> None:
    rest = WORK + "wage_floor: {amount: 500}\n"
    assert verdict("better_never_pays_less: all", rest).status is Status.PROVED


def test_a_fact_on_which_indicators_disagree_has_no_direction() -> None:
    rest = WORK.replace("value: late", "value: jobs + late")
    found = verdict("better_never_pays_less: [work]", rest)
    assert any("`jobs` has no direction in which" in note for note in found.notes)
    assert found.status is Status.PROVED


def test_an_indicator_that_reads_names_alone_measures_what_these_read() -> None:
    """Else nothing would be work, and a line that falls with it would be proved."""
    rest = "quantities:\n  done: jobs + 1\n" + WORK.replace("value: jobs", "value: done")
    assert verdict("better_never_pays_less: all", rest).status is Status.PROVED
    falls = rest.replace("amount: 10 * total", "amount: 10 * total - 8 * jobs")
    found = verdict("better_never_pays_less: all", falls)
    assert (found.status, found.counterexample.changes[0].name) == (Status.REFUTED, "jobs")


def test_facts_that_only_a_name_brings_to_an_indicator_are_told_where_a_line_reads_them() -> None:
    """A name of the person is no work by definition: that no pair was looked at does not go without saying."""
    rest = "quantities:\n  due: 1 + late / 10\n" + WORK.replace("value: jobs", "value: jobs / due")
    other = rest.replace("value: late", "value: age").replace("amount: 10 * total", "amount: 10 * work + late")
    notes = [note.split("\u2016")[0] for note in verdict("better_never_pays_less: [work]", other).notes]
    assert notes == ["`work` reads `late` through `due` alone: no work here"]


def test_facts_that_a_line_reads_itself_are_told_where_others_make_up_for_them() -> None:
    rest = WORK.replace("value: jobs", "value: jobs + late").replace("value: late", "value: age")
    found = verdict("better_never_pays_less: [work]", rest.replace("10 * total", "10 * work + 2 * jobs"))
    assert found.status is Status.PROVED
    assert [note.split("\u2016")[0] for note in found.notes] == [
        "`bonus` reads `jobs` itself: nothing is said of pairs in which other facts make up for it in `work`"
    ]


def test_a_line_that_reads_work_without_direction_is_not_proved() -> None:
    rest = WORK.replace("value: late", "value: jobs")
    assert verdict("better_never_pays_less: all", rest).status is Status.PROVED
    found = verdict("better_never_pays_less: all", rest.replace("10 * total", "10 * total + jobs"))
    assert (found.status, [one.name for one in found.obstacles]) == (Status.UNKNOWN, ["bonus"])


def test_where_no_indicator_has_a_better_direction_nothing_is_promised() -> None:
    rest = WORK.replace("better: higher", "better: near 20").replace("better: lower", "better: none")
    found = verdict("better_never_pays_less: all", rest)
    assert (found.status, "has a direction" in found.grounds) == (Status.NOT_APPLICABLE, True)


def test_who_does_better_stays_in_scope() -> None:
    kept = verdict("better_never_pays_less: all", f"applies_to: jobs >= 5\n{WORK}")
    lost = verdict("better_never_pays_less: all", f"applies_to: jobs <= 50\n{WORK}")
    assert (kept.status, lost.status) == (Status.PROVED, Status.UNKNOWN)
    assert [one.name for one in lost.obstacles] == ["applies_to"]


def test_a_wage_floor_that_falls_lowers_net_behind_an_exception() -> None:
    """Only a line was excepted: what moves on the way to what is paid out, and is no line, counts."""
    rest = WORK.replace("amount: 10 * total", "amount: 5 * care\n  extra: {amount: 100 - jobs}")
    promise = "better_never_pays_less: {of: all, except: {work: {reason: agreed, lines: [extra]}}}"
    assert verdict(promise, rest + "wage_floor: {amount: 900, of: net}\n").status is Status.PROVED
    found = verdict(promise, rest + "wage_floor: {amount: 900 - 3 * jobs, of: net}\n")
    assert (found.status, found.obstacles[0].place.line) == (Status.REFUTED, 20)


def test_words_are_ordered_by_the_scores_that_they_bring() -> None:
    rest = WORK.replace("value: jobs, score: value", "value: post, score: {equals: {a: 80, b: 20}}")
    assert verdict("better_never_pays_less: all", rest).status is Status.PROVED
    paid = rest.replace("amount: 10 * total", "amount: '10 * total if post == \"b\" else 0'")
    assert verdict("better_never_pays_less: all", paid).status is Status.REFUTED


def test_the_last_cent_of_a_pool_is_told_and_no_alarm() -> None:
    rest = WORK.replace("amount: 10 * total", "pool: {each: dept, amount: '3 * sum(jobs, over=everyone, within=dept)',"
                        " in_proportion_to: jobs}")  # fmt: skip
    found = verdict("better_never_pays_less: [work]", rest)
    assert found.status is Status.PROVED
    assert [note.split("\u2016")[0] for note in found.notes] == ["`bonus`: but for the last cent of a pool"]


def test_who_asks_for_the_key_does_not_treat_equals_alike() -> None:
    rest = WORK.replace("amount: 10 * total", "amount: '10 * total if id == \"E1\" else 5'")
    found = verdict("same_facts_same_pay: true", rest)
    assert found.status is Status.UNKNOWN
    assert [one.place.text for one in found.obstacles if one.place is not None] == ["id"]


def test_what_fills_up_to_a_wage_floor_costs_as_well() -> None:
    rest = WORK + "wage_floor: {amount: 1500}\n"
    assert verdict("total_at_most: {amount: 1000, headcount: 1}", rest).status is Status.UNKNOWN
    assert verdict("total_at_most: {amount: 2500, headcount: 1}", rest).status is Status.PROVED


def test_words_that_nobody_lists_are_not_passed_over() -> None:
    rest = WORK.replace("value: jobs, score: value", "value: '1 if dept == \"x\" else 0', score: 100 * value")
    found = verdict("better_never_pays_less: all", rest)
    assert (found.status, [one.name for one in found.obstacles]) == (Status.UNKNOWN, ["dept"])


def test_an_indicator_on_which_nothing_rests_is_refuted() -> None:
    rest = WORK.replace("10 * total", "10 * work")
    found = verdict("every_indicator_counts: true", rest)
    assert found.status is Status.REFUTED
    assert [one.name for one in found.obstacles] == ["care"]


# ── Periods, holes, reports ──────────────────────────────────────────────────────────────────


def test_without_a_period_all_are_looked_at_and_the_worst_counts() -> None:
    rest = WORK.replace("10 * total", "rate * total") + (
        "parameters: {rate: {type: money, dated: {2026-01-01: 10, 2026-02-01: -10}}}\n")  # fmt: skip
    report = proved("better_never_pays_less: all", rest)
    assert report.periods == ("2026-01", "2026-02", "2026-03")
    assert (report.verdicts[0].status, report.verdicts[0].period) == (Status.REFUTED, "2026-02")
    assert proved("better_never_pays_less: all", rest, period="2026-01").verdicts[0].status is Status.PROVED


def test_of_a_draft_with_holes_nothing_is_known() -> None:
    head = HEAD.replace("period: month", "period: month\nstatus: draft")
    text = head + WORK.replace("10 * total", "tbd") + "principles: {p: {promises: {better_never_pays_less: all}}}\n"
    report = ir.prove(text=text)
    assert [one.status for one in report.verdicts] == [Status.NOT_APPLICABLE]
    assert "1 holes" in str(report)


def test_a_scheme_with_errors_is_not_proved() -> None:
    with pytest.raises(ir.SchemeError, match="nothing"):
        proved("better_never_pays_less: [nothing]")
    with pytest.raises(ir.SchemeError, match="2027"):
        proved("better_never_pays_less: all", period="2027-01")


def test_a_report_says_what_is_not_promised_in_both_languages() -> None:
    report = proved("gives: [pay], better_never_pays_less: all", period="2026-01")
    english, chinese = report.render("text", "en"), report.render("text", "zh")
    assert "PROVED      better_never_pays_less  <text>:" in english
    assert "not promised: never_reads" in english
    assert "已证明  做得更好不少得" in chinese
    assert "没有承诺：不得读取" in chinese
    found = json.loads(report.render("json"))
    assert [one["status"] for one in found["verdicts"]] == ["PROVED", "PROVED"]
    assert found["periods"] == ["2026-01"]


@pytest.mark.thorough
def test_the_founding_schemes() -> None:
    """In the first, as it was, more work lifted the mean that colleagues are measured by; now all directions hold."""
    first = ir.prove(text=first_scheme(), period="2026-Q2")
    better = next(one for one in first.verdicts if one.promise == "better_never_pays_less")
    assert [one.name for one in better.obstacles] == ["teamwork"]
    met = {about.split("\u2016")[0] for one in better.obstacles for about in one.about}
    lines = ("performance_pay", "team_bonus", "award(service_star)", "net")
    assert met == {f"`{line}` as `{name}` is better" for line in lines for name in ("workload", "order_points")}
    mended = ir.prove(SCHEMES / "service_engineer_1.yaml", period="2026-Q2")
    assert {one.promise: one.status for one in mended.verdicts}["better_never_pays_less"] is Status.PROVED
    second = ir.prove(SCHEMES / "service_engineer_2_zh.yaml", period="2026-01")
    assert {one.promise: one.status for one in second.verdicts if one.status is Status.PROVED}.keys() == {
        "never_reads", "same_facts_same_pay", "better_never_pays_less", "largest_jump", "pays_every", "total_at_most",
        "everything_reachable", "every_indicator_counts",
    }  # fmt: skip


# ── The command line ─────────────────────────────────────────────────────────────────────────


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_exit_code_says_whether_something_is_refuted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "scheme.yaml"

    def code(promises: str, *flags: str) -> int:
        file.write_text(f"{HEAD}{WORK}principles: {{p: {{promises: {{{promises}}}}}}}\n", "utf-8")
        return run(capsys, "prove", str(file), "--lang", "en", *flags)[0]

    assert code("better_never_pays_less: all") == 0
    assert code("every_indicator_counts: true") == 0
    assert code("total_at_most: {amount: 19999, headcount: 20}", "--strict") == 1
    assert code("better_never_pays_less: all", "--strict", "--period", "2026-02") == 0
    assert code("gives: [honors]") == 1
    assert code("better_never_pays_less: [nothing]") == 1
    assert run(capsys, "prove", str(tmp_path / "none.yaml"))[0] == 2
    assert run(capsys, "prove")[0] == 2


def test_the_command_prints_text_or_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "scheme.yaml"
    file.write_text(f"{HEAD}{WORK}principles: {{p: {{promises: {{better_never_pays_less: all}}}}}}\n", "utf-8")
    code, out, err = run(capsys, "prove", str(file), "--lang", "en")
    assert (code, err) == (0, "")
    assert "2 indicators and 2 facts of work, each with 1 pay line" in out
    code, out, _ = run(capsys, "prove", str(file), "--format", "json")
    assert json.loads(out)["ok"] is True


def test_chinese_names_are_as_wide_as_they_are_on_a_screen() -> None:
    rest = WORK.replace("work:", "工作:").replace("10 * total", "10 * total if jobs < 50 else 300")
    lines = str(proved("better_never_pays_less: all", rest, period="2026-01")).splitlines()
    arrows = [line for line in lines if " → " in line]
    begun = [line.split(" → ")[0].rstrip("0123456789.") for line in arrows]
    short, wide = (next(line for line in begun if line.strip().startswith(name)) for name in ("jobs", "工作"))
    assert len(short) - 2 == len(wide), arrows
