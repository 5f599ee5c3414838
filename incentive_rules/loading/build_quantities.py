"""Plain quantities, pay lines, entitlements and the results of pay: formulas with a name and a role."""

from __future__ import annotations

from ..base.numbers import Rounding
from ..base.periods import PeriodKind
from ..base.places import Place
from ..model.document import Entry, Item, Scalar
from ..model.scheme import Adjustment, Formula, PayLine, Quantity, Role, TableOf, Tbd
from .build_inputs import ends
from .build_tables import KINDS, NUMBERS, one_of, table_body
from .fields import Section, entries_of, note_hole, open_block
from .findings import Findings
from .formulas import formula, our_formula, sum_of
from .names import RESULTS, Names

NO_CONSTANTS: frozenset[str] = frozenset()


def rounding(section: Section) -> Rounding | None:
    word = section.choice("rounding")
    return Rounding(word) if word else None


def quantities(findings: Findings, names: Names, item: Item | None, details: str | None = None) -> tuple[Quantity, ...]:
    """The section `quantities`, of the scheme or of a detail table."""
    return tuple(quantity(findings, e, details) for e in entries_of(findings, item) if names.define(e.key))


def quantity(
    findings: Findings, entry: Entry, details: str | None = None, constants: frozenset[str] = NO_CONSTANTS
) -> Quantity:
    """One plain quantity: a formula, or a table in place."""
    name, place = entry.key.text, entry.key.place
    if isinstance(entry.value, Scalar):
        body: Formula | Tbd = note_hole(findings, entry.value, name) or formula(findings, entry.value)
        return Quantity(name, Role.QUANTITY, body, place, table=details)
    section = open_block(findings, entry.value, "quantity", name)
    if section is None:
        return Quantity(name, Role.QUANTITY, None, place, table=details)
    type_ = section.choice("type")
    low, high = ends(section, "date" if type_ == "date" else "number", constants)
    return Quantity(
        name, Role.QUANTITY, _body(section, type_ in NUMBERS), place, section.text("title"), type_,
        section.text("unit") or None, section.decimals(), rounding(section), low, high,
        section.formula("when"), table=details,
    )  # fmt: skip


def _body(section: Section, numeric: bool) -> Formula | TableOf | Tbd | None:
    written = one_of(section, ("is", *KINDS))
    if written == "is":
        for key in ("of", "else"):
            if key in section:
                section.findings.report(
                    "keys-clash",
                    section.place_of(key),
                    owner=section.owner,
                    first=section.word("is"),
                    second=section.word(key),
                )
        return section.formula("is")
    if written is None:
        return None
    return table_of(section, numeric)


def table_of(section: Section, numeric: bool = False, give: str = "") -> TableOf | Tbd | None:
    """A table applied to the quantity that `of:` names."""
    table = table_body(section, numeric=numeric)
    argument = section.scalar("of")
    if "of" not in section:
        section.lacks("of")
    if table is None or isinstance(table, Tbd) or argument is None:
        return table if isinstance(table, Tbd) else section.findings.holes.get(_start(section, "of"))
    return TableOf(argument.text, table, give, argument.place)


def _start(section: Section, key: str) -> int:
    found = section.item(key)
    return found.place.start if found is not None else -1


# ── Pay ───────────────────────────────────────────────────────────────────────────────────────────


def pay_lines(findings: Findings, names: Names, item: Item | None, period: PeriodKind | None) -> tuple[Quantity, ...]:
    """The lines of the pay statement; what cannot be computed yet has no body."""
    return tuple(_pay_line(findings, e, period) for e in entries_of(findings, item) if names.define(e.key))


