"""Cells become columns: each different cell is read once, and every row is told what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from incentive_rules.base.problems import Problem
from incentive_rules.compiling import compile_plan
from incentive_rules.engine.columns import decode
from incentive_rules.engine.columns.cells import Texts
from incentive_rules.engine.columns.decode import Bad, Decoder
from incentive_rules.model.checked import CheckedInput
from incentive_rules.model.data import PopulationTable
from incentive_rules.model.levels import PERSON
from incentive_rules.model.plan import Plan
from incentive_rules.reading.cells.cell import read_cell
from tests.compiling.made import category, checked, flag, key, number
from tests.compiling.made import given as brought

INPUTS = (
    brought("id", key()),
    brought("points", number(0, 100), 2),
    brought("bonus", number(-5, 10**30, may_miss=True), 1),
    brought("unit", category("a", "b", may_miss=True)),
    brought("ready", flag()),
)


def plan() -> Plan:
    found, findings = compile_plan(checked(INPUTS, ()))
    assert found is not None, findings
    return found


def decoded(rows: Sequence[object], decoder: Decoder | None = None) -> tuple[dict[str, list[object]], Bad]:
    """The columns by input, `NAME known` beside it where it may be missing; and what is wrong."""
    of = plan()
    table = PopulationTable(PERSON, rows, ("",) * len(rows))  # type: ignore[arg-type]
    texts = Texts()
    columns, bad = (decoder or Decoder(of, read_cell)).decoded(PERSON, table, texts)
    found: dict[str, list[object]] = {}
    for one in of.inputs:
        values: list[object] = columns[one.cell].tolist()
        found[one.name] = [texts[int(str(v))] for v in values] if isinstance(one.filler, str) else values
        if one.known is not None:
            found[f"{one.name} known"] = columns[one.known].tolist()
    return found, bad


ROW: Mapping[str, object] = {"id": "A", "points": "1.5", "bonus": "", "unit": "b", "ready": "true"}


def test_cells_of_all_types_give_the_values_of_their_inputs() -> None:
    rows = [ROW, {**ROW, "points": 7, "bonus": Decimal("1.5"), "unit": None, "ready": False},
            {**ROW, "points": 2.25, "bonus": 10**30, "ready": True}]  # fmt: skip
    found, bad = decoded(rows)
    assert bad == [] and found == {
        "id": ["A", "A", "A"], "points": [150, 700, 225], "bonus": [0, 15, 10**31],
        "bonus known": [False, True, True], "unit": ["b", "a", "b"], "unit known": [True, False, True],
        "ready": [True, False, True],
    }  # fmt: skip


def test_a_text_is_read_once_and_told_for_each_of_its_rows_in_their_order() -> None:
    looks: Counter[object] = Counter()

    def read(one: CheckedInput, raw: object) -> Fraction | str | bool | int | Problem | None:
        looks[raw] += 1
        return read_cell(one, raw)

    rows = [{**ROW, "points": "01", "ready": "ja"}, ROW, {**ROW, "points": "01"}, {**ROW, "ready": "ja"}]
    found, bad = decoded([*rows, *[{**ROW, "points": " 4 "}] * 50], Decoder(plan(), read))
    assert [(row, problem.params["input"]) for row, problem in bad] == [
        (0, "points"), (0, "ready"), (2, "points"), (3, "ready"),
    ]  # fmt: skip
    assert bad[0][1] == bad[2][1] and bad[0][1] is not bad[2][1]
    assert looks[" 4 "] == looks["true"] == 1 and found["points"][4:] == [400] * 50


def test_what_has_no_cell_lacks_it_and_what_is_no_row_is_told_once() -> None:
    found, bad = decoded([ROW, {"id": "B", "points": 1, "ready": True}, 7, {"id": "C", "unit": "a", "bonus": 1}])
    assert [(row, problem.code, problem.params.get("input")) for row, problem in bad] == [
        (2, "data-row", None), (3, "data-missing", "points"), (3, "data-missing", "ready"),
    ]  # fmt: skip
    assert found["bonus known"] == [False, False, False, True] and found["unit known"] == [True, False, False, True]


def test_columns_of_texts_alone_are_read_as_mixed_ones_are() -> None:
    random = Random(4)
    cells = {
        "id": ("A", "B", "", "x\u200b"), "points": ("1", "1.50", "1.505", "101", "x", ""), "unit": ("a", "b", "c", ""),
        "bonus": ("", "9", "-6", "0.05", None), "ready": ("true", "false", "maybe", "是"),
    }  # fmt: skip
    for _ in range(40):
        rows = [{name: random.choice(some) for name, some in cells.items()} for _ in range(12)]
        mixed = dict.fromkeys(cells, 3)  # a row whose cells are no texts: the columns are read cell by cell
        alone, bad = decoded(rows)
        found, also_bad = decoded([*rows, mixed])
        assert alone == {name: values[:-1] for name, values in found.items()}
        assert bad == [one for one in also_bad if one[0] < len(rows)]


def test_no_rows() -> None:
    found, bad = decoded([])
    assert bad == [] and all(values == [] for values in found.values())


PLAIN = st.from_regex(r"[0-9]{0,5}(\.[0-9]{0,3})?", fullmatch=True)


@given(st.lists(PLAIN, max_size=8), st.lists(st.from_regex(r"[A-Z]{1,2}[0-9]?( |)", fullmatch=True), max_size=8))
@example(["1.5"] * 3 + ["100.1"], ["A"])
@example(["1.50", "0.25"], ["A", "B"])
@example(["1.505"], [])
def test_cells_that_are_read_together_are_read_as_each_by_itself(points: list[str], keys: list[str]) -> None:
    rows = [{**ROW, "points": one} for one in points] + [{**ROW, "id": one} for one in keys]
    alone = decoded(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decode, "_MANY", 1)
        assert decoded(rows) == alone
