"""A short fingerprint of frozen nouns: equal for equal meaning, on every machine and in every run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache

import attrs

from .numbers import decimal_text


def fingerprint(*things: object) -> str:
    """SHA-256 over what the things mean: fields that take part in equality, sets in sorted order."""
    digest = hashlib.sha256()
    for thing in things:
        digest.update("".join(f"{piece}\0" for piece in _pieces(thing)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _pieces(thing: object) -> Iterable[str]:
    # A stack instead of recursion, so that depth never matters; pieces come out in reading order.
    stack: list[object] = [thing]
    while stack:
        item = stack.pop()
        kind: type = type(item)
        if kind is str:  # most pieces are texts
            yield f"str:{item}"
        elif (fields := _fields(kind)) is not None:
            yield f"{kind.__name__}({len(fields)}"
            stack.extend(getattr(item, name, None) for name in fields)
        elif isinstance(item, Mapping):
            yield f"mapping({len(item)}"
            pairs = sorted(item.items(), key=lambda pair: str(pair[0]), reverse=True)
            stack.extend(part for key, value in pairs for part in (value, key))
        elif isinstance(item, (frozenset, set)):
            yield f"set({len(item)}"
            stack.extend(sorted(item, key=str, reverse=True))
        elif isinstance(item, (tuple, list)):
            yield f"list({len(item)}"
            stack.extend(reversed(item))
        elif isinstance(item, Enum):
            yield f"{type(item).__name__}:{item.value}"
        elif isinstance(item, Decimal):
            yield f"Decimal:{decimal_text(item)}"
        elif item is None or isinstance(item, (bool, int, str, float, Fraction, date)):
            yield f"{type(item).__name__}:{item}"
        else:
            yield type(item).__name__


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    """The names of the fields of a noun that take part in equality, the last one first; None where it is no noun."""
    if not attrs.has(kind):
        return None
    return tuple(field.alias or field.name for field in reversed(attrs.fields(kind)) if field.eq and field.init)
