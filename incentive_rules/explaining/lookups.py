"""Words the row of a table that was found, so that it can be checked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from ..lang.types import PLAIN, Type
from ..model.terms import Constant
from ..model.trace import LookedUp, RowFound
from .formatting import ValueFormatter, number_text
from .words import phrase

TOLD = ("from", "up_to", "points")  # what the arithmetic or the head of an aside does not say already


def aside_of_table(
    table: LookedUp,
    formatter: ValueFormatter,
    argument: str = "",
    reckoned_keys: Sequence[str] = (),
    types: Sequence[Type] = (),
) -> tuple[str, int, str, tuple[str, ...]]:
    """How the row was found: `base(senior) = 9,000.00`, its line in the scheme, what it is, and the steps.

    `argument` is the title of the quantity to which a table in place is applied; `reckoned_keys` are keys that were
    computed, `types` those of the keys.
    """
    types = (*types, *[PLAIN] * (len(table.keys) - len(types)))
    language = formatter.language
    value = formatter.typed(table.value, formatter.types.get(table.table, PLAIN))
    steps = [_step(step, formatter, argument, type_) for step, type_ in zip(table.steps, types, strict=False)]
    line = table.steps[-1].place.line if table.steps else table.place.line
    corners = table.steps[-1].corners if table.steps else ()
    reckoned = _reckoned(table.steps[-1], formatter, table.table, types[len(table.steps) - 1]) if corners else ""
    if argument:
        text = phrase("comma", language).join(steps)
        return (text, line, "", (f"  = {reckoned} = {value}",)) if reckoned else (f"{text} → {value}", line, "", ())
    texts = [formatter.typed(key, type_, bare=True) for key, type_ in zip(table.keys, types, strict=True)]
    reckoned_keys = (*reckoned_keys, *[""] * (len(texts) - len(reckoned_keys)))
    keys = ", ".join(f"{r} = {t}" if r and r != t else t for r, t in zip(reckoned_keys, texts, strict=True))
    give = f", {table.give}" if table.give else ""
    head = f"{formatter.title(table.table)}({keys}{give}) = {reckoned + ' = ' if reckoned else ''}{value}"
    inside = [line for step in table.steps for line in _inner(step, formatter, types)]
    told = [text for text, step in zip(steps, table.steps, strict=True) if step.else_ or step.kind in TOLD]
    return head, line, phrase("table", language), (*("  " + text for text in told), *inside)


def _inner(step: RowFound, formatter: ValueFormatter, types: Sequence[Type]) -> list[str]:
    """The values at the corners of a line that further keys decide, each as a look-up with the corner as its key."""
    found: list[str] = []
    for corner, inner in zip(step.corners, step.inner, strict=False):
        whole = evolve(inner, keys=(corner[0], *inner.keys))
        head, _, _, told = aside_of_table(whole, formatter, types=types)
        found += [text for text in ("  " + head, *("  " + line for line in told)) if text not in found]
    return found


def _step(step: RowFound, formatter: ValueFormatter, argument: str, type_: Type) -> str:
    language = formatter.language
    pattern = step.edge_text or step.missed_text
    key = formatter.percent_like(step.key, pattern, type_)
    key = f"{argument} {key}" if argument else key
    if step.kind == "points":
        return _between(step, key, formatter, type_)
    if step.kind == "slices":
        return f"{key}{phrase('colon', language)}{phrase('slices', language)}"
    if step.else_:
        if step.missed is None:
            return phrase("otherwise", language, key=key)
        return phrase(f"{step.kind}_else", language, key=key, missed=step.missed_text)
    if step.kind == "equals":
        return key
    found = phrase(step.kind, language, key=key, edge=step.edge_text)
    return found + (phrase(f"{step.kind}_not", language, missed=step.missed_text) if step.missed_text else "")


def _between(step: RowFound, key: str, formatter: ValueFormatter, type_: Type) -> str:
    (low, _), (high, _) = step.corners
    edges = [formatter.percent_like(edge, step.edge_text, type_) for edge in (low, high)]
    if step.key in (low, high):
        return phrase("points_met", formatter.language, key=key)
    if low == high:
        return phrase("points_flat", formatter.language, key=key, edge=edges[0])
    return phrase("points", formatter.language, key=key, low=edges[0], high=edges[1])


def _reckoned(step: RowFound, formatter: ValueFormatter, table: str, key_type: Type) -> str:
    """The arithmetic between two points, or slice by slice; "" if the key is a point itself."""
    type_ = formatter.types.get(table, PLAIN)

    def result(value: Constant) -> str:
        return formatter.typed(value, type_)

    if step.kind == "slices":
        return " + ".join(f"{factor_text(amount)} × {factor_text(rate)}" for _, amount, rate in step.corners)
    (x1, y1), (x2, y2) = step.corners
    if x1 == x2 or step.key in (x1, x2):
        return ""
    key, low, high = (formatter.percent_like(x, step.edge_text, key_type) for x in (step.key, x1, x2))
    key = key.partition(" (")[0]
    return f"{result(y1)} + ({result(y2)} - {result(y1)}) × ({key} - {low}) ÷ ({high} - {low})"


def factor_text(value: Constant) -> str:
    assert isinstance(value, Fraction)
    text = number_text(value, bare=True)
    return f"({text})" if "/" in text or text.startswith("-") else text
