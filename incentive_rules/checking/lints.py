"""Reports findings that stop nobody: what is unused, unmeasured, defined twice, or rounded again."""

from __future__ import annotations

from ..base.diagnostics import Other
from ..lang.functions import PERIOD_NAMES
from ..model import scheme as s
from ..model import terms as t
from ..model.checked import CheckedQuantity
from ..model.levels import Level
from ..model.scheme import SCORES
from .formulas.rounding import ExactDecimals
from .names.symbols import Symbols, SymbolSort


def lint(symbols: Symbols, clean: bool) -> None:
    """Reports every lint; what is unused is known only of a scheme without errors (`clean`)."""
    for rule in (_unmeasured, _same_title, _hides_the_period, _rounded_again, _unreached):
        rule(symbols)
    if clean:
        _unused(symbols)


def _unused(symbols: Symbols) -> None:
    protected = {literal.text for literal in symbols.scheme.never_reads}
    for name, known in symbols.names.items():
        if name in symbols.used or known.sort in (SymbolSort.QUANTITY, SymbolSort.LOST, SymbolSort.PERIOD):
            continue
        if known.sort is SymbolSort.INPUT and _is_key(symbols, name):
            continue
        # A family's names are results like any others; a detail table is used where one of its names is.
        if known.sort is SymbolSort.FAMILY:
            continue
        if (
            known.sort in (SymbolSort.DETAILS, SymbolSort.GROUP)
            and known.level
            and _reads_a_name_of(symbols, known.level)
        ):
            continue
        if known.sort is SymbolSort.INPUT and (_member_input(symbols, name) or _leads_to_values(symbols, name)):
            continue
        variant = "protected" if name in protected else ""
        symbols.findings.report("unused", known.place, name=name, sort=str(known.sort), variant=variant)


def _hides_the_period(symbols: Symbols) -> None:
    """Reports names of the author's that are also constants of the period, and hide these in every formula."""
    for english, chinese in PERIOD_NAMES.items():
        for name in (english, chinese):
            known = symbols.names.get(name)
            if known is not None and known.sort is not SymbolSort.PERIOD:
                symbols.findings.report("period-hidden", known.place, name=name)


def _unreached(symbols: Symbols) -> None:
    """Reports rows that no use of their table reaches."""
    for place, said in symbols.unreached.items():
        if said is not None:
            name, edge, span = said
            symbols.findings.report("table-unreachable", place, name=name, edge=edge, span=span)


def _reads_a_name_of(symbols: Symbols, level: Level) -> bool:
    """Whether anything reads a value of these rows, or of rows that belong to them."""
    used = {found for name in symbols.used if (found := symbols.level_of(name)) is not None}
    return any(symbols.levels.is_above(level, found) for found in used)


def _leads_to_values(symbols: Symbols, name: str) -> bool:
    """Whether an input names the group of a person or row, and a value of that group is read."""
    return any(symbols.level_of(used) == (name,) for used in symbols.used)


def _is_key(symbols: Symbols, name: str) -> bool:
    return name in symbols.inputs and symbols.inputs[name].definition.type == "key"


def _member_input(symbols: Symbols, name: str) -> bool:
    return any(
        name == f.resolve(m, local) for f in symbols.scheme.families for m in f.members[:1] for local in f.locals
    )


def _unmeasured(symbols: Symbols) -> None:
    for objective, indicators in symbols.scheme.measured_by:
        if not indicators:
            symbols.findings.report("objective-unmeasured", objective.place, name=objective.text or objective.key)
        for literal in indicators:
            known = symbols.names.get(literal.text)
            if known is None or known.sort not in (SymbolSort.QUANTITY, SymbolSort.LOST):
                symbols.findings.report(
                    "objective-indicator", literal.place, name=literal.text, objective=objective.text or objective.key
                )


def _same_title(symbols: Symbols) -> None:
    """Reports one title for two things; in a fully Chinese scheme a name is its own title."""
    seen: dict[str, s.Quantity] = {}
    for quantity in symbols.scheme.quantities:
        if quantity.role in (s.Role.MEASURED, s.Role.RESULT) or quantity.family:
            continue
        title = quantity.title or quantity.name
        same_grade = quantity.role is s.Role.GRADE and title in seen and seen[title].role is s.Role.GRADE
        if title in seen and seen[title].name != quantity.name and not same_grade:
            other = seen[title]
            symbols.findings.report(
                "title-twice",
                quantity.place,
                title=title,
                name=quantity.name,
                other=other.name,
                others=(Other(other.place),),
            )
        seen.setdefault(title, quantity)


def _rounded_again(symbols: Symbols) -> None:
    """Reports a name that rounds what another name has rounded, a second time or without any digit left to round."""
    places = ExactDecimals(dict(symbols.inputs), symbols.quantities)
    for quantity in symbols.quantities.values():
        definition, decimals = quantity.definition, quantity.decimals
        if decimals is None or definition.role in SCORES:
            continue
        for name in sorted(_linear(quantity.term)):
            read = symbols.quantities.get(name)
            if read is None or not _loses_digits(read, places) or read.decimals is None:
                continue
            again = definition.decimals is not None and read.decimals > decimals
            idle = definition.rounding is not None and read.rounding is not quantity.rounding and not again
            if again or (idle and read.decimals == decimals and places.of(quantity.term) == decimals):
                symbols.findings.report(
                    "rounded-again", definition.place, name=quantity.name, read=name, places=str(decimals),
                    read_places=str(read.decimals), variant="" if again else "idle",
                    others=(Other(read.definition.place),),
                )  # fmt: skip


def _loses_digits(quantity: CheckedQuantity, places: ExactDecimals) -> bool:
    exact = places.of(quantity.term)
    return quantity.decimals is not None and (exact is None or exact > quantity.decimals)


def _linear(term: t.Term) -> set[str]:
    """The names that a term only adds, chooses between or passes on."""

    def passed(part: t.Term) -> tuple[t.Term, ...]:
        if isinstance(part, t.Choice):
            return part.then, part.otherwise
        return t.operands(part) if isinstance(part, _PASSING) else ()

    return {part.name for part in t.walk(term, passed) if isinstance(part, t.Read)}


_PASSING = (t.Sum, t.Extreme, t.FirstKnown, t.Negated)
