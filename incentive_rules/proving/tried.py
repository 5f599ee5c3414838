"""Verdicts on promises that people decide: REFUTED by somebody, TESTED where so many pairs were tried in vain."""

from __future__ import annotations

from attrs import evolve

from ..base.numbers import show_number
from ..base.words import both
from ..model import promises as p
from ..model.checked import CheckedQuantity
from ..model.verdict import Counterexample, Status, Verdict
from .reasons import NOBODY, REPLAYED
from .trials import Trial, Trials


def jump_tried(unknown: Verdict, promise: p.LargestJump, line: CheckedQuantity, trials: Trials) -> Verdict:
    """The largest jump that was found against the one that is promised."""
    names = [one.name.text for one in promise.exceptions if not one.lines or line.name in {x.text for x in one.lines}]
    trial = trials.largest_jump(line.name, promise.of, trials.excepted(names), promise.at_most)
    if trial.amount is not None and trial.amount > promise.at_most:
        return refuted(unknown, trial)
    return tested(unknown, trial, jump_note(trial, line))


def refuted(unknown: Verdict, trial: Trial) -> Verdict:
    """Broken, by the two worlds that were found."""
    return evolve(unknown, status=Status.REFUTED, grounds=REPLAYED, obstacles=(), counterexample=trial.shown)


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
    where = cells_told(trial.shown)
    return both(f"the largest that was found is {amount}: {where}", f"试到的最大变动是 {amount}：{where}")


def cells_told(shown: Counterexample) -> str:
    """The cells that differ between two worlds."""
    return ", ".join(f"`{one.name}` {one.before} → {one.after}" for one in shown.changes)
