"""Options of calls: a word, a number, an order or a weight, each read and judged where the call stands."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...base.words import both
from ...lang import nodes as n
from ...lang.functions import CHINESE, OPTION_WORDS, option_word, option_words
from ...lang.types import ORDERED
from ...model import terms as t
from ..ranges.prover import Assumptions
from .context import FormulaContext
from .divisors import divisor_varies
from .reader import FormulaReader, spelled, unknown

MOST_BEST = 1000  # rows of `best`


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


def best_count(reader: FormulaReader, node: n.Call, context: FormulaContext) -> int | None:
    """The `n` of `best`: how many rows or members count."""
    most = dict(node.options).get("n")
    if isinstance(most, n.Number) and most.value.denominator == 1 and 1 <= most.value <= MOST_BEST:
        return int(most.value)
    reader.report("best-n", context.place_of(node), name_word=spelled(node.function))
    return None


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
    return ", ".join(f'"{w.chinese if language == "zh" else w.english}"' for w in found)
