"""What takes other people to compute, and what therefore must be given where one person stands alone."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import terms as t
from ..model.checked import CheckedInput, CheckedQuantity
from ..model.levels import PERSON, Level, Levels


def is_own(level: Level, levels: Levels) -> bool:
    """Whether the rows of a level are one person's: the person, or details below."""
    return level in levels and PERSON in levels.above(level)


def step_of_others(term: t.Term, levels: Levels) -> t.Term | None:
    """The first step in a term that looks at other people's rows, None if there is none."""
    for part in t.walk(term):
        if isinstance(part, t.Aggregate) and (part.others or not is_own(part.level, levels)):
            return part
        if isinstance(part, t.Ranked | t.Running | t.Shared) and not is_own(part.group, levels):
            return part
    return None


def needs_others(
    term: t.Term, level: Level, quantities: Mapping[str, CheckedQuantity], inputs: Mapping[str, CheckedInput],
    levels: Levels,
) -> str | None:  # fmt: skip
    """The name, or the text, of what in a term takes other people to compute; None if nothing does."""
    pending = [term]
    seen: set[str] = set()
    while pending:
        top = pending.pop()
        step = step_of_others(top, levels)
        if step is not None:
            return step.place.text if step.place is not None else "?"
        for part in t.walk(top):
            if not isinstance(part, t.Read) or part.name in seen:
                continue
            seen.add(part.name)
            if part.name in inputs and not is_own(inputs[part.name].level, levels):
                if not part.name.startswith("group("):
                    return part.name
            elif part.name in quantities:
                found = quantities[part.name]
                pending.extend((found.term, *(() if found.condition is None else (found.condition,))))
    return None
