"""What is under `never_reads` is read by nobody: by no formula, and through no group that it makes."""

from __future__ import annotations

import pytest

import incentive_rules as ir
from incentive_rules.base.diagnostics import Diagnostic

HEAD = """\
format: 1
scheme: protected
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  id: {type: key}
  jobs: {type: integer, range: [0, 100]}
  sex: {type: category, one_of: [f, m]}
  dept: {type: category}
principles: {equal: {promises: {never_reads: [sex]}}}
"""
POOL = "pool: {each: dept, amount: 100, in_proportion_to: jobs, cents: webster"
HONOR = "best_by: [jobs], places: {number: 1}, ties: all, award: 10"
FUNCTION = "functions: {g: {takes: [x, y], is: 'x if y == \"f\" else 1'}}"
SEXES = "groups: {sexes: {key: sex, inputs: {extra: {type: integer, range: [0, 3]}}}}"
# The form, the lines, and the word that the finding points at.
FORMS = {
    "formula": ("quantities: {q: '1 if sex == \"f\" else 2'}", "sex"),
    "condition": ("pay: {p: {amount: 10, when: sex == \"f\"}}", "sex"),
    "table": ("quantities: {q: t(sex)}\ntables: {t: {equals: {f: 1, m: 2}}}", "sex"),
    "function": (f"quantities: {{q: 'g(jobs, sex)'}}\n{FUNCTION}", "sex"),
    "aggregate": ("quantities: {q: 'sum(jobs, over=everyone, where=sex == \"f\")'}", "sex"),
    "within": ("quantities: {q: 'sum(jobs, over=everyone, within=sex)'}", "sum(jobs, over=everyone, within=sex)"),
    "rank within": ("quantities: {q: 'rank(jobs, within=sex, ties=\"standard\")'}",
                    'rank(jobs, within=sex, ties="standard")'),
    "over": ("quantities: {q: count(over=sex)}", "count(over=sex)"),
    "each": ("pay: {p: {pool: {each: sex, amount: 100, in_proportion_to: jobs, cents: webster}}}", "sex"),
    "each to": ("quantities: {d: {pool: {each: everyone, amount: 9, to: sex, in_proportion_to: 1, cents: webster}}}",
                "sex"),
    "among": (f"pay: {{p: {{{POOL}, among: sex == \"f\"}}}}}}", "sex"),
    "share": ("pay: {p: {pool: {each: dept, amount: 100, in_proportion_to: 1 if sex == \"f\" else 2, cents: webster}}}",
              "sex"),
    "entitlement": ("entitlements: {e: {each: sex, amount: 2}}", "e"),
    "selection": ("selections: {w: {over: everyone, where: sex == \"f\"}}\nquantities: {q: count(over=w)}", "sex"),
    "selection that nobody uses": ("selections: {w: {over: everyone, where: sex == \"f\"}}", "sex"),
    "honour": (f"honors: {{h: {{among: jobs > 2, within: sex, {HONOR}}}}}", "sex"),
    "honour among": (f"honors: {{h: {{among: sex == \"f\", within: dept, {HONOR}}}}}", "sex"),
    "grades by rank": ("grades: {of: jobs, within: sex, shares: {A: {share: 50%}, B: {share: 50%}}, ties: all}", "sex"),
    "what a group has": (f"{SEXES}\nquantities: {{q: jobs * extra}}", "extra"),
    "key of a group": ("groups: {sexes: {key: sex, inputs: {}}}\nquantities: {q: '1 if sex == \"f\" else 2'}", "sex"),
    "requirement": ("require: ['sum(jobs, over=everyone, within=sex) > 0']", "sum(jobs, over=everyone, within=sex)"),
    "scope": ("applies_to: sex == \"f\"", "sex"),
}  # fmt: skip


def refusals(rest: str, head: str = HEAD) -> list[Diagnostic]:
    found = ir.check(text=head + rest + "\n").diagnostics
    errors = [one for one in found if one.code.startswith("never-reads")]
    others = {one.code for one in found} - {"never-reads", "never-reads-unknown", "unused"}
    assert not others, found
    return errors


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_reading_passes_and_the_finding_stands_where_it_is(form: str) -> None:
    lines, word = FORMS[form]
    found = refusals(lines)
    assert [one.place.text for one in found if one.place is not None] == [word]
    assert [other.place.text for other in found[0].others] == ["sex"]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_promised_may_be_read(form: str) -> None:
    assert refusals(FORMS[form][0], HEAD.replace("[sex]", "[dept]") if "dept" not in FORMS[form][0] else
                    HEAD.replace("principles: {equal: {promises: {never_reads: [sex]}}}\n", "")) == []  # fmt: skip


def test_the_names_between_the_fact_and_the_money_are_told_and_the_cause_alone() -> None:
    lines = "quantities: {a: 'sum(jobs, over=everyone, within=sex)', b: a * 2}\npay: {p: {amount: 10 * b}}"
    found = refusals(lines)
    assert [one.params["path"] for one in found] == ["`sex` → `a` → `b` → `p`"]


def test_a_group_of_groups_rests_on_the_fact_that_leads_to_it() -> None:
    """Who belongs to a region by the department belongs to it by the department."""
    head = HEAD.replace("never_reads: [sex]", "never_reads: [dept]")
    groups = "groups: {depts: {key: dept, inputs: {region: {type: category}}}}\n"
    found = refusals(groups + "quantities: {q: 'sum(jobs, over=everyone, within=region)'}", head)
    assert [one.params["read"] for one in found] == ["dept"]


def test_what_a_fact_was_in_the_last_period_is_the_same_fact() -> None:
    head = HEAD.replace("  dept:", "  before: {type: category, one_of: [f, m], carried_from: sex, first: f}\n  dept:")
    found = refusals("quantities: {q: '1 if before == \"f\" else 2'}", head)
    assert [one.params["path"] for one in found] == ["`sex` → `before` → `q`"]


def test_what_everybody_has_together_rests_on_no_group() -> None:
    assert (
        refusals(
            "quantities: {q: 'jobs / max(1, sum(jobs, over=everyone))', r: 'sum(jobs, over=everyone, within=dept)'}"
        )
        == []
    )


@pytest.mark.parametrize("name, variant", [("sx", "near"), ("whatever", ""), ("t", "sort")])
def test_a_promise_about_what_is_no_fact_promises_nothing(name: str, variant: str) -> None:
    found = refusals("tables: {t: {equals: {f: 1}, else: 0}}", HEAD.replace("[sex]", f"[{name}]"))
    assert [(one.code, one.variant) for one in found] == [("never-reads-unknown", variant)]
