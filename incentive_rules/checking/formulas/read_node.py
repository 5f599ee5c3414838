"""Dispatches a node of a formula, by its class, to the function that makes its term."""

from __future__ import annotations

from ...base.limits import DEFAULT_LIMITS
from ...lang import nodes as n
from ...lang.types import BOOLEAN, Bounds, Facts, Kind, Type
from ...model import terms as t
from ..names.constants import constant_facts
from ..names.symbols import Symbols
from ..ranges.prover import Assumptions
from .calls import read_call
from .context import FormulaContext
from .named_values import read_name
from .operators import (
    MISSING_FACTS,
    read_arithmetic,
    read_choice,
    read_comparison,
    read_connected,
    read_membership,
    read_negative,
)
from .reader import FormulaReader, unknown


def formula_reader(symbols: Symbols, most_parts: int = DEFAULT_LIMITS.parts) -> FormulaReader:
    """A reader of formulas that knows every node.

    It stands here, since `reader.py` must not import this file: the functions below call the reader back.
    """
    return FormulaReader(symbols, read_node, most_parts)


def read_node(reader: FormulaReader, node: n.Expression, context: FormulaContext, assumptions: Assumptions) -> t.Term:
    """The term of one node; the reader adds what the assumptions say of it."""
    place = context.place_of(node)
    match node:
        case n.Number(value=value):
            percent = node.text.endswith("%")
            type_ = Type(Kind.NUMBER, literal=True, percent=percent, whole=value.denominator == 1)
            facts = Facts(type_, bounds=Bounds(value, value))
            return t.Fixed(facts=facts, place=place, value=value)
        case n.Text(value=text):
            return t.Fixed(facts=constant_facts(text), place=place, value=text)
        case n.Flag(value=flag):
            return t.Fixed(facts=Facts(BOOLEAN), place=place, value=flag)
        case n.MissingLiteral():
            return t.Fixed(facts=MISSING_FACTS, place=place, value=None)
        case n.Name():
            return read_name(reader, node, context)
        case n.Negative(operand=x):
            return read_negative(reader.number(x, context, assumptions), node, context)
        case n.Arithmetic():
            return read_arithmetic(reader, node, context, assumptions)
        case n.Comparison():
            return read_comparison(reader, node, context, assumptions)
        case n.Membership():
            return read_membership(reader, node, context, assumptions)
        case n.Not(operand=x):
            found = reader.condition(x, context, assumptions)
            return found if unknown(found) else t.IsNot(facts=Facts(BOOLEAN), place=place, operand=found)
        case n.And(operands=xs):
            return read_connected(reader, xs, True, node, context, assumptions)
        case n.Or(operands=xs):
            return read_connected(reader, xs, False, node, context, assumptions)
        case n.If():
            return read_choice(reader, node, context, assumptions)
        case n.Call():
            return read_call(reader, node, context, assumptions)
        case n.ListOf():  # stands only behind `then=`, where it is read
            reader.report("option-wrong", place)
            return reader.refused(node, context)
