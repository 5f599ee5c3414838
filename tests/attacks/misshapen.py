"""Documents with wrong shapes at random places: trees over the table of keywords, and sound documents spoilt.

A tree is made of dicts, lists and scalars; `Plain` and `Quoted` texts are written as they say.

    text = misshapen(Random(7), sources())
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

import yaml

from incentive_rules.base.codes import CODES
from incentive_rules.lang.keywords import (
    BLOCKS,
    OPEN_BLOCKS,
    ByForm,
    ByKey,
    Entries,
    Fields,
    Form,
    Items,
    OneOf,
    Reads,
    TableRows,
    TextAs,
    example_of,
)
from tests.errors.fragments import complete
from tests.random_schemes.documents import random_document
from tests.shared_data import ROOT

NAMES = ("a", "b", "team", "who", "jobs", "x", "总额", "everyone", "person", "q_1", "rows", "grade", "total", "member")
FORMULAS = (
    "a + b", "sum(x, over=rows)", "t(a)", "t(a, b)", "a if b > 1 else 2", "value * 2", "100", "a > 1", "known(x)",
    "rate", "部门", "rank(a, within=team)", "sum(q_1, within=everyone)", "person", "a / b", "missing", "t(a, give=b)",
    "best(x, by=a)", "0 <= a <= b",
)  # fmt: skip
CONSTANTS = (
    "0", "1", "-3", "12.5%", "0.5", "1/3", "true", "missing", "2026-01-01", "2026-02-30", "12:30", "甲", "9" * 40,
    "1e5", "１", "",
)  # fmt: skip
STRANGE = (
    {}, [], "tbd", "待定", "", "~", "everyone", "4", "-1", "0", "missing", "2026-01-01", "a", "a.b", "a b", "x > 1",
    "value", "true", "a" * 300, "100%", "[", [[]], [{}], {"": ""}, {"a": {}}, {"a": []}, {"a": "tbd"}, {"else": "0"},
    {"from": "4"}, {"from": {}}, {"equals": {"a": "1"}}, {"points": {"0": "0"}}, {"2026-01-01": "1"}, ["tbd"],
    {"2026-01-01": {}}, ["a", ["b"]], {"is": "tbd"}, {"tbd": "tbd"}, {"share": "5%"}, [{"a": "b"}, "c"], {"of": "a"},
    {"from": {"0": {"from": {"1": "2"}}}}, {"dated": {}},
)  # fmt: skip
FAST = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_SAFE = re.compile(r"[\w%./+*()<>=?-]+(?: [\w%./+*()<>=?-]+)*", re.ASCII)


# ── Trees written as text ─────────────────────────────────────────────────────────────────────────


def written(tree: Any) -> str:
    """A tree as YAML, its sections on lines of their own."""
    if not isinstance(tree, dict) or not tree:
        return _flow(tree) + "\n"
    return "".join(f"{_scalar(key)}: {_flow(value)}\n" for key, value in tree.items())


def _flow(tree: Any) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_flow, tree)) + "]"
    return _scalar(tree)


def _scalar(text: str) -> str:
    plain = text.isidentifier() or (_SAFE.fullmatch(text) and text[0] not in "-?%*" and not text.startswith(("=", ">")))
    number = re.fullmatch(r"-[0-9.]+%?", text)
    return text if plain or number else json.dumps(text, ensure_ascii=False)


# ── Where trees come from ─────────────────────────────────────────────────────────────────────────


@cache
def sources() -> tuple[Any, ...]:
    """The trees of sound documents: the shipped schemes, what is right in the examples of codes, and random schemes."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "schemes").glob("*.yaml"))]
    texts += [complete(code.right) for code in CODES.values() if code.right]
    texts += [random_document(Random(seed), history=seed % 4 == 0).written()[0] for seed in range(30)]
    found = []
    for text in texts:
        try:
            tree = yaml.load(text, FAST)
        except yaml.YAMLError:
            continue
        if isinstance(tree, dict) and all(isinstance(key, str) for key in tree):
            found.append(tree)
    return tuple(found)


def drawn(rng: Random, language: str) -> Any:
    """A tree drawn over the table of keywords: every field of the scheme now and then, whatever it holds."""
    first = "格式" if language == "zh" else "format"
    tree = {first: "1", **_fields(rng, "scheme", language, 0.3, 0)}
    tree[first] = "1"
    return tree


def _fields(rng: Random, block: str, language: str, share: float, depth: int) -> dict[str, Any]:
    found = {
        one.spelling(language): _value(rng, one.form, language, depth + 1, example_of(one, language))
        for one in BLOCKS[block].fields
        if rng.random() < (0.9 if one.required else share)
    }
    if block in OPEN_BLOCKS:
        found.update({rng.choice(NAMES): rng.choice(CONSTANTS) for _ in range(rng.randint(0, 2))})
    return found


