"""Tells the file and the sheet in `book.xlsx#工单`; whatever reads no workbook needs no more than this."""

from __future__ import annotations

import re

_NAMED = re.compile(r"(.+\.xlsx)#(.+)", re.IGNORECASE | re.DOTALL)


def split_sheet(path: str) -> tuple[str, str]:
    """The file and the sheet that `book.xlsx#工单` names; the sheet is "" if none is named."""
    found = _NAMED.fullmatch(path)
    return (found[1], found[2]) if found else (path, "")
