"""Reads pools: a fixed sum that people, rows or groups share; the value of the quantity is the share of each."""

from __future__ import annotations

from ...model.scheme import Pool
from .known_collections import Collections
from .section import Section


def pool(owner: Section, known: Collections) -> Pool | None:
    """The pool in a pay line or a quantity; None if it does not name the group that has it."""
    section = owner.section("pool")
    each = section.scalar("each") if section else None
    if section is None:
        return None
    amount, proportion = section.formula("amount"), section.formula("in_proportion_to")
    when, among, cap = section.formula("when"), section.formula("among"), section.formula("at_most")
    words = {key: section.choice(key) for key in ("cents", "left_out", "remainder")}
    to = section.scalar("to")
    if each is None:
        return None
    return Pool(
        known.resolved(each.text), "" if to is None or to.text == known.key else known.resolved(to.text),
        amount, proportion, section.place, each.place, to.place if to else None, when, among, cap,
        words["cents"] or "largest_remainder", words["left_out"] or "shared", words["remainder"] or "keep",
    )  # fmt: skip
