"""Aggregates: a call of `sum`, `mean`, `rank` and the like is told apart by what it runs over.

f(formula, over=, where=, within=)    over the rows of a level: details, groups, everyone, others
f(formula, over=family)               over the members of a `repeat` family, or the parts of a group
"""

from __future__ import annotations

from ...lang import nodes as n
from ...lang.aggregates import OVER_ROWS
from ...model import terms as t
from ..names.level_inference import over_of
from ..ranges.prover import Assumptions
from .aggregate_ranges import range_of
from .context import FormulaContext
from .member_aggregates import read_member_aggregate
from .options import report_unknown_option
from .reader import FormulaReader, spelled
from .row_aggregates import read_row_aggregate


def read_aggregate(
    reader: FormulaReader, name: str, node: n.Call, context: FormulaContext, assumptions: Assumptions
) -> t.Term:
    """The term of an aggregate; unknown, and reported, where it is written wrong or stands where none may."""
    entry, place = OVER_ROWS[name], context.place_of(node)
    options = dict(node.options)
    strange = [key for key in options if key not in entry.options]
    if strange:
        report_unknown_option(reader, strange[0], entry.options, node, context)
        return reader.refused(node, context)
    if not entry.least <= len(node.arguments) <= entry.most:
        reader.report(
            "arguments", place, name_word=spelled(node.function), wanted=str(entry.most),
            found=str(len(node.arguments)), example=entry.example,
        )  # fmt: skip
        return reader.refused(node, context)
    over = over_of(node)
    if over in reader.symbols.families or over in reader.symbols.parts_of:
        return read_member_aggregate(reader, name, node, context, assumptions)
    if context.gathering or context.function is not None:
        reader.report("aggregate-inside", place, name_word=spelled(node.function))
        return reader.refused(node, context)
    found = range_of(reader, name, node, context)
    if found is None:
        return reader.refused(node, context)
    return read_row_aggregate(reader, name, found, node, context, assumptions)
