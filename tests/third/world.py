"""The rows of the data: read cell by cell, and joined with those that they belong to."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.third.exact import FLAGS, number
from tests.third.reading import Tree, Unknown
from tests.third.scheme import Scheme

RawRow = Mapping[str, Any]
Tables = Mapping[str, Sequence[RawRow]]
# Earlier periods, oldest first: the period and each person's values.
History = Sequence[tuple[str, Mapping[str, Mapping[str, object]]]]


@dataclass(eq=False)
class Row:
    """A row of a level, and its owner at each level above."""

    level: str
    key: str
    cells: dict[str, object] = field(default_factory=dict)
    owners: dict[str, Row] = field(default_factory=dict)

    def up(self, level: str) -> Row:
        if level == self.level:
            return self
        if level not in self.owners:
            raise Unknown(f"a row of {self.level} has no {level}")
        return self.owners[level]


@dataclass
class World:
    """All rows by level, in the order of the data."""

    rows: dict[str, list[Row]]

    @property
    def everyone(self) -> Row:
        return self.rows["everyone"][0]


def build(scheme: Scheme, tables: Tables, history: History = (), only: set[str] | None = None) -> World:
    """The rows of these tables; `only` are the keys of the people who are in scope."""
    world = World({level: [] for level in scheme.owners})
    top = Row("everyone", "")
    world.rows["everyone"].append(top)
    known: dict[str, dict[tuple[str, ...], Row]] = {level: {} for level in scheme.owners}
    listed = set()
    for name, tree in scheme.tree.get("groups", {}).items():
        listed.add(tree["key"])
        for raw in tables.get(name, ()):
            row = Row(tree["key"], _text(raw[tree["key"]]), _cells(scheme, tree["key"], raw), {"everyone": top})
            known[tree["key"]][row.key,] = row
            world.rows[tree["key"]].append(row)

    def owner(level: str, key: str) -> Row:
        if (key,) not in known[level]:
            if level in listed:
                raise Unknown(f"{level} {key} is not in its table")
            known[level][key,] = Row(level, key, {}, {"everyone": top})
            world.rows[level].append(known[level][key,])
        return known[level][key,]

    for raw in tables.get("", ()):
        key = _text(raw[scheme.person_key])
        if only is not None and key not in only:
            continue
        row = Row("person", key, {**_cells(scheme, "person", raw), **_carried(scheme, key, raw, history)})
        row.cells[scheme.person_key] = key
        for level in scheme.owners["person"]:
            _join(row, owner(level, _text(str(row.cells[level]))))
        row.owners["everyone"] = top
        known["person"][key,] = row
        world.rows["person"].append(row)
    for name, tree in scheme.tree.get("details", {}).items():
        if "recorded" in tree and name not in tables:
            _record(scheme, world, name, tree, history)
            continue
        for raw in tables.get(name, ()):
            row = Row(name, "", _cells(scheme, name, raw))
            for level in scheme.owners[name]:
                if level in ("person", *scheme.tree["details"]):
                    found = known[level].get(_key_of(scheme, level, raw))
                else:
                    found = owner(level, _text(raw[level]))
                if found is None and tree.get("without_owner") != "leave_out" and only is None:
                    raise Unknown(f"a row of {name} without an owner")
                if found is not None:
                    _join(row, found)
            if all(level in row.owners for level in scheme.owners[name]):
                row.owners["everyone"] = top
                own = tree.get("key", [])
                keys = [own] if isinstance(own, str) else own
                if keys and all(one in raw for one in keys):
                    known[name][tuple(_text(raw[one]) for one in keys)] = row
                    row.key = " ".join(_text(raw[one]) for one in keys)
                world.rows[name].append(row)
    return world


def _join(row: Row, owner: Row) -> None:
    row.owners[owner.level] = owner
    for level, one in owner.owners.items():
        row.owners.setdefault(level, one)


def _key_of(scheme: Scheme, level: str, raw: RawRow) -> tuple[str, ...]:
    if level == "person":
        return (_text(raw[scheme.person_key]),)
    own = scheme.tree["details"][level]["key"]
    return tuple(_text(raw[one]) for one in ([own] if isinstance(own, str) else own))


# ── Cells ─────────────────────────────────────────────────────────────────────────────────────────


def _text(text: str) -> str:
    return unicodedata.normalize("NFC", str(text).strip())


def _cells(scheme: Scheme, level: str, raw: RawRow) -> dict[str, object]:
    found = {}
    for name, spec in scheme.inputs.get(level, {}).items():
        if name == scheme.person_key or "carried_from" in spec:
            continue
        found[name] = cell(
            raw.get(spec.get("column", name)), spec, scheme.tree.get("data", {}).get("missing_texts", [])
        )
    return found


def cell(raw: Any, spec: dict[str, Tree], missing_texts: Sequence[str]) -> object:
    """The value of a cell, as its input says that it is written."""
    text = "" if raw is None else _text(raw)
    if text == "" or text in [_text(one) for one in spec.get("missing_texts", missing_texts)]:
        return None
    type_ = spec["type"]
    for value, texts in spec.get("texts", {}).items():
        if text in [_text(one) for one in ([texts] if isinstance(texts, str) else texts)]:
            text = value
    if type_ in ("integer", "number", "money"):
        text = text.removesuffix(_text(spec.get("suffix", ""))).strip()
        found = number(text)
        return found / 100 if spec.get("scale") == "percent" and not text.endswith("%") else found
    if type_ == "boolean":
        return FLAGS[text]
    if type_ in ("date", "time"):
        return _day(text, type_, spec.get("written", ""))
    return text


def _day(text: str, type_: str, written: str) -> date | datetime:
    if not written:
        return date.fromisoformat(text) if type_ == "date" else datetime.fromisoformat(text)
    parts = {
        part: int(text[written.index(part) : written.index(part) + len(part)])
        for part in ("YYYY", "MM", "DD", "hh", "mm")
        if part in written
    }
    found = datetime(parts["YYYY"], parts["MM"], parts["DD"], parts.get("hh", 0), parts.get("mm", 0))
    return found.date() if type_ == "date" else found


# ── Earlier periods ───────────────────────────────────────────────────────────────────────────────


def _carried(scheme: Scheme, key: str, raw: RawRow, history: History) -> dict[str, object]:
    found = {}
    for name, spec in scheme.inputs["person"].items():
        if "carried_from" not in spec:
            continue
        if history and key in history[-1][1]:
            found[name] = history[-1][1][key][spec["carried_from"]]
        elif spec.get("column", name) in raw:
            found[name] = cell(
                raw[spec.get("column", name)], spec, scheme.tree.get("data", {}).get("missing_texts", [])
            )
        else:
            first = spec.get("first", "missing")
            found[name] = cell(None if first in ("missing", "缺失") else first, spec, [])
    return found


def _record(scheme: Scheme, world: World, name: str, tree: dict[str, Tree], history: History) -> None:
    """The rows of a recorded table: of each person the earlier periods of the year, and the one that is run."""
    from tests.third.exact import Span

    starts = scheme.tree.get("year_starts", "01-01")
    for person in world.rows["person"]:
        for period, values in history:
            if Span(period, starts).year_starts == scheme.period.year_starts and person.key in values:
                cells = {local: values[person.key][source] for local, source in tree["recorded"].items()}
                world.rows[name].append(Row(name, period, cells, {"person": person, **person.owners}))
        world.rows[name].append(Row(name, "now", {}, {"person": person, **person.owners}))
