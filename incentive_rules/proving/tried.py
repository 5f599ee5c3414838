"""Verdicts on promises that people decide: REFUTED by somebody, TESTED where so many pairs were tried in vain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from ..base.numbers import show_number
from ..base.words import both
from ..model import promises as p
from ..model.checked import Checked, CheckedQuantity
from ..model.verdict import Counterexample, Obstacle, Status, Verdict
from ..model.verdict_text import value_in
from .goals import goals_of
from .reasons import NOBODY, REPLAYED
from .work import facts_excepted

if TYPE_CHECKING:
    from .trials import Trial, Trials  # a check asks for no trial, and loads no arrays

NO_TRICK = both("there is nothing that somebody could leave out or split", "没有可以少报或拆分的东西")
NOBODY_FOUND = both("nobody was found who reaches it", "没有找到达到它的人")
NO_PAIR = both("no two worlds were found in which it alone makes a difference", "没有找到只因它而不同的两种情形")


def jump_tried(unknown: Verdict, promise: p.LargestJump, line: CheckedQuantity, trials: Trials) -> Verdict:
    """The largest jump that was found against the one that is promised."""
    trial = trials.largest_jump(line.name, promise.of, _left_out(trials.checked, promise, line), promise.at_most)
    if trial.amount is not None and trial.amount > promise.at_most:
        return refuted(unknown, trial)
    return tested(unknown, trial, jump_note(trial, line))


def _left_out(checked: Checked, promise: p.Promise, line: CheckedQuantity | None = None) -> set[str]:
    """The facts that are excepted from a promise, as far as the line goes."""
    names = [one.name.text for one in promise.exceptions
             if line is None or not one.lines or line.name in {named.text for named in one.lines}]  # fmt: skip
    return facts_excepted(checked, names)


def gains_tried(unknown: Verdict, promise: p.GainsAtMost, line: CheckedQuantity, trials: Trials) -> Verdict:
    """The largest gain that was found against the one that is promised."""
    trial = trials.gains(promise.way, line.name, _left_out(trials.checked, promise, line), promise.at_most)
    if trial.amount is not None and not trial.tried:
        return evolve(unknown, status=Status.NOT_APPLICABLE, grounds=NO_TRICK, obstacles=())
    if trial.amount is not None and trial.amount > promise.at_most:
        return refuted(unknown, trial)
    if trial.amount is None or trial.shown is None:
        return tested(unknown, trial)
    amount = show_number(trial.amount, line.decimals)
    told = [cells_told(pair) for pair in (trial.shown, *trial.further)]
    english, chinese = "; ".join(one for one, _ in told), "；".join(one for _, one in told)
    note = both(f"the largest gain that was found is {amount}: {english}", f"试到的最大所得是 {amount}：{chinese}")
    return tested(unknown, trial, note)


def order_tried(unknown: Verdict, promise: p.OrderPreserving, trials: Trials) -> Verdict:
    """Whose scores, weighted by hand, exceed another's by more than is promised, against what both are paid."""
    trial = trials.overtaken(promise.within, _left_out(trials.checked, promise))
    return tested(unknown, trial) if trial.shown is None else refuted(unknown, trial)


def plateau_tried(unknown: Verdict, promise: p.PlateauAtMost, line: CheckedQuantity, trials: Trials) -> Verdict:
    """The longest stretch on which better work leaves the line as it is, at the first person of the examples."""
    trial, share, name = trials.plateau(line, _left_out(trials.checked, promise, line))
    if trial.shown is not None and share > promise.share:
        return refuted(unknown, trial)
    if trial.shown is None:
        return tested(unknown, trial)
    percent, (english, chinese) = show_number(share * 100), cells_told(trial.shown)
    note = both(f"the longest that was found is {percent}% of `{name}`: {english}",
                f"试到的最长平台占 `{name}` 的 {percent}%：{chinese}")  # fmt: skip
    return tested(unknown, trial, note)


