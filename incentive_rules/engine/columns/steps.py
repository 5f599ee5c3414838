"""The steps that stay on a row: one operation on whole columns at once.

Each becomes a function of the columns. Where a bound is wide, of the result or of what it is made of, it is worked out
in Python's numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from ...model.arrays import Array
from ...model.plan import Atom, Cell, CellValue, Find, Let, Lit, Op, Pick, Ref, Spread
from .cells import CellFacts, Columns, is_narrow, is_wide, widened, within

Work = Callable[[Columns], Array]
Maps = Sequence[tuple[Sequence[tuple[CellValue, CellValue]], CellValue]]  # entries and default of each

_OPERATIONS: Mapping[str, Callable[..., Array]] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "//": np.floor_divide, "neg": np.negative, "abs": np.absolute,
    "min": np.minimum, "max": np.maximum, "<": np.less, "<=": np.less_equal, "==": np.equal,
    "and": np.logical_and, "or": np.logical_or, "not": np.logical_not,
}  # fmt: skip


def work_of(step: Let | Spread, facts: Mapping[Cell, CellFacts], maps: Maps) -> Work:
    """What gives the step's cell its column."""
    own = facts[step.cell]
    match step:
        case Spread(source=source, level=level):
            return lambda columns: columns.at(source, level)
        case Let(expr=Lit(value=value)):
            return lambda columns: np.broadcast_to(_constants(columns, [value]), columns.index.size(own.level))
        case Let(expr=Ref(cell=source)):
            return lambda columns: columns[source]
        case Let(expr=Op(operator=operator, operands=operands)):
            return _operation(_OPERATIONS[operator], operands, own, facts)
        case Let(expr=Pick(condition=condition, then=then, otherwise=otherwise)):
            return _operation(np.where, (condition, then, otherwise), own, facts)
        case Let(expr=Find(map=number, key=Ref(cell=key))):
            entries, default = maps[number]
            find = _found_by_text if facts[key].kind is str else _found_by_number
            return lambda columns: find(columns, dict(entries), default, key, own)
    raise AssertionError(step)  # constants have folded


def _operation(
    operation: Callable[..., Array], atoms: Sequence[Atom], own: CellFacts, facts: Mapping[Cell, CellFacts]
) -> Work:
    assert any(isinstance(atom, Ref) for atom in atoms), "constants have folded"
    if not own.is_wide and not any(_is_wide(atom, facts) for atom in atoms):
        return lambda columns: operation(*_operands(columns, atoms))

    def in_python(columns: Columns) -> Array:
        operands = (x if x.dtype == bool else widened(x) for x in _operands(columns, atoms))
        return within(operation(*operands), own.span)

    return in_python


def _is_wide(atom: Atom, facts: Mapping[Cell, CellFacts]) -> bool:
    if isinstance(atom, Ref):
        return facts[atom.cell].is_wide
    return isinstance(atom.value, int) and not is_narrow(atom.value)


def _operands(columns: Columns, atoms: Iterable[Atom]) -> list[Array]:
    """Columns, and constants as columns of one row; what numpy would make of a constant by itself may be a float."""
    return [columns[atom.cell] if isinstance(atom, Ref) else _constants(columns, [atom.value]) for atom in atoms]


def _constants(columns: Columns, values: Sequence[CellValue]) -> Array:
    """The column of some constants, as wide as they are."""
    atoms = [columns.atom(value) for value in values]
    return np.array(atoms, bool if isinstance(values[0], bool) else np.int64 if is_narrow(*atoms) else object)


# ── Constant maps ─────────────────────────────────────────────────────────────────────────────────


def _found_by_text(
    columns: Columns, entries: Mapping[CellValue, CellValue], default: CellValue, key: Cell, own: CellFacts
) -> Array:
    """Texts are numbered: a table of all of them says what each leads to."""
    found = [default] * (len(columns.texts) + 1)
    for text, value in entries.items():
        number = columns.texts.known(str(text))
        if number is not None:
            found[number] = value
    return within(_constants(columns, found)[columns[key]], own.span)


def _found_by_number(
    columns: Columns, entries: Mapping[CellValue, CellValue], default: CellValue, key: Cell, own: CellFacts
) -> Array:
    numbers = columns[key]
    if is_wide(numbers):
        found = [entries.get(number, default) for number in numbers.tolist()]
        return within(_constants(columns, [*found, default])[:-1], own.span)
    met = sorted((int(n), value) for n, value in entries.items() if is_narrow(int(n)))  # others are in no narrow column
    keys = np.array([n for n, _ in met], np.int64)
    values = _constants(columns, [*(value for _, value in met), default])
    at = np.searchsorted(keys, numbers)
    there = np.append(keys, 0)[at] == numbers
    return within(values[np.where(there & (at < len(keys)), at, len(keys))], own.span)