def _pay_line(findings: Findings, entry: Entry, period: PeriodKind | None) -> Quantity:
    name, place = entry.key.text, entry.key.place
    section = open_block(findings, entry.value, "pay", name)
    if section is None:
        return Quantity(name, Role.PAY, note_hole(findings, entry.value, name), place, type="money", pay=PayLine())
    every = section.choice("every")
    line = PayLine(section.choice("kind") or "earning", section.flag("at_risk"))
    body: Formula | Tbd | None = None
    if one_of(section, ("amount", "pool")) == "pool":
        pool = section.section("pool")
        if pool is not None:
            read_later(pool, "amount", "in_proportion_to", "when")
        findings.later("pool", name, section.place_of("pool"))
    else:
        body = section.formula("amount")
    when = section.formula("when")
    if is_later(every, period):
        findings.later("every", name, section.place_of("every"))
        keep_later(findings, body, when)
        body, when = None, None
    return Quantity(
        name, Role.PAY, body, place, section.text("title"), "money", None, section.decimals(), rounding(section),
        when=when, adjust=_caps(section), every=every, pay=line,
    )  # fmt: skip


def is_later(every: str | None, period: PeriodKind | None) -> bool:
    """Whether something is due less often than the scheme is computed."""
    return every is not None and period is not None and PeriodKind(every).months > period.months


def keep_later(findings: Findings, *bodies: Formula | Tbd | None) -> None:
    """Keep formulas that nothing computes yet, so that the names in them count as used."""
    findings.later_formulas.extend(body for body in bodies if isinstance(body, Formula))


def read_later(section: Section, *keys: str) -> None:
    """Read formulas for their faults alone: nothing computes them yet."""
    keep_later(section.findings, *(section.formula(key) for key in keys))


def _caps(section: Section) -> tuple[Adjustment, ...]:
    """`at_least` and `at_most` of a line, in the order written."""
    keys = [k for k in section.entries if k in ("at_least", "at_most")]
    return tuple(Adjustment("", None, key, section.formula(key), section.place_of(key)) for key in keys)


def results(findings: Findings, names: Names, lines: tuple[Quantity, ...], place: Place) -> tuple[Quantity, ...]:
    """The sums of the lines by kind, and what is paid out; their formulas are ours, their place is `pay`."""
    spelled = {en: zh if findings.language == "zh" else en for en, zh in RESULTS.items()}
    found: list[Quantity] = []
    for result, kind in (("earnings", "earning"), ("deductions", "deduction"), ("employer_cost", "employer_cost")):
        text = sum_of([q.name for q in lines if q.pay and q.pay.kind == kind])
        found.append(_result(spelled[result], text, place))
    found.insert(2, _result(spelled["net"], f"{spelled['earnings']} - {spelled['deductions']}", place))
    for quantity_ in found:
        names.define_made(quantity_.name, place, "")
    return tuple(found)


def _result(name: str, text: str, place: Place) -> Quantity:
    return Quantity(name, Role.RESULT, our_formula(text, place), place, type="money")


# ── Entitlements ──────────────────────────────────────────────────────────────────────────────────


def entitlements(
    findings: Findings, names: Names, item: Item | None, period: PeriodKind | None
) -> tuple[Quantity, ...]:
    """What the scheme gives beside money: true or false by `when`, or an `amount`."""
    return tuple(_entitlement(findings, e, period) for e in entries_of(findings, item) if names.define(e.key))


def _entitlement(findings: Findings, entry: Entry, period: PeriodKind | None) -> Quantity:
    name, place = entry.key.text, entry.key.place
    section = open_block(findings, entry.value, "entitlement", name)
    if section is None:
        return Quantity(name, Role.ENTITLEMENT, note_hole(findings, entry.value, name), place)
    when, amount = section.formula("when"), section.formula("amount")
    if "when" not in section and "amount" not in section:
        one_of(section, ("when", "amount"))
    type_ = section.choice("type") or (None if "amount" in section else "boolean")
    later = "each" if "each" in section else "every" if is_later(section.choice("every"), period) else None
    if later is not None:
        findings.later(later, name, section.place_of(later))
        keep_later(findings, when, amount)
        when, amount = None, None
    elif amount is None and "amount" not in section:
        when, amount = None, when
    return Quantity(
        name, Role.ENTITLEMENT, amount, place, section.text("title"), type_, section.text("unit") or None,
        section.decimals(), rounding(section), when=when, pay=None, decided_by=section.text("decided_by"),
    )  # fmt: skip
