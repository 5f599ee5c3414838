"""Finds where each character of a decoded YAML text stands in the source.

The parser gives a text and its first and last mark. Here the source between them is decoded once more, by the rules of
its style, with an offset kept for every character.
"""

from __future__ import annotations

import re

_BREAK = re.compile(r"\r\n|\r|\n")
_HEADER = re.compile(r"[|>]([-+1-9]{0,2})[ ]*(?:#[^\r\n]*)?")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HEX = {"x": 2, "u": 4, "U": 8}

Pairs = list[tuple[str, int]]  # a character and its offset


def offsets_of(source: str, start: int, end: int, style: str, text: str) -> tuple[int, ...]:
    """The offset of every character of `text`, and of its end, for a scalar between `start` and `end`."""
    if style == "plain" and end - start == len(text):
        return tuple(range(start, end + 1))
    if style in ("single", "double") and end - start == len(text) + 2:
        return tuple(range(start + 1, end))
    for pairs, last in _decodings(source, start, end, style):
        if "".join(character for character, _ in pairs) == text:
            return (*(offset for _, offset in pairs), last)
    # Never reached as far as the tests can tell; a finding would then point at the text as a whole.
    return (start,) * (len(text) + 1)


def _decodings(source: str, start: int, end: int, style: str) -> list[tuple[Pairs, int]]:
    if style == "plain":
        return [(_flow_text(source, start, end, "plain"), end)]
    if style in ("single", "double"):
        return [(_flow_text(source, start + 1, end - 1, style), end - 1)]
    return _block_texts(source, start, end, style == "folded")


def _flow_text(source: str, start: int, end: int, style: str) -> Pairs:
    """Decodes a plain or quoted text: escapes decoded, lines folded."""
    pairs: Pairs = []
    offset = start
    solid = 0  # up to here `pairs` survives a line break: escaped space is kept, written space is not
    while offset < end:
        character = source[offset]
        if character in "\r\n":
            while len(pairs) > solid and pairs[-1][0] == " ":
                pairs.pop()
            offset = _fold(source, offset, end, pairs)
            solid = len(pairs)
        elif style == "single" and character == "'":
            pairs.append(("'", offset))
            offset += 2
        elif style == "double" and character == "\\":
            offset = _escape(source, offset, end, pairs)
            solid = len(pairs)
        else:
            pairs.append((character, offset))
            offset += 1
    return pairs


def _fold(source: str, offset: int, end: int, pairs: Pairs) -> int:
    """Folds line breaks and the space around them: one becomes a space, each further one a line break of the text."""
    after, further = _breaks(source, offset, end)
    pairs.extend(further or [(" ", offset)])
    return after


def _breaks(source: str, offset: int, end: int) -> tuple[int, Pairs]:
    """Where line breaks and the space around them end, and the breaks after the first."""
    breaks: Pairs = []
    while offset < end and source[offset] in " \r\n":
        found = _BREAK.match(source, offset)
        if found:
            breaks.append(("\n", offset))
        offset = found.end() if found else offset + 1
    return offset, breaks[1:]


def _escape(source: str, offset: int, end: int, pairs: Pairs) -> int:
    letter = source[offset + 1]
    if letter in _HEX:
        digits = source[offset + 2 : offset + 2 + _HEX[letter]]
        pairs.append((chr(int(digits, 16)), offset))
        return offset + 2 + _HEX[letter]
    if letter in "\r\n":  # an escaped line break is nothing, and so is the space that indents what follows
        after, further = _breaks(source, offset + 1, end)
        pairs.extend(further)
        return after
    pairs.append((_ESCAPES[letter], offset))
    return offset + 2


def _lines(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines between two offsets, as (first, break or end)."""
    lines = []
    while start < end:
        found = _BREAK.search(source, start, end)
        lines.append((start, found.start() if found else end))
        start = found.end() if found else end
    return lines


def _block_texts(source: str, start: int, end: int, folded: bool) -> list[tuple[Pairs, int]]:
    """The possible readings of a block text, most likely first: an explicit indentation counts from a parent."""
    header = _HEADER.match(source, start)
    body = _BREAK.match(source, header.end()) if header else None
    if not header or not body:
        return [([], end)]
    lines = _lines(source, body.end(), end)
    filled = [line for line in lines if source[line[0] : line[1]].strip(" ")]
    least = min((len(source[a:b]) - len(source[a:b].lstrip(" ")) for a, b in filled), default=end - start)
    indents = [least] if not re.search("[1-9]", header[1]) else range(least, -1, -1)
    last = filled[-1][1] if filled else body.end()
    readings = [_block_text(source, lines, indent, folded, header[1]) for indent in indents]
    return [(pairs, max(last, pairs[-1][1] if pairs else 0)) for pairs in readings]


def _block_text(source: str, lines: list[tuple[int, int]], indent: int, folded: bool, marks: str) -> Pairs:
    contents = [(a + indent if b - a > indent else b, b) for a, b in lines]
    while contents and contents[-1][0] == contents[-1][1]:
        contents.pop()
    pairs: Pairs = []
    pending: Pairs = []  # the line breaks since the last line with content
    open_before = False  # whether the last line with content may be folded into this one
    for a, b in contents:
        if a == b:
            pending.append(("\n", b))
            continue
        open_now = source[a] not in " \t"
        if pairs or pending:
            pairs.extend(_joined(pending, folded and open_before and open_now and bool(pairs)))
        pairs.extend((source[i], i) for i in range(a, b))
        pending, open_before = [("\n", b)], open_now
    last = len(contents) - 1 if pairs else 0
    ended = [("\n", b) for _, b in lines[last:] if source[b : b + 1] in ("\r", "\n")]
    if "-" not in marks and (pairs or "+" in marks):
        pairs.extend(ended if "+" in marks else ended[:1])
    return pairs


def _joined(breaks: Pairs, fold: bool) -> Pairs:
    """Folds line breaks: a single one becomes a space, of several the first is dropped."""
    if not fold:
        return breaks
    return [(" ", breaks[0][1])] if len(breaks) == 1 else breaks[1:]
