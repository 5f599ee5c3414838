"""Applies the fixes that diagnostics carry to the text in which they were found."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from ..base.diagnostics import Diagnostic, Fix

_MARK = "\ufeff"


def mend(text: str, diagnostics: Iterable[Diagnostic]) -> str:
    """`text` with the fixes applied, and not a character changed elsewhere.

    The fixes of one diagnostic belong together: they are applied all or not at all. Where two
    diagnostics want to change the same stretch, the earlier one wins; check again and mend the rest.
    Fixes of another text (a different file) are left alone. A byte order mark at the start stays.
    """
    body = text.removeprefix(_MARK)
    groups = [tuple(dict.fromkeys(d.fixes)) for d in diagnostics if d.fixes]
    wanted = [group for group in groups if all(fix.place.source.text == body for fix in group)]
    chosen: list[Fix] = []
    for fixes in sorted(wanted, key=lambda group: min((f.place.start, f.place.end) for f in group)):
        pairs = (*combinations(fixes, 2), *((fix, other) for fix in fixes for other in chosen))
        if not any(_overlap(one, other) for one, other in pairs):
            chosen.extend(fixes)
    for fix in sorted(chosen, key=lambda f: (f.place.start, f.place.end), reverse=True):
        body = body[: fix.place.start] + fix.text + body[fix.place.end :]
    return text[: len(text) - len(text.removeprefix(_MARK))] + body


def _overlap(one: Fix, other: Fix) -> bool:
    """Whether two fixes touch the same characters; two insertions at one place do as well."""
    if one.place.start == other.place.start:
        return True
    return one.place.start < other.place.end and other.place.start < one.place.end
