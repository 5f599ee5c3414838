"""Applying fixes: what they name changes, and not one character more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.diagnostics import Diagnostic, Fix
from incentive_rules.base.places import Place, Source
from incentive_rules.loading.fixes import mend
from incentive_rules.loading.yaml.reader import read_document

SOURCE = Source("scheme.yaml", "abcdefghij")


def found(*fixes: tuple[int, int, str], source: Source = SOURCE) -> Diagnostic:
    return Diagnostic("code", None, fixes=tuple(Fix(Place(source, a, b), text) for a, b, text in fixes))


def test_fixes_replace_insert_and_delete() -> None:
    assert mend(SOURCE.text, [found((1, 3, "XYZ")), found((5, 5, "+")), found((8, 10, ""))]) == "aXYZde+fgh"


def test_the_order_of_the_findings_does_not_matter() -> None:
    findings = [found((1, 2, "X")), found((5, 6, "Y")), found((3, 3, "Z"))]
    assert mend(SOURCE.text, findings) == mend(SOURCE.text, findings[::-1]) == "aXcZdeYghij"


def test_of_two_fixes_of_the_same_stretch_the_earlier_one_wins() -> None:
    assert mend(SOURCE.text, [found((2, 5, "X")), found((4, 7, "Y"))]) == "abXfghij"
    assert mend(SOURCE.text, [found((2, 2, "X")), found((2, 2, "Y"))]) == "abXcdefghij"


def test_the_fixes_of_one_finding_are_applied_all_or_not_at_all() -> None:
    assert mend(SOURCE.text, [found((0, 2, "X")), found((1, 3, "Y"), (8, 9, "Z"))]) == "Xcdefghij"


def test_a_fix_of_another_text_is_left_alone() -> None:
    assert mend(SOURCE.text, [found((0, 1, "X"), source=Source("other.yaml", "other"))]) == SOURCE.text


def test_a_byte_order_mark_and_every_line_end_stay() -> None:
    text = "\ufeffa: 1\r\n标题：服务\r\nc: {60:0}  # 注释\r\n"
    once = mend(text, read_document(text, "scheme.yaml")[1])
    assert once == "\ufeffa: 1\r\n标题: 服务\r\nc: {60:0}  # 注释\r\n"
    twice = mend(once, read_document(once, "scheme.yaml")[1])
    assert twice == "\ufeffa: 1\r\n标题: 服务\r\nc: {60: 0}  # 注释\r\n"
    assert read_document(twice, "scheme.yaml")[1] == ()


PLACES = st.tuples(st.integers(0, 10), st.integers(0, 10), st.text("xyz", max_size=3)).map(
    lambda fix: (min(fix[:2]), max(fix[:2]), fix[2])
)


@given(st.lists(st.lists(PLACES, max_size=2).map(lambda fixes: found(*fixes)), max_size=6))
def test_what_no_fix_names_is_unchanged(findings: list[Diagnostic]) -> None:
    touched = {i for d in findings for fix in d.fixes for i in range(fix.place.start, fix.place.end)}
    kept = "".join(c for i, c in enumerate(SOURCE.text) if i not in touched)
    mended = iter(mend(SOURCE.text, findings))
    assert all(c in mended for c in kept)
