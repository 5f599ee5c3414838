"""Reads plain quantities, pay lines, entitlements and the results of pay: formulas with a name and a role."""

from __future__ import annotations

from attrs import evolve

from ...base.periods import PeriodKind
from ...base.places import Place
from ...base.titles import Title
from ...base.words import in_language
from ...lang.characters import name_fault
from ...lang.keywords import BLOCKS
from ...lang.keywords.words import PERIOD
from ...lang.made_names import full_name
from ...lang.pay import FLOOR_NAMES, KIND_OF, NET, PAID_OUT, PAY_KINDS, RESULTS, SHORTFALL, USUAL, kinds_in
from ...model.document import Entry, Item, Mapping, Scalar
from ...model.scheme import Adjustment, Formula, PayLine, Pool, Quantity, Role, TableOf, Tbd
from .distribution import distribution
from .findings import LoadingLog
from .formulas import formula, our_formula, sum_formula
from .inputs import ends
from .known_collections import Collections
from .names import Names
from .pools import pool
from .section import Section, clash, entries_of, note_hole, open_block, rounding
from .tables import KINDS, one_of, table_body
from .values import NUMERIC_TYPES

NO_CONSTANTS: frozenset[str] = frozenset()


def quantities(
    findings: LoadingLog, names: Names, item: Item | None, known: Collections, table: str | None = None
) -> tuple[Quantity, ...]:
    """Reads a section `quantities`: of the scheme, of a detail table or of groups."""
    found: list[Quantity] = []
    for entry in entries_of(findings, item):
        if names.define(entry.key):
            found += _by_rank(findings, names, entry, known, table) or [quantity(findings, entry, known, table)]
    return tuple(found)


def _by_rank(
    findings: LoadingLog, names: Names, entry: Entry, known: Collections, table: str | None
) -> tuple[Quantity, ...]:
    """The quantities that an entry with `shares` defines: the grade by rank and further outputs, of people alone."""
    spelling = BLOCKS["quantity"].by_key["shares"].spelling(findings.language)
    if table is not None or not isinstance(entry.value, Mapping) or entry.value.get(spelling) is None:
        return ()
    section = open_block(findings, entry.value, "quantity", entry.key.text)
    if section is None:
        return ()
    clash(section, "shares", ("is", "pool", "type", "unit", "decimals", "range", "when"))
    return distribution(names, section, entry.key.place, known, entry.key.text)


def quantity(
    findings: LoadingLog, entry: Entry, known: Collections, table: str | None = None,
    constants: frozenset[str] = NO_CONSTANTS,
) -> Quantity:  # fmt: skip
    """Reads one plain quantity: a formula, a table written in place, or a pool that is shared."""
    name, place = entry.key.text, entry.key.place
    if isinstance(entry.value, Scalar):
        body: Formula | Tbd = note_hole(findings, entry.value, name) or formula(findings, entry.value)
        return Quantity(name, Role.QUANTITY, body, place, table=table)
    section = open_block(findings, entry.value, "quantity", name)
    if section is not None and "shares" in section:  # `quantities` reads those of people
        findings.report("shares-place", section.place_of("shares"), name=name)
    if section is None or "shares" in section:
        return Quantity(name, Role.QUANTITY, None, place, table=table)
    for key in ("within", "ties"):
        if key in section:
            section.lacks("shares", section.place_of(key))
    type_ = section.choice("type")
    low, high = ends(section, "date" if type_ == "date" else "number", constants)
    return Quantity(
        name, Role.QUANTITY, _body(section, type_ in NUMERIC_TYPES, known), place, section.title(), type_,
        section.text("unit") or None, section.decimals(), rounding(section), low, high,
        section.formula("when"), table=table,
    )  # fmt: skip


def _body(section: Section, numeric: bool, known: Collections) -> Formula | TableOf | Pool | Tbd | None:
    written = one_of(section, ("is", "pool", *KINDS))
    if written in ("is", "pool"):
        clash(section, written, ("of", "else"))
    if written == "is":
        return section.formula("is")
    if written == "pool":
        clash(section, "pool", ("when",), "pool")
        return pool(section, known)
    if written is None:
        return None
    return table_of(section, numeric)


