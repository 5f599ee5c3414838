"""A whole random document: in which order its parts are written, its money, its rules, and what changes no amount.

    document = random_document(Random(7))
    accepted = document.accepted()        # an `Accepted`, or None where nothing was left
"""

from __future__ import annotations

from random import Random

from tests.random_schemes.author import MODES, SECTIONS, Author, Document
from tests.random_schemes.facts import write_details, write_family, write_inputs
from tests.random_schemes.measures import write_constants, write_grades, write_indicators, write_quantities
from tests.random_schemes.people import write_sharing

PERIODS = {"month": ("2024-02", "2024-04", "2024-12"), "quarter": ("2024-Q1", "2024-Q4"), "half_year": ("2024-H2",),
           "year": ("2024",)}  # fmt: skip


def random_document(rng: Random, history: bool = False) -> Document:
    """A document in one of the two languages; with `history` one that reads values of earlier periods."""
    author = Author(rng)
    write_inputs(author)
    write_details(author)
    write_constants(author)
    write_family(author)
    if history:
        _write_carried(author)
    write_quantities(author, rng.randint(2, 5))
    write_indicators(author)
    write_quantities(author, rng.randint(1, 4))
    write_grades(author)
    write_sharing(author)
    _write_pay(author)
    if history:
        _write_recorded(author)
    _write_rights(author)
    _write_rules(author)
    kind = author.pick("month", "month", "quarter", "half_year", "year")
    period = author.rng.choice(PERIODS[kind])
    if history:
        kind, period = "month", "2024-03"
    first, last = author.pair("effective", "first_day", "2024-01-01"), author.pair("effective", "last_day", "2025-12-31")
    limits = f"{author.pair('limits', 'max_people', 200)}, {author.pair('limits', 'max_rows_per_person', 60)}"
    head = [
        author.pair("scheme", "format", 1),
        author.pair("scheme", "scheme", "random"),
        author.pair("scheme", "effective", f"{{{first}, {last}}}"),
        author.pair("scheme", "period", author.word("period", kind)),
        author.pair("scheme", "currency", author.pick("CNY", "CNY", "JPY", "KWD")),
        author.pair("scheme", "limits", f"{{{limits}}}"),
        *_prose(author, kind),
    ]
    sections = list(SECTIONS)
    rng.shuffle(sections)
    spelled = {name: author.key("scheme", name) for name in sections}
    return Document(author.tongue.language, period, head, spelled, author.entries, author.facts, author.owners, history)


def _prose(author: Author, kind: str) -> list[str]:
    """What changes no amount, or how all amounts are rounded, and when a year starts."""
    found = []
    if author.chance(0.3):
        found += [author.pair("scheme", "title", "随机方案"), author.pair("scheme", "version", "1.0")]
    if author.chance(0.3):
        found.append(author.pair("scheme", "rounding", author.word("rounding", *MODES)))
    if author.chance(0.2):
        found.append(author.pair("scheme", "status", author.word("status", "active", "example")))
        found.append(author.pair("scheme", "language", author.pick("zh", "en")))
    if kind == "month" and author.chance(0.1):
        found.append(author.pair("scheme", "year_starts", author.pick("04-01", "02-01")))
    if author.chance(0.15):
        found.append(author.pair("scheme", "applies_to", "'a >= 2'"))
    return found


def _write_pay(author: Author) -> None:
    for _ in range(author.rng.randint(1, 4)):
        name, formulas = author.new("line"), author.at()
        amount = f"1 * ({formulas.number(2)})" if author.chance(0.6) else formulas.money(2)
        said = [author.pair("pay", "amount", f"'{amount}'")]
        if author.chance(0.4):
            said.append(author.pair("pay", "when", f"'{formulas.condition(2)}'"))
        if author.chance(0.3):
            said.append(author.pair("pay", "kind", author.word("kind", "earning", "deduction", "employer_cost")))
        if author.chance(0.2):
            said.append(author.pair("pay", "at_most", f"'{author.pick('500', '30.5', '0')}'"))
        if author.chance(0.2):
            said.append(author.pair("pay", "at_least", f"'{author.pick('0', '5', '0.5')}'"))
        if author.chance(0.2):
            said.append(author.pair("pay", "every", author.word("period", "month", "quarter", "half_year", "year")))
        said += author.rounding("pay", ("0",), 0.15)
        simple = author.pair("pay", "amount", f"'1 * {author.tongue.call('coalesce')}(a, 0)'")
        author.add("pay", [f"{name}: {{{', '.join(said)}}}"], [f"{name}: {{{simple}}}"])
        author.know(name, "money")
    if author.chance(0.2):
        author.add("wage_floor", [author.pair("wage_floor", "amount", author.pick("50", "500"))])
        if author.chance(0.5):
            author.add("wage_floor", [author.pair("wage_floor", "of", author.pick("earnings", "net") if not author.tongue.chinese
                                                  else author.pick("应发", "实发"))])  # fmt: skip


