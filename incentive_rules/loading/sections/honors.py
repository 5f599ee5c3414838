"""Reads honours: who is chosen, and the money that goes with it."""

from __future__ import annotations

from ...base.numbers import Rounding
from ...base.periods import PeriodKind
from ...base.titles import Title
from ...base.words import in_language
from ...lang.made_names import MadeName
from ...lang.pay import USUAL
from ...model.document import Entry, Item, Scalar, Sequence
from ...model.scheme import Formula, Honor, PayLine, Places, Quantity, Role
from . import values
from .findings import LoadingLog
from .formulas import formula, our_formula
from .known_collections import Collections
from .names import Names
from .quantities import every
from .section import Section, clash, entries_of, note_hole, open_block, rounding
from .tables import one_of

TITLES = ("{title} award", "{title}奖金")


def honors(
    findings: LoadingLog, names: Names, item: Item | None, period: PeriodKind | None, known: Collections, language: str
) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    """The honours, each a flag that is true for those chosen, and the pay lines of their awards.

    `language` is that of reports.
    """
    chosen: list[Quantity] = []
    awards: list[Quantity] = []
    for entry in entries_of(findings, item):
        if not names.define(entry.key):
            continue
        section = open_block(findings, entry.value, "honor", entry.key.text)
        honor = _honor(findings, entry, section, period, known)
        chosen.append(honor)
        if section is not None and "award" in section:
            awards.append(_award(section, honor, language))
            names.define_made(awards[-1].name, awards[-1].place, "award")
    return tuple(chosen), tuple(awards)


def _honor(
    findings: LoadingLog, entry: Entry, section: Section | None, period: PeriodKind | None, known: Collections
) -> Quantity:
    name, place = entry.key.text, entry.key.place
    if section is None:
        return Quantity(name, Role.HONOR, note_hole(findings, entry.value, name), place, type="boolean")
    among, best, places = section.formula("among"), _best_by(section), _places(section)
    ties = section.choice("ties") or "refuse"
    section.choice("empty_places")
    within = section.scalar("within")
    group = known.resolved(within.text) if within else "everyone"
    body = None if best is None or places is None else Honor(
        group, best, places, place, within.place if within else place, among, ties
    )  # fmt: skip
    return Quantity(name, Role.HONOR, body, place, section.title(), "boolean", every=every(section, period))


def _best_by(section: Section) -> tuple[Formula, ...] | None:
    """The formulas by which people are ranked; None if one of them is `tbd`."""
    texts = [each for each in section.items("best_by") if isinstance(each, Scalar)]
    whole = [note_hole(section.findings, each, section.path("best_by")) is None for each in texts]
    item = section.item("best_by")
    if isinstance(item, Sequence) and not item.items:
        section.lacks("best_by", section.place_of("best_by"))
    found = tuple(formula(section.findings, t) for t, good in zip(texts, whole, strict=True) if good)
    return found if found and all(whole) and section.hole("best_by") is None else None


def _places(section: Section) -> Places | None:
    """How many are chosen: a number, a formula, or a share of the eligible people or of the group."""
    item = section.item("places")
    if item is None:
        return None
    if isinstance(item, Scalar):
        return Places(item.place, number=section.formula("places"))
    places = section.section("places")
    way = one_of(places, ("share", "number")) if places else None
    if places is None or way is None:
        return None
    of = places.choice("of") or ""
    share = places.literal("share") if way == "share" else None
    if way == "share":
        scalar = places.scalar("share")
        if scalar is not None and values.share(places.findings, scalar, places.path("share")) is None:
            share = None
        if "of" not in places:
            places.lacks("of", places.place_of("share"))
    elif "of" in places:
        clash(places, "number", ("of",))
    number = places.formula("number") if way == "number" else None
    bounds = places.formula("at_least"), places.formula("at_most")
    if way == "share" and (share is None or not of):
        return None
    return Places(places.place, share, of, number, rounding(places) or Rounding.HALF_UP, *bounds)


def _title_of_award(honor: Quantity, language: str) -> Title:
    """`Service star award`, in the language of reports; in both where the honour has both."""
    if not honor.title.in_languages:
        return Title(in_language(language, *TITLES).format(title=honor.title or honor.name))
    pairs = zip(("en", "zh"), TITLES, strict=True)
    return Title.of({own: words.format(title=honor.title.said(own)) for own, words in pairs}, language)


def _award(section: Section, honor: Quantity, language: str) -> Quantity:
    """The pay line of an award: 0 for those who are not chosen."""
    place = section.place_of("award")
    return Quantity(
        MadeName.AWARD.of(honor.name), Role.PAY, section.formula("award"), place,
        _title_of_award(honor, language), "money",
        when=our_formula(honor.name, place), every=honor.every, pay=PayLine(USUAL.name, section.flag("at_risk")),
    )  # fmt: skip
