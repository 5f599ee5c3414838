"""JSON as Python has it: what may be written, and an object with its names."""

from __future__ import annotations

from typing import TypeAlias

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
JsonObject = dict[str, object]
