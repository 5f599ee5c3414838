"""Reads parsed JSON with a type for each field; `BrokenRecord` carries the path to the first value of another type."""

from __future__ import annotations

import re
from datetime import date

from attrs import frozen

from .canonical_json import BrokenRecord

_SUM = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MOST_TEXT = 10_000


@frozen
class JsonPart:
    """A JSON value and its path, for messages."""

    value: object
    way: str

    def entries(self) -> dict[str, object]:
        if not isinstance(self.value, dict):
            raise BrokenRecord(self.way or "the whole")
        return self.value

    def part(self, name: str) -> JsonPart:
        entries = self.entries()
        way = f"{self.way}.{name}" if self.way else name
        if name not in entries:
            raise BrokenRecord(way)
        return JsonPart(entries[name], way)

    def parts(self, name: str) -> dict[str, JsonPart]:
        """The entries of a mapping, by name."""
        inside = self.part(name)
        return {key: JsonPart(value, f"{inside.way}.{key}") for key, value in inside.entries().items()}

    def items(self, name: str) -> list[JsonPart]:
        inside = self.part(name)
        if not isinstance(inside.value, list):
            raise BrokenRecord(inside.way)
        return [JsonPart(value, f"{inside.way}[{number}]") for number, value in enumerate(inside.value)]

    def text(self, name: str) -> str:
        inside = self.part(name)
        return inside.as_text()

    def as_text(self) -> str:
        if not isinstance(self.value, str) or len(self.value) > _MOST_TEXT:
            raise BrokenRecord(self.way)
        return self.value

    def maybe(self, name: str) -> str | None:
        return self.text(name) if name in self.entries() else None

    def whole(self, name: str) -> int:
        inside = self.part(name)
        if not isinstance(inside.value, int) or isinstance(inside.value, bool) or inside.value < 0:
            raise BrokenRecord(inside.way)
        return inside.value

    def flag(self, name: str) -> bool:
        inside = self.part(name)
        if not isinstance(inside.value, bool):
            raise BrokenRecord(inside.way)
        return inside.value

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self.text(name))
        except ValueError as error:
            raise BrokenRecord(f"{self.way}.{name}") from error

    def sum(self, name: str) -> str:
        """A SHA-256."""
        return self.part(name).as_sum()

    def as_sum(self) -> str:
        if not _SUM.fullmatch(self.as_text()):
            raise BrokenRecord(self.way)
        return self.as_text()

    def sums(self, name: str) -> tuple[str, ...]:
        return tuple(one.as_sum() for one in self.items(name))
