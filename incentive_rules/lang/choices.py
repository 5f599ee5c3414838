"""A choice in words that are none of ours: `如果 A 则 B 否则 C`, `if A then B else C`; and how it is written here."""

from __future__ import annotations

import re

from .faults import Fault

_OPENS = re.compile(r"\s*(?:如果|假如|倘若|若(?=\s)|if\b)")
_THEN = re.compile(r"则|那么|\bthen\b(?!\s*=)|[，,；;]")
_ELSE = re.compile(r"否则|不然|\belse\b")
_IF = re.compile("如果|假如")
_TYPICAL = re.compile(r"如果|否则|假如|那么|\bthen\b(?!\s*=)")
_QUOTED = re.compile(r"""\"[^\"]*\"|'[^']*'""")
_AROUND = " \t\n，,；;：:。则"


def choice_in_words(text: str) -> Fault | None:
    """The fault of a choice that is written in words, with the formula that it is, if its parts can be told."""
    if not _TYPICAL.search(_QUOTED.sub("", text)):
        return None
    parts = _parts(text)
    mended = ""
    if parts is not None and all(parts):
        when, then, other = parts
        mended = f"{then} if {when} else {other}"
    return Fault("formula-if", 0, len(text.rstrip()), {"mended": mended}, "words" if mended else "words-open")


def _parts(text: str) -> tuple[str, str, str] | None:
    """The condition, the value where it holds, and the other one."""
    last = _ELSE.search(text)
    if last is None:
        return None
    before, other = text[: last.start()], text[last.end() :].strip(_AROUND)
    opens = _OPENS.match(before)
    if opens is None:  # `100 如果 件数 > 5 否则 0`, in the order of ours
        inner = _IF.search(before)
        return None if inner is None else (before[inner.end() :].strip(_AROUND), before[: inner.start()].strip(), other)
    then = _THEN.search(before, opens.end())
    if then is None:
        return None
    return before[opens.end() : then.start()].strip(_AROUND), before[then.end() :].strip(_AROUND), other
