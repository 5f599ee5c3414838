"""Finds words that no value can ever equal, in rows of tables and in comparisons: all uses together decide.

A table is called in many places, and the formula of a function or of a `repeat` block is read once for each call or
member. Only a word that none of them can reach is reported.
"""

from __future__ import annotations

from attrs import define, field, frozen

from ...base.places import Place
from ...base.text import MOST_LISTED, Guesses
from .findings import Findings


@frozen
class Missed:
    """A word that some uses cannot equal: the argument that is compared, and the values that it can have."""

    code: str
    table: str
    arguments: tuple[str, ...]
    values: frozenset[str]


@define
class UnmatchedWords:
    """Collects the uses of each word, by its place; None once one of them can reach it."""

    found: dict[tuple[Place, str], Missed | None] = field(factory=dict)

    def look(self, code: str, place: Place, text: str, values: frozenset[str], argument: str, table: str = "") -> None:
        """Notes whether the word at `place` is one of the `values` that `argument` can have."""
        before = self.found.get((place, text), Missed(code, table, (), frozenset()))
        if text in values or before is None:
            self.found[place, text] = None
            return
        asked = before.arguments if argument in before.arguments else (*before.arguments, argument)
        self.found[place, text] = Missed(code, table, asked, before.values | values)

    def tell(self, findings: Findings, guesses: Guesses) -> None:
        """Reports every word that no use can reach."""
        for (place, text), missed in self.found.items():
            if missed is None:
                continue
            known = sorted(missed.values)
            close = guesses.nearest(text, known)
            asked = "`, `".join(missed.arguments[:3]) + ("`, `…" if len(missed.arguments) > 3 else "")
            listed = [*known[:MOST_LISTED], *(["…"] if len(known) > MOST_LISTED else [])]
            findings.report(
                missed.code, place, variant="near" if close else "", text=text, near=close[0] if close else "",
                values=", ".join(listed), argument=asked, name=missed.table or asked,
            )  # fmt: skip
