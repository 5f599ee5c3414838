"""Findings that stop nobody: what is unused, unmeasured, said twice, or rounded again."""

from __future__ import annotations

from ..base.diagnostics import Other
from ..lang.functions import PERIOD_NAMES
from ..model import scheme as s
from ..model import terms as t
from ..model.checked import CheckedQuantity
from ..model.levels import Level
from .formulas.reader import names_of
from .formulas.rounding import SCORES, Places
from .names.dependencies import names_in
from .names.symbols import Sort, World


def lint(world: World, clean: bool) -> None:
    """Report every lint; what is unused can be said only of a scheme without errors (`clean`)."""
    for rule in (_unmeasured, _same_title, _hides_the_period, _rounded_again, _never_reads, _unreached):
        rule(world)
    if clean:
        _unused(world)


def _unused(world: World) -> None:
    protected = {literal.text for literal in world.scheme.never_reads}
    for name, known in world.names.items():
        if name in world.used or known.sort in (Sort.QUANTITY, Sort.LOST, Sort.PERIOD):
            continue
        if known.sort is Sort.INPUT and _is_key(world, name):
            continue
        # A family's names are results like any others; a detail table is used where one of its names is.
        if known.sort is Sort.FAMILY:
            continue
        if known.sort in (Sort.DETAILS, Sort.GROUP) and known.level and _reads_a_name_of(world, known.level):
            continue
        if known.sort is Sort.INPUT and (_member_input(world, name) or _leads_to_values(world, name)):
            continue
        variant = "protected" if name in protected else ""
        world.findings.report("unused", known.place, name=name, sort=str(known.sort), variant=variant)


def _hides_the_period(world: World) -> None:
    """Names of the author's that are also constants of the period: every formula then means the author's."""
    for english, chinese in PERIOD_NAMES.items():
        for name in (english, chinese):
            known = world.names.get(name)
            if known is not None and known.sort is not Sort.PERIOD:
                world.findings.report("period-hidden", known.place, name=name)


def _unreached(world: World) -> None:
    """Rows that no use of their table reaches."""
    for place, said in world.unreached.items():
        if said is not None:
            name, edge, span = said
            world.findings.report("table-unreachable", place, name=name, edge=edge, span=span)


def _reads_a_name_of(world: World, level: Level) -> bool:
    """Whether anything reads a value of these rows, or of rows that belong to them."""
    used = {found for name in world.used if (found := world.level_of(name)) is not None}
    return any(world.levels.is_above(level, found) for found in used)


def _leads_to_values(world: World, name: str) -> bool:
    """Whether the input says to which group somebody belongs, and a value of that group is read."""
    return any(world.level_of(used) == (name,) for used in world.used)


def _is_key(world: World, name: str) -> bool:
    return name in world.inputs and world.inputs[name].definition.type == "key"


def _member_input(world: World, name: str) -> bool:
    return any(name == f.resolve(m, local) for f in world.scheme.families for m in f.members[:1] for local in f.locals)


def _unmeasured(world: World) -> None:
    for objective, indicators in world.scheme.measured_by:
        if not indicators:
            world.findings.report("objective-unmeasured", objective.place, name=objective.text or objective.key)
        for literal in indicators:
            known = world.names.get(literal.text)
            if known is None or known.sort not in (Sort.QUANTITY, Sort.LOST):
                world.findings.report(
                    "objective-indicator", literal.place, name=literal.text, objective=objective.text or objective.key
                )


def _same_title(world: World) -> None:
    """One display name with two meanings: a name in a fully Chinese scheme is its own title."""
    seen: dict[str, s.Quantity] = {}
    for quantity in world.scheme.quantities:
        if quantity.role in (s.Role.MEASURED, s.Role.RESULT) or quantity.family:
            continue
        title = quantity.title or quantity.name
        same_grade = quantity.role is s.Role.GRADE and title in seen and seen[title].role is s.Role.GRADE
        if title in seen and seen[title].name != quantity.name and not same_grade:
            other = seen[title]
            world.findings.report(
                "title-twice",
                quantity.place,
                title=title,
                name=quantity.name,
                other=other.name,
                others=(Other(other.place),),
            )
        seen.setdefault(title, quantity)


def _rounded_again(world: World) -> None:
    """A name rounds what another name has rounded: a second time, or for nothing where no digit is left to round."""
    places = Places(dict(world.inputs), world.quantities)
    for quantity in world.quantities.values():
        definition, decimals = quantity.definition, quantity.decimals
        if decimals is None or definition.role in SCORES:
            continue
        for name in sorted(_linear(quantity.term)):
            read = world.quantities.get(name)
            if read is None or not _loses_digits(read, places) or read.decimals is None:
                continue
            again = definition.decimals is not None and read.decimals > decimals
            idle = definition.rounding is not None and read.rounding is not quantity.rounding and not again
            if again or (idle and read.decimals == decimals and places.of(quantity.term) == decimals):
                world.findings.report(
                    "rounded-again", definition.place, name=quantity.name, read=name, places=str(decimals),
                    read_places=str(read.decimals), variant="" if again else "idle",
                    others=(Other(read.definition.place),),
                )  # fmt: skip


def _loses_digits(quantity: CheckedQuantity, places: Places) -> bool:
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


def _reads(quantity: CheckedQuantity) -> set[str]:
    """The names that a quantity reads, in its condition too."""
    return names_of(quantity.term) | (names_of(quantity.condition) if quantity.condition is not None else set())


def _never_reads(world: World) -> None:
    reads = {name: _reads(quantity) for name, quantity in world.quantities.items()}
    for literal in {literal.text: literal for literal in reversed(world.scheme.never_reads)}.values():
        if literal.text not in world.names:
            world.findings.report("never-reads-unknown", literal.place, name=literal.text)
            continue
        for formula in (world.scheme.applies_to, *world.scheme.require):
            if not isinstance(formula, s.Formula) or formula.expression is None:
                continue
            if literal.text in names_in(formula.expression, world.families):
                text, others = formula.text.strip(), (Other(literal.place),)
                world.findings.report("never-reads", formula.place, name=text, read=literal.text, others=others)
        for quantity in world.quantities.values():
            if literal.text in reads[quantity.name]:
                world.findings.report(
                    "never-reads",
                    quantity.definition.place,
                    name=quantity.name,
                    read=literal.text,
                    others=(Other(literal.place),),
                )
