"""Finds what an author probably meant by a line that YAML reads otherwise, and the smallest mend of it.

Used for lines that the parser refuses (`errors`) and for entries that it reads as something that nobody writes on
purpose (`reader`).
"""

from __future__ import annotations

import re

from ...base.diagnostics import Diagnostic, Fix
from ...base.places import Place, Source

# A name, then a colon that YAML does not see: full-width, with an ideographic space, or with no space at all.
_UNSEEN_COLON = re.compile(
    r"""[ ]*(?:-[ ]+)*(?P<name>"[^"\r\n]*"|'[^'\r\n]*'|[^\s:：#"'{}\[\]]+)[ ]*(?P<colon>：|:\u3000|:(?=\S))"""
)
_FULL_COLON = re.compile("：[ \u3000]*")
_FULL_COMMA = re.compile("，[ \u3000]*")
_OPEN, _CLOSE = "([{（", ")]}）"
RESERVED = "@`&*!>|%"


def in_single_quotes(text: str) -> str:
    """`text` in single quotes, which change nothing but a single quote itself."""
    return "'" + text.replace("'", "''") + "'"


def line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    found = re.compile("[\r\n]").search(text, offset)
    return found.start() if found else len(text)


def same_line(text: str, one: int, other: int) -> bool:
    return line_end(text, one) >= other


_LONGEST_LINE = 800  # characters


def mended_line(fixes: tuple[Fix, ...]) -> str:
    """The line of the first fix as it reads with all of them applied, without its indentation.

    Of a line that is much longer than a message may be, what stands around the fixes.
    """
    source = fixes[0].place.source
    start = line_start(source.text, fixes[0].place.start)
    end = line_end(source.text, fixes[0].place.start)
    if end - start > _LONGEST_LINE:
        start = max(start, min(f.place.start for f in fixes) - _LONGEST_LINE // 4)
        end = min(end, max(f.place.end for f in fixes) + _LONGEST_LINE // 4)
    line = source.text[start:end]
    for fix in sorted(fixes, key=lambda f: f.place.start, reverse=True):
        line = line[: fix.place.start - start] + fix.text + line[fix.place.end - start :]
    return line.strip()


def value_end(text: str, start: int, flow: bool) -> int:
    """Where the author's value that begins at `start` ends: at a comment or the end of the line.

    In braces it ends at the comma or bracket that is not inside a bracket or a quotation of its own.
    """
    end, depth, offset, quote = line_end(text, start), 0, start, ""
    while offset < end:
        character = text[offset]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character if text.find(character, offset + 1, end) > 0 else ""
        elif text.startswith(" #", offset):
            break
        elif flow and character in _OPEN:
            depth += 1
        elif flow and character in _CLOSE:
            depth -= 1
            if depth < 0:
                break
        elif flow and character == "," and depth == 0:
            break
        offset += 1
    return start + len(text[start:offset].rstrip())


def unbalanced(text: str) -> int:
    """How many brackets `text` leaves open; below zero where it closes more than it opens."""
    return sum((c in _OPEN) - (c in _CLOSE) for c in text)


def quote_all(source: Source, start: int, end: int) -> tuple[Fix, ...]:
    place = Place(source, start, end)
    return (Fix(place, in_single_quotes(place.text)),)


def with_mended(code: str, place: Place, fixes: tuple[Fix, ...], variant: str = "", **params: str) -> Diagnostic:
    """A finding whose remedy shows the mended line, which `fixes` produce."""
    return Diagnostic(code, place, {**params, "mended": mended_line(fixes)}, variant, fixes=fixes)


def unseen_colon(source: Source, start: int) -> Diagnostic | None:
    """The finding for a line at `start` such as `name：value`, `name:value` or `name:　value`; None for others."""
    found = _UNSEEN_COLON.match(source.text, line_start(source.text, start))
    if not found:
        return None
    name = found["name"]
    if found["colon"] == ":":
        place = Place(source, found.start("name"), value_end(source.text, found.start("name"), flow=False))
        after = Place(source, found.end("colon"), found.end("colon"))
        return with_mended("colon-space", place, (Fix(after, " "),), name=place.text)
    place = Place(source, found.start("colon"), found.end("colon"))
    rest = _FULL_COLON.match(source.text, place.start) if found["colon"] == "：" else None
    end = rest.end() if rest else place.end
    whole = re.compile("[ \u3000]*").match(source.text, end)
    end = whole.end() if whole else end
    at_end = end == line_end(source.text, end)
    fix = Fix(Place(source, place.start, end), ":" if at_end else ": ")
    if found["colon"] == "：":
        return with_mended("fullwidth-mark", place, (fix,), mark="：", right=":", name=name)
    space = Place(source, place.start + 1, place.end)
    return with_mended("fullwidth-mark", space, (fix,), "space", name=name)


def fullwidth_entry(source: Source, start: int, end: int) -> Diagnostic | None:
    """The finding for an entry in braces that full-width marks glued together, such as `{权重：40%，标题：质量}`."""
    text = source.text[start:end]
    fixes = [Fix(Place(source, start + f.start(), start + f.end()), ": ") for f in _FULL_COLON.finditer(text)]
    fixes += [Fix(Place(source, start + f.start(), start + f.end()), ", ") for f in _FULL_COMMA.finditer(text)]
    if not fixes:
        return None
    fixes.sort(key=lambda f: f.place.start)
    first = fixes[0].place
    mark = first.text[0]
    place = Place(source, first.start, first.start + 1)
    return with_mended(
        "fullwidth-mark",
        place,
        tuple(fixes),
        "" if mark == "：" else "comma",
        mark=mark,
        right=":" if mark == "：" else ",",
        name=text,
    )


WIDE_BRACKETS = "｛［【"
_HALF = str.maketrans({"｛": "{", "｝": "}", "［": "[", "］": "]", "【": "[", "】": "]"})


def fullwidth_brackets(source: Source, start: int, end: int) -> Diagnostic:
    """The finding for a value in full-width braces, such as `｛权重: 40%，标题: 质量｝`."""
    value = Place(source, start, end)
    text = _FULL_COMMA.sub(", ", _FULL_COLON.sub(": ", value.text.translate(_HALF)))
    mark = value.text[0]
    place = Place(source, start, start + 1)
    return with_mended("fullwidth-mark", place, (Fix(value, text),), "comma", mark=mark, right=mark.translate(_HALF))


def ideographic_indent(source: Source, start: int, end: int) -> Diagnostic:
    """The finding for a key that begins with full-width spaces, which indent nothing."""
    text = source.text[start:end]
    spaces = len(text) - len(text.lstrip("\u3000 "))
    place = Place(source, start, start + spaces)
    return with_mended("fullwidth-mark", place, (Fix(place, "  " * spaces),), "indent", name=text.strip("\u3000 "))
