"""Findings as values: what a stage returns instead of raising.

A `Diagnostic` holds no prose. Its code names an entry of `base.codes`, which has the wording in
both languages; `params` fill the holes of that wording. Rendering is `base.reports`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from attrs import field, frozen

from .places import Place


class Severity(StrEnum):
    """How grave a finding is: an error keeps a scheme from being used, a warning and a hint do not."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


def _frozen_mapping(value: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(value))


@frozen
class Other:
    """The other end of a conflict: a place, and the label printed beside it (already worded, or a quoted name)."""

    place: Place
    label: str = ""


@frozen
class Fix:
    """A mechanical mend: replace `place` by `text`, and nothing else."""

    place: Place
    text: str


@frozen
class Diagnostic:
    """One finding.

    `code` is a key of `base.codes.CODES`; `variant` picks another wording of the same code;
    `params` are texts for the holes of the wording; `others` are further places that explain it;
    `fixes` are applied together by `check --fix`.
    """

    code: str
    place: Place | None
    params: Mapping[str, str] = field(factory=dict, converter=_frozen_mapping, hash=False)
    variant: str = ""
    others: tuple[Other, ...] = ()
    fixes: tuple[Fix, ...] = ()

    def __getstate__(self) -> tuple[object, ...]:
        return (self.code, self.place, dict(self.params), self.variant, self.others, self.fixes)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        names = ("code", "place", "params", "variant", "others", "fixes")
        for name, value in zip(names, state, strict=True):
            shown = MappingProxyType(value) if isinstance(value, dict) else value
            object.__setattr__(self, name, shown)
