"""Words who is chosen and who gets which grade: the rank, the number of places, and the cut-off."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..lang.types import PLAIN
from ..model.terms import Constant
from ..model.trace import Chosen, Graded
from .aggregates import group_in_words, level_with
from .formatting import ValueFormatter, percent_text
from .lookups import factor_text
from .words import phrase
from .worked_formulas import FormulaWriter


def honor_in_words(chosen: Chosen, formatter: ValueFormatter, owner: str) -> Iterator[str]:
    """Who is eligible, how many places there are, the own rank and value, and the result."""
    language = formatter.language
    yield from places_in_words(chosen, formatter, owner)
    if chosen.verdict == "not_eligible":
        yield phrase("not_eligible", language)
        return
    values = phrase("comma", language).join(
        _equation(FormulaWriter(w, formatter, owner), w.value, formatter) for w in chosen.best_by
    )
    yield phrase("best_by", language, values=values)
    if chosen.place is None:
        yield phrase("not_in_order", language)
        return
    place = phrase("place", language, place=chosen.place) + level_with(chosen.level_with, language)
    moments = [FormulaWriter(working, formatter, owner).date_or_time_type() or PLAIN for working in chosen.best_by]
    typed = zip(chosen.last, moments, strict=False)
    last = phrase("comma", language).join(formatter.typed(value, type_) for value, type_ in typed)
    if chosen.last and chosen.verdict != "chosen":
        place += phrase("semicolon", language) + phrase("last_chosen", language, values=last)
    yield f"{place} → {phrase(f'verdict_{chosen.verdict}', language)}"


def places_in_words(chosen: Chosen, formatter: ValueFormatter, owner: str) -> Iterator[str]:
    """Who could be chosen, and how many places there are."""
    group = group_in_words(chosen.among, formatter)
    yield phrase("eligible", formatter.language, group=group, members=chosen.among.members, count=chosen.eligible)
    yield _places(chosen, formatter, owner)


def _places(chosen: Chosen, formatter: ValueFormatter, owner: str) -> str:
    """`places: 5% × 17 = 0.85 → 1 (half up), at most 3`, and fewer if fewer people are eligible.

    The arrow leads to the number after rounding and bounds.
    """
    language = formatter.language
    counted = formatter.value(chosen.counted)
    if isinstance(chosen.share, Fraction):
        part = chosen.share * chosen.base
        wanted = f"{percent_text(chosen.share)} × {chosen.base} = {factor_text(part)}"
        if part != chosen.counted and chosen.rounding is not None:
            wanted += (
                f" → {phrase('places_rounded', language, count=counted, mode=phrase(chosen.rounding.value, language))}"
            )
    elif chosen.number is not None:
        wanted = _equation(FormulaWriter(chosen.number, formatter, owner), chosen.counted, formatter)
    else:
        wanted = counted
    found = phrase("places", language, count=wanted)
    for word, bound in (("places_least", chosen.least), ("places_most", chosen.most)):
        if bound is not None:
            found += phrase(
                word, language, count=_equation(FormulaWriter(bound, formatter, owner), bound.value, formatter)
            )
    if chosen.wanted != chosen.counted:
        found += f" → {formatter.value(chosen.wanted)}"
    if chosen.places != chosen.wanted:
        found += phrase("fewer_eligible", language, count=chosen.places)
    return found


def _equation(writer: FormulaWriter, value: Constant, formatter: ValueFormatter) -> str:
    return " = ".join(
        dict.fromkeys([writer.names(), writer.values(), formatter.typed(value, writer.date_or_time_type() or PLAIN)])
    )


def grade_in_words(graded: Graded, formatter: ValueFormatter) -> Iterator[str]:
    """The rank, and the last ranks of the grades."""
    language = formatter.language
    title, value = formatter.title(graded.argument), formatter.value(graded.value, graded.argument)
    group = group_in_words(graded.among, formatter)
    if graded.row is None or graded.place is None:
        yield phrase("not_ranked_people", language, group=group, of=graded.of)
        return
    ranked = phrase("ranked_people", language, group=group, of=graded.of, place=graded.place)
    yield f"{title} {value}{phrase('colon', language)}{ranked}{level_with(graded.level_with, language)}"
    told = list(cuts_in_words(graded, formatter))[: graded.row + 1]
    yield phrase("semicolon", language).join(told) + f" → {formatter.value(graded.cuts[graded.row][0])}"


def cuts_in_words(graded: Graded, formatter: ValueFormatter) -> Iterator[str]:
    """Of each grade, the best first, how the last rank that reaches it was counted."""
    language, share = formatter.language, Fraction(0)
    for number, (result, part, cut) in enumerate(graded.cuts):
        assert isinstance(part, Fraction)
        share += part
        least, most = graded.limits[number] if graded.limits else (None, None)
        limits = "" if least is None else phrase("cut_least", language, count=least)
        limits += "" if most is None else phrase("cut_most", language, count=most)
        exact = share * graded.of
        if exact.denominator != 1 and graded.rounding is not None:
            mode = phrase(graded.rounding.value, language)
            limits = f" = {phrase('places_rounded', language, count=factor_text(exact), mode=mode)}{limits}"
        said = {"result": formatter.value(result), "share": percent_text(share), "limits": limits}
        yield phrase("cut", language, of=graded.of, cut=cut, **said)
