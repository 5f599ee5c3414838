"""Makes names of files in a record: the same on every machine, and never a path out of its folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_MOST_BYTES = 120  # of UTF-8; file systems allow 255
_PLAIN = frozenset("._-()+ ")
_ENDING = re.compile(r"(?:\.[A-Za-z0-9]{1,8}){0,2}\Z", re.ASCII)
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))})


def is_safe(name: str) -> bool:
    """Whether `name` is one that a record gives to a file: no folder, no device, nothing hidden."""
    return safe_name(name) == name


def safe_name(name: str, number: int = 1) -> str:
    """A name that is harmless everywhere and looks like `name`; its ending stays, after a `number` above 1."""
    text = unicodedata.normalize("NFC", name)
    text = "".join(c if c.isalnum() or c in _PLAIN else "_" for c in text).strip(". ") or "_"
    found = _ENDING.search(text)
    ending = found.group() if found is not None else ""
    stem = text.removesuffix(ending) or "_"
    ending = (f"-{number}" if number > 1 else "") + ending
    if stem.partition(".")[0].rstrip(" ").casefold() in _DEVICES:
        stem = f"_{stem}"
    while len((stem + ending).encode()) > _MOST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + ending


def unique_name(name: str, taken: Collection[str]) -> str:
    """`name` made safe, with a number where a file system might take it for one of `taken`."""
    known = {folded_name(one) for one in taken}
    number = 1
    while folded_name(safe_name(name, number)) in known:
        number += 1
    return safe_name(name, number)


def folded_name(name: str) -> str:
    """`name` as seen by a file system that ignores letter case and composed characters."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
