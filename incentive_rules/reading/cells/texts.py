"""Reads a cell as a text: blanks around it are removed, and hidden characters in it are refused.

One rule for every type, the headings apart: what the space bar, Tab and Enter type is cut off at both ends of a cell.
Words and keys are compared in composed form (NFC) and contain no character that nobody can see.
"""

from __future__ import annotations

import re
import unicodedata

from ...base.text import HIDDEN

# Blanks of other kinds come from web pages and typesetting, and look like the one of the keyboard.
_ODD_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800"
_ODD_BLANK = re.compile(f"[{_ODD_BLANKS}]")
_UNSEEN = re.compile(f"{HIDDEN.pattern}|[{_ODD_BLANKS}]")
_UNSEEN_OR_BREAK = re.compile(f"{_UNSEEN.pattern}|[\t\r\n]")


def hidden_character(text: str, breaks: bool = False) -> str:
    """The first invisible character, or the first that looks like an ordinary space and is none; "" if there is none.

    With `breaks` tabs and ends of lines are allowed.
    """
    if text.isascii() and text.isprintable():
        return ""
    found = (_UNSEEN if breaks else _UNSEEN_OR_BREAK).search(text)
    return found.group() if found else ""


def is_odd_blank(character: str) -> bool:
    """Whether a character is a blank that no keyboard has: a no-break space, a thin one, an empty Braille pattern."""
    return _ODD_BLANK.match(character) is not None


def ordinary(text: str) -> str:
    """The text as it would be typed in half-width characters: the digits 0 to 9, `-` for a minus.

    >>> ordinary("１２％ −５")
    '12% -5'
    """
    return text if text.isascii() else "".join(map(_ordinary_character, text))


def _ordinary_character(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    return _ALIKE.get(character, character)


_ALIKE = {"￥": "¥", "−": "-", "–": "-", "—": "-", "﹣": "-", "‘": "'", "’": "'", "\u3000": " "}
