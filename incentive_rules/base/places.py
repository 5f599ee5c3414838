"""Where something stands in a text: the nouns that every diagnostic points with.

A `Source` is one text with the name that people know it by; a `Place` is a stretch of it.
Offsets, lines and columns count characters, never bytes; lines and columns start at 1.
"""

from __future__ import annotations

from bisect import bisect_right

from attrs import field, frozen


def _line_starts(text: str) -> tuple[int, ...]:
    starts, i = [0], 0
    while i < len(text):
        if text[i] == "\r":
            i += 2 if text[i + 1 : i + 2] == "\n" else 1
            starts.append(i)
        else:
            i += 1
            if text[i - 1] == "\n":
                starts.append(i)
    return tuple(starts)


@frozen
class Source:
    """One text and the name it is shown under (a file name without its folders, or `<text>`)."""

    name: str
    text: str = field(repr=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, eq=False)

    @_starts.default
    def _find_starts(self) -> tuple[int, ...]:
        return _line_starts(self.text)

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds `offset`."""
        return bisect_right(self._starts, offset)

    def column_of(self, offset: int) -> int:
        """The 1-based column of `offset`, in characters."""
        return offset - self._starts[self.line_of(offset) - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of one line without its line break."""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@frozen
class Place:
    """A stretch of a source, from `start` up to but not including `end`."""

    source: Source = field(repr=False)
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.source.line_of(self.start)

    @property
    def column(self) -> int:
        return self.source.column_of(self.start)

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"
