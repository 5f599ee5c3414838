"""Reports rules that read well and do not do what they say: nothing is wrong with them but what they pay.

A step that lifts a cap again, a row that changes nothing, a pool as a formula, words whose scores go up and down, a
fixed line that an indicator moves, a missing measure that counts as the best, a condition that always comes out alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from ..base.diagnostics import Other
from ..base.words import both
from ..lang.types import ORDERED, Bounds, Facts, Kind
from ..model import scheme as s
from ..model import terms as t
from ..model.checked import CheckedQuantity
from ..model.levels import PERSON, Level, Levels
from .names.constants import number_of
from .names.dependencies import names_in
from .names.symbols import Symbols
from .ranges.bounds import ZERO
from .ranges.prover import Assumptions

_ORDERS = ("<", "<=", ">", ">=")
CAP, VETO = both("cap", "封顶"), both("veto", "一票否决")


def report_unfair(symbols: Symbols, known_at: Callable[[Level], Assumptions]) -> None:
    """Reports all of these; `known_at` says what is known of each row of a level."""
    # What a premise asks for by its name holds of every row that is not refused.
    formulas = (formula.expression for formula in symbols.scheme.require if formula.expression is not None)
    asked_for = {name for expression in formulas for name in names_in(expression, symbols.families)}
    for quantity in symbols.quantities.values():
        if quantity.name not in asked_for:
            _report_decided(symbols, quantity, known_at)
        _report_lifted(symbols, quantity)
        _report_lifted_beside(symbols, quantity)
        _report_words(symbols, quantity)
        _report_at_risk(symbols, quantity)
        _report_missing(symbols, quantity, known_at(PERSON))
        if quantity.definition.role is s.Role.PAY:
            _report_pool(symbols, quantity)
    _report_idle_rows(symbols)


# ── Conditions ───────────────────────────────────────────────────────────────────────────────


def _report_decided(symbols: Symbols, quantity: CheckedQuantity, known_at: Callable[[Level], Assumptions]) -> None:
    """A condition that is counted, or has a name, and comes out alike for every row: a day or an order is off."""
    for condition, level in _conditions_of(quantity):
        apart = t.Sum(facts=Facts(condition.left.facts.type), left=condition.left, right=condition.right, minus=True)
        found = _decided(condition.operator, symbols.term_facts.proved_bounds(apart, known_at(level)))
        if found and condition.place is not None and not condition.facts.may_miss:
            symbols.findings.report(found, condition.place, name=quantity.name, text=condition.place.text)


def _decided(operator: str, apart: Bounds) -> str:
    """Which of two findings tells how an order comes out, by how far its sides are apart; "" where it may be either."""
    if operator in ("<", "<="):
        apart = Bounds(*(None if end is None else -end for end in (apart.high, apart.low)))
    strict = operator in ("<", ">")
    if apart.low is not None and (apart.low > 0 or (apart.low == 0 and not strict)):
        return "condition-always"
    return "condition-never" if apart.high is not None and (apart.high < 0 or (apart.high == 0 and strict)) else ""


def _conditions_of(quantity: CheckedQuantity) -> Iterator[tuple[t.Compared, Level]]:
    found: list[tuple[t.Term | None, Level]] = []
    if quantity.definition.role is s.Role.QUANTITY:
        found.append((quantity.term, quantity.level))
    for part in t.walk(quantity.term):
        if isinstance(part, t.Aggregate):
            found += [(part.value, part.source), (part.where, part.source)]
    for one, level in found:
        if isinstance(one, t.Compared) and one.operator in _ORDERS and one.left.facts.type.kind in ORDERED:
            yield one, level


# ── Caps and vetoes ──────────────────────────────────────────────────────────────────────────


def _report_lifted(symbols: Symbols, quantity: CheckedQuantity) -> None:
    """Each step of adjusting that may bring a value above what an earlier step has capped it at, or set it to."""
    steps = quantity.definition.adjust
    if not isinstance(quantity.term, t.Adjusted) or len(steps) != len(quantity.term.steps):
        return
    done = list(zip(steps, quantity.term.steps, strict=True))
    for later, (step, checked) in enumerate(done):
        for earlier, limit in done[:later]:
            if _is_limit(earlier, limit) and _lifts(checked, limit) and not _apart(limit.when, checked.when):
                symbols.findings.report(
                    "cap-lifted", step.place, name=quantity.name, reason=step.reason, earlier=earlier.reason,
                    sort_word=VETO if earlier.action == "set" else CAP, others=(Other(earlier.place),),
                )  # fmt: skip
                break


def _is_limit(step: s.Adjustment, checked: t.AdjustmentStep) -> bool:
    return step.action == "at_most" or (step.action == "set" and checked.when is not None)


def _lifts(step: t.AdjustmentStep, limit: t.AdjustmentStep) -> bool:
    """Whether a step may bring a value above what the step before it has left of it at the most."""
    bounds, most = step.amount.facts.bounds, limit.amount.facts.bounds
    match step.action:
        case "add":
            return bounds.high is None or bounds.high > 0
        case "multiply":
            grows = bounds.high is None or bounds.high > 1
            return grows and (most.high is None or most.high > 0)
        case "at_least" | "set":
            return bounds.high is None or most.low is None or bounds.high > most.low
        case _:
            return False


def _apart(one: t.Term | None, other: t.Term | None) -> bool:
    """Whether two conditions are the opposite of each other, as they are written."""
    if one is None or other is None:
        return False
    for a, b in ((one, other), (other, one)):
        if isinstance(a, t.IsNot) and _same(a.operand, b):
            return True
    if isinstance(one, t.Compared) and isinstance(other, t.Compared):
        opposite = {("<", ">="), (">=", "<"), (">", "<="), ("<=", ">"), ("==", "!="), ("!=", "==")}
        return (one.operator, other.operator) in opposite and _same(one.left, other.left) and _same(
            one.right, other.right
        )  # fmt: skip
    return False


def _same(one: t.Term, other: t.Term) -> bool:
    """Whether two short terms are written alike."""
    if isinstance(one, t.Read) and isinstance(other, t.Read):
        return one.name == other.name
    if isinstance(one, t.Fixed) and isinstance(other, t.Fixed):
        return one.value == other.value
    return False


def _report_lifted_beside(symbols: Symbols, quantity: CheckedQuantity) -> None:
    """A name that adds to a score which has a cap under a condition, or a veto: the grade of it forgets both."""
    if quantity.definition.role not in (s.Role.QUANTITY, s.Role.GRADE):
        return
    for read in _lifted(quantity.term):
        capped = symbols.quantities.get(read.name)
        if capped is None or not isinstance(capped.term, t.Adjusted) or capped.definition.role not in s.SCORES:
            continue
        pairs = zip(capped.definition.adjust, capped.term.steps, strict=False)
        limits = [step for step, checked in pairs if checked.when is not None and _is_limit(step, checked)]
        if limits:
            symbols.findings.report(
                "cap-lifted", quantity.term.place or quantity.definition.place, variant="beside", name=quantity.name,
                read=read.name, earlier=limits[-1].reason, others=(Other(limits[-1].place),),
            )  # fmt: skip
            return


def _lifted(term: t.Term) -> Iterator[t.Read]:
    """The names that a term adds something to, or is the larger of with something else."""
    while isinstance(term, t.Rounded | t.FirstKnown) or (isinstance(term, t.Extreme) and not term.largest):
        term = t.operands(term)[0]
    if isinstance(term, t.LookUp) and len(term.keys) == 1:
        term = term.keys[0]
    if isinstance(term, t.Sum) and not term.minus:
        for one, other in ((term.left, term.right), (term.right, term.left)):
            low, high = other.facts.bounds.low, other.facts.bounds.high
            if isinstance(one, t.Read) and low is not None and low >= 0 and (high is None or high > 0):
                yield one
    elif isinstance(term, t.Extreme):
        yield from (one for one in term.operands if isinstance(one, t.Read))


# ── Tables ───────────────────────────────────────────────────────────────────────────────────


def _report_idle_rows(symbols: Symbols) -> None:
    """Rows of which the neighbour says the same: without them nothing would be paid otherwise."""
    bodies = {id(one.body): (one.name, one.body) for one in symbols.tables.values() if one.body is not None}
    for quantity in symbols.quantities.values():
        body = quantity.definition.body
        if isinstance(body, s.TableOf):
            bodies.setdefault(id(body.table), (quantity.name, body.table))
    for name, table in bodies.values():
        for edge, other in _idle_rows(table):
            symbols.findings.report("table-row-idle", edge.place, name=name, edge=edge.text, other=other)


def _idle_rows(body: s.TableBody) -> Iterator[tuple[s.Literal, str]]:
    if body.kind not in (s.TableKind.FROM, s.TableKind.UP_TO):
        return
    rows = sorted(body.rows, key=lambda row: number_of(row[0]) or ZERO)
    line: list[tuple[s.Literal | None, object]] = [(edge, _said(result)) for edge, result in rows]
    if body.otherwise is not None:
        rest = (None, _said(body.otherwise))
        line = [rest, *line] if body.kind == s.TableKind.FROM else [*line, rest]
    for (low, one), (high, other) in pairwise(line):
        idle, neighbour = (high, low) if body.kind == s.TableKind.FROM else (low, high)
        if one == other and idle is not None:
            yield idle, both("else", "其余") if neighbour is None else neighbour.text
    for _, result in body.rows:
        if isinstance(result, s.TableBody):
            yield from _idle_rows(result)


def _said(result: s.TableBody | s.Outputs) -> object:
    """What a row gives, as far as two rows may be alike; a further level is like no other."""
    if isinstance(result, s.TableBody):
        return id(result)
    return {name: value.text if number_of(value) is None else number_of(value) for name, value in result.values}


def _report_words(symbols: Symbols, quantity: CheckedQuantity) -> None:
    """Words that are listed in an order, and whose scores go up and down along it."""
    term, body = quantity.term, quantity.definition.body
    if quantity.definition.role is not s.Role.SCORE or not isinstance(term, t.LookUp) or term.grid.kind != "equals":
        return
    measured = symbols.quantities.get(term.keys[0].name) if isinstance(term.keys[0], t.Read) else None
    read = measured.term if measured is not None else None
    fact = symbols.inputs.get(read.name) if isinstance(read, t.Read) else None
    listed = () if fact is None else fact.definition.one_of
    cells = dict(term.grid.rows)
    scores = [(word, cells.get(word.text)) for word in listed if isinstance(cells.get(word.text), Fraction)]
    if len(listed) < 3 or len(scores) < len(listed):
        return
    steps = [(word, _step(one, other)) for (_, one), (word, other) in pairwise(scores)]
    moving = [(word, step) for word, step in steps if step]
    turned = next((word for (_, one), (word, other) in pairwise(moving) if one != other), None)
    if turned is not None:
        edges = body.table.rows if isinstance(body, s.TableOf) else ()
        place = next((edge.place for edge, _ in edges if edge.text == turned.text), quantity.definition.place)
        listing = ", ".join(f"{word.text}: {_shown(score)}" for word, score in scores)
        symbols.findings.report(
            "words-out-of-order", place, name=quantity.name, listing=listing, others=(Other(listed[0].place),)
        )


def _step(one: object, other: object) -> int:
    assert isinstance(one, Fraction)
    assert isinstance(other, Fraction)
    return (other > one) - (other < one)


def _shown(score: object) -> str:
    return f"{float(score):g}" if isinstance(score, Fraction) else "…"


# ── Pools and fixed lines ────────────────────────────────────────────────────────────────────


def _report_pool(symbols: Symbols, quantity: CheckedQuantity) -> None:
    """A line that pays each member a part of a whole: one's own of what all have, or so much for each of them."""
    if quantity.level != PERSON or isinstance(quantity.definition.body, s.Pool):
        return
    pending, seen = [quantity.term], {quantity.name}
    while pending:
        for part in t.walk(pending.pop()):
            if isinstance(part, t.Read) and part.name in symbols.quantities and part.name not in seen:
                seen.add(part.name)
                behind = symbols.quantities[part.name]
                if behind.definition.role is s.Role.QUANTITY and behind.level == PERSON:
                    pending.append(behind.term)
            if isinstance(part, t.Quotient) and _is_share(part, symbols.levels):
                symbols.findings.report("pool-formula", part.place or quantity.definition.place, name=quantity.name)
                return


