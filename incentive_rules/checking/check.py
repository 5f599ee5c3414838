"""Checks a scheme: everything that can be known before a row is read.

A scheme without errors becomes a `Checked` for one period. Without a period the check is made for every combination of
dated values in the scheme's life.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date

from attrs import evolve, frozen

from ..base.codes import CODES
from ..base.diagnostics import Diagnostic, Severity
from ..base.limits import DEFAULT_LIMITS, Limits
from ..base.periods import Period
from ..base.words import is_chinese
from ..model import scheme as s
from ..model import terms as t
from ..model.checked import Checked
from ..model.levels import PERSON
from .contract import check_contract
from .formulas.context import FormulaContext
from .formulas.read_node import formula_reader
from .formulas.reader import FormulaReader, unknown
from .given_values import decided_by_others, needs_others
from .lints import lint
from .names.declarations import currency_places, days_that_differ, lost_quantities, symbols_of
from .names.dependencies import Hidden, computing_order, formulas_of, hidden_names, names_in, reads
from .names.findings import Findings
from .names.level_inference import level_of_quantity
from .names.symbols import Elsewhere, Symbols, SymbolSort
from .other_periods import FoundFacts, elsewhere, found_facts
from .protected import report_protected
from .quantities.carried import check_carried
from .quantities.premises import read_premises
from .quantities.quantity import QuantityChecker
from .quantities.quantity_formulas import QuantityFormulas
from .ranges.prover import Assumptions
from .unfair import report_unfair

GIVEN = (SymbolSort.INPUT, SymbolSort.DETAILS, SymbolSort.GROUP, SymbolSort.LOST)  # what an example may bring as a fact
MOST_PASSES = 3  # as often may all parts that are allowed be read, on days with different dated values


def check_scheme(
    scheme: s.Scheme, period: Period | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[Checked | None, tuple[Diagnostic, ...]]:
    """The checked scheme, None where it has errors or holes, and all findings in document order.

    >>> # checking.check(scheme, read_period("2026-Q2"))
    """
    days = (period.first_day,) if period else days_that_differ(scheme)
    unique: dict[object, Diagnostic] = {}
    first: Checked | None = None
    parts = 0

    def on_day(day: date, period: Period | None, sources: Set[str]) -> tuple[FoundFacts, int]:
        read = _read_on(scheme, day, period, limits, {}, sources)
        return found_facts(read.symbols, sources), read.parts

    others = elsewhere(scheme, on_day, MOST_PASSES * limits.parts)
    for i, day in enumerate(days):
        checked, diagnostics, more = _check_on(scheme, day, period, limits, others)
        first = checked if i == 0 else first
        for d in diagnostics:
            where = (d.place.start, d.place.end) if d.place else None
            unique.setdefault((d.code, d.variant, where, tuple(d.params.items())), d)
        parts += more
        if parts > MOST_PASSES * limits.parts and i + 1 < len(days):
            most = str(MOST_PASSES * limits.parts)
            days_word = {"count": str(len(days)), "done": str(i + 1), "most": most, "name": scheme.name}
            unique["days"] = Diagnostic("too-large", scheme.place, days_word, "days")
            break
    found = list(unique.values())
    found.sort(key=lambda d: (d.place.start if d.place else -1, d.code))
    clean = all(CODES[d.code].severity is not Severity.ERROR for d in found)
    return (first if clean and not scheme.holes else None), tuple(found)


def _check_on(
    scheme: s.Scheme, day: date, period: Period | None, limits: Limits, others: Elsewhere
) -> tuple[Checked, tuple[Diagnostic, ...], int]:
    """Checks the scheme on one day; returns also how many parts of it were looked at."""
    read = _read_on(scheme, day, period, limits, others)
    symbols, reader, findings = read.symbols, read.reader, read.symbols.findings
    check_carried(read.formulas)
    applies = _applies_to(scheme, reader, read.hidden)
    symbols.words.tell(findings, symbols.guesses)
    # A formula that was broken on loading has no error here, but what it reads is unknown.
    # So is what stands in a section that was lost.
    check_contract(symbols)
    report_protected(symbols, reader.premises.found, applies)
    whole = all(q.name in symbols.quantities for q in read.ordered) and not scheme.lost_names
    lint(symbols, clean=whole and not any(CODES[d.code].severity is Severity.ERROR for d in findings.found))
    report_unfair(symbols, reader.premises.base)
    checked = Checked(
        scheme=scheme, period=period, inputs=symbols.inputs,
        quantities=tuple(symbols.quantities[q.name] for q in read.ordered if q.name in symbols.quantities),
        premises=tuple(reader.premises.found), applies_to=applies, constants=symbols.constants,
        grids={name: lookup.grids for name, lookup in symbols.tables.items()},
        assumptions=tuple((q.name, q.definition.place) for q in symbols.quantities.values() if not q.proved),
        currency_decimals=currency_places(scheme), levels=symbols.levels, guards=tuple(read.formulas.guards),
    )  # fmt: skip
    _check_examples(symbols, checked)
    return checked, tuple(findings.found), read.parts


@frozen
class _Read:
    """What was read on one day: the quantities, in computing order, and the premises, each a term with its facts."""

    symbols: Symbols
    reader: FormulaReader
    formulas: QuantityFormulas
    ordered: tuple[s.Quantity, ...]
    hidden: Hidden

    @property
    def parts(self) -> int:
        """How many parts were looked at: names, rows and dated values take their time too, on each day anew."""
        scheme, tables = self.symbols.scheme, self.symbols.tables.values()
        rows = sum(lookup.size * len(lookup.grids) for lookup in tables)
        dated = sum(len(p.value.values) for p in scheme.parameters) + sum(len(x.body.values) for x in scheme.tables)
        return self.reader.parts + len(self.symbols.names) + rows + dated


def _read_on(
    scheme: s.Scheme, day: date, period: Period | None, limits: Limits, others: Elsewhere,
    sources: Set[str] | None = None,
) -> _Read:  # fmt: skip
    """Reads all quantities on one day; or only `sources`, with what they read and what premises read."""
    findings = Findings(chinese=is_chinese(scheme.keyword_language))
    symbols = evolve(symbols_of(scheme, day, period, findings), elsewhere=others)
    reader = formula_reader(symbols, limits.parts)
    for hole in scheme.holes if scheme.status == "draft" else ():  # elsewhere a hole was reported as an error
        findings.report("tbd-open", hole.place, what=hole.what)
    lost = lost_quantities(scheme)
    wanted = {name: q for name, q in symbols.definitions.items() if name not in lost}
    hidden = hidden_names(scheme, symbols.families)
    early, late = _premise_order(scheme, symbols, hidden)
    read_late = {name for premise in late for name in _read_by(premise, symbols, hidden)}
    if sources is not None:
        needed = _behind(sources | read_late, wanted, symbols, hidden)
        wanted = {name: q for name, q in wanted.items() if name in needed}
    ordered = _levelled(computing_order(wanted, symbols.families, findings, hidden), symbols)
    read_premises(reader, early)
    # What a premise reads is checked first, then the premise, then all that may lean on it: by what they
    # read, never by where they stand, so that the order of definitions changes nothing.
    behind = _behind(read_late, wanted, symbols, hidden)
    formulas = QuantityFormulas(reader, currency_places(scheme))
    quantities = QuantityChecker(formulas, period)
    for quantity in ordered:
        if quantity.name in behind:
            quantities.check(quantity)
    read_premises(reader, late)
    for quantity in ordered:
        if quantity.name not in behind:
            quantities.check(quantity)
    return _Read(symbols, reader, formulas, ordered, hidden)


def _premise_order(scheme: s.Scheme, symbols: Symbols, hidden: Hidden) -> tuple[list[s.Formula], list[s.Formula]]:
    """The premises over inputs alone, which every quantity can use, and those that read quantities."""
    early: list[s.Formula] = []
    late: list[s.Formula] = []
    for formula in scheme.require:
        if formula.expression is None:
            continue
        names = _read_by(formula, symbols, hidden)
        (late if any(name in symbols.definitions for name in names) else early).append(formula)
    return early, late


def _levelled(ordered: tuple[s.Quantity, ...], symbols: Symbols) -> tuple[s.Quantity, ...]:
    """The quantities with their levels, in computing order; those without a possible level are reported."""
    found = []
    for quantity in ordered:
        level = level_of_quantity(quantity, symbols)
        symbols.levels_found[quantity.name] = PERSON if level is None else level
        if level is None:
            place = next((f.place for f in formulas_of(quantity)), quantity.place)
            symbols.findings.report("levels-apart", place, name=quantity.name)
        else:
            found.append(quantity)
    return tuple(found)


def _read_by(formula: s.Formula, symbols: Symbols, hidden: Hidden) -> set[str]:
    """The names that a formula reads, with those behind the words under `over`."""
    names = set() if formula.expression is None else set(names_in(formula.expression, symbols.families))
    return names.union(*(hidden[name] for name in names if name in hidden))


def _behind(names: Set[str], quantities: Mapping[str, s.Quantity], symbols: Symbols, hidden: Hidden) -> set[str]:
    """The quantities among `names`, and those that they read, directly or through others."""
    pending = [*names]
    found: set[str] = set()
    while pending:
        name = pending.pop()
        if name in quantities and name not in found:
            found.add(name)
            pending.extend(reads(quantities[name], symbols.families, hidden))
    return found


def _applies_to(scheme: s.Scheme, reader: FormulaReader, hidden: Hidden) -> t.Term | None:
    """The condition of who is in scope: over facts alone it comes before the premises; over quantities, after them."""
    symbols, formula = reader.symbols, scheme.applies_to
    if not isinstance(formula, s.Formula) or formula.expression is None:
        return None
    later = any(name in symbols.definitions for name in _read_by(formula, symbols, hidden))
    context = FormulaContext(formula=formula, owner="applies_to")
    found = reader.condition(formula.expression, context, reader.premises.base(PERSON) if later else Assumptions())
    if unknown(found):
        return None
    others = needs_others(found, symbols.quantities, symbols.inputs, symbols.levels)
    if others is not None:
        symbols.findings.report("scope-others", formula.place, name=others)
    return found


def _check_examples(symbols: Symbols, checked: Checked) -> None:
    """Reports names in examples that do not exist; their values are checked when they run.

    A fact is an input, or what other people decide. Who decides a quantity that cannot be computed (a hole of a draft,
    an error of its own) is unknown.
    """
    every_period = evolve(checked, quantities=tuple(evolve(q, due=True) for q in checked.quantities))
    decided = decided_by_others(every_period) | (symbols.definitions.keys() - {q.name for q in checked.quantities})
    # A name that a formula lacks too was taken away: it is reported there.
    lacking = {d.params["name"] for d in symbols.findings.found if d.code == "name-unknown"}
    for example in symbols.scheme.examples:
        people = [*example.people]
        for fact in (*example.expect, *(f for one in people for f in one.expect)):
            known = symbols.names.get(fact.name)
            an_input = known is not None and known.sort is SymbolSort.INPUT
            if (known is None and fact.name not in lacking) or an_input:
                symbols.findings.report("example-name", fact.place, name=fact.name, example=example.name)
        for fact in (*example.facts, *(f for one in people for f in one.facts)):
            known = symbols.names.get(fact.name)
            if known is None and fact.name in lacking:
                continue
            given = known is not None and known.sort is SymbolSort.QUANTITY and fact.name in decided
            if known is None or not (given or known.sort in GIVEN):
                inputs = [item.name for item in symbols.inputs.values()]
                near = next(iter(symbols.guesses.nearest(fact.name, inputs, 1)), "")
                symbols.findings.report(
                    "example-name",
                    fact.place,
                    name=fact.name,
                    example=example.name,
                    near=near,
                    variant="fact-near" if near else "fact",
                )
