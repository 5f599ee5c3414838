"""A document with English keywords written anew with Chinese ones, by the table of keywords; names stay as they are."""

from __future__ import annotations

import re
from typing import Any

import yaml

from incentive_rules.lang.keywords import BLOCKS, ByForm, ByKey, Entries, Fields, Form, Items, OneOf, TableRows, TextAs
from incentive_rules.lang.keywords.entry import Reads
from incentive_rules.lang.keywords.words import BETTER, NEAR
from tests.attacks.misshapen import written

# What a document with Chinese keywords calls the results that it defines without saying so.
OURS = {"total": "总分", "grade": "等级", "earnings": "应发", "deductions": "扣款", "net": "实发",
        "employer_cost": "单位承担", "everyone": "全体", "others": "其他人"}  # fmt: skip
_WORD = re.compile(r"\b[a-z_]+\b(?!\s*[=(])")


def in_chinese(text: str) -> str | None:
    """The document with Chinese keywords; None where it cannot be read as YAML, or holds what a tree does not show."""
    try:
        tree = yaml.load(text, yaml.BaseLoader)
    except yaml.YAMLError:
        return None
    if not isinstance(tree, dict) or "format" not in tree:
        return None
    found = _value(tree, Fields("scheme"))
    return written({"格式": found.pop("格式"), **found})


def _value(node: Any, form: Form | None) -> Any:
    if isinstance(node, str):
        return _text(node, form.text if isinstance(form, ByForm) else form)
    match form:
        case ByForm(mapping=mapping, items=items):
            return _value(node, mapping if isinstance(node, dict) else items)
        case ByKey(key=key, then=then, otherwise=otherwise) if isinstance(node, dict):
            return _value(node, then if key in node else otherwise)
        case Fields(block=block) if isinstance(node, dict):
            found = {}
            for key, value in node.items():
                one = BLOCKS[block].by_key.get(key)
                found[one.chinese if one else _names(key)] = _value(value, one.form if one else None)
            return found
        case TableRows() if isinstance(node, dict):
            keys = BLOCKS["table_in_place"].by_key
            first = next(iter(node), "")
            if first in keys:
                return _value(node, Fields("table_in_place"))
            return {_names(key): _value(value, form) for key, value in node.items()}
        case Entries(of=of) if isinstance(node, dict):
            return {_names(key): _value(value, of) for key, value in node.items()}
        case Items(of=of) if isinstance(node, list):
            return [_value(one, of) for one in node]
    if isinstance(node, dict):
        return {key: _value(value, None) for key, value in node.items()}
    return [_value(one, None) for one in node] if isinstance(node, list) else node


def _text(text: str, form: Form | None) -> str:
    if isinstance(form, OneOf):
        word = form.choice.find(text)
        return word.chinese if word else text
    if form == TextAs(Reads.BETTER):
        word = BETTER.find(text)
        return word.chinese if word else text.replace(*NEAR)
    if form in (TextAs(Reads.FORMULA), TextAs(Reads.NAME)):
        return _names(text)
    return text


def _names(text: str) -> str:
    parts = re.split(r"(\"[^\"]*\")", text)  # what is quoted is a word of the data
    return "".join(p if p.startswith('"') else _WORD.sub(lambda m: OURS.get(m[0], m[0]), p) for p in parts)
