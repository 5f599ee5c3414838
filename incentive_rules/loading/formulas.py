"""Formulas: a text of the document becomes its syntax, or diagnostics with places in the document."""

from __future__ import annotations

from ..base.diagnostics import Diagnostic, Fix
from ..base.places import Place
from ..lang.parser import parse
from ..model.document import Scalar
from ..model.scheme import Formula
from .findings import Findings


def formula(findings: Findings, scalar: Scalar) -> Formula:
    """The formula that stands in `scalar`; its expression is None where its text was reported."""
    offsets = scalar.offsets
    expression, faults = parse(scalar.text)
    read = Formula(scalar.text, expression, scalar.place, offsets)
    for fault in faults:
        place = read.place_of(fault.start, fault.end)
        fixes = () if fault.replacement is None else (Fix(place, fault.replacement),)
        findings.diagnostics.append(Diagnostic(fault.code, place, fault.params, fault.variant, fixes=fixes))
    return read


def our_formula(text: str, place: Place) -> Formula:
    """A formula that we write ourselves, shown at `place`."""
    expression, faults = parse(text, length=10**7, nodes=10**7, chain=10**7)
    assert not faults, f"our own formula does not parse: {text}"
    return Formula(text, expression, place, (place.start,) * (len(text) + 1))
