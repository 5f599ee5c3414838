"""Calls: functions of the catalogue, the author's functions, tables, `value(indicator)`."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ...base.numbers import Rounding
from ...lang import nodes as n
from ...lang.aggregates import OVER_ROWS
from ...lang.functions import AWARD, CANONICAL, RESERVED_FOR_LATER, ROW, VALUE, RowFunction
from ...lang.made_names import MadeName
from ...lang.types import BOOLEAN, WHOLE, Facts, Kind
from ...model import terms as t
from ...model.scheme import Tbd
from ..names.symbols import SymbolSort
from ..ranges.prover import Assumptions
from .aggregates import read_aggregate
from .built_ins import MOMENT_KINDS, meant
from .context import FormulaContext
from .lookups import look_up_term
from .named_values import named_value, report_unknown_name
from .operators import common_type_of, divided_term, hull_of_terms
from .options import option_word_of, report_unknown_option
from .reader import FormulaReader, spelled, unknown
from .rounding import rounded_bounds
from .time_served import served_term

MOST_CALLS_DEEP = 20


def read_call(reader: FormulaReader, node: n.Call, context: FormulaContext, assumptions: Assumptions) -> t.Term:
    """The term of a call: the author's tables and functions first, then ours."""
    name = node.function
    known = reader.symbols.names.get(name)
    if known is not None and known.sort in (SymbolSort.TABLE, SymbolSort.FUNCTION):
        reader.symbols.used.add(name)
        if known.sort is SymbolSort.TABLE:
            return _table(reader, node, context, assumptions)
        return _author_function(reader, node, context, assumptions)
    name = CANONICAL.get(name, name)
    if name in VALUE:
        return _value(reader, node, context)
    if name in AWARD:
        return _award(reader, node, context)
    if name in OVER_ROWS and (name not in ROW or node.options or len(node.arguments) == 1):
        return read_aggregate(reader, name, node, context, assumptions)
    if name in ROW:
        return _row_function(reader, ROW[name], node, context, assumptions)
    _unknown_function(reader, node, context)
    return reader.refused(node, context)


def _unknown_function(reader: FormulaReader, node: n.Call, context: FormulaContext) -> None:
    place = context.formula.place_of(node.start, node.name_end or node.end)
    if node.function in RESERVED_FOR_LATER:
        reader.report("not-yet", place, what=node.function)
        return
    if node.function in reader.symbols.names:
        reader.report("name-not-function", place, name=node.function)
        return
    candidates = [
        x for x, k in reader.symbols.names.items() if k.sort in (SymbolSort.TABLE, SymbolSort.FUNCTION)
    ] + list(CANONICAL)
    close = reader.symbols.guesses.nearest(node.function, candidates)
    reader.report(
        "function-unknown",
        place,
        name=node.function,
        near=close[0] if close else "",
        variant="near" if close else "",
    )


# ── value(indicator) ─────────────────────────────────────────────────────────────────────────


def _value(reader: FormulaReader, node: n.Call, context: FormulaContext) -> t.Term:
    argument = node.arguments[0] if len(node.arguments) == 1 else None
    if not isinstance(argument, n.Name) or node.options:
        reader.report("value-of", context.place_of(node), name="")
        return reader.refused(node, context)
    name = argument.name
    if context.family is not None and context.member is not None:
        found = context.family.resolve(context.member, name)
        name = found if isinstance(found, str) else name
    if MadeName.VALUE.of(name) not in reader.symbols.names:
        if name in reader.symbols.names:
            reader.report("value-of", context.place_of(argument), name=name)
        else:
            report_unknown_name(reader, name, context.place_of(argument), context)
        return reader.refused(node, context)
    return named_value(reader, MadeName.VALUE.of(name), node, context)


def _award(reader: FormulaReader, node: n.Call, context: FormulaContext) -> t.Term:
    """The money of an honour, which is a pay line of its own."""
    argument = node.arguments[0] if len(node.arguments) == 1 and not node.options else None
    if not isinstance(argument, n.Name) or MadeName.AWARD.of(argument.name) not in reader.symbols.names:
        reader.report("award-of", context.place_of(node), name=argument.name if isinstance(argument, n.Name) else "")
        return reader.refused(node, context)
    return named_value(reader, MadeName.AWARD.of(argument.name), node, context)


# ── functions of one row ─────────────────────────────────────────────────────────────────────


def _row_function(
    reader: FormulaReader, function: RowFunction, node: n.Call, context: FormulaContext, assumptions: Assumptions
) -> t.Term:
    place = context.place_of(node)
    count = len(node.arguments)
    strange = [key for key, _ in node.options if key not in function.options]
    if strange:
        report_unknown_option(reader, strange[0], function.options, node, context)
        return reader.refused(node, context)
    if count < function.least or (function.most is not None and count > function.most):
        most = "…" if function.most is None else str(function.most)
        wanted = str(function.least) if most == str(function.least) else f"{function.least}-{most}"
        reader.report(
            "arguments",
            place,
            name_word=spelled(node.function),
            wanted=wanted,
            found=str(count),
            example=function.example,
        )
        return reader.refused(node, context)
    if function.takes == "rounded":
        return _rounded(reader, node, context, assumptions)
    terms = tuple(reader.read(x, context, assumptions) for x in node.arguments)
    if any(map(unknown, terms)):
        return reader.refused(node, context)
    match function.name:
        case "known":
            return t.IsKnown(facts=Facts(BOOLEAN), place=place, operand=terms[0])
        case "coalesce":
            return _first_known(reader, terms, node, context)
    if not _all_of(reader, MOMENT_KINDS.get(function.takes, Kind.NUMBER), terms, node, context):
        return reader.refused(node, context)
    match function.name:
        case "served":
            return _served(reader, terms, node, context)
        case "ratio":
            return divided_term(reader, terms[0], terms[1], node.arguments[1], node, context, assumptions, True)
    type_ = WHOLE if function.takes in MOMENT_KINDS else common_type_of(reader, terms, node, context)
    return reader.refused(node, context) if type_ is None else meant(function, terms, type_, place)


