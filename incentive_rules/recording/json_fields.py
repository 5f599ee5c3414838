"""A piece of json taken apart, each piece with the type that it must have; `Broken` names the one that has not."""

from __future__ import annotations

import re
from datetime import date

from attrs import frozen

from .canonical_json import Broken

_SUM = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MOST_TEXT = 10_000


@frozen
class Part:
    """A piece of json, and the way to it."""

    value: object
    way: str

    def entries(self) -> dict[str, object]:
        if not isinstance(self.value, dict):
            raise Broken(self.way or "the whole")
        return self.value

    def part(self, name: str) -> Part:
        entries = self.entries()
        way = f"{self.way}.{name}" if self.way else name
        if name not in entries:
            raise Broken(way)
        return Part(entries[name], way)

    def parts(self, name: str) -> dict[str, Part]:
        """The entries of a mapping, by name."""
        inside = self.part(name)
        return {key: Part(value, f"{inside.way}.{key}") for key, value in inside.entries().items()}

    def items(self, name: str) -> list[Part]:
        inside = self.part(name)
        if not isinstance(inside.value, list):
            raise Broken(inside.way)
        return [Part(value, f"{inside.way}[{number}]") for number, value in enumerate(inside.value)]

    def text(self, name: str) -> str:
        inside = self.part(name)
        return inside.as_text()

    def as_text(self) -> str:
        if not isinstance(self.value, str) or len(self.value) > _MOST_TEXT:
            raise Broken(self.way)
        return self.value

    def maybe(self, name: str) -> str | None:
        return self.text(name) if name in self.entries() else None

    def whole(self, name: str) -> int:
        inside = self.part(name)
        if not isinstance(inside.value, int) or isinstance(inside.value, bool) or inside.value < 0:
            raise Broken(inside.way)
        return inside.value

    def flag(self, name: str) -> bool:
        inside = self.part(name)
        if not isinstance(inside.value, bool):
            raise Broken(inside.way)
        return inside.value

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self.text(name))
        except ValueError as error:
            raise Broken(f"{self.way}.{name}") from error

    def sum(self, name: str) -> str:
        """A SHA-256."""
        return self.part(name).as_sum()

    def as_sum(self) -> str:
        if not _SUM.fullmatch(self.as_text()):
            raise Broken(self.way)
        return self.as_text()

    def sums(self, name: str) -> tuple[str, ...]:
        return tuple(one.as_sum() for one in self.items(name))
