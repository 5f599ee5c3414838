"""`better_never_pays_less`: every indicator and every fact of work against every line, and what is paid out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from attrs import evolve, field, frozen

from ..base.places import Place
from ..base.words import both
from ..model import promises as p
from ..model import terms as t
from ..model.checked import Checked, CheckedQuantity
from ..model.levels import PERSON
from ..model.scheme import Pool, Role
from ..model.verdict import Counterexample, Obstacle, Status, Verdict
from . import reasons
from .calculus import Calculus
from .direction import FLIPPED, Direction, times
from .graph import ReadGraph
from .net import NET, decided_lines, net_direction, net_of, place_of_net
from .whose import At, Whose
from .work import (
    Improvement,
    can_move,
    feeds_of,
    improvements_of_facts,
    improvements_of_indicators,
    measured_of,
    measures_of,
)

NOT_AT_RISK = both("`at_risk: false`, and it rests on an indicator", "写了“浮动: 否”，却取决于指标")

NONE_DUE = both("no indicator is due in this period", "本周期没有应计的指标")
NONE_BETTER = both("no indicator has a direction in which it is better", "没有一项指标有更好的方向")

# Whether a line never falls (never rises, if it is taken off) where these scores rise because a name moved.
Solve = Callable[[str, frozenset[str], str, bool], bool]


@frozen
class _Case:
    """A scheme, its improvements that a promise speaks of, and what is excepted."""

    checked: Checked
    promise: p.BetterNeverPaysLess
    solve: Solve | None = None
    graph: ReadGraph = field()

    @graph.default
    def _read(self) -> ReadGraph:
        return ReadGraph(self.checked)

    lines: list[CheckedQuantity] = field()

    @lines.default
    def _decided(self) -> list[CheckedQuantity]:
        return decided_lines(self.checked)

    def lines_left_out(self, improvement: Improvement) -> set[str]:
        """The lines for which an exception takes the improvement out; unless it names lines, what is paid out too."""
        lines = {line.name for line in self.lines}
        found: set[str] = set()
        for exception in self.promise.exceptions:
            name, named = exception.name.text, {line.text for line in exception.lines}
            if name == improvement.name or set(improvement.indicators) == {name}:
                found |= named or lines | set(NET)
            elif self._is_pool(name):
                resting = {line for line in lines if line == name or name in self.graph.behind(line)}
                found |= resting & (named or resting)
        return found

    def _is_pool(self, name: str) -> bool:
        return any(q.name == name and isinstance(q.definition.body, Pool) for q in self.checked.quantities)


@frozen
class Doubt:
    """A fact that is not proved to pay when it is better; but for the lines that are left out."""

    improvement: Improvement
    left_out: frozenset[str]


def lines_left_out(checked: Checked, promise: p.BetterNeverPaysLess, improvement: Improvement) -> set[str]:
    """The lines for which an exception of the promise takes an improvement out."""
    return _Case(checked, promise).lines_left_out(improvement)


def speaks_of(checked: Checked, promise: p.BetterNeverPaysLess, improvement: Improvement) -> bool:
    """Whether a promise is about an improvement: one of an indicator that it names, or of any."""
    named = {name.text for name in promise.indicators} or set(measured_of(checked))
    return not named.isdisjoint(improvement.indicators)


Finder = Callable[[Sequence[Doubt]], Sequence[Counterexample]]


def better_never_pays_less(
    checked: Checked, promise: p.BetterNeverPaysLess, find: Finder | None = None, solve: Solve | None = None
) -> Verdict:
    """PROVED only where every direction of every line is proved; REFUTED where `find` finds a pair for a doubt.

    `solve` is asked what the directions leave open.
    """
    doubts: list[Doubt] = []
    case = _Case(checked, promise, solve)
    solved: set[str] = set()
    found: list[Obstacle] = []
    notes: list[str] = []
    loose: set[str] = set()
    counted: dict[bool, set[str]] = {True: set(), False: set()}
    for improvement in _spoken_of(case):
        if improvement.sign not in ("+", "-"):
            if improvement.blame:
                found += _unclear(improvement)
            elif improvement.sign == "?":
                notes.append(_no_direction(improvement))
                found += _read_itself(case, improvement)
            continue
        counted[improvement.move.measured].add(improvement.name)
        against = [*_against(case, improvement, loose, solved)]
        if against and not improvement.move.measured:
            doubts.append(Doubt(improvement, frozenset(case.lines_left_out(improvement))))
        found += against
    found += _not_at_risk(case)
    notes += [*_through_names(case), *_made_up_for(case)]
    lines = len([line for line in case.lines if _judged(line)])
    grounds = both(
        f"by directions: {_many(len(counted[True]), 'indicator')} and {_many(len(counted[False]), 'fact')} of work, "
        f"each with {_many(lines, 'pay line')} and what is paid out",
        f"按方向：{len(counted[True])} 项指标、{len(counted[False])} 项工作数据，逐一对 {lines} 个薪酬项和实发",
    )
    if loose:
        shown = ", ".join(f"`{name}`" for name in sorted(loose))
        there = shown.replace(", ", "、")
        notes.append(both(f"{shown}: but for the last cent of a pool", f"{there}：奖金池的最后一分除外"))
    if solved:
        shown = ", ".join(f"`{name}`" for name in sorted(solved))
        there = shown.replace(", ", "、")
        chinese = f"{there}：方向未能判定之处由求解器证明"
        notes.append(both(f"{shown}: by a solver, where directions leave it open", chinese))
    if not any(counted.values()) and not found:
        return _verdict(promise, Status.NOT_APPLICABLE, NONE_BETTER if notes else NONE_DUE, notes=tuple(notes))
    pairs = find(doubts) if find is not None and doubts else ()
    if pairs:
        shown = both("by two worlds, replayed by the engine and by the referee", "两种情形，经引擎与复核引擎重算")
        refuted = _verdict(promise, Status.REFUTED, shown, tuple(_gathered(found)), tuple(dict.fromkeys(notes)))
        return evolve(refuted, counterexample=pairs[0], further=_told_otherwise(pairs))
    status = Status.UNKNOWN if found else Status.PROVED
    return _verdict(promise, status, grounds, tuple(_gathered(found)), tuple(dict.fromkeys(notes)))


def _told_otherwise(pairs: Sequence[Counterexample]) -> tuple[Counterexample, ...]:
    """The further pairs that read in another way: what is found alone and among others may be one and the same."""
    once: dict[object, Counterexample] = {}
    for pair in pairs:
        once.setdefault((tuple((one.name, one.before, one.after) for one in pair.changes), pair.stages), pair)
    return tuple(once.values())[1:]


def promised_improvements(
    checked: Checked, promise: p.BetterNeverPaysLess
) -> Iterator[tuple[Improvement, frozenset[str]]]:
    """Every way to do better of which the promise speaks, with the lines for which an exception takes it out."""
    case = _Case(checked, promise)
    for improvement in _spoken_of(case):
        yield improvement, frozenset(case.lines_left_out(improvement))


def _verdict(
    promise: p.BetterNeverPaysLess, status: Status, grounds: str, obstacles: tuple[Obstacle, ...] = (),
    notes: tuple[str, ...] = (),
) -> Verdict:  # fmt: skip
    return Verdict(status, promise.keyword, promise.principle, promise.place, grounds, obstacles=obstacles, notes=notes)


def _many(count: int, what: str) -> str:
    return f"{count} {what}" + "s" * (count != 1)


def _spoken_of(case: _Case) -> Iterator[Improvement]:
    """The indicators that are promised, and the facts that feed one of them."""
    checked, graph = case.checked, case.graph
    for one in (*improvements_of_indicators(checked, graph), *improvements_of_facts(checked, graph)):
        if speaks_of(case.checked, case.promise, one):
            yield one


def _judged(line: CheckedQuantity) -> bool:
    pay = line.definition.pay
    return pay is not None and pay.kind in ("earning", "deduction")


def _calculus(case: _Case, improvement: Improvement) -> Calculus:
    known = () if improvement.move.measured else measures_of(improvement.indicators)
    return Calculus(case.checked, improvement.move, improvement.sign, known, graph=case.graph)


def _against(case: _Case, improvement: Improvement, loose: set[str], solved: set[str]) -> Iterator[Obstacle]:
    """What is not proved of one improvement, line by line; lines where the last cent is open join `loose`.

    Those of which a solver proves what directions do not join `solved`.
    """
    calculus, left_out = _calculus(case, improvement), case.lines_left_out(improvement)
    rising = None if case.solve is None else _rising(case.checked, calculus, improvement)

    def left_open(line: CheckedQuantity, obstacles: list[Obstacle], taken_off: bool) -> list[Obstacle]:
        if not obstacles or not rising or case.solve is None:
            return obstacles
        if not case.solve(line.name, rising, improvement.move.name, taken_off):
            return obstacles
        solved.add(line.name)
        return []

    judged = [line for line in case.lines if _judged(line) and line.name not in left_out]
    scope = case.checked.applies_to
    if scope is not None and judged:
        yield from _out_of_scope(improvement, scope, calculus.of(scope, At(PERSON, Whose.MOVED)))
    told: list[Obstacle] = []
    for line in judged:
        assert line.definition.pay is not None
        taken_off = line.definition.pay.kind == "deduction"
        direction = calculus.name(line.name)
        loose |= {line.name} if direction.slack else set()
        turning = _turning(calculus, line, taken_off)
        obstacles = [*_obstacles(improvement, line, direction, taken_off, turning)]
        told += left_open(line, obstacles, taken_off)
    yield from told
    net = net_of(case.checked)
    if net is not None and net.name not in left_out:
        obstacles = [*_obstacles_of_net(calculus, improvement, net, left_out, [one.place for one in told])]
        yield from obstacles if left_out else left_open(net, obstacles, False)


def _obstacles_of_net(
    calculus: Calculus, improvement: Improvement, net: CheckedQuantity, left_out: Collection[str],
    told: Collection[Place | None],
) -> Iterator[Obstacle]:  # fmt: skip
    """What keeps `net` from being proved: a wage floor that moves against it; or what was told of lines, if any was."""
    found = net_direction(calculus, net, left_out)
    obstacles = [*_obstacles(improvement, net, found, False, net.definition.place)]
    turning = place_of_net(calculus, net)
    if obstacles and turning != net.definition.place:
        yield Obstacle(net.name, turning, reasons.AGAINST, obstacles[0].about)
    else:
        yield from (one for one in obstacles if not told or one.place in told)


def _rising(checked: Checked, calculus: Calculus, improvement: Improvement) -> frozenset[str] | None:
    """The scores that are proved to rise with an improvement, and stay known or missing; None if one may do else."""
    rising: set[str] = set()
    for quantity in checked.quantities:
        if quantity.definition.role is not Role.SCORE or quantity.level != PERSON:
            continue
        found = calculus.name(quantity.name)
        if found.is_unmoved:
            continue
        if times(improvement.sign, found.sign) != "+" or found.known != "0" or found.blame or found.slack:
            return None
        rising.add(quantity.name)
    return frozenset(rising)


def _obstacles(
    improvement: Improvement, line: CheckedQuantity, found: Direction, taken_off: bool, place: Place
) -> Iterator[Obstacle]:
    for_better = times(improvement.sign, found.sign)
    about = (both(f"`{line.name}` as `{improvement.name}` is better", f"`{improvement.name}` 更好时的 `{line.name}`"),)
    for blame in found.blame:
        yield Obstacle(blame.name, blame.place, blame.reason, about)
    if found.sign != "?" and for_better not in ("0", "-" if taken_off else "+"):
        yield Obstacle(line.name, place, reasons.AGAINST, about)
    if found.sign == "?" and not found.blame:
        yield Obstacle(line.name, place, reasons.AGAINST, about)


def _out_of_scope(improvement: Improvement, scope: t.Term, found: Direction) -> Iterator[Obstacle]:
    """Who is out of scope is paid nothing: doing better may bring somebody in, and not out."""
    if not found.blame and times(improvement.sign, found.sign) in ("0", "+"):
        return
    about = (both(f"`{improvement.name}` is better", f"`{improvement.name}` 更好时"),)
    yield Obstacle("applies_to", scope.place, reasons.OUT_OF_SCOPE, about)


def _read_itself(case: _Case, improvement: Improvement) -> Iterator[Obstacle]:
    """Lines that read a fact without a better direction otherwise than through what indicators measure."""
    if improvement.move.measured:
        return
    measured = {quantity.name for quantity in measured_of(case.checked).values()}
    left_out = case.lines_left_out(improvement)
    for line in case.lines:
        itself = improvement.name in case.graph.behind_past(line.name, measured)
        if itself and _judged(line) and line.name not in left_out:
            yield Obstacle(line.name, line.definition.place, reasons.NO_WAY, (f"`{improvement.name}`",))


def _turning(calculus: Calculus, line: CheckedQuantity, taken_off: bool) -> Place:
    """The part of a line that moves against what is better for whom it pays; the whole amount where none does alone."""
    wanted = FLIPPED[calculus.better] if taken_off else calculus.better
    person = At(PERSON, Whose.MOVED)
    parts = [] if line.condition is None else [line.condition]
    if isinstance(line.term, t.Shared):
        parts += [one for one in (line.term.weight, line.term.among, line.term.cap) if one is not None]
    for part in parts:
        if part.place is not None and calculus.of(part, person).sign == FLIPPED[wanted] != "?":
            return part.place
    return line.term.place or line.definition.place


def _unclear(improvement: Improvement) -> Iterator[Obstacle]:
    about = (both(f"which way `{improvement.name}` is better", f"`{improvement.name}` 哪个方向更好"),)
    for blame in improvement.blame:
        yield Obstacle(blame.name, blame.place, blame.reason, about)


def _no_direction(improvement: Improvement) -> str:
    if improvement.move.measured:
        return both(
            f"`{improvement.name}` alone has no better direction: it is best near a target, or none is said to be",
            f"`{improvement.name}` 本身没有更好的方向：越接近目标越好，或未说明哪个方向更好",
        )
    indicators = ", ".join(f"`{name}`" for name in improvement.indicators)
    return both(
        f"`{improvement.name}` has no direction in which it is better for {indicators}",
        f"`{improvement.name}` 对 {indicators.replace(', ', '、')} 没有一个更好的方向",
    )


def _through_names(case: _Case) -> Iterator[str]:
    """Facts that reach an indicator only through names of the person, and a line on another way: they are no work."""
    quantities, feeds = {q.name: q for q in case.checked.quantities}, feeds_of(case.checked)
    named = {name.text for name in case.promise.indicators} or set(feeds)
    work, measured = set[str]().union(*feeds.values()), measured_of(case.checked)
    measures = {quantity.name for quantity in measured.values()}
    lines = [case.graph.behind_past(line.name, measures) for line in case.lines if _judged(line)]
    direct = set[str]().union(*lines)
    for name, quantity in measured.items():
        reads = [quantities[one] for one in sorted(case.graph.read_by(quantity)) if one in quantities]
        through = [one.name for one in reads if one.level == PERSON and one.definition.role is Role.QUANTITY]
        behind = {fact for one in through for fact in case.graph.behind(one) if fact in case.checked.inputs}
        facts = sorted(fact for fact in (behind & direct) - work if can_move(case.checked, case.checked.inputs[fact]))
        if name in named and facts:
            names, shown = (", ".join(f"`{one}`" for one in some) for some in (facts, through))
            yield both(
                f"`{name}` reads {names} through {shown} alone: no work here",
                f"`{name}` 只经 {shown.replace(', ', '、')} 读取 {names.replace(', ', '、')}：这里不算工作数据",
            )


def _made_up_for(case: _Case) -> Iterator[str]:
    """Lines that read facts of an indicator themselves: nothing is said of pairs in which several facts move."""
    measured, feeds = measured_of(case.checked), feeds_of(case.checked)
    measures = {quantity.name for quantity in measured.values()}
    for one in improvements_of_indicators(case.checked, case.graph):
        facts = {name for name in feeds[one.name] if name in case.checked.inputs
                 and can_move(case.checked, case.checked.inputs[name])}  # fmt: skip
        several = len(facts) > 1 or any(case.checked.inputs[name].level != PERSON for name in facts)
        if not several or not speaks_of(case.checked, case.promise, one):
            continue
        left_out = case.lines_left_out(one)
        for line in case.lines:
            itself = facts & case.graph.behind_past(line.name, measures)
            if itself and _judged(line) and line.name not in left_out:
                shown = ", ".join(f"`{name}`" for name in sorted(itself))
                yield both(
                    f"`{line.name}` reads {shown} itself: nothing is said of pairs in which other facts make up for it"
                    f" in `{one.name}`",
                    f"`{line.name}` 直接读取了 {shown.replace(', ', '、')}：这里不看它变差而由其他数据在"
                    f" `{one.name}` 中补回的情形",
                )


def _not_at_risk(case: _Case) -> Iterator[Obstacle]:
    """Lines that no indicator is to change, and that rest on one."""
    measured = {q.name for q in case.checked.quantities if q.definition.role is Role.MEASURED}
    for line in case.lines:
        pay = line.definition.pay
        if pay is not None and pay.at_risk is False and not measured.isdisjoint(case.graph.behind(line.name)):
            yield Obstacle(line.name, line.definition.place, NOT_AT_RISK)


def _gathered(found: Iterable[Obstacle]) -> Iterator[Obstacle]:
    """Each obstacle once, with everything that was met there."""
    places: dict[object, list[str]] = {}
    first: dict[object, Obstacle] = {}
    for one in found:
        key: object = (one.name, one.place and (one.place.start, one.place.end), one.reason)
        first.setdefault(key, one)
        places.setdefault(key, []).extend(one.about)
    for found_at, one in first.items():
        yield Obstacle(one.name, one.place, one.reason, tuple(dict.fromkeys(places[found_at])))