def _write_rights(author: Author) -> None:
    """Entitlements, of people or of each group."""
    for _ in range(author.rng.randint(0, 2)):
        name, amount = author.new("right"), author.chance(0.6)
        each = author.several and author.chance(0.3)
        here = author.at("team" if each else "person")
        said = [author.pair("entitlement", "when", f"'{here.condition(1)}'")] if not amount or author.chance(0.6) else []
        if each:
            said.append(author.pair("entitlement", "each", "team"))
        type_ = ""
        if amount:
            kind = author.pick("number", "number", "money", "word", "day", "flag")
            text = here.day() if kind == "day" else {"number": here.number, "money": here.money, "word": here.word,
                                                     "flag": here.condition}[kind](1)  # fmt: skip
            said.append(author.pair("entitlement", "amount", f"'{text}'"))
            if kind != "number" or author.chance(0.5):
                type_ = {"number": author.pick("number", "integer"), "money": "money", "word": "category", "day": "date",
                         "flag": "boolean"}[kind]  # fmt: skip
                said.append(author.pair("entitlement", "type", author.word("quantity_type", type_)))
            if kind == "number":
                said += author.rounding("entitlement", ("0", "2"), 0.3)
        if author.chance(0.2):
            said.append(author.pair("entitlement", "every", author.word("period", "month", "quarter", "half_year", "year")))
        author.add("entitlements", [f"{name}: {{{', '.join(said)}}}"])
        author.know(name, type_ or "number" if amount else "flag", "team" if each else "person", True)


def _write_rules(author: Author) -> None:
    for _ in range(author.rng.randint(0, 2)):
        level = "person" if author.chance(0.6) else author.rng.choice(list(author.names.owners))
        author.add("require", [f"- '{author.at(level).condition(1)}'"])


# ── Earlier periods ───────────────────────────────────────────────────────────────────────────────


def _write_carried(author: Author) -> None:
    """Inputs that are what came out a period before."""
    author.history = True
    loose = author.chance(0.5)
    first = author.pick("0", "missing", "2") if loose and not author.tongue.chinese else author.pick("0", "2")
    said = [author.pair("input", "type", author.word("type", "integer")), author.pair("input", "range", "[-99, 99]"),
            author.pair("input", "carried_from", "carry_on"), author.pair("input", "first", first)]  # fmt: skip
    if loose:
        said.append(author.pair("input", "can_be_missing", author.tongue.flag(True)))
    author.add("inputs", [f"before: {{{', '.join(said)}}}"])
    author.know("before", "number", "person", loose)
    clamp = f"{author.tongue.call('clamp')}({author.tongue.call('coalesce')}(before, 1) + a, -99, 99)"
    author.add("quantities", [f"carry_on: '{clamp}'"])
    author.know("carry_on", "number")


def _write_recorded(author: Author) -> None:
    """Rows that are earlier periods of the year."""
    sources = [n.text for n in author.names.known if n.level == "person" and n.kind in ("number", "word") and n.text.isidentifier()
               and n.text[0] in "qcg"]  # fmt: skip
    if not sources or not author.chance(0.7):
        return
    chosen = sorted({author.rng.choice(sources), "carry_on"})
    said = ["months:", "  " + author.pair("details", "belongs_to", "who")]
    said.append("  " + author.pair("details", "recorded", f"{{{', '.join(f'm_{i}: {name}' for i, name in enumerate(chosen))}}}"))
    said.append("  " + author.pair("details", "gaps", author.word("gaps", "refuse", "allow")))
    author.add("details", said)
    author.names.owners = {**author.names.owners, "months": ("person",)}
    for i, name in enumerate(chosen):
        kind = next(n.kind for n in author.names.known if n.text == name)
        author.know(f"m_{i}", kind, "months", True)
    number = next(i for i, name in enumerate(chosen) if name == "carry_on")
    author.add("quantities", [f"so_far: '{author.tongue.call('sum')}(m_{number})'"])
    author.know("so_far", "number")
    write_quantities(author, 2)
