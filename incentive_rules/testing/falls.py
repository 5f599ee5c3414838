"""Who does better and is worse off: which values may not fall, and whether one did.

A fall of a line, or of what is paid out, breaks the promise. A score or a total that falls is told as well, where no
proof says that nothing paid rests on it in that way: somebody else stands where it costs money.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from attrs import frozen

from ..base.places import Place
from ..model import promises as p
from ..model.checked import CheckedQuantity
from ..model.exact_values import as_constant
from ..model.levels import PERSON
from ..model.result import Result
from ..model.scheme import Pool, Role
from ..proving.better import promised_improvements
from ..proving.calculus import Calculus
from ..proving.direction import Direction, times
from ..proving.net import decided_lines, net_direction, net_of
from ..proving.work import Improvement, measured_of, measures_of
from .subjects import Subject

STAGES = (Role.SCORE, Role.GROUP, Role.COMPOSITE)


@frozen
class Way:
    """One fact that gets better, and what may not fall as it does: by name, with how much of a cent is left open.

    `stages` are scores and totals; `lines` what is paid, -1 where it is taken off.
    """

    improvement: Improvement
    lines: Mapping[str, tuple[int, Fraction]]
    stages: tuple[str, ...]
    place: Place | None


class Falls:
    """What `better_never_pays_less` says of a scheme: the ways to do better, and whether somebody lost on one."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """Every fact of work with a direction; of all indicators where the scheme promises nothing itself."""
        checked = self.subject.checked
        made = [one for one in self.subject.scheme.promises if isinstance(one, p.BetterNeverPaysLess)]
        place = made[0].place if made else self.subject.scheme.place
        made = made or [p.BetterNeverPaysLess(keyword="better_never_pays_less", place=place, principle="")]
        found: dict[tuple[str, object], Way] = {}
        for promise in made:
            for improvement, left_out in promised_improvements(checked, promise):
                if improvement.sign in ("+", "-") and not improvement.move.measured:
                    way = self._way(improvement, left_out, promise.place)
                    found.setdefault((improvement.name, improvement.move.words), way)
        return tuple(found.values())

    def _way(self, improvement: Improvement, left_out: frozenset[str], place: Place) -> Way:
        subject = self.subject
        known = measures_of(improvement.indicators)
        calculus = Calculus(subject.checked, improvement.move, improvement.sign, known, graph=subject.graph)
        directions = {line.name: calculus.name(line.name) for line in decided_lines(subject.checked)}
        net = net_of(subject.checked)
        if net is not None:
            directions[net.name] = net_direction(calculus, net, left_out)
        judged = [q for q in (*decided_lines(subject.checked), *([] if net is None else [net])) if _wanted(q)]
        lines = {
            line.name: (_wanted(line), self._slack(line, directions[line.name]))
            for line in judged if line.name not in left_out
        }  # fmt: skip
        unsure = [name for name in lines if not _is_proved(improvement, directions[name], lines[name][0])]
        return Way(improvement, lines, self._stages(improvement, unsure), place)

    def _slack(self, line: CheckedQuantity, direction: Direction) -> Fraction:
        """How much of a line the last cents of pools decide."""
        if direction.sign != "?":
            return direction.slack
        graph, checked = self.subject.graph, self.subject.checked
        there = {line.name, *graph.behind(line.name)}
        pools = [q for q in checked.quantities if isinstance(q.definition.body, Pool)
                 and q.definition.body.cents == "largest_remainder" and q.name in there]  # fmt: skip
        return Fraction(len(pools), 10 ** (checked.currency_decimals or 0))

    def _stages(self, improvement: Improvement, unsure: list[str]) -> tuple[str, ...]:
        """The scores of what gets better, and what is made of them, on which some line rests that is not proved."""
        checked, graph = self.subject.checked, self.subject.graph
        behind = frozenset[str]().union(*(graph.behind(name) for name in unsure)) if unsure else frozenset[str]()
        own, others = set(improvement.indicators), set(measured_of(checked)) - set(improvement.indicators)
        return tuple(
            q.name for q in checked.quantities
            if q.level == PERSON and q.definition.role in STAGES and q.name in behind
            and (q.name in own or (q.name not in others and not own.isdisjoint(graph.behind(q.name))))
        )  # fmt: skip

    def lost(self, way: Way, one: Result, other: Result, stages: bool = True) -> str:
        """The first name that is worse in the other world, where it may not be; "" where nobody lost."""
        for name in measures_of(way.improvement.indicators):
            if (as_constant(_single(one, name)) is None) != (as_constant(_single(other, name)) is None):
                return ""
        if stages:
            for name in way.stages:
                before, after = as_constant(_single(one, name)), as_constant(_single(other, name))
                if isinstance(before, Fraction) and isinstance(after, Fraction) and after < before:
                    return name
        for name, (wanted, slack) in way.lines.items():
            if wanted * (_number(other, name) - _number(one, name)) < -slack:
                return name
        return ""


def _wanted(line: CheckedQuantity) -> int:
    """1 where the line may not fall, -1 where it may not rise, 0 of what others bear."""
    pay = line.definition.pay
    return 1 if pay is None or pay.kind == "earning" else -1 if pay.kind == "deduction" else 0


def _is_proved(improvement: Improvement, direction: Direction, wanted: int) -> bool:
    return not direction.blame and times(improvement.sign, direction.sign) in ("0", "+" if wanted > 0 else "-")


def _single(result: Result, name: str) -> object:
    value = result[name]
    return None if isinstance(value, tuple) else value


def _number(result: Result, name: str) -> Fraction:
    found = as_constant(_single(result, name))
    return Fraction(found) if isinstance(found, Fraction | bool) else Fraction(0)


def differing_values(subject: Subject, one: Result, other: Result) -> Iterator[CheckedQuantity]:
    """The quantities of the person that differ, in computing order."""
    for quantity in subject.checked.quantities:
        if quantity.level == PERSON and quantity.name in one and one[quantity.name] != other[quantity.name]:
            yield quantity
