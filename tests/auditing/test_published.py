"""188 statistics that others published of 9,674 real employees, by the audit of the same file.

https://github.com/PaulaHum/Data-Analytics-Salary-and-Pay-Equality-Insights, from the open data of Montgomery County,
Maryland. They were made in a spreadsheet: means, gaps, standard deviations and ends agree to its 15 digits. Two things
are counted otherwise there, and `docs/how-to/audit_pay.md` says so:

- where a department has nobody of one gender, the sheet says 0 for their mean and for the gap, and the audit nothing;
- the share below 93,000 is Excel's PERCENTRANK, which divides by n - 1, interpolates, and cuts off after three digits.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from fractions import Fraction
from math import isclose
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.auditing.report import GroupFigures

FOLDER = "data/montgomery_pay_2023"
Row = Mapping[str, str]


@pytest.fixture(scope="module")
def published(shared: Path) -> list[Row]:
    with (shared / FOLDER / "published_statistics.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def audit(shared: Path) -> ir.Audit:
    """By gender, compared with men."""
    return ir.audit(
        shared / FOLDER / "employee_salaries_2023.csv.gz", of=["Salary", "Salary < 93000"], by="Gender",
        within="Department_Name", reference="M", min_group=1,
    )  # fmt: skip


def groups(audit: ir.Audit, of: str, department: str) -> dict[str, GroupFigures]:
    within = "" if department == "ALL" else "Department_Name"
    category = "" if department == "ALL" else department
    return {g.group: g for g in audit.groups if (g.of, g.by, g.within, g.category) == (of, "Gender", within, category)}


def everyone(audit: ir.Audit, of: str) -> GroupFigures:
    return next(group for group in audit.groups if group.of == of and not group.by)


def same(found: float | Fraction | None, published: str) -> bool:
    return found is not None and isclose(float(found), float(published), rel_tol=1e-12)


def test_all_are_there(published: list[Row]) -> None:
    assert len(published) * 4 == 188


def test_means_and_gaps(audit: ir.Audit, published: list[Row]) -> None:
    """172 figures: of 42 departments and the county the means of all, of women, of men, and the gap between these."""
    rows = [row for row in published if row["statistic"] == "mean_salary"]
    assert len(rows) == 43
    for row in rows:
        name = row["department"]
        of = groups(audit, "Salary", name)
        together = sum((g.mean * g.n for g in of.values()), Fraction(0)) / sum(g.n for g in of.values())
        assert same(together, row["overall"]), name
        assert name != "ALL" or everyone(audit, "Salary").mean == together
        for group, heading in (("F", "female"), ("M", "male")):
            if group in of:
                assert same(of[group].mean, row[heading]), name
            else:
                assert row[heading] == "0", name
        if len(of) == 2:
            where = {"within": "", "category": ""} if name == "ALL" else {"within": "Department_Name", "category": name}
            gap = audit.figure("mean_gap", "Salary", by="Gender", **where)
            assert (gap.group, gap.reference) == ("F", "M")
            assert gap.value is not None
            assert isclose(float(-gap.value), float(row["female_vs_male_minus_1"]), rel_tol=1e-9), name
        else:
            assert row["female_vs_male_minus_1"] == "0", name


@pytest.mark.parametrize("statistic, part", [("stdev", "deviation"), ("min", "least"), ("max", "greatest")])
def test_deviations_and_ends(audit: ir.Audit, published: list[Row], statistic: str, part: str) -> None:
    """12 figures of the county."""
    (row,) = [row for row in published if row["statistic"] == f"{statistic}_salary"]
    of = groups(audit, "Salary", "ALL")
    women, men = (getattr(of[group], part) for group in ("F", "M"))
    assert same(women, row["female"])
    assert same(men, row["male"])
    assert isclose(float(women) / float(men) - 1, float(row["female_vs_male_minus_1"]), rel_tol=1e-9)
    assert same(getattr(everyone(audit, "Salary"), part), row["overall"])


def test_shares_below_a_salary(audit: ir.Audit, published: list[Row]) -> None:
    """Four figures, which the sheet made by another definition: each is the audit's count under PERCENTRANK."""
    (row,) = [row for row in published if row["statistic"] == "share_below_93000"]
    of = groups(audit, "Salary < 93000", "ALL")
    counts = {group: (int(one.mean * one.n), one.n) for group, one in of.items()}
    together = everyone(audit, "Salary < 93000")
    counts["overall"] = (int(together.mean * together.n), together.n)
    for group, heading in (("overall", "overall"), ("F", "female"), ("M", "male")):
        below, n = counts[group]
        told = float(row[heading])
        assert (below - 1) / (n - 1) - 0.001 < told <= below / (n - 1)
        assert abs(told - below / n) < 0.001
    assert same(float(row["female"]) / float(row["male"]) - 1, row["female_vs_male_minus_1"])


def test_the_gap_of_the_county_is_near_the_limit_of_the_directive(audit: ir.Audit) -> None:
    """5.1% is above 5%, and of these 9,674 people nobody can tell whether it would be of others like them."""
    gap = audit.figure("mean_gap", "Salary", by="Gender", within="")
    assert gap.counts == (3987, 5687)
    assert gap.verdict is ir.AuditVerdict.INCONCLUSIVE
    assert gap.interval is not None
    low, high = gap.interval
    assert 0.037 < low < 0.05 < high < 0.065
    police = audit.figure("mean_gap", "Salary", by="Gender", category="Department of Police")
    assert police.verdict is ir.AuditVerdict.OUTSIDE