def _value(rng: Random, form: Form | None, language: str, depth: int, example: str = "") -> Any:
    if depth > 9 or rng.random() < 0.05:
        return deepcopy(rng.choice(STRANGE))
    if example and rng.random() < 0.3:
        try:
            return _texts(yaml.load(example.replace("…", "a"), yaml.BaseLoader))
        except yaml.YAMLError:
            return example
    match form:
        case Fields(block=block):
            return _fields(rng, block, language, 0.35, depth)
        case Items(of=of, exactly=exactly):
            count = exactly or rng.randint(0, 3)
            return [_value(rng, of, language, depth + 1) for _ in range(count)]
        case Entries(of=of):
            keys = [rng.choice((*NAMES, *CONSTANTS)) for _ in range(rng.randint(0, 3))]
            return {key: _value(rng, of, language, depth + 1) for key in keys}
        case TableRows():
            return {rng.choice((*CONSTANTS, "a")): _row(rng, language, depth) for _ in range(rng.randint(0, 4))}
        case OneOf(choice=choice):
            return rng.choice(choice.words).spelling(language)
        case ByForm(text=text, mapping=mapping, items=items):
            return _value(rng, rng.choice([one for one in (text, mapping, items) if one is not None]), language, depth)
        case ByKey(then=then, otherwise=otherwise):
            return _value(rng, rng.choice((then, otherwise)), language, depth)
        case TextAs(reads=Reads.FORMULA):
            return rng.choice(FORMULAS)
        case TextAs(reads=Reads.NAME):
            return rng.choice(NAMES)
        case TextAs(reads=Reads.DATE):
            return rng.choice(("2026-01-01", "2026-12-31", "2026-13-01", "tbd"))
    return rng.choice((*CONSTANTS, *NAMES))


def _row(rng: Random, language: str, depth: int) -> Any:
    if rng.random() < 0.6:
        return rng.choice(CONSTANTS)
    if rng.random() < 0.7:
        return _fields(rng, "table_in_place", language, 0.25, depth)
    return _value(rng, TableRows(), language, depth + 1)


def _texts(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {str(key): _texts(value) for key, value in tree.items()}
    return [_texts(one) for one in tree] if isinstance(tree, list) else str(tree)


# ── Sound trees spoilt ────────────────────────────────────────────────────────────────────────────


def misshapen(rng: Random, trees: Sequence[Any]) -> str:
    """One document: a tree that was drawn, or one of `trees`, with some of its nodes spoilt."""
    if rng.random() < 0.1:
        tree = drawn(rng, rng.choice(("en", "zh")))
    else:
        tree = deepcopy(min(rng.choice(trees), rng.choice(trees), key=lambda one: len(str(one))))
    for _ in range(rng.choice((1, 1, 1, 1, 2, 3))):
        spoil(rng, tree, trees)
    return written(tree)


def spoil(rng: Random, tree: Any, trees: Sequence[Any]) -> None:
    """Do one small thing to a node of `tree`, in place: to its value, its key, or its neighbours."""
    nodes = list(_nodes(tree))
    if not nodes:
        return
    parent, key = rng.choice(nodes)
    value = parent[key]
    what = rng.random()
    if what < 0.4:
        parent[key] = deepcopy(rng.choice(STRANGE))
    elif what < 0.5:
        other = list(_nodes(tree if rng.random() < 0.6 else rng.choice(trees)))
        if other:
            theirs, name = rng.choice(other)
            parent[key] = deepcopy(theirs[name])
    elif what < 0.58:
        del parent[key]
    elif what < 0.66:
        parent[key] = [value] if rng.random() < 0.5 else {rng.choice(("a", "is", "of", "from", "else")): value}
    elif what < 0.74 and isinstance(value, (dict, list)):
        inside = list(value.values()) if isinstance(value, dict) else value
        parent[key] = inside[0] if inside else ""
    elif what < 0.86 and isinstance(parent, dict):
        _renamed(parent, key, rng.choice((*_keywords(), *NAMES, *CONSTANTS, "else", "from", "其余")))
    elif what < 0.93 and isinstance(parent, dict):
        parent[rng.choice(_keywords())] = deepcopy(rng.choice(STRANGE))
    elif isinstance(value, str):
        parent[key] = rng.choice((*FORMULAS, *CONSTANTS, *NAMES))
    else:
        value.clear()


def _nodes(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every node below the root, as its parent and its key there."""
    waiting = [tree]
    while waiting:
        top = waiting.pop()
        for key in list(top) if isinstance(top, dict) else range(len(top)):
            yield top, key
            if isinstance(top[key], (dict, list)):
                waiting.append(top[key])


def _renamed(parent: dict[str, Any], key: str, new: str) -> None:
    items = [(new if k == key else k, v) for k, v in parent.items()]
    parent.clear()
    parent.update(items)


_WORDS: list[str] = []


def _keywords() -> Sequence[str]:
    if not _WORDS:
        _WORDS.extend(sorted({w for block in BLOCKS.values() for one in block.fields for w in (one.key, one.chinese)}))
    return _WORDS
