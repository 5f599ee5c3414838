"""The sections of a document, in the order in which they are read; each adds to the scheme."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.third.exact import FLAGS, constant, number
from tests.third.formulas import Node
from tests.third.measures import indicators, quantity
from tests.third.reading import Tree, Unknown
from tests.third.rewards import entitlements, grades, honors, pay
from tests.third.scheme import Name, Scheme
from tests.third.tables import Table
from tests.third.words import TABLE_WORDS


def in_force(scheme: Scheme, dated: dict[str, Tree]) -> Tree:
    """Of values by their first day, the one of the period's first day."""
    day = max(day for day in dated if date.fromisoformat(day) <= scheme.period.first)
    return dated[day]


# ── Rows ──────────────────────────────────────────────────────────────────────────────────────────


def people(scheme: Scheme) -> None:
    scheme.owners = {"everyone": [], "person": []}
    _inputs(scheme, "person", scheme.tree["inputs"])
    for name, spec in scheme.tree["inputs"].items():
        if spec["type"] == "key" and not scheme.person_key:
            scheme.person_key = name
            scheme.spelled[name] = "person"
        elif spec["type"] in ("category", "key") and not FLAGS.get(spec.get("can_be_missing", ""), False):
            _group_level(scheme, name)
            scheme.owners["person"].append(name)


def _group_level(scheme: Scheme, key: str) -> None:
    scheme.owners.setdefault(key, ["everyone"])
    scheme.spelled[key] = key


def _inputs(scheme: Scheme, level: str, inputs: dict[str, Tree]) -> None:
    scheme.inputs.setdefault(level, {}).update(inputs)
    for name, spec in inputs.items():
        scheme.define(Name(name, "input", level=level, money=spec["type"] == "money"))


def groups(scheme: Scheme) -> None:
    for name, tree in scheme.tree.get("groups", {}).items():
        key = tree["key"]
        _group_level(scheme, key)
        scheme.spelled[name] = key
        inputs = {one: spec for one, spec in (tree.get("inputs") or {}).items() if one != key}
        _inputs(scheme, key, inputs)
        if key not in scheme.names:
            scheme.define(Name(key, "key", level=key))


def details(scheme: Scheme) -> None:
    waiting = dict(scheme.tree.get("details", {}))
    for name in waiting:
        scheme.spelled[name] = name
    for name, tree in waiting.items():
        belongs = tree["belongs_to"]
        owners = []
        for one in [belongs] if isinstance(belongs, str) else belongs:
            if one not in scheme.spelled:
                _group_level(scheme, one)
                scheme.define(Name(one, "key", level=one))
            owners.append(scheme.spelled[one])
        scheme.owners[name] = owners
        keys = {one: spec for one, spec in (tree.get("inputs") or {}).items() if one not in scheme.names}
        _inputs(scheme, name, keys)
        for local, source in tree.get("recorded", {}).items():
            scheme.define(Name(local, "recorded", {"source": source}, level=name, money=("name", source)))


# ── Constants ─────────────────────────────────────────────────────────────────────────────────────


def parameters(scheme: Scheme) -> None:
    days = {"period_first_day": scheme.period.first, "period_last_day": scheme.period.last}
    for name, value in {**days, "period_days": number(str(scheme.period.days))}.items():
        scheme.define(Name(name, "constant", {"value": value}, level="everyone"))
    for name, tree in scheme.tree.get("parameters", {}).items():
        said = tree if isinstance(tree, dict) else {"is": tree}
        text = in_force(scheme, said["dated"]) if "dated" in said else said["is"]
        value = text if said.get("type") == "category" else constant(text)
        if name in days or name == "period_days":
            del scheme.names[name]
        scheme.define(Name(name, "constant", {"value": value}, level="everyone", money=said.get("type") == "money"))


def functions(scheme: Scheme) -> None:
    for name, tree in scheme.tree.get("functions", {}).items():
        takes = tree["takes"]
        scheme.functions[name] = ([takes] if isinstance(takes, str) else takes, tree["is"])


def tables(scheme: Scheme) -> None:
    for name, tree in scheme.tree.get("tables", {}).items():
        body = in_force(scheme, tree["dated"]) if "dated" in tree else tree
        words = {word: body[word] for word in (*TABLE_WORDS, "else") if word in body}
        scheme.tables[name] = Table(words, len(tree.get("keys", ["x"])), tree.get("type", ""))


# ── Repeated blocks ───────────────────────────────────────────────────────────────────────────────


def repeat(scheme: Scheme) -> None:
    for name, tree in scheme.tree.get("repeat", {}).items():
        blocks = {key: tree.get(key) or {} for key in ("inputs", "quantities", "indicators")}
        local = [one for block in blocks.values() for one in block]
        scheme.families[name] = []
        for member, constants in tree["members"].items():
            names: dict[str, Node] = {one: ("name", f"{member}_{one}") for one in local}
            names.update({one: ("constant", constant(text)) for one, text in constants.items()})
            scheme.families[name].append(names)
            filled = {f"{member}_{one}": _filled(spec, constants) for one, spec in blocks["inputs"].items()}
            _inputs(scheme, "person", filled)
            for one, said in blocks["quantities"].items():
                quantity(scheme, f"{member}_{one}", said, names=names)
            tops = {f"{member}_{one}": said for one, said in blocks["indicators"].items()}
            indicators(scheme, tops, names)


def _filled(spec: dict[str, Tree], constants: dict[str, str]) -> dict[str, Tree]:
    """An input of a member: its constants stand in the braces of a heading."""
    found = dict(spec)
    for key in ("column", "title"):
        for name, text in constants.items():
            if key in found:
                found[key] = found[key].replace(f"{{{name}}}", text)
    return found


# ── The rest ──────────────────────────────────────────────────────────────────────────────────────


def selections(scheme: Scheme) -> None:
    for name, tree in scheme.tree.get("selections", {}).items():
        scheme.selections[name] = (tree["over"], scheme.node(tree["where"]))


def quantities(scheme: Scheme) -> None:
    for name, tree in scheme.tree.get("quantities", {}).items():
        quantity(scheme, name, tree)
    for block, level_of in (("groups", lambda tree: tree["key"]), ("details", lambda tree: "")):
        for table, tree in scheme.tree.get(block, {}).items():
            for name, said in (tree.get("quantities") or {}).items():
                quantity(scheme, name, said, level_of(tree) or table)


def measures(scheme: Scheme) -> None:
    indicators(scheme, scheme.tree.get("indicators", {}), {}, whole=True)


def rules(scheme: Scheme) -> None:
    scheme.require = [scheme.node(text) for text in scheme.tree.get("require", [])]
    if "applies_to" in scheme.tree:
        scheme.applies_to = scheme.node(scheme.tree["applies_to"])


def nothing_open(scheme: Scheme) -> None:
    def walk(tree: Any) -> None:
        if tree in ("tbd", "待定"):
            raise Unknown("a hole of a draft")
        for one in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
            walk(one)

    walk({key: value for key, value in scheme.tree.items() if key not in ("examples", "people")})


SECTIONS = (
    nothing_open,
    people,
    groups,
    details,
    parameters,
    functions,
    tables,
    repeat,
    selections,
    quantities,
    measures,
    grades,
    honors,
    pay,
    entitlements,
    rules,
)
