"""YAML -> a tree of dicts, lists and texts with English keywords; a text stays as it stands in the file."""

from __future__ import annotations

import re
from typing import Any

import yaml

from tests.third.words import BLOCKS, CHOICES, ROOT, ROWS

LINK = re.compile(r"\[[^\]]*\]\(#([^)]*)\)")
Tree = Any


class Unknown(Exception):
    """A construct that this evaluator does not know."""


def read(text: str) -> dict[str, Tree]:
    """The document with English keywords.

    >>> read("格式: 1\\n币种: CNY\\n薪酬: {a: {金额: 1, 类别: 扣款}}")["pay"]
    {'a': {'amount': '1', 'kind': 'deduction'}}
    """
    found = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return _block(found, ROOT)


def _block(tree: dict[str, Tree], anchor: str) -> dict[str, Tree]:
    keys = BLOCKS[anchor]
    return {
        keys[key].english: _value(value, keys[key].kind) if key in keys else value
        for key, value in tree.items()
        if key in keys
    } | {key: value for key, value in tree.items() if key not in keys}


def _value(tree: Tree, kind: str) -> Tree:
    """A value of the kind that the keyword page says."""
    links = LINK.findall(kind)
    if isinstance(tree, str):
        for link in links:
            if link in CHOICES and tree in CHOICES[link]:
                return CHOICES[link][tree]
        return tree
    if isinstance(tree, list):
        return [_value(one, kind.partition("list of ")[2]) for one in tree]
    for start in ("names, each with ", "labels, each with "):
        if kind.removeprefix("`tbd` or ").startswith(start):
            rest = kind.removeprefix("`tbd` or ").removeprefix(start)
            return {key: _value(one, rest) for key, one in tree.items()}
    if "rows" in kind.split():
        return {key: _row(one) for key, one in tree.items()}
    blocks = [link for link in links if link in BLOCKS]
    if len(blocks) > 1:  # an indicator, or a group of them
        blocks = [one for one in blocks if ("parts" in BLOCKS[one]) == any(key in ("parts", "分项") for key in tree)]
    return _block(tree, blocks[0]) if blocks else tree


def _row(tree: Tree) -> Tree:
    """What a row leads to: a result, outputs, or a table for the next key."""
    if not isinstance(tree, dict):
        return tree
    words = BLOCKS[ROWS]
    if any(key in words and words[key].english != "else" for key in tree):
        return {
            words[key].english: _row(value)
            if words[key].english == "else"
            else {edge: _row(one) for edge, one in value.items()}
            for key, value in tree.items()
        }
    return {key: _row(value) for key, value in tree.items()}