def table_of(section: Section, numeric: bool = False, give: str = "") -> TableOf | Tbd | None:
    """Reads a table that is applied to the quantity under `of:`."""
    table = table_body(section, numeric=numeric)
    argument = section.scalar("of")
    if "of" not in section:
        section.lacks("of")
    if table is None or isinstance(table, Tbd) or argument is None:
        return table if isinstance(table, Tbd) else section.findings.holes.get(_start(section, "of"))
    return TableOf(full_name(argument.text), table, give, argument.place)


def _start(section: Section, key: str) -> int:
    found = section.item(key)
    return found.place.start if found is not None else -1


# ── Pay ───────────────────────────────────────────────────────────────────────────────────────────


def pay_lines(
    findings: LoadingLog, names: Names, item: Item | None, period: PeriodKind | None, known: Collections
) -> tuple[Quantity, ...]:
    """Reads the lines of the pay statement."""
    return tuple(_pay_line(findings, e, period, known) for e in entries_of(findings, item) if names.define(e.key))


def _pay_line(findings: LoadingLog, entry: Entry, period: PeriodKind | None, known: Collections) -> Quantity:
    name, place = entry.key.text, entry.key.place
    section = open_block(findings, entry.value, "pay", name)
    if section is None:
        return Quantity(name, Role.PAY, note_hole(findings, entry.value, name), place, type="money", pay=PayLine())
    line = PayLine(section.choice("kind") or USUAL.name, section.flag("at_risk"))
    body: Formula | Pool | Tbd | None = None
    if one_of(section, ("amount", "pool")) == "pool":
        body = pool(section, known)
        clash(section, "pool", ("when", "at_least", "at_most"), "pool")
    else:
        body = section.formula("amount")
    return Quantity(
        name, Role.PAY, body, place, section.title(), "money", None, section.decimals(), rounding(section),
        when=section.formula("when"), adjust=_caps(section), every=every(section, period), pay=line,
    )  # fmt: skip


def every(section: Section, period: PeriodKind | None) -> str | None:
    """Reads how often something is due: never more often than the scheme is computed."""
    found = section.choice("every")
    if found is None or period is None or PeriodKind(found).months >= period.months:
        return found
    kinds = {word.english: word.spelling(section.findings.language) for word in PERIOD.words}
    section.findings.report(
        "every-short", section.place_of("every"), name=section.owner, every=kinds[found], period=kinds[period]
    )
    return None


def _caps(section: Section) -> tuple[Adjustment, ...]:
    """Reads `at_least` and `at_most` of a line; the cap is applied last, in whatever order the two are written."""
    keys = [k for k in ("at_least", "at_most") if k in section.entries]
    return tuple(Adjustment("", None, key, section.formula(key), section.place_of(key)) for key in keys)


def results(findings: LoadingLog, names: Names, lines: tuple[Quantity, ...], place: Place) -> tuple[Quantity, ...]:
    """The sums of the pay lines by kind, and `net`; loading makes their formulas, their place is `pay`."""
    spelled = _names_of_results(findings.language)
    found: list[Quantity] = []
    for kind in PAY_KINDS:
        text = sum_formula([q.name for q in lines if q.pay and q.pay.kind == kind.name])
        found.append(_result(spelled[kind.total], text, place))
    net = _signed([(kind.sign, spelled[kind.total]) for kind in PAID_OUT])
    found.insert(len(PAID_OUT), _result(spelled[NET[0]], net, place))
    for quantity_ in found:
        names.define_made(quantity_.name, place, "")
    return tuple(found)


def _names_of_results(language: str) -> dict[str, str]:
    """What each sum of pay lines is called in a document of this language, by its English name."""
    return {english: in_language(language, english, chinese) for english, chinese in RESULTS.items()}


def _signed(parts: list[tuple[int, str]]) -> str:
    """The formula that adds up parts, and takes off those below 0; the first is added."""
    return parts[0][1] + "".join(f" {'+' if sign > 0 else '-'} {text}" for sign, text in parts[1:])


