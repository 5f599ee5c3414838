"""Raw cells become columns: input by input, each different text read once, and what is wrong told by row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...base.problems import Problem
from ...base.text import are_plain, echo
from ...lang.types import Kind
from ...model.arrays import Array, Ints
from ...model.data import Absent, PopulationTable
from ...model.exact_values import ReadCell
from ...model.levels import Level
from ...model.plan import Cell, Plan, PlanInput
from ...model.result import Raw
from ...model.table import Column, DecimalCells, column_of
from ..codegen.generated import executed, names_of
from ..codegen.inputs import (
    cell_value,
    missing,
    reading_lines,
    reserved_texts,
    takes_decimals,
    takes_texts,
    written_places,
)
from .cells import Texts, is_narrow, of_numbers

Bad = list[tuple[int, Problem]]  # the number of a row, and one thing that is wrong with it
UNREADABLE = "data-row"  # the problem of a row of which nothing is known
NO_CELLS = column_of(())
_MANY = 50  # cells, of which it pays to look at all together
_DIGITS = 15  # of a number in steps: it fits into 62 bits


class Decoder:
    """Reads the inputs of a plan: the common types in line, everything else through `read_cell`."""

    def __init__(self, plan: Plan, read_cell: ReadCell) -> None:
        self._inputs = plan.inputs
        self._read_cell = read_cell
        names = names_of(plan) | {"read": self._read, "read_maybe": self._read_maybe}
        text = "".join(_text(one, number) for number, one in enumerate(plan.inputs))
        self._made = executed(self, plan, text, names, " reading")

    def decoded(self, level: Level, table: PopulationTable | None, texts: Texts) -> tuple[Mapping[Cell, Array], Bad]:
        """The columns of a level's inputs, a filler wherever there is a problem; problems by row, then by input."""
        columns: dict[Cell, Array] = {}
        bad: Bad = []
        for number, one in enumerate(self._inputs):
            if one.level == level:
                columns |= self._of_column(number, NO_CELLS if table is None else table.column(one.name), texts, bad)
        return columns, sorted(bad, key=lambda one: one[0])

    def _of_column(self, number: int, column: Column, texts: Texts, bad: Bad) -> dict[Cell, Array]:
        """The columns of an input: each different cell is read once, one that is wrong once for each row."""
        wrong: Bad = []
        different, codes = column.values, np.asarray(column.codes)
        read = self._of_cells(number, different, texts, wrong)
        if wrong:
            is_wrong = np.zeros(len(different), bool)
            is_wrong[[code for code, _ in wrong]] = True
            for row in np.flatnonzero(is_wrong[codes]).tolist():
                self._read_maybe(number, different[codes[row]], bad, row)
        return {cell: values[codes] for cell, values in read.items()}

    def _of_cells(self, number: int, cells: Sequence[object], texts: Texts, bad: Bad) -> dict[Cell, Array]:
        """The columns of an input read cell by cell."""
        one = self._inputs[number]
        plain = plain_column(one, cells, texts)
        if plain is not None:
            return {one.cell: plain, **({} if one.known is None else {one.known: np.ones(len(cells), bool)})}
        function: Any = self._made[f"read_{number}"]
        values, known = function(cells, bad)
        if isinstance(one.filler, str):
            column: Array = texts.numbers(values)
        elif one.low is None or one.high is None:
            column = np.fromiter(values, bool, len(values))
        else:
            column = of_numbers(values, (one.low, one.high))
        flags = {} if one.known is None else {one.known: np.fromiter(known, bool, len(known))}
        return {one.cell: column, **flags}

    # ── Called by the generated functions ─────────────────────────────────────────────────────────

    def _read(self, number: int, raw: object, bad: Bad, row: int) -> Raw:
        return self._read_maybe(number, raw, bad, row)[0]

    def _read_maybe(self, number: int, raw: object, bad: Bad, row: int) -> tuple[Raw, bool]:
        if isinstance(raw, Absent):
            return self._absent(number, raw.row, bad, row)
        return self._read_new(number, raw, bad, row)

    def _read_new(self, number: int, raw: object, bad: Bad, row: int) -> tuple[Raw, bool]:
        one = self._inputs[number]
        value = self._read_cell(one.checked, raw)
        if isinstance(value, Problem):
            bad.append((row, value))
        return cell_value(one, value)

    def _absent(self, number: int, cells: object, bad: Bad, row: int) -> tuple[Raw, bool]:
        """Nothing stands there. What is no row at all is told once, at the first input of its level."""
        one = self._inputs[number]
        if isinstance(cells, Mapping):
            bad.extend([(row, missing(one))] if one.known is None else ())
        elif one is next(first for first in self._inputs if first.level == one.level):
            bad.append((row, Problem(UNREADABLE, {"value": echo(repr(cells))})))
        return one.filler, False


