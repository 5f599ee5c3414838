"""The fingerprint of what a scheme means in a period: equal where every amount is sure to be equal.

Titles, places, comments, language, examples and the order of definitions have no part in it.
"""

from __future__ import annotations

from hashlib import sha256

from ..base.fingerprints import fingerprint
from ..model.checked import Checked, CheckedInput, CheckedQuantity
from ..model.levels import Levels
from ..model.scheme import Details
from ..model.terms import Adjusted, Aggregate, Base, Fold, LookUp, Mean, Ranked, Shared, Sum, Term, operands

SEMANTICS = 1  # raised when the same terms come to mean something else


def fingerprint_of_meaning(checked: Checked) -> str:
    """SHA-256, in hexadecimal: the same in every process, on every machine."""
    digests = _Digests()
    period = checked.period
    return fingerprint(
        ("semantics", SEMANTICS),
        None if period is None else (period.kind, period.first_day, period.last_day),
        sorted((one.name, fingerprint(_input(one))) for one in checked.inputs.values()),
        sorted((one.name, fingerprint(_quantity(one, digests))) for one in checked.quantities),
        sorted((premise.level, digests.of(premise.term)) for premise in checked.premises),
        sorted((guard.code, guard.level, digests.of(guard.term)) for guard in checked.guards),
        sorted(_levels(checked.levels)),
        sorted((table.name, fingerprint(_details(table))) for table in checked.scheme.details),
        digests.maybe(checked.applies_to),
        (checked.scheme.max_rows_per_person, checked.scheme.max_people, checked.currency_decimals),
    )


def _levels(levels: Levels) -> list[tuple[object, ...]]:
    """Which rows there are and to whom they belong; whether a group's rows are listed in a table of their own."""
    return [(one.level, one.sort, sorted(one.owners), bool(one.table)) for one in (levels[level] for level in levels)]


def _details(table: Details) -> tuple[object, ...]:
    return (table.belongs_to, table.key, table.recorded, table.gaps, table.without_owner)


def _input(one: CheckedInput) -> tuple[object, ...]:
    definition, type_ = one.definition, one.facts.type
    reading = (definition.percent, definition.nearest, definition.suffix, definition.texts, definition.missing_texts)
    carried = (definition.carried_from, definition.first, definition.written)
    sort = (type_.kind, type_.money, type_.whole, type_.values)
    return (one.level, sort, one.facts.may_miss, one.facts.bounds, one.decimals, reading, carried)


def _quantity(one: CheckedQuantity, digests: _Digests) -> tuple[object, ...]:
    pay = None if one.definition.pay is None else one.definition.pay.kind
    range_checked = None if one.proved else one.facts.bounds
    rounding = None if one.decimals is None else one.rounding
    body = (digests.of(one.term), digests.maybe(one.condition))
    return (one.level, one.definition.role, pay, body, one.decimals, rounding, range_checked, one.due)


class _Digests:
    """The digest of each term object, once; shared arguments stay cheap."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Term, str]] = {}  # the term is held, so that its id stays its own

    def maybe(self, term: Term | None) -> str:
        return "" if term is None else self.of(term)

    def of(self, term: Term) -> str:
        pending = [term]
        while pending:
            waiting = [t for t in operands(pending[-1]) if id(t) not in self._known]
            if waiting:
                pending.extend(waiting)
                continue
            top = pending.pop()
            if id(top) not in self._known:
                self._known[id(top)] = (top, self._digest(top))
        return self._known[id(term)][1]

    def _digest(self, term: Term) -> str:
        parts = ",".join(self._parts(term))
        return sha256(f"{type(term).__name__}({fingerprint(_own(term))};{parts})".encode()).hexdigest()

    def _parts(self, term: Term) -> list[str]:
        """The digests of the operands; of what is added up or weighed, in an order of their own."""

        def of(one: Term) -> str:
            return self._known[id(one)][1]

        if isinstance(term, Sum) and not term.minus:
            return sorted(map(of, _addends(term)))
        if isinstance(term, Mean):
            return sorted(of(w) + of(p) for w, p in zip(term.weights, term.parts, strict=True))
        return list(map(of, operands(term)))


def _addends(term: Term) -> list[Term]:
    """What a chain of additions adds up."""
    found: list[Term] = []
    pending = [term]
    while pending:
        top = pending.pop()
        if isinstance(top, Sum) and not top.minus:
            pending += (top.left, top.right)
        else:
            found.append(top)
    return found


def _own(term: Term) -> tuple[object, ...]:
    """What a term says beside its operands."""
    match term:
        case LookUp(grid=grid):  # the table's name is for people
            return (grid,)
        case Adjusted(steps=steps):
            return tuple((step.action, step.when is None) for step in steps)
        case Aggregate(function=function, source=source, level=level, value=value, where=where):
            options = (term.others, term.most, term.method, term.fraction)
            return (function, source, level, value is None, where is None, options)
        case Ranked(source=source, group=group, keys=keys, where=where, ties=ties):
            return (source, group, tuple(descending for _, descending in keys), where is None, ties)
        case Shared(when=when, among=among, cap=cap):
            absent = (when is None, among is None, cap is None)
            return (term.source, term.group, absent, term.left_out, term.method, term.decimals)
        case Fold(function=function, values=values, wheres=wheres, most=most):
            return (function, [v is None for v in values], [w is None for w in wheres], most)
    names = [a.name for a in type(term).__attrs_attrs__ if a.name not in ("facts", "place")]
    found = [getattr(term, name) for name in names]
    return tuple(value for value in found if not isinstance(value, Base) and not _are_terms(value))


def _are_terms(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Base)
