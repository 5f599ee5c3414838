"""The verdict on each promise of a checked scheme, for one period.

What is proved is proved by what checking knows (data flow, bounds), by the document itself, or by directions. What none
of these decides is UNKNOWN, and says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from ..base.numbers import show_number
from ..base.places import Place
from ..base.words import both
from ..lang.keywords import BLOCKS
from ..lang.keywords.words import PERIOD, SECTIONS
from ..model import promises as p
from ..model import terms as t
from ..model.checked import Checked, CheckedQuantity
from ..model.contract import is_paid_every, names_in_section
from ..model.scheme import Pool, Role, Scheme
from ..model.verdict import Obstacle, Status, Verdict
from .better import Solve, better_never_pays_less
from .idle import idle_indicators
from .reasons import NOT_SEARCHED
from .tried import counts_tried, gains_tried, jump_tried, order_tried, plateau_tried, reach_tried
from .work import measured_of

if TYPE_CHECKING:
    from .trials import Trials  # a check asks for no trial, and loads no arrays

NO_DATA = both("it is about people who are paid: it takes data", "它说的是实际领薪的人：需要数据")
IDLE = both("nothing that is paid moves with it", "没有任何薪酬随它变动")
BY_KEY = both("a formula reads who somebody is", "有公式读取了“是谁”")
TOO_WIDE = both("its bounds leave room for more", "按上下限还可能更多")


def verdicts_of(
    checked: Checked, trials: Trials | None = None, solve: Solve | None = None, decided: Collection[Place] = ()
) -> tuple[Verdict, ...]:
    """The verdicts on all promises, each with those on its exceptions, in the order of the document.

    `trials` look for people who show that a promise is broken, where nothing else decides it; `solve` is asked
    where directions leave something open. Nobody is tried for promises that somebody decided before.
    """
    found: list[Verdict] = []
    for promise in checked.scheme.promises:
        is_open = promise.place not in decided
        found.append(_verdict(checked, promise, trials if is_open else None, solve if is_open else None))
        found.extend(accepted(promise))
    return tuple(found)


def not_decided(scheme: Scheme, grounds: str) -> tuple[Verdict, ...]:
    """Of a scheme that cannot be looked at: nothing is known of any promise."""
    return tuple(_said(promise, Status.NOT_APPLICABLE, grounds) for promise in scheme.promises)


def accepted(promise: p.Promise) -> Iterable[Verdict]:
    """The exceptions of a promise, each with its reason and who decided it."""
    for one in promise.exceptions:
        lines = ", ".join(f"`{line.text}`" for line in one.lines)
        decided = ", ".join(part for part in (one.decided_by, str(one.decided_on or "")) if part)
        notes = [both(f"for {lines}", f"限 {lines.replace(', ', '、')}")] if lines else []
        notes += [both(f"decided: {decided}", f"决定：{decided}")] if decided else []
        found = _said(promise, Status.ACCEPTED, one.reason, notes=tuple(notes))
        yield evolve(found, subject=one.name.text, place=one.name.place)


def _said(
    promise: p.Promise, status: Status, grounds: str, obstacles: tuple[Obstacle, ...] = (), notes: tuple[str, ...] = ()
) -> Verdict:
    return Verdict(
        status, promise.keyword, promise.principle, promise.place, grounds, _subject(promise), obstacles, notes
    )


def _subject(promise: p.Promise) -> str:
    match promise:
        case p.LargestJump(line=line, at_most=most):
            return f"{line.text} ≤ {show_number(most)}"
        case p.PlateauAtMost(line=line, share=share):
            return f"{line.text} ≤ {show_number(share * 100)}%"
        case p.GainsAtMost(line=line, at_most=most):
            return f"{line.text if line is not None else 'net'} ≤ {show_number(most)}"
        case p.TotalAtMost(amount=amount, headcount=people):
            return f"{people} × ≤ {show_number(amount)}"
        case _:
            return ""


def _verdict(checked: Checked, promise: p.Promise, trials: Trials | None, solve: Solve | None) -> Verdict:
    doubtful = trials if trials is not None and trials.doubts else None
    exists = trials if trials is not None and trials.exists else None
    trials = trials if trials is not None and trials.everything else None
    match promise:
        case p.BetterNeverPaysLess():
            find = None if doubtful is None else lambda doubts: tuple(doubtful.paid_less(doubts))
            return better_never_pays_less(checked, promise, find, solve)
        case p.NeverReads():
            return _never_reads(checked, promise)
        case p.SameFactsSamePay():
            return _same_facts(checked, promise)
        case p.EveryIndicatorCounts():
            return _every_indicator(checked, promise, exists)
        case p.LargestJump() | p.GainsAtMost() | p.TotalAtMost():
            return _within_bounds(checked, promise, trials)
        case p.GivesSections(sections=sections):
            missing = [one for one in sections if not names_in_section(checked.scheme, one.text)]
            return _by_document(promise, [_both_of(SECTIONS.find(one.text)) for one in missing])
        case p.PaysEvery(periods=periods):
            missing = [one for one in periods if not is_paid_every(checked.scheme, one.text)]
            return _by_document(promise, [_both_of(PERIOD.find(one.text)) for one in missing])
        case p.CompareGroups():
            return _said(promise, Status.NOT_APPLICABLE, NO_DATA)
        case p.EverythingReachable():
            return _everything(checked, promise, exists)
        case p.OrderPreserving():
            unknown = _said(promise, Status.UNKNOWN, NOT_SEARCHED)
            return unknown if trials is None else order_tried(unknown, promise, trials)
        case p.PlateauAtMost():
            unknown = _said(promise, Status.UNKNOWN, NOT_SEARCHED)
            line = next((q for q in checked.quantities if q.name == promise.line.text and q.due), None)
            return unknown if trials is None or line is None else plateau_tried(unknown, promise, line, trials)


def _both_of(word: object) -> tuple[str, str]:
    return (getattr(word, "english", ""), getattr(word, "chinese", ""))


def _by_document(promise: p.Promise, missing: list[tuple[str, str]]) -> Verdict:
    """What the document alone decides."""
    if not missing:
        return _said(promise, Status.PROVED, both("by the document itself", "由方案文本本身"))
    english, chinese = (", ".join(word for word, _ in missing), "、".join(word for _, word in missing))
    grounds = both(f"by the document itself: there is no {english}", f"由方案文本本身：没有{chinese}")
    return _said(promise, Status.REFUTED, grounds)


def _never_reads(checked: Checked, promise: p.NeverReads) -> Verdict:
    """A scheme that was checked has no formula and no group that rests on them."""
    excepted = {one.name.text for one in promise.exceptions}
    names = [f"`{one.text}`" for one in promise.facts if one.text not in excepted]
    if not names:
        return _said(promise, Status.NOT_APPLICABLE, both("everything is excepted", "全部列为例外"))
    grounds = both(
        f"by data flow: no formula and no group rests on {', '.join(names)}",
        f"按数据流：没有公式、没有分组取决于 {'、'.join(names)}",
    )
    return _said(promise, Status.PROVED, grounds)


# ── Equal people ─────────────────────────────────────────────────────────────────────────────


def _same_facts(checked: Checked, promise: p.SameFactsSamePay) -> Verdict:
    """Formulas say the same of the same facts, unless one asks who somebody is; the last cent of a pool goes by key."""
    obstacles = tuple(_keys_read(checked))
    pools = [q.name for q in checked.quantities if q.due and _by_key(q) and not _excepted(promise, q.name)]
    named = ", ".join(f"`{name}`" for name in pools)
    notes = (both(f"{named}: but for the last cent of a pool, which the key decides",
                  f"{named.replace(', ', '、')}：奖金池的最后一分由编号决定，除外"),) if pools else ()  # fmt: skip
    if obstacles:
        return _said(promise, Status.UNKNOWN, both("by data flow", "按数据流"), obstacles, notes)
    grounds = both("by data flow: no formula asks who somebody is", "按数据流：没有公式问“是谁”")
    return _said(promise, Status.PROVED, grounds, notes=notes)


def _keys_read(checked: Checked) -> Iterator[Obstacle]:
    """Where a formula reads the key of people, or one by which rows of details are told apart."""
    own = next((one.name for one in checked.scheme.inputs if one.type == "key"), "")
    keys = {own} | {key for table in checked.scheme.details for key in table.key if key not in table.belongs_to}
    formulas = [(q.name, q.definition.place, term) for q in checked.quantities for term in (q.term, q.condition)]
    formulas += [(one.formula.text.strip(), one.formula.place, one.term) for one in checked.premises]
    formulas += [("applies_to", checked.scheme.place, checked.applies_to)]
    for name, place, term in formulas:
        for part in t.walk(term) if term is not None else ():
            if isinstance(part, t.Read) and part.name in keys:
                yield Obstacle(name, part.place or place, BY_KEY)


def _by_key(quantity: CheckedQuantity) -> bool:
    body = quantity.definition.body
    return isinstance(body, Pool) and body.cents != "keep_remainder"


def _excepted(promise: p.Promise, name: str) -> bool:
    return any(one.name.text == name for one in promise.exceptions)


# ── Indicators ───────────────────────────────────────────────────────────────────────────────


def _everything(checked: Checked, promise: p.EverythingReachable, trials: Trials | None) -> Verdict:
    """What the sections give, each reached by somebody."""
    unknown = _said(promise, Status.UNKNOWN, NOT_SEARCHED)
    if trials is None:
        return unknown
    quantities = {q.name: q for q in checked.quantities}
    names = {one.text: [quantities[name] for name in names_in_section(checked.scheme, one.text) if name in quantities]
             for one in promise.sections}  # fmt: skip
    return reach_tried(unknown, checked, names, [one.name.text for one in promise.exceptions], trials)


def _every_indicator(checked: Checked, promise: p.EveryIndicatorCounts, trials: Trials | None) -> Verdict:
    """An indicator with which nothing moves that is paid is idle; that one counts, a pair of people shows."""
    idle = tuple(
        Obstacle(name, quantity.definition.place, IDLE)
        for name, quantity in idle_indicators(checked)
        if not _excepted(promise, name)
    )
    if idle:
        return _said(promise, Status.REFUTED, both("by data flow and directions", "按数据流与方向"), idle)
    unknown = _said(promise, Status.UNKNOWN, NOT_SEARCHED)
    measured = {name: q for name, q in measured_of(checked).items() if not _excepted(promise, name)}
    return unknown if trials is None else counts_tried(unknown, measured, trials)


# ── Limits ───────────────────────────────────────────────────────────────────────────────────


def _within_bounds(
    checked: Checked, promise: p.LargestJump | p.GainsAtMost | p.TotalAtMost, trials: Trials | None
) -> Verdict:
    """What lies between two bounds changes by no more than these are apart; else it is tried."""
    if isinstance(promise, p.TotalAtMost):
        return _total(checked, promise)
    named = promise.line.text if promise.line is not None else None
    line = next((q for q in checked.quantities if q.name in ({named} if named else {"net", "实发"})), None)
    if line is None:
        return _said(promise, Status.NOT_APPLICABLE, both("there is no such line", "没有这个薪酬项"))
    low, high = line.facts.bounds.low, line.facts.bounds.high
    if low is None or high is None:
        return _tried(promise, line, trials)
    span = f"[{show_number(low)}, {show_number(high)}]"
    if not line.due:
        return _said(promise, Status.PROVED, both("it is not due in this period", "本周期不发放"))
    periods = 2 if isinstance(promise, p.GainsAtMost) and promise.way == p.MOVING else 1  # a row leaves one for another
    if (high - low) * periods <= promise.at_most:
        grounds = both(f"by bounds: `{line.name}` lies in {span}", f"按上下限：`{line.name}` 在 {span} 之内")
        return _said(promise, Status.PROVED, grounds)
    reason = both(f"by its bounds {span} it may change by more", f"按上下限 {span}，变化可能更大")
    return _tried(promise, line, trials, (Obstacle(line.name, line.definition.place, reason),))


def _tried(
    promise: p.LargestJump | p.GainsAtMost, line: CheckedQuantity, trials: Trials | None,
    obstacles: tuple[Obstacle, ...] = (),
) -> Verdict:  # fmt: skip
    """What neither bounds nor anything else decides, tried."""
    unknown = _said(promise, Status.UNKNOWN, NOT_SEARCHED, obstacles)
    if trials is None:
        return unknown
    if isinstance(promise, p.GainsAtMost):
        return gains_tried(unknown, promise, line, trials)
    return jump_tried(unknown, promise, line, trials)


def _total(checked: Checked, promise: p.TotalAtMost) -> Verdict:
    named = {one.text for one in promise.lines}
    paid = [q for q in checked.quantities if q.definition.role is Role.PAY and q.due]
    lines = [line for line in paid if line.name in named or (not named and _is_earning(line))]
    highs = [line.facts.bounds.high for line in lines]
    most = sum((high for high in highs if high is not None), Fraction(0)) * promise.headcount
    shown = show_number(most)
    if None not in highs and most <= promise.amount:
        return _said(promise, Status.PROVED, both(f"by bounds: at most {shown}", f"按上下限：最多 {shown}"))
    obstacles = tuple(Obstacle(line.name, line.definition.place, TOO_WIDE) for line in lines)
    return _said(promise, Status.UNKNOWN, both(f"by bounds: at most {shown}", f"按上下限：最多 {shown}"), obstacles)


def _is_earning(line: CheckedQuantity) -> bool:
    return line.definition.pay is not None and line.definition.pay.kind == "earning"


def keywords_not_promised(scheme: Scheme) -> tuple[str, ...]:
    """The promises that a scheme could make and does not."""
    made = {promise.keyword for promise in scheme.promises}
    return tuple(field.key for field in BLOCKS["promises"].fields if field.key not in made)
