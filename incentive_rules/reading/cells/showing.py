"""Shows a foreign value in a message: short, on one line, and never by its own `repr`."""

from __future__ import annotations

from decimal import Decimal

from ...base.numbers import decimal_text
from ...base.text import character_name, echo
from ...model.data import Foreign
from .carriers import Alien

_CONTROLS = {"\0": "NUL", "\t": "TAB", "\n": "LINE FEED", "\r": "CARRIAGE RETURN"}
_SHOWN_BY_TEXT = ("fractions", "datetime", "numpy")


def shown(value: object) -> str:
    """Texts in quotes, numbers and dates as they are, anything else by its type."""
    if isinstance(value, str):
        # A space that is none of the keyboard's looks like one; only its escape tells them apart.
        text = "".join(c if c == " " or not c.isspace() else f"\\u{ord(c):04x}" for c in echo(str.__str__(value)))
        return f'"{text}"'
    if value is None:
        return "null"
    if isinstance(value, Foreign):
        return value.text
    if isinstance(value, (bool, float)):
        return repr(value)
    if isinstance(value, int):
        return echo(str(int(value))) if int(value).bit_length() < 400 else "…"
    if isinstance(value, Decimal):
        return echo(decimal_text(value))
    if isinstance(value, Alien):
        return f"`{echo(type(value.raw).__name__)}`" if getattr(value.raw, "shape", ()) else shown(value.raw)
    kind = type(value)
    return echo(str(value)) if kind.__module__.split(".")[0] in _SHOWN_BY_TEXT else f"`{echo(kind.__name__)}`"


def shown_character(character: str) -> str:
    """`U+00A0 NO-BREAK SPACE`; a character of the keyboard by its name there, since Unicode has none."""
    return character_name(character, _CONTROLS.get(character, ""))
