"""The formula inside an aggregate, read where its rows or members stand."""

from __future__ import annotations

from ...lang import nodes as n
from ...lang.types import ORDERED, Kind
from ...model import terms as t
from ..ranges.prover import Assumptions
from .context import FormulaContext
from .reader import FormulaReader, spelled, unknown

OF_CONDITION = ("count", "share")
OF_ANY_KIND = ("latest",)


def aggregated_value(
    reader: FormulaReader, name: str, node: n.Call, context: FormulaContext, assumptions: Assumptions
) -> t.Term | None:
    """The formula of an aggregate, read where its rows stand; None where it has none."""
    if not node.arguments:
        return None
    argument = node.arguments[0]
    value = reader.read(argument, context, assumptions)
    if unknown(value):
        return value
    kind = value.facts.type.kind
    if name in OF_CONDITION and kind is not Kind.BOOLEAN:
        text = context.place_of(argument).text
        reader.report("count-condition", context.place_of(argument), name_word=spelled(node.function), text=text)
        return reader.refused(argument, context)
    ordered = name in ("min", "max", "percentile") and kind in ORDERED
    if name not in (*OF_CONDITION, *OF_ANY_KIND) and kind is not Kind.NUMBER and not ordered:
        reader.report("number-needed", context.place_of(argument), kind_word=reader.kind_word(value))
        return reader.refused(argument, context)
    return value
