"""How what is paid out moves, through a wage floor too.

A floor fills up what is lacking: `max(0, floor - x)` falls as x rises, so the sum of both needs a second look. Of each
line alone the slope of the sum is known to lie between two numbers, wherever one stands; the sum then moves with every
line that moves, by a slope in that range. Lines are whole cents, so slopes hold of steps of cents.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from math import ceil, floor

from ..base.places import Place
from ..lang.pay import RESULTS
from ..model import terms as t
from ..model.checked import Checked, CheckedQuantity
from ..model.scheme import Role
from .calculus import Calculus
from .direction import FLIPPED, UNMOVED, Direction, Sign, blames_of, joined_signs, times
from .intervals import bounds_of, never_below

Slope = tuple[Fraction, Fraction]
FLAT: Slope = (Fraction(0), Fraction(0))
NET = ("net", RESULTS["net"])


def net_of(checked: Checked) -> CheckedQuantity | None:
    """What is paid out in the end."""
    return next((q for q in checked.quantities if q.definition.role is Role.RESULT and q.name in NET), None)


def decided_lines(checked: Checked) -> list[CheckedQuantity]:
    """The pay lines that are due and that somebody decided: what fills up to a wage floor is left out."""
    lines = [q for q in checked.quantities if q.definition.role is Role.PAY and q.due]
    return [line for line in lines if not _fills_up(checked, line)]


def _fills_up(checked: Checked, line: CheckedQuantity) -> bool:
    if not isinstance(line.term, t.Extreme) or line.definition.place != _place_of_floor(checked):
        return False
    read = {x.name for x in t.walk(line.term) if isinstance(x, t.Read)}
    return any(q.name in read and q.definition.role in (Role.PAY, Role.RESULT) for q in checked.quantities)


def _place_of_floor(checked: Checked) -> object:
    floors = (q for q in checked.quantities if q.definition.role is Role.QUANTITY and q.definition.name in FLOOR_NAMES)
    return next((q.definition.place for q in floors), None)


FLOOR_NAMES = ("wage_floor", "工资下限")


def net_direction(calculus: Calculus, net: CheckedQuantity, left_out: Collection[str] = ()) -> Direction:
    """How `net` moves with all lines but those `left_out`."""
    plain = calculus.name(net.name)
    if plain.sign != "?" and not left_out:
        return plain
    slopes = _Slopes(calculus, net)
    signs: list[Sign] = []
    slack = Fraction(0)
    blamed: list[Direction] = [UNMOVED]
    for line in sorted((slopes.lines | slopes.beside) - set(left_out)):
        moved = calculus.name(line)
        if moved.sign == "0":
            continue
        slope = slopes.of_name(net.name, line)
        sign: Sign = "?" if slope is None else "+" if slope[0] >= 0 else "-" if slope[1] <= 0 else "?"
        signs.append(times(sign, moved.sign))
        slack += moved.slack * (max(map(abs, slope)) if slope is not None else 1)
        blamed.append(moved)
    sign = joined_signs(signs)
    blame = blames_of(*blamed) or (plain.blame if sign == "?" else ())
    return Direction(sign, slack=slack, blame=blame)


def beside_the_lines(calculus: Calculus, net: CheckedQuantity, lines: Collection[str]) -> set[str]:
    """What moves and stands on no line, and is read on the way from the lines to `net`: the amount of a wage floor."""
    quantities = {q.name: q for q in calculus.checked.quantities}
    found: set[str] = set()
    pending, seen = [net.name], {net.name, *lines}
    while pending:
        for name in calculus.graph.read_by(quantities[pending.pop()]) - seen:
            seen.add(name)
            if name in quantities and not calculus.graph.behind(name).isdisjoint(lines):
                pending.append(name)
            elif not calculus.name(name).is_unmoved:
                found.add(name)
    return found


def place_of_net(calculus: Calculus, net: CheckedQuantity) -> Place:
    """What moves against what is better on the way to `net`, and is no line: the wage floor; else `net` itself."""
    lines = {line.name for line in decided_lines(calculus.checked)}
    quantities = {q.name: q for q in calculus.checked.quantities}
    for name in sorted(beside_the_lines(calculus, net, lines) & quantities.keys()):
        if calculus.name(name).sign == FLIPPED[calculus.better] != "?":
            return quantities[name].definition.place
    return net.definition.place


class _Slopes:
    """Between which numbers the slope of a name lies in one pay line, everything else left where it is."""

    def __init__(self, calculus: Calculus, net: CheckedQuantity) -> None:
        self.calculus, self.decimals = calculus, calculus.checked.currency_decimals
        self._found: dict[tuple[str, str], Slope | None] = {}
        self.quantities = {q.name: q for q in calculus.checked.quantities}
        paid = {line.name for line in decided_lines(calculus.checked)}
        results = {q.name for q in calculus.checked.quantities if q.definition.role is Role.RESULT}
        self.lines = {name for name in paid if calculus.graph.behind(name).isdisjoint(paid | results)}
        self.beside = beside_the_lines(calculus, net, self.lines)

    def of_name(self, name: str, line: str) -> Slope | None:
        if (name, line) not in self._found:
            self._found[name, line] = self._of_name(name, line)
        return self._found[name, line]

    def _of_name(self, name: str, line: str) -> Slope | None:
        if name == line:
            return (Fraction(1), Fraction(1))
        if name in self.lines or name in self.beside:
            return FLAT
        quantity = self.quantities.get(name)
        if quantity is None or not self._stands_on_lines(name):
            return FLAT if self.calculus.name(name).is_unmoved else None
        if quantity.condition is not None or not quantity.due:
            return None if quantity.due else FLAT
        return self._rounded(quantity, self._of(quantity.term, line))

    def _stands_on_lines(self, name: str) -> bool:
        return not (self.lines | self.beside).isdisjoint(self.calculus.graph.behind(name))

    def _rounded(self, quantity: CheckedQuantity, slope: Slope | None) -> Slope | None:
        """After rounding, by steps of cents: those of a sum of cents as before, others within whole numbers."""
        if slope is None or slope == FLAT or self._on_cents(quantity.term):
            return slope if quantity.decimals == self.decimals or slope == FLAT else None
        if quantity.decimals != self.decimals or not never_below(bounds_of(quantity.term)):
            return None
        return (Fraction(floor(slope[0])), Fraction(ceil(slope[1])))

    def _on_cents(self, term: t.Term) -> bool:
        for part in t.walk(term):
            if isinstance(part, t.Read):
                named = self.quantities.get(part.name)
                if named is None or named.decimals is None or named.decimals > (self.decimals or 0):
                    return False
            elif isinstance(part, t.Fixed):
                if not isinstance(part.value, Fraction) or (part.value * 10 ** (self.decimals or 0)).denominator != 1:
                    return False
            elif not isinstance(part, t.Sum | t.Negated | t.Extreme):
                return False
        return True

    def _of(self, term: t.Term, line: str) -> Slope | None:
        match term:
            case t.Fixed():
                return FLAT
            case t.Read(name=name):
                return self.of_name(name, line)
            case t.Negated(operand=one):
                turned = self._of(one, line)
                return None if turned is None else (-turned[1], -turned[0])
            case t.Sum(left=left, right=right, minus=minus):
                first, second = self._of(left, line), self._of(right, line)
                if first is None or second is None:
                    return None
                if minus:
                    return (first[0] - second[1], first[1] - second[0])
                return (first[0] + second[0], first[1] + second[1])
            case t.Extreme(operands=operands):
                slopes = [self._of(one, line) for one in operands]
                known = [slope for slope in slopes if slope is not None]
                if len(known) < len(slopes):
                    return None
                return (min(low for low, _ in known), max(high for _, high in known))
            case (
                t.Product(left=left, right=t.Fixed(value=Fraction() as factor))
                | t.Product(left=t.Fixed(value=Fraction() as factor), right=left)
            ):
                slope = self._of(left, line)
                return None if slope is None else _scaled(slope, factor)
            case _:
                names = {part.name for part in t.walk(term) if isinstance(part, t.Read)}
                moving = self.lines | self.beside
                still = all(self.of_name(name, line) == FLAT and name not in moving for name in names)
                return FLAT if still and self._of_no_others(term) else None

    def _of_no_others(self, term: t.Term) -> bool:
        return not any(isinstance(part, t.Aggregate | t.Ranked | t.Running | t.Shared) for part in t.walk(term))


def _scaled(slope: Slope, factor: Fraction) -> Slope:
    ends = (slope[0] * factor, slope[1] * factor)
    return (min(ends), max(ends))
