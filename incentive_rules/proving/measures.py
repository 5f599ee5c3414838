"""What is measured of a scheme whether or not it is promised, so that an author can choose a number."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..base.numbers import show_number
from ..model.checked import Checked
from ..model.promises import MOVING, SPLITTING, WITHHOLDING
from ..model.scheme import Pool
from ..model.verdict import Measurement
from .trials import Trial, Trials


def measurements(checked: Checked, trials: Trials) -> Iterator[Measurement]:
    """The largest figures that were met: of the earning that rests on indicators and pays most."""
    line = trials.main_line
    if line is not None and line.due:
        found = {
            "largest_jump": trials.largest_jump(line.name, "any"),
            "highest_payout": trials.highest(line.name),
            "withholding_gains_at_most": trials.gains(WITHHOLDING, line.name),
            "splitting_gains_at_most": trials.gains(SPLITTING, line.name),
            "moving_gains_at_most": trials.gains(MOVING, line.name),
        }
        for keyword, trial in found.items():
            if trial.tried:
                yield _measurement(keyword, line.name, trial, line.decimals)
        trial, share, _ = trials.plateau(line)
        if trial.shown is not None:
            yield Measurement("plateau_at_most", line.name, f"{show_number(share * 100)}%", trial.tried, trial.shown)
    yield from _last_cents(checked, trials)


def _measurement(keyword: str, line: str, trial: Trial, decimals: int | None) -> Measurement:
    amount = show_number(trial.amount if trial.amount is not None else Fraction(0), decimals)
    return Measurement(keyword, line, amount, trial.tried, trial.shown, further=trial.further)


def _last_cents(checked: Checked, trials: Trials) -> Iterator[Measurement]:
    """What three equal people get of a pool whose last cent a key decides."""
    for quantity in checked.quantities:
        body = quantity.definition.body
        if isinstance(body, Pool) and body.cents == "largest_remainder" and quantity.due:
            shares = trials.equal_shares(quantity.name)
            if shares:
                told = " / ".join(show_number(one, quantity.decimals) for one in shares)
                yield Measurement("last_cent", quantity.name, told, 1)
