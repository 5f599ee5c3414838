"""Whatever data say: an audit or a `DataError`, lines that fit, intervals around their values, json that is json."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.auditing.as_json import as_json
from incentive_rules.auditing.as_text import as_text
from incentive_rules.base.text import width

NUMBERS = st.one_of(
    st.integers(-5, 5_000), st.sampled_from([0, 1, None, "", "0.001", 100.5, "9" * 26]),
    st.decimals(0, 10_000, places=2),
)  # fmt: skip
ROWS = st.lists(
    st.fixed_dictionaries({
        "pay": NUMBERS, "group": st.sampled_from(["F", "M", "X", None, "长长的名字" * 9, "a" * 70]),
        "post": st.sampled_from(["a", "b", "c", None]), "team": st.sampled_from("pqrstuv"), "age": st.integers(16, 70),
    }),
    max_size=80,
)  # fmt: skip
OF = st.lists(st.sampled_from(["pay", "pay > 0", "group == F", "post in [a, b]", "age"]), min_size=1, max_size=3)
BY = st.lists(st.sampled_from(["group", "post", "team", "age=30,50"]), min_size=1, max_size=2, unique=True)
WITHIN = st.lists(st.sampled_from(["post", "team"]), max_size=2, unique=True)
LEAST, CONFIDENCE = st.sampled_from([1, 2, 5, 10]), st.sampled_from(["50%", "99.9%"])


@given(rows=ROWS, of=OF, by=BY, within=WITHIN, least=LEAST, confidence=CONFIDENCE)
def test_any_data(
    rows: list[dict[str, object]], of: list[str], by: list[str], within: list[str], least: int, confidence: str
) -> None:
    try:
        audit = ir.audit(rows, of=of, by=by, within=within, min_group=least, confidence=confidence)
    except ir.DataError:
        return
    for language in ("en", "zh"):
        assert max(map(width, as_text(audit, language).splitlines())) <= 100
    json.dumps(as_json(audit), allow_nan=False)
    for figure in audit.figures:
        if figure.interval is not None and figure.value is not None:
            low, high = figure.interval
            assert low - 1e-9 * abs(low) - 1e-12 <= figure.value <= high + 1e-9 * abs(high) + 1e-12
        assert figure.n >= least
    for group in audit.groups:
        assert group.n >= least
