"""Reads indicators: the tree of groups and indicators, the total, composites."""

from __future__ import annotations

from collections.abc import Mapping as Mapped

from attrs import define, evolve, field, frozen

from ...base.diagnostics import Fix
from ...base.places import Place
from ...base.text import nearest
from ...base.words import in_language, list_separator
from ...lang.functions import TOTAL_NAMES
from ...lang.keywords import BLOCKS
from ...lang.keywords.words import BETTER, NEAR
from ...lang.made_names import MadeName
from ...model.document import Entry, Item, Mapping, Scalar, Sequence
from ...model.scheme import (
    Adjustment,
    Family,
    Formula,
    Indicator,
    Literal,
    Part,
    Quantity,
    Role,
    TableOf,
    Tbd,
    WeightedMean,
)  # fmt: skip
from . import values
from .findings import LoadingLog
from .formulas import formula, our_formula, written_out
from .inputs import ends
from .names import Names
from .quantities import NO_CONSTANTS
from .section import Section, entries_of, literal, note_hole, open_block, rounding
from .tables import one_of, table_body

DEEPEST = 4
ACTIONS = ("set", "at_most", "at_least", "add", "multiply")


def measured(name: str) -> str:
    """The name of the value that an indicator measured."""
    return MadeName.VALUE.of(name)


@frozen
class Inherited:
    """What an indicator inherits from its group: its name, `missing`, whether weights are relative, the depth."""

    parent: str | None
    missing: str | None
    relative: bool = False
    depth: int = 1


@define
class Tree:
    """Reads a tree of indicators.

    `constants` are names of a `repeat` that may stand for a weight or the end of a range.
    """

    findings: LoadingLog
    constants: frozenset[str] = NO_CONSTANTS
    quantities: list[Quantity] = field(factory=list)
    part_lost: bool = False  # an indicator whose name is taken: what weighs it cannot be computed

    def parts(
        self, item: Item | None, inherited: Inherited, names: Names | None, top: bool = False
    ) -> tuple[Part, ...]:
        """Reads the parts of one group and their quantities; at the top, only parts with a weight are returned."""
        found: list[Part] = []
        for entry in entries_of(self.findings, item):
            if names is not None and not names.define(entry.key):
                self.part_lost = True
                continue
            part = self.part(entry, inherited, names, top)
            if part is not None:
                found.append(part)
        return tuple(found)

    def part(self, entry: Entry, inherited: Inherited, names: Names | None, top: bool) -> Part | None:
        if inherited.depth > DEEPEST:
            self.findings.report("indicators-deep", entry.key.place, name=entry.key.text, most=str(DEEPEST))
        is_group = isinstance(entry.value, Mapping) and any(
            BLOCKS["group"].by_key["parts"].spelling(language) == e.key.text
            for e in entry.value.entries
            for language in ("en", "zh")
        )
        section = open_block(self.findings, entry.value, "group" if is_group else "indicator", entry.key.text)
        if section is None:
            empty = Quantity(
                entry.key.text, Role.SCORE, None, entry.key.place, indicator=Indicator(None, parent=inherited.parent)
            )
            self.quantities.append(empty)
            return None
        weighted = "weight" in section or _misspelt(section, entry.value, "weight")
        if not weighted and not top:
            section.lacks("weight", entry.key.place)
        here = inherited if weighted or not top else evolve(inherited, parent=None)
        if is_group:
            self.group(entry.key, section, here, names)
        else:
            self.leaf(entry.key, section, here)
        if not weighted and top:
            return None
        return Part(
            entry.key.text, self.weight(section, inherited.relative) if weighted else None, section.place_of("weight")
        )

    def weight(self, section: Section, relative: bool) -> Literal | Formula | Tbd | None:
        """Reads a weight: a percentage, a formula if weights are relative, or the name of a constant of the members."""
        if relative:
            return section.formula("weight")
        if (hole := section.hole("weight")) is not None:
            return hole
        found = section.scalar("weight")
        if found is None:
            return None
        if found.text in self.constants:
            return literal(found)
        good = values.percent(self.findings, found, section.path("weight")) is not None
        return Literal(found.text, found.place) if good else None

    def group(self, key: Scalar, section: Section, inherited: Inherited, names: Names | None) -> None:
        missing = section.choice("missing") or inherited.missing
        relative = section.choice("weights") == "relative"
        at = len(self.quantities)
        parts = self.parts(section.item("parts"), Inherited(key.text, missing, relative, inherited.depth + 1), names)
        mean = WeightedMean(parts, missing, section.whole("at_least", 1), relative, section.place_of("parts"))
        group = Quantity(
            key.text, Role.GROUP, mean, key.place, section.title(),
            decimals=section.decimals(), rounding=rounding(section), adjust=read_adjustments(section),
            indicator=Indicator(None, source=section.text("source"), parent=inherited.parent),
        )  # fmt: skip
        self.quantities.insert(at, group)

    def leaf(self, key: Scalar, section: Section, inherited: Inherited) -> None:
        better, near = direction(section)
        about = Indicator(better, near, section.text("source"), inherited.parent, section.whole("min_rows", 1))
        low, high = ends(section, "number", self.constants)
        value = Quantity(
            measured(key.text), Role.MEASURED, section.formula("value"), section.place_of("value"),
            section.title(), unit=section.text("unit") or None, indicator=about,
        )  # fmt: skip
        score = Quantity(
            key.text, Role.SCORE, _score(section, key.text), key.place, section.title(),
            decimals=section.decimals(), rounding=rounding(section), low=low, high=high, indicator=about,
        )  # fmt: skip
        self.quantities.extend((value, score))


