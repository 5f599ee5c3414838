"""Pools, honours and grades by rank made by hand, for `made.quantity`: texts become formulas."""

from __future__ import annotations

from collections.abc import Mapping

from incentive_rules.base.numbers import Rounding
from incentive_rules.model.scheme import Distribution, Formula, Honor, Outputs, Places, Pool
from tests.judging.made import at, formula, literal, outputs


def _formula(text: str | None, line: int) -> Formula | None:
    return None if text is None else formula(text, line)


def pool(
    amount: str, in_proportion_to: str, *, each: str = "everyone", to: str = "", when: str | None = None,
    among: str | None = None, at_most: str | None = None, cents: str = "largest_remainder",
    left_out: str = "shared", remainder: str = "keep", line: int = 1,
) -> Pool:  # fmt: skip
    return Pool(
        each, to, formula(amount, line), formula(in_proportion_to, line + 1), at(line), at(line), None,
        _formula(when, line + 2), _formula(among, line + 3), _formula(at_most, line + 4), cents, left_out, remainder,
    )  # fmt: skip


def honor(
    best_by: str | tuple[str, ...], *, within: str = "everyone", among: str | None = None, share: str | None = None,
    of: str = "eligible", number: str | None = None, at_least: str | None = None, at_most: str | None = None,
    ties: str = "refuse", rounding: Rounding = Rounding.HALF_UP, line: int = 1,
) -> Honor:  # fmt: skip
    written = None if share is None else literal(share)
    places = Places(
        at(line), written, of, _formula(number, line), rounding, _formula(at_least, line), _formula(at_most, line)
    )
    texts = (best_by,) if isinstance(best_by, str) else best_by
    return Honor(
        within, tuple(formula(text, line) for text in texts), places, at(line), at(line), _formula(among, line), ties
    )


def by_rank(
    argument: str, shares: Mapping[str, str], *, within: str = "everyone", ties: str = "refuse",
    rounding: Rounding = Rounding.HALF_UP, outputs_of: Mapping[str, Mapping[str, object]] | None = None, give: str = "",
    line: int = 1,
) -> Distribution:  # fmt: skip
    """`shares` leads from each grade, best first, to its share; `outputs_of` gives further outputs of each grade."""

    def result(grade: str) -> Outputs:
        return outputs(grade if outputs_of is None else {"grade": grade, **outputs_of[grade]}, line)

    rows = tuple((literal(share), result(grade)) for grade, share in shares.items())
    return Distribution(argument, within, rows, give, at(line), at(line), at(line), rounding, ties)
