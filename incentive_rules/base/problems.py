"""Findings about data: a cell, a row or a whole table that was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from .places import Place


@frozen
class Problem:
    """One refused cell, row or table; or, if its code is a warning, one that is accepted all the same.

    `code` is a `data-...` entry of `base.codes`; `params` fill its wording. `row` counts data rows from 1 within its
    table (None for a table problem); `line` is the line of the file, if there is one. `place` points into the scheme if
    that helps (a violated premise).
    """

    code: str
    params: Mapping[str, str] = field(factory=dict, hash=False)
    variant: str = ""
    table: str = ""  # the file, or the detail table; "" for the people of a Python call
    row: int | None = None
    line: int | None = None
    key: str = ""
    column: str = ""
    place: Place | None = None

    @property
    def follows(self) -> bool:
        """Whether the problem only follows from another one: a row that waits for a refused row of its group."""
        return (self.code, self.variant) in _FOLLOWING


Problems = tuple[Problem, ...]

_FOLLOWING = frozenset({
    ("data-held", ""), ("data-held", "everyone"), ("data-group-unknown", "refused"), ("data-orphan", "above"),
})  # fmt: skip


def causes(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems without those that only wait for others to be mended, if there are such others."""
    found = tuple(problem for problem in problems if not problem.follows)
    return found or tuple(problems)
