"""A repeated block becomes plain names, one set for each member."""

from __future__ import annotations

import re

import pytest

from incentive_rules.base.limits import Limits
from incentive_rules.loading import load
from incentive_rules.model.scheme import Literal, TableOf, WeightedMean
from tests.errors.fragments import complete
from tests.loading.schemes import clean, codes, quantity

MEASURES = """\
repeat:
  measures:
    members:
      phone: {label: Phone calls, top: 50, part: 60%, target: 9}
      field: {label: Field visits, top: 20, part: 40%, target: 5}
    inputs:
      done: {type: integer, range: [0, top], column: "{label} done", title: "{label}"}
    quantities:
      reached: {is: done / target, decimals: 4, title: "{label} reached"}
    indicators:
      points: {weight: part, better: higher, value: done, score: {from: {5: 100}, else: 0}}
"""


def test_each_member_has_names_of_its_own() -> None:
    scheme = clean("indicators: {}\n" + MEASURES)
    assert [i.name for i in scheme.inputs[-2:]] == ["phone_done", "field_done"]
    assert [q.name for q in scheme.quantities] == [
        "total", "phone_reached", "field_reached", "value(phone_points)", "value(field_points)",
        "phone_points", "field_points",
    ]  # fmt: skip


def test_constants_fill_headings_titles_ranges_and_weights() -> None:
    scheme = clean("indicators: {}\n" + MEASURES)
    field = scheme.inputs[-1]
    assert (field.column, field.title, field.high and field.high.text) == ("Field visits done", "Field visits", "20")
    total = quantity(scheme, "total").body
    assert isinstance(total, WeightedMean)
    assert [(p.name, p.weight.text if isinstance(p.weight, Literal) else None) for p in total.parts] == [
        ("phone_points", "60%"),
        ("field_points", "40%"),
    ]


def test_formulas_keep_the_author_s_text_and_say_whose_they_are() -> None:
    scheme = clean("indicators: {}\n" + MEASURES)
    reached = quantity(scheme, "field_reached")
    assert getattr(reached.body, "text", None) == "done / target"
    assert (reached.family, reached.member, reached.title) == ("measures", "field", "Field visits reached")
    points = quantity(scheme, "field_points")
    assert isinstance(points.body, TableOf)
    assert points.body.argument == "value(field_points)"


def test_names_inside_the_block_are_resolved_for_a_member() -> None:
    (family,) = clean("indicators: {}\n" + MEASURES).families
    assert family.resolve("field", "done") == "field_done"
    target = family.resolve("field", "target")
    assert isinstance(target, Literal)
    assert target.text == "5"
    own = family.resolve("field", "member")
    assert isinstance(own, Literal)
    assert (own.text, own.quoted) == ("field", True)
    assert family.resolve("field", "jobs") is None
    assert family.members == ("phone", "field")
    assert family.locals == ("done", "reached", "points")


def test_a_composite_takes_one_part_of_each_member() -> None:
    scheme = clean(
        "indicators: {}\n"
        + MEASURES
        + "composites:\n  alike: {of: [{each: measures, take: reached}], weights: relative, missing: reweigh}\n"
        "  shared: {of: [{each: measures, take: reached, weight: part}], missing: reweigh}\n"
    )
    alike, shared = quantity(scheme, "alike").body, quantity(scheme, "shared").body
    assert isinstance(alike, WeightedMean)
    assert isinstance(shared, WeightedMean)
    assert [(p.name, getattr(p.weight, "text", None)) for p in alike.parts] == [
        ("phone_reached", "1"),
        ("field_reached", "1"),
    ]
    assert [getattr(p.weight, "text", None) for p in shared.parts] == ["60%", "40%"]


@pytest.mark.parametrize(
    "change, expected",
    [
        (("target: 5}", "goal: 5}"), ["members-differ", "members-differ"]),
        (("{label} reached", "{lable} reached"), ["hole-unknown"]),
        (("      done: {type", "      jobs: {type"), ["name-shadows"]),
        (("      reached: {is", "      phone: {is"), []),
        (("      reached: {is", "      target: {is"), ["name-twice"]),
        (("      field: {label", "      field-work: {label"), ["name-invalid/mended"]),
        (("part: 40%", "part: 0.4"), ["percent-needed"]),
        (("top: 20", "top: twenty"), ["number-wrong"]),
    ],
)
def test_what_can_be_wrong_in_a_block(change: tuple[str, str], expected: list[str]) -> None:
    found = codes("indicators: {}\n" + MEASURES.replace(*change))
    assert found == expected


THREE = """\
repeat:
  lines:
    members:
      phone: {target: 5, top: 10}
      field: {target: 8, top: 10}
      remote: {target: 9, top: 10}
    quantities: {reached: "min(jobs / target, top)"}
"""


@pytest.mark.parametrize(
    "member, written, expected",
    [
        ("phone", "{goal: 5, target: 5, top: 10}", ["members-differ/extra"]),
        ("phone", "{tagret: 5, top: 10}", ["members-differ/near"]),
        ("remote", "{tagret: 9, top: 10}", ["members-differ/near"]),
        ("remote", "{top: 10}", ["members-differ"]),
        ("remote", "{}", ["members-differ"]),
    ],
)
def test_the_member_that_differs_from_most_is_the_one_that_is_wrong(
    member: str, written: str, expected: list[str]
) -> None:
    changed = re.sub(rf"{member}: .*", f"{member}: {written}", THREE)
    assert codes("indicators: {}\n" + changed) == expected


def test_an_expanded_name_may_not_exist_already() -> None:
    assert codes("indicators: {}\nquantities:\n  phone_done: jobs * 2\n" + MEASURES) == ["name-twice"]


def test_a_long_list_of_members_is_refused() -> None:
    members = "\n".join(f"      m{i}: {{target: 5}}" for i in range(6))
    block = f"repeat:\n  all:\n    members:\n{members}\n    quantities: {{half: jobs / target, twice: jobs * target}}\n"
    text = complete(block)

    def found(limits: Limits) -> list[tuple[str, str]]:
        return [(d.code, d.variant) for d in load(text, "x.yaml", limits)[1]]

    assert found(Limits()) == []
    assert found(Limits(repeat_members=5)) == [("repeat-large", "members")]
    assert found(Limits(repeat_names=11)) == [("repeat-large", "")]
