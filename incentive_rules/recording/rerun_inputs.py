"""Reads everything that is needed to repeat a recorded run: the scheme, the data, and what earlier periods brought."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from attrs import field, frozen

from ..base.problems import Problem
from ..lang.types import Kind
from ..model.data import DataTable
from ..model.record import History, Paid, RecordedName, UsedRecord, recorded_value
from .balances import read_balances
from .canonical_json import BrokenRecord, parse_json
from .json_fields import JsonPart
from .tables import cell_from_json, read_rows
from .verify import Verified


@frozen
class InputTable:
    """A table of data in a record: the bytes of a file with their encoding, or rows that a program handed over."""

    table: str
    name: str
    content: bytes = field(repr=False)
    encoding: str
    rows: DataTable | None = field(default=None, repr=False)


@frozen
class Inputs:
    """The scheme, the data and the history of a recorded run."""

    scheme: bytes
    tables: tuple[InputTable, ...]
    history: History
    paid: Paid | None


def read_inputs(found: Verified) -> Inputs:
    """Reads the inputs of a record; raises `Changed` or `BrokenRecord` if they are not those that were written."""
    m = found.manifest
    tables = []
    for one in m.inputs:
        content = found.read(one.file)
        rows = read_rows(content) if one.encoding is None else None
        tables.append(InputTable(one.table, one.name, content, one.encoding or "", rows))
    page = JsonPart(parse_json(found.read("history.json")), "history.json")
    history, corrects = read_history(page), page.sums("corrects") if "corrects" in page.entries() else m.corrects
    paid = _paid(found, corrects) if m.corrects else None
    return Inputs(found.read(m.scheme_file), tuple(tables), history, paid)


def read_history(page: JsonPart) -> History:
    """The history in a record's `history.json`, which `contents.contents_of` wrote."""
    rows = {
        table: {key: tuple(_cells(one) for one in people.items(key)) for key in people.entries()}
        for table, people in page.parts("rows").items()
    }
    carried = {name: _cells(people) for name, people in page.parts("carried").items()}
    problems = {
        key: tuple(_problem(one) for one in page.part("problems").items(key))
        for key in page.part("problems").entries()
    }
    unknown = {
        name: {key: _problem(one) for key, one in page.part("unknown").parts(name).items()}
        for name in page.part("unknown").entries()
    }
    # A record that was written before there were balances has neither.
    strange = page.parts("strangers") if "strangers" in page.entries() else {}
    strangers = {name: _problem(one) for name, one in strange.items()}
    complete, used = page.flag("complete"), read_used(page)
    return History(rows, carried, problems, unknown, complete, used, read_balances(page), strangers)


def read_used(page: JsonPart) -> tuple[UsedRecord, ...]:
    """The records named in `history.json`: those that the run used."""
    return tuple(UsedRecord(one.sum("fingerprint"), one.text("period")) for one in page.items("records"))


def _cells(part: JsonPart) -> Mapping[str, object]:
    return {name: cell_from_json(value) for name, value in part.entries().items()}


def _problem(one: JsonPart) -> Problem:
    params = {name: value.as_text() for name, value in one.parts("params").items()}
    code, variant, table, key, column = map(one.text, ("code", "variant", "table", "key", "column"))
    row, line = (None if one.part(name).value is None else one.whole(name) for name in ("row", "line"))
    return Problem(code, params, variant, table, row, line, key, column)


def _paid(found: Verified, corrects: tuple[str, ...]) -> Paid:
    """Reads from `paid.jsonl` what had been paid before, which `corrections.correction_files` wrote."""
    parts = [JsonPart(parse_json(line), f"paid.jsonl:{n}") for n, line in enumerate(found.lines("paid.jsonl"), 1)]
    if not parts:
        raise BrokenRecord("paid.jsonl")
    head, *people = parts
    lines = tuple((one.text("name"), one.text("kind")) for one in head.items("lines"))
    amounts: dict[str, Mapping[str, Decimal]] = {}
    known = {name for name, _ in lines}
    for person in people:
        paid = person.parts("lines")
        if not paid.keys() <= known:
            raise BrokenRecord(f"{person.way}.lines")
        amounts[person.text("key")] = {name: _amount(one) for name, one in paid.items()}
    aside = frozenset(one.as_text() for one in head.items("set_aside"))
    return Paid(corrects, lines, amounts, aside)


def _amount(one: JsonPart) -> Decimal:
    try:
        amount = recorded_value(RecordedName(Kind.NUMBER, decimals=1), one.value)
    except (ValueError, ArithmeticError) as error:
        raise BrokenRecord(one.way) from error
    if not isinstance(amount, Decimal):
        raise BrokenRecord(one.way)
    return amount
