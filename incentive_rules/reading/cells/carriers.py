"""Converts a raw cell of any library's type to a built-in object: the first step of reading a cell.

Libraries of numbers and frames are known by the shape of their objects, so that none is imported.
"""

from __future__ import annotations

import math
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from ...model.data import Foreign, Lost

_NULL_TYPES = frozenset({"NaTType", "NAType"})


@frozen(eq=False)
class Alien:
    """A value of a type that is never read: `raw` as it was handed over."""

    raw: object


def plain(raw: object) -> object:
    """`raw` as an exact built-in object; None if it means that nothing is there."""
    kind = type(raw)
    if raw is None or kind in (str, int, bool, Fraction):
        return raw
    if kind is float:
        return None if math.isnan(raw) else raw  # type: ignore[arg-type]
    if kind is Decimal:
        return None if raw.is_qnan() else raw  # type: ignore[attr-defined]
    if kind.__name__ in _NULL_TYPES:
        return None
    if isinstance(raw, Foreign):
        return raw if raw.alien else Lost(float(str(raw.value))) if raw.narrow else raw.value
    if hasattr(kind, "dtype") and hasattr(kind, "item"):
        return _plain_scalar(raw)
    if isinstance(raw, str):
        return str.__str__(raw)
    if isinstance(raw, float):
        return plain(float.__float__(raw))
    if isinstance(raw, int):
        return int.__int__(raw)
    return raw


def _plain_scalar(raw: object) -> object:
    """A numpy scalar as a built-in object; recognised by its attributes, so that numpy is never imported."""
    if getattr(raw, "shape", ()) != ():
        return Alien(raw)  # a cell holds one value, and an array of one is an array
    kind = str(getattr(getattr(raw, "dtype", None), "kind", ""))
    if kind in ("i", "u"):
        return int(raw)  # type: ignore[call-overload]
    if kind == "b":
        return bool(raw)
    if kind == "U":
        return str(raw)
    if kind == "M":
        text = str(raw)
        return None if text == "NaT" else _naive_datetime(raw, text)
    if kind == "f":
        number = float(raw)  # type: ignore[arg-type]
        if math.isnan(number):
            return None
        return number if getattr(raw, "itemsize", 0) == 8 else Lost(number)
    return Alien(raw)


def _naive_datetime(raw: object, text: str) -> object:
    day, _, clock = text.partition("T")
    clock, _, fraction = clock.partition(".")
    if fraction.strip("0"):
        return Alien(raw)
    try:
        return datetime.fromisoformat(f"{day}T{clock}" if clock else day)
    except ValueError:
        return Alien(raw)
