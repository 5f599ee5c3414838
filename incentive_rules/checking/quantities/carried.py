"""Checks inputs that carry a value of the last period: the input must be able to have that value."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from ...base.moments import MINUTES_PER_DAY
from ...base.numbers import read_number
from ...base.places import Place
from ...lang.keywords import as_spelled
from ...lang.keywords.words import MISSING
from ...lang.types import MOMENTS, Facts, Kind, Type
from ...model import scheme as s
from ...model.checked import CheckedInput
from ..formulas.reader import unknown
from ..formulas.rounding import ExactDecimals
from ..names.constants import word
from .quantity_formulas import QuantityFormulas


def check_carried(formulas: QuantityFormulas) -> None:
    """Reports every input whose source is no value of a person, or one of another type."""
    places = ExactDecimals(dict(formulas.symbols.inputs), formulas.symbols.quantities)
    for definition in formulas.symbols.scheme.inputs:
        own = formulas.symbols.inputs.get(definition.name)
        if definition.carried_from is None or own is None or own.facts.type.kind is Kind.UNKNOWN:
            continue
        if definition.first is not None:
            _check_first(formulas, own, definition.first)
        place = definition.carried_place or definition.place
        source = formulas.name_in_place(definition.carried_from, place, definition.name)
        if not unknown(source):
            _compare(formulas, own, definition, source.facts, places.of(source), place)


def _check_first(formulas: QuantityFormulas, own: CheckedInput, first: s.Literal) -> None:
    """Reports a first value that no data could have; one outside a range of numbers was reported before."""
    definition, kind, language = own.definition, own.facts.type.kind, formulas.symbols.scheme.keyword_language
    what = f"{definition.name} · {as_spelled('first', language)}"
    if first.text in MISSING:
        return
    if kind is Kind.NUMBER:
        number = read_number(first.text)
        if number is None:
            return
        if (number * 10**own.decimals).denominator != 1:
            formulas.report("first-outside", first.place, variant="decimals", what=what, text=first.text,
                         decimals=str(own.decimals))  # fmt: skip
            return
        outside = False  # loading has said so
    elif kind in MOMENTS:
        moment = _moment(first.text, kind)
        outside = moment is not None and not own.facts.bounds.holds(Fraction(moment))
    else:
        words = own.facts.type.values if kind is Kind.CATEGORY and not definition.one_of else None
        outside = words is not None and word(first.text) not in words
    if outside:
        key = "texts" if kind is Kind.CATEGORY else "range"
        formulas.report("first-outside", first.place, what=what, text=first.text, key=as_spelled(key, language))


def _moment(text: str, kind: Kind) -> int | None:
    """The day, or the minutes, of a text; None if it is neither."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    day = found.date().toordinal()
    return day if kind is Kind.DATE else day * MINUTES_PER_DAY + found.hour * 60 + found.minute


def _compare(
    formulas: QuantityFormulas,
    own: CheckedInput,
    definition: s.Input,
    source: Facts,
    decimals: int | None,
    place: Place,
) -> None:
    variant, strange = None, _strange(own.facts.type, source.type)
    if _sort(own.facts.type) != _sort(source.type):
        variant = ""
    elif own.facts.type.kind is Kind.CATEGORY and strange:
        variant = "words"
    elif own.facts.type.unit and source.type.unit and own.facts.type.unit != source.type.unit:
        variant = "unit"
    elif own.facts.type.kind is Kind.NUMBER and (decimals is None or decimals > own.decimals):
        variant = "exact" if decimals is None else "decimals"
    if variant is not None:
        formulas.report(
            "carried-differs", place, variant=variant, name=definition.name, source=definition.carried_from or "",
            kind_word=_sort(source.type), wanted_word=_sort(own.facts.type), text=strange, own=str(own.decimals),
            places=str(decimals), unit=own.facts.type.unit or "", other=source.type.unit or "",
        )  # fmt: skip


def _sort(type_: Type) -> str:
    return "money" if type_.is_money else str(type_.kind)


def _strange(own: Type, source: Type) -> str:
    """A word that the source can have and the input cannot."""
    if own.values is None or source.values is None:
        return ""
    return next(iter(sorted(source.values - own.values)), "")