def _is_share(term: t.Quotient, levels: Levels) -> bool:
    whole = term.right
    if isinstance(whole, t.Extreme) and whole.largest:  # max(1, …), against division by nothing
        whole = next((one for one in whole.operands if not isinstance(one, t.Fixed)), whole)
    if not isinstance(whole, t.Aggregate) or whole.source != PERSON or whole.function not in ("sum", "mean"):
        return False
    own = {part.name for part in t.walk(term.left, _factors) if isinstance(part, t.Read)}
    counted = whole.value
    return isinstance(counted, t.Read) and counted.name in own


def _factors(term: t.Term) -> tuple[t.Term, ...]:
    return t.operands(term) if isinstance(term, t.Product | t.Rounded) else ()


def _report_at_risk(symbols: Symbols, quantity: CheckedQuantity) -> None:
    """A line that says it is not at risk, and rests on what an indicator measures."""
    pay = quantity.definition.pay
    if pay is None or pay.at_risk is not False:
        return
    came: dict[str, str] = {quantity.name: ""}
    pending = [quantity.name]
    while pending:
        name = pending.pop()
        one = symbols.quantities.get(name)
        if one is None:
            continue
        if one.definition.role is s.Role.MEASURED:
            path = [name]
            while came[path[-1]]:
                path.append(came[path[-1]])
            symbols.findings.report(
                "at-risk", quantity.definition.place, name=quantity.name,
                path=" → ".join(f"`{word}`" for word in path[1:]), others=(Other(one.definition.place),),
            )  # fmt: skip
            return
        for read in _reads(one):
            if read not in came:
                came[read] = name
                pending.append(read)


