"""Fingerprints what a scheme means in a period: equal fingerprints if every amount is sure to be equal.

It is made by walking every field of every noun that a checked scheme consists of; fields without a part in it are
listed with their reasons in `meaning.py`, so that a field that is added later counts. The order of definitions does
not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import cast

import attrs

from ..base.fingerprints import fingerprint
from ..model.checked import Checked, CheckedQuantity
from ..model.scheme import Tbd
from ..model.terms import AdjustmentStep, Base, Mean, Sum, Term, operands, walk
from .meaning import WITHOUT_MEANING

SEMANTICS = 1  # raised when the same terms come to mean something else


def fingerprint_of_meaning(checked: Checked) -> str:
    """SHA-256, in hexadecimal: the same in every process, on every machine."""
    digests = _Digests()
    levels = checked.levels
    return fingerprint(
        ("semantics", SEMANTICS),
        digests.told(checked),
        digests.told(checked.scheme),
        sorted((one.name, fingerprint(digests.told(one))) for one in checked.inputs.values()),
        sorted((one.name, fingerprint(digests.quantity(one))) for one in checked.quantities),
        sorted(fingerprint(digests.told(one)) for one in checked.premises),
        sorted(fingerprint(digests.told(one)) for one in checked.guards),
        sorted((level, fingerprint(digests.told(levels[level]), sorted(levels[level].owners))) for level in levels),
        sorted((table.name, fingerprint(digests.told(table))) for table in checked.scheme.details),
        sorted((table.name, fingerprint(digests.told(table))) for table in checked.scheme.groups),
    )


class _Digests:
    """Digests each term object once; shared arguments stay cheap."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Term, str]] = {}  # the term is held, so that its id stays its own

    def told(self, noun: object) -> tuple[object, ...]:
        """The contents of the fields of a noun, each formula as its digest."""
        kind: type = type(noun)
        return tuple((name, self._value(getattr(noun, name))) for name in _fields(kind))

    def quantity(self, one: CheckedQuantity) -> tuple[object, ...]:
        # An exact value rounds in no way, and what was proved of a range need not be looked at.
        rounding = None if one.decimals is None or not one.rounds else one.rounding
        looked_at = None if one.proved else one.facts.bounds
        return (self.told(one), self.told(one.facts.type), rounding, looked_at)

    def _value(self, value: object) -> object:
        if isinstance(value, Base):
            return self.of(cast(Term, value))
        kind: type = type(value)
        if isinstance(value, tuple):
            return tuple(map(self._value, value))
        return self.told(value) if kind in WITHOUT_MEANING and not isinstance(value, Tbd) else value

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
        """The digests of the operands; of what is added up or weighed, in an order of their own.

        What is added up often stands once, with how often: a sum of itself, forty deep, adds one part 2**40 times.
        """

        def of(one: Term) -> str:
            return self._known[id(one)][1]

        if isinstance(term, Sum) and not term.minus:
            times = Counter[str]()
            for addend, often in _addends(term):
                times[of(addend)] += often
            return sorted(digest if often == 1 else f"{often}*{digest}" for digest, often in times.items())
        if isinstance(term, Mean):
            return sorted(of(w) + of(p) for w, p in zip(term.weights, term.parts, strict=True))
        return list(map(of, operands(term)))


def _addends(term: Term) -> Iterator[tuple[Term, int]]:
    """The summands of a chain of additions, each with how often it is added."""

    def added(one: Term) -> tuple[Term, ...]:
        return (one.left, one.right) if isinstance(one, Sum) and not one.minus else ()

    parts = list(walk(term, added))
    owners = Counter(id(part) for one in parts for part in added(one))
    times = Counter({id(term): 1})
    ready = [term]
    while ready:  # each after all sums in which it stands
        one = ready.pop()
        inside = added(one)
        if not inside:
            yield one, times[id(one)]
        for part in inside:
            times[id(part)] += times[id(one)]
            owners[id(part)] -= 1
            if not owners[id(part)]:
                ready.append(part)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The names of the fields of a class that have a meaning."""
    without = WITHOUT_MEANING.get(kind, {})
    return tuple(one.name for one in attrs.fields(kind) if one.init and one.name not in without)


def _own(term: Term) -> tuple[object, ...]:
    """The contents of a term beside its operands, of which only the positions are kept."""
    kind: type = type(term)
    names = [name for name in _fields(kind) if name not in ("facts", "place")]
    return tuple((name, _shape(getattr(term, name))) for name in names)


def _shape(value: object) -> object:
    """A value with a mark in the position of each operand."""
    if isinstance(value, Base):
        return "operand"
    if isinstance(value, tuple):
        return tuple(map(_shape, value))
    if isinstance(value, AdjustmentStep):  # its terms are operands, and know what was proved of them
        return tuple((name, _shape(getattr(value, name))) for name in _fields(AdjustmentStep))
    return value