def _misspelt(section: Section, item: Item, key: str) -> bool:
    """Whether `key` is there in a misspelt form, so that only its value is lost."""
    entries = item.entries if isinstance(item, Mapping) else ()
    free = [f.spelling(section.findings.language) for f in section.block.fields if f.key not in section]
    unknown = [e.key.text for e in entries if section.block.find(e.key.text, section.findings.language) is None]
    return any(nearest(text, free, 1) == (section.word(key),) for text in unknown)


def _score(section: Section, name: str) -> Formula | TableOf | Tbd | None:
    """Reads a score: a text is a formula in which `value` is what was measured; a mapping is a table on it."""
    if not isinstance(section.item("score"), Mapping):
        return section.formula("score")
    inner = section.section("score")
    table = table_body(inner, numeric=True) if inner else None
    return table if table is None or isinstance(table, Tbd) else TableOf(measured(name), table, "")


def direction(section: Section) -> tuple[str | None, Literal | None]:
    """Reads `better`: `higher`, `lower`, `none`, or `near` with its target."""
    found = section.scalar("better")
    if found is None:
        return None, None
    word = BETTER.find(found.text)
    if word is not None:
        if word.spelling(section.findings.language) != found.text:
            _foreign(section, found, word.spelling(section.findings.language))
        return word.english, None
    for spelling in NEAR:
        if found.text.startswith(spelling + " "):
            target = found.text[len(spelling) :].strip()
            offset = len(found.text) - len(found.text[len(spelling) :].lstrip())
            start = found.offsets[offset]
            part = Scalar(target, Place(found.place.source, start, start + len(target)), found.offsets[offset:])
            if values.number(section.findings, part, section.path("better")) is None:
                return "near", None
            return "near", Literal(target, part.place)
    allowed = [w.spelling(section.findings.language) for w in BETTER.words]
    separator = list_separator(section.findings.language)
    near = BETTER.meant_by(found.text, section.findings.language)
    example = f"{in_language(section.findings.language, *NEAR)} 40"
    section.findings.report(
        "word-unknown", found.place, "" if near else "far", what=section.word("better"), word=found.text,
        near=near, allowed=separator.join([*allowed, example]),
    )  # fmt: skip
    return None, None


def _foreign(section: Section, found: Scalar, own: str) -> None:
    section.findings.report("language-mixed", found.place, fixes=(Fix(found.place, own),), key=found.text, own=own)


def read_adjustments(section: Section) -> tuple[Adjustment, ...]:
    """Reads caps, floors and vetoes, in the order written."""
    found: list[Adjustment] = []
    for item in section.items("adjust"):
        step = open_block(section.findings, item, "adjustment", section.path("adjust"))
        action = one_of(step, ACTIONS) if step else None
        if step is not None and action is not None:
            found.append(
                Adjustment(step.text("reason"), step.formula("when"), action, step.formula(action), step.place)
            )
    return tuple(found)


# ── The total ─────────────────────────────────────────────────────────────────────────────────────


