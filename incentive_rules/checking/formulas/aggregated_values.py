"""The formula inside an aggregate, read where its rows or members stand."""

from __future__ import annotations

from ...lang import nodes as n
from ...lang.aggregates import OVER_ROWS, Takes
from ...lang.types import ORDERED, Kind
from ...model import terms as t
from ..ranges.prover import Assumptions
from .context import FormulaContext
from .reader import FormulaReader, spelled, unknown


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
    entry = OVER_ROWS[name]
    if entry.of_conditions and kind is not Kind.BOOLEAN:
        text = context.place_of(argument).text
        reader.report("count-condition", context.place_of(argument), name_word=spelled(node.function), text=text)
        return reader.refused(argument, context)
    wanted = {Takes.NUMBER: (Kind.NUMBER,), Takes.ORDERED: ORDERED}.get(entry.takes)
    if wanted is not None and kind not in wanted:
        reader.report("number-needed", context.place_of(argument), kind_word=reader.kind_word(value))
        return reader.refused(argument, context)
    return value
