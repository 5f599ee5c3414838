"""Who is chosen and who gets which grade: the place, the number of places, and the line between."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..lang.types import PLAIN
from ..model.terms import Constant
from ..model.trace import Chosen, Graded
from .aggregates import group_in_words, level_with
from .formatting import Shower, percent
from .lookups import plain
from .words import say
from .worked_formulas import Paper


def honor_in_words(chosen: Chosen, shower: Shower, owner: str) -> Iterator[str]:
    """Who is eligible, how many places there are, the own place and value, and what came of it."""
    language = shower.language
    group = group_in_words(chosen.among, shower)
    yield say("eligible", language, group=group, members=chosen.among.members, count=chosen.eligible)
    yield _places(chosen, shower, owner)
    if chosen.verdict == "not_eligible":
        yield say("not_eligible", language)
        return
    values = say("comma", language).join(_equation(Paper(w, shower, owner), w.value, shower) for w in chosen.best_by)
    yield say("best_by", language, values=values)
    if chosen.place is None:
        yield say("not_in_order", language)
        return
    place = say("place", language, place=chosen.place) + level_with(chosen.level_with, language)
    moments = [Paper(working, shower, owner).moment() or PLAIN for working in chosen.best_by]
    typed = zip(chosen.last, moments, strict=False)
    last = say("comma", language).join(shower.typed(value, type_) for value, type_ in typed)
    if chosen.last and chosen.verdict != "chosen":
        place += say("semicolon", language) + say("last_chosen", language, values=last)
    yield f"{place} → {say(f'verdict_{chosen.verdict}', language)}"


def _places(chosen: Chosen, shower: Shower, owner: str) -> str:
    """`places: 5% × 17 = 0.85 → 1 (half up), at most 3`, and fewer where there are not so many eligible.

    An arrow leads to what bounds make of it.
    """
    language = shower.language
    counted = shower.value(chosen.counted)
    if isinstance(chosen.share, Fraction):
        part = chosen.share * chosen.base
        wanted = f"{percent(chosen.share)} × {chosen.base} = {plain(part)}"
        if part != chosen.counted and chosen.rounding is not None:
            wanted += f" → {say('places_rounded', language, count=counted, mode=say(chosen.rounding.value, language))}"
    elif chosen.number is not None:
        wanted = _equation(Paper(chosen.number, shower, owner), chosen.counted, shower)
    else:
        wanted = counted
    found = say("places", language, count=wanted)
    for word, bound in (("places_least", chosen.least), ("places_most", chosen.most)):
        if bound is not None:
            found += say(word, language, count=_equation(Paper(bound, shower, owner), bound.value, shower))
    if chosen.wanted != chosen.counted:
        found += f" → {shower.value(chosen.wanted)}"
    if chosen.places != chosen.wanted:
        found += say("fewer_eligible", language, count=chosen.places)
    return found


def _equation(paper: Paper, value: Constant, shower: Shower) -> str:
    return " = ".join(dict.fromkeys([paper.names(), paper.values(), shower.typed(value, paper.moment() or PLAIN)]))


def grade_in_words(graded: Graded, shower: Shower) -> Iterator[str]:
    """The place, and where the cuts of the grades lie."""
    language = shower.language
    title, value = shower.title(graded.argument), shower.value(graded.value, graded.argument)
    group = group_in_words(graded.among, shower)
    if graded.row is None or graded.place is None:
        yield say("not_ranked_people", language, group=group, of=graded.of)
        return
    ranked = say("ranked_people", language, group=group, of=graded.of, place=graded.place)
    yield f"{title} {value}{say('colon', language)}{ranked}{level_with(graded.level_with, language)}"
    share, told = Fraction(0), []
    for number, (result, part, cut) in enumerate(graded.cuts[: graded.row + 1]):
        assert isinstance(part, Fraction)
        share += part
        least, most = graded.limits[number] if graded.limits else (None, None)
        limits = "" if least is None else say("cut_least", language, count=least)
        limits += "" if most is None else say("cut_most", language, count=most)
        exact = share * graded.of
        if exact.denominator != 1 and graded.rounding is not None:
            mode = say(graded.rounding.value, language)
            limits = f" = {say('places_rounded', language, count=plain(exact), mode=mode)}{limits}"
        said = {"result": shower.value(result), "share": percent(share), "limits": limits}
        told.append(say("cut", language, of=graded.of, cut=cut, **said))
    yield say("semicolon", language).join(told) + f" → {shower.value(graded.cuts[graded.row][0])}"