def total(
    findings: LoadingLog, names: Names, key: Scalar | None, item: Item | None, parts: tuple[Part, ...], place: Place
) -> Quantity | None:
    """The root of the tree; None if no indicator has a weight."""
    name = in_language(findings.language, *TOTAL_NAMES)
    section = open_block(findings, item, "total", name) if item is not None else None
    if not parts:
        if key is not None:
            findings.report("total-empty", key.place, name=key.text)
            names.define_made(name, key.place, "total")
            return Quantity(name, Role.GROUP, None, key.place, indicator=Indicator(None))
        return None
    at = key.place if key else place
    names.define_made(name, at, "total")
    about = Indicator(None)
    if section is None:
        return Quantity(name, Role.GROUP, WeightedMean(parts, None, None, False, at), at, indicator=about)
    mean = WeightedMean(parts, section.choice("missing"), section.whole("at_least", 1), False, at)
    return Quantity(
        name, Role.GROUP, mean, at, section.title(), decimals=section.decimals(), rounding=rounding(section),
        adjust=read_adjustments(section), indicator=about,
    )  # fmt: skip


# ── Composites ────────────────────────────────────────────────────────────────────────────────────


def composites(
    findings: LoadingLog, names: Names, item: Item | None, families: Mapped[str, Family]
) -> tuple[Quantity, ...]:
    return tuple(_composite(findings, e, families) for e in entries_of(findings, item) if names.define(e.key))


def _composite(findings: LoadingLog, entry: Entry, families: Mapped[str, Family]) -> Quantity:
    name, place = entry.key.text, entry.key.place
    section = open_block(findings, entry.value, "composite", name)
    if section is None:
        return Quantity(name, Role.COMPOSITE, note_hole(findings, entry.value, name), place)
    relative = section.choice("weights") == "relative"
    parts: list[Part] = []
    of = section.item("of")
    if isinstance(of, Sequence):
        for one in of.items:
            parts.extend(_listed_parts(findings, one, section, relative, families))
    else:
        for each in entries_of(findings, of):
            parts.append(
                Part(
                    each.key.text, _weight(findings, each.value, f"{name} · {each.key.text}", relative), each.key.place
                )
            )
    mean = WeightedMean(
        tuple(parts), section.choice("missing"), section.whole("at_least", 1), relative, section.place_of("of")
    )
    better, near = direction(section) if "better" in section else ("higher", None)
    return Quantity(
        name, Role.COMPOSITE, mean, place, section.title(),
        decimals=section.decimals(), rounding=rounding(section), adjust=read_adjustments(section),
        indicator=Indicator(better, near),
    )  # fmt: skip


def _weight(findings: LoadingLog, item: Item, what: str, relative: bool) -> Literal | Formula | Tbd | None:
    if not isinstance(item, Scalar):
        return None
    if (hole := note_hole(findings, item, what)) is not None:
        return hole
    if relative:
        return formula(findings, item)
    # The text is kept, so that messages show it; checking reads its number.
    return Literal(item.text, item.place) if values.percent(findings, item, what) is not None else None


def _listed_parts(
    findings: LoadingLog, item: Item, owner: Section, relative: bool, families: Mapped[str, Family]
) -> list[Part]:
    """Reads one part of a composite, or one for each member of a family, in the order of the members."""
    section = open_block(findings, item, "composite_part", owner.path("of"))
    if section is None or one_of(section, ("each", "name")) is None:
        return []
    if "name" in section:
        single = section.scalar("name")
        weight = _part_weight(section, relative, None, "")
        return [Part(single.text, weight, single.place)] if single else []
    each, take = section.scalar("each"), section.scalar("take")
    if take is None and "take" not in section:
        section.lacks("take")
    if each is None or take is None:
        return []
    family = families.get(each.text)
    if family is None:
        near = nearest(each.text, families, 1)
        findings.report(
            "family-unknown", each.place, "near" if near else "", name=each.text, near=near[0] if near else ""
        )
        return []
    if take.text not in family.locals:
        near = nearest(take.text, family.locals, 1)
        findings.report(
            "local-unknown",
            take.place,
            "near" if near else "",
            name=take.text,
            family=family.name,
            near=near[0] if near else "",
        )
        return []
    return [Part(f"{m}_{take.text}", _part_weight(section, relative, family, m), take.place) for m in family.members]


def _part_weight(
    section: Section, relative: bool, family: Family | None, member: str
) -> Literal | Formula | Tbd | None:
    """Reads the weight of a part of a composite, with the local names of a member in full.

    A weight that is not written is 1 if weights are relative, else an error.
    """
    item = section.item("weight")
    if item is None:
        if relative:
            return our_formula("1", section.place)
        section.lacks("weight")
        return None
    own = family.constants.get(member, {}).get(item.text) if family and isinstance(item, Scalar) else None
    if own is not None:
        return our_formula(own.text, own.place) if relative else own
    weight = _weight(section.findings, item, section.path("weight"), relative)
    return written_out(weight, family, member) if isinstance(weight, Formula) and family is not None else weight
