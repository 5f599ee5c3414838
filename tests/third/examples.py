"""The examples of a scheme, worked out and held against what they expect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from tests.third.evaluate import Court
from tests.third.exact import FLAGS, MISSING, number
from tests.third.reading import Tree, read
from tests.third.scheme import scheme
from tests.third.world import build

Facts = dict[str, Tree]


def failing(text: str) -> Iterator[str]:
    """What comes out otherwise than the examples of a scheme say, in words; nothing where all is as expected."""
    tree = read(text)
    for example in tree.get("examples", []):
        for whose, name, expected, value in outcomes(text, tree, example):
            if not means(expected, value):
                yield f"{example['name']}: {whose} {name} is {value!r}, expected {expected}"


def outcomes(text: str, tree: Tree, example: Tree) -> Iterator[tuple[str, str, str, Any]]:
    """Of each expectation whose it is, its name, what is expected and what comes out."""
    sample = tree.get("people", {})
    if "people" in example:
        facts = {key: _facts(sample, said) for key, said in example["people"].items()}
        groups = example.get("given", {})
        wanted = example["expect"]
    else:
        facts, groups = {"": _facts(sample, example)}, {}
        wanted = {"": example["expect"]}
    read_ = scheme(text, example["period"])
    court = Court(read_, build(read_, _tables(tree, facts, groups), given=True))
    if "people" in example:  # what others decide is given to one person alone
        for row in court.world.rows["person"]:
            row.given.clear()
    rows = {row.key: row for row in court.world.rows["person"]}
    for whose, names in wanted.items():
        for name, expected in names.items():
            yield whose, name, expected, court.look(name, rows[whose])


def means(expected: str, value: Any) -> bool:
    """Whether a text of an example is this value."""
    if value is None or expected in MISSING:
        return value is None and expected in MISSING
    if isinstance(value, bool):
        return FLAGS.get(expected) is value
    if isinstance(value, Fraction):
        return number(expected) == value
    return expected == (value.isoformat() if isinstance(value, date) else value)


def _facts(sample: dict[str, Facts], said: Tree) -> Facts:
    facts = dict(said["given"]) if "given" in said else dict(sample[said["person"]])
    return {**facts, **said.get("but", {})}


def _tables(tree: Tree, facts: dict[str, Facts], groups: Facts) -> dict[str, list[dict[str, Any]]]:
    key = next(name for name, spec in tree["inputs"].items() if spec["type"] == "key")
    tables: dict[str, list[dict[str, Any]]] = {"": [], **{name: list(rows) for name, rows in groups.items()}}
    for person, said in facts.items():
        tables[""].append({**{name: one for name, one in said.items() if not isinstance(one, list)}, key: person})
        for name, rows in said.items():
            for row in rows if isinstance(rows, list) else ():
                times = int(row.get("times", row.get("份数", "1")))
                one = {column: cell for column, cell in row.items() if column not in ("times", "份数")}
                tables.setdefault(name, []).extend([{**one, key: person}] * times)
    return tables
