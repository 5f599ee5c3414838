"""The slow path of scoring one person: unusual values, rows that lack names, and every problem of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from ..base.problems import Problem
from ..base.text import MOST_LISTED, Guesses, echo, listed
from ..model.data import ByInput
from ..model.exact_values import ReadCell
from ..model.plan import Plan, PlanCheck, PlanInput
from ..model.plan_cells import inputs_read
from ..model.result import Raw
from .codegen.inputs import cell_value, missing


class RowReader:
    """Reads what the generated function does not read itself; problems are added to its list `bad`."""

    def __init__(self, plan: Plan, read_cell: ReadCell) -> None:
        self._plan = plan
        self._read_cell = read_cell
        self._tables = ("", *plan.details)
        self._inputs = tuple(
            tuple(i for i in plan.inputs if i.level == level) for level in ((), *((d,) for d in plan.details))
        )
        self._reads = inputs_read(plan)

    # ── One value ─────────────────────────────────────────────────────────────────────────────────

    def read(self, number: int, raw: object, bad: list[Problem], row: int | None) -> Raw:
        """The scaled value of an input that may not be missing; a filler where there is a problem."""
        return self.read_maybe(number, raw, bad, row)[0]

    def read_maybe(self, number: int, raw: object, bad: list[Problem], row: int | None) -> tuple[Raw, bool]:
        one = self._plan.inputs[number]
        value = self._read_cell(one.checked, raw)
        if isinstance(value, Problem):
            bad.append(evolve(value, table=one.level[0] if one.level else "", row=row))
        return cell_value(one, value)

    # ── One row ───────────────────────────────────────────────────────────────────────────────────

    def read_row(self, table: int, row: object, bad: list[Problem], number: int | None) -> tuple[Raw, ...]:
        """All inputs of a row, read one by one: the person's (`table` -1), or those of a detail row."""
        name, inputs = self._tables[table + 1], self._inputs[table + 1]
        bad[:] = [p for p in bad if (p.table, p.row) != (name, number)]
        if not isinstance(row, Mapping):
            bad.append(Problem("data-row", {"value": echo(repr(row))}, table=name, row=number))
            return tuple(v for one in inputs for v in _filled(one, (one.filler, False)))
        cells, problems = by_name(inputs, row)
        bad.extend(evolve(p, table=name, row=number) for p in problems)
        refused = {p.params.get("input") for p in problems}
        values: list[Raw] = []
        for one in inputs:
            if one.name in cells:
                found = self.read_maybe(self._plan.inputs.index(one), cells[one.name], bad, number)
            else:
                found = (one.filler, False)
                if one.known is None and one.name not in refused:
                    bad.append(evolve(missing(one), table=name, row=number))
            values.extend(_filled(one, found))
        return tuple(values)

    def read_tables(self, details: object, bad: list[Problem]) -> tuple[Sequence[object], ...]:
        """The rows of every detail table, in the order of the plan."""
        given = details if isinstance(details, Mapping) else {}
        if details is not None and not isinstance(details, Mapping):
            bad.append(Problem("data-row", {"value": echo(repr(details))}))
        for name in given:
            if name not in self._plan.details:
                names = " ".join(f"`{d}`" for d in self._plan.details)
                bad.append(Problem("data-details", {"name": echo(str(name)), "names": names}))
        return tuple(self._rows_of(name, given, bad) for name in self._plan.details)

    def no_tables(self, details: object, bad: list[Problem]) -> None:
        """A scheme without details was given some."""
        if isinstance(details, Mapping):
            bad.extend(Problem("data-details", {"name": echo(str(name))}, "none") for name in details)
        else:
            bad.append(Problem("data-row", {"value": echo(repr(details))}))

    def _rows_of(self, name: str, given: Mapping[object, object], bad: list[Problem]) -> Sequence[object]:
        if name not in given:
            bad.append(Problem("data-details", {"name": name}, "missing", table=name))
            return ()
        rows = given[name]
        if isinstance(rows, str | bytes | Mapping) or not hasattr(rows, "__iter__"):
            bad.append(Problem("data-row", {"value": echo(repr(rows))}, table=name))
            return ()
        rows = rows if isinstance(rows, list | tuple) else list(rows)
        if len(rows) > self._plan.max_rows:
            counts = {"count": str(len(rows)), "most": str(self._plan.max_rows)}
            limit = {"limit": "max_rows_per_person", "limit_zh": "每人最多行数"}
            bad.append(Problem("data-too-many", counts | limit, table=name))
            return ()
        return rows

    # ── The refusal ───────────────────────────────────────────────────────────────────────────────

    def refuse(
        self,
        bad: list[Problem],
        broken: Sequence[tuple[int, int]],
        flags: tuple[bool, ...],
        in_scope: bool,
        key: str,
    ) -> tuple[Problem, ...]:
        """Every problem: those of the cells, then the broken premises that rest on sound cells."""
        found = list(bad)
        unsound = {p.params.get("input") for p in bad}
        of_person = [i for i, check in enumerate(self._plan.checks) if not check.level]
        false = [(i, None) for i, flag in zip(of_person, flags, strict=True) if not flag]
        for number, row in sorted([*false, *broken], key=lambda pair: (pair[0], pair[1] or 0)):
            check = self._plan.checks[number]
            whole = not any(p.code in ("data-row", "data-details", "data-too-many") for p in bad)
            if in_scope and whole and not unsound & self._reads[check.flag]:
                found.append(_broken(check, row))
        return tuple(evolve(p, key=key) for p in found)


