"""The `LoadingLog`, which collects what loading one document reports."""

from __future__ import annotations

from attrs import define, field

from ...base.diagnostics import Diagnostic, Fix, Other
from ...base.limits import DEFAULT_LIMITS, Limits
from ...base.places import Place
from ...base.text import Guesses
from ...model.document import Scalar
from ...model.scheme import Input, Quantity, Tbd


@define
class LoadingLog:
    """Collects what loading one document reports: diagnostics, holes, lost names, values of the wrong form.

    `language` is the keyword language of the document, `reports` that of its reports where the document says it.
    """

    language: str
    limits: Limits = DEFAULT_LIMITS
    reports: str = ""
    guesses: Guesses = field(factory=Guesses)
    diagnostics: list[Diagnostic] = field(factory=list)
    holes: dict[int, Tbd] = field(factory=dict)  # by their offset, so that each is noted once
    lost_names: list[tuple[str, Place]] = field(factory=list)  # their definitions were lost to an error
    wrong_forms: list[Place] = field(factory=list)  # what building met and left to the check of the shape

    def lose(self, *defined: Scalar | Input | Quantity) -> None:
        """Notes names that exist, and whose definitions are lost to an error that is reported."""
        for one in defined:
            self.lost_names.append((one.text if isinstance(one, Scalar) else one.name, one.place))

    def report(
        self,
        code: str,
        place: Place,
        variant: str = "",
        others: tuple[Other, ...] = (),
        fixes: tuple[Fix, ...] = (),
        **params: str,
    ) -> None:
        self.diagnostics.append(Diagnostic(code, place, params, variant, others, fixes))