def reach_tried(
    unknown: Verdict, checked: Checked, names: Mapping[str, Sequence[CheckedQuantity]], excepted: Collection[str],
    trials: Trials,
) -> Verdict:  # fmt: skip
    """Who reaches what the sections give: somebody is proof, bounds that exclude it are proof of the contrary."""
    goals = [goal for quantities in names.values() for q in quantities for goal in goals_of(q)
             if not {goal.name, goal.shown} & set(excepted)]  # fmt: skip
    due = {q.name for q in checked.quantities if q.due}
    trials.reach([goal for goal in goals if goal.name in due])
    memory = trials.memory
    if not memory.tried:
        return evolve(unknown, grounds=NOBODY)
    given = [goal for goal in goals if goal.name in due or goal in memory.reached]
    left = [goal for goal in given if goal not in memory.reached]
    grounds = both(f"{len(given) - len(left)} of {len(given)} are reached by somebody, replayed by engine and referee",
                   f"{len(given)} 项中有 {len(given) - len(left)} 项有人达到，经引擎与复核引擎重算")  # fmt: skip
    dead = [goal for goal in left if memory.excluded.get(goal)]
    places = {q.name: q.definition.place for q in checked.quantities}
    obstacles = tuple(Obstacle(goal.shown, places[goal.name], memory.excluded.get(goal) or NOBODY_FOUND)
                      for goal in (dead or left))  # fmt: skip
    later = ", ".join(f"`{goal.shown}`" for goal in goals if goal not in given)
    notes = (both(f"not due in this period: {later}", f"本周期不发放：{later.replace(', ', '、')}"),) if later else ()
    status = Status.REFUTED if dead else Status.UNKNOWN if left else Status.PROVED
    return evolve(unknown, status=status, grounds=grounds, obstacles=obstacles, notes=notes)


def counts_tried(unknown: Verdict, indicators: dict[str, CheckedQuantity], trials: Trials) -> Verdict:
    """Each indicator with a pair of worlds in which only its score differs, and something that is paid."""
    trials.count(list(indicators))
    memory = trials.memory
    if not memory.tried:
        return evolve(unknown, grounds=NOBODY)
    left = [name for name in indicators if name not in memory.counting]
    grounds = both(
        f"{len(indicators) - len(left)} of {len(indicators)} change what somebody gets, each shown by two worlds",
        f"{len(indicators)} 项中有 {len(indicators) - len(left)} 项改变了某人的所得，各有两种情形为证",
    )
    obstacles = tuple(Obstacle(name, indicators[name].definition.place, NO_PAIR) for name in left)
    return evolve(unknown, status=Status.UNKNOWN if left else Status.PROVED, grounds=grounds, obstacles=obstacles)


def refuted(unknown: Verdict, trial: Trial) -> Verdict:
    """Broken, by the two worlds that were found."""
    return evolve(unknown, status=Status.REFUTED, grounds=REPLAYED, obstacles=(), counterexample=trial.shown,
                  further=trial.further)  # fmt: skip


def tested(unknown: Verdict, trial: Trial, *notes: str) -> Verdict:
    """Not broken by anything that was tried."""
    if not trial.tried:
        return evolve(unknown, grounds=NOBODY)
    grounds = both(f"{trial.tried} pairs were tried, and none breaks it", f"试了 {trial.tried} 对，没有一对违背它")
    said = tuple(note for note in notes if note)
    return evolve(unknown, status=Status.TESTED, grounds=grounds, obstacles=(), notes=(*unknown.notes, *said))


def jump_note(trial: Trial, line: CheckedQuantity) -> str:
    """The largest that was found, and where."""
    if trial.amount is None or trial.shown is None:
        return ""
    amount = show_number(trial.amount, line.decimals)
    english, chinese = cells_told(trial.shown)
    return both(f"the largest that was found is {amount}: {english}", f"试到的最大变动是 {amount}：{chinese}")


def cells_told(shown: Counterexample) -> tuple[str, str]:
    """The cells that differ between two worlds, in English and in Chinese."""
    english, chinese = (
        ", ".join(f"`{one.name}` {value_in(one.before, lang)} → {value_in(one.after, lang)}" for one in shown.changes)
        for lang in ("en", "zh")
    )
    return english, chinese
