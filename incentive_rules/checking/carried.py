"""Inputs that carry a value of the last period: what came out then must be one that the input can be."""

from __future__ import annotations

from ..base.places import Place
from ..lang.types import Facts, Kind, Type
from ..model import scheme as s
from ..model.checked import CheckedInput
from .formulas import unknown
from .lines import Lines
from .rounding import Places


def check_carried(lines: Lines) -> None:
    """Report every input whose source is no value of a person, or one of another sort."""
    places = Places(dict(lines.world.inputs), lines.world.quantities)
    for definition in lines.world.scheme.inputs:
        own = lines.world.inputs.get(definition.name)
        if definition.carried_from is None or own is None or own.facts.type.kind is Kind.UNKNOWN:
            continue
        place = definition.carried_place or definition.place
        source = lines.name_in_place(definition.carried_from, place, definition.name)
        if not unknown(source):
            _compare(lines, own, definition, source.facts, places.of(source), place)


def _compare(
    lines: Lines, own: CheckedInput, definition: s.Input, source: Facts, decimals: int | None, place: Place
) -> None:
    variant, strange = None, _strange(own.facts.type, source.type)
    if _sort(own.facts.type) != _sort(source.type):
        variant = ""
    elif own.facts.type.kind is Kind.CATEGORY and strange:
        variant = "words"
    elif own.facts.type.kind is Kind.NUMBER and (decimals is None or decimals > own.decimals):
        variant = "exact" if decimals is None else "decimals"
    if variant is not None:
        lines.report(
            "carried-differs", place, variant=variant, name=definition.name, source=definition.carried_from or "",
            kind_word=_sort(source.type), wanted_word=_sort(own.facts.type), text=strange, own=str(own.decimals),
            places=str(decimals),
        )  # fmt: skip


def _sort(type_: Type) -> str:
    return "money" if type_.is_money else str(type_.kind)


def _strange(own: Type, source: Type) -> str:
    """A word that the source can be and the input cannot."""
    if own.values is None or source.values is None:
        return ""
    return next(iter(sorted(source.values - own.values)), "")