def _broken(check: PlanCheck, row: int | None) -> Problem:
    table = check.level[0] if check.level else ""
    return Problem(check.code, {"text": check.text}, table=table, row=row, place=check.place)


def _filled(one: PlanInput, found: tuple[Raw, bool]) -> tuple[Raw, ...]:
    return found[:1] if one.known is None else found


def by_name(inputs: Sequence[PlanInput], row: Mapping[object, object]) -> tuple[dict[str, object], list[Problem]]:
    """The row's values by input, whether named by the input or by its column; unknown names are problems."""
    cells: dict[str, object] = {}
    problems: list[Problem] = []
    guesses = Guesses()
    names = {i.name: [i.name] for i in inputs} if isinstance(row, ByInput) else _readers(inputs)
    shared = {owner for owners in names.values() if len(owners) > 1 for owner in owners}
    for name, value in row.items():
        owners = names.get(name, []) if isinstance(name, str) else []
        if not owners:
            problems.append(_unknown(name, names, guesses))
        for owner in owners:
            # Of a column that several inputs read one of them may still be named by itself.
            if owner in cells and owner not in shared:
                heading = next(column for column, own in names.items() if owner in own and column != owner)
                params = {"input": owner, "heading": echo(heading), "other": owner}
                problems.append(Problem("data-heading-twice", params, "both", column=echo(heading)))
            elif owner not in cells or name == owner:
                cells[owner] = value
    return cells, problems


def _readers(inputs: Sequence[PlanInput]) -> Mapping[str, Sequence[str]]:
    """By heading, the inputs that are read from it; an input with a column by its own name as well, if that is free."""
    found: dict[str, list[str]] = {}
    for one in inputs:
        found.setdefault(one.checked.definition.column or one.name, []).append(one.name)
    return {**{one.name: [one.name] for one in inputs if one.name not in found}, **found}


def _unknown(name: object, readers: Mapping[str, Sequence[str]], guesses: Guesses) -> Problem:
    text = name if isinstance(name, str) else repr(name)
    written = (_as_written(one) if own == [one] else one for one, own in readers.items())
    names = list(dict.fromkeys(filter(None, written)))
    near = next(iter(guesses.nearest(text, sorted(names) if guesses else (), 1)), None)
    if near is not None:
        return Problem("data-name-unknown", {"name": echo(text), "near": near}, "near")
    inputs = listed((f"`{one}`" for one in names), MOST_LISTED)
    return Problem("data-name-unknown", {"name": echo(text), "inputs": inputs})


def _as_written(name: str) -> str:
    """An input as a caller names it: `recorded(x)` is `x`; "" for what reading makes itself, as `current(table)`."""
    outer, bracket, inner = name.removesuffix(")").partition("(")
    return name if not bracket else inner if outer in ("recorded", "given") else ""
