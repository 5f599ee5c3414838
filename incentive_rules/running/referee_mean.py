"""A weighted mean by hand: weight times value, added up, divided by the weights that count."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ..model.scheme import Formula, Literal, Part, WeightedMean
from ..model.terms import Constant
from ..model.trace import Mean, Weighed, Working
from .referee_functions import number
from .referee_numbers import RefereeFault, number_in


def weighted_mean(
    mean: WeightedMean, value_of: Callable[[str], Constant], work: Callable[[Formula], Working]
) -> Mean:  # fmt: skip
    """The mean of the parts as the group says: `reweigh`, `zero` or `refuse` where some are missing.

    Fewer known parts than `at_least`, or no weight to divide by, make it missing; under `zero` a missing
    part counts 0 and its weight stays, so that a group of nothing but missing parts is 0.
    """
    parts = tuple(_weighed(part, value_of(part.name), work) for part in mean.parts)
    counted = [(number(p.weight), number(p.value)) for p in parts if p.value is not None and p.weight is not None]
    absent = len(parts) - len(counted)
    if absent and mean.missing is None:
        raise RefereeFault("a part is missing, and the group does not say what that means")
    divisor = sum((weight for weight, _ in counted), Fraction(0))
    if mean.missing == "zero":
        divisor = sum((number(p.weight) for p in parts if p.weight is not None), Fraction(0))
    least = mean.at_least or 0
    if (absent and mean.missing == "refuse") or len(counted) < least or divisor == 0:
        return Mean(parts, mean.missing, least, None, None)
    total = sum((weight * value for weight, value in counted), Fraction(0))
    return Mean(parts, mean.missing, least, divisor, total / divisor)


def _weighed(part: Part, value: Constant, work: Callable[[Formula], Working]) -> Weighed:
    weight = part.weight
    if isinstance(weight, Formula):
        working = work(weight)
        return Weighed(part.name, working.value, value, working)
    written = number_in(weight.text) if isinstance(weight, Literal) else None
    if written is None:
        raise RefereeFault(f"{part.name} has no weight")
    return Weighed(part.name, written, value)
