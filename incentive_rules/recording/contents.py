"""From a run to the files of its record: every value, exact, in an order that no data file decides.

    names.json        what kind of value each name has; the parameters of the period
    results.jsonl     one line for each person, by key
    quarantined.json  who was set aside, and every reason
    totals.json       counts, sums, what became of every row; pools, honours; values of groups
    history.json      what earlier records brought into the run
    inputs/           the scheme and all data, byte for byte
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from ..base.json_types import JsonObject
from ..base.problems import Problem
from ..lang.functions import TOTAL_NAMES
from ..lang.types import Kind, Type
from ..model.checked import Checked, CheckedInput, CheckedQuantity
from ..model.data import DataRow, DataTable, People
from ..model.levels import PERSON
from ..model.record import RecordedName, recorded_value
from ..model.result import MISSING, Result
from ..model.result_columns import in_order_of_keys, order_of_keys, results_of
from ..model.run import HonorOutcome, PoolOutcome, Run, TableOutcome
from ..model.scheme import Role
from ..model.terms import Constant
from ..model.text_columns import (
    TextColumn,
    Writing,
    coded_texts,
    lines_of,
    written_column,
    written_flags,
    written_keys,
    written_states,
)
from .balances import balances_page, is_first
from .canonical_json import json_line, json_page, json_text, written, written_constant
from .file_names import unique_name
from .manifest import InputFile
from .tables import Shown, ToPlain, cell_as_json, rows_file

# A result's value as it stands in a line of a record: numbers are texts.
IN_A_LINE = Writing(lambda value: json_text(written(value)), '"', '"')
RecordFiles = dict[str, Iterable[bytes]]  # the pieces of each file, by its name in the record; to be read once
FactValues = Mapping[str, Constant | int]
CodedFacts = tuple[Any, Sequence[Constant | int]]  # an array with the number of each person's value among these


@frozen
class Ran:
    """Everything that is recorded of a run.

    `accepted` are the rows of its results, in their order, `refused` those of the people who were set aside.
    `facts` are the inputs that a person has a value of, `facts_of` reads them of one person, `facts_by_column` those of
    all results; `plain` and `shown` are what reading makes of a program's cell.
    """

    checked: Checked
    run: Run
    people: People
    accepted: Sequence[DataRow]
    refused: Sequence[DataRow]
    facts: tuple[CheckedInput, ...]
    facts_of: Callable[[DataRow], FactValues]
    facts_by_column: Callable[[], Iterable[CodedFacts]]
    plain: ToPlain
    shown: Shown


def contents_of(ran: Ran, corrects: Sequence[str]) -> RecordFiles:
    """The files of a record, inputs apart; `corrects` are the records that it corrects."""
    return {
        "names.json": (json_page(_names(ran.checked, ran.facts)),),
        "results.jsonl": _results(ran),
        "quarantined.json": (json_page(_quarantined(ran)),),
        "totals.json": (json_page(_totals(ran.run)),),
        "history.json": (json_page({**_history(ran), "corrects": list(corrects)}),),
    }


# ── Inputs ────────────────────────────────────────────────────────────────────────────────────────


def inputs_of(ran: Ran) -> tuple[RecordFiles, tuple[InputFile, ...]]:
    """The files of data as they were read, and their entries in the manifest."""
    files: RecordFiles = {}
    listed = []
    for name, table in ran.people.tables:
        file = f"inputs/{unique_name(_file_name(name, table), [one.partition('/')[2] for one in files])}"
        files[file] = (table.content,) if table.content else rows_file(table, ran.plain, ran.shown)
        listed.append(InputFile(file, name, table.name, (table.encoding or "utf-8") if table.content else None))
    return files, tuple(listed)


def _file_name(name: str, table: DataTable) -> str:
    return table.name if table.content else f"{name or 'people'}.jsonl"


def pay_lines_of(checked: Checked) -> tuple[tuple[str, str], ...]:
    """The pay lines in the order of the scheme, each with its kind."""
    every = (q.definition for q in checked.quantities)
    found = {q.name: q.pay.kind for q in every if q.pay is not None and q.role is Role.PAY}
    order = {q.name: number for number, q in enumerate(checked.scheme.quantities)}
    return tuple(sorted(found.items(), key=lambda line: order.get(line[0], len(order))))


# ── Results ───────────────────────────────────────────────────────────────────────────────────────


def _names(checked: Checked, facts: tuple[CheckedInput, ...]) -> JsonObject:
    """Every name that people have values of, with its kind; and the values that are the same for everybody."""
    names: dict[str, JsonObject] = {}
    having: tuple[CheckedInput | CheckedQuantity, ...] = (*facts, *checked.quantities)
    for one in having:
        kind, whole = one.facts.type.kind, one.facts.type.whole
        number = {"whole": whole, "decimals": one.decimals, **_measure(one.facts.type)} if kind is Kind.NUMBER else {}
        of_rows = {"of_rows": True} if checked.levels[one.level].sort == "details" else {}
        names[one.name] = {"kind": kind.value, **number, **of_rows}
    constants: dict[str, JsonObject] = {}
    for name, (value, known) in checked.constants.items():
        kind, whole = known.type.kind, known.type.whole
        constants[name] = {"kind": kind.value, "whole": whole, "value": written_constant(value, kind, whole, None)}
    return {"names": dict(sorted(names.items())), "constants": dict(sorted(constants.items()))}


def _measure(type_: Type) -> JsonObject:
    """What a number measures: money, or its unit."""
    return {"money": type_.is_money, **({"unit": type_.unit} if type_.unit else {})}


def fingerprint_of(checked: Checked, results: Sequence[Result]) -> str:
    """SHA-256 of what everybody gets: pay, grades, honours, entitlements and the scores at the top.

    Results are taken in the order of the keys. If a scheme gives none of these, everything that it computes of a person
    counts.
    """
    own = [q for q in checked.quantities if q.level == PERSON]
    names = sorted(q.name for q in own if _is_told(q)) or sorted(q.name for q in own)
    ordered = in_order_of_keys(results_of(results))
    columns = [written_keys(ordered.keys, IN_A_LINE), written_flags(ordered.in_scope, IN_A_LINE)]
    columns += [written_column(name, ordered, IN_A_LINE) for name in names if len(ordered)]
    digest = hashlib.sha256()
    for lines in lists_of(columns):
        digest.update(lines)
    return digest.hexdigest()


def lists_of(columns: Sequence[TextColumn]) -> Iterator[bytes]:
    """Lines with one json list each, as `json_line` writes it, of columns of json."""
    return lines_of(columns, [b"[", *[b", "] * (len(columns) - 1), b"]\n"])


def _is_told(quantity: CheckedQuantity) -> bool:
    role, indicator = quantity.definition.role, quantity.definition.indicator
    if role in (Role.SCORE, Role.GROUP):
        return indicator is None or indicator.parent in (None, *TOTAL_NAMES)
    return role in (Role.PAY, Role.RESULT, Role.GRADE, Role.COMPOSITE, Role.HONOR, Role.ENTITLEMENT)


def _results(ran: Ran) -> Iterator[bytes]:
    """One line for each person, in the order of their keys; of the data where there are none."""
    results = results_of(ran.run.results)
    if not results:
        return iter(())
    order = order_of_keys(results)
    ordered = results.at(order)
    line = _Line()
    line.add('{"key": ', written_keys(ordered.keys, IN_A_LINE))
    line.add(', "in_scope": ', written_flags(ordered.in_scope, IN_A_LINE))
    pay = sorted(name for name, *_ in ordered.layout.lines)
    line.add_all("lines", {name: written_states(name, ordered, IN_A_LINE) for name in pay})
    facts = zip(ran.facts, ran.facts_by_column(), strict=True)
    line.add_all("inputs", {one.name: _fact_column(one, codes[order], values) for one, (codes, values) in facts})
    line.add_all("values", {name: written_column(name, ordered, IN_A_LINE) for name in sorted(ordered.layout.slots)})
    return line.lines()


class _Line:
    """A line of json: texts that stand in every line, and columns between them."""

    def __init__(self) -> None:
        self._text = ""
        self._joints: list[bytes] = []
        self._columns: list[TextColumn] = []

    def add(self, text: str, column: TextColumn) -> None:
        self._joints.append((self._text + text).encode())
        self._columns.append(column)
        self._text = ""

    def add_all(self, name: str, columns: Mapping[str, TextColumn]) -> None:
        """An object under this name, with a value from each column."""
        self._text += f', "{name}": {{'
        for number, (own, column) in enumerate(columns.items()):
            self.add(f"{', ' if number else ''}{json_text(own)}: ", column)
        self._text += "}"

    def lines(self) -> Iterator[bytes]:
        return lines_of(self._columns, [*self._joints, (self._text + "}\n").encode()])


def _fact_column(one: CheckedInput, codes: Any, values: Sequence[Constant | int]) -> TextColumn:
    kind, whole = one.facts.type.kind, one.facts.type.whole
    return coded_texts(codes, [json_text(written_constant(value, kind, whole, one.decimals)) for value in values])


def _quarantined(ran: Ran) -> JsonObject:
    """The keys of everybody who was set aside, the number of those without a key, and every reason as a code."""
    keys = sorted(row.key for row in ran.refused if row.key)
    problems = [_problem(q.problem) for q in ran.run.quarantined]
    return {
        "people": keys,
        "without_key": len(ran.refused) - len(keys),
        "problems": sorted(problems, key=lambda p: json_line(p)),
    }


def _problem(problem: Problem) -> JsonObject:
    place = {"key": problem.key, "table": problem.table, "row": problem.row, "line": problem.line}
    what = {"column": problem.column, "code": problem.code, "variant": problem.variant}
    return {**place, **what, "params": dict(sorted(problem.params.items()))}


# ── Sums ──────────────────────────────────────────────────────────────────────────────────────────


def _totals(run: Run) -> JsonObject:
    s = run.summary
    groups = {
        level: {key: {name: written(values[name]) for name in sorted(values)} for key, values in sorted(rows.items())}
        for level, rows in sorted(run.groups.items())
    }
    return {
        "counts": counts_of(run),
        "totals": {name: written(amount) for name, amount in sorted(s.totals.items())},
        "read_as_nearest": dict(sorted(s.corrections.items())),
        "tables": [_table(one) for one in run.tables],
        "warnings": sorted(map(_problem, _of_data(run)), key=json_line),
        "columns_not_read": sorted(list(pair) for pair in s.unread),
        "pools": [_pool(pool) for pool in sorted(run.pools, key=lambda p: (p.name, p.group))],
        "honors": [_honor(honor) for honor in sorted(run.honors, key=lambda h: (h.name, h.group))],
        "groups": groups,
    }


def _of_data(run: Run) -> list[Problem]:
    """The warnings about the data, without those about other records in the folder."""
    of_records = ("paid-already", "history-alike")
    return [one for one in run.warnings if isinstance(one, Problem) and one.code not in of_records]


def counts_of(run: Run) -> dict[str, int]:
    s = run.summary
    return {"read": s.read, "paid": s.paid, "quarantined": s.quarantined, "out_of_scope": s.out_of_scope}


def _table(one: TableOutcome) -> JsonObject:
    gone = {"refused": one.refused, "without_owner": one.without_owner, "left_out": one.left_out}
    counts = {"rows": one.rows, "used": one.used, "out_of_scope": one.out_of_scope, **gone, "waiting": one.waiting}
    files = [{"name": file.name, "rows": file.rows, "empty": file.blank} for file in one.files]
    return {"name": one.name, **counts, "files": files}


def _pool(pool: PoolOutcome) -> JsonObject:
    waits = {"waiting": written(pool.waiting)} if pool.waiting else {}
    amount, remainder = (pool.amount, pool.remainder) if pool.known else (None, None)
    money = {"amount": written(amount), "paid": written(pool.paid), "remainder": written(remainder)}
    return {"name": pool.name, "group": pool.group, **money, "members": pool.members, "state": pool.state, **waits}


def _honor(honor: HonorOutcome) -> JsonObject:
    counts = {"eligible": honor.eligible, "places": honor.places, "empty": honor.empty}
    waits: JsonObject = {} if honor.state == "decided" else {"state": honor.state}
    waits |= {"waiting": sorted(honor.waiting)} if honor.waiting else {}
    return {"name": honor.name, "group": honor.group, **counts, "chosen": sorted(honor.chosen), **waits}


# ── Earlier periods ───────────────────────────────────────────────────────────────────────────────


def _history(ran: Ran) -> JsonObject:
    """What the records of earlier periods brought to these people, and the balances of everybody else."""
    history, keys = ran.people.history, {*ran.people.keys}
    # Who is out of scope has no value of this period: that they had one is why `standing` speaks of them.
    results = results_of(ran.run.results)
    there = {key for key, inside in zip(results.keys, results.in_scope.tolist(), strict=True) if inside}
    return {
        "records": [{"period": one.period, "fingerprint": one.fingerprint} for one in history.used],
        "complete": history.complete,
        "rows": {
            table: {key: [_cells(row) for row in rows] for key, rows in sorted(people.items()) if key in keys}
            for table, people in sorted(history.rows.items())
        },
        "carried": {
            name: {key: cell_as_json(value) for key, value in sorted(people.items()) if key in keys}
            for name, people in sorted(history.carried.items())
        },
        "problems": {
            key: [_problem(one) for one in found] for key, found in sorted(history.problems.items()) if key in keys
        },
        "unknown": {
            name: {key: _problem(one) for key, one in sorted(people.items()) if key in keys}
            for name, people in sorted(history.unknown.items())
        },
        "strangers": {name: _problem(one) for name, one in sorted(history.strangers.items())},
        "balances": balances_page(history.balances, there),
        "standing": _standing(ran),
    }


def _standing(ran: Ran) -> dict[str, dict[str, str]]:
    """For people out of scope: carried name → person's key → the input that holds the value they keep.

    People with no earlier balance whose value is still the initial one are left out.
    """
    inputs = [one for one in ran.facts if one.definition.carried_from is not None]
    found: dict[str, dict[str, str]] = {one.definition.carried_from or "": {} for one in inputs}
    pairs = zip(ran.accepted, ran.run.results, strict=True) if inputs else ()
    for row, result in sorted((pair for pair in pairs if not pair[1].in_scope), key=lambda pair: pair[1].key):
        values = ran.facts_of(row)
        for one in inputs:
            source = one.definition.carried_from or ""
            kind, whole = one.facts.type.kind, one.facts.type.whole
            name = RecordedName(kind, whole, one.decimals)
            value = recorded_value(name, written_constant(values.get(one.name), kind, whole, one.decimals))
            had = result.key in ran.people.history.balances.get(source, {})
            if had or not is_first(one.definition, None if value is MISSING else value):
                found[source][result.key] = one.name
    return dict(sorted(found.items()))


def _cells(row: Mapping[str, object]) -> JsonObject:
    return {name: cell_as_json(value) for name, value in sorted(row.items())}
