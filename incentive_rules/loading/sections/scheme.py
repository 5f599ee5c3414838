"""Builds a `Scheme` from a document: each section by its own module, all names and holes collected in one place.

Every error is reported at once. A part with an error is absent or None; its name exists all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mapped
from datetime import date

from attrs import evolve

from ...base.diagnostics import Diagnostic, Other
from ...base.limits import DEFAULT_LIMITS, Limits
from ...base.numbers import Rounding
from ...base.periods import PeriodKind
from ...base.places import Place
from ...base.titles import NO_TITLE
from ...base.words import in_language
from ...lang.functions import AWARD, TOTAL_NAMES
from ...lang.keywords import BLOCKS
from ...lang.keywords.words import STATUS
from ...lang.made_names import MadeName
from ...lang.pay import RESULTS
from ...model.document import Document, Entry, Item, Mapping, Scalar, Sequence
from ...model.scheme import (
    SHOW_GROUPS_FROM,
    Details,
    Formula,
    Function,
    Group,
    Input,
    Note,
    Part,
    Quantity,
    Role,
    Scheme,
    Table,
    Tbd,
)
from . import values
from .details import details
from .examples import ExampleReader
from .findings import LoadingLog
from .formulas import formula
from .grades import grades
from .groups import groups, selections
from .honors import honors
from .indicators import Inherited, Tree, composites, total
from .inputs import as_read, check_keys, inputs
from .known_collections import Collections, collections
from .names import Names
from .notes import KEPT, measured_by, read_note
from .owners import check_owners
from .promises import promises
from .quantities import entitlements, pay_lines, quantities, results, wage_floor
from .repeat import families
from .section import Section, entries_of, open_block
from .tables import parameters, tables


def build(document: Document, language: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Scheme, LoadingLog]:
    """Builds the `Scheme` of a document; returns it with everything that is wrong with what the document says."""
    findings = LoadingLog(language, limits)
    top = open_block(findings, document.root, "scheme", "")
    assert top is not None
    return _Builder(findings, top, limits, document).scheme(), findings


class _Builder:
    """Builds one `Scheme`.

    Sections are read in the order in which they need each other; quantities are returned in document order.
    """

    def __init__(self, findings: LoadingLog, top: Section, limits: Limits, document: Document) -> None:
        self.findings = findings
        self.document = document
        self.top = top
        self.limits = limits
        self.names = Names(findings)
        self.found: dict[str, tuple[Quantity, ...]] = {}  # quantities by section
        self.part_lost = False

    def item(self, key: str) -> Item | None:
        """The content of a section; a `tbd` in its place is noted."""
        self.top.hole(key)
        found = self.top.item(key)
        return None if isinstance(found, Scalar) and values.is_hole(found) else found

    def scheme(self) -> Scheme:
        findings, names, top = self.findings, self.names, self.top
        language = findings.reports = top.choice("language") or findings.language
        status = top.choice("status") or "active"
        period_word = top.choice("period")
        period = PeriodKind(period_word) if period_word else None
        starts_item = top.scalar("year_starts")
        year_starts = values.day_of_year(findings, starts_item, top.word("year_starts")) if starts_item else None
        first_day, last_day = self.effective()
        applies_to = top.formula("applies_to")
        missing_texts = self.missing_texts()

        facts = inputs(findings, names, self.item("inputs"), missing_texts)
        known = self.collections(facts)
        known_parameters = parameters(findings, names, self.item("parameters"))
        known_tables = tables(findings, names, self.item("tables"))
        functions = self.functions()
        total_item = self.item("total")
        inherited = self.inherited(total_item)
        repeated = families(findings, names, self.item("repeat"), missing_texts, inherited, self.limits, known)
        all_inputs = (*facts, *(i for r in repeated for i in r.inputs))
        known = self.collections(all_inputs)
        parts = (*self.indicators(inherited), *(p for r in repeated for p in r.parts))
        self.total(total_item, parts)
        self.found["repeat"] = tuple(q for r in repeated for q in r.quantities)
        self.found["composites"] = composites(
            findings, names, self.item("composites"), {r.family.name: r.family for r in repeated}
        )
        self.found["quantities"] = quantities(findings, names, self.item("quantities"), known)
        self.found["grades"] = grades(findings, names, self.item("grades"), top.place_of("grades"), known)
        self.found["entitlements"] = entitlements(findings, names, self.item("entitlements"), period, known)
        self.pay(period, known, language)
        self.check_awards((*known_tables, *functions))
        check_keys(findings, all_inputs, top.item("inputs"))
        rows = details(findings, names, self.item("details"), missing_texts, known)
        self.found["details"] = rows.quantities
        row_inputs = [i for table in rows.tables for i in table.inputs]
        group_tables, self.found["groups"] = groups(
            findings, names, self.item("groups"), missing_texts, known, (*all_inputs, *row_inputs)
        )
        row_inputs += [i for table in group_tables for i in table.inputs]
        trees = (q.name for found in self.found.values() for q in found if q.role is Role.GROUP)
        selected = selections(
            findings, names, self.item("selections"), known, (*trees, *(r.family.name for r in repeated))
        )
        require = self.require()
        table_names = frozenset(
            e.key.text for key in ("details", "groups") for e in entries_of(findings, self.item(key))
        )
        by_name = {i.name: i for i in (*all_inputs, *row_inputs)}
        self.lost_names()
        without_people = _of_groups(rows.tables, group_tables, all_inputs) | {n for n, _ in findings.lost_names}
        people = ExampleReader(
            findings, names, by_name, table_names, frozenset(table.name for table in group_tables), without_people,
            period, year_starts or (1, 1), self.item("people"),
        )  # fmt: skip
        examples = people.examples(self.item("examples"))
        names.report_shadows()
        self.check_counts(by_name)
        limits = top.section("limits") if "limits" in top else None
        scheme = Scheme(
            name=top.text("scheme"),
            place=top.place_of("scheme"),
            keyword_language=findings.language,
            language=language,
            version=top.text("version"),
            title=top.title(),
            status=status,
            rounding=Rounding(top.choice("rounding") or "half_up"),
            period_kind=period or PeriodKind.MONTH,
            year_starts=year_starts or (1, 1),
            first_day=first_day,
            last_day=last_day,
            published=self.procedure_day("published"),
            backdated=self.backdated(),
            applies_to=applies_to,
            inputs=all_inputs,
            details=rows.tables,
            groups=group_tables,
            selections=selected,
            parameters=known_parameters,
            tables=known_tables,
            functions=functions,
            quantities=self.in_order(),
            families=tuple(r.family for r in repeated),
            require=require,
            examples=examples,
            promises=promises(findings, self.item("principles")),
            measured_by=measured_by(findings, self.item("objectives")),
            notes=self.notes(),
            lost_names=tuple(findings.lost_names),
            max_people=(limits.whole("max_people", 1) if limits else None) or 1_000_000,
            max_rows_per_person=(limits.whole("max_rows_per_person", 1) if limits else None) or 10_000,
            show_groups_from=SHOW_GROUPS_FROM if (least := top.whole("show_groups_from", 0)) is None else least,
            example_periods=tuple(people.periods.values()),
        )
        check_owners(findings, scheme, rows.links)
        return self.completed(scheme)

    # ── Sections that are short ──────────────────────────────────────────────────────────────────

    def effective(self) -> tuple[date, date]:
        section = self.top.section("effective") if "effective" in self.top else None
        if section is None:
            return date.min, date.max
        first, last = section.day("first_day"), section.day("last_day")
        if first and last and first > last:
            self.findings.report("effective-reversed", section.place_of("last_day"), first=str(first), last=str(last))
            return first, date.max
        return first or date.min, last or date.max

    def lost(self) -> list[Entry]:
        """The sections with an unknown key."""
        language = self.findings.language
        return [e for e in self.document.root.entries if self.top.block.find(e.key.text, language) is None]

    def lost_keys(self) -> list[Scalar]:
        """Every key in a section with an unknown key."""
        return [key for entry in self.lost() for key in _keys_inside(entry.value)]

    def lost_names(self) -> None:
        """Defines the names in sections with an unknown key: only the key must be mended."""
        language, lost = self.findings.language, self.lost()
        self.findings.lost_names.extend((k.text, k.place) for k in self.lost_keys() if k.text not in self.names)
        if lost and "pay" not in self.top:
            sums = in_language(language, [*RESULTS], [*RESULTS.values()])
            self.findings.lost_names.extend((name, lost[0].key.place) for name in sums)

    def missing_texts(self) -> tuple[str, ...]:
        section = self.top.section("data") if "data" in self.top else None
        return tuple(as_read(t.text) for t in section.literals("missing_texts")) if section else ()

    def functions(self) -> tuple[Function, ...]:
        found: list[Function] = []
        for entry in entries_of(self.findings, self.item("functions")):
            if not self.names.define(entry.key, called=True):
                continue
            section = open_block(self.findings, entry.value, "function", entry.key.text)
            takes: tuple[str, ...] = ()
            if section is not None:
                keys = [i for i in section.items("takes") if isinstance(i, Scalar)]
                self.names.check_locals(keys, entry.key.text)
                takes = tuple(k.text for k in keys)
            is_ = section.formula("is") if section else None
            found.append(
                Function(entry.key.text, takes, is_, entry.key.place, section.title() if section else NO_TITLE)
            )
        return tuple(found)

    def inherited(self, total_item: Item | None) -> Inherited:
        section = open_block(self.findings, total_item, "total", "") if isinstance(total_item, Mapping) else None
        missing = section.choice("missing") if section else None
        return Inherited(in_language(self.findings.language, *TOTAL_NAMES), missing)

    def indicators(self, inherited: Inherited) -> tuple[Part, ...]:
        tree = Tree(self.findings)
        parts = tree.parts(self.item("indicators"), inherited, self.names, top=True)
        self.part_lost = tree.part_lost
        self.found["indicators"] = tuple(tree.quantities)
        return parts

    def total(self, item: Item | None, parts: tuple[Part, ...]) -> None:
        key = self.top.entries["total"].key if "total" in self.top else None
        found = total(self.findings, self.names, key, item, parts, self.top.place_of("indicators"))
        if found and self.part_lost:
            found = evolve(found, body=None)  # it was reported, and the weights of the others say nothing
        self.found["total"] = (found,) if found else ()

    def collections(self, people: tuple[Input, ...]) -> Collections:
        lost = (key.text for key in self.lost_keys())
        return collections(self.findings, people, self.item("details"), self.item("groups"), lost)

    def pay(self, period: PeriodKind | None, known: Collections, language: str) -> None:
        """Reads everything that is paid: the lines, the awards of honours, the shortfall to the floor, and the sums."""
        findings, names, top = self.findings, self.names, self.top
        lines = pay_lines(findings, names, self.item("pay"), period, known)
        chosen, awards = honors(findings, names, self.item("honors"), period, known, language)
        place = top.place_of("wage_floor")
        floor = wage_floor(findings, names, self.item("wage_floor"), (*lines, *awards), place, language)
        lines = (*lines, *awards, *floor[1:])
        place = top.place_of(next((key for key in ("pay", "honors", "wage_floor") if key in top), "pay"))
        sums = results(findings, names, lines, place) if "pay" in top or lines else ()
        self.found["honors"], self.found["wage_floor"] = chosen, floor[:1]
        self.found["pay"] = (*lines, *sums)

    def check_awards(self, called: Iterable[Table | Function]) -> None:
        """Reports a table or function called `award` beside an honour: `award(honour)` is the money of the honour."""
        awards = [q for q in self.found["pay"] if MadeName.AWARD.is_of(q.name)]
        for one in called if awards else ():
            if one.name in AWARD:
                others = (Other(awards[0].place),)
                self.findings.report("name-taken", one.place, "award", others=others, name=one.name)

    def require(self) -> tuple[Formula, ...]:
        found: list[Formula] = []
        item = self.item("require")
        for each in item.items if isinstance(item, Sequence) else ():
            if isinstance(each, Scalar):
                if values.is_hole(each):
                    self.findings.holes.setdefault(each.place.start, Tbd(each.place, self.top.word("require")))
                else:
                    found.append(formula(self.findings, each))
        return tuple(found)

    def procedure(self) -> Section | None:
        item = self.item("procedure")
        return open_block(self.findings, item, "procedure", self.top.word("procedure")) if item else None

    def procedure_day(self, key: str) -> date | None:
        section = self.procedure()
        # Its wording is judged with the notes, where every day of the procedure is read.
        found = section.scalar(key) if section else None
        return date.fromisoformat(found.text) if found and values.is_date(found.text) else None

    def backdated(self) -> str:
        section = self.procedure()
        return section.text("backdated") if section else ""

    def notes(self) -> tuple[Note, ...]:
        fields = BLOCKS["scheme"].by_key
        kept = ((key, self.item(key)) for key in KEPT)
        return tuple(read_note(self.findings, fields[key], item) for key, item in kept if item is not None)

    # ── The whole ────────────────────────────────────────────────────────────────────────────────

    def in_order(self) -> tuple[Quantity, ...]:
        """The quantities in document order; a total without a section of its own follows the indicators."""
        order = [key for key in self.top.entries if key in self.found]
        if "pay" not in order:  # the money of honours alone
            order.append("pay")
        if "total" not in order:
            at = order.index("indicators") + 1 if "indicators" in order else len(order)
            order.insert(at, "total")
        return tuple(q for key in order for q in self.found[key])

    def currency(self, scheme: Scheme) -> str | None:
        written = self.top.scalar("currency")
        if written is not None:
            return values.currency(self.findings, written)
        money = _first_money(scheme)
        if "currency" not in self.top and money is not None:
            self.top.lacks("currency", money, "currency")
        return None

    def check_counts(self, inputs: Mapped[str, Input]) -> None:
        """Reports more names, inputs or computed values than allowed; a `repeat` also counts as it is written."""
        quantities = (q for found in self.found.values() for q in found)
        written = {q.place.start for q in quantities if q.role not in (Role.MEASURED, Role.RESULT)}
        counts = {
            "": (len(self.names.places), self.limits.names),
            "inputs": (len(inputs), self.limits.inputs),
            "rules": (len(written), self.limits.rules),
        }
        for variant, (count, most) in counts.items():
            if count > most:
                place = Place(self.top.place.source, self.top.place.start, self.top.place.start)
                self.findings.report("names-many", place, variant, count=str(count), most=str(most))
                return

    def completed(self, scheme: Scheme) -> Scheme:
        """The scheme with its currency and with its holes, each an error unless the scheme is a draft."""
        currency = self.currency(scheme)
        holes = tuple(hole for _, hole in sorted(self.findings.holes.items()))
        if scheme.status != "draft":
            word = next(w for w in STATUS.words if w.english == "draft").spelling(self.findings.language)
            for hole in holes:
                params = {"what": hole.what, "key": self.top.word("status"), "draft": word}
                self.findings.diagnostics.append(Diagnostic("tbd-in-active", hole.place, params))
        return evolve(scheme, currency=currency, holes=holes)


def _of_groups(tables: Iterable[Details], groups: Iterable[Group], people: Iterable[Input]) -> frozenset[str]:
    """The tables whose rows belong to no single person: groups, and details that lead to groups alone."""
    keys = {i.name for i in people if i.type == "key"}
    found = {group.name for group in groups} | {group.key for group in groups}
    found |= {i.name for i in people if i.type == "category"}
    waiting = list(tables)
    while able := [t for t in waiting if t.belongs_to and all(o in found and o not in keys for o in t.belongs_to)]:
        found |= {table.name for table in able}
        waiting = [table for table in waiting if table not in able]
    return frozenset(found - {group.key for group in groups} - {i.name for i in people})


def _keys_inside(item: Item) -> Iterator[Scalar]:
    """Every key below `item`, and every text under `key`, which is the name of a group."""
    spellings = BLOCKS["data_group"].by_key["key"]
    for entry in item.entries if isinstance(item, Mapping) else ():
        yield entry.key
        if entry.key.text in (spellings.key, spellings.chinese) and isinstance(entry.value, Scalar):
            yield entry.value
        yield from _keys_inside(entry.value)
    for each in item.items if isinstance(item, Sequence) else ():
        yield from _keys_inside(each)


def _first_money(scheme: Scheme) -> Place | None:
    """The first place where an amount of money is declared."""
    rows = (*(d.inputs for d in scheme.details), *(g.inputs for g in scheme.groups))
    facts = (*scheme.inputs, *(i for inputs in rows for i in inputs))
    places = [
        *(i.place for i in facts if i.type == "money"),
        *(q.place for q in scheme.quantities if q.type == "money"),
        *(t.place for t in scheme.tables if t.money),
        *(p.place for p in scheme.parameters if p.type == "money"),
    ]
    return min(places, key=lambda place: place.start, default=None)
