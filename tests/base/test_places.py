"""Lines and columns: counted from 1, in characters, over the line ends of every system."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.places import Place, Source


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_place_knows_its_line_and_column_in_characters(ending: str) -> None:
    source = Source("方案.yaml", f"标题: 😀{ending}{ending}系数: 1{ending}")
    start = source.text.index("1")
    place = Place(source, start, start + 1)
    assert (place.line, place.column, place.text) == (3, 5, "1")
    assert str(place) == "方案.yaml:3:5"
    assert [source.line_text(line) for line in (1, 2, 3, 4)] == ["标题: 😀", "", "系数: 1", ""]


@given(st.text("ab\r\n中", max_size=40))
def test_lines_and_columns_lead_back_to_the_offset(text: str) -> None:
    source = Source("any", text)
    starts = {source.line_of(o): o - source.column_of(o) + 1 for o in range(len(text) + 1)}
    assert all(starts[source.line_of(o)] + source.column_of(o) - 1 == o for o in range(len(text) + 1))


def test_equality_of_places_looks_at_the_stretch() -> None:
    source = Source("a", "xyz")
    assert Place(source, 0, 1) == Place(source, 0, 1) != Place(source, 0, 2)