def plain_column(one: PlanInput, cells: Sequence[object], texts: Texts) -> Array | None:
    """The column of many cells that are read alike: keys and words of letters and digits, or numbers with so many
    decimals each, as texts or as steps. None where there is another among them: then each is read by itself.
    """
    kind = one.type.kind
    if isinstance(cells, DecimalCells):
        return _of_decimals(one, cells)
    if len(cells) < _MANY or set(map(type, cells)) != {str}:
        return None
    written: Sequence[str] = cells  # type: ignore[assignment]  # all of them are texts
    if kind is Kind.KEY or (kind is Kind.CATEGORY and one.type.values is None):
        return texts.numbers(written) if are_plain(written) and reserved_texts(one).isdisjoint(written) else None
    if kind is not Kind.NUMBER or not takes_texts(one) or one.low is None or one.high is None:
        return None
    found = _steps(written, written_places(one))
    sound = found is not None and is_narrow(one.low, one.high) and one.low <= found.min() and found.max() <= one.high
    return found if sound else None


def _of_decimals(one: PlanInput, cells: DecimalCells) -> Array | None:
    """Numbers that a frame counts in steps of a decimal of its own, in steps of the last one of the input."""
    places = written_places(one)
    if one.type.kind is not Kind.NUMBER or not takes_decimals(one) or one.low is None or one.high is None:
        return None
    steps = np.asarray(cells.steps)
    if not len(steps) or not is_narrow(one.low, one.high):
        return None
    finer, coarser = 10 ** max(places - cells.decimals, 0), 10 ** max(cells.decimals - places, 0)
    if finer >= 1 << 62 or coarser >= 1 << 62 or (coarser > 1 and (steps % coarser).any()):
        return None
    least, most = int(steps.min()) * finer // coarser, int(steps.max()) * finer // coarser
    return steps // coarser * finer if one.low <= least and most <= one.high else None


def _steps(texts: Sequence[str], places: int) -> Ints | None:
    """Plain numbers that all have as many decimals as the first one, counted in steps of the last of `places`."""
    decimals = len(texts[0].partition(".")[2])
    if decimals > places or places > _DIGITS:
        return None
    number = rf"(?:0|[1-9][0-9]{{0,{_DIGITS - places}}})" + (rf"\.[0-9]{{{decimals}}}" if decimals else "")
    whole = "\n".join(texts)
    if re.fullmatch(rf"(?:{number}\n)*+{number}", whole) is None:  # `*+` keeps no state for each number
        return None
    found = np.fromstring(whole.replace(".", ""), np.int64, sep="\n") * 10 ** (places - decimals)
    return found if len(found) == len(texts) else None


def _text(one: PlanInput, number: int) -> str:
    """The function that reads the cells of one input: the values, and which of them are known."""
    v, k = f"v{one.cell}", f"v{one.known}"
    lines = [f"def read_{number}(cells, bad):", "    values, known = [], []"]
    lines += ["    for row, cell in enumerate(cells):", "        try:", f"            {v} = cell"]
    lines += [f"            {line}" for line in reading_lines(one, number, "row")]
    lines += ["        except Exception:"]
    made = v if one.known is None else f"{v}, {k}"
    lines += [f"            {made} = read{'' if one.known is None else '_maybe'}({number}, cell, bad, row)"]
    lines += [f"        values.append({v})"] + ([] if one.known is None else [f"        known.append({k})"])
    return "\n".join([*lines, "    return values, known", ""])
