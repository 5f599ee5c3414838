"""Words where the second engine computes other amounts."""

from __future__ import annotations

from ..base.problems import Problem
from ..base.reports import render_problems
from ..model.run import SecondOpinion
from .wording import say

MOST_PEOPLE = 5


def differing(opinion: SecondOpinion, language: str) -> str:
    """The first difference of each of a few people, with both values and the formula, and the number of the others."""
    first: dict[str, Problem] = {}
    for dissent in opinion.dissents:
        first.setdefault(dissent.key, dissent.problem)
    shown = tuple(first.values())[:MOST_PEOPLE]
    lines = [render_problems(shown, "text", language)]
    more = len(opinion.dissents) - len(shown)
    lines += [say("differ_more", language, count=f"{more:,}")] if more else []
    return "\n".join([*lines, "", say("nothing_written", language)])
