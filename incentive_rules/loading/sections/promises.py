"""The promises of principles: what each says, with its exceptions.

Numbers, percentages and days are judged with the notes (`notes.py`), where each text of a principle is read; here one
that is wrong counts as absent.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TypedDict

from ...base.numbers import read_number
from ...base.places import Place
from ...lang.keywords import Vocabulary
from ...lang.keywords.words import ALL, FLAGS, PERIOD, SECTIONS
from ...model import promises as p
from ...model.document import Item, Mapping, Scalar, Sequence
from . import values
from .findings import LoadingLog
from .section import Section, entries_of, open_block


def promises(findings: LoadingLog, principles: Item | None) -> tuple[p.Promise, ...]:
    """Every promise of every principle, in document order."""
    found: list[p.Promise] = []
    for entry in entries_of(findings, principles):
        principle = open_block(findings, entry.value, "principle", entry.key.text)
        section = principle.section("promises") if principle else None
        if principle is None or section is None:
            continue
        called = principle.title() or entry.key.text
        for key, written in section.entries.items():
            made = _promise(_Written(findings, key, section, called, written.value))
            found.extend(() if made is None else (made,))
    return tuple(found)


class _Common(TypedDict):
    """What every promise has."""

    keyword: str
    place: Place
    principle: str
    exceptions: tuple[p.Exemption, ...]


class _Written:
    """One promise as it is written: its content plain, or a mapping in which exceptions may stand beside it."""

    def __init__(self, findings: LoadingLog, key: str, section: Section, principle: str, item: Item) -> None:
        self.findings, self.key, self.item = findings, key, item
        self.mapping = section.section(key) if isinstance(item, Mapping) else None
        self.content = self.mapping.item("of") if self.mapping is not None else item
        self.common: _Common = {
            "keyword": key, "place": section.place_of(key), "principle": principle, "exceptions": self._exceptions()
        }  # fmt: skip

    @property
    def promised(self) -> bool:
        """Whether a promise that is true or false is made."""
        return isinstance(self.content, Scalar) and FLAGS.get(self.content.text) is True

    @property
    def is_all(self) -> bool:
        return isinstance(self.content, Scalar) and ALL.find(self.content.text) is not None

    def names(self, item: Item | None) -> p.PromisedNames:
        """A list of texts; a single one is a list of one."""
        items = item.items if isinstance(item, Sequence) else () if item is None else (item,)
        return tuple(_name(one) for one in items if isinstance(one, Scalar) and not values.is_hole(one))

    def words(self, vocabulary: Vocabulary) -> p.PromisedNames:
        """The content as words of ours, in English."""
        found = [(one, vocabulary.find(one.text)) for one in self.names(self.content)]
        return tuple(p.PromisedName(word.english, one.place) for one, word in found if word is not None)

    def field(self, key: str) -> Item | None:
        return self.mapping.item(key) if self.mapping is not None else None

    def name(self, key: str) -> p.PromisedName | None:
        found = self.field(key)
        return _name(found) if isinstance(found, Scalar) and not values.is_hole(found) else None

    def number(self, key: str) -> Fraction | None:
        found = self.name(key)
        return None if found is None else read_number(found.text)

    def _exceptions(self) -> tuple[p.Exemption, ...]:
        found = self.field("except")
        entries = found.entries if isinstance(found, Mapping) else ()
        return tuple(self._exception(_name(entry.key), entry.value) for entry in entries)

    def _exception(self, name: p.PromisedName, item: Item) -> p.Exemption:
        """One exception; a plain text is its reason, and without one nobody could judge it."""
        section = open_block(self.findings, item, "exception", name.text) if isinstance(item, Mapping) else None
        if section is None:
            found = p.Exemption(name, item.text.strip() if isinstance(item, Scalar) else "")
            if isinstance(item, Scalar) and not found.reason:
                self.findings.report("exception-reason", name.place, name=name.text)
            return found
        day = section.scalar("decided_on")
        found = p.Exemption(
            name, section.text("reason").strip(), section.text("decided_by"),
            date.fromisoformat(day.text) if day is not None and values.is_date(day.text) else None,
            self.names(section.item("lines")),
        )  # fmt: skip
        if "reason" in section and not found.reason:
            self.findings.report("exception-reason", name.place, name=name.text)
        return found


def _promise(written: _Written) -> p.Promise | None:
    """The promise; None where its wording is broken, which was reported, or where nothing is promised."""
    common = written.common
    match written.key:
        case "never_reads":
            return p.NeverReads(facts=written.names(written.content), **common)
        case "better_never_pays_less":
            named = written.names(written.content) if isinstance(written.content, Sequence) else ()
            return p.BetterNeverPaysLess(indicators=named, **common) if named or written.is_all else None
        case "same_facts_same_pay":
            return p.SameFactsSamePay(**common) if written.promised else None
        case "every_indicator_counts":
            return p.EveryIndicatorCounts(**common) if written.promised else None
        case "everything_reachable":
            return p.EverythingReachable(sections=written.words(SECTIONS), **common)
        case "gives":
            return p.GivesSections(sections=written.words(SECTIONS), **common)
        case "pays_every":
            return p.PaysEvery(periods=written.words(PERIOD), **common)
        case "compare_groups":
            return _compare_groups(written)
        case _:
            return _limit(written)


def _limit(written: _Written) -> p.Promise | None:
    """A promise that is a number which something does not exceed."""
    common, line = written.common, written.name("line")
    most = written.number("at_most")
    match written.key:
        case "largest_jump" if line is not None and most is not None:
            of = written.mapping.choice("of") if written.mapping is not None else None
            return p.LargestJump(line=line, at_most=most, of=of or "any", **common)
        case "order_preserving" if (within := written.number("within")) is not None:
            return p.OrderPreserving(within=within, **common)
        case "plateau_at_most" if line is not None and (share := written.number("share")) is not None:
            return p.PlateauAtMost(line=line, share=share, **common)
        case "withholding_gains_at_most" | "splitting_gains_at_most" | "moving_gains_at_most" if most is not None:
            return p.GainsAtMost(way=written.key.removesuffix("_gains_at_most"), at_most=most, line=line, **common)
        case "total_at_most" if (amount := written.number("amount")) is not None:
            people = written.number("headcount")
            whole = people is not None and people.denominator == 1
            lines = written.names(written.field("gives"))
            return (
                p.TotalAtMost(amount=amount, headcount=int(people), lines=lines, **common) if whole and people else None
            )
    return None


def _compare_groups(written: _Written) -> p.CompareGroups | None:
    found: list[p.ComparedGroups] = []
    groups = written.field("groups")
    for item in groups.items if isinstance(groups, Sequence) else ():
        if isinstance(item, Scalar) and not values.is_hole(item):
            found.append(p.ComparedGroups(_name(item)))
        for entry in item.entries if isinstance(item, Mapping) else ():
            edges = [read_number(one.text) for one in written.names(entry.value)]
            found.append(p.ComparedGroups(_name(entry.key), tuple(edge for edge in edges if edge is not None)))
    least = written.number("min_group")
    return p.CompareGroups(
        groups=tuple(found), min_group=10 if least is None else int(least), gap=written.number("pay_gap_at_most"),
        of=written.name("of"), within=written.name("within"), **written.common,
    )  # fmt: skip


def _name(scalar: Scalar) -> p.PromisedName:
    return p.PromisedName(scalar.text, scalar.place)
