"""Collects the findings of one check."""

from __future__ import annotations

from ...base.diagnostics import Diagnostic, Fix, Other
from ...base.places import Place


class Findings:
    """Findings in the order in which they were made; the same finding is kept once."""

    def __init__(self, chinese: bool = False) -> None:
        self._chinese = chinese
        self.found: list[Diagnostic] = []
        self._seen: set[tuple[str, str, int, int]] = set()

    def report(
        self,
        code: str,
        place: Place | None,
        *,
        variant: str = "",
        others: tuple[Other, ...] = (),
        fixes: tuple[Fix, ...] = (),
        **params: str,
    ) -> None:
        """Adds a finding; `params` fill the holes of the wording of its code."""
        where = (place.start, place.end) if place else (-1, -1)
        mark = (code, variant, *where)
        if mark not in self._seen:
            self._seen.add(mark)
            if self._chinese:  # what an indicator measured is called as the author would call it
                params = {key: text.replace("value(", "实际值(") for key, text in params.items()}
            self.found.append(Diagnostic(code, place, params, variant, others, fixes))