def _reads(quantity: CheckedQuantity) -> list[str]:
    terms = (quantity.term, *(() if quantity.condition is None else (quantity.condition,)))
    return [part.name for term in terms for part in t.walk(term) if isinstance(part, t.Read)]


# ── Missing measures ─────────────────────────────────────────────────────────────────────────


def _report_missing(symbols: Symbols, quantity: CheckedQuantity, known: Assumptions) -> None:
    """A measure or a score for which, where it is missing, something stands in that nobody can do better than."""
    role = quantity.definition.role
    if role not in (s.Role.MEASURED, s.Role.SCORE):
        return
    indicator = quantity.definition.indicator
    better = "higher" if role is s.Role.SCORE else (indicator.better or "") if indicator is not None else ""
    if better not in ("higher", "lower") or quantity.level != PERSON:
        return
    for measure, instead in _stand_ins(quantity.term):
        if instead.facts.type.kind is Kind.NUMBER and not _can_beat(symbols, measure, instead, better, known):
            symbols.findings.report(
                "missing-is-best", instead.place or quantity.definition.place, name=quantity.name,
                others=(Other(measure.place),) if measure.place is not None else (),
            )  # fmt: skip
            return


def _stand_ins(term: t.Term) -> Iterator[tuple[t.Term, t.Fixed]]:
    """What may be missing, and the constant that is taken instead."""
    for part in t.walk(term, _passed):
        match part:
            case t.FirstKnown(operands=(measure, *_, t.Fixed(value=Fraction()) as instead)):
                yield measure, instead
            case t.Choice(condition=t.IsKnown(), then=measure, otherwise=t.Fixed(value=Fraction()) as instead):
                yield measure, instead
            case t.Choice(
                condition=t.IsNot(operand=t.IsKnown()), then=t.Fixed(value=Fraction()) as instead, otherwise=measure
            ):
                yield measure, instead


def _passed(term: t.Term) -> tuple[t.Term, ...]:
    return t.operands(term) if isinstance(term, t.Rounded | t.Extreme) else ()


def _can_beat(symbols: Symbols, measure: t.Term, instead: t.Fixed, better: str, known: Assumptions) -> bool:
    """Whether somebody of whom the measure is known may do better than what stands in for it."""
    facts = symbols.term_facts
    assumed = facts.assume_known(measure, known)
    bounds = measure.facts.bounds
    end = bounds.high if better == "higher" else bounds.low
    assert isinstance(instead.value, Fraction)
    if end is not None and (end <= instead.value if better == "higher" else end >= instead.value):
        return False
    proved = facts.proved_bounds(measure, assumed)
    end = proved.high if better == "higher" else proved.low
    return end is None or (end > instead.value if better == "higher" else end < instead.value)