def wage_floor(
    findings: LoadingLog, names: Names, item: Item | None, lines: tuple[Quantity, ...], place: Place, language: str
) -> tuple[Quantity, ...]:
    """Reads the wage floor: the quantity of that amount, and the pay line that makes up for what is missing to it.

    `language` is that of reports, which give the line its title.
    """
    section = open_block(findings, item, "wage_floor", place.text) if item is not None else None
    if item is None:
        return ()
    floor, lacking = (in_language(findings.language, *pair) for pair in (FLOOR_NAMES, SHORTFALL))
    for name in (floor, lacking):
        names.define_made(name, place, "floor")
    if section is None:
        return (Quantity(floor, Role.QUANTITY, None, place), Quantity(lacking, Role.PAY, None, place, pay=PayLine()))
    spelled = _names_of_results(findings.language)
    of = section.scalar("of")
    raised = of.text if of else spelled[NET[0]]
    earned = sum_formula([q.name for q in lines if q.pay and q.pay.kind == USUAL.name])
    paid = [(kind.sign, earned if kind is USUAL else spelled[kind.total]) for kind in PAID_OUT]
    sums = {spelled[USUAL.total]: f"({earned})", spelled[NET[0]]: f"({_signed(paid)})"}
    body = our_formula(f"max(0, {floor} - {sums.get(raised, raised)})", place)
    if place.text == floor:
        body = _shown_at(body, floor, tuple(range(place.start, place.end)))
    if of is not None and name_fault(raised) is not None:
        names.check(of)
    elif of is not None and raised not in sums:
        body = _shown_at(body, raised, of.offsets[:-1])
        _refuse_no_floor(findings, of, raised, lines, spelled)
    return (
        Quantity(floor, Role.QUANTITY, section.formula("amount"), place, section.title(), "money"),
        Quantity(lacking, Role.PAY, body, place, Title(in_language(language, *SHORTFALL)), "money", pay=PayLine()),
    )


def _refuse_no_floor(
    findings: LoadingLog, of: Scalar, raised: str, lines: tuple[Quantity, ...], spelled: dict[str, str]
) -> None:
    """Reports a floor under what no earning raises: a deduction, a cost of the employer, a line due more rarely."""
    line = next((one for one in lines if one.name == raised), None)
    kinds = kinds_in(raised) if raised in spelled.values() else ()
    if line is not None and line.pay is not None:
        kinds = (KIND_OF[line.pay.kind],)
    taken, borne = any(one.sign < 0 for one in kinds), any(one.sign == 0 for one in kinds)
    rare = line is not None and line.every is not None
    if taken or borne or rare:
        findings.report("floor-of", of.place, "" if taken else "employer" if borne else "rare", name=raised)


def _shown_at(body: Formula, name: str, offsets: tuple[int, ...]) -> Formula:
    """A formula that loading made, whose last `name` is shown at the place where the author wrote it."""
    start = body.text.rindex(name)
    return evolve(body, offsets=(*body.offsets[:start], *offsets, *body.offsets[start + len(name) :]))


def _result(name: str, text: str, place: Place) -> Quantity:
    return Quantity(name, Role.RESULT, our_formula(text, place), place, type="money")


# ── Entitlements ──────────────────────────────────────────────────────────────────────────────────


def entitlements(
    findings: LoadingLog, names: Names, item: Item | None, period: PeriodKind | None, known: Collections
) -> tuple[Quantity, ...]:
    """Reads what the scheme gives beside money, to people or to `each` group: a flag by `when`, or an `amount`."""
    return tuple(_entitlement(findings, e, period, known) for e in entries_of(findings, item) if names.define(e.key))


def _entitlement(findings: LoadingLog, entry: Entry, period: PeriodKind | None, known: Collections) -> Quantity:
    name, place = entry.key.text, entry.key.place
    section = open_block(findings, entry.value, "entitlement", name)
    if section is None:
        return Quantity(name, Role.ENTITLEMENT, note_hole(findings, entry.value, name), place)
    when, amount = section.formula("when"), section.formula("amount")
    if "when" not in section and "amount" not in section:
        one_of(section, ("when", "amount"))
    type_ = section.choice("type") or (None if "amount" in section else "boolean")
    each = section.scalar("each")
    if amount is None and "amount" not in section:
        when, amount = None, when
    return Quantity(
        name, Role.ENTITLEMENT, amount, place, section.title(), type_, section.text("unit") or None,
        section.decimals(), rounding(section), when=when, table=known.group(findings, each) if each else None,
        every=every(section, period), pay=None, decided_by=section.text("decided_by"),
    )  # fmt: skip
