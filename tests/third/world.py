"""The rows of the data: read cell by cell, and joined with those that they belong to."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.third.exact import FLAGS, MISSING, constant, number
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
    given: dict[str, object] = field(default_factory=dict)

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


def build(
    scheme: Scheme, tables: Tables, history: History = (), only: set[str] | None = None, given: bool = False
) -> World:
    """The rows of these tables; `only` are the keys of the people who are in scope.

    `given` are the facts of an example: a column that is called like a name, and is none of the data, says its value.
    """
    named = tables if given else {name: [renamed(scheme, name, raw) for raw in rows] for name, rows in tables.items()}
    maker = _Maker(scheme, made_of_rows_below(scheme, named), history, only, given)
    maker.groups()
    maker.people()
    for name in top_down(scheme):
        maker.details(name, scheme.tree["details"][name])
    return maker.world


def renamed(scheme: Scheme, table: str, raw: RawRow) -> RawRow:
    """A row with names in place of headings: of its own inputs, and of every key."""
    level = scheme.spelled.get(table, "person")
    keys = {scheme.person_key, *scheme.owners}
    keys |= {key for name in scheme.tree.get("details", {}) for key in keys_of(scheme, name)}
    specs = {name: spec for inputs in scheme.inputs.values() for name, spec in inputs.items() if name in keys}
    for tree in scheme.tree.get("groups", {}).values():
        specs |= {key: spec for key, spec in (tree.get("inputs") or {}).items() if key == tree["key"]}
    names = {spec.get("column", name): name for name, spec in {**specs, **scheme.inputs.get(level, {})}.items()}
    gone = scheme.tree.get("data", {}).get("missing_texts", [])
    found = {names.get(heading, heading): said for heading, said in raw.items()}
    return {name: None if name in keys and said in gone else said for name, said in found.items()}


def top_down(scheme: Scheme) -> list[str]:
    """The detail tables, each after those that its rows belong to."""
    found: list[str] = []
    waiting = list(scheme.tree.get("details", {}))
    while waiting:
        ready = [name for name in waiting if not set(scheme.owners[name]) & set(waiting)]
        found += ready
        waiting = [name for name in waiting if name not in ready]
    return found


def made_of_rows_below(scheme: Scheme, tables: Tables) -> dict[str, Sequence[RawRow]]:
    """The tables, with those that have no file and are made from the keys in the rows below them."""
    found = dict(tables)
    levels = [(name, keys_of(scheme, name)) for name in reversed(top_down(scheme))] + [("person", [scheme.person_key])]
    for level, keys in levels:
        name = "" if level == "person" else level
        below = [one for one, owners in scheme.owners.items() if level in owners and one in found]
        if name in found or not below or not keys:
            continue
        owners = {key for owner in scheme.owners[level] for key in columns_of(scheme, owner)}
        rows = {}
        for raw in (raw for one in below for raw in found[one] if all(raw.get(key) for key in keys)):
            rows[tuple(raw[key] for key in keys)] = {key: raw[key] for key in raw if key in keys or key in owners}
        found[name] = list(rows.values())
    return found


def keys_of(scheme: Scheme, level: str) -> list[str]:
    if level == "person":
        return [scheme.person_key]
    own = scheme.tree["details"][level].get("key", [])
    return [own] if isinstance(own, str) else own


def columns_of(scheme: Scheme, level: str) -> list[str]:
    """The columns in which a row says to which row of a level it belongs."""
    return keys_of(scheme, level) if level in ("person", *scheme.tree.get("details", {})) else [level]


class _Maker:
    """Makes the rows of one world."""

    def __init__(self, scheme: Scheme, tables: Tables, history: History, only: set[str] | None, given: bool) -> None:
        self.scheme, self.tables, self.history, self.only, self.given = scheme, tables, history, only, given
        self.world = World({level: [] for level in scheme.owners})
        self.top = Row("everyone", "")
        self.world.rows["everyone"].append(self.top)
        self.left: set[tuple[str, tuple[Any, ...]]] = set()
        self.known: dict[str, dict[tuple[str, ...], Row]] = {level: {} for level in scheme.owners}
        self.listed = {tree["key"] for name, tree in scheme.tree.get("groups", {}).items() if name in tables}

    def groups(self) -> None:
        for name, tree in self.scheme.tree.get("groups", {}).items():
            for raw in self.tables.get(name, ()):
                self._group(tree["key"], text(raw[tree["key"]]), cells(self.scheme, tree["key"], raw, self.given))

    def _group(self, level: str, key: str, cells: dict[str, object]) -> Row:
        row = Row(level, key, cells, {"everyone": self.top})
        self.known[level][key,] = row
        self.world.rows[level].append(row)
        return row

    def _owner(self, level: str, key: str) -> Row:
        if (key,) in self.known[level]:
            return self.known[level][key,]
        if level in self.listed:
            raise Unknown(f"{level} {key} is not in its table")
        return self._group(level, key, {})

    def people(self) -> None:
        for raw in self.tables.get("", ()):
            key = text(raw[self.scheme.person_key])
            if self.only is not None and key not in self.only:
                continue
            found = cells(self.scheme, "person", raw, self.given)
            carried = _carried(self.scheme, key, raw, self.history)
            found |= {name: value for name, value in carried.items() if name not in raw or not self.given}
            row = Row("person", key, found, given=self._given("person", raw))
            row.cells[self.scheme.person_key] = key
            for level in self.scheme.owners["person"]:
                _join(row, self._owner(level, text(str(row.cells[level]))))
            row.owners["everyone"] = self.top
            self.known["person"][key,] = row
            self.world.rows["person"].append(row)

    def details(self, name: str, tree: dict[str, Tree]) -> None:
        for raw in self.tables.get(name, ()):
            row = Row(name, "", cells(self.scheme, name, raw, self.given), given=self._given(name, raw))
            row.cells.update((local, constant(str(raw[local]))) for local in tree.get("recorded", {}) if local in raw)
            for level in self.scheme.owners[name]:
                owner = self._owner_of(level, raw)
                if owner is not None:
                    _join(row, owner)
                elif tree.get("without_owner") != "leave_out" and self.only is None and not self._left_out(level, raw):
                    raise Unknown(f"a row of {name} without an owner")
            if all(level in row.owners for level in self.scheme.owners[name]):
                self._keep(row, raw)
            else:
                self.left.add((name, tuple(raw.get(key) for key in keys_of(self.scheme, name))))
        if "recorded" in tree:
            _record(self.scheme, self.world, name, tree, self.history)

    def _left_out(self, level: str, raw: RawRow) -> bool:
        """Whether the owner of a row is there, and was left out itself."""
        return level != "person" and (level, tuple(raw.get(key) for key in keys_of(self.scheme, level))) in self.left

    def _owner_of(self, level: str, raw: RawRow) -> Row | None:
        if level in ("person", *self.scheme.tree.get("details", {})):
            return self.known[level].get(tuple(text(raw.get(key)) for key in keys_of(self.scheme, level)))
        return self._owner(level, text(raw[level]))

    def _keep(self, row: Row, raw: RawRow) -> None:
        row.owners["everyone"] = self.top
        keys = keys_of(self.scheme, row.level)
        if keys and all(one in raw for one in keys):
            key = tuple(text(raw[one]) for one in keys)
            self.known[row.level][key] = row
            row.key = " ".join(key)
        self.world.rows[row.level].append(row)

    def _given(self, level: str, raw: RawRow) -> dict[str, object]:
        if not self.given:
            return {}
        data = {*self.scheme.inputs.get(level, {}), *self.scheme.spelled}
        return {
            name: constant(str(said)) for name, said in raw.items() if name in self.scheme.names and name not in data
        }


def _join(row: Row, owner: Row) -> None:
    row.owners[owner.level] = owner
    for level, one in owner.owners.items():
        row.owners.setdefault(level, one)


# ── Cells ─────────────────────────────────────────────────────────────────────────────────────────


def text(raw: object) -> str:
    return unicodedata.normalize("NFC", str(raw).strip())


def cells(scheme: Scheme, level: str, raw: RawRow, plain: bool = False) -> dict[str, object]:
    """The cells of a row; `plain` facts, those of an example, stand under their names, written as in a scheme."""
    found = {}
    for name, spec in scheme.inputs.get(level, {}).items():
        if plain:
            said = raw.get(name)
            found[name] = cell(None if said in MISSING else said, {"type": spec["type"]}, [])
        elif name != scheme.person_key and "carried_from" not in spec:
            texts = scheme.tree.get("data", {}).get("missing_texts", [])
            found[name] = cell(raw.get(name), spec, texts)
    return found


def cell(raw: Any, spec: dict[str, Tree], missing_texts: Sequence[str]) -> object:
    """The value of a cell, as its input says that it is written."""
    said = "" if raw is None else text(raw)
    if said == "" or said in [text(one) for one in spec.get("missing_texts", missing_texts)]:
        return None
    type_ = spec["type"]
    for value, texts in spec.get("texts", {}).items():
        if said in [text(one) for one in ([texts] if isinstance(texts, str) else texts)]:
            said = value
    if type_ in ("integer", "number", "money"):
        said = said.removesuffix(text(spec.get("suffix", ""))).strip()
        found = number(said)
        return found / 100 if spec.get("scale") == "percent" and not said.endswith("%") else found
    if type_ == "boolean":
        return FLAGS[said]
    if type_ in ("date", "time"):
        return _day(said, type_, spec.get("written", ""))
    return said


def wrong(value: Any, spec: dict[str, Tree]) -> str:
    """What is wrong with the value of a cell, "" where nothing is."""
    if value is None:
        return "" if FLAGS.get(spec.get("can_be_missing", ""), False) else "missing"
    if spec["type"] == "category" and "one_of" in spec and value not in map(text, spec["one_of"]):
        return "no such word"
    if spec["type"] in ("integer", "number", "money"):
        places = "0" if spec["type"] == "integer" else spec.get("decimals")
        if places is not None and "scale" not in spec and value * 10 ** int(places) % 1:
            return "too many decimals"
    if "range" in spec and spec["type"] in ("integer", "number", "money", "date"):
        low, high = (constant(one) for one in spec["range"])
        # An end that names a constant of a member is not known here: it is left to the library's own tests.
        below, above = not isinstance(low, str) and value < low, not isinstance(high, str) and value > high
        return "out of its range" if below or above else ""
    return ""


def _day(said: str, type_: str, written: str) -> date | datetime:
    if not written:
        return date.fromisoformat(said) if type_ == "date" else datetime.fromisoformat(said)
    parts = {
        part: int(said[written.index(part) : written.index(part) + len(part)])
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
        elif name in raw:
            found[name] = cell(raw[name], spec, scheme.tree.get("data", {}).get("missing_texts", []))
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
