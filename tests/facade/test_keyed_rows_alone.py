"""A keyed row that is handed over twice for one person is refused, however it is handed over: it would count twice."""

from __future__ import annotations

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: orders
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: year
currency: CNY
inputs: {person: {type: key}}
details: {orders: {belongs_to: person, key: KEY, inputs: {INPUTS part: {type: money, range: [0, 1000]}}}}
pay: {bonus: {amount: sum(part)}}
"""
KEYS = [
    ("order", "order: {type: key},"), ("[order]", "order: {type: key},"), ("order", ""),
    ("[order, line]", "order: {type: key}, line: {type: integer, range: [1, 9]},"),
]  # fmt: skip
TWICE = [("o1", "o1"), ("o1", "o1 "), (17, 17), (17, "17"), ("Caf\u00e9", "Cafe\u0301")]


@pytest.mark.parametrize(("key", "inputs"), KEYS)
@pytest.mark.parametrize(("one", "other"), TWICE)
def test_it_is_refused_everywhere(key: str, inputs: str, one: object, other: object) -> None:
    pipeline = ir.compile(text=SCHEME.replace("KEY", key).replace("INPUTS", inputs), period="2026")
    more = {"line": 1} if "line" in key else {}
    rows = [{"order": one, "part": 10, **more}, {"order": other, "part": 10, **more}]
    for way in (
        lambda: pipeline.score({"person": "A"}, {"orders": rows}),
        lambda: pipeline.score({"person": "A"}, {"orders": rows}, given={}),
        lambda: pipeline.explain({"person": "A"}, "bonus", {"orders": rows}),
        lambda: pipeline.run([{"person": "A"}], {"orders": [{"person": "A", **row} for row in rows]}),
    ):
        with pytest.raises(ir.DataError) as refused:
            way()
        assert {problem.code for problem in refused.value.problems} == {"data-key-twice"}


@pytest.mark.parametrize(("key", "inputs"), KEYS)
def test_two_keys_are_two_rows(key: str, inputs: str) -> None:
    pipeline = ir.compile(text=SCHEME.replace("KEY", key).replace("INPUTS", inputs), period="2026")
    more = {"line": 1} if "line" in key else {}
    rows = [{"order": "o1", "part": 10, **more}, {"order": "O2", "part": 10, **more}]
    assert pipeline.score({"person": "A"}, {"orders": rows})["bonus"] == 20
