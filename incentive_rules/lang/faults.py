"""What is wrong with the text of one formula: a value, in characters of that text.

Loading turns a `Fault` into a `Diagnostic` with a place in the document (`Formula.place_of`).
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class Fault:
    """One finding about the characters `start` up to `end` of a formula.

    `code` names an entry of `base.codes`, `params` fill its wording, `variant` picks another wording;
    `replacement`, where it is not None, is the mechanical mend of exactly these characters.
    """

    code: str
    start: int
    end: int
    params: Mapping[str, str] = field(factory=dict, hash=False)
    variant: str = ""
    replacement: str | None = None
