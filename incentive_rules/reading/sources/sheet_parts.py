"""Opens a workbook (xlsx) without trusting it: the sheets that it lists, and the few parts that one sheet needs.

A workbook is a zip of XML. Sizes are checked before anything is unpacked, and each part is unpacked once, up to a
limit. Drawings, macros and links to other files are never opened.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from html import unescape

from attrs import frozen

MOST_UNPACKED = 1 << 29  # bytes of the parts that are read
_MOST_PARTS = 10_000
_MOST_SMALL = 1 << 24  # bytes of a part that lists others
_BOOK = "xl/workbook.xml"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*?)/?>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*?)/?>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NEEDED = ("sharedStrings", "styles")


class Unreadable(Exception):
    """Why a workbook is refused: the variant of the message, and what fills it."""

    def __init__(self, variant: str, **params: str) -> None:
        super().__init__(variant)
        self.variant, self.params = variant, params


@frozen
class ListedSheet:
    """A sheet as the workbook lists it; `part` is where its cells are."""

    name: str
    is_hidden: bool
    part: str


class OpenWorkbook:
    """The parts of a workbook; raises `Unreadable` wherever one is missing, broken or too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Unreadable("workbook") from error
        if len(self._zip.infolist()) > _MOST_PARTS:
            raise Unreadable("workbook")
        self._parts = {part.filename: part for part in self._zip.infolist()}
        self._left = MOST_UNPACKED
        self.book = self.part(_BOOK, _MOST_SMALL)
        relations = self.part("xl/_rels/workbook.xml.rels", _MOST_SMALL)
        self._others: list[tuple[str, str]] = []  # kind and place
        places = {}
        for found in _RELATION.finditer(relations):
            said = _attributes(found[1])
            place = posixpath.normpath(posixpath.join("/xl", said.get("Target", ""))).lstrip("/")
            kind = said.get("Type", "").rpartition("/")[2]
            if kind == "worksheet":
                places[said.get("Id", "")] = place
            elif kind in _NEEDED:
                self._others.append((kind, place))
        self.sheets = []
        for found in _SHEET.finditer(self.book):
            said = _attributes(found[1])
            identity = next((value for name, value in said.items() if name.endswith(":id")), "")
            if identity in places:  # sheets of charts have no cells
                hidden = said.get("state", "visible") != "visible"
                self.sheets.append(ListedSheet(said.get("name", ""), hidden, places[identity]))
        if not self.sheets:
            raise Unreadable("workbook")

    def part(self, name: str, most: int = MOST_UNPACKED) -> bytes:
        """The bytes of one part."""
        listed = self._parts.get(name)
        if listed is None:
            raise Unreadable("workbook")
        if listed.file_size > min(most, self._left):
            raise Unreadable("unpacked", most=str(min(most, MOST_UNPACKED) >> 20))
        try:
            with self._zip.open(listed) as file:
                data = file.read(listed.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise Unreadable("workbook") from error
        self._left -= len(data)
        if _ENTITIES.search(data) or b"<![CDATA[" in data:
            raise Unreadable("entities")
        return data

    def small_workbook(self, sheet: ListedSheet, cells: bytes) -> tuple[bytes, dict[str, bytes]]:
        """A workbook, not packed, with nothing but what this sheet needs; and the parts beside it by their kind.

        Whoever reads it unpacks nothing more than was allowed here.
        """
        names = ["[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"]
        kept = {name: self.part(name, _MOST_SMALL) for name in names}
        kept |= {_BOOK: self.book, sheet.part: cells}
        beside = {}
        for kind, name in self._others:
            if name in self._parts:
                kept[name] = beside[kind] = self.part(name)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as small:
            for name, data in kept.items():
                small.writestr(name, data)
        return file.getvalue(), beside

    def says_something(self, sheet: ListedSheet) -> bool:
        """Whether any cell of the sheet holds something."""
        return re.search(rb"<(?:\w+:)?(?:v|is|f)[\s>]", self.part(sheet.part)) is not None


def _attributes(text: bytes) -> dict[str, str]:
    found = _ATTRIBUTE.findall(text.decode("utf-8", "replace"))
    return {name: unescape(double or single) for name, double, single in found}
