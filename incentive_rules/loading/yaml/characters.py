"""Decodes bytes to a text that can be shown: checks encoding, size, and characters that nobody can see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, Fix
from ...base.limits import Limits
from ...base.places import Place, Source
from ...base.text import HIDDEN, character_name

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(data: bytes | str, name: str, limits: Limits) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """The text of a file without its byte order mark, or what is wrong with its bytes and characters."""
    if len(data) > limits.file_bytes:
        return None, (_too_large(name, limits),)
    if isinstance(data, bytes):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            return None, (_not_utf8(data, name, error.start),)
    else:
        text = data
        if len(text.encode("utf-8", "surrogatepass")) > limits.file_bytes:
            return None, (_too_large(name, limits),)
    source = Source(name, text.removeprefix("\ufeff"))
    findings = (*_hidden_characters(source), *_indenting_tabs(source))
    return (None if findings else source), findings


def _too_large(name: str, limits: Limits) -> Diagnostic:
    return Diagnostic("file-too-large", Place(Source(name, ""), 0, 0), {"limit": str(limits.file_bytes)})


def _not_utf8(data: bytes, name: str, start: int) -> Diagnostic:
    """The first byte that is no UTF-8, shown in the encoding that the file probably has."""
    if data[:2] in _UTF16_MARKS:
        return Diagnostic("encoding", Place(Source(name, ""), 0, 0), variant="utf16")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        before = data[:start].decode("utf-8")
        return Diagnostic("encoding", Place(Source(name, before), len(before), len(before)))
    offset = len(data[:start].decode("gb18030", "ignore"))
    return Diagnostic("encoding", Place(Source(name, text), offset, offset + 1), variant="gb18030")


def _hidden_characters(source: Source) -> Iterator[Diagnostic]:
    """The hidden characters of a text, at most one finding a line."""
    last_line = 0
    for found in HIDDEN.finditer(source.text):
        line = source.line_of(found.start())
        if line == last_line:
            continue
        last_line = line
        place = Place(source, found.start(), found.end())
        yield Diagnostic("character", place, {"character": character_name(found.group())}, fixes=_removal(place))


def _removal(place: Place) -> tuple[Fix, ...]:
    # A byte order mark, a zero-width or a bidirectional character leaves nothing visible behind. A control
    # character may stand for something that was lost, so it is for the author to look.
    character = place.text
    return (Fix(place, ""),) if unicodedata.category(character) in ("Cf", "Mn") else ()


def _indenting_tabs(source: Source) -> Iterator[Diagnostic]:
    """The lines indented with a tab, and entries with a full-width space, each with the indentation that it needs."""
    if "\t" not in source.text and "\u3000" not in source.text:
        return
    offset = 0
    lines = source.text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        indent = _indent_of(line)
        content = line[len(indent) :]
        if "\t" in indent and content.strip() and not content.startswith("#"):
            place = Place(source, offset + indent.index("\t"), offset + len(indent))
            yield Diagnostic("tab-indent", place, fixes=_indentation(source, offset, lines, number))
        elif line.startswith("\u3000") and (name := _ENTRY.match(content)):
            place = Place(source, offset, offset + len(indent))
            fixes = _indentation(source, offset, lines, number)
            yield Diagnostic("fullwidth-mark", place, {"name": name[1]}, "indent", fixes=fixes)
        offset += len(line)


_ENTRY = re.compile(r"([^\s:：#]+)[ ]*[:：](?:\s|$)")


def _indent_of(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t\u3000"))]


def _indentation(source: Source, offset: int, lines: list[str], number: int) -> tuple[Fix, ...]:
    """The whole indentation of a line in spaces: that of its neighbours, or two for each level."""
    indent = _indent_of(lines[number])
    wanted = _columns_between(lines, number)
    if wanted is None:
        wanted = len(indent.replace("\t", "  ").replace("\u3000", "  "))
    # The spaces before a tab stay as they are where that is right, so that no more than the tab is touched.
    kept = len(indent) - len(indent.lstrip(" "))
    kept = kept if kept <= wanted else 0
    return (Fix(Place(source, offset + kept, offset + len(indent)), " " * (wanted - kept)),)


def _columns_between(lines: list[str], number: int) -> int | None:
    """The indentation of a line between lines that are indented with spaces; None if these do not decide it."""
    above = [line for line in lines[:number] if line.strip() and not line.lstrip().startswith("#")]
    below = next((line for line in lines[number + 1 :] if line.strip() and not line.lstrip().startswith("#")), "")
    if not above or any(set(_indent_of(line)) - {" "} for line in (above[-1], below)):
        return None
    after, last = len(_indent_of(below)), len(_indent_of(above[-1]))
    if _opens(lines[number]):
        levels = {len(_indent_of(line)) for line in above}
        return max((level for level in levels if level < after), default=None)
    if _opens(above[-1]):
        return after if after > last else last + 2
    return last


def _opens(line: str) -> bool:
    """Whether the lines below belong to this one."""
    return re.sub(r"\s#.*", "", line).rstrip().endswith(":")


def for_parser(text: str) -> str:
    """The text that the YAML parser sees: tabs as spaces, one for one, so that every place stays where it is.

    Parsers differ over tabs; to us a tab inside a line is a space, and one that indents is refused.
    """
    return text.replace("\t", " ")
