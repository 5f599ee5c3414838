"""Options of calls: a word, a number, an order or a weight, each read and judged where the call stands."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...base.words import both, in_language
from ...lang import nodes as n
from ...lang.aggregates import MOST_BEST
from ...lang.functions import CHINESE, OPTION_WORDS, option_word, option_words
from ...lang.types import ORDERED, Kind
from ...model import terms as t
from ...model.levels import Level
from ..ranges.prover import Assumptions
from .context import FormulaContext
from .divisor_levels import divisor_varies, homes_of
from .reader import FormulaReader, level_word, spelled, unknown


def report_unknown_option(
    reader: FormulaReader, option: str, options: Sequence[str], node: n.Call, context: FormulaContext
) -> None:
    """Report an option that this function does not take, at its value: an option has no place of its own."""
    value = dict(node.options)[option]
    own = both(*(" ".join(f"{name}=" for name in names) for names in (options, [CHINESE[x] for x in options])))
    reader.report(
        "arguments", context.place_of(value), variant="option" if options else "option-none", options_word=own,
        name_word=spelled(node.function), option_word=spelled(option),
    )  # fmt: skip


def option_word_of(
    reader: FormulaReader, node: n.Call, context: FormulaContext, option: str, function: str, default: str | None = None
) -> str | None:
    """The word of an option, in English; None, and reported, where it is no word that the option knows."""
    found = dict(node.options).get(option)
    if found is None and default is not None:
        return default
    known = option_word(option, found.value) if isinstance(found, n.Text) else None
    if known not in option_words(option, function):
        words = listed_option_words(option, function, reader.symbols.scheme.keyword_language)
        at = context.place_of(node if found is None else found)
        reader.report("option-word", at, variant="needed" if found is None else "", words=words, text=at.text,
                    name_word=spelled(node.function), option_word=spelled(option))  # fmt: skip
        return None
    return known


def best_count(
    reader: FormulaReader, node: n.Call, context: FormulaContext, assumptions: Assumptions, level: Level
) -> int | t.Term | None:
    """The `n` of `best`, how many values count: a number, or a term that is one whole number for each row of `level`.

    It is read as any part of the formula around the aggregate. None, and reported, where it differs among the rows
    for which the aggregate has one value, is no whole number, may be missing, or may lie outside of 0 to 1000.
    """
    most, name = dict(node.options).get("n"), spelled(node.function)
    if isinstance(most, n.Number) and most.value.denominator == 1 and 1 <= most.value <= MOST_BEST:
        return int(most.value)
    if most is None or _is_literal(most):
        reader.report("best-n", context.place_of(node), name_word=name)
        return None
    found = reader.read(most, context, assumptions)
    if unknown(found):
        return None
    for part, home in homes_of(found, reader.symbols):
        if not reader.symbols.levels.is_above(home, level):
            place = part.place or context.place_of(most)
            reader.report(
                "level-mixed", place, variant="value", name=place.text, details_word=level_word(home),
                here_word=level_word(level),
            )  # fmt: skip
            return None
    variant = _unfit(found)
    if variant:
        names, place = reader.missing_names(found), context.place_of(most)
        listed = ", ".join(f"`{x}`" for x in names)
        reader.report(
            "best-n", place, variant=variant, name_word=name, text=place.text, span=reader.span(found.facts),
            names=listed or f"`{place.text}`", mended=names[0] if names else place.text, most=f"{MOST_BEST:,}",
            others=reader.declared_at(names) if variant == "missing" else (),
        )  # fmt: skip
        return None
    return found


def count_bound(most: int | t.Term) -> Fraction:
    """The largest number of values that `best` may add up."""
    high = Fraction(most) if isinstance(most, int) else most.facts.bounds.high
    assert high is not None
    return high


def _is_literal(node: n.Expression) -> bool:
    """Whether a value is written out, with a sign or without."""
    inner = node.operand if isinstance(node, n.Negative) else node
    return isinstance(inner, n.Number | n.Text | n.Flag | n.MissingLiteral | n.ListOf)


def _unfit(count: t.Term) -> str:
    """Why a term is no count of values: the variant of the message; "" where it is one."""
    type_, bounds = count.facts.type, count.facts.bounds
    if type_.kind is not Kind.NUMBER or type_.is_money or not type_.whole:
        return "whole"
    if count.facts.may_miss:
        return "missing"
    within = bounds.low is not None and bounds.low >= 0 and bounds.high is not None and bounds.high <= MOST_BEST
    return "" if within else "bounds"


def percentile_fraction(reader: FormulaReader, node: n.Call, context: FormulaContext) -> Fraction | None:
    """The constant p of a percentile."""
    found = node.arguments[1]
    if isinstance(found, n.Number) and 0 <= found.value <= 1 and found.value.denominator <= 10_000:
        return found.value
    reader.report("percentile-p", context.place_of(found), name_word=spelled(node.function))
    return None


def order_terms(
    reader: FormulaReader, node: n.Call, inner: FormulaContext, assumptions: Assumptions
) -> tuple[t.Term, ...] | None:
    """What rows are ordered by: numbers, days or times that no row lacks."""
    items = n.listed_in(node, "order")
    if not items:
        reader.report("rows-unordered", inner.place_of(node), name_word=spelled(node.function))
        return None
    found = []
    for item in items:
        term = reader.read(item, inner, assumptions)
        if unknown(term):
            return None
        if term.facts.type.kind not in ORDERED or term.facts.may_miss or divisor_varies(term, None, reader.symbols):
            reader.report("order-by", inner.place_of(item), text=inner.place_of(item).text)
            return None
        found.append(term)
    return tuple(found)


def mean_weight(reader: FormulaReader, node: n.Call, inner: FormulaContext, assumptions: Assumptions) -> t.Term | None:
    """The weight of a mean, read where its rows or members stand; None, and reported, where it may be below 0."""
    written = dict(node.options)["weight"]
    found = reader.number(written, inner, assumptions)
    if unknown(found):
        return None
    low = found.facts.bounds.low
    if low is None or low < 0:
        place = inner.place_of(written)
        reader.report("weight-formula", place, variant="rows", text=place.text, span=reader.span(found.facts))
        return None
    return found


def listed_option_words(option: str, function: str, language: str) -> str:
    """The words that an option may be, as a message lists them."""
    found = [w for w in OPTION_WORDS if w.of == function and w.option == option]
    return ", ".join(f'"{in_language(language, w.english, w.chinese)}"' for w in found)