def _all_of(
    reader: FormulaReader, kind: Kind, terms: tuple[t.Term, ...], node: n.Call, context: FormulaContext
) -> bool:
    for term, part in zip(terms, node.arguments, strict=True):
        if term.facts.type.kind is not kind:
            code = "number-needed" if kind is Kind.NUMBER else "kind-needed"
            reader.report(code, context.place_of(part), wanted_word=str(kind), kind_word=reader.kind_word(term))
            return False
    return True


def _rounded(reader: FormulaReader, node: n.Call, context: FormulaContext, assumptions: Assumptions) -> t.Term:
    operand = reader.number(node.arguments[0], context, assumptions)
    places = node.arguments[1] if len(node.arguments) == 2 else n.Number(Fraction(0))
    if not isinstance(places, n.Number) or places.value.denominator != 1 or not 0 <= places.value <= 12:
        reader.report("round-places", context.place_of(node.arguments[-1]))
        return reader.refused(node, context)
    if unknown(operand):
        return operand
    decimals, mode = int(places.value), Rounding.HALF_UP
    type_ = evolve(operand.facts.type, whole=decimals == 0 and operand.facts.type.money == 0)
    facts = Facts(type_, operand.facts.may_miss, rounded_bounds(operand.facts.bounds, decimals, mode))
    return t.Rounded(facts=facts, place=context.place_of(node), operand=operand, decimals=decimals, mode=mode.value)


def _first_known(reader: FormulaReader, terms: tuple[t.Term, ...], node: n.Call, context: FormulaContext) -> t.Term:
    type_ = common_type_of(reader, terms, node, context)
    if type_ is None:
        return reader.refused(node, context)
    facts = Facts(type_, all(x.facts.may_miss for x in terms), hull_of_terms(terms))
    return t.FirstKnown(facts=facts, place=context.place_of(node), operands=terms)


def _served(reader: FormulaReader, terms: tuple[t.Term, ...], node: n.Call, context: FormulaContext) -> t.Term:
    method = option_word_of(reader, node, context, "method", "served")
    if method is None:
        return reader.refused(node, context)
    return served_term(terms[0], terms[1], method, reader.symbols.days, context.place_of(node))


# ── what the author defined ──────────────────────────────────────────────────────────────────


def _author_function(reader: FormulaReader, node: n.Call, context: FormulaContext, assumptions: Assumptions) -> t.Term:
    function = reader.symbols.functions[node.function]
    place = context.place_of(node)
    if node.options:
        report_unknown_option(reader, node.options[0][0], (), node, context)
        return reader.refused(node, context)
    if len(node.arguments) != len(function.takes):
        example = f"{function.name}({', '.join(function.takes)})"
        reader.report(
            "arguments", place, name_word=function.name, wanted=str(len(function.takes)),
            found=str(len(node.arguments)), example=example,
        )  # fmt: skip
        return reader.refused(node, context)
    terms = [reader.read(x, context, assumptions) for x in node.arguments]
    body = function.formula
    if isinstance(body, Tbd) or body is None or body.expression is None or any(map(unknown, terms)):
        return reader.refused(node, context)
    if len(context.calls) >= MOST_CALLS_DEEP and function.name not in context.calls:
        return reader.too_large(node, context)
    if function.name in context.calls:
        path = " → ".join([*context.calls, function.name])
        reader.report("function-recursive", function.place, name=function.name, path=path)
        return reader.refused(node, context)
    inner = evolve(
        context, formula=body, function=function.name, arguments=dict(zip(function.takes, terms, strict=True)),
        calls=(*context.calls, function.name),
    )  # fmt: skip
    return reader.read(body.expression, inner, assumptions)


def _table(reader: FormulaReader, node: n.Call, context: FormulaContext, assumptions: Assumptions) -> t.Term:
    lookup = reader.symbols.tables[node.function]
    place = context.place_of(node)
    options = dict(node.options)
    give = options.pop("give", None)
    if options:
        report_unknown_option(reader, next(iter(options)), ("give",) if len(lookup.grids) > 1 else (), node, context)
        return reader.refused(node, context)
    if len(node.arguments) != lookup.depth:
        reader.report(
            "arguments", place, name_word=lookup.name, wanted=str(lookup.depth),
            found=str(len(node.arguments)), example=f"{lookup.name}(x)",
        )  # fmt: skip
        return reader.refused(node, context)
    keys = tuple(reader.read(x, context, assumptions) for x in node.arguments)
    if not lookup.grids or any(map(unknown, keys)):
        return reader.refused(node, context)
    column = _column(reader, give, tuple(lookup.grids), node, context)
    if column is None:
        return reader.refused(node, context)
    return look_up_term(reader, lookup, column, keys, node.arguments, node, context)


def _column(
    reader: FormulaReader, give: n.Expression | None, names: tuple[str, ...], node: n.Call, context: FormulaContext
) -> str | None:
    if isinstance(give, n.Name | n.Text):
        wanted = give.name if isinstance(give, n.Name) else give.value
        if wanted in names:
            return wanted
    elif give is None and len(names) == 1:
        return names[0]
    at = context.place_of(give) if give is not None else context.place_of(node)
    reader.report("table-give", at, name=node.function, columns=", ".join(names), first=names[0] if names else "")
    return None
