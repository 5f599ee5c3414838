"""The columns of a csv file without quotes: separators are found all at once, and each different cell is made once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ...model.table import Coder, Column
from .coding import CellWords, number_cells

Offsets = npt.NDArray[np.int64]

_COMMA, _END = ord(","), ord("\n")
_PIECE = 1 << 20  # bytes that are looked at together
_WORD = 8
_MOST_WIDTH = 64  # bytes of a cell that is compared by its words
_BYTES = np.array([(1 << 8 * count) - 1 for count in range(_WORD + 1)], np.uint64)  # so many bytes of a word


def columns_below(data: bytes, begin: int, width: int, longest: int) -> list[Column] | None:
    """The columns of the lines from `begin` on, each of which has `width` cells; None where one has not, or where a
    cell has more than `longest` characters.

    `data` are text in UTF-8, with lines that end with a line feed alone; the last line ends with one as well.
    """
    columns: list[tuple[list[Offsets], list[Offsets]]] = [([], []) for _ in range(width)]
    buffer = np.frombuffer(data, np.uint8)
    for start, end in _pieces(data, begin):
        piece = buffer[start:end]
        marks = np.flatnonzero((piece == _COMMA) | (piece == _END))
        if len(marks) % width:
            return None
        ends = marks.reshape(-1, width)
        is_end = piece[ends] == _END
        if not is_end[:, -1].all() or is_end[:, :-1].any():
            return None
        begins = np.concatenate([[0], marks[:-1] + 1]).reshape(-1, width)
        for number, (offsets, sizes) in enumerate(columns):
            offsets.append(begins[:, number] + start)
            sizes.append(ends[:, number] - begins[:, number])
    found = []
    for parts in columns:
        column = _column(data, np.concatenate(parts[0]), np.concatenate(parts[1]), longest)
        if column is None:
            return None
        found.append(column)
        for part in parts:
            part.clear()
    return found


def _pieces(data: bytes, begin: int) -> Iterator[tuple[int, int]]:
    """Where pieces of whole lines begin and end."""
    while begin < len(data):
        end = data.rfind(b"\n", begin, begin + _PIECE) + 1 or data.find(b"\n", begin) + 1
        yield begin, end
        begin = end


def _column(data: bytes, offsets: Offsets, sizes: Offsets, longest: int) -> Column | None:
    most = int(sizes.max())
    coded = number_cells(_words(data, offsets, sizes, most)) if most <= _MOST_WIDTH else None
    if coded is not None:
        codes, first = coded
        pairs = zip(offsets[first].tolist(), sizes[first].tolist(), strict=True)
        column = Column(codes, [data[offset : offset + size].decode() for offset, size in pairs])
    else:
        pairs = zip(offsets.tolist(), sizes.tolist(), strict=True)
        coder = Coder()
        coder.texts(data[offset : offset + size].decode() for offset, size in pairs)
        column = coder.column()
    return None if most > longest and any(len(str(text)) > longest for text in column.values) else column


def _words(data: bytes, offsets: Offsets, sizes: Offsets, most: int) -> list[CellWords]:
    """The bytes of cells in words of 64 bits, filled up with zero bytes, which no cell holds."""
    whole = data if len(data) >= _WORD else data.ljust(_WORD, b"\0")
    last = len(whole) - _WORD  # where the last word begins that does not end behind the file
    at = np.ndarray((last + 1,), "<u8", whole, 0, (1,))  # the word that begins at each byte
    found = []
    for begin in range(0, max(most, 1), _WORD):
        there = offsets + begin
        words = at[np.minimum(there, last)]
        behind = np.flatnonzero(there > last)
        words[behind] >>= np.minimum((there[behind] - last) * 8, 63).astype(np.uint64)
        found.append(words & _BYTES[np.clip(sizes - begin, 0, _WORD)])
    return found
